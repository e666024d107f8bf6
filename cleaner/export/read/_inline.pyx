# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twins of how inline content is gone through in `cleaner.export.read.inline`."""

from cleaner.export.read.builder import folded
from cleaner.export.tree import Element

cdef dict HANDLERS


def only_text(run):
    """Return the text of a run that is nothing else, "" where it may hold a formula."""
    cdef list inside = run.children
    if len(inside) != 1:
        return ""
    text = inside[0]
    if type(text) is not str or "$" in <str> text or "\\" in <str> text:
        return ""
    return folded(text)


def children(reader, parent, builder):
    """Add the children of an element or run."""
    for child in <list> parent.children:
        if type(child) is str:
            builder.text(child)
        elif type(child) is Element:
            element(reader, child, builder)
        else:
            children(reader, child, builder)


def element(reader, child, builder):
    """Add one inline element."""
    if reader.notes.is_part(child.node):
        reader.notes.add(child.node, builder)
        return
    handler = HANDLERS.get(child.tag)
    if handler is not None:
        handler(reader, child, builder)
    elif not child.attributes or not twin.add_by_attributes(reader, child, builder):
        children(reader, child, builder)


# Last, since it takes what is defined above, whichever of the two is loaded first.
from cleaner.export.read import inline as twin

HANDLERS = twin.HANDLERS
