"""Where the pages of a run go, settled before the first is cleaned."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.cli._console import put, reason, wrong_usage
from cleaner.document import CleanerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.sinks import Record, Sink
    from cleaner.sources import Item

MANIFEST = "_manifest.sqlite"
"""The name of the manifest in a folder of results; beside a file, it has this at its end."""


@dataclass(frozen=True, slots=True)
class Target:
    """A place for pages.

    Attributes:
        path: a file or folder; None for standard output.
        many: it takes many pages; else it is for one.
        is_folder: it is a folder.
        manifest: the manifest of runs that write there, if they have one.

    """

    path: Path | None = None
    many: bool = False
    is_folder: bool = False
    manifest: Path | None = None

    @property
    def root(self) -> Path | None:
        """The folder that the names of the files in the manifest begin in."""
        return self.path if self.is_folder or self.path is None else self.path.parent

    def open(self, forms: Sequence[str], resume: str | None) -> Sink:
        """Return the sink; raises `OSError` or `CleanerError`."""
        if self.path is None or not self.many:
            return _OnePage(self.path)
        from cleaner.sinks import open_sink

        return open_sink(self.path, forms, resume=resume)

    def named(self, files: Sequence[Path]) -> str | None:
        """Return what the manifest calls the files of a page."""
        root = self.root
        if root is None:
            return None
        return "\n".join(file.relative_to(root).as_posix() for file in files)

    def files(self, *more: Path | None) -> frozenset[str]:
        """Return the files that a run writes, which are no pages for it to read."""
        given = [path for path in (self.manifest, *more) if path]
        if self.path and not self.is_folder:
            given.append(self.path)
        ends = ("", "-wal", "-shm")
        return frozenset(os.path.realpath(path) + end for path in given for end in ends)


class _OnePage:
    """Standard output, or one file, as a sink for a single page."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def write(self, record: Record) -> tuple[Path, ...]:
        (rendered,) = record.forms.values()
        if self._path is None:
            put(rendered)
            return ()
        from cleaner.sinks.files import write_whole

        write_whole(self._path, rendered.encode("utf-8", "replace"))
        return (self._path,)

    def checkpoint(self) -> str:
        return ""

    def close(self) -> None:
        pass

    def abandon(self) -> None:
        pass


def find_forms(to: Sequence[str] | None, out: str | None) -> tuple[str, ...]:
    """Return the forms asked for, or the one that the ending of `out` says, or text."""
    from cleaner.export import exporter, formats

    if not to and out and not _is_folder(out):
        ending = Path(out).suffix.lower()
        told = (form for form in formats() if ending in (exporter(form).SUFFIX, f".{form}"))
        return (next(told, "text"),)
    forms = tuple(dict.fromkeys(to or ["text"]))
    try:
        for form in forms:
            exporter(form)
    except CleanerError as error:
        wrong_usage(reason(error))
    return forms


def find_target(
    first: Sequence[Item],
    forms: Sequence[str],
    arguments: Sequence[str],
    out: str | None,
    manifest: Path | None,
) -> Target:
    """Return where the pages go, told by the first two of them.

    Ends the command if they cannot go where it says, or would take the place of their sources.
    """
    if out is None:
        if len(first) > 1:
            wrong_usage("several pages need a place to go to: add -o FOLDER or -o FILE.jsonl")
        if len(forms) > 1:
            wrong_usage("several forms need a folder to go to: add -o FOLDER")
        return Target(manifest=manifest)
    from cleaner.sinks import kind_of
    from cleaner.sinks.files import is_special

    path = Path(out)
    if path.is_symlink() and path.is_file():
        path = Path(os.path.realpath(path))
    several = len(first) > 1 or len(forms) > 1 or any(Path(name).is_dir() for name in arguments)
    if kind_of(path) is not None and not _is_folder(out):
        if is_special(path):
            wrong_usage(f"{path} is no file, and many pages need one that a run can go on with")
        target = Target(path, True, False, manifest or Path(f"{path}.{MANIFEST.lstrip('_')}"))
    elif several or _is_folder(out):
        target = Target(path, True, True, manifest or path / MANIFEST)
        _refuse_file(out)
        _refuse_in_place(arguments, forms, path)
    else:
        target = Target(path, manifest=manifest)
    if not target.is_folder:
        refuse_input(path, arguments)
    return target


def _is_folder(out: str) -> bool:
    return out.endswith(("/", os.sep)) or Path(out).is_dir()


def _refuse_file(out: str) -> None:
    """End the command if what is to be a folder is a file, or called like one of another kind."""
    from cleaner.export import exporter, formats
    from cleaner.sources.codecs import CODECS

    path = Path(out)
    if os.path.lexists(path) and not path.is_dir():
        wrong_usage(f"{path} is a file, but a folder is needed for what there is to write")
    packed = [ending for codec in CODECS.values() for ending in codec.endings]
    forms = [exporter(form).SUFFIX for form in formats()]
    endings = (*forms, *packed, ".htm", ".tar", ".tgz", ".zip")
    if not _is_folder(out) and path.suffix.lower() in endings:
        wrong_usage(
            f"{out} is called like a file for one page; for many there are {out}/ for a folder, and"
            " .jsonl.gz, .csv, .parquet, .sqlite and others for a file"
        )


def refuse_input(out: Path, arguments: Sequence[str]) -> None:
    """End the command if a file to be written is one that the arguments name."""
    if any(_identity(path) == _identity(out) is not None for path in _named(arguments)):
        wrong_usage(f"{out} would overwrite a page that is to be cleaned")


def _refuse_in_place(arguments: Sequence[str], forms: Sequence[str], out: Path) -> None:
    """End the command if a result would stand where a page to be cleaned stands, or is looked for.

    Only what the arguments name below the folder of the results can be hit.
    """
    from cleaner.sources.arguments import shared_folder

    root = os.path.realpath(out)
    inside = [path for path in _named(arguments) if _is_below(path, root)]
    if not inside:
        return
    base = Path(shared_folder(arguments) or "")
    results = _results(arguments, forms, base, root)
    for path in inside:
        if not path.is_dir():
            if os.path.realpath(path) in results:
                wrong_usage(f"{path} would overwrite a page that is to be cleaned")
            continue
        first = Path(os.path.relpath(os.path.realpath(path), root)).parts[:1]
        if not first or (base / first[0]).exists():
            wrong_usage(f"{out} holds pages that are to be cleaned: give another folder")


def _results(arguments: Sequence[str], forms: Sequence[str], base: Path, root: str) -> set[str]:
    """Return the files that pages which are named one by one become."""
    from cleaner.export import exporter
    from cleaner.sources.page import PAGE_SUFFIXES

    found: set[str] = set()
    for path in _named(arguments):
        name = Path(root, os.path.relpath(path, base))
        stem = str(name.with_suffix("")) if name.suffix.lower() in PAGE_SUFFIXES else str(name)
        found.update(stem + exporter(form).SUFFIX for form in forms)
    return found


def _named(arguments: Sequence[str]) -> Iterator[Path]:
    """Yield the files and folders that the arguments name, without looking into folders."""
    from cleaner.sources.folders import matches

    for argument in arguments:
        if os.path.lexists(argument):
            yield Path(argument)
        elif _is_path(argument):
            yield from map(Path, matches(argument))


def _is_path(argument: str) -> bool:
    from cleaner.sources.addresses import is_address

    return argument != "-" and not is_address(argument) and not argument.startswith("@")


def _is_below(path: Path, root: str) -> bool:
    real = os.path.realpath(path)
    return real == root or real.startswith(root.rstrip(os.sep) + os.sep)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
