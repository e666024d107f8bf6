"""Features of every block of a page, as columns: language-neutral, and computed all at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.characters import CLASSES, count_characters
from cleaner.document import LINK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.document import Layout

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

LEVELS = 12
"""How many of the nodes around a block are looked at, the block's own node among them."""

# Tag → the number under which `_Page.tag` holds it; 0 is every other.
_TAGS = {
    tag: number
    for number, tag in enumerate(
        "p h1 h2 h3 h4 h5 h6 li td th dt dd figcaption blockquote pre div span a button label"
        " section article main nav header footer aside form table ul ol figure dl details img"
        " body option select legend summary tr iframe video input time strong b em i br".split(),
        start=1,
    )
}
_OWN = ("p", "h1", "h2", "h3", "li", "td", "div", "blockquote", "pre", "button", "label", "dt",
        "dd", "figcaption")  # fmt: skip
_AROUND = ("nav", "header", "footer", "aside", "main", "article", "section", "form", "table",
           "ul", "ol", "figure", "blockquote", "a", "dl", "details", "select")  # fmt: skip
_ROLES = ("navigation", "main", "complementary", "contentinfo", "banner", "dialog", "list")
_HEADINGS = tuple(_TAGS[f"h{level}"] for level in range(1, 7))


@dataclass(slots=True)
class _Page:
    """The columns that features are made of: per node (n), per text block (b), per level (k)."""

    layout: Layout
    rows: Ints  # b → index of the block in the layout
    node: Ints  # b → its block-level node
    words: Floats  # b
    size: Floats  # b, characters
    links: Floats  # b, characters inside links
    chars: NDArray[np.int64]  # (classes, b)
    parent: Ints  # n
    end: Ints  # n → one past its last descendant
    tag: Ints  # n
    above: Ints  # (k, b) → node, the last node "-1" standing for none
    name_scores: Floats  # n + 1
    long: Floats  # b, words where the block reads like a paragraph, else 0

    def subtree(self, values: Floats) -> Floats:
        """Sum block values over the subtree of every node; the last entry stands for none."""
        own = np.bincount(self.node, weights=values, minlength=len(self.parent))
        total = np.concatenate(([0.0], np.cumsum(own)))
        return np.append(total[self.end] - total[:-1], 0.0).astype(np.float32)

    def count_tags(self, *tags: str) -> Floats:
        """Count the elements of these tags in the subtree of every node."""
        own = np.isin(self.tag, [_TAGS[tag] for tag in tags])
        total = np.concatenate(([0], np.cumsum(own)))
        return np.append(total[self.end] - total[:-1], 0).astype(np.float32)


Columns = dict[str, "Floats"]


def read_page(layout: Layout, score_names: Callable[[dict[str, str]], float]) -> _Page | None:
    """Return the columns of a page, or None if it has no text."""
    rows = np.array([row for row, text in enumerate(layout.texts) if text], dtype=np.int64)
    if not len(rows):
        return None
    texts = [text for text in layout.texts if text]
    node = np.array(layout.block_nodes, dtype=np.int64)[rows]
    count = len(layout.tags)
    end = list(range(1, count + 1))
    parents = layout.parents
    for child in range(count - 1, 0, -1):
        parent = parents[child]
        if end[child] > end[parent]:
            end[parent] = end[child]
    parent_column = np.array(parents, dtype=np.int64)
    above = np.empty((LEVELS, len(rows)), dtype=np.int64)
    above[0] = node
    reach = np.append(parent_column, -1)
    for level in range(1, LEVELS):
        above[level] = reach[above[level - 1]]
    names = np.zeros(count + 1, dtype=np.float32)
    used = np.zeros(count + 1, dtype=bool)
    used[above.ravel()] = True
    attributes = layout.attributes
    for index in np.flatnonzero(used[:-1]).tolist():
        if attributes[index]:
            names[index] = score_names(attributes[index])
    words = np.array(layout.words, dtype=np.float32)[rows]
    size = np.fromiter(map(len, texts), dtype=np.float32, count=len(rows))
    links = np.minimum(np.array(layout.links, dtype=np.float32)[rows], size)
    chars = count_characters(texts)
    tag = np.fromiter((_TAGS.get(tag, 0) for tag in layout.tags), dtype=np.int64, count=count)
    reads = (chars[CLASSES["stop"]] + chars[CLASSES["comma"]] > 0) & (words >= 8)
    long = np.where(reads & (links < 0.5 * size), words, 0).astype(np.float32)
    return _Page(layout, rows, node, words, size, links, chars, parent_column,
                 np.array(end, dtype=np.int64), tag, above, names, long)  # fmt: skip


