# cython: language_level=3
"""The types by which `structure_text.py` is compiled to its own twin."""

cimport cython
from libc.stdint cimport int64_t, uint8_t, uint16_t

from cleaner.content._structure_page cimport PageSoFar as Page

cdef int CAPTION, PRE, SUBHEADING, TABLE, TOP, UNIT
cdef uint16_t[::1] FLAGS
cdef double _HEADING, _TITLE, _STANDFIRST, _PARAGRAPH, _CODE, _FORMULA, _ANNOUNCED, _ALIKE, _LINK
cdef double _SHARE
cdef Py_ssize_t SIGN, _MOST_FORMULAS, _MARK, _KIND, _APART, _FAR, _DEEP, _NEAR
cdef int64_t _GREATEST


cpdef list standfirsts(Page page)
cpdef list code(Page page)
cdef bint _is_code(Page page, Py_ssize_t row) except -1
cdef bint _is_preformatted(Page page, Py_ssize_t row) noexcept
cdef bint _is_near(Page page, Py_ssize_t row, Py_ssize_t step) noexcept
cpdef list paragraphs(Page page)
cdef bint _is_between(Page page, Py_ssize_t row) noexcept
@cython.locals(key=int64_t, written=int64_t[::1], kind=int64_t[::1])
cpdef list alike(Page page)
cdef bint _is_in_data(Page page, Py_ssize_t row) except -1
cpdef list between(Page page)
cdef bint _is_likely(Page page, Py_ssize_t row) noexcept
@cython.locals(text=str)
cdef bint _parts_nothing(Page page, Py_ssize_t row) except -1
cpdef list formulas(Page page)
cpdef list leads(Page page)
cpdef list titles(Page page)
@cython.locals(below=str)
cdef bint _is_above_text(Page page, Py_ssize_t row) except -1
cpdef list headings(Page page)
