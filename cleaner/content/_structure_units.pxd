# cython: language_level=3
"""The types by which `structure_units.py` is compiled to its own twin."""

cimport cython
from libc.stdint cimport int64_t, uint8_t, uint16_t

from cleaner.content cimport _structure_page

cdef int BUTTON, CAPTION, FIGURE, HEAD, ITEM, LIST, QUOTE, ROW, SIDE, SUBHEADING, TABLE, UNIT
cdef uint16_t[::1] FLAGS
cdef double _AMONG, _AFTER, _NEVER, _IN_FIGURE, _BESIDE, _LEAST
cdef Py_ssize_t NUMBER, _SHORT, _APART, _WRAPPED


@cython.locals(item=int64_t[::1], whole=uint8_t[::1])
cpdef list among(_structure_page.PageSoFar page)
cdef bint _drops(_structure_page.PageSoFar page, Py_ssize_t start, Py_ssize_t end) noexcept
cdef Py_ssize_t _unit(_structure_page.PageSoFar page, Py_ssize_t row) noexcept
cdef int64_t[::1] _items(_structure_page.PageSoFar page)
cdef bint _is_part(_structure_page.PageSoFar page, Py_ssize_t row, int64_t[::1] item) noexcept
cdef bint _is_among(
    _structure_page.PageSoFar page, Py_ssize_t node, Py_ssize_t start, Py_ssize_t end
) except -1
cdef bint _are_links(_structure_page.PageSoFar page, Py_ssize_t start, Py_ssize_t end) noexcept
cdef Py_ssize_t _around_more(
    _structure_page.PageSoFar page, Py_ssize_t node, Py_ssize_t start, Py_ssize_t end
) noexcept
cdef bint _holds(_structure_page.PageSoFar page, Py_ssize_t outer, Py_ssize_t row) noexcept
@cython.locals(good=uint8_t[::1])
cpdef list figures(_structure_page.PageSoFar page)
@cython.locals(kept=uint8_t[::1])
cpdef list data_cells(_structure_page.PageSoFar page)
@cython.locals(figure=int64_t[::1], held=uint8_t[::1])
cpdef list captions(_structure_page.PageSoFar page)
@cython.locals(text=str)
cdef bint _is_counted(_structure_page.PageSoFar page, Py_ssize_t row) except -1
cdef bint _is_among_kept(_structure_page.PageSoFar page, Py_ssize_t row) noexcept
cpdef list quotes(_structure_page.PageSoFar page)
