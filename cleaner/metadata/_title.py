"""The page's own title, without the name of its site."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from cleaner.metadata._collect import (
    LONGEST_TITLE,
    Hint,
    Page,
    _Element,
    aside,
    clean,
    links_of,
    short_text,
)
from cleaner.metadata._data import words
from cleaner.metadata._facts import names_of_home
from cleaner.metadata._sites import (
    LONGEST_SITE,
    SEPARATOR,
    SHORTEST_LABEL,
    compact,
    host_names,
    is_front,
    is_site,
    without_site,
    words_of,
)  # fmt: skip
from cleaner.metadata._told import Found, told
from cleaner.metadata.scan import elements

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cleaner.metadata import _jsonld as jsonld

_REPOSITORY = re.compile(r"[\w.-]{1,100}/[\w.-]{1,100}: ")  # its headings are those of one file
_HEADINGS, _FIRST_LINKS = 12, 3
_LABEL = re.compile(r"[\[【][^\[\]【】]{1,20}[\]】]")  # of a kind of threads
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+){2,}")  # the last part of an address
_LABEL_CLASS = re.compile(r"(?<![a-z])(?:label|badge|kicker|eyebrow|tag)(?![a-z])")
_AROUND = " |·•–—"  # what parts a label from a title
_PERMALINK = " ¶#§\u200b"
_MANY_HEADINGS = 3
_SAME = 0.8


def find_title(
    page: Page, nodes: Sequence[jsonld.Node], sites: Iterable[str], url: str, *, single: bool
) -> Found | None:
    """The title with its source: the heading that the head of the page agrees with, or the head's.

    `sites` are the names the site gives itself; `single` says that the page declares itself one
    article or product, whose heading needs less agreement.
    """
    sites = list(sites)
    hosts = host_names(url)
    whole = page.meta("og:title") or page.title
    names = [*(site for site in sites if not _covers(site, whole)), *hosts]
    said = _given(page, nodes)
    given = [t for t in said if t[0].lower() not in words().no_titles]
    names.extend(_book_names(page, [t[0] for t in given], hosts))
    names.extend(_rest(page, sites))
    own = [(without_site(value, names, hosts), source, trust) for value, source, trust in given]
    repository = next((title for title in own if _REPOSITORY.match(title[0])), None)
    if whole_title := _front_title(given, sites, url) or repository:
        return whole_title
    titles = [t[0] for t in (*given, *own)]
    if not is_front(url):
        titles = [title for title in titles if not is_site(title, names)]
    parts = _parts(given)
    heading = _agreeing_heading(page.headings, titles, parts, names, 0.3 if single else 0.5)
    if first := _first_part(page, heading, url):
        return first, "h2", 0.9
    if heading:
        cut = without_site(heading, names, hosts)
        return cut if heading.startswith(cut) and not is_front(url) else heading, "h1", 0.95
    return _without_heading(own, page, names) or next(iter(said), None)


def _without_heading(titles: list[Found], page: Page, names: list[str]) -> Found | None:
    """The title of the head, or a lone heading where the head only names the site."""
    fit = [title for title in titles if title[0] and not is_site(title[0], names)]
    own = (h for h in page.headings if not is_site(short_text(h.element, 300), names))
    if next(own, None) is None and (part := _shown_part(page, fit)):
        return part, "title", 0.7
    if fit and not page.headings and (part := _called_part(page, fit[0][0], names)):
        return part, "class", 0.7
    if fit:
        return _seconded(fit, page.subheadings)
    lone, tag = _lone_heading(page.headings), "h1"
    if page.headings and not lone and len(page.subheadings) == 1:
        # The heading above is but a picture: the logo.
        lone, tag = _lone_heading(page.subheadings), page.subheadings[0].element.tag
    if lone and not is_site(lone, names):
        return lone, tag, 0.6
    if titles:
        value, source, trust = titles[0]
        return value, source, trust - 0.3
    return (lone, tag, 0.4) if lone else None


def _called_part(page: Page, title: str, names: list[str]) -> str:
    """The longest part of a title, where an element whose class calls it one says it alone."""
    longest, *others = sorted(map(clean, SEPARATOR.split(title)[:12]), key=len, reverse=True)
    is_called = bool(others) and compact(longest) in _called_titles(page)
    return longest if is_called and not is_site(longest, names) else ""


def _shown_part(page: Page, titles: list[Found]) -> str:
    """The longer of two parts of the only title, where the text of the page shows it alone.

    The other may be a link with which the page begins: the site's. Where there are subheadings
    it must be one: that of a section.
    """
    parts = SEPARATOR.split(titles[0][0]) if len(titles) == 1 else []
    if len(parts) != 2 or page.root is None:
        return ""
    shorter, longer = sorted(map(clean, parts), key=len)
    lower = {clean(short_text(hint.element, 60)) for hint in page.subheadings[:_HEADINGS]}
    if lower and shorter not in lower:
        return ""
    texts = (e.text for e in elements(page.root) if e.text and e.tag not in ("title", "script"))
    shown = {clean(text) for text in texts if len(text) < LONGEST_TITLE} & {shorter, longer}
    shown -= {clean(short_text(link, 60)) for link in islice(links_of(page), _FIRST_LINKS)}
    shown -= lower
    return longer if shown == {longer} and len(words_of(longer)) >= LONGEST_SITE else ""


def _given(page: Page, nodes: Sequence[jsonld.Node]) -> list[Found]:
    """What the page says is its title."""
    return [
        (clean(value[:LONGEST_TITLE]), source, trust)
        for value, source, trust in (*told("title", page, nodes), (page.title, "title", 0.7))
        if value.strip() and not _is_placeholder(value)
    ]


def _is_placeholder(title: str) -> bool:
    """Whether a title is one that an editor or a template leaves where none was given."""
    known = clean(title[:40]).lower() in words().placeholders
    return known or "{{" in title or bool(_SLUG.fullmatch(title))


def _seconded(titles: list[Found], subheadings: list[Hint]) -> Found:
    """The first title that a subheading repeats, else the first."""
    if len({title for title, *_ in titles}) > 1:
        lower = [short_text(hint.element, 300) for hint in subheadings[:_HEADINGS]]
        for title in titles:
            if any(agreement(title[0], text) >= _SAME for text in lower):
                return title
    return titles[0]


def _front_title(given: Iterable[Found], sites: Iterable[str], url: str) -> Found | None:
    """The site's name, where the front page bears it and nothing else as its title."""
    names = set(map(compact, sites))
    return next((t for t in given if is_front(url) and compact(t[0]) in names), None)


