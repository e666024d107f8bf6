"""Fits what words say of a text: logistic regression over hashed words and word pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix

from cleaner.content.words import Words
from cleaner.learn.linear import Linear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleaner.content.words import Tokens

    Floats = NDArray[np.float32]


class WordCount:
    """The words of all pages, counted once; what is learnt from some of them.

    A page here is a sequence of texts: the lines of a dump, or the blocks of a page.

    Args:
        pages: the numbers of the words and pairs of each page.
        size: what these numbers stay below.
        groups: what each page belongs to, such as its domain; pages of one group are learnt from
            together or not at all.
        least: groups that must use a number before it says anything.
    """

    def __init__(
        self, pages: Sequence[Tokens], size: int, groups: Sequence[str] = (), least: int = 0
    ) -> None:
        sizes = np.concatenate([np.bincount(page.owners, minlength=page.count) for page in pages])
        flat = np.concatenate([page.numbers for page in pages])
        values = np.repeat(1 / np.sqrt(np.maximum(sizes, 1)), sizes)
        rows = np.concatenate(([0], np.cumsum(sizes)))
        self._linear = Linear(
            csr_matrix((values, flat, rows), (len(sizes), size)),
            [page.count for page in pages],
            groups=groups,
            least=least,
        )

    def fit(
        self, pages: Sequence[int], targets: Sequence[Floats], weights: Sequence[Floats]
    ) -> Words:
        """Return what words say, learnt from pages by their numbers; see `Linear.fit`."""
        return Words(*self._linear.fit(pages, targets, weights))

    def predict(self, words: Words, pages: Sequence[int]) -> list[NDArray[np.float64]]:
        """Return what words say of each text of each of these pages."""
        return self._linear.predict(words.weights, words.bias, pages)
