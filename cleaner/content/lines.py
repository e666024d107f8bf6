"""Lines of a plain text that are main content, by a small learnt model."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cleaner.content.comments import ARTICLE, COMMENT, SURE, start_of_comments
from cleaner.content.copies import COPY, find_copies
from cleaner.content.line_columns import MARKERS, read_lines
from cleaner.content.line_features import line_features
from cleaner.content.line_second import second_features
from cleaner.content.line_units import units
from cleaner.content.model import KINDS, ModelError, read_weights
from cleaner.content.page_types import ARRAYS as PAGE
from cleaner.content.page_types import PageTypes, read_words
from cleaner.content.select import select_in_arrays
from cleaner.content.trees import ARRAYS, Trees
from cleaner.content.words import ARRAYS as WORDS
from cleaner.content.words import LINE_BUCKETS, Tokens, Words
from cleaner.document import PAGE_TYPES
from cleaner.plaintext import cut_lines, split_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from cleaner.content.line_columns import LineColumns

    Floats = NDArray[np.float64]
    Rows = NDArray[np.float32]

FORMAT = 6
"""The version of the arrays' layout; a file of another version is refused."""
_DOCUMENTATION = PAGE_TYPES.index("documentation")
SECOND = "second_"
"""What the names of the arrays of the second trees begin with."""
WEIGHTS = Path(__file__).with_name("lines.npz")
LOOSE = Path(__file__).with_name("loose.npz")
"""The weights for texts whose line breaks are not those of a page's blocks."""
_KINDS = {
    **{name: KINDS[name] for name in (*WORDS, *PAGE)},
    **{f"{look}{name}": KINDS[name] for look in ("", SECOND) for name in ARRAYS},
    **{f"{look}leaf": ("f2", 2) for look in ("", SECOND)},
}
_COMMENTS = MARKERS.index("comments")
_TOGETHER = 3
"""Different lines in a row from which on they are a second version of lines before."""
_LONGEST = 20_000
"""Characters of a line that are looked at."""
_MOST_LINES, _MOST_CHARACTERS = 8192, 2_000_000
"""Lines and characters that are judged together; a longer text is judged in parts."""


class LineVerdicts(NamedTuple):
    """What is said of each line of a text; `named` holds the reason where a rule drops one."""

    kept: list[bool]
    scores: list[float]
    named: dict[int, str]


@dataclass(frozen=True, slots=True)
class LineModel:
    """The words, the trees of the first and of the second look, and what is known of the model."""

    words: Words
    types: PageTypes
    first: Trees
    second: Trees
    about: dict[str, Any]

    def judge(
        self, lines: Sequence[str], favor: str, kinds: Sequence[str] = ()
    ) -> tuple[NDArray[np.bool_], Floats, dict[int, str]]:
        """Return what `judge_lines` does, of stripped lines, none empty."""
        columns = read_lines(lines, kinds)
        rows = line_features(columns)
        tokens = Tokens.of(lines, LINE_BUCKETS)
        said, typed = read_words(lines, self.words, self.types)
        seen = second_rows(columns, tokens, rows, self.first(rows), said, typed)
        strength = float(self.about["strengths"][favor])
        return choose_lines(columns, self.second(seen), typed, strength, by_rule=favor != "recall")


def choose_lines(
    columns: LineColumns, logits: Floats, typed: Floats, strength: float, *, by_rule: bool = True
) -> tuple[NDArray[np.bool_], Floats, dict[int, str]]:
    """Return which lines to keep, their probabilities, and why a rule drops one, if any may."""
    probabilities = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    kept, _ = select_in_arrays(probabilities, columns.words, strength)
    named = _leave_out(columns, kept, typed) if by_rule else {}
    return kept, probabilities, named


