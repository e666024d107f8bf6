"""The columns that features are made of: per node, per text block, per level above a block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.characters import CLASSES, count_characters

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from cleaner.document import Layout

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]
    NameScores = Callable[[dict[str, str]], tuple[float, float]]

LEVELS = 12
"""How many of the nodes around a block are looked at, the block's own node among them."""

TAGS = {
    tag: number
    for number, tag in enumerate(
        "p h1 h2 h3 h4 h5 h6 li td th dt dd figcaption blockquote pre div span a button label"
        " section article main nav header footer aside form table ul ol figure dl details img"
        " body option select legend summary tr iframe video input time strong b em i br".split(),
        start=1,
    )
}
"""Tag → the number under which `PageColumns.tag` holds it; 0 is every other."""

ROLES = {
    role: number
    for number, role in enumerate(
        "navigation main complementary contentinfo banner dialog list".split(), start=1
    )
}


@dataclass(slots=True)
class PageColumns:
    """A page as columns. n runs over its nodes, b over its text blocks, k over `LEVELS`.

    `above[k, b]` is the node k levels above block b, or -1; every array over n has one more
    entry at the end, which stands for that missing node.
    """

    layout: Layout
    texts: list[str]  # b
    rows: Ints  # b → number of the block in the layout
    node: Ints  # b
    words: Floats  # b
    size: Floats  # b, characters
    links: Floats  # b, characters inside links
    chars: NDArray[np.int64]  # (classes, b)
    edges: NDArray[np.int64]  # (2, b), see `count_characters`
    long: Floats  # b, its words if it reads like a paragraph, else 0
    above: Ints  # (k, b)
    parent: Ints  # n
    end: Ints  # n, one past the last descendant
    tag: Ints  # n
    role: Ints  # n
    shape: Ints  # n, equal for nodes of equal tag and class
    names: Floats  # (2, n), the strongest and the mean log-odds of the names

    def subtree(self, *values: Floats) -> Floats:
        """Sum block values over the subtree of every node: (values, n)."""
        count = len(self.parent)
        sums = np.zeros((len(values), count + 1))
        for row, value in enumerate(values):
            np.cumsum(np.bincount(self.node, weights=value, minlength=count)[:-1],
                      out=sums[row, 1:-1])  # fmt: skip
        sums[:, -1] = sums[:, -2]
        out = (sums[:, self.end] - sums[:, :-1]).astype(np.float32)
        out[:, -1] = 0
        return out

    def count_tags(self, *tags: str) -> Floats:
        """Count the elements of each tag in the subtree of every node: (tags, n)."""
        own = self.tag == np.array([[TAGS[tag]] for tag in tags])
        sums = np.zeros((len(tags), own.shape[1] + 1))
        np.cumsum(own, axis=1, out=sums[:, 1:])
        out = (sums[:, self.end] - sums[:, :-1]).astype(np.float32)
        out[:, -1] = 0
        return out

    def steps_to(self, centre: int) -> Floats:
        """Return how many levels above node `centre` the first node stands that holds the block."""
        chain = []
        node = centre
        while node >= 0:
            chain.append(node)
            node = int(self.parent[node])
        # The nodes above one another nest, so those that hold a block come first from the top.
        nodes = np.array(chain[::-1])
        begun = np.searchsorted(nodes, self.node, side="right")
        unended = np.searchsorted(-self.end[nodes], -self.node, side="left")
        return (len(nodes) - np.minimum(begun, unended)).astype(np.float32)


def read_columns(layout: Layout, score_names: NameScores) -> PageColumns | None:
    """Return the columns of a page, or None if it has no text.

    `score_names` gives the strongest and the mean log-odds of an element's name tokens.
    """
    texts = [text for text in layout.texts if text]
    if not texts:
        return None
    rows = np.array([row for row, text in enumerate(layout.texts) if text], dtype=np.int64)
    node = np.array(layout.block_nodes, dtype=np.int64)[rows]
    parent = np.array([*layout.parents, -1], dtype=np.int64)
    above = np.empty((LEVELS, len(rows)), dtype=np.int64)
    above[0] = node
    for level in range(1, LEVELS):
        above[level] = parent[above[level - 1]]
    words = np.array(layout.words, dtype=np.float32)[rows]
    size = np.array([len(text) for text in texts], dtype=np.float32)
    links = np.minimum(np.array(layout.links, dtype=np.float32)[rows], size)
    chars, edges = count_characters(texts)
    reads = (chars[CLASSES["stop"]] + chars[CLASSES["comma"]] > 0) & (words >= 8)
    long = np.where(reads & (links < 0.5 * size), words, 0).astype(np.float32)
    number = TAGS.get
    tag = np.array([*(number(tag, 0) for tag in layout.tags), 0], dtype=np.int64)
    role, shape, names = _describe_nodes(layout, above, score_names)
    return PageColumns(layout, texts, rows, node, words, size, links, chars, edges, long, above,
                       parent, _ends(layout.parents), tag, role, shape, names)  # fmt: skip


def _ends(parents: list[int]) -> Ints:
    count = len(parents)
    end = list(range(1, count + 2))
    for child in range(count - 1, 0, -1):
        last, parent = end[child], parents[child]
        if last > end[parent]:  # noqa: PLR1730 - a call of max() would double the time
            end[parent] = last
    end[count] = count
    return np.array(end, dtype=np.int64)


def _describe_nodes(
    layout: Layout, above: Ints, score_names: NameScores
) -> tuple[Ints, Ints, Floats]:
    """Return role, shape and name scores of the nodes that stand around blocks."""
    count = len(layout.tags) + 1
    used = np.zeros(count, dtype=bool)
    used[above.ravel()] = True
    role, shape = [0] * count, [0] * count
    names = np.zeros((2, count), dtype=np.float32)
    shapes: dict[tuple[str, str | None], int] = {}
    nodes, scores = [], []
    tags, attributes = layout.tags, layout.attributes
    for node in np.flatnonzero(used[:-1]).tolist():
        attrs = attributes[node]
        if attrs:
            shape[node] = shapes.setdefault((tags[node], attrs.get("class")), len(shapes) + 1)
            nodes.append(node)
            scores.append(score_names(attrs))
            if "role" in attrs:
                role[node] = ROLES.get(attrs["role"], 0)
        else:
            shape[node] = shapes.setdefault((tags[node], None), len(shapes) + 1)
    if nodes:
        names[:, nodes] = np.array(scores).T
    return np.array(role), np.array(shape), names
