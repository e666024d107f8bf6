"""HTML: clean, semantic and safe. Every element and attribute is one that this module writes."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from cleaner.export import nodes as n
from cleaner.export.read.reader import read
from cleaner.export.text import raw_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.document import Document
    from cleaner.export.options import Options

SUFFIX = ".html"


def render(document: Document, options: Options) -> str:
    """Return the kept blocks as an `<article>`, "" if there are none.

    Its attribute tells that it is clean: cleaned again, all of it is kept.
    """
    body = _body(document, options)
    return f'<article data-cleaned="">\n{body}</article>\n' if body else ""


def _body(document: Document, options: Options) -> str:
    if document.page.media == "text":
        return _paragraphs(raw_text(document))
    nodes = read(document, options)
    body = [_block(node) for node in nodes if not isinstance(node, n.Note)]
    notes = [_block(node) for node in nodes if isinstance(node, n.Note)]
    if notes:
        body.append(f'<section role="doc-endnotes">\n<ol>\n{_lines(notes)}\n</ol>\n</section>')
    return _lines(body) + "\n" if body else ""


def _paragraphs(text: str) -> str:
    """Return plain text as paragraphs: what blank lines part."""
    paragraphs: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            paragraphs[-1].append(escape(line.strip()))
        elif paragraphs[-1]:
            paragraphs.append([])
    return "".join(f"<p>{'<br>'.join(lines)}</p>\n" for lines in paragraphs if lines)


def _lines(parts: list[str]) -> str:
    return "\n".join(parts)


def _blocks(nodes: list[n.Node]) -> str:
    return _lines([_block(node) for node in nodes])


def _block(node: n.Node) -> str:
    return _BLOCKS[type(node)](node)


def inline(content: n.Inline) -> str:
    """Return inline content as HTML."""
    return "".join(
        escape(node) if isinstance(node, str) else _INLINE[type(node)](node) for node in content
    )


def _flow(nodes: list[n.Node]) -> str:
    """Return the content of an item or cell: a lone paragraph without its `<p>`."""
    is_lone = len(nodes) == 1 or (len(nodes) == 2 and isinstance(nodes[1], n.List))
    if is_lone and isinstance(nodes[0], n.Paragraph):
        return _lines([inline(nodes[0].inline), *map(_block, nodes[1:])])
    return _blocks(nodes)


def _item(item: n.Item) -> str:
    box = ""
    if item.checked is not None:
        state = " checked" if item.checked else ""
        box = f'<input type="checkbox" disabled{state}> '
    value = f' value="{item.value}"' if item.value else ""
    return f"<li{value}>{box}{_flow(item.blocks)}</li>"


def _list(node: n.List) -> str:
    tag = "ol" if node.ordered else "ul"
    start = f' start="{node.start}"' if node.ordered and node.start != 1 else ""
    return f"<{tag}{start}>\n{_lines([_item(item) for item in node.items])}\n</{tag}>"


def _code(node: n.Code) -> str:
    name = f' class="language-{escape(node.language)}"' if node.language else ""
    return f"<pre><code{name}>{escape(node.text)}</code></pre>"


def _callout(node: n.Callout) -> str:
    blocks, title = node.blocks, ""
    if node.run_in and isinstance(first := blocks[0], n.Paragraph):
        label = n.Span("strong", [*node.title, ":"])
        blocks = [n.Paragraph([label, " ", *first.inline]), *blocks[1:]]
    elif node.title:
        title = f'<p class="callout-title">{inline(node.title)}</p>\n'
    kind = escape(node.kind)
    return f'<aside data-callout="{kind}">\n{title}{_blocks(blocks)}\n</aside>'


def table(node: n.Table) -> str:
    """Return a table as HTML without blank lines, so that Markdown can hold it."""
    caption = [f"<caption>{inline(node.caption)}</caption>"] if node.caption else []
    head, body = node.rows[: node.head], node.rows[node.head :]
    parts = ["<table>", *caption]
    for tag, rows in (("thead", head), ("tbody", body)):
        if rows:
            parts.extend((f"<{tag}>", *map(_row, rows), f"</{tag}>"))
    text = _lines([*parts, "</table>"])
    # A blank line would end the HTML block in Markdown.
    return text.replace("\n\n", "\n&#10;")


def _row(row: list[n.Cell]) -> str:
    cells = []
    for cell in row:
        tag = "th" if cell.header else "td"
        align = f' align="{cell.align}"' if cell.align else ""
        cells.append(f"<{tag}{align}>{_flow(cell.blocks)}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"


def _entry(entry: n.Entry) -> str:
    bodies = [f"<dd>{_flow(blocks)}</dd>" for blocks in entry.definitions]
    return _lines([f"<dt>{inline(entry.term)}</dt>", *bodies])


def _details(node: n.Details) -> str:
    summary = f"<summary>{inline(node.summary)}</summary>\n" if node.summary else ""
    return f"<details>\n{summary}{_blocks(node.blocks)}\n</details>"


def _figure(node: n.Figure) -> str:
    caption = f"\n<figcaption>{_flow(node.caption)}</figcaption>" if node.caption else ""
    return f"<figure>\n{_blocks(node.blocks)}{caption}\n</figure>"


def _link(node: n.Link) -> str:
    # A video has no text of its own: this is what tells its link from others.
    media = ' data-media=""' if node.media else ""
    return f'<a href="{escape(node.url)}"{media}>{inline(node.inline)}</a>'


def _formula(node: n.Formula) -> str:
    left, right = ("\\[", "\\]") if node.display else ("\\(", "\\)")
    return f'<span class="math">{left}{escape(node.latex)}{right}</span>'


def _ruby(node: n.Ruby) -> str:
    reading = f"<rp>(</rp><rt>{escape(node.reading)}</rt><rp>)</rp>" if node.reading else ""
    return f"<ruby>{escape(node.base)}{reading}</ruby>"


_INLINE: dict[type, Callable[..., str]] = {
    n.Span: lambda node: f"<{node.kind}>{inline(node.inline)}</{node.kind}>",
    n.Link: _link,
    n.Image: lambda node: f'<img src="{escape(node.url)}" alt="{escape(node.alt)}">',
    n.CodeSpan: lambda node: f"<code>{escape(node.text)}</code>",
    n.Formula: _formula,
    n.NoteMark: lambda node: f'<sup><a href="#fn-{node.label}">{node.label}</a></sup>',
    n.Ruby: _ruby,
    n.Break: lambda _: "<br>",
}

_BLOCKS: dict[type, Callable[..., str]] = {
    n.Paragraph: lambda node: f"<p>{inline(node.inline)}</p>",
    n.Heading: lambda node: f"<h{node.level}>{inline(node.inline)}</h{node.level}>",
    n.Code: _code,
    n.Equation: lambda node: f"<p>{_formula(n.Formula(node.latex, display=True))}</p>",
    n.Rule: lambda _: "<hr>",
    n.Quote: lambda node: f"<blockquote>\n{_blocks(node.blocks)}\n</blockquote>",
    n.Callout: _callout,
    n.List: _list,
    n.Table: table,
    n.Definitions: lambda node: f"<dl>\n{_lines(list(map(_entry, node.entries)))}\n</dl>",
    n.Figure: _figure,
    n.Details: _details,
    n.Note: lambda node: f'<li id="fn-{node.label}">{_flow(node.blocks)}</li>',
}
