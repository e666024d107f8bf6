"""What the pages of a run go through, loaded by the first of them: `import cleaner` stays quick."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.content.judge import judge
from cleaner.document import Layout
from cleaner.markers.drop import drop_markers
from cleaner.notices import notice
from cleaner.parse import parse
from cleaner.reading import decoded
from cleaner.segment import segment

if TYPE_CHECKING:
    from lxml.etree import _Element

    from cleaner.document import Document
    from cleaner.origin import Tree

__all__ = ["decoded", "doubts", "drop_markers", "judge", "notice", "parse", "segmented"]

_SHELL, _TIMES = 60, 5
"""A page of fewer visible words is a shell if its scripts hold this many times as many."""
_HARDLY_ANY = 20
"""A page of fewer visible words that has scripts, none of them with text, is an empty shell."""
_RENDER_IT = ("the page is an empty shell: rendering it would help (cleaner clean URL --render)",)
_PLACE = re.compile(r"(?:https?|file)://\S+|\S+\.x?html?(?:\.gz)?", re.IGNORECASE)
"""What was given for a page where it should have been fetched or read."""
_DOUBT = 0.6
"""A confidence below this is told in the warnings."""


def segmented(tree: Tree) -> tuple[Layout, tuple[str, ...]]:
    """Return the blocks of a page, after them those of its scripts' data if it is a shell."""
    layout = segment(tree.root)
    if (visible := sum(layout.words)) >= _SHELL or (root := tree.whole()) is None:
        return layout, ()
    from cleaner.shell import shell_markup

    markup = shell_markup(root)
    hidden = segment(parse(markup).root) if markup else Layout()
    if sum(hidden.words) <= _TIMES * visible:
        return layout, _RENDER_IT if visible < _HARDLY_ANY and _has_program(root) else ()
    layout.append(hidden)
    return layout, ("the page is an empty shell: its text was taken out of its scripts",)


def _has_program(root: _Element) -> bool:
    """Return whether a page has a script that runs; one of type JSON is data."""
    return any(
        "json" not in script.get("type", "").lower() and (script.get("src") or script.text)
        for script in root.iter("script", "{*}script")
    )


def doubts(document: Document) -> tuple[str, ...]:
    """Return what speaks against the text of a document, as warnings."""
    if not any(document.layout.texts):
        return ("the page has no visible text",)
    if len(document.layout) == 1 and _PLACE.fullmatch(document.layout.texts[0]):
        return ("the page is nothing but an address or the name of a file",)
    if not any(document.kept):
        return ("nothing on the page looks like main content",)
    if document.confidence < _DOUBT:
        return (f"low confidence: {document.confidence:.2f} of 1",)
    return ()
