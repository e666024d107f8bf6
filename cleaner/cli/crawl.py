"""`cleaner crawl`: sites in, an archive or clean pages out."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner.cli import _options as o
from cleaner.cli import _scrape as s

_WHAT = "What is fetched"

Sites = Annotated[list[str], typer.Argument(metavar="SITE", help="Addresses to begin with.")]
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


@o.spread
def crawl(
    sites: Sites,
    *,
    depth: Depth = 10,
    max_pages: MaxPages = 10_000,
    allow: Allow = None,
    deny: Deny = None,
    sitemap: Sitemap = False,
    feeds: Feeds = False,
    how: s.Scraping,
) -> None:
    """Fetch the pages of sites politely, from link to link, those nearest to the start first.

    \b
    cleaner crawl https://example.org/ -o pages.warc.gz --contact me@example.org
    cleaner crawl https://example.org/ --clean-to clean/ --depth 0 --sitemap
    cleaner crawl https://example.org/ --clean-to clean/ --job example/
    cleaner crawl https://example.org/ -o news.warc.gz --allow /news/ --deny /tag/
    cleaner clean pages.warc.gz -o clean/

    Ends with 0, with 1 if a SITE could not be fetched, 2 after a wrong call, 130 after Ctrl-C.
    """
    plan = {
        "seeds": s.seeds(sites),
        "follow": True,
        "depth": depth,
        "max_pages": max_pages,
        "allow": s.patterns(allow),
        "deny": s.patterns(deny),
        "sitemaps": sitemap,
        "feeds": feeds,
    }
    raise typer.Exit(s.scrape(plan, how, all_must_come=False))
