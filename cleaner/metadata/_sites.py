"""The names of a site: in its host, and in the titles of its pages."""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cleaner.metadata._collect import clean
from cleaner.metadata._data import words
from cleaner.scripts import COUNTED, KANA_AND_HAN
from cleaner.tracking import TRACKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.metadata._collect import Page

# In the scripts of India and their kin a word may end in a sign that is no letter.
_LETTER = r"[\w\u0900-\u109f]"
SEPARATOR = re.compile(
    r"(?=[\s|｜»:：_–—-])(?:"  # what one begins with, which few characters are
    rf"\s+[|–—·•»«:‹›<>/~-]+\s+|\s*[|｜]\s*|(?:\s+|^)»\s*|\s*::\s*|(?<={_LETTER})\s?(?::|[-–—])\s+"
    r"|\s*[：]\s*|(?<=[\u3000-\u9fff\uff00-\uffef])[_\-–—]+(?=[\w])"
    rf"|[_–—-]+(?=[{KANA_AND_HAN}])"
    r"|\s+\[(?=[^\[\]]{1,80}\]$))"
)
_REPLAYED = re.compile(
    r"(?:https?://[^/?#]{1,200})?/(?:[\w-]{1,60}/)?\d{4,14}(?:[a-z]{2}_)?/(?=https?://)"
)
_WORD = re.compile(rf"[{COUNTED}]|[^\W{COUNTED}]+")
# A site's name has at most this many words; a label of a host that names it this many letters.
LONGEST_SITE, SHORTEST_LABEL = 4, 3
_LONGEST_CALLED = 16  # signs of a name that ends in a word for a site


def without_site(title: str, names: Iterable[str], hosts: Iterable[str] = ()) -> str:
    """The title without leading and trailing parts that only name the site.

    The last part also goes when it begins with a label of the host, as in "Moor's Forum", and the
    first ones up to what software calls its pages, as in "Moor :: View topic - Low tide".
    """
    names, hosts = list(names), list(hosts)
    title = _without_host(title, hosts)
    labels = tuple(host for host in hosts if len(host) > 4)
    cuts = [
        (0, 0),
        *(m.span() for m in islice(SEPARATOR.finditer(title), 12)),
        (len(title), len(title)),
    ]
    parts = [title[end:start] for (_, end), (start, _) in pairwise(cuts)]

    def is_named(part: str) -> bool:
        return _is_of_host(part, hosts) or is_site(part, names)

    first, last = 0, len(parts)
    while last - first > 1:
        part = parts[last - 1]
        begins = bool(labels) and compact(part).startswith(labels) and len(part.split()) <= 4
        if not begins and not is_named(part) and not called_site(title[: cuts[last][0]]):
            break
        last -= 1
    for at in range(first + 1, last - 1):
        if is_named(parts[at]) and compact(title[: cuts[at][0]]):
            last = at
            break
    while last - first > 1 and _is_leading(parts[first], names):
        first += 1
    for at in range(first, last - 1):
        if parts[at].lower() in words().views:
            first = at + 1
    kept = _said_once(title[cuts[first][1] : cuts[last][0]].strip())
    return title if kept.lower() in words().no_titles else kept


def _said_once(title: str) -> str:
    """A title that stands twice, as page and as text, with no more than what comes first.

    >>> _said_once("Notice 9: the pier - Notice 9: the pier - Gazette"), _said_once("Tea - Tea")
    ('Notice 9: the pier', 'Tea - Tea')
    """
    for mark in islice(SEPARATOR.finditer(title), 12):
        told, rest = title[: mark.start()], title[mark.end() :]
        again = rest.startswith(told) and len(words_of(told)) > 1
        if again and (rest == told or SEPARATOR.match(rest, len(told))):
            return told
    return title


def _without_host(title: str, hosts: Iterable[str]) -> str:
    """The title without the host's full name before it."""
    first, _, rest = title.partition(" ")
    named = rest and any(first.lower() == host for host in hosts if "." in host)
    return rest.lstrip(" |·•–—:-") if named else title


def called_site(title: str) -> str:
    """The last part of a Chinese or Japanese title, if it ends as names of sites do.

    >>> called_site("渔船回港_滨海新闻网"), called_site("他补好了：捕鱼的网")
    ('滨海新闻网', '')
    """
    mark = next(reversed(list(islice(SEPARATOR.finditer(title), 12))), None)
    part = title[mark.end() :] if mark and mark[0].strip() not in ("", ":", "：") else ""
    return part if len(part) <= _LONGEST_CALLED and part.endswith(words().sites) else ""


def _is_leading(part: str, names: Iterable[str]) -> bool:
    """Whether the part a title begins with is the site's name, not that of one of its offers."""
    return is_site(part, [name for name in names if len(words_of(name)) >= len(words_of(part))])


def _is_of_host(text: str, hosts: Iterable[str]) -> bool:
    """Whether a text begins with a label of the host, or its initials are one."""
    parts = words_of(text)
    if not parts or len(parts) > LONGEST_SITE:
        return False
    initials = "".join(part[0] for part in parts)
    labels = {label for host in islice(hosts, 1) for label in host.split(".")[:-1]}
    return any(len(name) >= SHORTEST_LABEL and name in labels for name in (parts[0], initials))


def is_site(text: str, names: Iterable[str]) -> bool:
    """Whether a text is one of the site's names, give or take a word or a suffix."""
    own = compact(text)
    if not own:
        return False
    for name in names:
        other = compact(name)
        if not other:
            continue
        if own == other:
            return True
        shorter, longer = sorted((own, other), key=len)
        close = len(shorter) >= 4 and len(shorter) * 2 > len(longer)
        if close and (longer.startswith(shorter) or longer.endswith(shorter)):
            return True
    return False


def site_in_title(page: Page, names: Iterable[str], *, first: bool = True) -> str:
    """The last part of the title, or the first, if it is one of the names."""
    parts = SEPARATOR.split(page.title)
    known = set(map(compact, names)) - {""}
    ends = parts[-1:] + parts[: int(first)] if len(parts) > 1 else []
    found = next((clean(part) for part in ends if compact(part) in known), "")
    return found if "[" in found else found.removesuffix("]")


def original(url: str) -> str:
    """The address of a page that a web archive shows under one of its own.

    >>> original("https://web.archive.org/web/20100504id_/http://tides.example/low")
    'http://tides.example/low'
    """
    replayed = _REPLAYED.match(url) if "/http" in url else None
    return url[replayed.end() :] if replayed else url


def host_names(url: str) -> list[str]:
    """The host's name, and its labels without the public endings."""
    try:
        host = (urlsplit(original(url)).hostname or "").removeprefix("www.")
    except ValueError:
        return []
    labels = host.split(".")
    return [host, *(label for label in labels[:-1] if len(label) > 3)]


def is_front(url: str) -> bool:
    """Whether an address is that of a front page, wherever its visitor comes from."""
    try:
        path, query = urlsplit(original(url))[2:4]
    except ValueError:
        return False
    names = (part.partition("=")[0] for part in query.split("&") if part)
    return bool(url) and path in ("", "/") and all(map(TRACKING.fullmatch, names))


def compact(text: str) -> str:
    """The words of a text in lower case without what parts them."""
    return "".join(words_of(text))


def words_of(text: str) -> list[str]:
    """The words of a text in lower case; signs of scripts without spaces are one each."""
    return _WORD.findall(text.lower())
