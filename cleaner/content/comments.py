"""Comments below an article: on a page that is surely one text, they are not that text."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.content.choice import clues_around
from cleaner.content.headings import RANKS
from cleaner.document import PAGE_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from cleaner.content.choice import Choice

ARTICLE = PAGE_TYPES.index("article")
SURE = 0.75
"""How probable it must be that the page is an article; in a forum, comments are the text."""
_STORY = 50
"""Words of kept prose above the first comment, so that there is a text to comment on."""
COMMENT = "comment below an article"
_CALLED = (
    "comments?|commentaires?|coment[aá]rios?|comentarii|commenti|kommentare[rn]?|kommentit"
    "|kommentarfelt(?:et)?|komentar(?:ze|i)|kommentaarid"
)
_PARTS = (
    "list|body|area|content|container|wrapper|wrap|section|thread|box|block|inner|text|holder|feed"
    "|item|entry|author|root|title|header|heading"
)
_COMMENTS = re.compile(
    r"(?:^|\s)(?!(?:has|with|no|show|hide|open|allow|enable|join|latest|recent)[-_])"
    rf"(?:[a-z0-9]+[-_]+)*(?:{_CALLED})(?:[-_]*(?:{_PARTS}))*(?:$|\s)",
    re.IGNORECASE,
)
"""Names of class or id by which sites call a comment, or what holds comments: "comment-list", but
neither "comment-count" nor "has-comments", which articles are called as well."""


def drop_comments(choice: Choice) -> dict[int, str]:
    """Return the row of each block of the comments below an article, with the reason.

    They stand in a box called so, or after a heading called so. A page that begins with its
    comments, or may be a thread, keeps them.
    """
    if choice.types.probabilities[ARTICLE] < SURE:
        return {}
    page, attributes = choice.page, choice.page.layout.attributes
    heads = clues_around(page.layout.tags, attributes, page.above[:1], RANKS[page.around[0]] > 1)
    held = [node for node in choice.named if _is_named(attributes[node])]
    heads = [node for node in heads if _is_named(attributes[node])]
    if not held and not heads:
        return {}
    comments = choice.kept & np.isin(page.above, held).any(axis=0)
    for head in heads:
        comments |= choice.kept & (page.node >= head) & (page.node < page.end[page.parent[head]])
    rows = np.flatnonzero(comments)
    if not len(rows) or (page.long * choice.kept)[: rows[0]].sum() < _STORY:
        return {}
    return dict.fromkeys(rows.tolist(), COMMENT)


def _is_named(attributes: dict[str, str]) -> bool:
    """Return whether the class or id of an element is that of comments."""
    return any(_names_comments(attributes.get(key, "")) for key in ("class", "id"))


def start_of_comments(
    texts: Sequence[str], words: NDArray[np.floating[Any]], headings: Iterable[int]
) -> int:
    """Return where the comments below a text of lines begin; the number of lines if they do not.

    A heading of comments stands once: "Reply" below each post, or "3 comments", "7 comments" at
    each of a list, is none.

    Args:
        texts: the lines.
        words: how many words of each are kept.
        headings: the lines, in order, that call what follows comments.

    >>> texts = ["It was dark. …", "2 comments", "So it was."]
    >>> start_of_comments(texts, np.array([60, 0, 3]), [1])
    1
    >>> start_of_comments([*texts, "3 Comments"], np.array([60, 0, 3, 0]), [1, 3])
    4
    """
    names = {row: "".join(filter(str.isalpha, texts[row])).casefold() for row in headings}
    times = Counter(names.values())
    above = np.cumsum(words) - words
    begin = (row for row, name in names.items() if times[name] == 1 and above[row] >= _STORY)
    return next(begin, len(texts))


@lru_cache(maxsize=16_384)
def _names_comments(names: str) -> bool:
    """Return whether names are a class or id of comments.

    >>> _names_comments("col comment-list"), _names_comments("post has-comments")
    (True, False)
    """
    return _COMMENTS.search(names) is not None
