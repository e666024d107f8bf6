# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""A page as the groups of `_features.pyx` read it: its columns, and sums over its nodes."""

from libc.math cimport fmax
from libc.stdint cimport int64_t

import numpy as np

from cleaner.content import features as twin
from cleaner.content.groups import group
from cleaner.content.nodes import TAGS
from cleaner.content.page import LEVELS as ALL_LEVELS

cdef int64_t H1 = TAGS["h1"], H6 = TAGS["h6"]
cdef int64_t[::1] PATH = twin.PATH
# Most logarithms asked for are of one more than a small number of words or blocks.
cdef double[::1] LOGS = np.log1p(np.arange(KNOWN))
assert ALL_LEVELS == LEVELS


cdef class FeaturePage:
    """What the groups read: the columns of a page, and the rows that they write."""

    def __init__(self, columns, rows):
        self.columns = columns
        self.above, self.chars, self.edges = columns.above, columns.chars, columns.edges
        self.node, self.parent, self.end = columns.node, columns.parent, columns.end
        self.tag, self.role, self.shape = columns.tag, columns.role, columns.shape
        self.words, self.size = columns.words, columns.size
        self.links, self.long, self.said = columns.links, columns.long, columns.said
        self.named, self.typed = columns.named, columns.typed
        self.names, self.out, self.at = columns.names, rows, 0
        self.blocks, self.nodes = len(columns.node), len(columns.parent)
        self.total, self.total_size = fmax(total(self.words), 1), fmax(total(self.size), 1)
        self.total_long = total(self.long)
        self.logs = LOGS
        self.sums = self.subtree()
        self.follow()

    cdef follow(self):
        """Number the paths of the blocks, and note the headings among them."""
        cdef Py_ssize_t block, level, under = -1
        cdef int64_t tag
        keys, self.ranks, self.under = np.zeros((3, self.blocks), dtype=np.int64)
        cdef int64_t[::1] written = keys
        for block in range(self.blocks):
            for level in range(LEVELS):
                tag = self.tag[node_at(self, level, block)]
                written[block] += PATH[level] * tag
                if level < 3 and H1 <= tag <= H6 and tag - H1 + 1 > self.ranks[block]:
                    self.ranks[block] = tag - H1 + 1
            under = self.under[block] = block if self.ranks[block] else under
        self.path, self.paths = group(keys)

    cdef double[:, ::1] subtree(self):
        """Sum words, size, links, long and blocks over the subtree of every node."""
        cdef double[:, ::1] sums = np.zeros((5, self.nodes))
        cdef Py_ssize_t block
        for block in range(self.blocks):
            add_block(self, block, sums, self.node[block])
        self.rise(sums)
        return sums

    cdef void rise(self, double[:, ::1] sums) noexcept:
        """Add what each node has to all nodes around it."""
        cdef Py_ssize_t node, row
        for node in range(self.nodes - 2, 0, -1):
            if self.parent[node] >= 0:
                for row in range(sums.shape[0]):
                    sums[row, self.parent[node]] += sums[row, node]

    cdef double[:, ::1] count_tags(self, tuple tags):
        """Count the elements of each tag in the subtree of every node."""
        cdef double[:, ::1] counts = np.zeros((len(tags), self.nodes))
        cdef Py_ssize_t node, row
        cdef int64_t wanted
        for row in range(len(tags)):
            wanted = TAGS[tags[row]]
            for node in range(self.nodes - 1):
                counts[row, node] = self.tag[node] == wanted
        self.rise(counts)
        return counts

    cdef steps_to(self, Py_ssize_t centre, Py_ssize_t row):
        """Write how many levels above node `centre` the first node stands that holds a block."""
        cdef int64_t[::1] steps = np.zeros(self.nodes, dtype=np.int64)  # and one more
        cdef Py_ssize_t node = centre, above = 0
        while node >= 0:
            above += 1
            steps[node] = above
            node = self.parent[node]
        for node in range(self.nodes - 1):
            if not steps[node]:
                steps[node] = steps[self.parent[node]] if self.parent[node] >= 0 else above + 1
        for node in range(self.blocks):
            self.out[row, node] = steps[self.node[node]] - 1


cdef double total(double[::1] values) noexcept:
    cdef double result = 0
    cdef Py_ssize_t at
    for at in range(values.shape[0]):
        result += values[at]
    return result
