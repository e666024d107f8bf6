"""The lines of a plain text as columns: what is told of each, for all lines at once.

A line is described by its characters, its words, and by the lines that are equal, or built alike.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import count as counter
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.content.characters import CLASSES, count_characters
from cleaner.content.groups import group, place_weights
from cleaner.scripts import count_unspaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

_EDGES = {
    char: number
    for number, chars in enumerate(
        (".!?。！？؟।॥։።۔", "…", ",;，；،", "\"'“”„«»‘’」』", ")]}）", "|•›>→/\\+", ":："), start=1
    )
    for char in chars
}
_CATEGORIES = {
    "Nd": 8,
    "Lu": 9,
    "Lt": 9,
    "Ll": 10,
    "Lo": 11,
    "So": 12,
    "Sm": 12,
    "Sc": 13,
    "Pd": 14,
}
_STOP, _QUOTE, _MISSING = 1, 4, 15
_SHAPE = 40
"""Characters of a line that its shape is read from."""
_WEIGHTS = place_weights(_SHAPE + 1)
_UNKNOWN = 0xFF
_CLASSES = np.full(0x110000, _UNKNOWN, dtype=np.uint8)
"""The class of each character, filled in as characters are met."""
MARKERS = ("ad", "continue", "related", "share", "newsletter", "comments", "consent", "login")
"""The kinds of markers that are told apart."""
_NUMBER = {kind: number for number, kind in enumerate(MARKERS)}


@dataclass(slots=True)
class LineColumns:
    """The lines of a text as columns, one value a line; `sums` are running sums, with a zero."""

    texts: Sequence[str]
    words: Floats
    size: Floats
    chars: Floats  # (classes, lines)
    edges: Ints  # (3, lines): classes of the first, the last, the last but one character
    capitals: Floats  # share of the words that begin with a capital
    longest: Floats  # characters of the longest word
    unspaced: Floats
    copies: Ints
    order: Ints  # 1 for the first of equal lines, 2 for the second …
    heads: Ints  # lines that begin with the same word
    known: Floats  # share of the words that prose elsewhere holds
    rare: Floats  # the same, of words that are not all over the text
    spread: Floats  # mean logarithm of the number of lines that hold a word
    ellipsis: Bools
    stop: Bools  # ends like a sentence
    prose: Bools
    strong: Bools
    shape: Ints  # equal for lines of the same sequence of character classes
    marker: Ints  # number of the kind in `MARKERS`, or -1

    def __len__(self) -> int:
        return len(self.texts)

    def count(self, name: str) -> Floats:
        """Return how often the class `name` of characters occurs in each line."""
        counts: Floats = self.chars[CLASSES[name]]
        return counts


def read_lines(texts: Sequence[str], kinds: Sequence[str] = ()) -> LineColumns:
    """Return the columns of lines; each holds something but white space, and no NUL.

    `kinds` are the kinds of marker that the lines are, "" for none; none of them is one if empty.
    """
    parts = [text.split() for text in texts]
    spaced = _floats(len(words) for words in parts)
    unspaced = _floats(map(count_unspaced, texts))
    words = spaced + unspaced
    chars = count_characters(texts)[0].astype(np.float32)
    edges = np.array([
        [_edge(text[0]) for text in texts],
        [_edge(text[-1]) for text in texts],
        [_edge(text[-2]) if len(text) > 1 else _MISSING for text in texts],
    ])  # fmt: skip
    ellipsis = np.array([text.endswith(("…", "...")) for text in texts])
    stops, commas = chars[CLASSES["stop"]], chars[CLASSES["comma"]]
    prose = (words >= 10) & (stops + commas > 0)
    folded = [text.casefold() for text in texts]
    copies, order = _repeats(folded)
    known, rare, spread = _cohesion(folded, prose)
    return LineColumns(
        texts, words, _floats(map(len, texts)), chars, edges,
        _floats(sum([word[0].isupper() for word in found]) for found in parts) / spaced,
        _floats(max(map(len, found)) for found in parts),
        unspaced, copies, order, _repeats([found[0] for found in parts])[0],
        known, rare, spread, ellipsis,
        ((edges[1] == _STOP) | ((edges[1] == _QUOTE) & (edges[2] == _STOP))) & ~ellipsis,
        prose, (words >= 20) & (stops > 0), _shapes(texts),
        np.array([_NUMBER.get(kind, -1) for kind in kinds or [""] * len(texts)], dtype=np.int64),
    )  # fmt: skip


def _floats(values: Iterable[int]) -> NDArray[np.float32]:
    return np.fromiter(values, dtype=np.float32)


@cache
def _edge(char: str) -> int:
    return _EDGES.get(char) or _CATEGORIES.get(unicodedata.category(char), 0)


def _shapes(texts: Sequence[str]) -> Ints:
    """Return a number for each line, equal for lines of one shape and about one length.

    A shape is the classes of the first characters, each run of one class once.
    """
    heads = [text[:_SHAPE] for text in texts]
    codes = np.frombuffer("".join(heads).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    classes = _classes_of(codes)
    starts = np.cumsum([0, *map(len, heads[:-1])])
    first = np.append(True, classes[1:] != classes[:-1])
    first[starts] = True
    runs = np.cumsum(first) - 1
    begin = runs[starts]  # of each line, the first of its runs
    place = np.arange(runs[-1] + 1) - np.repeat(begin, np.diff(begin, append=runs[-1] + 1))
    # A number for each sequence, under which two get the same one only by being the same.
    keys = np.add.reduceat(_WEIGHTS[place] * (classes[first] + np.uint64(1)), begin)
    lengths = np.array([len(text).bit_length() for text in texts], dtype=np.uint64)
    return group((keys + _WEIGHTS[-1] * lengths).view(np.int64))[0]


def _classes_of(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Return the classes of characters by their code points."""
    classes: NDArray[np.uint8] = _CLASSES[codes]
    unknown = classes == _UNKNOWN
    if unknown.any():
        for code in np.unique(codes[unknown]).tolist():
            _CLASSES[code] = _edge(chr(code))
        classes = _CLASSES[codes]
    return classes


def _repeats(keys: Sequence[str]) -> tuple[Ints, Ints]:
    """Return for each key how often it occurs, and the how many-th it is."""
    numbers: defaultdict[str, int] = defaultdict(counter().__next__)
    index = np.array([numbers[key] for key in keys])
    counts = np.bincount(index)
    order = np.empty_like(index)
    ends = np.cumsum(counts)
    order[np.argsort(index, kind="stable")] = np.arange(1, len(index) + 1) - np.repeat(
        ends - counts, counts
    )
    return counts[index], order


def _cohesion(folded: Sequence[str], prose: Bools) -> tuple[Floats, Floats, Floats]:
    """Return how much the words of each line are those of prose in other lines."""
    count = len(folded)
    numbers: defaultdict[str, int] = defaultdict(counter().__next__)
    words = [text.split() for text in folded]
    flat = np.array([numbers[word] for line in words for word in line], dtype=np.int64)
    pairs = np.unique(flat * count + np.repeat(np.arange(count), [len(line) for line in words]))
    word, line = pairs // count, pairs % count
    lines = np.bincount(word, minlength=len(numbers))
    in_prose = np.bincount(word, weights=prose[line], minlength=len(numbers))
    known = in_prose[word] - prose[line] > 0
    rare = known & (lines[word] <= max(3.0, 0.02 * count))
    own = np.maximum(np.bincount(line, minlength=count), 1)
    return tuple(  # type: ignore[return-value]
        np.bincount(line, weights=value, minlength=count) / own
        for value in (known, rare, np.log(lines[word]))
    )
