"""What the words of a line share with the wanted and the unwanted lines of the same text.

A story names the same things again and again, and a menu repeats itself; which of the two a
doubtful line is part of shows in the lines that use its words. Rare words of the text weigh
more, and a line is never compared with itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.content.line_sums import running, window

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.content.words import Tokens

    Floats = NDArray[np.floating[Any]]
    Columns = dict[str, NDArray[Any]]

_UNLIKELY, _LIKELY = 0.2, 0.8
"""Probabilities past which a line counts as unwanted, or as wanted."""
_AROUND = ((3, 3), (10, 10), (5, -1), (-1, 5))
"""Windows by the lines before and after; -1 leaves the line itself out."""
_LEAST = 1e-3
"""What keeps a ratio finite."""


def overlap_features(tokens: Tokens, verdicts: Floats, said: Floats) -> Columns:
    """Return the features of all lines, of which there is at least one, as rows by name.

    Args:
        tokens: the words and word pairs of the lines.
        verdicts: the probability of each line by the first trees.
        said: the probability of each line by its words.
    """
    owners = tokens.owners
    _, place = np.unique(tokens.numbers, return_inverse=True)
    lines = np.bincount(place)[place]  # that have the token
    rare = np.log((tokens.count + 1) / lines)

    def total(values: Floats) -> Floats:
        """Sum over the tokens of each line."""
        return np.asarray(np.bincount(owners, values, tokens.count), dtype=np.float64)

    def elsewhere(values: NDArray[Any]) -> Floats:
        """Sum over the other lines that have the token, for each token of each line."""
        own = values[owners]
        return np.asarray(np.bincount(place, own)[place] - own, dtype=np.float64)

    size = np.maximum(total(rare), _LEAST)
    length = np.sqrt(np.maximum(total(rare * rare), _LEAST))
    columns: Columns = {"used elsewhere": total(rare * (lines > 1)) / size}
    for name, odds in (("verdicts", verdicts), ("words", said)):
        mean, wanted = odds.mean(), elsewhere(odds)
        unwanted = lines - 1 - wanted
        usual = np.log((mean + _LEAST) / (1 - mean + _LEAST))
        leaning = np.log((wanted + mean / 2 + _LEAST) / (unwanted + (1 - mean) / 2 + _LEAST))
        columns[f"share by {name}"] = total(rare * (wanted + mean) / lines) / size
        columns[f"leaning by {name}"] = total(rare * (lines > 1) * (leaning - usual)) / length
    columns["in wanted"] = total(rare * (elsewhere(verdicts > _LIKELY) > 0)) / size
    columns["in unwanted"] = total(rare * (elsewhere(verdicts < _UNLIKELY) > 0)) / size
    columns["balance"] = columns["in wanted"] - columns["in unwanted"]
    sums = running(columns.values())
    for before, after in _AROUND:
        found, number = window(sums, before, after)
        columns[f"{before} before, {after} after"] = found / number
    return columns
