"""Fits the guesses about a whole page: its type, and the confidence in what was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression, Ridge

from cleaner.content.guess import page_vector, trust_vector
from cleaner.document import PAGE_TYPES
from cleaner.learn.datasets import FOLDS
from cleaner.learn.page_types import NEVER, coefficients, type_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.learn.train import CrossValidated

    Floats = NDArray[np.float64]

_STRENGTH = 0.02  # inverse, of the regularisation of the page types
_KNOTS = 21

Guess = tuple[dict[str, "NDArray[Any]"], dict[str, Any]]
"""The arrays of a guess, and figures of it that were measured across folds."""


def guess_types(result: CrossValidated) -> Guess:
    """Fit the page type; tell `result` that of every page, by the other folds."""
    folds = np.array([example.page.fold for example in result.examples])
    known = np.array([example.gold is not None for example in result.examples])
    mean = result.mean  # it is worked out of all pages
    vectors = np.array([
        page_vector(result.rows[n], mean, result.probabilities(n) * example.columns.words)
        for n, example in enumerate(result.examples)
    ], dtype=np.float64)  # fmt: skip
    kinds = np.array([type_number(example.page.page_type) for example in result.examples])
    result.types = np.zeros((len(known), len(PAGE_TYPES)))
    for fold in range(FOLDS):
        test = folds == fold
        fitted = _fit_types(vectors[known & ~test], kinds[known & ~test])
        result.types[test] = _probabilities(fitted, vectors[test])
    weights, bias = _fit_types(vectors[known], kinds[known])
    arrays = {"type_weights": weights.astype(np.float32), "type_bias": bias.astype(np.float32)}
    right = result.types.argmax(1) == kinds
    return arrays, {"page types right": float(right[known].mean())}


def guess_trust(result: CrossValidated, strengths: Floats) -> Guess:
    """Fit the confidence on the cross-validated verdicts; measure it with folds left out again."""
    numbers = [n for n, example in enumerate(result.examples) if example.gold is not None]
    folds = np.array([result.examples[n].page.fold for n in numbers])
    chosen = [result.choose(n, strengths) for n in numbers]
    truth = np.array(
        [result.examples[n].score(kept) for n, (kept, _) in zip(numbers, chosen, strict=True)]
    )
    clues = np.array([
        trust_vector(expected, result.types[n].tolist(), result.rows[n].shape[1])
        for n, (_, expected) in zip(numbers, chosen, strict=True)
    ], dtype=np.float64)  # fmt: skip
    trusted = np.zeros(len(numbers))
    for fold in range(FOLDS):
        test = folds == fold
        weights, given, true = _fit_trust(clues[~test], truth[~test])
        trusted[test] = np.interp(clues[test] @ weights, given, true)
    weights, given, true = _fit_trust(clues, truth)
    arrays = {
        "trust_weights": weights.astype(np.float32),
        "trust_given": given.astype(np.float32),
        "trust_true": true.astype(np.float32),
    }
    return arrays, {"confidence by tenths": calibration(trusted, truth)}


def calibration(given: Floats, true: Floats, bins: int = 10) -> list[tuple[float, float]]:
    """Return mean confidence and mean F1 of the pages in each of `bins` equal parts."""
    parts = np.array_split(np.argsort(given, kind="stable"), min(bins, len(given)))
    return [(float(given[part].mean()), float(true[part].mean())) for part in parts]


def _fit_types(vectors: Floats, kinds: NDArray[np.int64]) -> tuple[Floats, Floats]:
    if len(np.unique(kinds)) == 1:  # nothing to tell apart
        bias = np.where(np.arange(len(PAGE_TYPES)) == kinds[0], 0.0, NEVER)
        return np.zeros((len(PAGE_TYPES), vectors.shape[1])), bias
    scale = vectors.std(0) + 1e-2
    model = LogisticRegression(C=_STRENGTH, max_iter=500)
    model.fit(vectors / scale, kinds)
    weights, bias = coefficients(model)
    return weights / scale, bias


def _probabilities(fitted: tuple[Floats, Floats], vectors: Floats) -> Floats:
    logits = vectors @ fitted[0].T + fitted[1]
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return np.asarray(powers / powers.sum(1, keepdims=True))


def _fit_trust(clues: Floats, truth: Floats) -> tuple[Floats, Floats, Floats]:
    """Return weights of a linear guess, and the table that makes it true on average."""
    ridge = Ridge(alpha=1.0, fit_intercept=False).fit(clues, truth)
    raw = clues @ ridge.coef_
    table = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(raw, truth)
    parts = np.array_split(np.sort(raw), _KNOTS)
    centres = np.array([part.mean() for part in parts if len(part)])
    values = np.array([table.predict(part).mean() for part in parts if len(part)])
    keep = np.concatenate(([True], np.diff(centres) > 1e-9))
    return np.asarray(ridge.coef_), centres[keep], values[keep]
