"""What the kept part of a page means: headings, lists, tables, code, formulas, notes, links.

`cleaner.export.read` makes these values from a layout; the exporters of marked-up forms write
them. They nest at most `tree.DEPTH` deep, so that writing them may recurse.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import re


@dataclass(slots=True)
class Span:
    """Inline text with a meaning: `kind` is the HTML element that carries it."""

    kind: str
    inline: Inline


@dataclass(slots=True)
class Link:
    """A link with a safe target; `media` tells that it stands for a video or a player."""

    url: str
    inline: Inline
    media: bool = False


@dataclass(slots=True)
class Image:
    """An image with a safe source."""

    url: str
    alt: str = ""


@dataclass(slots=True)
class CodeSpan:
    """Code inside running text."""

    text: str


@dataclass(slots=True)
class Formula:
    """A formula as LaTeX, inside running text or on its own."""

    latex: str
    display: bool = False


@dataclass(slots=True)
class NoteMark:
    """The place in the text that a footnote belongs to."""

    label: str


@dataclass(slots=True)
class Ruby:
    """A base text with its reading."""

    base: str
    reading: str


@dataclass(slots=True)
class Break:
    """A line break."""


InlineNode: TypeAlias = Span | Link | Image | CodeSpan | Formula | NoteMark | Ruby | Break
Inline: TypeAlias = list[str | InlineNode]


@dataclass(slots=True)
class Paragraph:
    """Running text."""

    inline: Inline


@dataclass(slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    inline: Inline


@dataclass(slots=True)
class Code:
    """Preformatted text, with its language if known.

    `lone` is the node of the `<code>` that holds it where no `<pre>` does.
    """

    text: str
    language: str = ""
    lone: int = -1


@dataclass(slots=True)
class Equation:
    """A formula on its own, as LaTeX."""

    latex: str


@dataclass(slots=True)
class Rule:
    """A line between paragraphs: another scene."""


@dataclass(slots=True)
class Quote:
    """A quotation."""

    blocks: list[Node]


@dataclass(slots=True)
class Callout:
    """A boxed remark; `kind` is one of "note", "tip", "warning" and the like.

    `run_in` tells that the title begins the first paragraph: "**Note:** …".
    """

    kind: str
    title: Inline
    blocks: list[Node]
    run_in: bool = False


@dataclass(slots=True)
class Item:
    """An item of a list; `checked` is None unless it is a task, `value` 0 if it counts on."""

    blocks: list[Node]
    checked: bool | None = None
    value: int = 0


@dataclass(slots=True)
class List:
    """A list, ordered from `start` on or with bullets."""

    items: list[Item]
    ordered: bool = False
    start: int = 1


@dataclass(slots=True)
class Cell:
    """A cell of a table; `filled` tells a place that another cell's span covers."""

    blocks: list[Node] = field(default_factory=list)
    align: str = ""
    header: bool = False
    filled: bool = False


@dataclass(slots=True)
class Table:
    """A table; the first `head` of its rows are headers, and no row is longer than the first.

    The others are as long, unless that would fill in too many cells.
    """

    rows: list[list[Cell]]
    head: int = 0
    caption: Inline = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """A term of a definition list with its definitions."""

    term: Inline
    definitions: list[list[Node]] = field(default_factory=list)


@dataclass(slots=True)
class Definitions:
    """A definition list."""

    entries: list[Entry]


@dataclass(slots=True)
class Figure:
    """Images, code or a table with a caption."""

    blocks: list[Node]
    caption: list[Node]


@dataclass(slots=True)
class Details:
    """A part that a reader folds out."""

    summary: Inline
    blocks: list[Node]


@dataclass(slots=True)
class Note:
    """A footnote."""

    label: str
    blocks: list[Node]


Node: TypeAlias = (
    Paragraph | Heading | Code | Equation | Quote | Callout | List | Table | Definitions | Figure
    | Details | Note | Rule
)  # fmt: skip


def unbolded(inline: Inline) -> Inline:
    """Return inline content without the strong emphasis that is around all of it.

    >>> unbolded([Span("strong", ["ord"])])
    ['ord']
    """
    only = inline[0] if len(inline) == 1 else None
    return only.inline if isinstance(only, Span) and only.kind == "strong" else inline


def begun(inline: Inline, label: re.Pattern[str]) -> tuple[re.Match[str], Inline] | None:
    r"""Return the label that begins inline content, and the content without it.

    >>> import re
    >>> begun([Span("strong", ["2."]), " Oil"], re.compile(r"\d\.\s*"))[1]
    ['Oil']
    """
    first, *rest = inline
    around = first if isinstance(first, Link | Span) else None
    said, *inside = around.inline if around else [first]
    match = label.match(said) if isinstance(said, str) else None
    if not match:
        return None
    inside = [part for part in (match.string[match.end() :], *inside) if part]
    if around and inside:
        inside = [replace(around, inline=inside)]
    elif not inside and rest and isinstance(after := rest[0], str):
        rest[0] = after.lstrip()
    return match, [part for part in (*inside, *rest) if part]


def plain(inline: Inline) -> str:
    """Return inline content without its markup.

    >>> plain(["to ", Span("em", ["ord"])])
    'to ord'
    """
    parts = []
    for node in inline:
        if isinstance(node, str):
            parts.append(node)
        elif isinstance(node, Span | Link):
            parts.append(plain(node.inline))
        elif isinstance(node, CodeSpan):
            parts.append(node.text)
        elif isinstance(node, Formula):
            parts.append(node.latex)
        elif isinstance(node, Ruby):
            parts.append(node.base)
        elif isinstance(node, Break):
            parts.append("\n")
    return "".join(parts)
