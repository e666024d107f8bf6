"""Features of where a block stands to the main prose, the paragraphs of one element.

What follows the end of an article, such as comments and other stories, often reads like it; but it
stands in other elements, and its paragraphs are in runs of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.content.nodes import TAGS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.content.page import PageColumns

    Columns = dict[str, NDArray[Any]]
    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]

__all__ = ["GAPS", "main_prose"]

GAPS = (2, 5)
"""Paragraphs of one run are at most so many blocks apart."""


def main_prose(page: PageColumns) -> Columns:
    """Where the block stands to the parent whose own paragraphs hold the most words."""
    count, nodes = len(page.node), len(page.parent)
    parent = page.parent[page.node] % nodes  # the missing node, -1, is the last
    direct = np.bincount(parent, weights=page.long, minlength=nodes)
    direct[-1] = 0
    centre = int(direct.argmax())
    most, prose = max(float(direct[centre]), 1.0), max(float(page.long.sum()), 1.0)
    inside = (page.node >= centre) & (page.node < page.end[centre])
    own = (parent == centre) & (page.long > 0)
    levels = page.steps_to(centre)
    below = (page.above > _common(page, centre, levels)).sum(0)
    whole = np.array((
        direct[centre] / prose,
        page.words[inside].sum() / max(float(page.words.sum()), 1.0),
        np.log1p(own.sum()),
        page.names[0, centre],
    ))  # fmt: skip
    return {
        "levels to the main prose": levels,
        "levels below": below,
        "in the main prose": inside,
        "prose beside": np.array((direct[parent] / prose, direct[parent] / most)),
        "main prose": np.repeat(whole[:, None], count, axis=1),
        **_since(page, own),
        **{f"runs of {gap}": _runs(page, gap, prose) for gap in GAPS},
        **_branch(page, own, most, below),
    }


def _common(page: PageColumns, centre: int, levels: Floats) -> NDArray[np.int64]:
    """Return the node so many levels above the centre: the first that holds a block too."""
    chain = [centre]
    while chain[-1] >= 0:
        chain.append(int(page.parent[chain[-1]]))
    return np.array(chain)[levels.astype(np.int64)]


def _since(page: PageColumns, own: Flags) -> Columns:
    """What stands between a block and the main prose before it."""
    index = np.arange(len(own))
    _, last = _ends(own)
    prose = np.cumsum(page.long)
    leading = np.maximum.accumulate(np.where(own, index, -1))
    since = np.maximum(prose - prose[leading], 0)
    links, size = (np.cumsum(np.where(index > last, part, 0)) for part in (page.links, page.size))
    return {
        "blocks after": np.clip(index - last, 0, 200),
        "links after": links / np.maximum(size, 1),
        "prose since": np.where(leading >= 0, np.log1p(since), -1),
    }


def _ends(own: Flags) -> tuple[int, int]:
    """Return the first and the last block of the main prose; of a page without, all of it."""
    found = np.flatnonzero(own)
    return (int(found[0]), int(found[-1])) if len(found) else (0, len(own) - 1)


def _runs(page: PageColumns, gap: int, prose: float) -> Floats:
    """Words of the block's run of prose beside the longest, the share of that one, their number."""
    count = len(page.node)
    found = np.flatnonzero(page.long > 0)
    if not len(found):
        return np.zeros((3, count))
    first = np.flatnonzero(np.diff(found, prepend=-2 - gap) > gap)
    start, end = found[first], found[np.append(first[1:], len(found)) - 1]
    words = np.add.reduceat(page.long[found], first)
    index = np.arange(count)
    run = np.searchsorted(start, index, side="right") - 1
    own = np.where((run >= 0) & (index <= end[run]), words[run], 0.0)
    most = words.max()
    return np.array((own / most, np.full(count, most / prose), np.full(count, min(len(words), 40))))


def _branch(page: PageColumns, own: Flags, most: float, below: NDArray[np.int64]) -> Columns:
    """The branch: below the first node that holds block and main prose, the one with the block."""
    count, nodes = len(page.node), len(page.parent)
    index = np.arange(count)
    node = page.above[np.maximum(below - 1, 0), index]
    starts = np.full(nodes, count)
    np.minimum.at(starts, node, index)
    start = starts[node]
    words, size, links, long, blocks = page.sums[:, node]
    alike, _ = page.alike
    first, last = _ends(own)
    before = np.concatenate(([0], np.cumsum(page.long)))
    between = np.where(index > last, before[start] - before[last + 1],
                       np.where(index < first, before[first] - before[index + 1], 0))  # fmt: skip
    around = page.around[:3, start]
    ranks = np.where((around >= TAGS["h1"]) & (around <= TAGS["h6"]), around - TAGS["h1"] + 1, 0)
    return {
        "branch words": np.array((np.log1p(words), words / most)),
        "branch prose": long / max(float(page.long.sum()), 1.0),
        "branch link share": links / np.maximum(size, 1),
        "branch blocks": np.log1p(blocks),
        "branch names": page.names[:, node],
        "prose before the branch": np.clip(between / most, -5, 20),
        "branches alike": np.log1p(np.bincount(alike)[alike[node]]),
        "branch heading": np.array((ranks.max(0), page.links[start] / page.size[start])),
    }
