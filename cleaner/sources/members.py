"""The members of gzip data one by one, so that a damaged one does not take the rest with it."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, cast

from cleaner.sources import SourceError
from cleaner.sources.codecs import STEP, Deflate, Unpacked

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

_MAGIC = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
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

    def read(self, _size: int) -> bytes:
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


class _Member(Unpacked):
    """One member; where it has failed, it fails again."""

    def __init__(self, packed: _Packed) -> None:
        super().__init__(cast("BinaryIO", packed), partial(Deflate, 31), "gzip data")
        self._all = packed
        self._first = b""
        self._failed: SourceError | None = None
        packed.begin()

    def begins(self) -> bool:
        """Return whether anything comes out of it."""
        try:
            self._first = super().take(STEP)
        except SourceError:
            return False
        return True

    def finish(self) -> bool:
        """Read on to its end; False if it is damaged."""
        try:
            while self.take(STEP):
                pass
        except SourceError:
            return False
        self._all.held = self._packed
        return True

    def take(self, most: int) -> bytes:
        data, self._first = self._first[:most], self._first[most:]
        return data or super().take(most)

    def _next_member(self) -> bool:
        is_next, self._begun = not self._begun, True
        if is_next:
            self._unpacker = self._make()
        return is_next

    def _piece(self, most: int) -> bytes:
        if self._failed:
            raise self._failed
        try:
            return super()._piece(most)
        except SourceError as error:
            self._failed = error
            raise
