# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of `cleaner.markers.match.candidates_in_python`, which rules out more lines."""

from cleaner.markers import edges as shared, match as twin

cdef extern from "Python.h":
    bint PyUnicode_IS_ASCII(object text)
    object PyUnicode_New(Py_ssize_t size, Py_UCS4 largest)
    void* PyUnicode_DATA(object text)
    int PyUnicode_KIND(object text)
    Py_UCS4 PyUnicode_READ(int kind, void* data, Py_ssize_t at)

cdef enum:
    LONGEST = 240
    MOST_LEADING = 7
    MAY_END = 1  # what a character is
    SPACE = 2
    SIGN = 4
    LETTER = 8
    DIGIT = 16

cdef Py_ssize_t LONGEST_WHOLE = shared.LONGEST_WHOLE, LONGEST_NAMED = twin.LONGEST_NAMED
assert shared.LONGEST == LONGEST and twin.MOST_LEADING == MOST_LEADING

cdef unsigned char[128] KINDS
for _code in range(128):
    KINDS[_code] = (
        MAY_END * (chr(_code) in shared.TRAILING)
        | SPACE * chr(_code).isspace()
        | SIGN * (chr(_code) in ":|]>-.")
        | LETTER * chr(_code).isalpha()
        | DIGIT * chr(_code).isdigit()
    )


def candidates(lines not None, edges not None) -> list:
    """Return the indices of the lines that may be markers; a line that is one is among them."""
    cdef _Edges read = _Edges(edges)
    cdef list found = []
    cdef Py_ssize_t index = 0
    cdef str line
    for line in lines:
        if line and read.takes(line):
            found.append(index)
        index += 1
    return found


cdef class _Edges:
    """What markers begin and end with, for lines in ASCII; others are left to Python."""

    cdef object edges
    cdef dict begins, entries
    cdef set ends, vocabulary

    def __init__(self, edges):
        self.edges, self.begins, self.ends = edges, edges.begins, edges.ends
        self.entries, self.vocabulary = edges.entries, edges.vocabulary

    cdef bint takes(self, str line) except -1:
        cdef Py_ssize_t size = len(line), reach
        cdef const unsigned char* text
        if size > LONGEST:
            return False
        reach = self.reach(line, size)
        if reach >= 0 and size > reach:
            return False
        if reach < 0 or not PyUnicode_IS_ASCII(line) or "](" in line:
            return self.edges.may_be(line)
        text = <const unsigned char*> PyUnicode_DATA(line)
        if size <= LONGEST_WHOLE and self.may_end(text, size) and self.knows(text, size):
            return True
        return reach == LONGEST and self.may_lead(text, size)

    cdef Py_ssize_t reach(self, str line, Py_ssize_t size) except -2:
        """Return how long a line may be to be a marker, by its first word; -1 leaves it to Python."""
        cdef int kind = PyUnicode_KIND(line)
        cdef void* data = PyUnicode_DATA(line)
        cdef unsigned char[LONGEST] first
        cdef Py_ssize_t at = 0, length = 0
        cdef Py_UCS4 char = 0
        while at < size:
            char = PyUnicode_READ(kind, data, at)
            if char < 128 and KINDS[char] & LETTER:
                break
            if not (char < 128 or is_sign(char)):
                return -1
            at += 1
        if at == size:
            return 0  # no word, and every marker has one
        while at < size:
            char = PyUnicode_READ(kind, data, at)
            if not (char < 128 and KINDS[char] & LETTER):
                if not (char < 128 or is_sign(char)):
                    return -1
                break
            first[length] = char
            length += 1
            at += 1
        known = self.begins.get(word(first, length))
        if known is None:
            return 0 if length > 1 else LONGEST_WHOLE
        return known

    cdef bint knows(self, const unsigned char* text, Py_ssize_t size) except -1:
        """Tell whether the words of a line are all of markers; single letters may be set apart."""
        cdef Py_ssize_t at = 0, start
        while at < size:
            start = at
            while at < size and KINDS[text[at]] & LETTER:
                at += 1
            if at - start > 1 and word(text + start, at - start) not in self.vocabulary:
                return False
            if at == start:
                at += 1
        return True

    cdef bint may_end(self, const unsigned char* text, Py_ssize_t end) except -1:
        """Tell whether any marker ends with the last word of a line."""
        cdef Py_ssize_t start
        while end and KINDS[text[end - 1]] & MAY_END:
            end -= 1
        while end and KINDS[text[end - 1]] & SPACE:
            end -= 1
        while end and not KINDS[text[end - 1]] & (LETTER | SPACE):
            end -= 1
        start = end
        while start and KINDS[text[start - 1]] & LETTER:
            start -= 1
        return end - start <= 1 or word(text + start, end - start) in self.ends

    cdef bint may_lead(self, const unsigned char* text, Py_ssize_t size) except -1:
        """Tell whether a phrase begins the line that leads in what follows."""
        cdef char[LONGEST + MOST_LEADING] phrase
        cdef Py_ssize_t at = 0, length = 0, words = 0, sign = 0
        cdef unsigned char kind
        while size > LONGEST_NAMED and sign < size and not KINDS[text[sign]] & SIGN:
            sign += 1
        if sign == size:
            return False
        while words < MOST_LEADING:
            while at < size and not KINDS[text[at]] & (LETTER | DIGIT):
                at += 1
            if at == size:
                return False
            if words:
                phrase[length] = 32
                length += 1
            kind = KINDS[text[at]] & (LETTER | DIGIT)
            while at < size and KINDS[text[at]] & kind:
                phrase[length] = lower(text[at])
                length += 1
                at += 1
            words += 1
            rows = self.entries.get(word(<const unsigned char*> phrase, length))
            if rows is not None and twin.leads_in(rows):
                return True
        return False


cdef inline bint is_sign(Py_UCS4 char) noexcept:
    """Tell dashes, quotes, bullets and dots, which part words."""
    return 0x2010 <= char <= 0x2027 or char == 0xAB or char == 0xBB


cdef inline unsigned char lower(unsigned char char) noexcept:
    return char + 32 if 65 <= char <= 90 else char


cdef str word(const unsigned char* text, Py_ssize_t size):
    """Return a word in ASCII as it is compared."""
    cdef object made = PyUnicode_New(size, 127)
    cdef unsigned char* data = <unsigned char*> PyUnicode_DATA(made)
    cdef Py_ssize_t at
    for at in range(size):
        data[at] = lower(text[at])
    return made
