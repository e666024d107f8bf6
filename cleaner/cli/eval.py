"""`cleaner eval`: measure the extraction, and other engines beside it, on labelled pages."""

from __future__ import annotations

import importlib
import json
import logging
import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleaner.cli._console import console, look_for_room, say, wrong_usage
from cleaner.cli._options import Cleaning, Favor, Rules
from cleaner.cli._work import configured
from cleaner.document import CleanerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cleaner.learn.datasets import LabelledPage
    from cleaner.learn.engines import Extract
    from cleaner.learn.results import Loss, Results
    from cleaner.learn.tables import Link, Report, Table
    from cleaner.pipeline import Cleaner

    Read = Callable[[LabelledPage], bytes]


# What is measured instead of the main content → the module that measures it.
_OTHERS = {
    "markers": "cleaner.learn.markers_eval",
    "metadata": "cleaner.learn.metadata_eval",
    "markdown": "cleaner.learn.markdown_eval",
}


@dataclass(frozen=True, slots=True)
class _Content:
    """The figures of the main content, and the pages that lost most."""

    results: Results
    worst: Sequence[Table]

    def tables(self) -> list[Table]:
        return [*self.results.tables(), *self.worst]

    def as_dict(self) -> dict[str, Any]:
        return self.results.as_dict()


def eval_(  # noqa: PLR0917 - one parameter an option
    datasets: Annotated[
        list[Path], typer.Argument(metavar="DATASET", help="Folders of labelled pages.")
    ],
    against: Annotated[
        str,
        typer.Option(
            metavar="NAME,NAME",
            help="Engines to measure beside: trafilatura, resiliparse, readability, justext,"
            " newspaper …; a name that is none lists all.",
        ),
    ] = "",
    favor: Favor = "balance",
    model: Annotated[Path | None, typer.Option(help="Weights of a model of your own.")] = None,
    rules: Rules = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Pages of each dataset, evenly spread.")
    ] = None,
    worst: Annotated[
        int, typer.Option(min=0, help="List so many of the pages that lost most.")
    ] = 0,
    reports: Annotated[
        Path | None, typer.Option(help="Folder for a report of each of the worst pages.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Write all figures as JSON, the tables as .md beside it.")
    ] = None,
    rewritten: Annotated[
        bool, typer.Option("--rewritten", help="Write the pages in older or plainer markup first.")
    ] = False,
    markers: Annotated[bool, typer.Option("--markers", help="Measure markers instead.")] = False,
    metadata: Annotated[bool, typer.Option("--metadata", help="Measure metadata instead.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Measure Markdown instead.")] = False,
) -> None:
    """Measure the main content on labelled pages: F1, precision, recall, time.

    Scores with intervals, snippets, costs and page types are printed for each dataset: a folder
    with gold.jsonl, one in WCXB's layout, or one of NAME.html with NAME.md or NAME.txt.

    \b
    cleaner eval mine/
    cleaner eval mine/ news/ --against trafilatura,resiliparse --limit 200
    cleaner eval mine/ --model mine.npz --worst 20 --out figures.json

    Ends with 0, with 2 after a wrong call or if pages cannot be read, and with 130 after Ctrl-C.
    """
    peers = [name for name in (part.strip() for part in against.split(",")) if name]
    asked = {"markers": markers, "metadata": metadata, "markdown": markdown}
    kinds = [kind for kind, wanted in asked.items() if wanted]
    own = {"--favor": favor != "balance", "--model": model, "--rules": rules, "--limit": limit,
           "--worst": worst, "--reports": reports, "--rewritten": rewritten}  # fmt: skip
    given = [name for name, value in own.items() if value]
    if kinds and given:
        wrong_usage(f"{given[0]} goes with the main content, not with --{kinds[0]}")
    if reports and not worst:
        wrong_usage("--reports goes with --worst")
    if out:
        look_for_room(out)
    if out and worst and not reports:
        reports = out.with_name(f"{out.stem}-pages")
    if reports and worst:
        look_for_room(reports / "report.html")
    try:
        with _quiet():
            found: dict[str, Report] = {
                kind: importlib.import_module(_OTHERS[kind]).run(datasets, peers) for kind in kinds
            }
            if not found:
                cleaner = configured(Cleaning(favor=favor, model=model, rules=rules))
                read = _reading(rewritten=rewritten)
                results = _measure(datasets, peers, cleaner, limit, read)
                losses = results.worst(worst)
                found["content"] = _Content(results, _worst(losses, reports, cleaner, read))
    except CleanerError as error:
        wrong_usage(str(error))
    _tell(found, out, peers)


