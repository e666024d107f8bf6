"""Blocks: headings, paragraphs, lists, quotes, figures and the boxes around them."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from cleaner.export.nodes import (
    Break,
    Callout,
    Details,
    Equation,
    Figure,
    Formula,
    Heading,
    Image,
    Link,
    List,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    plain,
)
from cleaner.export.read import callouts, code, labels, lists, math, tables
from cleaner.export.read.callouts import take
from cleaner.export.read.inline import SPANS, built, inline, only_text
from cleaner.export.read.places import is_permalink
from cleaner.export.read.tex import NUMBERED
from cleaner.export.read.vocabulary import callout, roles, vocabulary
from cleaner.export.tree import HEADINGS, Element, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cleaner.export.nodes import Inline, Node
    from cleaner.export.read import Reader

TWINS = 8
"""Images of one source whose nodes are at most this far apart are the same image shown twice."""

_LONGEST_PROMPT = 12
_EQUATION_NUMBER = re.compile(r"\s*\(([A-Z]?[\d.]{1,8}[a-z]?)\)\s*")
_LEVELS = "1 2 3 4 5 6".split()
_SHOWN = (Image, Link)
_MORE = frozenset("p li dd pre td".split())
_WRAPS = frozenset(("a", *SPANS))
# Where the image of a formula by itself is one on display.
_ALONE = frozenset(("p", "div", "center", "figure"))


def read_in_python(reader: Reader, children: Iterable[Element | Run | str]) -> list[Node]:
    """Return the nodes of the boxes and runs in `children`."""
    nodes: list[Node] = []
    first: Element | None = None  # of the lists side by side
    notes = reader.notes
    for child in children:
        if isinstance(child, Run):
            first = None
            if not notes.is_definition_run(child.block):
                found = paragraph(reader, child)
                if child.block in reader.ruled and are_paragraphs(nodes, found):
                    nodes.append(Rule())
                nodes += found
        elif isinstance(child, Element):
            found = box(reader, child)
            is_list = child.tag in lists.LISTS or (
                child.tag == "p" and len(found) == 1 and isinstance(found[0], List)
            )
            if is_list and first and lists.join(reader, nodes, first, child, found):
                continue
            nodes += found
            first = child if is_list else None
    return labels.without_labels(nodes) if reader.has_code and not reader.is_own else nodes


def box_in_python(reader: Reader, element: Element) -> list[Node]:
    """Return the nodes of one box."""
    while not reader.notes.is_definition(element.node):
        handler = HANDLERS.get(element.tag)
        if handler:
            return handler(reader, element)
        if element.attributes and (found := read_by_attributes(reader, element)) is not None:
            return found
        children = element.children
        if len(children) != 1 or not isinstance(children[0], Element):
            return read(reader, children)
        element = children[0]
    return []


def read_by_attributes(reader: Reader, element: Element) -> list[Node] | None:
    """Return the nodes of a box that its attributes give a meaning, None if none does."""
    attributes = element.attributes
    handler = BY_ROLE.get(attributes.get("role", ""))
    if handler:
        return handler(reader, element)
    classes = attributes.get("class")
    if classes and (names := roles(classes)):
        found = _by_role(reader, element, names)
        if found is not None:
            return found
    kind = callouts.kind_of(element)
    return callouts.read(reader, element, kind) if kind else None


def _by_role(reader: Reader, element: Element, found: frozenset[str]) -> list[Node] | None:
    """Return the nodes of a box that a class name gives a role, None if none does."""
    if _says_nothing(reader, element, found):
        return []
    if "quote" in found or ("quote_aside" in found and element.tag == "aside"):
        return _boxed_quote(reader, element)
    if "comment" in found and reader.has_threads:
        return _quote(reader, element)
    if "marked_list" in found:
        return lists.marked(read(reader, element.children))
    if "list_paragraph" in found and (item := lists.written(element)):
        return lists.from_paragraph(reader, *item)
    block: Node | None = None
    if "code" in found or ("code_lines" in found and code.is_listing(element)):
        block = code.block(reader, element)
    elif "equation" in found:
        block = math.equation(element)
    elif "math_source" in found and math.is_bare(element) and (drawn := math.formula(element)):
        block = Equation(drawn.latex)
    return [block] if block else None


def _says_nothing(reader: Reader, element: Element, found: frozenset[str]) -> bool:
    """Tell by its roles a box that only draws, counts or repeats what others say."""
    return (
        "code_copy" in found
        or "fold_link" in found
        or "no_text" in found
        or ("math_drawing" in found and math.is_spare(reader, element))
        or ("prompt" in found and len(element.text().strip()) <= _LONGEST_PROMPT)
        or ("line_number" in found and code.is_tool(element))
        or ("rubric" in found and _is_title_of_notes(reader, element, runs(element)))
    )


def paragraph_in_python(reader: Reader, run: Run) -> list[Node]:
    """Return the nodes of one block of running text."""
    if not reader.wraps and (text := only_text(run)):
        return [Paragraph([text])]
    return marked_paragraph(reader, run)


def are_paragraphs(before: list[Node], after: list[Node]) -> bool:
    """Tell whether paragraphs stand on both sides of a line."""
    sides = (*before[-1:], *after[:1])
    return len(sides) == 2 and all(isinstance(node, Paragraph) for node in sides)


def marked_paragraph(reader: Reader, run: Run) -> list[Node]:
    """Return the nodes of one block of text with markup in or around it."""
    if not code.INLINE.isdisjoint(reader.tags) and (block := code.lone(reader, run)):
        return [block]
    if _has_title(reader, run):
        title, rest = run.cut(1)
        return [*split(inline(reader, (title,), reader.wraps)), *paragraph(reader, rest)]
    content = built(reader, (run,), reader.wraps)
    if len(content) == 1 and isinstance(drawn := content[0], Formula):
        drawn.display |= reader.layout.tags[run.node] in _ALONE and _is_image(run)
    return split(content)


def _is_image(run: Run) -> bool:
    """Tell a run that holds nothing but an image."""
    item: Element | Run | str = run
    while not isinstance(item, str) and item.children:
        inside = [c for c in item.children if not isinstance(c, str) or c.strip()]
        item = inside[0] if len(inside) == 1 else ""
    return isinstance(item, Element) and item.tag == "img"


def split(content: Inline) -> list[Node]:
    """Return inline content as paragraphs, with the formulas on display between them."""
    if Formula not in map(type, content):
        return [] if _is_blank(content) else [Paragraph(content)]
    nodes: list[Node] = []
    rest: Inline = []
    for node in content:
        if isinstance(node, Formula) and node.display:
            tag = _tag(rest, node.latex)
            if not tag and not _is_blank(rest):
                nodes.append(Paragraph(_stripped(rest)))
            nodes.append(Equation(node.latex + tag))
            rest = []
        else:
            rest.append(node)
    if not _is_blank(rest):
        nodes.append(Paragraph(_stripped(rest) if nodes else rest))
    return nodes


def _tag(before: Inline, latex: str) -> str:
    """Return as LaTeX the number that stands before a formula on display, "" if none does."""
    alone = before[0] if len(before) == 1 and isinstance(before[0], str) else ""
    number = _EQUATION_NUMBER.fullmatch(alone)
    return f" \\tag{{{number[1]}}}" if number and not NUMBERED.search(latex) else ""


def _is_blank(content: Inline) -> bool:
    for node in content:
        if not isinstance(node, Break) and not (isinstance(node, str) and not node.strip()):
            return False
    return True


def _unbroken(content: Inline) -> Inline:
    """Return inline content without the line breaks that begin it."""
    while content:
        first = content[0]
        if isinstance(first, Span | Link):
            first.inline = _unbroken(first.inline)
            if first.inline:
                break
        elif not isinstance(first, Break):
            break
        content = content[1:]
    return content


def _stripped(content: Inline) -> Inline:
    content = _unbroken(content)
    while content and isinstance(content[-1], Break):
        content = content[:-1]
    if content and isinstance(content[0], str):
        content[0] = content[0].lstrip()
    if content and isinstance(content[-1], str):
        content[-1] = content[-1].rstrip()
    return [node for node in content if node != ""]


def runs(element: Element) -> list[Run]:
    """Return all runs inside a box, but those of tools and of links to its own place."""
    found: list[Run] = []
    stack: list[Element | Run | str] = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, Run):
            found.append(item)
        elif isinstance(item, Element) and not (_leads_to_itself(item) or _is_no_text(item)):
            stack.extend(reversed(item.children))
    return found


def _is_no_text(element: Element) -> bool:
    return "no_text" in roles(element.attributes.get("class", ""))


def _leads_to_itself(element: Element) -> bool:
    """Tell a link around blocks that says no more than "#", as beside headings."""
    href = element.attributes.get("href", "") if element.tag == "a" else ""
    return href[:1] == "#" and is_permalink(element.text())


def _wrapped(reader: Reader, element: Element) -> list[Node]:
    """Read inline markup that lies around whole blocks."""
    reader.wraps.append(element)
    nodes = read(reader, element.children)
    reader.wraps.pop()
    return nodes


def _heading(reader: Reader, element: Element) -> list[Node]:
    parts = runs(element)
    content = inline(reader, parts, reader.wraps)
    if not content or _is_title_of_notes(reader, element, parts):
        return []
    if isinstance(content[0], _SHOWN) and all(
        isinstance(node, _SHOWN) and not plain([node]).strip() for node in content
    ):
        return [Paragraph(content)]
    return [Heading(_level(element), content)]


def _named_heading(reader: Reader, element: Element) -> list[Node]:
    """Read a heading by its role, unless it holds more than a heading may."""
    if any(reader.layout.tags[run.node] in _MORE for run in runs(element)):
        return read(reader, element.children)
    return _heading(reader, element)


def _level(element: Element) -> int:
    """Return the level of a heading; one by its role alone is of the second, unless it tells."""
    level = element.tag[1:] if element.tag in HEADINGS else element.attributes.get("aria-level", "")
    return int(level) if level in _LEVELS else 2


def _is_title_of_notes(reader: Reader, element: Element, parts: list[Run]) -> bool:
    """Tell the title of nothing but footnotes, which move to the end without it."""
    if not reader.notes.definitions or reader.is_own or not parts:
        return False
    # One that only a screen reader hears is never of anything else.
    if "spoken" in roles(element.attributes.get("class", "")):
        return True
    title = element.text().strip(" \n:.").lower()
    return title in vocabulary()["footnotes"]["titles"] and _stands_above_notes(
        reader, parts[-1].block
    )


def _stands_above_notes(reader: Reader, block: int) -> bool:
    """Tell whether a heading stands above notes alone, up to the next one or the end of its box."""
    layout, notes = reader.layout, reader.notes
    around = layout.parents[layout.block_nodes[block]]
    found = False
    for below in range(block + 1, len(layout)):
        if not reader.kept[below] or not layout.texts[below]:
            continue
        path = list(layout.ancestors(layout.block_nodes[below]))
        if not notes.is_definition_run(below) and not any(map(notes.is_definition, path)):
            return found and (layout.tags[path[0]] in HEADINGS or around not in path)
        found = True
    return found


def _quote(reader: Reader, element: Element) -> list[Node]:
    nodes = read(reader, element.children)
    is_quote = "no_quote" not in roles(element.attributes.get("class", ""))
    return [Quote(nodes)] if nodes and is_quote else nodes


def _quote_or_callout(reader: Reader, element: Element) -> list[Node]:
    kind = callouts.kind_of(element) if element.attributes else ""
    return callouts.read(reader, element, kind) if kind else _quote(reader, element)


def _boxed_quote(reader: Reader, element: Element) -> list[Node]:
    """Read a box that names itself a quote; the quotation inside it begins no inner one."""
    nodes: list[Node] = []
    for node in read(reader, element.children):
        nodes.extend(node.blocks if isinstance(node, Quote) else [node])
    return [Quote(nodes)] if nodes else []


def _has_title(reader: Reader, run: Run) -> bool:
    """Tell a run in a quote that begins with whom it cites, as forums write above a quote."""
    first = run.children[0] if run.children else ""
    if isinstance(first, str) or first.tag != "cite" or reader.is_own:  # type: ignore[union-attr]
        return False
    return any(
        reader.layout.tags[node] == "blockquote"
        for node in islice(reader.layout.ancestors(run.node), 2)
    ) and any(not isinstance(c, str) or c.strip() for c in run.children[1:])


def _is_caption(element: Element) -> bool:
    return element.tag == "figcaption"


def _figure(reader: Reader, element: Element) -> list[Node]:
    """Read a figure: its content, then its caption."""
    caption, rest = take(element, _is_caption, 0)
    if caption is None and not reader.is_own:
        caption, rest = take(element, _is_caption)
    if caption is None:
        return read(reader, element.children)
    nodes = read(reader, rest)
    below = read(reader, caption.children)
    return [Figure(nodes, below)] if nodes and below else [*nodes, *below]


def _details(reader: Reader, element: Element) -> list[Node]:
    summary, rest = take(element, lambda child: child.tag == "summary", 0)
    classes = element.attributes.get("class", "")
    kind = callout(classes) if classes else ""
    title = inline(reader, runs(summary), []) if summary else []
    nodes = read(reader, rest)
    if not nodes:
        return split(title)
    return [Callout(kind, title, nodes)] if kind else [Details(title, nodes)]


def _table(reader: Reader, element: Element) -> list[Node]:
    if not reader.is_own and (found := tables.counted(reader, element)):
        return found
    node = tables.read(reader, element)
    if node is None:
        return read(reader, element.children)
    if isinstance(node, Table) and not reader.options.tables:
        return []
    return [node]


def _button(reader: Reader, element: Element) -> list[Node]:
    return [] if code.is_tool(element) else read(reader, element.children)


def _pre(reader: Reader, element: Element) -> list[Node]:
    if "math_source" in roles(element.attributes.get("class", "")):
        formula = math.formula(element)
        return [Equation(formula.latex)] if formula else []
    block = code.block(reader, element)
    return [block] if block else []


HANDLERS: dict[str, Callable[[Reader, Element], list[Node]]] = {
    **dict.fromkeys(HEADINGS, _heading),
    **dict.fromkeys(_WRAPS, _wrapped),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), lists.read),
    "li": lists.stray,
    "dl": lists.definitions,
    "blockquote": _quote_or_callout,
    "figure": _figure,
    "details": _details,
    "table": _table,
    "button": _button,
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext", "textarea"), _pre),
}
BY_ROLE: dict[str, Callable[[Reader, Element], list[Node]]] = {
    "heading": _named_heading,
    "blockquote": _quote,
    "list": lists.read,
    "listitem": lists.stray,
}
"""What an element without a meaning of its own is by its ARIA role."""

try:
    from cleaner.export.read._blocks import box, paragraph, read
except ImportError:  # not compiled here
    box, paragraph, read = box_in_python, paragraph_in_python, read_in_python

__all__ = ["box", "paragraph", "read", "read_by_attributes", "runs", "split"]
