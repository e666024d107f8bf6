"""Why a block was kept or dropped: the groups of features that decided, in words."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.features import GROUPS, feature_names, features

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from cleaner.content.model import Model
    from cleaner.content.page import PageColumns
    from cleaner.document import Layout

_MOST = 3
_PLACES = ("nav", "footer", "aside", "header", "form", "button", "figure", "table", "blockquote",
           "main", "article", "li", "h1", "h2", "h3", "p")  # fmt: skip


class Reasons:
    """Words the verdicts of one page when asked; nothing is worked out before.

    What a group of features did to a block is how far its log-odds move when the group's
    features are set to their means in training.
    """

    def __init__(self, layout: Layout, model: Model, kept: NDArray[np.bool_]) -> None:
        self._layout = layout
        self._model = model
        self._kept = kept

    def __reduce__(self) -> tuple[object, ...]:
        return Reasons, (self._layout, self._model, self._kept)

    @cached_property
    def _page(self) -> PageColumns | None:
        return self._model.read(self._layout)

    @cached_property
    def _rows(self) -> NDArray[np.float32]:
        assert self._page is not None
        return features(self._page)

    @cached_property
    def _groups(self) -> NDArray[np.str_]:
        assert self._page is not None
        return np.array([group for group, _ in feature_names(self._page)])

    @cached_property
    def _containers(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """For each block, the share of the text and the share of links of what is around it."""
        page = self._page
        assert page is not None
        words, links, size = page.subtree(page.words, page.links, page.size)[:, page.above[1]]
        return (
            100 * words / max(float(page.words.sum()), 1.0),
            100 * links / np.maximum(size, 1.0),
        )

    @cached_property
    def _alike(self) -> NDArray[np.int64]:
        """How many blocks have the element and class of each block."""
        assert self._page is not None
        shape = self._page.shape[self._page.node]
        return np.asarray(np.bincount(shape)[shape])

    def _word(self, group: str, row: int) -> str:
        """Word what a group of features saw in a block."""
        assert self._page is not None
        if group == "container":
            share, links = (values[row] for values in self._containers)
            return f"container with {share:.0f} % of the text, {links:.0f} % links"
        if group == "repetition":
            alike = int(self._alike[row])
            return f"one of {alike} blocks alike" if alike > 1 else "no other block like it"
        return _WORDS[group](self._page, row)

    @cached_property
    def _moved(self) -> NDArray[np.float64]:
        """How far each group of features moved the log-odds of each block: (groups, blocks)."""
        logits, mean = self._model.logits(self._rows), self._model.arrays["mean"]
        moved = []
        for group in GROUPS:
            trial = self._rows.copy()
            chosen = self._groups == group
            trial[chosen] = mean[chosen, None]
            moved.append(logits - self._model.logits(trial))
        return np.array(moved)

    def __call__(self, block: int) -> str:
        """Return the reason for the verdict on a block, such as "in footer; 92 % links"."""
        kept = bool(self._kept[block])
        if self._page is None or not self._layout.texts[block]:
            return "beside kept text" if kept else "not beside kept text"
        row = int(np.searchsorted(self._page.rows, block))
        names, moved = list(GROUPS), self._moved[:, row] * (1 if kept else -1)
        strongest = [names[at] for at in np.argsort(-moved)[:_MOST].tolist() if moved[at] > 0]
        return "; ".join(self._word(group, row) for group in strongest) or (
            "like the kept text around it" if kept else "too doubtful beside the kept text"
        )


def _text(page: PageColumns, row: int) -> str:
    share = 100 * page.links[row] / page.size[row]
    words = f"{int(page.words[row])} words" if page.words[row] != 1 else "1 word"
    return f"{words}, {share:.0f} % links" if share >= 1 else words


def _markup(page: PageColumns, row: int) -> str:
    tags = [page.layout.tags[node] for node in page.above[:, row].tolist() if node >= 0]
    found = [tag for tag in _PLACES if tag in tags]
    return "in " + (found[0] if found else tags[0])


def _names(page: PageColumns, row: int) -> str:
    nodes = [node for node in page.above[:, row].tolist() if node >= 0]
    node = max(nodes, key=lambda node: abs(float(page.names[0, node])))
    attrs = page.layout.attributes[node]
    name = (attrs.get("class") or attrs.get("id") or attrs.get("role") or "").split()
    return f"named “{name[0][:40]}”" if name else "no telling name"


def _candidates(page: PageColumns, row: int) -> str:
    holder = page.parent[page.node]
    count = int(((holder == holder[row]) & (page.long > 0)).sum()) - int(page.long[row] > 0)
    return f"beside {count or 'no'} {'paragraph' if count == 1 else 'paragraphs'}"


_WORDS: dict[str, Callable[[PageColumns, int], str]] = {
    "text": _text,
    "words": lambda page, row: (
        f"worded like {'main text' if page.said[row] > 0 else 'boilerplate'}"
    ),
    "markup": _markup,
    "names": _names,
    "candidates": _candidates,
    "position": lambda page, row: f"{100 * row / len(page.node):.0f} % down the page",
    "heading": lambda page, row: (
        "under the headings of the main text" if page.long[row] else "its section"
    ),
    "page": lambda _page, _row: "the kind of page",
}
