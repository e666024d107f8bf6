"""Who wrote the page: clean names out of structured data and bylines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

from cleaner.metadata import _jsonld as jsonld
from cleaner.metadata._collect import Hint, Page, aside, clean, short_text
from cleaner.metadata._dates import day
from cleaner.metadata._near import Piece

Found = tuple[tuple[str, ...], str, float]

_META = (
    "author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "dc.creator.name",
    "citation_author", "article:author_name", "og:article:author", "byl", "cxenseparse:author",
    "article:author", "og:author", "article.author", "authors", "dc.author",
)  # fmt: skip
_CUT = re.compile(r"\s[|•·»–—/-]\s|\s?[|•·]\s?|\s{2,}|\s\(|[\[<:]|[.]\s(?=[A-ZÆØÅ]?[a-z]{3})|\s(?=\d)")
_SPLIT = re.compile(r"\s?[;/&+]\s?|,\s?")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")
_ADDRESS = re.compile(r"https?:|www\.|\S@\S|\.(?:com|org|net)/")


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of bylines.toml."""

    by: dict[str, tuple[str, ...]]
    labels: frozenset[str]
    particles: frozenset[str]
    joiners: re.Pattern[str]
    generic: frozenset[str]
    roles: frozenset[str]


@cache
def words() -> Words:
    """The word lists, read once."""
    data = tomllib.loads(files(__package__).joinpath("bylines.toml").read_text("utf-8"))
    names = data["names"]
    joined = "|".join(re.escape(word) for word in names["joiners"])
    return Words(
        by={key: tuple(sorted(value, key=len, reverse=True)) for key, value in data["by"].items()},
        labels=frozenset(data["labels"]["author"]),
        particles=frozenset(names["particles"]),
        joiners=re.compile(rf"\s(?:{joined})\s", re.IGNORECASE),
        generic=frozenset(names["generic"]),
        roles=frozenset(names["roles"]),
    )


def find_authors(
    page: Page, nodes: Sequence[jsonld.Node], near: Sequence[Piece], anchor: int, sites: list[str]
) -> Found | None:
    """The authors with their source; a site's own name only where no person is named."""
    organisation: Found | None = None
    for values, source, trust in _candidates(page, nodes, near, anchor):
        names = names_in(values)
        people = tuple(name for name in names if not _is_site(name, sites))
        if people:
            return people, source, trust
        if names and organisation is None:
            organisation = (names, source, trust / 2)
    return organisation


def _candidates(
    page: Page, nodes: Sequence[jsonld.Node], near: Sequence[Piece], anchor: int
) -> Iterator[tuple[list[str], str, float]]:
    """The places where authors are named, the most trusted first."""
    language = page.language.lower().replace("_", "-").split("-")[0]
    yield list(byline(near, language)), "byline", 0.9
    works = [node for node in nodes if is_work(node)]
    for node in works:
        yield _node_authors(node), "json-ld", 0.95
    links = [hint for hint in page.author_hints if hint.name == "rel=author"]
    yield _hinted(links[:6], anchor), "rel-author", 0.9
    yield _microdata(page.props), "microdata", 0.85
    for name in _META:
        yield [v for v in page.metas.get(name, ()) if not _ADDRESS.search(v)], "meta", 0.8
    yield _labelled(page), "twitter", 0.8
    yield _hinted([h for h in page.author_hints if h.name != "rel=author"], anchor), "class", 0.7
    for node in nodes:
        if "webpage" in jsonld.types(node):
            yield _node_authors(node), "json-ld", 0.6


def is_work(node: jsonld.Node) -> bool:
    """Whether a JSON-LD node is a written work: an article, a post, a question."""
    return any(t.endswith(("article", "posting", "report")) or t in _WORKS for t in jsonld.types(node))


_WORKS = frozenset({"question", "recipe", "review", "book", "creativework", "howto", "blog post"})


def names_in(values: Iterable[str]) -> tuple[str, ...]:
    """Clean names, each once, out of the texts that name authors."""
    found: dict[str, None] = {}
    for value in islice(values, 20):
        for name in _split(value):
            found.setdefault(name)
    return tuple(found)


