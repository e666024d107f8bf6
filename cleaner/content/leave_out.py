"""What a reader did not come for although it was chosen: told twice, told by others, or a shell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.comments import drop_comments
from cleaner.content.copies import drop_copies
from cleaner.content.headings import RANKS
from cleaner.content.nodes import TAGS
from cleaner.content.telling import repeats_title
from cleaner.document import PAGE_TYPES
from cleaner.walk import LEAST_RULE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from cleaner.content.guess import TypeGuess
    from cleaner.content.page import PageColumns

    Kept = NDArray[np.bool_]

_NOTHING = 0.15
"""If no block of a page is as probable, the page has no main content: it is the shell of one."""
_SHELL = "no main content on the page"
_BOX, _REPEATS = "infobox of an article", "repeats the title of the page"
_SIGNED, _HEADS_NOTHING = "signature below a post", "heading of what is left out"
_BOXES = re.compile(r"(?:^|[\s-])infobox(?:$|[\s_])")
"""The class by which wikis name the table or aside that sums an article up in figures."""
_TABLE, _ASIDE = TAGS["table"], TAGS["aside"]
_SIGNATURES = re.compile(r"(?:^|\s)(?!(?:has|with|no|show|hide)[_-])[\w-]*[sS]ignature(?:$|[\s_-])")
"""The class by which forums name what a member has below each post."""
_RULED = re.compile(rf"_{{{LEAST_RULE},}}(?:\n|$)")
"""The line that older forums put between a post and what its writer has below each."""
_TOOLBAR = "toolbar of a web archive"
_TOOLBARS = frozenset(("wm-ipp-base", "wm-ipp", "wm-ipp-print"))
"""The ids of what an archive shows above a page of another time."""
_DOUBTED, _OF_ARTICLE = 0.6, 0.9
"""A last heading that is less probable goes if it heads nothing; the same for one of an article."""
_ARTICLE, _FORUM = map(PAGE_TYPES.index, ("article", "forum"))


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
        **drop_toolbar(page, kept),
        **drop_comments(page, kept, types),
        **drop_copies(page, kept, types),
        **drop_infoboxes(page, kept),
        **drop_signatures(page, kept, types),
        **drop_title(page, kept),
        **drop_last_heading(page, kept, chances, types),
    }


def drop_toolbar(page: PageColumns, kept: Kept) -> dict[int, str]:
    """Drop what an archive of the web put before the page."""
    attributes, dropped = page.layout.attributes, {}
    for row in np.flatnonzero(kept).tolist():
        around = (attributes[node] for node in page.above[:, row].tolist() if node >= 0)
        if not any(each.get("id") in _TOOLBARS for each in around):
            break
        kept[row], dropped[row] = False, _TOOLBAR
    return dropped


def drop_infoboxes(page: PageColumns, kept: Kept) -> dict[int, str]:
    """Drop the infoboxes beside an article, which sum up what the text says."""
    tags = page.tag[:-1]
    nodes = np.flatnonzero((tags == _TABLE) | (tags == _ASIDE)).tolist()
    return _drop_boxes(page, kept, nodes, _BOXES, _BOX)


def drop_signatures(page: PageColumns, kept: Kept, types: TypeGuess) -> dict[int, str]:
    """Drop what members of a forum have below each of their posts."""
    if types.probabilities.argmax() != _FORUM:
        return {}
    nodes = np.unique(page.above[:, kept]).tolist()
    signed: dict[int, str] = {}
    ruled = -1
    for row in np.flatnonzero(kept).tolist():
        ruled = int(page.node[row]) if _RULED.match(page.texts[row]) else ruled
        if page.node[row] == ruled:
            kept[row], signed[row] = False, _SIGNED
    return {**signed, **_drop_boxes(page, kept, nodes, _SIGNATURES, _SIGNED)}


def _drop_boxes(
    page: PageColumns, kept: Kept, nodes: Iterable[int], named: re.Pattern[str], why: str
) -> dict[int, str]:
    """Drop the nodes of a class; return the row of each block dropped, with the reason.

    A page that holds little else keeps them.
    """
    dropped: dict[int, str] = {}
    for node in nodes:
        if node >= 0 and named.search(page.layout.attributes[node].get("class", "")):
            inside = kept & (page.node >= node) & (page.node < page.end[node])
            if 2 * (page.words * inside).sum() < (page.words * kept).sum():
                kept[inside] = False
                dropped.update(dict.fromkeys(np.flatnonzero(inside).tolist(), why))
    return dropped


def drop_last_heading(
    page: PageColumns, kept: Kept, chances: NDArray[np.float64], types: TypeGuess
) -> dict[int, str]:
    """Drop a heading with which the kept text ends, although the page goes on below it."""
    rows = np.flatnonzero(kept)[-2:].tolist()
    if len(rows) < 2:
        return {}
    before, last = rows
    doubted = _OF_ARTICLE if types.probabilities.argmax() == _ARTICLE else _DOUBTED
    if last + 1 == len(kept) or chances[last] >= doubted or not _is_heading(page, last):
        return {}
    if _is_heading(page, before):
        return {}
    kept[last] = False
    return {last: _HEADS_NOTHING}


def _is_heading(page: PageColumns, row: int) -> bool:
    return bool(RANKS[page.around[:3, row]].any())


def drop_title(page: PageColumns, kept: Kept) -> dict[int, str]:
    """Drop a first heading that only repeats the page's title; return its row with the reason.

    The metadata says it. Text that is shorter than the title keeps it.
    """
    row = int(kept.argmax())
    if not kept[row] or page.around[0, row] != TAGS["h1"]:
        return {}
    if (page.words * kept).sum() < 2 * page.words[row]:
        return {}
    if not repeats_title(page, row):
        return {}
    kept[row] = False
    return {row: _REPEATS}
