# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of `cleaner.content.page.read_in_arrays`."""

from libc.stdint cimport int64_t, uint8_t

import numpy as np

from cleaner.content._names cimport SCORES, Names
from cleaner.content import names, nodes, page as twin
from cleaner.content.characters import CLASSES, count_characters
from cleaner.document import PAGE_TYPES

cdef dict TAGS = nodes.TAGS
cdef dict ROLES = nodes.ROLES
cdef frozenset BESIDE_CLASS = names.BESIDE_CLASS
cdef tuple NAMING = names.NAMING, CLASS_ALONE = ("class",)
cdef int STOP = CLASSES["stop"], COMMA = CLASSES["comma"], DIGIT = CLASSES["digit"]

cdef enum:
    LEVELS = 12
    LONGEST_NUMBER = 12

assert twin.LEVELS == LEVELS and twin.LONGEST_NUMBER == LONGEST_NUMBER


def read_columns(layout, score_names):
    """Return the columns of a page, or None if it has no text."""
    cdef list every = layout.texts, texts = [], numbers = [], own = layout.block_nodes, parents = layout.parents
    cdef list all_words = layout.words, all_links = layout.links
    cdef Py_ssize_t count = len(parents), blocks, row = 0, block, level
    cdef str text
    cdef int64_t around
    for text in every:
        if text:
            texts.append(text)
    if not texts:
        return None
    blocks = len(texts)
    ints = np.empty((2 + 2 * LEVELS, blocks), dtype=np.int64)
    floats = np.empty((4, blocks))
    of_nodes = np.zeros((5, count + 1), dtype=np.int64)
    names = np.zeros((SCORES, count + 1), dtype=np.float32)
    cdef int64_t[:, ::1] written = ints, columns = of_nodes
    cdef double[:, ::1] sizes = floats
    cdef float[:, ::1] odds = names
    cdef uint8_t[::1] used = bytearray(count + 1)
    cdef _Described described = _Described(score_names)
    chars, edges = count_characters(texts)
    cdef const int64_t[:, ::1] counts = chars
    for block in range(count):
        columns[0, block] = parents[block]
    columns[0, count] = -1
    read_tree(layout.parents, layout.tags, columns[1], columns[2])
    for block in range(len(every)):
        text = every[block]
        if not text:
            continue
        around = own[block]
        written[0, row], written[1, row] = block, around
        for level in range(LEVELS):
            written[2 + level, row] = around
            if around < 0:
                written[2 + LEVELS + level, row] = 0
                continue
            used[around] = 1
            written[2 + LEVELS + level, row] = columns[1, around]
            around = columns[0, around]
        sizes[0, row], sizes[1, row] = all_words[block], len(text)
        sizes[2, row] = min(<double> all_links[block], sizes[1, row])
        if counts[DIGIT, row] > 0 and sizes[1, row] <= LONGEST_NUMBER:
            numbers.append(block)
        sizes[3, row] = 0
        if counts[STOP, row] + counts[COMMA, row] > 0 and sizes[0, row] >= 8:
            if sizes[2, row] < 0.5 * sizes[1, row]:
                sizes[3, row] = sizes[0, row]
        row += 1
    cdef list tags = layout.tags, attributes = layout.attributes
    for block in range(count):
        if used[block]:
            described.add(
                attributes[block], tags[block],
                &columns[3, block], &columns[4, block], odds, block,
            )
    words, size, links, long = floats
    parent, tag, end, role, shape = of_nodes
    return twin.PageColumns(
        layout, texts, ints[0], ints[1], words, size, links, chars, edges, long, numbers,
        ints[2 : 2 + LEVELS], ints[2 + LEVELS :], parent, end, tag, role, shape, names,
        np.zeros(len(texts)), np.zeros(len(texts)), np.zeros(len(PAGE_TYPES)),
    )


cdef int read_tree(list parents, list tags, int64_t[::1] tag, int64_t[::1] end) except -1:
    cdef Py_ssize_t count = len(tags), node, parent
    for node in range(count):
        tag[node] = <int64_t> TAGS.get(tags[node], 0)
        end[node] = node + 1
    end[count] = count
    for node in range(count - 1, 0, -1):
        parent = parents[node]
        if parent >= 0 and end[node] > end[parent]:  # the text of a shell has a root of its own
            end[parent] = end[node]
    return 0


cdef class _Described:
    """What was told of the elements so far: most share their class with others."""

    cdef object score_names
    cdef Names names  # None where the names are scored by Python
    cdef dict shapes, seen  # of a class: its numbers by tag, and the first node so named
    cdef Py_ssize_t found

    def __cinit__(self, score_names):
        self.score_names, self.shapes, self.seen = score_names, {}, {}
        self.names = score_names if isinstance(score_names, Names) else None

    cdef int add(
        self, dict attributes, str tag, int64_t* role, int64_t* shape,
        float[:, ::1] names, Py_ssize_t node,
    ) except -1:
        cdef double[SCORES] scores
        cdef Py_ssize_t at
        cdef object classes = None, found
        cdef bint is_alone = True
        cdef dict numbers
        if attributes:
            classes = attributes.get("class")
            if len(attributes) > 1 or classes is None:
                for name in attributes:
                    if name in BESIDE_CLASS:
                        is_alone = False
                        found = attributes.get("role")
                        if found is not None:
                            role[0] = <int64_t> ROLES.get(found, 0)
                        break
        numbers = self.shapes.get(classes)
        if numbers is None:
            numbers = self.shapes[classes] = {}
        found = numbers.get(tag)
        if found is None:
            self.found += 1
            found = numbers[tag] = self.found
        shape[0] = <int64_t> found
        if is_alone and classes is None:
            return 0
        found = self.seen.get(classes) if is_alone else None
        if found is not None:
            for at in range(SCORES):
                names[at, node] = names[at, <Py_ssize_t> found]
            return 0
        if self.names is None:
            for at, value in enumerate(self.score_names(attributes)):
                names[at, node] = <double> value
        else:
            self.names.score(attributes, CLASS_ALONE if is_alone else NAMING, scores)
            for at in range(SCORES):
                names[at, node] = scores[at]
        if is_alone:
            self.seen[classes] = node
        return 0
