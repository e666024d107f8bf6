"""Helpers for the tests of metadata: a page from its parts, parsed as the product parses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lxml import etree

from cleaner.metadata import extract_metadata

if TYPE_CHECKING:
    from cleaner.document import Metadata

HEADING = "<h1>Ferries stop at noon</h1>"


def parse(html: str | bytes) -> etree._Element | None:
    parser = etree.HTMLParser(
        collect_ids=False, remove_comments=True, huge_tree=True, encoding="utf-8"
    )
    data = html.encode("utf-8", "replace") if isinstance(html, str) else html
    return etree.fromstring(data, parser) if data.strip() else None


def metadata(
    head: str = "", body: str = "", *, lang: str = "en", url: str | None = None
) -> Metadata:
    page = f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>'
    return extract_metadata(parse(page), url)


def json_ld(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'
