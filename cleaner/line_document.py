"""The document of a plain text: its lines, or pieces of them, as blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.document import Document, Layout
from cleaner.walk import count_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cleaner.document import Page
    from cleaner.plaintext import Lines

_NOISE = "noise line"


def line_document(page: Page, lines: Lines) -> Document:
    """Return the document whose blocks are the lines of a plain text."""
    count = len(lines.raw)
    layout = Layout(
        tags=["#text"],
        parents=[-1],
        attributes=[{}],
        flags=[0],
        pieces=lines.raw,
        piece_nodes=[0] * count,
        block_nodes=[0] * count,
        starts=list(range(count)),
        ends=list(range(1, count + 1)),
        texts=lines.texts,
        words=list(map(count_words, lines.texts)),
        links=[0] * count,
    )
    kept = lines.kept
    warnings = () if page.data else ("the text is empty",)
    scores = [float(keep) for keep in kept]
    return Document(page, layout, kept, scores, lines.dropped, warnings=warnings)


def drop_noise(
    document: Document,
    favor: str,
    kinds_of: Callable[[Sequence[str]], Sequence[str]],
    *,
    loose: bool,
) -> None:
    """Drop the lines that the line model takes for menus, footers and the like.

    Args:
        document: that of a plain text; of a `loose` one, that of its pieces.
        favor: as `judge_lines` takes it.
        kinds_of: gives the kind of marker that each line is, "" if it is none.
        loose: whether the text is, see `cleaner.content.line_units`.
    """
    from cleaner.content.lines import judge_lines

    layout, kept = document.layout, document.kept
    endings = _endings_alone(layout.pieces)
    lines = [block for block in range(len(layout)) if block not in endings]
    texts = [layout.texts[block] for block in lines]
    verdicts = judge_lines(texts, favor, kinds_of=kinds_of, loose=loose)
    for line, block in enumerate(lines):
        if kept[block]:
            document.scores[block] = verdicts.scores[line]
            if not verdicts.kept[line]:
                kept[block] = False
                document.named[block] = verdicts.named.get(line, _NOISE)
    for block, pieces in endings.items():
        if not any(kept[piece] for piece in pieces):
            kept[block] = False
            document.named[block] = _NOISE


def _endings_alone(raw: Sequence[str]) -> dict[int, range]:
    """Return the lines that are the ending of a cut one: their index, and those of its pieces."""
    found: dict[int, range] = {}
    start = 0
    for index, line in enumerate(raw):
        if line[-1:] not in ("\n", "\r"):
            continue
        if start < index and not line.rstrip("\r\n"):
            found[index] = range(start, index)
        start = index + 1
    return found
