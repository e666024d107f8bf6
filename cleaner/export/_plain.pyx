# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of `cleaner.export.plain.parts_in_python`."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc

from cleaner.export import needs, plain as twin
from cleaner.export.read.email import PATH
from cleaner.export.read.numbering import FEWEST as _fewest, FIRST as _first, SIGNS as _signs, STARTS as _starts
from cleaner.export.read.places import LONGEST_TITLE as _longest_title, is_title

cdef enum:
    SPECIAL = 1
    ITEMS = 2
    ITEM = 4
    HEADING = 8
    FIGURE = 16
    CAPTION = 32
    CODE = 64
    BREAK = 128
    LINK = 256
    BUTTON = 512
    SUP = 1024
    QUOTE = 2048
    CITE = 4096
    PAGE = 8192
    LAYING = 16384
    PARTS = 32768
    LABEL = 65536
    PRE = 131072

cdef enum:  # as in the twin
    NOTHING, PART, ALL

cdef dict FLAGS = {}
for _tags, _flag in (
    (twin.SPECIAL - twin.LAYING, SPECIAL), (twin.LAYING, LAYING), (twin.PARTS, PARTS), (("label",), LABEL), (twin.LISTS, ITEMS), (("li",), ITEM),
    (twin.HEADINGS, HEADING), (("figure",), FIGURE), (("figcaption",), CAPTION),
    (twin.CODE, CODE), (("br",), BREAK), (twin.LINKS, LINK), (("button",), BUTTON), (("sup",), SUP),
    (("blockquote",), QUOTE), (("cite",), CITE), (twin.PAGES, PAGE), (("pre",), PRE),
):
    for _tag in _tags:
        FLAGS[_tag] = FLAGS.get(_tag, 0) | _flag

cdef object TELLING = needs.TELLING
cdef frozenset LISTS = twin.LISTS
cdef dict CHECKS = needs.CHECKS
cdef str HIDING = PATH, FIRST = _first, SIGNS = _signs, STARTS = _starts
cdef int DEEPEST = twin.DEEPEST, REACH = twin.REACH, FEWEST = _fewest, LONGEST_TITLE = _longest_title


cdef struct Place:
    bint known
    bint in_caption
    bint in_button
    bint in_quote
    bint in_code
    bint in_pre
    int flags
    int depth
    Py_ssize_t top
    Py_ssize_t outer
    Py_ssize_t item
    Py_ssize_t around


