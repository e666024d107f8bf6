"""judge: features of every block, their probabilities, and the set with the highest expected F1."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from cleaner.content import Judgement
from cleaner.content.features import features
from cleaner.content.guess import guess_confidence, guess_type
from cleaner.content.page import read_columns
from cleaner.content.reasons import Reasons
from cleaner.content.select import select
from cleaner.content.siblings import probabilities
from cleaner.content.structure import keep_structure

if TYPE_CHECKING:
    from cleaner.content.model import Model
    from cleaner.document import Layout


_FAR = 3
"""Levels above an object, or its figure, from which on nothing stands together with it."""
_FIGURE = 6
"""A figure stands at most this many levels above its image."""


def judge(layout: Layout, model: Model, favor: str = "balance") -> Judgement:
    """Return the verdicts of `model` on the blocks of `layout`."""
    columns = read_columns(layout, model.score_names)
    if columns is None:
        count = len(layout)
        return Judgement([False] * count, [0.0] * count, 0.0, None, _no_text, {})
    rows = features(columns)
    chances = probabilities(columns, model.logits(rows))
    types = guess_type(model, rows, chances * columns.words)
    chosen, expected = select(chances, columns.words, model.strength(favor, types))
    named = keep_structure(columns, chosen, chances)
    kept = np.zeros(len(layout), dtype=bool)
    scores = np.zeros(len(layout))
    kept[columns.rows] = chosen
    scores[columns.rows] = chances
    if len(columns.rows) < len(layout):
        keep_media(layout, kept, scores)
    return Judgement(
        kept.tolist(),
        scores.tolist(),
        guess_confidence(model, expected, types, rows),
        types.best,
        Reasons(layout, model, kept),
        {int(columns.rows[row]): reason for row, reason in named.items()},
    )


def _no_text(_block: int) -> str:
    return "no text"


def keep_media(layout: Layout, kept: np.ndarray, scores: np.ndarray) -> None:
    """Keep a block that holds objects only, such as an image, if the text around it is kept.

    Both neighbours decide, or the one that stands in the same container, unless a dropped one
    stands nearer: the portrait beside a byline goes with it. A dropped caption or title is passed
    over: the figure beside it may belong to the text.
    """
    texts, nodes, tags = layout.texts, layout.block_nodes, layout.tags
    passed = [
        kind == "caption" or tags[node] == "h1"
        for kind, node in zip(layout.kinds(), nodes, strict=True)
    ]
    text_blocks = np.array(
        [block for block, text in enumerate(texts) if text and (kept[block] or not passed[block])]
    )
    for block in [block for block, text in enumerate(texts) if not text]:
        after = int(np.searchsorted(text_blocks, block))
        near = [int(text_blocks[at]) for at in (after - 1, after) if 0 <= at < len(text_blocks)]
        own = _figure(layout, nodes[block])
        steps = {other: _steps(layout, own, nodes[other]) for other in near}
        wanted = [other for other in near if kept[other]]
        closest = min(steps.values(), default=_FAR)
        if len(wanted) == 2 or any(steps[other] == closest < _FAR for other in wanted):
            kept[block] = True
            scores[block] = min(scores[other] for other in wanted)


def _figure(layout: Layout, node: int) -> int:
    """Return the `<figure>` at or above `node`, else `node`."""
    around = islice(layout.ancestors(node), _FIGURE)
    return next((outer for outer in around if layout.tags[outer] == "figure"), node)


def _steps(layout: Layout, node: int, other: int) -> int:
    """Return how many levels above `node` the first node stands that holds `other`, or `_FAR`."""
    around = set(layout.ancestors(other))
    for steps in range(_FAR):
        if node < 0 or layout.tags[node] == "body":
            break
        if node in around:
            return steps
        node = layout.parents[node]
    return _FAR
