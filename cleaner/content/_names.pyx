# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of `cleaner.content.names.NamesInPython`, for names in ASCII: no string is made."""

from libc.math cimport fabs, fmax, sqrt
from libc.stdint cimport int64_t, uint64_t
from libc.stdlib cimport calloc, free
from libc.string cimport memcmp

from cleaner._strings cimport PyUnicode_AsUTF8AndSize, PyUnicode_IS_ASCII, is_space

import numpy as np

from cleaner.content import names as twin

cdef tuple NAMING = twin.NAMING

cdef enum:
    LONGEST = 400
    MOST = 7 * LONGEST  # tokens of one element
    LEVELS = 12

assert (twin.LONGEST, len(NAMING), len(twin.NAMELESS)) == (LONGEST, 7, SCORES)
assert (len(twin.BANDS), twin.BAND_COUNT) == (LEVELS, BANDS)

cdef Py_ssize_t[LEVELS] BAND_OF
for level in range(LEVELS):
    BAND_OF[level] = twin.BANDS[level]


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
    """Scores the names of elements by what their tokens say."""

    def __cinit__(self, dict odds not None, dict weights not None):
        cdef Slot* slot
        cdef Py_ssize_t size, band
        cdef const char* token
        self.twin, self.last = twin.NamesInPython(odds, weights), 1
        self.held = [*odds, *(token for token in weights if token not in odds)]
        while self.last < 2 * len(self.held):
            self.last *= 2
        self.slots = <Slot*> calloc(self.last, sizeof(Slot))
        if self.slots is NULL:
            raise MemoryError
        self.last -= 1
        for text in self.held:
            token = PyUnicode_AsUTF8AndSize(text, &size)
            slot = self.find(token, size, hash_of(token, size))
            slot.token, slot.size, slot.hash = token, size, hash_of(token, size)
            slot.has_odds, slot.odds = text in odds, odds.get(text, 0)
            slot.has_weights = text in weights
            if slot.has_weights:
                for band in range(BANDS):
                    slot.weights[band] = weights[text][band]

    def __dealloc__(self):
        free(self.slots)

    def __call__(self, dict attributes not None) -> tuple:
        """Return what is told of an element's names."""
        cdef double[SCORES] scores
        cdef Py_ssize_t at
        self.score(attributes, NAMING, scores)
        return tuple([scores[at] for at in range(SCORES)])

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

    cdef int score(self, dict attributes, tuple naming, double* scores) except -1:
        """Set what is told of an element's names, zeros if nothing: of those in `naming`."""
        cdef Found found
        cdef Py_ssize_t size, at, start
        cdef const char* text
        cdef object value
        found.count = 0
        for key in naming:
            value = attributes.get(key)
            if value is None:
                continue
            if not PyUnicode_IS_ASCII(value):
                for at, value in enumerate(self.twin(attributes)):
                    scores[at] = value
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
        sum_up(&found, scores)
        return 0


cdef int sum_up(Found* found, double* scores) noexcept:
    """Set the strongest and the mean log-odds, the tokens with weights, and their weights."""
    cdef Py_ssize_t at, band, count = 0
    cdef Slot* slot
    for at in range(SCORES):
        scores[at] = 0
    for at in range(found.count):
        slot = found.slots[at]
        if slot.has_odds:
            count += 1
            scores[1] += slot.odds
            if fabs(slot.odds) > fabs(scores[0]):
                scores[0] = slot.odds
        if slot.has_weights:
            scores[2] += 1
            for band in range(BANDS):
                scores[3 + band] += slot.weights[band]
    if count:
        scores[1] /= count
    return 0


cdef int add(Names names, Found* found, const char* token, Py_ssize_t size) noexcept:
    """Note a token of which something is known, once."""
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


cdef int add_part(Names names, Found* found, const char* text, Py_ssize_t size) noexcept:
    """Note a part of a name, behind a hyphen."""
    cdef char[LONGEST + 1] part
    cdef Py_ssize_t at
    part[0] = 45
    for at in range(size):
        part[at + 1] = lower(text[at])
    return add(names, found, part, size + 1)


cdef int add_name(Names names, Found* found, const char* text, Py_ssize_t size) noexcept:
    """Note the tokens of one name: the name whole, and its parts."""
    cdef char[LONGEST] whole
    cdef const char* first = text
    cdef Py_ssize_t at, end, length = 0, parts = 0, first_length = 0
    for at in range(size):
        if not 48 <= text[at] <= 57:
            whole[length] = lower(text[at])
            length += 1
        elif not at or not 48 <= text[at - 1] <= 57:
            whole[length] = 48
            length += 1
    add(names, found, whole, length)
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
        if parts == 1:  # alone it is told however short
            first, first_length = text + at, end - at
        if parts == 2 and first_length > 1:
            add_part(names, found, first, first_length)
        if parts > 1 and end - at > 1:
            add_part(names, found, text + at, end - at)
        at = end
    if parts == 1:
        add_part(names, found, first, first_length)
    return 0


def weigh(
    const float[:, :] names, const int64_t[:, :] above, const int64_t[:, :] around,
    const double[:, :] tags, double bias,
):
    """Return the sum of the weights around each block by the root of their number, and bias."""
    cdef Py_ssize_t block, level, node, tag, blocks = above.shape[1], band
    assert above.shape[0] == LEVELS
    cdef double count, total
    result = np.empty(blocks)
    cdef double[::1] out = result
    for block in range(blocks):
        count = total = 0
        for level in range(LEVELS):
            node = above[level, block]
            if node < 0:
                break
            tag, band = around[level, block], BAND_OF[level]
            count += names[2, node] + tags[0, tag]
            total += names[3 + band, node] + tags[1 + band, tag]
        out[block] = total / sqrt(fmax(count, 1)) + bias
    return result
