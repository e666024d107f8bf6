# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""The compiled twin of `cleaner.content.words`: words are hashed where they stand."""

from cpython.unicode cimport Py_UNICODE_ISALNUM, Py_UNICODE_ISDECIMAL
from libc.math cimport sqrt
from libc.stdint cimport int8_t, int32_t, int64_t, uint8_t, uint16_t, uint32_t

from cleaner._strings cimport PyUnicode_1BYTE_DATA, PyUnicode_IS_ASCII

import numpy as np

from cleaner.content import words as twin
from cleaner.scripts import UNSPACED

cdef enum:
    CHARACTERS = 400
    WORDS = 50
    WHOLE = 5
    FOLDED = 3 * CHARACTERS  # folding its case makes three characters of one at the most
    MOST = 2 * WORDS + 2  # numbers of one text
    SLOTS = 512  # of a table for them, a power of two

assert (twin.MOST_CHARACTERS, twin.MOST_WORDS, twin.WHOLE) == (CHARACTERS, WORDS, WHOLE)
assert UNSPACED[1::3] == "-" * (len(UNSPACED) // 3)
cdef int32_t[::1] LOWEST = np.array([ord(char) for char in UNSPACED[::3]], dtype=np.int32)
cdef int32_t[::1] HIGHEST = np.array([ord(char) for char in UNSPACED[2::3]], dtype=np.int32)
cdef enum:
    NONE, LETTER, DIGIT, ALONE

cdef uint32_t[256] CRC  # of zlib: the polynomial of IEEE 802.3, reflected


cdef void fill() noexcept:
    cdef uint32_t value
    cdef int byte, _
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = value >> 1 ^ (<uint32_t> 0xEDB88320 if value & 1 else 0)
        CRC[byte] = value


fill()


cdef inline uint32_t step(uint32_t crc, uint8_t byte) noexcept:
    return CRC[(crc ^ byte) & 0xFF] ^ crc >> 8


cdef int kind_of(Py_UCS4 char) noexcept:
    """Return whether a character is a letter, a digit, a word by itself, or none of these."""
    cdef Py_ssize_t row
    if char < 128:
        if 97 <= char <= 122:
            return LETTER
        return DIGIT if 48 <= char <= 57 else NONE
    for row in range(LOWEST.shape[0]):
        if <Py_UCS4> LOWEST[row] <= char <= <Py_UCS4> HIGHEST[row]:
            return ALONE
    if Py_UNICODE_ISDECIMAL(char):
        return DIGIT
    return LETTER if Py_UNICODE_ISALNUM(char) else NONE


cdef uint8_t[128] KINDS, LOWER
for char in range(128):
    KINDS[char] = kind_of(<Py_UCS4> ord(chr(char).lower()))
    LOWER[char] = ord(chr(char).lower())


cdef class Reader:
    """Finds the numbers of texts, each once."""

    cdef uint32_t[SLOTS] seen, texts  # a number, and the text that it was seen in
    cdef uint32_t text, mask
    cdef uint8_t[4 * FOLDED] bytes  # of the words, without what is between them
    cdef int[WORDS + 1] starts
    cdef int64_t[MOST] numbers
    cdef Py_ssize_t found

    def __cinit__(self, Py_ssize_t size):
        if size <= 0 or size & (size - 1):
            raise ValueError(f"{size} is no power of two")
        self.mask = size - 1

    cdef inline void note(self, uint32_t crc) noexcept:
        cdef uint32_t number = ~crc & self.mask, slot = number % SLOTS
        while self.texts[slot] == self.text:
            if self.seen[slot] == number:
                return
            slot = (slot + 1) % SLOTS
        self.texts[slot] = self.text
        self.seen[slot] = number
        self.numbers[self.found] = number
        self.found += 1

    cdef inline uint32_t join(self, uint32_t crc, int word) noexcept:
        cdef int at
        for at in range(self.starts[word], self.starts[word + 1]):
            crc = step(crc, self.bytes[at])
        return crc

    cdef int split_ascii(self, const uint8_t* text, Py_ssize_t size) noexcept:
        """Do what `split` does, for a text in ASCII of any case."""
        cdef Py_ssize_t at = 0
        cdef int words = 0, end = 0
        cdef uint8_t kind
        while at < size and words < WORDS:
            kind = KINDS[text[at]]
            if kind != NONE:
                self.starts[words] = end
                words += 1
            if kind == LETTER:
                while at < size and KINDS[text[at]] == LETTER:
                    self.bytes[end] = LOWER[text[at]]
                    end += 1
                    at += 1
            elif kind == DIGIT:
                self.bytes[end] = 48
                end += 1
                while at < size and KINDS[text[at]] == DIGIT:
                    at += 1
            else:
                at += 1
        self.starts[words] = end
        return words

    cdef int split(self, str text) except -1:
        """Write down the words of a text whose case is folded; return how many there are."""
        cdef Py_ssize_t at = 0, size = len(text)
        cdef int words = 0, kind
        cdef int end = 0
        while at < size and words < WORDS:
            kind = kind_of(text[at])
            if kind == NONE:
                at += 1
                continue
            self.starts[words] = end
            if kind == DIGIT or kind == ALONE and Py_UNICODE_ISDECIMAL(text[at]):
                self.bytes[end] = 48
                end += 1
            else:
                end = self.write(<Py_UCS4> text[at], end)
            at += 1
            if kind == LETTER:
                while at < size and kind_of(text[at]) == LETTER:
                    end = self.write(<Py_UCS4> text[at], end)
                    at += 1
            elif kind == DIGIT:
                while at < size and Py_UNICODE_ISDECIMAL(text[at]):
                    at += 1
            words += 1
        self.starts[words] = end
        return words

    cdef inline int write(self, uint32_t char, int end) noexcept:
        """Write a character down in UTF-8."""
        if char < 0x80:
            self.bytes[end] = char
            return end + 1
        if char < 0x800:
            self.bytes[end] = 0xC0 | char >> 6
        else:
            if char < 0x10000:
                self.bytes[end] = 0xE0 | char >> 12
            else:
                self.bytes[end] = 0xF0 | char >> 18
                end += 1
                self.bytes[end] = 0x80 | char >> 12 & 0x3F
            end += 1
            self.bytes[end] = 0x80 | char >> 6 & 0x3F
        self.bytes[end + 1] = 0x80 | char & 0x3F
        return end + 2

    cdef int read(self, str text) except -1:
        """Find the numbers of a text."""
        cdef int word, words
        cdef uint32_t crc, start = step(0xFFFFFFFF, 94), whole = start
        if PyUnicode_IS_ASCII(text):
            words = self.split_ascii(PyUnicode_1BYTE_DATA(text), min(len(text), CHARACTERS))
        else:
            words = self.split(text[:CHARACTERS].casefold())
        self.text += 1
        self.found = 0
        if not words:
            return 0
        self.note(self.join(step(start, 32), 0))
        for word in range(words):
            crc = self.join(0xFFFFFFFF, word)
            self.note(crc)
            crc = step(crc, 32)
            self.note(self.join(crc, word + 1) if word + 1 < words else step(crc, 36))
        if words <= WHOLE:
            for word in range(words):
                whole = self.join(step(whole, 32) if word else whole, word)
            self.note(whole)
        return 0


def count(list texts not None, Py_ssize_t size):
    """Return the numbers of all texts, one text after the other, and how many each text has."""
    cdef Reader reader = Reader(size)
    cdef list found = []
    sizes = np.empty(len(texts), dtype=np.int64)
    cdef int64_t[::1] counts = sizes
    cdef Py_ssize_t text
    for text in range(len(texts)):
        reader.read(texts[text])
        counts[text] = reader.found
        found += sorted([reader.numbers[at] for at in range(reader.found)])
    return np.array(found, dtype=np.int64), sizes


def weigh_page(
    list texts not None, const float[::1] weights not None, double bias,
    const uint16_t[::1] rows not None, const int8_t[:, ::1] steps not None,
):
    """Return what words say of each text, and the sum of the steps of all numbers, each once."""
    assert rows.shape[0] == weights.shape[0]
    said, sums = np.empty(len(texts)), np.zeros(steps.shape[1], dtype=np.int64)
    cdef double[::1] out = said
    cdef int64_t[::1] totals = sums
    cdef uint8_t[::1] seen = np.zeros(steps.shape[0], dtype=np.uint8)
    cdef Reader reader = Reader(weights.shape[0])
    cdef Py_ssize_t text, at, row, kind
    cdef double total
    for text in range(len(texts)):
        reader.read(texts[text])
        total = 0
        for at in range(reader.found):
            total += weights[reader.numbers[at]]
            row = rows[reader.numbers[at]]
            if not seen[row]:
                seen[row] = 1
                for kind in range(steps.shape[1]):
                    totals[kind] += steps[row, kind]
        out[text] = total / sqrt(max(reader.found, 1)) + bias
    return said, sums
