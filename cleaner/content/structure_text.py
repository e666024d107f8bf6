# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: annotation_typing=False, infer_types=True
"""Rules of structure for running text: standfirsts, paragraphs, code, formulas, headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.groups import group
from cleaner.content.headings import LEAST, is_permalink, may_head
from cleaner.content.structure_page import CAPTION, FLAGS, PRE, SUBHEADING, TABLE, TOP, UNIT
from cleaner.content.telling import (
    SIGN,
    heads_callout,
    is_bare_cell,
    is_formula,
    is_line_of_code,
    is_lone_code,
    is_sign,
    may_lead,
    repeats_title,
)

if TYPE_CHECKING:
    from cleaner.content.structure_page import PageSoFar

_HEADING, _TITLE, _STANDFIRST, _PARAGRAPH = LEAST[0], 0.2, 0.25, 0.2
_CODE, _FORMULA, _ANNOUNCED, _ALIKE, _LINK = 0.1, 0.03, 0.15, 0.1, 0.4
"""The least probability of what each rule keeps: `_ANNOUNCED` that of a line which announces what
follows, `_ALIKE` of a block like others, `_LINK` of a link between kept text."""
_MOST_FORMULAS = 3
"""Blocks of a formula and its number at the most."""
_MARK = 2
"""Characters of a mark before an answer at the most: "A:"."""
_KIND, _SHARE = 8, 0.5
"""Blocks of one kind are at least this many; once this share is kept, so are the others."""
_APART, _FAR = 6, 24
"""Blocks between code and kept text at the most: those that are no code, and all."""
_DEEP = 8
"""Levels within which code has its `<pre>`."""
_NEAR = 15
"""Blocks from the first heading within which an article begins."""
_GREATEST = 2**63 - 1
"""The greatest number that an array holds."""


def standfirsts(page: PageSoFar) -> list[int]:
    """Return the prose between the first heading and the kept prose, but no byline."""
    top = 0
    while top < page.blocks and not page.is_in(top, 3, TOP):
        top += 1
    for after in range(top + 1, min(top + 1 + _NEAR, page.blocks)):
        if page.kept[after] and page.long[after] > 0:
            return [
                row
                for row in range(top + 1, after)
                if page.long[row] > 0
                and page.scores[row] >= _STANDFIRST
                and may_lead(page.columns, row)
            ]
    return []


def code(page: PageSoFar) -> list[int]:
    """Return the preformatted blocks that follow one another beside a kept block.

    Between kept blocks a few others may part them from these: the bars and tabs of an editor. A
    `<code>` beside a `<pre>` counts as one, what is typed above what it prints, and so does one
    of several lines, or beside another in the same element.
    """
    rows: list[int] = []
    row = 0
    while row < page.blocks:
        if not _is_code(page, row):
            row += 1
            continue
        end = row + 1
        while end < page.blocks and _is_code(page, end):
            end += 1
        beside = page.is_kept(row - 1) or page.is_kept(end)
        if beside or (_is_near(page, row, -1) and _is_near(page, end - 1, 1)):
            rows.extend(range(row, end))
        row = end
    return rows


def _is_code(page: PageSoFar, row: int) -> bool:
    if page.kept[row] or not page.scores[row] >= _CODE:
        return False
    if _is_preformatted(page, row):
        return True
    if _is_preformatted(page, row - 1) or _is_preformatted(page, row + 1):
        return is_lone_code(page.columns, row)
    if page.links[row] > 0 or not page.holds_code():
        return False
    has_lines = "\n" in page.texts[row]
    return (has_lines and is_lone_code(page.columns, row)) or is_line_of_code(page.columns, row)


def _is_preformatted(page: PageSoFar, row: int) -> bool:
    return 0 <= row < page.blocks and page.is_in(row, _DEEP, PRE)


def _is_near(page: PageSoFar, row: int, step: int) -> bool:
    """Return whether a kept block stands near before or after code, which counts for little."""
    others = 0
    for blocks in range(1, _FAR + 1):
        if page.is_kept(row + blocks * step):
            return True
        others += not _is_preformatted(page, row + blocks * step)
        if others == _APART:
            break
    return False


def paragraphs(page: PageSoFar) -> list[int]:
    """Return the prose between two kept blocks of the same parent."""
    return [
        row
        for row in range(1, page.blocks - 1)
        if _is_between(page, row)
        and page.long[row] > 0
        and page.scores[row] >= _PARAGRAPH
        and page.parent[page.node[row - 1]]
        == page.parent[page.node[row]]
        == page.parent[page.node[row + 1]]
    ]


def _is_between(page: PageSoFar, row: int) -> bool:
    """Return whether a dropped block stands between two kept ones."""
    return page.kept[row - 1] > 0 and not page.kept[row] and page.kept[row + 1] > 0


def alike(page: PageSoFar) -> list[int]:
    """Return the blocks of a kind most of whose blocks are kept.

    Those of a kind share tag and class, also one and two levels up, and are links or are not.
    Cells of a layout that have no class are none: a page may have nothing else.
    """
    if page.blocks < _KIND:
        return []
    above, shape, shapes = page.above, page.shape, len(page.shape)  # the last is of no node
    keys = np.empty(page.blocks, dtype=np.int64)
    written = keys.data
    for row in range(page.blocks):
        key = 0
        for level in range(3):
            node = above[level, row]
            key = key * shapes + shape[node if node >= 0 else shapes - 1]
        written[row] = (2 * key + (page.links[row] >= 0.5 * page.size[row])) & _GREATEST
    groups, kinds = group(keys)
    kind = groups.data
    count, good = page.zeros(kinds), page.zeros(kinds)
    for row in range(page.blocks):
        count[kind[row]] += 1
        good[kind[row]] += page.kept[row]
    return [
        row
        for row in range(page.blocks)
        if not page.kept[row]
        and page.scores[row] >= _ALIKE
        and count[kind[row]] >= _KIND
        and good[kind[row]] / count[kind[row]] >= _SHARE
        and not (is_bare_cell(page.columns, row) and not _is_in_data(page, row))
    ]


def _is_in_data(page: PageSoFar, row: int) -> bool:
    """Return whether the innermost table around a row is one of data."""
    for level in range(page.levels):
        if FLAGS[page.around[level, row]] & TABLE:
            return page.is_data(page.above[level, row])
    return False


def between(page: PageSoFar) -> list[int]:
    """Return the likely blocks between two kept ones that nothing unlikely parts them from.

    A caption parts nothing, nor does an icon by itself, nor the title of a boxed remark.
    """
    rows: list[int] = []
    last = -1
    for row in range(page.blocks):
        if page.kept[row]:
            if last >= 0:
                rows += [at for at in range(last + 1, row) if _is_likely(page, at)]
            last = row
        elif last >= 0 and not _parts_nothing(page, row):
            last = -1
    return rows


def _is_likely(page: PageSoFar, row: int) -> bool:
    link = page.links[row] >= 0.5 * page.size[row]
    return page.scores[row] >= (max(page.likely, _LINK) if link else page.likely)


def _parts_nothing(page: PageSoFar, row: int) -> bool:
    if _is_likely(page, row) or page.is_in(row, 2, CAPTION):
        return True
    text = page.texts[row]
    if len(text) < SIGN and is_sign(text):
        return True
    return page.scores[row] >= _HEADING and heads_callout(page.columns, row)


def formulas(page: PageSoFar) -> list[int]:
    """Return the blocks between two kept ones that are formulas and their numbers."""
    rows: list[int] = []
    last = -1
    for row in range(page.blocks):
        if not page.kept[row]:
            if page.scores[row] < _FORMULA or page.long[row] > 0 or page.links[row] > 0:
                last = -1
            continue
        between = range(last + 1, row)
        few = last >= 0 and 1 < row - last <= _MOST_FORMULAS + 1
        if few and is_formula(page.columns, between):
            rows.extend(between)
        last = row
    return rows


def leads(page: PageSoFar) -> list[int]:
    """Return the lines ending in a colon that a kept list, quote, table or code follows."""
    return [
        row
        for row in range(page.blocks - 1)
        if page.is_above_kept(row)
        and page.scores[row] >= _ANNOUNCED
        and page.is_in(row + 1, 5, UNIT | PRE)
        and not page.is_in(row, 5, UNIT | PRE)
        and page.announces(row)
    ]


def titles(page: PageSoFar) -> list[int]:
    """Return the first headings that kept text follows, less likely ones if it stands before.

    One that repeats the title of the page is left to the model: the metadata says it.
    """
    rows: list[int] = []
    below = False
    for row in range(page.blocks - 1):
        below = below or page.kept[row] > 0
        if page.is_above_kept(row) and page.is_in(row, 1, TOP):
            least = _HEADING if below and page.links[row] == 0 else _TITLE
            if page.scores[row] >= least and not repeats_title(page.columns, row):
                rows.append(row)
    return rows


def headings(page: PageSoFar) -> list[int]:
    """Return the headings above kept text, last first."""
    rows: list[int] = []
    for row in range(page.blocks - 2, -1, -1):
        if page.kept[row] or not page.scores[row] >= _HEADING:
            continue
        if not _is_above_text(page, row):
            continue
        heads = page.is_in(row, 3, SUBHEADING) or heads_callout(page.columns, row)
        if heads and may_head(page.columns, row, page.scores[row]):
            page.kept[row] = True  # another may head it
            rows.append(row)
    return rows


def _is_above_text(page: PageSoFar, row: int) -> bool:
    """Return whether the next row is kept, but for a mark or a permalink between."""
    if page.kept[row + 1]:
        return True
    below = page.texts[row + 1]
    return page.is_kept(row + 2) and (
        len(below) <= _MARK or (page.links[row + 1] > 0 and is_permalink(page.columns, row + 1))
    )
