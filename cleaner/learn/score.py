"""How an extracted text is scored against what a reader wanted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

# Scripts whose text counts one character as one word: Thai, Hangul, kana, Han.
_UNSPACED = (
    "\u0e00-\u0e7f\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc"
    "\U00020000-\U0003ffff"
)
# Of an interval: how sure it is, and the samples that it is drawn from.
_LEVEL, _ROUNDS = 0.95, 1000
_SHINGLE = 4  # words
_words = re.compile(rf"[^\W{_UNSPACED}]+|(?=[{_UNSPACED}])\w").findall

T = TypeVar("T")
Bag = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, each from 0 to 1."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Snippets:
    """Wanted snippets found and missed, and unwanted ones found, summed over pages."""

    found: int = 0
    missed: int = 0
    unwanted: int = 0

    def __add__(self, other: Snippets) -> Snippets:
        return Snippets(
            self.found + other.found,
            self.missed + other.missed,
            self.unwanted + other.unwanted,
        )

    @property
    def total(self) -> int:
        """How many snippets count in the score."""
        return self.found + self.missed + self.unwanted

    @property
    def score(self) -> Score:
        """Precision and recall over the snippets; 0 where nothing was found."""
        return _ratios(self.found, self.found + self.unwanted, self.found + self.missed)


def words(text: str) -> list[str]:
    r"""Return the words of `text` in order, in lower case: maximal runs of `\w`.

    In Chinese, Japanese, Thai and Korean each character is a word of its own.

    >>> words("Kjøp nå: 50 % rabatt")
    ['kjøp', 'nå', '50', 'rabatt']
    >>> words("iPhone 15の発売")
    ['iphone', '15', 'の', '発', '売']
    """
    return _words(text.lower())


def bag(text: str) -> Counter[str]:
    """Return how often each word stands in `text`."""
    return Counter(words(text))


def word_score(output: str | Bag, gold: str | Bag) -> Score:
    """Score `output` against `gold` over their bags of words.

    Both may be given as bags already, which saves counting a text twice. Where the gold has no
    word, everything is 1 if the output has none either, else 0.

    >>> word_score("a b c d", "a b")
    Score(precision=0.5, recall=1.0, f1=0.6666666666666666)
    """
    return bag_score(
        bag(output) if isinstance(output, str) else output,
        bag(gold) if isinstance(gold, str) else gold,
    )


def bag_score(output: Mapping[T, int], gold: Mapping[T, int]) -> Score:
    """Score one bag against another; both empty is 1, one empty is 0."""
    if not gold or not output:
        value = float(not gold and not output)
        return Score(value, value, value)
    return _ratios(overlap(output, gold), sum(output.values()), sum(gold.values()))


def overlap(left: Mapping[T, int], right: Mapping[T, int]) -> int:
    """Return how many members two bags share."""
    if len(left) > len(right):
        left, right = right, left
    count = right.get
    return sum(min(number, count(member, 0)) for member, number in left.items())


def runs(found: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    """Return the runs of `size` words; fewer words are one run."""
    size = min(size, len(found))
    return zip(*(found[start:] for start in range(size)), strict=False)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the bag of runs of four words; a shorter text is one run by itself."""
    return Counter(runs(words(text), _SHINGLE))


def shingle_score(output: str, gold: str) -> Score:
    """Score `output` against `gold` over their bags of four-word shingles.

    Over several pages, take the means of precision and recall, then `harmonic` of the two.
    """
    return bag_score(shingles(output), shingles(gold))


def snippet_counts(output: str, wanted: Iterable[str], unwanted: Iterable[str]) -> Snippets:
    r"""Count which snippets `output` holds, white space folded to single spaces on both sides.

    >>> snippet_counts("One  two\nthree", ["two three", "four"], ["One"])
    Snippets(found=1, missed=1, unwanted=1)
    """
    text = fold(output)
    hits = [fold(snippet) in text for snippet in wanted]
    return Snippets(
        sum(hits), len(hits) - sum(hits), sum(fold(snippet) in text for snippet in unwanted)
    )


def fold(text: str) -> str:
    """Return `text` with every run of white space folded to one space."""
    return " ".join(text.split())


def harmonic(precision: float, recall: float) -> float:
    """Return the harmonic mean of two values from 0 to 1."""
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


def mean(values: Sequence[float]) -> float:
    """Return the mean; of nothing, 0."""
    return sum(values) / len(values) if values else 0.0


def means(found: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Return the mean of the values under each name.

    >>> means([("a", 1.0), ("b", 0.0), ("a", 0.5)])
    {'a': 0.75, 'b': 0.0}
    """
    values: dict[str, list[float]] = {}
    for name, value in found:
        values.setdefault(name, []).append(value)
    return {name: mean(each) for name, each in values.items()}


def interval(
    values: Sequence[float] | Sequence[Sequence[float]],
    statistic: Callable[..., float] | None = None,
) -> tuple[float, float]:
    """Return the bootstrap percentile interval of the mean of `values` over pages.

    `values` has one number a page, or one row of numbers a page; a row's means are handed to
    `statistic`, which makes one number of them. Resampling is seeded: the same values give the
    same interval. Without a page, the interval is (0, 0).

    >>> interval([0.5, 0.5, 0.5])
    (0.5, 0.5)
    """
    import numpy as np

    rows = np.asarray(values, dtype=float)
    if not len(rows):
        return 0.0, 0.0
    rows = rows.reshape(len(rows), -1)
    generator = np.random.default_rng(0)
    means = np.empty((_ROUNDS, rows.shape[1]))
    for index in range(_ROUNDS):
        means[index] = rows[generator.integers(0, len(rows), len(rows))].mean(axis=0)
    drawn = np.array([statistic(*row) for row in means]) if statistic else means[:, 0]
    margin = (1 - _LEVEL) / 2
    low, high = np.quantile(drawn, (margin, 1 - margin))
    return float(low), float(high)


def _ratios(shared: int, given: int, wanted: int) -> Score:
    precision = shared / given if given else 0.0
    recall = shared / wanted if wanted else 0.0
    return Score(precision, recall, harmonic(precision, recall))
