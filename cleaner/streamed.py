"""streamed: the parts of a page that came late, put where its script puts them.

React, and what builds on it, sends a page with gaps: a `<template id="B:0">` or `"P:0"` stands
for what is not ready, beside a fallback such as "Loading …". The missing part comes at the end of
the page, hidden, as `<div hidden id="S:0">`, and a script moves it. Nothing here runs that script.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from lxml import etree

NOT_XML: Final = re.compile("[\0-\x08\v\f\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What may stand in a tree that was parsed, and may not be written into it."""

_GAPS: Final = ("B:", "P:")
_OPEN: Final = frozenset(("$", "$?", "$!", "$~"))
_CLOSE: Final = "/$"
"""The comments at the begin and the end of the place of a part, which may hold others."""
_PART: Final = "streamed-part"
_MOST: Final = 2000
"""Gaps and parts of a page, and nodes of a fallback, that are looked at."""
_DEEPEST: Final = 500
"""A gap inside more elements stays one, so that parts in parts do not get deeper and deeper."""


def settle(root: etree._Element) -> None:
    """Put each part into its gap, in place of the fallback; take the comments away.

    A part without a gap stays where it is, hidden, and so does all but the first of a name.

    >>> page = '<p>One</p><!--$?--><template id="B:1"></template><i>…</i><!--/$--><p>Three</p>'
    >>> root = etree.HTML(page + '<div hidden id="S:1"><p>Two</p></div>')
    >>> settle(root)
    >>> etree.tostring(root).decode()
    '<html><body><p>One</p><p>Two</p><p>Three</p></body></html>'
    """
    parts, gaps = _found(root)
    waiting = gaps.pop(None, [])[::-1]
    while waiting:
        gap = waiting.pop()
        name = gap.get("id", "")[2:]
        around = list(gap.iterancestors())
        # A gap in a fallback that was taken away is no longer in the page.
        if name in parts and len(around) < _DEEPEST and around[-1] is root:
            part = parts.pop(name)
            _fill(gap, part)
            waiting.extend(gaps.pop(part, [])[::-1])
    etree.strip_tags(root, _PART, etree.Comment)


def _found(
    root: etree._Element,
) -> tuple[dict[str, etree._Element], dict[etree._Element | None, list[etree._Element]]]:
    """Return the parts by their name, and the gaps by the part that they stand in, if any."""
    parts: dict[str, etree._Element] = {}
    gaps: dict[etree._Element | None, list[etree._Element]] = {}
    around: list[etree._Element] = []
    left = _MOST
    for event, element in etree.iterwalk(root, ("start", "end"), ("div", "template")):
        if event == "end":
            if around and around[-1] is element:
                around.pop()
            continue
        name = element.get("id", "")
        if element.tag == "div":
            if name.startswith("S:") and "hidden" in element.attrib and name[2:] not in parts:
                parts[name[2:]] = element
                around.append(element)
                left -= 1
        elif name.startswith(_GAPS) and not (len(element) or element.text):
            gaps.setdefault(around[-1] if around else None, []).append(element)
            left -= 1
        if not left:
            break
    return parts, gaps


def _fill(gap: etree._Element, part: etree._Element) -> None:
    """Put a part into a gap; its tags, and those of the gap, are taken away at the end."""
    place = gap.getparent()
    if place is not None and (fallback := _fallback(gap)) is not None:
        gap.tail = None
        for node in fallback:
            place.remove(node)
    _take_out(part)
    part.tag = gap.tag = _PART
    part.attrib.clear()
    gap.insert(0, part)


def _fallback(gap: etree._Element) -> list[etree._Element] | None:
    """Return what stands between a gap and the end of its place; None if that is not marked."""
    if not gap.get("id", "").startswith("B:"):
        return None
    found: list[etree._Element] = []
    depth = 0
    for node in islice(gap.itersiblings(), _MOST):
        if isinstance(node, etree._Comment):
            depth += (node.text in _OPEN) - (node.text == _CLOSE)
            if depth < 0:
                return found
        found.append(node)
    return None


def _take_out(part: etree._Element) -> None:
    """Take a part out of the tree; the text after it stays."""
    parent, before = part.getparent(), part.getprevious()
    if parent is None:
        return
    if part.tail and before is not None:
        before.tail = NOT_XML.sub(" ", (before.tail or "") + part.tail)
    elif part.tail:
        parent.text = NOT_XML.sub(" ", (parent.text or "") + part.tail)
    part.tail = None
    parent.remove(part)
