# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of `cleaner.markers.match.candidates_in_python`, which rules out more lines."""

from libc.stdint cimport uint32_t

from cleaner._strings cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_New, PyUnicode_READ

from cleaner.markers import edges as shared, match as twin
from cleaner.markers.compile import LEADS
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
    PARTING = 128  # one that may part phrases

cdef Py_ssize_t LONGEST_WHOLE = shared.LONGEST_WHOLE, LONGEST_NAMED = twin.LONGEST_NAMED
assert twin.LEAST_BAR == 3  # as many words make a phrase of a story, of going on, and of where
assert shared.LONGEST == LONGEST and twin.MOST_LEADING == MOST_LEADING

cdef unsigned char[CHARS] KINDS
cdef unsigned short[CHARS] COMPARED


def candidates(lines not None, edges not None, list kept=None, list links=None) -> list:
    """Return the indices of the lines that may be markers; a line that is one is among them.

    Of the lines that are not `kept`, only those that may be ads. `links` counts the characters of
    each that are inside links.
    """
    cdef _Edges read = _Edges(edges, False)
    cdef _Edges of_ads = None if kept is None else _Edges(edges.of_ads, True)
    cdef list found = []
    cdef Py_ssize_t index = 0
    cdef bint linked
    cdef str line
    for line in lines:
        linked = links is not None and <Py_ssize_t> links[index] > 0
        if line and (read if kept is None or kept[index] else of_ads).takes(line, linked):
            found.append(index)
        index += 1
    return found


