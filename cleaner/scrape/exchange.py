"""exchange: a request and a response of Scrapy as they are archived."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cleaner.scrape.archive import Exchange

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Headers, Response

    from cleaner.scrape.cleaning import Rendered
    from cleaner.scrape.job import Entry, Verdict


_UNPACKED = {
    "content-encoding": "X-Crawler-Content-Encoding",
    "content-length": "X-Crawler-Content-Length",
}
_READABLE = frozenset([b"", b"gzip", b"x-gzip", b"deflate", b"identity"])
"""The packings that every reader of WARC files knows."""


@dataclass(slots=True)
class Answer:
    """A request, the response to it if there is one, and what was made of that."""

    request: Request
    response: Response | None = None
    rendered: Rendered | None = None

    @property
    def cached(self) -> str:
        """Say "fresh" or "revalidated" for a response of the cache, else empty."""
        if self.response is None or "cached" not in self.response.flags:
            return ""
        return "revalidated" if "download_latency" in self.request.meta else "fresh"

    @property
    def took(self) -> float | None:
        """Seconds until the server began to answer; None if it was not asked."""
        took: float = self.request.meta.get("download_latency", 0.0)
        return None if self.cached == "fresh" else took


def exchange(entry: Entry, verdict: Verdict, answer: Answer) -> Exchange | None:
    """Return what is archived of a request; None if there is no response to it.

    The body is archived as it was sent, unless it is packed in a way that readers of archives may
    not know: then it is unpacked, and `X-Crawler-Content-Encoding` says how it came, as in the
    archives of Common Crawl.
    """
    request, response = answer.request, answer.response
    raw: Response | None = request.meta.get("raw_response")
    if raw is None or response is None:
        return None
    head, body = _pairs(raw.headers), raw.body
    packings = b",".join(raw.headers.getlist("Content-Encoding")).lower().split(b",")
    if not {packing.strip() for packing in packings} <= _READABLE:
        body = response.body
        head = [(_UNPACKED.get(name.lower(), name), value) for name, value in head]
        head.append(("Content-Length", str(len(body))))
    stored: float = request.meta.get("cache_timestamp", 0.0) if answer.cached else 0.0
    about = {
        "fetchTimeMs": f"{1000 * request.meta.get('download_latency', 0):.0f}",
        "kind": entry.kind,
        "depth": str(entry.depth),
        "cache": answer.cached,
        "robots": ", ".join(verdict.signs),
        "note": verdict.note,
    }
    return Exchange(
        url=request.url,
        date=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(stored or time.time())),
        method=request.method,
        request=[
            ("Host", urlsplit(request.url).netloc.rpartition("@")[2]),
            *_pairs(request.headers),
        ],
        status=raw.status,
        protocol=raw.protocol or "HTTP/1.1",
        response=head,
        body=body,
        ip=str(raw.ip_address) if raw.ip_address else None,
        truncated="disconnect" if "dataloss" in raw.flags else None,
        about={name: value for name, value in about.items() if value},
    )


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name in headers
        for value in headers.getlist(name)
    ]
