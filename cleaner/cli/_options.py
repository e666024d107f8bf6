"""The options of the commands, worded once, in groups: `spread` gives a command whole groups."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_type_hints

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_IN, _OUT, _HOW, _MARKERS, _RUN, _TELL = (
    "Input",
    "Output",
    "Cleaning",
    "Markers",
    "Running",
    "Telling",
)

Pages = Annotated[
    list[str],
    typer.Argument(
        metavar="PAGE",
        help="Files, folders, globs, archives, tables, addresses, @FILE for a list of these,"
        " or - for standard input.",
    ),
]
Page = Annotated[
    str, typer.Argument(metavar="PAGE", help="A file, an address, or - for standard input.")
]
Out = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--out",
        help="A folder that will mirror the pages (one that exists, or written with a final /),"
        " one file for all pages (by its ending: .jsonl, .csv, .parquet, .warc.gz, .sqlite …), or"
        " a file for one page. Without, one page goes to standard output.",
        rich_help_panel=_OUT,
    ),
]
HtmlField = Annotated[
    str | None,
    typer.Option(
        help="The field of JSON Lines, CSV or Parquet that holds the page.", rich_help_panel=_IN
    ),
]
TextField = Annotated[
    str | None,
    typer.Option(help="The field that holds it as plain text.", rich_help_panel=_IN),
]
UrlField = Annotated[
    str | None, typer.Option(help="The field that holds its address.", rich_help_panel=_IN)
]
IdField = Annotated[str | None, typer.Option(help="The field that names it.", rich_help_panel=_IN)]
Render = Annotated[
    bool,
    typer.Option(
        "--render",
        help="Let Chromium fetch the addresses, for pages that scripts make; needs the extra"
        " render.",
        rich_help_panel=_IN,
    ),
]
Dedup = Annotated[
    Literal["exact", "near"] | None,
    typer.Option(
        help="Find pages whose text repeats that of an earlier one.", rich_help_panel=_OUT
    ),
]
Duplicates = Annotated[
    Literal["mark", "drop"],
    typer.Option(
        help="Note such pages in the manifest, or leave them out as well.", rich_help_panel=_OUT
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
        help="Processes; by default up to one a core, as there is work.",
        rich_help_panel=_RUN,
    ),
]
Timeout = Annotated[
    float | None,
    typer.Option(
        min=0,
        help="Seconds that a page may take, 0 for no limit.",
        show_default="30",
        rich_help_panel=_RUN,
    ),
]
Memory = Annotated[
    int | None,
    typer.Option(
        min=0,
        help="MiB of memory that a page may take, 0 for no limit.",
        show_default="2048",
        rich_help_panel=_RUN,
    ),
]
ManifestFile = Annotated[
    Path | None,
    typer.Option(
        "--manifest",
        help="The database of what became of each page; by default in the folder OUT, or beside"
        " the file.",
        rich_help_panel=_RUN,
    ),
]
Checkpoint = Annotated[
    int,
    typer.Option(
        min=1,
        help="Pages after which what was written is made safe, for a run that is stopped to go on"
        " from.",
        rich_help_panel=_RUN,
    ),
]
Fresh = Annotated[
    bool,
    typer.Option(
        "--fresh",
        help="Begin anew, even if a run that was stopped can go on.",
        rich_help_panel=_RUN,
    ),
]
Table = Annotated[
    bool,
    typer.Option(
        "--table",
        help="Show what was kept and removed, page by page.",
        rich_help_panel=_TELL,
    ),
]
Report = Annotated[
    Path | None,
    typer.Option(help="Write what became of the run into one HTML file.", rich_help_panel=_TELL),
]
JsonLog = Annotated[
    bool,
    typer.Option(
        "--json-log",
        help="Tell of each page in a line of JSON, on standard error, in place of all else.",
        rich_help_panel=_TELL,
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "-q", "--quiet", help="No progress, no summary: failures only.", rich_help_panel=_TELL
    ),
]


@dataclass(frozen=True, slots=True)
class Reading:
    """How the pages are found in what they stand in."""

    html_field: HtmlField = None
    text_field: TextField = None
    url_field: UrlField = None
    id_field: IdField = None
    render: Render = False


@dataclass(frozen=True, slots=True)
class Writing:
    """What is written, and where."""

    out: Out = None
    to: To = None
    no_links: NoLinks = False
    no_images: NoImages = False
    no_tables: NoTables = False
    front_matter: FrontMatter = False
    wrap: Wrap = 0
    dedup: Dedup = None
    duplicates: Duplicates = "mark"


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What is kept of a page."""

    favor: Favor = "balance"
    text: AsText = False
    level: Level = "markers"
    url: Url = None
    language: Language = None
    include: Include = None
    exclude: Exclude = None
    lexicon: Lexicon = None
    model: Model = None


@dataclass(frozen=True, slots=True)
class Running:
    """How a run goes, and what it says."""

    workers: Workers = None
    timeout: Timeout = None
    memory: Memory = None
    manifest: ManifestFile = None
    checkpoint: Checkpoint = 1000
    fresh: Fresh = False
    table: Table = False
    report: Report = None
    json_log: JsonLog = False
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
