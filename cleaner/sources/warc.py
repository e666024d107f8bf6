"""WARC: the pages that a crawler wrote down, with their addresses and charsets.

Responses, resources and conversions (the text that WET files hold) are pages if they are HTML or
plain text. Requests and what a file says of itself are passed over in silence.
"""

from __future__ import annotations

import io
import re
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.binary import binary_kind
from cleaner.document import Page
from cleaner.extras import load_extra
from cleaner.media_type import parted
from cleaner.response import unchunked
from cleaner.sources import SourceError
from cleaner.sources.codecs import STEP, codec_of, deflate
from cleaner.sources.given import in_words, read_most, whole
from cleaner.sources.names import numbered
from cleaner.sources.page import is_document, media
from cleaner.sources.records import BEGINS, frames

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.sources import Item
    from cleaner.sources.given import Given
    from cleaner.sources.records import Frame

MEDIA = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/vnd.wap.xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".txt",
}
"""The media types that are pages → the ending of a file of that kind."""

_ENDINGS = (".warc", ".wet")
_UNTOLD = frozenset(("", "application/octet-stream", "application/unknown", "unknown/unknown"))
_SILENT = frozenset(("warcinfo", "request", "metadata"))
_NO_PAGE = {
    "revisit": "revisit record: the page is that of an earlier record",
    "continuation": "continuation record: the rest of a record in another file",
}
_ADDRESS = re.compile(r"(?:https?|ftps?|file):", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ROBOTS = re.compile(r"https?://[^/]+/robots\.txt", re.IGNORECASE)
_DATE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z")


def tells(given: Given) -> bool:
    """Return whether a file is WARC by its first record, or by its ending if that is damaged."""
    if given.head.startswith(BEGINS):
        return True
    return given.ending in _ENDINGS and bool(given.head or given.codec)


def items(given: Given) -> Iterator[Item]:
    """Yield the pages among the records, and the records that are damaged or no page."""
    _fastwarc()
    for number, frame in enumerate(frames(given, given.options.largest), 1):
        try:
            item = _item(given, frame, number)
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # the errors of a native library are no `Exception`
            item = _damaged(given, number, str(error))
        if item:
            yield item


def _item(given: Given, frame: Frame, number: int) -> Item | None:
    if frame.damaged:
        return _damaged(given, number, frame.wrong)
    record = _record(frame.head, frame.block)
    kind = (record.headers.get("WARC-Type") or "").strip().lower()
    if kind in _SILENT:
        return None
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    name = numbered(number, url)
    if frame.wrong:
        limit = in_words(given.options.largest)
        return given.failed(SourceError(f"{frame.wrong}, more than the {limit} allowed"), name, url)
    try:
        found = _NO_PAGE.get(kind) or _page(frame, record, url, given.options.largest)
    except SourceError as error:
        return given.failed(error, name, url)
    if isinstance(found, str):
        return given.skipped(found, name, url)
    date = _DATE.fullmatch(record.headers.get("WARC-Date") or "")
    return given.item(found, name, url, captured=f"{date[1]}Z" if date else "")


def _damaged(given: Given, number: int, wrong: str) -> Item:
    return given.no_record(number, f"damaged record: {wrong}")


def _page(frame: Frame, record: Any, url: str, largest: int) -> Page | str:
    """Return the page in a record, or why there is none."""
    if _SCHEME.match(url) and not _ADDRESS.match(url):
        return f"{url[:40]} is no address of a page"
    if _ROBOTS.fullmatch(url):
        return "robots.txt, not a page"
    content_type = record.headers.get("Content-Type") or ""
    if "application/http" in content_type.lower():
        answer = _answer(frame, record, largest)
        if answer.status and not 200 <= answer.status < 300:
            word = "redirect" if 300 <= answer.status < 400 else "status"
            return f"{word} {answer.status}"
    else:
        answer = _Answer(0, *parted(content_type), frame.block)
    return _as_page(answer, url)


def _as_page(answer: _Answer, url: str) -> Page | str:
    ending = MEDIA.get(answer.media)
    untold = answer.media in _UNTOLD
    if ending is None and not (untold and is_document(answer.body)):
        return f"{answer.media or 'untold media type'}, not a page"
    found = binary_kind(answer.body)
    if found:
        return f"{found}, not a page"
    return Page(answer.body, url or None, answer.charset, media(answer.body, ending or ".html"))


class _Answer(NamedTuple):
    """What a server answered; `status` is 0 if it does not say."""

    status: int
    media: str
    charset: str | None
    body: bytes


def _answer(frame: Frame, plain: Any, largest: int) -> _Answer:
    """Return an HTTP response with its body unpacked, as far as that can be done."""
    plain.parse_http(auto_decode="none")
    headers = plain.http_headers
    status = (headers.status_code if headers is not None else None) or 0
    told = parted(headers.get("Content-Type") if headers is not None else None)
    if not 200 <= status < 300 or (told[0] not in MEDIA and told[0] not in _UNTOLD):
        return _Answer(status, *told, b"")
    coding = (headers.get("Content-Encoding") or "").lower()
    if not coding and not headers.get("Transfer-Encoding"):
        return _Answer(status, *told, plain.reader.read())
    body, is_whole = _read(frame, largest)
    if not is_whole and (not body or binary_kind(body)):
        body = _decoded(plain.reader.read(), coding, largest)
    if len(body) > largest:
        raise SourceError(f"unpacks to more than the {in_words(largest)} that one page may have")
    return _Answer(status, *told, body)


def _read(frame: Frame, largest: int) -> tuple[bytes, bool]:
    """Return a decoded body, and whether that is the whole of it."""
    body = bytearray()
    record = _record(frame.head, frame.block)
    try:
        record.parse_http(auto_decode="all")
        while len(body) <= largest and (piece := record.reader.read(STEP)):
            body += piece
    except OSError:
        return bytes(body), False
    return bytes(body), True


def _decoded(body: bytes, coding: str, largest: int) -> bytes:
    """Return a body that is not coded as it says, by what it is and as far as it goes."""
    body = unchunked(body) or body
    codec = codec_of(body)
    if codec:
        return whole(codec.unpack(io.BytesIO(body)), largest)
    if "deflate" in coding:
        raw = body[2:] if body[:1] == b"\x78" else body  # without the head that zlib writes
        try:
            return read_most(deflate(io.BytesIO(raw)), largest + 1)
        except (SourceError, zlib.error):
            return body
    return body


def _record(head: bytes, block: bytes) -> Any:
    return next(iter(_fastwarc().ArchiveIterator(io.BytesIO(head + block), parse_http=False)))


def _fastwarc() -> Any:
    return load_extra("fastwarc.warc", "warc", "WARC needs the extra `warc`", SourceError)
