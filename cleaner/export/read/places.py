"""The texts and names by which notes and their marks are known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from cleaner.export.read.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from cleaner.document import Layout

_SIGNS = str.maketrans("", "", "#¶§🔗⚓∞\ufe0e\ufe0f\u200b\u200c\u200d\u2060\ufeff")

_WORD = re.compile(r"[a-zA-Z0-9]")
LONGEST_TITLE = 40
OF_NOTES = frozenset(vocabulary()["footnotes"]["titles"])
TITLES = OF_NOTES | frozenset(vocabulary()["footnotes"]["works"])

# What stands before the number of a note in East Asia.
_SIGN = r"(?:[*※]|脚?注釈?|註|주)\s*"
_OPEN, _CLOSE = r"[\[({（［〔【]?\s*", r"\s*[\])}）］〕】]?[.:：]?"
MARKER = re.compile(
    rf"{_OPEN}(?:(?:note|n|fn|nb|ref|a)\.?\s*|(?<=\[)[^\W\d_][\w.-]{{0,11}}\s|{_SIGN}(?=\d))?"
    r"(\d{1,3}(?:[:.-]\d{1,3})?|(?!1[5-9]|20)\d{4}|[a-z]|[ivxlc]{1,6}|[①-⑳]|[*†‡§¶#]{1,4})"
    rf"{_CLOSE}",
    re.IGNORECASE,
)
# What a link back from a note to its mark shows.
_AROUND = r"\s^\[\]()（）［］〔〕【】↩↑⤴⏎↵\ufe0e\ufe0f"
BACK = re.compile(
    rf"[{_AROUND}⇧⬆⬏⮐🔙]*"
    rf"(?:(?:(?:note|fn)[. ]?|{_SIGN})?\d{{1,4}}|[①-⑳]|[a-z]{{1,2}}|jump up|back|return|ref)?"
    rf"[{_AROUND}.:：]*",
    re.IGNORECASE,
)
WORD_NAME = re.compile(r"(_?(?:ftn|edn|sdfootnote|sdendnote))(ref|anc|sym)?(\d{1,4})(anc|sym)?")
MARK_NAME = re.compile(r"((?:foot|end|side)?(?:note|fn|ftn))-?ref([-_:.]?\d{1,4})")


def all_places(layout: Layout) -> dict[str, int]:
    """Return the last node of each name that a page gives a place."""
    return {
        attributes[key]: node
        for node, attributes in enumerate(layout.attributes)
        if attributes
        for key in ("id", "name")
        if key in attributes
    }


def is_permalink(text: str, *, named: bool = False) -> bool:
    """Return whether a text is that of a link to its own place, as beside headings: "#", "¶".

    If a class has `named` it so, any sign will do.

    >>> is_permalink(" ¶"), is_permalink("# Link to this heading"), is_permalink("Links")
    (True, True, False)
    >>> is_permalink("→"), is_permalink("→", named=True), is_permalink("-a", named=True)
    (False, True, False)
    >>> is_permalink("Â¶", named=True)
    True
    """
    text = " ".join(text.split())
    said = text.translate(_SIGNS).strip() if len(text) < 30 else text
    return len(text) < 30 and (
        not said
        or (named and len(text) <= 2 and not _WORD.search(text))
        or said.lower() in vocabulary()["permalink"]["labels"]
    )


def is_title(text: str, titles: Container[str] = TITLES) -> bool:
    """Tell a title of notes, or of a list of works.

    >>> is_title("Notes:"), is_title("Notes on tides")
    (True, False)
    """
    return len(text) < LONGEST_TITLE and text.strip(" \n:.").lower() in titles


def place_name(tag: str, attributes: Mapping[str, str]) -> str:
    """Return the name of the place on the page that a link leads to, "" if it leads elsewhere."""
    if tag == "label":
        return attributes.get("for", "")
    fragment = attributes.get("href", "").partition("#")[2]
    if fragment:
        return unquote(fragment)
    # A script leads from the mark to the note; their names are of one pattern.
    own = attributes.get("id")
    match = MARK_NAME.fullmatch(own) if own else None
    return match[1] + match[2] if match else ""
