"""`cleaner fetch`: addresses in, an archive or clean pages out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli import _options as o
from cleaner.cli import _scrape as s
from cleaner.cli._console import reason, wrong_usage

Urls = Annotated[list[str] | None, typer.Argument(metavar="URL…", help="Addresses of pages.")]
From = Annotated[
    Path | None,
    typer.Option(
        "--from", metavar="FILE", help="A file with an address a line; - for standard input."
    ),
]


def fetch(
    urls: Urls = None,
    *,
    from_file: From = None,
    out: s.Warc = None,
    warc_size: s.WarcSize = 1000,
    clean_to: s.CleanTo = None,
    to: o.To = None,
    favor: o.Favor = "balance",
    delay: s.Delay = 1.0,
    hosts: s.Hosts = 32,
    retries: s.Retries = 3,
    contact: s.Contact = None,
    cache: s.Cache = None,
    ignore_robots: s.IgnoreRobots = False,
    allow_private: s.AllowPrivate = False,
    cookies: s.Cookies = False,
    max_size: s.MaxSize = 20.0,
    timeout: s.Timeout = 60.0,
    max_redirects: s.MaxRedirects = 5,
    render: s.Render = False,
    job: s.JobDir = None,
    json_log: s.JsonLog = False,
    quiet: o.Quiet = False,
) -> None:
    """Fetch pages politely, and keep them as they were sent, or clean them as they come.

    \b
    cleaner fetch https://example.org/story -o pages.warc.gz
    cleaner fetch --from urls.txt -o pages.warc.gz --contact me@example.org --job news/
    cleaner fetch --from urls.txt --clean-to clean/ --to markdown
    cleaner clean pages.warc.gz -o clean/

    Ends with 0 if all pages came, 1 if some did not, 2 after a wrong call, 130 after Ctrl-C.
    """
    given = s.seeds([*(urls or []), *_lines(from_file)])
    if not given:
        wrong_usage("no address given: cleaner fetch URL, or --from FILE")
    code = s.scrape(
        {
            "seeds": given,
            "warc": out,
            "warc_size": warc_size * 10**6,
            "clean_to": clean_to,
            "delay": delay,
            "hosts": hosts,
            "retries": retries,
            "contact": contact,
            "cache": cache,
            "obey_robots": not ignore_robots,
            "allow_private": allow_private,
            "cookies": cookies,
            "max_size": int(max_size * 10**6),
            "timeout": timeout,
            "max_redirects": max_redirects,
            "render": render,
            "job": job,
        },
        to=to,
        favor=favor,
        json_log=json_log,
        quiet=quiet,
        all_must_come=True,
    )
    raise typer.Exit(code)


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
