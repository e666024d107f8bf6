"""What the words of a text say by themselves: a linear model of hashed words and word pairs.

"Privacy policy" is a menu in any place; "she said" is a story. No word is stored: a word, and a
pair of neighbours, is a number, and the model a table of weights by those numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from cleaner.scripts import UNSPACED
from cleaner.twins import compiled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Weights = NDArray[np.float32]

BUCKETS, LINE_BUCKETS = 1 << 20, 1 << 17
"""Numbers that words and pairs are hashed to: those of blocks, and those of lines."""
ARRAYS = ("words", "words_bias")
"""What weights and bias are stored as."""
STEP = 1 / 32
"""What weights are multiples of, so that the file is small, and their sums are exact in any
order; those of `cleaner.content.around` too."""
MOST_CHARACTERS, MOST_WORDS = 400, 50
"""Characters and words of a text that are read."""
WHOLE = 5
"""Words of a text that counts as a whole as well."""
_WORD = rf"[{UNSPACED}]|\d+|[^\W\d_{UNSPACED}]+"  # compiled where no twin is


def buckets(text: str, size: int = BUCKETS) -> list[int]:
    """Return the numbers of the words and word pairs of a text, each once, in order.

    All numbers are one word, and the text's beginning and end are words of the pairs. `size` is
    what the numbers stay below, a power of two.

    >>> buckets("Page 1") == buckets("PAGE 23")
    True
    >>> len(buckets("Log in")), buckets("…")
    (6, [])
    """
    words = [
        "0" if word[0].isdecimal() else word
        for word in re.findall(_WORD, text[:MOST_CHARACTERS].casefold())[:MOST_WORDS]
    ]
    if not words:
        return []
    tokens = {*words, *(f"{one} {two}" for one, two in pairwise(["^", *words, "$"]))}
    if len(words) <= WHOLE:
        tokens.add("^" + " ".join(words))
    return sorted({crc32(token.encode("utf-8", "replace")) % size for token in tokens})


def count_in_arrays(texts: Sequence[str], size: int) -> tuple[Numbers, Numbers]:
    """Return the numbers of all texts, one text after the other, and how many each text has."""
    found = [buckets(text, size) for text in texts]
    sizes = np.array([len(numbers) for numbers in found], dtype=np.int64)
    return np.array([number for numbers in found for number in numbers], dtype=np.int64), sizes


count = compiled("cleaner.content._words", "count", count_in_arrays)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words and word pairs of some texts by their numbers, each once a text."""

    numbers: Numbers
    owners: Numbers
    """The text of each."""
    count: int
    """Texts."""

    @classmethod
    def of(cls, texts: Sequence[str], size: int = BUCKETS) -> Tokens:
        """Return those of texts in order, by numbers below `size`, a power of two."""
        numbers, sizes = count(list(texts), size)
        return cls(numbers, np.repeat(np.arange(len(sizes)), sizes), len(sizes))


@dataclass(frozen=True, slots=True)
class Words:
    """Weights by bucket, and the constant that is added to their sum."""

    weights: Weights
    bias: float

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], size: int = BUCKETS) -> Words:
        """Read what `arrays` gave of a model of so many buckets.

        Raises:
            ValueError: these are no weights of words.
        """
        weights, bias = (arrays[name].astype(np.float32) for name in ARRAYS)
        if weights.shape != (size,) or bias.shape:
            raise ValueError("weights of words that do not fit")
        return cls(weights, float(bias))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays to store, by name."""
        values = self.weights.astype(np.float16), np.array(self.bias, np.float32)
        return dict(zip(ARRAYS, values, strict=True))
