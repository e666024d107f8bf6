# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twins of how boxes are gone through in `cleaner.export.read.blocks`."""

from cleaner.export.nodes import List, Paragraph, Rule
from cleaner.export.read.inline import only_text
from cleaner.export.tree import Element, Run

cdef dict HANDLERS
cdef frozenset LISTS
cdef tuple ITEMS


def read(reader, children):
    """Return the nodes of the boxes and runs in `children`."""
    cdef list nodes = []
    cdef bint is_list
    first = None  # of the lists side by side
    notes = reader.notes
    for child in children:
        if type(child) is Run:
            first = None
            if not notes.is_definition_run(child.block):
                found = paragraph(reader, child)
                if child.block in reader.ruled and twin.are_paragraphs(nodes, found):
                    nodes.append(Rule())
                nodes += found
        elif type(child) is Element:
            found = box(reader, child)
            is_list = child.tag in LISTS or (
                child.tag in ITEMS and len(found) == 1 and type(found[0]) is List
            )
            if is_list and first is not None and join(reader, nodes, first, child, found):
                continue
            nodes += found
            first = child if is_list else None
    return without_labels(nodes) if reader.has_labels and not reader.is_own else nodes


def box(reader, element):
    """Return the nodes of one box."""
    cdef list inside
    notes = reader.notes
    while not notes.is_definition(element.node):
        handler = HANDLERS.get(element.tag)
        if handler is not None:
            return handler(reader, element)
        if element.attributes:
            found = twin.read_by_attributes(reader, element)
            if found is not None:
                return found
        inside = element.children
        if len(inside) != 1 or type(inside[0]) is not Element:
            return read(reader, inside)
        element = inside[0]
    return []


def paragraph(reader, run):
    """Return the nodes of one block of running text."""
    if not reader.wraps:
        text = only_text(run)
        if text:
            return [Paragraph([text])]
    return twin.marked_paragraph(reader, run)


# Last, since it takes what is defined above, whichever of the two is loaded first.
from cleaner.export.read import blocks as twin
from cleaner.export.read.labels import without_labels
from cleaner.export.read.lists import join
from cleaner.export.tree import LISTS as _lists

HANDLERS, LISTS, ITEMS = twin.HANDLERS, _lists, twin._ITEMS
