"""Charts as inline SVG, each with its figures in words and as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.report.look import number, shortened, text

if TYPE_CHECKING:
    from collections.abc import Sequence

STYLE = """
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr));
  gap: 1rem }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
  padding: .9rem 1rem; min-width: 0 }
svg { display: block; width: 100%; height: auto; margin: .5rem 0 }
svg text { font: 13px system-ui, sans-serif; fill: var(--ink) } svg .soft { fill: var(--soft) }
svg .end { text-anchor: end } svg .middle { text-anchor: middle }
svg line { stroke: var(--line) } svg .bar { fill: var(--good) } svg .warn { fill: var(--warn) }
svg .bad { fill: var(--bad) } svg .idle { fill: var(--idle) }
"""

_WIDTH, _HEIGHT, _FOOT, _TOP = 340, 150, 22, 20
_ROW, _LABEL, _VALUE = 26, 108, 62
_CHARACTERS = 15
"""Of a label, as many as fit beside a bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for, its pages, and a class of `STYLE` if it is to stand out."""

    label: str
    value: int
    tone: str = "bar"
    tick: str = ""


def card(title: str, note: str, bars: Sequence[Bar], *, upright: bool = False) -> str:
    """Return a chart with its heading and its figures.

    Args:
        title: what the chart shows, as text.
        note: a sentence below the title, as text.
        bars: in order.
        upright: columns, for what has an order; else rows, for what has names.
    """
    if not any(bar.value for bar in bars):
        drawn = '<p class="note">Nothing to show.</p>'
    else:
        drawn = (_columns if upright else _rows)(title, bars) + _figures(bars)
    return (
        f'<section class="card"><h3>{text(title)}</h3>'
        f'<p class="note">{text(note)}</p>{drawn}</section>'
    )


def _figures(bars: Sequence[Bar]) -> str:
    """Render the figures of a chart as a table to unfold."""
    total = sum(bar.value for bar in bars)
    rows = "".join(
        f'<tr><td><bdi>{text(bar.label)}</bdi></td><td class="n">{number(bar.value)}</td>'
        f'<td class="n">{100 * bar.value / total:.1f} %</td></tr>'
        for bar in bars
    )
    head = '<tr><th></th><th class="n">pages</th><th class="n">share</th></tr>'
    return f"<details><summary>Figures</summary><table>{head}{rows}</table></details>"


def _framed(title: str, bars: Sequence[Bar], height: int, marks: Sequence[str]) -> str:
    said = ", ".join(f"{bar.label}: {number(bar.value)}" for bar in bars if bar.value)
    return (
        f'<svg role="img" viewBox="0 0 {_WIDTH} {height}" '
        f'aria-label="{text(f"{title}, in pages. {said}")}">{"".join(marks)}</svg>'
    )


def _columns(title: str, bars: Sequence[Bar]) -> str:
    most = max(bar.value for bar in bars)
    step = _WIDTH / len(bars)
    floor = _HEIGHT - _FOOT
    marks = [
        f'<line x1="0" x2="{_WIDTH}" y1="{_TOP}" y2="{_TOP}"/>',
        f'<text class="soft" x="0" y="{_TOP - 6}">{number(most)}</text>',
    ]
    for place, bar in enumerate(bars):
        left = place * step
        if bar.value:
            tall = max(1.5, (floor - _TOP) * bar.value / most)
            marks.append(
                f'<rect class="{bar.tone}" x="{left + 1:.1f}" y="{floor - tall:.1f}" '
                f'width="{step - 2:.1f}" height="{tall:.1f}"/>'
            )
        if bar.tick:
            side, at = _anchor(left, step, place, len(bars))
            marks.append(
                f'<text class="soft {side}" x="{at:.1f}" y="{_HEIGHT - 5}">{text(bar.tick)}</text>'
            )
    marks.append(f'<line x1="0" x2="{_WIDTH}" y1="{floor}" y2="{floor}"/>')
    return _framed(title, bars, _HEIGHT, marks)


def _anchor(left: float, step: float, place: int, count: int) -> tuple[str, float]:
    """Return how a tick is set: the first begins and the last ends with its column."""
    if place == 0:
        return "", 0
    return ("end", _WIDTH) if place == count - 1 else ("middle", left + step / 2)


def _rows(title: str, bars: Sequence[Bar]) -> str:
    most = max(bar.value for bar in bars)
    room = _WIDTH - _LABEL - _VALUE
    marks = []
    for place, bar in enumerate(bars):
        top = place * _ROW
        long = max(1.5, room * bar.value / most) if bar.value else 0
        middle = top + _ROW / 2 + 4.5
        marks += [
            f'<text x="0" y="{middle}">{text(shortened(bar.label, _CHARACTERS))}</text>',
            (
                f'<rect class="{bar.tone}" x="{_LABEL}" y="{top + 5}" width="{long:.1f}" '
                f'height="{_ROW - 10}"/>'
            ),
            (
                f'<text class="soft" x="{_LABEL + long + 6:.1f}" y="{middle}">'
                f"{number(bar.value)}</text>"
            ),
        ]
    return _framed(title, bars, _ROW * len(bars), marks)
