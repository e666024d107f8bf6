"""Callouts: boxed remarks, with the title that their theme or their first words give them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.export.nodes import Break, Callout, Paragraph, Quote, Span, plain, unbolded
from cleaner.export.read import blocks
from cleaner.export.read.display import split
from cleaner.export.read.images import is_sign
from cleaner.export.read.inline import inline
from cleaner.export.read.vocabulary import bare_callout, callout, roles_of, vocabulary
from cleaner.export.tree import HEADINGS, Element, Run, leading, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cleaner.export.nodes import Inline, Node
    from cleaner.export.read.reader import Reader

_LONGEST_LABEL = 30
_WRITTEN = re.compile(r"\[!(\w+)\][+-]?\s*")
# Boxes that the bare name of a kind may make a callout; blocks that may say nothing but one.
_BARE = frozenset(("aside", "blockquote", "div", "section"))
_NAMING = ("data-callout-type", "data-panel-type", "data-node-type")
_NAMES = frozenset(("data-callout", *_NAMING))
_LABELS = HEADINGS | {"p", "div"}


def kind_of(element: Element) -> str:
    """Return the kind of callout that the attributes of a box make it, "" if none."""
    classes = element.attributes.get("class", "")
    kind = callout(classes) if classes else ""
    if not kind and not _NAMES.isdisjoint(element.attributes):
        kind = _named_kind(element.attributes)
    if not kind and classes and element.tag in _BARE and (kind := bare_callout(classes)):
        first = element.children[0] if element.children else ""
        told = _is_title(first) or _says_kind(_first_words(first)) or _is_table_of(kind, first)
        kind = kind if told else ""
    return kind if kind.isalpha() else ""


def _named_kind(attributes: Mapping[str, str]) -> str:
    """Return the kind of callout that an attribute of its own names, "" if none."""
    if "data-callout" in attributes:
        return attributes["data-callout"].lower()
    known: dict[str, str] = vocabulary()["callouts"]["kinds"]
    kind = next((attributes[name].lower() for name in _NAMING if name in attributes), "")
    return "note" if kind == "callout" else known.get(kind, "")


def read(reader: Reader, element: Element, kind: str) -> list[Node]:
    """Read a boxed remark; its title is the element that the theme names so."""
    title, rest = take(element, _is_title, 0 if reader.is_own else 3)
    run_in = False
    if title is None and not reader.is_own:
        # AsciiDoc lays its admonitions out as tables: an icon, then the content.
        title, rest = take(element, lambda child: child.attributes.get("class") == "icon")
        content, _ = take(element, lambda child: child.attributes.get("class") == "content")
        rest = content.children if content else rest
        if title is None and any(_is_table_of(kind, child) for child in rest):
            title, _ = take(element, lambda child: child.tag == "th")
            content, _ = take(element, lambda child: child.tag == "td" and _says_more(child))
            rest = content.children if content else rest
    # The parser ends a heading before a paragraph in it.
    is_cut = title is not None and title.tag in HEADINGS and is_sign(title.text().strip())
    heading = _heading(reader, blocks.runs(title)) if title and not is_cut else []
    first = rest[0] if rest and not heading and not reader.is_own else ""
    if not isinstance(first, str) and (is_cut or _is_label(first)):
        heading = _heading(reader, blocks.runs(first) if isinstance(first, Element) else [first])
        rest = rest[1:]
    heading = unbolded(heading)
    nodes = blocks.read(reader, rest)
    if not nodes:
        nodes = split(heading)
        heading = []
    if nodes and not heading:
        heading = _label(nodes)
        run_in = bool(heading)
    return [Callout(kind, heading, nodes, run_in)] if nodes else []


def written(nodes: list[Node]) -> list[Node]:
    """Return a quote as the callout that its first words make it, as Markdown writes one."""
    inside = nodes[0].blocks if len(nodes) == 1 and isinstance(nodes[0], Quote) else []
    first = inside[0] if inside else None
    if not isinstance(first, Paragraph) or not isinstance(first.inline[0], str):
        return nodes
    match = _WRITTEN.match(first.inline[0])
    kind = vocabulary()["callouts"]["kinds"].get(match[1].lower()) if match else None
    if not match or not kind:
        return nodes
    content = [first.inline[0][match.end() :], *first.inline[1:]]
    line = next((at for at, node in enumerate(content) if isinstance(node, Break)), 0)
    title = [node for node in content[:line] if node] or [match[1].capitalize()]
    below = [*split(content[line + (line > 0) :]), *inside[1:]]
    return [Callout(kind, title, below)] if below else nodes


def _heading(reader: Reader, title: list[Run]) -> Inline:
    """Return a title without its icon, and without what only a screen reader says beside it."""
    for run in title:
        shown = [c for c in run.children if not (isinstance(c, Element) and _is_beside(c))]
        if any(text_of(c).strip() for c in shown):
            run.children = shown
    return inline(reader, title, [])


def _is_beside(element: Element) -> bool:
    return not roles_of(element.attributes).isdisjoint(("spoken", "callout_icon"))


def _is_label(first: Element | Run) -> bool:
    """Return whether a block says no more than the kind of a callout, or is its icon."""
    return (isinstance(first, Run) or first.tag in _LABELS) and (
        _says_kind(first.text()) or is_sign(first.text().strip())
    )


def _says_kind(text: str) -> bool:
    return text.strip(" \n:.!").lower() in vocabulary()["callouts"]["kinds"]


def _is_table_of(kind: str, first: Element | Run | str) -> bool:
    """Return whether a box is a table named by its kind, as of DocBook: icon, title, text."""
    if not isinstance(first, Element) or first.tag != "table":
        return False
    return first.attributes.get("summary", "").lower() == kind


def _says_more(cell: Element) -> bool:
    return bool(cell.text().strip())


def _first_words(first: Element | Run | str) -> str:
    """Return the text of the first block, or of the strong emphasis that begins it."""
    for item in leading(first):
        is_strong = isinstance(item, Element) and item.tag in ("b", "strong")
        if is_strong or not (isinstance(item, str) or item.children):
            return text_of(item)
    return text_of(first)


def _label(nodes: list[Node]) -> Inline:
    """Take the title out of the first paragraph of a callout: "**Note:** …"."""
    first = nodes[0]
    if not isinstance(first, Paragraph) or len(first.inline) < 2:
        return []
    label, after = first.inline[0], first.inline[1]
    if not isinstance(label, Span) or label.kind != "strong" or not isinstance(after, str):
        return []
    text = plain([label]) + after[:1]
    if not text.rstrip().endswith(":") or len(text) > _LONGEST_LABEL:
        return []
    title, rest = plain([label]).strip(": "), after.lstrip(": ")
    if not title or not (rest or first.inline[2:]):
        return []
    first.inline = [rest, *first.inline[2:]] if rest else first.inline[2:]
    return [title]


def _is_title(item: Element | Run | str) -> bool:
    return isinstance(item, Element) and "callout_title" in roles_of(item.attributes)


def take(
    element: Element, wanted: Callable[[Element], bool], depth: int = 3
) -> tuple[Element | None, list[Element | Run | str]]:
    """Return the first wanted box inside `element`, and the children without it."""
    for index, child in enumerate(element.children):
        if not isinstance(child, Element):
            continue
        if wanted(child):
            return child, element.children[:index] + element.children[index + 1 :]
        if depth and not isinstance(child, Run):
            found, rest = take(child, wanted, depth - 1)
            if found:
                return found, [*element.children[:index], *rest, *element.children[index + 1 :]]
    return None, element.children
