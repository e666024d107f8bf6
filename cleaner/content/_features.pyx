# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""The compiled twin of `cleaner.content.features.features`: the same rows, group by group."""

from libc.math cimport fmax, fmin, rint, sqrt
from libc.stdint cimport int64_t

from cleaner.content._candidates cimport candidates
from cleaner.content._feature_page cimport LEVELS, FeaturePage, add_block, log_of, node_at

import numpy as np

from cleaner.content import features as twin
from cleaner.content.characters import CLASSES
from cleaner.content.groups import group
from cleaner.content.nodes import ROLES as NUMBERED_ROLES, TAGS
from cleaner.document import HIDDEN as HIDDEN_FLAG

cdef enum:
    NEAR = 4  # nodes above a block's own whose items and means are told
    AROUND = 6  # nodes above a block's own whose text mass is told
    NAMED = 5  # nodes around a block whose own names are told

cdef int STOP = CLASSES["stop"], COMMA = CLASSES["comma"], DIGIT = CLASSES["digit"]
cdef int CURRENCY = CLASSES["currency"]
cdef int HIDDEN = HIDDEN_FLAG
cdef int TAGS_COUNT = len(TAGS) + 1, ROLES_COUNT = len(NUMBERED_ROLES) + 1
cdef int64_t[::1] OWN = np.array([TAGS[tag] for tag in twin.OWN])
cdef int64_t[::1] AROUND_TAGS = np.array([TAGS[tag] for tag in twin.AROUND])
cdef int64_t[::1] COUNTED = np.array([TAGS[tag] for tag in twin.COUNTED])
cdef double[::1] DECAY = twin.DECAY
cdef double[::1] SHARES = np.array(twin.SHARES)
cdef double GRAIN = twin.GRAIN


def features(page):
    """Return the features of all text blocks: (features, blocks)."""
    rows = np.empty((twin.ROWS, len(page.node)), dtype=np.float32)
    cdef FeaturePage read = FeaturePage(page, rows)
    text(read)
    words(read)
    markup(read)
    names(read)
    containers(read)
    candidates(read)
    position(read)
    headings(read)
    repetition(read)
    whole(read)
    assert read.at == twin.ROWS
    return rows


cdef text(FeaturePage page):
    cdef Py_ssize_t block, row, at = page.at, classes = page.chars.shape[0]
    cdef double stops
    cdef str current, title = page.columns.layout.title.casefold()
    cdef list texts = page.columns.texts
    cdef Py_ssize_t length, longest = len(title)
    cdef dict counts = {}
    for current in texts:
        counts[current] = counts.get(current, 0) + 1
    for block in range(page.blocks):
        current = texts[block]
        stops = page.chars[STOP, block]
        page.out[at, block] = log_of(page, page.words[block])
        page.out[at + 1, block] = log_of(page, page.size[block])
        page.out[at + 2, block] = log_of(page, stops)
        page.out[at + 3, block] = log_of(page, page.chars[COMMA, block])
        page.out[at + 4, block] = page.size[block] / fmax(page.words[block], 1)
        page.out[at + 5, block] = page.links[block] / page.size[block]
        page.out[at + 6, block] = page.words[block] / (1 + stops)
        for row in range(classes):
            page.out[at + 7 + row, block] = page.chars[row, block] / page.size[block]
        page.out[at + 7 + classes, block] = page.edges[0, block]
        page.out[at + 8 + classes, block] = page.edges[1, block]
        page.out[at + 9 + classes, block] = <int64_t> counts[current]
        length = len(current)
        page.out[at + 10 + classes, block] = 3 < length <= longest and current.casefold() in title
    page.at += 11 + classes


