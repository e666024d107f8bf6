"""What a reader did not come for although it was chosen: told twice, told by others, or a shell."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.choice import KEYS, Choice
from cleaner.content.comments import drop_comments
from cleaner.content.copies import drop_copies
from cleaner.content.headings import RANKS
from cleaner.content.nodes import ROLES, TAGS, tag_table
from cleaner.content.small_print import drop_small_print
from cleaner.content.telling import repeats_title
from cleaner.document import NOSCRIPT, PAGE_TYPES, PAGES, PRE
from cleaner.walk import LEAST_RULE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from cleaner.content.guess import TypeGuess
    from cleaner.content.page import PageColumns

    Kept = NDArray[np.bool_]

_NOTHING = 0.15
"""If no block of a page is as probable, it has no main content: its text never came."""
_SHELL = "no main content on the page"
_SIGNED, _REPEATS = "signature below a post", "repeats the title of the page"
_HEADS_NOTHING, _BESIDE_TEXT = "heading of what is left out", "beside the text"
_OF_CONTENTS = "title of contents that are left out"
_CONTENTS = re.compile(r"(?:^|\s)toc(?:[-_]?(?:box|container))?(?:$|\s)")
_RULED = re.compile(rf"_{{{LEAST_RULE},}}(?:\n|$)")
"""The line that older forums put between a post and what its writer has below each."""
_UNFILLED = "template that was not filled"
_FIELD = re.compile(r"\{\{[^{}]{0,1000}\}\}")
_CODE = frozenset(("code", "pre"))
_REPLY = re.compile(
    r"(?:re|aw|antw|sv|vs|odp|ynt|ats|отв|回复|回覆|返信)(?:\[\d+\])?\s?[:：]\s?(?=\S\S)",
    re.IGNORECASE,
)
"""What mail and forums put before the subject of an answer."""
_LONGEST_REPLY, _MAY_BE = 300, 0.05
"""Characters of such a subject; how probable a thread is where they are looked for."""
_BESIDE = 0.7
"""What is beside the text or opens over it, and is less probable, is not the text."""
_OF_LINKS = "a11y-"
"""How the identifier begins of what Shopify's themes tell screen readers of links and choices."""
_LINKS = 0.3
"""The share of links in navigation, at least."""
_INTRODUCTION, _LINK = 8, 0.9
"""Words of a text at the most that only announces a link, and the share of it that is the link."""
_NAME = 5
"""Words of a heading at the most that says nothing by itself."""
_DOUBTED, _DOUBTED_LAST, _OF_ARTICLE = 0.8, 0.6, 0.9
"""A heading that is less probable goes if it heads nothing; the same for one of several words with
which the text ends, and for any of an article."""


