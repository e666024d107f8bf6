"""Figures as tables, for the terminal and for Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console


@dataclass(frozen=True, slots=True)
class Table:
    """A title, the heads of the columns, and rows of ready-made cells; the first column names."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


class Report(Protocol):
    """What a measurement answers with."""

    def tables(self) -> list[Table]:
        """Return the figures for a reader."""
        ...

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as what `json.dumps` takes."""
        ...


def show(tables: Iterable[Table], console: Console | None = None) -> None:
    """Print tables to the terminal, by default to standard output."""
    from rich.console import Console as Terminal
    from rich.table import Table as Grid
    from rich.text import Text

    console = console or Terminal()
    for table in tables:
        grid = Grid(title=Text(table.title), title_justify="left", header_style="bold")
        for index, column in enumerate(table.columns):
            grid.add_column(Text(column), justify="right" if index else "left", overflow="fold")
        for row in table.rows:
            grid.add_row(*(Text(cell) for cell in row))
        console.print(grid)


def to_markdown(tables: Iterable[Table]) -> str:
    r"""Return tables as GitHub's Markdown, each under a heading of the second level.

    >>> print(to_markdown([Table("Words", ["", "F1"], [["a|b", "0.5"]])]))
    ## Words
    <BLANKLINE>
    |  | F1 |
    | --- | ---: |
    | a\|b | 0.5 |
    <BLANKLINE>
    """
    parts = []
    for table in tables:
        rule = ["---", *("---:" for _ in table.columns[1:])]
        lines = [_line(table.columns), _line(rule), *map(_line, table.rows)]
        parts.append(f"## {_cell(table.title)}\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(_cell, cells)) + " |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
