"""reading: any bytes to the text of a page: unpacked, decoded, or refused as no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.binary import binary_kind, gunzip
from cleaner.decode import decode
from cleaner.twice import read_once_more

if TYPE_CHECKING:
    from cleaner.document import Page

_LARGEST = 512 * 2**20
"""Bytes that a compressed page may unpack to."""


def decoded(page: Page) -> tuple[str | bytes, str | None, tuple[str, ...]]:
    """Return the text of a page, its bytes if they are UTF-8; its encoding; what was wrong."""
    source, encoding, warnings = _read(page)
    if page.media != "text" and (text := read_once_more(source)) is not None:
        return text, encoding, (*warnings, "the page was encoded as utf-8 twice: read once more")
    return source, encoding, warnings


def _read(page: Page) -> tuple[str | bytes, str | None, tuple[str, ...]]:
    """Return what `decoded` does, before a page that was encoded twice is read once more."""
    if isinstance(page.data, str):
        return page.data, None, ()
    data = page.data
    warnings: tuple[str, ...] = ()
    if data[:2] == b"\x1f\x8b":
        data, trouble = gunzip(data, _LARGEST)
        warnings = (trouble,) if trouble else ()
    kind = binary_kind(data)
    if kind:
        return "", None, (*warnings, f"not a web page: {kind}")
    decoded = decode(data, page.charset)
    return decoded.source, decoded.encoding, (*warnings, *decoded.warnings)
