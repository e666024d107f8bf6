"""Files as a sink: written whole or not at all, under names that are safe everywhere."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import unicodedata
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from cleaner.sinks.names import Names, Taken

if TYPE_CHECKING:
    from collections.abc import Callable

_UNSAFE = re.compile('[<>:"|?*\\\\/\x00-\x1f\x7f\ud800-\udfff]')
_RESERVED = re.compile(r"(?i)^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)")
_MOST_BYTES = 140
"""Bytes of one part of a path: encrypted folders of Linux take 143, all others more."""
_MOST_PATH_BYTES = 800
"""Bytes of the folders in a path; many systems take no path of more than 1024."""

# What some file systems pass over when they compare names: format characters, fillers, selectors.
_IGNORED = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)


def write_whole(path: Path, data: bytes, *, draft: Path | None = None) -> None:
    """Write a file so that it is there with all of `data` or not there at all.

    The folders above are made as needed. `draft` is where the file grows, on the same disk; beside
    it if not given. Raises `OSError`; then, as after an interrupt, a file that stood there before
    is untouched and nothing half-written is left. A pipe or device takes the data as it is.
    """
    if is_special(path):
        path.write_bytes(data)
        return
    path = Path(os.path.realpath(path)) if path.is_symlink() else path
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = draft or path.with_name(f".cleaner-{os.getpid()}.part")
    try:
        draft.write_bytes(data)
        take_place(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def is_special(path: Path) -> bool:
    """Return whether a path is a pipe, a device or the like: written to, and never replaced."""
    return path.exists() and not path.is_file() and not path.is_dir()


def take_place(draft: Path, target: Path) -> None:
    """Give a draft the name of the target, and the rights of a file that stood there."""
    with suppress(OSError):
        shutil.copymode(target, draft)
    draft.replace(target)


class Tree:
    """Gives each page a file of its own below a folder, the same way on every run.

    Args:
        root: the folder.
        endings: what is taken off the end of a name before the new ending is put on.
        names: where the names that are taken are kept; on disk, for this run alone, if not given.

    >>> tree = Tree(Path("out"), endings=[".html", ".htm"])
    >>> tree.place("news/a.html", ".txt").as_posix()
    'out/news/a.txt'
    >>> tree.place("news/a.htm", ".txt").as_posix()
    'out/news/a.htm.txt'
    """

    def __init__(
        self,
        root: Path,
        *,
        endings: frozenset[str] | list[str] = frozenset(),
        names: Taken | None = None,
    ) -> None:
        self.root = root
        self.endings = endings
        self._names: Taken = names or Names()
        self._last: tuple[list[str], PurePosixPath] = ([], PurePosixPath())

    def reserve(self, *files: str) -> None:
        """Take names right below the root for files that others write there."""
        for name in files:
            self._names.take_file(_key(PurePosixPath(name)))

    def place(self, name: str, suffix: str) -> Path:
        """Return the path of the page called `name`, for a file that ends in `suffix`.

        The path mirrors `name`. No two calls return paths that any file system takes for the
        same, and none lies outside the root.
        """
        parts = [part for part in PurePosixPath(name).parts if part not in ("/", "..", ".")]
        folder = self._folder(parts[:-1])
        full = parts[-1] if parts else "page"
        bare = PurePosixPath(full)
        short = bare.stem if bare.suffix.lower() in self.endings else full
        for candidate in (short, full):
            path = folder / (safe(candidate, room=len(suffix)) + suffix)
            if self._names.take_file(_key(path)):
                return self.root / path
        return self.root / self._numbered(folder, full, suffix)

    def _numbered(self, folder: PurePosixPath, full: str, suffix: str) -> PurePosixPath:
        """Return a path with a number, in few steps however many pages have the same name."""

        def path(number: int) -> PurePosixPath:
            end = f"-{number}{suffix}"
            return folder / (safe(full, room=len(end)) + end)

        taken = 1
        free = 2
        while self._names.has(_key(path(free))):
            taken, free = free, 2 * free
        while free - taken > 1:
            middle = (taken + free) // 2
            if self._names.has(_key(path(middle))):
                taken = middle
            else:
                free = middle
        self._names.take_file(_key(path(free)))
        return path(free)

    def _folder(self, parts: list[str]) -> PurePosixPath:
        if parts == self._last[0]:
            return self._last[1]
        folder = PurePosixPath()
        for part in _shortened([safe(part) for part in parts]):
            name = part
            while not self._names.take_folder(_key(folder / name)):
                name += "_"
            folder /= name
        self._last = (parts, folder)
        return folder


def safe(part: str, *, room: int = 0) -> str:
    r"""Return one part of a path as every file system takes it, `room` bytes short of the most.

    >>> safe('a:b?.html'), safe("con"), safe("..")
    ('a_b_.html', '_con', '_')
    """
    name = _UNSAFE.sub("_", part).rstrip(". ") or "_"
    if _RESERVED.match(name):
        name = f"_{name}"
    raw = name.encode()
    if len(raw) + room > _MOST_BYTES:
        name = f"{raw[: _MOST_BYTES - room - 13].decode(errors='ignore')}-{_digest(raw)}"
    return name


def _shortened(parts: list[str]) -> list[str]:
    """Return the folders with those that make the path too long in one."""
    room = _MOST_PATH_BYTES
    for at, part in enumerate(parts):
        room -= len(part.encode()) + 1
        if room < 0:
            return [*parts[:at], _digest("/".join(parts[at:]).encode())]
    return parts


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()[:12]


def _key(path: PurePosixPath) -> bytes:
    """Return what two paths share that a file system may take for the same."""
    text = path.as_posix()
    if not text.isascii():
        fold: Callable[[str], str] = partial(unicodedata.normalize, "NFKD")
        text = fold(_IGNORED.sub("", fold(text)).upper().casefold())
    return hashlib.blake2b(text.casefold().encode(), digest_size=16).digest()
