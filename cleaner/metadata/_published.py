"""When the page was published and last changed."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property
from itertools import chain, islice, pairwise, product
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from cleaner.metadata import _jsonld as jsonld
from cleaner.metadata._collect import (
    UNSEEN,
    Hint,
    Page,
    _Element,
    aside,
    day_text,
    marked,
    short_text,
)
from cleaner.metadata._data import alternatives, words
from cleaner.metadata._dates import day, path_day
from cleaner.metadata._told import Found, told
from cleaner.metadata.scan import beginnings
from cleaner.parse import script_text

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from cleaner.metadata._data import Phrases
    from cleaner.metadata._near import Piece

_META_PATTERNS = tuple(re.compile(alternatives(name)) for name in ("published_meta", "date_meta"))
# What days are told of a page.
_PUBLICATION, _CHANGE, _OTHER, _DUE = "publication", "change", "other", "due"
_STARTING_DATE = re.compile(r"\(?\d{1,4}[./-]\s?(?:\d{1,2}[./-]\s?\d{1,4}|[^\W\d]{3,12}\s\d{4})")
_UTC = re.compile(r"\d[T ](\d\d):[\d:.]{2,12}(?:Z|\+00:?00)?$")  # with no zone, perhaps
_NOON = 12
_MARKED = ("time", "class")  # the elements that say of themselves that they show a day
_BEFORE, _AFTER = -25, 80  # elements between the title and a day
_ABOVE = -20  # what stands as far above the title is a masthead
_UNSPACED = "\u2e80"  # The signs from here on need no space before a word.
_MARKS = re.compile(r"\s[|•·]\s")
_LONGEST_LINE = 6  # words of a line that may end in a full stop
_YEAR = re.compile(r"\d\d")
_LONG_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")  # of any calendar and script
_LAST_CHANGE = re.compile(r"last[_-]?(?:mod|upd)")
_IN_CODE = re.compile(
    rf"[\"' ](?:{alternatives('date_key')})\\?[\"']?\s?[:=]\s?"
    r"(?:\\?[\"'](?!\d{10})([^\"'\\]{8,40})|\\?[\"']?(1\d{9})(?:\d{3})?\b)"
)  # a text, or the seconds since 1970


class _Day(NamedTuple):
    """A day that is told, and the text that tells it."""

    day: str
    source: str
    trust: float
    text: str


def find_days(
    page: Page, nodes: Sequence[jsonld.Node], near: Sequence[Piece], url: str, *, many: bool
) -> tuple[Found | None, Found | None]:
    """The days of publication and of the last change, from the most trusted places that tell one.

    The text of a page of `many` works, or of a thing for sale, tells none for the page itself.
    A day before that of publication is in the text for another reason. Where readers know
    another day of publication than universal time has, a change on that day is no earlier.
    """
    around = _Around(page, near)
    given = _first(_declared(page, nodes, url), page.locale)
    changed = _first(told("modified", page, nodes), page.locale)
    if given:
        published: _Day | None = _for_readers(given, changed, around, page.locale)
    elif events := _days_of_events(nodes, page.locale):
        told_so = _announced(page, words().publications, _PUBLICATION)
        shown = ((text, "text", 0.6) for text in told_so)
        published = _first(shown, page.locale, but=events)
    else:
        published = None if many else _first(_guessed(page, nodes, around), page.locale)
    if not changed:
        told_so = _announced(page, words().changes, _CHANGE)
        announced = ((text, "text", 0.5) for text in told_so)
        changed = _first(chain(around.days(_CHANGE), announced), page.locale)
        if changed and published and changed.day < published.day:
            changed = None
    elif given and published and given.day <= changed.day < published.day:
        changed = changed._replace(day=published.day)
    return published and published[:3], changed and changed[:3]


def _for_readers(given: _Day, changed: _Day | None, around: _Around, locale: str) -> _Day:
    """The day that is declared, or the one that readers know.

    Structured data tell it in universal time: where the text shows the day before or, in the
    second half of the day, the day after, the text has the day that readers know, unless the page
    was changed on it. Nor is a day that is also given for the last change the first one, where
    the text shows an earlier, or any that a marked element shows to be that of a move.
    """
    time = _UTC.search(given.text)
    rebuilt = changed is not None and changed.day <= given.day
    # Side matter tells of other works, where the page tells a day of its own.
    own = next(around.days(_PUBLICATION, _CHANGE, apart=False), None)
    shown = _first(around.days(_PUBLICATION, apart=own is None), locale)
    if not shown or _turned(shown.day) == given.day:
        return given
    if time and (instant := _instant(given.text)) and instant == _instant(shown.text):
        return given._replace(day=shown.day)
    after = (date.fromisoformat(shown.day) - date.fromisoformat(given.day)).days
    if time:
        late = after == 1 and (changed is None or changed.day != shown.day)
        if late if int(time[1]) >= _NOON else after == -1:
            return given._replace(day=shown.day)
    if shown.source in _MARKED and (after < -1 or not time):
        days = (day(text, locale) for text, *_ in around.days(_PUBLICATION, apart=False))
        rebuilt |= given.day not in days
    return shown if rebuilt and after < 0 else given


def _turned(day_: str) -> str:
    """A day with the month in place of the day: figures alone may be read so."""
    year, month, rest = day_.split("-")
    return f"{year}-{rest}-{month}"


def _instant(text: str) -> datetime | None:
    """The instant that a date with a time of day and a zone tells."""
    with suppress(ValueError):
        instant = datetime.fromisoformat(text)
        return instant if instant.tzinfo else None
    return None


def _days_of_events(nodes: Sequence[jsonld.Node], locale: str) -> set[str | None]:
    """The days on which the events that a page is about begin and end."""
    events = [node for node in nodes if any(kind.endswith("event") for kind in jsonld.types(node))]
    told = (jsonld.text(node, key) for node in events for key in ("startDate", "endDate"))
    return {day(text, locale) for text in told}


def _first(
    candidates: Iterable[Found], locale: str, but: Container[str | None] = ()
) -> _Day | None:
    for text, source, trust in candidates:
        found = day(text, locale) if text else None
        if found and found not in but:
            return _Day(found, source, trust, text)
    return None


def _declared(page: Page, nodes: Sequence[jsonld.Node], url: str) -> Iterator[Found]:
    """What the structured data and the address say."""
    yield from told("date", page, nodes)
    for pattern in _META_PATTERNS:
        for name in page.metas:
            if pattern.search(name) and "publisher" not in name:
                yield page.meta(name), "meta", 0.8
    yield path_day(url) or "", "url", 0.85


class _Around:
    """The days that the text around the title shows, looked for once they are asked for."""

    def __init__(self, page: Page, near: Sequence[Piece]) -> None:
        self.page = page
        self.near = near

    @cached_property
    def _days(self) -> list[tuple[Found, str, bool]]:
        """What tells a day, with what it tells the day of, and whether it is side matter."""
        shown = _shown(self.page, self.near)
        days = [
            (found, labels, apart)
            for found, labels, apart in shown
            if day(found[0], self.page.locale)
        ]
        kinds = [(found, _kind(*labels), apart) for found, labels, apart in days]
        return sorted(kinds, key=itemgetter(2))

    def days(self, *kinds: str, apart: bool = True) -> Iterator[Found]:
        """Those of some kinds; those of side matter, if they count, come last."""
        return (found for found, kind, aside_ in self._days if kind in kinds and apart >= aside_)


def _shown(page: Page, near: Sequence[Piece]) -> Iterator[tuple[Found, tuple[str, ...], bool]]:
    """Texts around the title, the clearest signs first: what may tell a day, and its labels."""
    for hint, apart in _close(page.times, page):
        told_ = _for_reader(hint.element, page.locale)
        yield (told_, "time", 0.8), _labels_of_time(hint), apart
    for hint, apart in _close(marked(page, "date", -_BEFORE, _AFTER), page):
        for text in _parted(short_text(hint.element, 90)):
            if _YEAR.search(text):
                yield (text, "class", 0.75), (text,), apart
    for text, label, trust, apart in _dated(near, page):
        for part in _parted(text):
            yield (part, "text", trust), (label, part), apart


def _for_reader(element: _Element, locale: str) -> str:
    """What a time element tells: its text, where that is the day beside that of universal time."""
    told = day_text(element)
    shown = short_text(element, 45) if _UTC.search(told) else ""
    days = [date.fromisoformat(found) for text in (told, shown) if (found := day(text, locale))]
    return shown if len(days) == 2 and abs((days[1] - days[0]).days) == 1 else told


def _is_prose(text: str) -> bool:
    """Whether a text is a sentence that announces no day; "Ada · 2024. július 30." is none."""
    text = _MARKS.split(text)[-1]
    if not text.endswith((".", "!", "?", ":")) or len(text.split()) <= _LONGEST_LINE:
        return False
    lowered = text.lower()
    return not any(word in lowered for word in (*words().published, *words().changed))


def _is_apart(element: _Element, page: Page) -> bool:
    """Whether an element is in side matter, a quotation, or a header without the title."""
    box = next(element.iterancestors("header", "blockquote"), None)
    return (box is not None and box not in page.around) or aside(element, page.around)


def _dated(near: Sequence[Piece], page: Page) -> Iterator[tuple[str, str, float, bool]]:
    """Short texts with figures, and the text before each; of long ones, a date at the start.

    Those of side matter and of mastheads come last. Figures in the heading itself belong to what
    it is about.
    """
    own: list[Piece] = []
    others: list[Piece] = []
    for piece in near:
        if piece.distance >= _BEFORE and piece.element not in page.heading:
            apart = _YEAR.search(piece.text) and (
                piece.distance < _ABOVE or _is_apart(piece.element, page)
            )
            (others if apart else own).append(piece)
    for pieces, (most, trust) in product((own, others), ((45, 0.65), (90, 0.5))):
        before = ""
        for piece in pieces:
            text = piece.text if len(piece.text) <= most else _STARTING_DATE.match(piece.text)
            if isinstance(text, re.Match):
                text = text[0]
            if text and _YEAR.search(text) and not _is_prose(text):
                label = before if len(before) < 30 and not _YEAR.search(before) else ""
                yield text, label, trust, pieces is others
            before = piece.text


def _guessed(page: Page, nodes: Sequence[jsonld.Node], around: _Around) -> Iterator[Found]:
    """What pages show that declare no day of publication, the clearest signs first."""
    yield from around.days(_PUBLICATION, apart=False)
    for text in _announced(page, words().publications, _PUBLICATION):
        yield text, "text", 0.6
    yield from _scripted(page)
    for node in nodes:
        if jsonld.is_page(node):
            yield jsonld.text(node, "datePublished"), "json-ld", 0.5
        elif jsonld.is_subject(node, page.title):
            yield jsonld.text(node, "uploadDate"), "json-ld", 0.5
    yield from around.days(_CHANGE, _OTHER, apart=False)
    yield from around.days(_PUBLICATION)
    yield from around.days(_CHANGE, _OTHER)
    for hint in chain(page.times[:50], islice(marked(page, "date"), 100)):
        if not aside(hint.element, page.around):
            yield day_text(hint.element), "time" if hint.name == "time" else "class", 0.4
    for text, source, trust in told("modified", page, nodes):
        yield text, source, trust / 3


def _scripted(page: Page) -> Iterator[Found]:
    """The days of publication in the data of scripts."""
    for code in page.code:
        text = script_text(code, page.cut).lower()
        match = _IN_CODE.search(text) if "publi" in text or "pubdate" in text else None
        if match:
            yield match[1] or match[2], "script", 0.6


def _announced(page: Page, phrases: Phrases, kind: str) -> Iterator[str]:
    """Texts outside side matter that begin with one of the phrases and have a date of that kind."""
    for element, text in beginnings(page.root, phrases.starts) if page.root is not None else ():
        start = text[:90]
        if element.tag in UNSEEN or not phrases.opening(start.lower()):
            continue
        if not _YEAR.search(start):
            start = f"{start} {_following(element)}"
        meant = [part for part in _parted(start) if _kind(part) == kind]
        if meant and (_is_of_page(element) or not aside(element, page.around)):
            yield from meant


def _is_of_page(element: _Element) -> bool:
    """Whether an element says of itself that it tells the last change, as those of footers do."""
    return bool(_LAST_CHANGE.search(f"{element.get('class')} {element.get('id')}".lower()))


def _parted(text: str) -> list[str]:
    """A text of several days, one after each word for them, cut before each such word."""
    if len(_LONG_YEAR.findall(text)) < 2:
        return [text]
    phrases = (*words().changed, *words().published)
    lowered = text.lower()
    starts = {at for phrase in phrases if (at := lowered.find(phrase)) > 0}
    begun = (at for at in starts if text[at] >= _UNSPACED or not text[at - 1].isalpha())
    cuts = [0, *sorted(begun), len(text)]
    parts = [text[start:end] for start, end in pairwise(cuts)]
    return [part for part in parts if _LONG_YEAR.search(part)]


def _following(element: _Element) -> str:
    """The text of the element after a label: its first part, or the next beside it."""
    inner = next(iter(element), None)
    after = inner if inner is not None else element.getnext()
    return day_text(after) if after is not None and isinstance(after.tag, str) else ""


def _close(hints: Iterable[Hint], page: Page) -> Iterator[tuple[Hint, bool]]:
    """The hints around the title, and whether they are of side matter or a masthead above."""
    near = (hint for hint in hints if _BEFORE <= hint.place - page.anchor <= _AFTER)
    for hint in islice(near, 20):
        above = hint.place < page.anchor
        apart = _is_apart(hint.element, page) if above else aside(hint.element, page.around)
        yield hint, apart


def _labels_of_time(hint: Hint) -> tuple[str, ...]:
    """What says which day a time element tells: its marks, and the text just before."""
    element = hint.element
    parent = element.getparent()
    before = element.getprevious()
    label = (before.tail or "").strip() if before is not None else ""
    if before is not None and not label and not _LONG_YEAR.search(text := short_text(before, 40)):
        label = text
    if not label and parent is not None:
        label = parent.text or ""
    marks = element.get("class") or ""
    if "publish" in marks:  # Blogs mark the day of what was never changed as both.
        marks = ""
    return marks, element.get("itemprop") or "", label[-40:], element.text or ""


def _kind(*texts: str) -> str:
    """Which day a text tells: of publication, of a change, the last for something, or another."""
    text = " ".join(texts).lower()
    if any(word in text for word in words().due_days):
        return _DUE
    if any(word in text for word in words().other_days):
        return _OTHER
    return _CHANGE if any(word in text for word in words().changed) else _PUBLICATION
