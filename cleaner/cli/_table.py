"""The figures of every page of a run as a table."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from cleaner.cli._console import console

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.cli._work import Counts, Outcome


def show(outcomes: Sequence[Outcome], total: Counts, *, stderr: bool) -> None:
    """Print what was kept and removed, page by page, and in all."""
    from rich.table import Table
    from rich.text import Text

    table = Table(show_footer=True, caption="words and blocks kept and removed")
    table.add_column("page", f"{total.pages} pages", overflow="fold")
    table.add_column("type")
    for title, sum_ in zip(
        ("words kept", "removed", "share kept", "blocks kept", "removed", "markers"),
        _figures(total),
        strict=True,
    ):
        table.add_column(title, sum_, justify="right")
    shared = _shared([outcome.label for outcome in outcomes])
    for outcome in outcomes:
        label = Text(outcome.label[len(shared) :])
        if outcome.error:
            table.add_row(label, Text(outcome.error, style="red"))
        else:
            table.add_row(label, outcome.page_type or "", *_figures(outcome.counts))
    console(stderr=stderr).print(table)


def _figures(counts: Counts) -> list[str]:
    words = counts.words_kept + counts.words_removed
    return [
        f"{counts.words_kept:,}",
        f"{counts.words_removed:,}",
        f"{counts.words_kept / words:.0%}" if words else "–",
        f"{counts.kept:,}",
        f"{counts.removed:,}",
        f"{counts.markers:,}",
    ]


def _shared(labels: list[str]) -> str:
    """Return the folder that all labels begin with, for the table to leave out."""
    folders = [label.split("/")[:-1] for label in labels]
    first, last = min(folders, default=[]), max(folders, default=[])
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return "".join(f"{part}/" for part, _ in shared)
