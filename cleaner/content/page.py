"""The columns that features are made of: per node, per text block, per level above a block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.characters import CLASSES, count_characters
from cleaner.content.nodes import TAGS, describe_nodes
from cleaner.document import PAGE_TYPES
from cleaner.twins import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.content.nodes import NameScores
    from cleaner.document import Layout

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

LONGEST_NUMBER = 12
"""Characters of a text that is little more than a number."""
LEVELS = 12
"""How many of the nodes around a block are looked at, the block's own node among them."""


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
    numbers: list[int]  # those blocks of the layout that are little more than a number
    above: Ints  # (k, b)
    around: Ints  # (k, b), the tags of those nodes
    parent: Ints  # n
    end: Ints  # n, one past the last descendant
    tag: Ints  # n
    role: Ints  # n
    shape: Ints  # n, equal for nodes of equal tag and class
    names: NDArray[np.float32]  # (8, n), what is told of the names, see `names.Scores`
    said: Floats  # b, the log-odds that its words say; 0 until a model has been asked
    named: Floats  # b, those that the names and tags around it say together, likewise
    typed: Floats  # (page types,), the log-probabilities that the words of the page say, likewise

    @property
    def sums(self) -> Floats:
        """Words, size, links, long and blocks of the subtree of every node: (5, n)."""
        ones = np.ones_like(self.words)
        return self.subtree(self.words, self.size, self.links, self.long, ones)

    def subtree(self, *values: Floats) -> Floats:
        """Sum block values over the subtree of every node: (values, n)."""
        count = len(self.parent)
        sums = np.zeros((len(values), count + 1))
        for row, value in enumerate(values):
            np.cumsum(np.bincount(self.node, weights=value, minlength=count)[:-1],
                      out=sums[row, 1:-1])  # fmt: skip
        sums[:, -1] = sums[:, -2]
        out = np.asarray(sums[:, self.end] - sums[:, :-1])
        out[:, -1] = 0
        return out

    def around_block(self, row: int, levels: int | None = None) -> list[int]:
        """Return the nodes around a block, innermost first, of so many levels or of all."""
        return [node for node in self.above[:levels, row].tolist() if node >= 0]

    def inside(self, node: int) -> NDArray[np.bool_]:
        """Return for each block whether it is inside a node."""
        return np.asarray((self.node >= node) & (self.node < self.end[node]))

    def count_tags(self, *tags: str) -> Floats:
        """Count the elements of each tag in the subtree of every node: (tags, n)."""
        own = self.tag == np.array([[TAGS[tag]] for tag in tags])
        sums = np.zeros((len(tags), own.shape[1] + 1))
        np.cumsum(own, axis=1, out=sums[:, 1:])
        out = np.asarray(sums[:, self.end] - sums[:, :-1])
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
        return (len(nodes) - np.minimum(begun, unended)).astype(np.float64)


def read_in_arrays(layout: Layout, score_names: NameScores) -> PageColumns | None:
    """Return the columns of a page, or None if it has no text.

    `score_names` tells of the names of an element, from its attributes.
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
    words = np.array(layout.words, dtype=np.float64)[rows]
    size = np.array([len(text) for text in texts], dtype=np.float64)
    links = np.minimum(np.array(layout.links, dtype=np.float64)[rows], size)
    chars, edges = count_characters(texts)
    reads = (chars[CLASSES["stop"]] + chars[CLASSES["comma"]] > 0) & (words >= 8)
    long = np.where(reads & (links < 0.5 * size), words, 0)
    numbers = rows[(chars[CLASSES["digit"]] > 0) & (size <= LONGEST_NUMBER)].tolist()
    tag, end, role, shape, names = describe_nodes(layout, above, score_names)
    said, named = np.zeros((2, len(rows)))
    return PageColumns(layout, texts, rows, node, words, size, links, chars, edges, long, numbers,
                       above, tag[above], parent, end, tag, role, shape, names, said, named,
                       np.zeros(len(PAGE_TYPES)))  # fmt: skip


read_columns = compiled("cleaner.content._page", "read_columns", read_in_arrays)
