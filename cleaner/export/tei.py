"""XML-TEI for corpora."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from cleaner.document import Document
    from cleaner.export.options import Options

SUFFIX = ".xml"


def render(document: Document, options: Options) -> str:  # noqa: ARG001
    """Return the kept blocks as TEI."""
    root = etree.Element("TEI", xmlns="http://www.tei-c.org/ns/1.0")
    return etree.tostring(root, encoding="unicode") + "\n"
