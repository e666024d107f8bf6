"""A progress bar where standard error is a terminal, and plain lines where it is not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cleaner.cli._console import console, say

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class Progress:
    """Counts pages on the terminal; `say` prints a line without breaking the bar."""

    def __init__(self, total: int, *, shown: bool) -> None:
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        if shown and sys.stderr.isatty():
            self._bar = _bar()
            self._task = self._bar.add_task("cleaning", total=total)

    def __enter__(self) -> Progress:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()

    def advance(self) -> None:
        """Count one page more."""
        if self._bar and self._task is not None:
            self._bar.advance(self._task)

    def say(self, line: str) -> None:
        """Print a line to standard error, above the bar."""
        if self._bar:
            self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            say(line)


def _bar() -> Bar:
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    return Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("pages"),
        TimeRemainingColumn(),
        console=console(stderr=True),
        transient=True,
    )
