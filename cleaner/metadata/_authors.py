"""Who wrote the page: clean names out of structured data and bylines."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING

from cleaner.metadata import _jsonld as jsonld
from cleaner.metadata._collect import Hint, Page, aside, author_links, clean, short_text
from cleaner.metadata._dates import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.metadata._near import Piece

Found = tuple[tuple[str, ...], str, float]

_META = (
    "author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
    "dc.creator.name",
    "citation_author", "article:author_name", "og:article:author", "byl", "cxenseparse:author",
    "article:author", "og:author", "article.author", "authors", "dc.author",
)  # fmt: skip
_CUT = re.compile(
    r"\s[|•·»–—/-]\s|\s?[|•·／｜]\s?|\s{2,}|\s\((?![^\W\d][\w.’'-]{1,20}\)\s\w)|[\[<:]|(?<=[a-z]{3})[.]\s"
    r"|\s(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[.]?\s)?(?=\d)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s?[;/&+]\s?|,\s?")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")
_DIGITS = re.compile(r"\d\d")
_PLACEHOLDER = re.compile(r"[{}<>=$%]|^\d+\s|^\w+(?:[.]\w+)*[.](?:author|name)\b")
_ADDRESS = re.compile(r"https?:|www\.|\S@\S|\.(?:com|org|net)/")


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of words.toml."""

    by: dict[str, tuple[str, ...]]
    after: dict[str, list[str]]
    labels: frozenset[str]
    particles: frozenset[str]
    joiners: re.Pattern[str]
    joiner_words: frozenset[str]
    weak_joiners: re.Pattern[str]
    groups: frozenset[str]
    generic: frozenset[str]
    roles: frozenset[str]
    stops: frozenset[str]
    changed: tuple[str, ...]
    other_days: tuple[str, ...]
    english_hosts: frozenset[str]
    published: tuple[str, ...]


@cache
def words() -> Words:
    """The word lists, read once."""
    data = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
    names = data["names"]
    joined = "|".join(re.escape(word) for word in names["joiners"])
    return Words(
        by={key: tuple(sorted(value, key=len, reverse=True)) for key, value in data["by"].items()},
        after=data["after"],
        labels=frozenset(data["labels"]["author"]),
        particles=frozenset(names["particles"]),
        joiners=re.compile(rf"\s(?:{joined})\s", re.IGNORECASE),
        joiner_words=frozenset(names["joiners"]),
        weak_joiners=re.compile(rf"\s(?:{'|'.join(names['weak_joiners'])})\s"),
        groups=frozenset(names["groups"]),
        generic=frozenset(names["generic"]),
        roles=frozenset(names["roles"]),
        stops=frozenset(names["stops"]),
        changed=tuple(data["dates"]["changed"]),
        other_days=tuple(data["dates"]["other"]),
        english_hosts=frozenset(data["dates"]["english_hosts"]),
        published=tuple(data["dates"]["published"]),
    )


def find_authors(
    page: Page,
    nodes: Sequence[jsonld.Node],
    near: Sequence[Piece],
    sites: list[str],
    page_type: str | None,
) -> Found | None:
    """The authors with their source; a site's own name only where no person is named."""
    if page_type in ("product", "listing"):
        return None
    organisation: Found | None = None
    language = page.language.lower().replace("_", "-").split("-", 1)[0]
    people = _people(nodes)
    sites = [site for site in sites if site not in people]
    for values, source, trust in _candidates(page, nodes, near, page_type):
        if organisation and trust < _WEAK and page_type == "article":
            break
        given = source in ("json-ld", "meta")
        whole = [clean(value) for value in values[:1] if _is_site(value, sites)]
        names = tuple(whole) or names_in(values, language, credentials=given)
        persons = tuple(name for name in names if not _is_site(name, sites))
        if persons:
            return persons, source, trust
        if names and organisation is None:
            organisation = (names, source, trust / 2)
    return organisation if page_type == "article" else None


def _people(nodes: Sequence[jsonld.Node]) -> set[str]:
    """The authors that are declared to be persons, whose sites may bear their names."""
    authors = [v for node in nodes for v in jsonld.items(node, "author")]
    people = [v for v in authors if isinstance(v, dict) and jsonld.types(v) == ["person"]]
    names = (jsonld.text(value, "name") for value in people)
    return {name for name in names if _is_person(name)}


