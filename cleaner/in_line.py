"""in_line: which elements are shown in a line of text, and which as a block, whatever their tag."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_INLINE = re.compile(r"display\s*:\s*inline")
_INLINE_CLASSES = frozenset(
    "d-inline d-inline-block d-inline-flex inline inline-block inline-flex"
    " r-1471scf r-xoduu5".split()
)
"""Classes by which Bootstrap, Tailwind and React Native for Web show a box in the line."""
_BLOCK = re.compile(r"display\s*:\s*block")
_BLOCK_CLASSES = frozenset(("d-block", "block"))
"""Classes by which Bootstrap and Tailwind show an element as a block."""
CLUES = ("inline", "r-1471scf", "r-xoduu5")
"""One of these is in each name by which a box is shown in the line."""

_OPENING = frozenset(("data-footnote-number", "popovertarget"))
"""Attributes of a button that opens a note to its text."""
GOING_ON = frozenset(("span", "a"))
BOXES = frozenset(("div", "p"))
_PARTS = frozenset(
    "article body card comment content footer header heading headline item list panel paragraph"
    " post quote section subtitle title".split()
)
"""What ends the name of a component that is a part of a page, as `mat-card-title` is."""


def is_part(tag: str) -> bool:
    """Return whether a tag is that of a component that is named as a part of a page.

    >>> is_part("mat-card-title"), is_part("gl-emoji"), is_part("mjx-item"), is_part("item")
    (True, False, False, False)
    """
    _, dash, last = tag.rpartition("-")
    return dash != "" and last in _PARTS and not tag.startswith("mjx-")


def runs_on(attributes: dict[str, str], tail: str | None) -> bool:
    """Return whether a box stands in a sentence that goes on after it, or is the mark of a note."""
    return bool(tail and not tail.isspace()) or not _OPENING.isdisjoint(attributes)


def is_in_line(attributes: dict[str, str], beside: str) -> bool:
    """Return whether a box is shown in the line, beside a text that is no word right at its edge.

    >>> is_in_line({"style": "display: inline"}, " "), is_in_line({"class": "d-inline"}, "u")
    (True, False)
    """
    if beside.isalnum() or "role" in attributes:
        return False
    style = attributes.get("style", "")
    return _puts_in_line(attributes.get("class", "")) or (
        "inline" in style and _INLINE.search(style) is not None
    )


@lru_cache(maxsize=4096)
def _puts_in_line(classes: str) -> bool:
    names = (name.rpartition("--")[2] for name in classes.split())  # a modifier, as in BEM
    return not _INLINE_CLASSES.isdisjoint(names)


def is_block(attributes: dict[str, str]) -> bool:
    """Return whether an element is shown as a block by its style or a framework's class.

    >>> is_block({"style": "display: block"}), is_block({"class": "d-block"}), is_block({})
    (True, True, False)
    """
    classes = attributes.get("class", "").split()
    return not _BLOCK_CLASSES.isdisjoint(classes) or bool(
        _BLOCK.search(attributes.get("style", ""))
    )


def text_after(element: _Element) -> str:
    """Return the text right after a box, or in the first element behind it, if in a line."""
    text = element.tail or ""
    if text:
        return "" if text.isspace() else text
    after = element.getnext()
    if after is None or after.tag.__class__ is not str:
        return ""
    return after.text or "" if after.tag.rpartition("}")[2] in GOING_ON else ""
