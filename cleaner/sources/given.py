"""What is given to read: a file, a stream, a member of an archive; opened, and its kind told."""

from __future__ import annotations

import io
import os
import stat
import tempfile
from contextlib import ExitStack, closing
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from cleaner.sources import Item, SourceError, SourceOptions, sources
from cleaner.sources.codecs import STEP, Codec, Stream, Unpacked, codec_of
from cleaner.sources.names import numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cleaner.document import Page

HEAD = 4096
"""Bytes by which a kind is told."""

DEPTH = 1
"""Archives that may stand around an archive that is opened."""

TOO_DEEP = "an archive in an archive in an archive"

_LARGEST_COPY = 4 * 2**30  # of an archive that is read here and there, but comes as a stream


class Rewindable(Stream):
    """A stream whose beginning can be read again, until `settle` is called."""

    def __init__(self, source: BinaryIO) -> None:
        self.source = source
        self._held = bytearray()
        self._at = 0
        self._settled = False

    def take(self, most: int) -> bytes:
        data = bytes(self._held[self._at : self._at + most])
        self._at += len(data)
        if not data:
            self._held = bytearray() if self._settled else self._held
            data = self.source.read(most)
            if not self._settled:
                self._held += data
                self._at += len(data)
        return data

    def rewind(self) -> None:
        self._at = 0

    def settle(self) -> None:
        """Go back to the beginning for the last time."""
        self._at, self._settled = 0, True


class Given:
    """Something to read.

    Attributes:
        name: its place in a tree of outputs; what it holds is named below it.
        label: what messages call it.
        head: its first bytes, unpacked; at most `HEAD`.
        codec: how it is compressed, if it is.
        path: the file that it is or stands in.
        named: the user named this file, and did not only name a folder that holds it.
        depth: the archives around it.
        options: how sources are read.

    """

    def __init__(  # noqa: PLR0913 - what is known of it
        self,
        source: BinaryIO,
        name: str,
        label: str,
        options: SourceOptions,
        *,
        path: Path | None = None,
        named: bool = True,
        depth: int = 0,
        size: int = 0,
        can_seek: bool = False,
    ) -> None:
        self.name = name
        self.label = label
        self.options = options
        self.path = path
        self.named = named
        self.depth = depth
        self.size = size
        self._packed = Rewindable(source)
        self._unpacked: Unpacked | None = None
        self._closing = ExitStack()
        start = read_most(self._packed, HEAD)
        self._packed.rewind()
        self.codec: Codec | None = codec_of(start)
        self.head = start
        if self.codec:
            self.head = _beginning(self.codec, self._packed)
            self._packed.rewind()
        self._file = source if can_seek and self.codec is None else None

    @property
    def bare_name(self) -> str:
        """Its name without the ending of a compression."""
        stem, ending = os.path.splitext(self.name)
        return stem if self.codec and ending.lower() in self.codec.endings and stem else self.name

    @cached_property
    def ending(self) -> str:
        """The ending of its name, in lower case, without that of a compression."""
        return os.path.splitext(self.bare_name)[1].lower()

    @property
    def is_file(self) -> bool:
        """Whether it is a plain file, which can be read later, by another process."""
        return self.path is not None and not self.depth and self.codec is None

    def packed(self) -> BinaryIO:
        """Return what it holds as it is, compressed if it is so, from its first byte."""
        self._packed.settle()
        return io.BufferedReader(self._packed, STEP)

    def stream(self) -> BinaryIO:
        """Return what it holds, unpacked, from its first byte."""
        if self.codec is None:
            return self.packed()
        self._unpacked = self.codec.unpack(self.packed())
        return io.BufferedReader(self._unpacked, STEP)

    @property
    def strays(self) -> bool:
        """Whether bytes stand behind its compressed data that are no more of it."""
        return self._unpacked is not None and self._unpacked.strays

    def seekable(self) -> BinaryIO:
        """Return what it holds as a file that can be read anywhere: itself or a copy on disk."""
        if self._file is None:
            self._file = self._copied()
        self._file.seek(0)
        return self._file

    def _copied(self) -> BinaryIO:
        copy = self._closing.enter_context(closing(tempfile.TemporaryFile()))  # noqa: SIM115
        stream = self.stream()
        while data := stream.read(STEP):
            copy.write(data)
            if copy.tell() > _LARGEST_COPY:
                raise SourceError(f"unpacks to more than {in_words(_LARGEST_COPY)}: not read")
        return cast("BinaryIO", copy)

    def close(self) -> None:
        """Remove what was copied to disk."""
        self._closing.close()

    def all(self, largest: int = 0) -> bytes:
        """Return all that it holds; raises `SourceError` if that is more than a page may be."""
        data = whole(self.stream(), largest or self.options.largest)
        self._unpacked = None  # a page that is whole loses nothing by what stands behind it
        return data

    def item(self, page: Page, name: str = "", label: str = "", captured: str = "") -> Item:
        """Return a page in it, called `name` below its own name."""
        size = len(page.data)
        return self._inner(name, label, partial(give, page), size=size, captured=captured or None)

    def skipped(self, reason: str, name: str = "", label: str = "") -> Item:
        """Return something in it, or itself, that is no page for the reason given."""
        return self._inner(name, label, partial(fail, SourceError(reason)), skip=reason)

    def no_record(self, number: int, reason: str) -> Item:
        """Return a record of it that is no page for the reason given."""
        return self.skipped(reason, numbered(number), f"record {number}")

    def failed(self, error: Exception, name: str = "", label: str = "") -> Item:
        """Return something in it, or itself, that cannot be read."""
        return self._inner(name, label, partial(fail, portable(error)))

    def without_pages(self, error: SourceError) -> Item:
        """Return an item that fails if the user named it, else one that is passed over."""
        return self.failed(error) if self.named else self.skipped(f"not a page: {error}")

    def _inner(self, name: str, label: str, load: Callable[[], Page], **more: Any) -> Item:
        return Item(*self._place(name, label or name), load, self.path, **more)

    def member(self, stream: BinaryIO, name: str, size: int = 0) -> Iterator[Item]:
        """Yield what a member of it holds, an archive or a page."""
        try:
            given = self.inner(stream, name, named=False, depth=self.depth + 1, size=size)
        except Exception as error:  # its first bytes cannot be read
            yield self.failed(error, name)
            return
        yield from items_of(given)

    def inner(self, stream: BinaryIO, name: str, **more: Any) -> Given:
        """Return what a stream in it holds."""
        return Given(stream, *self._place(name, name), self.options, path=self.path, **more)

    def _place(self, name: str, label: str) -> tuple[str, str]:
        """Return the name and the label of something in it."""
        return (
            f"{self.name}/{name}" if name else self.name,
            f"{self.label}: {label}" if label else self.label,
        )


