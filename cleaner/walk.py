"""The walk over a tree, node by node: what each element means for the blocks of a `Layout`.

`cleaner._walk` is the compiled twin of `walk`, which takes its place where it could be built.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from cleaner.document import HIDDEN, LINK, NOSCRIPT, PRE, Layout
from cleaner.in_line import BOXES, is_in_line, is_part, runs_on, text_after
from cleaner.joints import settled
from cleaner.payloads import add_payload, add_source, holds_formula
from cleaner.players import PLAYING, player
from cleaner.scripts import COUNTED, FIRST_UNSPACED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

BLOCK_TAGS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html"
    " layer legend li listing main marquee menu multicol nav noframes noscript ol optgroup p"
    " plaintext pre search section select summary table tbody td textarea tfoot th thead tr ul"
    " xmp".split()
)
SKIPPED_TAGS = frozenset(
    "script style template svg title canvas datalist noembed meta link base param"
    " amp-consent amp-user-notification".split()
)
OBJECT_TAGS = frozenset(
    "img video audio iframe embed input amp-img amp-anim amp-video amp-audio amp-iframe".split()
)
PLAYED = frozenset(("video", "audio", "amp-video", "amp-audio"))
MUTE_TAGS = frozenset("style title meta link base param".split())
"""Elements of which not even the attributes are read; so are scripts without a formula."""
PAYLOAD_TAGS = frozenset(("annotation", "annotation-xml", "script"))

# What the walk needs to know of a tag, in one look-up: 0 is an ordinary inline element.
BLOCK, SKIP, PAYLOAD, OBJECT, BREAK, OPTION, RUNNING, MUTE = 16, 32, 64, 128, 256, 512, 1024, 2048
KINDS = dict.fromkeys(BLOCK_TAGS, BLOCK)
KINDS.update(dict.fromkeys(SKIPPED_TAGS, SKIP))
KINDS.update(dict.fromkeys(MUTE_TAGS, SKIP | MUTE))
KINDS.update(dict.fromkeys(PAYLOAD_TAGS, SKIP | PAYLOAD))
KINDS.update(dict.fromkeys(OBJECT_TAGS, OBJECT))
KINDS.update(a=LINK, br=BREAK, option=OPTION, button=BLOCK | RUNNING)
KINDS.update(mprescripts=OPTION, none=OPTION)  # empty, and what they part means otherwise without
for _tags, _flag in (("noscript noframes", NOSCRIPT), ("pre textarea listing xmp plaintext", PRE)):
    for _tag in _tags.split():
        KINDS[_tag] |= _flag
INHERITED = LINK | NOSCRIPT | PRE
_COUNTED = f"[{COUNTED}]"  # compiled where it is needed

LEAST_RULE = 10
"""Underscores alone in a line from which on they are one across the page."""

HIDING = frozenset(("hidden", "aria-hidden", "popover", "style"))
NO_ATTRIBUTES: dict[str, str] = {}
_NAMES = frozenset(("id", "name"))
# The tags of what an element stands for by its role.
TAGS_BY_ROLE = {
    "table": "table", "grid": "table", "treegrid": "table", "row": "tr", "cell": "td",
    "gridcell": "td", "columnheader": "th", "rowheader": "th",
}  # fmt: skip
# Elements of the head that name what they tell of by an attribute, or are it.
_NAMED_BY = {"title": "", "base": "", "link": "rel", "meta": "property"}
_TOLD_IN = {
    ("title", "title"): "#text", ("base", "base"): "href", ("link", "canonical"): "href",
    ("meta", "og:image"): "content", ("meta", "og:url"): "content",
}  # fmt: skip
# Elements that mean little by themselves.
TURNED = frozenset("div span ul ol li".split())


@lru_cache(maxsize=4096)
def kind_of(tag: str) -> int:
    """Return what the walk needs to know of a tag; a component that is a part may run on."""
    return KINDS.get(tag, BLOCK | RUNNING if is_part(tag) else 0)


def count_words(text: str, spaced: int | None = None) -> int:
    """Return the number of words of `text`; `spaced` is that of its parts between white space.

    >>> count_words("to ord"), count_words("東京 2026")
    (2, 4)
    """
    count = len(text.split()) if spaced is None else spaced
    if text.isascii() or max(text) < FIRST_UNSPACED:
        return count
    return count + len(re.findall(_COUNTED, text))


def is_indent(space: str) -> bool:
    """Return whether white space may indent a line of code: it is no break between source lines."""
    return len(space) > 1 and "\n" not in space


def is_target(attributes: dict[str, str]) -> bool:
    """Return whether an `<a>` is only a target: left open, it is around a whole page."""
    return bool(attributes) and attributes.keys() <= _NAMES


def with_source(attributes: dict[str, str], element: _Element) -> dict[str, str]:
    """Return the attributes of a video or sound, with the address of its first source."""
    if attributes.get("src"):
        return attributes
    found = (source.get("src") for source in element.iter("source"))
    address = next(filter(None, found), None)
    return {**attributes, "src": str(address)} if address else attributes


def is_hidden(attributes: dict[str, str]) -> bool:
    """Return whether its own attributes hide an element."""
    if attributes.get("hidden", "until-found") != "until-found":
        return True
    if attributes.get("aria-hidden") == "true" or "popover" in attributes:
        return True
    return draws_nothing(attributes)


def draws_nothing(attributes: Mapping[str, str]) -> bool:
    """Return whether its own style hides an element."""
    style = attributes.get("style")
    return style is not None and "none" in style and "display:none" in style.replace(" ", "")


def is_hidden_note(element: _Element, attributes: dict[str, str], *, alone: bool) -> bool:
    """Return whether a hidden box is a note to a word: it holds text, and the sentence goes on.

    `alone`: it stands in the block itself, and not in an element of a note's mark.
    """
    inside = element[0].tag if len(element) else ""
    if isinstance(inside, str) and kind_of(inside.rpartition("}")[2]) & BLOCK:
        return False
    around = element if alone else element.getparent()
    return around is not None and runs_on(attributes, around.tail)


def join_lines(pieces: list[str], edges: list[int]) -> str:
    """Return a text of several lines: `edges` are the pieces at which they begin and end."""
    lines = (" ".join("".join(pieces[left:right]).split()) for left, right in pairwise(edges))
    return "\n".join(line for line in lines if line)


def link_characters(layout: Layout, start: int, end: int) -> int:
    """Return how many characters of some pieces are inside links."""
    flags, nodes = layout.flags, layout.piece_nodes
    return sum(
        len(layout.pieces[piece].strip())
        for piece in range(start, end)
        if flags[nodes[piece]] & LINK
    )


class _Blocks:
    """Closes runs of pieces into blocks."""

    __slots__ = ("breaks", "has_link", "has_object", "in_noscript", "layout", "start")

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.start = 0
        self.breaks: list[int] = []
        self.has_link = False
        self.has_object = False
        self.in_noscript: list[int] = []

    def close(self, node: int) -> None:
        """End the running block, which stands in the block-level node `node`."""
        layout, start = self.layout, self.start
        pieces = layout.pieces
        end = len(pieces)
        if start == end:
            return
        is_pre = layout.flags[node] & PRE
        raw = "".join(pieces[start:]) if is_pre else settled(layout, start)
        words = raw.split()
        if words or self.has_object:
            if is_pre:
                text = raw.strip("\n") if words else ""
            elif self.breaks and words:
                text = join_lines(pieces, [start, *self.breaks, end])
            else:
                text = " ".join(words)
            if layout.flags[node] & NOSCRIPT:
                self.in_noscript.append(len(layout.block_nodes))
            layout.block_nodes.append(node)
            layout.starts.append(start)
            layout.ends.append(end)
            layout.texts.append(text)
            layout.words.append(len(words) if text.isascii() else count_words(text, len(words)))
            linked = self.has_link or layout.flags[layout.piece_nodes[start]] & LINK
            layout.links.append(link_characters(layout, start, end) if linked else 0)
            self.start = end
        else:
            del pieces[start:], layout.piece_nodes[start:]
        if self.breaks:
            self.breaks = []
        self.has_link = self.has_object = False

    def takes(self, text: str, flags: int) -> bool:
        """Return whether text after an element is more than space before a block."""
        begun = len(self.layout.pieces) > self.start
        return begun or not text.isspace() or flags & PRE > 0 or is_indent(text)

    def part(self, node: int, flags: int) -> None:
        """Part the words around an element that is seen and not read, as `aria-hidden` says."""
        if not flags & PRE and len(self.layout.pieces) > self.start:
            self.layout.pieces.append(" ")
            self.layout.piece_nodes.append(node)

    def line_break(self, node: int, block: int) -> None:
        """Take a `<br>`; a second one with nothing between ends the block.

        With a line of underscores between, the next one begins with that line.
        """
        pieces = self.layout.pieces
        if self.breaks and not self.layout.flags[node] & PRE:
            line = "".join(pieces[self.breaks[-1] :]).strip()
            if not line:
                self.close(block)
            elif line[0] == "_" and len(line) >= LEAST_RULE and not line.strip("_"):
                self._close_before(self.breaks[-1], block)
        self.breaks.append(len(pieces))
        pieces.append("\n")
        self.layout.piece_nodes.append(node)

    def _close_before(self, at: int, block: int) -> None:
        """End the running block before one of its pieces."""
        pieces, nodes = self.layout.pieces, self.layout.piece_nodes
        rest = pieces[at:], nodes[at:]
        del pieces[at:], nodes[at:], self.breaks[-1]
        self.close(block)
        pieces += rest[0]
        nodes += rest[1]


def walk(root: _Element, layout: Layout) -> list[int]:  # noqa: C901, PLR0912, PLR0915
    """Write the nodes, pieces and blocks of the tree under `root` into an empty layout.

    Returns the blocks that stand in `<noscript>`.
    """
    blocks = _Blocks(layout)
    close = blocks.close
    tags, parents, flags = layout.tags, layout.parents, layout.flags
    attributes, pieces, piece_nodes = layout.attributes, layout.pieces, layout.piece_nodes
    shown, plays_nothing = HIDING.isdisjoint, PLAYING.isdisjoint
    elements = []
    stack = []
    children = iter((root,))
    node, block = -1, 0  # the root counts as a block, whatever it is
    inherited = 0
    while True:
        for element in children:
            tag = element.tag
            if tag.__class__ is not str:
                tag = "script"  # a comment or a processing instruction
            elif tag[0] == "{":
                tag = tag.rpartition("}")[2]
            kind = kind_of(tag)
            if kind & PAYLOAD and tag == "script" and not holds_formula(element):
                kind = SKIP | MUTE
            items = () if kind & MUTE else element.items()
            if items:
                attrs: dict[str, str] = dict(items)  # type: ignore[arg-type]
                hidden = 0 if shown(attrs) or not is_hidden(attrs) else HIDDEN
                if "role" in attrs and tag in TURNED and attrs["role"] in TAGS_BY_ROLE:
                    layout.turned[len(tags)] = TAGS_BY_ROLE[attrs["role"]]
                    kind = BLOCK
                elif not plays_nothing(attrs) and (frame := player(tag, attrs, element)):
                    tag, attrs, kind = "iframe", frame, OBJECT
            else:
                attrs, hidden = NO_ATTRIBUTES, 0
            begun = len(pieces) > blocks.start
            if kind & RUNNING and (begun or tag != "button") and runs_on(attrs, element.tail):
                kind = 0  # a word of the sentence, or what opens a note
            elif kind == BLOCK and attrs and tag in BOXES:
                if hidden and "aria-hidden" not in attrs:
                    follows = begun and pieces[-1] != "\n"
                    if follows and is_hidden_note(element, attrs, alone=node == block):
                        kind = 0
                else:
                    beside = pieces[-1][-1:] if begun else text_after(element)[:1]
                    if (begun or beside) and is_in_line(attrs, beside):
                        tag, kind = "span", 0
            elif kind == LINK and is_target(attrs):
                kind = 0
            if kind & SKIP or (hidden and not kind & BLOCK):
                if node >= 0 and (
                    (attrs and (hidden or tag == "svg")) or tags[node] == "mjx-container"
                ):
                    blocks.has_object |= add_source(layout, node, tag, attrs, element)
                if "aria-hidden" in attrs and not kind & SKIP:
                    blocks.part(node, inherited)
                if kind & PAYLOAD and node >= 0:
                    about = {**attrs, "#text": element.text or ""}
                    add_payload(layout, node, tag, about, inherited)
                    blocks.has_object = True
            else:
                inner, own, inner_block = len(tags), inherited | kind & INHERITED | hidden, block
                if tag in PLAYED:
                    attrs = with_source(attrs, element)
                tags.append(tag)
                parents.append(node)
                flags.append(own)
                attributes.append(attrs)
                if kind:
                    if kind & BLOCK:
                        close(block)
                        inner_block = inner
                    elif kind == LINK:
                        blocks.has_link = True
                    elif kind == BREAK:
                        blocks.line_break(inner, block)
                    elif kind == OPTION:
                        pieces.append(" ")
                        piece_nodes.append(inner)
                    elif kind == OBJECT and (tag != "input" or attrs.get("type") == "checkbox"):
                        pieces.append("")
                        piece_nodes.append(inner)
                        blocks.has_object = True
                if kind != OBJECT:
                    text = element.text
                    if text and (
                        len(pieces) > blocks.start
                        or not text.isspace()
                        or own & PRE
                        or tag == "code"
                        or is_indent(text)
                    ):
                        pieces.append(text)
                        piece_nodes.append(inner)
                    if len(element):
                        stack.append((children, node, block, inherited))
                        elements.append(element)
                        children, node, block, inherited = iter(element), inner, inner_block, own
                        break
                    if inner_block != block:
                        close(inner_block)
            text = element.tail
            if text and node >= 0 and blocks.takes(text, inherited):
                pieces.append(text)
                piece_nodes.append(node)
        else:
            if not stack:
                close(0)  # text of an inline root, such as an element of a user's own
                return blocks.in_noscript
            element = elements.pop()
            children, node, outer, inherited = stack.pop()
            if outer != block:
                close(block)
                block = outer
            text = element.tail
            if text and node >= 0 and blocks.takes(text, inherited):
                pieces.append(text)
                piece_nodes.append(node)


def told_in_head(head: _Element) -> list[tuple[str, str]]:
    """Return by what a page names its title, base, address and image: name and value of each."""
    found = []
    for element in head.iterchildren(*_NAMED_BY):
        tag = str(element.tag)
        by = _NAMED_BY[tag]
        name = element.get(by, "") if by else tag
        if value := _TOLD_IN.get((tag, name)):
            found.append((name, (element.text if value == "#text" else element.get(value)) or ""))
    return found
