"""The pieces of text around the page's title, where bylines and dates stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cleaner.metadata._collect import BEFORE, UNSEEN, Page, _Element, clean

if TYPE_CHECKING:
    from collections.abc import Iterator


class Piece(NamedTuple):
    """A run of text and the element it stands in; `distance` counts elements from the title.

    `tail` says that it comes after an element inside.
    """

    text: str
    element: _Element
    distance: int
    tail: bool = False


def pieces(page: Page) -> list[Piece]:
    """The visible runs of text around the element that holds the title, in document order."""
    return [
        Piece(shown, element, distance, tail)
        for text, element, distance, tail in _runs(page)
        if text and not text.isspace() and (shown := clean(text[:1000]))
    ]


def _runs(page: Page) -> Iterator[tuple[str | None, _Element, int, bool]]:
    start = max(0, page.anchor - BEFORE) - page.anchor
    open_: list[_Element] = []
    unseen: _Element | None = None
    for distance, element in enumerate(page.near, start):
        parent = element.getparent()
        while open_ and open_[-1] is not parent:
            closed = open_.pop()
            if closed is unseen:
                unseen = None
            if unseen is None and (outer := closed.getparent()) is not None:
                yield closed.tail, outer, distance, True
        open_.append(element)
        if unseen is None and element.tag in UNSEEN:
            unseen = element
        if unseen is None:
            yield element.text, element, distance, False
