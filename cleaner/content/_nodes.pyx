# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of `cleaner.content.nodes.describe_nodes`."""

from libc.stdint cimport int64_t, uint8_t

import numpy as np

from cleaner.content._names cimport Names
from cleaner.content import nodes as twin
from cleaner.content import names

cdef dict TAGS = twin.TAGS
cdef dict ROLES = twin.ROLES
cdef frozenset BESIDE_CLASS = names.BESIDE_CLASS


def describe_nodes(layout, const int64_t[:, ::1] above, score_names):
    """Return the columns `tag`, `end`, `role`, `shape` and `names` of `PageColumns`.

    Role, shape and names are only told of the nodes in `above`, those around a block.
    """
    cdef list tags = layout.tags, attributes = layout.attributes
    cdef Py_ssize_t count = len(tags), node, level, block
    cdef int64_t[:, ::1] columns = np.zeros((4, count + 1), dtype=np.int64)
    cdef float[:, ::1] names = np.zeros((2, count + 1), dtype=np.float32)
    cdef uint8_t[::1] used = bytearray(count + 1)
    cdef _Described described = _Described(score_names)
    read_tree(layout.parents, tags, columns[0], columns[1])
    for level in range(above.shape[0]):
        for block in range(above.shape[1]):
            node = above[level, block]
            used[count if node < 0 else node] = 1
    for node in range(count):
        if used[node]:
            described.add(
                attributes[node], tags[node],
                &columns[2, node], &columns[3, node], &names[0, node], &names[1, node],
            )
    return *np.asarray(columns), np.asarray(names)


cdef int read_tree(list parents, list tags, int64_t[::1] tag, int64_t[::1] end) except -1:
    cdef Py_ssize_t count = len(tags), node, parent
    for node in range(count):
        tag[node] = <int64_t> TAGS.get(tags[node], 0)
        end[node] = node + 1
    end[count] = count
    for node in range(count - 1, 0, -1):
        parent = parents[node]
        if end[node] > end[parent]:
            end[parent] = end[node]
    return 0


cdef class _Described:
    """What was told of the elements so far: most share their class with others."""

    cdef object score_names
    cdef Names names  # None where the names are scored by Python
    cdef dict shapes, scores
    cdef Py_ssize_t found

    def __cinit__(self, score_names):
        self.score_names, self.shapes, self.scores = score_names, {}, {}
        self.names = score_names if isinstance(score_names, Names) else None

    cdef int add(
        self, dict attributes, str tag, int64_t* role, int64_t* shape, float* strongest, float* mean
    ) except -1:
        cdef object classes = None, found
        cdef bint is_alone = True
        cdef dict numbers
        if attributes:
            classes = attributes.get("class")
            for name in attributes:
                if name in BESIDE_CLASS:
                    is_alone = False
                    found = attributes.get("role")
                    if found is not None:
                        role[0] = <int64_t> ROLES.get(found, 0)
                    break
        numbers = self.shapes.get(classes)
        if numbers is None:
            numbers = self.shapes[classes] = {}
        found = numbers.get(tag)
        if found is None:
            self.found += 1
            found = numbers[tag] = self.found
        shape[0] = <int64_t> found
        if is_alone and classes is None:
            return 0
        found = self.scores.get(classes) if is_alone else None
        if found is None:
            found = self.score(attributes)
            if is_alone:
                self.scores[classes] = found
        strongest[0], mean[0] = <tuple> found
        return 0

    cdef tuple score(self, dict attributes):
        cdef double strongest, mean
        if self.names is None:
            return self.score_names(attributes)
        self.names.score(attributes, &strongest, &mean)
        return strongest, mean
