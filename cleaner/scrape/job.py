"""job: every address of a run and what became of it, in one SQLite database.

A response is settled in one transaction: what became of it, the addresses found in it, the files
written of it and how far the archive had grown. Whatever ends the run, by a signal or a cut of the
power, leaves the state after some response; what the archive holds beyond that is cut off on start.
"""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from cleaner.scrape.plan import ScrapeError, host
from cleaner.sinks.names import Taken

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Kind = Literal["robots", "sitemap", "feed", "page"]
State = Literal["queued", "fetched", "moved", "read", "failed", "refused"]

_RANKS: dict[Kind, int] = {"robots": 0, "sitemap": 1, "feed": 1, "page": 2}
"""Kind of an address → its place in the queue of its host."""

_TABLES = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS addresses (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, url TEXT NOT NULL, kind TEXT NOT NULL,
    rank INTEGER NOT NULL, host TEXT NOT NULL, depth INTEGER NOT NULL, hops INTEGER NOT NULL,
    via INTEGER, origin TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    due REAL NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'queued', note TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS waiting ON addresses (host, rank, depth, id) WHERE state = 'queued';
CREATE INDEX IF NOT EXISTS asking ON addresses (origin) WHERE state = 'queued' AND rank = 0;
CREATE TABLE IF NOT EXISTS robots (
    origin TEXT PRIMARY KEY, state TEXT NOT NULL, text TEXT NOT NULL, read REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pauses (host TEXT PRIMARY KEY, until REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS names (key BLOB PRIMARY KEY, folder INTEGER NOT NULL) WITHOUT ROWID;
"""
# Parameters that only say where a reader came from. Longer lists, such as that of courlan, also
# take some that tell pages apart on many sites: "cid", "source".
_TRACKER = re.compile(r"(?i)(?:utm|mtm|pk)_|_ga=|(?:fb|g|dc|gb|wb|y|ms)clid=|mc_[ce]id=|igshid=")
_COLUMNS = "id, url, kind, host, depth, hops, via, origin, attempts"
_FRESH = 24 * 3600.0
"""Seconds that a robots.txt is valid for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An address in the queue: `depth` links and `hops` redirects away from a seed.

    `via` is the entry that redirected here. `origin` is what a robots.txt is read for, else empty.
    """

    id: int
    url: str
    kind: Kind
    host: str
    depth: int
    hops: int
    via: int | None
    origin: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Found:
    """An address to be fetched, found in a response."""

    url: str
    kind: Kind = "page"
    depth: int = 0
    hops: int = 0
    via: int | None = None
    origin: str = ""


@dataclass(slots=True)
class Verdict:
    """What became of a request.

    Attributes:
        state: the new state; "queued" to try again.
        note: why, in words.
        found: addresses to fetch.
        wait: seconds until it is tried again.
        pause: seconds that the whole host is left alone.
        robots: the robots.txt that was read.
        signs: what the page asks of robots: "noindex", "noai" and the like.
        sites: sites that the run extends to.

    """

    state: State
    note: str = ""
    found: list[Found] = field(default_factory=list)
    wait: float = 0.0
    pause: float = 0.0
    robots: str = ""
    signs: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()


class Job:
    """The state of a run, below `folder`, or in memory if there is none.

    Raises `ScrapeError` if the folder cannot be used or another run is using it.
    """

    def __init__(self, folder: Path | None = None) -> None:
        try:
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(
                folder / "job.sqlite" if folder else ":memory:",
                isolation_level=None,
                timeout=0.2,
                check_same_thread=False,
            )
            self._database.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = NORMAL")
            self._database.executescript(_TABLES)
            self._database.execute("BEGIN IMMEDIATE")
            self._database.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise ScrapeError(f"{folder} is in use by another run") from None
            raise ScrapeError(f"{folder} cannot be used: {error}") from None
        except (sqlite3.Error, OSError) as error:
            raise ScrapeError(f"{folder} cannot be used: {error}") from None
        self.names = JobNames(self._database)

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Job:
        self._database.execute("BEGIN IMMEDIATE")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._database.execute("ROLLBACK" if kind else "COMMIT")

    def fact(self, name: str) -> str | None:
        """Return what was remembered under a name."""
        row = self._database.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def remember(self, name: str, value: str) -> None:
        self._database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def sites(self) -> frozenset[str]:
        """Return the sites that redirects of seeds have led to."""
        return frozenset(json.loads(self.fact("sites") or "[]"))

    def add(self, found: Iterable[Found]) -> list[str]:
        """Queue the addresses that are new, and return their hosts."""
        hosts = []
        for one in found:
            done = self._database.execute(
                "INSERT OR IGNORE INTO addresses (key, url, kind, rank, host, depth, hops, via,"
                " origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    _key(one),
                    one.url,
                    one.kind,
                    _RANKS[one.kind],
                    host(one.url),
                    one.depth,
                    one.hops,
                    one.via,
                    one.origin,
                ),
            )
            if done.rowcount:
                hosts.append(host(one.url))
        return hosts

    def settle(self, entry: Entry, verdict: Verdict) -> list[str]:
        """Write down what became of an entry; returns the hosts that have something new to do."""
        now = time.time()
        self._database.execute(
            "UPDATE addresses SET state = ?, note = ?, attempts = ?, due = ? WHERE id = ?",
            (verdict.state, verdict.note, entry.attempts + 1, now + verdict.wait, entry.id),
        )
        if verdict.pause:
            self._database.execute(
                "INSERT OR REPLACE INTO pauses VALUES (?, ?)", (entry.host, now + verdict.pause)
            )
        if verdict.sites:
            self.remember("sites", json.dumps(sorted(self.sites() | set(verdict.sites))))
        hosts = self.add(verdict.found)
        if entry.kind == "robots" and verdict.state not in ("queued", "moved"):
            text = verdict.robots if verdict.state == "read" else verdict.note
            self._database.execute(
                "INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?)",
                (entry.origin, verdict.state, text, now),
            )
            hosts.append(host(entry.origin))
        return hosts

    def give_up(self, entry: Entry, verdict: Verdict) -> None:
        """Write down that an entry is not fetched."""
        self._database.execute(
            "UPDATE addresses SET state = ?, note = ? WHERE id = ?",
            (verdict.state, verdict.note, entry.id),
        )

    def next(self, name: str, now: float, *, pages: bool) -> Entry | None:
        """Return what is to be fetched next from a host; `pages`: also pages."""
        row = self._database.execute(
            f"SELECT {_COLUMNS} FROM addresses WHERE state = 'queued' AND host = ? AND due <= ?"
            " AND rank < ? ORDER BY rank, depth, id LIMIT 1",
            (name, now, 3 if pages else 2),
        ).fetchone()
        return Entry(*row) if row else None

    def due(self, name: str, *, pages: bool, after: float = -1.0) -> float | None:
        """Return when something is next to be fetched from a host, None if nothing is."""
        row = self._database.execute(
            "SELECT min(due) FROM addresses WHERE state = 'queued' AND host = ? AND rank < ?"
            " AND due > ?",
            (name, 3 if pages else 2, after),
        ).fetchone()
        return None if row[0] is None else float(row[0])

    def waiting_hosts(self) -> list[str]:
        """Return every host that something is queued for."""
        rows = self._database.execute(
            "SELECT DISTINCT host FROM addresses WHERE state = 'queued' ORDER BY host"
        )
        return [host for (host,) in rows]

    def pause(self, name: str) -> float:
        """Return until when a host is to be left alone."""
        row = self._database.execute("SELECT until FROM pauses WHERE host = ?", (name,)).fetchone()
        return float(row[0]) if row else 0.0

    def robots(self, origin: str) -> str | Verdict | None:
        """Return the robots.txt of an origin, or the verdict on its pages; None if unread."""
        row = self._database.execute(
            "SELECT state, text FROM robots WHERE origin = ? AND read > ?",
            (origin, time.time() - _FRESH),
        ).fetchone()
        if row is None:
            return None
        return str(row[1]) if row[0] == "read" else Verdict(row[0], row[1])

    def ask_robots(self, origin: str) -> list[str]:
        """Queue the robots.txt of an origin; returns the host to ask, none if one is asked."""
        asked = self._database.execute(
            "SELECT host FROM addresses WHERE state = 'queued' AND rank = 0 AND origin = ?",
            (origin,),
        ).fetchone()
        if asked:
            return []
        self._database.execute("DELETE FROM addresses WHERE rank = 0 AND origin = ?", (origin,))
        return self.add([Found(f"{origin}/robots.txt", "robots", origin=origin)])

    def chain(self, entry: Entry) -> list[str]:
        """Return the addresses that redirected to an entry, and its own."""
        urls = [entry.url]
        via = entry.via
        while via is not None:
            row = self._database.execute(
                "SELECT url, via FROM addresses WHERE id = ?", (via,)
            ).fetchone()
            if row is None:
                break
            urls.append(row[0])
            via = row[1]
        return urls

    def counts(self) -> Counter[tuple[Kind, State]]:
        """Return how many addresses of each kind are in each state."""
        rows = self._database.execute(
            "SELECT kind, state, count(*) FROM addresses GROUP BY kind, state"
        )
        return Counter({(kind, state): number for kind, state, number in rows})


class JobNames(Taken):
    """The names of the files written of pages, kept with the job."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def _insert(self, key: bytes, folder: int) -> None:
        self._database.execute("INSERT INTO names VALUES (?, ?)", (key, folder))


def _key(found: Found) -> str:
    """Return what two addresses share that are the same page: neither order nor trackers count."""
    from w3lib.url import canonicalize_url

    if found.kind == "robots":
        return f"robots {found.origin} {found.url}"
    url, mark, query = found.url.partition("?")
    if mark:
        parts = [part for part in query.split("&") if not _TRACKER.match(part)]
        url = f"{url}?{'&'.join(parts)}" if parts else url
    try:
        return str(canonicalize_url(url))
    except ValueError:
        return found.url
