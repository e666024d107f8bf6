"""cleaning: pages cleaned as they come, into a folder that mirrors their addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.document import Page
from cleaner.media_type import parted
from cleaner.sinks.files import Tree, write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scrapy.http import Response

    from cleaner.pipeline import Cleaner
    from cleaner.sinks.names import Taken

Rendered = tuple[str, dict[str, str]]
"""The name of a page, and the text of each form by its ending."""


class Cleaning:
    """Cleans pages and writes them below a folder.

    Args:
        folder: where they go.
        names: the names that are taken there.
        cleaner: how they are cleaned.
        forms: the forms of each, see `cleaner.export.formats()`.

    """

    def __init__(
        self, folder: Path, names: Taken, cleaner: Cleaner, forms: Sequence[str] = ("text",)
    ) -> None:
        from cleaner.export import exporter
        from cleaner.sources.page import PAGE_SUFFIXES

        folder.mkdir(parents=True, exist_ok=True)
        self._cleaner = cleaner
        self._endings = {form: exporter(form).SUFFIX for form in forms}
        self._tree = Tree(folder, endings=PAGE_SUFFIXES, names=names)
        self._draft = folder / ".cleaner.part"

    def render(self, response: Response) -> Rendered:
        """Return a page cleaned; may be called in any thread."""
        from cleaner.sources.addresses import at_address

        document = self._cleaner.clean(page_of(response))
        forms = {end: document.render(form) for form, end in self._endings.items()}
        return at_address(response.url).name, forms

    def write(self, rendered: Rendered) -> None:
        """Write a page; raises `OSError`."""
        name, forms = rendered
        for end, text in forms.items():
            path = self._tree.place(name, end)
            write_whole(path, text.encode("utf-8", "replace"), draft=self._draft)


def page_of(response: Response) -> Page:
    """Return the page in a response of Scrapy, with what its head says of it."""
    media, charset = parted(response.headers.get("Content-Type"))
    return Page(response.body, response.url, charset, "text" if media == "text/plain" else "html")
