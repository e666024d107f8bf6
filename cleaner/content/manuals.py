"""Manuals: what a generator of documentation puts into the box of its text, all of it is text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.content.guess import TypeGuess
    from cleaner.content.page import PageColumns

MANUAL = "in the text of a manual"
_TYPES = ("documentation", "article")
_PART = frozenset("appendix article chapter preface refentry sect1 section".split())
"""The parts of a DocBook page; they begin with a box of this class:"""
_TITLE = "titlepage"
_TEXT = frozenset(("body", "document"))
"""The class of the box of Sphinx and its themes, which has this role:"""
_MAIN = "main"
_ASCIIDOC, _PREAMBLE, _CONTENT = "sect1", "preamble", "content"
"""The class or id with which the text of Asciidoctor begins, and the id of its box."""
_NO_TEXT = re.compile(
    r"(?:^|\s)(?:toc\S*|list-of-\S+|nav(?:header|footer)|contents|related|language-selection)(?:$|\s)"
)
"""What a generator puts into that box beside the text."""
_SHARE, _KEPT, _LEAST = 0.5, 0.3, 0.1
"""The box holds at least this share of what is kept, at least this share of it is kept, and a block
in it that the model gives less stays out."""


def keep_manual(
    page: PageColumns, kept: NDArray[np.bool_], chances: NDArray[np.float64], types: TypeGuess
) -> dict[int, str]:
    """Keep what is left out of the text of a manual; return rows and reasons."""
    if types.best not in _TYPES:
        return {}
    said = page.words * kept
    nodes = [node for node in page.around_block(int(said.argmax())) if _is_text(page, node)]
    if not nodes:
        return {}
    text = _widest(page, nodes[-1])
    inside = page.inside(text)
    told = said[inside].sum()
    if told < _SHARE * said.sum() or told < _KEPT * page.words[inside].sum():
        return {}
    found = inside & ~kept & (chances >= _LEAST)
    rows = [row for row in np.flatnonzero(found).tolist() if not _is_beside(page, row, text)]
    kept[rows] = True
    return dict.fromkeys(rows, MANUAL)


def _widest(page: PageColumns, node: int) -> int:
    """Return the outermost box of text that a box of text stands in."""
    outer = node
    while (outer := page.layout.parents[outer]) >= 0:
        node = outer if _is_text(page, outer) else node
    return node


def _is_text(page: PageColumns, node: int) -> bool:
    """Return whether a node is the box of the text, by what its generator calls it."""
    attributes, inner = page.layout.attributes, node + 1
    names = attributes[node].get("class", "").split()
    if not _TEXT.isdisjoint(names):
        return attributes[node].get("role") == _MAIN
    if inner == len(attributes) or page.layout.parents[inner] != node:
        return False
    first = attributes[inner].get("class", "")
    if first == _ASCIIDOC or attributes[inner].get("id") == _PREAMBLE:
        return attributes[node].get("id") == _CONTENT
    return first == _TITLE and not _PART.isdisjoint(names)


def _is_beside(page: PageColumns, row: int, text: int) -> bool:
    """Return whether a block in the box of the text stands beside the text."""
    attributes = page.layout.attributes
    inner = (node for node in page.around_block(row) if node > text)
    return any(_names_beside(attributes[node].get("class", "")) for node in inner)


@lru_cache(maxsize=4096)
def _names_beside(names: str) -> bool:
    return _NO_TEXT.search(names) is not None
