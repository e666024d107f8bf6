"""reading: any bytes to the text of a page: unpacked, decoded, or refused as no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.binary import binary_kind, gunzip
from cleaner.decode import decode
from cleaner.response import body_of
from cleaner.twice import read_once_more

if TYPE_CHECKING:
    from cleaner.document import Page

_LARGEST = 512 * 2**20
"""Bytes that a compressed page may unpack to."""
_HEAD = 512
"""Characters in which a page says what it is."""
_FIRST, _CLUES = tuple("b\"'"), ("\\", '=""', "=3D", "&lt;", "&#", "[CDATA[")
"""With what a page begins that was saved as a value, or what stands there; few others have it."""


def decoded(page: Page) -> tuple[str | bytes, str | None, tuple[str, ...]]:
    """Return the text of a page, its bytes if they are UTF-8; its encoding; what was wrong."""
    source, encoding, warnings = _read(page)
    if page.media != "text" and _may_be_wrapped(source):
        from cleaner.wrapped import unwrapped

        if (wrapped := unwrapped(source)) is not None:
            source, how = wrapped
            warnings = (*warnings, f"the page was saved as {how}: read as HTML")
            if isinstance(source, bytes):
                inner = decode(source, page.charset)
                source, encoding = inner.source, inner.encoding
                warnings = (*warnings, *inner.warnings)
    if page.media != "text" and (text := read_once_more(source)) is not None:
        return text, encoding, (*warnings, "the page was encoded as utf-8 twice: read once more")
    return source, encoding, warnings


def head_of(source: str | bytes) -> str:
    """Return the first characters of a page; `source` is UTF-8 if it is bytes."""
    head = source[:_HEAD]
    return head if isinstance(head, str) else head.decode("utf-8", "ignore")


def _may_be_wrapped(source: str | bytes) -> bool:
    """Return whether a page may have been saved as a value, see `cleaner.wrapped`."""
    head = head_of(source)
    return head[:1] in _FIRST or any(map(head.__contains__, _CLUES))


def _read(page: Page) -> tuple[str | bytes, str | None, tuple[str, ...]]:
    """Return what `decoded` does, before a page that was encoded twice is read once more."""
    if isinstance(page.data, str):
        return page.data, None, ()
    data, charset = page.data, page.charset
    warnings: tuple[str, ...] = ()
    if page.media != "text":
        data, told = body_of(data)
        charset = charset or told
    if data[:2] == b"\x1f\x8b":
        data, trouble = gunzip(data, _LARGEST)
        warnings = (trouble,) if trouble else ()
    kind = binary_kind(data)
    if kind:
        return "", None, (*warnings, f"not a web page: {kind}")
    decoded = decode(data, charset)
    return decoded.source, decoded.encoding, (*warnings, *decoded.warnings)
