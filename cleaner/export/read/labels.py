"""Labels beside code: the name of its language, and what offers to copy it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.export.nodes import Code, Equation, Paragraph, plain
from cleaner.export.read.display import numbered
from cleaner.export.read.languages import by_label, is_label, is_same
from cleaner.export.read.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.export.nodes import Node

_LONGEST = 30


def without_labels(nodes: list[Node]) -> list[Node]:
    """Return nodes without the labels beside code, which name its language or offer to copy it.

    A label above code that names no language itself gives it one. What is typed and what it prints
    are one listing where a `<code>` by itself stands beside a `<pre>` of its language. The number
    beside a formula on display is its tag.
    """
    kinds = set(map(type, nodes)) if len(nodes) > 1 else ()
    if Equation in kinds:
        nodes = numbered(nodes)
    if Code not in kinds:
        return nodes
    kept: list[Node] = []
    for node in reversed(nodes):
        if not (kept and isinstance(kept[-1], Code) and _is_label(node, kept[-1])):
            kept.append(node)
    result: list[Node] = []
    # The label that ends a box names the code above it, where nothing else does.
    if len(kept) > 1 and isinstance(above := kept[1], Code) and _is_label(kept[0], above):
        del kept[0]
    for node in reversed(kept):
        last = result[-1] if result else None
        if not isinstance(last, Code) or not (_repeats(node, last) or _continues(node, last)):
            result.append(node)
    return result


def labels_in(nodes: Sequence[Node]) -> set[int] | None:
    """Return which of the nodes of a page are labels of code; None if others belong together too.

    That may be code that goes on, what stands beside a formula, or a label that ends a box.
    """
    found: set[int] = set()
    below: Node | None = None
    for at in reversed(range(len(nodes))):
        if isinstance(below, Code) and _is_label(nodes[at], below):
            found.add(at)
        else:
            below = nodes[at]
    above: Node | None = None
    for at, node in enumerate(nodes):
        if isinstance(above, Code) and _repeats(node, above):
            found.add(at)
        if at in found:
            continue
        if above and (Equation in (type(above), type(node)) or _may_join(above, node)):
            return None
        above = node
    return found


def _may_join(above: Node, node: Node) -> bool:
    """Return whether code may go on, or end with a label."""
    if not isinstance(above, Code):
        return False
    if isinstance(node, Code):
        return above.lone >= 0 or node.lone >= 0
    return _is_label(node, above)


def offers_copy(text: str) -> bool:
    """Return whether a text says nothing, or only offers to copy code."""
    said = text.strip().lower()
    return not said or said in vocabulary()["copy"]["labels"]


def _continues(node: Node, above: Code) -> bool:
    """Join code to the listing above that it goes on with; return whether it does."""
    if not isinstance(node, Code):
        return False
    if node.lone == above.lone >= 0:  # two line breaks part its blocks
        above.text += f"\n\n{node.text}"
        return True
    if (node.lone < 0) == (above.lone < 0):
        return False
    if not node.language or node.language != above.language:
        return False
    above.text += f"\n{node.text}"
    above.lone = node.lone
    return True


def _is_label(node: Node, below: Code) -> bool:
    """Return whether a text is a label above code; it may name the language of that."""
    if _repeats(node, below):
        return True
    label = _label(node) if isinstance(node, Paragraph) else ""
    if not label or below.language or not is_label(label):
        return False
    below.language = by_label(label)
    return True


def _repeats(node: Node, beside: Code) -> bool:
    """Return whether a paragraph only repeats the language of code, or offers to copy it."""
    label = _label(node) if isinstance(node, Paragraph) else ""
    if not label:
        return False
    language = beside.language
    return label in vocabulary()["copy"]["labels"] or (
        language != ""
        and (label == language or is_same(label.removesuffix(":").replace(" ", "-"), language))
    )


def _label(paragraph: Paragraph) -> str:
    """Return the text of a paragraph in lower case if it is short enough for a label, else ""."""
    first = paragraph.inline[0]
    if isinstance(first, str) and len(first) > _LONGEST:
        return ""
    text = plain(paragraph.inline).strip().lower()
    return text if len(text) <= _LONGEST else ""
