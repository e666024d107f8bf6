# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The types of `_feature_page.pyx`, for the groups of features."""

from libc.math cimport log1p
from libc.stdint cimport int64_t

cdef enum:
    LEVELS = 12
    KNOWN = 1024  # logarithms in a table


cdef class FeaturePage:
    cdef object columns
    cdef Py_ssize_t blocks, nodes, at
    cdef double total, total_long, total_size
    cdef int64_t[:, ::1] above, chars, edges
    cdef int64_t[::1] node, parent, end, tag, role, shape
    # Of each block: equal for equal tags around it; its rank as a heading; the heading above, or -1.
    cdef int64_t[::1] path, ranks, under
    cdef Py_ssize_t paths
    cdef double[::1] words, size, links, long, said, named, typed
    cdef double[:, ::1] sums
    cdef double[::1] logs
    cdef float[:, ::1] names
    cdef float[:, ::1] out

    cdef follow(self)
    cdef double[:, ::1] subtree(self)
    cdef void rise(self, double[:, ::1] sums) noexcept
    cdef double[:, ::1] count_tags(self, tuple tags)
    cdef steps_to(self, Py_ssize_t centre, Py_ssize_t row)


cdef inline double log_of(FeaturePage page, double value) noexcept:
    """Return the logarithm of one more than a value."""
    cdef Py_ssize_t whole = <Py_ssize_t> value if 0 <= value < KNOWN else -1
    return page.logs[whole] if whole == value else log1p(value)


cdef inline Py_ssize_t node_at(FeaturePage page, Py_ssize_t level, Py_ssize_t block) noexcept:
    """Return the node so many levels above a block; the last, missing one if none."""
    cdef Py_ssize_t node = page.above[level, block]
    return node if node >= 0 else page.nodes - 1


cdef inline void add_block(
    FeaturePage page, Py_ssize_t block, double[:, ::1] sums, Py_ssize_t to
) noexcept:
    """Add words, size, links, long and 1 for a block."""
    sums[0, to] += page.words[block]
    sums[1, to] += page.size[block]
    sums[2, to] += page.links[block]
    sums[3, to] += page.long[block]
    sums[4, to] += 1
