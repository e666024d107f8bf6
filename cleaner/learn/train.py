"""Training: labelled pages in, the arrays of a model out, with figures by cross-validation."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations_with_replacement, compress
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.content.features import features
from cleaner.content.guess import TypeGuess
from cleaner.content.judge import choose as choose_blocks
from cleaner.content.page_types import PageTypes, read_words
from cleaner.content.select import select
from cleaner.content.siblings import probabilities
from cleaner.content.words import BUCKETS, Tokens, Words
from cleaner.document import PAGE_TYPES
from cleaner.learn.around import AroundCount
from cleaner.learn.datasets import FOLDS
from cleaner.learn.names import NameCounts, count_names, set_names
from cleaner.learn.page_types import TYPE_GROUPS, PageTypeCount, type_number
from cleaner.learn.score import Snippets, mean, means, snippet_counts
from cleaner.learn.trees import Forests, TreeSettings, fit_forests
from cleaner.learn.words import WordCount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from cleaner.content.around import Around
    from cleaner.learn.corpus import Example

    Floats = NDArray[np.float32]
    Probabilities = NDArray[np.float64]
    Strengths = tuple[float, float, float]

STRENGTHS = (0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.2, 1.6)
"""What the strengths of the selection are chosen from, in order."""
_SHARED = (("article", "documentation"), ("forum", "product"), ("service", "collection", "listing"))
"""The page types that share a strength: one text, texts among other things, many parts."""
_SHARE = np.argmax([np.isin(PAGE_TYPES, types) for types in _SHARED], axis=0)
SIZES = (100, 200, 300)
"""Numbers of trees that the size is chosen from."""
_CLOSE = 0.0003
"""A smaller model, and a stricter choice, is taken if its mean F1 is within this of the best."""
_UNNAMED = 0.1
"""The share of pages whose names are taken away in training, so that nothing hangs on them."""
_UNSAID = 0.05
"""The share of pages whose words are taken for unknown, as those of a language never learnt."""
_GROUPS = 10
"""Registered domains that must use a word, or a name among others, before it says anything."""
_GUESSED = 0.5
"""How much a block counts whose target is only a first model's guess."""
_FIRST = TreeSettings(trees=150)
LEAST_ODDS, MOST_TOKENS = 0.2, 12_000


@dataclass(frozen=True, slots=True)
class Fit:
    """What was learnt from some pages: trees, log-odds of names, what words and tokens say."""

    trees: Forests
    names: NameCounts
    odds: Mapping[str, float]
    words: Words
    around: Around
    types: PageTypes

    def rows(self, example: Example) -> Floats:
        """Return the features of a page that was not learnt from."""
        _describe(example, self.odds, self.words, self.around, self.types)
        return features(example.columns)


@dataclass(slots=True)
class CrossValidated:
    """For each page, what models that saw nothing of its domain say of it.

    `logits[size][number]` are those of the blocks of a page, by a model of `size` trees;
    `types[number]` are the probabilities of its type. Strengths are one for each type.
    """

    examples: Sequence[Example]
    size: int
    rows: dict[int, Floats] = field(default_factory=dict)
    logits: dict[int, dict[int, NDArray[np.float64]]] = field(default_factory=dict)
    types: Probabilities = field(default_factory=lambda: np.zeros((0, len(PAGE_TYPES))))

    @property
    def mean(self) -> Floats:
        """The mean of each feature over the blocks of all pages."""
        sums = np.sum([rows.sum(1, dtype=np.float64) for rows in self.rows.values()], axis=0)
        return np.asarray(sums / sum(rows.shape[1] for rows in self.rows.values()), np.float32)

    def scores(self, strengths: Probabilities) -> list[float]:
        """Return the word F1 of every page at given strengths, NaN where there is no gold."""
        return [
            example.score(self.choose(number, strengths)[0])
            for number, example in enumerate(self.examples)
        ]

    def probabilities(self, number: int) -> Probabilities:
        """Return the probability of each block of a page."""
        return probabilities(self.examples[number].columns, self.logits[self.size][number])

    def choose(self, number: int, strengths: Probabilities) -> tuple[NDArray[np.bool_], float]:
        """Return the kept blocks of a page and the F1 to expect."""
        columns, scores = self.examples[number].columns, self.probabilities(number)
        types = TypeGuess(self.types[number])
        kept, expected, _ = choose_blocks(columns, scores, types.strength(strengths), types)
        return kept, expected


