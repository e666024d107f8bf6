# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of `cleaner.markers.match.candidates_in_python`."""

from cleaner.markers import match as twin

cdef extern from "Python.h":
    Py_ssize_t PyUnicode_FindChar(
        object text, Py_UCS4 char, Py_ssize_t start, Py_ssize_t end, int direction
    ) except -2

cdef Py_ssize_t LONGEST = twin.LONGEST, LONGEST_WHOLE = twin.LONGEST_WHOLE
cdef str TRAILING = twin.TRAILING


def candidates(list lines not None, dict heads not None, dict tails not None) -> list:
    """Return the indices of the lines that may be markers by their beginning, end and length."""
    cdef Py_ssize_t index, length, space, reach
    cdef str line
    cdef list found = [], parts
    for index in range(len(lines)):
        line = lines[index]
        length = len(line)
        if length == 0 or length > LONGEST:
            continue
        space = PyUnicode_FindChar(line, 32, 0, length, 1)
        known = heads.get(line if space < 0 else line[:space])
        reach = LONGEST if known is None else known
        if length > reach:
            continue
        if reach == LONGEST_WHOLE:
            parts = line.rstrip(TRAILING).rsplit(None, 1)
            if parts and not tails.get(parts[len(parts) - 1], True):
                continue
        found.append(index)
    return found
