"""Two guesses about a whole page: its type, and how well its text was found."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from math import exp, log, log1p
from operator import mul
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.document import PAGE_TYPES
from cleaner.twins import compiled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class TypeGuess:
    """The probability of each of `PAGE_TYPES`."""

    probabilities: NDArray[np.float64]

    @cached_property
    def best(self) -> str:
        """The most probable type."""
        return PAGE_TYPES[int(self.probabilities.argmax())]

    def strength(self, strengths: NDArray[Any]) -> float:
        """Return the geometric mean of the strengths of all types, each by its probability."""
        # For seven numbers, plain ones are quicker than arrays.
        return exp(sum(map(mul, self.probabilities.tolist(), map(log, strengths.tolist()))))


def vector_in_arrays(rows: Floats, mean: Floats, weights: NDArray[np.float64]) -> Floats:
    """Return what `page_vector` does."""
    whole = rows.mean(1)
    # In the type of the rows: a copy of them all in another would cost more than the sums.
    kept = rows @ (weights / max(float(weights.sum()), 1e-9)).astype(rows.dtype)
    vector = np.concatenate((whole - mean, kept - mean))
    return np.asarray(np.copysign(np.log1p(np.abs(vector)), vector))


def types_in_arrays(vector: Floats, weights: Floats, bias: Floats) -> NDArray[np.float64]:
    """Return what `type_probabilities` does."""
    logits = weights @ vector + bias
    powers = np.exp(logits - logits.max(), dtype=np.float64)
    return np.asarray(powers / powers.sum())


page_vector = compiled("cleaner.content._chances", "page_vector", vector_in_arrays)
type_probabilities = compiled("cleaner.content._chances", "type_probabilities", types_in_arrays)


def guess_type(arrays: Arrays, rows: Floats, weights: NDArray[np.float64]) -> TypeGuess:
    """Return the probabilities of the page types: multinomial logistic regression.

    Args:
        arrays: those of a model.
        rows: features, (features, blocks).
        weights: how much each block counts as kept text.
    """
    vector = page_vector(rows, arrays["mean"], weights)
    return TypeGuess(type_probabilities(vector, arrays["type_weights"], arrays["type_bias"]))


def trust_vector(expected: float, types: Sequence[float], blocks: int) -> list[float]:
    """Return what the confidence is guessed from."""
    return [
        *(1.0, expected, expected**2, log1p(blocks) / 10),
        *types,
        *(expected * chance for chance in types),
    ]


def guess_confidence(arrays: Arrays, expected: float, types: TypeGuess, blocks: int) -> float:
    """Return the F1 to expect: linear in `trust_vector`, then set right by a monotone table."""
    clues = trust_vector(expected, types.probabilities.tolist(), blocks)
    raw = sum(map(mul, arrays["trust_weights"].tolist(), clues))
    return interpolated(raw, arrays["trust_given"].tolist(), arrays["trust_true"].tolist())


def interpolated(value: float, given: Sequence[float], true: Sequence[float]) -> float:
    """Return what a table gives for a value, linear between its rows, as `numpy.interp` does.

    >>> [interpolated(value, [0.0, 1.0], [0.2, 0.8]) for value in (-1, 0.5, 1)]
    [0.2, 0.5, 0.8]
    """
    # For one value, plain numbers are quicker than arrays.
    at = bisect_right(given, value)
    if not 0 < at < len(given):
        return true[max(at - 1, 0)]
    left, right = given[at - 1], given[at]
    return true[at - 1] + (true[at] - true[at - 1]) * (value - left) / (right - left)