def _text(page: _Page) -> Columns:
    """The block's own text: its length, its characters, its links."""
    chars, size = page.chars, np.maximum(page.size, 1)
    share = {f"share of {name}": chars[row] / size for name, row in CLASSES.items()}
    stops = chars[CLASSES["stop"]]
    texts = [page.layout.texts[row] for row in page.rows.tolist()]
    counts: dict[str, int] = {}
    for text in texts:
        counts[text] = counts.get(text, 0) + 1
    title = page.layout.title.casefold()
    title_words = set(title.split())
    agree = np.zeros(len(texts), dtype=np.float32)
    if title_words:
        for row in np.flatnonzero(page.words <= 40).tolist():
            own = texts[row].casefold().split()
            agree[row] = len(title_words.intersection(own)) / max(len(title_words), len(own))
    return {
        "words": np.log1p(page.words),
        "characters": np.log1p(page.size),
        "word length": page.size / np.maximum(page.words, 1),
        "link share": page.links / size,
        "stops": np.log1p(stops),
        "words a stop": page.words / (1 + stops),
        "commas": np.log1p(chars[CLASSES["comma"]]),
        "ends with a stop": np.array([text[-1] in ".!?…。！？؟।:;\"”»" for text in texts]),
        "starts with a letter": np.array([text[0].isalpha() for text in texts]),
        "starts in lower case": np.array([text[0].islower() for text in texts]),
        "copies on the page": np.array([counts[text] for text in texts]),
        "likeness to the title": agree,
        "line breaks": np.array([text.count("\n") for text in texts]),
        **share,
    }


def _markup(page: _Page) -> Columns:
    """The elements that the block stands in."""
    tags = np.append(page.tag, 0)
    around = tags[page.above]
    columns: Columns = {f"is {name}": around[0] == _TAGS[name] for name in _OWN}
    for name in _AROUND:
        hit = around == _TAGS[name]
        # The nearest level counts most: 1 for the block's own node, less further out.
        columns[f"in {name}"] = np.where(hit.any(0), 1 - hit.argmax(0) / LEVELS, 0)
    depth = np.zeros(len(page.parent) + 1, dtype=np.float32)
    columns["depth"] = (page.above >= 0).sum(0)
    roles = np.zeros(len(depth), dtype=np.int64)
    for node, attrs in enumerate(page.layout.attributes):
        role = attrs.get("role")
        if role in _ROLES:
            roles[node] = _ROLES.index(role) + 1
    around = roles[page.above]
    for number, role in enumerate(_ROLES, start=1):
        columns[f"in role {role}"] = (around == number).any(0)
    return columns


def _names(page: _Page) -> Columns:
    """What class, id and role names around the block say, as learnt log-odds."""
    scores = page.name_scores[page.above]
    decay = 0.75 ** np.arange(LEVELS, dtype=np.float32)
    columns: Columns = {
        "names, decayed sum": decay @ scores,
        "names, sum": scores.sum(0),
        "names, least": scores.min(0),
        "names, most": scores.max(0),
        "names, where least": scores.argmin(0),
    }
    for level in range(6):
        columns[f"names, level {level}"] = scores[level]
    return columns


def _containers(page: _Page) -> Columns:
    """The text mass and the links of the nodes around the block."""
    columns: Columns = {}
    words, size = page.subtree(page.words), page.subtree(page.size)
    links, long = page.subtree(page.links), page.subtree(page.long)
    blocks = page.subtree(np.ones_like(page.words))
    images, paragraphs = page.count_tags("img"), page.count_tags("p")
    total, total_long = max(page.words.sum(), 1), max(page.long.sum(), 1)
    for level in range(1, 7):
        node = page.above[level]
        columns[f"words, level {level}"] = words[node] / total
        columns[f"prose, level {level}"] = long[node] / np.maximum(words[node], 1)
        columns[f"share of prose, level {level}"] = long[node] / total_long
        columns[f"link share, level {level}"] = links[node] / np.maximum(size[node], 1)
        if level <= 4:
            columns[f"blocks, level {level}"] = np.log1p(blocks[node])
            columns[f"images, level {level}"] = images[node] / np.maximum(blocks[node], 1)
            columns[f"words a block, level {level}"] = words[node] / np.maximum(blocks[node], 1)
            columns[f"paragraphs, level {level}"] = paragraphs[node] / np.maximum(blocks[node], 1)
    for share in (0.6, 0.4, 0.8):
        enough = np.flatnonzero(long[:-1] >= share * total_long)
        centre = int(enough[-1]) if len(enough) else 0
        inside = (page.node >= centre) & (page.node < page.end[centre])
        columns[f"in the node with {share} of the prose"] = inside
        columns[f"words of the node with {share}"] = np.full(len(inside), words[centre] / total)
        columns[f"blocks around the node with {share}"] = _distance(page, centre)
    return columns


