"""Fits what words say of a text: logistic regression over hashed words and word pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from warnings import catch_warnings

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from cleaner.content.words import STEP, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleaner.content.words import Tokens

    Floats = NDArray[np.float32]

_STRENGTH = 1.0  # inverse, of the regularisation
_STEPS = 40  # to stop early regularises as well


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
        self._ends = np.concatenate(([0], np.cumsum([page.count for page in pages])))
        values = np.repeat(1 / np.sqrt(np.maximum(sizes, 1)), sizes)
        rows = np.concatenate(([0], np.cumsum(sizes)))
        self._matrix = csr_matrix((values, flat, rows), (len(sizes), size))
        self._least = least
        if least:
            names = {group: number for number, group in enumerate(dict.fromkeys(groups))}
            self._groups = np.array([names[group] for group in groups])
            owners = np.repeat(self._groups, [len(page.numbers) for page in pages])
            pairs = np.unique(flat * len(names) + owners)
            self._used, self._by = np.divmod(pairs, len(names))

    def fit(
        self, pages: Sequence[int], targets: Sequence[Floats], weights: Sequence[Floats]
    ) -> Words:
        """Return what words say, learnt from pages by their numbers.

        Args:
            pages: the numbers.
            targets: of every page, 1 for each text that is wanted, else 0.
            weights: of every page, how much each text counts.
        """
        if pages:
            rows = self._rows(pages)
            goals = np.concatenate([targets[page] for page in pages])
            worth = np.concatenate([weights[page] for page in pages])
            known = worth > 0
            if len(np.unique(goals[known])) == 2:
                model = LogisticRegression(C=_STRENGTH, max_iter=_STEPS, tol=1e-3)
                worth = worth[known] / worth[known].mean()
                with catch_warnings(action="ignore", category=ConvergenceWarning):
                    model.fit(self._known(rows[known], pages), goals[known], sample_weight=worth)
                found = (np.round(model.coef_[0] / STEP) * STEP).astype(np.float32)
                return Words(found, float(np.float32(model.intercept_[0])))
        return Words(np.zeros(self._matrix.shape[1], np.float32), 0.0)

    def _known(self, rows: NDArray[np.int64], pages: Sequence[int]) -> csr_matrix:
        """Return rows without the numbers that too few groups of these pages use."""
        matrix = self._matrix[rows]
        if self._least:
            used = self._used[np.isin(self._by, self._groups[list(pages)])]
            enough = np.bincount(used, minlength=matrix.shape[1]) >= self._least
            matrix.data *= enough[matrix.indices]
            matrix.eliminate_zeros()
        return matrix

    def predict(self, words: Words, pages: Sequence[int]) -> list[NDArray[np.float64]]:
        """Return what words say of each text of each of these pages."""
        said = self._matrix[self._rows(pages)] @ words.weights + words.bias
        return np.split(said, np.cumsum(np.diff(self._ends)[list(pages)])[:-1])

    def _rows(self, pages: Sequence[int]) -> NDArray[np.int64]:
        return np.concatenate([np.arange(self._ends[n], self._ends[n + 1]) for n in pages])
