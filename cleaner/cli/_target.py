"""Where the renderings of each page go, settled before the first is cleaned."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.cli._console import reason, wrong_usage
from cleaner.document import CleanerError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.sources import Item

Targets = list[tuple[Path, ...]]
"""For each page the file of each form; empty if the one page goes to standard output."""


def find_forms(to: Sequence[str] | None, out: str | None) -> tuple[str, ...]:
    """Return the forms asked for, or the one that the ending of `out` says, or text."""
    from cleaner.export import EXPORTERS, exporter

    if not to and out and not _is_folder(out):
        ending = Path(out).suffix.lower()
        named = [form for form in EXPORTERS if ending == exporter(form).SUFFIX]
        return tuple(named[:1]) or ("text",)
    forms = tuple(dict.fromkeys(to or ["text"]))
    try:
        for form in forms:
            exporter(form)
    except CleanerError as error:
        wrong_usage(reason(error))
    return forms


def find_targets(
    items: Sequence[Item], forms: Sequence[str], arguments: Sequence[str], out: str | None
) -> Targets:
    """Return the files to write; ends the command if the pages cannot go where it says."""
    if out is None:
        if len(items) > 1:
            wrong_usage(f"{len(items)} pages need a folder to go to: add -o FOLDER")
        if len(forms) > 1:
            wrong_usage("several forms need a folder to go to: add -o FOLDER")
        return []
    several = (
        len(items) > 1 or len(forms) > 1 or any(Path(argument).is_dir() for argument in arguments)
    )
    targets: Targets = [(Path(out),)]
    if several or _is_folder(out):
        targets = _in_folder(items, forms, out)
    _refuse_to_overwrite(items, targets)
    return targets


def _in_folder(items: Sequence[Item], forms: Sequence[str], out: str) -> Targets:
    from cleaner.export import exporter
    from cleaner.sinks.files import Tree
    from cleaner.sources.files import PAGE_SUFFIXES

    if os.path.lexists(out) and not Path(out).is_dir():
        wrong_usage(f"{out} is a file, but a folder is needed for what there is to write")
    tree = Tree(Path(out), endings=PAGE_SUFFIXES)
    suffixes = [exporter(form).SUFFIX for form in forms]
    return [tuple(tree.place(item.name, suffix) for suffix in suffixes) for item in items]


def _is_folder(out: str) -> bool:
    return out.endswith(("/", os.sep)) or Path(out).is_dir()


def _refuse_to_overwrite(items: Sequence[Item], targets: Targets) -> None:
    """End the command if an output would take the place of a page that is to be cleaned."""
    inputs = {_identity(item.path) for item in items if item.path} - {None}
    for target in (path for paths in targets for path in paths):
        if _identity(target) in inputs:
            wrong_usage(f"{target} would overwrite a page that is to be cleaned")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
