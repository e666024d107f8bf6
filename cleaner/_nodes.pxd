# cython: language_level=3
"""What the walk asks of libxml2's nodes."""

from libc.stdint cimport uint64_t
from libc.string cimport memcpy, strcmp, strlen, strncmp

from lxml.includes cimport etreepublic
from lxml.includes.tree cimport (
    XML_CDATA_SECTION_NODE,
    XML_TEXT_NODE,
    XML_XINCLUDE_END,
    XML_XINCLUDE_START,
    _isElement,
    const_xmlChar,
    xmlAttr,
    xmlNode,
)

from cleaner._strings cimport decoded


cdef inline uint64_t hash_of(const_xmlChar* text) noexcept:
    """Return a number that tells most texts apart: of their length, their begin and their end."""
    cdef size_t size = strlen(<const char*> text)
    cdef uint64_t first = 0, last = 0
    if size >= 8:
        memcpy(&first, text, 8)
        memcpy(&last, text + size - 8, 8)
    else:
        memcpy(&first, text, size)
    first = (first ^ size) * <uint64_t> 1099511628211
    return (first ^ first >> 29 ^ last) * <uint64_t> 11400714819323198485


cdef inline xmlNode* text_node(xmlNode* node) noexcept:
    while node is not NULL:
        if node.type == XML_TEXT_NODE or node.type == XML_CDATA_SECTION_NODE:
            return node
        if node.type != XML_XINCLUDE_START and node.type != XML_XINCLUDE_END:
            return NULL
        node = node.next
    return NULL


cdef inline str text_of(xmlNode* first):
    """Return the text that begins with a node, "" if there is none: what lxml calls text or tail."""
    cdef xmlNode* node = text_node(first)
    cdef xmlNode* more
    if node is NULL:
        return ""
    more = text_node(node.next)
    if more is NULL:
        return decoded(node.content)
    parts = [decoded(node.content)]
    while more is not NULL:
        parts.append(decoded(more.content))
        more = text_node(more.next)
    return "".join(parts)


cdef inline bint is_between(const_xmlChar* text) noexcept:
    """Return whether ASCII white space stands between two lines of source; a `str` tells the rest."""
    cdef unsigned char char
    cdef bint is_broken = text[0] != 0 and text[1] == 0
    while True:
        char = text[0]
        if char == 0:
            return is_broken
        if not (char == 32 or 9 <= char <= 13 or 28 <= char <= 31):
            return False
        is_broken |= char == 10
        text += 1


cdef inline bint may_hold_formula(xmlAttr* attribute) noexcept:
    """Return whether the type of a script may be that of a formula, by its attributes."""
    cdef xmlNode* value
    while attribute is not NULL:
        value = attribute.children
        if value is not NULL and strcmp(<const char*> attribute.name, b"type") == 0:
            if value.type != XML_TEXT_NODE or strncmp(<const char*> value.content, b"math", 4) == 0:
                return True
        attribute = attribute.next
    return False


cdef inline str value_of(etreepublic._Document document, xmlNode* element, xmlAttr* attribute):
    """Return the value of an attribute; one in pieces is left to lxml, as of some XML."""
    cdef xmlNode* value = attribute.children
    if value is NULL:
        return ""
    if value.type == XML_TEXT_NODE and value.next is NULL:
        return decoded(value.content)
    return etreepublic.elementFactory(document, element).get(decoded(attribute.name))


cdef inline str attribute_of(etreepublic._Document document, xmlNode* element, const char* name):
    """Return the value of an attribute, "" if there is none."""
    cdef xmlAttr* attribute = element.properties
    while attribute is not NULL:
        if attribute.ns is NULL and strcmp(<const char*> attribute.name, name) == 0:
            return value_of(document, element, attribute)
        attribute = attribute.next
    return ""


cdef inline xmlNode* element_from(xmlNode* node) noexcept:
    """Return the first of a node and those after it that is an element, a comment or the like."""
    while node is not NULL and not _isElement(node):
        node = node.next
    return node
