"""The figures of a run, worked out by its database, and what makes a page suspicious.

Every answer is a sum over groups or a short list: none grows with the number of pages.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from cleaner.document import CleanerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LISTED = 10
"""Pages in a list."""
NAMED = 10
"""Languages, reasons and the like that have a bar of their own."""
_DISTINCT = 2000
"""Languages and reasons that are told apart."""
OTHERS = "others"
MARKERS = 20
"""Markers from which on pages are counted together."""
STEPS = 200
"""Steps from 0 to 1 in which shares are counted."""


@dataclass(frozen=True, slots=True)
class PageRow:
    """One page of a list; the columns of the database, as they are."""

    number: int
    name: str | None
    label: str | None
    url: str | None
    output: str | None
    status: str | None
    reason: str | None
    title: str | None
    page_type: str | None
    kept_share: float | None
    confidence: float | None
    words_kept: int | None
    words_removed: int | None
    bytes_in: int | None
    markers: int | None
    seconds: float | None
    duplicate_of: str | None


_COLUMNS = ", ".join(column.name for column in fields(PageRow))


class Figures:
    """Asks the database of a run."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def ask(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows that answer a question."""
        return self._connection.execute(question, values).fetchall()

    def settings(self) -> dict[str, str]:
        """Return what the run notes about itself."""
        return {str(key): str(value) for key, value in self.ask("SELECT key, value FROM run")}

    def totals(self) -> dict[str, int | float]:
        """Return the sums over all pages."""
        names = "bytes_in bytes_out words_kept words_removed markers seconds".split()
        sums = ", ".join(f"total({name})" for name in names)
        row = self.ask(f"SELECT count(*), count(duplicate_of), {sums} FROM pages")[0]
        return dict(zip(("pages", "duplicates", *names), row, strict=True))

    def counts(self, conditions: Sequence[str]) -> list[int]:
        """Return how many pages meet each condition."""
        sums = ", ".join(f"count(CASE WHEN {condition} THEN 1 END)" for condition in conditions)
        return [int(count) for count in self.ask(f"SELECT {sums} FROM pages")[0]]

    def pages(self, where: str, order: str) -> list[PageRow]:
        """Return the first pages that meet a condition."""
        found = self.ask(
            f"SELECT {_COLUMNS} FROM pages WHERE {where} ORDER BY {order}, number LIMIT {LISTED}"
        )
        return [PageRow(*row) for row in found]

    def named(self, names: Sequence[str]) -> dict[str, PageRow]:
        """Return the pages of these names."""
        marks = ", ".join("?" * len(names))
        found = self.ask(f"SELECT {_COLUMNS} FROM pages WHERE name IN ({marks})", *names)
        return {row[1]: PageRow(*row) for row in found}

    def tally(self) -> Tally:
        """Return how many pages have each value, in one pass over all pages."""
        found = Tally()
        cursor = self._connection.execute(_TALLY)
        while rows := cursor.fetchmany(_BATCH):
            states, kinds, kept, sure, times, markers, languages = zip(*rows, strict=True)
            found.states.update(states)
            found.kinds.update(kinds)
            found.kept.update(zip(kinds, kept, strict=True))
            found.confidence.update(sure)
            found.times.update(times)
            found.markers.update(markers)
            found.languages.update(languages)
            found.languages = _bounded(found.languages)
        return found

    def reasons(self) -> dict[str, Counter[str]]:
        """Return the lines that say what was odd, their numbers left out, by what they tell of.

        "warnings" are those of all pages, "failed" and "skipped" the reasons of such pages.
        """
        found: dict[str, Counter[str]] = {name: Counter() for name in _TOLD}
        cursor = self._connection.execute(
            "SELECT status, reason, warnings FROM pages WHERE reason <> '' OR warnings <> ''"
        )
        while rows := cursor.fetchmany(_BATCH):
            for status, reason, warnings in rows:
                if warnings:
                    found["warnings"].update(set(map(_general, warnings.splitlines())))
                if reason and status in found:
                    found[status][_general(reason)] += 1
            found = {name: _bounded(lines) for name, lines in found.items()}
        return found


