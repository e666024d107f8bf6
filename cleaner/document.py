"""The values handed from stage to stage: Page, Layout, Block, Metadata, Document."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterator, Mapping

PAGE_TYPES = tuple("article forum product collection listing documentation service".split())
"""Every value of `Document.page_type`, in the order the model numbers them."""


class CleanerError(Exception):
    """Base of every error that this package raises by intent."""


CELLS = frozenset(("td", "th"))
"""The elements that are cells of a table."""
PAGES = frozenset(("html", "body"))
"""The elements that are the page itself, and no box on it."""
# Bits of `Layout.flags`: what a node is, or stands in.
LINK, NOSCRIPT, PRE, HIDDEN = 1, 2, 4, 8

# Block-level element → the kind of the blocks that stand in it. The innermost one decides.
KINDS: Mapping[str, str] = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    "pre": "preformatted",
    "li": "list_item",
    "td": "table_cell",
    "th": "table_cell",
    "caption": "caption",
    "figcaption": "caption",
    "dt": "term",
    "dd": "definition",
    "blockquote": "quote",
    "#text": "line",
}


@dataclass(slots=True)
class Layout:
    """A page as flat arrays: its nodes, its pieces of text, its blocks, each in document order.

    A node is a visible element; `parents[n]` is the node that holds node n, or -1. A piece is a
    run of text or an embedded object (image, video…), `piece_nodes[p]` the innermost node around
    it. A block is the pieces `starts[b]` up to `ends[b]` below the block-level node
    `block_nodes[b]`; `texts[b]` is its text with white space folded, empty if it only holds
    objects. `words[b]`, `links[b]` count the words and the characters inside links of `texts[b]`.
    `title` is what the head of the page names itself, `base` the `href` of its `<base>`,
    `address` the absolute address that it gives itself: its canonical link, or `og:url`, `image`
    the one of the image that it is shared with: `og:image`. `turned` are the tags of nodes that
    stand for others by their role, as parts of a table.
    """

    tags: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    attributes: list[dict[str, str]] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    piece_nodes: list[int] = field(default_factory=list)
    block_nodes: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    title: str = ""
    base: str = ""
    address: str = ""
    image: str = ""
    turned: dict[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.texts)

    def append(self, other: Layout) -> None:
        """Put the nodes, pieces and blocks of another page after those of this one."""
        nodes, pieces = len(self.tags), len(self.pieces)
        self.parents += [node + nodes if node >= 0 else node for node in other.parents]
        self.piece_nodes += [node + nodes for node in other.piece_nodes]
        self.block_nodes += [node + nodes for node in other.block_nodes]
        self.turned.update({node + nodes: tag for node, tag in other.turned.items()})
        self.starts += [piece + pieces for piece in other.starts]
        self.ends += [piece + pieces for piece in other.ends]
        for name in ("tags", "attributes", "flags", "pieces", "texts", "words", "links"):
            getattr(self, name).extend(getattr(other, name))

    def with_turned(self) -> Layout:
        """Return the layout with the tags that roles give its nodes."""
        if not self.turned:
            return self
        tags = [self.turned.get(node, tag) for node, tag in enumerate(self.tags)]
        return replace(self, tags=tags)

    def begins_cleaned(self) -> bool:
        """Return whether a page begins as the HTML that `Document.html` gives."""
        own = self.tags[:3] == ["html", "body", "article"]
        return own and "data-cleaned" in self.attributes[2]

    def is_cleaned(self) -> bool:
        """Return whether a page is nothing but the HTML that `Document.html` gives."""
        return (
            self.begins_cleaned()
            and min(self.parents[3:], default=2) >= 2
            and min(self.piece_nodes, default=2) >= 2
        )

    def ancestors(self, node: int) -> Iterator[int]:
        """Yield `node` and the nodes around it, innermost first."""
        while node >= 0:
            yield node
            node = self.parents[node]

    def unknown(self, node: int, known: Container[int]) -> list[int]:
        """Return `node` and those around it up to the first that is `known`, outermost first."""
        path = []
        while node not in known:
            path.append(node)
            node = self.parents[node]
        return path[::-1]

    def nearest(self, node: int, tags: Collection[str], reach: int = -1) -> int:
        """Return the nearest of `node` and the nodes around it that is of `tags`, or -1.

        `reach`: at how many of them to look at the most.
        """
        while node >= 0 and reach:
            if self.tags[node] in tags:
                return node
            node, reach = self.parents[node], reach - 1
        return -1

    def end(self, node: int) -> int:
        """Return the number after the last node inside `node`."""
        last = node + 1
        while last < len(self.parents) and self.parents[last] >= node:
            last += 1
        return last

    def last_node(self, block: int) -> int:
        """Return the node in which the text of a block ends."""
        return self.piece_nodes[self.ends[block] - 1]

    def kind(self, block: int) -> str:
        """Return the kind of one block: "paragraph", "heading", …, see `KINDS`."""
        node = self.nearest(self.block_nodes[block], KINDS)
        alone = "paragraph" if self.texts[block] else "media"
        return KINDS[self.tags[node]] if node >= 0 else alone

    def kinds(self) -> list[str]:
        """Return the kind of each block."""
        tags, parents, known, found = self.tags, self.parents, {-1: ""}, []
        for node, text in zip(self.block_nodes, self.texts, strict=True):
            for step in self.unknown(node, known):
                known[step] = KINDS.get(tags[step]) or known[parents[step]]
            found.append(known[node] or ("paragraph" if text else "media"))
        return found


BLOCK_COLUMNS = ("block_nodes", "starts", "ends", "texts", "words", "links")
"""The columns of a `Layout` that hold a value for each block."""

_NOTE = "note of kept text"
RULE = "rule: "
"""What the reason of a verdict begins with that a user's own rule made."""


