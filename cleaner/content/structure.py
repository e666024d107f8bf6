"""Structure that a reader takes whole: what belongs to kept text is kept with it.

A standfirst, a subheading, a cell of a table or a short piece of code is easily doubted by the
model. The rules here are language-neutral and look at elements and places only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.page import TAGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from cleaner.content.page import PageColumns

    Kept = NDArray[np.bool_]
    Scores = NDArray[np.float64]
    Rows = NDArray[np.intp]

HEADING, TABLE = "heading of kept text", "part of a kept table"
STANDFIRST, CODE, INSIDE = "standfirst", "code beside kept text", "paragraph inside kept text"
_LEAST, _INSIDE, _FIRST = 0.03, 0.2, 0.33
"""A block, a paragraph, a standfirst that the model gives less than this stays out."""
_NEAR = 15
"""Blocks from the first heading within which an article begins."""
_SUBHEADINGS = [*(TAGS[f"h{level}"] for level in range(2, 7)), TAGS["dt"]]


def keep_structure(page: PageColumns, kept: Kept, scores: Scores) -> dict[int, str]:
    """Keep more blocks where structure asks for it; return the row of each, with the reason."""
    named: dict[int, str] = {}
    for reason, rule in _RULES.items():
        rows = rule(page, kept, scores)
        kept[rows] = True
        named.update(dict.fromkeys(rows.tolist(), reason))
    likely = scores >= _LEAST
    headings = _inside(page, 3, *_SUBHEADINGS) & ~kept & likely
    for row in np.flatnonzero(headings[:-1])[::-1].tolist():
        if kept[row + 1]:
            kept[row] = True
            named[row] = HEADING
    return named


def _inside(page: PageColumns, levels: int, *tags: int) -> Kept:
    """Tell the blocks that one of the tags is around, the given number of levels up."""
    around = page.tag[page.above[:levels]]
    return np.asarray(np.isin(around, tags).any(axis=0))


def _cells(page: PageColumns, kept: Kept, _scores: Scores) -> Rows:
    """Return the dropped cells of tables most of whose words are kept.

    A table without a header cell is taken for layout.
    """
    around = page.tag[page.above]
    found = around == TAGS["table"]
    table = np.where(found.any(0), page.above[found.argmax(0), np.arange(len(kept))], -1)
    words = np.bincount(table + 1, weights=page.words)
    good = np.bincount(table + 1, weights=page.words * kept)
    share = (good / np.maximum(words, 1))[table + 1]
    data = page.count_tags("th")[0, table] > 0
    return np.flatnonzero(data & (table >= 0) & ~kept & (share > 0.5))


def _standfirsts(page: PageColumns, kept: Kept, scores: Scores) -> Rows:
    """Return the prose between the first heading of the page and the kept prose after it."""
    none = np.zeros(0, dtype=np.intp)
    tops = np.flatnonzero(_inside(page, 3, TAGS["h1"]))
    if not len(tops):
        return none
    top = int(tops[0])
    prose = page.long > 0
    after = np.flatnonzero((kept & prose)[top + 1 : top + 1 + _NEAR])
    if not len(after):
        return none
    between = slice(top + 1, top + 1 + int(after[0]))
    found = prose[between] & (scores[between] >= _FIRST)
    return np.flatnonzero(found) + between.start


def _code(page: PageColumns, kept: Kept, scores: Scores) -> Rows:
    """Return the preformatted blocks that stand beside a kept one."""
    beside = np.zeros_like(kept)
    beside[1:] |= kept[:-1]
    beside[:-1] |= kept[1:]
    return np.flatnonzero(_inside(page, 4, TAGS["pre"]) & ~kept & beside & (scores >= _LEAST))


def _paragraphs(page: PageColumns, kept: Kept, scores: Scores) -> Rows:
    """Return the prose between two kept blocks of the same parent."""
    parent = page.parent[page.node]
    same = kept[:-2] & kept[2:] & (parent[:-2] == parent[1:-1]) & (parent[2:] == parent[1:-1])
    found = same & ~kept[1:-1] & (page.long[1:-1] > 0) & (scores[1:-1] >= _INSIDE)
    return np.flatnonzero(found) + 1


_RULES: dict[str, Callable[[PageColumns, Kept, Scores], Rows]] = {
    TABLE: _cells,
    STANDFIRST: _standfirsts,
    CODE: _code,
    INSIDE: _paragraphs,
}
"""Reason → the rule that finds the rows; each sees what those before it kept."""
