"""Logistic regression on sparse rows of many pages, fitted to some of the pages at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING
from warnings import catch_warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from cleaner.content.words import STEP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Floats = NDArray[np.float32]

_STEPS = 40  # to stop early regularises as well


class Users:
    """Which groups have each column of a matrix; what few groups have is not learnt from.

    Args:
        matrix: rows, one page after the other.
        ends: the row that each page begins with, and the number of rows.
        groups: what each page belongs to, such as its domain; pages of one group are learnt from
            together or not at all.
        least: groups that must have a column before it says anything.
    """

    def __init__(
        self, matrix: csr_matrix, ends: NDArray[np.int64], groups: Sequence[str], least: int
    ) -> None:
        names = {group: number for number, group in enumerate(dict.fromkeys(groups))}
        self._groups = np.array([names[group] for group in groups])
        owners = np.repeat(self._groups, np.diff(matrix.indptr[ends]))
        pairs = np.unique(matrix.indices * np.int64(len(names)) + owners)
        self._used, self._by = np.divmod(pairs, len(names))
        self._least, self._columns = least, matrix.shape[1]

    def enough(self, pages: Sequence[int]) -> NDArray[np.bool_]:
        """Return for each column whether enough groups of these pages have it."""
        used = self._used[np.isin(self._by, self._groups[list(pages)])]
        return np.asarray(np.bincount(used, minlength=self._columns) >= self._least)


class Linear:
    """The rows of all pages, from some of which weights are learnt.

    Args:
        matrix: the rows, one page after the other.
        sizes: how many rows each page has.
        strength: the inverse of the regularisation.
        groups: as those of `Users`.
        least: groups that must have a column before it says anything.
    """

    def __init__(
        self,
        matrix: csr_matrix,
        sizes: Sequence[int],
        *,
        strength: float = 1.0,
        groups: Sequence[str] = (),
        least: int = 0,
    ) -> None:
        self._matrix, self._strength = matrix, strength
        self._ends = np.concatenate(([0], np.cumsum(sizes)))
        self._users = Users(matrix, self._ends, groups, least) if least else None

    def fit(
        self, pages: Sequence[int], targets: Sequence[Floats], weights: Sequence[Floats]
    ) -> tuple[Floats, float]:
        """Return a weight for each column, and the constant to add, learnt from pages by number.

        Weights are multiples of `STEP`.

        Args:
            pages: the numbers.
            targets: of every page, 1 for each row that is wanted, else 0.
            weights: of every page, how much each row counts.
        """
        if pages and self._matrix.shape[1]:
            rows = self._rows(pages)
            goals = np.concatenate([targets[page] for page in pages])
            worth = np.concatenate([weights[page] for page in pages])
            known = worth > 0
            if len(np.unique(goals[known])) == 2:
                model = LogisticRegression(C=self._strength, max_iter=_STEPS, tol=1e-3)
                worth = worth[known] / worth[known].mean()
                matrix = self._known(rows[known], pages)
                used = np.unique(np.append(matrix.indices, 0))  # the others weigh nothing
                with catch_warnings(action="ignore", category=ConvergenceWarning):
                    model.fit(matrix[:, used], goals[known], sample_weight=worth)
                found = np.zeros(matrix.shape[1], np.float32)
                found[used] = np.round(model.coef_[0] / STEP) * STEP
                return found, float(np.float32(model.intercept_[0]))
        return np.zeros(self._matrix.shape[1], np.float32), 0.0

    def _known(self, rows: NDArray[np.int64], pages: Sequence[int]) -> csr_matrix:
        """Return rows without the columns that too few groups of these pages have."""
        matrix = self._matrix[rows]
        if self._users:
            matrix.data *= self._users.enough(pages)[matrix.indices]
            matrix.eliminate_zeros()
        return matrix

    def predict(
        self, weights: Floats, bias: float, pages: Sequence[int]
    ) -> list[NDArray[np.float64]]:
        """Return what weights say of each row of each of these pages."""
        if not pages:
            return []
        said = self._matrix[self._rows(pages)] @ weights + bias
        return np.split(said, np.cumsum(np.diff(self._ends)[list(pages)])[:-1])

    def _rows(self, pages: Sequence[int]) -> NDArray[np.int64]:
        return np.concatenate([np.arange(self._ends[n], self._ends[n + 1]) for n in pages])
