"""Notes that are lines of one block, parted by line breaks."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from cleaner.export.tree import Element, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def by_place(run: Run, places: Sequence[int]) -> dict[int, Run]:
    """Return what begins at each of the places in a run: a line of it, or else an element."""
    children, lines = _lines(run)
    elements = {at: child.node for at, child in enumerate(children) if not isinstance(child, str)}
    breaks = {line: elements[line - 1] for line in lines[1:]}
    for nodes in ({0: -1, **breaks}, {-1: -1, **elements}):
        begins, before = list(nodes), list(nodes.values())
        firsts = [begins[bisect_right(before, place) - 1] for place in places]
        if len(set(firsts)) == len(firsts) and firsts[0] >= 0:
            return dict(zip(places, _parts(run, children, firsts), strict=True))
    return {}


def parted(run: Run, begins_note: Callable[[Run], object]) -> list[Run]:
    """Return each note of a run of which the first line and others begin one, else the run."""
    children, begins = _lines(run)
    lines = _parts(run, children, begins)
    firsts = [first for first, line in zip(begins, lines, strict=True) if begins_note(line)]
    return _parts(run, children, firsts) if len(firsts) > 1 and not firsts[0] else [run]


def _lines(run: Run) -> tuple[list[Element | Run | str], list[int]]:
    """Return what a run holds, and where its lines begin in that."""
    children = run.children
    while len(children) == 1 and isinstance(only := children[0], Element) and only.children:
        children = only.children
    breaks = (i for i, child in enumerate(children, 1) if getattr(child, "tag", "") == "br")
    return children, [0, *breaks]


def _parts(run: Run, children: list[Element | Run | str], begins: Sequence[int]) -> list[Run]:
    """Return what a run holds from each of the places where a part begins."""
    return [run.part(children[begin:end]) for begin, end in pairwise([*begins, len(children)])]
