"""Boosted trees as arrays, evaluated by numpy for many rows at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.twins import compiled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

LEAVES = 8
"""Leaves of a tree at the most: one bit of a byte for each."""
ARRAYS = ("feature", "threshold", "mask", "leaf")
"""The arrays of a weights file that hold trees."""
LEAD, SURE = 100, 3.0
"""Items to which the first `LEAD` trees give log-odds beyond `SURE` are not shown to the others."""

_CHUNK = 512
"""Columns that are evaluated at once, which bounds the memory that a long page takes."""
# Leaves that are out, as the bits of a byte → the first that is not.
_FIRST = np.array([(~out & (out + 1)).bit_length() - 1 for out in range(255)] + [0])


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted trees, laid out for fast evaluation by numpy.

    >>> trees = Trees.of({"feature": [[0]], "threshold": [[2.0]], "mask": [[0b10]],
    ...                   "leaf": [[-1.0, 1.0]]})
    >>> trees(np.array([[1.0, 3.0]], np.float32)).tolist()
    [-1.0, 1.0]
    """

    feature: NDArray[np.int32]  # (nodes,)
    threshold: NDArray[np.float32]  # (nodes, 1)
    drop: NDArray[np.uint8]  # (nodes, 1), the leaves that are out beyond the threshold
    leaves: NDArray[np.float32]  # (trees * LEAVES,)
    offsets: NDArray[np.intp]  # (trees, 1), where the leaves of a tree begin

    @classmethod
    def of(cls, arrays: Mapping[str, Any]) -> Trees:
        """Return the trees that arrays hold, as those of `cleaner.learn.trees.Forests`.

        Node i of tree t asks whether feature `feature[t, i]` exceeds `threshold[t, i]`; if so,
        the leaves missing from the bits of `mask[t, i]` are out, and the lowest bit that all
        nodes leave standing is the leaf, after QuickScorer (Lucchese et al., SIGIR 2015).

        Raises:
            ValueError: the arrays do not fit one another.
        """
        feature, threshold, mask, leaf = (np.asarray(arrays[name]) for name in ARRAYS)
        if not feature.shape == threshold.shape == mask.shape or len(leaf) != len(feature):
            raise ValueError("arrays of different shapes")
        if feature.ndim != 2 or leaf.ndim != 2 or not 0 < leaf.shape[1] <= LEAVES:
            raise ValueError("leaves that do not fit")
        padded = np.zeros((len(leaf), LEAVES), np.float32)
        padded[:, : leaf.shape[1]] = leaf
        return cls(
            feature.astype(np.int32).ravel(),
            threshold.astype(np.float32).reshape(-1, 1),
            ~mask.astype(np.uint8).reshape(-1, 1),
            padded.ravel(),
            np.arange(len(leaf), dtype=np.intp)[:, None] * LEAVES,
        )

    def __call__(
        self, rows: NDArray[np.float32], items: NDArray[np.intp] | None = None
    ) -> NDArray[np.float64]:
        """Return the summed leaves of all trees: (features, items) → (items,).

        `items`: the columns that are wanted, if not all.
        """
        return sum_leaves(self, rows, items)


def sum_in_arrays(
    trees: Trees, rows: NDArray[np.float32], items: NDArray[np.intp] | None
) -> NDArray[np.float64]:
    """Return the summed leaves of all trees, see `Trees`."""
    rows = rows if items is None else rows[:, items]
    sums = np.zeros(rows.shape[1])
    for at in range(0, len(sums), _CHUNK):
        chunk = rows[:, at : at + _CHUNK]
        beyond = (chunk[trees.feature] > trees.threshold).view(np.uint8)
        beyond *= trees.drop
        out = np.bitwise_or.reduce(beyond.reshape(len(trees.offsets), -1, chunk.shape[1]), axis=1)
        found = trees.leaves[_FIRST[out] + trees.offsets]
        sums[at : at + _CHUNK] = found.sum(0, dtype=np.float64)
    return sums


sum_leaves = compiled("cleaner.content._trees", "sum_leaves", sum_in_arrays)


@dataclass(frozen=True, slots=True)
class Forests:
    """Forests whose mean is taken; items that the first trees are sure of need no others.

    >>> arrays = {"feature": [[0], [0]], "threshold": [[2.0], [2.0]], "mask": [[0b10], [0b10]],
    ...           "leaf": [[-2.0, 1.0], [-1.0, 0.5]]}  # each half of what its forest says
    >>> Forests.of(arrays, 2)(np.array([[1.0, 3.0]], np.float32)).tolist()
    [-4.0, 1.5]
    """

    lead: Trees
    others: Trees | None
    count: int

    @classmethod
    def of(cls, arrays: Mapping[str, Any], count: int) -> Forests:
        """Return the forests that arrays hold, one after the other, all of one size.

        Args:
            arrays: as `Trees.of` takes them; the leaves are divided by `count`.
            count: the number of forests.

        Raises:
            ValueError: the arrays do not fit one another, or hold no such number of forests.
        """
        parts = {name: np.asarray(arrays[name]) for name in ARRAYS}
        trees = len(parts["leaf"])
        if count < 1 or not trees or trees % count:
            raise ValueError(f"{trees} trees are not {count} forests")
        end = min(LEAD, trees // count)
        lead, others = (
            {name: array[part] for name, array in parts.items()}
            for part in (slice(end), slice(end, None))
        )
        lead["leaf"] = lead["leaf"] * np.float32(count)
        return cls(Trees.of(lead), Trees.of(others) if end < trees else None, count)

    def __call__(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the mean log-odds: (features, items) → (items,)."""
        scores = self.lead(rows)
        if self.others is not None:
            ask_others(self.others, rows, scores, self.count)
        return scores


def ask_in_arrays(
    others: Trees, rows: NDArray[np.float32], scores: NDArray[np.float64], count: int
) -> None:
    """Turn the scores that the first trees are unsure of into the mean of `count` forests."""
    asked = np.flatnonzero(np.abs(scores) <= SURE)
    scores[asked] = scores[asked] / count + others(rows, asked)


ask_others = compiled("cleaner.content._trees", "ask_others", ask_in_arrays)
