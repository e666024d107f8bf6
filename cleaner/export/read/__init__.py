"""read: a layout and its kept blocks to the nodes that exporters write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.export.grid import Grid, grids
from cleaner.export.nodes import Heading, Paragraph
from cleaner.export.read import blocks
from cleaner.export.read.notes import Notes
from cleaner.export.read.urls import Urls
from cleaner.export.tree import Element, grow

if TYPE_CHECKING:
    from cleaner.document import Document
    from cleaner.export.nodes import Image, Node
    from cleaner.export.options import Options


class Reader:
    """What reading one document needs to know."""

    def __init__(self, document: Document, options: Options) -> None:
        self.layout = document.layout
        self.kept = document.kept
        self.options = options
        self.urls = Urls(document, strip_tracking=options.strip_tracking)
        self.root, self.boxes = grow(document.layout, document.kept)
        self.notes = Notes(self)
        self.wraps: list[Element] = []
        self._grids: dict[int, Grid] | None = None
        self._images: dict[str, int] = {}

    @property
    def grids(self) -> dict[int, Grid]:
        """The tables of the page by their node."""
        if self._grids is None:
            self._grids = grids(self.layout)
        return self._grids

    def is_new(self, image: Image, node: int) -> bool:
        """Tell whether an image is not the twin of one just before: a `<noscript>` copy, a lightbox."""
        before = self._images.get(image.url)
        self._images[image.url] = node
        return before is None or node - before > blocks.TWINS


def read(document: Document, options: Options) -> list[Node]:
    """Return the kept part of a page as nodes, its footnotes last."""
    reader = Reader(document, options)
    nodes = blocks.read(reader, reader.root.children)
    nodes.extend(reader.notes.read())
    return nodes


__all__ = ["Heading", "Paragraph", "Reader", "read"]
