# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of `cleaner.document.inherit_in_python`."""


def inherit(list tags not None, list parents not None, dict kind_of not None) -> list:
    """Return the kind of every node: its own, or that of the node around it, or ""."""
    cdef Py_ssize_t node, parent
    cdef list inherited = []
    cdef object kind
    for node in range(len(tags)):
        kind = kind_of.get(tags[node])
        if kind is None:
            parent = parents[node]
            kind = inherited[parent] if parent >= 0 else ""
        inherited.append(kind)
    return inherited
