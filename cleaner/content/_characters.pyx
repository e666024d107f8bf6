# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of what `cleaner.content.characters` counts by numpy."""

from libc.stdint cimport int64_t, uint8_t
from libc.string cimport memset

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_UCS4 PyUnicode_READ(int kind, void* data, Py_ssize_t at)


def count_classes(
    list texts,
    const uint8_t[::1] classes not None,
    int64_t[:, ::1] counts not None,
    int64_t[:, ::1] edges not None,
) -> None:
    """Count the classes of the characters of each text, and note those of its two ends.

    `classes` holds the class of each code unit of UTF-16, counted from 1; 0 is none.
    """
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


cdef inline uint8_t class_of(Py_UCS4 char, const uint8_t[::1] classes) noexcept:
    if char > 0xFFFF:
        return 0
    if 0xD800 <= char <= 0xDFFF:
        char = 63  # half a character is written as "?"
    return classes[char]
