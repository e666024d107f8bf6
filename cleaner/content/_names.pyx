# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twins of `tokens_of` of `cleaner.content.names`, for names in ASCII, and `score_names`."""

from libc.string cimport memcpy

cdef extern from "Python.h":
    const char* PyUnicode_AsUTF8AndSize(object text, Py_ssize_t* size) except NULL
    object PyUnicode_New(Py_ssize_t size, Py_UCS4 largest)
    void* PyUnicode_DATA(object text)
    bint PyUnicode_IS_ASCII(object text)

from cleaner.content import names as twin

cdef tuple NAMING = twin.NAMING
cdef Py_ssize_t LONGEST_VALUE = twin.LONGEST

cdef enum:
    LONGEST = 512


cdef inline bint is_upper(char char) noexcept:
    return 65 <= char <= 90


cdef inline bint is_lower(char char) noexcept:
    return 97 <= char <= 122


cdef inline char lower(char char) noexcept:
    return char + 32 if is_upper(char) else char


cdef str text_of(const char* buffer, Py_ssize_t size):
    text = PyUnicode_New(size, 127)
    memcpy(PyUnicode_DATA(text), buffer, size)
    return text


def tokens_of(str name not None) -> tuple:
    """Return the tokens of one name: the name whole, and its parts."""
    cdef char[LONGEST] whole
    cdef char[LONGEST + 1] part
    cdef Py_ssize_t size, at = 0, end, length = 0, parts = 0
    cdef const char* text
    cdef dict found
    cdef str first = None, token
    if not PyUnicode_IS_ASCII(name) or len(name) > LONGEST:
        return twin.tokens_in_python(name)
    text = PyUnicode_AsUTF8AndSize(name, &size)
    for at in range(size):
        if not 48 <= text[at] <= 57:
            whole[length] = lower(text[at])
            length += 1
        elif not at or not 48 <= text[at - 1] <= 57:
            whole[length] = 48
            length += 1
    found = {text_of(whole, length): None}
    part[0] = 45
    at = 0
    while at < size:
        end = at
        while end < size and is_upper(text[end]):
            end += 1
        if end < size and is_lower(text[end]):
            if end - at > 1:  # the last capital begins the next part
                end -= 1
            else:
                while end < size and is_lower(text[end]):
                    end += 1
        if end == at:
            at += 1
            continue
        length = 1
        while at < end:
            part[length] = lower(text[at])
            length += 1
            at += 1
        token = text_of(part, length)
        parts += 1
        if parts == 1:
            first = token
            continue
        if parts == 2 and len(first) > 2:
            found[first] = None
        if length > 2:
            found[token] = None
    if parts == 1:
        found[first] = None
    return tuple(found)


def score_names(dict attributes not None, dict odds not None, dict known not None) -> tuple:
    """Return the strongest and the mean log-odds of an element's tokens, zeros if none has any."""
    cdef dict found = {}, own
    cdef str value, name
    cdef object token, number
    cdef double strongest = 0, total = 0, current
    for key in NAMING:
        value = attributes.get(key)
        if not value:
            continue
        for name in value[:LONGEST_VALUE].split():
            own = known.get(name)
            if own is None:
                own = {}
                for token in tokens_of(name):
                    number = odds.get(token)
                    if number is not None:
                        own[token] = number
                known[name] = own
            if own:
                found.update(own)
    if not found:
        return 0.0, 0.0
    for number in found.values():
        current = number
        total += current
        if abs(current) > abs(strongest):
            strongest = current
    return strongest, total / len(found)
