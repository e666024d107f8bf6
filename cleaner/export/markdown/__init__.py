"""Markdown: CommonMark with GFM tables, footnotes, math and callouts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.export.text import raw_text
from cleaner.export.text import render as render_text

if TYPE_CHECKING:
    from cleaner.document import Document
    from cleaner.export.options import Options

SUFFIX = ".md"


def render(document: Document, options: Options) -> str:
    """Return the kept blocks as Markdown."""
    if document.page.media == "text":
        return raw_text(document)
    from dataclasses import replace

    return render_text(document, replace(options, headings=True))
