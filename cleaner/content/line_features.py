"""Features of every line of a plain text: language-neutral, computed for all lines at once.

A line is described by its own characters, by the lines around it in windows of several sizes,
by its place between the stretches of prose, and by the text as a whole. No words are listed
but those of the lexicon of markers, which names the kind of a line that is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.content.line_columns import MARKERS
from cleaner.content.line_sums import best_stretch, nearest, running, window

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from cleaner.content.line_columns import LineColumns

    Columns = dict[str, NDArray[Any]]

_AROUND = ((2, 2), (5, 5), (12, 12), (30, 30), (80, 80), (15, -1), (-1, 15))
"""Windows by the lines before and after; -1 leaves the line itself out."""
_ASIDE = ((5, -1), (-1, 5), (40, -1), (-1, 40))
_COSTS = (3, 8, 20, 50)
"""Words that a line must bring to make a stretch better, see `_stretches`."""
_PERIODS = 12
_FURNITURE = (("share", "newsletter", "comments"), ("consent", "login"), ("related",))
"""Kinds of markers that stand at the same places of a page."""


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
    strong = np.where(lines.strong, lines.words, 0.0)
    prose = np.where(lines.prose, np.minimum(lines.words, 100), 0.0)
    columns: Columns = {}
    for cost in _COSTS:
        for name, mass in (("strong", strong), ("prose", prose)):
            start, end, rows = best_stretch(mass - cost)
            share = strong[start:end].sum() / max(strong.sum(), 1)
            columns[f"stretch of {name} at {cost}"] = np.insert(rows, 3, share, axis=0)
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
    own = lines.marker == np.arange(len(MARKERS))[:, None]
    found = lines.marker >= 0
    columns: Columns = {"marker": own, "markers": np.log1p(np.full(len(lines), found.sum()))}
    groups = [own[[MARKERS.index(kind) for kind in kinds]].any(axis=0) for kinds in _FURNITURE]
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
