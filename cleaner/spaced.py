"""spaced: the line breaks of text whose white space a style keeps, put in as `<br>`.

Chats, posts and what is written in editors hold plain lines in an element whose own style, or a
well-known name of its class, is `white-space: pre-wrap` or the like.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cleaner.document import PRE
from cleaner.streamed import NOT_XML
from cleaner.walk import BLOCK, KINDS, SKIP

if TYPE_CHECKING:
    from lxml.etree import _Element

_TEXT: Final = "css-146c3p1"
"""The class that React Native for Web gives its texts, which keep their lines."""
_MENTION: Final = re.compile(rb"pre-(?:wrap|line)")
_LONGEST_TAG: Final = 4096
_STYLE: Final = re.compile(r"white-space\s*:\s*([a-z-]+)", re.IGNORECASE)
_KEEPING: Final = frozenset(("pre", "pre-wrap", "pre-line", "break-spaces"))
_FOLDING: Final = frozenset(("normal", "nowrap"))
_CLASSES: Final = {
    _TEXT: True,
    "pre-wrap": True,
    "pre-line": True,
    **{f"{name}-{value}": True for name in ("whitespace", "white-space") for value in _KEEPING},
    **{f"{name}-{value}": False for name in ("whitespace", "white-space") for value in _FOLDING},
}


def is_in_tag(data: bytes) -> bool:
    """Return whether a page asks for its line breaks in a tag, not in a style sheet alone.

    >>> is_in_tag(b"<style>p { white-space: pre-wrap }</style>"), is_in_tag(b"<p class=pre-wrap>")
    (False, True)
    """
    for found in _MENTION.finditer(data):
        end, start = found.start(), max(found.start() - _LONGEST_TAG, 0)
        if data.rfind(b"<", start, end) > data.rfind(b">", start, end):
            return True
    return _TEXT.encode() in data


def break_lines(root: _Element) -> None:
    """Put a `<br>` in place of each line feed in text that keeps its lines.

    >>> from lxml import etree
    >>> root = etree.fromstring('<div><p style="white-space: pre-line">One\\nTwo</p></div>')
    >>> break_lines(root)
    >>> etree.tostring(root).decode()
    '<div><p style="white-space: pre-line">One<br/>Two</p></div>'
    """
    keeping: set[_Element | None] = set()
    for element in list(root.iter()):
        around = element.getparent() in keeping
        if around and (tail := element.tail) and not (tail.isspace() and _is_beside(element)):
            _add_lines(element, *_lines(tail))
        if KINDS.get(element.tag, 0) & (SKIP | PRE) or element.tag == "code":
            continue
        if _keeps_lines(element, around=around):
            keeping.add(element)
            first = element[0] if len(element) else None
            if (text := element.text) and not (text.isspace() and _is_block(first)):
                element.text, *lines = _lines(text)
                if lines:
                    element.insert(0, start := element.makeelement("br"))
                    _add_lines(start, *lines)


def _keeps_lines(element: _Element, *, around: bool) -> bool:
    if found := _STYLE.search(element.get("style", "")):
        return found[1].lower() in _KEEPING or (around and found[1].lower() not in _FOLDING)
    names = element.get("class", "").split()
    told = (_CLASSES.get(name.rpartition("--")[2]) for name in names)  # a modifier, as in BEM
    return next((keeps for keeps in told if keeps is not None), around)


def _lines(text: str) -> list[str]:
    return NOT_XML.sub(" ", text).split("\n")


def _is_beside(element: _Element) -> bool:
    """Return whether a block stands before or after the text behind an element."""
    return _is_block(element) or _is_block(element.getnext())


def _is_block(element: _Element | None) -> bool:
    return element is not None and KINDS.get(element.tag, 0) & BLOCK > 0


def _add_lines(place: _Element, first: str, *others: str) -> None:
    """Put lines after an element, parted by breaks."""
    place.tail = first
    for line in others:
        place.addnext(after := place.makeelement("br"))
        after.tail = line
        place = after
