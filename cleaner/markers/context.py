"""Which blocks are markers: what a line says, and whether its surroundings agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from cleaner.markers.match import Match, Matcher
from cleaner.markers.normal import key, words
from cleaner.markers.scene import LIKE, SENTENCE, SHORT, Scene, places_of

_STEM = 5  # letters that a word keeps in all its forms
_SLOT_MOST = 1500  # characters of an ad; more than that is no ad but a page wrongly named
_QUOTES = "\"'“”„«»‘’‚‹›「」『』"
_SPOKEN = re.compile(rf"\s*(?:[{_QUOTES}].*[{_QUOTES}][.!?…,]*|[-–—―]\s*[^-–—―]*[.!?…])\s*$")
_ORNAMENT = re.compile(r"^\s*[^\w\s#>]|[^\w\s.!?]\s*$")
_COUNT = re.compile(r"[(\[]\d[\d.,\s]*[)\]]")
_FOLLOWED = ("heading", "line", "paragraph", "button")


def find_markers(  # noqa: PLR0913 - one parameter a thing to know
    texts: Sequence[str],
    kinds: Sequence[str],
    *,
    matcher: Matcher,
    found: dict[int, Match] | None = None,
    in_slot: Callable[[int], bool] | None = None,
    links: Callable[[int], bool] | None = None,
    heads: Callable[[int], bool] | None = None,
    language: str | None = None,
    is_article: bool = False,
) -> dict[int, str]:
    """Return the indices of the blocks that are markers, each with the reason in words.

    Args:
        texts: the blocks of a document in order; an empty text is a blank line.
        kinds: for each, "paragraph", "heading", "list_item", "table_cell", "quote",
            "preformatted", "caption", "term", "definition", "button" or "line".
        matcher: tells of a single line whether it is one.
        found: what `matcher.matches` says of the texts, where it has been asked.
        in_slot: tells of an index whether the markup names it an ad slot, see `is_ad_slot`.
        links: tells of an index whether the whole text is a link, and heads nothing.
        heads: tells of an index whether what follows on the page is among the blocks.
        language: BCP 47 tag of the document; told from its stop words if None.
        is_article: whether it is an article, at whose end links lead to others.

    >>> from cleaner.markers.load import load_lexicon
    >>> find_markers(["Han kom hjem i går.", "annonse", "Så dro han ut igjen."], ["line"] * 3,
    ...              matcher=Matcher(load_lexicon()))
    {1: 'marker: ad (no) “annonse”'}

    """
    found = matcher.matches(texts) if found is None else found
    if not found:
        return {}
    scene = Scene(texts, kinds, in_slot, links, heads, matcher, found, language, is_article)
    reasons = {
        index: f"marker: {match.kind} ({match.language}) “{match.phrase}”"
        for index, match in found.items()
        if _is_marker(scene, index, match)
    }
    for index in list(reasons):
        for link in scene.announced(index):
            reasons.setdefault(link, f"marker: link below “{found[index].phrase}”")
        heading = scene.beside(index, -1)
        if heading is not None and scene.heads_alone(heading, index):
            reasons.setdefault(heading, f"marker: heading of “{found[index].phrase}”")
    if in_slot is not None:
        for index in _ads_beside(scene, in_slot, reasons):
            reasons.setdefault(index, "marker: text of an ad slot")
    return dict(sorted(reasons.items()))


Rule = Callable[[Scene, int, Match], bool | None]


def _is_marker(scene: Scene, index: int, match: Match) -> bool:
    """Ask the rules in order; the first that has an opinion decides."""
    for rule in _RULES:
        verdict = rule(scene, index, match)
        if verdict is not None:
            return verdict
    return True


def _code_is_kept(scene: Scene, index: int, _match: Match) -> bool | None:
    return False if scene.kinds[index] == "preformatted" else None


def _slots_hold_markers(scene: Scene, index: int, _match: Match) -> bool | None:
    return True if scene.in_slot is not None and scene.in_slot(index) else None


def _speech_is_kept(scene: Scene, index: int, match: Match) -> bool | None:
    """A quote block, a line in quotation marks, a question, a line of dialogue; no link.

    A headline may ask, and so may what the lexicon has as a question.
    """
    text = scene.texts[index]
    if scene.leads_in_link(match):
        return None
    spoken = scene.kinds[index] == "quote" or _SPOKEN.match(text) is not None
    if not spoken and text.rstrip().endswith("?") and match.where not in ("start", "link"):
        whole = match.where == "sentence" and key(text) == key(match.phrase)
        spoken = not (whole or match.phrase.endswith("?"))
    return False if spoken else None


def _glossary_is_kept(scene: Scene, index: int, _match: Match) -> bool | None:
    return False if scene.kinds[index] in ("term", "definition") else None


def _bars_are_markers(scene: Scene, index: int, match: Match) -> bool | None:
    """Several ways to share in a row, or several things to do in a line: "Print | To the top"."""
    if index in scene.bars:
        return True
    does = match.where == "parts" and match.kind in ("share", "comments")
    return True if does and not match.ambiguous else None


def _items_among_their_like_are_kept(scene: Scene, index: int, match: Match) -> bool | None:
    """A short item or cell beside one stands in a list; between long ones it does not."""
    kind = scene.kinds[index]
    if kind not in LIKE or scene.leads_in_link(match):
        return None
    for step in (-1, 1):
        other = scene.beside(index, step)
        if other is not None and scene.kinds[other] == kind and scene.is_item(other):
            said = scene.found.get(other)
            if said is None or not scene.leads_in_link(said):
                return False
    return None


def _ambiguous_needs_evidence(scene: Scene, index: int, match: Match) -> bool | None:
    """A short form that is also a word: the document's language, and a second sign."""
    if not match.ambiguous:
        return None
    if match.kind == "ad":
        evident = scene.repeated(index) or scene.has_plain_ad
    else:
        beside = [scene.found.get(scene.beside(index, step) or 0) for step in (-1, 1)]
        evident = any(other is not None and not other.ambiguous for other in beside)
        evident |= scene.acts(index) and scene.repeated(index)
        evident |= match.kind == "comments" and _COUNT.search(scene.texts[index]) is not None
    places = places_of(scene.matcher, match)
    proved = {
        language for language, found in places.items() if found and (evident or "line" in found)
    }
    return None if proved and scene.language in proved else False


