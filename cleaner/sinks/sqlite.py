"""A SQLite database with full-text search. The draft is JSON Lines; it is filled in one go."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

from cleaner.sinks import SinkError
from cleaner.sinks.jsonl import encode, line
from cleaner.sinks.onefile import Format, OneFile
from cleaner.sinks.rows import ALWAYS, SHARES, columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cleaner.sinks import Sink

# Nothing is in the file but this one writer's work, and all of it can be made again: no journal.
# What is deleted is overwritten, so that no byte of the file is left to chance.
_SET_UP = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA secure_delete = ON;
PRAGMA user_version = 1;
"""

# The index is built in large pieces, merged once, and left with the settings that are usual.
_INDEXING = (
    ("hashsize", 16 * 2**20),
    ("automerge", 0),
    ("rebuild", None),
    ("optimize", None),
    ("automerge", 4),
    ("hashsize", 2**20),
)


def make(target: Path, forms: Sequence[str], *, resume: str | None) -> Sink:
    """Return a sink that writes a SQLite database."""
    names = columns(forms)
    body = "text" if "text" in forms else forms[0]
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.execute("CREATE VIRTUAL TABLE search USING fts5(text)")
        except sqlite3.OperationalError as error:
            raise SinkError(f"the SQLite of this Python has no full-text search: {error}") from None
    form = Format(
        partial(encode, forms=tuple(forms)),
        convert=partial(_convert, names=names, forms=tuple(forms), body=body),
        restore=_restore,
    )
    return OneFile(target, form, resume=resume)


def _convert(
    draft: Path, made: Path, *, names: Sequence[str], forms: Sequence[str], body: str
) -> None:
    built = made.with_name(f"{made.name}.built")
    for left in (built, made.with_name(f"{made.name}-journal")):  # of a run that was killed
        left.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(built, isolation_level=None)) as database:
            _fill(database, draft, names, forms, body)
            database.execute("VACUUM INTO ?", (str(made),))
    except sqlite3.Error as error:
        raise OSError(f"{made}: {error}") from error
    finally:
        built.unlink(missing_ok=True)


def _fill(
    database: sqlite3.Connection,
    draft: Path,
    names: Sequence[str],
    forms: Sequence[str],
    body: str,
) -> None:
    marks = ", ".join("?" * len(names))
    listed = ", ".join(map(_quoted, names))
    for setting in _SET_UP.strip().splitlines():
        database.execute(setting)
    database.execute("BEGIN")
    database.execute(f"CREATE TABLE documents (id INTEGER PRIMARY KEY, {_typed(names, forms)})")
    database.executemany(f"INSERT INTO documents ({listed}) VALUES ({marks})", _rows(draft, names))
    for name in ("name", "url"):
        database.execute(f"CREATE INDEX documents_{name} ON documents ({name})")
    database.execute(
        f"CREATE VIRTUAL TABLE documents_fts USING fts5(title, {_quoted(body)}, "
        "content='documents', content_rowid='id', tokenize='unicode61 remove_diacritics 2')"
    )
    for command, value in _INDEXING:
        database.execute(
            "INSERT INTO documents_fts (documents_fts, rank) VALUES (?, ?)", (command, value)
        )
    database.execute("COMMIT")


def _typed(names: Sequence[str], forms: Sequence[str]) -> str:
    always = ALWAYS.union(forms)
    return ", ".join(
        f"{_quoted(name)} {'REAL' if name in SHARES else 'TEXT'}"
        f"{' NOT NULL' if name in always else ''}"
        for name in names
    )


def _rows(draft: Path, names: Sequence[str]) -> Iterator[list[Any]]:
    with draft.open("rb") as lines:
        for text in lines:
            values = json.loads(text)
            values["warnings"] = json.dumps(values["warnings"], ensure_ascii=False)
            yield [values[name] for name in names]


def _restore(target: Path) -> Iterator[bytes]:
    with closing(sqlite3.connect(f"{target.absolute().as_uri()}?mode=ro", uri=True)) as database:
        found = database.execute("SELECT * FROM documents ORDER BY id")
        names = [column[0] for column in found.description][1:]
        for _, *row in found:
            values = dict(zip(names, row, strict=True))
            values["warnings"] = json.loads(values["warnings"])
            yield line(values)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
