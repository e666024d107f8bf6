"""Features of every line of a plain text: language-neutral, computed for all lines at once.

A line is described by its own characters, by the lines around it in windows of several sizes,
by its place between the stretches of prose, and by the text as a whole. No words are listed
but those of the lexicon of markers, which names the kind of a line that is one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import count as counter
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.content.characters import CLASSES, count_characters
from cleaner.content.groups import group
from cleaner.content.line_sums import best_stretch, nearest, running, window
from cleaner.scripts import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]
    Columns = dict[str, NDArray[Any]]

_UNSPACED = re.compile(f"[{UNSPACED}]")
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
_AROUND = ((2, 2), (5, 5), (12, 12), (30, 30), (80, 80), (15, -1), (-1, 15))
"""Windows by the lines before and after; -1 leaves the line itself out."""
_ASIDE = ((5, -1), (-1, 5), (40, -1), (-1, 40))
_COSTS = (3, 8, 20, 50)
"""Words that a line must bring to make a stretch better, see `_stretches`."""
_PERIODS = 12
_SHAPE = 40
"""Characters of a line that its shape is read from."""
_WEIGHTS = np.random.default_rng(7).integers(1, 2**63, _SHAPE + 1, dtype=np.uint64)
_UNKNOWN = 0xFF
_CLASSES = np.full(0x110000, _UNKNOWN, dtype=np.uint8)
"""The class of each character, filled in as characters are met."""
_MARKERS = ("ad", "continue", "related", "share", "newsletter", "comments", "consent", "login")
"""The kinds of markers that are told apart."""
_NUMBER = {kind: number for number, kind in enumerate(_MARKERS)}
_FURNITURE = (("share", "newsletter", "comments"), ("consent", "login"), ("related",))
"""Kinds of markers that stand at the same places of a page."""


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
    marker: Ints  # number of the kind in `_MARKERS`, or -1

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
    unspaced = _floats(0 if text.isascii() else len(_UNSPACED.findall(text)) for text in texts)
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


def _text(lines: LineColumns) -> Columns:
    """The line's own text."""
    stops = lines.count("stop")
    return {
        "length": np.log1p((lines.words, lines.size, stops, lines.count("comma"),
                            lines.count("digit"))),
        "word length": lines.size / lines.words,
        "longest word": lines.longest,
        "words a stop": lines.words / (1 + stops),
        "characters": lines.chars / lines.size,
        "edges": lines.edges,
        "ends": np.array((lines.ellipsis, lines.stop)),
        "capitals": lines.capitals,
        "unspaced": lines.unspaced / lines.words,
        "words known": np.array((lines.known, lines.rare, lines.spread)),
    }  # fmt: skip


def _neighbours(lines: LineColumns) -> Columns:
    """The same of the lines before and after."""
    count = len(lines)
    own = np.array((np.log1p(lines.words), lines.stop, lines.capitals,
                    lines.count("digit") / lines.size, lines.known, lines.copies > 1))  # fmt: skip
    wide = np.full((len(own), count + 8), -1.0)
    wide[:, 4:-4] = own
    return {
        f"line {shift:+}": wide[: 6 if abs(shift) < 3 else 2, 4 + shift : 4 + shift + count]
        for shift in (-4, -3, -2, -1, 1, 2, 3, 4)
    }


def _windows(lines: LineColumns) -> Columns:
    """Densities around the line, in windows of several sizes."""
    words = lines.words
    strong = np.where(lines.strong, words, 0)
    sums = running((
        words, np.where(lines.prose, words, 0), strong, words < 5, lines.stop,
        lines.copies > 1, lines.count("digit"), lines.size, lines.capitals,
        lines.count("stop") + lines.count("comma"), lines.known,
    ))  # fmt: skip
    index = np.arange(len(lines))
    columns: Columns = {}
    for before, after in _AROUND + _ASIDE:
        found, number = window(sums, before, after)
        total, prose, mass, short, stop, copy, digit, size, capital, marks, known = found
        name = f"{before} before, {after} after"
        columns[f"text {name}"] = np.array((
            np.log1p(total / number), prose / np.maximum(total, 1), np.log1p(mass / number),
            short / number, stop / number,
        ))  # fmt: skip
        if (before, after) in _AROUND:
            columns[f"kind {name}"] = np.array((
                copy / number, digit / np.maximum(size, 1), capital / number,
                marks / np.maximum(total, 1), known / number,
            ))  # fmt: skip
        if before == after > 2:
            columns[f"peak {name}"] = np.array((
                mass / max(mass.max(), 1), index - int(mass.argmax())
            ))  # fmt: skip
    return columns


def _place(lines: LineColumns) -> Columns:
    """Where the line stands in the text, and between lines of a kind."""
    count = len(lines)
    index = np.arange(count)
    words = lines.words
    extended = np.append(np.log1p(words), 0)
    sums = running((words, words * lines.prose, words * lines.strong))
    total = np.maximum(sums[:, -1:], 1)
    columns: Columns = {
        "place": index / count,
        "before": sums[:, :-1] / total,
        "prose after": 1 - sums[1, 1:] / total[1],
        "lines": np.log1p((index, count - 1 - index)),
    }
    kinds = {"prose": lines.prose, "strong": lines.strong, "stop": lines.stop,
             "copy": lines.copies > 1}  # fmt: skip
    for name, flags in kinds.items():
        after, before = nearest(flags)
        columns[f"to {name}"] = np.minimum((after - index, index - before, after - before), 90)
        if name in ("prose", "strong"):
            found = np.flatnonzero(flags)
            ends = (found[0], found[-1]) if len(found) else (0, count - 1)
            columns[f"ends of {name}"] = index - np.array(ends)[:, None]
            columns[f"near {name}"] = extended[
                np.array((np.minimum(after, count), np.maximum(before, -1)))
            ]
    return columns


