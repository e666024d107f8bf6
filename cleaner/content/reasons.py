"""Why a block was kept or dropped: the groups of features that decided, in words."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.features import GROUPS, feature_names, features
from cleaner.content.page import PageColumns, read_columns

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from cleaner.content.model import Model
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
        return read_columns(self._layout, self._model.score_names)

    @cached_property
    def _rows(self) -> NDArray[np.float32]:
        assert self._page is not None
        return features(self._page)

    @cached_property
    def _groups(self) -> NDArray[np.str_]:
        assert self._page is not None
        return np.array([group for group, _ in feature_names(self._page)])

    def __call__(self, block: int) -> str:
        """Return the reason for the verdict on a block, such as "in footer; 92 % links"."""
        kept = bool(self._kept[block])
        if self._page is None or not self._layout.texts[block]:
            return "beside kept text" if kept else "not beside kept text"
        row = int(np.searchsorted(self._page.rows, block))
        own = self._rows[:, row]
        names = list(GROUPS)
        trials = np.repeat(own[:, None], len(names) + 1, axis=1)
        for number, group in enumerate(names):
            chosen = self._groups == group
            trials[chosen, number] = self._model.arrays["mean"][chosen]
        logits = self._model.logits(trials)
        moved = (logits[-1] - logits[:-1]) * (1 if kept else -1)
        strongest = [names[at] for at in np.argsort(-moved)[:_MOST].tolist() if moved[at] > 0]
        return "; ".join(_WORDS[group](self._page, row) for group in strongest[:_MOST]) or (
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


def _container(page: PageColumns, row: int) -> str:
    node = page.above[1, row]
    words = page.subtree(page.words, page.links, page.size)[:, node]
    share = 100 * words[0] / max(float(page.words.sum()), 1.0)
    links = 100 * words[1] / max(float(words[2]), 1.0)
    return f"container with {share:.0f} % of the text, {links:.0f} % links"


def _position(page: PageColumns, row: int) -> str:
    return f"{100 * row / len(page.node):.0f} % down the page"


def _heading(page: PageColumns, row: int) -> str:
    return "under the headings of the main text" if page.long[row] else "its section"


def _repetition(page: PageColumns, row: int) -> str:
    shape = page.shape[page.node]
    return f"one of {int((shape == shape[row]).sum())} blocks alike"


_WORDS: dict[str, Callable[[PageColumns, int], str]] = {
    "text": _text,
    "markup": _markup,
    "names": _names,
    "container": _container,
    "position": _position,
    "heading": _heading,
    "repetition": _repetition,
    "page": lambda _page, _row: "the kind of page",
}
