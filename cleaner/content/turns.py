"""Turns of a conversation with an assistant: whoever spoke, and however shortly, it is text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.nodes import tag_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.content.page import PageColumns

TURN = "turn of a conversation"
_SPEAKERS = frozenset(("user", "human", "assistant", "ai", "bot", "model"))
"""What the attributes of a turn say of who speaks: `data-message-author-role="user"`."""
_TURN = re.compile(
    r"(?:^|[\s_-])(?:(?:user|human|assistant|agent|ai|bot|model|claude|chat|conversation)[-_]?"
    r"(?:message|turn|query|prompt|response)|message-bubble"
    r"|(?:segment|chat|turn)-(?:user|human|assistant|bot))"
    r"(?![_-]?(?:action|avatar|bar|button|footer|header|info|input|menu|meta|name|time))(?:$|[\s_-])",
    re.IGNORECASE,
)
"""How classes, ids, test ids and elements name one."""
_SHARE = 0.5
"""The turns hold at least this share of the words kept at first."""
_LEAST, _WORDS = 0.05, 3
"""A block that the model gives less stays out, and one of fewer words, unless alone in a turn."""
_LONGEST = 500
"""Characters from which on an attribute is no name."""
_NAMES = ("class", "id")
_BUTTONS = tag_table("button", "summary")


def keep_turns(
    page: PageColumns, kept: NDArray[np.bool_], chances: NDArray[np.float64]
) -> dict[int, str]:
    """Keep what is said in turns like those that hold the kept text; return rows and reasons."""
    said = page.words * kept
    if not any(_is_turn(page, node) for node in page.above[:, said.argmax()].tolist()):
        return {}
    nodes = [node for node in sorted({*page.above.ravel().tolist()}) if _is_turn(page, node)]
    told = np.isin(page.above, nodes)
    inside = told.any(axis=0)
    if len(nodes) < 2 or said[inside].sum() < _SHARE * said.sum():
        return {}
    turn = page.above[told.argmax(axis=0), np.arange(len(kept))]
    whole = page.words == np.bincount(turn + 1, page.words)[turn + 1]
    found = inside & ~kept & (chances >= _LEAST) & (whole | (page.words >= _WORDS))
    found &= ~_BUTTONS[page.around].any(axis=0)
    kept[found] = True
    return dict.fromkeys(np.flatnonzero(found).tolist(), TURN)


def _is_turn(page: PageColumns, node: int) -> bool:
    """Tell a node that is a turn; -1 is none."""
    if node < 0:
        return False
    tag, attributes = page.layout.tags[node], page.layout.attributes[node]
    if "-" in tag and _names_turn(tag):
        return True
    for key, value in attributes.items():
        is_data = key.startswith("data-")
        if is_data and value in _SPEAKERS:
            return True
        if (is_data or key in _NAMES) and len(value) < _LONGEST and _names_turn(value):
            return True
    return False


@lru_cache(maxsize=16_384)
def _names_turn(names: str) -> bool:
    """Tell a class, id or element of a turn.

    >>> _names_turn("group user-message"), _names_turn("ChatMessage_text"), _names_turn("users")
    (True, True, False)
    """
    return _TURN.search(names) is not None
