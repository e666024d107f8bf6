"""What a run reads and what it notes: files of pages, and the rows of its manifest."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

COMMAND = [sys.executable, "-c", "from cleaner.cli import main; main()", "clean"]


def write(folder, files):
    for name, data in files:
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def noted(out, what="number, name, status"):
    """Return what the manifest says of every page, in order."""
    path = Path(out, "_manifest.sqlite") if Path(out).is_dir() else f"{out}.manifest.sqlite"
    with closing(sqlite3.connect(path)) as database:
        return database.execute(f"SELECT {what} FROM pages ORDER BY number").fetchall()
