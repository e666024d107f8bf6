"""Token log-odds: how much the names of elements say about what stands in them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.names import score

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set

    from numpy.typing import NDArray

    from cleaner.learn.corpus import Example

_PRIOR = 1.0
"""Pages of each kind that every token is taken to have been seen on, beside the real ones."""
_GROUPS = 3
"""Registered domains that must use a token before it says anything."""


@dataclass(slots=True)
class NameCounts:
    """For each token, over pages, the share of words in elements so named that is main content.

    `total[token]` is (sum of the shares, pages); `by_group[token][group]` that of one registered
    domain alone.
    """

    total: dict[str, tuple[float, float]] = field(default_factory=dict)
    by_group: dict[str, dict[str, tuple[float, float]]] = field(default_factory=dict)

    def log_odds(
        self, without: str | None = None, only: Set[str] | None = None
    ) -> Mapping[str, float]:
        """Return the log-odds of tokens, estimated on all groups but `without`.

        A token that says nothing, or is not one of `only`, gets NaN.
        """
        return _LogOdds(self, without, only)

    def table(self, least: float, most: int) -> dict[str, float]:
        """Return the log-odds of at most `most` tokens, those seen on the most pages.

        Tokens whose log-odds are smaller than `least` either way are left out.
        """
        odds = self.log_odds()
        found = {token: odds[token] for token in self.total}
        ranked = sorted(
            (token for token, value in found.items() if abs(value) >= least),
            key=lambda token: (-self.total[token][1], token),
        )
        return {token: found[token] for token in sorted(ranked[:most])}


class _LogOdds(dict[str, float]):
    """Works out the log-odds of a token when it is first asked for."""

    def __init__(self, counts: NameCounts, without: str | None, only: Set[str] | None) -> None:
        super().__init__()
        self._counts = counts
        self._without = without
        self._only = only

    def __missing__(self, token: str) -> float:
        groups = self._counts.by_group.get(token, {})
        own = groups.get(self._without or "", (0.0, 0.0))
        unknown = self._only is not None and token not in self._only
        if unknown or len(groups) - (own[1] > 0) < _GROUPS:
            value = float("nan")
        else:
            share, pages = self._counts.total[token]
            share, pages = share - own[0], pages - own[1]
            value = float(np.log((share + _PRIOR) / (pages - share + _PRIOR)))
        self[token] = value
        return value


def count_names(examples: Iterable[tuple[Example, NDArray[np.float32]]]) -> NameCounts:
    """Return the counts over pages, each with the targets of its blocks."""
    groups: defaultdict[str, defaultdict[str, list[float]]] = defaultdict(
        lambda: defaultdict(lambda: [0.0, 0.0])
    )
    for example, targets in examples:
        for token, share in _shares(example, targets).items():
            entry = groups[token][example.page.group]
            entry[0] += share
            entry[1] += 1
    counts = NameCounts()
    for token, entries in groups.items():
        if len(entries) >= _GROUPS:
            counts.by_group[token] = {group: (a, b) for group, (a, b) in entries.items()}
            values = np.array(list(entries.values())).sum(0)
            counts.total[token] = (float(values[0]), float(values[1]))
    return counts


def _shares(example: Example, targets: NDArray[np.float32]) -> dict[str, float]:
    """Return for each token of a page the share of its words that is main content."""
    page = example.columns
    words, wanted = page.subtree(page.words, page.words * targets)
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for node, tokens in example.tokens:
        for token in tokens:
            entry = sums[token]
            entry[0] += float(wanted[node])
            entry[1] += float(words[node])
    return {token: a / b for token, (a, b) in sums.items() if b > 0}


def set_names(
    example: Example, odds: Mapping[str, float], weights: Mapping[str, tuple[float, ...]]
) -> None:
    """Write into the columns of a page what is told of its names, see `NamesInPython`."""
    names = example.columns.names
    names[:] = 0
    nodes, found = [], []
    for node, tokens in example.tokens:
        known = {token: value for token in tokens if not np.isnan(value := odds[token])}
        nodes.append(node)
        found.append(score(tokens, known, weights))
    if nodes:
        names[:, nodes] = np.array(found).T
