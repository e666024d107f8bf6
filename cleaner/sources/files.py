"""Files, folders, globs and standard input as sources of pages."""

from __future__ import annotations

import errno
import glob
import os
import re
import stat
import sys
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.document import Page
from cleaner.sources import Item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HTML_SUFFIXES = frozenset(
    ".html .htm .xhtml .xht .shtml .shtm .phtml .php .asp .aspx .jsp .cgi".split()
)
TEXT_SUFFIXES = frozenset(".txt .text .md .markdown".split())
PAGE_SUFFIXES = HTML_SUFFIXES | TEXT_SUFFIXES

_HEAD_BYTES = 2048
_IS_DOCUMENT = re.compile(rb"^\s*(?:<\?xml|<!doctype\s+html|<!--|<html|<head|<body)", re.IGNORECASE)
_HAS_TAG = re.compile(rb"<[a-z/!][^<>]{0,500}>", re.IGNORECASE)


@dataclass(slots=True)
class Found:
    """What the arguments of a command name: pages, and how many files that are none."""

    items: list[Item] = field(default_factory=list)
    skipped: int = 0


def find(arguments: Iterable[str], *, leave_out: str | None = None) -> Found:
    """Return the pages that files, folders and globs name, in order, each once.

    A folder gives the HTML and text files in it, at any depth, sorted by name; hidden ones and
    those below `leave_out` are passed over. What is missing or cannot be read becomes an item that
    fails when its turn comes, so that nothing is lost in silence. The names of the items are
    relative to the folder that all arguments share.
    """
    roots = [_Root(argument) for path in arguments for argument in _expand(path)]
    base = _shared([root.base for root in roots])
    found = Found()
    seen: set[str] = set()
    closed = os.path.realpath(leave_out) if leave_out else None
    for root in roots:
        for path, error in root.paths(closed):
            key = os.path.abspath(path)
            if key in seen:
                continue
            seen.add(key)
            if error:
                found.items.append(Item(path, path, partial(_fail, error)))
            elif root.named or _is_page(path):
                name = os.path.relpath(path, base) if base else os.path.basename(path)
                found.items.append(
                    Item(Path(name).as_posix(), path, partial(read, path), Path(path))
                )
            else:
                found.skipped += 1
    return found


def read(path: str) -> Page:
    """Return the page in a file; raises `OSError` if it cannot be read.

    Text files, told by their ending, are read as text unless they hold an HTML document.
    """
    data = Path(path).read_bytes()
    is_text = Path(path).suffix.lower() in TEXT_SUFFIXES and not _IS_DOCUMENT.match(_head(data))
    return Page(data, media="text" if is_text else "html")


def standard_input() -> Item:
    """Read standard input to its end, and return it as a page: HTML if it holds a tag."""
    data = sys.stdin.buffer.read()
    page = Page(data, media="html" if _HAS_TAG.search(data.replace(b"\0", b"")) else "text")
    return Item("stdin", "-", partial(_given, page))


class _Root:
    """An argument, or one of the files that it stands for."""

    def __init__(self, given: tuple[str, str | None]) -> None:
        self.path, base = given
        self.named = not os.path.isdir(self.path)
        self.base = os.path.abspath(
            base or (os.path.dirname(self.path) if self.named else self.path)
        )

    def paths(self, leave_out: str | None) -> Iterator[tuple[str, OSError | None]]:
        if self.named:
            yield self.path, _unreadable(self.path)
            return
        errors: list[OSError] = []
        for folder, folders, files in os.walk(self.path, onerror=errors.append):
            folders[:] = sorted(
                name
                for name in folders
                if not name.startswith(".")
                and not (leave_out and os.path.realpath(os.path.join(folder, name)) == leave_out)
            )
            for name in sorted(files):
                path = os.path.join(folder, name)
                if not name.startswith(".") and _is_regular(path):
                    yield path, None
        for error in errors:
            yield os.fsdecode(error.filename), error


def _expand(argument: str) -> Iterator[tuple[str, str | None]]:
    """Yield the paths that an argument stands for, with the folder that a glob begins in."""
    if os.path.lexists(argument) or not glob.has_magic(argument):
        yield argument, None
        return
    parts = Path(argument).parts
    fixed = next(at for at, part in enumerate(parts) if glob.has_magic(part))
    base = str(Path(*parts[:fixed]))
    matches = sorted(glob.glob(argument, recursive=True))
    pages = [match for match in matches if not os.path.isdir(match)]
    for match in pages or [argument]:
        yield match, base


def _shared(bases: list[str]) -> str | None:
    """Return the folder that holds all, or None where there is none: on two drives of Windows."""
    try:
        return os.path.commonpath(bases) if bases else None
    except ValueError:
        return None


def _is_page(path: str) -> bool:
    suffix = Path(path).suffix.lower()
    if suffix in PAGE_SUFFIXES:
        return True
    try:
        with open(path, "rb") as file:
            return bool(_IS_DOCUMENT.match(_head(file.read(_HEAD_BYTES))))
    except OSError:
        return False


def _head(data: bytes) -> bytes:
    """Return the beginning without byte order mark and the NULs of UTF-16."""
    return data[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")


def _is_regular(path: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return True  # a broken link is named as a failure when it is read


def _unreadable(path: str) -> OSError | None:
    if os.path.lexists(path):
        return None
    if glob.has_magic(path):
        return FileNotFoundError(errno.ENOENT, "no file matches", path)
    return FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)


def _given(page: Page) -> Page:
    return page


def _fail(error: OSError) -> Page:
    raise error