def fit(examples: Sequence[Example], weights: Mapping[str, float], settings: TreeSettings) -> Fit:
    """Learn from labelled pages.

    Pages with snippets only first get the targets that a model of the other pages gives them.

    Args:
        examples: the pages.
        weights: how much a page of each pack counts.
        settings: those of the trees.
    """
    full = [example for example in examples if example.gold is not None]
    weak = [example for example in examples if example.gold is None]
    targets = {id(example): (example.targets, example.weights) for example in full}
    if weak:
        first = _fit(full, targets, weights, _FIRST, copies=False)
        rows = [first.rows(example) for example in weak]
        logits = first.trees.logits(np.concatenate(rows, axis=1))
        ends = np.cumsum([part.shape[1] for part in rows])
        for example, part in zip(weak, np.split(logits, ends[:-1]), strict=True):
            targets[id(example)] = _guessed(example, part)
    return _fit([*full, *weak], targets, weights, settings)


def _guessed(example: Example, logits: NDArray[np.float64]) -> tuple[Floats, Floats]:
    """Return targets and weights of a page that only some blocks are known of."""
    page = example.columns
    kept, _ = select(probabilities(page, logits), page.words, 0.5)
    known = example.weights > 0
    return (
        np.where(known, example.targets, kept).astype(np.float32),
        np.where(known, 1.0, _GUESSED).astype(np.float32),
    )


def _describe(
    example: Example, odds: Mapping[str, float], words: Words, around: Around, types: PageTypes
) -> None:
    """Write into the columns of a page what its names and its words say."""
    columns = example.columns
    set_names(example, odds, around.names)
    columns.said, columns.typed = read_words(columns.texts, words, types)
    columns.named = around(columns)


def _fit(
    examples: Sequence[Example],
    targets: Mapping[int, tuple[Floats, Floats]],
    weights: Mapping[str, float],
    settings: TreeSettings,
    *,
    copies: bool = True,
) -> Fit:
    """Learn from pages, and from their `copies`."""
    names = count_names((example, targets[id(example)][0]) for example in examples)
    words, around, types = _fit_linear(examples, targets, weights)
    rng = np.random.default_rng(settings.seed)
    # Tokens that are too weak to be stored must not count in training either.
    stored = set(names.table(LEAST_ODDS, MOST_TOKENS))
    odds_without: dict[str, Mapping[str, float]] = {}
    rows, goals, worths = [], [], []
    for example in examples:
        odds = odds_without.get(example.page.group)
        if odds is None:
            odds = odds_without[example.page.group] = names.log_odds(example.page.group, stored)
        goal, known = targets[id(example)]
        shown = [(example, goal, known)]
        if copies:
            shown += [(copy, copy.targets, copy.weights * np.float32(share))
                      for copy, share in example.copies]  # fmt: skip
        weight = np.float32(weights.get(example.pack, 1.0))
        for version, wanted, worth in shown:
            # A page never meets what was learnt from it.
            fold = example.page.fold
            said, named, typed = words[fold], around[fold], types[fold]
            _describe(version, odds, said, named, typed)
            if version is example and rng.random() < _UNNAMED:
                version.columns.names[:] = 0
                version.columns.named = named(version.columns)
            if version is example and rng.random() < _UNSAID:
                version.columns.said[:] = said.bias
                version.columns.typed = typed([0] * len(PAGE_TYPES))
            rows.append(features(version.columns))
            goals.append(wanted)
            worths.append(worth * weight)
    table = np.concatenate(rows, axis=1)
    trees = fit_forests(table, np.concatenate(goals), np.concatenate(worths), settings)
    return Fit(trees, names, names.log_odds(None, stored), words[None], around[None], types[None])


def _fit_linear(
    examples: Sequence[Example],
    targets: Mapping[int, tuple[Floats, Floats]],
    weights: Mapping[str, float],
) -> tuple[dict[int | None, Words], dict[int | None, Around], dict[int | None, PageTypes]]:
    """Return what words say, what names and tags around a block say, and what words say of a page.

    Each is learnt from all pages, under None, and under each fold from the pages of the others.
    """
    texts = [Tokens.of(example.columns.texts) for example in examples]
    groups = [example.page.group for example in examples]
    goals = [targets[id(example)][0] for example in examples]
    worths = [
        # F1 is of words, a page counts as much as another: between the two and counting blocks.
        np.sqrt(example.columns.words / max(float(example.columns.words.sum()), 1.0))
        * (targets[id(example)][1] * weights.get(example.pack, 1.0))
        for example in examples
    ]
    folds = [example.page.fold for example in examples]
    words, around = WordCount(texts, BUCKETS, groups, _GROUPS), AroundCount(examples, _GROUPS)
    types = PageTypeCount(texts, groups, TYPE_GROUPS)
    kinds = np.array([
        -1 if example.gold is None else type_number(example.page.page_type) for example in examples
    ])  # fmt: skip
    pages = {
        without: [page for page, own in enumerate(folds) if own != without]
        for without in {None, *folds}
    }
    return (
        {without: words.fit(rest, goals, worths) for without, rest in pages.items()},
        {without: around.fit(rest, goals, worths) for without, rest in pages.items()},
        {without: types.fit(rest, kinds) for without, rest in pages.items()},
    )