_NOT_HAS = "(?!(?:has|with|no|show|hide)[_-])"
"""What names of that which only holds such a box begin with."""
_Box = tuple[str, str, tuple[str, ...], bool]
_BOXES: tuple[_Box, ...] = (
    ("toolbar of a web archive", "wm-ipp(?:-base|-print)?", (), False),
    ("frame of a newsletter", "awesomewrap|templatePreheader|templateFooter", (), False),
    ("terms around an e-book", "pg-boilerplate", (), False),
    ("infobox of an article", r"(?:[\w-]*-)?infobox(?:_\S*)?", ("table", "aside"), False),
    (
        "note of a wiki on its page",
        "hatnote|[acoft]mbox|mbox-small|(?:vertical-)?navbox",
        (),
        False,
    ),
    (
        "no post of a thread",
        (
            "system-note|timeline-item event|EventPost|small-action|bbp-template-notice|raw-content"
            "|edited-text|message-lastEdit|smalltext modified|interactionStatistic"
        ),
        (),
        False,
    ),
    (
        "who is on the board",
        r"wgo|wgo_block|wgo_onlineusers|boardstats(?:_e)?|stat-block|ic_section_stats|membersOnline",
        (),
        False,
    ),
    ("preview of a link", "onebox", (), False),
    ("cart of the shop", "layer_cart", (), False),
    ("told of links to screen readers", r"a11y-[\w-]*message", (), False),
    ("offer beside the product", r"(?:[\w-]*[-_])?(?:up|cross)[-_]?sells?(?:[-_]\S*)?", (), False),
    ("no post of a thread", "titlebox", (), True),
    (
        "controls of a player",
        (
            "(?:audio|video|media|podcast|castos|episode|article|track|sound|speech|beyondwords|listen)"
            "[-_]?[pP]layer|jwplayer|video-js|powerpress_links|podcast_meta"
        ),
        (),
        False,
    ),
    (
        "poll of the readers",
        rf"{_NOT_HAS}(?:[\w-]*[-_])?poll(?:[-_]?(?:box|widget|wrapper|container))?",
        (),
        False,
    ),
    (
        "sign-up for a newsletter",
        rf"{_NOT_HAS}(?:[\w-]*[-_])?newsletter[-_]?(?i:box|sign-?up|form|widget|promo|cta|teaser|subscribe)",
        (),
        False,
    ),
    (_SIGNED, "post-?signature", (), False),
    (_SIGNED, rf"{_NOT_HAS}[\w-]*[sS]ignature(?:[_-]\S*)?", (), True),
)
"""Boxes that are no part of the text: why, how they are named, their tags if not any, and whether
only in a thread."""
_FOOTER, _TEXTS, _ALL_OF_IT = TAGS["footer"], tag_table("article", "main", "blockquote"), 0.9
"""The element, what has a footer of its own, and the share of it in all that is kept."""
_FORUM = PAGE_TYPES.index("forum")
_OF_ITEMS = ("collection", "listing")
_RANKS = RANKS.tolist()
_MODAL = re.compile(r"(?:^|[\s_-])[mM]odal(?:$|[\s_-])")
"""Names of what opens over the page."""
_PATTERNS = [re.compile(rf"(?:^|\s)(?:{names})(?:$|\s)") for _, names, *_ in _BOXES]


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
    choice = Choice.of(page, kept, chances, types)
    best = int(chances.argmax())
    if (
        (chances[best] < _NOTHING and not _is_listing(page, best))
        or all(_is_of_shell(page, row) for row in choice.rows)
        or _is_of_footer(choice, best)
    ):
        kept[:] = False
        return dict.fromkeys(choice.rows, _SHELL)
    named: dict[int, str] = {}
    for rule in _RULES:
        if dropped := rule(choice):
            choice.drop(dropped)
            named |= dropped
    return named


def _is_listing(page: PageColumns, row: int) -> bool:
    """Return whether a row is preformatted and most of the page, as a file that is shown."""
    is_pre = page.layout.flags[page.node[row]] & PRE
    return bool(is_pre and 2 * page.words[row] >= page.words.sum())


def _is_of_shell(page: PageColumns, row: int) -> bool:
    """Return whether a block asks for scripts, or tells screen readers of the links of a page."""
    layout, node = page.layout, page.node[row]
    asks = layout.flags[node] & NOSCRIPT and "javascript" in page.texts[row].casefold()
    return bool(asks) or layout.attributes[node].get("id", "").startswith(_OF_LINKS)


def _is_of_footer(choice: Choice, best: int) -> bool:
    """Return whether hardly anything is kept but the footer of a page whose text never came."""
    page, rows = choice.page, choice.rows
    if _FOOTER not in page.around[:, best].tolist():  # as on most pages
        return False
    around, words = page.around[:, rows], page.words[rows]
    inside = (around == _FOOTER).any(axis=0) & ~_TEXTS[around].any(axis=0)
    return bool(words[inside].sum() >= _ALL_OF_IT * words.sum())


