# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of `Trees._sums`: the same sums, without arrays in between."""

from libc.stdint cimport uint8_t
from libc.string cimport memset

cdef enum:
    CHUNK = 256  # items at once: what is kept of them stays in the processor's first cache


def sum_leaves(
    const float[:, ::1] rows,
    const Py_ssize_t[::1] feature,
    const float[:, ::1] threshold,
    const uint8_t[:, ::1] drop,
    const float[::1] leaves,
    double[::1] sums,
) -> None:
    """Add the leaves of all trees to `sums`, one value for each column of `rows`."""
    cdef Py_ssize_t count = rows.shape[1], trees = leaves.shape[0] // 256
    cdef Py_ssize_t nodes = feature.shape[0] // trees if trees else 0
    cdef Py_ssize_t start, size, tree, node, at
    cdef uint8_t[CHUNK] out
    cdef const float* row
    cdef const float* leaf
    cdef float limit
    cdef uint8_t bits
    cdef double* total
    for node in range(feature.shape[0]):
        if not 0 <= feature[node] < rows.shape[0]:
            raise IndexError("the trees ask for features that the rows lack")
    for start in range(0, count, CHUNK):
        size = min(count - start, CHUNK)
        total = &sums[start]
        for tree in range(trees):
            memset(out, 0, size)
            for node in range(tree * nodes, (tree + 1) * nodes):
                row = &rows[feature[node], start]
                limit, bits = threshold[node, 0], drop[node, 0]
                for at in range(size):
                    out[at] |= bits & -<uint8_t> (row[at] > limit)
            leaf = &leaves[256 * tree]
            for at in range(size):
                total[at] += leaf[out[at]]
