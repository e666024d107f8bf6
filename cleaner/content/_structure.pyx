# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of `cleaner.content.structure.keep_in_arrays`: the same rules, row by row."""

from libc.stdint cimport int64_t, uint8_t
from libc.string cimport memset

import numpy as np

from cleaner.content import headings, structure as twin, telling
from cleaner.content.groups import group
from cleaner.content.nodes import TAGS

cdef enum:
    SUBHEADING = 1
    TOP = 2
    LIST = 4
    UNIT = 8
    PRE = 16
    CAPTION = 32
    BUTTON = 64

cdef uint8_t[::1] FLAGS = np.zeros(len(TAGS) + 1, dtype=np.uint8)
for _flag, _table in (
    (SUBHEADING, headings.SUBHEADINGS), (TOP, twin._TOP), (LIST, twin._LISTS),
    (UNIT, twin._UNITS), (PRE, twin._PRE), (CAPTION, twin._CAPTIONS), (BUTTON, twin._BUTTONS),
):
    for _tag in np.flatnonzero(_table).tolist():
        FLAGS[_tag] |= _flag

cdef int64_t FIGURE = TAGS["figure"], QUOTE = TAGS["blockquote"], TABLE = TAGS["table"]
cdef int64_t ROW = TAGS["tr"], ITEM = TAGS["li"], HEAD = TAGS["th"]
cdef double HEADS = headings.LEAST[0], LEAST = twin._LEAST, AMONG = twin._AMONG
cdef double INSIDE = twin._INSIDE, FIRST = twin._FIRST, IN_FIGURE = twin._IN_FIGURE
cdef double ANNOUNCED = twin._ANNOUNCED, TITLE = twin._TITLE, ALIKE = twin._ALIKE
cdef double AFTER = twin._AFTER, LIKELY = twin._LIKELY, SHARE = twin._SHARE, BESIDE = twin._BESIDE
cdef double NEVER = twin._NEVER, SHORT = twin._SHORT
cdef Py_ssize_t FORMULAS = twin._FORMULAS, NUMBER = telling.NUMBER, MARK = twin._MARK, SIGN = telling.SIGN, KIND = twin._KIND, NEAR = twin._NEAR
cdef Py_ssize_t APART = twin._APART, FAR = twin._FAR, DEEP = twin._DEEP


cdef inline bint is_most(
    const double[:, ::1] words, Py_ssize_t node, double share=0.5
) noexcept:
    """Tell a node, if it is one, with more than this share of its words in kept rows."""
    return node >= 0 and words[1, node] / max(words[0, node], 1) > share


cdef bint is_counted(str text) noexcept:
    """Tell a text with a figure as near its beginning as a caption has its number."""
    cdef Py_ssize_t at
    for at in range(min(len(text), NUMBER)):
        if text[at].isdecimal():
            return True
    return False