cdef words(FeaturePage page):
    cdef double[:, ::1] alike = np.zeros((2, page.paths)), around = np.zeros((2, page.nodes))
    cdef double[:, ::1] section = np.zeros((2, page.blocks + 1))
    cdef double[::1] said = np.empty(page.blocks)
    cdef double weight
    cdef Py_ssize_t block, node, path, under, at = page.at
    for block in range(page.blocks):
        said[block] = rint(GRAIN * page.said[block])
        weight = 1 + rint(sqrt(page.words[block]))
        add(alike, page.path[block], weight, said[block])
        add(around, page.node[block], weight, said[block])
        add(section, page.under[block] + 1, weight, said[block])
    page.rise(around)
    for block in range(page.blocks):
        node, path, under = node_at(page, 1, block), page.path[block], page.under[block] + 1
        page.out[at, block] = said[block] / GRAIN
        page.out[at + 1, block] = alike[0, path] / alike[1, path] / GRAIN
        page.out[at + 2, block] = around[0, node] / fmax(around[1, node], 1) / GRAIN
        page.out[at + 3, block] = section[0, under] / section[1, under] / GRAIN
    page.at += 4


cdef inline void add(double[:, ::1] sums, Py_ssize_t to, double weight, double value) noexcept:
    sums[0, to] += weight * value
    sums[1, to] += weight


cdef markup(FeaturePage page):
    cdef Py_ssize_t block, row, level, node, depth
    cdef Py_ssize_t own = OWN.shape[0], around = AROUND_TAGS.shape[0]
    cdef Py_ssize_t at = page.at, roles = at + own + around, last = roles + ROLES_COUNT - 1
    cdef int64_t[::1] near = np.empty(TAGS_COUNT, dtype=np.int64)
    cdef list flags = page.columns.layout.flags
    for block in range(page.blocks):
        near[:] = LEVELS
        for row in range(roles, last):
            page.out[row, block] = 0
        depth = 0
        for level in range(LEVELS - 1, -1, -1):
            node = node_at(page, level, block)
            near[page.tag[node]] = level
            if page.role[node]:
                page.out[roles + page.role[node] - 1, block] = 1
            depth += page.above[level, block] >= 0
        for row in range(own):
            page.out[at + row, block] = near[OWN[row]] == 0
        for row in range(around):
            page.out[at + own + row, block] = near[AROUND_TAGS[row]]
        page.out[last, block] = depth
        page.out[last + 1, block] = (<int> flags[page.node[block]]) & HIDDEN > 0
    page.at = last + 2


cdef names(FeaturePage page):
    cdef Py_ssize_t block, row, level, node, lowest, at = page.at
    cdef double decayed, summed, least, most, value
    for block in range(page.blocks):
        for row in range(2):
            decayed = summed = 0
            least = most = page.names[row, node_at(page, 0, block)]
            lowest = 0
            for level in range(LEVELS):
                value = page.names[row, node_at(page, level, block)]
                decayed += DECAY[level] * value
                summed += value
                if value < least:
                    least, lowest = value, level
                most = fmax(most, value)
                if level < NAMED:
                    page.out[at + 9 + row * NAMED + level, block] = value
            page.out[at + row, block] = decayed
            page.out[at + 2 + row, block] = summed
            page.out[at + 4 + row, block] = least
            page.out[at + 6 + row, block] = most
            if not row:
                page.out[at + 8, block] = lowest
        page.out[at + 9 + 2 * NAMED, block] = page.named[block]
    page.at += 10 + 2 * NAMED


cdef containers(FeaturePage page):
    cdef double[:, ::1] sums = page.sums, tags = page.count_tags(("img", "p"))
    cdef Py_ssize_t block, level, node, centre, row, at = page.at, near
    cdef double prose = fmax(page.total_long, 1), number
    for block in range(page.blocks):
        for level in range(AROUND):
            node = node_at(page, level + 1, block)
            page.out[at + level, block] = sums[0, node] / page.total
            page.out[at + AROUND + level, block] = sums[3, node] / fmax(sums[0, node], 1)
            page.out[at + 2 * AROUND + level, block] = sums[3, node] / prose
            page.out[at + 3 * AROUND + level, block] = sums[2, node] / fmax(sums[1, node], 1)
        for level in range(NEAR):
            node = node_at(page, level + 1, block)
            near = at + 4 * AROUND + level
            number = fmax(sums[4, node], 1)
            page.out[near, block] = log_of(page, sums[4, node])
            page.out[near + NEAR, block] = tags[0, node] / number
            page.out[near + 2 * NEAR, block] = sums[0, node] / number
            page.out[near + 3 * NEAR, block] = tags[1, node] / number
    at += 4 * AROUND + 4 * NEAR
    for row in range(SHARES.shape[0]):
        centre = page.nodes - 1
        while centre > 0 and not sums[3, centre] >= SHARES[row] * prose:
            centre -= 1
        for block in range(page.blocks):
            page.out[at, block] = centre <= page.node[block] < page.end[centre]
            page.out[at + 1, block] = sums[0, centre] / page.total
        page.steps_to(centre, at + 2)
        at += 3
    page.at = at