cdef class _Edges:
    """What markers begin and end with, for all lines but those in scripts without spaces or with
    signs above letters, which are left to Python."""

    cdef object edges
    cdef dict begins, entries, sets
    cdef set ends, vocabulary, ways
    cdef frozenset included
    cdef bytes firsts, leads
    cdef bint of_ads

    def __init__(self, edges, of_ads):
        if edges.bits is None:
            edges.bits = _bits_of(edges.begins), _bits_of(_leading(edges.entries, of_ads))
        self.firsts, self.leads = edges.bits
        self.edges, self.begins, self.ends = edges, edges.begins, edges.ends
        self.entries, self.vocabulary, self.sets = edges.entries, edges.vocabulary, edges.sets
        self.included, self.ways, self.of_ads = edges.included, edges.ways, of_ads

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
        if size <= LONGEST_WHOLE and self.may_end(text, kinds, size) and self.may_say(text, kinds, size):
            return True
        return reach == LONGEST and self.may_lead(text, kinds, size, linked or line[:2].isupper())

    cdef Py_ssize_t reach(self, str line, Py_ssize_t size) except -2:
        """Return how long a line may be to be a marker, by its first word; -1 leaves it to Python."""
        cdef int kind = PyUnicode_KIND(line)
        cdef void* data = PyUnicode_DATA(line)
        cdef unsigned short[LONGEST] first
        cdef Py_ssize_t at, length = 0
        cdef const unsigned char* firsts = self.firsts
        cdef unsigned char met
        cdef Py_UCS4 char
        cdef uint32_t bit = 0
        for at in range(size):
            char = PyUnicode_READ(kind, data, at)
            met = kind_of(char)
            if met & OTHER:
                return -1
            if met & LETTER:
                first[length] = COMPARED[char]
                bit = with_letter(bit, first[length])
                length += 1
            elif length:
                break
        if not length:
            return 0  # no word, and every marker has one
        if length > 1 and not is_set(firsts, bit):
            return 0  # as of most lines
        known = self.begins.get(word(first, length))
        if known is None:
            return 0 if length > 1 else LONGEST_WHOLE
        return known

    cdef bint may_say(
        self, const unsigned short* text, const unsigned char* kinds, Py_ssize_t size
    ) except -1:
        """Return whether the words of a line may be a marker, from the first to the last."""
        cdef unsigned short[LONGEST] phrase
        cdef Py_ssize_t at = 0, start, length = 0, words = 0, singles = 0
        cdef bint parted = False, all_sets = True, all_ways = True, of_ad = False
        cdef str spelt
        while at < size:
            start = at
            while at < size and kinds[at] & LETTER:
                at += 1
            if at == start:
                parted = parted or kinds[at] & PARTING
                at += 1
                continue
            spelt = word(text + start, at - start)
            if at - start == 1:
                singles += 1
            elif spelt not in self.vocabulary:
                return False
            sets = self.sets.get(spelt) if all_sets else None
            all_sets = sets is not None
            of_ad = of_ad or (all_sets and "=ad" in <str> sets)
            all_ways = all_ways and spelt in self.ways
            if words:
                phrase[length] = 32
                length += 1
            while start < at:
                phrase[length] = text[start]
                length += 1
                start += 1
            words += 1
        # What several phrases may be, is said again and again, or is spelt letter by letter.
        if parted or (singles == words and words > 4) or self.repeats(phrase, length):
            return True
        spelt = word(phrase, length)
        if spelt in self.included or (all_sets and of_ad):
            return True
        rows = self.entries.get(spelt)
        if self.of_ads:
            return rows is not None and "ad|" in <str> rows
        return rows is not None or (words >= 3 and (all_sets or all_ways))

    cdef bint repeats(self, const unsigned short* phrase, Py_ssize_t length) noexcept:
        """Return whether the first word of a phrase comes again."""
        cdef Py_ssize_t first = 0, at, same
        while first < length and phrase[first] != 32:
            first += 1
        at = first + 1
        while at + first <= length:
            same = 0
            while same < first and phrase[at + same] == phrase[same]:
                same += 1
            if same == first and (at + same == length or phrase[at + same] == 32):
                return True
            while at < length and phrase[at] != 32:
                at += 1
            at += 1
        return False

    cdef bint may_end(
        self, const unsigned short* text, const unsigned char* kinds, Py_ssize_t end
    ) except -1:
        """Return whether any marker ends with the last word of a line."""
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
        """Return whether a phrase begins the line that leads in what follows."""
        cdef unsigned short[LONGEST + MOST_LEADING] phrase
        cdef Py_ssize_t at = 0, length = 0, words = 0, sign = 0
        cdef const unsigned char* leads = self.leads
        cdef unsigned char kind
        cdef uint32_t bit = 0
        while not signed and size > LONGEST_NAMED and sign < size and not kinds[sign] & SIGN:
            sign += 1
        while words < MOST_LEADING:
            while at < size and not kinds[at] & (LETTER | DIGIT):
                at += 1
            if at == size:
                return False
            if words:
                phrase[length] = 32
                bit = with_letter(bit, 32)
                length += 1
            kind = kinds[at] & (LETTER | DIGIT)
            while at < size and kinds[at] & kind:
                phrase[length] = text[at]
                bit = with_letter(bit, text[at])
                length += 1
                at += 1
            words += 1
            if not is_set(leads, bit):
                continue
            rows = self.entries.get(word(phrase, length))
            if rows is not None and twin.leads_in(rows, signed=sign < size):
                return True
        return False


cdef inline uint32_t with_letter(uint32_t hash, unsigned short letter) noexcept:
    """Go on with the hash of a word or phrase (FNV-1a), whose upper half numbers a bit."""
    return (hash ^ letter) * <uint32_t> 16777619


cdef inline bint is_set(const unsigned char* bits, uint32_t hash) noexcept:
    """Return whether a word may be one of those that some bits were set for."""
    return bits[hash >> 19] >> (hash >> 16 & 7) & 1


cdef list _leading(dict entries, bint of_ads):
    """Return the phrases that may lead in what follows, as ads do or as any marker."""
    cdef list found = []
    cdef str phrase, rows, place
    cdef list places = [f"|{name}|" for name in ("sentence", *LEADS)]
    for phrase, rows in entries.items():
        if of_ads and "ad|" not in rows:
            continue
        for place in places:
            if place in rows:
                found.append(phrase)
                break
    return found


cdef bytes _bits_of(words):
    """Return the bits of some words: a word whose bit is not set is none of them."""
    cdef bytearray bits = bytearray(8192)
    cdef uint32_t bit
    cdef Py_UCS4 letter
    for found in words:
        bit = 0
        for letter in <str> found:
            bit = with_letter(bit, <unsigned short> letter)
        bits[bit >> 19] |= 1 << (bit >> 16 & 7)
    return bytes(bits)


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
        | PARTING * (raw in twin.PARTING)
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
