# cython: language_level=3
"""The types by which `structure_units.py` is compiled to its own twin."""

cimport cython
from libc.stdint cimport int64_t, uint8_t, uint16_t

from cleaner.content._structure_page cimport PageSoFar as Page

cdef int BUTTON, CAPTION, FACT, FIGURE, HEAD, ITEM, LIST, QUOTE, ROW, SIDE, SUBHEADING, TABLE, TOP, UNIT
cdef uint16_t[::1] FLAGS
cdef double _AMONG, _AFTER, _NEVER, _IN_FIGURE, _BESIDE, _LEAST
cdef Py_ssize_t NUMBER, _SHORT, _APART, _WRAPPED


@cython.locals(item=int64_t[::1], whole=uint8_t[::1])
cpdef list among(Page page)
cdef bint _drops(Page page, Py_ssize_t start, Py_ssize_t end) noexcept
cdef Py_ssize_t _unit(Page page, Py_ssize_t row) noexcept
cdef int64_t[::1] _items(Page page)
cdef bint _is_part(Page page, Py_ssize_t row, int64_t[::1] item) noexcept
cdef bint _is_among(Page page, Py_ssize_t node, Py_ssize_t start, Py_ssize_t end) except -1
cdef Py_ssize_t _titled(Page page, Py_ssize_t node, Py_ssize_t start, Py_ssize_t end) noexcept
cdef bint _are_facts(Page page, Py_ssize_t node, Py_ssize_t start, Py_ssize_t end) except -1
cdef bint _are_likely(Page page, Py_ssize_t start, Py_ssize_t end, double least) noexcept
cdef bint _are_links(Page page, Py_ssize_t start, Py_ssize_t end) noexcept
cdef Py_ssize_t _around_more(Page page, Py_ssize_t node, Py_ssize_t start, Py_ssize_t end) noexcept
cdef bint _holds(Page page, Py_ssize_t outer, Py_ssize_t row) noexcept
@cython.locals(good=uint8_t[::1])
cpdef list figures(Page page)
@cython.locals(kept=uint8_t[::1])
cpdef list data_cells(Page page)
@cython.locals(figure=int64_t[::1], held=uint8_t[::1])
cpdef list captions(Page page)
@cython.locals(text=str)
cdef bint _is_counted(Page page, Py_ssize_t row) except -1
cdef bint _is_among_kept(Page page, Py_ssize_t row) noexcept
cpdef list quotes(Page page)
