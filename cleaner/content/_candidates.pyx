# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""The compiled twin of `cleaner.content.candidates.candidates`, as one group of `_features.pyx`."""

from libc.math cimport fmax, fmin
from libc.stdint cimport int64_t

from cleaner.content._feature_page cimport LEVELS, FeaturePage, log_of, node_at

import numpy as np

from cleaner.content import candidates as twin
from cleaner.content.characters import CLASSES
from cleaner.content.nodes import TAGS

cdef enum:
    CLOSE = 6  # nodes around a block, its own included, whose scores are told

cdef int COMMA = CLASSES["comma"]
cdef int64_t[::1] SPREAD = twin.SPREAD
cdef double SHORTEST = twin.SHORTEST, LONGEST = twin.LONGEST, EACH = twin.EACH
assert twin.CLOSE == CLOSE
# 1 for the tags of text, 2 for those in which text stands as a paragraph.
cdef int[::1] TEXTUAL = np.array([
    (tag in twin.PARAGRAPHS) + 2 * (tag in twin.BOXES) for tag in ["", *TAGS]
], dtype=np.intc)


cdef candidates(FeaturePage page):
    cdef double[::1] worth = np.zeros(page.blocks), scores = np.zeros(page.nodes)
    cdef double[:, ::1] below = np.zeros((1, page.nodes))
    cdef char[::1] around = np.zeros(page.nodes, dtype=np.int8)
    cdef Py_ssize_t block, node, level, top = page.nodes - 1, wide, above, first, last, away
    cdef Py_ssize_t row, at = page.at
    cdef Py_ssize_t[2] chosen
    cdef double all_worth = 0, most, score
    cdef int kind
    for block in range(page.blocks):
        node = page.node[block]
        kind = TEXTUAL[page.tag[node]]
        if kind and page.size[block] >= SHORTEST and page.links[block] < 0.5 * page.size[block]:
            worth[block] = EACH * (1 + page.chars[COMMA, block]) + fmin(page.size[block], LONGEST)
            all_worth += worth[block]
            below[0, node] += worth[block]
            if kind == 1:
                node = page.parent[node]
            for level in range(SPREAD.shape[0]):
                if node < 0:
                    break
                scores[node] += SPREAD[level] * worth[block]
                node = page.parent[node]
    for node in range(page.nodes - 2, -1, -1):
        scores[node] *= 1 - page.sums[2, node] / fmax(page.sums[1, node], 1)
        if scores[node] >= scores[top]:
            top = node
    page.rise(below)
    wide, above = top, page.parent[top]
    while above >= 0 and 3 * scores[above] >= scores[top]:
        wide, above = above, page.parent[above]
    all_worth, most = fmax(all_worth, 1), fmax(scores[top], 1)
    chosen = [top, wide]
    for row in range(2):
        node = chosen[row]
        page.steps_to(node, at)
        first, last = page.blocks, -1
        for block in range(page.blocks):
            if node <= page.node[block] < page.end[node]:
                first, last = min(first, block), block
        if last < 0:
            first, last = 0, page.blocks - 1
        for block in range(page.blocks):
            away = block - min(max(block, first), last)
            page.out[at + 1, block] = min(max(away, -100), 100)
            page.out[at + 2, block] = below[0, node] / all_worth
            page.out[at + 3, block] = page.sums[0, node] / page.total
        at += 4
    node = top
    while node >= 0:
        around[node] = True
        node = page.parent[node]
    for block in range(page.blocks):
        score = 0
        for level in range(CLOSE):
            score = fmax(score, scores[node_at(page, level, block)])
        node = page.node[block]
        for level in range(LEVELS):
            above = page.above[level, block]
            if above < 0 or around[above]:
                break
            node = above
        page.out[at, block] = scores[node_at(page, 1, block)] / most
        page.out[at + 1, block] = score / most
        page.out[at + 2, block] = scores[node] / most
        page.out[at + 3, block] = below[0, node] / all_worth
        page.out[at + 4, block] = page.sums[2, node] / fmax(page.sums[1, node], 1)
        page.out[at + 5, block] = log_of(page, page.sums[0, node])
        page.out[at + 6, block] = most / all_worth
        page.out[at + 7, block] = log_of(page, all_worth)
    page.at = at + 8
