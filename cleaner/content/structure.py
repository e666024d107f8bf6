"""Structure that a reader takes whole: what belongs to kept text is kept with it.

A standfirst, a subheading, a cell of a table or a short piece of code is easily doubted by the
model. The rules here are language-neutral and look at elements and places only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.content import telling
from cleaner.content.groups import group
from cleaner.content.headings import LEAST, SUBHEADINGS, is_permalink, may_head
from cleaner.content.nodes import TAGS, tag_table
from cleaner.twins import compiled

__all__ = [
    "ALIKE", "AMONG", "BETWEEN", "CAPTION", "CODE", "FIGURE", "FORMULA", "HEADING", "INSIDE",
    "LEAD", "QUOTED", "STANDFIRST", "TABLE", "TITLE", "keep_in_arrays", "keep_structure",
]  # fmt: skip

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
TITLE, ALIKE = "title of kept text", "like most of its kind"
FIGURE, LEAD = "table in a figure", "announces a kept list, quote, table or code"
BETWEEN = "likely, between kept text"
QUOTED, FORMULA = "part of a kept quote", "formula between kept text"
CAPTION = "caption of a kept table"
_LEAST, _AMONG, _INSIDE, _FIRST, _NEVER = 0.03, 0.1, 0.2, 0.25, 2.0
"""A block, a list or code, a paragraph, a standfirst that the model gives less stays out."""
_IN_FIGURE, _ANNOUNCED = 0.05, 0.15
"""The same for a data table in a figure, and for a line that announces what is kept."""
_TITLE, _ALIKE, _AFTER = 0.2, 0.1, 0.2
"""The same for a title, a block like others, a list or table that only follows kept text."""
_BESIDE = 0.2
"""The same for a cell in a row of which another is kept."""
_LIKELY = 0.5
"""Blocks that are all at least so likely are kept where they part kept text."""
_SHORT = 12
"""Words that the line has at the most which tells whose words a quote has."""
_FORMULAS = 3
"""Blocks of a formula and its number at the most."""
_MARK = 2
"""Characters of a mark before an answer at the most: "A:"."""
_KIND, _SHARE = 8, 0.5
"""Blocks of one kind are at least this many; once this share is kept, so are the others."""
_APART, _FAR = 6, 24
"""Blocks that code is away from kept text at the most, both before and after: others, and all."""
_DEEP = 8
"""Levels within which code has its `<pre>`: some put each line into boxes of its own."""
_NEAR = 15
"""Blocks from the first heading within which an article begins."""
_NONE = np.zeros(0, dtype=np.intp)

_LISTS = tag_table("ul", "ol", "dl")
_UNITS = _LISTS | tag_table("blockquote", "table")
_CAPTIONS, _BUTTONS = tag_table("figcaption"), tag_table("button")
_TOP, _PRE = tag_table("h1"), tag_table("pre")


def keep_in_arrays(page: PageColumns, kept: Kept, scores: Scores) -> dict[int, str]:
    """Keep more blocks where structure asks for it; return the row of each, with the reason."""
    named: dict[int, str] = {}
    for reason, rule in RULES.items():
        rows = rule(page, kept, scores)
        kept[rows] = True
        named.update(dict.fromkeys(rows.tolist(), reason))
    headings = _inside(page, 3, SUBHEADINGS)
    for row in np.flatnonzero(~kept[:-1] & (scores[:-1] >= LEAST[0]))[::-1].tolist():
        heads = headings[row] or telling.heads_callout(page, row)
        if heads and _is_above_kept(page, kept, row) and may_head(page, row, scores[row]):
            kept[row] = True
            named[row] = HEADING
    return named


def _is_above_kept(page: PageColumns, kept: Kept, row: int) -> bool:
    """Tell a row right above a kept one, or above the mark or the link to the row before it."""
    parts = len(page.texts[row + 1]) <= _MARK or is_permalink(page, row + 1)
    return bool(kept[row + 1] or (parts and kept[row + 2 : row + 3].any()))


def _inside(page: PageColumns, levels: int, tags: Kept) -> Kept:
    """Tell the blocks that one of the tags is around, the given number of levels up."""
    return np.asarray(tags[page.around[:levels]].any(axis=0))


def _cells(page: PageColumns, kept: Kept, scores: Scores) -> Rows:
    """Return the dropped cells of data tables that are mostly kept, or of rows with kept words.

    A table that holds others lays out a page or a post, unless it has header cells of its own.
    """
    table, line = _innermost(page, "table"), _innermost(page, "tr")
    line = np.where(line > table, line, -1)
    beside = (scores >= _BESIDE) & _is_mostly_kept(page, kept, line, 0)
    found = _is_mostly_kept(page, kept | beside, table, sizes=np.ones_like(page.words)) | beside
    headed = table[_innermost(page, "th") > table]
    found &= (page.count_tags("table")[0, table] == 1) | np.isin(table, headed)
    return np.flatnonzero(_is_data(page, table) & found & ~kept)


def _quotes(page: PageColumns, kept: Kept, scores: Scores) -> Rows:
    """Return the short lines of quotes most of whose words are kept: whose words they are."""
    quote = _innermost(page, "blockquote")
    short = ~kept & (scores >= _LEAST) & (page.words <= _SHORT)
    return np.flatnonzero(short & _is_mostly_kept(page, kept, quote))


def _innermost(page: PageColumns, tag: str) -> Rows:
    """Return the innermost node of a tag around each block, or -1."""
    found = page.around == TAGS[tag]
    return np.where(found.any(0), page.above[found.argmax(0), np.arange(found.shape[1])], -1)


def _is_mostly_kept(
    page: PageColumns, kept: Kept, nodes: Rows, share: float = 0.5, sizes: Scores | None = None
) -> Kept:
    """Tell the blocks whose node of `nodes` has more than a share of its words in kept ones."""
    sizes = page.words if sizes is None else sizes
    words = np.bincount(nodes + 1, weights=sizes)
    good = np.bincount(nodes + 1, weights=sizes * kept)
    return np.asarray((nodes >= 0) & ((good / np.maximum(words, 1))[nodes + 1] > share))


def _formulas(page: PageColumns, kept: Kept, scores: Scores) -> Rows:
    """Return the blocks between two kept ones that are formulas and their numbers."""
    rows = np.flatnonzero(kept)
    gaps = np.diff(rows)
    found: list[int] = []
    good = (scores >= _LEAST) & (page.long == 0) & (page.links == 0)
    for place in np.flatnonzero((gaps > 1) & (gaps <= _FORMULAS + 1)).tolist():
        run = range(int(rows[place]) + 1, int(rows[place + 1]))
        if good[run.start : run.stop].all() and telling.is_formula(page, run):
            found.extend(run)
    return np.array(found, dtype=np.intp)


def _figures(page: PageColumns, kept: Kept, scores: Scores) -> Rows:
    """Return the cells of data tables in figures that follow kept text, or captions after it."""
    table = _innermost(page, "table")
    first = np.flatnonzero(np.diff(table, prepend=-1) != 0)
    node = table[first]
    good = (page.tag[page.parent[node]] == TAGS["figure"]) & (node >= 0) & _is_data(page, node)
    likely = np.bincount(table + 1, weights=scores * page.words)[node + 1]
    size = np.bincount(table + 1, weights=page.words)[node + 1]
    told = np.where(_inside(page, 4, _CAPTIONS) & ~kept, -1, np.arange(len(kept)))
    before = np.append(-1, np.maximum.accumulate(told))[first]
    good &= (before >= 0) & kept[before] & (likely >= _IN_FIGURE * size)
    return np.flatnonzero(np.isin(table, node[good]) & ~kept)


def _captions(page: PageColumns, kept: Kept, scores: Scores) -> Rows:
    """Return the captions of figures with a kept table, and numbered ones among kept text."""
    likely, none = ~kept & (scores >= _LEAST), np.zeros_like(kept)
    figure = _innermost(page, "figure")
    good = likely & _inside(page, 4, _CAPTIONS) & (page.count_tags("table")[0][figure] > 0)
    good &= _is_mostly_kept(page, kept, figure, 0)
    among = _reaches(kept, none)[1] & _reaches(kept[::-1], none)[1][::-1]
    for row in np.flatnonzero(likely & ~good & among).tolist():
        good[row] = telling.is_numbered_caption(page, row)
    return np.flatnonzero(good)


def _is_data(page: PageColumns, table: Rows) -> Kept:
    """Tell which tables hold data: they have a header cell, or rows of equally many cells."""
    heads, cells, rows, tables = page.count_tags("th", "td", "tr", "table")[:, table]
    even = (tables == 1) & (rows > 1) & (cells >= 2 * rows) & (cells % np.maximum(rows, 1) == 0)
    return np.asarray((heads > 0) | even)


def _standfirsts(page: PageColumns, kept: Kept, scores: Scores) -> Rows:
    """Return the prose between the first heading of the page and the kept prose, but no byline."""
    tops = np.flatnonzero(_inside(page, 3, _TOP))
    if not len(tops):
        return _NONE
    top = int(tops[0])
    prose = page.long > 0
    after = np.flatnonzero((kept & prose)[top + 1 : top + 1 + _NEAR])
    if not len(after):
        return _NONE
    between = slice(top + 1, top + 1 + int(after[0]))
    found = prose[between] & (scores[between] >= _FIRST)
    rows = np.flatnonzero(found) + between.start
    return rows[[not telling.is_byline(page.texts[row]) for row in rows.tolist()]]


def _code(page: PageColumns, kept: Kept, scores: Scores) -> Rows:
    """Return the preformatted blocks that follow one another beside a kept block.

    Between kept blocks a few others may part them from these: the bars and tabs of an editor. A
    `<code>` beside a `<pre>` counts as one, what is typed above what it prints, and so does one
    beside another in the same element: lines of code.
    """
    inside = _inside(page, _DEEP, _PRE)
    beside = np.zeros_like(inside)
    beside[1:] |= inside[:-1]
    beside[:-1] |= inside[1:]
    code = inside & ~kept & (scores >= _AMONG)
    others = ~inside & ~kept & (scores >= _AMONG)
    for row in np.flatnonzero(others & beside).tolist():
        code[row] = telling.is_lone_code(page, row)
    if "code" in page.layout.tags:
        for row in np.flatnonzero(others & ~beside & (page.links == 0)).tolist():
            code[row] = telling.is_line_of_code(page, row)
    run = np.cumsum(np.diff(code, prepend=False))
    above, near_above = _reaches(kept, inside)
    below, near_below = (side[::-1] for side in _reaches(kept[::-1], inside[::-1]))

    def reached(side: Kept) -> Kept:
        return np.bincount(run, weights=code & side) > 0

    good = reached(above | below) | (reached(near_above) & reached(near_below))
    return np.flatnonzero(code & good[run])


def _reaches(kept: Kept, inside: Kept) -> tuple[Kept, Kept]:
    """Tell the rows that a kept one stands right before, and those that one stands near before.

    Code between them, told by `inside`, counts for little.
    """
    rows = np.arange(len(kept))
    others = np.concatenate(([0], np.cumsum(~inside)))  # before each row
    last = np.maximum.accumulate(np.where(kept, rows, -1))
    blocks = rows - last
    near = (last >= 0) & (blocks <= _FAR) & (others[rows] - others[last + 1] < _APART)
    return (last >= 0) & (blocks == 1), near


def _paragraphs(page: PageColumns, kept: Kept, scores: Scores) -> Rows:
    """Return the prose between two kept blocks of the same parent."""
    parent = page.parent[page.node]
    same = kept[:-2] & kept[2:] & (parent[:-2] == parent[1:-1]) & (parent[2:] == parent[1:-1])
    found = same & ~kept[1:-1] & (page.long[1:-1] > 0) & (scores[1:-1] >= _INSIDE)
    return np.flatnonzero(found) + 1


def _alike(page: PageColumns, kept: Kept, scores: Scores) -> Rows:
    """Return the blocks of a kind most of whose blocks are kept.

    Those of a kind share tag and class, also one and two levels up, and are links or are not. Cells
    of a layout that have no class are none: a page may have nothing else.
    """
    if len(kept) < _KIND:
        return _NONE
    shape = page.shape[page.above[:3]]
    base = int(page.shape.max()) + 1
    key = (shape[0] * base + shape[1]) * base + shape[2]
    key = key * 2 + (page.links >= 0.5 * page.size)
    kind, _ = group(key)
    count = np.bincount(kind)
    share = np.bincount(kind, weights=kept) / count
    good = (count >= _KIND) & (share >= _SHARE)
    found = good[kind] & ~kept & (scores >= _ALIKE)
    laid = np.flatnonzero(found & ~_is_data(page, _innermost(page, "table")))
    found[laid] = [not telling.is_bare_cell(page, row) for row in laid.tolist()]
    return np.flatnonzero(found)


def _between(page: PageColumns, kept: Kept, scores: Scores) -> Rows:
    """Return the likely blocks between two kept ones that nothing unlikely parts them from.

    A caption parts nothing, nor does an icon by itself, nor the title of a boxed remark.
    """
    found = scores >= _LIKELY
    likely = kept | found | _inside(page, 2, _CAPTIONS)
    for row in np.flatnonzero(~likely).tolist():
        heads = scores[row] >= LEAST[0] and telling.heads_callout(page, row)
        likely[row] = heads or telling.is_sign(page.texts[row])

    def reached(kept: Kept, likely: Kept) -> Kept:
        rows = np.arange(len(kept))
        last, gap = (np.maximum.accumulate(np.where(at, rows, -1)) for at in (kept, ~likely))
        return np.asarray(last > gap)

    back = reached(kept[::-1], likely[::-1])[::-1]
    return np.flatnonzero(reached(kept, likely) & back & ~kept & found)


def _titles(page: PageColumns, kept: Kept, scores: Scores) -> Rows:
    """Return the first headings that kept text follows, less likely ones if it stands before too.

    One that repeats the title of the page is left to the model: the metadata says it.
    """
    least = np.where((np.cumsum(kept[:-1]) > 0) & (page.links[:-1] == 0), LEAST[0], _TITLE)
    found = _inside(page, 1, _TOP)[:-1] & kept[1:] & ~kept[:-1] & (scores[:-1] >= least)
    rows = [row for row in np.flatnonzero(found).tolist() if not telling.repeats_title(page, row)]
    return np.array(rows, dtype=np.intp)


def _among(page: PageColumns, kept: Kept, scores: Scores) -> Rows:
    """Return the blocks of lists, quotes and data tables that stand directly between kept blocks.

    The kept ones before and after stand in the element around, or one further out; a subheading
    may part what is no list of links from those before. Of an item that is mostly kept, what the
    model left out before or after stays out: a post is one, with its writer and buttons. A list or
    a table may also follow kept text alone, if the model doubts it less; one of links only if a
    colon announces it. Links that the model is sure to be none of it stay out, and so do buttons
    that head nothing.
    """
    around = _UNITS[page.around]
    held = around.any(axis=0)
    if not held.any():
        return _NONE
    level = around.shape[0] - 1 - around[::-1].argmax(axis=0)
    unit = np.where(held, page.above[level, np.arange(len(kept))], -1)
    starts = np.diff(unit, prepend=-2) != 0  # the blocks of one unit that follow one another
    first = np.flatnonzero(starts)
    after = np.append(first[1:], len(kept))
    heading = _inside(page, 3, SUBHEADINGS)
    headed = heading & ~kept & (scores >= _LEAST)
    links, size = (np.add.reduceat(part, first) for part in (page.links, page.size))
    before = first - 1 - (headed[first - 1] & (links < 0.5 * size))
    wanted = (unit[first] >= 0) & kept[before] & np.logical_or.reduceat(~kept, first)
    wanted &= (before >= 0) & (first > 0)
    runs = np.flatnonzero(wanted)
    if not len(runs):
        return _NONE
    node = unit[first[runs]]
    tag = page.tag[node]
    outer = page.parent[node]
    outer = np.where(_LISTS[tag] | (outer < 0), outer, page.parent[outer])
    fits = outer >= 0
    tables = fits & (tag == TAGS["table"])
    if tables.any():
        fits &= ~tables | _is_data(page, node)

    def beside(rows: Rows) -> Kept:
        inner = rows < len(kept)
        rows = np.where(inner, rows, 0)
        there = (page.node[rows] >= outer) & (page.node[rows] < page.end[outer])
        return np.asarray(inner & kept[rows] & there)

    follows = fits & beside(before[runs])
    between = follows & beside(after[runs])
    told = np.array([_announces(page, row) for row in before[runs].tolist()])
    alone = (tag == TAGS["blockquote"]) | ((links >= 0.5 * size)[runs] & ~told)
    least = np.where(between, _AMONG, np.where(alone, _NEVER, _AFTER))
    weights = page.words + 1e-9
    run = np.cumsum(starts) - 1
    likely, whole = (np.bincount(run, part)[runs] for part in (scores * weights, weights))
    wanted[runs] = follows & (likely >= least * whole)
    good = (scores >= _AMONG) | (page.links < 0.5 * page.size)
    item = _innermost(page, "li")
    item = np.where(item > _innermost(page, "table"), item, -1)
    good &= ~_is_mostly_kept(page, kept, item) | _parts(kept, item)
    good &= heading | ~_inside(page, 2, _BUTTONS)
    return np.flatnonzero(wanted[run] & ~kept & good)


def _parts(kept: Kept, item: Rows) -> Kept:
    """Tell the rows that stand between two kept ones of the same item."""
    found = np.zeros_like(kept)
    found[1:-1] = kept[:-2] & kept[2:] & (item[:-2] == item[1:-1]) & (item[2:] == item[1:-1])
    return found


def _leads(page: PageColumns, kept: Kept, scores: Scores) -> Rows:
    """Return the lines ending in a colon that a kept list, quote, table or code follows."""
    unit = _inside(page, 5, _UNITS | _PRE)
    follows = kept[1:] & unit[1:] & ~unit[:-1]
    rows = np.flatnonzero(follows & ~kept[:-1] & (scores[:-1] >= _ANNOUNCED))
    return rows[[_announces(page, row) for row in rows.tolist()]]


def _announces(page: PageColumns, row: int) -> bool:
    return page.texts[row].endswith((":", "："))


RULES: dict[str, Callable[[PageColumns, Kept, Scores], Rows]] = {
    STANDFIRST: _standfirsts,
    CODE: _code,
    INSIDE: _paragraphs,
    AMONG: _among,
    ALIKE: _alike,
    BETWEEN: _between,
    FIGURE: _figures,
    TABLE: _cells,
    CAPTION: _captions,
    QUOTED: _quotes,
    FORMULA: _formulas,
    LEAD: _leads,
    TITLE: _titles,
}
"""Reason → the rule that finds the rows; each sees what those before it kept."""

keep_structure = compiled("cleaner.content._structure", "keep_structure", keep_in_arrays)
