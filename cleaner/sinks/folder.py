"""A folder as a sink: a tree of files that mirrors the pages, a file for each form of each."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from cleaner.sinks.draft import sync_file, sync_folder
from cleaner.sinks.files import Tree, write_whole
from cleaner.sinks.names import Names

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cleaner.sinks import Record, Sink

_MOST_UNSYNCED = 1000
_SYNCS_AT_ONCE = 8
_TAKEN = ("_manifest.sqlite", "_manifest.sqlite-wal", "_manifest.sqlite-shm")
"""Files that others write into the folder."""


def make(target: Path, forms: Sequence[str], *, resume: str | None) -> Sink:
    """Return a sink that writes a file for each form of each page below `target`."""
    return Folder(target, forms, resume=resume)


class Folder:
    """Writes each page into files of its own, each whole or not at all.

    A page that cannot be written, where the others can, is no reason to abandon the sink.
    """

    def __init__(self, root: Path, forms: Sequence[str], *, resume: str | None = None) -> None:
        from cleaner.export import exporter
        from cleaner.sources.page import PAGE_SUFFIXES

        self._suffixes = {form: exporter(form).SUFFIX for form in forms}
        root.mkdir(parents=True, exist_ok=True)
        self._draft = root / ".cleaner.part"
        self._names = Names(
            root / ".cleaner-names.sqlite", resume=None if resume is None else int(resume)
        )
        self._tree = Tree(root, endings=PAGE_SUFFIXES, names=self._names)
        self._tree.reserve(*_TAKEN)
        self._kept = resume is not None
        self._unsynced: set[Path] = set()

    def write(self, record: Record) -> tuple[Path, ...]:
        self._names.number += 1
        paths = {form: self._tree.place(record.name, end) for form, end in self._suffixes.items()}
        for form, path in paths.items():
            data = record.forms[form].encode("utf-8", "replace")
            write_whole(path, data, draft=self._draft)
            self._unsynced.add(path)
        if len(self._unsynced) >= _MOST_UNSYNCED:
            self._sync()
        return tuple(paths.values())

    def checkpoint(self) -> str:
        self._sync()
        self._names.commit()
        self._kept = True
        return str(self._names.number)

    def close(self) -> None:
        self._sync()
        self._end()
        self._names.delete()

    def abandon(self) -> None:
        self._end()
        if not self._kept:
            self._names.delete()

    def _end(self) -> None:
        self._names.close()
        self._draft.unlink(missing_ok=True)

    def _sync(self) -> None:
        # Many at once, for a disk takes hardly longer for a hundred than for one.
        with ThreadPoolExecutor(_SYNCS_AT_ONCE) as threads:
            deque(threads.map(sync_file, self._unsynced), maxlen=0)
        for folder in {path.parent for path in self._unsynced}:
            sync_folder(folder)
        self._unsynced.clear()
