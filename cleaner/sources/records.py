"""WARC records as bytes, one by one: where one is damaged, the next is looked for.

What is in a record is for fastwarc to read; where it begins and ends is told here, since after
damage no reader of the field finds its way back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from cleaner.sources import SourceError
from cleaner.sources.codecs import STEP
from cleaner.sources.members import members

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from cleaner.sources.given import Given

BEGINS = b"WARC/"

_NEXT = re.compile(rb"\nWARC/[01]\.\d\d?\r?\n")
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"\ncontent-length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?\n", re.IGNORECASE)
_LARGEST_HEAD = 2**20
_LONGEST_MARK = 16


class Frame(NamedTuple):
    """A record: its head and its block; `wrong` says why the block is not there or not whole."""

    head: bytes
    block: bytes
    wrong: str = ""
    damaged: bool = False


def frames(given: Given, largest: int) -> Iterator[Frame]:
    """Yield the records in a file; a block of more than `largest` bytes is left out."""
    if given.codec is not None and given.codec.endings[0] == ".gz":
        for member in members(given.packed()):
            yield from _frames(_Window(member), largest)
    else:
        yield from _frames(_Window(given.stream()), largest)


def _frames(window: _Window, largest: int) -> Iterator[Frame]:
    while window.skip_lines():
        head = window.take_head()
        length = _LENGTH.search(head) if head.startswith(BEGINS) else None
        if length is None:
            found = window.find_next()
            yield Frame(head, b"", window.wrong or "no record begins where one should", True)
            if not found:
                return
        elif int(length[1]) > largest:
            window.pass_over(int(length[1]))
            wrong = window.wrong or f"a record of {int(length[1]):,} bytes"
            yield Frame(head, b"", wrong, bool(window.wrong))
        else:
            yield _framed(window, head, int(length[1]))
    if window.wrong and not window.told:
        yield Frame(b"", b"", window.wrong, True)


def _framed(window: _Window, head: bytes, length: int) -> Frame:
    """Return the record that begins with `head`, if the next begins or the data ends after it."""
    block = window.take(length)
    if len(block) < length:
        wrong = window.wrong or "the data ends in the middle of it"
    elif window.at_end_of_record():
        return Frame(head, block)
    else:
        wrong = window.wrong or "its length is wrong"
    window.told = True
    # A length that is too large took what follows; one that is too small left some.
    found = _NEXT.search(block)
    if found:
        window.put_back(block[found.start() + 1 :])
        block = block[: found.start()]
    else:
        window.put_back(block[-_LONGEST_MARK:])
        window.find_next()
    return Frame(head, block, wrong, True)


class _Window:
    """A stream, of which some is held; `wrong` says what ended it before its time."""

    def __init__(self, source: BinaryIO | io.RawIOBase) -> None:
        self._source = source
        self._held = bytearray()
        self.wrong = ""
        self.told = False

    def _fill(self, size: int) -> bool:
        """Hold `size` bytes, or all that are left."""
        while len(self._held) < size and not self.wrong:
            try:
                more = self._source.read(max(STEP, min(size - len(self._held), 16 * STEP)))
            except SourceError as error:
                self.wrong = str(error)
                break
            if not more:
                break
            self._held += more
        return len(self._held) >= size

    def take(self, size: int) -> bytes:
        self._fill(size)
        data = bytes(self._held[:size])
        del self._held[:size]
        return data

    def put_back(self, data: bytes) -> None:
        self._held[:0] = data

    def skip_lines(self) -> bool:
        """Pass over the ends of lines; False at the end of the data."""
        while self._fill(1):
            left = bytes(self._held).lstrip(b"\r\n\0")
            if left:
                self._held = bytearray(left)
                return True
            self._held.clear()
        return False

    def take_head(self) -> bytes:
        """Return the head of a record with the empty line after it; nothing if there is none."""
        size = STEP
        while True:
            whole = self._fill(size)
            found = _END_OF_HEAD.search(self._held, 0, _LARGEST_HEAD)
            if found:
                return self.take(found.end())
            if not whole or size >= _LARGEST_HEAD:
                return b""
            size *= 4

    def at_end_of_record(self) -> bool:
        """Return whether the data ends here, or goes on with lines' ends and a record."""
        self._fill(8 + len(BEGINS))
        left = bytes(self._held[: 8 + len(BEGINS)])
        if left.startswith(b"\r\n\r\n"):
            return not self.wrong
        left = left.lstrip(b"\r\n\0")
        return not self.wrong and (not left or BEGINS.startswith(left[: len(BEGINS)]))

    def find_next(self) -> bool:
        """Pass over all up to the beginning of a record; False if there is none."""
        self.told = True
        while True:
            self._fill(STEP)
            found = _NEXT.search(self._held)
            if found:
                del self._held[: found.start() + 1]
                return True
            if len(self._held) <= _LONGEST_MARK:
                self._held.clear()
                return False
            del self._held[:-_LONGEST_MARK]

    def pass_over(self, size: int) -> None:
        """Pass over so many bytes, or up to the beginning of a record if that comes before."""
        while size > 0 and self._fill(1):
            self._fill(2 * _LONGEST_MARK)
            found = _NEXT.search(self._held, 0, size)
            if found:
                del self._held[: found.start() + 1]
                return
            # The beginning of a record may be held in part.
            gone = min(size, max(len(self._held) - _LONGEST_MARK, 1))
            del self._held[:gone]
            size -= gone
        if size:
            self.wrong = self.wrong or "the data ends in the middle of it"
            self.told = True
