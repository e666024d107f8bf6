"""What the arguments of a command name: each told from the others, and opened in turn."""

from __future__ import annotations

import errno
import glob
import os
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cleaner.sources import Item, SourceError, SourceOptions
from cleaner.sources.addresses import at_address, is_address
from cleaner.sources.folders import fixed_part, matches, walk
from cleaner.sources.given import fail, loadable, open_file, open_stream
from cleaner.sources.names import Seen, safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

STANDARD_INPUT = "-"
LIST = "@"

_STEP = 2**16
_LONGEST_PATH = 2**16


def items(
    arguments: Iterable[str], options: SourceOptions, leave_out: str | None
) -> Iterator[Item]:
    """Yield the pages that `arguments` name; see `cleaner.sources.open_items`."""
    given = list(dict.fromkeys(arguments))
    opener = _Opener(options, leave_out, shared_folder(given))
    names = Seen()
    for argument in given:
        for item in opener.argument(argument):
            name = names.unique(item.name)
            yield item if name == item.name else replace(item, name=name)


class _Opener:
    """Opens what arguments name, each file once.

    Args:
        options: how sources are read.
        leave_out: where results go.
        base: the folder that names of files begin at.

    """

    def __init__(self, options: SourceOptions, leave_out: str | None, base: str | None) -> None:
        self._options = options
        self._leave_out = leave_out
        self._base = base
        self._seen = Seen()

    def argument(self, argument: str) -> Iterator[Item]:
        if argument == STANDARD_INPUT:
            yield from self._standard_input()
        elif is_address(argument):
            yield from self._address(argument)
        elif _is_list(argument):
            yield from self._list(argument)
        elif os.path.isdir(argument):
            yield from self._folder(argument, self._name)
        elif _is_glob(argument):
            yield from self._glob(argument)
        else:
            yield from self._file(argument, self._name(argument), named=True)

    def _standard_input(self) -> Iterator[Item]:
        if sys.stdin is None:
            error = SourceError("standard input is closed")
            yield Item("stdin", STANDARD_INPUT, partial(fail, error))
        else:
            yield from open_stream(sys.stdin.buffer, "stdin", STANDARD_INPUT, self._options)

    def _folder(self, folder: str, name: Callable[[str], str]) -> Iterator[Item]:
        for path, error in walk(folder, self._leave_out):
            if error:
                yield Item(name(path), path, partial(fail, error), Path(path))
            else:
                yield from self._file(path, name(path), named=False)

    def _glob(self, pattern: str) -> Iterator[Item]:
        none = True
        for path in matches(pattern):
            none = False
            yield from self._file(path, self._name(path), named=True)
        if none:
            error = FileNotFoundError(errno.ENOENT, "no file matches", pattern)
            yield Item(safe(pattern), pattern, partial(fail, error))

    def _file(self, path: str, name: str, *, named: bool) -> Iterator[Item]:
        if self._seen.add(os.path.abspath(path)):
            yield from open_file(path, name, self._options, named=named)

    def _address(self, address: str) -> Iterator[Item]:
        if self._seen.add(address):
            yield at_address(address, render=self._options.render)

    def _list(self, argument: str) -> Iterator[Item]:
        """Yield what a list names; its files are called as it calls them, as in tar and rsync."""
        source = argument.removeprefix(LIST)
        try:
            if source == STANDARD_INPUT and sys.stdin is not None:
                yield from self._listed(sys.stdin.buffer)
            else:
                with open(source, "rb") as file:
                    yield from self._listed(file)
        except (OSError, ValueError) as error:
            yield Item(safe(source), argument, partial(fail, loadable(error)))

    def _listed(self, file: BinaryIO) -> Iterator[Item]:
        for line in _lines(file):
            if is_address(line):
                yield from self._address(line)
            elif os.path.isdir(line):
                yield from self._folder(line, _in_list)
            else:
                yield from self._file(line, _in_list(line), named=True)

    def _name(self, path: str) -> str:
        if not path or not self._base:
            return os.path.basename(path) or "page"
        return Path(os.path.relpath(path, self._base)).as_posix()


def _is_list(argument: str) -> bool:
    return argument.startswith(LIST) and len(argument) > 1 and not os.path.lexists(argument)


def _is_glob(argument: str) -> bool:
    return glob.has_magic(argument) and not os.path.lexists(argument)


def _bases(argument: str) -> Iterator[str]:
    """Yield the folder that an argument looks into, if it does."""
    if argument == STANDARD_INPUT or is_address(argument) or _is_list(argument):
        return
    if os.path.isdir(argument):
        yield os.path.abspath(argument)
    else:
        part = fixed_part(argument) if _is_glob(argument) else os.path.dirname(argument)
        yield os.path.abspath(part)


def shared_folder(arguments: Iterable[str]) -> str | None:
    """Return the folder that holds all that is named; None if there is none, as on two drives."""
    bases = [base for argument in arguments for base in _bases(argument)]
    try:
        return os.path.commonpath(bases) if bases else None
    except ValueError:
        return None


def _in_list(path: str) -> str:
    """Return what a listed file is called: its path without what leads out of the folder."""
    parts = (part for part in Path(path).parts if part not in (Path(path).anchor, "..", "."))
    return "/".join(parts) or "page"


def _lines(file: BinaryIO) -> Iterator[str]:
    """Yield the paths in a list: parted by NULs if it holds one near its beginning, else lines."""
    rest = file.read(_LONGEST_PATH).removeprefix(b"\xef\xbb\xbf")
    end = b"\0" if b"\0" in rest else b"\n"
    while rest:
        *whole, rest = rest.split(end)
        more = file.read(_STEP)
        if not more:
            whole.append(rest)
        rest = (rest + more)[-_LONGEST_PATH:] if more else b""
        for line in whole:
            path = line if end == b"\0" else line.removesuffix(b"\r")
            if path:
                yield os.fsdecode(path)
