# cython: language_level=3
"""What the compiled twins ask of strings."""

from libc.stdint cimport uint8_t, uint64_t
from libc.string cimport memcpy, strlen

cdef extern from "Python.h":
    object PyUnicode_DecodeUTF8(const char* text, Py_ssize_t size, const char* errors)
    object PyUnicode_New(Py_ssize_t size, Py_UCS4 largest)
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    Py_UCS4 PyUnicode_MAX_CHAR_VALUE(object text)
    Py_UCS4 PyUnicode_READ(int kind, void* data, Py_ssize_t at)
    void PyUnicode_WRITE(int kind, void* data, Py_ssize_t at, Py_UCS4 char)
    bint PyUnicode_IS_ASCII(object text)
    bint Py_UNICODE_ISSPACE(Py_UCS4 char)
    const char* PyUnicode_AsUTF8AndSize(object text, Py_ssize_t* size) except NULL
    const uint8_t* PyUnicode_1BYTE_DATA(object text)


cdef inline str decoded(const unsigned char* text):
    """Return UTF-8 that ends with a zero as a string; most is ASCII."""
    cdef size_t size = strlen(<const char*> text), at = 0
    cdef uint64_t eight, found = 0
    while at + 8 <= size:
        memcpy(&eight, text + at, 8)
        found |= eight
        at += 8
    while at < size:
        found |= text[at]
        at += 1
    if size and not found & <uint64_t> 0x8080808080808080:
        ascii = PyUnicode_New(size, 127)
        memcpy(PyUnicode_DATA(ascii), text, size)
        return ascii
    return PyUnicode_DecodeUTF8(<const char*> text, size, NULL)


cdef inline bint is_space(Py_UCS4 char) noexcept:
    if char < 128:
        return char == 32 or 9 <= char <= 13 or 28 <= char <= 31
    return Py_UNICODE_ISSPACE(char)


cdef inline bint is_counted(Py_UCS4 char) noexcept:
    """Return whether a character is one of `cleaner.scripts.COUNTED`."""
    return (
        0x0E00 <= char <= 0x0EFF
        or 0x1000 <= char <= 0x109F
        or 0x1780 <= char <= 0x17FF
        or 0x3040 <= char <= 0x30FF
        or 0x3400 <= char <= 0x9FFF
        or 0xAC00 <= char <= 0xD7AF
        or 0xF900 <= char <= 0xFAFF
    )


cdef inline str folded(str raw, Py_ssize_t* words):
    """Return a text with its white space folded, and set `words` as `count_words` counts them."""
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(raw), at, length = 0, count = 0
    cdef int kind = PyUnicode_KIND(raw)
    cdef void* data = PyUnicode_DATA(raw)
    cdef bint ascii = PyUnicode_IS_ASCII(raw), inside = False, folded = True
    cdef Py_UCS4 char, largest = 0
    cdef Py_ssize_t unspaced = 0
    for at in range(size):
        char = PyUnicode_READ(kind, data, at)
        if is_space(char):
            if not inside or char != 32:
                folded = False
            inside = False
        else:
            if not inside:
                count += 1
            inside = True
            length += 1
            if not ascii:
                if char > largest:
                    largest = char
                if char >= 0x0E00 and is_counted(char):
                    unspaced += 1
    words[0] = count + unspaced
    if count == 0:
        return ""
    if folded and inside:
        return raw
    length += count - 1
    cdef str text = PyUnicode_New(length, 127 if ascii else largest)
    cdef int out_kind = PyUnicode_KIND(text)
    cdef void* out = PyUnicode_DATA(text)
    length = 0
    inside = False
    for at in range(size):
        char = PyUnicode_READ(kind, data, at)
        if is_space(char):
            inside = False
        else:
            if not inside and length:
                PyUnicode_WRITE(out_kind, out, length, 32)
                length += 1
            inside = True
            PyUnicode_WRITE(out_kind, out, length, char)
            length += 1
    return text


cdef inline bint shows(str text) noexcept:
    """Return whether any character of a text is visible; the twin of `cleaner.joints.shows`."""
    cdef Py_ssize_t at
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_UCS4 char
    for at in range(PyUnicode_GET_LENGTH(text)):
        char = PyUnicode_READ(kind, data, at)
        if char < 0xAD and not is_space(char):
            return True
        if not (
            char == 0xAD
            or is_space(char)
            or 0x200B <= char <= 0x200F
            or 0x202A <= char <= 0x202E
            or 0x2060 <= char <= 0x2069
            or 0xE000 <= char <= 0xF8FF
            or char in (0x61C, 0x180E, 0xFEFF, 0xFFFC)
        ):
            return True
    return False


cdef inline bint passes(str text, Py_UCS4 limit) noexcept:
    """Return whether a text has a character beyond another."""
    cdef Py_ssize_t at
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    for at in range(PyUnicode_GET_LENGTH(text)):
        if PyUnicode_READ(kind, data, at) > limit:
            return True
    return False
