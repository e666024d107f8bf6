"""Groups of equal keys, by which the repetition on a page is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.twins import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_ODD = 0x9E3779B97F4A7C15  # 2**64 by the golden ratio


def place_weights(count: int) -> NDArray[np.uint64]:
    """Return weights of places: rows of small numbers that differ have sums that differ by them.

    They are the powers of an odd number modulo 2**64, as in a polynomial hash. numpy's random
    numbers would do as well, but take ten milliseconds to load.
    """
    return np.array([pow(_ODD, place, 1 << 64) for place in range(1, count + 1)], dtype=np.uint64)


def group_in_arrays(keys: Ints) -> tuple[Ints, int]:
    """Return the number of the group of each key, and how many groups there are.

    >>> groups, count = group_in_arrays(np.array([7, 3, 7]))
    >>> count, bool(groups[0] == groups[2] != groups[1])
    (2, True)
    """
    found, groups = np.unique(keys, return_inverse=True)
    return groups, len(found)


group = compiled("cleaner.content._groups", "group", group_in_arrays)
