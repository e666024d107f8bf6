# cython: language_level=3
"""The types by which `structure_text.py` is compiled to its own twin."""

cimport cython
from libc.stdint cimport int64_t, uint8_t, uint16_t

from cleaner.content cimport _structure_page

cdef int CAPTION, PRE, SUBHEADING, TABLE, TOP, UNIT
cdef uint16_t[::1] FLAGS
cdef double _HEADING, _TITLE, _STANDFIRST, _PARAGRAPH, _CODE, _FORMULA, _ANNOUNCED, _ALIKE, _LINK
cdef double _SHARE
cdef Py_ssize_t SIGN, _MOST_FORMULAS, _MARK, _KIND, _APART, _FAR, _DEEP, _NEAR
cdef int64_t _GREATEST


cpdef list standfirsts(_structure_page.PageSoFar page)
cpdef list code(_structure_page.PageSoFar page)
cdef bint _is_code(_structure_page.PageSoFar page, Py_ssize_t row) except -1
cdef bint _is_preformatted(_structure_page.PageSoFar page, Py_ssize_t row) noexcept
cdef bint _is_near(_structure_page.PageSoFar page, Py_ssize_t row, Py_ssize_t step) noexcept
cpdef list paragraphs(_structure_page.PageSoFar page)
cdef bint _is_between(_structure_page.PageSoFar page, Py_ssize_t row) noexcept
@cython.locals(key=int64_t, written=int64_t[::1], kind=int64_t[::1])
cpdef list alike(_structure_page.PageSoFar page)
cdef bint _is_in_data(_structure_page.PageSoFar page, Py_ssize_t row) except -1
cpdef list between(_structure_page.PageSoFar page)
cdef bint _is_likely(_structure_page.PageSoFar page, Py_ssize_t row) noexcept
@cython.locals(text=str)
cdef bint _parts_nothing(_structure_page.PageSoFar page, Py_ssize_t row) except -1
cpdef list formulas(_structure_page.PageSoFar page)
cpdef list leads(_structure_page.PageSoFar page)
cpdef list titles(_structure_page.PageSoFar page)
@cython.locals(below=str)
cdef bint _is_above_text(_structure_page.PageSoFar page, Py_ssize_t row) except -1
cpdef list headings(_structure_page.PageSoFar page)