cdef class _Page:
    """A page under way: the places of its nodes, each one further on; the parts that must be read."""

    cdef object layout
    cdef list tags, attributes, parents, texts, block_nodes, pieces, piece_nodes, starts, ends, links
    cdef dict captions, quiet, named
    cdef set begun, parts, alone
    cdef Py_ssize_t last
    cdef Place* places
    cdef Py_ssize_t* path
    cdef bint has_sup, has_label
    cdef int items

    def __cinit__(self, layout):
        self.layout = layout
        self.tags, self.attributes, self.parents = layout.tags, layout.attributes, layout.parents
        self.texts, self.block_nodes, self.links = layout.texts, layout.block_nodes, layout.links
        self.pieces, self.piece_nodes = layout.pieces, layout.piece_nodes
        self.starts, self.ends = layout.starts, layout.ends
        self.captions, self.quiet, self.named = {}, {}, {}
        self.begun, self.parts, self.alone = set(), set(), set()
        self.last = -1
        self.places = <Place*> PyMem_Calloc(len(self.tags) + 1, sizeof(Place))
        self.path = <Py_ssize_t*> PyMem_Malloc((DEEPEST + 2) * sizeof(Py_ssize_t))
        if self.places is NULL or self.path is NULL:
            raise MemoryError
        self.places[0] = Place(True, False, False, False, False, False, 0, 0, -1, -1, -1, -1)

    def __dealloc__(self):
        PyMem_Free(self.places)
        PyMem_Free(self.path)

    cdef list parts_of(self, kept):
        cdef Py_ssize_t block = 0, top
        cdef bint has_number = False, has_title = False
        cdef str text
        for keep in kept:
            if keep:
                if not self.takes(block):
                    return None
                text = self.texts[block]
                if len(text) < LONGEST_TITLE and not has_title:
                    has_title = is_title(text)
                # [ (
                if text and not has_number and (text[0] == 91 or text[0] == 40 or text[0].isdecimal()):
                    has_number = twin.begins_with_number(self.layout, block)
            block += 1
        if self.has_sup and (has_title or twin.may_have_notes(self.layout, has_number=has_number)):
            return None
        if has_title and twin.has_written_marks(self.layout, kept):
            return None
        if not self.parts and not self.alone:
            return []
        if self.alone and not twin.are_alone(self.layout, kept, self.alone):
            return None
        tops = [(node if node in self.alone else self.places[1 + <Py_ssize_t> node].top) if keep else -1
                for node, keep in zip(self.block_nodes, kept)]
        return [top if top in self.parts or top in self.alone else -1 for top in tops]

    cdef bint may_be(self, int needed, Py_ssize_t top, Py_ssize_t own) except -1:
        if needed == NOTHING or needed == ALL or (top < 0 and own < 0):
            return needed == NOTHING
        if top >= 0:
            self.parts.add(top)
        else:
            self.alone.add(own)
        return True

    cdef bint takes(self, Py_ssize_t block) except -1:
        cdef Py_ssize_t own = self.block_nodes[block], piece, node
        cdef Py_ssize_t start = self.starts[block], end = self.ends[block]
        cdef str text = self.texts[block]
        cdef bint has_code, many, in_turn, is_item, has_lines = "\n" in text
        cdef Place* place
        if not self.visit(own, own):
            return False
        has_code = has_lines and self.places[own + 1].flags & CODE
        for piece in range(start, end):
            node = self.piece_nodes[piece]
            if not self.visit(node, own):
                return False
            has_code = has_code or (has_lines and self.places[node + 1].flags & CODE)
        place = &self.places[own + 1]
        if not place.in_pre:
            if has_code and not self.may_be(PART, place.top, own):
                return False
            if ("$" in text or "\\" in text) and twin.has_formula(self.pieces[start:end]):
                return False
        if (
            (self.links[block] or self.has_label)
            and self.leads_within(start, end)
            and not self.may_be(twin.mark_in(self.layout, block, self.named), place.top, own)
        ):
            return False
        if not text or place.in_pre:
            return True
        is_item = place.outer < 0 and (text[0] in STARTS or has_lines) and twin.has_items(text)
        if is_item:
            many = has_lines or (place.item >= 0 and text[0] in SIGNS)
            self.items += FEWEST if many else place.item < 0
        if self.items >= FEWEST or (place.in_button and twin.is_tool(text)):
            return False
        if self.parts and place.top in self.parts:
            return True
        in_turn = not place.flags & ITEMS and self.is_in_turn(place, block, text)
        if in_turn and not is_item and self.items and own not in self.alone:
            self.items = 0
        return in_turn or self.may_be(PART, place.top, -1)

    cdef bint is_in_turn(self, Place* place, Py_ssize_t block, str text) except -1:
        cdef Py_ssize_t outer = place.outer, last = self.last
        self.last = outer
        if place.in_quote and text.startswith("[!"):
            return False
        if place.item >= 0:
            if text[0] in FIRST and place.item not in self.begun and twin.counts(self.layout, block):
                return False
            self.begun.add(place.item)
            if place.around >= 0 and place.around not in self.begun:
                return False
        if outer < 0:
            return True
        if self.places[outer + 1].flags & FIGURE:
            return self.captions.setdefault(outer, place.in_caption) == place.in_caption
        return outer != last

    cdef bint leads_within(self, Py_ssize_t start, Py_ssize_t end) except -1:
        """Tell whether a link may lead to a place on a page: most do not."""
        cdef Py_ssize_t piece, node, step
        cdef dict attributes
        for piece in range(start, end):
            node = self.piece_nodes[piece]
            for step in range(REACH):
                if node < 0:
                    break
                if self.places[node + 1].flags & LINK:
                    attributes = self.attributes[node]
                    if "id" in attributes or "for" in attributes or "#" in <str> attributes.get("href", ""):
                        return True
                    break
                node = self.parents[node]
        return False

    cdef bint visit(self, Py_ssize_t node, Py_ssize_t own) except -1:
        cdef Py_ssize_t length = 0, parent
        cdef Place place
        cdef int flags, needed
        cdef bint is_odd
        cdef str tag
        while not self.places[node + 1].known:
            if length > DEEPEST + 1:
                return False
            self.path[length] = node
            length += 1
            node = self.parents[node]
        while length:
            length -= 1
            parent = node
            node = self.path[length]
            place = self.places[parent + 1]
            tag = self.tags[node]
            flags = FLAGS.get(tag, 0)
            if flags & SPECIAL or place.depth > DEEPEST:
                return False
            needed = NOTHING if flags & PAGE else self.needed_for(tag, self.attributes[node])
            if bool(flags & ITEM) != bool(place.flags & ITEMS):
                needed = max(needed, PART if place.top >= 0 else ALL)
            if place.top < 0 and (flags & PARTS or (needed == PART and node <= own)):
                place.top = node
            is_odd = flags & LAYING or (flags & CITE and place.in_quote) or (flags & BREAK and place.in_code)
            if flags & ITEM:
                is_odd = is_odd or (place.outer >= 0 and self.places[place.outer + 1].flags & HEADING)
                place.around = place.item
                place.item = node
            if flags & (HEADING | FIGURE):
                is_odd = is_odd or place.outer >= 0
                place.outer = node
            if is_odd and needed < PART:
                needed = PART
            if not self.may_be(needed, place.top, -1 if node <= own else own):
                return False
            place.in_caption = flags & CAPTION or (place.in_caption and not flags & FIGURE)
            place.in_button = place.in_button or flags & BUTTON
            place.in_quote = place.in_quote or flags & QUOTE
            place.in_code = place.in_code or flags & CODE
            place.in_pre = place.in_pre or flags & PRE
            self.has_sup = self.has_sup or flags & SUP
            self.has_label = self.has_label or flags & LABEL
            place.depth += 1
            place.flags = flags
            self.places[node + 1] = place
        return True

    cdef int needed_for(self, str tag, dict attributes) except -1:
        """Return what must be read for the meaning that its attributes give an element."""
        cdef int needed = NOTHING
        cdef object classes, found
        if not attributes:
            return NOTHING
        for name in attributes:
            if name in TELLING:
                return needs.needed_for(tag, attributes)
        classes = attributes.get("class")
        if classes:
            found = self.quiet.get(classes)
            if found is None:
                found = self.quiet[classes] = needs.needed_for_names(classes)
            needed = found
        if tag == "a" and HIDING not in <str> attributes.get("href", ""):
            return needed
        check = CHECKS.get(tag)
        if check is None or check(attributes):
            return needed
        return ALL if tag in LISTS else max(needed, PART)


def parts(layout not None, kept not None):
    """Return for each block the outermost node with which it must be read; see the twin."""
    return None if layout.turned else (<_Page> _Page(layout)).parts_of(kept)
