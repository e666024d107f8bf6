"""What a link shows: its text without the words that only screen readers are told."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

from cleaner.markers.places import is_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.document import Layout

_LONGEST = 200
"""Characters of a link that may be a marker to the eye."""


def shown_texts(layout: Layout, kept: Sequence[bool]) -> Sequence[str]:
    """Return the text of each block, that of a kept link as it is shown.

    "Read more" is a marker, and so is "Read more about the ferries" if the end is only spoken.
    """
    texts, links = layout.texts, layout.links
    for block in compress(range(len(links)), kept):
        if not links[block] or len(layout.texts[block]) > _LONGEST or not is_link(layout, block):
            continue
        pieces = range(layout.starts[block], layout.ends[block])
        shown = [piece for piece in pieces if not _is_spoken(layout, block, piece)]
        if 0 < len(shown) < len(pieces):
            texts = list(texts) if texts is layout.texts else texts
            texts[block] = " ".join("".join(layout.pieces[piece] for piece in shown).split())
    return texts


def _is_spoken(layout: Layout, block: int, piece: int) -> bool:
    """Tell whether an element between a block and its piece is named as for screen readers."""
    from cleaner.export.read.vocabulary import roles

    node = layout.piece_nodes[piece]
    while node != layout.block_nodes[block]:
        if "spoken" in roles(layout.attributes[node].get("class", "")):
            return True
        node = layout.parents[node]
    return False
