"""The names that are taken in a folder, kept on disk: about 30 bytes a file, however long."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from cleaner.sinks import SinkError

if TYPE_CHECKING:
    from pathlib import Path

_TABLE = """
CREATE TABLE IF NOT EXISTS names (
    key BLOB PRIMARY KEY, folder INTEGER NOT NULL, number INTEGER NOT NULL
) WITHOUT ROWID
"""


class Taken:
    """Files and folders, each known by a key of 16 bytes, in the table `names` of a database."""

    _database: sqlite3.Connection

    def has(self, key: bytes) -> bool:
        return self._look_up(key) is not None

    def take_file(self, key: bytes) -> bool:
        """Take the name for a file if it is free, and return whether it was."""
        free = self._look_up(key) is None
        if free:
            self._insert(key, 0)
        return free

    def take_folder(self, key: bytes) -> bool:
        """Take the name for a folder, which many files may do; return whether no file has it."""
        kind = self._look_up(key)
        if kind is None:
            self._insert(key, 1)
        return kind != 0

    def _look_up(self, key: bytes) -> int | None:
        found = self._database.execute("SELECT folder FROM names WHERE key = ?", (key,)).fetchone()
        return found[0] if found else None

    def _insert(self, key: bytes, folder: int) -> None:
        raise NotImplementedError


class Names(Taken):
    """A set of files and folders, each known by a key of 16 bytes.

    Args:
        path: the database; None for one that goes when this object does.
        resume: the `number` to go back to: what was taken at a later one is free again. None to
            begin with no name taken.

    Raises `OSError` if the database cannot be made, `SinkError` if there is none to go back to.

    """

    def __init__(self, path: Path | None = None, *, resume: int | None = None) -> None:
        self.path = path
        self.number = resume or 0
        if path:
            if resume is None:
                self.delete()
            path.touch()  # an error of the system, not of the database
        try:
            self._database = sqlite3.connect(path or "", isolation_level=None)
            self._database.execute(_TABLE)
            if resume is not None:
                self._go_back(resume)
            self._database.execute("BEGIN")
        except sqlite3.Error as error:
            raise SinkError(f"{path}: {error}: the run must begin anew") from None

    def commit(self) -> None:
        """Put what was taken safely on disk; raises `OSError`."""
        try:
            self._database.execute("COMMIT")
            self._database.execute("BEGIN")
        except sqlite3.Error as error:
            raise OSError(f"{self.path}: {error}") from error

    def close(self) -> None:
        """Close the database; what was taken after the last `commit` is forgotten."""
        self._database.close()

    def delete(self) -> None:
        """Remove the database, which must be closed."""
        if self.path:
            for end in ("-journal", ""):
                self.path.with_name(self.path.name + end).unlink(missing_ok=True)

    def _insert(self, key: bytes, folder: int) -> None:
        try:
            self._database.execute("INSERT INTO names VALUES (?, ?, ?)", (key, folder, self.number))
        except sqlite3.OperationalError as error:
            raise OSError(f"{self.path}: {error}") from error

    def _go_back(self, number: int) -> None:
        (last,) = self._database.execute("SELECT max(number) FROM names").fetchone()
        if (last or 0) < number:
            raise SinkError(f"{self.path} is gone or changed: the run must begin anew")
        self._database.execute("DELETE FROM names WHERE number > ?", (number,))
