"""Where the paragraphs are: the features of a block by the scores of the nodes around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.content.characters import CLASSES
from cleaner.content.nodes import TAGS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.content.page import PageColumns

    Columns = dict[str, NDArray[Any]]

# Elements of text, and those in which text stands as a paragraph without an element of its own.
PARAGRAPHS = ("p", "pre", "td", "blockquote", "dd")
BOXES = ("div", "section", "article", "main", "body")
SHORTEST, LONGEST, EACH = 25, 300, 100
"""Characters that a paragraph must have to count, those beyond which more count for nothing, and
those that a comma is worth."""
SPREAD = np.array((36, 18, 6, 4, 3))
"""What a paragraph counts for the node that it stands in, and for each one above: parts of 36."""
CLOSE = 6
"""Levels around a block whose scores are features."""


def score_nodes(page: PageColumns) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what each block is worth as a paragraph, and the score of each node.

    These are the scores by which Readability finds an article (Arc90, 2009; Mozilla's
    Readability.js, `_grabArticle`): a paragraph counts one, one more for each comma and each
    hundred characters, of these at most three; it counts in full for the node it stands in, half
    for the next, and ever less above. The share of links in a node lessens its score.
    """
    nodes = len(page.parent)
    tag = page.tag[page.node]
    boxed = np.isin(tag, [TAGS[name] for name in BOXES])
    counts = boxed | np.isin(tag, [TAGS[name] for name in PARAGRAPHS])
    counts &= (page.size >= SHORTEST) & (page.links < 0.5 * page.size)
    worth = EACH * (1.0 + page.chars[CLASSES["comma"]]) + np.minimum(page.size, LONGEST)
    worth[~counts] = 0
    scores = np.zeros(nodes)
    node = np.where(boxed, page.node, page.parent[page.node])
    for part in SPREAD:
        scores += part * np.bincount(node % nodes, weights=worth, minlength=nodes)
        node = page.parent[node]
    _, size, links, _, _ = page.sums
    scores *= 1 - links / np.maximum(size, 1)
    scores[-1] = 0  # the missing node, which is above the roots
    return worth, scores


def candidates(page: PageColumns) -> Columns:
    """The nodes that have most paragraphs close below them, and few links."""
    count = len(page.node)
    index = np.arange(count)
    words, size, links, _, _ = page.sums
    worth, scores = score_nodes(page)
    top = int(scores.argmax())
    wide, above = top, int(page.parent[top])
    # An article in sections is the node above them, whose score is less than theirs.
    while above >= 0 and 3 * scores[above] >= scores[top]:
        wide, above = above, int(page.parent[above])
    below = page.subtree(worth)[0]
    total, most = max(float(worth.sum()), 1.0), max(float(scores[top]), 1.0)
    columns: Columns = {}
    for name, chosen in (("top", top), ("wide", wide)):
        inside = np.flatnonzero(page.inside(chosen))
        first, last = (inside[0], inside[-1]) if len(inside) else (0, count - 1)
        away = index - np.clip(index, first, last)
        columns |= {
            f"levels to the {name} candidate": page.steps_to(chosen),
            f"blocks from the {name} candidate": np.clip(away, -100, 100),
            f"prose of the {name} candidate": np.full(count, below[chosen] / total),
            f"words of the {name} candidate": np.full(
                count, words[chosen] / max(float(page.words.sum()), 1.0)
            ),
        }
    around = np.zeros(len(scores), dtype=bool)
    around[-1] = True
    while top >= 0:
        around[top] = True
        top = int(page.parent[top])
    # The highest node around a block that the top candidate is not in; else the block's own.
    apart = (~around[page.above]).sum(0)
    branch = page.above[np.maximum(apart - 1, 0), index]
    close = scores[page.above[:CLOSE]] / most
    return columns | {
        "score": close[1],
        "score, most": close.max(0),
        "score of the branch": scores[branch] / most,
        "prose of the branch": below[branch] / total,
        "link share of the branch": links[branch] / np.maximum(size[branch], 1),
        "words of the branch": np.log1p(words[branch]),
        "score of the top candidate": np.full(count, most / total),
        "scores": np.full(count, np.log1p(total)),
    }
