"""One page's blocks with their verdicts, as a self-contained HTML file."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from cleaner.learn.score import word_score, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.document import Block, Document

_SIZE = 4

# How a block fared: kept or not, wanted by the gold text or not → name, heading in the legend.
_FATES = {
    "kept": "kept",
    "removed": "removed",
    "missed": "removed, but the gold text has it",
    "extra": "kept, but the gold text has it not",
}

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #1a1a1a; background: #fff }
h1 { font-size: 1.4rem } h2 { font-size: 1.15rem; margin-top: 2rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem }
dt { color: #595959 } dd { margin: 0; overflow-wrap: anywhere }
.block, .line { border-left: .4rem solid; padding: .3rem .7rem; margin: .3rem 0 }
.block p, .line { white-space: pre-wrap; overflow-wrap: anywhere }
.block p { margin: 0 } .block small { color: #595959 }
.kept { border-color: #1b7f3b; background: #eef8f0 }
.removed { border-color: #8a8a8a; background: #f4f4f4 }
.missed { border-color: #b3261e; background: #fdeeed }
.extra { border-color: #9a6700; background: #fff6e0 }
.line { border-color: #b3261e }
mark { background: #ffd7d4; color: inherit }
ul.legend { list-style: none; padding: 0 } ul.legend li { padding: .1rem .5rem; margin: .2rem 0;
  border-left: .4rem solid }
@media (prefers-color-scheme: dark) {
  body { color: #e8e8e8; background: #16181a } dt, .block small { color: #b0b0b0 }
  .kept { background: #12301b } .removed { background: #26292c } .missed { background: #3a1a18 }
  .extra { background: #362a0c } mark { background: #7a2d27 } }
"""


@dataclass(frozen=True, slots=True)
class _Gold:
    """The wanted text, and the runs of words that stand in it."""

    text: str
    runs: frozenset[tuple[str, ...]]


def page_report(document: Document, gold: str | None = None) -> str:
    """Return an HTML page that lists every block of `document` with its verdict.

    Each block shows its text, kind, score (0 to 1) and reason, coloured by whether it was kept.
    Where `gold` is given, the page's wanted text, blocks that were wrongly kept or removed stand
    out, and the lines of `gold` with words that the kept text lacks follow below. The file
    needs nothing else, runs nothing and escapes whatever the page says.
    """
    blocks = [block for block in document.blocks if block.text]
    wanted = _Gold(gold, frozenset(_runs(words(gold)))) if gold is not None else None
    fates = [_fate(block, wanted) for block in blocks]
    title = escape(document.metadata.title or document.url or "Page")
    return "\n".join(
        (
            "<!doctype html>",
            '<html><head><meta charset="utf-8">',
            (
                '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
                "style-src 'unsafe-inline'\">"
            ),
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{title}</h1>",
            _facts(document, gold),
            _legend(fates),
            "<h2>Blocks</h2>",
            *(_row(block, fate) for block, fate in zip(blocks, fates, strict=True)),
            *(_missing(document.text, gold) if gold is not None else ()),
            "</body></html>\n",
        )
    )


def _facts(document: Document, gold: str | None) -> str:
    """Render what is known of the page as a list of terms."""
    facts = {
        "Address": document.url or "",
        "Page type": document.page_type or "",
        "Confidence": f"{document.confidence:.2f}",
        "Warnings": "; ".join(document.warnings),
    }
    if gold is not None:
        score = word_score(document.text, gold)
        facts["Word F1"] = f"{score.f1:.3f}"
        facts["Precision, recall"] = f"{score.precision:.3f}, {score.recall:.3f}"
    rows = (f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in facts.items() if value)
    return f"<dl>{''.join(rows)}</dl>"


def _legend(fates: list[str]) -> str:
    """Render how many blocks fared in which way."""
    rows = (
        f'<li class="{name}">{count} {text}</li>'
        for name, text in _FATES.items()
        if (count := fates.count(name))
    )
    return f'<ul class="legend">{"".join(rows)}</ul>'


def _row(block: Block, fate: str) -> str:
    parts = (block.kind.replace("_", " "), f"{block.score:.2f}", _FATES[fate], block.reason)
    note = " · ".join(part for part in parts if part)
    return (
        f'<div class="block {fate}"><p>{escape(block.text)}</p><small>{escape(note)}</small></div>'
    )


def _runs(found: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the runs of one to four words in a text."""
    for size in range(1, _SIZE + 1):
        yield from zip(*(found[start:] for start in range(size)), strict=False)


def _fate(block: Block, gold: _Gold | None) -> str:
    """Return how a block fared; it is wanted if the gold text holds half of its runs."""
    if gold is None:
        return "kept" if block.kept else "removed"
    found = words(block.text)
    size = min(_SIZE, len(found))
    runs = list(zip(*(found[start:] for start in range(size)), strict=False))
    if not runs:
        return "kept" if block.kept else "removed"
    wanted = 2 * sum(run in gold.runs for run in runs) > len(runs)
    if block.kept:
        return "kept" if wanted else "extra"
    return "missed" if wanted else "removed"


def _missing(text: str, gold: str) -> Iterator[str]:
    """Yield the lines of the gold text that hold words the output lacks, those words marked."""
    held = frozenset(_runs(words(text)))
    lines = [line for line in map(str.strip, gold.splitlines()) if line]
    rows = [row for line in lines if (row := _marked(line, held))]
    yield f"<h2>{len(rows)} of {len(lines)} gold lines with text that is missing</h2>"
    yield from rows


def _marked(line: str, held: frozenset[tuple[str, ...]]) -> str:
    """Render a line with the words marked that stand in no run of the output; "" if all do."""
    tokens = line.split()
    spelt = [words(token) for token in tokens]
    flat = [word for token in spelt for word in token]
    size = min(_SIZE, len(flat))
    covered = [False] * len(flat)
    for start in range(len(flat) - size + 1 if size else 0):
        if tuple(flat[start : start + size]) in held:
            covered[start : start + size] = [True] * size
    if all(covered):
        return ""
    parts, position = [], 0
    for token, own in zip(tokens, spelt, strict=True):
        lost = not all(covered[position : position + len(own)])
        position += len(own)
        parts.append(f"<mark>{escape(token)}</mark>" if lost else escape(token))
    return f'<div class="line">{" ".join(parts)}</div>'
