# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of what `cleaner.content.characters` counts by numpy."""

from libc.stdint cimport int64_t, uint8_t
from libc.string cimport memset

from cleaner._strings cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ

import numpy as np


def count_characters(texts) -> tuple:
    """Return the counts of the classes of characters, and those of the two ends of each text."""
    found = np.zeros((len(twin.CLASSES), len(texts)), np.int64)
    ends = np.zeros((2, len(texts)), np.int64)
    cdef const uint8_t[::1] classes = twin.classes()
    cdef int64_t[:, ::1] counts = found, edges = ends
    cdef Py_ssize_t text, at, size, row, rows = counts.shape[0]
    cdef int64_t[256] sums
    cdef int kind
    cdef void* data
    cdef str current
    for text in range(len(texts)):
        current = texts[text]
        kind, data, size = PyUnicode_KIND(current), PyUnicode_DATA(current), len(current)
        memset(sums, 0, (rows + 1) * sizeof(int64_t))
        for at in range(size):
            sums[class_of(PyUnicode_READ(kind, data, at), classes)] += 1
        for row in range(rows):
            counts[row, text] = sums[row + 1]
        edges[0, text] = class_of(PyUnicode_READ(kind, data, 0), classes)
        edges[1, text] = class_of(PyUnicode_READ(kind, data, size - 1), classes)
    return found, twin.EDGES[ends]


cdef inline uint8_t class_of(Py_UCS4 char, const uint8_t[::1] classes) noexcept:
    if char > 0xFFFF:
        return 0
    if 0xD800 <= char <= 0xDFFF:
        char = 63  # half a character is written as "?"
    return classes[char]


# Last, since it takes what is defined above, whichever of the two is loaded first.
from cleaner.content import characters as twin
