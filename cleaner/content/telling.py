"""What a single block is by its elements: code, a formula, an icon, the title of a callout."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import category

from cleaner.document import CELLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.content.page import PageColumns

_CALLOUT_TITLES = re.compile(
    r"(?:accordion|admonition|alert|aside|callout|custom-block|notice)\w{0,30}[-_]{0,2}(?:header|heading|title)"
    r"|\btitle\n.*-macro\b|\bexpand-control\b|(?<!codeHeader )\bpanelHeader\b"
    r"|\bschema-faq-question\b|\bw-dropdown-toggle\b|\b(?:elementor-tab|elementor-toggle)-title"
    r"|code-?block-?(?:title|caption)|\b(?:note|issue|topic)-title\b|\btabs__item\b|\bvp-code-group\b"
    r"|^title\nicon$|\bsd-tab-label\b|\bsphinx-tabs-tab\b|\btablist-wrapper\b",
    re.IGNORECASE,
)
"""The classes by which themes name the title of a boxed remark, of what folds out, of code, and
the tabs above code."""
_CODES = frozenset(("code",))
_FORMULAS = frozenset(("annotation", "math", "mjx-container", "script"))
"""Elements that carry a formula; of scripts, none but those of formulas is in a layout."""
_SHOWN = ("$$", "\\[", "\\begin{")
_LONGEST_NUMBER = 8  # characters
_NUMBERED = re.compile(
    r"[^\W\d]{1,12}[.:]?\s?\d{1,3}(?:[.-]\d{1,3})*[a-z]?(?:\s?[.:：)—–]|$)|[图圖図表]\s?[\d.-]{1,6}\s"
)
NUMBER = 15
"""Characters within which the number of a caption begins."""
_TIMES = frozenset(("time", "relative-time"))
_APART = frozenset("aside button figcaption form li nav select".split())
"""Elements whose text leads into none: captions, what is chosen from, boxes beside the text."""
_NEAR = 5  # levels
_LONGEST_BYLINE = 120  # characters
_DATED = re.compile(r"\d[:.]\d\d(?!\d)|\d{4}")
_DATE_AT_END = re.compile(r"\d[.]\s?\d{1,4}[.]$")
_ENDS = tuple(".!?…。！？।؟։\"'”’»)）」")  # of a sentence, quoted perhaps
_PERMALINKS = " ¶#§\u200b🔗"
SIGN = 4
"""An icon that is a character, with what varies it, has less than so many."""


def heads_callout(page: PageColumns, row: int) -> bool:
    """Return whether a block, or what is around it, is the title of a boxed or folded text."""
    attributes = page.layout.attributes
    around = [attributes[node] for node in page.around_block(row, 2)]
    if any("aria-expanded" in each or each.get("role") == "heading" for each in around):
        return any(map(str.isalnum, page.texts[row]))  # no "+"
    return _names_title("\n".join(each.get("class", "") for each in around))


@lru_cache(maxsize=16_384)
def _names_title(classes: str) -> bool:
    return len(classes) > 1 and _CALLOUT_TITLES.search(classes) is not None


def is_bare_cell(page: PageColumns, row: int) -> bool:
    """Return whether a block is a cell without any class around it: it may lay out the page."""
    nodes = page.around_block(row, 3)
    tags, attributes = page.layout.tags, page.layout.attributes
    return tags[nodes[0]] in CELLS and not any(attributes[node].get("class") for node in nodes)


def is_lone_code(page: PageColumns, row: int) -> bool:
    """Return whether a block holds nothing but `<code>`."""
    return all(inside or not piece.strip() for piece, inside in _pieces(page, row, _CODES))


def is_line_of_code(page: PageColumns, row: int) -> bool:
    """Return whether a block is nothing but `<code>` beside another in the same element."""
    outer = page.parent[page.node[row]]
    beside = (
        side
        for side in (row - 1, row + 1)
        if 0 <= side < len(page.node) and page.parent[page.node[side]] == outer
    )
    return (
        bool(page.texts[row])
        and is_lone_code(page, row)
        and any(page.texts[side] and is_lone_code(page, side) for side in beside)
    )


def is_formula(page: PageColumns, run: range) -> bool:
    """Return whether each block of a run is a formula, or the number of one beside it."""
    rest = [row for row in run if len(page.texts[row]) > _LONGEST_NUMBER]
    if not all(_holds_formula(page, row) for row in rest):
        return False
    return bool(rest) or any(_holds_formula(page, row) for row in run)


def _holds_formula(page: PageColumns, row: int) -> bool:
    """Return whether a block holds a formula, or is LaTeX on display."""
    text = page.texts[row]
    return text.startswith(_SHOWN) or any(inside for _, inside in _pieces(page, row, _FORMULAS))


def is_numbered_caption(page: PageColumns, row: int) -> bool:
    """Return whether a block is a caption with a name and a number: "Figure 2" and the like."""
    if not _NUMBERED.match(page.texts[row]):
        return False
    nodes = page.around_block(row, 4)
    tags = page.layout.tags
    return any(tags[node] == "figcaption" for node in nodes) or _names_caption(page, nodes)


def _names_caption(page: PageColumns, nodes: list[int]) -> bool:
    """Return whether a class of some nodes has "caption" in it."""
    attributes = page.layout.attributes
    return any("caption" in attributes[node].get("class", "") for node in nodes)


def tells_time(page: PageColumns, row: int) -> bool:
    """Return whether a block tells when a post was written or edited, in a `<time>`."""
    return any(inside for _, inside in _pieces(page, row, _TIMES))


def _pieces(page: PageColumns, row: int, tags: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a block, and whether an element of one of the tags in it holds each."""
    layout, block = page.layout, int(page.rows[row])
    box = layout.block_nodes[block]
    for piece in range(layout.starts[block], layout.ends[block]):
        node = layout.piece_nodes[piece]
        while node != box and layout.tags[node] not in tags:
            node = layout.parents[node]
        yield layout.pieces[piece], node != box


def is_sign(text: str) -> bool:
    """Return whether a text is an icon that is a character.

    >>> is_sign("💡"), is_sign("+")
    (True, False)
    """
    return 0 < len(text) < SIGN and category(text[0]) == "So"


def may_lead(page: PageColumns, row: int) -> bool:
    """Return whether a block may lead into a text: no byline, caption, item of a list or box."""
    nodes = page.around_block(row, _NEAR)
    return (
        _APART.isdisjoint(page.layout.tags[node] for node in nodes)
        and not _names_caption(page, nodes[:2])
        and not is_byline(page.texts[row])
    )


def is_byline(text: str) -> bool:
    """Return whether a text is a short line with an hour or a year that is no sentence.

    >>> is_byline("Марта Гнатюк — 22 лютого 2026, 12:30"), is_byline("The quay of 1926 is closed.")
    (True, False)
    """
    if len(text) > _LONGEST_BYLINE or not _DATED.search(text):
        return False
    return not text.endswith(_ENDS) or _DATE_AT_END.search(text) is not None


def repeats_title(page: PageColumns, row: int) -> bool:
    """Return whether the text of a block, but for a permalink's sign, is in the page's title."""
    return page.texts[row].rstrip(_PERMALINKS).casefold() in page.layout.title.casefold()