cdef position(FeaturePage page):
    cdef Py_ssize_t block, other, count = page.blocks, at = page.at, first = 0, last = count - 1
    cdef Py_ssize_t row, following = count, leading = -1
    cdef double before = 0
    cdef Py_ssize_t[4] shifts = [-2, -1, 1, 2]
    while first < count and not page.long[first] > 0:
        first += 1
    while last >= 0 and not page.long[last] > 0:
        last -= 1
    if first == count:
        first, last = 0, count - 1
    for block in range(count - 1, -1, -1):
        if page.long[block] > 0:
            following = block
        page.out[at + 6, block] = min(following - block, 50)
    for block in range(count):
        if page.long[block] > 0:
            leading = block
        page.out[at, block] = <double> block / count
        page.out[at + 1, block] = before / page.total
        page.out[at + 2, block] = log_of(page, block)
        page.out[at + 3, block] = log_of(page, count - 1 - block)
        page.out[at + 4, block] = block - first
        page.out[at + 5, block] = block - last
        page.out[at + 7, block] = min(block - leading, 50)
        before += page.words[block]
        for row in range(4):
            other = block + shifts[row]
            if 0 <= other < count:
                page.out[at + 8 + 3 * row, block] = log_of(page, page.words[other])
                page.out[at + 9 + 3 * row, block] = page.links[other] / page.size[other]
                page.out[at + 10 + 3 * row, block] = log_of(page, page.long[other])
            else:
                for other in range(3):
                    page.out[at + 8 + 3 * row + other, block] = -1
    page.at += 20


cdef headings(FeaturePage page):
    cdef Py_ssize_t block, level, row, under, count = page.blocks, at = page.at, top = 0
    cdef double[:, ::1] section = np.zeros((5, count + 1))
    cdef double names = 0
    for block in range(count):
        add_block(page, block, section, page.under[block] + 1)
    while top < count and page.ranks[top] != 1:
        top += 1
    for block in range(count):
        under = page.under[block]
        row = under + 1
        if under == block:
            names = 0
            for level in range(LEVELS):
                names += DECAY[level] * page.names[0, node_at(page, level, block)]
        page.out[at, block] = page.ranks[block]
        page.out[at + 1, block] = page.ranks[under] if under >= 0 else 0
        page.out[at + 2, block] = min(block - under, 100) if under >= 0 else 101
        page.out[at + 3, block] = page.words[under] if under >= 0 else 0
        page.out[at + 4, block] = page.links[under] / page.size[under] if under >= 0 else -1
        page.out[at + 5, block] = names
        page.out[at + 6, block] = log_of(page, section[0, row])
        page.out[at + 7, block] = section[2, row] / fmax(section[1, row], 1)
        page.out[at + 8, block] = log_of(page, section[4, row])
        page.out[at + 9, block] = section[3, row] / fmax(section[0, row], 1)
        page.out[at + 10, block] = fmin(fmax(block - top, -200), 200) if top < count else -201
        page.out[at + 11, block] = -1
    if top < count:
        page.steps_to(page.node[top], at + 11)
    page.at += 12


