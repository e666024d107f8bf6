"""cache: responses kept for the next run, in one SQLite database, as sent. For Scrapy."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.extensions.httpcache import RFC2616Policy
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.settings import BaseSettings

_CONDITIONS = {b"ETag": b"If-None-Match", b"Last-Modified": b"If-Modified-Since"}
_TABLE = """
CREATE TABLE IF NOT EXISTS responses (
    key BLOB PRIMARY KEY, url TEXT NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL,
    body BLOB NOT NULL, stored REAL NOT NULL
) WITHOUT ROWID
"""


class Policy(RFC2616Policy):
    """What `HTTPCACHE_POLICY` names: as HTTP has it; whatever is old is asked for on condition."""

    def is_cached_response_fresh(self, cachedresponse: Response, request: Request) -> bool:
        fresh = super().is_cached_response_fresh(cachedresponse, request)
        for told, asked in _CONDITIONS.items():
            if not fresh and told in cachedresponse.headers:
                request.headers[asked] = cachedresponse.headers[told]
        return fresh


class SqliteStorage:
    """What `HTTPCACHE_STORAGE` names: an entry is there whole or not at all."""

    def __init__(self, settings: BaseSettings) -> None:
        self._path = Path(settings["HTTPCACHE_DIR"]) / "responses.sqlite"

    def open_spider(self, spider: Spider) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(self._path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute(_TABLE)
        assert spider.crawler.request_fingerprinter is not None
        self._fingerprint = spider.crawler.request_fingerprinter.fingerprint

    def close_spider(self, spider: Spider) -> None:  # noqa: ARG002 - as Scrapy calls it
        self._database.close()

    def retrieve_response(self, spider: Spider, request: Request) -> Response | None:  # noqa: ARG002
        row = self._database.execute(
            "SELECT url, status, headers, body, stored FROM responses WHERE key = ?",
            (self._fingerprint(request),),
        ).fetchone()
        if row is None:
            return None
        url, status, raw, body, stored = row
        told = json.loads(raw)
        headers = Headers(
            {name: [value.encode("latin-1") for value in found] for name, found in told}
        )
        request.meta["cache_timestamp"] = stored
        kind = responsetypes.from_args(headers=headers, url=url, body=body)
        return kind(url=url, status=status, headers=headers, body=body)

    def store_response(self, spider: Spider, request: Request, response: Response) -> None:  # noqa: ARG002
        told = response.headers
        headers = [
            (name.decode("latin-1"), [value.decode("latin-1") for value in told.getlist(name)])
            for name in told
        ]
        self._database.execute(
            "INSERT OR REPLACE INTO responses VALUES (?, ?, ?, ?, ?, ?)",
            (
                self._fingerprint(request),
                response.url,
                response.status,
                json.dumps(headers),
                response.body,
                time.time(),
            ),
        )
