"""The draft of a file: grows at its end, and is cut back to a checkpoint by its length and sum."""

from __future__ import annotations

import contextlib
import os
import zlib
from typing import TYPE_CHECKING

from cleaner.sinks import SinkError
from cleaner.sinks.files import take_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_CHUNK = 1 << 20


class Draft:
    """A hidden file beside the target.

    Args:
        target: the file that is to be.
        resume: a token of `sync`; None to begin anew.
        restore: gives the bytes of the draft that a finished target was made from; None where the
            target is the draft itself under its final name. A run may be stopped after the target
            was finished, but before anybody took note.

    """

    def __init__(
        self,
        target: Path,
        *,
        resume: str | None,
        restore: Callable[[Path], Iterable[bytes]] | None,
    ) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        self.path = hidden(target, "part")
        self.size = self._sum = 0
        self._error: OSError | None = None
        if resume is not None:
            if not self.path.exists() and target.exists():
                self._go_back(target, restore)
            self.size, self._sum = self._checked(resume)
        self._file = self.path.open("wb" if resume is None else "r+b", buffering=_CHUNK)
        self._file.seek(self.size)
        self._file.truncate()

    def append(self, data: bytes) -> None:
        """Write `data` at the end; after an `OSError`, which may leave half of it, never again."""
        if self._error:
            raise self._error
        try:
            self._file.write(data)
        except OSError as error:
            self._error = error
            raise
        self.size += len(data)
        self._sum = zlib.crc32(data, self._sum)

    def sync(self) -> str:
        """Put all that was appended safely on disk; return the token for this point."""
        if self._error:
            raise self._error
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            self._error = error
            raise
        return f"{self.size}-{self._sum:08x}"

    def end(self) -> None:
        """Close the file; what could not be written until now is let go."""
        with contextlib.suppress(OSError):
            self._file.close()

    def _go_back(self, target: Path, restore: Callable[[Path], Iterable[bytes]] | None) -> None:
        if restore is None:
            target.replace(self.path)
            return
        restored = hidden(target, "restored")
        try:
            with restored.open("wb") as file:
                file.writelines(restore(target))
            restored.replace(self.path)
        except OSError:
            raise
        except Exception:  # it is no file of ours, and each library says so in its own way
            raise SinkError(f"{target} was changed: the run must begin anew") from None
        finally:
            restored.unlink(missing_ok=True)

    def _checked(self, token: str) -> tuple[int, int]:
        size, _, digits = token.partition("-")
        left, found = int(size), 0
        try:
            with self.path.open("rb") as file:
                while left and (data := file.read(min(left, _CHUNK))):
                    left -= len(data)
                    found = zlib.crc32(data, found)
        except FileNotFoundError:
            raise SinkError(f"{self.path} is gone: the run must begin anew") from None
        if left or found != int(digits, 16):
            raise SinkError(f"{self.path} was changed: the run must begin anew")
        return int(size), found


def hidden(target: Path, suffix: str) -> Path:
    """Return a hidden file beside `target`.

    >>> from pathlib import Path
    >>> hidden(Path("out/a.jsonl"), "part").as_posix()
    'out/.a.jsonl.part'
    """
    return target.with_name(f".{target.name}.{suffix}")


def settle(draft: Path, target: Path) -> None:
    """Give a finished file its final name, for good."""
    sync_file(draft)
    take_place(draft, target)
    sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Put what is in a file safely on disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Put the names in a folder safely on disk, where the system can."""
    with contextlib.suppress(OSError):  # Windows opens no folders, some network drives sync none
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
