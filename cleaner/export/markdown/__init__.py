"""Markdown: CommonMark with GFM tables, footnotes, math and callouts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.export.markdown.blocks import Writer
from cleaner.export.markdown.front_matter import front_matter
from cleaner.export.read.reader import read
from cleaner.export.text import raw_text

if TYPE_CHECKING:
    from cleaner.document import Document
    from cleaner.export.options import Options

SUFFIX = ".md"


def render(document: Document, options: Options) -> str:
    """Return the kept blocks as Markdown with one final newline; "" if there are none."""
    if document.page.media == "text":
        return raw_text(document)
    text = Writer(options).document(read(document, options))
    if options.front_matter:
        return front_matter(document) + (f"\n{text}\n" if text else "")
    return f"{text}\n" if text else ""
