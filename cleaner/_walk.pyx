# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of `cleaner.walk.walk`: the same layout, out of libxml2's own nodes."""

from libc.stdlib cimport free, realloc
from libc.string cimport strcmp

from lxml.includes cimport etreepublic
from lxml.includes.tree cimport XML_ELEMENT_NODE, XML_TEXT_NODE, xmlNode

from cleaner._attributes cimport HIDES, PLAYS, TURNS, Attributes, Name
from cleaner._nodes cimport (
    attribute_of, element_from, is_between, may_hold_formula, text_node, text_of,
)
from cleaner._strings cimport (
    PyUnicode_IS_ASCII, PyUnicode_MAX_CHAR_VALUE, folded as folded_and_counted, passes, shows,
)

from cleaner import document, in_line, joints, payloads, walk as twin

etreepublic.import_lxml__etree()

cdef dict NO_ATTRIBUTES = twin.NO_ATTRIBUTES
cdef dict TAGS_BY_ROLE = twin.TAGS_BY_ROLE
cdef frozenset TURNED = twin.TURNED
cdef frozenset CELLS = document.CELLS
cdef tuple CLUES = in_line.CLUES
cdef object PLAYED = twin.PLAYED
cdef Py_UCS4 FIRST_WIDE = joints.FIRST_WIDE
cdef str BEGINS = joints.BEGINS, ENDS = joints.ENDS
cdef frozenset IMAGES = joints.IMAGES
cdef Py_ssize_t LEAST_RULE = twin.LEAST_RULE
cdef int LINK = document.LINK, NOSCRIPT = document.NOSCRIPT, PRE = document.PRE, HIDDEN = document.HIDDEN
cdef int MUTE = twin.MUTE
cdef int BLOCK = twin.BLOCK, SKIP = twin.SKIP, PAYLOAD = twin.PAYLOAD, OBJECT = twin.OBJECT
cdef int BREAK = twin.BREAK, OPTION = twin.OPTION, INHERITED = twin.INHERITED
cdef int RUNNING = twin.RUNNING


cdef struct Level:
    xmlNode* element
    Py_ssize_t node
    Py_ssize_t block
    int inherited


cdef bint _is_hidden(dict attributes) except -1:
    """Return whether its own attributes hide an element; the twin of `cleaner.walk.is_hidden`."""
    cdef str style = attributes.get("style")
    if <str> attributes.get("hidden", "until-found") != "until-found":
        return True
    if attributes.get("aria-hidden") == "true" or "popover" in attributes:
        return True
    return style is not None and "none" in style and "display:none" in style.replace(" ", "")


cdef bint may_be_in_line(dict attributes) except -1:
    """Return whether a style or class may show an element in the line: few have one of these."""
    cdef str names = attributes.get("class"), style = attributes.get("style"), clue
    if names is not None:
        for clue in CLUES:
            if clue in names:
                return True
    return style is not None and "inline" in style


