# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: annotation_typing=False, infer_types=True
"""What was chosen of a page, as the rules that leave out look at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.twins import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from cleaner.content.guess import TypeGuess
    from cleaner.content.page import PageColumns

    Kept = NDArray[np.bool_]

CLUES = (
    "ment", "ignature", "wm-ipp", "awesomewrap", "templateF", "templateP", "infobox", "navbox",
    "mbox", "hatnote", "system-note", "timeline-item", "EventPost", "small-action", "raw-content",
    "bbp-template-notice", "edited-text", "lastEdit", "smalltext", "interactionStatistic",
    "odal", "onebox", "sell", "a11y-", "pg-boilerplate", "poll", "newsletter",
    "layer", "video-js", "powerpress_links", "podcast_meta", "titlebox", "dialog",
    "toc", "wgo", "boardstats", "stat-block", "ic_section", "membersOnline",
)  # fmt: skip
"""One of these is in each name by which a rule knows a box: most pages have few of them."""
KEYS = ("class", "id", "itemprop", "role")
"""The attributes that hold such names."""
BESIDE = frozenset(("aside", "nav", "select"))
"""Elements that are looked at whatever their names are."""

_KNOWN: dict[str, bool] = {}
"""Whether names hold one of `CLUES`, as remembered: siblings and themes share their names."""
_MOST_KNOWN = 16_384


@dataclass(slots=True)
class Choice:
    """What is kept so far.

    Attributes:
        page: the page as columns.
        kept: which blocks are kept.
        rows: their numbers, in order.
        chances: the probability of each block.
        types: what is guessed of the type of the page.
        named: the nodes around blocks kept at first that one of `CLUES` names, or that are of
            `BESIDE`, in order.
    """

    page: PageColumns
    kept: Kept
    rows: list[int]
    chances: NDArray[np.float64]
    types: TypeGuess
    named: list[int]

    @classmethod
    def of(
        cls, page: PageColumns, kept: Kept, chances: NDArray[np.float64], types: TypeGuess
    ) -> Choice:
        """Return the choice of the blocks that are `kept`."""
        named = clues_around(page.layout.tags, page.layout.attributes, page.above, kept)
        rows = kept.nonzero()[0].tolist()
        return cls(page, kept, rows, chances, types, named)

    def drop(self, rows: Iterable[int]) -> None:
        """Take some rows out of what is kept."""
        self.kept[list(rows)] = False
        self.rows = self.kept.nonzero()[0].tolist()


def clues_in_python(
    tags: Sequence[str],
    attributes: Sequence[dict[str, str]],
    above: NDArray[np.int64],
    blocks: Kept,
) -> list[int]:
    """Return the nodes around some blocks that one of `CLUES` names or `BESIDE` has, in order.

    Args:
        tags: of each node.
        attributes: of each node.
        above: the nodes around each block, -1 for none: (levels, blocks).
        blocks: which of the blocks are looked at.
    """
    nodes, looked_at, levels = above.data, blocks.view("u1").data, len(above)
    seen = bytearray(len(attributes))
    if len(_KNOWN) > _MOST_KNOWN:
        _KNOWN.clear()
    found = []
    for block in range(len(blocks)):
        for level in range(levels if looked_at[block] else 0):
            node = nodes[level, block]
            if node < 0:
                break
            if not seen[node]:
                seen[node] = True
                if tags[node] in BESIDE or (attributes[node] and _has_clue(attributes[node])):
                    found.append(node)
    return sorted(found)


def _has_clue(attributes: dict[str, str]) -> bool:
    for key in KEYS:
        names = attributes.get(key, "")
        if not names:
            continue
        known = _KNOWN.get(names)
        if known is None:
            known = False
            for clue in CLUES:
                if clue in names:
                    known = True
                    break
            _KNOWN[names] = known
        if known:
            return True
    return False


clues_around = compiled("cleaner.content._choice", "clues_around", clues_in_python)
