"""What the words of a line say by themselves: a linear model of hashed words and word pairs.

"Privacy policy" is a menu in any place; "she said" is a story. No word is stored: a word, and a
pair of neighbours, is a number, and the model a table of weights by those numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from cleaner.scripts import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

BUCKETS = 1 << 17
"""Numbers that words and pairs are hashed to."""
_MOST_CHARACTERS, _MOST_WORDS = 400, 50
"""Characters and words of a line that are read."""
_WHOLE = 5
"""Words of a line that counts as a whole as well."""
_ASCII_WORD = re.compile(r"[a-z]+|\d+")
_WORD = re.compile(rf"[{UNSPACED}]|\d+|[^\W\d_{UNSPACED}]+")


def _words(line: str) -> list[str]:
    line = line[:_MOST_CHARACTERS].casefold()
    found = (_ASCII_WORD if line.isascii() else _WORD).findall(line)[:_MOST_WORDS]
    return ["0" if word[0].isdecimal() else word for word in found]


def buckets(line: str) -> list[int]:
    """Return the numbers of the words and word pairs of a line, each once.

    All numbers are one word, and the line's beginning and end are words of the pairs.

    >>> buckets("Page 1") == buckets("PAGE 23")
    True
    >>> len(buckets("Log in")), buckets("…")
    (6, [])
    """
    words = _words(line)
    if not words:
        return []
    tokens = {*words, *(f"{one} {two}" for one, two in pairwise(["^", *words, "$"]))}
    if len(words) <= _WHOLE:
        tokens.add("^" + " ".join(words))
    return sorted({crc32(token.encode("utf-8", "replace")) % BUCKETS for token in tokens})


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words and word pairs of some lines by their numbers, each once a line."""

    numbers: NDArray[np.int64]
    owners: NDArray[np.int64]
    """The line of each."""
    count: int
    """Lines."""

    @classmethod
    def of(cls, lines: Sequence[str]) -> Tokens:
        """Return those of lines in order."""
        found = [buckets(line) for line in lines]
        sizes = np.array([len(line) for line in found], dtype=np.int64)
        numbers = np.array([number for line in found for number in line], dtype=np.int64)
        return cls(numbers, np.repeat(np.arange(len(found)), sizes), len(found))


@dataclass(frozen=True, slots=True)
class Words:
    """Weights by bucket, and the constant that is added to their sum."""

    weights: NDArray[np.float32]
    bias: float

    def __call__(self, tokens: Tokens) -> NDArray[np.float64]:
        """Return the log-odds of each line being main content, by its words alone."""
        sizes = np.bincount(tokens.owners, minlength=tokens.count)
        sums = np.bincount(
            tokens.owners, weights=self.weights[tokens.numbers], minlength=tokens.count
        )
        return np.asarray(sums / np.sqrt(np.maximum(sizes, 1)) + self.bias)
