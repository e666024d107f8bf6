"""`cleaner fetch`: addresses in, an archive or clean pages out."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from cleaner.cli import _options as o
from cleaner.cli import _scrape as s
from cleaner.cli._console import reason, wrong_usage


@o.spread
def fetch(
    urls: Annotated[
        list[str] | None, typer.Argument(metavar="URL", help="Addresses of pages.")
    ] = None,
    *,
    from_file: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="FILE", help="A file with an address a line; - for standard input."
        ),
    ] = None,
    how: s.Scraping,
) -> None:
    """Fetch pages politely, and keep them as they were sent, or clean them as they come.

    \b
    cleaner fetch https://example.org/story -o pages.warc.gz
    cleaner fetch --from urls.txt -o pages.warc.gz --contact me@example.org
    cleaner fetch --from urls.txt --clean-to clean/ --to markdown --job news/
    cleaner clean pages.warc.gz -o clean/

    Ends with 0 if all pages came, 1 if some did not, 2 after a wrong call, 130 after Ctrl-C.
    """
    given = s.seeds([*(urls or []), *_lines(from_file)])
    if not given:
        wrong_usage("no address given: cleaner fetch URL, or --from FILE")
    raise typer.Exit(s.scrape({"seeds": given}, how, all_must_come=True))


def _lines(path: Path | None) -> list[str]:
    """Return the addresses in a file, without blank lines and those that begin with #."""
    if path is None:
        return []
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        wrong_usage(f"{path} cannot be read: {reason(error)}")
    lines = raw.decode("utf-8-sig", "replace").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
