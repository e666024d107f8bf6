"""The figures of a run as tables: page by page, and in all."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from cleaner.cli._console import console

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.manifest import Manifest, Row, Totals

MOST = 2000
"""Pages that are shown one by one."""

_REASONS = 5  # of those skipped and failed, the most frequent


def show_pages(manifest: Manifest, totals: Totals, *, stderr: bool) -> None:
    """Print what was kept and removed, page by page, and in all."""
    from rich.table import Table
    from rich.text import Text

    rows = list(manifest.rows(MOST))
    pages = sum(totals.pages.values())
    cleaned = totals.pages["cleaned"] + totals.pages["empty"]
    left = f"; the other {pages - MOST:,} pages are in the manifest" if pages > MOST else ""
    table = Table(show_footer=True, caption=f"words and blocks kept and removed{left}")
    table.add_column("page", f"{cleaned} pages", overflow="fold")
    table.add_column("type")
    for title, sum_ in zip(
        ("words kept", "removed", "share kept", "blocks kept", "removed", "markers"),
        _figures(totals),
        strict=True,
    ):
        table.add_column(title, sum_, justify="right")
    shared = _shared([row.label for row in rows])
    for row in rows:
        label = Text(row.label[len(shared) :])
        if row.status in ("failed", "skipped"):
            style = "red" if row.status == "failed" else "dim"
            table.add_row(label, Text(f"{row.status}: {row.reason}", style=style))
        else:
            table.add_row(label, row.page_type or "", *_figures(row))
    console(stderr=stderr).print(table)


def show_totals(manifest: Manifest, totals: Totals) -> None:
    """Print how many pages were cleaned, skipped and failed, and why."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("", "pages", "MB in", "MB out", "most often because"):
        table.add_column(title, justify="left" if title in ("", "most often because") else "right")
    found = manifest.connection.execute(
        "SELECT status, count(*), total(bytes_in), total(bytes_out) FROM pages GROUP BY status"
    )
    for status, pages, bytes_in, bytes_out in found.fetchall():
        style = "red" if status == "failed" else ""
        sizes = (f"{bytes_in / 1e6:,.1f}", f"{bytes_out / 1e6:,.1f}")
        reasons = Text("\n".join(_reasons(manifest, status)))
        table.add_row(Text(status, style=style), f"{pages:,}", *sizes, reasons)
    if sum(totals.pages.values()):
        console(stderr=True).print(table)


def _reasons(manifest: Manifest, status: str) -> list[str]:
    found = manifest.connection.execute(
        "SELECT CASE WHEN duplicate_of IS NULL THEN reason ELSE 'repeats another page' END AS why,"
        " count(*) FROM pages WHERE status = ? AND reason IS NOT NULL"
        " GROUP BY why ORDER BY count(*) DESC, why LIMIT ?",
        (status, _REASONS),
    )
    return [f"{count:,} × {why}" for why, count in found]


def _figures(counts: Row | Totals) -> list[str]:
    words = counts.words_kept + counts.words_removed
    return [
        f"{counts.words_kept:,}",
        f"{counts.words_removed:,}",
        f"{counts.words_kept / words:.0%}" if words else "–",
        f"{counts.blocks_kept:,}",
        f"{counts.blocks_removed:,}",
        f"{counts.markers:,}",
    ]


def _shared(labels: Sequence[str]) -> str:
    """Return the folder that all labels begin with, for the table to leave out."""
    folders = [label.split("/")[:-1] for label in labels]
    first, last = min(folders, default=[]), max(folders, default=[])
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return "".join(f"{part}/" for part, _ in shared)