def _rest(page: Page, sites: Iterable[str]) -> list[str]:
    """What stands before or after Open Graph's title in the longer one: names of the site.

    Not where Open Graph's title is itself one of the names that the site gives itself.
    """
    title, shared = page.title, page.meta("og:title")
    if not shared or len(shared) >= len(title) or compact(shared) in map(compact, sites):
        return []
    if title.startswith(shared):
        rest = title[len(shared) :]
        match = SEPARATOR.match(rest)
        return [rest[match.end() :]] if match else []
    if title.endswith(shared):
        parts = SEPARATOR.split(title[: -len(shared)])
        return parts[:1] if len(parts) == 2 and not parts[1] else []
    return []


def _parts(given: Iterable[Found]) -> list[str]:
    """The parts that separators cut titles into, each once."""
    titles = dict.fromkeys(title for title, *_ in given)
    parts = (part.strip() for title in titles for part in SEPARATOR.split(title)[:12])
    return list(dict.fromkeys(filter(None, parts)))


def agreement(left: str, right: str) -> float:
    """The F1 of two texts as bags of words, 0 to 1."""
    return _overlap(Counter(words_of(left)), Counter(words_of(right)))


def _overlap(a: Counter[str], b: Counter[str]) -> float:
    shared = sum(min(count, b[word]) for word, count in a.items() if word in b)
    return 2 * shared / (a.total() + b.total()) if shared else 0.0


def _agreeing_heading(
    headings: list[Hint], titles: list[str], parts: list[str], names: list[str], threshold: float
) -> str | None:
    """The heading closest to what the head says, if it is close enough or all of it said there.

    One in side matter serves where no other does, or where it is the same. A heading of several
    words may also agree with a part of a title; of many headings, one word must be a part.
    """
    best, best_score = None, 0.0
    said = set(words_of(" ".join(titles)))
    alone = {compact(part) for part in parts}
    several = (part for part in parts if len(words_of(part)) > 1)
    compared = [Counter(words_of(title)) for title in dict.fromkeys((*titles, *several))]
    for hint in sorted(headings[:_HEADINGS], key=lambda hint: aside(hint.element)):
        text = _once(_as_read(hint, titles).rstrip(_PERMALINK))
        words = words_of(text)
        if not words or is_site(text, names):
            continue
        if len(words) == 1 and len(headings) > _MANY_HEADINGS and words[0] not in alone:
            continue
        bag = Counter(words)
        score = max((_overlap(bag, title) for title in compared), default=0.0)
        least = _SAME if best and aside(hint.element) else threshold
        near = score >= least or (least < _SAME and score >= 0.2 and said.issuperset(words))
        if near and score > best_score + 0.05:
            best, best_score = _told_part(hint, titles, parts) or text, score
    return best