@dataclass(frozen=True, slots=True)
class Page:
    """One raw input: `data` as fetched, and what is known of it.

    `charset` is the one that the HTTP header named. `media` is "html" or "text".
    """

    data: bytes | str
    url: str | None = None
    charset: str | None = None
    media: str = "html"

    def __post_init__(self) -> None:
        if self.media not in ("html", "text"):
            raise ValueError(f"media must be html or text, not {self.media!r}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Keep or drop, with the reason and the score: the probability of being main content."""

    kept: bool
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Block:
    """A maximal run of inline text under one block-level element; in plain text, a line."""

    text: str
    kind: str
    verdict: Verdict

    @property
    def kept(self) -> bool:
        return self.verdict.kept

    @property
    def reason(self) -> str:
        return self.verdict.reason

    @property
    def score(self) -> float:
        return self.verdict.score


@dataclass(frozen=True, slots=True)
class Source:
    """Where a metadata value was found, and how sure that makes it, from 0 to 1."""

    name: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about itself. Dates are ISO 8601 days, `language` is a BCP 47 tag."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    modified: str | None = None
    site_name: str | None = None
    description: str | None = None
    language: str | None = None
    url: str | None = None
    image: str | None = None
    tags: tuple[str, ...] = ()
    license: str | None = None
    page_type: str | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)

    @property
    def author(self) -> str | None:
        """The authors in one string, or None."""
        return "; ".join(self.authors) or None

    def as_dict(self) -> dict[str, Any]:
        """Return the fields that have a value, without their sources."""
        names = (name for name in self.__slots__ if name != "sources")
        return {name: value for name in names if (value := getattr(self, name))}


@dataclass(slots=True, eq=False)
class Document:
    """The result: every block of a page with its verdict, and what is known of the page.

    `kept[b]` and `scores[b]` (0 to 1) belong to block b of `layout`; `named[b]` is the reason of
    a verdict that a rule made, and `explain(b)` words the reason of any other on demand.
    `confidence` is the expected word F1 of the kept text, 0 to 1.
    """

    page: Page
    layout: Layout
    kept: list[bool]
    scores: list[float]
    named: dict[int, str] = field(default_factory=dict)
    confidence: float = 1.0
    page_type: str | None = None
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    explain: Callable[[int], str] | None = None
    describe: Callable[[], Metadata] | None = None
    _metadata: Metadata | None = None

    @property
    def url(self) -> str | None:
        """The address given with the page."""
        return self.page.url

    @property
    def blocks(self) -> list[Block]:
        """Every block of the page, in document order, as every form has it.

        A note that kept text refers to counts as kept, whatever was thought of it by itself.
        """
        from cleaner.export.read.reader import kept_with_notes

        texts, kinds, kept = self.layout.texts, self.layout.kinds(), kept_with_notes(self)
        return [
            Block(text, kind, Verdict(keep, self.reason(index) if keep == own else _NOTE, score))
            for index, (text, kind, keep, own, score) in enumerate(
                zip(texts, kinds, kept, self.kept, self.scores, strict=True)
            )
        ]

    def reason(self, block: int) -> str:
        """Return why block number `block` was kept or dropped, in words."""
        if block in self.named:
            return self.named[block]
        return self.explain(block) if self.explain else ""

    @property
    def metadata(self) -> Metadata:
        """What the page says about itself; found on first use."""
        if self._metadata is None:
            self._metadata = self.describe() if self.describe else Metadata()
        return self._metadata

    @property
    def text(self) -> str:
        """The kept blocks as plain text, paragraphs parted by blank lines."""
        return self.render("text")

    @property
    def markdown(self) -> str:
        """The kept blocks as Markdown."""
        return self.render("markdown")

    @property
    def html(self) -> str:
        """The kept blocks as clean, safe HTML."""
        return self.render("html")

    def to_text(self, **options: Any) -> str:
        """Return plain text; the options are those of `cleaner.export.Options`."""
        return self.render("text", **options)

    def to_markdown(self, **options: Any) -> str:
        """Return Markdown; the options are those of `cleaner.export.Options`."""
        return self.render("markdown", **options)

    def to_html(self, **options: Any) -> str:
        """Return HTML; the options are those of `cleaner.export.Options`."""
        return self.render("html", **options)

    def to_json(self, **options: Any) -> str:
        """Return the document, its metadata and its blocks as JSON."""
        return self.render("json", **options)

    def render(self, form: str, **options: Any) -> str:
        """Return the document in the form named `form`, one of `cleaner.export.formats()`.

        Raises `CleanerError` for a form that no exporter answers to.
        """
        from cleaner.export import render

        return render(self, form, **options)
