"""`cleaner clean`: pages in, clean text, Markdown, HTML or JSON out."""

from __future__ import annotations

import os
from dataclasses import asdict
from hashlib import sha256
from itertools import chain, islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleaner.cli import _options as o
from cleaner.cli._console import wrong_usage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cleaner.cli._target import Target
    from cleaner.sources import Item


@o.spread
def clean(
    pages: Annotated[
        list[str],
        typer.Argument(
            metavar="PAGE",
            help="Files, folders, globs, archives, tables, addresses, @FILE for a list of these,"
            " or - for standard input.",
        ),
    ],
    *,
    reading: o.Reading,
    writing: o.Writing,
    cleaning: o.Cleaning,
    running: o.Running,
) -> None:
    """Clean pages: keep what a reader came for, drop ads, navigation and the rest.

    Text files (.txt, .text, .md) lose their marker lines, such as "annonse", and nothing else.

    \b
    cleaner clean page.html                 to the terminal
    cleaner clean page.html -o page.md      to a file, as Markdown
    cleaner clean pages/ -o clean/          a folder, mirrored
    cleaner clean 'news/**/*.html' article.txt -o clean/ --to text --to json
    cleaner clean crawl.warc.gz -o crawl.jsonl.gz --dedup near --duplicates drop
    cleaner clean table.parquet --html-field body -o out.parquet --report run.html
    cleaner clean https://example.org/story --to markdown --front-matter
    cleaner clean https://example.org/app --render
    cleaner clean pages/ -o clean/ --rules rules.toml
    curl -s https://example.org/story | cleaner clean -

    A run of many pages that was stopped, in whatever way, goes on when it is called again.
    Ends with 0 if all was cleaned, 1 if some pages failed or the run had to stop, 2 after a wrong
    call, 130 if interrupted.
    """
    from cleaner.cli._run import Run
    from cleaner.cli._stream import long_text, strip_file
    from cleaner.cli._target import find_forms, find_target, refuse_input
    from cleaner.cli._work import Work, configured
    from cleaner.report.look import is_report
    from cleaner.sources import SourceOptions, open_items

    if writing.duplicates == "drop" and not writing.dedup:
        wrong_usage("--duplicates drop needs --dedup exact or near, which finds them")
    forms = find_forms(writing.to, writing.out)
    cleaner = configured(cleaning)
    items = open_items(pages, SourceOptions(**asdict(reading)), leave_out=writing.out)
    first = list(islice(items, 2))
    if not first:
        wrong_usage(f"no page found in {' '.join(pages)}")
    if cleaning.url and len(first) > 1:
        wrong_usage("--url is the address of one page, but there are several")
    target = find_target(first, forms, pages, writing.out, running.manifest)
    if running.report and not target.manifest:
        wrong_usage("--report is made of the manifest: add --manifest FILE")
    if running.report and not is_report(running.report):
        refuse_input(running.report, pages)
    alone = not (target.many or target.manifest or running.table or running.json_log)
    plain = forms == ("text",) and cleaning.level == "markers" and not writing.dedup
    if alone and plain and (path := long_text(first, as_text=cleaning.text)):
        raise typer.Exit(strip_file(cleaner, path, target.path, quiet=running.quiet))
    options = {
        "links": not writing.no_links,
        "images": not writing.no_images,
        "tables": not writing.no_tables,
        "front_matter": writing.front_matter,
        "wrap": writing.wrap,
    }
    run = Run(
        _but(chain(first, items), target, running.report),
        target,
        Work(
            cleaner, forms, options, cleaning.text, cleaning.url, writing.dedup, described=not alone
        ),
        _settings(pages, reading, writing, cleaning) | {"checkpoint": running.checkpoint},
        running,
        arguments=pages,
        drop=writing.duplicates == "drop",
    )
    raise typer.Exit(run())


def _but(items: Iterator[Item], target: Target, report: Path | None) -> Iterator[Item]:
    """Yield the pages without the files that the run itself writes."""
    own = target.files(report)
    return (item for item in items if not (item.path and os.path.realpath(item.path) in own))


def _settings(
    pages: Sequence[str], reading: o.Reading, writing: o.Writing, cleaning: o.Cleaning
) -> dict[str, Any]:
    """Return all that the results depend on but for the pages themselves."""
    from cleaner import __version__

    groups = asdict(reading) | asdict(writing) | asdict(cleaning)
    settings = {name.replace("_", "-"): value for name, value in groups.items()}
    for name in ("lexicon", "rules"):
        settings[name] = [_digest(path) for path in getattr(cleaning, name) or ()]
    settings["model"] = _digest(cleaning.model) if cleaning.model else None
    return {"version": __version__, "input": list(pages), **settings}


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
