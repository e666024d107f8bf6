"""`cleaner explain`: each block of a page with its verdict and the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli import _options as o
from cleaner.cli._console import console, say

if TYPE_CHECKING:
    from cleaner.document import Document

Only = Annotated[bool, typer.Option("--removed", help="Show only what was removed.")]
Full = Annotated[bool, typer.Option("--full", help="Show the whole text of each block.")]


@o.spread
def explain(
    page: o.Page,
    *,
    removed: Only = False,
    full: Full = False,
    cleaning: o.Cleaning,
) -> None:
    """Show each block of a page with its verdict, and why.

    \b
    cleaner explain page.html
    cleaner explain page.html --removed --full
    cleaner explain https://example.org/story --favor precision

    Ends with 0, with 1 if the page cannot be read, 2 after a wrong call.
    """
    from cleaner.cli._work import one_document

    document = one_document(page, cleaning)
    _show(document, removed=removed, full=full)
    for warning in document.warnings:
        say(f"warning: {warning}")


def _show(document: Document, *, removed: bool, full: bool) -> None:
    from rich.table import Table
    from rich.text import Text

    blocks = [block for block in document.blocks if block.text]
    kept = sum(block.kept for block in blocks)
    table = Table(
        box=None,
        expand=True,
        pad_edge=False,
        title=f"{kept} of {len(blocks)} blocks kept, confidence {document.confidence:.2f}",
    )
    table.add_column("verdict", width=7)
    table.add_column("score", justify="right", width=5)
    table.add_column("kind", width=12)
    table.add_column("reason", ratio=1)
    table.add_column("text", ratio=1, no_wrap=not full, overflow="ellipsis")
    for block in blocks:
        if not (removed and block.kept):
            table.add_row(
                Text("keep", "green") if block.kept else Text("drop", "red"),
                f"{block.score:.2f}",
                block.kind.replace("_", " "),
                Text(block.reason),
                Text(block.text, "" if block.kept else "dim"),
            )
    console().print(table)
