"""Zip archives, member by member, out of the archive itself.

The table of members is read as it is needed, so that a million members take no more memory than
one; the library's reader holds all of it.
"""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from cleaner.sources import SourceError
from cleaner.sources.codecs import STEP, Stream, bunzip2, deflate, refuse_bomb, unzstd
from cleaner.sources.given import TOO_DEEP, is_too_deep
from cleaner.sources.names import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cleaner.sources import Item
    from cleaner.sources.given import Given

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_LARGEST_COMMENT = 2**16
_FULL = 0xFFFFFFFF
_ENCRYPTED, _IS_UTF8 = 0x1, 0x800
_LINK, _KIND = 0o120000, 0o170000

_METHODS: dict[int, Callable[[BinaryIO], io.RawIOBase]] = {
    0: lambda source: cast("io.RawIOBase", source),
    8: deflate,
    12: bunzip2,
    93: unzstd,
}
# Zip files whose pages are no web pages: what stands near the beginning tells them.
_DOCUMENTS = (
    (b"[Content_Types].xml", "Office document"),
    (b"application/vnd.oasis.opendocument", "OpenDocument file"),
    (b"META-INF/", "Java archive"),
)


class Member(NamedTuple):
    """A row of the table of members."""

    name: str
    offset: int
    packed: int
    size: int
    method: int
    flags: int
    crc: int
    mode: int


def tells(given: Given) -> bool:
    """Return whether a file is a zip archive by its first bytes; an office document is none."""
    return given.head.startswith(MAGIC) and document_kind(given.head) is None


def document_kind(head: bytes) -> str | None:
    """Return what a zip file is that is a document and no archive of pages."""
    return next((kind for mark, kind in _DOCUMENTS if mark in head[:128]), None)


def items(given: Given) -> Iterator[Item]:
    """Yield what the members hold; folders and links are passed over."""
    if is_too_deep(given):
        yield given.skipped(TOO_DEEP)
        return
    file = given.seekable()
    for member, stream in opened(file):
        if isinstance(stream, Exception):
            yield given.failed(stream, member.name)
        else:
            yield from given.member(stream, member.name, member.size)


def opened(
    file: BinaryIO, wanted: Callable[[str], bool] = lambda _: True
) -> Iterator[tuple[Member, BinaryIO | Exception]]:
    """Yield the members that are files, each with its stream or why it has none."""
    length = file.seek(0, io.SEEK_END)
    total = 0
    for member in table(file):
        if member.name.endswith("/") or member.mode & _KIND == _LINK or not wanted(member.name):
            continue
        member = member._replace(name=safe(member.name))  # noqa: PLW2901
        try:
            stream = _Checked(file, member)
        except (SourceError, OSError) as error:
            yield member, error
            continue
        yield member, io.BufferedReader(stream, STEP)
        total += stream.given
        refuse_bomb(length, total)


def table(file: BinaryIO) -> Iterator[Member]:
    """Yield the rows of the table of members; raises `SourceError` where it is damaged."""
    at, size, shift = _locate(file)
    end = at + size
    while at < end:
        file.seek(at)
        row = file.read(_ENTRY.size)
        if len(row) < _ENTRY.size or row[:4] != b"PK\x01\x02":
            raise SourceError("the table of the zip archive is damaged: not read on")
        fields = _ENTRY.unpack(row)
        rest = file.read(sum(fields[10:13]))
        at += _ENTRY.size + len(rest)
        yield _member(fields, rest, shift)


def _member(fields: tuple[int, ...], rest: bytes, shift: int) -> Member:
    raw, extra = rest[: fields[10]], rest[fields[10] : fields[10] + fields[11]]
    name = raw.decode("utf-8" if fields[3] & _IS_UTF8 else "cp437", "replace")
    size, packed, offset = _sizes_64(extra, fields[9], fields[8], fields[16])
    mode = fields[15] >> 16 if fields[1] >> 8 == 3 else 0
    return Member(name, offset + shift, packed, size, fields[4], fields[3], fields[7], mode)


def _sizes_64(extra: bytes, *sizes: int) -> list[int]:
    """Return the sizes, those that do not fit into the row from its extra field."""
    found = list(sizes)
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if kind == 1:
            large = [at for at, size in enumerate(sizes) if size == _FULL]
            values = extra[4 : 4 + length]
            for at, place in enumerate(large):
                if len(values) >= 8 * at + 8:
                    found[place] = struct.unpack_from("<Q", values, 8 * at)[0]
        extra = extra[4 + length :]
    return found


def _locate(file: BinaryIO) -> tuple[int, int, int]:
    """Return where the table begins, its size, and by how much all offsets are short."""
    length = file.seek(0, io.SEEK_END)
    start = max(0, length - _END.size - _LARGEST_COMMENT)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise SourceError("the zip archive is cut short: its table of members is missing")
    end = start + at
    *_, size, offset, _ = _END.unpack_from(tail, at)
    if end >= _LOCATOR_64.size:
        file.seek(end - _LOCATOR_64.size)
        mark, _, place, _ = _LOCATOR_64.unpack(file.read(_LOCATOR_64.size))
        file.seek(place if mark == b"PK\x06\x07" and place < length else length)
        row = file.read(_END_64.size)
        if row[:4] == b"PK\x06\x06" and len(row) == _END_64.size:
            *_, size, offset = _END_64.unpack(row)
            end = place
    if offset + size > end:
        raise SourceError("the table of the zip archive is damaged")
    return end - size, size, end - size - offset


class _Checked(Stream):
    """What a member holds; its size and checksum are checked at its end.

    Raises `SourceError` if it is not what the table says, or cannot be unpacked.
    """

    def __init__(self, file: BinaryIO, member: Member) -> None:
        if member.flags & _ENCRYPTED:
            raise SourceError("encrypted")
        if member.method not in _METHODS:
            raise SourceError(f"packed by method {member.method} of zip, which is not read")
        file.seek(member.offset)
        local = file.read(_LOCAL.size)
        if len(local) < _LOCAL.size or local[:4] != b"PK\x03\x04":
            raise SourceError("the member is not where the table of the zip archive says")
        start = member.offset + _LOCAL.size + sum(_LOCAL.unpack(local)[9:11])
        packed = cast("BinaryIO", _Part(file, start, member.packed))
        self._stream = _METHODS[member.method](packed)
        self._member = member
        self._crc = 0
        self.given = 0

    def take(self, most: int) -> bytes:
        data = self._stream.read(most) or b""
        self.given += len(data)
        self._crc = zlib.crc32(data, self._crc)
        if not data and (self._crc, self.given) != (self._member.crc, self._member.size):
            raise SourceError("damaged: its checksum is wrong")
        return data


class _Part(Stream):
    """A part of a file that others read as well."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file = file
        self._at = start
        self._end = start + size

    def take(self, most: int) -> bytes:
        self._file.seek(self._at)
        data = self._file.read(min(most, self._end - self._at))
        self._at += len(data)
        return data