def drop_boxes(choice: Choice) -> dict[int, str]:
    """Return what stands in boxes that their names tell from the text: rows and reasons.

    A page that holds little else keeps them.
    """
    page, kept, layout = choice.page, choice.kept, choice.page.layout
    is_thread = choice.types.best == "forum"
    dropped: dict[int, str] = {}
    for node in choice.named:
        names = " ".join(filter(None, map(layout.attributes[node].get, KEYS)))
        for why, _, tags, of_thread in _boxes_named(names):
            if (of_thread and not is_thread) or (tags and layout.tags[node] not in tags):
                continue
            inside = kept & page.inside(node)
            if 2 * (page.words * inside).sum() < (page.words * kept).sum():
                kept = kept & ~inside
                dropped.update(dict.fromkeys(np.flatnonzero(inside).tolist(), why))
    return dropped


@lru_cache(maxsize=16_384)
def _boxes_named(names: str) -> tuple[_Box, ...]:
    """Return the rows of `_BOXES` that an element of some names fits."""
    return tuple(row for row, named in zip(_BOXES, _PATTERNS, strict=True) if named.search(names))


def drop_beside(choice: Choice) -> dict[int, str]:
    """Return what stands in navigation, or likely beside the text or over it, by the box around.

    A page that holds little else keeps it, and so does an article what is beside the text.
    """
    page, rows = choice.page, choice.rows
    side, navs = _beside(choice)
    if not side and not navs:
        return {}
    words, found = page.words[rows], np.zeros(len(rows), dtype=bool)
    for node in side:
        inside = page.inside(node)[rows]
        if 2 * words[inside].sum() < words.sum():
            found |= inside
    found &= choice.chances[rows] < _BESIDE
    for node in navs:
        inside = page.inside(node)
        # Some fold out texts in navigation.
        if page.links[inside].sum() >= _LINKS * page.size[inside].sum():
            found |= inside[rows]
    if 2 * words[found].sum() >= words.sum():
        return {}
    return dict.fromkeys(compress(rows, found.tolist()), _BESIDE_TEXT)


def _beside(choice: Choice) -> tuple[list[int], list[int]]:
    """Return the nodes that stand beside the text or open over it, and those of navigation."""
    page, layout = choice.page, choice.page.layout
    side: list[int] = []
    navs: list[int] = []
    is_article = choice.types.best == "article"
    for node in choice.named:
        tag = layout.tags[node]
        if tag == "nav":
            navs.append(node)
        elif (
            tag == "select"
            or (tag == "aside" and not is_article)
            or page.role[node] == ROLES["dialog"]
            or (tag not in PAGES and _MODAL.search(layout.attributes[node].get("class", "")))
        ):
            side.append(node)
    return side, navs


def drop_contents(choice: Choice) -> dict[int, str]:
    """Return what is left of lists of contents that are mostly left out, as their titles."""
    page, kept = choice.page, choice.kept
    dropped: dict[int, str] = {}
    for node in choice.named:
        if _CONTENTS.search(page.layout.attributes[node].get("class", "")):
            inside = page.inside(node)
            if 2 * (page.words * (inside & kept)).sum() < (page.words * inside).sum():
                dropped.update(dict.fromkeys(np.flatnonzero(inside & kept).tolist(), _OF_CONTENTS))
    return dropped


def drop_ruled_off(choice: Choice) -> dict[int, str]:
    """Return what follows a line of underscores in the same element: the signatures of a thread."""
    if choice.types.best != "forum":
        return {}
    page = choice.page
    signed: dict[int, str] = {}
    ruled = -1
    for row in choice.rows:
        ruled = int(page.node[row]) if _RULED.match(page.texts[row]) else ruled
        if page.node[row] == ruled:
            signed[row] = _SIGNED
    return signed


