# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of `cleaner.export.flat.flat_in_python`."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free

from cleaner.export import flat as twin

cdef frozenset READ = twin.READ, ADDRESSES = twin.ADDRESSES
cdef enum:
    UNKNOWN, NO, YES


cdef class _Page:
    """What is known of the nodes of a page, each one further on: as boxes, and inside a block."""

    cdef list tags, attributes, parents
    cdef dict read, told
    cdef frozenset telling
    cdef char* around
    cdef char* inside

    def __cinit__(self, layout):
        self.tags, self.attributes, self.parents = layout.tags, layout.attributes, layout.parents
        self.read, self.told = {}, {}
        self.telling = twin.QUOTED if "blockquote" in self.tags else twin.TELLING
        self.around = <char*> PyMem_Calloc(len(self.tags) + 1, 1)
        self.inside = <char*> PyMem_Calloc(len(self.tags) + 1, 1)
        if self.around is NULL or self.inside is NULL:
            raise MemoryError
        self.around[0] = YES

    def __dealloc__(self):
        PyMem_Free(self.around)
        PyMem_Free(self.inside)

    cdef bint is_calm(self, Py_ssize_t node) except -1:
        cdef list path
        cdef dict attributes
        cdef bint calm
        if self.around[node + 1]:
            return self.around[node + 1] == YES
        path = []
        while not self.around[node + 1]:
            path.append(node)
            node = self.parents[node]
        calm = self.around[node + 1] == YES
        while path:
            node = path.pop()
            if calm:
                attributes = self.attributes[node]
                calm = self.tags[node] not in READ and not (
                    attributes and holds(self.read, attributes.get("class"), twin.are_read)
                )
            self.around[node + 1] = YES if calm else NO
        return calm

    cdef bint says_nothing(self, Py_ssize_t node) except -1:
        cdef str tag
        cdef dict attributes
        if not self.inside[node + 1]:
            tag, attributes = self.tags[node], self.attributes[node]
            self.inside[node + 1] = NO
            if tag in self.telling:
                return False
            if attributes:
                for name in attributes:
                    if name in ADDRESSES:
                        return False
                if tag == "a" and ("id" in attributes or "#" in <str> attributes.get("href", "")):
                    return False
                if holds(self.told, attributes.get("class"), twin.are_told):
                    return False
                if "font-" in <str> attributes.get("style", ""):
                    return False
            self.inside[node + 1] = YES
        return self.inside[node + 1] == YES


cdef bint holds(dict known, classes, tell) except -1:
    """Return what `tell` says of a class attribute, as remembered."""
    if not classes:
        return False
    found = known.get(classes)
    if found is None:
        found = known[classes] = tell(classes)
    return found


def flat(layout not None, kept not None) -> bytearray:
    """Return for each piece whether its text may stand in its block without what is around it."""
    cdef list pieces = layout.pieces, piece_nodes = layout.piece_nodes, parents = layout.parents
    cdef list starts = layout.starts, ends = layout.ends, block_nodes = layout.block_nodes
    cdef bytearray flat = bytearray(len(pieces))
    cdef _Page page = _Page(layout)
    cdef Py_ssize_t block = -1, piece, end, own, node
    cdef str text
    for keep in kept:
        block += 1
        if not keep:
            continue
        own = block_nodes[block]
        if not page.is_calm(own):
            continue
        end = ends[block]
        for piece in range(starts[block], end):
            text, node = pieces[piece], piece_nodes[piece]
            if not text or "$" in text or "\\" in text or (node != own and text.isspace()):
                continue
            while node != own and page.says_nothing(node):
                node = parents[node]
            flat[piece] = 1 if node == own else 0
    return flat