def _candidates(
    page: Page, nodes: Sequence[jsonld.Node], near: Sequence[Piece], page_type: str | None
) -> Iterator[tuple[list[str], str, float]]:
    """The places where authors are named, the most trusted first."""
    language = page.language.lower().replace("_", "-").split("-", 1)[0]
    bylines = list(find_bylines(near, language))
    close = [text for text, distance in bylines if -15 <= distance <= 40]
    if len(set(close)) <= _MOST_BYLINES:
        yield close[:1], "byline", 0.9
    yield from ((_node_authors(node), "json-ld", 0.95) for node in nodes if is_work(node))
    yield _hinted(page.rel_authors, page), "rel-author", 0.9
    yield _microdata(page), "microdata", 0.85
    pages = [node for node in nodes if "webpage" in jsonld.types(node)]
    yield from ((_node_authors(node), "json-ld", 0.85) for node in pages if _people([node]))
    for name in _META:
        yield [v for v in page.metas.get(name, ()) if not _ADDRESS.search(v)], "meta", 0.8
    yield _labelled(page), "twitter", 0.8
    yield from _marked(page, page_type)
    yield from ((_node_authors(node), "json-ld", 0.6) for node in pages)
    if len(bylines) == 1:
        yield [bylines[0][0]], "byline", 0.5
    yield beside_date(near, page), "text", 0.4
    if page_type == "article":
        yield _hinted(page.author_hints, page, least=2, anywhere=True), "class", 0.4
        yield _hinted(author_links(page), page, least=2, anywhere=True), "link", 0.4


def _marked(page: Page, page_type: str | None) -> Iterator[tuple[list[str], str, float]]:
    """Names in elements that class, id or address say to hold one."""
    yield _hinted(page.author_hints, page, least=1 if page_type == "forum" else 2), "class", 0.7
    named = [hint for hint in page.author_hints if _AUTHOR_CLASS.search(hint.name)]
    yield _hinted(named, page), "class", 0.6
    if page_type is not None:
        links = author_links(page)
        yield _hinted(links, page, least=2), "link", 0.7
        if page_type == "forum":
            yield _first_poster(page, links), "class", 0.5


_WEAK = 0.5  # What is trusted less than this is no better than the name of the site.
_MARKS = " :\xa0：／＝｜"  # between "by" and the name
_MOST_BYLINES = 2  # More of them around one title are those of a list of works.


def is_work(node: jsonld.Node) -> bool:
    """Whether a JSON-LD node is a written work: an article, a post, a question."""
    return any(
        t.endswith(("article", "posting", "report")) or t in _WORKS for t in jsonld.types(node)
    )


_WORKS = frozenset({"question", "recipe", "review", "book", "creativework", "howto", "blog post"})


def names_in(
    values: Iterable[str], language: str = "", *, credentials: bool = False
) -> tuple[str, ...]:
    """Clean names, each once, out of the texts that name authors."""
    found: dict[str, None] = {}
    for value in islice(values, 20):
        for name in _split(_without_by(value, language), credentials=credentials):
            found.setdefault(name)
    return tuple(found)


def find_bylines(near: Sequence[Piece], language: str) -> Iterator[tuple[str, int]]:
    """The names after "by" and its like in the text around the title, with their distance."""
    by = words().by
    phrases = (*by["everywhere"], *by["en"], *by.get(language, ()))
    after = words().after.get(language, ())
    for index, piece in enumerate(near):
        text = piece.text.lstrip("–—-·•|'’” ")
        if len(text) > 160:
            continue
        if after and (name := _before(text, after)):
            yield name, piece.distance
        lowered = text[:30].lower()
        if not lowered.startswith(phrases):
            continue
        phrase = max((p for p in phrases if lowered.startswith(p)), key=len)
        rest = text[len(phrase) :]
        if rest[:1].isalnum():
            continue
        rest = _continued(rest.strip(_MARKS), near[index + 1 : index + 12])
        asked = " " in phrase and len(rest) > 2 and " " not in rest
        if len(rest) <= 160 and (asked or any(_is_person(name) for name in _split(rest))):
            yield rest, piece.distance


