"""The two looks of the line model: trees that see the lines, and trees that see their verdicts.

The second trees must learn from verdicts as good as those that they will meet, so a text's
verdicts always come from a first model that saw nothing of its domain.
"""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import numpy as np

from cleaner.learn.trees import fit_trees

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import lightgbm
    from numpy.typing import NDArray

    from cleaner.learn.lines import Dump
    from cleaner.learn.trees import TreeSettings

    Logits = list[NDArray[np.float64]]

FOLDS = 5
_MOST = 300
"""Lines that are learnt from of one text; of a longer one, that many are drawn."""


def look_once(
    dumps: Sequence[Dump],
    weights: Mapping[str, float],
    settings: TreeSettings,
    progress: Callable[[str], None],
) -> list[Logits]:
    """Return for each fold what first models say of every text that saw neither nor that fold."""
    views = [[np.zeros(len(text.lines)) for text in dumps] for _ in range(FOLDS)]
    for pair in combinations_with_replacement(range(FOLDS), 2):
        learnt = [text for text in dumps if text.fold not in pair]
        if not any(text.lines for text in learnt):
            continue
        look = _fit(learnt, weights, settings)
        for fold, other in {pair, pair[::-1]}:
            own = [number for number, text in enumerate(dumps) if text.fold == fold]
            for number, logits in zip(own, _predict(look, [dumps[n] for n in own]), strict=True):
                views[other][number] = logits
        progress(f"first look without fold {pair[0] + 1}, {pair[1] + 1}")
    return views


def cross_validate(
    dumps: Sequence[Dump],
    weights: Mapping[str, float],
    settings: TreeSettings,
    views: Sequence[Logits],
    progress: Callable[[str], None],
) -> Logits:
    """Return the log-odds of each text's lines, by two looks that saw nothing of its domain."""
    found = [np.zeros(len(text.lines)) for text in dumps]
    for fold in range(FOLDS):
        texts = [text.again(view) for text, view in zip(dumps, views[fold], strict=True)]
        learnt = [text for text in texts if text.fold != fold]
        own = [number for number, text in enumerate(texts) if text.fold == fold]
        if own and any(text.lines for text in learnt):
            look = _fit(learnt, weights, settings)
            for number, logits in zip(own, _predict(look, [texts[n] for n in own]), strict=True):
                found[number] = logits
        progress(f"fold {fold + 1} of {FOLDS}")
    return found


def fit_looks(
    dumps: Sequence[Dump],
    weights: Mapping[str, float],
    settings: tuple[TreeSettings, TreeSettings],
    views: Sequence[Logits],
) -> tuple[lightgbm.Booster, lightgbm.Booster]:
    """Return both looks, learnt from all texts."""
    first = _fit(dumps, weights, settings[0])
    seen = [text.again(views[text.fold][number]) for number, text in enumerate(dumps)]
    return first, _fit(seen, weights, settings[1])


def _fit(
    dumps: Sequence[Dump], weights: Mapping[str, float], settings: TreeSettings
) -> lightgbm.Booster:
    rng = np.random.default_rng(settings.seed)
    rows, targets, worth = [], [], []
    for text in dumps:
        count = len(text.lines)
        if not count:
            continue
        drawn = np.arange(count)
        if count > _MOST:
            drawn = np.sort(rng.choice(count, _MOST, replace=False))
        rows.append(text.rows[:, drawn])
        targets.append(text.targets[drawn])
        worth.append(text.weights[drawn] * (count / len(drawn) * weights.get(text.pack, 1.0)))
    value = np.concatenate(worth)
    value = (value / value[value > 0].mean()).astype(np.float32)
    return fit_trees(np.concatenate(rows, axis=1), np.concatenate(targets), value, settings)


def _predict(look: lightgbm.Booster, texts: Sequence[Dump]) -> Logits:
    """Return the log-odds of each text's lines; one call, as a call costs more than a text."""
    rows = [text.rows for text in texts if text.lines]
    if not rows:
        return [np.zeros(0) for _ in texts]
    logits = np.asarray(look.predict(np.concatenate(rows, axis=1).T, raw_score=True))
    return np.split(logits, np.cumsum([len(text.lines) for text in texts])[:-1])