_TOLD = ("warnings", "failed", "skipped")
_BATCH = 10_000
_LANGUAGE = "lower(substr(language, 1, instr(replace(language, '_', '-') || '-', '-') - 1))"
_TALLY = f"""
SELECT status,
  CASE WHEN status IN ('cleaned', 'empty') THEN ifnull(page_type, '') END,
  CASE WHEN status = 'cleaned' AND kept_share BETWEEN 0 AND 1
    THEN CAST(kept_share * {STEPS} AS INTEGER) END,
  CASE WHEN status = 'cleaned' AND confidence BETWEEN 0 AND 1
    THEN CAST(confidence * {STEPS} AS INTEGER) END,
  CASE WHEN status NOT IN ('cleaned', 'empty') OR seconds < 0 THEN NULL
    WHEN seconds < 0.1 THEN round(seconds, 3) WHEN seconds < 1 THEN round(seconds, 2)
    WHEN seconds < 10 THEN round(seconds, 1) ELSE min(round(seconds), 36000) END,
  CASE WHEN status IN ('cleaned', 'empty') THEN min(markers, {MARKERS}) END,
  CASE WHEN status IN ('cleaned', 'empty') THEN ifnull({_LANGUAGE}, '') END
FROM pages
"""


@dataclass(slots=True)
class Tally:
    """How many pages have each value; None and "" count the pages without one.

    `kept` counts pairs of page type and step from 0 to `STEPS`, `confidence` such steps, `times`
    seconds to two digits, `markers` up to `MARKERS`.
    """

    states: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str | None] = field(default_factory=Counter)
    kept: Counter[tuple[str | None, int | None]] = field(default_factory=Counter)
    confidence: Counter[int | None] = field(default_factory=Counter)
    times: Counter[float | None] = field(default_factory=Counter)
    markers: Counter[int | None] = field(default_factory=Counter)
    languages: Counter[str | None] = field(default_factory=Counter)

    def shares(self) -> dict[str, list[int]]:
        """Return how many cleaned pages of each type are in each step of the kept share."""
        made: dict[str, list[int]] = {}
        for (kind, step), count in self.kept.items():
            if step is not None:
                made.setdefault(kind or "", [0] * (STEPS + 1))[step] += count
        return made

    def seconds(self) -> list[tuple[float, int]]:
        """Return how many pages took how many seconds, the quickest first."""
        return sorted((time, count) for time, count in self.times.items() if time is not None)


def _bounded(counts: Counter[Any]) -> Counter[Any]:
    """Return the counts, the rare ones put together if there are many."""
    if len(counts) <= _DISTINCT:
        return counts
    kept = Counter(dict(counts.most_common(_DISTINCT // 2)))
    kept[OTHERS] += counts.total() - kept.total()
    return kept


def _general(line: str) -> str:
    """Return a reason without numbers, or details if it is long, so that like ones are one."""
    line = re.sub(r"(?<![\w-])\d[\d.,]*(?!\w)", "…", line[:300])
    return line.partition(": ")[0][:80] if len(line) > 60 else line


def quantile(counts: Sequence[tuple[float, int]], part: float) -> float | None:
    """Return the value below which `part` of all lie, of values in order with their counts.

    >>> quantile([(0.1, 3), (0.2, 1)], 0.5), quantile([], 0.5)
    (0.1, None)
    """
    left = part * sum(count for _, count in counts)
    for value, count in counts:
        left -= count
        if left <= 0 and count:
            return value
    return None


@contextmanager
def opened(manifest: Path) -> Iterator[Figures]:
    """Open the database of a run for reading.

    Raises:
        CleanerError: it is no such database.
        OSError: there is no such file.
    """
    with manifest.open("rb"):  # the error of the system, not that of the database
        pass
    connection = sqlite3.connect(f"{manifest.absolute().as_uri()}?mode=ro", uri=True)
    try:
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        connection.execute("BEGIN")
        yield Figures(connection)
    except sqlite3.DatabaseError as error:
        raise CleanerError(f"{manifest} is no manifest of a run: {error}") from error
    finally:
        connection.close()
