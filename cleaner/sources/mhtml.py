"""MHTML: a page saved by a browser, with all that belongs to it; the page itself is read."""

from __future__ import annotations

import re
from email.parser import BytesParser
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from cleaner.document import Page
from cleaner.sources import Item, SourceError
from cleaner.sources.given import portable, whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from cleaner.sources.given import Given

_HEADER = re.compile(rb"[!-9;-~]{1,80}:[ \t]?")
_VERSION = re.compile(rb"^mime-version[ \t]*:", re.IGNORECASE | re.MULTILINE)
_TYPE = re.compile(
    rb"^content-type[ \t]*:\s*(?:multipart/(?:related|mixed|alternative)|text/html)",
    re.IGNORECASE | re.MULTILINE,
)


def tells(given: Given) -> bool:
    """Return whether a file is MHTML by the head it shares with mail: MIME version and type."""
    if not _HEADER.match(given.head):
        return False
    head = re.split(rb"\r?\n\r?\n", given.head, maxsplit=1)[0]
    return bool(_VERSION.search(head) and _TYPE.search(head))


def items(given: Given) -> Iterator[Item]:
    """Yield the page; that of a file is read when its turn comes."""
    if given.is_file:
        load = partial(read, str(given.path), given.options.largest)
        yield Item(given.name, given.label, load, given.path, size=given.size)
        return
    yield given.item(page_of(given.all()))


def read(path: str, largest: int) -> Page:
    """Return the page in a file; raises `OSError` or `SourceError` if there is none."""
    with Path(path).open("rb") as file:
        data = whole(file, largest)
    try:
        return page_of(data)
    except Exception as error:
        raise portable(error) from None


def page_of(data: bytes) -> Page:
    """Return the first part that is HTML, else the first plain text.

    Raises `SourceError` if there is neither.
    """
    message = BytesParser().parsebytes(data)
    for media, kind in (("text/html", "html"), ("text/plain", "text")):
        for part in message.walk():
            if part.get_content_type() == media and not part.is_multipart():
                return _page(part, kind, message)
    raise SourceError("no part of it is a page")


def _page(part: Message, kind: str, message: Message) -> Page:
    address = part["Content-Location"] or message["Snapshot-Content-Location"]
    url = str(address).strip() if address else None
    charset = part.get_content_charset()
    return Page(cast("bytes", part.get_payload(decode=True)), url, charset, kind)
