"""One run of `cleaner clean`: every page worked on, written, counted and told of."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from cleaner.cli._console import FAILED, INTERRUPTED, put, reason, say
from cleaner.cli._progress import Progress
from cleaner.cli._work import Counts, Outcome

if TYPE_CHECKING:
    from collections.abc import Generator

    from cleaner.cli._target import Targets
    from cleaner.cli._work import Work
    from cleaner.sources import Item
    from cleaner.sources.files import Found

ENOUGH = 256
"""Pages from which starting worker processes pays."""


class Run:
    """Cleans pages and writes them.

    Args:
        found: the pages.
        targets: the files of each page; empty for one page to standard output.
        work: what is done to each.
        workers: processes; None to use all cores when that pays.
        table: show the figures of every page.
        quiet: say nothing but failures.

    """

    def __init__(
        self,
        found: Found,
        targets: Targets,
        work: Work,
        *,
        workers: int | None = None,
        table: bool = False,
        quiet: bool = False,
    ) -> None:
        self._found = found
        self._targets = targets
        self._work = work
        self._workers = workers
        self._table = table
        self._quiet = quiet
        self._total = Counts()
        self._failed = 0
        self._empty = 0
        self._rows: list[Outcome] = []

    def __call__(self) -> int:
        """Do it, and return the exit code."""
        started = time.monotonic()
        pages = len(self._found.items)
        interrupted = False
        try:
            with (
                Progress(pages, shown=pages > 1 and not self._quiet) as progress,
                closing(self._outcomes()) as outcomes,
            ):
                for number, outcome in enumerate(outcomes):
                    self._take(number, outcome, progress)
                    progress.advance()
        except KeyboardInterrupt:
            interrupted = True
        if self._table:
            self._show_table()
        if not self._quiet:
            say(self._summary(time.monotonic() - started))
        if interrupted:
            say(f"cleaner: interrupted; {pages - self._done} of {pages} pages are not cleaned")
            return INTERRUPTED
        return FAILED if self._failed else 0

    @property
    def _done(self) -> int:
        return self._total.pages + self._failed

    def _outcomes(self) -> Generator[Outcome]:
        from cleaner.batch import in_order

        items = self._found.items
        workers = self._workers or (None if len(items) >= ENOUGH else 1)
        return in_order(self._work, items, workers=workers, died=_died)

    def _take(self, number: int, outcome: Outcome, progress: Progress) -> None:
        if not outcome.error:
            try:
                self._write(number, outcome)
            except OSError as error:
                outcome = Outcome(outcome.label, error=f"cannot be written: {reason(error)}")
        if outcome.error:
            self._failed += 1
            progress.say(f"failed: {outcome.label}: {outcome.error}")
        else:
            self._total += outcome.counts
            self._empty += not outcome.counts.words_kept
            if len(self._found.items) == 1 and not self._quiet:
                for warning in outcome.warnings:
                    progress.say(f"warning: {warning}")
        if self._table:
            self._rows.append(replace(outcome, rendered=()))

    def _write(self, number: int, outcome: Outcome) -> None:
        from cleaner.sinks.files import write_whole

        if not self._targets:
            put(outcome.rendered[0])
            return
        for path, rendered in zip(self._targets[number], outcome.rendered, strict=True):
            write_whole(path, rendered.encode("utf-8", "replace"))

    def _show_table(self) -> None:
        from cleaner.cli._table import show

        show(self._rows, self._total, stderr=not self._targets)

    def _summary(self, seconds: float) -> str:
        total = self._total
        words = total.words_kept + total.words_removed
        parts = [
            f"cleaned {_many(total.pages, 'page')} in {seconds:.1f} s",
            f"kept {total.words_kept:,} of {_many(words, 'word')}",
            f"removed {_many(total.markers, 'marker')}",
        ]
        if self._empty:
            parts.append(f"{self._empty} without any text")
        if self._failed:
            parts.append(f"{self._failed} failed")
        if self._found.skipped:
            parts.append(f"left {_many(self._found.skipped, 'other file')} aside")
        return "; ".join(parts)


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _died(item: Item) -> Outcome:
    from cleaner.batch import DIED

    return Outcome(item.label, error=DIED)
