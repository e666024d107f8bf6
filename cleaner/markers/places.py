"""What stands where on a page, as the rules for markers ask it of a layout."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.document import Layout

_REACH = 3
"""Levels above an image within which a link leads to its file."""
_SLACK = 2
"""Characters of a block that may stand beside the link it is: a sign."""


def beside(texts: Sequence[str], index: int, step: int) -> int | None:
    """Return the next text that is not blank in the direction of `step`, or None."""
    index += step
    while 0 <= index < len(texts):
        if texts[index].strip():
            return index
        index += step
    return None


def is_link(layout: Layout, block: int) -> bool:
    """Return whether a block is a link from end to end, but for a sign."""
    return layout.links[block] > 0 and layout.links[block] + _SLACK >= len(layout.texts[block])


def leads_elsewhere(layout: Layout, block: int) -> bool:
    """Return whether a link heads nothing: it is no heading, or ends a box that began before it."""
    if not is_link(layout, block):
        return False
    if layout.kind(block) != "heading":
        return True
    before, after = (beside(layout.texts, block, step) for step in (-1, 1))
    if before is None or after is None:
        return False
    boxes = set(layout.ancestors(layout.last_node(before)))
    around = layout.ancestors(layout.block_nodes[block])
    shared = next((node for node in around if node in boxes), -1)
    return shared >= 0 and shared not in layout.ancestors(layout.piece_nodes[layout.starts[after]])


def before_links(layout: Layout, kept: Sequence[bool]) -> list[int]:
    """Return the dropped blocks that stand directly before a kept link."""
    return [
        block - 1
        for block in compress(range(len(kept)), kept)
        if block and not kept[block - 1] and is_link(layout, block)
    ]


def is_title_of_box(layout: Layout, block: int) -> bool:
    """Return whether a block is the title that a theme gives a boxed remark, such as "See also"."""
    from cleaner.export.read.vocabulary import callout, roles

    node = layout.block_nodes[block]
    own, outer = (layout.attributes[n].get("class", "") for n in (node, layout.parents[node]))
    return "callout_title" in roles(own) and bool(callout(outer))


def shows_picture(layout: Layout, block: int) -> bool:
    """Return whether a block has an image that is no icon: wide, or in a link to its file."""
    from cleaner.export.read.images import IMAGE_FILE

    for node in layout.piece_nodes[layout.starts[block] : layout.ends[block]]:
        if layout.tags[node] == "img":
            width = layout.attributes[node].get("width", "").removesuffix("px")
            link = layout.nearest(node, ("a",), _REACH)
            file = layout.attributes[link].get("href", "") if link >= 0 else ""
            if (len(width) > 2 and width.isdecimal()) or IMAGE_FILE.search(file):
                return True
    return False


def is_button(layout: Layout, block: int) -> bool:
    """Return whether a block is a button."""
    return layout.tags[layout.block_nodes[block]] == "button"
