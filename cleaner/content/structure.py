# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: annotation_typing=False, infer_types=True
"""Structure that a reader takes whole: what belongs to kept text is kept with it.

A standfirst, a subheading, a cell of a table or a short piece of code is easily doubted by the
model. The rules here are language-neutral and look at elements and places only.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.groups import group
from cleaner.content.headings import LEAST, SUBHEADINGS, is_permalink, may_head
from cleaner.content.nodes import TAGS
from cleaner.content.telling import (
    NUMBER,
    SIGN,
    heads_callout,
    is_bare_cell,
    is_formula,
    is_line_of_code,
    is_lone_code,
    is_numbered_caption,
    is_sign,
    may_lead,
    repeats_title,
)
from cleaner.twins import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.content.page import PageColumns

    Nodes = array[int]
    Flags = bytearray | memoryview

HEADING, TABLE = "heading of kept text", "part of a kept table"
STANDFIRST, CODE, INSIDE = "standfirst", "code beside kept text", "paragraph inside kept text"
AMONG = "list, quote or table among kept text"
TITLE, ALIKE = "title of kept text", "like most of its kind"
FIGURE, LEAD = "table in a figure", "announces a kept list, quote, table or code"
BETWEEN = "likely, between kept text"
QUOTED, FORMULA = "part of a kept quote", "formula between kept text"
CAPTION = "caption of a kept table"
_HEADS, _LEAST, _AMONG, _INSIDE, _FIRST, _NEVER = LEAST[0], 0.03, 0.1, 0.2, 0.25, 2.0
"""A heading, block, list or code, paragraph, standfirst that the model gives less stays out."""
_IN_FIGURE, _ANNOUNCED = 0.05, 0.15
"""The same for a data table in a figure, and for a line that announces what is kept."""
_TITLE, _ALIKE, _AFTER = 0.2, 0.1, 0.2
"""The same for a title, a block like others, a list or table that only follows kept text."""
_BESIDE = 0.2
"""The same for a cell in a row of which another is kept."""
LIKELY, LIKELY_IN_MANUALS, _LIKELY_LINK = 0.5, 0.25, 0.4
"""Blocks that are all at least so likely are kept where they part kept text; a manual is read
without gaps, but its links may be those that lead on."""
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
_DEEP, _WRAPPED = 8, 5
"""Levels within which code has its `<pre>`, and a list what it stands among: boxes of their own."""
_NEAR = 15
"""Blocks from the first heading within which an article begins."""
_MOST = 2**63 - 1
"""The greatest number that an array holds."""

_SUBHEADING, _TOP, _LIST, _UNIT, _PRE, _CAPTION, _BUTTON = 1, 2, 4, 8, 16, 32, 64
_FIGURE, _QUOTE, _TABLE, _ROW, _HEAD, _ITEM, _SIDE = 128, 256, 512, 1024, 2048, 4096, 8192
_FLAGS = array("H", bytes(2 * len(TAGS) + 2))
"""What the rules know the tag of each number as."""
for _flag, _tags in {
    _SUBHEADING: SUBHEADINGS,
    _TOP: ("h1",),
    _LIST: ("ul", "ol", "dl"),
    _UNIT: ("ul", "ol", "dl", "blockquote", "table"),
    _PRE: ("pre",),
    _CAPTION: ("figcaption",),
    _BUTTON: ("button",),
    _FIGURE: ("figure",),
    _QUOTE: ("blockquote",),
    _TABLE: ("table",),
    _ROW: ("tr",),
    _HEAD: ("th",),
    _ITEM: ("li",),
    _SIDE: ("aside", "nav"),
}.items():
    for _tag in _tags:
        _FLAGS[TAGS[_tag]] |= _flag


def _zeros(count: int) -> memoryview[float]:
    return memoryview(bytearray(8 * count)).cast("d")


class _Rules:
    """A page under way: its columns, and what of it is kept so far.

    Each rule returns the rows that it keeps, and sees what those before it kept.
    """

    def __init__(
        self,
        columns: PageColumns,
        kept: NDArray[np.bool_],
        scores: NDArray[np.float64],
        likely: float,
    ) -> None:
        self.columns, self.texts, self.likely = columns, columns.texts, likely
        self.blocks, self.levels = len(columns.texts), len(columns.above)
        self.has_code = "code" in columns.layout.tags
        # Not arrays of numpy: each number out of those is a slow object.
        self.above, self.around = columns.above.data, columns.around.data
        self.node, self.parent = columns.node.data, columns.parent.data
        self.end, self.tag = columns.end.data, columns.tag.data
        self.shape, self.words = columns.shape.data, columns.words.data
        self.size, self.links = columns.size.data, columns.links.data
        self.long, self.scores = columns.long.data, scores.data
        self.kept = kept.view("u1").data
        self.cells: memoryview | None = None
        self.named: dict[int, str] = {}
        self.held = self.flags_above()

    def keep(self, reason: str, rows: list[int]) -> None:
        for row in rows:
            self.kept[row] = True
            self.named[row] = reason

    def flags_above(self) -> array[int]:
        """Return for each node the flags of it and of all around it; few have any."""
        parent, tag, flags = self.parent, self.tag, _FLAGS
        held = array("H", bytes(2 * len(parent)))
        for node in range(len(parent) - 1):
            own, outer = flags[tag[node]], parent[node]
            held[node] = own | held[outer] if outer >= 0 else own
        return held

    def is_in(self, row: int, levels: int, flags: int) -> bool:
        """Return whether an element of some kinds is around a row, within so many levels."""
        if self.held[self.node[row]] & flags:
            for level in range(levels):
                if _FLAGS[self.around[level, row]] & flags:
                    return True
        return False

    def innermost(self, flag: int) -> Nodes | None:
        """Return the innermost node of a kind around each row, or -1; None if there is none."""
        nodes: Nodes | None = None
        for row in range(self.blocks):
            if not self.held[self.node[row]] & flag:
                continue
            if nodes is None:
                nodes = array("q", [-1]) * self.blocks
            for level in range(self.levels):
                if _FLAGS[self.around[level, row]] & flag:
                    nodes[row] = self.above[level, row]
                    break
        return nodes

    def is_kept(self, row: int) -> bool:
        return 0 <= row < self.blocks and self.kept[row] > 0

    def is_mostly_kept(
        self, nodes: Nodes, kept: Flags, share: float, *, counted: bool = False
    ) -> Flags:
        """Return for each row whether more than a share of the words in its node is kept.

        If `counted`, the share is that of the rows.
        """
        words, good = _zeros(len(self.parent)), _zeros(len(self.parent))
        for row in range(self.blocks):
            node = nodes[row]
            if node >= 0:
                size = 1.0 if counted else self.words[row]
                words[node] += size
                good[node] += size * kept[row]
        found = bytearray(self.blocks)
        for row in range(self.blocks):
            node = nodes[row]
            found[row] = node >= 0 and good[node] / max(words[node], 1) > share
        return found

    def is_data(self, table: int) -> bool:
        """Return whether a table holds data: a header cell, or rows of equally many cells."""
        heads, cells = self.count(0, table), self.count(1, table)
        rows, tables = self.count(2, table), self.count(3, table)
        return heads > 0 or (tables == 1 and rows > 1 and cells >= 2 * rows and cells % rows == 0)

    def count(self, kind: int, node: int) -> float:
        """Return how many header cells, cells, rows or tables there are from a node on down."""
        if self.cells is None:
            self.cells = self.columns.count_tags("th", "td", "tr", "table").data
        return self.cells[kind, node]

    def standfirsts(self) -> list[int]:
        """Return the prose between the first heading and the kept prose, but no byline."""
        top = 0
        while top < self.blocks and not self.is_in(top, 3, _TOP):
            top += 1
        for after in range(top + 1, min(top + 1 + _NEAR, self.blocks)):
            if self.kept[after] and self.long[after] > 0:
                return [
                    row
                    for row in range(top + 1, after)
                    if self.long[row] > 0
                    and self.scores[row] >= _FIRST
                    and may_lead(self.columns, row)
                ]
        return []

    def code(self) -> list[int]:
        """Return the preformatted blocks that follow one another beside a kept block.

        Between kept blocks a few others may part them from these: the bars and tabs of an editor. A
        `<code>` beside a `<pre>` counts as one, what is typed above what it prints, and so does one
        beside another in the same element: lines of code.
        """
        rows: list[int] = []
        row = 0
        while row < self.blocks:
            if not self.is_code(row):
                row += 1
                continue
            end = row + 1
            while end < self.blocks and self.is_code(end):
                end += 1
            beside = self.is_kept(row - 1) or self.is_kept(end)
            if beside or (self.is_near(row, -1) and self.is_near(end - 1, 1)):
                rows.extend(range(row, end))
            row = end
        return rows

    def is_code(self, row: int) -> bool:
        if self.kept[row] or not self.scores[row] >= _AMONG:
            return False
        if self.is_preformatted(row):
            return True
        if self.is_preformatted(row - 1) or self.is_preformatted(row + 1):
            return is_lone_code(self.columns, row)
        return self.has_code and self.links[row] == 0 and is_line_of_code(self.columns, row)

    def is_preformatted(self, row: int) -> bool:
        return 0 <= row < self.blocks and self.is_in(row, _DEEP, _PRE)

    def is_near(self, row: int, step: int) -> bool:
        """Return whether a kept block stands near before or after code, which counts for little."""
        others = 0
        for blocks in range(1, _FAR + 1):
            if self.is_kept(row + blocks * step):
                return True
            others += not self.is_preformatted(row + blocks * step)
            if others == _APART:
                break
        return False

    def paragraphs(self) -> list[int]:
        """Return the prose between two kept blocks of the same parent."""
        return [
            row
            for row in range(1, self.blocks - 1)
            if self.is_between(row)
            and self.long[row] > 0
            and self.scores[row] >= _INSIDE
            and self.parent[self.node[row - 1]]
            == self.parent[self.node[row]]
            == self.parent[self.node[row + 1]]
        ]

    def is_between(self, row: int) -> bool:
        """Return whether a dropped block stands between two kept ones."""
        return self.kept[row - 1] > 0 and not self.kept[row] and self.kept[row + 1] > 0

    def among(self) -> list[int]:
        """Return the blocks of lists, quotes and data tables that stand directly between kept ones.

        Of an item that is mostly kept, what the model left out before or after stays out: a post is
        one, with its writer and buttons. Links that the model is sure to be none of it stay out,
        and so do buttons that head nothing.
        """
        rows: list[int] = []
        item: Nodes | None = None
        start = 0
        while start < self.blocks:
            unit, end = self.unit(start), start + 1
            while end < self.blocks and self.unit(end) == unit:
                end += 1
            if unit >= 0 and start and self.drops(start, end) and self.is_among(unit, start, end):
                if item is None:
                    item = self.items()
                    whole = self.is_mostly_kept(item, self.kept, 0.5)
                for row in range(start, end):
                    if self.kept[row]:
                        continue
                    likely = self.scores[row] >= _AMONG or self.links[row] < 0.5 * self.size[row]
                    apart = whole[row] and not self.is_part(row, item)
                    acts = self.is_in(row, 2, _BUTTON) and not self.is_in(row, 3, _SUBHEADING)
                    if likely and not apart and not acts:
                        rows.append(row)
            start = end
        return rows

    def drops(self, start: int, end: int) -> bool:
        row = start
        while row < end and self.kept[row]:
            row += 1
        return row < end

    def unit(self, row: int) -> int:
        """Return the outermost list, quote or table around a row, or -1."""
        if self.held[self.node[row]] & _UNIT:
            around, flags = self.around, _FLAGS
            for level in range(self.levels - 1, -1, -1):
                if flags[around[level, row]] & _UNIT:
                    return self.above[level, row]
        return -1

    def items(self) -> Nodes:
        """Return the innermost list item around each row that is in no table in it, or -1."""
        item, table = self.innermost(_ITEM), self.innermost(_TABLE)
        if item is None:
            return array("q", [-1]) * self.blocks
        if table is not None:
            for row in range(self.blocks):
                if item[row] < table[row]:
                    item[row] = -1
        return item

    def is_part(self, row: int, item: Nodes) -> bool:
        """Return whether a row stands between two kept ones of the same item."""
        if not (self.is_kept(row - 1) and self.is_kept(row + 1)):
            return False
        return item[row - 1] == item[row] == item[row + 1]

    def is_among(self, node: int, start: int, end: int) -> bool:
        """Return whether rows of a list, quote or table stand between kept blocks, or follow one.

        These stand in the first element around that holds more than the unit, as page builders wrap
        each; a subheading may part what is no list of links from those before. What only follows
        kept text must be doubted less, and be told by a colon if it is a list of links.
        """
        flags, outer, before = _FLAGS[self.tag[node]], self.parent[node], start - 1
        doubted = not self.kept[before] and self.scores[before] >= _LEAST
        if doubted and self.is_in(before, 3, _SUBHEADING) and not self.are_links(start, end):
            before -= 1
        if outer >= 0 and not flags & _LIST:
            outer = self.parent[outer]
        if outer < 0 or not self.is_kept(before):
            return False
        wide = self.around_more(outer, start, end)
        between = self.is_kept(end) and self.holds(wide, before) and self.holds(wide, end)
        if not (between or self.holds(outer, before)):
            return False
        if flags & _TABLE and not self.is_data(node):
            return False
        least = _AFTER
        if flags & _QUOTE or (self.are_links(start, end) and not self.announces(before)):
            least = _NEVER
        if between:
            least = _AMONG
        likely = size = 0.0
        for row in range(start, end):
            weight = self.words[row] + 1e-9
            likely += self.scores[row] * weight
            size += weight
        return likely >= least * size

    def are_links(self, start: int, end: int) -> bool:
        links = size = 0.0
        for row in range(start, end):
            links += self.links[row]
            size += self.size[row]
        return links >= 0.5 * size

    def around_more(self, node: int, start: int, end: int) -> int:
        """Return the first node around that holds what stands beside some rows, or side matter."""
        for _ in range(_WRAPPED):
            if node < 0 or self.holds(node, start - 1) or self.holds(node, end):
                break
            if _FLAGS[self.tag[node]] & _SIDE:
                break
            node = self.parent[node]
        return node

    def holds(self, outer: int, row: int) -> bool:
        return outer >= 0 and row < self.blocks and outer <= self.node[row] < self.end[outer]

    def announces(self, row: int) -> bool:
        text = self.texts[row]
        return text.endswith((":", "："))

    def alike(self) -> list[int]:
        """Return the blocks of a kind most of whose blocks are kept.

        Those of a kind share tag and class, also one and two levels up, and are links or are not.
        Cells of a layout that have no class are none: a page may have nothing else.
        """
        if self.blocks < _KIND:
            return []
        above, shape, shapes = self.above, self.shape, len(self.shape)  # the last is of no node
        keys = np.empty(self.blocks, dtype=np.int64)
        written = keys.data
        for row in range(self.blocks):
            key = 0
            for level in range(3):
                node = above[level, row]
                key = key * shapes + shape[node if node >= 0 else shapes - 1]
            written[row] = (2 * key + (self.links[row] >= 0.5 * self.size[row])) & _MOST
        groups, kinds = group(keys)
        kind = groups.data
        count, good = _zeros(kinds), _zeros(kinds)
        for row in range(self.blocks):
            count[kind[row]] += 1
            good[kind[row]] += self.kept[row]
        return [
            row
            for row in range(self.blocks)
            if not self.kept[row]
            and self.scores[row] >= _ALIKE
            and count[kind[row]] >= _KIND
            and good[kind[row]] / count[kind[row]] >= _SHARE
            and not (is_bare_cell(self.columns, row) and not self.is_in_data(row))
        ]

    def is_in_data(self, row: int) -> bool:
        """Return whether the innermost table around a row is one of data."""
        for level in range(self.levels):
            if _FLAGS[self.around[level, row]] & _TABLE:
                return self.is_data(self.above[level, row])
        return False

    def between(self) -> list[int]:
        """Return the likely blocks between two kept ones that nothing unlikely parts them from.

        A caption parts nothing, nor does an icon by itself, nor the title of a boxed remark.
        """
        rows: list[int] = []
        last = -1
        for row in range(self.blocks):
            if self.kept[row]:
                if last >= 0:
                    rows += [at for at in range(last + 1, row) if self.is_likely(at)]
                last = row
            elif last >= 0 and not self.parts_nothing(row):
                last = -1
        return rows

    def is_likely(self, row: int) -> bool:
        link = self.links[row] >= 0.5 * self.size[row]
        return self.scores[row] >= (max(self.likely, _LIKELY_LINK) if link else self.likely)

    def parts_nothing(self, row: int) -> bool:
        if self.is_likely(row) or self.is_in(row, 2, _CAPTION):
            return True
        text = self.texts[row]
        if len(text) < SIGN and is_sign(text):
            return True
        return self.scores[row] >= _HEADS and heads_callout(self.columns, row)

    def figures(self) -> list[int]:
        """Return the cells of data tables in figures after kept text, or captions below it."""
        table = self.innermost(_TABLE)
        if table is None:
            return []
        likely, size = _zeros(len(self.parent)), _zeros(len(self.parent))
        for row in range(self.blocks):
            node = table[row]
            if node >= 0:
                likely[node] += self.scores[row] * self.words[row]
                size[node] += self.words[row]
        good = bytearray(len(self.parent))
        for row in range(1, self.blocks):
            node = table[row]
            if node < 0 or node == table[row - 1]:
                continue
            before = row - 1
            while before >= 0 and not self.kept[before] and self.is_in(before, 4, _CAPTION):
                before -= 1
            if not self.is_kept(before):
                continue
            outer = self.parent[node]
            if outer >= 0 and _FLAGS[self.tag[outer]] & _FIGURE:
                good[node] |= likely[node] >= _IN_FIGURE * size[node] and self.is_data(node)
        return [
            row
            for row in range(self.blocks)
            if table[row] >= 0 and good[table[row]] and not self.kept[row]
        ]

    def data_cells(self) -> list[int]:
        """Return the dropped cells of data tables mostly kept, or of rows with kept words.

        A table that holds others lays out a page or a post, unless it has header cells of its own.
        """
        table, line, head = self.innermost(_TABLE), self.innermost(_ROW), self.innermost(_HEAD)
        if table is None:
            return []
        headed = set()
        if head is not None:
            headed = {table[row] for row in range(self.blocks) if head[row] > table[row]}
        kept = bytearray(self.kept)
        if line is not None:
            for row in range(self.blocks):
                if table[row] < 0 or line[row] < table[row]:
                    line[row] = -1
            whole = self.is_mostly_kept(line, self.kept, 0)
            for row in range(self.blocks):
                kept[row] |= whole[row] and self.scores[row] >= _BESIDE
        whole = self.is_mostly_kept(table, kept, 0.5, counted=True)
        return [
            row
            for row in range(self.blocks)
            if not self.kept[row]
            and (whole[row] or kept[row])
            and self.is_data(table[row])
            and (self.count(3, table[row]) == 1 or table[row] in headed)
        ]

    def captions(self) -> list[int]:
        """Return the captions of figures with a kept table, and numbered ones among kept text."""
        held: Flags = bytearray(self.blocks)
        figure: Nodes | None = None
        for row in range(self.blocks):
            if not self.kept[row] and self.is_in(row, 4, _CAPTION):
                figure = self.innermost(_FIGURE)
                break
        if figure is not None:
            held = self.is_mostly_kept(figure, self.kept, 0)
        rows: list[int] = []
        for row in range(self.blocks):
            if self.kept[row] or self.scores[row] < _LEAST:
                continue
            told = held[row] > 0 and self.is_in(row, 4, _CAPTION)
            if told and figure is not None:
                told = self.count(3, figure[row]) > 0
            if not told and self.is_counted(row) and self.is_among_kept(row):
                told = is_numbered_caption(self.columns, row)
            if told:
                rows.append(row)
        return rows

    def is_counted(self, row: int) -> bool:
        """Return whether a text has a digit where a caption has its number: near its beginning."""
        text = self.texts[row]
        at, end = 0, min(len(text), NUMBER)
        while at < end and not text[at].isdecimal():
            at += 1
        return at < end

    def is_among_kept(self, row: int) -> bool:
        """Return whether kept rows stand near on both sides."""
        sides = 0
        for step in range(1, _APART + 1):
            sides |= self.is_kept(row - step) | 2 * self.is_kept(row + step)
        return sides == 3

    def quotes(self) -> list[int]:
        """Return the short lines of quotes most of whose words are kept: whose words they are."""
        quote = self.innermost(_QUOTE)
        if quote is None:
            return []
        whole = self.is_mostly_kept(quote, self.kept, 0.5)
        return [
            row
            for row in range(self.blocks)
            if whole[row]
            and not self.kept[row]
            and self.scores[row] >= _LEAST
            and self.words[row] <= _SHORT
        ]

    def formulas(self) -> list[int]:
        """Return the blocks between two kept ones that are formulas and their numbers."""
        rows: list[int] = []
        last = -1
        for row in range(self.blocks):
            if not self.kept[row]:
                if self.scores[row] < _LEAST or self.long[row] > 0 or self.links[row] > 0:
                    last = -1
                continue
            between = range(last + 1, row)
            few = last >= 0 and 1 < row - last <= _FORMULAS + 1
            if few and is_formula(self.columns, between):
                rows.extend(between)
            last = row
        return rows

    def leads(self) -> list[int]:
        """Return the lines ending in a colon that a kept list, quote, table or code follows."""
        return [
            row
            for row in range(self.blocks - 1)
            if self.is_above_kept(row)
            and self.scores[row] >= _ANNOUNCED
            and self.is_in(row + 1, 5, _UNIT | _PRE)
            and not self.is_in(row, 5, _UNIT | _PRE)
            and self.announces(row)
        ]

    def titles(self) -> list[int]:
        """Return the first headings that kept text follows, less likely ones if it stands before.

        One that repeats the title of the page is left to the model: the metadata says it.
        """
        rows: list[int] = []
        below = False
        for row in range(self.blocks - 1):
            below = below or self.kept[row] > 0
            if self.is_above_kept(row) and self.is_in(row, 1, _TOP):
                least = _HEADS if below and self.links[row] == 0 else _TITLE
                if self.scores[row] >= least and not repeats_title(self.columns, row):
                    rows.append(row)
        return rows

    def is_above_kept(self, row: int) -> bool:
        return not self.kept[row] and self.kept[row + 1] > 0

    def is_above_text(self, row: int) -> bool:
        """Return whether the next row is kept, but for a mark or a permalink between."""
        if self.kept[row + 1]:
            return True
        below = self.texts[row + 1]
        return self.is_kept(row + 2) and (
            len(below) <= _MARK or (self.links[row + 1] > 0 and is_permalink(self.columns, row + 1))
        )

    def headings(self) -> list[int]:
        """Return the headings above kept text, last first."""
        rows: list[int] = []
        for row in range(self.blocks - 2, -1, -1):
            if self.kept[row] or not self.scores[row] >= _HEADS:
                continue
            if not self.is_above_text(row):
                continue
            heads = self.is_in(row, 3, _SUBHEADING) or heads_callout(self.columns, row)
            if heads and may_head(self.columns, row, self.scores[row]):
                self.kept[row] = True  # another may head it
                rows.append(row)
        return rows


def keep_in_python(
    page: PageColumns,
    kept: NDArray[np.bool_],
    scores: NDArray[np.float64],
    likely: float = LIKELY,
) -> dict[int, str]:
    """Keep more blocks where structure asks for it; return the row of each, with the reason."""
    rules = _Rules(page, kept, scores, likely)
    rules.keep(STANDFIRST, rules.standfirsts())
    rules.keep(CODE, rules.code())
    rules.keep(INSIDE, rules.paragraphs())
    rules.keep(AMONG, rules.among())
    rules.keep(ALIKE, rules.alike())
    rules.keep(BETWEEN, rules.between())
    rules.keep(FIGURE, rules.figures())
    rules.keep(TABLE, rules.data_cells())
    rules.keep(CAPTION, rules.captions())
    rules.keep(QUOTED, rules.quotes())
    rules.keep(FORMULA, rules.formulas())
    rules.keep(LEAD, rules.leads())
    rules.keep(TITLE, rules.titles())
    rules.keep(HEADING, rules.headings())
    return rules.named


keep_structure = compiled("cleaner.content._structure", "keep_structure", keep_in_python)
