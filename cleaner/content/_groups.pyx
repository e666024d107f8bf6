# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of `cleaner.content.groups.group_in_arrays`, by a table of hashes."""

from libc.stdint cimport int64_t, uint64_t

import numpy as np


def group(const int64_t[::1] keys):
    """Return the number of the group of each key, and how many groups there are."""
    cdef Py_ssize_t count = keys.shape[0], at, slot, found = 0
    cdef int bits = 4
    while (1 << bits) < 2 * count:
        bits += 1
    cdef Py_ssize_t last = (1 << bits) - 1
    numbers = np.empty(count, dtype=np.int64)
    cdef int64_t[::1] groups = numbers, after = np.zeros(last + 1, dtype=np.int64)  # its first key
    for at in range(count):
        # Fibonacci hashing: Knuth, The Art of Computer Programming 3, 6.4.
        slot = (<uint64_t> keys[at] * <uint64_t> 11400714819323198485) >> (64 - bits)
        while after[slot] and keys[after[slot] - 1] != keys[at]:
            slot = (slot + 1) & last
        if not after[slot]:
            after[slot] = at + 1
            groups[at] = found
            found += 1
        else:
            groups[at] = groups[after[slot] - 1]
    return numbers, found
