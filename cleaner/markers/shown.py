"""What links show to the eye: without what they touch, and without words for screen readers."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

from cleaner.document import LINK
from cleaner.markers.places import is_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.document import Layout

_LONGEST = 200
"""Characters of a block with a link that may be a marker to the eye."""


def shown_texts(layout: Layout, kept: Sequence[bool]) -> Sequence[str]:
    """Return the text of each block, that of kept links as they are shown.

    "Read more" is a marker, and so is "Read more about the ferries" if the end is only spoken. A
    link that touches a label in markup ("Read also" and "Will it sail") is seen apart from it.
    """
    texts, links = layout.texts, layout.links
    for block in compress(range(len(links)), kept):
        if not links[block] or len(layout.texts[block]) > _LONGEST:
            continue
        text = _shown(layout, block)
        if text != layout.texts[block]:
            texts = list(texts) if texts is layout.texts else texts
            texts[block] = text
    return texts


def _shown(layout: Layout, block: int) -> str:
    pieces = range(layout.starts[block], layout.ends[block])
    if is_link(layout, block):
        shown = [piece for piece in pieces if not _is_spoken(layout, block, piece)]
        if not 0 < len(shown) < len(pieces):
            return layout.texts[block]
        return " ".join("".join(layout.pieces[piece] for piece in shown).split())
    text, before, parted = "", 0, False
    for piece in pieces:
        inside = layout.flags[layout.piece_nodes[piece]] & LINK
        if inside != before and text[-1:].isalnum() and layout.pieces[piece][:1].isalnum():
            text, parted = f"{text} ", True
        text += layout.pieces[piece]
        before = inside
    return text if parted else layout.texts[block]


def _is_spoken(layout: Layout, block: int, piece: int) -> bool:
    """Return whether an element between a block and its piece is named as for screen readers."""
    from cleaner.export.read.vocabulary import roles

    node = layout.piece_nodes[piece]
    while node != layout.block_nodes[block]:
        if "spoken" in roles(layout.attributes[node].get("class", "")):
            return True
        node = layout.parents[node]
    return False
