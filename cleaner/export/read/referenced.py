"""Notes that a kept mark refers to are kept with it, whatever their own verdict."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice
from typing import TYPE_CHECKING

from cleaner.export.tree import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence, Set

    from cleaner.document import Layout

# A note lies at most this many elements above the place that a mark leads to.
_REACH = 4
_LONGEST, _MOST_BLOCKS = 3000, 40
# Text no longer than this is only the number of a note.
_MARKER = 6
_CONTAINERS = frozenset("li dd p div aside table tr".split())


def with_notes(
    layout: Layout, kept: Sequence[bool], ruled_out: Set[int], targets: Iterable[int]
) -> list[bool] | None:
    """Return `kept` with the blocks of the notes at the nodes `targets`; None if it has them all.

    Those that are `ruled_out` are not added. A note is the nearest element around its place that
    holds text besides a number.
    """
    nodes = layout.block_nodes
    order = sorted(range(len(nodes)), key=nodes.__getitem__)
    ordered = [nodes[block] for block in order]
    ends: dict[int, int] = {}

    def inside(node: int) -> list[int]:
        if node not in ends:
            ends[node] = layout.end(node)
        first, last = bisect_left(ordered, node), bisect_left(ordered, ends[node])
        return order[first : min(last, first + _MOST_BLOCKS)]

    added = [
        block
        for target in targets
        for block in _note(layout, target, inside)
        if not kept[block] and block not in ruled_out
    ]
    if not added:
        return None
    result = list(kept)
    for block in added:
        result[block] = True
    return result


def _note(layout: Layout, target: int, inside: Callable[[int], list[int]]) -> list[int]:
    """Return the blocks of the note at a node, none if it is too long for one."""
    for node in islice(layout.ancestors(target), _REACH + 1):
        is_heading = layout.tags[node] in HEADINGS
        if not is_heading and layout.tags[node] not in _CONTAINERS:
            continue
        blocks = inside(node)
        size = sum(len(layout.texts[block]) for block in blocks)
        if size > _LONGEST or len(blocks) == _MOST_BLOCKS:
            return []
        if size > _MARKER:
            return [] if is_heading else blocks
    return []
