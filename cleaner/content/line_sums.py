"""Sums over windows of lines, and distances between lines, for all lines at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

FAR = 60
"""Lines past which a distance to the next line of a kind is not told apart."""


def window(sums: Floats, before: int, after: int) -> tuple[Floats, Floats]:
    """Return the sums over a window around each line, and its number of lines, at least 1."""
    count = sums.shape[1] - 1
    index = np.arange(count)
    low = np.maximum(index - before, 0)
    high = np.maximum(np.minimum(index + after + 1, count), low)
    low = np.minimum(low, high)
    return sums[:, high] - sums[:, low], np.maximum(high - low, 1)


def running(values: Iterable[Any]) -> Floats:
    """Return the running sums of rows of values, each with a zero before."""
    stacked = np.array([np.asarray(value, dtype=np.float64) for value in values])
    return np.concatenate((np.zeros((len(stacked), 1)), np.cumsum(stacked, axis=1)), axis=1)


def best_stretch(gain: Floats) -> tuple[int, int, Floats]:
    """Return start and end of the stretch of lines with the largest sum, found by running sums.

    After them, five rows: whether each line is in it, how far it is from start and end, and the
    most that a stretch gains which ends before the line, or begins after it.
    """
    sums = running((gain,))[0]
    least = np.minimum.accumulate(sums)
    most = np.maximum.accumulate(sums[::-1])[::-1]
    end = int(np.argmax(sums - least))
    start = int(np.argmin(sums[: end + 1]))
    index = np.arange(len(gain))
    rows = ((index >= start) & (index < end), index - start, index - end,
            sums[:-1] - least[:-1], most[1:] - sums[1:])  # fmt: skip
    return start, end, np.array(rows)


def nearest(flags: Bools) -> tuple[Ints, Ints]:
    """Return the next and the last flagged line, past the ends by `FAR` if there is none."""
    count = len(flags)
    index = np.arange(count)
    after = np.minimum.accumulate(np.where(flags, index, count + FAR)[::-1])[::-1]
    before = np.maximum.accumulate(np.where(flags, index, -FAR))
    return np.append(after[1:], count + FAR), np.insert(before[:-1], 0, -FAR)
