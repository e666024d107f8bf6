"""The options that several commands share, worded once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

_OUT, _HOW, _MARKERS, _RUN = "Output", "Cleaning", "Markers", "Running"

Pages = Annotated[
    list[str],
    typer.Argument(help="Files, folders, globs, addresses, or - for standard input."),
]
Page = Annotated[str, typer.Argument(help="A file, an address, or - for standard input.")]
Out = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--out",
        help="A file, or a folder that will mirror the pages: an existing one, or one written"
        " with a final /. Without, one page goes to standard output.",
        rich_help_panel=_OUT,
    ),
]
To = Annotated[
    list[str] | None,
    typer.Option(
        help="text, markdown, html, json or tei; give it twice for two files a page. By default"
        " what the ending of OUT says, else text.",
        rich_help_panel=_OUT,
    ),
]
NoLinks = Annotated[
    bool, typer.Option("--no-links", help="Links as their text.", rich_help_panel=_OUT)
]
NoImages = Annotated[
    bool, typer.Option("--no-images", help="Leave images out.", rich_help_panel=_OUT)
]
NoTables = Annotated[
    bool, typer.Option("--no-tables", help="Leave tables out.", rich_help_panel=_OUT)
]
FrontMatter = Annotated[
    bool,
    typer.Option("--front-matter", help="Begin Markdown with metadata.", rich_help_panel=_OUT),
]
Wrap = Annotated[
    int,
    typer.Option(min=0, help="Break running text at this column; 0: never.", rich_help_panel=_OUT),
]
Favor = Annotated[
    Literal["balance", "precision", "recall"],
    typer.Option(help="Keep less that is doubtful, or more.", rich_help_panel=_HOW),
]
AsText = Annotated[
    bool,
    typer.Option("--text", help="Take every page as plain text.", rich_help_panel=_HOW),
]
Level = Annotated[
    Literal["markers", "boilerplate"],
    typer.Option(
        help="In plain text, drop marker lines only, or other noise as well.",
        rich_help_panel=_HOW,
    ),
]
Url = Annotated[
    str | None,
    typer.Option(
        help="The address that the page came from: makes its links absolute.",
        rich_help_panel=_HOW,
    ),
]
Language = Annotated[
    str | None,
    typer.Option(help="The language of the pages, such as no or de.", rich_help_panel=_HOW),
]
Include = Annotated[
    list[str] | None,
    typer.Option(help="A phrase that is a marker too.", rich_help_panel=_MARKERS),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(help="A phrase that is no marker.", rich_help_panel=_MARKERS),
]
Lexicon = Annotated[
    list[Path] | None,
    typer.Option(help="A lexicon file of your own, in TOML.", rich_help_panel=_MARKERS),
]
Model = Annotated[
    Path | None, typer.Option(help="Weights of a model of your own, from `cleaner train`.")
]
Workers = Annotated[
    int | None,
    typer.Option(
        "-j",
        "--workers",
        min=1,
        help="Processes; by default all cores when there are many pages.",
        rich_help_panel=_RUN,
    ),
]
Table = Annotated[
    bool,
    typer.Option(
        "--table",
        help="Show what was kept and removed, page by page.",
        rich_help_panel=_RUN,
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "-q", "--quiet", help="No progress, no summary: failures only.", rich_help_panel=_RUN
    ),
]
