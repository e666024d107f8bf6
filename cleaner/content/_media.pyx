# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of `cleaner.content.media.keep_in_python`."""

from libc.stdint cimport uint8_t

import numpy as np

from cleaner.content import media as twin
from cleaner.document import KINDS

cdef Py_ssize_t FAR = twin.FAR, FIGURE = twin.FIGURE
cdef str CAPTION, LIGHTBOX
CAPTION, LIGHTBOX = twin.CAPTIONS
cdef dict KIND_OF = KINDS


cdef bint names_caption(str classes) except -1:
    return CAPTION in classes or LIGHTBOX in classes


cdef class _Page:
    """What is asked of a page: its tree, its blocks, and which of them were kept before."""

    cdef list tags, parents, attributes, texts, nodes
    cdef const uint8_t[::1] told

    def __init__(self, layout, told):
        self.tags, self.parents, self.attributes = layout.tags, layout.parents, layout.attributes
        self.texts, self.nodes, self.told = layout.texts, layout.block_nodes, told

    cdef bint tells(self, Py_ssize_t block) except -1:
        """Tell whether a text decides about the objects beside it."""
        cdef Py_ssize_t node = self.nodes[block]
        cdef dict attributes = self.attributes[node]
        if self.told[block]:
            return True
        if <str> self.tags[node] == "h1" or names_caption(attributes.get("class", "")):
            return False
        if self.parents[node] >= 0:
            attributes = self.attributes[self.parents[node]]
            if names_caption(attributes.get("class", "")):
                return False
        if <str> self.tags[self.figure(node)] == "figure":
            return False
        while node >= 0:
            kind = KIND_OF.get(self.tags[node])
            if kind is not None:
                return <str> kind != "caption"
            node = self.parents[node]
        return True

    cdef Py_ssize_t nearest(self, Py_ssize_t block, Py_ssize_t step, Py_ssize_t last) except -2:
        """Return the next text that tells, `last` if none does up to the next object, or -1."""
        block += step
        while 0 <= block < len(self.texts) and self.texts[block]:
            if self.tells(block):
                return block
            block += step
        return last

    cdef Py_ssize_t figure(self, Py_ssize_t node) except -2:
        """Return the `<figure>` at or above `node`, else `node`."""
        cdef Py_ssize_t outer = node, step
        for step in range(FIGURE):
            if outer < 0:
                break
            if <str> self.tags[outer] == "figure":
                return outer
            outer = self.parents[outer]
        return node

    cdef Py_ssize_t steps(self, Py_ssize_t node, Py_ssize_t other) except -1:
        """Return how many levels above `node` the first node stands that holds `other`, or `FAR`."""
        cdef Py_ssize_t steps
        for steps in range(FAR):
            if node < 0 or <str> self.tags[node] == "body":
                break
            while other > node:
                other = self.parents[other]
            if other == node:
                return steps
            node = self.parents[node]
        return FAR

    cdef bint is_nearer(self, Py_ssize_t block, Py_ssize_t wanted, Py_ssize_t other) except -1:
        """Tell whether a kept text stands in the container of an object, and no other nearer."""
        cdef Py_ssize_t own = self.figure(self.nodes[block])
        cdef Py_ssize_t steps = self.steps(own, self.nodes[wanted])
        return steps < FAR and (other < 0 or steps <= self.steps(own, self.nodes[other]))


def keep_beside(layout not None, kept not None, double[::1] scores) -> None:
    """Keep a block that holds objects only, such as an image, if the text around it is kept."""
    told = kept.copy().view(np.uint8)
    cdef _Page page = _Page(layout, told)
    cdef uint8_t[::1] written = kept.view(np.uint8)
    cdef Py_ssize_t block, last = -1, before, after, count = len(page.texts), at
    cdef list media = [block for block in range(count) if not page.texts[block]]
    cdef list following = [0] * len(media)
    cdef bint first, second
    for at in range(len(media) - 1, -1, -1):
        last = following[at] = page.nearest(media[at], 1, last)
    last = -1
    for at in range(len(media)):
        block, after = media[at], following[at]
        before = last = page.nearest(block, -1, last)
        first, second = before >= 0 and page.told[before], after >= 0 and page.told[after]
        if first and second:
            scores[block] = min(scores[before], scores[after])
        elif first and page.is_nearer(block, before, after):
            scores[block] = scores[before]
        elif second and page.is_nearer(block, after, before):
            scores[block] = scores[after]
        else:
            continue
        written[block] = True