def open_file(path: str, name: str, options: SourceOptions, *, named: bool) -> Iterator[Item]:
    """Yield the pages in a file; what cannot be read is an item that fails."""
    try:
        found = os.stat(path)
        with open(path, "rb") as file:
            if stat.S_ISREG(found.st_mode):
                more: dict[str, Any] = {"path": Path(path), "size": found.st_size, "can_seek": True}
                yield from items_of(Given(file, name, path, options, named=named, **more))
            else:
                yield from open_stream(file, name, path, options)
    except (OSError, ValueError) as error:  # a path with a NUL in it is a wrong value
        yield Item(name, path, partial(fail, loadable(error)), Path(path))


def open_stream(stream: BinaryIO, name: str, label: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the pages in a stream that cannot be read twice."""
    try:
        can_seek = stream.seekable() and not stream.tell()
        given = Given(stream, name, label, options, can_seek=can_seek)
    except OSError as error:
        yield Item(name, label, partial(fail, error))
        return
    yield from items_of(given)


def items_of(given: Given) -> Iterator[Item]:
    """Yield the pages in what is given; an error ends them, as an item that fails."""
    try:
        source = next(source for source in sources() if source.tells(given))
        yield from source.items(given)
        if given.strays:
            yield given.failed(SourceError("it goes on behind the end of its compressed data"))
    except Exception as error:  # whatever is wrong with one file, the next is read
        yield given.failed(error)
    finally:
        given.close()


def is_too_deep(given: Given) -> bool:
    """Return whether an archive stands in so many others that it is not opened."""
    return given.depth > DEPTH


def give(page: Page) -> Page:
    """Return the page: the `load` of an item that has it."""
    return page


def fail(error: Exception) -> Page:
    """Raise the error: the `load` of an item that cannot be read."""
    raise error


def loadable(error: Exception) -> Exception:
    """Return an error that `load` may raise: an OSError as it is, any other made `portable`."""
    return error if isinstance(error, OSError) else portable(error)


def portable(error: Exception) -> Exception:
    """Return an error that can be sent to another process and is one that `load` may raise."""
    if isinstance(error, OSError) and error.strerror:
        return OSError(error.errno, error.strerror)
    if isinstance(error, SourceError):
        return SourceError(str(error))
    return SourceError(" ".join(str(error).split()) or type(error).__name__)


def read_most(stream: BinaryIO | io.RawIOBase, most: int) -> bytes:
    """Return the next bytes of a stream, fewer than `most` only at its end."""
    data = bytearray()
    while len(data) < most:
        piece = stream.read(min(most - len(data), STEP))
        if not piece:
            break
        data += piece
    return bytes(data)


def whole(stream: BinaryIO | io.RawIOBase, largest: int) -> bytes:
    """Return the rest of a stream; raises `SourceError` if that is more than `largest` bytes."""
    data = read_most(stream, largest + 1)
    if len(data) > largest:
        raise SourceError(f"larger than the {in_words(largest)} that one page may have")
    return data


def in_words(size: int) -> str:
    """Return a number of bytes as people say it.

    >>> in_words(64 * 2**20), in_words(4 * 2**30), in_words(100)
    ('64 MiB', '4 GiB', '100 bytes')
    """
    for unit, name in ((2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB")):
        if size >= unit:
            return f"{size / unit:.4g} {name}"
    return f"{size} bytes"


def _beginning(codec: Codec, packed: Rewindable) -> bytes:
    """Return the first bytes of compressed data, as far as they can be had."""
    found = bytearray()
    try:
        stream = codec.unpack(cast("BinaryIO", packed))
        while len(found) < HEAD and (piece := stream.read(HEAD)):
            found += piece
    except (OSError, SourceError):
        pass
    return bytes(found[:HEAD])
