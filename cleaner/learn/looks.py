"""The two looks of the line model: trees that see the lines, and trees that see their verdicts.

The second trees must learn from verdicts as good as those that they will meet, so a text's
verdicts, and what its words say, always come from models that saw nothing of its domain.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.words import LINE_BUCKETS
from cleaner.learn.trees import fit_forests
from cleaner.learn.words import WordCount

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from cleaner.content.words import Words
    from cleaner.learn.lines import Dump
    from cleaner.learn.trees import Forests, TreeSettings

    Logits = list[NDArray[np.float64]]
    Predict = Callable[[Sequence[int]], Logits]

FOLDS = 5
BLOCKS, GOLD = "blocks", "gold text"
"""The dump that is measured, and what it should become."""
_MOST = {BLOCKS: 200, GOLD: 60}
"""Lines that are learnt from of one text; of a longer one, drawn."""
_MOST_OTHER = 100


@dataclass(frozen=True, slots=True)
class Views:
    """For each fold, what is said of every text by models that saw neither it nor that fold."""

    count: WordCount
    words: list[Logits]
    first: list[Logits]

    def again(self, dumps: Sequence[Dump], fold: int) -> list[Dump]:
        """Return the texts with the rows of a second look that knows nothing of a fold."""
        return [
            text.again(logits, said)
            for text, logits, said in zip(dumps, self.first[fold], self.words[fold], strict=True)
        ]

    def unseen(self, dumps: Sequence[Dump]) -> list[Dump]:
        """Return the texts with the rows of a second look, each by models that did not see it."""
        return [
            text.again(self.first[text.fold][number], self.words[text.fold][number])
            for number, text in enumerate(dumps)
        ]


def look_once(
    dumps: Sequence[Dump],
    weights: Mapping[str, float],
    settings: TreeSettings,
    progress: Callable[[str], None],
) -> Views:
    """Return what words say, and first trees, by models without two folds each."""
    count = WordCount([text.tokens for text in dumps], LINE_BUCKETS)

    def learn_words(texts: Sequence[int]) -> Predict:
        words = _fit_words(count, dumps, weights, texts)
        return lambda others: count.predict(words, others)

    def learn_trees(texts: Sequence[int]) -> Predict:
        look = _fit([dumps[number] for number in texts], weights, settings)
        return lambda others: _predict(look, [dumps[number] for number in others])

    return Views(
        count,
        _without_folds(dumps, learn_words, lambda name: progress(f"words {name}")),
        _without_folds(dumps, learn_trees, lambda name: progress(f"first look {name}")),
    )


def _without_folds(
    dumps: Sequence[Dump],
    learn: Callable[[Sequence[int]], Predict],
    progress: Callable[[str], None],
) -> list[Logits]:
    views = [[np.zeros(len(text.lines)) for text in dumps] for _ in range(FOLDS)]
    for pair in combinations_with_replacement(range(FOLDS), 2):
        learnt = [number for number, text in enumerate(dumps) if text.fold not in pair]
        if not any(dumps[number].lines for number in learnt):
            continue
        predict = learn(learnt)
        for fold, other in {pair, pair[::-1]}:
            own = [number for number, text in enumerate(dumps) if text.fold == fold]
            for number, logits in zip(own, predict(own) if own else [], strict=True):
                views[other][number] = logits
        progress(f"without fold {pair[0] + 1}, {pair[1] + 1}")
    return views


def cross_validate(
    dumps: Sequence[Dump],
    weights: Mapping[str, float],
    settings: TreeSettings,
    views: Views,
    progress: Callable[[str], None],
) -> Logits:
    """Return the log-odds of each text's lines, by two looks that saw nothing of its domain."""
    found = [np.zeros(len(text.lines)) for text in dumps]
    for fold in range(FOLDS):
        texts = views.again(dumps, fold)
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
    views: Views,
) -> tuple[Words, Forests, Forests]:
    """Return what words say and both looks, learnt from all texts."""
    return (
        _fit_words(views.count, dumps, weights, range(len(dumps))),
        _fit(dumps, weights, settings[0]),
        _fit(views.unseen(dumps), weights, settings[1]),
    )


def _fit_words(
    count: WordCount, dumps: Sequence[Dump], weights: Mapping[str, float], texts: Sequence[int]
) -> Words:
    # A gold text by itself holds no furniture to tell from.
    worth = [text.weights * (weights.get(text.pack, 1.0) * (not text.clean)) for text in dumps]
    return count.fit(texts, [text.targets for text in dumps], worth)


def _fit(dumps: Sequence[Dump], weights: Mapping[str, float], settings: TreeSettings) -> Forests:
    rng = np.random.default_rng(settings.seed)
    rows, targets, worth = [], [], []
    for text in dumps:
        count = len(text.lines)
        if not count:
            continue
        most = _MOST.get(text.style, _MOST_OTHER)
        drawn = np.arange(count)
        if count > most:
            drawn = np.sort(rng.choice(count, most, replace=False))
        rows.append(text.rows[:, drawn])
        targets.append(text.targets[drawn])
        worth.append(text.weights[drawn] * (count / len(drawn) * weights.get(text.pack, 1.0)))
    value = np.concatenate(worth)
    value = (value / value[value > 0].mean()).astype(np.float32)
    return fit_forests(np.concatenate(rows, axis=1), np.concatenate(targets), value, settings)


def _predict(look: Forests, texts: Sequence[Dump]) -> Logits:
    """Return the log-odds of each text's lines; one call, as a call costs more than a text."""
    rows = [text.rows for text in texts if text.lines]
    if not rows:
        return [np.zeros(0) for _ in texts]
    logits = look.mean(np.concatenate(rows, axis=1))
    return np.split(logits, np.cumsum([len(text.lines) for text in texts])[:-1])
