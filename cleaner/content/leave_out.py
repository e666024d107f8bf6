"""What a reader did not come for although it was chosen: told twice, told by others, or a shell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.choice import Choice
from cleaner.content.comments import drop_comments
from cleaner.content.copies import drop_copies
from cleaner.content.headings import RANKS
from cleaner.content.nodes import TAGS
from cleaner.content.telling import repeats_title
from cleaner.document import PAGE_TYPES
from cleaner.walk import LEAST_RULE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
_H1 = TAGS["h1"]
_SIGNATURES = re.compile(r"(?:^|\s)(?!(?:has|with|no|show|hide)[_-])[\w-]*[sS]ignature(?:$|[\s_-])")
"""The class by which forums name what a member has below each post."""
_RULED = re.compile(rf"_{{{LEAST_RULE},}}(?:\n|$)")
"""The line that older forums put between a post and what its writer has below each."""
_FRAMES = {
    **dict.fromkeys(("wm-ipp-base", "wm-ipp", "wm-ipp-print"), "toolbar of a web archive"),
    **dict.fromkeys(
        ("awesomewrap", "templatePreheader", "templateFooter"), "frame of a newsletter"
    ),
}
"""The ids of what services put around a page: an archive of the web, a sender of newsletters."""
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
    if chances[chances.argmax()] < _NOTHING:
        rows = np.flatnonzero(kept).tolist()
        kept[:] = False
        return dict.fromkeys(rows, _SHELL)
    choice = Choice.of(page, kept, chances, types)
    named: dict[int, str] = {}
    for rule in _RULES:
        if dropped := rule(choice):
            choice.drop(dropped)
            named |= dropped
    return named


def drop_frames(choice: Choice) -> dict[int, str]:
    """Return what a service put around the page."""
    ids = ((node, choice.page.layout.attributes[node].get("id", "")) for node in choice.named)
    return _in_boxes(choice, {node: _FRAMES[name] for node, name in ids if name in _FRAMES})


def drop_infoboxes(choice: Choice) -> dict[int, str]:
    """Return the infoboxes beside an article, which sum up what the text says."""
    tags = choice.page.layout.tags
    boxes = (node for node in _called(choice, _BOXES) if tags[node] in ("table", "aside"))
    return _in_boxes(choice, dict.fromkeys(boxes, _BOX))


def drop_signatures(choice: Choice) -> dict[int, str]:
    """Return what members of a forum have below each of their posts."""
    if choice.types.argmax() != _FORUM:
        return {}
    page = choice.page
    signed: dict[int, str] = {}
    ruled = -1
    for row in choice.rows:
        ruled = int(page.node[row]) if _RULED.match(page.texts[row]) else ruled
        if page.node[row] == ruled:
            signed[row] = _SIGNED
    if signed:
        choice.drop(signed)
    return {**signed, **_in_boxes(choice, dict.fromkeys(_called(choice, _SIGNATURES), _SIGNED))}


def _called(choice: Choice, names: re.Pattern[str]) -> list[int]:
    """Return the nodes with a class among these names."""
    attributes = choice.page.layout.attributes
    return [node for node in choice.named if names.search(attributes[node].get("class", ""))]


def _in_boxes(choice: Choice, nodes: Mapping[int, str]) -> dict[int, str]:
    """Return what is kept in some nodes, each with the reason for it: rows and reasons.

    A page that holds little else keeps them.
    """
    page, kept = choice.page, choice.kept
    dropped: dict[int, str] = {}
    for node, why in nodes.items():
        inside = kept & (page.node >= node) & (page.node < page.end[node])
        if 2 * (page.words * inside).sum() < (page.words * kept).sum():
            kept = kept & ~inside
            dropped.update(dict.fromkeys(np.flatnonzero(inside).tolist(), why))
    return dropped


def drop_title(choice: Choice) -> dict[int, str]:
    """Return the row of a first heading that only repeats the page's title, with the reason.

    The metadata says it. Text that is shorter than the title keeps it.
    """
    page, row = choice.page, next(iter(choice.rows), -1)
    if row < 0 or page.around[0, row] != _H1:
        return {}
    if (page.words * choice.kept).sum() < 2 * page.words[row] or not repeats_title(page, row):
        return {}
    return {row: _REPEATS}


def drop_last_heading(choice: Choice) -> dict[int, str]:
    """Return a heading with which the kept text ends, although the page goes on below it."""
    page, rows = choice.page, choice.rows[-2:]
    if len(rows) < 2:
        return {}
    before, last = rows
    doubted = _OF_ARTICLE if choice.types.argmax() == _ARTICLE else _DOUBTED
    if last + 1 == len(choice.kept) or choice.chances[last] >= doubted:
        return {}
    if not _is_heading(page, last) or _is_heading(page, before):
        return {}
    return {last: _HEADS_NOTHING}


def _is_heading(page: PageColumns, row: int) -> bool:
    return bool(RANKS[page.around[:3, row]].any())


_RULES: tuple[Callable[[Choice], dict[int, str]], ...] = (
    drop_frames,
    drop_comments,
    drop_copies,
    drop_infoboxes,
    drop_signatures,
    drop_title,
    drop_last_heading,
)
"""What is left out, one after the other: each tells which kept blocks go, and why."""
