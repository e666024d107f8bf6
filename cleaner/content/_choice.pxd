# cython: language_level=3
"""The types by which `choice.py` is compiled to its own twin."""

cimport cython
from libc.stdint cimport int64_t, uint8_t

cdef tuple CLUES, KEYS
cdef frozenset BESIDE
cdef dict _KNOWN


@cython.locals(nodes=int64_t[:, :], looked_at=uint8_t[::1], seen=uint8_t[::1])
cpdef list clues_in_python(list tags, list attributes, above, blocks)


@cython.locals(names=str, clue=str)
cdef bint _has_clue(dict attributes) except -1
