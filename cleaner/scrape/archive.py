"""archive: WARC files (ISO 28500, version 1.1), one gzip member a record, whole after any end.

Records of a response go to the disk in one write. `position` says how far the archive has grown; a
run that goes on cuts off what was written after the position that its job knows.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from http.client import responses as REASONS  # noqa: N812 - a table
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from cleaner.scrape.plan import ScrapeError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import BinaryIO

Headers = list[tuple[str, str]]

BEGINNING = "0:0"
"""The position of an archive that holds nothing yet."""

_ENDING = re.compile(r"(?i)(\.warc)?(\.gz)?$")
_BROKEN = re.compile(r"[\r\n\0]+")
_NOT_ASCII = re.compile(r"[^\0-\x7f]+")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its response, as they are archived.

    Attributes:
        url: the address.
        date: when it was fetched, as `YYYY-MM-DDThh:mm:ssZ`.
        method: of the request.
        request: its headers.
        status: of the response.
        protocol: "HTTP/1.1" or the like.
        response: its headers.
        body: as sent; still packed if `Content-Encoding` says so.
        ip: the address that answered.
        truncated: why the body is not whole: "disconnect", "length"; None if it is.
        about: what else is known, for the metadata record.

    """

    url: str
    date: str
    method: str
    request: Headers
    status: int
    protocol: str
    response: Headers
    body: bytes
    ip: str | None = None
    truncated: str | None = None
    about: Mapping[str, str] | None = None


class Archive:
    """Appends records to `path`, and to files beside it once it has `size` bytes.

    The second file of `pages.warc.gz` is `pages-00001.warc.gz`, and so on.

    Args:
        path: the first file.
        position: what `position` returned, to go on there.
        size: bytes after which a new file begins.
        software: what the first record of each file says wrote it.

    Raises:
        ScrapeError: the archive is not as the position says.
        OSError: it cannot be written.

    """

    def __init__(
        self, path: Path, *, position: str = BEGINNING, size: int = 10**9, software: str = ""
    ) -> None:
        self._first = path
        self._size = size
        self._software = software
        self._begun = 0
        path.parent.mkdir(parents=True, exist_ok=True)
        number, _, offset = position.partition(":")
        self._number = int(number)
        self._file = self._cut(int(offset))

    @property
    def position(self) -> str:
        """How far the archive has grown: the number of the file and the bytes in it."""
        return f"{self._number}:{self._file.tell()}"

    def write(self, exchange: Exchange) -> None:
        """Append the records of an exchange: response, request, metadata. Raises `OSError`."""
        if self._file.tell() >= self._size:
            self._shut()
            self._number += 1
            self._file = self._open()
        self._file.write(records(exchange))
        self._file.flush()

    def close(self) -> None:
        """Close the archive, once it is on the disk; one in which nothing was written goes."""
        is_empty = self._file.tell() == self._begun and not self._number
        self._shut()
        if is_empty:
            self._first.unlink(missing_ok=True)

    def _shut(self) -> None:
        os.fsync(self._file.fileno())
        self._file.close()

    def _path(self, number: int) -> Path:
        if not number:
            return self._first
        ending = _ENDING.search(self._first.name)
        end = ending.group() if ending else ""
        stem = self._first.name.removesuffix(end)
        return self._first.with_name(f"{stem}-{number:05}{end}")

    def _open(self) -> BinaryIO:
        path = self._path(self._number)
        file = path.open("wb")
        buffer = BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
        about = {"software": self._software, "format": "WARC File Format 1.1"}
        writer.write_record(writer.create_warcinfo_record(path.name, about))
        file.write(buffer.getvalue())
        file.flush()
        self._begun = file.tell()
        return file

    def _cut(self, offset: int) -> BinaryIO:
        """Open the last file that counts, without what was written after `offset`."""
        path = self._path(self._number)
        if not offset:
            return self._open()
        try:
            file = path.open("r+b")
        except FileNotFoundError:
            raise ScrapeError(f"{path}, which the job wrote, is gone") from None
        if file.seek(0, os.SEEK_END) < offset:
            file.close()
            raise ScrapeError(f"{path} is shorter than the job left it")
        file.truncate(offset)
        file.seek(offset)
        later = self._number + 1
        while self._path(later).exists():
            self._path(later).unlink()
            later += 1
        return file


def records(exchange: Exchange) -> bytes:
    """Return the records of an exchange, each packed by itself."""
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    status = f"{exchange.status} {REASONS.get(exchange.status, '')}".strip()
    head = StatusAndHeaders(status, _in_ascii(exchange.response), protocol=exchange.protocol)
    named = {"WARC-Date": exchange.date}
    if exchange.ip:
        named["WARC-IP-Address"] = exchange.ip
    cut = {"WARC-Truncated": exchange.truncated} if exchange.truncated else {}
    response = writer.create_warc_record(
        exchange.url,
        "response",
        payload=BytesIO(exchange.body),
        length=len(exchange.body),
        http_headers=head,
        warc_headers_dict={**named, **cut},
    )
    named["WARC-Concurrent-To"] = response.rec_headers.get_header("WARC-Record-ID")
    line = f"{exchange.method} {_target(exchange.url)} {exchange.protocol}"
    asked = StatusAndHeaders(line, _in_ascii(exchange.request), is_http_request=True)
    request = writer.create_warc_record(
        exchange.url, "request", http_headers=asked, warc_headers_dict=dict(named)
    )
    about = _cleaned((exchange.about or {}).items())
    told = "".join(f"{name}: {value}\r\n" for name, value in about).encode()
    metadata = writer.create_warc_record(
        exchange.url,
        "metadata",
        payload=BytesIO(told),
        length=len(told),
        warc_headers_dict=dict(named),
    )
    for record in (response, request, metadata):
        writer.write_record(record)
    return buffer.getvalue()


def _cleaned(headers: Any) -> Headers:
    """Return headers that stay on their lines."""
    return [(_BROKEN.sub(" ", name), _BROKEN.sub(" ", value)) for name, value in headers]


def _in_ascii(headers: Any) -> Headers:
    """Return such headers with what is not ASCII in percent encoding; warcio leaves some of it."""
    return [(_ascii(name), _ascii(value)) for name, value in _cleaned(headers)]


def _ascii(text: str) -> str:
    return _NOT_ASCII.sub(lambda match: quote(match[0], errors="replace"), text)


def _target(url: str) -> str:
    """Return what a request line names: the address without its origin and fragment."""
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _ascii(target)
