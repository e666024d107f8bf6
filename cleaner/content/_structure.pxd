# cython: language_level=3
"""The types by which `structure.py` is compiled to its own twin."""

cimport cython
from libc.stdint cimport int64_t, uint8_t, uint16_t

cdef int _SUBHEADING, _TOP, _LIST, _UNIT, _PRE, _CAPTION, _BUTTON
cdef int _FIGURE, _QUOTE, _TABLE, _ROW, _HEAD, _ITEM
cdef double _HEADS, _LEAST, _AMONG, _INSIDE, _FIRST, _NEVER, _IN_FIGURE, _ANNOUNCED, _TITLE
cdef double _ALIKE, _AFTER, _BESIDE, _LIKELY, _SHARE
cdef Py_ssize_t SIGN, _SHORT, _MARK, _KIND, _APART, _FAR, _DEEP, _NEAR
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
    cdef bint has_code
    cdef dict named

    @cython.locals(row=Py_ssize_t)
    cdef keep(self, str reason, list rows)
    @cython.locals(
        parent=int64_t[::1], tag=int64_t[::1], flags=uint16_t[::1], held=uint16_t[::1],
        node=Py_ssize_t, own=uint16_t, outer=Py_ssize_t,
    )
    cdef uint16_t[::1] flags_above(self)
    @cython.locals(row=Py_ssize_t, level=Py_ssize_t)
    cdef bint is_in(self, Py_ssize_t row, Py_ssize_t levels, int flags) noexcept
    @cython.locals(row=Py_ssize_t, level=Py_ssize_t, nodes=int64_t[::1])
    cdef int64_t[::1] innermost(self, int flag)
    cdef bint is_kept(self, Py_ssize_t row) noexcept
    @cython.locals(
        row=Py_ssize_t, node=Py_ssize_t, words=double[::1], good=double[::1],
        found=uint8_t[::1],
    )
    cdef uint8_t[::1] is_mostly_kept(
        self, int64_t[::1] nodes, uint8_t[::1] kept, double share
    )
    @cython.locals(heads=double, cells=double, rows=double, tables=double)
    cdef bint is_data(self, Py_ssize_t table) except -1
    cdef double count(self, Py_ssize_t kind, Py_ssize_t node) except -1
    @cython.locals(top=Py_ssize_t, after=Py_ssize_t, row=Py_ssize_t)
    cdef list standfirsts(self)
    @cython.locals(row=Py_ssize_t, end=Py_ssize_t, beside=bint)
    cdef list code(self)
    cdef bint is_code(self, Py_ssize_t row) except -1
    cdef bint is_preformatted(self, Py_ssize_t row) noexcept
    @cython.locals(others=Py_ssize_t, blocks=Py_ssize_t)
    cdef bint is_near(self, Py_ssize_t row, Py_ssize_t step) noexcept
    @cython.locals(row=Py_ssize_t)
    cdef list paragraphs(self)
    cdef bint is_between(self, Py_ssize_t row) noexcept
    @cython.locals(
        start=Py_ssize_t, end=Py_ssize_t, row=Py_ssize_t, unit=Py_ssize_t, item=int64_t[::1],
        whole=uint8_t[::1], likely=bint, apart=bint, acts=bint,
    )
    cdef list among(self)
    @cython.locals(row=Py_ssize_t)
    cdef bint drops(self, Py_ssize_t start, Py_ssize_t end) noexcept
    @cython.locals(level=Py_ssize_t, around=int64_t[:, ::1], flags=uint16_t[::1])
    cdef Py_ssize_t unit(self, Py_ssize_t row) noexcept
    @cython.locals(row=Py_ssize_t, item=int64_t[::1], table=int64_t[::1])
    cdef int64_t[::1] items(self)
    cdef bint is_part(self, Py_ssize_t row, int64_t[::1] item) noexcept
    @cython.locals(
        flags=int, outer=Py_ssize_t, before=Py_ssize_t, row=Py_ssize_t, least=double,
        likely=double, size=double, weight=double,
    )
    cdef bint is_among(self, Py_ssize_t node, Py_ssize_t start, Py_ssize_t end) except -1
    @cython.locals(row=Py_ssize_t, links=double, size=double)
    cdef bint are_links(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef bint stands_in(self, Py_ssize_t row, Py_ssize_t outer) noexcept
    @cython.locals(text=str)
    cdef bint announces(self, Py_ssize_t row) except -1
    @cython.locals(
        shapes=Py_ssize_t, key=int64_t, row=Py_ssize_t, level=Py_ssize_t, node=Py_ssize_t,
        above=int64_t[:, ::1], shape=int64_t[::1],
        written=int64_t[::1], kind=int64_t[::1], count=double[::1], good=double[::1],
    )
    cdef list alike(self)
    @cython.locals(level=Py_ssize_t)
    cdef bint is_in_data(self, Py_ssize_t row) except -1
    @cython.locals(last=Py_ssize_t, row=Py_ssize_t, at=Py_ssize_t)
    cdef list between(self)
    @cython.locals(text=str)
    cdef bint parts_nothing(self, Py_ssize_t row) except -1
    @cython.locals(
        row=Py_ssize_t, node=Py_ssize_t, outer=Py_ssize_t, table=int64_t[::1],
        likely=double[::1], size=double[::1], good=uint8_t[::1],
    )
    cdef list figures(self)
    @cython.locals(
        row=Py_ssize_t, table=int64_t[::1], line=int64_t[::1], head=int64_t[::1],
        headed=set, kept=uint8_t[::1], whole=uint8_t[::1],
    )
    cdef list data_cells(self)
    @cython.locals(row=Py_ssize_t, rows=list, figure=int64_t[::1], held=uint8_t[::1])
    cdef list captions(self)
    @cython.locals(row=Py_ssize_t, quote=int64_t[::1], whole=uint8_t[::1])
    cdef list quotes(self)
    @cython.locals(row=Py_ssize_t)
    cdef list formulas(self)
    @cython.locals(row=Py_ssize_t)
    cdef list leads(self)
    @cython.locals(row=Py_ssize_t)
    cdef list titles(self)
    cdef bint is_above_kept(self, Py_ssize_t row) noexcept
    @cython.locals(row=Py_ssize_t, heads=bint, rows=list, below=str)
    cdef list headings(self)


@cython.locals(rules=_Rules)
cpdef dict keep_in_python(page, kept, scores)
