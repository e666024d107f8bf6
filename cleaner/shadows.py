"""shadows: what a page declares in shadow trees, put where a browser shows it.

A `<template shadowrootmode="open">` holds what the element around it shows. The other children of
that element stand at the first `<slot>` in there that asks for them: by their `slot`, or for those
that have none (https://html.spec.whatwg.org/#attr-template-shadowrootmode).
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["open_shadows"]

_MOST: Final = 2000
"""Shadow trees and slots of a page that are looked at."""
_DEEPEST: Final = 100
"""Elements between a slot and its shadow tree."""


def open_shadows(root: _Element) -> None:
    """Open the shadow trees of a page, and put into their slots what belongs there.

    What no slot asks for stays after the shadow tree, so that nothing of a page is lost.

    >>> from lxml import etree
    >>> shadow = '<template shadowrootmode="open"><p>One</p><slot>…</slot></template>'
    >>> root = etree.HTML(f"<x-story>{shadow}<p>Two</p></x-story>")
    >>> open_shadows(root)
    >>> etree.tostring(root.find("body/*")).decode()
    '<x-story><span><p>One</p><slot><p>Two</p></slot></span></x-story>'
    """
    shadows = [each for each in root.iter("template") if each.get("shadowrootmode")][:_MOST]
    slots: dict[_Element, dict[str, _Element]] = {shadow: {} for shadow in shadows}
    for slot in islice(root.iter("slot"), _MOST):
        around = islice(slot.iterancestors(), _DEEPEST)
        owner = next((each for each in around if each.tag == "template"), None)
        if owner in slots:
            slots[owner].setdefault(slot.get("name", ""), slot)
    for shadow, own in slots.items():
        host = shadow.getparent()
        if host is not None:
            _fill(own, [child for child in host if child is not shadow])
        shadow.tag = "span"
        del shadow.attrib["shadowrootmode"]


def _fill(slots: dict[str, _Element], children: list[_Element]) -> None:
    """Put each child into the slot that asks for it, in place of what that shows without any."""
    filled = set()
    for child in children:
        slot = slots.get(child.get("slot", ""))
        if slot is None:
            continue
        if slot not in filled:
            filled.add(slot)
            del slot[:]
            slot.text = None
        slot.append(child)
