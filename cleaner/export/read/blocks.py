"""Blocks: headings, paragraphs, lists, quotes, figures and the boxes around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.export import nodes as n
from cleaner.export.read import (
    by_class,
    callouts,
    code,
    labels,
    lists,
    math,
    signatures,
    tables,
    terms,
    threads,
)
from cleaner.export.read.callouts import take
from cleaner.export.read.display import split
from cleaner.export.read.inline import SPANS, built, inline, only_text
from cleaner.export.read.no_text import is_only_spoken
from cleaner.export.read.places import is_permalink
from cleaner.export.read.vocabulary import bare_callout, callout, roles_of
from cleaner.export.tree import HEADINGS, LISTS, Element, Run, parts_in, shown
from cleaner.walk import draws_nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cleaner.export.read.reader import Reader

_LEVELS = "1 2 3 4 5 6".split()
_SHOWN = (n.Image, n.Link)
_MORE = frozenset("p li dd pre td".split())
# What may be an item without a list around it, or a list by its terms.
_ITEMS = ("p", "li", "dl")
_WRAPS = frozenset(("a", *SPANS))
# Where the image of a formula by itself is one on display.
_ALONE = frozenset(("p", "div", "center", "figure"))


def read(reader: Reader, children: Iterable[Element | Run | str]) -> list[n.Node]:
    """Return the nodes of the boxes and runs in `children`."""
    nodes: list[n.Node] = []
    first: Element | None = None  # of the lists side by side
    notes = reader.notes
    for child in children:
        if isinstance(child, Run):
            first = None
            if child.block not in notes.runs:
                found = _paragraph(reader, child)
                if child.block in reader.ruled and _are_paragraphs(nodes, found):
                    nodes.append(n.Rule())
                nodes += found
        elif isinstance(child, Element):
            found = _box(reader, child)
            is_list = child.tag in LISTS or (
                len(found) == 1
                and isinstance(found[0], n.List)
                and (child.tag in _ITEMS or "item_list" in roles_of(child.attributes))
            )
            if is_list and first and lists.join(reader, nodes, first, child, found):
                continue
            nodes += found
            first = child if is_list else None
    return labels.without_labels(nodes) if reader.has_labels and not reader.is_own else nodes


def _box(reader: Reader, element: Element) -> list[n.Node]:
    """Return the nodes of one box."""
    while element.node not in reader.notes.boxes:
        handler = _HANDLERS.get(element.tag)
        if handler:
            return handler(reader, element)
        if element.attributes and (found := _read_by_attributes(reader, element)) is not None:
            return found
        children = element.children
        if len(children) != 1 or not isinstance(children[0], Element):
            return read(reader, children)
        element = children[0]
    return []


def _read_by_attributes(reader: Reader, element: Element) -> list[n.Node] | None:
    """Return the nodes of a box that its attributes give a meaning, None if none does."""
    attributes = element.attributes
    by_role = _BY_ROLE.get(attributes.get("role", ""))
    if by_role and (told := by_role(reader, element)) is not None:
        return told
    if reader.has_threads and threads.is_comment(element):
        return quote(reader, element)
    names = roles_of(attributes)
    for role, handler in by_class.HANDLERS.items() if names else ():
        if role in names and (found := handler(reader, element)) is not None:
            return found
    kind = callouts.kind_of(element)
    return callouts.read(reader, element, kind) if kind else None


def _are_paragraphs(before: list[n.Node], after: list[n.Node]) -> bool:
    """Return whether paragraphs stand on both sides of a line."""
    sides = (*before[-1:], *after[:1])
    return len(sides) == 2 and all(isinstance(node, n.Paragraph) for node in sides)


def _paragraph(reader: Reader, run: Run) -> list[n.Node]:
    """Return the nodes of one block of running text."""
    if not reader.wraps and (text := only_text(reader, run)):
        return [n.Paragraph([text])]
    if not code.INLINE.isdisjoint(reader.tags) and (block := code.lone(reader, run)):
        return [block]
    if _has_title(reader, run):
        title, rest = run.part(run.children[:1]), run.part(run.children[1:])
        return [*split(inline(reader, (title,), reader.wraps)), *_paragraph(reader, rest)]
    content = built(reader, (run,), reader.wraps)
    if len(content) == 1 and isinstance(drawn := content[0], n.Formula):
        drawn.display |= reader.layout.tags[run.node] in _ALONE and _is_image(run)
        reader.has_labels = True
    return split(content)


def _is_image(run: Run) -> bool:
    """Return whether a run holds nothing but an image."""
    item: Element | Run | str = run
    while not isinstance(item, str) and item.children:
        inside = shown(item)
        item = inside[0] if len(inside) == 1 else ""
    return isinstance(item, Element) and item.tag == "img"


def runs(element: Element, *, buttons: bool = True) -> list[Run]:
    """Return all runs inside a box, but those of tools and of links to its own place."""

    def is_closed(part: Element | Run) -> bool:
        return isinstance(part, Run) or (
            _leads_to_itself(part)
            or "no_text" in roles_of(part.attributes)
            or (part.tag == "button" and not buttons)
        )

    return [part for part in parts_in(element, is_closed) if isinstance(part, Run)]


def _leads_to_itself(element: Element) -> bool:
    """Return whether a link around blocks shows no more than "#", as beside headings."""
    href = element.attributes.get("href", "") if element.tag == "a" else ""
    return href[:1] == "#" and (is_permalink(element.text()) or is_only_spoken(element))


def _wrapped(reader: Reader, element: Element) -> list[n.Node]:
    """Read inline markup that lies around whole blocks."""
    reader.wraps.append(element)
    nodes = read(reader, element.children)
    reader.wraps.pop()
    return nodes


def _heading(reader: Reader, element: Element) -> list[n.Node]:
    if "signature_heading" in roles_of(element.attributes) and not reader.is_own:
        return [n.Heading(_level(element), [n.CodeSpan(signatures.text_of(element))])]
    parts = runs(element, buttons=reader.is_own) or runs(element)
    content = inline(reader, parts, reader.wraps)
    content = content if reader.is_own else n.unbolded(content)
    if not content or reader.notes.is_title(element, parts):
        return []
    if isinstance(content[0], _SHOWN) and all(
        isinstance(node, _SHOWN) and not n.plain([node]).strip() for node in content
    ):
        return [n.Paragraph(content)]
    return [n.Heading(_level(element), content)]


def _named_heading(reader: Reader, element: Element) -> list[n.Node]:
    """Read a heading by its role, unless it holds more than a heading may."""
    if any(reader.layout.tags[run.node] in _MORE for run in runs(element)):
        return read(reader, element.children)
    return _heading(reader, element)


def _level(element: Element) -> int:
    """Return the level of a heading; one by its role alone is of the second, unless it tells."""
    level = element.tag[1:] if element.tag in HEADINGS else element.attributes.get("aria-level", "")
    return int(level) if level in _LEVELS else 2


def quote(reader: Reader, element: Element) -> list[n.Node]:
    """Return a box as a quote, unless its class says that it is none."""
    found = roles_of(element.attributes)
    if "code" in found and (block := code.block(reader, element)):
        return [block]
    nodes = read(reader, element.children)
    if "no_quote" in found or (not reader.is_own and element.node in reader.indented):
        return nodes
    return [n.Quote(nodes)] if nodes else []


def _quote_or_callout(reader: Reader, element: Element) -> list[n.Node]:
    kind = callouts.kind_of(element) if element.attributes else ""
    if kind:
        return callouts.read(reader, element, kind)
    nodes = quote(reader, element)
    return nodes if reader.is_own else callouts.written(nodes)


def _has_title(reader: Reader, run: Run) -> bool:
    """Return whether a run in a quote begins with whom it cites, as forums write above a quote."""
    first = run.children[0] if run.children else ""
    if isinstance(first, str) or first.tag != "cite" or reader.is_own:  # type: ignore[union-attr]
        return False
    return reader.layout.nearest(run.node, ("blockquote",), 2) >= 0 and len(shown(run)) > 1


def _figure(reader: Reader, element: Element) -> list[n.Node]:
    """Read a figure: its content, then its own caption, not that of a figure inside."""

    def is_caption(inner: Element) -> bool:
        nearest = reader.layout.nearest
        return inner.tag == "figcaption" and nearest(inner.node, ("figure",)) == element.node

    caption, rest = take(element, is_caption, 0)
    if caption is None and not reader.is_own:
        caption, rest = take(element, is_caption)
    if caption is None:
        kind = callouts.kind_of(element)  # as Notion writes them
        return callouts.read(reader, element, kind) if kind else read(reader, element.children)
    nodes = read(reader, rest)
    below = read(reader, caption.children)
    first = rest[0] if rest else ""
    is_above = isinstance(first, str) or first.node >= caption.node
    if nodes and isinstance(nodes[0], n.Code) and is_above:
        return [*below, *nodes]
    return [n.Figure(nodes, below)] if nodes and below else [*nodes, *below]


def _details(reader: Reader, element: Element) -> list[n.Node]:
    summary, rest = take(element, lambda child: child.tag == "summary", 0)
    classes = element.attributes.get("class", "")
    kind = (callout(classes) or bare_callout(classes)) if classes else ""
    is_tool = summary is not None and "no_text" in roles_of(summary.attributes)
    titles = runs(summary) if summary and not is_tool else []
    title = inline(reader, titles, []) if titles else []
    nodes = read(reader, rest)
    layout = reader.layout
    found = (layout.nearest(run.node, HEADINGS, 3) for run in titles)
    heads = [head for head in found if head >= 0]
    if heads and not kind:
        if "signature_heading" in roles_of(layout.attributes[heads[0]]):
            return [*read(reader, summary.children if summary else []), *nodes]
        return [n.Heading(int(layout.tags[heads[0]][1:]), n.unbolded(title)), *nodes]
    if not nodes:
        return split(title)
    return [n.Callout(kind, title, nodes)] if kind else [n.Details(title, nodes)]


def _table(reader: Reader, element: Element) -> list[n.Node]:
    if not reader.is_own and (found := tables.counted(reader, element)):
        return found
    if "thread" in roles_of(element.attributes):
        return threads.read(reader, element)
    node = tables.read(reader, element)
    if node is None:
        return read(reader, element.children)
    if isinstance(node, n.Table):
        return tables.parted(node) if reader.options.tables else []
    return [node]


def _button(reader: Reader, element: Element) -> list[n.Node]:
    if code.is_tool(element):
        return []
    named = _folding(reader, element)
    return read(reader, element.children) if named is None else named


def _folding(reader: Reader, element: Element) -> list[n.Node] | None:
    """Return the one block on what folds a text out, in bold as a summary is."""
    if "aria-expanded" not in element.attributes or len(runs(element)) > 1:
        return None
    name = Element("strong", {}, element.node, element.depth)
    name.children = element.children
    return _wrapped(reader, name)


def _pre(reader: Reader, element: Element) -> list[n.Node]:
    found = roles_of(element.attributes)
    if "no_text" in found or ("code_source" in found and draws_nothing(element.attributes)):
        return []
    if "line_number" in found and code.is_tool(element):
        return []  # the numbers stand beside the code, not in it
    is_formula = "math_source" in found
    block = math.on_display(element) if is_formula else code.block(reader, element)
    if isinstance(block, n.Code) and "verses" in found:
        return [_stanza(lines) for lines in re.split(r"\n[ \t]*\n\s*", block.text.strip())]
    return [block] if block else []


def _stanza(lines: str) -> n.Node:
    first, *rest = map(str.strip, lines.split("\n"))
    return n.Paragraph([first, *(part for line in rest for part in (n.Break(), line))])


_HANDLERS: dict[str, Callable[[Reader, Element], list[n.Node]]] = {
    **dict.fromkeys(HEADINGS, _heading),
    **dict.fromkeys(_WRAPS, _wrapped),
    **dict.fromkeys(LISTS, lists.read),
    "li": lists.stray,
    "dl": terms.read,
    "blockquote": _quote_or_callout,
    "figure": _figure,
    "details": _details,
    "table": _table,
    "button": _button,
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext", "textarea"), _pre),
}
_BY_ROLE: dict[str, Callable[[Reader, Element], list[n.Node] | None]] = {
    "heading": _named_heading,
    "blockquote": quote,
    "list": lists.read,
    "listitem": lists.stray,
    "button": _folding,
}
"""What an element without a meaning of its own is by its ARIA role."""
