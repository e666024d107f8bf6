# cython: language_level=3
"""The types by which `boxes.py` is compiled to its own twin."""

cimport cython

cdef Py_ssize_t DEPTH, INLINE_DEPTH
cdef frozenset BARE


cdef class _Holder:
    cdef readonly Py_ssize_t node, depth
    cdef public list children


cdef class Element(_Holder):
    cdef readonly object tag, attributes


cdef class Run(_Holder):
    cdef readonly Py_ssize_t block


cdef class Tree:
    cdef readonly object layout
    cdef readonly dict boxes, opened
    cdef readonly list elements
    cdef readonly Element root
    cdef const unsigned char[:] flat

    @cython.locals(
        starts=list, ends=list, pieces=list, piece_nodes=list, covered=Py_ssize_t,
        block=Py_ssize_t, node=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t, box=_Holder, run=Run,
    )
    cdef _grow(self, kept)
    @cython.locals(
        pieces=list, piece_nodes=list, inner=dict, parts=list, piece=Py_ssize_t, place=_Holder
    )
    cdef _fill(self, Run run, Py_ssize_t start, Py_ssize_t end)
    @cython.locals(
        parents=list, tags=list, all_attributes=list, path=list, place=_Holder, inner=Element,
        tag=str, attributes=dict,
    )
    cdef _Holder _lay(self, dict known, Py_ssize_t node, Py_ssize_t deepest)
    cpdef own_box(self, Py_ssize_t node)
    cpdef close(self, Element box)
    cdef _add_hidden_images(self, Py_ssize_t first, Py_ssize_t block, kept)
    cdef _is_kept_from(self, Py_ssize_t block, Py_ssize_t step, kept)
