"""`cleaner crawl`: sites in, an archive or clean pages out."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner.cli import _options as o
from cleaner.cli import _scrape as s

_WHAT = "What is fetched"

Sites = Annotated[list[str], typer.Argument(metavar="SITE…", help="Addresses to begin with.")]
Depth = Annotated[
    int,
    typer.Option(min=0, help="Links away from a SITE, at most.", rich_help_panel=_WHAT),
]
MaxPages = Annotated[int, typer.Option(min=1, help="Pages, at most.", rich_help_panel=_WHAT)]
Allow = Annotated[
    list[str] | None,
    typer.Option(
        help="Only addresses in which this regular expression is found; may be given again.",
        rich_help_panel=_WHAT,
    ),
]
Deny = Annotated[
    list[str] | None,
    typer.Option(help="None in which this one is found.", rich_help_panel=_WHAT),
]
Sitemap = Annotated[
    bool,
    typer.Option(
        "--sitemap",
        help="Also what the sitemaps of the sites list.",
        rich_help_panel=_WHAT,
    ),
]
Feeds = Annotated[
    bool,
    typer.Option("--feeds", help="Also what the feeds of each SITE list.", rich_help_panel=_WHAT),
]


def crawl(
    sites: Sites,
    *,
    depth: Depth = 10,
    max_pages: MaxPages = 10_000,
    allow: Allow = None,
    deny: Deny = None,
    sitemap: Sitemap = False,
    feeds: Feeds = False,
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
    """Fetch the pages of sites politely, from link to link, those nearest to the start first.

    \b
    cleaner crawl https://example.org/ -o pages.warc.gz --contact me@example.org --job example/
    cleaner crawl https://example.org/ --clean-to clean/ --depth 0 --sitemap
    cleaner crawl https://example.org/ -o pages.warc.gz --allow /news/ --deny '/tag/|[?]sort='
    cleaner clean pages.warc.gz -o clean/

    Ends with 0, with 1 if a SITE could not be fetched, 2 after a wrong call, 130 after Ctrl-C.
    """
    code = s.scrape(
        {
            "seeds": s.seeds(sites),
            "follow": True,
            "depth": depth,
            "max_pages": max_pages,
            "allow": s.patterns(allow),
            "deny": s.patterns(deny),
            "sitemaps": sitemap,
            "feeds": feeds,
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
        all_must_come=False,
    )
    raise typer.Exit(code)
