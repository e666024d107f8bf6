"""Elements that stand beside the text and are no part of it: tools, permalinks, bullets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.export.read.places import is_permalink
from cleaner.export.read.vocabulary import roles_of
from cleaner.export.tree import Element, shown

if TYPE_CHECKING:
    from cleaner.export.read.reader import Reader

_COUNT = re.compile(r"\d{1,3}|[a-zA-Z]|[ivx]{1,5}")


def is_one(reader: Reader, child: Element, found: frozenset[str]) -> bool:
    """Return whether an element stands beside the text, by its roles: tool, permalink, bullet."""
    return (
        "no_text" in found
        or ("file_info" in found and not _is_above_code(reader, child.node))
        or ("icon_name" in found and len(child.text().split()) < 2)
        or ("spoken" in found and reader.is_beside_link_text(child.node) and not _counts(child))
        or ("permalink" in found and is_permalink(child.text(), named=True))
        or ("item_label" in found and _is_bullet(reader, child))
    )


def _is_above_code(reader: Reader, node: int) -> bool:
    """Return whether a node is the name of a file in the box of its code."""
    around = reader.layout.attributes[reader.layout.parents[node]]
    return "code_block" in roles_of(around)


def _is_bullet(reader: Reader, child: Element) -> bool:
    """Return whether an element is a bullet or number that a page writes itself before an item."""
    layout = reader.layout
    item = layout.parents[child.node]
    said = "".join(filter(str.isalnum, child.text()))
    return layout.tags[item] == "li" and (
        not said or (layout.tags[layout.parents[item]] == "ol" and bool(_COUNT.fullmatch(said)))
    )


def _counts(child: Element) -> bool:
    """Return whether a text has figures: a price is spoken where it is drawn in parts."""
    return any(map(str.isdigit, child.text()))


def is_only_spoken(child: Element) -> bool:
    """Tell whether only a screen reader says the text of a link."""
    found = shown(child)
    return bool(found) and all(
        isinstance(part, Element) and "spoken" in roles_of(part.attributes) for part in found
    )
