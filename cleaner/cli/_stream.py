"""A text too long for memory, cleaned line by line: `cleaner clean dump.txt -o clean.txt`."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from cleaner.cli._console import FAILED, INTERRUPTED, console, put, reason, say, wrong_usage
from cleaner.walk import count_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import TextIO

    from cleaner.pipeline import Cleaner
    from cleaner.sources import Item

LONG = 64 * 2**20
"""Bytes from which on a text file is not held in memory."""
_LINES = 4096
"""Lines that are counted and written at once."""


@dataclass(slots=True)
class _Count:
    """What passed: its words, and its lines that are not blank."""

    words: int = 0
    lines: int = 0

    def parts(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """Yield the lines, many at once, each part counted."""
        source = iter(lines)
        while part := list(islice(source, _LINES)):
            self.words += count_words("".join(part))
            self.lines += sum(not line.isspace() for line in part)
            yield part


def long_text(items: Sequence[Item], *, as_text: bool) -> Path | None:
    """Return the file of the one item there is, if that is a long text in a file of its own."""
    from cleaner.sources.page import TEXT_SUFFIXES

    (first, *others) = items
    if others or first.path is None or first.skip or first.size < LONG:
        return None
    return first.path if as_text or first.path.suffix.lower() in TEXT_SUFFIXES else None


def strip_file(cleaner: Cleaner, path: Path, out: Path | None, *, quiet: bool) -> int:
    """Write a text file without its markers to `out` or standard output; return the exit code.

    At the end a line says how it went, unless `quiet`.
    """
    from cleaner.binary import binary_kind
    from cleaner.cli._run import terminable
    from cleaner.decode import encoding_of

    started = time.monotonic()
    read, kept = _Count(), _Count()
    try:
        with path.open("rb") as file:
            if binary_kind(file.peek()):
                wrong_usage(f"{path} is no text file")
            encoding = encoding_of(file)
        with (
            path.open(encoding=encoding, errors="replace", newline="") as lines,
            _bar(path.stat().st_size, shown=out is not None and not quiet) as tell,
            terminable(),
        ):
            source = chain.from_iterable(read.parts(lines))
            texts = _told(kept.parts(cleaner.clean_lines(source)), lines, tell)
            if out is None:
                for text in texts:
                    put(text)
            else:
                _write(texts, out)
    except KeyboardInterrupt:
        say("cleaner: interrupted; nothing of it is kept")
        return INTERRUPTED
    except OSError as error:
        say(f"cleaner: stopped: {reason(error)}")
        return FAILED
    if not quiet:
        say(_summed_up(read, kept, time.monotonic() - started))
    return 0


def _told(parts: Iterable[list[str]], lines: TextIO, tell: Callable[[int], None]) -> Iterator[str]:
    for part in parts:
        tell(lines.buffer.tell())
        yield "".join(part)


def _summed_up(read: _Count, kept: _Count, seconds: float) -> str:
    """Return the line that sums up a run; at this level a line that goes is blank or a marker."""
    from cleaner.cli._summary import in_a_line
    from cleaner.manifest import STATUSES, Totals

    pages = dict.fromkeys(STATUSES, 0) | {"cleaned" if kept.words else "empty": 1}
    totals = Totals(
        pages,
        words_kept=kept.words,
        words_removed=read.words - kept.words,
        markers=read.lines - kept.lines,
    )
    return in_a_line(totals, seconds)


def _write(texts: Iterator[str], out: Path) -> None:
    """Write a file that is there with all of the texts or not at all."""
    from cleaner.sinks.draft import hidden, settle

    out.parent.mkdir(parents=True, exist_ok=True)
    draft = hidden(out, "part")
    try:
        with draft.open("wb") as file:
            file.writelines(text.encode("utf-8", "replace") for text in texts)
        settle(draft, out)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _bar(size: int, *, shown: bool) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how much of a file has been read; give what takes the bytes so far."""
    terminal = console(stderr=True)
    if not (shown and terminal.is_terminal):
        yield lambda _: None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress("cleaning", *columns, console=terminal, transient=True) as bar:
        task = bar.add_task("cleaning", total=size)
        yield lambda done: bar.update(task, completed=done)
