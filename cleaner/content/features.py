"""Features of every block of a page: language-neutral, and computed for all blocks at once.

Each group returns named columns; a column is one value per block, or several rows of them.
`cleaner.content._features` is the compiled twin of `features`, which takes its place where it
could be built.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.content.candidates import candidates
from cleaner.content.characters import CLASSES
from cleaner.content.groups import group, place_weights
from cleaner.content.nodes import ROLES, TAGS
from cleaner.content.page import LEVELS, PageColumns
from cleaner.document import HIDDEN
from cleaner.twins import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Columns = dict[str, NDArray[Any]]

OWN = ("p", "h1", "h2", "h3", "li", "td", "div", "button", "label", "figcaption")
AROUND = ("nav", "header", "footer", "aside", "main", "article", "section", "form", "table",
           "ul", "ol", "figure", "blockquote", "a", "dl", "details", "select", "pre")  # fmt: skip
COUNTED = ("img", "p", "li", "article", "form", "table", "pre", "time", "h2", "iframe", "h3")
DECAY = 0.75 ** np.arange(LEVELS)
ROWS = 227
"""How many features there are."""
# Weights under which two paths of tags get the same sum only by being the same.
PATH = (place_weights(LEVELS) >> np.uint64(24)).astype(np.int64)
SHARES = (0.8, 0.6, 0.4)
GRAIN = 64
"""Parts of a log-odd that are told apart in what words say, so that sums of them are exact."""


def _text(page: PageColumns) -> Columns:
    """The block's own text: its length, its characters, its links."""
    size = page.size
    stops = page.chars[CLASSES["stop"]]
    counts: dict[str, int] = {}
    for text in page.texts:
        counts[text] = counts.get(text, 0) + 1
    title = page.layout.title.casefold()
    longest = len(title)  # folding case shortens no text
    return {
        "length": np.log1p(np.array((page.words, size, stops, page.chars[CLASSES["comma"]]))),
        "word length": size / np.maximum(page.words, 1),
        "link share": page.links / size,
        "words a stop": page.words / (1 + stops),
        "characters": page.chars / size,
        "edges": page.edges,
        "copies": np.array([counts[text] for text in page.texts]),
        "in the title": np.array([3 < len(text) <= longest and text.casefold() in title
                                  for text in page.texts]),
    }  # fmt: skip


def _words(page: PageColumns) -> Columns:
    """What the words of the block say, and of those around and alike, as learnt log-odds."""
    said = np.rint(GRAIN * page.said)
    weight = 1 + np.rint(np.sqrt(page.words))
    path, _ = group(PATH @ page.around)
    _, under = heading_ranks(page)

    def mean(groups: NDArray[np.int64]) -> NDArray[np.float64]:
        sums, weights = (np.bincount(groups, each)[groups] for each in (weight * said, weight))
        return np.asarray(sums / weights / GRAIN)

    sums, weights = page.subtree(weight * said, weight)[:, page.above[1]]
    return {
        "words": said / GRAIN,
        "words of the path": mean(path),
        "words of the container": sums / np.maximum(weights, 1) / GRAIN,
        "words of the section": mean(under + 1),
    }


def _markup(page: PageColumns) -> Columns:
    """The elements that the block stands in."""
    blocks = np.arange(len(page.node))
    near = np.full((len(TAGS) + 1, len(blocks)), LEVELS)
    roles = np.zeros((len(ROLES) + 1, len(blocks)), dtype=bool)
    around, role = page.around, page.role[page.above]
    for level in range(LEVELS - 1, -1, -1):
        near[around[level], blocks] = level
        roles[role[level], blocks] = True
    flags = np.array(page.layout.flags)[page.node]
    return {
        "is": near[[TAGS[tag] for tag in OWN]] == 0,
        "in": near[[TAGS[tag] for tag in AROUND]],
        "in role": roles[1:],
        "depth": (page.above >= 0).sum(0),
        "hidden": flags & HIDDEN > 0,
    }


def _names(page: PageColumns) -> Columns:
    """What class, id and role names around the block say, as learnt log-odds."""
    around = page.names[:2, page.above].astype(np.float64)
    strong = around[0]
    return {
        "names, decayed": DECAY @ around,
        "names, sum": around.sum(1),
        "names, least": around.min(1),
        "names, most": around.max(1),
        "names, where least": strong.argmin(0),
        "names, strongest": strong[:5],
        "names, mean": around[1, :5],
        "names and tags together": page.named,
    }


