"""The page's own title, without the name of its site."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cleaner.metadata._collect import (
    LONGEST_TITLE,
    Hint,
    Page,
    aside,
    clean,
    short_text,
)
from cleaner.metadata._data import words
from cleaner.metadata._told import Found, told
from cleaner.scripts import COUNTED, KANA_AND_HAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cleaner.metadata import _jsonld as jsonld

_SEPARATOR = re.compile(
    r"\s+[|–—·•»«:‹›/~-]+\s+|\s*[|｜»]\s*|\s*::\s*|(?<=\w)\s?:\s+|(?<=\w)\s?[-–—]\s+"
    r"|\s*[：]\s*|(?<=[\u3000-\u9fff\uff00-\uffef])[_\-–—]+(?=[\w])"
    rf"|[_–—-]+(?=[{KANA_AND_HAN}])"
)
_WORD = re.compile(rf"[{COUNTED}]|[^\W{COUNTED}]+")
_HEADINGS = 12
_MANY_HEADINGS = 3
# A site's name has at most this many words; a label of a host that names it this many letters.
_LONGEST_SITE, _SHORTEST_LABEL = 4, 3


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
    front = _front_title(given, sites, url)
    if front:
        return front
    titles = [t[0] for t in (*given, *own)]
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
    if fit:
        return _seconded(fit, page.subheadings)
    lone = _lone_heading(page.headings)
    if lone and not is_site(lone, names):
        return lone, "h1", 0.6
    if titles:
        value, source, trust = titles[0]
        return value, source, trust - 0.3
    return (lone, "h1", 0.4) if lone else None


def _given(page: Page, nodes: Sequence[jsonld.Node]) -> list[Found]:
    """What the page says is its title."""
    return [
        (clean(value[:LONGEST_TITLE]), source, trust)
        for value, source, trust in (*told("title", page, nodes), (page.title, "title", 0.7))
        if value.strip() and not _is_placeholder(value)
    ]


def _is_placeholder(title: str) -> bool:
    """Whether a title is one that an editor or a template leaves where none was given."""
    return "{{" in title or clean(title[:40]).lower() in words().placeholders


def _seconded(titles: list[Found], subheadings: list[Hint]) -> Found:
    """The first title that a subheading repeats, else the first."""
    if len({title for title, *_ in titles}) > 1:
        lower = [short_text(hint.element, 300) for hint in subheadings[:_HEADINGS]]
        for title in titles:
            if any(agreement(title[0], text) >= 0.8 for text in lower):
                return title
    return titles[0]


def _front_title(given: Iterable[Found], sites: Iterable[str], url: str) -> Found | None:
    """The site's name, where the front page bears it and nothing else as its title."""
    names = set(map(_compact, sites))
    return next((t for t in given if is_front(url) and _compact(t[0]) in names), None)


def is_front(url: str) -> bool:
    """Whether an address is that of a front page."""
    try:
        return bool(url) and urlsplit(url)[2:4] in (("", ""), ("/", ""))
    except ValueError:
        return False


def _rest(page: Page, sites: Iterable[str]) -> list[str]:
    """What stands before or after Open Graph's title in the longer one: names of the site.

    Not where Open Graph's title is itself one of the names that the site gives itself.
    """
    title, shared = page.title, page.meta("og:title")
    if not shared or len(shared) >= len(title) or _compact(shared) in map(_compact, sites):
        return []
    if title.startswith(shared):
        rest = title[len(shared) :]
        match = _SEPARATOR.match(rest)
        return [rest[match.end() :]] if match else []
    if title.endswith(shared):
        parts = _SEPARATOR.split(title[: -len(shared)])
        return parts[:1] if len(parts) == 2 and not parts[1] else []
    return []


def _parts(given: Iterable[Found]) -> list[str]:
    """The parts that separators cut titles into, each once."""
    parts = (part.strip() for title, *_ in given for part in _SEPARATOR.split(title)[:12])
    return list(dict.fromkeys(filter(None, parts)))