def byline(near: Sequence[Piece], language: str) -> Iterator[str]:
    """The name after "by" and its like, in the text around the title."""
    phrases = (*words().by["everywhere"], *words().by["en"], *words().by.get(language, ()))
    for index, piece in enumerate(near):
        if len(piece.text) > 160:
            continue
        lowered = piece.text.lower().lstrip("–—-·•| ")
        phrase = next((p for p in phrases if lowered.startswith(p)), None)
        if phrase is None:
            continue
        rest = piece.text.lstrip("–—-·•| ")[len(phrase) :]
        if rest[:1].isalnum():
            continue
        rest = rest.lstrip(" :\xa0")
        if not rest:
            rest = " ".join(p.text for p in near[index + 1 : index + 2])
        if len(rest) <= 120 and any(_is_person(name) for name in _split(rest)):
            yield rest
            return


def _split(text: str) -> Iterator[str]:
    """The names in one text; roles, dates, addresses and what follows them are cut off."""
    text = clean(text)[:300]
    lowered = text.lower()
    for phrase in (*words().by["everywhere"], "by"):
        if lowered.startswith(phrase) and not text[len(phrase) : len(phrase) + 1].isalnum():
            text = text[len(phrase) :].lstrip(" :")
            break
    if _ADDRESS.search(text):
        return
    text = _CUT.split(text, maxsplit=1)[0]
    for index, part in enumerate(_SPLIT.split(words().joiners.sub("; ", text))):
        name = _trimmed(part)
        if name and (index == 0 or _is_person(name)):
            yield name


def _trimmed(part: str) -> str:
    """A name without the role that follows it; nothing when no name is left."""
    kept: list[str] = []
    for word in part.strip(" .,@\"'“”*").split():
        if kept and word.lower().strip(".,") in words().roles:
            break
        kept.append(word)
    name = " ".join(kept)
    if not kept or len(kept) > 8 or len(name) > 80 or name.lower() in words().generic:
        return ""
    return name if any(c.isalpha() for c in name) else ""


def _is_person(name: str) -> bool:
    """Whether a text has the shape of a name: a few words, all but particles in upper case."""
    tokens = name.split()
    if not 1 <= len(tokens) <= 5 or tokens[0].lower() in words().roles:
        return False
    big = [t for t in tokens if t.lower() not in words().particles]
    return bool(big) and all(not t[0].islower() and t[0].isalpha() for t in big)


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


def _microdata(props: Sequence[Hint]) -> list[str]:
    """The first author property outside comments; its own name property when it has one."""
    for hint in props:
        if hint.name.split(":")[-1] not in ("author", "creator") or aside(hint.element):
            continue
        for inner in hint.element.iter("*"):
            if inner.get("itemprop") == "name" or inner.get("property") == "name":
                return [inner.get("content") or short_text(inner, 120)]
        link = next(hint.element.iter("a"), None)
        return [hint.element.get("content") or short_text(link if link is not None else hint.element, 120)]
    return []


def _labelled(page: Page) -> list[str]:
    """Twitter's labelled data whose label says "written by"."""
    labels = page.metas.get("twitter:label1", [])[:1] + page.metas.get("twitter:label2", [])[:1]
    data = page.metas.get("twitter:data1", [])[:1] + page.metas.get("twitter:data2", [])[:1]
    return [value for label, value in zip(labels, data) if label.lower() in words().labels]


def _hinted(hints: Sequence[Hint], anchor: int) -> list[str]:
    """The name in the first element near the title that is named for authors."""
    near = [h for h in hints if -60 <= h.place - anchor <= 250]
    for hint in near[:20]:
        if hint.name != "rel=author" and aside(hint.element):
            continue
        link = next(hint.element.iter("a"), None)
        for element in (link, hint.element):
            text = short_text(element, 120) if element is not None else ""
            names = [name for name in _split(text) if _is_person(name)]
            if names and not day(names[0]):
                return names
    return []


def _is_site(name: str, sites: list[str]) -> bool:
    compact = "".join(_WORD.findall(name.lower()))
    return any(compact == "".join(_WORD.findall(site.lower())) for site in sites)