def _containers(page: PageColumns) -> Columns:
    """The text mass and the links of the nodes around the block."""
    words, size, links, long, blocks = page.sums
    images, paragraphs = page.count_tags("img", "p")
    total, total_long = max(page.words.sum(), 1), max(page.long.sum(), 1)
    node = page.above[1:7]
    near = node[:4]
    number = np.maximum(blocks[near], 1)
    columns: Columns = {
        "container words": words[node] / total,
        "container prose": long[node] / np.maximum(words[node], 1),
        "container share of prose": long[node] / total_long,
        "container link share": links[node] / np.maximum(size[node], 1),
        "container blocks": np.log1p(blocks[near]),
        "container images": images[near] / number,
        "container words a block": words[near] / number,
        "container paragraphs": paragraphs[near] / number,
    }
    for share in SHARES:
        enough = np.flatnonzero(long >= share * total_long)
        centre = int(enough[-1]) if len(enough) else 0
        columns[f"in the node with {share} of the prose"] = page.inside(centre)
        columns[f"words of the node with {share}"] = np.full_like(page.words, words[centre] / total)
        columns[f"levels to the node with {share}"] = page.steps_to(centre)
    return columns


def _position(page: PageColumns) -> Columns:
    """Where the block stands on the page and among its neighbours."""
    count = len(page.node)
    index = np.arange(count)
    before = np.cumsum(page.words) - page.words
    long = page.long > 0
    prose = np.flatnonzero(long)
    first, last = (prose[0], prose[-1]) if len(prose) else (0, count - 1)
    following = np.minimum.accumulate(np.where(long, index, count)[::-1])[::-1]
    leading = np.maximum.accumulate(np.where(long, index, -1))
    own = np.array((np.log1p(page.words), page.links / page.size, np.log1p(page.long)))
    around = np.full((4, 3, count + 4), -1.0)
    for row, shift in enumerate((-2, -1, 1, 2)):
        around[row, :, 2 - shift : 2 - shift + count] = own
    return {
        "place": index / count,
        "words before": before / max(float(page.words.sum()), 1.0),
        "blocks before": np.log1p(index),
        "blocks after": np.log1p(count - 1 - index),
        "blocks from the first prose": index - first,
        "blocks from the last prose": index - last,
        "blocks to the next prose": np.minimum(following - index, 50),
        "blocks since the last prose": np.minimum(index - leading, 50),
        "neighbours": around[:, :, 2 : 2 + count].reshape(12, count),
    }


def heading_ranks(page: PageColumns) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the rank of each block that is a heading, else 0, and the heading it stands under."""
    around = page.around[:3]
    ranks = np.where((around >= TAGS["h1"]) & (around <= TAGS["h6"]), around - TAGS["h1"] + 1, 0)
    rank = ranks.max(0)
    return rank, np.maximum.accumulate(np.where(rank > 0, np.arange(len(rank)), -1))


def _headings(page: PageColumns) -> Columns:
    """The headings: the page's first, and the one the block stands under."""
    count = len(page.node)
    index = np.arange(count)
    rank, under = heading_ranks(page)
    first = np.flatnonzero(rank == 1)
    top = int(first[0]) if len(first) else -1
    known = under >= 0
    section = under + 1
    words, links, size, prose, blocks = (
        np.bincount(section, weights=values, minlength=count + 1)[section]
        for values in (page.words, page.links, page.size, page.long, None)
    )
    share = page.links / page.size
    sums = DECAY @ page.names[0, page.above].astype(np.float64)
    return {
        "heading rank": rank,
        "heading above": np.where(known, rank[under], 0),
        "blocks since the heading": np.where(known, np.minimum(index - under, 100), 101),
        "words of the heading": np.where(known, page.words[under], 0),
        "link share of the heading": np.where(known, share[under], -1),
        "names of the heading": np.where(known, sums[under], 0),
        "words of the section": np.log1p(words),
        "link share of the section": links / np.maximum(size, 1),
        "blocks of the section": np.log1p(blocks),
        "prose of the section": prose / np.maximum(words, 1),
        "blocks from the h1": np.clip(index - top, -200, 200) if top >= 0
        else np.full(count, -201),
        "levels to the h1": page.steps_to(int(page.node[top])) if top >= 0
        else np.full(count, -1),
    }  # fmt: skip


