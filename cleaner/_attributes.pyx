# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The names and attributes of elements, out of libxml2's nodes; each name is made a string once."""

from cpython.object cimport PyObject
from libc.stdint cimport uint64_t
from libc.string cimport memset, strcmp

from lxml.includes cimport etreepublic
from lxml.includes.tree cimport XML_TEXT_NODE, const_xmlChar, xmlAttr, xmlNode

from cleaner._nodes cimport hash_of
from cleaner._strings cimport decoded

from cleaner import in_line, walk as twin

etreepublic.import_lxml__etree()

cdef frozenset BOXES = in_line.BOXES, GOING_ON = in_line.GOING_ON
cdef object HIDING = twin.HIDING, PLAYING = twin.PLAYING

cdef enum:
    PROBES = 8  # slots that a name may be in; the last is taken from another if all are


cdef class Attributes:
    """Reads names and attributes; `held` keeps alive what is looked up again."""

    def __cinit__(self, etreepublic._Document document, *_):
        self.document, self.held = document, []
        memset(self.names, 0, sizeof(self.names))
        memset(self.singles, 0, sizeof(self.singles))

    cdef Name* name(self, const_xmlChar* address) except NULL:
        """Look up the name of an element or attribute; libxml2 keeps one of each."""
        cdef size_t slot = <size_t> address >> 3
        cdef Name* found
        cdef int step
        for step in range(PROBES):
            found = &self.names[(slot + step) % NAMES]
            if found.address == address:
                return found
            if found.address is NULL:
                break
        text = decoded(address)
        self.held.append(text)
        found.text = <PyObject*> text
        found.kind = twin.kind_of(text)
        found.may = HIDES * (text in HIDING) | TURNS * (text == "role") | PLAYS * (text in PLAYING)
        found.is_code = text == "code"
        found.is_box = text in BOXES
        found.goes_on = text in GOING_ON
        found.address = address
        return found

    cdef dict read_single(self, const_xmlChar* name, const_xmlChar* value, int* may):
        """Return an attribute that stands alone; most elements share theirs with others."""
        cdef Name* known = self.name(name)
        cdef uint64_t hash = <size_t> name * <uint64_t> 1099511628211 ^ hash_of(value)
        cdef Single* single
        may[0] = known.may
        single = &self.singles[(hash >> 40) % SINGLES]
        if single.name != name or strcmp(<const char*> single.value, <const char*> value):
            found = {<str> known.text: decoded(value)}
            self.held.append(found)
            single.name, single.value, single.attributes = name, value, <PyObject*> found
        return <dict> single.attributes

    cdef dict read_attributes(self, xmlNode* element, int* may):
        """Return the attributes of an element, and set what they may do to it."""
        cdef xmlAttr* attribute = element.properties
        cdef xmlNode* value
        cdef Name* name
        cdef dict found
        value = attribute.children
        if (
            attribute.next is NULL
            and attribute.ns is NULL
            and value is not NULL
            and value.type == XML_TEXT_NODE
            and value.next is NULL
        ):
            return self.read_single(attribute.name, value.content, may)
        found = {}
        while attribute is not NULL:
            name = self.name(attribute.name)
            may[0] |= name.may
            value = attribute.children
            if value is NULL and attribute.ns is NULL:
                found[<str> name.text] = ""
            elif attribute.ns is NULL and value.type == XML_TEXT_NODE and value.next is NULL:
                found[<str> name.text] = decoded(value.content)
            else:  # a name space, or a value in pieces: seldom, and never in HTML
                found = dict(etreepublic.elementFactory(self.document, element).items())
                may[0] = HIDES | TURNS | (0 if PLAYING.isdisjoint(found) else PLAYS)
                return found
            attribute = attribute.next
        return found
