"""What the model needs of each node of a page: tag, end, role, shape and names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.names import NAMELESS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from cleaner.content.names import Scores
    from cleaner.document import Layout

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]
    NameScores = Callable[[dict[str, str]], Scores]

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


def describe_nodes(
    layout: Layout, above: Ints, score_names: NameScores
) -> tuple[Ints, Ints, Ints, Ints, Floats]:
    """Return the columns `tag`, `end`, `role`, `shape` and `names` of `PageColumns`.

    Role, shape and names are only told of the nodes in `above`, those around a block.
    """
    count = len(layout.tags) + 1
    number = TAGS.get
    tag = np.array([*(number(tag, 0) for tag in layout.tags), 0], dtype=np.int64)
    used = np.zeros(count, dtype=bool)
    used[above.ravel()] = True
    role, shape = [0] * count, [0] * count
    names = np.zeros((len(NAMELESS), count), dtype=np.float32)
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
    return tag, _ends(layout.parents), np.array(role), np.array(shape), names


def _ends(parents: list[int]) -> Ints:
    count = len(parents)
    end = list(range(1, count + 2))
    for child in range(count - 1, 0, -1):
        last, parent = end[child], parents[child]
        if last > end[parent]:  # noqa: PLR1730 - a call of max() would double the time
            end[parent] = last
    end[count] = count
    return np.array(end, dtype=np.int64)


def tag_table(*tags: str) -> NDArray[np.bool_]:
    """Return a table that tells for the number of a tag whether it is one of `tags`."""
    return np.isin(np.arange(len(TAGS) + 1), [TAGS[tag] for tag in tags])