def _leave_out(columns: LineColumns, kept: NDArray[np.bool_], typed: Floats) -> dict[int, str]:
    """Drop comments below an article and second versions; return lines dropped, with reasons.

    `typed` are the logarithms of the probabilities of the page's types.
    """
    named: dict[int, str] = {}
    if typed[ARTICLE] >= log(SURE):
        headings = np.flatnonzero(columns.marker == _COMMENTS).tolist()
        start = start_of_comments(columns.texts, columns.words * kept, headings)
        named = dict.fromkeys((np.flatnonzero(kept[start:]) + start).tolist(), COMMENT)
        kept[start:] = False
    if typed[_DOCUMENTATION] < log(0.5):
        rows = np.flatnonzero(kept).tolist()
        copies = find_copies(rows, columns.texts, columns.words, _TOGETHER)
        kept[copies] = False
        named.update(dict.fromkeys(copies, COPY))
    return named


def second_rows(
    columns: LineColumns, tokens: Tokens, rows: Rows, logits: Floats, *told: Floats
) -> Rows:
    """Return what the second trees see of lines, after the log-odds of the first.

    `told` is what words say of each line, and of the type of the page.
    """
    return np.vstack((second_features(columns, tokens, logits, *told), rows))


def judge_lines(
    texts: Sequence[str],
    favor: str = "balance",
    model: LineModel | None = None,
    kinds_of: Callable[[Sequence[str]], Sequence[str]] = lambda _: (),
    *,
    loose: bool = False,
) -> LineVerdicts:
    """Return for each line whether to keep it, and the probability of being main content.

    A blank line is kept where it separates kept lines: of the blank lines between two of them,
    the first ones that follow each other. Time and memory are linear; a text of more than 8192
    lines is judged in parts.

    Args:
        texts: the lines of one text in order, without line endings; any strings.
        favor: "precision" keeps less that is doubtful, "recall" more; "balance" is between. Under
            "recall", no rule drops what the model keeps.
        model: one of your own, see `load_lines`.
        kinds_of: gives the kind of marker that each line is, "" if it is none; or nothing.
        loose: judge lines that go on together, see `cleaner.content.line_units`.

    Raises:
        KeyError: `favor` is none of these words.
        ModelError: the weights of the package are damaged.

    >>> judge_lines([])
    LineVerdicts(kept=[], scores=[], named={})
    """
    stripped = list(map(_bare, texts))
    whole, numbers = units(stripped) if loose else _each(stripped)
    kept = np.ones(len(texts), dtype=bool)
    scores = np.zeros(len(texts))
    if not whole:
        return LineVerdicts(kept.tolist(), scores.tolist(), {})
    model = model or load_lines(LOOSE if loose else None)
    lines = [text[:_LONGEST] for text in whole]
    good = np.ones(len(lines), dtype=bool)
    odds = np.zeros(len(lines))
    reasons: dict[int, str] = {}
    for start, end in _parts(list(map(len, lines))):
        part = lines[start:end]
        good[start:end], odds[start:end], named = model.judge(part, favor, kinds_of(part))
        reasons.update((start + row, reason) for row, reason in named.items())
    owner = np.array(numbers)
    rows = np.flatnonzero(owner >= 0)
    kept[rows], scores[rows] = good[owner[rows]], odds[owner[rows]]
    _judge_blanks(rows, kept, scores)
    told = {row: reasons[unit] for row in rows.tolist() if (unit := numbers[row]) in reasons}
    return LineVerdicts(kept.tolist(), scores.tolist(), told)


def _bare(line: str) -> str:
    """Return a line without white space around it; the model's columns are joined by NUL."""
    return line.replace("\0", " ").strip()


