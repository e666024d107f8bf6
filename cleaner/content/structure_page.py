# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: annotation_typing=False, infer_types=True
"""A page as the rules of structure see it: what is around each block, and which are kept so far."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from cleaner.content.headings import SUBHEADINGS
from cleaner.content.nodes import TAGS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cleaner.content.page import PageColumns

    Nodes = array[int]
    Flags = bytearray | memoryview

SUBHEADING, TOP, LIST, UNIT, PRE, CAPTION, BUTTON = 1, 2, 4, 8, 16, 32, 64
FIGURE, QUOTE, TABLE, ROW, HEAD, ITEM, SIDE, FACT = (1 << bit for bit in range(7, 15))
FLAGS = array("H", bytes(2 * len(TAGS) + 2))
"""For the number of each tag, the kinds of elements above that it is of."""
for _flag, _tags in {
    SUBHEADING: SUBHEADINGS,
    TOP: ("h1",),
    LIST: ("ul", "ol", "dl"),
    UNIT: ("ul", "ol", "dl", "blockquote", "table"),
    PRE: ("pre",),
    CAPTION: ("figcaption",),
    BUTTON: ("button",),
    FIGURE: ("figure",),
    QUOTE: ("blockquote",),
    TABLE: ("table",),
    ROW: ("tr",),
    HEAD: ("th",),
    ITEM: ("li",),
    SIDE: ("aside", "nav"),
    FACT: ("dt", "dd", "td", "th"),
}.items():
    for _tag in _tags:
        FLAGS[TAGS[_tag]] |= _flag


class PageSoFar:
    """The columns of a page, and which of its rows, the text blocks, are kept so far.

    `keep` marks rows in the array that was given as `kept`, too, and notes the reason of each.
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
        self.has_code: bool | None = None
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

    def zeros(self, count: int) -> memoryview[float]:
        return memoryview(bytearray(8 * count)).cast("d")

    def flags_above(self) -> array[int]:
        """Return for each node the flags of it and of all around it; few have any."""
        parent, tag, flags = self.parent, self.tag, FLAGS
        held = array("H", bytes(2 * len(parent)))
        for node in range(len(parent) - 1):
            own, outer = flags[tag[node]], parent[node]
            held[node] = own | held[outer] if outer >= 0 else own
        return held

    def is_in(self, row: int, levels: int, flags: int) -> bool:
        """Return whether an element of some kinds is around a row, within so many levels."""
        if self.held[self.node[row]] & flags:
            for level in range(levels):
                if FLAGS[self.around[level, row]] & flags:
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
                if FLAGS[self.around[level, row]] & flag:
                    nodes[row] = self.above[level, row]
                    break
        return nodes

    def is_kept(self, row: int) -> bool:
        return 0 <= row < self.blocks and self.kept[row] > 0

    def is_above_kept(self, row: int) -> bool:
        return not self.kept[row] and self.kept[row + 1] > 0

    def is_mostly_kept(
        self, nodes: Nodes, kept: Flags, share: float, *, counted: bool = False
    ) -> Flags:
        """Return for each row whether more than a share of the words in its node is kept.

        If `counted`, the share is that of the rows.
        """
        words, good = self.zeros(len(self.parent)), self.zeros(len(self.parent))
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

    def holds_code(self) -> bool:
        """Return whether the page has any `<code>`; looked for when first asked."""
        if self.has_code is None:
            self.has_code = "code" in self.columns.layout.tags
        return self.has_code

    def announces(self, row: int) -> bool:
        text = self.texts[row]
        return text.endswith((":", "："))
