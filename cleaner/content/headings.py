"""Whether a heading may be that of the text after it, or announces a text elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.nodes import TAGS

if TYPE_CHECKING:
    from cleaner.content.page import PageColumns

_RANKS = ("h2", "h3", "h4", "h5", "h6")
SUBHEADINGS = (*_RANKS, "dt", "summary")
RANKS = np.zeros(len(TAGS) + 1, dtype=np.int64)
"""The rank of a heading by the number of its tag: 1 for h1; 0 for what is none."""
for _rank, _tag in enumerate(("h1", *_RANKS), start=1):
    RANKS[TAGS[_tag]] = _rank
LEAST = (0.1, 0.3, 0.5, 0.5)
"""The least probability of a heading, by how many signs say that it is a teaser."""
_LINK = 0.9
"""The share of a heading that is a link where it leads elsewhere."""


def may_head(page: PageColumns, row: int, score: float) -> bool:
    """Return whether a heading may be that of the block after it.

    The last block in a box beside the text heads nothing after the box. One that is a link, with
    which a box ends that another block began, or that a heading of its rank follows, may be a
    teaser: the more of this, the less the model must doubt it.
    """
    # For twelve nodes, plain numbers are quicker than arrays.
    tags, end, after = page.layout.tags, page.end, page.node[row + 1]
    around = page.around_block(row)
    if any(tags[node] in ("aside", "nav") and after >= end[node] for node in around):
        return False
    boxes = [node for node in around if tags[node] not in SUBHEADINGS]
    before = page.layout.last_node(page.rows[row - 1]) if row else -1
    with_last = next((node for node in boxes if node <= before), -1)
    with_next = next((node for node in boxes if end[node] > after), -1)
    link = with_next <= with_last and link_of(page, row)[:1] not in ("", "#")
    title = row and tags[page.node[row - 1]] == "h1"
    ends = with_last >= 0 and after >= end[with_last] and not (title or page.long[row])
    rank = tags[around[0]]
    alike = rank in _RANKS and rank == tags[after]
    return bool(score >= LEAST[int(link) + int(ends) + int(alike)])


def is_permalink(page: PageColumns, row: int) -> bool:
    """Return whether a block is nothing but a link to the heading before it."""
    target = link_of(page, row)
    before = page.around_block(row - 1, 2)
    names = (page.layout.attributes[node].get("id") for node in before)
    return target[:1] == "#" and target[1:] in names


def link_of(page: PageColumns, row: int) -> str:
    """Return where a block that is a link leads, "" if it is none."""
    if page.links[row] < _LINK * page.size[row]:
        return ""
    layout = page.layout
    link = layout.nearest(layout.last_node(page.rows[row]), ("a",))
    return layout.attributes[link].get("href", "#") if link >= 0 else ""
