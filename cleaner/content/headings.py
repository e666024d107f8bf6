"""Whether a heading may be that of the text after it, or announces a text elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.content.nodes import tag_table

if TYPE_CHECKING:
    from cleaner.content.page import PageColumns

SUBHEADINGS = tag_table("h2", "h3", "h4", "h5", "h6", "dt", "summary")
_TOP, RANKS = tag_table("h1"), tag_table("h2", "h3", "h4", "h5", "h6")
_BOXES = tag_table("aside", "nav")
LEAST = (0.1, 0.3, 0.5, 0.5)
"""A heading that the model gives less is none, by how many signs say that it is a teaser."""
_LINK = 0.9
"""The share of a heading that is a link where it leads elsewhere."""


def may_head(page: PageColumns, row: int, score: float) -> bool:
    """Tell whether a heading may be that of the block after it.

    The last block in a box beside the text heads nothing after the box. One that is a link, with
    which a box ends that another block began, or that a heading of its rank follows, may be a
    teaser: the more of this, the less the model must doubt it.
    """
    boxes, tags, after = page.above[:, row], page.around[:, row], page.node[row + 1]
    if (after >= page.end[boxes[_BOXES[tags]][:1]]).any():
        return False
    boxes = boxes[(boxes >= 0) & ~SUBHEADINGS[tags]]
    before = page.layout.last_node(page.rows[row - 1]) if row else -1
    with_last = boxes[boxes <= before][:1]
    with_next = boxes[page.end[boxes] > after][:1]
    own = with_next.size and (not with_last.size or with_next[0] > with_last[0])
    link = not own and _leads_away(page, row)
    title = row and _TOP[page.tag[page.node[row - 1]]]
    ends = (after >= page.end[with_last]).any() and not (title or page.long[row])
    rank, next_rank = (page.tag[page.node[at]] for at in (row, row + 1))
    alike = rank == next_rank and RANKS[rank]
    return bool(score >= LEAST[int(link) + int(ends) + int(alike)])


def _leads_away(page: PageColumns, row: int) -> bool:
    """Tell a block that is a link, but for one that opens or goes to a part of the page."""
    if page.links[row] < _LINK * page.size[row]:
        return False
    layout = page.layout
    link = layout.nearest(layout.last_node(page.rows[row]), ("a",))
    return link >= 0 and not layout.attributes[link].get("href", "#").startswith("#")