def without_site(title: str, names: Iterable[str], hosts: Iterable[str] = ()) -> str:
    """The title without leading and trailing parts that only name the site.

    The last part also goes when it begins with a label of the host, as in "Moor's Forum".
    """
    names, hosts = list(names), list(hosts)
    title = _without_host(title, hosts)
    labels = tuple(host for host in hosts if len(host) > 4)
    cuts = [
        (0, 0),
        *(m.span() for m in islice(_SEPARATOR.finditer(title), 12)),
        (len(title), len(title)),
    ]
    first, last = 0, len(cuts) - 1
    while last - first > 1:
        part = title[cuts[last - 1][1] : cuts[last][0]]
        begins = bool(labels) and _compact(part).startswith(labels) and len(part.split()) <= 4
        if not begins and not _is_of_host(part, hosts) and not is_site(part, names):
            break
        last -= 1
    while last - first > 1 and _is_leading(title[cuts[first][1] : cuts[first + 1][0]], names):
        first += 1
    kept = title[cuts[first][1] : cuts[last][0]].strip()
    return title if kept.lower() in words().no_titles else kept


def _without_host(title: str, hosts: Iterable[str]) -> str:
    """The title without the host's full name before it."""
    first, _, rest = title.partition(" ")
    named = rest and any(first.lower() == host for host in hosts if "." in host)
    return rest.lstrip(" |·•–—:-") if named else title


def _is_leading(part: str, names: Iterable[str]) -> bool:
    """Whether the part a title begins with is the site's name, not that of one of its offers."""
    return is_site(part, [name for name in names if len(_words(name)) >= len(_words(part))])


def _is_of_host(text: str, hosts: Iterable[str]) -> bool:
    """Whether a text begins with a label of the host, or its initials are one."""
    words = _words(text)
    if not words or len(words) > _LONGEST_SITE:
        return False
    initials = "".join(word[0] for word in words)
    labels = {label for host in islice(hosts, 1) for label in host.split(".")[:-1]}
    return any(len(name) >= _SHORTEST_LABEL and name in labels for name in (words[0], initials))


def is_site(text: str, names: Iterable[str]) -> bool:
    """Whether a text is one of the site's names, give or take a word or a suffix."""
    compact = _compact(text)
    if not compact:
        return False
    for name in names:
        other = _compact(name)
        if not other:
            continue
        if compact == other:
            return True
        shorter, longer = sorted((compact, other), key=len)
        close = len(shorter) >= 4 and len(shorter) * 2 > len(longer)
        if close and (longer.startswith(shorter) or longer.endswith(shorter)):
            return True
    return False


def agreement(left: str, right: str) -> float:
    """The F1 of two texts as bags of words, 0 to 1."""
    return _overlap(Counter(_words(left)), Counter(_words(right)))


def _overlap(a: Counter[str], b: Counter[str]) -> float:
    shared = sum(min(count, b[word]) for word, count in a.items() if word in b)
    return 2 * shared / (a.total() + b.total()) if shared else 0.0


def _agreeing_heading(
    headings: list[Hint], titles: list[str], parts: list[str], names: list[str], threshold: float
) -> str | None:
    """The heading closest to what the head says, if it is close enough or all of it said there.

    A heading of several words may also agree with a part of a title; of a page with many
    headings, one word must be a part.
    """
    best, best_score = None, 0.0
    said = set(_words(" ".join(titles)))
    alone = {_compact(part) for part in parts}
    several = (part for part in parts if len(_words(part)) > 1)
    compared = [Counter(_words(title)) for title in dict.fromkeys((*titles, *several))]
    for hint in headings[:_HEADINGS]:
        text = _once(_as_read(hint, titles).rstrip(" ¶#"))
        words = _words(text)
        if not words or is_site(text, names):
            continue
        if len(words) == 1 and len(headings) > _MANY_HEADINGS and words[0] not in alone:
            continue
        bag = Counter(words)
        score = max((_overlap(bag, title) for title in compared), default=0.0)
        near = score >= threshold or (score >= 0.2 and said.issuperset(words))
        if near and score > best_score + 0.05:
            best, best_score = _told_part(hint, titles) or text, score
    return best


