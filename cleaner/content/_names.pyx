# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of `cleaner.content.names.NamesInPython`, for names in ASCII: no string is made."""

from libc.math cimport fabs
from libc.stdint cimport uint64_t
from libc.stdlib cimport calloc, free
from libc.string cimport memcmp

cdef extern from "Python.h":
    const char* PyUnicode_AsUTF8AndSize(object text, Py_ssize_t* size) except NULL
    bint PyUnicode_IS_ASCII(object text)

from cleaner.content import names as twin

cdef tuple NAMING = twin.NAMING

cdef enum:
    LONGEST = 400
    MOST = 7 * LONGEST  # tokens of one element

assert twin.LONGEST == LONGEST and len(NAMING) == 7


cdef inline bint is_space(char char) noexcept:
    return char == 32 or 9 <= char <= 13 or 28 <= char <= 31


cdef inline bint is_upper(char char) noexcept:
    return 65 <= char <= 90


cdef inline bint is_lower(char char) noexcept:
    return 97 <= char <= 122


cdef inline char lower(char char) noexcept:
    return char + 32 if is_upper(char) else char


cdef inline uint64_t hash_of(const char* text, Py_ssize_t size) noexcept:
    cdef uint64_t hash = size
    cdef Py_ssize_t at
    for at in range(size):
        hash = (hash ^ <unsigned char> text[at]) * <uint64_t> 1099511628211  # FNV-1a
    return hash ^ hash >> 29


cdef struct Found:
    Slot* slots[MOST]
    Py_ssize_t count


cdef class Names:
    """Scores the names of elements by the log-odds of their tokens."""

    def __cinit__(self, dict odds not None):
        cdef Slot* slot
        cdef Py_ssize_t size
        cdef const char* token
        self.twin, self.held, self.last = twin.NamesInPython(odds), list(odds), 1
        while self.last < 2 * len(odds):
            self.last *= 2
        self.slots = <Slot*> calloc(self.last, sizeof(Slot))
        if self.slots is NULL:
            raise MemoryError
        self.last -= 1
        for text in self.held:
            token = PyUnicode_AsUTF8AndSize(text, &size)
            slot = self.find(token, size, hash_of(token, size))
            slot.token, slot.size, slot.odds = token, size, odds[text]
            slot.hash = hash_of(token, size)

    def __dealloc__(self):
        free(self.slots)

    def __call__(self, dict attributes not None) -> tuple:
        """Return the strongest and the mean log-odds of an element's name tokens."""
        cdef double strongest, mean
        self.score(attributes, &strongest, &mean)
        return strongest, mean

    cdef Slot* find(self, const char* token, Py_ssize_t size, uint64_t hash) noexcept:
        """Return the slot of a token, or the empty one where it would be."""
        cdef Py_ssize_t at = hash & self.last
        cdef Slot* slot = &self.slots[at]
        while slot.token is not NULL and (
            slot.hash != hash or slot.size != size or memcmp(slot.token, token, size)
        ):
            at = (at + 1) & self.last
            slot = &self.slots[at]
        return slot

    cdef int score(self, dict attributes, double* strongest, double* mean) except -1:
        """Set the strongest and the mean log-odds, zeros if no token has any."""
        cdef Found found
        cdef Py_ssize_t size, at, start
        cdef const char* text
        cdef double total = 0
        cdef object value
        found.count = 0
        strongest[0] = mean[0] = 0
        for key in NAMING:
            value = attributes.get(key)
            if value is None:
                continue
            if not PyUnicode_IS_ASCII(value):
                strongest[0], mean[0] = self.twin(attributes)
                return 0
            text = PyUnicode_AsUTF8AndSize(value, &size)
            size = min(size, LONGEST)
            at = 0
            while at < size:
                while at < size and is_space(text[at]):
                    at += 1
                start = at
                while at < size and not is_space(text[at]):
                    at += 1
                if at > start:
                    add_name(self, &found, text + start, at - start)
        for at in range(found.count):
            total += found.slots[at].odds
            if fabs(found.slots[at].odds) > fabs(strongest[0]):
                strongest[0] = found.slots[at].odds
        if found.count:
            mean[0] = total / found.count
        return 0


cdef int add(Names names, Found* found, const char* token, Py_ssize_t size) noexcept:
    """Note a token that has odds, once."""
    cdef Slot* slot = names.find(token, size, hash_of(token, size))
    cdef Py_ssize_t at
    if slot.token is NULL:
        return 0
    for at in range(found.count):
        if found.slots[at] == slot:
            return 0
    found.slots[found.count] = slot
    found.count += 1
    return 0


cdef int add_name(Names names, Found* found, const char* text, Py_ssize_t size) noexcept:
    """Note the tokens of one name: the name whole, and its parts."""
    cdef char[LONGEST] whole
    cdef char[LONGEST + 1] part
    cdef char[LONGEST + 1] first
    cdef Py_ssize_t at, end, length = 0, parts = 0, first_length = 0
    for at in range(size):
        if not 48 <= text[at] <= 57:
            whole[length] = lower(text[at])
            length += 1
        elif not at or not 48 <= text[at - 1] <= 57:
            whole[length] = 48
            length += 1
    add(names, found, whole, length)
    part[0] = first[0] = 45
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
        parts += 1
        length = 1
        if parts == 1:  # alone it is told however short
            while at < end:
                first[length] = lower(text[at])
                length += 1
                at += 1
            first_length = length
            continue
        if parts == 2 and first_length > 2:
            add(names, found, first, first_length)
        while at < end:
            part[length] = lower(text[at])
            length += 1
            at += 1
        if length > 2:
            add(names, found, part, length)
    if parts == 1:
        add(names, found, first, first_length)
    return 0
