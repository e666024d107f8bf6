"""Labels: which blocks of a page its gold text covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import LCSseq

from cleaner.learn.score import runs, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_SHORT = 4
"""Below this many words, a block may match by accident, and needs more of a match around it."""
_RUN = 5
"""Words that follow each other on the page and in the gold make a short block sure."""
_REACH = 6
"""How many blocks away a sure block may be from a short one that is a line of the gold."""
_PASSES = 4
"""The gold may give the parts of a page in another order; each pass aligns what is left."""
_LIMIT, _SHARED = 30_000, 3
"""Words of a page past which only blocks that share a run of three with the gold are aligned."""


def label_blocks(texts: Sequence[str], gold: str) -> NDArray[np.float32]:
    """Return for each block the share of its words that the gold holds, from 0 to 1.

    The words of all blocks are aligned with those of the gold by a longest common subsequence,
    so that a copy of a paragraph in a side bar stays unmatched; what is left of both is aligned
    again. A block of fewer than four words counts only within a longer run of matches, or as a
    line of the gold near a match. A block without words gets NaN.
    """
    blocks = [words(text) for text in texts]
    wanted = words(gold)
    sizes = np.array([len(block) for block in blocks], dtype=np.int64)
    share = np.where(sizes > 0, 0.0, np.nan).astype(np.float32)
    if not sizes.sum() or not wanted:
        return share
    numbers: dict[str, int] = {}
    page = np.array([numbers.setdefault(word, len(numbers)) for block in blocks for word in block])
    goal = np.array([numbers.setdefault(word, len(numbers)) for word in wanted])
    owner = np.repeat(np.arange(len(blocks)), sizes)
    allowed = np.ones(len(page), dtype=bool)
    if len(page) > _LIMIT:
        known = set(runs(wanted, _SHARED))
        allowed = np.array([not known.isdisjoint(runs(block, _SHARED)) for block in blocks])[owner]
    left = np.ones(len(goal), dtype=bool)
    for _ in range(_PASSES):
        matched = _align(page, goal, allowed, left)
        sure = _sure(matched, owner, sizes)
        if not sure.any():
            break
        hits = np.bincount(owner, weights=matched >= 0, minlength=len(blocks))
        share[sure] = (hits / np.maximum(sizes, 1))[sure]
        taken = sure[owner]
        left[matched[taken & (matched >= 0)]] = False
        allowed &= ~taken
    lines = [" ".join(words(line)) for line in gold.splitlines()]
    return _add_lines(share, blocks, sizes, lines)


def _align(page: Ints, goal: Ints, allowed: NDArray[np.bool_], left: NDArray[np.bool_]) -> Ints:
    """Return for each word of the page the place of its match in the gold, or -1."""
    matched = np.full(len(page), -1, dtype=np.int64)
    source, target = np.flatnonzero(allowed), np.flatnonzero(left)
    for step in LCSseq.opcodes(page[source].tolist(), goal[target].tolist()):
        if step.tag == "equal":
            matched[source[step.src_start : step.src_end]] = target[step.dest_start : step.dest_end]
    return matched


def _sure(matched: Ints, owner: Ints, sizes: Ints) -> NDArray[np.bool_]:
    """Return which blocks an alignment covers."""
    step = np.diff(matched)
    joined = (matched[:-1] >= 0) & (matched[1:] >= 0) & (step > 0) & (step <= 2)
    run = np.concatenate(([0], np.cumsum(~joined)))
    length = np.bincount(run)[run]
    hits = np.bincount(owner, weights=matched >= 0, minlength=len(sizes))
    in_runs = np.bincount(owner, weights=(matched >= 0) & (length >= _RUN), minlength=len(sizes))
    long = (sizes >= _SHORT) & (hits >= 0.5 * sizes) & (in_runs > 0.25 * sizes)
    short: NDArray[np.bool_] = (sizes > 0) & (sizes < _SHORT) & (in_runs == sizes)
    return np.logical_or(long, short)


def _add_lines(
    share: NDArray[np.float32], blocks: list[list[str]], sizes: Ints, lines: list[str]
) -> NDArray[np.float32]:
    """Add the short blocks that are lines of the gold and stand near a covered block."""
    known = set(lines)
    anchors = np.flatnonzero(share >= 0.5)
    for block in np.flatnonzero((share == 0) & (sizes < _SHORT)).tolist():
        after = int(np.searchsorted(anchors, block))
        near = (anchors[at] for at in (after - 1, after) if 0 <= at < len(anchors))
        if " ".join(blocks[block]) in known and any(abs(at - block) <= _REACH for at in near):
            share[block] = 1.0
    return share
