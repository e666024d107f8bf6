"""Compressed data: told by its first bytes, unpacked as a stream, bombs refused."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Protocol, cast

from cleaner.extras import load_extra
from cleaner.sources import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import WriteableBuffer

STEP = 2**16
"""Bytes that are read at once."""

FREE = 64 * 2**20
MOST_TIMES = 1000
"""Data of more than `FREE` bytes that is this many times its packed size is a bomb."""

_TELLING = 6  # bytes by which a member, or what is none, is told
_PIECE = 2**14  # what is unpacked at once: what a damaged piece held is lost
_MEMORY = 256 * 2**20  # bytes that the dictionary of an .xz file may take
_WINDOW = 27  # the binary logarithm of those that the window of a .zst file may take


class Unpacker(Protocol):
    """What bz2, lzma and compression.zstd unpack one member with."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class Deflate:
    """The unpacker of zlib, in the shape of the others."""

    def __init__(self, bits: int) -> None:
        self._made = zlib.decompressobj(bits)

    @property
    def eof(self) -> bool:
        return self._made.eof

    @property
    def needs_input(self) -> bool:
        return not self._made.unconsumed_tail and not self._made.eof

    @property
    def unused_data(self) -> bytes:
        return self._made.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._made.decompress(self._made.unconsumed_tail + data, max(max_length, 0))


class Stream(io.RawIOBase):
    """A stream that can be read once, of the bytes that `take` gives."""

    def take(self, most: int) -> bytes:
        """Return the next bytes, `most` at most; none at the end."""
        raise NotImplementedError

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        room = memoryview(buffer).cast("B")
        data = self.take(len(room))
        room[: len(data)] = data
        return len(data)


class Unpacked(Stream):
    """Compressed data as a stream of what it holds, member by member.

    Args:
        source: the packed data.
        make: makes the unpacker of a member.
        what: what messages call the data.

    Raises `SourceError` where the data is damaged, cut short or a bomb; what came before that can
    be read. Once it is read, `strays` tells whether bytes that are no more of it stand behind it.
    """

    def __init__(self, source: BinaryIO, make: Callable[[], Unpacker], what: str) -> None:
        self._source = source
        self._make = make
        self._what = what
        self.strays = self._begun = False
        self._unpacker: Unpacker | None = None
        self._packed = b""
        self._sizes = [0, 0]

    def take(self, most: int) -> bytes:
        while self._unpacker is not None or self._next_member():
            if data := self._piece(min(most, _PIECE)):
                return data
        return b""

    def _next_member(self) -> bool:
        """Begin the next member; False where there is none. Padding by NULs is no member."""
        while len(self._packed) < _TELLING and (more := self._read()):
            self._packed = (self._packed + more).lstrip(b"\0" if self._begun else b"")
        self.strays = self._begun and bool(self._packed) and not self._packed.startswith(_MEMBERS)
        if self.strays or not self._packed:
            return False
        self._begun = True
        self._unpacker = self._make()
        return True

    def _read(self) -> bytes:
        data = self._source.read(STEP)
        self._sizes[0] += len(data)
        return data

    def _piece(self, most: int) -> bytes:
        unpacker = cast("Unpacker", self._unpacker)
        if unpacker.needs_input and not self._packed:
            self._packed = self._read()
            if not self._packed:
                raise SourceError(f"the {self._what} is cut short")
        try:
            data = unpacker.decompress(self._packed, most)
        except _DAMAGE as error:
            raise SourceError(f"the {self._what} is damaged: {error}") from None
        self._packed = b""
        if unpacker.eof:
            self._packed = unpacker.unused_data.lstrip(b"\0")
            self._unpacker = None
        self._sizes[1] += len(data)
        refuse_bomb(*self._sizes)
        return data


