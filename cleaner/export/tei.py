"""XML-TEI for corpora: a header of metadata, and the kept blocks as TEI P5 elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from cleaner.export import nodes as n
from cleaner.export.read.reader import read
from cleaner.export.text import raw_text
from cleaner.streamed import NOT_XML

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    from cleaner.document import Document
    from cleaner.export.options import Options

SUFFIX = ".xml"
NAMESPACE = "http://www.tei-c.org/ns/1.0"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ADDRESS = re.compile(r"https?://\S+\Z")
_RENDITIONS = {
    "em": "italic",
    "strong": "bold",
    "mark": "highlighted",
    "sub": "subscript",
    "sup": "superscript",
    "kbd": "typewriter",
}


def render(document: Document, options: Options) -> str:
    """Return a TEI document with one final newline."""
    root = etree.Element(f"{{{NAMESPACE}}}TEI", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    _header(root, document)
    text = _add(root, "text")
    language = document.metadata.language
    if language:
        text.set(f"{_XML}lang", _valid(language))
    body = _add(text, "body")
    if document.page.media == "text":
        for paragraph in re.split(r"\n\s*\n", raw_text(document)):
            if paragraph.strip():
                _text(_add(body, "p"), paragraph.strip())
    else:
        _divisions(body, read(document, options))
    if not len(body):
        _add(body, "p")
    return etree.tostring(root, encoding="unicode") + "\n"


def _valid(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)


def _add(parent: _Element, tag: str, text: str = "", **attributes: str) -> _Element:
    """Append an element to `parent`."""
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    for name, value in attributes.items():
        child.set(name, _valid(value))
    if text:
        child.text = _valid(text)
    return child


def _text(parent: _Element, text: str) -> None:
    """Append text to what stands in `parent`."""
    text = _valid(text)
    last = next(parent.iterchildren(reversed=True), None)  # `len` would count all of them
    if last is not None:
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _header(root: _Element, document: Document) -> None:
    metadata = document.metadata
    header = _add(root, "teiHeader")
    file = _add(header, "fileDesc")
    title = _add(file, "titleStmt")
    _add(title, "title", metadata.title or "")
    for author in metadata.authors:
        _add(title, "author", author)
    publication = _add(file, "publicationStmt")
    _add(publication, "publisher", metadata.site_name or "")
    if metadata.license:
        address = {"target": metadata.license} if _ADDRESS.match(metadata.license) else {}
        _add(_add(publication, "availability"), "licence", metadata.license, **address)
    if metadata.date:
        _add(publication, "date", metadata.date, when=metadata.date)
    source = _add(_add(file, "sourceDesc"), "bibl")
    url = metadata.url or document.url
    if url:
        _add(source, "ptr", target=url)
    profile = _add(header, "profileDesc")
    if metadata.description:
        _add(_add(profile, "abstract"), "p", metadata.description)
    if metadata.language:
        _add(_add(profile, "langUsage"), "language", metadata.language, ident=metadata.language)
    if metadata.tags:
        keywords = _add(_add(profile, "textClass"), "keywords")
        for tag in metadata.tags:
            _add(keywords, "term", tag)


def _divisions(body: _Element, nodes: list[n.Node]) -> None:
    """Append blocks in divisions: a heading begins one, inside those of higher headings."""
    open_ = [(0, _add(body, "div"))] if nodes else []
    for node in nodes:
        if isinstance(node, n.Heading):
            while open_[-1][0] >= node.level:
                open_.pop()
            division = _add(open_[-1][1], "div", n=str(node.level))
            _inline(_add(division, "head"), node.inline)
            open_.append((node.level, division))
        else:
            _blocks(open_[-1][1], [node])


def _blocks(parent: _Element, nodes: list[n.Node]) -> None:
    for node in nodes:
        _BLOCKS[type(node)](parent, node)


def _inline(parent: _Element, content: n.Inline) -> None:
    for node in content:
        if isinstance(node, str):
            _text(parent, node)
        else:
            _INLINE[type(node)](parent, node)


def _heading(parent: _Element, node: n.Heading) -> None:
    # In items and cells there are no divisions to begin; `<ab>` may stand anywhere.
    _inline(_add(parent, "ab", type="head", n=str(node.level)), node.inline)


def _list(parent: _Element, node: n.List) -> None:
    start = {"n": str(node.start)} if node.ordered and node.start != 1 else {}
    outer = _add(parent, "list", rend="numbered" if node.ordered else "bulleted", **start)
    for item in node.items:
        _blocks(_add(outer, "item"), item.blocks)


def _table(parent: _Element, node: n.Table) -> None:
    outer = _add(parent, "table")
    if node.caption:
        _inline(_add(outer, "head"), node.caption)
    for index, row in enumerate(node.rows):
        inner = _add(outer, "row", role="label" if index < node.head else "data")
        for cell in row:
            _blocks(_add(inner, "cell"), cell.blocks)


def _definitions(parent: _Element, node: n.Definitions) -> None:
    outer = _add(parent, "list", type="gloss")
    for entry in node.entries:
        _inline(_add(outer, "label"), entry.term)
        item = _add(outer, "item")
        for blocks in entry.definitions:
            _blocks(item, blocks)


def _titled(parent: _Element, title: n.Inline, kind: str, blocks: list[n.Node]) -> None:
    outer = _add(parent, "floatingText", type=kind)
    body = _add(outer, "body")
    if title:
        _inline(_add(body, "head"), title)
    _blocks(body, blocks)


def _note(parent: _Element, node: n.Note) -> None:
    note = _add(parent, "note", place="end", n=node.label)
    note.set(f"{_XML}id", f"fn-{node.label}")
    _blocks(note, node.blocks)


def _span(parent: _Element, node: n.Span) -> None:
    if node.kind == "del":
        _inline(_add(parent, "del"), node.inline)
    else:
        _inline(_add(parent, "hi", rend=_RENDITIONS.get(node.kind, node.kind)), node.inline)


def _image(parent: _Element, node: n.Image) -> None:
    graphic = _add(parent, "graphic", url=node.url)
    if node.alt:
        _add(graphic, "desc", node.alt)


_INLINE: dict[type, Callable[..., object]] = {
    n.Span: _span,
    n.Link: lambda parent, node: _inline(_add(parent, "ref", target=node.url), node.inline),
    n.Image: _image,
    n.CodeSpan: lambda parent, node: _text(_add(parent, "code"), node.text),
    n.Formula: lambda parent, node: _text(_add(parent, "formula", notation="TeX"), node.latex),
    n.NoteMark: lambda parent, node: _text(
        _add(parent, "ref", type="note", target=f"#fn-{node.label}"), node.label
    ),
    n.Ruby: lambda parent, node: _text(parent, n.plain([node])),
    n.Break: lambda parent, _: _add(parent, "lb"),
}

_BLOCKS: dict[type, Callable[..., object]] = {
    n.Paragraph: lambda parent, node: _inline(_add(parent, "p"), node.inline),
    n.Heading: _heading,
    # Neither may stand beside paragraphs.
    n.Code: lambda parent, node: _text(
        _add(_add(parent, "ab"), "code", **({"lang": node.language} if node.language else {})),
        node.text,
    ),
    n.Equation: lambda parent, node: _text(
        _add(_add(parent, "ab"), "formula", notation="TeX"), node.latex
    ),
    n.Rule: lambda parent, _: _add(parent, "milestone", unit="section"),
    n.Quote: lambda parent, node: _blocks(_add(parent, "quote"), node.blocks),
    n.Callout: lambda parent, node: _titled(parent, node.title, node.kind, node.blocks),
    n.List: _list,
    n.Table: _table,
    n.Definitions: _definitions,
    n.Figure: lambda parent, node: _blocks(_add(parent, "figure"), [*node.blocks, *node.caption]),
    n.Details: lambda parent, node: _titled(parent, node.summary, "details", node.blocks),
    n.Note: _note,
}
