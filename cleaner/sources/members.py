"""The members of gzip data one by one, so that a damaged one does not take the rest with it."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, BinaryIO

from cleaner.sources import SourceError
from cleaner.sources.codecs import STEP, Stream, refuse_bomb

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

_MAGIC = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
_PIECE = 2**14
_RECENT = 2 * STEP  # a damaged member may have taken so much of the next before it is noticed


def members(source: BinaryIO) -> Iterator[io.RawIOBase]:
    """Yield each member of gzip data as a stream, which is to be read before the next is asked for.

    A stream raises `SourceError` where its member is damaged, cut short or a bomb; the next is then
    the next member that can be found.
    """
    packed = _Packed(source)
    searching = False
    while True:
        if searching and not packed.search():
            return
        if not packed.more():
            return
        member = _Member(packed)
        if member.begins() or not searching:
            yield member
        searching = not member.finish()


class _Packed:
    """The packed data: what is held of it, and what a damaged member took."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._recent = b""
        self.held = b""

    def more(self) -> bool:
        """Hold more if nothing is held; False at the end."""
        self.held = self.held or self._source.read(STEP)
        return bool(self.held)

    def take(self) -> bytes:
        """Return some data, empty at the end."""
        self.more()
        data, self.held = self.held, b""
        self._recent = (self._recent + data)[-_RECENT:]
        return data

    def begin(self) -> None:
        """Forget what was taken: a member begins."""
        self._recent = b""

    def search(self) -> bool:
        """Hold the data from the beginning of a member on; False if there is none."""
        data = self._recent[1:] + self.held
        self._recent = self.held = b""
        while True:
            found = _MAGIC.search(data)
            if found:
                self.held = data[found.start() :]
                return True
            more = self._source.read(STEP)
            if not more:
                return False
            data = data[-3:] + more


class _Member(Stream):
    def __init__(self, packed: _Packed) -> None:
        self._packed = packed
        self._made = zlib.decompressobj(31)
        self._first = b""
        self._failed: SourceError | None = None
        self._sizes = [0, 0]
        packed.begin()

    def begins(self) -> bool:
        """Tell whether anything comes out of it."""
        try:
            self._first = self._piece(_PIECE)
        except SourceError:
            return False
        return True

    def finish(self) -> bool:
        """Read on to its end; False if it is damaged."""
        try:
            while self._piece(STEP):
                pass
        except SourceError:
            return False
        return True

    def take(self, most: int) -> bytes:
        if not self._first:
            return self._piece(min(most, _PIECE))
        data, self._first = self._first[:most], self._first[most:]
        return data

    def _piece(self, most: int) -> bytes:
        if self._failed:
            raise self._failed
        try:
            return self._unpack(most)
        except SourceError as error:
            self._failed = error
            raise

    def _unpack(self, most: int) -> bytes:
        while not self._made.eof:
            packed = self._made.unconsumed_tail or self._packed.take()
            if not packed:
                raise SourceError("the gzip data is cut short")
            if not self._made.unconsumed_tail:
                self._sizes[0] += len(packed)
            try:
                data = self._made.decompress(packed, most)
            except zlib.error as error:
                raise SourceError(f"the gzip data is damaged: {error}") from None
            if self._made.eof:
                self._packed.held = self._made.unused_data.lstrip(b"\0")
            self._sizes[1] += len(data)
            refuse_bomb(*self._sizes)
            if data:
                return data
        return b""