cdef class _Walk(Attributes):
    """A walk under way: the layout's lists, the running block, the names met so far."""

    cdef object layout
    cdef list tags, parents, flags, attributes, pieces, piece_nodes
    cdef list block_nodes, starts, ends, texts, words, links
    cdef list breaks
    cdef Py_ssize_t start
    cdef bint has_link, has_object
    cdef list in_noscript
    cdef Level* levels
    cdef Py_ssize_t room

    def __cinit__(self, etreepublic._Document document, layout):
        self.layout = layout
        self.tags, self.parents, self.flags = layout.tags, layout.parents, layout.flags
        self.attributes, self.pieces = layout.attributes, layout.pieces
        self.piece_nodes, self.block_nodes = layout.piece_nodes, layout.block_nodes
        self.starts, self.ends, self.texts = layout.starts, layout.ends, layout.texts
        self.words, self.links = layout.words, layout.links
        self.breaks, self.in_noscript = [], []
        self.levels = NULL

    def __dealloc__(self):
        free(self.levels)

    cdef int close(self, Py_ssize_t node) except -1:
        cdef Py_ssize_t end = len(self.pieces), words = 0, start = self.start
        cdef str raw, text
        if start == end:
            return 0
        if end - start > 1 and not <int> self.flags[node] & PRE:
            self.part(start, end)
        raw = self.pieces[start] if end - start == 1 else "".join(self.pieces[start:])
        if not PyUnicode_IS_ASCII(raw) and not <int> self.flags[node] & PRE:
            if not shows(raw):
                raw = joints.without(joints.UNSEEN, self.pieces, start)
            elif PyUnicode_MAX_CHAR_VALUE(raw) > 255 and "\n" in raw and passes(raw, FIRST_WIDE):
                raw = joints.without(joints.LINE_END, self.pieces, start)
        text = folded_and_counted(raw, &words)
        if words or self.has_object:
            if words:
                if <int> self.flags[node] & PRE:
                    text = raw.strip("\n")
                elif self.breaks:
                    text = twin.join_lines(self.pieces, [start, *self.breaks, end])
            if <int> self.flags[node] & NOSCRIPT:
                self.in_noscript.append(len(self.block_nodes))
            self.block_nodes.append(node)
            self.starts.append(start)
            self.ends.append(end)
            self.texts.append(text)
            self.words.append(words)
            self.links.append(self.link_characters(start, end))
            self.start = end
        else:
            del self.pieces[start:], self.piece_nodes[start:]
        if self.breaks:
            self.breaks = []
        self.has_link = self.has_object = False
        return 0

    cdef bint may_stand_for_text(self, Py_ssize_t node, str tag, dict attrs, int hidden) except -1:
        """Return whether `add_source` is to look at it: a formula's drawing, an icon in a cell."""
        cdef str around = self.tags[node]
        if hidden and "class" in attrs or around == "mjx-container":
            return True
        if not attrs or tag != "svg" and not (hidden and tag == "i"):
            return False
        if around in CELLS:
            return True
        node = self.parents[node]
        return node >= 0 and self.tags[node] in CELLS

    cdef int part(self, Py_ssize_t start, Py_ssize_t end) except -1:
        cdef Py_ssize_t at, before = start
        cdef str left = self.pieces[start], right
        cdef Py_UCS4 last
        cdef bint pictured = False
        for at in range(start + 1, end):
            right = self.pieces[at]
            if not right:
                pictured = pictured or self.tags[<Py_ssize_t> self.piece_nodes[at]] in IMAGES
                continue
            if left and (pictured or before + 1 == at) and (right[0].isalnum() or (right[0] in BEGINS and len(right) > 1 and right[1].isalnum())):
                last = left[len(left) - 1]
                if last != 32 and (last.isalnum() or last in ENDS):
                    joints.part(self.layout, before, at, pictured=pictured)
            left, before, pictured = right, at, False
        return 0

    cdef Py_ssize_t link_characters(self, Py_ssize_t start, Py_ssize_t end) except -1:
        cdef Py_ssize_t piece, count = 0
        if not (self.has_link or <int> self.flags[<Py_ssize_t> self.piece_nodes[start]] & LINK):
            return 0
        for piece in range(start, end):
            if <int> self.flags[<Py_ssize_t> self.piece_nodes[piece]] & LINK:
                count += len((<str> self.pieces[piece]).strip())
        return count

    cdef int line_break(self, Py_ssize_t node, Py_ssize_t block) except -1:
        cdef str line
        cdef Py_ssize_t at
        if self.breaks and not <int> self.flags[node] & PRE:
            at = self.breaks[len(self.breaks) - 1]
            line = "".join(self.pieces[at:]).strip()
            if not line:
                self.close(block)
            elif line[0] == "_" and len(line) >= LEAST_RULE and not line.strip("_"):
                self.close_before(at, block)
        self.breaks.append(len(self.pieces))
        return self.add_piece("\n", node)

    cdef int close_before(self, Py_ssize_t at, Py_ssize_t block) except -1:
        cdef list pieces = self.pieces[at:], nodes = self.piece_nodes[at:]
        del self.pieces[at:], self.piece_nodes[at:], self.breaks[len(self.breaks) - 1]
        self.close(block)
        self.pieces += pieces
        self.piece_nodes += nodes
        return 0

    cdef int add_piece(self, str piece, Py_ssize_t node) except -1:
        self.pieces.append(piece)
        self.piece_nodes.append(node)
        return 0

    cdef int add_text(self, xmlNode* first, Py_ssize_t node, bint whole) except -1:
        """Add the text that begins with a node, if it is more than space before a block."""
        cdef str text
        first = text_node(first)
        if first is NULL:
            return 0
        whole = whole or len(self.pieces) > self.start
        if not whole and is_between(first.content) and text_node(first.next) is NULL:
            return 0
        text = text_of(first)
        if text and (whole or not text.isspace() or (len(text) > 1 and "\n" not in text)):
            self.add_piece(text, node)
        return 0

    cdef str text_after(self, xmlNode* element):
        """The twin of `cleaner.in_line.text_after`."""
        cdef xmlNode* next = element.next
        cdef str text
        if next is NULL:
            return None
        if next.type == XML_ELEMENT_NODE:
            return text_of(next.children) if self.name(next.name).goes_on else None
        if next.type == XML_TEXT_NODE and is_between(next.content) and text_node(next.next) is NULL:
            return None
        text = text_of(text_node(next))
        if text:
            return None if text.isspace() else text
        next = element_from(next)
        if next is NULL or next.type != XML_ELEMENT_NODE or not self.name(next.name).goes_on:
            return None
        return text_of(next.children)

    cdef int push(self, Py_ssize_t depth) except -1:
        cdef Level* grown
        if depth >= self.room:
            self.room = 2 * self.room + 64
            grown = <Level*> realloc(self.levels, self.room * sizeof(Level))
            if grown is NULL:
                raise MemoryError
            self.levels = grown
        return 0

    cdef int run(self, xmlNode* root) except -1:
        cdef xmlNode* current = root
        cdef xmlNode* next
        cdef Py_ssize_t node = -1, block = 0, depth = 0, inner, inner_block
        cdef int kind, own, hidden, may, inherited = 0
        cdef bint is_code, is_box, is_text
        cdef Name* name
        cdef Level* level
        cdef str tag, beside
        cdef dict attrs
        while True:
            attrs, hidden = NO_ATTRIBUTES, 0
            if current.type == XML_ELEMENT_NODE:
                name = self.name(current.name)
                tag, kind = <str> name.text, name.kind
                is_code, is_box = name.is_code, name.is_box
                if kind & PAYLOAD and strcmp(<const char*> current.name, b"script") == 0:
                    if not may_hold_formula(current.properties) or not payloads.holds_formula(
                        etreepublic.elementFactory(self.document, current)
                    ):
                        kind = SKIP | MUTE
                if current.properties is not NULL and not kind & MUTE:
                    may = 0
                    attrs = self.read_attributes(current, &may)
                    if may & HIDES and _is_hidden(attrs):
                        hidden = HIDDEN
                    turned = TAGS_BY_ROLE.get(attrs.get("role")) if may & TURNS else None
                    if turned is not None and tag in TURNED:
                        self.layout.turned[len(self.tags)] = turned
                        kind = BLOCK
                    elif may & PLAYS:
                        frame = twin.player(
                            tag, attrs, etreepublic.elementFactory(self.document, current)
                        )
                        if frame is not None:
                            tag, attrs, kind = "iframe", frame, OBJECT
            else:
                tag, kind, is_code, is_box = "script", SKIP, False, False
            if kind & RUNNING and (len(self.pieces) > self.start or tag != "button"):
                if in_line.runs_on(attrs, text_of(text_node(current.next))):
                    kind = 0
            elif kind == BLOCK and attrs and is_box:
                if hidden and "aria-hidden" not in attrs:
                    next = element_from(current.children)
                    is_text = next is NULL or next.type != XML_ELEMENT_NODE
                    is_text = is_text or not self.name(next.name).kind & BLOCK
                    if len(self.pieces) > self.start and is_text and self.pieces[len(self.pieces) - 1] != "\n":
                        next = current if node == block else current.parent
                        if in_line.runs_on(attrs, text_of(text_node(next.next))):
                            kind = 0
                elif len(self.pieces) > self.start:
                    beside = (<str> self.pieces[len(self.pieces) - 1])[-1:]
                    if may_be_in_line(attrs) and in_line.is_in_line(attrs, beside):
                        tag, kind = "span", 0
                else:
                    beside = self.text_after(current)
                    if beside and may_be_in_line(attrs) and in_line.is_in_line(attrs, beside[:1]):
                        tag, kind = "span", 0
            elif kind == LINK and "href" not in attrs and twin.is_target(attrs):
                kind = 0
            if kind & SKIP or (hidden and not kind & BLOCK):
                if node >= 0 and self.may_stand_for_text(node, tag, attrs, hidden):
                    drawing = None
                    if self.tags[node] == "mjx-container":
                        drawing = etreepublic.elementFactory(self.document, current)
                    self.has_object |= payloads.add_source(self.layout, node, tag, attrs, drawing)
                if hidden and "aria-hidden" in attrs and not (kind & SKIP or inherited & PRE):
                    if len(self.pieces) > self.start:
                        self.add_piece(" ", node)
                if kind & PAYLOAD and node >= 0:
                    about = {**attrs, "#text": text_of(current.children)}
                    payloads.add_payload(self.layout, node, tag, about, inherited)
                    self.has_object = True
            else:
                inner, inner_block = len(self.tags), block
                own = inherited | kind & INHERITED | hidden
                if kind == OBJECT and tag in PLAYED:
                    attrs = twin.with_source(
                        attrs, etreepublic.elementFactory(self.document, current)
                    )
                self.tags.append(tag)
                self.parents.append(node)
                self.flags.append(own)
                self.attributes.append(attrs)
                if kind:
                    if kind & BLOCK:
                        self.close(block)
                        inner_block = inner
                    elif kind == LINK:
                        self.has_link = True
                    elif kind == BREAK:
                        self.line_break(inner, block)
                    elif kind == OPTION:
                        self.add_piece(" ", inner)
                    elif kind == OBJECT and (tag != "input" or attrs.get("type") == "checkbox"):
                        self.add_piece("", inner)
                        self.has_object = True
                if kind != OBJECT:
                    self.add_text(current.children, inner, own & PRE or is_code)
                    next = element_from(current.children)
                    if next is not NULL:
                        self.push(depth)
                        level = &self.levels[depth]
                        level.element, level.node = current, node
                        level.block, level.inherited = block, inherited
                        depth += 1
                        current, node, block, inherited = next, inner, inner_block, own
                        continue
                    if inner_block != block:
                        self.close(inner_block)
            while True:
                if depth == 0:
                    self.close(0)  # text of an inline root, such as an element of a user's own
                    return 0
                self.add_text(current.next, node, inherited & PRE)
                next = element_from(current.next)
                if next is not NULL:
                    current = next
                    break
                depth -= 1
                level = &self.levels[depth]
                if level.block != block:
                    self.close(block)
                current, node = level.element, level.node
                block, inherited = level.block, level.inherited


