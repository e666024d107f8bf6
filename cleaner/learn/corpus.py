"""Labelled pages in the form that training needs: columns, targets, and a way to score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.names import name_tokens, nameless
from cleaner.content.page import PageColumns, read_columns
from cleaner.learn.label import label_blocks
from cleaner.learn.rewrite import alone, rewrite
from cleaner.learn.score import words
from cleaner.segment import segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from cleaner.document import Layout
    from cleaner.learn.datasets import Dataset, LabelledPage

_REWRITTEN, _ALONE = 0.5, 0.03
"""How much a copy in other markup, and the wanted part alone, count beside the page."""


@dataclass(slots=True)
class Example:
    """A page to learn from. Arrays run over its text blocks.

    `targets` is 1 where the block is main content, `weights` 0 where nothing is known of it.
    `words`, `owner` are the page's words as numbers and the block of each; `gold` counts how
    often each number is wanted. `copies` are of the same page, each with how much it counts.
    """

    page: LabelledPage
    pack: str
    columns: PageColumns
    tokens: list[tuple[int, tuple[str, ...]]]
    targets: NDArray[np.float32]
    weights: NDArray[np.float32]
    words: NDArray[np.int64]
    owner: NDArray[np.int64]
    gold: NDArray[np.int64] | None
    copies: tuple[tuple[Example, float], ...] = ()

    def score(self, kept: NDArray[np.bool_]) -> float:
        """Return the word F1 of the kept blocks against the gold."""
        if self.gold is None:
            return float("nan")
        chosen = self.words[kept[self.owner]]
        wanted = int(self.gold.sum())
        if not wanted or not len(chosen):
            return float(not wanted and not len(chosen))
        counts = np.bincount(chosen, minlength=len(self.gold))
        return float(2 * np.minimum(counts, self.gold).sum() / (len(chosen) + wanted))


def read_examples(dataset: Dataset, *, rewritten: bool = False) -> Iterator[Example]:
    """Yield the pages of a dataset that have visible text, aligned with their gold.

    A page with snippets only gets targets for the blocks that hold one, and weight 0 elsewhere.
    Every other page comes with `copies`: its wanted part alone, in other markup, and, if asked for,
    the whole page `rewritten` so.
    """
    for page in dataset:
        root = page.tree()
        example = _example(page, dataset.name, segment(root))
        if example is not None:
            if root is not None and page.gold is not None:
                rewrite(root, page.id)
                whole = _example(page, dataset.name, segment(root))
                if whole is not None:
                    example.copies = ((whole, _REWRITTEN),) if rewritten else ()
                    example.copies += _parts(whole)
            yield example


def _parts(whole: Example) -> tuple[tuple[Example, float], ...]:
    """Return the part of a page that is wanted, with how much it counts, if there is one."""
    wanted = whole.columns.rows[whole.targets > 0].tolist()
    if not wanted:
        return ()
    part = _example(whole.page, whole.pack, alone(whole.columns.layout, wanted, whole.page.id))
    return ((part, _ALONE),) if part else ()


def _example(page: LabelledPage, pack: str, layout: Layout) -> Example | None:
    """Return a page aligned with its gold, None if it has no visible text."""
    columns = read_columns(layout, nameless)
    if columns is None:
        return None
    attributes = columns.layout.attributes
    around = np.unique(columns.above)
    tokens = [(node, found) for node in around[around >= 0].tolist()
              if attributes[node] and (found := name_tokens(attributes[node]))]  # fmt: skip
    if page.gold is None:
        targets, weights = _from_snippets(columns.texts, page)
    else:
        share = label_blocks(columns.texts, page.gold)
        weights = (~np.isnan(share)).astype(np.float32)
        targets = (np.nan_to_num(share) >= 0.5).astype(np.float32)
    numbers: dict[str, int] = {}
    blocks = [[numbers.setdefault(word, len(numbers)) for word in words(text)]
              for text in columns.texts]  # fmt: skip
    gold = None
    if page.gold is not None:
        wanted = [numbers.setdefault(word, len(numbers)) for word in words(page.gold)]
        gold = np.bincount(np.array(wanted, dtype=np.int64), minlength=len(numbers))
    return Example(
        page, pack, columns, tokens, targets, weights,
        np.array([number for block in blocks for number in block], dtype=np.int64),
        np.repeat(np.arange(len(blocks)), [len(block) for block in blocks]),
        gold,
    )  # fmt: skip


def _from_snippets(
    texts: Iterable[str], page: LabelledPage
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return targets and weights of blocks that hold a wanted or an unwanted snippet."""
    known = []
    for text in texts:
        wanted = any(snippet in text for snippet in page.with_)
        unwanted = any(snippet in text for snippet in page.without)
        known.append((float(wanted), float(wanted != unwanted)))
    targets, weights = np.array(known, dtype=np.float32).reshape(-1, 2).T
    return targets, weights