def _before(text: str, words_after: Sequence[str]) -> str:
    """The name that one of the words follows, in a text that begins with it."""
    tokens = text.split()[:4]
    end = next((at for at, token in enumerate(tokens) if token in words_after), 0)
    name = " ".join(tokens[:end])
    return name if end and _is_person(name) else ""


def _continued(text: str, following: Sequence[Piece]) -> str:
    """A byline with the names that stand in elements of their own after it."""
    joiners = words().joiner_words
    for piece in following:
        first = piece.text.split(maxsplit=1)[0].lower()
        last = text.rsplit(maxsplit=1)[-1].lower() if text else ""
        open_ended = not text or text.endswith((",", "&")) or last in joiners
        if not open_ended and not (first in joiners or first.startswith((",", "&"))):
            break
        text = f"{text} {piece.text}".strip()
    return text


def beside_date(near: Sequence[Piece], page: Page) -> list[str]:
    """A name of two to four words that stands right beside a date under the title."""
    close = [p for p in near if -4 <= p.distance <= 25 and len(p.text) <= 90][:12]
    dated = [bool(_DIGITS.search(p.text)) and day(p.text) is not None for p in close]
    for index, piece in enumerate(close):
        if not any(dated[max(0, index - 2) : index + 3]) or aside(piece.element, page.around):
            continue
        name = next(_split(piece.text), "")
        named = 2 <= len(name.split()) <= 4 and _is_person(name) and not name.isupper()
        if named and _is_text(piece) and not day(name):
            return [name]
    return []


def _is_text(piece: Piece) -> bool:
    around = [piece.element, *islice(piece.element.iterancestors(), 2)]
    return not any(element.tag == "h1" for element in around) and piece.element.tag not in (
        "a",
        "button",
        "label",
        "li",
        "h2",
        "h3",
        "option",
        "strong",
        "b",
    )


def _split(text: str, *, credentials: bool = False) -> Iterator[str]:
    """The names in one text; roles, dates, addresses and what follows them are cut off."""
    text = _without_by(clean(text)[:300])
    if _ADDRESS.search(text):
        return
    text = words().joiners.sub("; ", _CUT.split(text, maxsplit=1)[0])
    weak = words().weak_joiners.split(text)
    if all(" " in part.strip() and _is_person(part) for part in weak):
        text = "; ".join(weak)
    found: list[str] = []
    for part in filter(None, map(str.strip, _SPLIT.split(text))):
        name = _trimmed(part)
        if not found:
            if not name:
                return
            found.append(name)
        elif part.isupper() and len(part) <= 7:
            found[-1] += f", {part}" if credentials else ""
        elif name != part or not _is_person(name) or (" " not in name and " " in found[0]):
            break
        else:
            found.append(name)
    yield from found


def _without_by(text: str, language: str = "") -> str:
    """A byline without its "by", in the language of the page, English or unmistakable."""
    by = words().by
    phrases = (*by["everywhere"], *by["en"], *by.get(language, ()))
    lowered = text[:30].lower()
    if not lowered.startswith(phrases):
        return text
    longest = max((p for p in phrases if lowered.startswith(p)), key=len)
    rest = text[len(longest) :]
    return text if rest[:1].isalnum() else rest.lstrip(_MARKS)


def _trimmed(part: str) -> str:
    """A name without the role that follows it; nothing when no name is left."""
    kept: list[str] = []
    tokens = part.strip(" .,@\"'“”*:").split()
    group = bool(tokens) and tokens[-1].lower() in words().groups
    for word in tokens:
        plain = word.lower().strip(".,:")
        if plain in words().stops or (kept and plain in words().roles and not group):
            break
        kept.append(word)
    name = " ".join(kept)
    if not kept or _PLACEHOLDER.search(name) or len(kept) > 8 or len(name) > 80:
        return ""
    return name if name.lower() not in words().generic and any(map(str.isalpha, name)) else ""


