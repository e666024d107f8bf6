"""Tar archives, as a stream: member by member, nothing held but the one in hand."""

from __future__ import annotations

import tarfile
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from cleaner.sources import SourceError
from cleaner.sources.codecs import STEP
from cleaner.sources.given import TOO_DEEP, is_too_deep
from cleaner.sources.names import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.sources import Item
    from cleaner.sources.given import Given

ENDINGS = (".tar", ".tgz", ".tbz2", ".txz", ".tzst")

_BLOCK = 512
_LARGEST_HEADER = 4 * 2**20


def tells(given: Given) -> bool:
    """Return whether a file is tar by its first header: its mark, or in old ones its checksum."""
    if given.head[257:262] == b"ustar":
        return True
    return given.ending in ENDINGS and _is_header(given.head[:_BLOCK])


def _is_header(block: bytes) -> bool:
    """Return whether a block is a header, or the end of an empty archive."""
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "replace")
    except tarfile.TarError:
        return len(block) == _BLOCK and not block.strip(b"\0")
    return True


def items(given: Given) -> Iterator[Item]:
    """Yield what the members hold; folders, links and devices are passed over."""
    if is_too_deep(given):
        yield given.skipped(TOO_DEEP)
        return
    source = _Metered(given.stream())
    with tarfile.open(
        mode="r|", fileobj=cast("BinaryIO", source), tarinfo=_headers(source)
    ) as archive:
        while (member := source.next_header(archive)) is not None:
            has_data = member.isreg() or member.type not in tarfile.SUPPORTED_TYPES
            stream = archive.extractfile(member) if has_data else None
            if stream is not None:
                if member.isreg():
                    yield from given.member(
                        cast("BinaryIO", stream), safe(member.name), member.size
                    )
                _drain(stream)
    if source.damaged:
        yield given.skipped(f"damaged archive: {source.damaged} blocks passed over", "damaged")


def _drain(stream: IO[bytes]) -> None:
    while stream.read(STEP):
        pass


class _Metered:
    """The data of an archive; no header may take more of it than a header can."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._left: int | None = _LARGEST_HEADER
        self.damaged = 0

    def read(self, size: int) -> bytes:
        data = self._source.read(size)
        if self._left is not None:
            self._left -= len(data)
            if self._left < 0:
                raise SourceError("a header of the tar archive is too large: not read on")
        return data

    def next_header(self, archive: tarfile.TarFile) -> tarfile.TarInfo | None:
        self._left = _LARGEST_HEADER
        member = archive.next()
        archive.members = []  # type: ignore[attr-defined] # the library would keep all
        self._left = None
        return member


def _headers(source: _Metered) -> type[tarfile.TarInfo]:
    """Return the class of the headers of an archive: it looks for the next where one is damaged.

    The library takes a damaged header for the end of the archive.
    """

    class Header(tarfile.TarInfo):
        @classmethod
        def fromtarfile(cls, tarfile: tarfile.TarFile) -> Header:
            while True:
                try:
                    return super().fromtarfile(tarfile)
                except _INVALID:
                    source.damaged += 1
                except _TRUNCATED:
                    raise _CUT from None

    return Header


_INVALID = tarfile.InvalidHeaderError  # type: ignore[attr-defined]
_TRUNCATED = tarfile.TruncatedHeaderError  # type: ignore[attr-defined]
_CUT = SourceError("the tar archive is cut short")