def _distance(page: _Page, centre: int) -> Floats:
    """Return how many levels up from `centre` the first node is that also holds the block."""
    steps = np.zeros(len(page.node), dtype=np.float32)
    node = centre
    while node >= 0:
        steps += (page.node < node) | (page.node >= page.end[node])
        node = int(page.parent[node])
    return steps


def _position(page: _Page) -> Columns:
    """Where the block stands on the page and among its neighbours."""
    count = len(page.node)
    index = np.arange(count, dtype=np.float32)
    before = np.cumsum(page.words) - page.words
    total = max(float(page.words.sum()), 1.0)
    long = page.long > 0
    prose = np.flatnonzero(long)
    first, last = (int(prose[0]), int(prose[-1])) if len(prose) else (0, count - 1)
    share = page.links / np.maximum(page.size, 1)
    columns: Columns = {
        "place": index / count,
        "words before": before / total,
        "blocks before": np.log1p(index),
        "blocks after": np.log1p(count - 1 - index),
        "blocks from the first prose": index - first,
        "blocks from the last prose": index - last,
    }
    for name, column in (("words", np.log1p(page.words)), ("link share", share),
                         ("prose", np.log1p(page.long))):  # fmt: skip
        for shift in (-2, -1, 1, 2):
            columns[f"{name}, {shift:+d}"] = _shifted(column, shift)
    following = np.minimum.accumulate(np.where(long, index, count)[::-1])[::-1]
    leading = np.maximum.accumulate(np.where(long, index, -1))
    columns["blocks to the next prose"] = np.minimum(following - index, 50)
    columns["blocks since the last prose"] = np.minimum(index - leading, 50)
    return columns


def _shifted(column: Floats, shift: int) -> Floats:
    out = np.full_like(column, -1)
    if abs(shift) < len(column):
        if shift > 0:
            out[:-shift] = column[shift:]
        else:
            out[-shift:] = column[:shift]
    return out


def _headings(page: _Page) -> Columns:
    """The headings: the page's first, and the one the block stands under."""
    count = len(page.node)
    index = np.arange(count)
    tags = page.tag[page.node]
    level = np.zeros(count, dtype=np.int64)
    nodes = page.above[:3]
    around = np.append(page.tag, 0)[nodes]
    for number, tag in enumerate(_HEADINGS, start=1):
        level[(around == tag).any(0)] = number
    first = np.flatnonzero(level == 1)
    top = int(first[0]) if len(first) else -1
    under = np.maximum.accumulate(np.where(level > 0, index, -1))
    section = under + 1
    words = np.bincount(section, weights=page.words, minlength=count + 1)[section]
    links = np.bincount(section, weights=page.links, minlength=count + 1)[section]
    size = np.bincount(section, weights=page.size, minlength=count + 1)[section]
    blocks = np.bincount(section, minlength=count + 1)[section]
    prose = np.bincount(section, weights=page.long, minlength=count + 1)[section]
    safe = np.maximum(under, 0)
    names = page.name_scores[page.above].sum(0)
    columns: Columns = {
        "heading level": level,
        "heading above": np.where(under >= 0, level[safe], 0),
        "blocks since the heading": np.where(under >= 0, np.minimum(index - under, 100), 101),
        "words of the heading": np.where(under >= 0, page.words[safe], 0),
        "links of the heading": np.where(under >= 0, (page.links / page.size)[safe], -1),
        "names of the heading": np.where(under >= 0, names[safe], 0),
        "words of the section": np.log1p(words),
        "link share of the section": links / np.maximum(size, 1),
        "blocks of the section": np.log1p(blocks),
        "prose of the section": prose / np.maximum(words, 1),
        "blocks from the h1": np.clip(index - top, -200, 200) if top >= 0 else np.full(count, -201),
        "levels to the h1": _distance(page, int(page.node[top])) if top >= 0 else tags * 0 - 1,
        "headings of the first level": np.full(count, len(first)),
    }
    return columns


