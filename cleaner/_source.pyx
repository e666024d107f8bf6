# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twins of what is asked of the source of a page, byte by byte."""

from libc.stdint cimport uint64_t
from libc.string cimport memchr, memcpy

cdef uint64_t HIGH = 0x8080808080808080  # the bits that no ASCII byte has


def without_controls(bytes data not None) -> bytes:
    """Return a text in UTF-8 without the characters that no tree can hold; most have none."""
    cdef const unsigned char* text = data
    cdef Py_ssize_t at
    cdef unsigned char char, found = 0
    for at in range(len(data)):  # without a branch, so that the compiler takes many at once
        char = text[at]
        found |= (char < 9) | ((char > 13) & (char < 32)) | (char == 127)
    if found or refers_to_control(text, text + len(data)):
        # Imported here: what loads this module may be loaded by another thread meanwhile.
        from cleaner.parse import without_controls_in_python

        return without_controls_in_python(data)
    return data


def may_keep_lines(bytes data not None) -> bool:
    """Return whether a page may hold lines which a style keeps; most hold none."""
    cdef const unsigned char* text = data
    cdef Py_ssize_t at
    cdef unsigned char found = 0
    for at in range(len(data) - 4):  # without a branch, so that the compiler takes many at once
        found |= (text[at + 3] == 45) & (
            (
                (text[at] == 112)  # pre-w, pre-l
                & (text[at + 1] == 114)
                & (text[at + 2] == 101)
                & ((text[at + 4] == 119) | (text[at + 4] == 108))
            )
            | (
                (text[at] == 99)  # css-1
                & (text[at + 1] == 115)
                & (text[at + 2] == 115)
                & (text[at + 4] == 49)
            )
        )
    return found != 0


cdef bint refers_to_control(const unsigned char* at, const unsigned char* end) noexcept:
    """Return whether a reference stands for a control character that is no white space."""
    cdef int value, base, digit, digits, letter
    while True:
        at = <const unsigned char*> memchr(at, 38, end - at)  # &
        if at is NULL:
            return False
        at += 1
        if at == end or at[0] != 35:  # #
            continue
        at += 1
        base = 10
        if at < end and at[0] | 32 == 120:  # x
            base = 16
            at += 1
        value = digits = 0
        while at < end:
            letter = at[0] | 32
            digit = at[0] - 48 if 48 <= at[0] <= 57 else letter - 87 if letter > 96 else -1
            if not 0 <= digit < base:
                break
            value = min(base * value + digit, 1000)
            digits += 1
            at += 1
        if digits and (value == 127 or value < 9 or 13 < value < 32):
            return True


cdef inline bint is_ascii(const unsigned char* at) noexcept:
    """Return whether the next 32 bytes are ASCII."""
    cdef uint64_t[4] words
    memcpy(words, at, 32)
    return not (words[0] | words[1] | words[2] | words[3]) & HIGH


def is_utf8(bytes data not None) -> bool:
    """Return whether bytes are valid UTF-8, by table 3-7 of the Unicode Standard."""
    cdef const unsigned char* at = data
    cdef const unsigned char* end = at + len(data)
    cdef uint64_t eight
    cdef unsigned char low, high
    cdef int more
    while at < end:
        if at[0] < 0x80:
            if end - at >= 32 and is_ascii(at):
                at += 32
                continue
            if end - at >= 8:
                memcpy(&eight, at, 8)
                if not eight & HIGH:
                    at += 8
                    continue
            at += 1
            continue
        low, high = 0x80, 0xBF
        if 0xC2 <= at[0] <= 0xDF:
            more = 1
        elif 0xE0 <= at[0] <= 0xEF:
            more = 2
            if at[0] == 0xE0:
                low = 0xA0
            elif at[0] == 0xED:
                high = 0x9F
        elif 0xF0 <= at[0] <= 0xF4:
            more = 3
            if at[0] == 0xF0:
                low = 0x90
            elif at[0] == 0xF4:
                high = 0x8F
        else:
            return False
        if end - at <= more or not low <= at[1] <= high:
            return False
        at += 2
        while more > 1:
            if at[0] & 0xC0 != 0x80:
                return False
            at += 1
            more -= 1
    return True
