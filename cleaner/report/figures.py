"""The figures of a run, worked out by its database, and what makes a page suspicious.

Every answer is a sum over groups or a short list: none grows with the number of pages.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from cleaner.document import CleanerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LISTED = 10
"""Pages in a list."""
NAMED = 10
"""Languages, reasons and the like that have a bar of their own."""
_DISTINCT = 1000
"""Kinds of reasons that are told apart."""
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


_COLUMNS = ", ".join(field.name for field in fields(PageRow))


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

    def groups(self, value: str, where: str = "1") -> list[tuple[str | None, int]]:
        """Return how many pages have each value of an expression, most frequent first."""
        return self.ask(
            f"SELECT {value} AS v, count(*) AS n FROM pages WHERE {where} "
            f"GROUP BY v ORDER BY n DESC, v LIMIT {NAMED + 1}"
        )

    def count(self, where: str) -> int:
        """Return how many pages meet a condition."""
        return int(self.ask(f"SELECT count(*) FROM pages WHERE {where}")[0][0])

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

    def shares(self, column: str) -> dict[str, list[int]]:
        """Return, for each page type, how many cleaned pages are in each step from 0 to 1."""
        steps: dict[str, list[int]] = {}
        for kind, step, count in self.ask(
            f"SELECT page_type, CAST({column} * {STEPS} AS INTEGER), count(*) FROM pages "
            f"WHERE status = 'cleaned' AND {column} BETWEEN 0 AND 1 GROUP BY 1, 2"
        ):
            steps.setdefault(kind or "", [0] * (STEPS + 1))[step] += count
        return steps

    def times(self) -> list[tuple[float, int]]:
        """Return how many pages took how many seconds, the seconds to two digits."""
        return self.ask(
            "SELECT CASE WHEN seconds < 0.1 THEN round(seconds, 3) "
            "WHEN seconds < 1 THEN round(seconds, 2) WHEN seconds < 10 THEN round(seconds, 1) "
            "ELSE min(round(seconds), 36000) END AS s, count(*) FROM pages "
            "WHERE seconds >= 0 AND status IN ('cleaned', 'empty') GROUP BY s ORDER BY s"
        )

    def reasons(self, column: str, where: str) -> list[tuple[str, int]]:
        """Return the most frequent lines of a column, their numbers left out."""
        found: Counter[str] = Counter()
        for (lines,) in self._connection.execute(
            f"SELECT {column} FROM pages WHERE {where} AND {column} <> ''"
        ):
            for line in dict.fromkeys(map(_general, str(lines).splitlines())):
                found[line if line in found or len(found) < _DISTINCT else "others"] += 1
        return sorted(found.items(), key=lambda item: (-item[1], item[0]))[:NAMED]


def _general(line: str) -> str:
    """Return a reason without what is true of one page only."""
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
