"""Files as a sink: written whole or not at all, under names that are safe everywhere."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from pathlib import Path, PurePosixPath

_UNSAFE = re.compile('[<>:"|?*\\\\\x00-\x1f\x7f\ud800-\udc7f\udd00-\udfff]')
_RESERVED = re.compile(r"(?i)^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
_MOST_BYTES = 200


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there with all of `data` or not there at all.

    The folders above are made as needed. Raises `OSError`; then, as after an interrupt, a file
    that stood there before is untouched and nothing half-written is left.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".cleaner-{os.getpid()}.part")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


class Tree:
    """Gives each page a file of its own below a folder, the same way on every run.

    >>> tree = Tree(Path("out"), endings=[".html", ".htm"])
    >>> tree.place("news/a.html", ".txt").as_posix()
    'out/news/a.txt'
    >>> tree.place("news/a.htm", ".txt").as_posix()
    'out/news/a.htm.txt'
    """

    def __init__(self, root: Path, *, endings: frozenset[str] | list[str] = frozenset()) -> None:
        self.root = root
        self.endings = endings
        self._files: set[str] = set()
        self._folders: set[str] = set()

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
        tries = [short, full]
        number = 1
        while True:
            number += 1
            for candidate in tries:
                path = folder / (safe(candidate, room=len(suffix)) + suffix)
                key = _key(path)
                if key not in self._files and key not in self._folders:
                    self._files.add(key)
                    return self.root / path
            tries = [f"{full}-{number}"]

    def _folder(self, parts: list[str]) -> PurePosixPath:
        folder = PurePosixPath()
        for part in parts:
            name = safe(part)
            while _key(folder / name) in self._files:
                name += "_"
            folder /= name
            self._folders.add(_key(folder))
        return folder


def safe(part: str, *, room: int = 0) -> str:
    r"""Return one part of a path as every file system takes it, `room` bytes short of the most.

    >>> safe('a:b?.html'), safe("con"), safe("..")
    ('a_b_.html', '_con', '_')
    """
    name = _UNSAFE.sub("_", part).rstrip(". ") or "_"
    if _RESERVED.match(name):
        name = f"_{name}"
    raw = os.fsencode(name)
    if len(raw) + room > _MOST_BYTES:
        digest = hashlib.sha256(raw).hexdigest()[:12]
        name = f"{raw[: _MOST_BYTES - room - 13].decode(errors='ignore')}-{digest}"
    return name


def _key(path: PurePosixPath) -> str:
    """Return what two paths share that a file system may take for the same."""
    return unicodedata.normalize("NFC", path.as_posix()).casefold()
