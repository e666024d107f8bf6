"""WACZ: a zip archive of WARC files and of tables that tell of them; the WARC files are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.sources import warc, zips
from cleaner.sources.given import is_too_deep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.sources import Item
    from cleaner.sources.given import Given

_PACKAGE = "datapackage.json"
_ARCHIVE = "archive/"


def tells(given: Given) -> bool:
    """Return whether a file is WACZ by its members: a package, and an archive."""
    if not zips.tells(given) or is_too_deep(given):
        return False
    package = archive = False
    for member in zips.table(given.seekable()):
        package = package or member.name == _PACKAGE
        archive = archive or member.name.startswith(_ARCHIVE)
        if package and archive:
            return True
    return False


def items(given: Given) -> Iterator[Item]:
    """Yield the pages in the WARC files."""
    for member, stream in zips.opened(given.seekable(), lambda name: name.startswith(_ARCHIVE)):
        if isinstance(stream, Exception):
            yield given.failed(stream, member.name)
            continue
        inner = given.inner(stream, member.name, depth=given.depth)
        if warc.tells(inner):
            yield from warc.items(inner)
        else:
            yield inner.skipped("not a WARC file")
