# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of `cleaner.markers.match.candidates_in_python`, which rules out more lines."""

from cleaner._strings cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_New, PyUnicode_READ

from cleaner.markers import edges as shared, match as twin
from cleaner.markers.normal import WORD, normal
from cleaner.scripts import FIRST_UNSPACED

cdef enum:
    LONGEST = 320
    MOST_LEADING = 7
    CHARS = 0x2200  # those from here on are left to Python
    MAY_END = 1  # what a character is
    SPACE = 2
    SIGN = 4
    LETTER = 8
    DIGIT = 16
    OTHER = 32  # one that is left to Python: a mark, or one that is compared as two
    MET = 64

cdef Py_ssize_t LONGEST_WHOLE = shared.LONGEST_WHOLE, LONGEST_NAMED = twin.LONGEST_NAMED
assert shared.LONGEST == LONGEST and twin.MOST_LEADING == MOST_LEADING

cdef unsigned char[CHARS] KINDS
cdef unsigned short[CHARS] COMPARED


def candidates(lines not None, edges not None, kept=None, links=None) -> list:
    """Return the indices of the lines that may be markers; a line that is one is among them.

    Of the lines that are not `kept`, only those that may be ads. `links` counts the characters of
    each that are inside links.
    """
    cdef _Edges read = _Edges(edges)
    cdef _Edges of_ads = None if kept is None else _Edges(edges.of_ads)
    cdef list found = []
    cdef Py_ssize_t index = 0
    cdef bint linked
    cdef str line
    for line in lines:
        linked = links is not None and links[index] > 0
        if line and (read if kept is None or kept[index] else of_ads).takes(line, linked):
            found.append(index)
        index += 1
    return found


cdef class _Edges:
    """What markers begin and end with, for all lines but those in scripts without spaces or with
    signs above letters, which are left to Python."""

    cdef object edges
    cdef dict begins, entries
    cdef set ends, vocabulary

    def __init__(self, edges):
        self.edges, self.begins, self.ends = edges, edges.begins, edges.ends
        self.entries, self.vocabulary = edges.entries, edges.vocabulary

    cdef bint takes(self, str line, bint linked) except -1:
        cdef Py_ssize_t size = len(line), reach, at
        cdef unsigned short[LONGEST] text
        cdef unsigned char[LONGEST] kinds
        cdef int kind = PyUnicode_KIND(line)
        cdef void* data = PyUnicode_DATA(line)
        cdef Py_UCS4 char
        if size > LONGEST:
            return False
        reach = self.reach(line, size)
        if reach >= 0 and size > reach:
            return False
        if reach < 0 or "](" in line:
            return self.edges.may_be(line)
        for at in range(size):
            char = PyUnicode_READ(kind, data, at)
            kinds[at] = kind_of(char)
            if kinds[at] & OTHER:
                return self.edges.may_be(line)
            text[at] = COMPARED[char]
        if size <= LONGEST_WHOLE and self.may_end(text, kinds, size) and self.knows(text, kinds, size):
            return True
        return reach == LONGEST and self.may_lead(text, kinds, size, linked or line[:2].isupper())

    cdef Py_ssize_t reach(self, str line, Py_ssize_t size) except -2:
        """Return how long a line may be to be a marker, by its first word; -1 leaves it to Python."""
        cdef int kind = PyUnicode_KIND(line)
        cdef void* data = PyUnicode_DATA(line)
        cdef unsigned short[LONGEST] first
        cdef Py_ssize_t at, length = 0
        cdef unsigned char met
        cdef Py_UCS4 char
        for at in range(size):
            char = PyUnicode_READ(kind, data, at)
            met = kind_of(char)
            if met & OTHER:
                return -1
            if met & LETTER:
                first[length] = COMPARED[char]
                length += 1
            elif length:
                break
        if not length:
            return 0  # no word, and every marker has one
        known = self.begins.get(word(first, length))
        if known is None:
            return 0 if length > 1 else LONGEST_WHOLE
        return known

    cdef bint knows(
        self, const unsigned short* text, const unsigned char* kinds, Py_ssize_t size
    ) except -1:
        """Tell whether the words of a line are all of markers; single letters may be set apart."""
        cdef Py_ssize_t at = 0, start
        while at < size:
            start = at
            while at < size and kinds[at] & LETTER:
                at += 1
            if at - start > 1 and word(text + start, at - start) not in self.vocabulary:
                return False
            if at == start:
                at += 1
        return True

    cdef bint may_end(
        self, const unsigned short* text, const unsigned char* kinds, Py_ssize_t end
    ) except -1:
        """Tell whether any marker ends with the last word of a line."""
        cdef Py_ssize_t start
        while end and kinds[end - 1] & MAY_END:
            end -= 1
        while end and kinds[end - 1] & SPACE:
            end -= 1
        while end and not kinds[end - 1] & (LETTER | SPACE):
            end -= 1
        start = end
        while start and kinds[start - 1] & LETTER:
            start -= 1
        return end - start <= 1 or word(text + start, end - start) in self.ends

    cdef bint may_lead(
        self, const unsigned short* text, const unsigned char* kinds, Py_ssize_t size, bint signed
    ) except -1:
        """Tell whether a phrase begins the line that leads in what follows."""
        cdef unsigned short[LONGEST + MOST_LEADING] phrase
        cdef Py_ssize_t at = 0, length = 0, words = 0, sign = 0
        cdef unsigned char kind
        while not signed and size > LONGEST_NAMED and sign < size and not kinds[sign] & SIGN:
            sign += 1
        while words < MOST_LEADING:
            while at < size and not kinds[at] & (LETTER | DIGIT):
                at += 1
            if at == size:
                return False
            if words:
                phrase[length] = 32
                length += 1
            kind = kinds[at] & (LETTER | DIGIT)
            while at < size and kinds[at] & kind:
                phrase[length] = text[at]
                length += 1
                at += 1
            words += 1
            rows = self.entries.get(word(phrase, length))
            if rows is not None and twin.leads_in(rows, signed=sign < size):
                return True
        return False


cdef inline int kind_of(Py_UCS4 char) except -1:
    if char >= CHARS:
        return OTHER
    if not KINDS[char]:
        meet(char)
    return KINDS[char]


cdef int meet(Py_UCS4 char) except -1:
    """Note what a character is and as what it is compared, when it is first met."""
    cdef str raw = chr(char), compared = normal(raw)
    cdef int kind = (
        MET
        | MAY_END * (raw in shared.TRAILING)
        | SPACE * raw.isspace()
        | SIGN * (not twin.SIGNS.isdisjoint(compared))
    )
    if len(compared) == 1 and raw.isalpha() and compared.isalpha() and raw < FIRST_UNSPACED:
        kind |= LETTER
    elif len(compared) == 1 and raw.isdecimal() and not WORD.fullmatch(f"a{compared}"):
        kind |= DIGIT  # in some scripts, a letter may go on with one
    elif not compared or raw.isalnum() or WORD.search(compared):
        kind |= OTHER
    COMPARED[char] = ord(compared) if len(compared) == 1 else 0
    KINDS[char] = kind
    return 0


cdef str word(const unsigned short* text, Py_ssize_t size):
    """Return a word as it is compared."""
    cdef Py_ssize_t at
    cdef unsigned short largest = 0
    for at in range(size):
        largest |= text[at]
    cdef object made = PyUnicode_New(size, largest)
    cdef void* data = PyUnicode_DATA(made)
    for at in range(size):
        if largest < 256:
            (<unsigned char*> data)[at] = <unsigned char> text[at]
        else:
            (<unsigned short*> data)[at] = text[at]
    return made
