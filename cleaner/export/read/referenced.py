"""Notes that a kept mark refers to: they are kept with it, whatever their own verdict."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cleaner.document import Layout

# A note lies at most this many elements above the place that a mark leads to.
_REACH = 4
_LONGEST, _MOST_BLOCKS = 3000, 40
_CONTAINERS = frozenset("li dd p div aside tr".split())


def with_notes(layout: Layout, kept: Sequence[bool], targets: Iterable[int]) -> list[bool] | None:
    """Return `kept` with the blocks of the notes at the nodes `targets`; None if it has them all.

    A note is the nearest element around its place that holds text besides a number.
    """
    nodes = layout.block_nodes
    order = sorted(range(len(nodes)), key=nodes.__getitem__)
    ordered = [nodes[block] for block in order]
    ends: dict[int, int] = {}
    added: list[int] = []
    for target in targets:
        for step, node in enumerate(layout.ancestors(target)):
            if step > _REACH:
                break
            if layout.tags[node] not in _CONTAINERS:
                continue
            if node not in ends:
                ends[node] = _end(layout, node)
            first, last = bisect_left(ordered, node), bisect_left(ordered, ends[node])
            if last - first > _MOST_BLOCKS:
                break
            blocks = order[first:last]
            size = sum(len(layout.texts[block]) for block in blocks)
            if size > _LONGEST:
                break
            if size > 6:
                added.extend(block for block in blocks if not kept[block])
                break
    if not added:
        return None
    result = list(kept)
    for block in added:
        result[block] = True
    return result


def _end(layout: Layout, node: int) -> int:
    parents = layout.parents
    last = node + 1
    while last < len(parents) and parents[last] >= node:
        last += 1
    return last
