"""`cleaner report`: a page with what was kept and removed marked, as HTML."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from cleaner.cli import _options as o
from cleaner.cli._console import put, unwritten


@o.spread
def report(
    page: o.Page,
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            callback=o.or_output,
            help="The file to write; without, or as -, standard output.",
        ),
    ] = None,
    cleaning: o.Cleaning,
) -> None:
    """Write one HTML file that shows a page's blocks, kept and removed, and why.

    \b
    cleaner report page.html -o report.html

    Ends with 0, with 1 if the page cannot be read or the file not written, 2 after a wrong call.
    """
    from cleaner.cli._target import refuse_input
    from cleaner.cli._work import one_document
    from cleaner.report.page import page_report
    from cleaner.sinks.files import write_whole

    if out:
        refuse_input(out, [page])
    made = page_report(one_document(page, cleaning))
    if out is None:
        put(made)
        return
    try:
        write_whole(out, made.encode("utf-8", "replace"))
    except OSError as error:
        raise typer.Exit(unwritten(out, error)) from None
