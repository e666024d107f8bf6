"""`cleaner crawl`: sites in, an archive or clean pages out."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from cleaner.cli import _options as o
from cleaner.cli import _scrape as s

_what = partial(typer.Option, rich_help_panel="What is fetched")


@o.spread
def crawl(
    sites: Annotated[list[str], typer.Argument(metavar="SITE", help="Addresses to begin with.")],
    *,
    depth: Annotated[int, _what(min=0, help="Links away from a SITE, at most.")] = 10,
    max_pages: Annotated[int, _what(min=1, help="Pages, at most.")] = 10_000,
    allow: Annotated[
        list[str] | None,
        _what(help="Only addresses in which this regular expression is found; may be given again."),
    ] = None,
    deny: Annotated[list[str] | None, _what(help="None in which this one is found.")] = None,
    sitemap: Annotated[
        bool, _what("--sitemap", help="Also what the sitemaps of the sites list.")
    ] = False,
    feeds: Annotated[bool, _what("--feeds", help="Also what the feeds of each SITE list.")] = False,
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
