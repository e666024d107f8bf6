"""Names: safe in a tree of outputs, the same on every run, none given twice."""

from __future__ import annotations

import os
import re
from contextlib import closing
from hashlib import blake2b
from itertools import chain, islice
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

_MANY = 50_000  # names that are sorted in memory
_SLUG = 80
_NOT_IN_SLUGS = re.compile(r"[^\w.]+")


def safe(name: str) -> str:
    r"""Return the name of a member as a relative path that stays where it is put.

    >>> safe("../../etc/passwd"), safe("C:\\pages\\a.html"), safe("/a//./b.html"), safe("..")
    ('etc/passwd', 'C_/pages/a.html', 'a/b.html', 'page')
    """
    clean = name.replace("\\", "/").replace(":", "_").encode("utf-8", "replace").decode()
    parts = (part for part in clean.replace("\0", "").split("/") if part not in ("", ".", ".."))
    return "/".join(parts) or "page"


def slug(text: str) -> str:
    """Return an address or a title as one part of a path.

    >>> slug("https://www.example.org/news/a%20b.html?id=7")
    'www.example.org-news-a-b.html-id-7'
    """
    try:
        parts = urlsplit(text)
        text = " ".join((parts.netloc, unquote(parts.path), parts.query))
    except ValueError:
        pass
    clean = _NOT_IN_SLUGS.sub("-", text.encode("utf-8", "replace").decode()).strip("-.")
    return clean[:_SLUG].rstrip("-.")


def numbered(number: int, told: str | None = None) -> str:
    """Return the name of a record: its number, and what it is called, if it is.

    >>> numbered(42, "https://example.org/a/"), numbered(7)
    ('000042-example.org-a', '000007')
    """
    called = slug(told) if told else ""
    return f"{number:06}-{called}" if called else f"{number:06}"


class Seen:
    """Remembers strings, millions of them, in little memory: what does not fit is on disk.

    >>> seen = Seen()
    >>> seen.add("a"), seen.add("a")
    (True, False)
    """

    def __init__(self) -> None:
        self._table = _scratch("CREATE TABLE seen (key BLOB PRIMARY KEY, times INT) WITHOUT ROWID")

    def add(self, text: str) -> bool:
        """Remember `text`; return whether it is new."""
        return self._count(text) == 1

    def unique(self, name: str) -> str:
        """Return `name`, with a number before its ending if it was given before.

        >>> seen = Seen()
        >>> seen.unique("a/b.html"), seen.unique("a/b.html")
        ('a/b.html', 'a/b-2.html')
        """
        found = name
        times = self._count(name)
        while times > 1:
            stem, ending = os.path.splitext(name)
            found = f"{stem}-{times}{ending}"
            if self.add(found):
                break
            times = self._count(name)
        return found

    def _count(self, text: str) -> int:
        """Return how often this has been asked for `text`."""
        key = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        if self._table.execute("INSERT OR IGNORE INTO seen VALUES (?, 1)", (key,)).rowcount:
            return 1
        self._table.execute("UPDATE seen SET times = times + 1 WHERE key = ?", (key,))
        times = self._table.execute("SELECT times FROM seen WHERE key = ?", (key,)).fetchone()
        return int(times[0])


def in_order(names: Iterable[str]) -> Iterator[str]:
    """Yield names in the order of their bytes on disk, each once.

    >>> list(in_order(["b", "a"]))
    ['a', 'b']
    """
    rest = iter(names)
    first = [os.fsencode(name) for name in islice(rest, _MANY)]
    more = next(rest, None)
    if more is None:
        yield from map(os.fsdecode, sorted(set(first)))
        return
    table = _scratch("CREATE TABLE names (name BLOB PRIMARY KEY) WITHOUT ROWID")
    with closing(table):
        raw = chain(first, (os.fsencode(name) for name in chain([more], rest)))
        table.executemany("INSERT OR IGNORE INTO names VALUES (?)", ((name,) for name in raw))
        for (name,) in table.execute("SELECT name FROM names ORDER BY name"):
            yield os.fsdecode(name)


def _scratch(table: str) -> sqlite3.Connection:
    """Return a database of one table that is gone once it is closed."""
    import sqlite3

    made = sqlite3.connect("", check_same_thread=False)
    made.execute("PRAGMA journal_mode = OFF")
    made.execute(table)
    return made