def _each(lines: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return what `units` does, but each line that is not empty by itself."""
    filled = list(accumulate(map(bool, lines), initial=-1))[1:]
    numbers = [number if line else -1 for number, line in zip(filled, lines, strict=True)]
    return [line for line in lines if line], numbers


def dump(texts: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return the lines of a naive dump of blocks of text, and the number of each line's block.

    >>> dump(["Menu", "", "one\\ntwo "])
    (['Menu', 'one', 'two'], [0, 2, 2])
    """
    found = [
        (line, block)
        for block, text in enumerate(texts)
        for part in text.split("\n")
        if (line := _bare(part[:_LONGEST]))
    ]
    return [line for line, _ in found], [block for _, block in found]


def dump_loose(text: str) -> list[str]:
    """Return what is judged of a loose text.

    >>> dump_loose("Menu\\n\\nHan kom\\ntil byen.")
    ['Menu', 'Han kom til byen.']
    """
    lines = map(_bare, cut_lines(split_lines(text)))
    return [unit[:_LONGEST] for unit in units(list(lines))[0]]


def _parts(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield start and end of the parts that lines of these sizes are judged in."""
    start = characters = 0
    for number, size in enumerate(sizes):
        full = characters + size > _MOST_CHARACTERS or number - start >= _MOST_LINES
        if full and number > start:
            yield start, number
            start, characters = number, 0
        characters += size
    yield start, len(sizes)


def _judge_blanks(rows: NDArray[np.intp], kept: NDArray[np.bool_], scores: Floats) -> None:
    """Settle the blank lines; `rows` are the others."""
    count = len(kept)
    blank = np.ones(count, dtype=bool)
    blank[rows] = False
    last = np.searchsorted(rows, np.arange(count), side="right") - 1
    before, after = np.maximum(last, 0), np.minimum(last + 1, len(rows) - 1)
    scores[blank] = np.minimum(scores[rows[before]], scores[rows[after]])[blank]
    own = kept[rows]
    seen = np.cumsum(own)
    opens = np.diff(rows, append=count) > 1  # blank lines follow
    # Within the gap after a kept line, only the first run of blank lines stays.
    runs: NDArray[np.intp] = np.cumsum(opens) - opens
    head = np.maximum.accumulate(np.where(own, np.arange(len(rows)), -1))
    earlier = runs - np.where(head >= 0, runs[np.maximum(head, 0)], 0)
    # A kept line follows, or the text ends with the one before.
    joins = (seen < seen[-1]) | (head == len(rows) - 1)
    stays = (head >= 0) & (earlier == 0) & joins
    inside = last >= 0
    kept[blank & inside] = stays[before][blank & inside]
    kept[blank & ~inside] = own[0]


def load_lines(path: Path | None = None) -> LineModel:
    """Return the line model in a file that `cleaner train --text` wrote; else the package's own.

    Raises:
        ModelError: the file is not there, damaged, foreign, or of another version.
    """
    return _load(Path(path) if path else WEIGHTS)


@lru_cache(maxsize=4)
def _load(path: Path) -> LineModel:
    arrays, about = read_weights(path, _KINDS, "lines", FORMAT)
    try:
        return LineModel(*_checked(arrays, about), about)
    except Exception as error:  # arrays and notes of any kind can be in a foreign file
        raise ModelError(f"{path} is not a weights file: {error}") from None


def _checked(
    arrays: dict[str, NDArray[Any]], about: dict[str, Any]
) -> tuple[Words, PageTypes, Trees, Trees]:
    """Return the parts; raises an error, of whatever class, if this is no line model."""
    words, types = Words.of(arrays, LINE_BUCKETS), PageTypes.of(arrays, LINE_BUCKETS)
    columns = read_lines(["x"])
    rows = line_features(columns)
    told = read_words(["x"], words, types)
    second = second_rows(columns, Tokens.of(["x"], LINE_BUCKETS), rows, np.zeros(1), *told)
    seen = len(rows), len(second)
    if tuple(about["features"]) != seen:
        raise ValueError("features of another version")
    for favor in ("precision", "balance", "recall"):
        float(about["strengths"][favor])
    parts = (arrays, {name: arrays[SECOND + name] for name in ARRAYS})
    for part, count in zip(parts, seen, strict=True):
        if not 0 <= part["feature"].min() <= part["feature"].max() < count:
            raise ValueError("features that are not there")
    return words, types, Trees.of(parts[0]), Trees.of(parts[1])
