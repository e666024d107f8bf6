"""What the words of a page say of its type: a linear model of the words that stand on it.

"Add to cart" is a shop's, "replies" are a forum's. Words and pairs have the numbers that they have
in `cleaner.content.words`, and each counts once a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.content.words import BUCKETS, count_in_arrays
from cleaner.document import PAGE_TYPES
from cleaner.twins import compiled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from cleaner.content.words import Weights, Words

    Floats = NDArray[np.float64]
    Rows = NDArray[np.uint16]
    Steps = NDArray[np.int8]

ARRAYS = ("page_words", "page_weights", "page_bias")
"""What numbers, weights and biases are stored as."""
STEP = 1 / 512
"""What weights are multiples of, so that they fit into a byte."""
MOST = 30_000
"""Numbers that have weights, at the most."""
LEAST = -10.0
"""The log-probability that none is lower than."""


@dataclass(frozen=True, slots=True)
class PageTypes:
    """The weights of words and pairs, one for each of `PAGE_TYPES`.

    `rows` holds for each number the row of `steps` that is its own; row 0 is of all the numbers
    that say nothing, and holds zeros. Steps, times `STEP`, are weights; `bias` is what no word at
    all says.
    """

    rows: Rows
    steps: Steps
    bias: tuple[float, ...]

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], size: int = BUCKETS) -> PageTypes:
        """Read what `arrays` gave of a model of numbers below `size`.

        Raises:
            ValueError: these are no weights of page types.
        """
        numbers, weights, bias = (arrays[name] for name in ARRAYS)
        if weights.shape != (len(numbers), len(PAGE_TYPES)) or bias.shape != (len(PAGE_TYPES),):
            raise ValueError("weights of page types that do not fit")
        if len(numbers) > MOST:
            raise ValueError("weights of page types that are too many")
        known = numbers.astype(np.int64)
        if (np.diff(known, prepend=-1) < 1).any() or (known >= size).any():
            raise ValueError("page types of words that do not exist, or twice")
        return cls.from_steps(numbers, weights, bias, size)

    @classmethod
    def from_steps(
        cls, numbers: NDArray[Any], steps: Steps, bias: NDArray[Any], size: int = BUCKETS
    ) -> PageTypes:
        """Return the model in which `steps[i]` are those of `numbers[i]`, all below `size`."""
        rows = np.zeros(size, np.uint16)
        rows[numbers] = 1 + np.arange(len(numbers))
        none = np.zeros((1, len(PAGE_TYPES)), np.int8)
        return cls(rows, np.concatenate((none, steps)), tuple(map(float, bias)))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays to store, by name."""
        numbers = np.flatnonzero(self.rows)
        values = (
            numbers.astype(np.uint32),
            self.steps[self.rows[numbers]],
            np.array(self.bias, np.float32),
        )
        return dict(zip(ARRAYS, values, strict=True))

    def __call__(self, sums: Sequence[int]) -> Floats:
        """Return the log-probability of each type, from the sums of the steps of a page's words.

        None is lower than `LEAST`.
        """
        # For seven numbers, plain ones are quicker than arrays.
        logits = [STEP * told + bias for told, bias in zip(sums, self.bias, strict=True)]
        most = max(logits)
        total = most + log(sum(exp(logit - most) for logit in logits))
        return np.array([max(logit - total, LEAST) for logit in logits])


def read_words(texts: Sequence[str], words: Words, types: PageTypes) -> tuple[Floats, Floats]:
    """Return what words say of each text of a page, and of the type of the page.

    The first are log-odds of being main content, the second the log-probabilities of `PAGE_TYPES`.
    """
    said, sums = weigh_page(list(texts), words.weights, words.bias, types.rows, types.steps)
    return said, types(sums.tolist())


def weigh_page_in_arrays(
    texts: Sequence[str], weights: Weights, bias: float, rows: Rows, steps: Steps
) -> tuple[Floats, NDArray[np.int64]]:
    """Return what words say of each text, and the sum of the steps of all numbers, each once.

    The first is the sum of the weights of a text's numbers by the root of their count, and bias.
    """
    numbers, sizes = count_in_arrays(texts, len(weights))
    owners = np.repeat(np.arange(len(sizes)), sizes)
    said = np.bincount(owners, weights=weights[numbers], minlength=len(sizes))
    return said / np.sqrt(np.maximum(sizes, 1)) + bias, sum_steps(numbers, rows, steps)


def sum_steps(numbers: NDArray[np.int64], rows: Rows, steps: Steps) -> NDArray[np.int64]:
    """Return the sum of the steps of numbers, each once."""
    return np.asarray(steps[np.unique(rows[numbers])].sum(0, dtype=np.int64))


weigh_page = compiled("cleaner.content._words", "weigh_page", weigh_page_in_arrays)
