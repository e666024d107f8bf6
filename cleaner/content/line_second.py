"""Features of the second look at the lines of a text: what the first look made of all lines.

Main text stands in one stretch or a few; the first trees judge each line by itself. The second
ones see the verdicts around a line, the stretches they form, and the lines of the same shape;
the same of what the words of the lines say, and what they say of the type of the page; and what
the lines share with those judged surely.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.content.line_overlap import overlap_features
from cleaner.content.line_sums import FAR, best_stretch, nearest, running, window

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.content.line_columns import LineColumns
    from cleaner.content.words import Tokens

    Floats = NDArray[np.floating[Any]]
    Columns = dict[str, NDArray[Any]]

_MOST = 8.0
"""Log-odds beyond which a verdict is not told apart."""
_OUTSIDE = -9.0
_SHIFTS = (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)
_AROUND = ((2, 2), (5, 5), (12, 12), (30, 30), (80, 80), (5, -1), (-1, 5), (15, -1), (-1, 15),
           (50, -1), (-1, 50))  # fmt: skip
"""Windows by the lines before and after; -1 leaves the line itself out."""
_SURE = (0.3, 0.7)
"""Probabilities past which the next and the last line are looked for."""
_SAID = 5.0
"""Log-odds beyond which the words of a line are not told apart."""
_SAID_AROUND = ((2, 2), (5, 5), (15, 15), (40, 40), (5, -1), (-1, 5), (15, -1), (-1, 15))


def second_features(
    lines: LineColumns, tokens: Tokens, logits: Floats, said: Floats, typed: Floats
) -> NDArray[np.float32]:
    """Return the features of all lines, of which there is at least one: (features, lines).

    Args:
        lines: the columns of the lines.
        tokens: their words and word pairs.
        logits: what the first trees say of each line.
        said: what the words of each line say.
        typed: the log-probabilities that the words of the text say of the types of pages.
    """
    logits = np.clip(logits.astype(np.float64), -_MOST, _MOST)
    said = np.clip(said, -_SAID, _SAID)
    odds, said_odds = 1 / (1 + np.exp(-logits)), 1 / (1 + np.exp(-said))
    groups = (
        _verdicts(lines, logits, odds),
        _windows(lines, odds),
        _stretches(lines, odds),
        _rank(lines, odds),
        _whole(lines, logits, odds),
        _words(lines, said, said_odds),
        overlap_features(tokens, odds, said_odds),
        {"type": np.repeat(typed[:, None], len(lines), axis=1)},
    )
    return np.vstack([rows for group in groups for rows in group.values()]).astype(np.float32)


def _verdicts(lines: LineColumns, logits: Floats, odds: Floats) -> Columns:
    """The verdict on the line, on those beside it, and on those of its shape."""
    count, reach = len(lines), max(_SHIFTS)
    wide = np.pad(logits, reach, constant_values=_OUTSIDE)
    alike = np.bincount(lines.shape, weights=odds) / np.bincount(lines.shape)
    columns: Columns = {
        "own": logits,
        "beside": np.array([wide[reach + by : reach + by + count] for by in _SHIFTS]),
        "alike": alike[lines.shape],
    }
    index = np.arange(count)
    for sure in _SURE:
        after, before = nearest(odds > sure)
        columns[f"to {sure}"] = np.minimum((after - index, index - before), FAR)
        columns[f"between {sure}"] = np.minimum(after - before, 99)
    return columns


def _windows(lines: LineColumns, odds: Floats) -> Columns:
    """The mean verdict around the line, by lines and by words."""
    sums = running((odds, odds * lines.words, lines.words))
    columns: Columns = {}
    for before, after in _AROUND:
        (mean, mass, words), number = window(sums, before, after)
        found = [mean / number, mass / np.maximum(words, 1), np.log1p(mass)]
        if before == after:
            found.append(mass / max(float(mass.max()), 1e-9))
        columns[f"{before} before, {after} after"] = np.array(found)
    total = max(float(sums[1, -1]), 1e-9)
    columns["share before and after"] = np.array((sums[1, :-1], sums[1, -1] - sums[1, 1:])) / total
    return columns


def _stretches(lines: LineColumns, odds: Floats) -> Columns:
    """The stretch of lines with the most wanted words, or lines, over the unwanted."""
    words = lines.words
    mass = running((odds * words,))[0]
    total = max(float(mass[-1]), 1e-9)
    gains = (words * (odds - 0.5), words * (odds - 0.3), odds - 0.5, odds - 0.2)
    columns: Columns = {}
    for number, gain in enumerate(gains):
        start, end, rows = best_stretch(gain)
        share = (mass[end] - mass[start]) / total
        columns[f"stretch {number}"] = np.insert(rows, 3, share, axis=0)
    return columns


def _rank(lines: LineColumns, odds: Floats) -> Columns:
    """How many lines, and how much of the wanted text, are surer than the line."""
    mass = odds * lines.words
    order = np.argsort(-odds, kind="stable")
    rank, surer = np.empty(len(lines)), np.empty(len(lines))
    rank[order] = np.arange(len(lines)) / len(lines)
    surer[order] = np.cumsum(mass[order]) / max(float(mass.sum()), 1e-9)
    return {"rank": rank, "surer": surer}


def _whole(lines: LineColumns, logits: Floats, odds: Floats) -> Columns:
    """How sure the verdicts on the text are, the same for each line."""
    words = float(lines.words.sum())
    mass = float((odds * lines.words).sum())
    doubt = float((lines.words * odds * (1 - odds)).sum())
    values = (odds.mean(), mass / words, np.log1p(mass), logits.max(), doubt / max(mass, 1e-9))
    return {"whole": np.repeat(np.array(values)[:, None], len(lines), axis=1)}


def _words(lines: LineColumns, said: Floats, odds: Floats) -> Columns:
    """What the words say: of the line, those beside it, around it, of its shape, of all."""
    count, words = len(lines), lines.words
    wide = np.pad(said, 2)
    sums = running((said, odds * words, words))
    columns: Columns = {
        "own": said,
        "beside": np.array([wide[2 + by : 2 + by + count] for by in (-2, -1, 1, 2)]),
        "alike": (np.bincount(lines.shape, weights=said) / np.bincount(lines.shape))[lines.shape],
        "all": np.array((sums[0, -1] / count, sums[1, -1] / sums[2, -1]))[:, None].repeat(count, 1),
    }
    for before, after in _SAID_AROUND:
        (total, mass, size), number = window(sums, before, after)
        columns[f"{before} before, {after} after"] = np.array((
            total / number, mass / np.maximum(size, 1)
        ))  # fmt: skip
    columns["stretch"] = best_stretch(words * (odds - 0.5))[2]
    return columns
