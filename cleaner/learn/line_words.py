"""Fits what words say of a line: logistic regression over hashed words and word pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from cleaner.content.line_words import BUCKETS, Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from cleaner.learn.lines import Dump

_STRENGTH = 1.0  # inverse, of the regularisation
_STEPS = 40
_STEP = 1 / 32
"""What weights are multiples of, so that the file is small."""


class WordCount:
    """The words of all texts, counted once; what is learnt from some of them."""

    def __init__(self, dumps: Sequence[Dump], weights: Mapping[str, float]) -> None:
        sizes = np.concatenate(
            [np.bincount(text.tokens.owners, minlength=text.tokens.count) for text in dumps]
        )
        flat = np.concatenate([text.tokens.numbers for text in dumps])
        lines = np.array([len(text.lines) for text in dumps])
        self._ends = np.concatenate(([0], np.cumsum(lines)))
        values = np.repeat(1 / np.sqrt(np.maximum(sizes, 1)), sizes)
        rows = np.concatenate(([0], np.cumsum(sizes)))
        self._matrix = csr_matrix((values, flat, rows), (len(sizes), BUCKETS))
        self._targets = np.concatenate([text.targets for text in dumps])
        # A gold text by itself holds no furniture to tell from.
        self._worth = np.concatenate(
            [text.weights * (weights.get(text.pack, 1.0) * (not text.clean)) for text in dumps]
        )

    def fit(self, texts: Sequence[int]) -> Words:
        """Return what words say, learnt from texts by their numbers."""
        rows = self._rows(texts)
        rows = rows[self._worth[rows] > 0]
        if len(np.unique(self._targets[rows])) < 2:
            return Words(np.zeros(BUCKETS, np.float32), 0.0)
        worth = self._worth[rows] / self._worth[rows].mean()
        model = LogisticRegression(C=_STRENGTH, max_iter=_STEPS, tol=1e-3)
        model.fit(self._matrix[rows], self._targets[rows], sample_weight=worth)
        weights = (np.round(model.coef_[0] / _STEP) * _STEP).astype(np.float32)
        bias = float(np.float32(model.intercept_[0]))
        return Words(weights, bias)

    def predict(self, words: Words, texts: Sequence[int]) -> list[NDArray[np.float64]]:
        """Return what words say of each line of each of these texts."""
        said = self._matrix[self._rows(texts)] @ words.weights + words.bias
        return np.split(said, np.cumsum(np.diff(self._ends)[list(texts)])[:-1])

    def _rows(self, texts: Sequence[int]) -> NDArray[np.int64]:
        return np.concatenate([np.arange(self._ends[n], self._ends[n + 1]) for n in texts])
