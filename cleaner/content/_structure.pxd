# cython: language_level=3
"""The types by which `structure.py` is compiled to its own twin."""

cimport cython
from libc.stdint cimport int64_t, uint8_t, uint16_t

cdef int _SUBHEADING, _TOP, _LIST, _UNIT, _PRE, _CAPTION, _BUTTON
cdef int _FIGURE, _QUOTE, _TABLE, _ROW, _HEAD, _ITEM, _SIDE, _FACT
cdef double _HEADS, _LEAST, _AMONG, _INSIDE, _FIRST, _NEVER, _IN_FIGURE, _ANNOUNCED, _TITLE
cdef double _ALIKE, _AFTER, _BESIDE, LIKELY, _LIKELY_LINK, _SHARE
cdef Py_ssize_t NUMBER, SIGN, _SHORT, _FORMULAS, _MARK, _KIND, _APART, _FAR, _DEEP, _WRAPPED, _NEAR
cdef int64_t _MOST
cdef uint16_t[::1] _FLAGS


cdef double[::1] _zeros(Py_ssize_t count)


cdef class _Rules:
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
    cdef dict named

    cdef keep(self, str reason, list rows)
    @cython.locals(held=uint16_t[::1])
    cdef uint16_t[::1] flags_above(self)
    cdef bint is_in(self, Py_ssize_t row, Py_ssize_t levels, int flags) noexcept
    @cython.locals(nodes=int64_t[::1])
    cdef int64_t[::1] innermost(self, int flag)
    cdef bint is_kept(self, Py_ssize_t row) noexcept
    @cython.locals(found=uint8_t[::1])
    cdef uint8_t[::1] is_mostly_kept(
        self, int64_t[::1] nodes, uint8_t[::1] kept, double share, bint counted=*
    )
    cdef bint is_data(self, Py_ssize_t table) except -1
    cdef double count(self, Py_ssize_t kind, Py_ssize_t node) except -1
    cdef list standfirsts(self)
    cdef list code(self)
    cdef bint is_code(self, Py_ssize_t row) except -1
    cdef bint is_preformatted(self, Py_ssize_t row) noexcept
    cdef bint is_near(self, Py_ssize_t row, Py_ssize_t step) noexcept
    cdef list paragraphs(self)
    cdef bint is_between(self, Py_ssize_t row) noexcept
    @cython.locals(item=int64_t[::1], whole=uint8_t[::1])
    cdef list among(self)
    cdef bint drops(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t unit(self, Py_ssize_t row) noexcept
    cdef int64_t[::1] items(self)
    cdef bint is_part(self, Py_ssize_t row, int64_t[::1] item) noexcept
    cdef bint is_among(self, Py_ssize_t node, Py_ssize_t start, Py_ssize_t end) except -1
    cdef bint are_facts(self, Py_ssize_t node, Py_ssize_t start, Py_ssize_t end) except -1
    cdef bint are_likely(self, Py_ssize_t start, Py_ssize_t end, double least) noexcept
    cdef bint are_links(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t around_more(
        self, Py_ssize_t node, Py_ssize_t start, Py_ssize_t end
    ) noexcept
    cdef bint holds(self, Py_ssize_t outer, Py_ssize_t row) noexcept
    @cython.locals(text=str)
    cdef bint announces(self, Py_ssize_t row) except -1
    @cython.locals(key=int64_t, written=int64_t[::1], kind=int64_t[::1])
    cdef list alike(self)
    cdef bint is_in_data(self, Py_ssize_t row) except -1
    cdef list between(self)
    cdef bint is_likely(self, Py_ssize_t row) noexcept
    @cython.locals(text=str)
    cdef bint parts_nothing(self, Py_ssize_t row) except -1
    @cython.locals(good=uint8_t[::1])
    cdef list figures(self)
    @cython.locals(kept=uint8_t[::1])
    cdef list data_cells(self)
    @cython.locals(figure=int64_t[::1], held=uint8_t[::1])
    cdef list captions(self)
    @cython.locals(text=str)
    cdef bint is_counted(self, Py_ssize_t row) except -1
    cdef bint is_among_kept(self, Py_ssize_t row) noexcept
    cdef list quotes(self)
    cdef list formulas(self)
    cdef list leads(self)
    cdef list titles(self)
    cdef bint is_above_kept(self, Py_ssize_t row) noexcept
    @cython.locals(below=str)
    cdef bint is_above_text(self, Py_ssize_t row) except -1
    cdef list headings(self)


@cython.locals(rules=_Rules)
cpdef dict keep_in_python(page, kept, scores, double likely=*)
