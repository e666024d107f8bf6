"""Contents of a manual: the list of its pages is the text of the page that it opens with."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from cleaner.document import LINK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.content.guess import TypeGuess
    from cleaner.content.page import PageColumns
    from cleaner.document import Layout

CONTENTS = "contents of a manual"
_NAMES = frozenset(("toctree-wrapper", "toc", "tableofcontents", "ChildLinks", "element-contents"))
"""What Sphinx, DocBook, tex4ht, LaTeX2HTML and Texinfo call the list of the pages below."""
_BOXES = frozenset(("div", "dl", "ul", "section"))
_BESIDE = frozenset(("nav", "aside", "header", "footer"))
_LEAST = 0.1
"""The least probability of its words, in the mean: menus beside the text have none."""
_MOST = 30
"""So many lists of a page are looked at: each look is one over all blocks."""
_PAGES = 3
"""It leads to so many other pages, at least: a list of the sections below tells nothing new."""


def keep_contents(
    page: PageColumns, kept: NDArray[np.bool_], chances: NDArray[np.float64], types: TypeGuess
) -> dict[int, str]:
    """Keep the list of a manual's other pages; return the row of each block, with the reason."""
    if types.best != "documentation":
        return {}
    layout = page.layout
    rows: list[int] = []
    named = (
        node
        for node, about in enumerate(layout.attributes)
        if "class" in about
        and layout.tags[node] in _BOXES
        and not _NAMES.isdisjoint(about["class"].split())
    )
    for node in islice(named, _MOST):
        inside = page.inside(node)
        words = page.words * inside
        if (
            (chances * words).sum() >= _LEAST * words.sum() > 0
            and not any(layout.tags[outer] in _BESIDE for outer in layout.ancestors(node))
            and _pages_from(layout, node, int(page.end[node])) >= _PAGES
        ):
            rows += np.flatnonzero(inside & ~kept).tolist()
    kept[rows] = True
    return dict.fromkeys(rows, CONTENTS)


def _pages_from(layout: Layout, start: int, end: int) -> int:
    """Return to how many other pages the links among some nodes lead."""
    links = (n for n in range(start, end) if layout.tags[n] == "a" and layout.flags[n] & LINK)
    return len({layout.attributes[n].get("href", "").partition("#")[0] for n in links} - {""})
