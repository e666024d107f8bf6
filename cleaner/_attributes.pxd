# cython: language_level=3
"""The types of `_attributes.pyx`, for what builds on it."""

from cpython.object cimport PyObject
from lxml.includes cimport etreepublic
from lxml.includes.tree cimport const_xmlChar, xmlNode

cdef enum:
    NAMES = 512  # slots for the names of a page, looked up by their address
    SINGLES = 1024  # slots for attributes that stand alone, looked up by their value
    HIDES = 1  # what an attribute may do to its element
    TURNS = 2
    PLAYS = 4


cdef struct Name:
    const_xmlChar* address
    PyObject* text
    int kind
    int may
    bint is_code
    bint is_box
    bint goes_on


cdef struct Single:
    const_xmlChar* name
    const_xmlChar* value
    PyObject* attributes


cdef class Attributes:
    cdef etreepublic._Document document
    cdef list held
    cdef Name names[NAMES]
    cdef Single singles[SINGLES]

    cdef Name* name(self, const_xmlChar* address) except NULL
    cdef dict read_single(self, const_xmlChar* name, const_xmlChar* value, int* may)
    cdef dict read_attributes(self, xmlNode* element, int* may)
