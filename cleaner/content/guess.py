"""Two guesses about a whole page: its type, and how well its text was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.document import PAGE_TYPES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.content.model import Model

    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TypeGuess:
    """The probability of each of `PAGE_TYPES`."""

    probabilities: NDArray[np.float64]

    @property
    def best(self) -> str:
        """The most probable type."""
        return PAGE_TYPES[int(self.probabilities.argmax())]

    def strength(self, strengths: NDArray[Any]) -> float:
        """Return the geometric mean of the strengths of all types, each by its probability."""
        return float(np.exp(self.probabilities @ np.log(strengths)))


def means_in_arrays(rows: Floats, weights: NDArray[np.float64]) -> Floats:
    """Return the means of the features over all blocks, then over blocks by their weights."""
    whole = rows.mean(1)
    # In the type of the rows: a copy of them all in another would cost more than the sums.
    kept = rows @ (weights / max(float(weights.sum()), 1e-9)).astype(rows.dtype)
    return np.concatenate((whole, kept))


try:
    from cleaner.content._choice import means
except ImportError:  # not compiled here
    means = means_in_arrays


def page_vector(rows: Floats, mean: Floats, weights: NDArray[np.float64]) -> Floats:
    """Return what the type is guessed from: means of the features over all and over kept text.

    Args:
        rows: features, (features, blocks).
        mean: the mean of each feature in training.
        weights: how much each block counts in the second mean.
    """
    vector = means(rows, weights)
    vector -= np.concatenate((mean, mean))
    return np.copysign(np.log1p(np.abs(vector)), vector)


def guess_type(model: Model, rows: Floats, weights: NDArray[np.float64]) -> TypeGuess:
    """Return the probabilities of the page types: multinomial logistic regression."""
    vector = page_vector(rows, model.arrays["mean"], weights)
    logits = model.arrays["type_weights"] @ vector + model.arrays["type_bias"]
    powers = np.exp(logits - logits.max())
    return TypeGuess(powers / powers.sum())


def trust_vector(expected: float, types: NDArray[np.float64], rows: Floats) -> Floats:
    """Return what the confidence is guessed from."""
    size = np.log1p(rows.shape[1]) / 10
    return np.array([1.0, expected, expected**2, size, *types, *(types * expected)], np.float32)


def guess_confidence(model: Model, expected: float, types: TypeGuess, rows: Floats) -> float:
    """Return the F1 to expect: linear in `trust_vector`, then set right by a monotone table."""
    arrays = model.arrays
    raw = arrays["trust_weights"] @ trust_vector(expected, types.probabilities, rows)
    return float(np.interp(raw, arrays["trust_given"], arrays["trust_true"]))
