"""A page by itself: HTML or plain text, in a file, in an archive, on standard input."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.binary import binary_kind, gunzip
from cleaner.document import Page
from cleaner.sources import Item
from cleaner.sources.given import HEAD, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.sources.given import Given

HTML_SUFFIXES = frozenset(
    ".html .htm .xhtml .xht .shtml .shtm .phtml .php .asp .aspx .jsp .cgi".split()
)
TEXT_SUFFIXES = frozenset(".txt .text .md .markdown".split())
PAGE_SUFFIXES = HTML_SUFFIXES | TEXT_SUFFIXES

_HEAD_BYTES = 2048
_LARGEST = 512 * 2**20
_IS_DOCUMENT = re.compile(rb"^\s*(?:<!doctype\s+html|<html|<head|<body)", re.IGNORECASE)
_MAY_BE_DOCUMENT = re.compile(rb"^\s*(?:<\?xml|<!--)", re.IGNORECASE)
_IN_DOCUMENT = re.compile(rb"<!doctype\s+html|<html|<head\b|<body", re.IGNORECASE)
_HAS_TAG = re.compile(rb"<[a-z/!][^<>]{0,500}>", re.IGNORECASE)


def tells(given: Given) -> bool:  # noqa: ARG001 - all that is left is a page, or nothing
    """Return True: this kind takes all that no other does."""
    return True


def items(given: Given) -> Iterator[Item]:
    """Yield the page, or why there is none: of what a folder or archive holds, not all is one."""
    if not given.named and (reason := _no_page(given)):
        yield given.skipped(reason)
    elif given.is_file:
        path = str(given.path)
        yield Item(given.name, given.label, partial(read, path), given.path, size=given.size)
    else:
        yield _unpacked(given)


def read(path: str) -> Page:
    """Return the page in a file; raises `OSError` or `SourceError` if it cannot be read.

    Text files, told by their ending, are read as text unless they hold an HTML document.
    """
    with Path(path).open("rb") as file:
        data = whole(file, _LARGEST)
    return Page(data, media=media(data, Path(path).suffix.lower()))


def media(data: bytes, ending: str) -> str:
    """Return what a page is that begins with `data`: "html" or "text"."""
    return "text" if ending in TEXT_SUFFIXES and not is_document(data) else "html"


def is_document(data: bytes) -> bool:
    """Return whether data begins like an HTML document.

    >>> is_document(b"<!DOCTYPE html><p>A page"), is_document(b"An ordinary <b>text</b>.")
    (True, False)
    """
    head = data[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")
    if _MAY_BE_DOCUMENT.match(head):
        return bool(_IN_DOCUMENT.search(head))
    return bool(_IS_DOCUMENT.match(head))


def has_tag(data: bytes) -> bool:
    """Return whether data holds a tag of HTML.

    >>> has_tag(b"<p>a page"), has_tag(b"1 < 2 and 3 > 2")
    (True, False)
    """
    return bool(_HAS_TAG.search(data.replace(b"\0", b"")))


def _no_page(given: Given) -> str | None:
    """Return why a file that nobody named is not taken for a page."""
    # Cleaning unpacks what servers packed once more, so that is looked into here as well.
    head = gunzip(given.head, HEAD)[0] or given.head
    kind = binary_kind(head)
    if kind:
        return f"{kind}, not a page"
    if given.ending in PAGE_SUFFIXES or is_document(head):
        return None
    return "not a page"


def _unpacked(given: Given) -> Item:
    limit = given.options.largest if given.codec or given.depth else _LARGEST
    try:
        data = given.all(limit)
    except Exception as error:  # one page that cannot be read is not the end of an archive
        return given.failed(error)
    ending = given.ending
    given.name = given.bare_name
    if given.path is None and not given.depth and ending not in PAGE_SUFFIXES:
        kind = "html" if has_tag(data) else "text"
    else:
        kind = media(data, ending)
    return given.item(Page(data, media=kind))
