# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twins of what `cleaner.parse` asks of the source of a page, byte by byte."""

from libc.string cimport memchr

from cleaner import parse as twin


def without_controls(bytes data not None) -> bytes:
    """Return a text in UTF-8 without the characters that no tree can hold; most have none."""
    cdef const unsigned char* text = data
    cdef Py_ssize_t at
    cdef unsigned char char, found = 0
    for at in range(len(data)):  # without a branch, so that the compiler takes many at once
        char = text[at]
        found |= (char < 9) | ((char > 13) & (char < 32)) | (char == 127)
    return twin.without_controls_in_python(data) if found else data


def find_html_end(bytes data not None, Py_ssize_t start) -> int:
    """Return where the next ``</html`` stands, -1 if there is none."""
    cdef const char* text = data
    cdef const char* end = text + len(data) - 5
    cdef const char* at = text + start
    while at < end:
        at = <const char*> memchr(at, 60, end - at)  # <
        if at is NULL:
            return -1
        if (
            at[1] == 47
            and (at[2] | 32) == 104
            and (at[3] | 32) == 116
            and (at[4] | 32) == 109
            and (at[5] | 32) == 108
        ):
            return at - text
        at += 1
    return -1
