"""Figures as tables, for the terminal and for Markdown."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to a file."""

    text: str
    path: Path


@dataclass(frozen=True, slots=True)
class Table:
    """A title, the heads of the columns, and rows of ready-made cells; the first column names."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | Link]]


def number(value: float | None, form: str = ".3f") -> str:
    """Return a figure as a cell, an empty one if there is none."""
    return "" if value is None else format(value, form)


class Report(Protocol):
    """What a measurement answers with."""

    def tables(self) -> list[Table]:
        """Return the figures for a reader."""
        ...

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as what `json.dumps` takes."""
        ...


def show(tables: Iterable[Table], console: Console) -> None:
    """Print tables to a terminal."""
    from rich.table import Table as Grid
    from rich.text import Text

    def _printed(cell: str | Link) -> Text:
        if isinstance(cell, str):
            return Text(cell)
        return Text(cell.text, style=f"link {cell.path.resolve().as_uri()}")

    for table in tables:
        grid = Grid(title=Text(table.title), title_justify="left", header_style="bold")
        for index, column in enumerate(table.columns):
            grid.add_column(Text(column), justify="right" if index else "left", overflow="fold")
        for row in table.rows:
            grid.add_row(*map(_printed, row))
        console.print(grid)


def to_markdown(tables: Iterable[Table], folder: Path | None = None) -> str:
    r"""Return tables as GitHub's Markdown, each under a heading of the second level.

    Links lead from `folder`, where the Markdown will stand, by default the current one.

    >>> print(to_markdown([Table("Words", ["", "F1"], [["a|b", "0.5"]])]))
    ## Words
    <BLANKLINE>
    |  | F1 |
    | --- | ---: |
    | a\|b | 0.5 |
    <BLANKLINE>
    """
    base = folder or Path()
    parts = []
    for table in tables:
        rule = ["---", *("---:" for _ in table.columns[1:])]
        rows = [table.columns, rule, *table.rows]
        lines = ["| " + " | ".join(_cell(cell, base) for cell in row) + " |" for row in rows]
        parts.append(f"## {_escape(table.title)}\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def _cell(cell: str | Link, base: Path) -> str:
    if isinstance(cell, str):
        return _escape(cell)
    target = quote(os.path.relpath(cell.path, base).replace(os.sep, "/"))
    return f"[{_escape(cell.text)}]({target})"


def _escape(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