cdef class _Page:
    """A page under way: what the rules read, and the rows that the present one has found."""

    cdef object columns
    cdef list texts
    cdef dict named
    cdef Py_ssize_t blocks, levels
    cdef const int64_t[:, ::1] above, around
    cdef const int64_t[::1] node, parent, end, tag, shape
    cdef const double[::1] words, size, links, long, scores
    cdef uint8_t[::1] kept, found
    cdef const double[:, ::1] cells
    cdef bint has_code

    def __init__(self, columns, kept, scores):
        self.columns, self.texts, self.named = columns, columns.texts, {}
        self.above, self.around = columns.above, columns.around
        self.node, self.parent, self.end = columns.node, columns.parent, columns.end
        self.tag, self.shape = columns.tag, columns.shape
        self.words, self.size = columns.words, columns.size
        self.links, self.long = columns.links, columns.long
        self.kept, self.scores = kept.view(np.uint8), scores
        self.blocks, self.levels = self.around.shape[1], self.around.shape[0]
        self.found, self.cells = np.zeros(self.blocks, dtype=np.uint8), None
        self.has_code = "code" in columns.layout.tags

    cdef bint is_in(self, Py_ssize_t row, Py_ssize_t levels, uint8_t flags) noexcept:
        """Tell whether an element of some kinds is around a row, the given number of levels up."""
        cdef Py_ssize_t level
        for level in range(levels):
            if FLAGS[self.around[level, row]] & flags:
                return True
        return False

    cdef int64_t[::1] innermost(self, int64_t tag):
        """Return the innermost node of a tag around each row, or -1; None if there is none."""
        cdef Py_ssize_t row, level
        cdef int64_t[::1] nodes = None
        for row in range(self.blocks):
            for level in range(self.levels):
                if self.around[level, row] == tag:
                    if nodes is None:
                        nodes = np.full(self.blocks, -1, dtype=np.int64)
                    nodes[row] = self.above[level, row]
                    break
        return nodes

    cdef keep(self, str reason):
        """Keep the rows that were found."""
        cdef Py_ssize_t row
        for row in range(self.blocks):
            if self.found[row]:
                self.kept[row] = True
                self.named[row] = reason
                self.found[row] = False

    cdef bint is_in_data(self, Py_ssize_t row) except -1:
        """Tell a row whose innermost table is one of data."""
        cdef Py_ssize_t level
        for level in range(self.levels):
            if self.around[level, row] == TABLE:
                return self.is_data(self.above[level, row])
        return False

    cdef int count_cells(self) except -1:
        if self.cells is None:
            self.cells = self.columns.count_tags("th", "td", "tr", "table")
        return 0

    cdef bint is_data(self, Py_ssize_t node) except -1:
        """Tell a table of data: it has a header cell, or rows of equally many cells."""
        cdef int64_t heads, cells, rows, tables
        self.count_cells()
        heads, cells = <int64_t> self.cells[0, node], <int64_t> self.cells[1, node]
        rows, tables = <int64_t> self.cells[2, node], <int64_t> self.cells[3, node]
        return heads > 0 or (tables == 1 and rows > 1 and cells >= 2 * rows and cells % rows == 0)

    def standfirsts(self):
        cdef Py_ssize_t top = 0, after, row
        while top < self.blocks and not self.is_in(top, 3, TOP):
            top += 1
        for after in range(top + 1, min(top + 1 + NEAR, self.blocks)):
            if self.kept[after] and self.long[after] > 0:
                for row in range(top + 1, after):
                    self.found[row] = (
                        self.long[row] > 0
                        and self.scores[row] >= FIRST
                        and not telling.is_byline(self.texts[row])
                    )
                break

    cdef bint is_preformatted(self, Py_ssize_t row) noexcept:
        return 0 <= row < self.blocks and self.is_in(row, DEEP, PRE)

    cdef int is_code(self, Py_ssize_t row) except -1:
        if self.kept[row] or not self.scores[row] >= AMONG:
            return False
        if self.is_preformatted(row):
            return True
        if self.is_preformatted(row - 1) or self.is_preformatted(row + 1):
            return telling.is_lone_code(self.columns, row)
        return self.has_code and self.links[row] == 0 and telling.is_line_of_code(self.columns, row)

    cdef bint is_kept(self, Py_ssize_t row) noexcept:
        return 0 <= row < self.blocks and self.kept[row]

    cdef bint is_near(self, Py_ssize_t row, Py_ssize_t step) noexcept:
        cdef Py_ssize_t blocks, others = 0
        for blocks in range(1, FAR + 1):
            if self.is_kept(row + blocks * step):
                return True
            others += not self.is_preformatted(row + blocks * step)
            if others == APART:
                break
        return False

    def code(self):
        cdef Py_ssize_t row = 0, end
        cdef bint beside
        while row < self.blocks:
            if not self.is_code(row):
                row += 1
                continue
            end = row + 1
            while end < self.blocks and self.is_code(end):
                end += 1
            beside = self.is_kept(row - 1) or self.is_kept(end)
            if beside or (self.is_near(row, -1) and self.is_near(end - 1, 1)):
                memset(&self.found[row], True, end - row)
            row = end

    def paragraphs(self):
        cdef Py_ssize_t row
        cdef int64_t parent
        for row in range(1, self.blocks - 1):
            if self.kept[row] or not (self.kept[row - 1] and self.kept[row + 1]):
                continue
            parent = self.parent[self.node[row]]
            self.found[row] = (
                self.long[row] > 0
                and self.scores[row] >= INSIDE
                and self.parent[self.node[row - 1]] == parent == self.parent[self.node[row + 1]]
            )

    cdef Py_ssize_t unit(self, Py_ssize_t row) noexcept:
        """Return the outermost list, quote or table around a row, or -1."""
        cdef Py_ssize_t level
        for level in range(self.levels - 1, -1, -1):
            if FLAGS[self.around[level, row]] & UNIT:
                return self.above[level, row]
        return -1

    cdef bint stands_in(self, Py_ssize_t row, Py_ssize_t outer) noexcept:
        return self.is_kept(row) and outer <= self.node[row] < self.end[outer]

    def among(self):
        cdef Py_ssize_t start = 0, end, row, unit
        cdef int64_t[::1] item = None
        cdef double[:, ::1] words
        while start < self.blocks:
            unit, end = self.unit(start), start + 1
            while end < self.blocks and self.unit(end) == unit:
                end += 1
            if unit >= 0 and start and self.is_among(unit, start, end):
                if item is None:
                    item = self.items()
                    words = self.words_in(item)
                for row in range(start, end):
                    self.found[row] = (
                        not self.kept[row]
                        and (self.scores[row] >= AMONG or self.links[row] < 0.5 * self.size[row])
                        and (not is_most(words, item[row]) or self.is_part(row, item))
                        and (self.is_in(row, 3, SUBHEADING) or not self.is_in(row, 2, BUTTON))
                    )
            start = end

    cdef int64_t[::1] items(self):
        """Return the innermost list item around each row that is in no table in it, or -1."""
        cdef Py_ssize_t row
        cdef int64_t[::1] item = self.innermost(ITEM), table = self.innermost(TABLE)
        if item is None:
            return np.full(self.blocks, -1, dtype=np.int64)
        for row in range(self.blocks if table is not None else 0):
            if item[row] < table[row]:
                item[row] = -1
        return item

    cdef bint is_part(self, Py_ssize_t row, const int64_t[::1] item) noexcept:
        """Tell a row between two kept ones of the same item."""
        return (
            self.is_kept(row - 1)
            and self.is_kept(row + 1)
            and item[row - 1] == item[row] == item[row + 1]
        )

    cdef bint are_links(self, Py_ssize_t start, Py_ssize_t end) noexcept:
        cdef double links = 0, size = 0
        cdef Py_ssize_t row
        for row in range(start, end):
            links += self.links[row]
            size += self.size[row]
        return links >= 0.5 * size

    cdef bint announces(self, Py_ssize_t row) except -1:
        return (<str> self.texts[row]).endswith((":", "："))

    cdef bint is_among(self, Py_ssize_t node, Py_ssize_t start, Py_ssize_t end) except -1:
        cdef Py_ssize_t outer = self.parent[node], row = start, before = start - 1
        cdef int64_t tag = self.tag[node]
        cdef double likely = 0, size = 0, weight, least
        if not self.kept[before] and self.is_in(before, 3, SUBHEADING):
            before -= self.scores[before] >= LEAST and not self.are_links(start, end)
        if not self.is_kept(before):
            return False
        while row < end and self.kept[row]:
            row += 1
        if row == end:
            return False
        if outer >= 0 and not FLAGS[tag] & LIST:
            outer = self.parent[outer]
        if outer < 0 or not self.stands_in(before, outer):
            return False
        if tag == TABLE and not self.is_data(node):
            return False
        least = AFTER
        if tag == QUOTE or (self.are_links(start, end) and not self.announces(before)):
            least = NEVER
        if self.stands_in(end, outer):
            least = AMONG
        for row in range(start, end):
            weight = self.words[row] + 1e-9
            likely += self.scores[row] * weight
            size += weight
        return likely >= least * size

    def alike(self):
        cdef Py_ssize_t row, level, node, last = self.shape.shape[0] - 1
        cdef int64_t base = 1, key
        if self.blocks < KIND:
            return
        for node in range(last):
            base = max(base, self.shape[node] + 1)
        keys = np.empty(self.blocks, dtype=np.int64)
        cdef int64_t[::1] written = keys
        for row in range(self.blocks):
            key = 0
            for level in range(3):
                node = self.above[level, row]
                key = key * base + self.shape[node if node >= 0 else last]
            written[row] = key * 2 + (self.links[row] >= 0.5 * self.size[row])
        groups, kinds = group(keys)
        cdef const int64_t[::1] kind = groups
        cdef double[:, ::1] counts = np.zeros((2, kinds))
        for row in range(self.blocks):
            counts[0, kind[row]] += 1
            counts[1, kind[row]] += self.kept[row]
        for row in range(self.blocks):
            self.found[row] = (
                not self.kept[row]
                and self.scores[row] >= ALIKE
                and counts[0, kind[row]] >= KIND
                and counts[1, kind[row]] / counts[0, kind[row]] >= SHARE
                and not (telling.is_bare_cell(self.columns, row) and not self.is_in_data(row))
            )

    def between(self):
        cdef Py_ssize_t row, last = -1, at
        for row in range(self.blocks):
            if self.kept[row]:
                if last >= 0:
                    for at in range(last + 1, row):
                        self.found[at] = self.scores[at] >= LIKELY
                last = row
            elif not (
                self.scores[row] >= LIKELY
                or self.is_in(row, 2, CAPTION)
                or (len(<str> self.texts[row]) < SIGN and telling.is_sign(self.texts[row]))
                or (
                    last >= 0
                    and self.scores[row] >= HEADS
                    and telling.heads_callout(self.columns, row)
                )
            ):
                last = -1

    def figures(self):
        cdef Py_ssize_t row, before, node, nodes = self.parent.shape[0]
        cdef int64_t[::1] table = self.innermost(TABLE)
        if table is None:
            return
        cdef double[:, ::1] sums = np.zeros((2, nodes))
        cdef uint8_t[::1] good = np.zeros(nodes, dtype=np.uint8)
        for row in range(self.blocks):
            node = table[row]
            if node >= 0:
                sums[0, node] += self.scores[row] * self.words[row]
                sums[1, node] += self.words[row]
        for row in range(1, self.blocks):
            node = table[row]
            if node < 0 or node == table[row - 1]:
                continue
            before = row - 1
            while before >= 0 and not self.kept[before] and self.is_in(before, 4, CAPTION):
                before -= 1
            if not self.is_kept(before):
                continue
            if self.parent[node] >= 0 and self.tag[self.parent[node]] == FIGURE:
                if sums[0, node] >= IN_FIGURE * sums[1, node] and self.is_data(node):
                    good[node] = True
        for row in range(self.blocks):
            node = table[row]
            self.found[row] = node >= 0 and good[node] and not self.kept[row]

    cdef int keep_mostly(
        self, const int64_t[::1] nodes, double share=0.5, bint counted=False
    ) except -1:
        """Find the dropped rows whose node has more than this share of its words in kept rows."""
        cdef Py_ssize_t row
        cdef double[:, ::1] words = self.words_in(nodes, counted)
        for row in range(self.blocks):
            self.found[row] = not self.kept[row] and is_most(words, nodes[row], share)
        return 0

    cdef double[:, ::1] words_in(self, const int64_t[::1] nodes, bint counted=False):
        """Return the words of each of some nodes, or its blocks, and those in kept rows."""
        cdef Py_ssize_t row, node
        cdef double size
        cdef double[:, ::1] words = np.zeros((2, self.parent.shape[0]))
        for row in range(self.blocks):
            node = nodes[row]
            if node >= 0:
                size = 1 if counted else self.words[row]
                words[0, node] += size
                words[1, node] += size * self.kept[row]
        return words

    def data_cells(self):
        cdef Py_ssize_t row
        cdef uint8_t[::1] beside
        cdef int64_t[::1] table = self.innermost(TABLE), line = self.innermost(ROW)
        cdef int64_t[::1] head
        cdef set headed = set()
        if table is None:
            return
        head = self.innermost(HEAD)
        for row in range(self.blocks if head is not None else 0):
            if head[row] > table[row]:
                headed.add(table[row])
        if line is None:
            line = np.full(self.blocks, -1, dtype=np.int64)
        for row in range(self.blocks):
            if table[row] < 0 or line[row] < table[row]:
                line[row] = -1
        self.keep_mostly(line, 0)
        beside = self.found.copy()
        for row in range(self.blocks):
            beside[row] = beside[row] and self.scores[row] >= BESIDE
            self.kept[row] |= beside[row]
        self.keep_mostly(table, 0.5, True)
        for row in range(self.blocks):
            self.kept[row] ^= beside[row]
            self.found[row] = (
                (self.found[row] or beside[row])
                and self.is_data(table[row])
                and (self.cells[3, table[row]] == 1 or table[row] in headed)
            )

    def captions(self):
        cdef Py_ssize_t row
        cdef int64_t[::1] figure = None
        for row in range(self.blocks):
            if self.is_in(row, 4, CAPTION) and not self.kept[row]:
                figure = self.innermost(FIGURE)
                break
        if figure is not None:
            self.count_cells()
            self.keep_mostly(figure, 0)
        for row in range(self.blocks):
            if self.kept[row] or self.scores[row] < LEAST:
                self.found[row] = False
                continue
            if self.found[row]:
                self.found[row] = self.is_in(row, 4, CAPTION) and self.cells[3, figure[row]] > 0
            if not self.found[row] and is_counted(self.texts[row]) and self.is_among_kept(row):
                self.found[row] = telling.is_numbered_caption(self.columns, row)

    cdef bint is_among_kept(self, Py_ssize_t row) noexcept:
        """Tell a row that kept ones stand near on both sides."""
        cdef Py_ssize_t step, sides = 0
        for step in range(1, APART + 1):
            sides |= self.is_kept(row - step) | 2 * self.is_kept(row + step)
        return sides == 3

    def quotes(self):
        cdef Py_ssize_t row
        cdef int64_t[::1] quote = self.innermost(QUOTE)
        if quote is None:
            return
        self.keep_mostly(quote)
        for row in range(self.blocks):
            if self.scores[row] < LEAST or self.words[row] > SHORT:
                self.found[row] = False

    def formulas(self):
        cdef Py_ssize_t row, at, last = -1
        for row in range(self.blocks):
            if not self.kept[row]:
                if self.scores[row] < LEAST or self.long[row] > 0 or self.links[row] > 0:
                    last = -1
                continue
            if last >= 0 and 1 < row - last <= FORMULAS + 1:
                if telling.is_formula(self.columns, range(last + 1, row)):
                    for at in range(last + 1, row):
                        self.found[at] = True
            last = row

    def leads(self):
        cdef Py_ssize_t row
        for row in range(self.blocks - 1):
            if self.kept[row + 1] and not self.kept[row] and self.scores[row] >= ANNOUNCED:
                if self.is_in(row + 1, 5, UNIT | PRE) and not self.is_in(row, 5, UNIT | PRE):
                    self.found[row] = self.announces(row)

    def titles(self):
        cdef Py_ssize_t row
        cdef bint below = False
        for row in range(self.blocks - 1):
            below = below or self.kept[row]
            if self.kept[row + 1] and not self.kept[row] and self.is_in(row, 1, TOP):
                if self.scores[row] >= (HEADS if below and self.links[row] == 0 else TITLE):
                    self.found[row] = not telling.repeats_title(self.columns, row)

    cdef headings(self):
        cdef Py_ssize_t row
        cdef bint heads
        for row in range(self.blocks - 2, -1, -1):
            if self.kept[row] or not self.scores[row] >= HEADS:
                continue
            if self.kept[row + 1] or (
                self.is_kept(row + 2)
                and (
                    len(<str> self.texts[row + 1]) <= MARK
                    or (self.links[row + 1] > 0 and headings.is_permalink(self.columns, row + 1))
                )
            ):
                heads = self.is_in(row, 3, SUBHEADING) or telling.heads_callout(self.columns, row)
                if heads and headings.may_head(self.columns, row, self.scores[row]):
                    self.kept[row] = True
                    self.named[row] = twin.HEADING


cdef dict FINDERS = {
    twin.STANDFIRST: _Page.standfirsts,
    twin.CODE: _Page.code,
    twin.INSIDE: _Page.paragraphs,
    twin.AMONG: _Page.among,
    twin.ALIKE: _Page.alike,
    twin.BETWEEN: _Page.between,
    twin.FIGURE: _Page.figures,
    twin.TABLE: _Page.data_cells,
    twin.CAPTION: _Page.captions,
    twin.QUOTED: _Page.quotes,
    twin.FORMULA: _Page.formulas,
    twin.LEAD: _Page.leads,
    twin.TITLE: _Page.titles,
}


def keep_structure(page, kept, scores):
    """Keep more blocks where structure asks for it; return the row of each, with the reason."""
    cdef _Page read = _Page(page, kept, scores)
    for reason in twin.RULES:
        FINDERS[reason](read)
        read.keep(reason)
    read.headings()
    return read.named
