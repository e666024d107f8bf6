"""Folders and globs: the files in them, in order, one after the other."""

from __future__ import annotations

import glob
import os
from typing import TYPE_CHECKING

from cleaner.sources.names import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator


def walk(folder: str, leave_out: str | None = None) -> Iterator[tuple[str, OSError | None]]:
    """Yield the files below a folder, and the error where a folder cannot be read.

    They come sorted by name, folders among files. Passed over are hidden files and folders, links
    to folders, what is neither file nor link (pipes, sockets, devices), and `leave_out`, with the
    manifest that stands beside it. A link to nothing is yielded: reading it fails.
    """
    closed = os.path.realpath(leave_out) if leave_out else None
    open_folders = [_entries(folder, closed)]
    while open_folders:
        found = next(open_folders[-1], None)
        if found is None:
            open_folders.pop()
        elif isinstance(found, OSError):
            yield os.fsdecode(found.filename), found
        elif found.endswith("/"):
            open_folders.append(_entries(found[:-1], closed))
        else:
            yield found, None


def _entries(folder: str, closed: str | None) -> Iterator[str | OSError]:
    """Yield the paths in a folder, sorted; those of folders end with a slash."""
    try:
        real = os.path.realpath(folder) if closed else ""
        with os.scandir(folder) as entries:
            names = in_order(
                entry.name + ("/" if entry.is_dir(follow_symlinks=False) else "")
                for entry in entries
                if _is_wanted(entry) and not _is_closed(os.path.join(real, entry.name), closed)
            )
            for name in names:
                yield os.path.join(folder, name)
    except OSError as error:
        error.filename = folder
        yield error


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith("."):
        return False
    try:
        if entry.is_dir(follow_symlinks=False) or entry.is_file():
            return True
    except OSError:  # a link that leads back to itself, or to where nobody may look
        return True
    return entry.is_symlink() and not os.path.exists(entry.path)


def _is_closed(path: str, closed: str | None) -> bool:
    return closed is not None and (path == closed or path.startswith(f"{closed}.manifest"))


def matches(pattern: str) -> Iterator[str]:
    """Yield the files that a glob matches, sorted."""
    return in_order(
        match for match in glob.iglob(pattern, recursive=True) if not os.path.isdir(match)
    )


def fixed_part(pattern: str) -> str:
    """Return the folder that a glob begins in.

    >>> fixed_part("news/*/a?.html"), fixed_part("*.html")
    ('news', '')
    """
    head = pattern
    while glob.has_magic(head):
        head = os.path.dirname(head)
    return head
