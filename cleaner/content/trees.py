"""Boosted trees as arrays, evaluated by numpy for many rows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]

_CHUNK = 2048
"""Columns that are evaluated at once, which bounds the memory that a long page takes."""


def evaluate(arrays: Arrays, rows: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the summed leaves of all trees: (features, items) → (items,).

    Node i of tree t asks whether feature `feature[t, i]` exceeds `threshold[t, i]`; if so, the
    leaves missing from the bits of `mask[t, i]` are out, and the lowest bit that all nodes leave
    standing is the leaf, after QuickScorer (Lucchese et al., SIGIR 2015).

    >>> one = {"feature": np.array([[0]]), "threshold": np.array([[2.0]], np.float32),
    ...        "mask": np.array([[0b10]], np.uint32), "leaf": np.array([[-1.0, 1.0]])}
    >>> evaluate(one, np.array([[1.0, 3.0]], np.float32)).tolist()
    [-1.0, 1.0]
    """
    count = rows.shape[1]
    parts = [_evaluate(arrays, rows[:, at : at + _CHUNK]) for at in range(0, count, _CHUNK)]
    return np.concatenate(parts) if parts else np.zeros(0)


def _evaluate(arrays: Arrays, rows: NDArray[np.float32]) -> NDArray[np.float64]:
    trees, nodes = arrays["feature"].shape
    beyond = rows[arrays["feature"].ravel()] > arrays["threshold"].reshape(-1, 1)
    # A product and "or" are a fifth of the work of a choice and "and" over so many numbers.
    out = np.bitwise_or.reduce(
        (~arrays["mask"].reshape(-1, 1) * beyond).reshape(trees, nodes, -1), axis=1
    )
    lowest = ~out & (out + np.uint32(1))
    leaf = np.frexp(lowest.astype(np.float64))[1] - 1
    values = np.take_along_axis(arrays["leaf"], leaf, axis=1)
    return np.asarray(values.sum(0, dtype=np.float64))
