"""segment: an lxml tree to the flat arrays of a `Layout`, in one pass and without recursion."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.document import HIDDEN, LINK, NOSCRIPT, PRE, Layout

if TYPE_CHECKING:
    from lxml.etree import _Element

BLOCK_TAGS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html"
    " legend li listing main menu nav noframes noscript ol optgroup p plaintext pre search section"
    " select summary table tbody td textarea tfoot th thead tr ul xmp".split()
)
SKIPPED_TAGS = frozenset(
    "script style template head svg title canvas datalist noembed meta link base param".split()
)
OBJECT_TAGS = frozenset("img video audio iframe embed input".split())
PAYLOAD_TAGS = frozenset(("annotation", "annotation-xml", "script"))
FLAGS = {
    "a": LINK,
    "noscript": NOSCRIPT,
    "noframes": NOSCRIPT,
    "pre": PRE,
    "textarea": PRE,
    "listing": PRE,
    "xmp": PRE,
    "plaintext": PRE,
}
# Scripts written without spaces between words, and Hangul: one character counts as one word.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
# UTF-8 takes over two bytes a character in every script of `UNSPACED`, and under in most others.
_UNSPACED_BYTES = 2.05

_NO_ATTRIBUTES: dict[str, str] = {}


def count_words(text: str, spaced: int | None = None) -> int:
    """Return the number of words of `text`; `spaced` is that of its parts between white space.

    >>> count_words("to ord"), count_words("東京 2026")
    (2, 4)
    """
    count = len(text.split()) if spaced is None else spaced
    if text.isascii() or len(text.encode("utf-8", "replace")) < _UNSPACED_BYTES * len(text):
        return count
    return count + len(UNSPACED.findall(text))


def _is_hidden(attributes: dict[str, str]) -> bool:
    if attributes.get("hidden", "until-found") != "until-found":
        return True
    if attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return style is not None and "none" in style and "display:none" in style.replace(" ", "")


def _add_source(layout: Layout, blocks: _Blocks, node: int) -> None:
    """Let the source that surrounds a drawn formula stand for it, where it is in an attribute."""
    for _ in range(3):
        source = layout.attributes[node].get("data-math") if node >= 0 else None
        if source:
            layout.tags.append("annotation")
            layout.parents.append(node)
            layout.flags.append(layout.flags[node])
            layout.attributes.append({"encoding": "application/x-tex", "#text": source})
            layout.pieces.append("")
            layout.piece_nodes.append(len(layout.tags) - 1)
            blocks.has_object = True
            return
        node = layout.parents[node] if node >= 0 else -1


def _is_payload(tag: str, attributes: dict[str, str]) -> bool:
    """Tell an invisible element that carries the source of a formula."""
    return tag != "script" or attributes.get("type", "").startswith("math/")


class _Blocks:
    """Closes runs of pieces into blocks."""

    __slots__ = ("breaks", "has_object", "layout", "start")

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.start = 0
        self.breaks: list[int] = []
        self.has_object = False

    def close(self, node: int) -> None:
        """End the running block, which stands in the block-level node `node`."""
        layout, start, pieces = self.layout, self.start, self.layout.pieces
        end = len(pieces)
        if start == end:
            return
        raw = "".join(pieces[start:]) if end - start > 1 else pieces[start]
        words = raw.split()
        if words or self.has_object:
            pre = layout.flags[node] & PRE
            if pre:
                text = raw.strip("\n") if words else ""
            elif self.breaks and words:
                text = self._lines(start, end)
            else:
                text = " ".join(words)
            layout.block_nodes.append(node)
            layout.starts.append(start)
            layout.ends.append(end)
            layout.texts.append(text)
            layout.words.append(count_words(text, len(words)))
            layout.links.append(self._link_characters(start, end))
            self.start = end
        else:
            del pieces[start:], layout.piece_nodes[start:]
        if self.breaks:
            self.breaks = []
        self.has_object = False

    def line_break(self, node: int, block: int) -> None:
        """Take a `<br>`; a second one with nothing between ends the block."""
        pieces = self.layout.pieces
        if (
            self.breaks
            and not self.layout.flags[node] & PRE
            and not "".join(pieces[self.breaks[-1] :]).strip()
        ):
            self.close(block)
        self.breaks.append(len(pieces))
        pieces.append("\n")
        self.layout.piece_nodes.append(node)

    def _lines(self, start: int, end: int) -> str:
        pieces, edges = self.layout.pieces, [start, *self.breaks, end]
        lines = (
            " ".join("".join(pieces[left:right]).split())
            for left, right in zip(edges, edges[1:], strict=False)
        )
        return "\n".join(line for line in lines if line)

    def _link_characters(self, start: int, end: int) -> int:
        layout = self.layout
        flags, nodes = layout.flags, layout.piece_nodes
        return sum(
            len(layout.pieces[piece].strip())
            for piece in range(start, end)
            if flags[nodes[piece]] & LINK
        )


def segment(root: _Element | None) -> Layout:
    """Return the blocks of the tree under `root`: every visible character in exactly one of them.

    Not visible are the contents of `SKIPPED_TAGS` and hidden elements; `<noscript>` counts only
    when its text outweighs that of the rest.
    """
    layout = Layout()
    if root is None:
        return layout
    layout.title = " ".join((root.findtext("head/title") or "").split())
    base = root.find("head/base[@href]")
    if base is not None:
        layout.base = base.get("href", "")
    _walk(root, layout)
    _settle_noscript(layout)
    return layout


def _walk(root: _Element, layout: Layout) -> None:  # noqa: C901, PLR0912, PLR0915 - the hot loop
    blocks = _Blocks(layout)
    close = blocks.close
    tags, parents, flags = layout.tags, layout.parents, layout.flags
    attributes, pieces, piece_nodes = layout.attributes, layout.pieces, layout.piece_nodes
    elements = []
    stack = []
    children = iter((root,))
    node = block = -1
    while True:
        for element in children:
            tag = element.tag
            if tag.__class__ is not str:
                tag = "script"  # a comment or a processing instruction
            elif tag[0] == "{":
                tag = tag.rpartition("}")[2]
            items = element.items()
            attrs = dict(items) if items else _NO_ATTRIBUTES
            hidden = items and _is_hidden(attrs)
            if tag in SKIPPED_TAGS or tag in PAYLOAD_TAGS or (hidden and tag not in BLOCK_TAGS):
                if attrs.get("class") == "katex-html":
                    _add_source(layout, blocks, node)
                if tag in PAYLOAD_TAGS and _is_payload(tag, attrs) and node >= 0:
                    tags.append(tag)
                    parents.append(node)
                    flags.append(flags[node])
                    attributes.append({**attrs, "#text": element.text or ""})
                    pieces.append("")
                    piece_nodes.append(len(tags) - 1)
                    blocks.has_object = True
                if node >= 0 and (text := element.tail):
                    pieces.append(text)
                    piece_nodes.append(node)
                continue
            parents.append(node)
            flags.append((flags[node] if node >= 0 else 0) | FLAGS.get(tag, 0))
            if hidden:
                flags[-1] |= HIDDEN
            attributes.append(attrs)
            inner = len(tags)
            tags.append(tag)
            if tag in BLOCK_TAGS:
                close(block)
                inner_block = inner
            elif tag == "br":
                blocks.line_break(inner, block)
                inner_block = block
            elif tag in OBJECT_TAGS:
                if tag != "input" or attrs.get("type") == "checkbox":
                    pieces.append("")
                    piece_nodes.append(inner)
                    blocks.has_object = True
                inner_block = block
            else:
                inner_block = block
                if tag == "option":
                    pieces.append(" ")
                    piece_nodes.append(inner)
            if tag not in OBJECT_TAGS:
                if text := element.text:
                    pieces.append(text)
                    piece_nodes.append(inner)
                if len(element):
                    stack.append((children, node, block))
                    elements.append(element)
                    children, node, block = iter(element), inner, inner_block
                    break
            if inner_block != block:
                close(inner_block)
            if node >= 0 and (text := element.tail):
                pieces.append(text)
                piece_nodes.append(node)
        else:
            if not stack:
                break
            children, node, outer = stack.pop()
            element = elements.pop()
            if outer != block:
                close(block)
                block = outer
            if node >= 0 and (text := element.tail):
                pieces.append(text)
                piece_nodes.append(node)
    close(block)


def _settle_noscript(layout: Layout) -> None:
    """Drop the blocks inside `<noscript>` unless they hold more text than all others."""
    inside = [bool(layout.flags[node] & NOSCRIPT) for node in layout.block_nodes]
    if True not in inside:
        return
    lengths = [len(text) for text in layout.texts]
    within = sum(length for length, flag in zip(lengths, inside, strict=True) if flag)
    if within > sum(lengths) - within:
        return
    for column in (layout.block_nodes, layout.starts, layout.ends, layout.texts, layout.words,
                   layout.links):  # fmt: skip
        column[:] = [value for value, flag in zip(column, inside, strict=True) if not flag]  # type: ignore[index]
