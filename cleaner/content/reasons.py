"""Why a block was kept or dropped: the groups of features that decided, in words."""

from __future__ import annotations

from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.candidates import candidates
from cleaner.content.features import GROUPS, feature_names, features, heading_ranks
from cleaner.content.names import names_of, tokens_of
from cleaner.document import HIDDEN, PAGE_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from cleaner.content.model import Model
    from cleaner.content.page import PageColumns
    from cleaner.document import Layout

_NAMES = tuple(GROUPS)
_MOST = 3
"""Groups that a reason names at the most."""
_LONGEST = 40
"""Characters that are shown of a name or a heading."""
_WANTED = ("main", "article", "blockquote", "figure", "table", "pre")
_UNWANTED = ("nav", "footer", "aside", "header", "form", "button", "select")
"""Elements that speak for a block, and against it, those that say the most first."""


class Reasons:
    """Words the verdicts of one page when asked; nothing is worked out before.

    What a group of features did to a block is how far its log-odds move when the group's
    features are set to their means in training.
    """

    def __init__(self, layout: Layout, model: Model, kept: Sequence[bool]) -> None:
        self._layout = layout
        self._model = model
        self._kept = kept

    def __reduce__(self) -> tuple[object, ...]:
        return Reasons, (self._layout, self._model, self._kept)

    @cached_property
    def _seen(self) -> _Seen | None:
        page = self._model.read(self._layout)
        return None if page is None else _Seen(page, self._model.odds)

    @cached_property
    def _moved(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The log-odds of each block, and how far each group moved them: (groups, blocks)."""
        assert self._seen is not None
        rows, mean = features(self._seen.page), self._model.arrays["mean"]
        groups = np.array([group for group, _ in feature_names(self._seen.page)])
        logits = self._model.logits(rows)
        moved = []
        for group in GROUPS:
            chosen = groups == group
            trial = rows.copy()
            trial[chosen] = mean[chosen, None]
            moved.append(logits - self._model.logits(trial))
        return logits, np.array(moved)

    def __call__(self, block: int) -> str:
        """Return the reason for the verdict on a block, such as "in footer; 92 % links"."""
        kept = bool(self._kept[block])
        if self._seen is None or not self._layout.texts[block]:
            return "beside kept text" if kept else "not beside kept text"
        row = int(np.searchsorted(self._seen.page.rows, block))
        logits, groups = self._moved
        sign = 1 if kept else -1
        moved = groups[:, row] * sign
        names = [_NAMES[at] for at in np.argsort(-moved).tolist() if moved[at] > 0]
        worded = [said for name in names if (said := _WORDS[name](self._seen, row, sign))]
        if sign * logits[row] < 0:
            worded.insert(0, "in doubt")
        return "; ".join(worded[:_MOST]) or (
            "like the kept text around it" if kept else "too doubtful beside the kept text"
        )


class _Seen:
    """What each group of features saw in a block, in words.

    The `sign` is 1 for a kept block, -1 for a dropped one; what speaks against that is "".
    """

    def __init__(self, page: PageColumns, odds: dict[str, float]) -> None:
        self.page = page
        self._odds = odds

    def text(self, row: int, _sign: int) -> str:
        page = self.page
        share = 100 * page.links[row] / page.size[row]
        words = f"{int(page.words[row])} words" if page.words[row] != 1 else "1 word"
        return f"{words}, {share:.0f} % links" if share >= 1 else words

    def words(self, row: int, sign: int) -> str:
        if sign * self.page.said[row] <= 0:
            return ""
        return "worded like " + ("main text" if sign > 0 else "boilerplate")

    def markup(self, row: int, sign: int) -> str:
        page = self.page
        if sign < 0 and page.layout.flags[page.node[row]] & HIDDEN:
            return "hidden at first"
        around = {page.layout.tags[node] for node in page.around_block(row)}
        found = [tag for tag in (_WANTED if sign > 0 else _UNWANTED) if tag in around]
        found += [page.layout.tags[page.node[row]]] if sign > 0 else []
        return f"in {found[0]}" if found else ""

    def names(self, row: int, sign: int) -> str:
        attributes = self.page.layout.attributes
        said = [
            (sign * self._odds[token], name)
            for node in self.page.above[:, row].tolist()
            if node >= 0
            for name in names_of(attributes[node])
            for token in tokens_of(name)
            if token in self._odds
        ]
        strength, name = max(said, key=itemgetter(0), default=(0.0, ""))
        return f"named “{_shorten(name)}”" if strength > 0 else ""

    def container(self, row: int, sign: int) -> str:
        words, links, size = self._containers[:, row].tolist()
        share = 100 * words / max(float(self.page.words.sum()), 1.0)
        linked = 100 * links / max(size, 1.0)
        if (share < 1 or linked > 50) if sign > 0 else (share > 50 > linked):
            return ""
        much = f"{share:.0f} % of the" if share >= 1 else "hardly any"
        return f"container with {much} text, {linked:.0f} % links"

    @cached_property
    def _containers(self) -> NDArray[np.float64]:
        page = self.page
        return page.subtree(page.words, page.links, page.size)[:, page.above[1]]

    def candidates(self, row: int, sign: int) -> str:
        if self._among_paragraphs[row] != (sign > 0):
            return ""
        return ("in" if sign > 0 else "outside") + " the part with the most paragraphs"

    @cached_property
    def _among_paragraphs(self) -> NDArray[np.bool_]:
        return np.asarray(candidates(self.page)["blocks from the wide candidate"] == 0)

    def position(self, row: int, _sign: int) -> str:
        return f"{100 * row / len(self.page.node):.0f} % down the page"

    def heading(self, row: int, _sign: int) -> str:
        ranks, under = self._headings
        if ranks[row]:
            return f"heading h{ranks[row]}"
        if under[row] < 0:
            return "before any heading"
        return f"under “{_shorten(self.page.texts[under[row]])}”"

    @cached_property
    def _headings(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return heading_ranks(self.page)

    def repetition(self, row: int, _sign: int) -> str:
        alike = int(self._alike[row])
        return f"one of {alike} blocks alike" if alike > 1 else "no other block like it"

    @cached_property
    def _alike(self) -> NDArray[np.int64]:
        """How many blocks have the element and class of each block."""
        shape = self.page.shape[self.page.node]
        return np.asarray(np.bincount(shape)[shape])

    def whole(self, _row: int, _sign: int) -> str:
        return f"page type {PAGE_TYPES[int(self.page.typed.argmax())]}, by its words"


def _shorten(text: str) -> str:
    """Return the beginning of a text, on one line."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


_WORDS: dict[str, Callable[[_Seen, int, int], str]] = {
    group: getattr(_Seen, "whole" if group == "page" else group) for group in GROUPS
}
