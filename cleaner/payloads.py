"""payloads: the invisible elements of a layout that carry the source of a formula."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from cleaner.document import CELLS

if TYPE_CHECKING:
    from lxml.etree import _Element

    from cleaner.document import Layout


def add_source(
    layout: Layout, node: int, tag: str, attributes: dict[str, str], drawing: _Element
) -> bool:
    """Let the source of a formula stand for its hidden drawing, where an attribute holds it.

    An icon in a cell stays as an element without text: it may be all that the cell says.
    """
    if tag in ("i", "svg") and not CELLS.isdisjoint(
        layout.tags[n] for n in (node, layout.parents[node]) if n >= 0
    ):
        _add_node(layout, node, tag, attributes, layout.flags[node])
        return False
    source, classes = None, attributes.get("class", "")
    if layout.tags[node] == "mjx-container":
        found = (inner.get("data-latex") for inner in drawing.iter("g", "mjx-math"))
        source = next(filter(None, found), None)
    elif classes == "katex-html":
        around = islice(layout.ancestors(node), 3)
        sources = (layout.attributes[outer].get("data-math") for outer in around)
        source = next(filter(None, sources), None)
    elif classes.startswith("mjx-"):
        source = layout.attributes[node].get("aria-label")
    elif tag == "img" and "math" in classes:
        source = attributes.get("alt")
    if not source:
        return False
    about = {"encoding": "application/x-tex", "class": classes, "#text": source}
    add_payload(layout, node, "annotation", about, layout.flags[node])
    return True


def add_payload(
    layout: Layout, parent: int, tag: str, attributes: dict[str, str], flags: int
) -> None:
    """Add an invisible element that carries the source of a formula."""
    _add_node(layout, parent, tag, attributes, flags)
    layout.pieces.append("")
    layout.piece_nodes.append(len(layout.tags) - 1)


def _add_node(
    layout: Layout, parent: int, tag: str, attributes: dict[str, str], flags: int
) -> None:
    layout.tags.append(tag)
    layout.parents.append(parent)
    layout.flags.append(flags)
    layout.attributes.append(attributes)


def holds_formula(script: _Element) -> bool:
    """Return whether a script carries the source of a formula; comments count as scripts."""
    return (script.get("type") or "").startswith("math/")
