"""The options of the commands, worded once, in groups: `spread` gives a command whole groups."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, fields, is_dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_type_hints

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_in, output, _how, _markers, running, _tell = (
    partial(typer.Option, rich_help_panel=panel)
    for panel in ("Input", "Output", "Cleaning", "Markers", "Running", "Telling")
)


def or_output(out: Any) -> Any:
    """Return None for `-`: standard output, as where no place is given."""
    return None if str(out) == "-" else out


Page = Annotated[
    str, typer.Argument(metavar="PAGE", help="A file, an address, or - for standard input.")
]
To = Annotated[
    list[str] | None,
    output(
        help="text, markdown, html, json or tei; give it twice for two files a page. By default"
        " text, or what the ending of one clean file says."
    ),
]
Favor = Annotated[
    Literal["balance", "precision", "recall"],
    _how(help="precision keeps less that is doubtful, recall more."),
]
Rules = Annotated[
    list[Path] | None,
    _how(help="A file of what to keep and drop on sites of your choice, in TOML."),
]
Quiet = Annotated[bool, _tell("-q", "--quiet", help="No progress, no summary: failures only.")]


@dataclass(frozen=True, slots=True)
class Reading:
    """How the pages are found in what they stand in."""

    html_field: Annotated[
        str | None, _in(help="The field of JSON Lines, CSV or Parquet that holds the page.")
    ] = None
    text_field: Annotated[str | None, _in(help="The field that holds it as plain text.")] = None
    url_field: Annotated[str | None, _in(help="The field that holds its address.")] = None
    id_field: Annotated[str | None, _in(help="The field that names it.")] = None
    render: Annotated[
        bool,
        _in(
            "--render",
            help="Let Chromium fetch the addresses, for pages that scripts make; needs the extra"
            " render.",
        ),
    ] = False


@dataclass(frozen=True, slots=True)
class Writing:
    """What is written, and where."""

    out: Annotated[
        str | None,
        output(
            "-o",
            "--out",
            callback=or_output,
            help="A folder that will mirror the pages (one that exists, or written with a final"
            " /), one file for all pages (by its ending: .jsonl, .csv, .parquet, .warc.gz, .sqlite"
            " …), or a file for one page. Without, or as -, one page goes to standard output.",
        ),
    ] = None
    to: To = None
    no_links: Annotated[bool, output("--no-links", help="Links as their text.")] = False
    no_images: Annotated[bool, output("--no-images", help="Leave images out.")] = False
    no_tables: Annotated[bool, output("--no-tables", help="Leave tables out.")] = False
    front_matter: Annotated[
        bool, output("--front-matter", help="Begin Markdown with metadata.")
    ] = False
    wrap: Annotated[int, output(min=0, help="Break running text at this column; 0: never.")] = 0
    dedup: Annotated[
        Literal["exact", "near"] | None,
        output(
            help="Find pages whose text repeats that of an earlier one; near needs the extra dedup."
        ),
    ] = None
    duplicates: Annotated[
        Literal["mark", "drop"],
        output(help="Note what --dedup finds in the manifest, or leave it out as well."),
    ] = "mark"


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What is kept of a page."""

    favor: Favor = "balance"
    text: Annotated[bool, _how("--text", help="Take every page as plain text.")] = False
    level: Annotated[
        Literal["markers", "boilerplate"],
        _how(help="In plain text, drop marker lines only, or other noise as well."),
    ] = "markers"
    url: Annotated[
        str | None, _how(help="The address that the page came from: makes its links absolute.")
    ] = None
    language: Annotated[str | None, _how(help="The language of the pages, such as no or de.")] = (
        None
    )
    include: Annotated[list[str] | None, _markers(help="A phrase that is a marker too.")] = None
    exclude: Annotated[list[str] | None, _markers(help="A phrase that is no marker.")] = None
    lexicon: Annotated[list[Path] | None, _markers(help="A lexicon file of your own, in TOML.")] = (
        None
    )
    rules: Rules = None
    model: Annotated[
        Path | None, typer.Option(help="Weights of a model of your own, from `cleaner train`.")
    ] = None


@dataclass(frozen=True, slots=True)
class Running:
    """How a run goes, and what it says."""

    workers: Annotated[
        int | None,
        running(
            "-j",
            "--workers",
            min=1,
            help="Processes; by default up to one a core, as there is work.",
        ),
    ] = None
    timeout: Annotated[
        float | None,
        running(min=0, help="Seconds that a page may take, 0 for no limit.", show_default="30"),
    ] = None
    memory: Annotated[
        int | None,
        running(
            min=0, help="MiB of memory that a page may take, 0 for no limit.", show_default="2048"
        ),
    ] = None
    manifest: Annotated[
        Path | None,
        running(
            help="The database of what became of each page; by default in the folder OUT, or beside"
            " the file."
        ),
    ] = None
    checkpoint: Annotated[
        int,
        running(
            min=1,
            help="Pages after which what was written is made safe, for a run that is stopped to go"
            " on from.",
        ),
    ] = 1000
    fresh: Annotated[
        bool, running("--fresh", help="Begin anew, even if a run that was stopped can go on.")
    ] = False
    table: Annotated[
        bool, _tell("--table", help="Show what was kept and removed, of up to 2,000 pages.")
    ] = False
    report: Annotated[
        Path | None, _tell(help="Write what became of the run into one HTML file.")
    ] = None
    json_log: Annotated[
        bool,
        _tell(
            "--json-log",
            help="Tell of each page in a line of JSON, on standard error, in place of all else.",
        ),
    ] = False
    quiet: Quiet = False


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command that takes the fields of its groups as options, one by one."""
    hints = get_type_hints(command, include_extras=True)
    groups = {name: hint for name, hint in hints.items() if is_dataclass(hint)}

    def spread_out(**given: Any) -> None:
        for name, group in groups.items():
            values = {field.name: given.pop(field.name) for field in fields(group)}
            given[name] = group(**values)  # type: ignore[operator]
        command(**given)

    parameters = list(_parameters(command, hints))
    spread_out.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    spread_out.__annotations__ = {made.name: made.annotation for made in parameters}
    spread_out.__name__, spread_out.__doc__ = command.__name__, command.__doc__
    return spread_out


def _parameters(command: Callable[..., None], hints: dict[str, Any]) -> Iterator[inspect.Parameter]:
    for parameter in inspect.signature(command).parameters.values():
        hint = hints[parameter.name]
        if not is_dataclass(hint):
            yield parameter.replace(annotation=hint)
            continue
        inner = get_type_hints(hint, include_extras=True)
        for field in fields(hint):
            yield inspect.Parameter(
                field.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=field.default,
                annotation=inner[field.name],
            )