def refuse_bomb(packed: int, unpacked: int) -> None:
    """Raise `SourceError` if so much cannot have been meant to come out of so little."""
    if unpacked > FREE and unpacked > MOST_TIMES * max(packed, 1):
        raise SourceError(f"unpacks to more than {MOST_TIMES:,} times its size: not read on")


_DAMAGE = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError)


deflate, gunzip, bunzip2, unxz = (
    partial(Unpacked, make=make, what=f"{what} data")
    for make, what in (
        (partial(Deflate, -15), "deflate"),
        (partial(Deflate, 31), "gzip"),
        (bz2.BZ2Decompressor, "bzip2"),
        (partial(lzma.LZMADecompressor, lzma.FORMAT_XZ, _MEMORY), "xz"),
    )
)
"""Each returns what packed data holds, as a stream; of these, `deflate` reads what has no head."""


def unzstd(source: BinaryIO) -> Unpacked:
    """Return what Zstandard data holds, as a stream; raises `SourceError` without a library."""
    try:
        from compression import zstd  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return _by_zstandard(source)
    options = {zstd.DecompressionParameter.window_log_max: _WINDOW}
    return Unpacked(source, lambda: zstd.ZstdDecompressor(options=options), "Zstandard data")


class _Zstd:
    """The unpacker of the zstandard package, in the shape of the others.

    It gives out all that comes of what it is fed, so it is fed too little for that to be much.
    """

    _FEED = 256

    def __init__(self, made: Any, error: type[Exception]) -> None:
        self._made = made
        self._error = error
        self._packed = io.BytesIO()
        self._data = io.BytesIO()
        self.needs_input = True
        self.eof = False
        self.unused_data = b""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        if data:
            self._packed = io.BytesIO(self._packed.read() + data)
        while not (given := self._data.read(max_length)):
            fed = b"" if self._made.eof else self._packed.read(self._FEED)
            if not fed:
                break
            try:
                self._data = io.BytesIO(self._made.decompress(fed))
            except self._error as error:
                raise ValueError(str(error)) from None
        self.needs_input = not given
        if self._made.eof and not given:
            self.eof = True
            self.unused_data = self._made.unused_data + self._packed.read()
        return given


def _by_zstandard(source: BinaryIO) -> Unpacked:
    need = "Zstandard data needs the extra `zstd`"
    zstandard = load_extra("zstandard", "zstd", need, SourceError)
    made = zstandard.ZstdDecompressor(max_window_size=2**_WINDOW)
    return Unpacked(
        source, lambda: _Zstd(made.decompressobj(), zstandard.ZstdError), "Zstandard data"
    )


class Codec(NamedTuple):
    """A way of compressing files: how it is told, named and undone."""

    magic: bytes
    endings: tuple[str, ...]
    unpack: Callable[[BinaryIO], Unpacked]


CODECS = {
    "gzip": Codec(b"\x1f\x8b\x08", (".gz", ".gzip"), gunzip),
    "bzip2": Codec(b"BZh", (".bz2",), bunzip2),
    "xz": Codec(b"\xfd7zXZ\0", (".xz",), unxz),
    "zstd": Codec(b"\x28\xb5\x2f\xfd", (".zst", ".zstd"), unzstd),
}

_SKIPPABLE = tuple(bytes((low,)) + b"\x2a\x4d\x18" for low in range(0x50, 0x60))  # of Zstandard
_MEMBERS = (*(codec.magic for codec in CODECS.values()), *_SKIPPABLE)


def codec_of(head: bytes) -> Codec | None:
    """Return how data is compressed that begins with `head`, or None if it is not."""
    for codec in CODECS.values():
        if head.startswith(codec.magic) and (codec.magic != b"BZh" or _is_bzip2(head)):
            return codec
    return None


def _is_bzip2(head: bytes) -> bool:
    """Return whether data is bzip2, not text like it: a block or an empty file's end follows."""
    return head[3:4].isdigit() and head[4:10] in (b"1AY&SY", b"\x17rE8P\x90")