def _repetition(page: PageColumns) -> Columns:
    """Structure that repeats: cards, rows, posts, menus."""
    blocks = np.arange(len(page.node))
    missing = len(page.parent) - 1
    groups, count = group(page.parent[:missing] * len(page.parent) + page.shape[:missing])
    groups = np.append(groups, count)  # the missing node is in a group of its own
    members = np.bincount(groups)
    members[count] = 0
    counts = np.concatenate((page.sums, page.count_tags("img", "a", "h2", "h3")))
    around = groups[page.above]
    repeats = members[around]
    level = repeats.argmax(0)
    chosen = around[level, blocks]
    words, size, links, long, parts, images, anchors, h2, h3 = (
        np.bincount(groups, weights=value)[chosen] for value in counts
    )
    number = np.maximum(members[chosen], 1)
    total = max(float(page.words.sum()), 1.0)
    path, _ = group(PATH @ page.around)
    shape = page.shape[page.node]
    path_blocks, shape_blocks = np.bincount(path)[path], np.bincount(shape)[shape]
    path_words, path_size, path_links, path_long = (
        np.bincount(path, weights=value)[path]
        for value in (page.words, page.size, page.links, page.long)
    )
    return {
        "items": np.log1p(members[chosen]),
        "item level": level,
        "item words": np.log1p(words / number),
        "item parts": np.array((parts, images, anchors, h2 + h3)) / number,
        "items' link share": links / np.maximum(size, 1),
        "items' prose": long / np.maximum(words, 1),
        "items' words": words / total,
        "items' rank": words / max(float(words.max()), 1.0),
        "siblings": np.log1p(repeats[1:5]),
        "path words": path_words / total,
        "path blocks": np.log1p(path_blocks),
        "path words a block": np.log1p(path_words / path_blocks),
        "path link share": path_links / np.maximum(path_size, 1),
        "path prose": path_long / np.maximum(path_words, 1),
        "shape blocks": np.log1p(shape_blocks),
        "shape words": np.bincount(shape, weights=page.words)[shape] / total,
    }


def _whole(page: PageColumns) -> Columns:
    """The page as a whole, the same for each block."""
    words, size = max(float(page.words.sum()), 1.0), max(float(page.size.sum()), 1.0)
    flags = np.array(page.layout.flags)[page.node]
    tags = np.bincount(page.tag, minlength=len(TAGS) + 1)
    values = np.array((
        np.log1p(words),
        np.log1p(len(page.node)),
        page.links.sum() / size,
        page.long.sum() / words,
        (page.long > 0).mean(),
        np.log1p(page.long.sum()),
        page.chars[CLASSES["digit"]].sum() / size,
        np.log1p(page.chars[CLASSES["currency"]].sum()),
        page.words[(flags & HIDDEN) > 0].sum() / words,
        *np.log1p(tags[[TAGS[tag] for tag in COUNTED]]),
    ))  # fmt: skip
    columns = {"page": values, "page type by its words": page.typed}
    count = len(page.node)
    return {name: np.repeat(told[:, None], count, axis=1) for name, told in columns.items()}


GROUPS: dict[str, Callable[[PageColumns], Columns]] = {
    "text": _text,
    "words": _words,
    "markup": _markup,
    "names": _names,
    "container": _containers,
    "candidates": candidates,
    "position": _position,
    "heading": _headings,
    "repetition": _repetition,
    "page": _whole,
}
"""Name of a group of features → what computes them."""


def features_in_arrays(page: PageColumns) -> NDArray[np.float32]:
    """Return the features of all text blocks, by numpy alone: (features, blocks)."""
    columns = [column for compute in GROUPS.values() for column in compute(page).values()]
    rows = np.empty((ROWS, len(page.node)), dtype=np.float32)
    at = 0
    for column in columns:
        start, at = at, at + (1 if column.ndim == 1 else len(column))
        rows[start:at] = column
    return rows


features = compiled("cleaner.content._features", "features", features_in_arrays)


def feature_names(page: PageColumns) -> Sequence[tuple[str, str]]:
    """Return group and name of each row of `features`."""
    names: list[tuple[str, str]] = []
    for kind, compute in GROUPS.items():
        for name, column in compute(page).items():
            if column.ndim == 1:
                names.append((kind, name))
            else:
                names += [(kind, f"{name} {row}") for row in range(len(column))]
    return names