def _first_part(page: Page, heading: str | None, url: str) -> str | None:
    """The first part of the title, where a subheading is that, and no heading but a later part.

    Where there is no heading at all, the parts must be of one rank, and "Tar: a guide" has none.
    """
    first, *later = _SEPARATOR.split(page.title)
    if heading:
        known = map(_compact, later)
        fit = _compact(heading) in known and _compact(heading) != _compact(first)
    else:
        marks = {mark.strip() for mark in _SEPARATOR.findall(page.title)}
        fit = len(marks) == 1 and marks != {":"} and not is_front(url)
    if not fit:
        return None
    texts = (short_text(hint.element, 300) for hint in page.subheadings[:_HEADINGS])
    wanted = _compact(first)
    return first if wanted and any(_compact(text) == wanted for text in texts) else None


def _told_part(hint: Hint, titles: list[str]) -> str | None:
    """The part of a heading, beside a label or a kicker, that is all that the head says."""
    told = {_compact(title) for title in titles}
    inner = [short_text(part, 300, joined=True) for part in islice(hint.element.iter("*"), 1, 8)]
    tails = [clean((part.tail or "")[:300]) for part in islice(hint.element, 4)]
    whole = _compact(short_text(hint.element, 300))
    if whole in told:
        return None
    return next((text for text in (*inner, *tails) if text and _compact(text) in told), None)


def _as_read(hint: Hint, titles: Iterable[str]) -> str:
    """A heading's text, whose parts touch where that joins no words, or none but those of a title.

    Parts that touch in the source may be set apart by the style of the page.
    """
    apart, joined = (short_text(hint.element, 300, joined=j) for j in (False, True))
    same = _words(apart) == _words(joined)
    closer = any(agreement(joined, title) > agreement(apart, title) for title in titles)
    return joined if apart and joined and (same or closer) else apart


def _book_names(page: Page, titles: list[str], hosts: list[str]) -> list[str]:
    """Headings that only repeat the last part of the title: the name of the site or the book.

    Where the first part names the site, or is no heading, the last one is the page's own.
    """
    parts = _SEPARATOR.split(page.title)
    first, last = parts[0], parts[-1]
    labels = tuple(host for host in hosts if len(host) > _SHORTEST_LABEL)
    named = bool(labels) and _compact(last).startswith(labels)
    if labels and _compact(first).startswith(labels) and not named:
        return []
    if last == page.title or _compact(last) in map(_compact, titles):
        return []
    book, *others = [_compact(short_text(h.element)) for h in page.headings[:_HEADINGS]] or [""]
    others += [_compact(short_text(h.element)) for h in page.subheadings[:_HEADINGS]]
    return [last] if _compact(last) == book and (named or _compact(first) in others) else []


def _lone_heading(headings: list[Hint]) -> str | None:
    texts = [_as_read(h, ()) for h in headings[:_HEADINGS] if not aside(h.element)]
    return next((text for text in texts if text), None)


def _covers(site: str, title: str) -> bool:
    """Whether what is given as the site's name is the page's title."""
    return bool(title) and _compact(site).startswith(_compact(title)) and len(title.split()) > 2


def _once(text: str) -> str:
    """A heading that stands there twice or more, for screens of several sizes, only once."""
    tokens = text.split()
    for times in (2, 3, 4):
        size, rest = divmod(len(tokens), times)
        if size > 1 and not rest and tokens == tokens[:size] * times:
            return " ".join(tokens[:size])
    return text


def site_in_title(page: Page, names: Iterable[str], *, first: bool = True) -> str:
    """The last part of the title, or the first, if it is one of the names."""
    parts = _SEPARATOR.split(page.title)
    known = set(map(_compact, names)) - {""}
    ends = parts[-1:] + parts[: int(first)] if len(parts) > 1 else []
    return next((clean(part) for part in ends if _compact(part) in known), "")


def host_names(url: str) -> list[str]:
    """The host's name, and its labels without the public endings."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return []
    labels = host.split(".")
    return [host, *(label for label in labels[:-1] if len(label) > 3)]


def _compact(text: str) -> str:
    return "".join(_words(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