def _first_part(page: Page, heading: str | None, url: str) -> str | None:
    """The first parts of the title, where a heading is those, and the one that agrees a later one.

    What follows the site's name without a mark, and is a heading, is the page's own title too.
    Without any such heading, the parts must be of one rank, and "Tar: a guide" has none.
    """
    cuts = list(SEPARATOR.finditer(page.title[:LONGEST_TITLE]))[:12]
    # The name of the site may have a mark of its own.
    marks = {cut[0].strip() for cut in cuts[: -1 if len(cuts) > 2 else None]}
    if not heading and (len(marks) != 1 or marks == {":"} or is_front(url)):
        return None
    own = compact(heading or "")
    after = page.title.removeprefix(f"{heading} ")
    is_later = own in map(compact, SEPARATOR.split(page.title)[1:])
    if heading and not is_later and (after == page.title or not after[:1].isalnum()):
        return None
    # Of the same rank, only what is longer than the masthead before it.
    alike, lower = (
        [compact(short_text(hint.element, 300)) for hint in hints]
        for hints in (page.headings[1:_HEADINGS] if heading else (), page.subheadings[:_HEADINGS])
    )
    texts = {*lower, *(text for text in alike if len(text) > len(own))} - {own, ""}
    if is_later:
        texts |= _called_titles(page)
    for cut in reversed(cuts):
        later = SEPARATOR.split(page.title[cut.end() :])
        first = page.title[: cut.start()]
        if compact(first) in texts and (not heading or own in map(compact, later)):
            # "Bug #7:" goes on to its subject.
            goes_on = cut[0].strip() == ":" and compact(later[0]) in texts
            goes_on |= cut[0].startswith(":") and compact(later[0]) == own
            return f"{first}{cut[0]}{later[0]}" if goes_on else first
    # Blogs of some hosts are called "Quay Notes Ferry in fog", with nothing between.
    of_site = after != page.title and compact(after) in texts and heading in names_of_home(page)
    return after if of_site else None


def _called_titles(page: Page) -> set[str]:
    """The texts of the elements whose class calls them a title."""
    all_ = elements(page.root) if page.root is not None else ()
    called = (e.text or "" for e in all_ if "title" in (e.get("class") or "").split())
    return {compact(text[:300]) for text in called} - {""}


def _told_part(hint: Hint, titles: list[str], parts: list[str]) -> str | None:
    """What of a heading is all that the head says, or a part of it beside a number or a label.

    A label has brackets, is small or of a class that says so.
    """
    told = list(map(compact, titles))
    text = short_text(hint.element, 300)
    whole, found = compact(text), _LABEL.match(text)
    small = short_text(next(filter(_is_label, hint.element.iter("*")), hint.element), 300)
    label = compact(found[0] if found else small)
    if whole in told:
        return None
    rest = compact(text.removeprefix(small).removesuffix(small))
    if rest and (same := next((said for said in (*titles, *parts) if compact(said) == rest), "")):
        return same
    told += [
        part
        for part in map(compact, parts)
        if whole.removeprefix(part).isdecimal() or whole in (label + part, part + label)
    ]
    inner = list(islice(hint.element.iter("*"), 1, 24))
    texts = [short_text(part, 300, joined=True) for part in inner]
    runs = [hint.element.text, *(run for part in inner for run in (part.text, part.tail))]
    texts += [clean((run or "")[:300]).strip(_AROUND) for run in runs]
    shown = {compact(text): text for text in reversed(texts) if text}
    return next((shown[title] for title in told if title in shown), None)


def _is_label(element: _Element) -> bool:
    return element.tag == "small" or bool(_LABEL_CLASS.search(element.get("class", "").lower()))


def _as_read(hint: Hint, titles: Iterable[str]) -> str:
    """A heading's text, whose parts touch where that joins no words, or none but those of a title.

    Parts that touch in the source may be set apart by the style of the page.
    """
    apart, joined = (short_text(hint.element, 300, joined=j) for j in (False, True))
    if not apart or not joined:
        return apart
    is_joined = words_of(apart) == words_of(joined) or any(
        agreement(joined, title) > agreement(apart, title) for title in titles
    )
    return joined if is_joined else apart


def _book_names(page: Page, titles: list[str], hosts: list[str]) -> list[str]:
    """Headings that only repeat the last part of the title: the name of the site or the book.

    Where the first part names the site, or is no heading, the last one is the page's own.
    """
    parts = SEPARATOR.split(page.title)
    first, last = parts[0], parts[-1]
    labels = tuple(host for host in hosts if len(host) > SHORTEST_LABEL)
    named = bool(labels) and compact(last).startswith(labels)
    if labels and compact(first).startswith(labels) and not named:
        return []
    if last == page.title or compact(last) in map(compact, titles):
        return []
    book, *others = [compact(short_text(h.element)) for h in page.headings[:_HEADINGS]] or [""]
    others += [compact(short_text(h.element)) for h in page.subheadings[:_HEADINGS]]
    return [last] if compact(last) == book and (named or compact(first) in others) else []


def _lone_heading(headings: list[Hint]) -> str | None:
    texts = [_as_read(h, ()) for h in headings[:_HEADINGS] if not aside(h.element)]
    return next((text for text in texts if text), None)


def _covers(site: str, title: str) -> bool:
    """Whether what is given as the site's name is the page's title."""
    return bool(title) and compact(site).startswith(compact(title)) and len(title.split()) > 2


def _once(text: str) -> str:
    """A heading that stands there twice or more, for screens of several sizes, only once."""
    tokens = text.split()
    for times in (2, 3, 4):
        size, rest = divmod(len(tokens), times)
        if size > 1 and not rest and tokens == tokens[:size] * times:
            return " ".join(tokens[:size])
    return text
