"""The manifest of a run: what became of each page, and how far the run has come.

It is an SQLite database in WAL mode. All that a run notes between two checkpoints is one
transaction, which ends when what the sink wrote is safe on disk: after a stop at any moment, the
manifest and what the sink goes back to are of the same page. The open transaction also keeps a
second run away from the same output; the system lets go of it however a process ends.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Any

from cleaner.document import CleanerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

STATUSES = ("cleaned", "empty", "skipped", "failed")
"""What becomes of a page: it is in exactly one row of the table `pages`, with one of these."""

_VERSION = 1

_SCHEMA = """
CREATE TABLE run (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE pages (
    number INTEGER PRIMARY KEY, name TEXT, label TEXT, url TEXT, output TEXT, status TEXT,
    reason TEXT, bytes_in INTEGER, bytes_out INTEGER, words_kept INTEGER, words_removed INTEGER,
    kept_share REAL, markers INTEGER, language TEXT, page_type TEXT, confidence REAL, title TEXT,
    duplicate_of TEXT, similarity REAL, seconds REAL, warnings TEXT, blocks_kept INTEGER,
    blocks_removed INTEGER
);
"""


class ManifestError(CleanerError):
    """A manifest that cannot be used: no manifest, in use, damaged, or of other settings."""


@dataclass(slots=True)
class Row:
    """What became of one page; the fields are the columns of the table `pages`, in order.

    Attributes:
        number: of the page in the order of the sources, from 0.
        name: its place in a tree of outputs.
        label: what messages call it.
        url: its address.
        output: the file it was written to, relative to the folder of the results; several forms
            are parted by line ends.
        status: one of `STATUSES`.
        reason: why it was skipped or failed.
        bytes_in: its size as read.
        bytes_out: its size as written, all forms together, before compression.
        words_kept: words of the text kept.
        words_removed: and of that removed.
        kept_share: the share of the words that was kept, 0 to 1.
        markers: marker lines removed.
        language: as BCP 47.
        page_type: one of `cleaner.PAGE_TYPES`.
        confidence: the expected word F1 of the kept text, 0 to 1.
        title: what the page calls itself.
        duplicate_of: the name of the earlier page that this one repeats.
        similarity: how like that it is, 0 to 1.
        seconds: that reading, cleaning and rendering took.
        warnings: what was odd, parted by line ends.
        blocks_kept: blocks with text that were kept.
        blocks_removed: and removed.

    """

    number: int
    name: str
    label: str
    url: str | None = None
    output: str | None = None
    status: str = "cleaned"
    reason: str | None = None
    bytes_in: int = 0
    bytes_out: int = 0
    words_kept: int = 0
    words_removed: int = 0
    kept_share: float | None = None
    markers: int = 0
    language: str | None = None
    page_type: str | None = None
    confidence: float | None = None
    title: str | None = None
    duplicate_of: str | None = None
    similarity: float | None = None
    seconds: float = 0.0
    warnings: str | None = None
    blocks_kept: int = 0
    blocks_removed: int = 0


_COLUMNS = tuple(field.name for field in fields(Row))
_INSERT = f"INSERT INTO pages ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"


@dataclass(frozen=True, slots=True)
class State:
    """How far a run has come.

    Attributes:
        state: "running", "closing" once every page is noted, "done".
        done: pages that are noted.
        token: what the sink goes on from; None before the first checkpoint.
        last: the name of the last page noted.
        settings: what the run was started with, by name.

    """

    state: str
    done: int
    token: str | None
    last: str | None
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the pages of a run: `pages` by status, of `duplicates` all that repeat another."""

    pages: Mapping[str, int]
    duplicates: int = 0
    bytes_in: int = 0
    bytes_out: int = 0
    words_kept: int = 0
    words_removed: int = 0
    markers: int = 0
    blocks_kept: int = 0
    blocks_removed: int = 0


class Manifest:
    """The database of one run.

    Args:
        path: its file; None for one that goes when this object does.

    Raises:
        ManifestError: another run has it open, or it is no manifest.
        OSError: it cannot be made or opened.

    >>> manifest = Manifest(None)
    >>> manifest.begin({"favor": "balance"})
    >>> manifest.add(Row(0, "a.html", "in/a.html", words_kept=3))
    >>> manifest.checkpoint(1, "token", "a.html")
    >>> manifest.state().done, manifest.totals().words_kept
    (1, 3)
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab"):  # the error of the system, not of the database
                pass
        self.connection = sqlite3.connect(path or ":memory:", timeout=0, isolation_level=None)
        try:
            self._open()
        except sqlite3.OperationalError as error:
            self.connection.close()
            if "locked" in str(error):
                raise ManifestError(f"{path} is in use: another run writes there") from None
            raise OSError(f"{path}: {error}") from error
        except sqlite3.DatabaseError:
            self.connection.close()
            raise ManifestError(f"{path} is no manifest of a run") from None
        except ManifestError:
            self.connection.close()
            raise

    def state(self) -> State | None:
        """Return how far the run has come; None if none was begun."""
        found = dict(self.connection.execute("SELECT key, value FROM run"))
        if "state" not in found:
            return None
        return State(
            found["state"],
            int(found["done"]),
            found["token"],
            found["last"],
            json.loads(found["settings"]),
        )

    def begin(self, settings: Mapping[str, Any]) -> None:
        """Forget the run that was noted here, and begin another."""
        tables = "SELECT name FROM sqlite_master WHERE type = 'table'"
        for (table,) in self.connection.execute(tables).fetchall():
            self.connection.execute(f'DELETE FROM "{table}"')
        self._set(
            state="running",
            done="0",
            token=None,
            last=None,
            settings=json.dumps(settings, ensure_ascii=True, sort_keys=True),
        )
        self._commit()

    def add(self, row: Row) -> None:
        """Note a page; it counts from the next checkpoint on. Raises `OSError`."""
        values = [_storable(value) for value in astuple(row)]
        try:
            self.connection.execute(_INSERT, values)
        except sqlite3.OperationalError as error:
            raise OSError(f"{self.path}: {error}") from error

    def checkpoint(self, done: int, token: str | None, last: str | None) -> None:
        """Commit what was noted: the sink, at `token`, has written the first `done` pages."""
        self._set(done=str(done), token=token, last=last and _storable(last))
        self._commit()

    def turn(self, state: str) -> None:
        """Say that the run is "closing" or "done". Raises `OSError`."""
        self._set(state=state)
        self._commit()

    def totals(self) -> Totals:
        """Return the sums over all pages noted."""
        by_status = dict(
            self.connection.execute("SELECT status, count(*) FROM pages GROUP BY status")
        )
        names = [field.name for field in fields(Totals)][2:]
        sums = self.connection.execute(
            f"SELECT count(duplicate_of), {', '.join(f'total({name})' for name in names)} "
            "FROM pages"
        ).fetchone()
        pages = {status: by_status.get(status, 0) for status in STATUSES}
        return Totals(pages, *map(int, sums))

    def rows(self, most: int) -> Iterator[Row]:
        """Yield the first pages, `most` at most, in order."""
        found = self.connection.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM pages ORDER BY number LIMIT ?", (most,)
        )
        return (Row(*values) for values in found)

    def close(self) -> None:
        """Close it; what was noted after the last checkpoint is forgotten."""
        if self.connection.in_transaction:
            self.connection.rollback()
        self.connection.close()

    def _open(self) -> None:
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("PRAGMA temp_store = MEMORY")
        self.connection.execute("BEGIN IMMEDIATE")
        (version,) = self.connection.execute("PRAGMA user_version").fetchone()
        tables = self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if not tables:
            for statement in _SCHEMA.split(";"):
                self.connection.execute(statement)
            self.connection.execute(f"PRAGMA user_version = {_VERSION}")
            self._commit()
        elif version != _VERSION or not self._has_tables():
            raise ManifestError(f"{self.path} is no manifest of a run of this version")

    def _has_tables(self) -> bool:
        found = self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {"run", "pages"} <= {name for (name,) in found}

    def _set(self, **values: str | None) -> None:
        try:
            self.connection.executemany(
                "INSERT OR REPLACE INTO run VALUES (?, ?)", list(values.items())
            )
        except sqlite3.OperationalError as error:
            raise OSError(f"{self.path}: {error}") from error

    def _commit(self) -> None:
        try:
            self.connection.execute("COMMIT")
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise OSError(f"{self.path}: {error}") from error


def _storable(value: Any) -> Any:
    """Return text without lone surrogates, which the database takes none of."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