cdef repetition(FeaturePage page):
    cdef double[:, ::1] tags = page.count_tags(("img", "a", "h2", "h3"))
    cdef int64_t[::1] keys = np.empty(page.nodes - 1, dtype=np.int64)
    cdef int64_t[::1] groups, path = page.path, picked = np.empty(page.blocks, dtype=np.int64)
    cdef Py_ssize_t node, block, level, best, row, at = page.at, count, chosen, name
    cdef double number, most = 0
    for node in range(page.nodes - 1):
        keys[node] = page.parent[node] * page.nodes + page.shape[node]
    groups, count = group(np.asarray(keys))
    cdef double[:, ::1] items = np.zeros((count, 10))
    for node in range(page.nodes - 1):
        for row in range(5):
            items[groups[node], row] += page.sums[row, node]
        for row in range(4):
            items[groups[node], 5 + row] += tags[row, node]
        items[groups[node], 9] += 1
    cdef double[:, ::1] alike = np.zeros((5, page.paths)), shapes = np.zeros((5, page.nodes))
    for block in range(page.blocks):
        add_block(page, block, alike, path[block])
        add_block(page, block, shapes, page.shape[page.node[block]])
    for block in range(page.blocks):
        best, chosen = 0, groups[page.node[block]]
        for level in range(1, LEVELS):
            node = page.above[level, block]
            number = items[groups[node], 9] if node >= 0 else 0
            if number > items[chosen, 9]:
                best, chosen = level, groups[node]
            if level <= NEAR:
                page.out[at + 10 + level, block] = log_of(page, number)
        number = items[chosen, 9]
        page.out[at, block] = log_of(page, number)
        page.out[at + 1, block] = best
        page.out[at + 2, block] = log_of(page, items[chosen, 0] / number)
        page.out[at + 3, block] = items[chosen, 4] / number
        page.out[at + 4, block] = items[chosen, 5] / number
        page.out[at + 5, block] = items[chosen, 6] / number
        page.out[at + 6, block] = (items[chosen, 7] + items[chosen, 8]) / number
        page.out[at + 7, block] = items[chosen, 2] / fmax(items[chosen, 1], 1)
        page.out[at + 8, block] = items[chosen, 3] / fmax(items[chosen, 0], 1)
        page.out[at + 9, block] = items[chosen, 0] / page.total
        picked[block] = chosen
        most = fmax(most, items[chosen, 0])
        chosen, name = path[block], page.shape[page.node[block]]
        page.out[at + 15, block] = alike[0, chosen] / page.total
        page.out[at + 16, block] = log_of(page, alike[4, chosen])
        page.out[at + 17, block] = log_of(page, alike[0, chosen] / alike[4, chosen])
        page.out[at + 18, block] = alike[2, chosen] / fmax(alike[1, chosen], 1)
        page.out[at + 19, block] = alike[3, chosen] / fmax(alike[0, chosen], 1)
        page.out[at + 20, block] = log_of(page, shapes[4, name])
        page.out[at + 21, block] = shapes[0, name] / page.total
    for block in range(page.blocks):
        page.out[at + 10, block] = items[picked[block], 0] / fmax(most, 1)
    page.at += 22


cdef whole(FeaturePage page):
    cdef Py_ssize_t block, row, at = page.at, tag, prose = 0, fixed = 9
    cdef double links = 0, digits = 0, money = 0, hidden = 0
    cdef int64_t[::1] counts = np.zeros(TAGS_COUNT, dtype=np.int64)
    cdef list flags = page.columns.layout.flags
    for row in range(page.nodes):
        counts[page.tag[row]] += 1
    for block in range(page.blocks):
        links += page.links[block]
        prose += page.long[block] > 0
        digits += page.chars[DIGIT, block]
        money += page.chars[CURRENCY, block]
        if (<int> flags[page.node[block]]) & HIDDEN:
            hidden += page.words[block]
    cdef double[20] values = [
        log_of(page, page.total), log_of(page, page.blocks), links / page.total_size,
        page.total_long / page.total, <double> prose / page.blocks, log_of(page, page.total_long),
        digits / page.total_size, log_of(page, money), hidden / page.total,
    ] + [0] * 11
    for row in range(COUNTED.shape[0]):
        values[fixed + row] = log_of(page, counts[COUNTED[row]])
    for row in range(fixed + COUNTED.shape[0]):
        for block in range(page.blocks):
            page.out[at + row, block] = values[row]
    at += fixed + COUNTED.shape[0]
    for row in range(page.typed.shape[0]):
        for block in range(page.blocks):
            page.out[at + row, block] = page.typed[row]
    page.at = at + page.typed.shape[0]
