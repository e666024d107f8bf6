"""One page's blocks with their verdicts, as a self-contained HTML file."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from cleaner.learn.score import runs, word_score, words
from cleaner.report.look import html_page, text

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
.block, .line { border-left: .4rem solid; padding: .3rem .7rem; margin: .3rem 0 }
.block p, .line { white-space: pre-wrap; overflow-wrap: anywhere } .block p { margin: 0 }
.kept { border-color: var(--good); background: var(--kept) }
.removed { border-color: var(--idle); background: var(--removed) }
.missed { border-color: var(--bad); background: var(--missed) }
.extra { border-color: var(--warn); background: var(--extra) }
.line { border-color: var(--bad) } mark { background: var(--marked); color: inherit }
ul.legend { list-style: none; padding: 0 } ul.legend li { padding: .1rem .7rem; margin: .2rem 0;
  border-width: 0 0 0 .4rem; border-style: solid }
"""


def page_report(document: Document, gold: str | None = None) -> str:
    """Return an HTML page that lists every block of `document` with its verdict.

    Each block shows its text, kind, score (0 to 1) and reason, coloured by whether it was kept.
    Where `gold` is given, the page's wanted text, blocks that were wrongly kept or removed stand
    out, and the lines of `gold` with words that the kept text lacks follow below. The file
    needs nothing else, runs nothing and escapes whatever the page says.
    """
    blocks = [block for block in document.blocks if block.text]
    wanted = _all_runs(gold) if gold is not None else None
    fates = [_fate(block, wanted) for block in blocks]
    title = document.metadata.title or document.url or "Page"
    return html_page(
        title,
        _STYLE,
        (
            _facts(document, gold),
            _legend(fates),
            "<h2>Blocks</h2>",
            *(_row(block, fate) for block, fate in zip(blocks, fates, strict=True)),
            *(_missing(document.text, gold) if gold is not None else ()),
        ),
        kind="narrow",
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
    rows = (f"<dt>{name}</dt><dd>{text(value)}</dd>" for name, value in facts.items() if value)
    return f"<dl>{''.join(rows)}</dl>"


def _legend(fates: list[str]) -> str:
    """Render how many blocks fared in which way."""
    rows = (
        f'<li class="{name}">{count} {said}</li>'
        for name, said in _FATES.items()
        if (count := fates.count(name))
    )
    return f'<ul class="legend">{"".join(rows)}</ul>'


def _row(block: Block, fate: str) -> str:
    parts = (block.kind.replace("_", " "), f"{block.score:.2f}", _FATES[fate], block.reason)
    note = " · ".join(part for part in parts if part)
    said = f'<p dir="auto">{text(block.text)}</p><small>{text(note)}</small>'
    return f'<div class="block {fate}">{said}</div>'


def _all_runs(text: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of one to four words in a text."""
    found = words(text)
    return frozenset(chain.from_iterable(runs(found, size) for size in range(1, _SIZE + 1)))


def _fate(block: Block, held: frozenset[tuple[str, ...]] | None) -> str:
    """Return how a block fared; it is wanted if most of its runs are `held` by the gold text."""
    found = list(runs(words(block.text), _SIZE))
    if held is None or not found:
        return "kept" if block.kept else "removed"
    wanted = 2 * sum(run in held for run in found) > len(found)
    if block.kept:
        return "kept" if wanted else "extra"
    return "missed" if wanted else "removed"


def _missing(output: str, gold: str) -> Iterator[str]:
    """Yield the lines of the gold text that hold words the output lacks, those words marked."""
    held = _all_runs(output)
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
        parts.append(f"<mark>{text(token)}</mark>" if lost else text(token))
    return f'<div class="line" dir="auto">{" ".join(parts)}</div>'
