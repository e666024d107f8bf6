"""The two looks of the line model: trees that see the lines, and trees that see their verdicts.

The second trees must learn from verdicts as good as those that they will meet, so a text's
verdicts, and what its words say of its lines and of the type of the page, always come from models
that saw nothing of its domain.
"""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.words import LINE_BUCKETS
from cleaner.learn.datasets import FOLDS
from cleaner.learn.page_types import TYPE_GROUPS, PageTypeCount, type_number
from cleaner.learn.trees import Forests, fit_forests
from cleaner.learn.words import WordCount

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from cleaner.content.page_types import PageTypes
    from cleaner.content.words import Words
    from cleaner.learn.lines import Dump
    from cleaner.learn.trees import TreeSettings

    Floats = NDArray[np.float64]
    Views = list[list[tuple[Floats, ...]]]
    """For each fold, what is said of every text by models that saw neither it nor that fold: of
    its lines by the first trees and by their words, and of the type of the page by its words."""

BLOCKS, GOLD = "blocks", "gold text"
"""The dump that is measured, and what it should become."""
_MOST = {BLOCKS: 200, GOLD: 60}
"""Lines that are learnt from of one text; of a longer one, drawn."""
_MOST_OTHER = 100


class Vocabulary:
    """The words of all texts, counted once; what they say is learnt from some of the texts."""

    def __init__(self, dumps: Sequence[Dump], weights: Mapping[str, float]) -> None:
        tokens = [text.tokens for text in dumps]
        groups = [text.page.group for text in dumps]
        self._words = WordCount(tokens, LINE_BUCKETS)
        self._types = PageTypeCount(tokens, groups, TYPE_GROUPS, LINE_BUCKETS)
        # A gold text by itself holds no furniture to tell from, nor all words of a kind of page.
        self._targets = [text.targets for text in dumps]
        self._worth = [
            text.weights * (weights.get(text.pack, 1.0) * (not text.clean)) for text in dumps
        ]
        kinds = [-1 if text.clean else type_number(text.page.page_type) for text in dumps]
        self._kinds = np.array(kinds)

    def fit(self, texts: Sequence[int]) -> tuple[Words, PageTypes]:
        """Return what words say of a line, and of the type of the page."""
        words = self._words.fit(texts, self._targets, self._worth)
        return words, self._types.fit(texts, self._kinds)

    def predict(
        self, words: Words, types: PageTypes, texts: Sequence[int]
    ) -> list[tuple[Floats, ...]]:
        """Return what words say of the lines of each of these texts, and of its page's type."""
        said, typed = self._words.predict(words, texts), self._types.predict(types, texts)
        return list(zip(said, typed, strict=True))


def look_once(
    dumps: Sequence[Dump],
    vocabulary: Vocabulary,
    weights: Mapping[str, float],
    settings: TreeSettings,
    progress: Callable[[str], None],
) -> Views:
    """Return what first trees and words say, by models without two folds each."""
    views: Views = [[()] * len(dumps) for _ in range(FOLDS)]
    for pair in combinations_with_replacement(range(FOLDS), 2):
        learnt = [number for number, text in enumerate(dumps) if text.page.fold not in pair]
        said = vocabulary.fit(learnt)
        look = _fit([dumps[number] for number in learnt], weights, settings)
        for fold, other in {pair, pair[::-1]}:
            own = [number for number, text in enumerate(dumps) if text.page.fold == fold]
            first = _predict(look, [dumps[number] for number in own])
            told = vocabulary.predict(*said, own)
            for number, logits, by_words in zip(own, first, told, strict=True):
                views[other][number] = (logits, *by_words)
        progress(f"first look without fold {pair[0] + 1}, {pair[1] + 1}")
    return views


def see_again(dumps: Sequence[Dump], views: Views, fold: int | None = None) -> list[Dump]:
    """Return the texts with the rows of a second look that knows nothing of a fold.

    If none is given, each with those by models that did not see the text itself.
    """
    return [
        text.again(*views[text.page.fold if fold is None else fold][number])
        for number, text in enumerate(dumps)
    ]


def cross_validate(
    dumps: Sequence[Dump],
    weights: Mapping[str, float],
    settings: TreeSettings,
    views: Views,
    progress: Callable[[str], None],
) -> list[Floats]:
    """Return the log-odds of each text's lines, by two looks that saw nothing of its domain."""
    found = [np.zeros(len(text.lines)) for text in dumps]
    for fold in range(FOLDS):
        texts = see_again(dumps, views, fold)
        look = _fit([text for text in texts if text.page.fold != fold], weights, settings)
        own = [number for number, text in enumerate(texts) if text.page.fold == fold]
        for number, logits in zip(own, _predict(look, [texts[n] for n in own]), strict=True):
            found[number] = logits
        progress(f"fold {fold + 1} of {FOLDS}")
    return found


def fit_looks(
    dumps: Sequence[Dump],
    weights: Mapping[str, float],
    settings: tuple[TreeSettings, TreeSettings],
    views: Views,
) -> tuple[Forests, Forests]:
    """Return both looks, learnt from all texts."""
    return (_fit(dumps, weights, settings[0]), _fit(see_again(dumps, views), weights, settings[1]))


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
    if not rows:
        return Forests(())
    value = np.concatenate(worth)
    value = (value / value[value > 0].mean()).astype(np.float32)
    return fit_forests(np.concatenate(rows, axis=1), np.concatenate(targets), value, settings)


def _predict(look: Forests, texts: Sequence[Dump]) -> list[Floats]:
    """Return the log-odds of each text's lines; one call, as a call costs more than a text."""
    rows = [text.rows for text in texts if text.lines]
    if not rows or not look.fits:
        return [np.zeros(len(text.lines)) for text in texts]
    logits = look.mean(np.concatenate(rows, axis=1))
    return np.split(logits, np.cumsum([len(text.lines) for text in texts])[:-1])
