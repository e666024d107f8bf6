# cython: language_level=3
"""The types by which `builder.py` is compiled to its own twin."""

cimport cython


cdef _extend(list outer, list inline)


cdef class BuilderInPython:
    cdef bint _math, _space, _fresh
    cdef list _late, _levels, _kinds, _urls

    @cython.locals(words=str)
    cpdef text(self, str text)
    @cython.locals(level=list)
    cdef _add(self, part)
    @cython.locals(level=list)
    cpdef node(self, node)
    cpdef line_break(self)
    cpdef space(self)
    cpdef open(self, str kind, str url=*)
    @cython.locals(inline=list, outer=list, late=list)
    cpdef close(self)
    @cython.locals(inline=list)
    cpdef finish(self)
    @cython.locals(level=list, index=Py_ssize_t)
    cdef _flush(self)