def _reading(*, rewritten: bool) -> Read:
    from cleaner.learn.datasets import LabelledPage
    from cleaner.learn.rewrite import read_rewritten

    return read_rewritten if rewritten else LabelledPage.read


def _measure(
    paths: Sequence[Path], peers: Sequence[str], cleaner: Cleaner, limit: int | None, read: Read
) -> Results:
    """Run the evaluation under a progress bar, where a terminal shows it."""
    from rich.progress import Progress

    from cleaner.learn import datasets, engines, evaluate

    data = [dataset.sample(limit) for dataset in datasets.load_all(paths)]
    others, notes = engines.load(peers)
    for note in notes:
        say(note)
    ready: dict[str, Extract] = {
        "cleaner": lambda page, url: cleaner.clean(page, url=url).text,
        **{name: extract for name, extract in others.items() if name != "cleaner"},
    }
    screen = console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task("pages", total=sum(map(len, data)))
        return evaluate.evaluate(data, ready, progress=lambda: progress.advance(task), read=read)


def _worst(
    losses: Sequence[Loss], folder: Path | None, cleaner: Cleaner, read: Read
) -> list[Table]:
    """Return the table of the worst pages, each with a link to its report or to the page."""
    from cleaner.learn.tables import Link, Table, number

    if not losses:
        return []
    rows: list[list[str | Link]] = []
    for rank, loss in enumerate(losses, 1):
        page = loss.result.page
        target = _report(rank, loss, folder, cleaner, read) if folder else page.path
        rows.append(
            [
                Link(f"{loss.result.dataset}/{page.id}", target),
                page.page_type,
                f"{loss.score:.3f}",
                loss.peer or "",
                number(loss.peer_score),
                loss.result.error or "",
            ]
        )
    if folder:
        say(f"written: {len(rows)} reports in {folder}")
    columns = ("page", "page type", "F1", "best peer", "its F1", "error")
    return [Table(f"The {len(rows)} pages that lost most", columns, rows)]


def _report(rank: int, loss: Loss, folder: Path, cleaner: Cleaner, read: Read) -> Path:
    """Write the report of a page and return where it is."""
    from cleaner.report.page import page_report

    page = loss.result.page
    path = folder / f"{rank:03}-{re.sub(r'[^A-Za-z0-9._-]', '_', page.id)[:80]}.html"
    document = cleaner.clean(read(page), url=page.url)
    path.write_text(page_report(document, page.gold), encoding="utf-8")
    return path


def _tell(found: dict[str, Report], out: Path | None, peers: Sequence[str]) -> None:
    """Print the tables; write them and all figures if asked to."""
    from cleaner.learn.engines import versions
    from cleaner.learn.tables import show, to_markdown

    tables = [table for report in found.values() for table in report.tables()]
    show(tables, console())
    if not out:
        return
    date, used = datetime.now(UTC).date().isoformat(), versions(["cleaner", *peers])
    figures = {kind: report.as_dict() for kind, report in found.items()}
    head = ", ".join(f"{name} {version}" for name, version in used.items())
    content = {
        out.with_suffix(".json"): json.dumps(
            {"date": date, "versions": used, **figures}, ensure_ascii=False, indent=1
        ),
        out.with_suffix(".md"): f"Measured on {date} with {head}.\n\n"
        + to_markdown(tables, out.parent).rstrip(),
    }
    for path, text in content.items():
        path.write_text(text + "\n", encoding="utf-8")
        say(f"written: {path}")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the engines' own log messages from between the figures."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
