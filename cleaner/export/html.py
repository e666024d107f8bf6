"""HTML: clean, semantic and safe."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.document import Document
    from cleaner.export.options import Options

SUFFIX = ".html"


def render(document: Document, options: Options) -> str:  # noqa: ARG001
    """Return the kept blocks as HTML."""
    return "".join(
        f"<p>{escape(text)}</p>\n"
        for text, kept in zip(document.layout.texts, document.kept, strict=True)
        if kept and text.strip()
    )
