"""judge: features of every block, their probabilities, and the set with the highest expected F1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.content import Judgement
from cleaner.content.contents import keep_contents
from cleaner.content.features import features
from cleaner.content.gallery import keep_captions
from cleaner.content.guess import guess_confidence, guess_type
from cleaner.content.leave_out import leave_out
from cleaner.content.manuals import keep_manual
from cleaner.content.media import keep_media
from cleaner.content.posts import keep_posts
from cleaner.content.reasons import Reasons
from cleaner.content.select import select
from cleaner.content.siblings import probabilities
from cleaner.content.structure import LIKELY, LIKELY_IN_MANUALS, keep_structure
from cleaner.content.turns import keep_turns

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.content.guess import TypeGuess
    from cleaner.content.model import Model
    from cleaner.content.page import PageColumns
    from cleaner.document import Layout

    Floats = NDArray[np.float64]


def judge(layout: Layout, model: Model, favor: str = "balance") -> Judgement:
    """Return the verdicts of `model` on the blocks of `layout`."""
    columns = model.read(layout)
    if columns is None:
        count = len(layout)
        return Judgement([False] * count, [0.0] * count, 0.0, None, _no_text, {})
    rows = features(columns)
    chances = probabilities(columns, model.logits(rows))
    types = guess_type(model.arrays, rows, chances * columns.words)
    strength = model.strength(favor, types)
    chosen, expected, named = choose(columns, chances, strength, types, all_in=favor == "recall")
    blocks, count = columns.rows, len(layout)
    named = {int(blocks[row]): why for row, why in named.items()}
    kept, scores = _spread(chosen, blocks, count), _spread(chances, blocks, count)
    if len(blocks) < count:
        keep_media(layout, kept, scores)
    return Judgement(
        kept,
        scores,
        guess_confidence(model.arrays, expected, types, rows.shape[1]),
        types.best,
        Reasons(layout, model, kept),
        named,
    )


def choose(
    columns: PageColumns,
    chances: Floats,
    strength: float,
    types: TypeGuess,
    *,
    all_in: bool = False,
) -> tuple[NDArray[np.bool_], float, dict[int, str]]:
    """Return the kept blocks of a page, the F1 to expect, and why rules decided on some.

    Args:
        columns: the page.
        chances: the probability of each block.
        strength: that of the selection.
        types: what is guessed of the page's type.
        all_in: whether nothing that was chosen is left out again.
    """
    chosen, expected = select(chances, columns.words, strength)
    likely = LIKELY_IN_MANUALS if types.best == "documentation" else LIKELY
    named = keep_turns(columns, chosen, chances)
    named.update(keep_captions(columns, chosen, chances))
    named.update(keep_contents(columns, chosen, chances, types))
    named.update(keep_structure(columns, chosen, chances, likely))
    named.update(keep_posts(columns, chosen, chances, types))
    named.update(keep_manual(columns, chosen, chances, types))
    if not all_in:
        named.update(leave_out(columns, chosen, chances, types))
    return chosen, expected, named


def _spread(values: NDArray[Any], blocks: NDArray[np.int64], count: int) -> list[Any]:
    """Return a list of so many values: those given, in the places of their blocks, and 0."""
    found = np.zeros(count, dtype=values.dtype)
    found[blocks] = values
    return list(found.tolist())


def _no_text(_block: int) -> str:
    return "no text"
