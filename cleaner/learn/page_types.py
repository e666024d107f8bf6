"""Fits what the words of a page say of its type: multinomial logistic regression."""

from __future__ import annotations

from typing import TYPE_CHECKING
from warnings import catch_warnings

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from cleaner.content.page_types import LEAST, MOST, STEP, PageTypes, sum_steps
from cleaner.content.words import BUCKETS
from cleaner.document import PAGE_TYPES
from cleaner.learn.linear import Users

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleaner.content.words import Tokens

_STRENGTH = 0.05  # inverse, of the regularisation
_STEPS = 30  # to stop early regularises as well
TYPE_GROUPS = 20
"""Registered domains that must use a word before it says anything of a page's type."""
NEVER = -30.0
"""The bias of a type that no page has."""
_NEWS = PAGE_TYPES.index("article")


def type_number(name: str) -> int:
    """Return the place of a page type in `PAGE_TYPES`; a page that names none holds news."""
    return PAGE_TYPES.index(name) if name in PAGE_TYPES else _NEWS


def coefficients(model: LogisticRegression) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the weights of all of `PAGE_TYPES`, and biases that rule out those never met."""
    count = model.coef_.shape[1]
    weights, bias = np.zeros((len(PAGE_TYPES), count)), np.full(len(PAGE_TYPES), NEVER)
    if len(model.classes_) == 2:  # one row of weights stands for both classes
        rows = np.concatenate((-model.coef_, model.coef_)) / 2
        constants = np.concatenate((-model.intercept_, model.intercept_)) / 2
    else:
        rows, constants = model.coef_, model.intercept_
    weights[model.classes_], bias[model.classes_] = rows, constants
    return weights, bias


class PageTypeCount:
    """The words and pairs of all pages, each once a page; what is learnt from some of them.

    Args:
        pages: the numbers of the words and pairs of each page.
        groups: the registered domain of each page.
        least: registered domains that must use a number before it says anything.
        size: what the numbers stay below.
    """

    def __init__(
        self, pages: Sequence[Tokens], groups: Sequence[str], least: int, size: int = BUCKETS
    ) -> None:
        own = [np.unique(page.numbers) for page in pages]
        ends = np.concatenate(([0], np.cumsum([len(numbers) for numbers in own])))
        flat = np.concatenate(own)
        self._pages = own
        self._matrix = csr_matrix((np.ones(len(flat)), flat, ends), (len(own), size))
        self._users = Users(self._matrix, np.arange(len(own) + 1), groups, least)

    def fit(self, pages: Sequence[int], kinds: NDArray[np.int64]) -> PageTypes:
        """Return what words say, learnt from pages by their numbers.

        Args:
            pages: the numbers.
            kinds: of every page the place of its type in `PAGE_TYPES`, -1 if it is not known.
        """
        known = [page for page in pages if kinds[page] >= 0]
        numbers = np.flatnonzero(self._users.enough(known))
        shares = np.bincount(kinds[known], minlength=len(PAGE_TYPES)) / max(len(known), 1)
        if (shares > 0).sum() < 2 or not len(numbers):
            none = np.zeros((0, len(PAGE_TYPES)), np.int8)
            bias = np.log(np.maximum(shares, np.exp(LEAST)))
            return PageTypes.from_steps(np.zeros(0, np.int64), none, bias, self._matrix.shape[1])
        model = LogisticRegression(C=_STRENGTH, max_iter=_STEPS)
        with catch_warnings(action="ignore", category=ConvergenceWarning):
            model.fit(self._matrix[known][:, numbers], kinds[known])
        weights, bias = coefficients(model)
        steps = np.clip(np.rint(weights.T / STEP), -127, 127).astype(np.int8)
        strongest = np.sort(np.argsort(-np.abs(steps).max(1), kind="stable")[:MOST])
        strongest = strongest[steps[strongest].any(1)]
        return PageTypes.from_steps(
            numbers[strongest], steps[strongest], bias, self._matrix.shape[1]
        )

    def predict(self, types: PageTypes, pages: Sequence[int]) -> list[NDArray[np.float64]]:
        """Return what words say of the type of each of these pages, see `PageTypes`."""
        sums = (sum_steps(self._pages[page], types.rows, types.steps) for page in pages)
        return [types(own.tolist()) for own in sums]