def drop_title(choice: Choice) -> dict[int, str]:
    """Return the row of a first heading that only repeats the page's title, with the reason.

    The metadata says it. Text that is shorter than the title keeps it; a subheading is the title
    if it is most of it.
    """
    page, row = choice.page, next(iter(choice.rows), -1)
    if row < 0 or not (rank := RANKS[page.around[0, row]]):
        return {}
    if rank > 1 and 2 * len(page.texts[row]) <= len(page.layout.title):
        return {}
    if (page.words * choice.kept).sum() < 2 * page.words[row] or not repeats_title(page, row):
        return {}
    return {row: _REPEATS}


def drop_replies(choice: Choice) -> dict[int, str]:
    """Return the subjects of posts that only say that they answer what the title names."""
    if choice.types.probabilities[_FORUM] < _MAY_BE:
        return {}
    page, title = choice.page, choice.page.layout.title.casefold()
    found = ((row, _REPLY.match(page.texts[row][:_LONGEST_REPLY])) for row in choice.rows)
    return {
        row: _REPEATS
        for row, match in found
        if match and page.texts[row][match.end() :].casefold() in title
    }


def drop_bare_headings(choice: Choice) -> dict[int, str]:
    """Return the headings of which all that they head is left out.

    Those of several words may be read alone, but for the last, and several in a row, or any of a
    listing, be the names of items.
    """
    page, rows, kind = choice.page, choice.rows, choice.types.best
    if len(rows) < 2:
        return {}
    around, ends = page.around.data, [*rows[1:], len(page.node)]

    def rank(at: int) -> int:
        return max(_RANKS[around[level, rows[at]]] for level in range(3))

    # Few rows have something that is left out right below, and of those few are headings.
    gaps = [at for at, end in enumerate(ends) if end - rows[at] > 1]
    heads = {at: own for at in gaps if (own := rank(at)) > 1}
    last = len(rows) - 1
    bare = {at for at, own in heads.items() if at == last or 0 < rank(at + 1) <= own}
    dropped = {}
    for at in sorted(bare):
        if at - 1 in bare or at + 1 in bare:
            continue
        row = rows[at]
        is_name = page.words[row] <= _NAME and kind not in _OF_ITEMS
        doubted = _OF_ARTICLE if kind == "article" else _DOUBTED if is_name else _DOUBTED_LAST
        if (is_name or (at == last and not rank(at - 1))) and choice.chances[row] < doubted:
            dropped[row] = _HEADS_NOTHING
    return dropped


def drop_bare_introduction(choice: Choice) -> dict[int, str]:
    """Return the short text with a colon that ends an article whose links below it are left out."""
    page, rows = choice.page, choice.rows
    below = rows[-1] + 1 if len(rows) > 1 else len(page.node)
    if choice.types.best != "article" or below == len(page.node):
        return {}
    last = below - 1
    is_link = page.links[below] >= _LINK * page.size[below]
    announces = page.texts[last].endswith((":", "：")) and page.words[last] <= _INTRODUCTION
    return {last: _HEADS_NOTHING} if announces and is_link else {}


def drop_templates(choice: Choice) -> dict[int, str]:
    """Return what is nothing but fields that no script has filled, such as "{{ post.title }}"."""
    page = choice.page
    return {
        row: _UNFILLED
        for row in choice.rows
        if "{{" in (text := page.texts[row])
        and not any(map(str.isalnum, _FIELD.sub("", text)))
        and not _is_code(page, row)
    }


def _is_code(page: PageColumns, row: int) -> bool:
    layout, block = page.layout, int(page.rows[row])
    nodes = layout.piece_nodes[layout.starts[block] : layout.ends[block]]
    return any(layout.nearest(node, _CODE) >= 0 for node in nodes)


_RULES: tuple[Callable[[Choice], dict[int, str]], ...] = (
    drop_templates,
    drop_comments,
    drop_copies,
    drop_ruled_off,
    drop_boxes,
    drop_beside,
    drop_contents,
    drop_small_print,
    drop_title,
    drop_replies,
    drop_bare_headings,
    drop_bare_introduction,
)
"""What is left out, one after the other: each tells which kept blocks go, and why."""
