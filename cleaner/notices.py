"""notices: what is sent in place of a page, such as a check for robots or a "page not found".

Signs and phrases of them stand in `notices.toml`. A page is asked only where little of it is kept.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain, compress, islice, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.data import read_table
from cleaner.markers.normal import WORD, normal, words
from cleaner.scripts import FIRST_UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from cleaner.document import Document, Layout
    from cleaner.origin import Tree

_MOST, _MOST_BY_TITLE = 150, 600
"""Words of the longest notice, among what is kept; of one with a sign in its title."""
_ALL, _FEW = 150, 40
"""Visible words of a page whose markup is looked at anyway; kept words where a sign is enough."""
_SURE, _SURE_BY_NAME, _SURE_IF_SHORT, _SHORT = 0.75, 0.6, 0.4, 15
"""How much of the kept text phrases are; the same if the title or a sign names the notice; and if
no more than so many words are kept."""
_MAYBE, _MAYBE_BY_NAME = 0.5, 0.2
_OF_CLAUSE, _OF_TITLE = 0.2, 0.6
"""How much of a clause a phrase is, without what its gaps stand for; how much of a title."""
_MOST_ELEMENTS, _LONGEST = 1000, 2000
"""Elements in which signs are looked for, and characters of a clause, a script or an attribute."""

_GAP = "|"  # what stands for the gaps of a phrase once it is normal, when "…" is three dots
_NO_LANGUAGES = ("told", "out", "headed", "signs", "hints")
_SIGNED = ("id", "class", "src", "action", "content")
_TITLE_PART = re.compile(r"[|·»›]|\s[-–—]\s")
_SENTENCE = re.compile(r"(?<=[.!?…])(?=\s)|[。！？؟।\n]+")
_CLAUSE = re.compile(r"[,;:!?()،、，；：–—]+|\s-\s")
# What quotes a notice, or lists several, tells of them.
_QUOTED = re.compile("[“”„«»「」]")
_LISTED = ("list_item", "table_cell")


class _Phrase(NamedTuple):
    """A phrase in the parts between its gaps, and whether it begins and ends a clause."""

    kind: str
    parts: list[str]
    begins: bool
    ends: bool

    def is_in(self, clause: str, least: float) -> bool:
        """Tell whether a clause is this phrase, and so many of its characters are in the parts."""
        if sum(map(len, self.parts)) < least or (self.begins and clause.find(self.parts[0])):
            return False
        at = 0
        for part in self.parts:
            at = clause.find(part, at) + len(part) - 1  # two parts may share a space
            if at < len(part) - 1:
                return False
        return not self.ends or clause.endswith(self.parts[-1])


class _Phrases(NamedTuple):
    """All phrases: by their first words, one or two, and those of scripts without spaces."""

    spaced: dict[str, list[_Phrase]]
    unspaced: list[_Phrase]

    def kind(self, clause: str, least: float = _OF_CLAUSE) -> str | None:
        """Return the kind of notice that a clause is of."""
        found = words(clause[:_LONGEST])
        spelt, is_unspaced = _spelt(found)
        starts = dict.fromkeys(chain(found, map(" ".join, pairwise(found))))
        known = chain.from_iterable(filter(None, map(self.spaced.get, starts)))
        for phrase in self.unspaced if is_unspaced else known:
            if phrase.is_in(spelt, least * len(spelt)):
                return phrase.kind
        return None

    def name(self, titles: Iterable[str]) -> str | None:
        """Return the kind of notice that the first of some titles, or its last clause, is of.

        "Oops! Page not found" is, but not "Page not found: how a town lost its archive".
        """
        parts = ((title, _CLAUSE.split(title.rstrip("!?. "))[-1]) for title in titles)
        kinds = (self.kind(part, _OF_TITLE) for part in chain.from_iterable(parts))
        return next(filter(None, kinds), None)


@cache
def _kinds() -> dict[str, dict[str, Any]]:
    return read_table("notices.toml")


@cache
def _signs(name: str) -> dict[str, str]:
    return {sign: kind for kind, told in _kinds().items() for sign in told.get(name, ())}


@cache
def _phrases() -> _Phrases:
    phrases = _Phrases({}, [])
    for kind, told in _kinds().items():
        texts = ";".join(text for name, text in told.items() if name not in _NO_LANGUAGES)
        for text in normal(texts.replace("…", _GAP)).split(";"):
            pieces = list(map(WORD.findall, text.split(_GAP)))
            parts = [_spelt(piece) for piece in pieces if piece]
            phrase = _Phrase(kind, [part for part, _ in parts], bool(pieces[0]), bool(pieces[-1]))
            if any(is_unspaced for _, is_unspaced in parts):
                phrases.unspaced.append(phrase)
            else:
                start = " ".join(phrase.parts[0].split()[:2])
                phrases.spaced.setdefault(start, []).append(phrase)
    return phrases


def _spelt(found: list[str]) -> tuple[str, bool]:
    """Return words as they are compared, and whether it is without the spaces between them."""
    joined = "".join(found)
    is_unspaced = not joined.isascii() and max(joined) >= FIRST_UNSPACED
    return (joined if is_unspaced else f" {' '.join(found)} "), is_unspaced


def notice(document: Document, tree: Tree, *, all_in: bool) -> tuple[str, ...]:
    """Return what was sent in place of a page, as warnings; leave out what surely is that.

    Args:
        document: the page, judged.
        tree: where signs are looked for.
        all_in: whether nothing is left out.
    """
    layout, kept = document.layout, document.kept
    count = sum(compress(layout.words, kept))
    if (count or sum(layout.words)) > _MOST_BY_TITLE:
        return ()
    kind, is_sure = _judged(layout, kept, count, tree)
    if kind is None:
        return ()
    told = _kinds()[kind]
    if not is_sure or not told.get("out"):
        return (f"perhaps not the page asked for: {told['told']}",)
    why = f"not the page asked for: {told['told']}"
    if not all_in:
        document.named.update(dict.fromkeys(compress(range(len(kept)), kept), why))
        kept[:] = [False] * len(kept)
    return (why,)


def _judged(layout: Layout, kept: list[bool], count: int, tree: Tree) -> tuple[str | None, bool]:
    """Return the kind of notice that a page of `count` kept words may be, and if it surely is."""
    signed, hinted = _sign("signs", layout.title), _sign("hints", layout.title)
    if signed or count > _MOST:
        return signed or hinted, bool(signed)
    visible = sum(layout.words)
    said, share = _said(layout, compress(range(len(kept)), kept if count else layout.texts))
    if share >= _MAYBE_BY_NAME or visible <= _ALL:
        markup = _markup(tree.whole())
        signed, hinted = _sign("signs", markup), hinted or _sign("hints", markup)
    title = _phrases().name(_TITLE_PART.split(layout.title))
    marked = signed or hinted
    heading = None
    if title or marked or share >= _MAYBE_BY_NAME:
        heading = _phrases().name(_headings(layout))
    if marked or ((title or heading) and share >= _MAYBE_BY_NAME):
        least = _SURE_IF_SHORT if count <= _SHORT else _SURE_BY_NAME
        is_told_twice = marked and (title or heading)
        is_sure = share >= least or is_told_twice or (signed and count <= _FEW)
        return signed or said or hinted, bool(is_sure)
    if share >= _MAYBE:
        # A fragment is no page.
        return said, share >= _SURE and visible <= _ALL and layout.title != ""
    headed = title and title == heading and count <= _FEW and _kinds()[title].get("headed")
    return (title if headed else None), False


def _said(layout: Layout, blocks: Iterable[int]) -> tuple[str | None, float]:
    """Return the kind of notice that most of some blocks is of, and the share of all kinds."""
    phrases, size = _phrases(), 0
    said: dict[str, int] = {}
    for block in blocks:
        tells = layout.kind(block) in _LISTED or _QUOTED.search(layout.texts[block])
        for sentence in filter(None, map(str.strip, _SENTENCE.split(layout.texts[block]))):
            size += len(sentence)
            for clause in () if tells else _CLAUSE.split(sentence):
                if kind := phrases.kind(clause):
                    said[kind] = said.get(kind, 0) + len(clause)
    return max(said, key=said.__getitem__, default=None), sum(said.values()) / (size or 1)


def _sign(name: str, markup: str) -> str | None:
    """Return the kind of notice that a sign in some markup, or a hint, tells of."""
    signs = _signs(name)
    found = next(filter(markup.__contains__, signs), None)
    return signs[found] if found else None


def _headings(layout: Layout) -> Iterator[str]:
    return compress(layout.texts, (kind == "heading" for kind in layout.kinds()))


def _markup(root: _Element | None) -> str:
    """Return where signs may stand in a page: names, addresses and scripts."""
    return "\n".join(
        value[:_LONGEST]
        for element in islice(root.iter("*") if root is not None else (), _MOST_ELEMENTS)
        for value in (*map(element.get, _SIGNED), element.text if element.tag == "script" else "")
        if value
    )
