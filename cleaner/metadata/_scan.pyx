# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of `cleaner.metadata.scan`: it makes objects of the few elements asked for."""

from libc.string cimport memset, strcmp, strlen

from lxml.includes cimport etreepublic
from lxml.includes.tree cimport XML_ELEMENT_NODE, XML_TEXT_NODE, const_xmlChar, xmlAttr, xmlNode

from cleaner._nodes cimport value_of
from cleaner._strings cimport decoded

from cleaner.metadata import scan as twin

etreepublic.import_lxml__etree()

cdef str LEADING = twin.LEADING
cdef Py_ssize_t LONGEST = twin.LONGEST
cdef Py_ssize_t MOST = 4 * LONGEST  # bytes that so many characters take at most

cdef enum:
    ASCII = 128

cdef bint[256] _LEADS  # whether a byte is one of the characters before the first letter
for _byte in range(256):
    _LEADS[_byte] = 0 < _byte < 128 and chr(_byte) in LEADING


cdef inline xmlNode* _first(etreepublic._Element root) noexcept:
    """Return the root, which a comment is not."""
    return root._c_node if root._c_node.type == XML_ELEMENT_NODE else NULL


cdef xmlNode* _following(xmlNode* node, xmlNode* root) noexcept:
    """Return the next element outside drawings, NULL after the last one under `root`."""
    cdef xmlNode* next = NULL if strcmp(<const char*> node.name, b"svg") == 0 else node.children
    while True:
        while next is not NULL:
            if next.type == XML_ELEMENT_NODE:
                return next
            next = next.next
        if node is root or node is NULL:
            return NULL
        next, node = node.next, node.parent


cdef int _fill(char* begins, starts) except -1:
    """Note which two letters in ASCII, of either case, a text may begin with; one is followed by a zero."""
    cdef str start, one, two
    memset(begins, 0, ASCII * ASCII)
    for start in starts:
        start = f"{start}\0"[:2]
        if start.isascii():
            for one in (start[0], start[0].upper()):
                for two in (start[1], start[1].upper()):
                    begins[ASCII * ord(one) + ord(two)] = 1
    return 0


cdef inline bint _begins(const_xmlChar* text, const char* begins) noexcept:
    return text[0] < ASCII and text[1] < ASCII and begins[ASCII * text[0] + text[1]]


cdef bint _has(xmlNode* node, const char* begins, attributes) except -1:
    """Return whether an element has one of some attributes."""
    cdef xmlAttr* attribute = node.properties
    while attribute is not NULL:
        if attribute.ns is NULL and _begins(attribute.name, begins):
            if decoded(attribute.name) in attributes:
                return True
        attribute = attribute.next
    return False


def scan(etreepublic._Element root not None, tags, attributes) -> list:
    """Return number and element of those that have one of some tags or some attributes."""
    cdef xmlNode* node = _first(root)
    cdef list found = []
    cdef Py_ssize_t place = 0
    cdef char[ASCII * ASCII] tag_begins, begins
    _fill(tag_begins, tags)
    _fill(begins, attributes)
    while node is not NULL:
        if (
            node.ns is NULL and _begins(node.name, tag_begins) and decoded(node.name) in tags
        ) or _has(node, begins, attributes):
            found.append((place, etreepublic.elementFactory(root._doc, node)))
        place += 1
        node = _following(node, root._c_node)
    return found


cdef bint _is_named(etreepublic._Document document, xmlNode* node, dict told, says) except -1:
    """Return whether the class or the id of an element says something."""
    cdef xmlAttr* attribute = node.properties
    cdef str names
    while attribute is not NULL:
        if attribute.ns is NULL and (
            strcmp(<const char*> attribute.name, b"class") == 0
            or strcmp(<const char*> attribute.name, b"id") == 0
        ):
            names = value_of(document, node, attribute)
            if names not in told:
                told[names] = bool(names and says(names))
            if told[names]:
                return True
        attribute = attribute.next
    return False


def named(etreepublic._Element root not None, says, Py_ssize_t start, Py_ssize_t stop) -> list:
    """Return number and element of those whose class or id says something."""
    cdef xmlNode* node = _first(root)
    cdef list found = []
    cdef dict told = {}
    cdef Py_ssize_t place = 0
    while node is not NULL and place < stop:
        if place >= start and _is_named(root._doc, node, told, says):
            found.append((place, etreepublic.elementFactory(root._doc, node)))
        place += 1
        node = _following(node, root._c_node)
    return found


def window(etreepublic._Element root not None, Py_ssize_t start, Py_ssize_t stop) -> list:
    """Return the elements from number `start` up to, not including, number `stop`."""
    cdef xmlNode* node = _first(root)
    cdef list found = []
    cdef Py_ssize_t place = 0
    while node is not NULL and place < stop:
        if place >= start:
            found.append(etreepublic.elementFactory(root._doc, node))
        place += 1
        node = _following(node, root._c_node)
    return found


cdef bint _may_begin(xmlNode* text, const char* begins) noexcept:
    """Return whether a text may be short and begin so; one in pieces is left to lxml."""
    cdef const_xmlChar* char
    if text is NULL or text.type == XML_ELEMENT_NODE:
        return False
    if text.type == XML_TEXT_NODE and text.content is not NULL:
        char = text.content
        while _LEADS[char[0]]:
            char += 1
        if char[0] == 0 and (text.next is NULL or text.next.type == XML_ELEMENT_NODE):
            return False
        if 0 < char[0] < ASCII and 0 < char[1] < ASCII and not begins[ASCII * char[0] + char[1]]:
            return False
    return text.content is NULL or strlen(<const char*> text.content) <= <size_t> MOST


cdef str _begun(str text, starts):
    """Return a text from its first letter on if it is short and begins so, else None."""
    if not text or not 2 < len(text) < LONGEST:
        return None
    text = text.lstrip(LEADING)
    return text if text[:2].lower() in starts else None


cdef str _plain(xmlNode* text):
    """Return a text that is one node; None if what stands there is more than that."""
    if text.type == XML_TEXT_NODE and (text.next is NULL or text.next.type == XML_ELEMENT_NODE):
        return decoded(text.content)
    return None


def beginnings(etreepublic._Element root not None, starts) -> list:
    """Return the short texts that begin so, each with its element."""
    cdef xmlNode* node = _first(root)
    cdef xmlNode* text
    cdef list found = []
    cdef str plain
    cdef bint inside
    cdef char[ASCII * ASCII] begins
    _fill(begins, starts)
    while node is not NULL:
        for inside in (True, False):
            text = node.children if inside else node.next
            if not _may_begin(text, begins):
                continue
            plain = _plain(text)
            if plain is None or _begun(plain, starts) is not None:
                element = etreepublic.elementFactory(root._doc, node)
                plain = _begun(element.text if inside else element.tail, starts)
                if plain is not None:
                    found.append((element, plain))
        node = _following(node, root._c_node)
    return found
