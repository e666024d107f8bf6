# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twins of what is in `cleaner.export.boxes`, and of how a tree grows."""

cimport cython

from cleaner._strings cimport folded as folded_and_counted

from cleaner.export import boxes as twin

cdef Py_ssize_t DEPTH = twin.DEPTH, INLINE_DEPTH = twin.INLINE_DEPTH
cdef frozenset BARE = twin.BARE


def folded(str text not None) -> str:
    """Return a text with its white space folded, without any at its ends; most have none there."""
    cdef Py_ssize_t words
    return folded_and_counted(text, &words)


@cython.no_gc  # none holds one that holds it
cdef class _Holder:
    """What both have: the node, how deep it lies, and what is inside."""

    cdef readonly Py_ssize_t node, depth
    cdef public list children

    def text(self):
        """Return the text inside, to the letter."""
        cdef list parts = [], stack = [self]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                parts.append(item)
            else:
                stack.extend((<_Holder> item).children[::-1])
        return "".join(parts)


@cython.no_gc  # none holds one that holds it
cdef class Element(_Holder):
    """An element of the page: a box around blocks, or inline markup inside a block."""

    cdef readonly object tag, attributes

    def __init__(self, tag, attributes, Py_ssize_t node, Py_ssize_t depth):
        self.tag, self.attributes, self.node, self.depth = tag, attributes, node, depth
        self.children = []


@cython.no_gc  # none holds one that holds it
cdef class Run(_Holder):
    """The content of one block: text and inline elements. `node` is its block-level node."""

    cdef readonly Py_ssize_t block

    def __init__(self, Py_ssize_t block, Py_ssize_t node, Py_ssize_t depth):
        self.block, self.node, self.depth = block, node, depth
        self.children = []

    def part(self, list children not None):
        """Return a run of the same block that holds some of what stands in it."""
        part = Run(self.block, self.node, self.depth)
        part.children = children
        return part


cdef _Holder lay(
    dict known, Py_ssize_t node, Py_ssize_t deepest, layout, list elements, dict boxes
):
    """Return the element of a node, made with those around it."""
    cdef list parents = layout.parents, tags = layout.tags, all_attributes = layout.attributes
    cdef list path = []
    cdef _Holder place
    cdef Element inner
    cdef dict attributes
    cdef str tag
    while True:
        found = known.get(node)
        if found is not None:
            break
        path.append(node)
        node = parents[node]
    place = found
    while path:
        step = path.pop()
        tag, attributes = tags[<Py_ssize_t> step], all_attributes[<Py_ssize_t> step]
        if (attributes or tag not in BARE) and place.depth < deepest:
            inner = Element.__new__(Element)
            inner.tag, inner.attributes, inner.children = tag, attributes, []
            inner.node, inner.depth = step, place.depth + 1
            place.children.append(inner)
            elements.append(inner)
            place = inner
        known[step] = place
        if boxes is not None:
            boxes[step] = place
    return place


def grow(tree, kept) -> None:
    """Add the kept blocks to an empty tree."""
    layout = tree.layout
    cdef list pieces = layout.pieces, piece_nodes = layout.piece_nodes
    cdef list starts = layout.starts, ends = layout.ends, elements = tree.elements, parts
    cdef dict opened = tree.opened, boxes = tree.boxes, inner
    cdef Py_ssize_t covered = 0, block, start, end, piece
    cdef _Holder box, place
    cdef Run run
    cdef const unsigned char[:] flat = tree.flat
    for block, node in enumerate(layout.block_nodes):
        start, end = starts[block], ends[block]
        if start > covered:
            tree.add_hidden_images(covered, block, kept)
        covered = end
        if not kept[block]:
            continue
        box = lay(opened, node, DEPTH, layout, elements, boxes)
        run = Run(block, node, box.depth)
        if box.children and isinstance(last := box.children[len(box.children) - 1], Element):
            tree.close(last)
        box.children.append(run)
        if end - start == 1 and piece_nodes[start] == node:
            run.children.append(pieces[start])
            continue
        inner, parts = {node: run}, []
        for piece in range(start, end):
            if flat[piece]:
                parts.append(pieces[piece])
                continue
            if parts:
                run.children.append("".join(parts))
                inner, parts = {node: run}, []
            place = lay(inner, piece_nodes[piece], INLINE_DEPTH, layout, elements, None)
            if pieces[piece]:
                place.children.append(pieces[piece])
        if parts:
            run.children.append("".join(parts))