def _is_person(name: str) -> bool:
    """Whether a text has the shape of a name: a few words, all but particles in upper case."""
    tokens = name.split()
    if not 1 <= len(tokens) <= 5 or tokens[-1].lower() in words().particles:
        return False
    if _WIDE.search(name) and len(name) > 8:
        return False
    if tokens[0].lower() in words().roles and tokens[-1].lower() not in words().groups:
        return False
    big = [t for t in tokens if t.lower() not in words().particles]
    return bool(big) and all(
        not t[0].islower() and t[0].isalpha() and not t.endswith(("'s", "’s", "-")) for t in big
    )


def _node_authors(node: jsonld.Node) -> list[str]:
    found = []
    for key in ("author", "creator"):
        for value in jsonld.items(node, key):
            name = jsonld.text({"name": value}, "name")
            if name:
                found.append(name)
        if found:
            return found
    return found


def _microdata(page: Page) -> list[str]:
    """The first author property outside comments; its own name property when it has one."""
    for hint in page.props:
        if hint.name.split(":")[-1] not in ("author", "creator") or aside(
            hint.element, page.around
        ):
            continue
        for inner in hint.element.iter("*"):
            if inner.get("itemprop") == "name" or inner.get("property") == "name":
                return [inner.get("content") or short_text(inner, 120)]
        link = next(hint.element.iter("a"), None)
        return [
            hint.element.get("content")
            or short_text(link if link is not None else hint.element, 120)
        ]
    return []


def _labelled(page: Page) -> list[str]:
    """Twitter's labelled data whose label says "written by"."""
    labels = page.metas.get("twitter:label1", [])[:1] + page.metas.get("twitter:label2", [])[:1]
    data = page.metas.get("twitter:data1", [])[:1] + page.metas.get("twitter:data2", [])[:1]
    return [
        value for label, value in zip(labels, data, strict=False) if label.lower() in words().labels
    ]


def _hinted(
    hints: Sequence[Hint], page: Page, *, least: int = 1, anywhere: bool = False
) -> list[str]:
    """The names in the first element near the title that has names of at least so many words."""
    near = hints if anywhere else [h for h in hints if -40 <= h.place - page.anchor <= 250]
    for hint in near[:20]:
        if hint.name == "rel-author" or not aside(hint.element, page.around):
            names = _names_inside(hint, least=least)
            if names:
                return names
    return []


def _names_inside(hint: Hint, *, least: int) -> list[str]:
    """The names in an element: those of its link, its first run of text, or all of its text."""
    link = next(hint.element.iter("a"), None)
    whole = short_text(hint.element, 200)
    first = next((str(t).strip() for t in hint.element.itertext() if t.strip()), "")
    for text in (short_text(link, 120) if link is not None else "", first[:120], whole):
        names = [n for n in _split(text) if _is_person(n) and len(n.split()) >= least]
        names = names or [n for n in _split(text) if least == 1 and _is_account(n, hint)]
        if names and not day(names[0]):
            return names
    return []


def _first_poster(page: Page, links: Sequence[Hint]) -> list[str]:
    """The account that opened a thread: the first that is named after the title."""
    named = [h for h in page.author_hints if _ACCOUNT.search(h.name.lower())]
    named += [h for h in page.props if h.name == "author"] + list(links)
    for hint in sorted((h for h in named if h.place > page.anchor), key=lambda h: h.place)[:10]:
        names = _names_inside(Hint(hint.place, hint.element, "username"), least=1)
        if names:
            return names
    return []


def _is_account(name: str, hint: Hint) -> bool:
    """Whether a text can be the name of a forum's account."""
    return 3 <= len(name) <= 30 and " " not in name and bool(_ACCOUNT.search(hint.name.lower()))


_AUTHOR_CLASS = re.compile(r"(?:^|[\s_-])(?:author|byline)(?:[_-]{0,2}(?:name|link))?(?:\s|$)")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ACCOUNT = re.compile(r"\buser-?name|postuser|\bposter\b|author")


def _is_site(name: str, sites: list[str]) -> bool:
    compact = "".join(_WORD.findall(name.lower()))
    return any(compact == "".join(_WORD.findall(site.lower())) for site in sites)
