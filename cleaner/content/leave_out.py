"""What a reader did not come for although it was chosen: told twice, told by others, or a shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.comments import drop_comments
from cleaner.content.copies import COPY, DOCUMENTATION, find_copies, is_told
from cleaner.content.nodes import TAGS
from cleaner.content.structure import drop_infoboxes, drop_title

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.content.guess import TypeGuess
    from cleaner.content.page import PageColumns

    Kept = NDArray[np.bool_]

_NOTHING = 0.15
"""If no block of a page is as probable, the page has no main content: it is the shell of one."""
_SHELL = "no main content on the page"
_CELLS = frozenset(TAGS[tag] for tag in ("pre", "table", "td", "th"))
"""Where values and lines of code repeat on purpose."""
_TOGETHER = 2
"""Blocks in a row from which on they are a second version; one alone is a quote or meant."""
_REACH = 6
"""How far above a block they count."""
_WHOLE = 100
_SHARE = 0.1
"""Words, and share of all kept, from which on one block may be a second version, and no quote."""
_QUOTE = frozenset((TAGS["blockquote"],))


def leave_out(
    page: PageColumns, kept: Kept, chances: NDArray[np.float64], types: TypeGuess
) -> dict[int, str]:
    """Drop what is not the text itself; return the row of each block dropped, with the reason.

    Args:
        page: the page as columns.
        kept: which blocks are chosen; what is dropped is taken out.
        chances: the probability of each block.
        types: what is guessed of the page's type.
    """
    if chances.max() < _NOTHING:
        rows = np.flatnonzero(kept).tolist()
        kept[:] = False
        return dict.fromkeys(rows, _SHELL)
    return {
        **drop_comments(page, kept, types),
        **drop_copies(page, kept, types),
        **drop_infoboxes(page, kept),
        **drop_title(page, kept),
    }


def drop_copies(page: PageColumns, kept: Kept, types: TypeGuess) -> dict[int, str]:
    """Drop kept blocks whose text stands in kept blocks before; return rows and reasons.

    A refrain stays, as it has the parent of the first, and so do cells of tables, code, and all on
    a page of documentation. One block is a second version if what it says was told in pieces.
    """
    if types.probabilities[DOCUMENTATION] > 0.5:
        return {}

    parents = page.parent[page.node]

    def is_in(tags: frozenset[int], row: int) -> bool:
        return not tags.isdisjoint(page.around[:_REACH, row].tolist())

    def is_meant(row: int, first: int) -> bool:
        return bool(parents[row] == parents[first]) or is_in(_CELLS, row)

    def is_version(row: int) -> bool:
        if is_in(_CELLS | _QUOTE, row):
            return False
        others = chosen[(chosen < row) & (parents[chosen] != parents[row])]
        return is_told(page.texts[row], " ".join(page.texts[other] for other in others))

    chosen = np.flatnonzero(kept)
    words = page.words[chosen]
    rows = find_copies(chosen.tolist(), page.texts, page.words, _TOGETHER, is_meant)
    rows += filter(is_version, chosen[words >= max(_WHOLE, _SHARE * words.sum())].tolist())
    kept[rows] = False
    return dict.fromkeys(rows, COPY)
