# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: annotation_typing=False, infer_types=True
"""Rules of structure for lists, quotes, tables, and the figures and captions around these."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from cleaner.content.structure_page import (
    BUTTON,
    CAPTION,
    FACT,
    FIGURE,
    FLAGS,
    HEAD,
    ITEM,
    LIST,
    QUOTE,
    ROW,
    SIDE,
    SUBHEADING,
    TABLE,
    TOP,
    UNIT,
)
from cleaner.content.telling import NUMBER, is_numbered_caption

if TYPE_CHECKING:
    from cleaner.content.structure_page import Flags, Nodes, PageSoFar

_AMONG, _AFTER, _NEVER = 0.1, 0.2, 2.0
"""The least probability of a unit (a list, quote or table) between kept blocks, of one that only
follows some, and of one that must not do so."""
_IN_FIGURE, _BESIDE, _LEAST = 0.05, 0.2, 0.03
"""The same for a table in a figure, a cell in a row with a kept one, and anything else."""
_SHORT = 12
"""Words at the most of the line that tells whose words a quote has."""
_APART = 6
"""Blocks from a caption within which kept text stands, before and after."""
_WRAPPED = 5
"""Boxes at the most that only wrap a unit, as page builders make them."""


def among(page: PageSoFar) -> list[int]:
    """Return the blocks of lists, quotes and data tables that stand directly between kept ones.

    Of an item that is mostly kept, what the model left out before or after stays out: a post is
    one, with its writer and buttons. Links that the model is sure to be none of it stay out,
    and so do buttons that head nothing.
    """
    rows: list[int] = []
    item: Nodes | None = None
    start = 0
    while start < page.blocks:
        unit, end = _unit(page, start), start + 1
        while end < page.blocks and _unit(page, end) == unit:
            end += 1
        may_be = unit >= 0 and start > 0 and _drops(page, start, end)
        if may_be and (_is_among(page, unit, start, end) or _are_facts(page, unit, start, end)):
            if item is None:
                item = _items(page)
                whole = page.is_mostly_kept(item, page.kept, 0.5)
            for row in range(start, end):
                if page.kept[row]:
                    continue
                likely = page.scores[row] >= _AMONG or page.links[row] < 0.5 * page.size[row]
                apart = whole[row] and not _is_part(page, row, item)
                acts = page.is_in(row, 2, BUTTON) and not page.is_in(row, 3, SUBHEADING)
                if likely and not apart and not acts:
                    rows.append(row)
        start = end
    return rows


def _drops(page: PageSoFar, start: int, end: int) -> bool:
    row = start
    while row < end and page.kept[row]:
        row += 1
    return row < end


def _unit(page: PageSoFar, row: int) -> int:
    """Return the outermost list, quote or table around a row, or -1."""
    if page.held[page.node[row]] & UNIT:
        around, flags = page.around, FLAGS
        for level in range(page.levels - 1, -1, -1):
            if flags[around[level, row]] & UNIT:
                return page.above[level, row]
    return -1


def _items(page: PageSoFar) -> Nodes:
    """Return the innermost list item around each row that is in no table in it, or -1."""
    item, table = page.innermost(ITEM), page.innermost(TABLE)
    if item is None:
        return array("q", [-1]) * page.blocks
    if table is not None:
        for row in range(page.blocks):
            if item[row] < table[row]:
                item[row] = -1
    return item


def _is_part(page: PageSoFar, row: int, item: Nodes) -> bool:
    """Return whether a row stands between two kept ones of the same item."""
    if not (page.is_kept(row - 1) and page.is_kept(row + 1)):
        return False
    return item[row - 1] == item[row] == item[row + 1]


def _is_among(page: PageSoFar, node: int, start: int, end: int) -> bool:
    """Return whether rows of a list, quote or table stand between kept blocks, or follow one.

    These stand in the first element around that holds more than the unit, as page builders wrap
    each; a subheading, or the title of a table in its box, may part what is no list of links from
    those before. What only follows kept text must be doubted less, and be told by a colon if it
    is a list of links.
    """
    flags, outer, before, first = FLAGS[page.tag[node]], page.parent[node], start - 1, start
    doubted = not page.kept[before] and page.scores[before] >= _LEAST
    box = _titled(page, node, start, end) if doubted and flags & TABLE else -1
    headed = box >= 0 or (doubted and page.is_in(before, 3, SUBHEADING))
    if headed and not _are_links(page, start, end):
        before -= 1
    if box >= 0:
        outer, first = page.parent[box], before + 1
    elif outer >= 0 and not flags & LIST:
        outer = page.parent[outer]
    if outer < 0 or not page.is_kept(before):
        return False
    wide = _around_more(page, outer, first, end)
    between = page.is_kept(end) and _holds(page, wide, before) and _holds(page, wide, end)
    if not (between or _holds(page, outer, before)):
        return False
    if flags & TABLE and not page.is_data(node):
        return False
    least = _AFTER
    if flags & QUOTE or (_are_links(page, start, end) and not page.announces(before)):
        least = _NEVER
    if between:
        least = _AMONG
    return _are_likely(page, start, end, least)


def _titled(page: PageSoFar, node: int, start: int, end: int) -> int:
    """Return the box that holds nothing but a unit and the block before it, or -1."""
    box = page.parent[node]
    for _ in range(_WRAPPED):
        if box < 0 or _holds(page, box, start - 1):
            break
        box = page.parent[box]
    if not _holds(page, box, start - 1) or _holds(page, box, end):
        return -1
    return -1 if start > 1 and _holds(page, box, start - 2) else box


def _are_facts(page: PageSoFar, node: int, start: int, end: int) -> bool:
    """Return whether rows between title and kept text are cells, terms, lines with a colon."""
    if not (page.is_kept(end) and page.is_in(start - 1, 3, TOP)) or _are_links(page, start, end):
        return False
    if FLAGS[page.tag[node]] & TABLE and not page.is_data(node):
        return False
    for row in range(start, end):
        if not page.is_in(row, 3, FACT) and ":" not in page.texts[row]:
            return False
    return _are_likely(page, start, end, _AFTER)


def _are_likely(page: PageSoFar, start: int, end: int, least: float) -> bool:
    """Return whether the words of rows are at least so likely, in the mean."""
    likely = size = 0.0
    for row in range(start, end):
        weight = page.words[row] + 1e-9
        likely += page.scores[row] * weight
        size += weight
    return likely >= least * size


def _are_links(page: PageSoFar, start: int, end: int) -> bool:
    links = size = 0.0
    for row in range(start, end):
        links += page.links[row]
        size += page.size[row]
    return links >= 0.5 * size


def _around_more(page: PageSoFar, node: int, start: int, end: int) -> int:
    """Return the first node around that holds what stands beside some rows, or side matter."""
    for _ in range(_WRAPPED):
        if node < 0 or _holds(page, node, start - 1) or _holds(page, node, end):
            break
        if FLAGS[page.tag[node]] & SIDE:
            break
        node = page.parent[node]
    return node


def _holds(page: PageSoFar, outer: int, row: int) -> bool:
    return outer >= 0 and row < page.blocks and outer <= page.node[row] < page.end[outer]


def figures(page: PageSoFar) -> list[int]:
    """Return the cells of data tables in figures after kept text, or captions below it."""
    table = page.innermost(TABLE)
    if table is None:
        return []
    likely, size = page.zeros(len(page.parent)), page.zeros(len(page.parent))
    for row in range(page.blocks):
        node = table[row]
        if node >= 0:
            likely[node] += page.scores[row] * page.words[row]
            size[node] += page.words[row]
    good = bytearray(len(page.parent))
    for row in range(1, page.blocks):
        node = table[row]
        if node < 0 or node == table[row - 1]:
            continue
        before = row - 1
        while before >= 0 and not page.kept[before] and page.is_in(before, 4, CAPTION):
            before -= 1
        if not page.is_kept(before):
            continue
        outer = page.parent[node]
        if outer >= 0 and FLAGS[page.tag[outer]] & FIGURE:
            good[node] |= likely[node] >= _IN_FIGURE * size[node] and page.is_data(node)
    return [
        row
        for row in range(page.blocks)
        if table[row] >= 0 and good[table[row]] and not page.kept[row]
    ]


def data_cells(page: PageSoFar) -> list[int]:
    """Return the dropped cells of data tables mostly kept, or of rows with kept words.

    A table that holds others lays out a page or a post, unless it has header cells of its own.
    """
    table, line, head = page.innermost(TABLE), page.innermost(ROW), page.innermost(HEAD)
    if table is None:
        return []
    headed = set()
    if head is not None:
        headed = {table[row] for row in range(page.blocks) if head[row] > table[row]}
    kept = bytearray(page.kept)
    if line is not None:
        for row in range(page.blocks):
            if table[row] < 0 or line[row] < table[row]:
                line[row] = -1
        whole = page.is_mostly_kept(line, page.kept, 0)
        for row in range(page.blocks):
            kept[row] |= whole[row] and page.scores[row] >= _BESIDE
    whole = page.is_mostly_kept(table, kept, 0.5, counted=True)
    return [
        row
        for row in range(page.blocks)
        if not page.kept[row]
        and (whole[row] or kept[row])
        and page.is_data(table[row])
        and (page.count(3, table[row]) == 1 or table[row] in headed)
    ]


def captions(page: PageSoFar) -> list[int]:
    """Return the captions of figures with a kept table, and numbered ones among kept text."""
    held: Flags = bytearray(page.blocks)
    figure: Nodes | None = None
    for row in range(page.blocks):
        if not page.kept[row] and page.is_in(row, 4, CAPTION):
            figure = page.innermost(FIGURE)
            break
    if figure is not None:
        held = page.is_mostly_kept(figure, page.kept, 0)
    rows: list[int] = []
    for row in range(page.blocks):
        if page.kept[row] or page.scores[row] < _LEAST:
            continue
        told = held[row] > 0 and page.is_in(row, 4, CAPTION)
        if told and figure is not None:
            told = page.count(3, figure[row]) > 0
        if not told and _is_counted(page, row) and _is_among_kept(page, row):
            told = is_numbered_caption(page.columns, row)
        if told:
            rows.append(row)
    return rows


def _is_counted(page: PageSoFar, row: int) -> bool:
    """Return whether a text has a digit where a caption has its number: near its beginning."""
    text = page.texts[row]
    at, end = 0, min(len(text), NUMBER)
    while at < end and not text[at].isdecimal():
        at += 1
    return at < end


def _is_among_kept(page: PageSoFar, row: int) -> bool:
    """Return whether kept rows stand near on both sides."""
    sides = 0
    for step in range(1, _APART + 1):
        sides |= page.is_kept(row - step) | 2 * page.is_kept(row + step)
    return sides == 3


def quotes(page: PageSoFar) -> list[int]:
    """Return the short lines of quotes most of whose words are kept: whose words they are."""
    quote = page.innermost(QUOTE)
    if quote is None:
        return []
    whole = page.is_mostly_kept(quote, page.kept, 0.5)
    return [
        row
        for row in range(page.blocks)
        if whole[row]
        and not page.kept[row]
        and page.scores[row] >= _LEAST
        and page.words[row] <= _SHORT
    ]
