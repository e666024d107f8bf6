"""Texts that stand on a page twice: for narrow and for wide windows, in slides that go round."""

from __future__ import annotations

from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any

from cleaner.content.nodes import TAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from cleaner.content.choice import Choice
    from cleaner.content.page import PageColumns

COPY = "told before on the page"
_LEAST = 30
"""Words from which on what repeats is a second version, not a coincidence."""
_CELLS = frozenset(TAGS[tag] for tag in ("pre", "table", "td", "th"))
"""Where values and lines of code repeat on purpose."""
_TOGETHER = 2
"""Blocks in a row from which on they are a second version; a short one alone is meant."""
_ALONE, _ALONE_SIZE = 40, 200
"""Words and characters from which on one that is equal to the letter is a second version alone."""
_REACH, _ITEM = 6, 2
"""How far above a block they count, and how far the item of a list."""
_WHOLE = 100
_SHARE = 0.1
"""Words, and share of all kept, from which on one block may be a second version, and no quote."""
_QUOTE = frozenset((TAGS["blockquote"],))
_SAMPLES = 8
_MISSING = 2
_SAMPLE = 24
"""Samples of a text, how many of them may be missing from another, and the characters of each."""


def find_copies(
    rows: Sequence[int],
    texts: Sequence[str],
    words: NDArray[Any],
    together: int,
    is_meant: Callable[[int, int], bool] = lambda _row, _first: False,
) -> list[int]:
    """Return which of some rows, in order, repeat one before.

    Copies go in runs of thirty words or more, so that the headings of a second version go with its
    paragraphs, and a question that an interview puts twice stays.

    Args:
        rows: the numbers of the texts that are looked at.
        texts: all texts.
        words: how many words each has.
        together: different texts that a run has at least.
        is_meant: tells of a row and the first of its text whether it repeats that on purpose.

    >>> import numpy as np
    >>> texts = ["Light", "It was dark. …", "Light", "Night", "Light", "It was dark. …"]
    >>> find_copies(range(6), texts, np.array([1, 30, 1, 1, 1, 30]), 2)
    [4, 5]
    """
    if len({texts[row] for row in rows}) == len(rows):  # as on most pages
        return []
    first: dict[str, int] = {}
    found: list[int] = []
    run: list[int] = []

    def end() -> None:
        different = len({texts[row] for row in run})
        if different >= together and sum(words[row] for row in run) >= _LEAST:
            found.extend(run)
        run.clear()

    for row in rows:
        before = first.setdefault(texts[row], row)
        if before != row and not is_meant(row, before):
            run.append(row)
        elif run:
            end()
    end()
    return found


def is_told(text: str, before: str) -> bool:
    """Tell whether what a text says stands in another, maybe parted or shortened here and there.

    Samples at equal distances are looked for, and two of eight may be missing: second versions of a
    story are rarely equal to the letter.

    >>> story = "It was a dark night, and the lamp went out long before anyone saw the boat."
    >>> is_told(story.replace("It", "This"), f"A boat. {story}"), is_told(story, "A boat")
    (True, False)
    """
    step = (len(text) - _SAMPLE) / (_SAMPLES - 1)
    starts = (round(step * number) for number in range(_SAMPLES))
    missing = (start for start in starts if text[start : start + _SAMPLE] not in before)
    return len(list(islice(missing, _MISSING + 1))) <= _MISSING


def drop_copies(choice: Choice) -> dict[int, str]:
    """Return the kept blocks whose text stands in kept blocks before: rows and reasons.

    A refrain stays, as it has the parent of the first, and so do cells of tables, code, items of a
    list that tells something new as well, and all on a page of documentation. One block is a second
    version if what it says was told in pieces.
    """
    if choice.types.best == "documentation":
        return {}
    page, chosen = choice.page, choice.rows
    lists: list[dict[int, bool]] = []  # looked for where something repeats

    def parent(row: int) -> int:
        return int(page.parent[page.node[row]])

    def is_in(tags: frozenset[int], row: int) -> bool:
        return not tags.isdisjoint(page.around[:_REACH, row].tolist())

    def is_meant(row: int, first: int) -> bool:
        if parent(row) == parent(first) or is_in(_CELLS, row):
            return True
        if not lists:
            lists.append(_lists_with_news(page, chosen))
        return lists[0].get(row, False)

    def is_version(row: int) -> bool:
        if is_in(_CELLS | _QUOTE, row):
            return False
        apart = (other for other in takewhile(row.__gt__, chosen) if parents[other] != parents[row])
        return is_told(page.texts[row], " ".join(page.texts[other] for other in apart))

    def is_again(row: int) -> bool:
        before = first.setdefault(page.texts[row], row)
        is_long = before != row and page.size[row] >= _ALONE_SIZE
        return bool(is_long) and not is_in(_QUOTE, row) and not is_meant(row, before)

    every = page.words.tolist()
    words = [every[row] for row in chosen]
    least = max(_WHOLE, _SHARE * sum(words))
    long = [row for row, many in zip(chosen, words, strict=True) if many >= least]
    parents = page.parent[page.node].tolist() if long else []
    rows = find_copies(chosen, page.texts, page.words, _TOGETHER, is_meant)
    first: dict[str, int] = {}
    alone = (row for row, many in zip(chosen, words, strict=True) if many >= _ALONE)
    return dict.fromkeys((*rows, *filter(is_version, long), *filter(is_again, alone)), COPY)


def _lists_with_news(page: PageColumns, rows: Sequence[int]) -> dict[int, bool]:
    """Return for each row that is in an item of a list whether the list tells something new.

    What repeats little is no second version, and its lists are not looked at.
    """
    first = dict[str, int]()
    new = [row for row in rows if first.setdefault(page.texts[row], row) == row]
    if page.words[rows].sum() - page.words[new].sum() < _LEAST:
        return {}
    items = page.around[:_ITEM, rows] == TAGS["li"]
    inside, level = items.any(axis=0).nonzero()[0].tolist(), items.argmax(axis=0).tolist()
    of = {rows[at]: int(page.parent[page.above[level[at], rows[at]]]) for at in inside}
    with_news = {of[row] for row in new if row in of}
    return {row: node in with_news for row, node in of.items()}