def told_in_head(etreepublic._Element head not None) -> list:
    """Return by what a page names its title, base, address and image: name and value of each."""
    cdef etreepublic._Document document = head._doc
    cdef xmlNode* node = head._c_node.children
    cdef const char* tag
    cdef str name
    cdef list found = []
    while node is not NULL:
        if node.type == XML_ELEMENT_NODE and node.ns is NULL:
            tag = <const char*> node.name
            if strcmp(tag, b"meta") == 0:
                name = attribute_of(document, node, b"property")
                if name == "og:image" or name == "og:url":
                    found.append((name, attribute_of(document, node, b"content")))
            elif strcmp(tag, b"link") == 0:
                if attribute_of(document, node, b"rel") == "canonical":
                    found.append(("canonical", attribute_of(document, node, b"href")))
            elif strcmp(tag, b"title") == 0:
                found.append(("title", text_of(node.children)))
            elif strcmp(tag, b"base") == 0:
                found.append(("base", attribute_of(document, node, b"href")))
        node = node.next
    return found


def walk(etreepublic._Element root not None, layout not None) -> list:
    """Write the nodes, pieces and blocks of the tree under `root` into an empty layout."""
    cdef _Walk under_way = _Walk(root._doc, layout)
    under_way.run(root._c_node)
    return under_way.in_noscript


def folded(str text not None) -> str:
    """Return a text with its white space folded, without any at its ends; most have none there."""
    cdef Py_ssize_t words
    return folded_and_counted(text, &words)