def _runs(lines: LineColumns) -> Columns:
    """The run of short or long lines that the line is in, and the runs beside it."""
    index = np.arange(len(lines))
    columns: Columns = {}
    for name, flags in {"short": lines.words < 8, "stop": lines.stop}.items():
        first = np.concatenate(([True], flags[1:] != flags[:-1]))
        run = np.cumsum(first) - 1
        length = np.bincount(run)
        words = np.bincount(run, weights=lines.words)
        wide = np.log1p(np.pad((length.astype(float), words), ((0, 0), (1, 1))))
        beside = np.concatenate([wide[:, run + shift] for shift in (0, 1, 2)])
        columns[f"run of {name}"] = np.vstack((beside, index - np.flatnonzero(first)[run]))
    return columns


def _stretches(lines: LineColumns) -> Columns:
    """The stretch of lines with the most prose, where every line costs some words.

    After Finn, Kushmerick and Smyth, "Fact or fiction" (DELOS 2001).
    """
    index = np.arange(len(lines))
    strong = np.where(lines.strong, lines.words, 0.0)
    prose = np.where(lines.prose, np.minimum(lines.words, 100), 0.0)
    columns: Columns = {}
    for cost in _COSTS:
        for name, mass in (("strong", strong), ("prose", prose)):
            start, end, before, after = best_stretch(mass - cost)
            share = strong[start:end].sum() / max(strong.sum(), 1)
            columns[f"stretch of {name} at {cost}"] = np.array((
                (index >= start) & (index < end), index - start, index - end,
                np.full(len(lines), share), before, after,
            ))  # fmt: skip
    return columns


def _repetition(lines: LineColumns) -> Columns:
    """Lines that are equal, or built alike, and what stands beside those."""
    count = len(lines)
    shape = lines.shape
    alike = np.bincount(shape)
    wide = np.concatenate((np.full(_PERIODS, -1), shape, np.full(_PERIODS, -2)))
    same = np.array([wide[at : at + count] == shape for at in range(_PERIODS)])
    periodic, _ = window(running(same), 15, 15)
    length = np.log1p(lines.words)
    beside = np.array((np.append(length[1:], 0), np.append(0, length[:-1]), lines.known,
                       lines.stop, lines.prose))  # fmt: skip
    means = np.array([np.bincount(shape, weights=value) for value in beside]) / alike
    return {
        "copies": np.log(lines.copies),
        "order": lines.order,
        "heads": np.log(lines.heads),
        "alike": np.array((np.log(alike[shape]), alike[shape] / count)),
        "beside alike": means[:, shape],
        "periodic": periodic.max(0) / 31,
        "period": periodic.argmax(0),
    }


def _markers(lines: LineColumns) -> Columns:
    """The kind of marker that the line is, and where others stand."""
    index = np.arange(len(lines))
    own = lines.marker == np.arange(len(_MARKERS))[:, None]
    found = lines.marker >= 0
    columns: Columns = {"marker": own, "markers": np.log1p(np.full(len(lines), found.sum()))}
    groups = [own[[_NUMBER[kind] for kind in kinds]].any(axis=0) for kinds in _FURNITURE]
    for number, flags in enumerate((found, *groups)):
        after, before = nearest(flags)
        columns[f"to marker {number}"] = np.minimum((after - index, index - before), 90)
    sums = running((found,))
    for reach in (5, 15, 50):
        near, count = window(sums, reach, reach)
        columns[f"markers within {reach}"] = near[0] / count
    return columns


def _whole(lines: LineColumns) -> Columns:
    """The text as a whole, the same for each line."""
    words, size = float(lines.words.sum()), float(lines.size.sum())
    prose, strong = lines.words[lines.prose].sum(), lines.words[lines.strong].sum()
    values = np.array((
        *np.log1p((len(lines), words, prose, lines.words.max(), lines.count("currency").sum())),
        prose / words, strong / words, lines.prose.mean(), (lines.words < 5).mean(),
        lines.stop.mean(), (lines.copies > 1).mean(), lines.capitals.mean(),
        lines.count("digit").sum() / size,
    ))  # fmt: skip
    return {"whole": np.repeat(values[:, None], len(lines), axis=1)}


GROUPS: tuple[Callable[[LineColumns], Columns], ...] = (
    _text, _neighbours, _windows, _place, _runs, _stretches, _repetition, _whole, _markers,
)  # fmt: skip
"""What computes the features, in the order of their rows."""


def line_features(lines: LineColumns) -> NDArray[np.float32]:
    """Return the features of all lines, of which there is at least one: (features, lines)."""
    rows = [column for group in GROUPS for column in group(lines).values()]
    return np.vstack(rows).astype(np.float32)
