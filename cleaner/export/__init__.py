"""export: the kept blocks in a form to read, store or feed on. One format a module, one table.

An exporter is a module (or any object) with `SUFFIX`, the ending of its files, and
`render(document, options)`, which returns the document as a string. A third party adds one by an
entry point of the group `cleaner.exporters`; its name is the name of the form.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, cast

from cleaner.document import CleanerError
from cleaner.export.options import Options
from cleaner.extras import added

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.document import Document

__all__ = ["EXPORTERS", "Exporter", "Options", "exporter", "formats", "render"]

EXPORTERS: Mapping[str, str] = MappingProxyType(
    {
        "text": "cleaner.export.text",
        "markdown": "cleaner.export.markdown",
        "html": "cleaner.export.html",
        "json": "cleaner.export.json",
        "tei": "cleaner.export.tei",
    }
)
"""The name of each form that comes with the package → the module that renders it."""

GROUP = "cleaner.exporters"


class Exporter(Protocol):
    """What a module must have to be an exporter."""

    SUFFIX: str

    def render(self, document: Document, options: Options) -> str:
        """Return `document` as a string."""


def formats() -> list[str]:
    """Return the names of all forms, those of third parties after our own.

    >>> formats()[:2]
    ['text', 'markdown']
    """
    return list(dict.fromkeys([*EXPORTERS, *added(GROUP).names]))


@cache
def exporter(form: str) -> Exporter:
    """Return the exporter that answers to `form`; raises `CleanerError` if none does."""
    if form in EXPORTERS:
        return cast("Exporter", import_module(EXPORTERS[form]))
    for entry in added(GROUP).select(name=form):
        return cast("Exporter", entry.load())
    raise CleanerError(f"no exporter for {form!r}; there are {', '.join(formats())}")


def render(document: Document, form: str, **options: Any) -> str:
    """Return `document` in the form named `form`.

    Args:
        document: a cleaned page.
        form: one of `formats()`.
        options: the fields of `Options`.

    Raises:
        CleanerError: no exporter answers to `form`.
        TypeError: an option is not known.

    """
    return exporter(form).render(document, Options(**options) if options else _DEFAULTS)


_DEFAULTS = Options()
