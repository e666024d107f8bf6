"""What the sinks that are one file share: a draft, packed from checkpoint to checkpoint."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from cleaner.extras import load_extra
from cleaner.sinks import SinkError
from cleaner.sinks.draft import Draft, hidden, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from cleaner.sinks import Record


class Packer(Protocol):
    """Compresses a stream; both methods return the bytes that are ready."""

    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Format:
    """What tells one kind of file from another.

    Attributes:
        encode: gives the bytes of a page.
        head: what the file begins with.
        packer: makes a fresh packer for the bytes between two checkpoints.
        convert: makes the result (second argument) of the draft (first); None if the draft is it.
        restore: gives the bytes of the draft that a result was made from; goes with `convert`.

    """

    encode: Callable[[Record], bytes]
    head: bytes = b""
    packer: Callable[[], Packer] | None = None
    convert: Callable[[Path, Path], None] | None = None
    restore: Callable[[Path], Iterable[bytes]] | None = None


class OneFile:
    """A sink that writes one file, by way of a draft; `resume` is the token of a checkpoint."""

    def __init__(self, target: Path, form: Format, *, resume: str | None) -> None:
        self._target = target
        self._form = form
        self._packer: Packer | None = None
        self._draft = Draft(target, resume=resume, restore=form.restore)
        self._kept = resume is not None
        if not self._draft.size:
            self._put(form.head)

    def write(self, record: Record) -> tuple[Path, ...]:
        self._put(self._form.encode(record))
        return (self._target,)

    def checkpoint(self) -> str:
        self._end_pack()
        token = self._draft.sync()
        self._kept = True
        return token

    def close(self) -> None:
        if not self._draft.size and self._form.packer:
            self._packer = self._packer or self._form.packer()  # no reader takes a file of no bytes
        self._end_pack()
        self._draft.sync()
        self._draft.end()
        if self._form.convert is None:
            settle(self._draft.path, self._target)
            return
        made = hidden(self._target, "made")
        made.unlink(missing_ok=True)
        try:
            self._form.convert(self._draft.path, made)
        except BaseException:
            made.unlink(missing_ok=True)
            raise
        settle(made, self._target)
        self._draft.path.unlink()

    def abandon(self) -> None:
        self._draft.end()
        if not self._kept:
            self._draft.path.unlink(missing_ok=True)

    def _put(self, data: bytes) -> None:
        if data and self._form.packer:
            self._packer = self._packer or self._form.packer()
            data = self._packer.compress(data)
        if data:
            self._draft.append(data)

    def _end_pack(self) -> None:
        packer, self._packer = self._packer, None
        if packer:
            self._draft.append(packer.flush())


def packer_for(target: Path) -> Callable[[], Packer] | None:
    """Return what compresses a file of this name, by its ending; None if nothing does."""
    match target.suffix.lower():
        case ".gz":
            return gzip_member
        case ".zst":
            zstandard = load_extra("zstandard", "zstd", "this needs an extra", SinkError)
            return lambda: zstandard.ZstdCompressor(level=6, write_checksum=True).compressobj()
    return None


def gzip_member() -> Packer:
    """Return a packer that gives a gzip member, without name or time."""
    return zlib.compressobj(6, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