def cross_validate(
    examples: Sequence[Example],
    weights: Mapping[str, float],
    settings: TreeSettings,
    progress: Callable[[str], None] = lambda _: None,
) -> CrossValidated:
    """Judge every page by a model trained on the pages of other registered domains."""
    sizes = sorted({size for size in SIZES if size < settings.trees} | {settings.trees})
    result = CrossValidated(examples, settings.trees, logits={size: {} for size in sizes})
    folds = [example.page.fold for example in examples]
    for number in sorted({*folds}):
        learnt = fit([e for e, f in zip(examples, folds, strict=True) if f != number],
                     weights, settings)  # fmt: skip
        tested = [index for index, fold in enumerate(folds) if fold == number]
        for index in tested:
            result.rows[index] = learnt.rows(examples[index])
        ends = np.cumsum([result.rows[index].shape[1] for index in tested])
        # One call for all pages: a call of LightGBM costs more than a page.
        rows = np.concatenate([result.rows[index] for index in tested], axis=1)
        for size in sizes:
            logits = learnt.trees.logits(rows, size)
            result.logits[size].update(zip(tested, np.split(logits, ends[:-1]), strict=True))
        progress(f"fold {number + 1} of {FOLDS}")
    return result


def choose(result: CrossValidated) -> tuple[Strengths, dict[str, dict[str, float]]]:
    """Set the size of the model, and return the strengths of the selection and all means.

    The size and the three strengths are sought that are best in the mean, in which packs count as
    much as kinds of pages do. Of those that come close to it, the smallest size is taken, and with
    that the smallest strength of pages that are one text: where the mean hardly tells, less of what
    is doubtful is kept. F1 between two of `STRENGTHS` is read off a straight line over the
    logarithm of the strength.
    """
    steps = np.log(STRENGTHS)
    table: dict[tuple[int, Strengths], dict[str, float]] = {}
    worth: dict[tuple[int, Strengths], float] = {}
    for size in result.logits:
        result.size = size
        scores = np.array([result.scores(of_types((value,) * 3)) for value in STRENGTHS]).T
        for strengths in combinations_with_replacement(STRENGTHS, 3):
            wanted = result.types @ np.log(of_types(strengths))
            found = [
                float(np.interp(at, steps, row)) for at, row in zip(wanted, scores, strict=True)
            ]
            packs = means(_known(result.examples, found, _pack))
            kinds = mean([*means(_known(result.examples, found, _kind)).values()])
            table[size, strengths] = packs | {"kinds of pages": kinds}
            worth[size, strengths] = (kinds + mean([*packs.values()])) / 2
    best = max(worth.values())
    result.size, chosen = min(key for key, value in worth.items() if value >= best - _CLOSE)
    told = {f"{size} trees, {told_of(some)}": packs for (size, some), packs in table.items()}
    return chosen, told


def _known(
    examples: Sequence[Example], scores: Sequence[float], name: Callable[[Example], str]
) -> Iterator[tuple[str, float]]:
    """Yield a name and the score of each page that has a gold text."""
    for example, score in zip(examples, scores, strict=True):
        if example.gold is not None:
            yield name(example), score


def _pack(example: Example) -> str:
    return example.pack


def _kind(example: Example) -> str:
    """Return the kind of a page: its type, or its pack if it names none."""
    return example.page.page_type if example.page.page_type in PAGE_TYPES else example.pack


def of_types(strengths: Strengths) -> Probabilities:
    """Return the strength for each page type, of the three that types share."""
    return np.asarray(np.array(strengths)[_SHARE])


def told_of(strengths: Strengths) -> str:
    """Return what is told of three strengths.

    >>> told_of((0.3, 0.5, 1.6))
    'strengths 0.3, 0.5 and 1.6'
    """
    return "strengths {}, {} and {}".format(*strengths)


def figures(result: CrossValidated, strengths: Probabilities) -> dict[str, Any]:
    """Return word F1 by pack, page type and language of the cross-validated pages.

    A pack that has snippets only gets their F1 over all its pages together.
    """
    scores = result.scores(strengths)
    parts = _known(result.examples, scores, lambda e: f"{e.pack} {e.page.page_type}")
    return {
        **means(_known(result.examples, scores, _pack)),
        **_snippets(result, strengths),
        **dict(sorted(means(parts).items())),
    }


def _snippets(result: CrossValidated, strengths: Probabilities) -> dict[str, float]:
    counts: dict[str, list[Snippets]] = {}
    for number, example in enumerate(result.examples):
        if example.gold is None:
            kept, _ = result.choose(number, strengths)
            output = "\n".join(compress(example.columns.texts, kept))
            page = example.page
            counts.setdefault(example.pack, []).append(
                snippet_counts(output, page.with_, page.without)
            )
    return {pack: sum(pages, start=Snippets()).score.f1 for pack, pages in counts.items()}
