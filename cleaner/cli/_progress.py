"""What a run says while it goes on: a bar on a terminal, plain lines elsewhere, or JSON."""

from __future__ import annotations

import json
import os
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from cleaner.cli._console import console, say, say_above

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.progress import Progress as Bar

    from cleaner.manifest import Row

_HOLD_MANY = frozenset(
    ".zip .tar .tgz .gz .bz2 .xz .zst .br .warc .wacz .jsonl .ndjson .json .csv .tsv .parquet"
    " .mht .mhtml .eml .mbox .txz .tbz2 .tbz .feather .arrow .xml .zim".split()
)
"""Endings of files that may hold more pages than one."""


class Teller(Protocol):
    """Shows how a run goes; is entered when it begins."""

    def __enter__(self) -> Teller: ...

    def __exit__(self, kind: object, *_: object) -> None: ...

    def page(self, row: Row) -> None:
        """Show what became of a page."""

    def checkpoint(self, done: int) -> None:
        """Show that so many pages are done for good."""

    def say(self, line: str) -> None:
        """Show anything else, on a line."""


class Progress:
    """A bar on the terminal, if there is one; failures are lines of their own."""

    def __init__(
        self,
        *,
        shown: bool,
        arguments: Sequence[str] = (),
        leave_out: str | None = None,
        done: int = 0,
    ) -> None:
        self._bar: Bar | None = None
        self._bytes = 0
        self._failed = 0
        if shown and sys.stderr.isatty():
            self._bar = _bar()
            self._task = self._bar.add_task(
                "cleaning", total=None, completed=done, speed="", bad=""
            )
            given = list(arguments), leave_out
            threading.Thread(target=self._count, args=given, daemon=True).start()

    def __enter__(self) -> Progress:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self._bar:
            if kind is None:
                self._bar.update(self._task, total=self._bar.tasks[0].completed)
            self._bar.stop()

    def page(self, row: Row) -> None:
        self._bytes += row.bytes_in
        if row.status == "failed":
            self._failed += 1
            self.say(f"failed: {row.label}: {row.reason}")
        if self._bar:
            task = self._bar.tasks[0]
            speed = f"{self._bytes / 1e6 / task.elapsed:.1f} MB/s" if task.elapsed else ""
            bad = f"{self._failed:,} failed" if self._failed else ""
            self._bar.update(self._task, advance=1, speed=speed, bad=bad)

    def checkpoint(self, done: int) -> None:
        pass

    def say(self, line: str) -> None:
        say_above(self._bar, line)

    def _count(self, arguments: list[str], leave_out: str | None) -> None:
        """Count the pages on a thread of its own, where that is cheap."""
        total = count_files(arguments, leave_out)
        if self._bar:
            self._bar.update(self._task, total=total)


class JsonLog:
    """Writes one JSON object a line to standard error; `event` says what it is about."""

    def __enter__(self) -> JsonLog:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def page(self, row: Row) -> None:
        known = {name: value for name, value in asdict(row).items() if value is not None}
        self.event("page", **known)

    def checkpoint(self, done: int) -> None:
        self.event("checkpoint", done=done)

    def say(self, line: str) -> None:
        self.event("message", text=line)

    def event(self, event: str, /, **values: Any) -> None:
        """Show one event."""
        say(json.dumps({"event": event, **values}))


def count_files(arguments: Sequence[str], leave_out: str | None = None) -> int | None:
    """Return the number of files that arguments name; None if one may hold many pages."""
    from cleaner.sources.addresses import is_address
    from cleaner.sources.folders import matches, walk

    total = 0
    for argument in arguments:
        if is_address(argument):
            total += 1
            continue
        if Path(argument).is_dir():
            files: Iterator[str] = (path for path, _ in walk(argument, leave_out))
        elif os.path.lexists(argument):
            files = iter((argument,))
        elif argument == "-" or argument.startswith("@"):
            return None
        else:
            files = matches(argument)
        for path in files:
            if Path(path).suffix.lower() in _HOLD_MANY:
                return None
            total += 1
    return total


def _bar() -> Bar:
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    return Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("pages"),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(),
        TextColumn("[red]{task.fields[bad]}"),
        console=console(stderr=True),
        transient=True,
    )
