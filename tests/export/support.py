"""Pages for the tests of exporters: every block of them is kept."""

from __future__ import annotations

from typing import Any

from cleaner.document import Document, Page
from cleaner.parse import parse
from cleaner.segment import segment


def document(html: str, url: str | None = "https://example.org/dir/page.html") -> Document:
    """Return the document of a page of which every block is kept."""
    layout = segment(parse(html).root)
    count = len(layout)
    return Document(Page(html, url), layout, [True] * count, [1.0] * count)


def markdown(
    html: str, url: str | None = "https://example.org/dir/page.html", **options: Any
) -> str:
    """Return the Markdown of a page of which every block is kept, without its last newline."""
    return document(html, url).to_markdown(**options).rstrip("\n")


def lines(*parts: str) -> str:
    """Return lines as one string."""
    return "\n".join(parts)
