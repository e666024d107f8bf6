# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""The compiled twins of what `siblings`, `select` and `guess` do with arrays."""

from libc.math cimport copysign, exp, fabs, log1p
from libc.stdint cimport int64_t, uint8_t

import numpy as np

from cleaner.content.groups import group

cdef double WEIGHT, SURE
cdef Py_ssize_t LEAST


def probabilities(page, logits):
    """Return the probability of each block of being main content."""
    cdef const int64_t[::1] node = page.node, parent = page.parent, shape = page.shape
    cdef const double[::1] words = page.words, size = page.size, links = page.links
    cdef const double[::1] long = page.long
    cdef const double[::1] odds = np.ascontiguousarray(logits, dtype=np.float64)
    cdef Py_ssize_t count = node.shape[0], block, row
    cdef double weight, leaning
    keys = np.empty(count, dtype=np.int64)
    chances = np.empty(count)
    cdef int64_t[::1] written = keys
    cdef double[::1] out = chances
    for block in range(count):
        written[block] = parent[node[block]] * parent.shape[0] + shape[node[block]]
        written[block] = 2 * written[block] + (links[block] >= 0.5 * size[block])
    groups, found = group(keys)
    cdef const int64_t[::1] siblings = groups
    cdef double[:, ::1] sums = np.zeros((3, found))
    for block in range(count):
        row, weight = siblings[block], words[block] + 0.5
        sums[0, row] += weight * min(max(odds[block], -SURE), SURE)
        sums[1, row] += weight
        sums[2, row] += 1
    for block in range(count):
        row, leaning = siblings[block], odds[block]
        if sums[2, row] >= LEAST and long[block] > 0:
            leaning += WEIGHT * (sums[0, row] / sums[1, row] - leaning)
        out[block] = 1 / (1 + exp(-min(max(leaning, -30), 30)))
    return chances


def select(const double[::1] probabilities, const double[::1] words, double strength):
    """Return which blocks to keep, and the F1 to expect of the choice."""
    cdef Py_ssize_t count = probabilities.shape[0], row, best = 0
    cdef const Py_ssize_t[::1] order = np.argsort(np.negative(probabilities), kind="stable")
    cdef double total = 0, gain = 0, size = 0, most = -1, best_gain = 0, best_size = 0, value
    kept = np.zeros(count, dtype=bool)
    cdef uint8_t[::1] written = kept.view(np.uint8)
    for row in range(count):
        total += words[order[row]] * probabilities[order[row]]
    for row in range(count):
        gain += words[order[row]] * probabilities[order[row]]
        size += words[order[row]]
        value = gain / (size + strength * total + 1e-9)
        if value > most:
            best, most, best_gain, best_size = row, value, gain, size
    for row in range(best + 1):
        written[order[row]] = True
    return kept, 2 * best_gain / max(best_size + total, 1e-9)


def page_vector(
    const float[:, ::1] rows, const float[::1] mean, const double[::1] weights
):
    """Return what the type of a page is guessed from: means of the features, less those usual.

    First over all blocks, then over blocks by their weights.
    """
    cdef Py_ssize_t features = rows.shape[0], count = rows.shape[1], row, block
    cdef double sum, weighted, value, total = 0
    cdef double[4] sums = [0, 0, 0, 0], kept = [0, 0, 0, 0]
    cdef const float* values
    cdef int part
    vector = np.empty(2 * features, dtype=np.float32)
    cdef float[::1] out = vector
    for block in range(count):
        total += weights[block]
    total = max(total, 1e-9)
    for row in range(features):
        sum = weighted = 0
        values = &rows[row, 0]
        for block in range(count // 4):  # four at once: each sum waits for the one before
            for part in range(4):
                value = values[4 * block + part]
                sums[part] += value
                kept[part] += value * weights[4 * block + part]
        for part in range(4):
            sum += sums[part]
            weighted += kept[part]
            sums[part] = kept[part] = 0
        for block in range(count // 4 * 4, count):
            sum += values[block]
            weighted += values[block] * weights[block]
        out[row] = drawn_in(sum / count - mean[row])
        out[features + row] = drawn_in(weighted / total - mean[row])
    return vector


cdef inline double drawn_in(double value) noexcept:
    return copysign(log1p(fabs(value)), value)


def type_probabilities(
    const float[::1] vector, const float[:, ::1] weights, const float[::1] bias
):
    """Return the probabilities of the page types, from their weights."""
    cdef Py_ssize_t types = weights.shape[0], row, at
    cdef double most, total = 0
    chances = np.empty(types)
    cdef double[::1] out = chances
    for row in range(types):
        out[row] = bias[row]
        for at in range(vector.shape[0]):
            out[row] += weights[row, at] * vector[at]
        most = out[row] if row == 0 else max(most, out[row])
    for row in range(types):
        out[row] = exp(out[row] - most)
        total += out[row]
    for row in range(types):
        out[row] /= total
    return chances


# Last, since it takes what is defined above, whichever of the two is loaded first.
from cleaner.content import siblings as twin

WEIGHT, SURE, LEAST = twin.WEIGHT, twin.SURE, twin.LEAST
