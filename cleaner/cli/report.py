"""`cleaner report`: a page with what was kept and removed marked, as HTML."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli import _options as o  # noqa: TC001 - typer reads the annotations
from cleaner.cli._console import FAILED, put, reason, say

ReportFile = Annotated[
    Path | None,
    typer.Option("-o", "--out", help="The file to write; without, standard output."),
]


def report(
    page: o.Page,
    *,
    out: ReportFile = None,
    favor: o.Favor = "balance",
    text: o.AsText = False,
    level: o.Level = "markers",
    url: o.Url = None,
    language: o.Language = None,
    include: o.Include = None,
    exclude: o.Exclude = None,
    lexicon: o.Lexicon = None,
    model: o.Model = None,
) -> None:
    """Write one HTML file that shows a page's blocks, kept and removed, and why.

    \b
    cleaner report page.html -o report.html
    """
    from cleaner.cli._work import Work, configured, one_document
    from cleaner.report.page import page_report
    from cleaner.sinks.files import write_whole

    cleaner = configured(
        favor,
        language=language,
        include=include,
        exclude=exclude,
        lexicon=lexicon,
        level=level,
        model=model,
    )
    made = page_report(one_document(page, Work(cleaner, as_text=text, url=url)))
    if out is None:
        put(made)
        return
    try:
        write_whole(out, made.encode("utf-8", "replace"))
    except OSError as error:
        say(f"cleaner: {out} cannot be written: {reason(error)}")
        raise typer.Exit(FAILED) from None
