"""Groups of equal keys, by which the repetition on a page is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.twins import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


def group_in_arrays(keys: Ints) -> tuple[Ints, int]:
    """Return the number of the group of each key, and how many groups there are.

    >>> groups, count = group_in_arrays(np.array([7, 3, 7]))
    >>> count, bool(groups[0] == groups[2] != groups[1])
    (2, True)
    """
    found, groups = np.unique(keys, return_inverse=True)
    return groups, len(found)


group = compiled("cleaner.content._groups", "group", group_in_arrays)
