# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""One look at the tags of a page, before libxml2 reads it.

Tags are told as HTML's tokenizer tells them (https://html.spec.whatwg.org/#tokenization), as far as
that is plain: where something never ends, or a script speaks of scripts in a comment, it is not.
"""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from libc.stdint cimport uint64_t
from libc.string cimport memchr, memcpy, memmove, memset

from cleaner.walk import BLOCK_TAGS

ctypedef const unsigned char Byte

cdef struct Name:
    uint64_t letters  # the first eight, in lower case
    Py_ssize_t length
    int kind

cdef enum:
    PART = 1  # parts the text before it from that behind; where it ends, only if it was open
    RAW = 2  # its contents hold no tag
    UNSEEN = 4  # a raw one of which nothing is shown
    SCRIPT = 8
    ENDLESS = 16
    PRE = 32  # keeps white space
    DRAWING = 64
    DRAWN = 128  # stands in drawings; what else stands in one may close what is around it
    HTML = 256
    HEAD = 512
    HEADED = 1024  # shows nothing, and may stand in the head of a page
    FIRST = 2048  # may stand before it
    TEMPLATE = 4096
    WORTH = 16  # bytes; less is not worth a cut
    LONGEST = 16384  # bytes of a tag, but for its values; what is longer may have crowds of attributes
    BITS = 9

cdef Name[1 << BITS] NAMES  # by their hashes
cdef int FULL = (1 << BITS) - 1


cdef Name named(Byte* at, Py_ssize_t length) noexcept:
    cdef Name name
    cdef Py_ssize_t index
    name.letters, name.length, name.kind = 0, length, 0
    for index in range(min(length, 8)):
        name.letters = name.letters << 8 | at[index] | 32
    return name


cdef Name* place(Name name) noexcept:
    """Return where a name stands in the table, or would."""
    cdef uint64_t at = name.letters * <uint64_t> 0x9E3779B97F4A7C15 >> 64 - BITS
    while NAMES[at].length and (
        NAMES[at].letters != name.letters or NAMES[at].length != name.length
    ):
        at = at + 1 & FULL
    return &NAMES[at]


cdef int fill(names, int kind) except -1:
    cdef bytes text
    cdef Name name
    cdef Name* row
    for text in names.encode().split():
        name = named(text, len(text))
        row = place(name)
        name.kind = row.kind | kind
        row[0] = name
    return 0


# A button stands in a line; a second page in a page is none.
fill(" ".join(BLOCK_TAGS - {"button", "html", "head", "body"}), PART)
fill("script style title textarea iframe xmp noembed noframes plaintext", RAW)
fill("script style", UNSEEN)
fill("script", SCRIPT)
fill("plaintext", ENDLESS)
fill("pre listing code", PRE)
fill("svg", DRAWING)
fill(
    "animate animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix feComposite"
    " feFlood feGaussianBlur feOffset filter g image line linearGradient mask path pattern polygon"
    " polyline radialGradient rect stop style symbol text title tspan use",
    DRAWN,
)
fill("html", HTML | FIRST)
fill("head", HEAD | FIRST)
fill("script style meta link base title", HEADED)
fill("template", TEMPLATE)

cdef uint64_t SCRIPTS = named(b"script", 6).letters
cdef uint64_t SHADOW = named(b"shadowrootmode", 8).letters
cdef uint64_t INLINE = named(b"inline", 6).letters
cdef uint64_t MATH = named(b"math", 4).letters
cdef uint64_t FORMULA = named(b"mjx-container", 13).letters


cdef inline bint is_space(unsigned char char) noexcept:
    return char == 32 or 9 <= char <= 13


cdef inline bint ends_name(unsigned char char) noexcept:
    return char == 62 or char == 47 or is_space(char)  # > /


cdef Byte* after_tag(Byte* at, Byte* end) noexcept:
    """Return where a tag ends, read from the end of its name; NULL if that is not plain.

    Nor is it where a value begins like one of those that tell of gaps that are filled late.
    """
    cdef bint has_name = False  # of an attribute whose value may come
    cdef Byte* value
    cdef Byte* stop = at + LONGEST
    while at < end and at < stop:
        if at[0] > 62:  # as letters are; a zero ends the page
            has_name = True
            while at[1] > 62:
                at += 1
        elif at[0] == 62:  # >
            return at + 1
        elif at[0] == 61 and has_name:  # =
            has_name = False
            at += 1
            while at < end and is_space(at[0]):
                at += 1
            if at[0] != 34 and at[0] != 39:  # " '
                while at < end and at[0] != 62 and not is_space(at[0]):
                    at += 1
                continue
            value = at
            if (value[1] == 66 or value[1] == 80) and value[2] == 58:  # B: P:
                return NULL
            at = <Byte*> memchr(value + 1, value[0], end - value - 1)
            if at is NULL:
                return NULL
            stop += at - value
        elif at[0] == 47:  # /
            has_name = False
        elif not is_space(at[0]):
            has_name = True
        at += 1
    return NULL


cdef Byte* after_bogus_comment(Byte* at, Byte* end) noexcept:
    """Return where what begins like a declaration ends; NULL if it does not."""
    at = <Byte*> memchr(at, 62, end - at)  # >
    return at if at is NULL else at + 1


cdef Byte* after_comment(Byte* at, Byte* end) noexcept:
    """Return where a comment ends, read from its first hyphen; NULL if it does not, or not plainly."""
    while True:
        at = <Byte*> memchr(at + 1, 62, end - at - 1)  # >
        if at is NULL or ((at - 1)[0] == 33 and (at - 2)[0] == 45 and (at - 3)[0] == 45):  # --!
            return NULL
        if (at - 1)[0] == 45 and (at - 2)[0] == 45:  # --
            return at + 1


cdef bint is_plain_comment(Byte* at, Byte* end) noexcept:
    """Return whether any parser ends a comment where this one does, and it is in no tag or word."""
    if at[1] != 33 or at[2] != 45 or at[3] != 45 or end - at < 8:  # !--
        return False
    if (at - 1)[0] != 62 and not is_space((at - 1)[0]):
        return False
    at = <Byte*> memchr(at + 4, 45, end - at - 4)
    while at[1] != 45:
        at = <Byte*> memchr(at + 1, 45, end - at - 1)
    return at == end - 3


cdef Byte* raw_end(Byte* at, Byte* end, Name name) noexcept:
    """Return where the end tag of raw text begins; NULL if it does not end, or not plainly."""
    cdef bint has_comment = False
    while True:
        at = <Byte*> memchr(at, 60, end - at)  # <
        if at is NULL or end - at < name.length + 3:
            return NULL
        if at[1] == 47:
            if ends_name(at[2 + name.length]):
                if named(at + 2, name.length).letters == name.letters:
                    return at
        elif at[1] == 33 and at[2] == 45 and at[3] == 45:  # !--
            has_comment = True
        elif has_comment and named(at + 1, 6).letters == SCRIPTS:
            return NULL
        at += 1


cdef bint says(uint64_t letters, Py_ssize_t length, Byte* at, Byte* end) noexcept:
    """Return whether a tag holds some letters."""
    while at < end - length:
        if named(at, length).letters == letters:
            return True
        at += 1
    return False


cdef bint is_break(Byte* at, Byte* end) noexcept:
    """Return whether white space is one character or has a line feed; other may indent code."""
    cdef bint has_feed = end - at == 1
    while at < end:
        if not is_space(at[0]):
            return False
        has_feed |= at[0] == 10
        at += 1
    return has_feed


cdef class Kept:
    """What is kept of a page."""

    cdef bytes data
    cdef Byte* done  # up to where all is kept or cut
    cdef char* to
    cdef Py_ssize_t cut
    cdef char* doubtful
    cdef Py_ssize_t length

    def __cinit__(self, bytes data not None):
        self.data = PyBytes_FromStringAndSize(NULL, len(data))
        self.done = data
        self.to = PyBytes_AS_STRING(self.data)

    cdef void leave_out(self, Byte* start, Byte* end) noexcept:
        memcpy(self.to, self.done, start - self.done)
        self.to += start - self.done
        self.done = end
        self.cut += end - start

    cdef int put(self, bytes text) except -1:
        memcpy(self.to, PyBytes_AS_STRING(text), len(text))
        self.to += len(text)
        self.cut -= len(text)
        return 0

    cdef void doubt(self, Byte* start, Byte* end) noexcept:
        """Keep for now what `forget` can still leave out."""
        self.leave_out(start, start)
        self.doubtful, self.length = self.to, end - start

    cdef void forget(self) noexcept:
        cdef char* after = self.doubtful + self.length
        if self.to == self.doubtful:
            self.done += self.length
        else:
            memmove(self.doubtful, after, self.to - after)
            self.to -= self.length
        self.cut += self.length

    cdef bytes all(self, Byte* end):
        self.leave_out(end, end)
        return self.data[: self.to - PyBytes_AS_STRING(self.data)]


def survey(bytes data not None):
    """Return a page without what its scripts, styles and drawings hold, the scripts, and its end.

    Comments go as well. In the place of a script stands `cut:` and its number among them; those of
    formulas stay, as do their drawings. White space at the edges of what parts texts goes, and of
    several in a row all but one. The end is where the first `</html` stands, -1 without one. None:
    the page is not plain, or has shadow trees.
    """
    cdef Byte* start = data
    cdef Byte* end = start + len(data)
    cdef Byte* at = start
    cdef Byte* text = start  # where the text before the next tag begins
    cdef Byte* tag
    cdef Byte* drawing = NULL  # where the contents of the outermost drawing begin
    cdef Py_ssize_t drawings = 0, pres = 0  # how many are open
    cdef Py_ssize_t[8] alike  # of those that keep white space, by the lengths of their names
    cdef Py_ssize_t inside = 0  # how many parts are open in the outermost of these
    cdef Py_ssize_t html_end = -1
    cdef int kind
    cdef bint is_end, opens, is_text
    cdef bint is_new = True, in_head = False  # nothing stands before; only what shows nothing may
    cdef bint spaced = True  # no more white space is needed before the next text
    cdef bint in_line = False, in_box = False  # text goes on; and in a part, it may be
    cdef bint in_doubt = False  # nor the one that was kept, if what comes next opens a part
    cdef bint is_formula = False  # what is drawn next is one, and may hold its source
    cdef Name name
    cdef list scripts = []
    cdef Kept kept = Kept(data)
    memset(alike, 0, sizeof(alike))
    while True:
        tag = <Byte*> memchr(at, 60, end - at)  # <
        if tag is NULL or end - tag < 4:
            break
        at = tag + 1
        is_end = at[0] == 47
        at += is_end
        if not 97 <= at[0] | 32 <= 122:
            if tag[1] == 33 and tag[2] == 45 and tag[3] == 45:
                at = after_comment(tag + 2, end)
            elif is_end or tag[1] == 33 or tag[1] == 63:  # what HTML calls a bogus comment
                at = after_bogus_comment(at, end)
            else:  # no tag
                continue
            kind = HEADED | DRAWN | FIRST
            is_end = True
        else:
            name.length = 1
            while at + name.length < end and not ends_name(at[name.length]):
                name.length += 1
            name = named(at, name.length)
            kind = place(name).kind
            at = after_tag(at + name.length, end)
        if at is NULL:
            return None
        opens = kind & PART and not is_end
        is_text = tag > text and not is_break(text, tag)
        in_line = in_line or is_text
        if opens:
            in_box = in_line and says(INLINE, 6, tag, at)  # it may be shown in the line
            opens = not in_box
        if tag > text:
            if is_text:
                spaced = is_new = in_head = in_doubt = False
            elif drawing is NULL and not pres and (spaced or opens or in_head):
                kept.leave_out(text, tag)
            elif drawing is NULL and not pres:
                kept.doubt(text, tag)
                spaced = in_doubt = True
        text = at
        if in_doubt and (opens or not kind & (PART | HEADED)):
            in_doubt = False
            if opens:
                kept.forget()
        spaced = opens or (spaced and kind & (PART | HEADED | FIRST) > 0)
        in_line = in_line and (in_box or not kind & PART)
        in_head = (is_new and kind & HEAD and not is_end) or (in_head and kind & HEADED > 0)
        is_new = is_new and kind & FIRST > 0 and not (is_end and kind & HEAD)
        if drawing is NULL and tag > start and is_plain_comment(tag, at):
            kept.leave_out(tag, at)
        if not kind:
            drawing = NULL
            if name.letters == FORMULA:
                is_formula = not is_end
            continue
        if pres and kind & PART and not kind & PRE:
            inside = max(0, inside + (-1 if is_end else 1))
        if is_end:
            if kind & PRE and alike[name.length] and not inside:  # else libxml2 may not heed it
                alike[name.length] -= 1
                pres -= 1
            if kind & DRAWING and drawing is not NULL:
                drawings -= 1
                if not drawings:
                    if tag - drawing > WORTH:
                        kept.leave_out(drawing, tag)
                    drawing = NULL
            elif not kind & DRAWN:
                drawing = NULL
            if kind & HTML and html_end < 0:
                in_doubt = False
                html_end = tag - start - kept.cut
            continue
        if kind & TEMPLATE and says(SHADOW, 8, tag, at):
            return None
        if (at - 2)[0] == 47:
            if kind & HTML:  # after which libxml2 reads scripts otherwise
                return None
            continue
        if kind & PRE:
            inside *= pres > 0
            alike[name.length] += 1
            pres += 1
        if kind & DRAWING and is_formula:
            drawing = NULL
        elif kind & DRAWING:
            if drawing is NULL:
                drawing = at
                drawings = 0
            drawings += 1
        elif not kind & DRAWN:
            drawing = NULL
        if kind & RAW:
            if kind & ENDLESS:
                return None
            at = raw_end(text, end, name)
            if at is NULL:
                return None
            if (
                kind & UNSEEN
                and drawing is NULL
                and at - text > WORTH
                and not (kind & SCRIPT and says(MATH, 4, tag, text))
            ):
                kept.leave_out(text, at)
                if kind & SCRIPT:
                    kept.put(b"cut:%d" % len(scripts))
                    scripts.append(data[text - start : at - start])
            text = at
    return kept.all(end), tuple(scripts), html_end
