"""Structure that a reader takes whole: what belongs to kept text is kept with it.

A standfirst, a subheading, a cell of a table or a short piece of code is easily doubted by the
model. The rules here are language-neutral and look at elements and places only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.nodes import TAGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from cleaner.content.page import PageColumns

    Kept = NDArray[np.bool_]
    Scores = NDArray[np.float64]
    Rows = NDArray[np.intp]

HEADING, TABLE = "heading of kept text", "part of a kept table"
STANDFIRST, CODE, INSIDE = "standfirst", "code beside kept text", "paragraph inside kept text"
AMONG = "list, quote or table among kept text"
_LEAST, _AMONG, _INSIDE, _FIRST = 0.03, 0.1, 0.2, 0.33
"""A block, a list, a paragraph, a standfirst that the model gives less than this stays out."""
_NEAR = 15
"""Blocks from the first heading within which an article begins."""


def _tag_table(*tags: str) -> Kept:
    """Return a table that tells for the number of a tag whether it is one of `tags`."""
    table = np.zeros(len(TAGS) + 1, dtype=bool)
    table[[TAGS[tag] for tag in tags]] = True
    return table


_SUBHEADINGS = _tag_table("h2", "h3", "h4", "h5", "h6", "dt")
_LISTS = _tag_table("ul", "ol", "dl")
_UNITS = _LISTS | _tag_table("blockquote", "table")
_TOP, _PRE = _tag_table("h1"), _tag_table("pre")


def keep_structure(page: PageColumns, kept: Kept, scores: Scores) -> dict[int, str]:
    """Keep more blocks where structure asks for it; return the row of each, with the reason."""
    named: dict[int, str] = {}
    for reason, rule in _RULES.items():
        rows = rule(page, kept, scores)
        kept[rows] = True
        named.update(dict.fromkeys(rows.tolist(), reason))
    likely = scores >= _LEAST
    headings = _inside(page, 3, _SUBHEADINGS) & ~kept & likely
    for row in np.flatnonzero(headings[:-1])[::-1].tolist():
        if kept[row + 1]:
            kept[row] = True
            named[row] = HEADING
    return named


def _inside(page: PageColumns, levels: int, tags: Kept) -> Kept:
    """Tell the blocks that one of the tags is around, the given number of levels up."""
    return np.asarray(tags[page.tag[page.above[:levels]]].any(axis=0))


def _cells(page: PageColumns, kept: Kept, _scores: Scores) -> Rows:
    """Return the dropped cells of tables most of whose words are kept.

    A table without a header cell is taken for layout.
    """
    found = page.tag[page.above] == TAGS["table"]
    if not found.any():
        return np.zeros(0, dtype=np.intp)
    table = np.where(found.any(0), page.above[found.argmax(0), np.arange(len(kept))], -1)
    words = np.bincount(table + 1, weights=page.words)
    good = np.bincount(table + 1, weights=page.words * kept)
    share = (good / np.maximum(words, 1))[table + 1]
    data = page.count_tags("th")[0, table] > 0
    return np.flatnonzero(data & (table >= 0) & ~kept & (share > 0.5))


def _standfirsts(page: PageColumns, kept: Kept, scores: Scores) -> Rows:
    """Return the prose between the first heading of the page and the kept prose after it."""
    none = np.zeros(0, dtype=np.intp)
    tops = np.flatnonzero(_inside(page, 3, _TOP))
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
    return np.flatnonzero(_inside(page, 4, _PRE) & ~kept & beside & (scores >= _LEAST))


def _paragraphs(page: PageColumns, kept: Kept, scores: Scores) -> Rows:
    """Return the prose between two kept blocks of the same parent."""
    parent = page.parent[page.node]
    same = kept[:-2] & kept[2:] & (parent[:-2] == parent[1:-1]) & (parent[2:] == parent[1:-1])
    found = same & ~kept[1:-1] & (page.long[1:-1] > 0) & (scores[1:-1] >= _INSIDE)
    return np.flatnonzero(found) + 1


def _among(page: PageColumns, kept: Kept, scores: Scores) -> Rows:
    """Return the blocks of lists, quotes and data tables that stand directly between kept blocks.

    The kept ones before and after stand in the element around, or one further out.
    """
    around = _UNITS[page.tag[page.above]]
    level = around.shape[0] - 1 - around[::-1].argmax(axis=0)
    unit = np.where(around.any(axis=0), page.above[level, np.arange(len(kept))], -1)
    first = np.flatnonzero(np.diff(unit, prepend=-2))
    last = np.append(first[1:], len(kept)) - 1
    inner = (unit[first] >= 0) & (first > 0) & (last < len(kept) - 1)
    first, last = first[inner], last[inner]
    node, before, after = unit[first], first - 1, last + 1
    is_list = _LISTS[page.tag[node]]
    outer = page.parent[node]
    outer = np.where(is_list | (outer < 0), outer, page.parent[outer])
    found = kept[before] & kept[after] & (outer >= 0)
    for row in (before, after):
        found &= (page.node[row] >= outer) & (page.node[row] < page.end[outer])
    found &= (page.tag[node] != TAGS["table"]) | (page.count_tags("th")[0, node] > 0)
    rows = [
        np.arange(start, end + 1)
        for start, end in zip(first[found].tolist(), last[found].tolist(), strict=True)
        if np.average(scores[start : end + 1], weights=page.words[start : end + 1] + 1e-9) >= _AMONG
    ]
    chosen: Rows = np.concatenate(rows) if rows else np.zeros(0, dtype=np.intp)
    dropped: Rows = chosen[~kept[chosen]]
    return dropped


_RULES: dict[str, Callable[[PageColumns, Kept, Scores], Rows]] = {
    TABLE: _cells,
    STANDFIRST: _standfirsts,
    CODE: _code,
    INSIDE: _paragraphs,
    AMONG: _among,
}
"""Reason → the rule that finds the rows; each sees what those before it kept."""
