"""The pieces of text around the page's title, where bylines and dates stand."""

from __future__ import annotations

from typing import NamedTuple

from cleaner.metadata._collect import BEFORE, UNSEEN, Page, _Element, clean


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
    anchor = page.anchor
    start = max(0, anchor - BEFORE)
    found: list[Piece] = []
    open_: list[_Element] = []
    unseen: _Element | None = None
    for place, element in enumerate(page.near, start):
        parent = element.getparent()
        while open_ and open_[-1] is not parent:
            closed = open_.pop()
            if closed is unseen:
                unseen = None
            if unseen is None:
                _add(found, closed.tail, closed.getparent(), place - anchor, tail=True)
        open_.append(element)
        if unseen is None and element.tag in UNSEEN:
            unseen = element
        if unseen is None:
            _add(found, element.text, element, place - anchor)
    return found


def _add(
    found: list[Piece],
    text: str | None,
    element: _Element | None,
    distance: int,
    *,
    tail: bool = False,
) -> None:
    if text and element is not None and not text.isspace():
        text = clean(text[:1000])
        if text:
            found.append(Piece(text, element, distance, tail))
