"""shadows: what a page declares in shadow trees, put where a browser shows it.

A `<template shadowrootmode="open">` holds what the element around it shows. The other children of
that element stand at the first `<slot>` in there that asks for them: by their `slot`, or for those
that have none (https://html.spec.whatwg.org/#attr-template-shadowrootmode). Most pages that have
shadow trees have menus in them, which only a click shows; so these count, as `<noscript>` does,
only where they outweigh the rest, by far.
"""

from __future__ import annotations

from itertools import islice
from typing import Final, cast

from lxml import etree

_Element = etree._Element

_MOST: Final = 2000
"""Shadow trees and slots of a page that are looked at."""
_DEEPEST: Final = 100
"""Elements between a slot and its shadow tree."""
_TIMES: Final = 3
"""How many times as much text they must hold as the rest to be opened."""
_TEXTS: Final = etree.XPath(
    ".//text()[not(parent::script or parent::style or parent::noscript)]", smart_strings=False
)


def open_shadows(root: _Element) -> None:
    """Open the shadow trees of a page that stands in them, and fill their slots.

    What no slot asks for stays after the shadow tree, so that nothing of a page is lost.

    >>> from lxml import etree
    >>> shadow = '<template shadowrootmode="open"><p>One evening</p><slot>…</slot></template>'
    >>> root = etree.HTML(f"<x-story>{shadow}<p>Two</p></x-story>")
    >>> open_shadows(root)
    >>> etree.tostring(root.find("body/*")).decode()
    '<x-story><span><p>One evening</p><slot><p>Two</p></slot></span></x-story>'
    """
    shadows = [each for each in root.iter("template") if each.get("shadowrootmode")][:_MOST]
    outermost = [each for each in shadows if not _is_inside(each)]
    inside = sum(map(_length, outermost))
    if inside <= _TIMES * (_length(root) - inside):
        return
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


def _is_inside(shadow: _Element) -> bool:
    """Return whether a shadow tree is inside another."""
    return any(each.get("shadowrootmode") for each in islice(shadow.iterancestors(), _DEEPEST))


def _length(part: _Element) -> int:
    """Return how many characters of text a part holds."""
    return sum(len(text.strip()) for text in cast("list[str]", _TEXTS(part)))


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