def _sentences_are_markers(_scene: Scene, _index: int, match: Match) -> bool | None:
    leads = match.where in ("start", "link", "name")
    return True if leads or match.kind == "continue" else None


def _the_repeated_are_markers(scene: Scene, index: int, _match: Match) -> bool | None:
    return True if scene.repeated(index) else None


def _nudges_need_prose_around(scene: Scene, index: int, match: Match) -> bool | None:
    """In running text a "Subscribe" interrupts, as a button it acts; else it may belong.

    So does a "More" that is a link, of which there are several.
    """
    if match.kind in ("ad", "continue"):
        return None
    if scene.kinds[index] == "button" or (match.ambiguous and scene.acts(index)):
        return True
    if match.where == "sentence":
        before = scene.beside(index, -1)
        if before is not None and scene.kinds[before] == "heading":
            before = scene.beside(before, -1)
        sides = (before, scene.beside(index, 1))
        running = any(scene.is_long(side, SENTENCE) for side in sides)
        return None if running and scene.kinds[index] not in LIKE else False
    before, after = scene.beside(index, -1), scene.beside(index, 1)
    if not scene.is_running_text(before):
        listed = before is not None and scene.kinds[before] == "list_item"
        return bool(listed and scene.links and scene.announced(index))
    if scene.announced(index) or scene.lost(index, match):
        return True
    return None if scene.is_running_text(after) else False


def _headings_of_a_section_are_kept(scene: Scene, index: int, match: Match) -> bool | None:
    """A label once on the page, plainly written, and right below it a text that speaks of it.

    Below a heading any prose does; of a list or a title, or below a line, the words are looked at.
    """
    kind = scene.kinds[index]
    if kind not in _FOLLOWED or _ORNAMENT.search(scene.texts[index]):
        return None
    below = scene.beside(index, 1)
    if below is None or below in scene.found or (scene.heads and not scene.heads(index)):
        return None
    if kind == "heading" and scene.kinds[below] not in ("heading", *LIKE):
        return False if len(scene.texts[below]) >= SHORT else None
    if match.kind != "ad":
        return None
    longest = max(words(match.phrase), key=len)
    stem = longest[: max(_STEM, len(longest) - 3)]
    return False if any(word.startswith(stem) for word in words(scene.texts[below])) else None


def _lines_of_a_column_are_kept(scene: Scene, index: int, _match: Match) -> bool | None:
    """A bare word in an unbroken column of short lines is one of a list."""
    if scene.kinds[index] != "line" or _ORNAMENT.search(scene.texts[index]):
        return None
    around = (index - 2, index - 1, index + 1, index + 2)
    if around[0] < 0 or around[-1] >= len(scene.texts):
        return None
    column = all(0 < len(scene.texts[i].strip()) < 30 and i not in scene.found for i in around)
    return False if column else None


_RULES: tuple[Rule, ...] = (
    _code_is_kept,
    _slots_hold_markers,
    _speech_is_kept,
    _glossary_is_kept,
    _bars_are_markers,
    _items_among_their_like_are_kept,
    _ambiguous_needs_evidence,
    _sentences_are_markers,
    _nudges_need_prose_around,
    _the_repeated_are_markers,
    _headings_of_a_section_are_kept,
    _lines_of_a_column_are_kept,
)


def _ads_beside(scene: Scene, in_slot: Callable[[int], bool], reasons: dict[int, str]) -> list[int]:
    """Return the blocks of every run of slot blocks that a marker of an ad stands in or beside."""
    count = len(scene.texts)
    ads: list[int] = []
    seen: set[int] = set()
    for index in reasons:
        if index not in scene.found or scene.found[index].kind not in ("ad", "continue"):
            continue
        for block in range(max(index - 1, 0), min(index + 2, count)):
            if block in seen or not in_slot(block):
                continue
            start, end = block, block + 1
            while start and in_slot(start - 1):
                start -= 1
            while end < count and in_slot(end):
                end += 1
            run = range(start, end)
            seen.update(run)
            if sum(len(scene.texts[block]) for block in run) <= _SLOT_MOST:
                ads += run
    return ads
