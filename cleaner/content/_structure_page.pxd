# cython: language_level=3
"""The types by which `structure_page.py` is compiled to its own twin."""

cimport cython
from libc.stdint cimport int64_t, uint8_t, uint16_t

cdef int SUBHEADING, TOP, LIST, UNIT, PRE, CAPTION, BUTTON
cdef int FIGURE, QUOTE, TABLE, ROW, HEAD, ITEM, SIDE, FACT
cdef uint16_t[::1] FLAGS


cdef class PageSoFar:
    cdef object columns
    cdef list texts
    cdef Py_ssize_t blocks, levels
    cdef int64_t[:, ::1] above, around
    cdef int64_t[::1] node, parent, end, tag, shape
    cdef double[::1] words, size, links, long, scores
    cdef double[:, ::1] cells
    cdef uint8_t[::1] kept
    cdef uint16_t[::1] held
    cdef object has_code
    cdef double likely
    cdef readonly dict named

    @cython.locals(row=cython.Py_ssize_t)
    cpdef keep(self, str reason, list rows)
    cdef double[::1] zeros(self, Py_ssize_t count)
    @cython.locals(held=uint16_t[::1], flags=uint16_t[::1])
    cdef uint16_t[::1] flags_above(self)
    cdef bint is_in(self, Py_ssize_t row, Py_ssize_t levels, int flags) noexcept
    @cython.locals(nodes=int64_t[::1])
    cdef int64_t[::1] innermost(self, int flag)
    cdef bint is_kept(self, Py_ssize_t row) noexcept
    cdef bint is_above_kept(self, Py_ssize_t row) noexcept
    @cython.locals(found=uint8_t[::1])
    cdef uint8_t[::1] is_mostly_kept(
        self, int64_t[::1] nodes, uint8_t[::1] kept, double share, bint counted=*
    )
    cdef bint is_data(self, Py_ssize_t table) except -1
    cdef double count(self, Py_ssize_t kind, Py_ssize_t node) except -1
    cdef bint holds_code(self) except -1
    @cython.locals(text=str)
    cdef bint announces(self, Py_ssize_t row) except -1