def _repetition(page: _Page) -> Columns:
    """Structure that repeats: cards, rows, posts, menus."""
    layout, count = page.layout, len(page.parent)
    used = np.zeros(count + 1, dtype=bool)
    used[page.above.ravel()] = True
    paths, groups, shapes = np.zeros((3, count + 1), dtype=np.int64)
    path_ids: dict[tuple[int, str], int] = {}
    group_ids: dict[tuple[int, str, str], int] = {}
    shape_ids: dict[tuple[str, str], int] = {}
    path_list = [0] * (count + 1)
    for node in np.flatnonzero(used[:-1]).tolist():
        tag, parent = layout.tags[node], layout.parents[node]
        name = layout.attributes[node].get("class", "")
        path_list[node] = path_ids.setdefault((path_list[parent], tag), len(path_ids) + 1)
        groups[node] = group_ids.setdefault((parent, tag, name), len(group_ids) + 1)
        shapes[node] = shape_ids.setdefault((tag, name), len(shape_ids) + 1)
    paths[:] = path_list
    members = np.bincount(groups, minlength=1)
    members[0] = 0
    group_words = np.bincount(groups, weights=page.subtree(page.words))
    group_links = np.bincount(groups, weights=page.subtree(page.links))
    group_size = np.bincount(groups, weights=page.subtree(page.size))
    group_blocks = np.bincount(groups, weights=page.subtree(np.ones_like(page.words)))
    group_images = np.bincount(groups, weights=page.count_tags("img"))
    group_long = np.bincount(groups, weights=page.subtree(page.long))
    total = max(float(page.words.sum()), 1.0)
    around = groups[page.above]
    sizes = members[around]
    strongest = sizes.argmax(0)
    group = around[strongest, np.arange(len(page.node))]
    number = np.maximum(members[group], 1)
    block_shape = shapes[page.node] * 0 + paths[page.node]
    path_words = np.bincount(block_shape, weights=page.words)[block_shape]
    path_blocks = np.bincount(block_shape)[block_shape]
    path_links = np.bincount(block_shape, weights=page.links)[block_shape]
    path_size = np.bincount(block_shape, weights=page.size)[block_shape]
    path_long = np.bincount(block_shape, weights=page.long)[block_shape]
    shape = shapes[page.node]
    columns: Columns = {
        "like siblings": np.log1p(members[group]),
        "level that repeats": strongest,
        "words an item": np.log1p(group_words[group] / number),
        "blocks an item": group_blocks[group] / number,
        "images an item": group_images[group] / number,
        "link share of the items": group_links[group] / np.maximum(group_size[group], 1),
        "prose of the items": group_long[group] / np.maximum(group_words[group], 1),
        "words of the items": group_words[group] / total,
        "words of the same path": path_words / total,
        "blocks of the same path": np.log1p(path_blocks),
        "words a block of the same path": np.log1p(path_words / path_blocks),
        "link share of the same path": path_links / np.maximum(path_size, 1),
        "prose of the same path": path_long / np.maximum(path_words, 1),
        "blocks of the same shape": np.log1p(np.bincount(shape)[shape]),
        "words of the same shape": np.bincount(shape, weights=page.words)[shape] / total,
    }
    for level in range(1, 5):
        columns[f"siblings, level {level}"] = np.log1p(sizes[level])
    return columns


def _whole(page: _Page) -> Columns:
    """The page as a whole, the same for each block."""
    count = len(page.node)
    words = max(float(page.words.sum()), 1.0)
    values = {
        "page words": np.log1p(words),
        "page blocks": np.log1p(count),
        "page link share": float(page.links.sum() / max(page.size.sum(), 1)),
        "page prose": float(page.long.sum()) / words,
        "page paragraphs": float((page.long > 0).mean()),
        "page words of prose": np.log1p(float(page.long.sum())),
        "page digits": float(page.chars[CLASSES["digit"]].sum() / max(page.size.sum(), 1)),
        "page currency": np.log1p(float(page.chars[CLASSES["currency"]].sum())),
    }
    for name in ("img", "p", "li", "article", "form", "table", "pre", "time", "h2", "iframe"):
        values[f"page {name}"] = np.log1p(float((page.tag == _TAGS[name]).sum()))
    return {name: np.full(count, value) for name, value in values.items()}


GROUPS: Sequence[Callable[[_Page], Columns]] = (
    _text, _markup, _names, _containers, _position, _headings, _repetition, _whole,
)  # fmt: skip


def features(page: _Page) -> tuple[list[str], Floats]:
    """Return the names of the features, and one row of them per text block."""
    columns: Columns = {}
    for group in GROUPS:
        columns.update(group(page))
    return list(columns), np.array(list(columns.values()), dtype=np.float32).T
