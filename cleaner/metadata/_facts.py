"""The fields read straight from one place or another: site, language, image, tags."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from cleaner.metadata import _jsonld as jsonld
from cleaner.metadata._collect import (
    UNSEEN,
    Page,
    _Element,
    aside,
    clean,
    links_of,
    short_text,
)
from cleaner.metadata._data import alternatives, page_types, primary, scripts, words
from cleaner.metadata._names import ADDRESS, without_by
from cleaner.metadata._sites import (
    SEPARATOR,
    called_site,
    compact,
    host_names,
    original,
    site_in_title,
)
from cleaner.metadata._told import Found, all_told, is_named, told
from cleaner.metadata.scan import elements

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?:-(?:[A-Za-z0-9]{2,8}|[A-Za-z](?=-))){0,4}$")
_FORUM_SOFTWARE = re.compile(rf"\b(?:{alternatives('forum_software')})", re.IGNORECASE)
_SCRIPT = re.compile(r"(?:java|vb)script:|data:", re.IGNORECASE)
_LOGO = re.compile(r"\blogo\b", re.IGNORECASE)
_INDEX = r"(?:index|default)\.\w{3,5}(?:\?(?:s|sid|act=idx)\b[^?]{0,80})?"
_POWERED = re.compile(r"\s[-–—|]\sPowered by .*$", re.IGNORECASE)  # as forums end their titles
_HEADINGS, _LONGEST = 12, 6  # headings that are looked at, words of a site's name
_START = r"(?:[\w/]{0,80}doku\.php(?:/|\?id=))?start"  # of a wiki
_HOME = re.compile(rf"(?:https?://[^/?#]{{1,200}}|(?=/))/?(?:{_INDEX}|{_START})?|(?:\./)?{_INDEX}")
_ARCHIVES = frozenset({"collectionpage", "searchresultspage"})  # whatever Open Graph calls them
_SURE = 0.87  # Under it the title, where it names the host, tells the name of the site better.
_BEYOND_LATIN = re.compile(r"[^\x00-\u036f\u2000-\u2fff]")
_FIRST = 200  # elements whose texts tell the language by their script
_FOREIGN = 0.002  # the part of a text that letters of foreign names have at the most
_FORUM_PATH = re.compile(alternatives("forum_path"), re.IGNORECASE)


def find_site(page: Page, nodes: Sequence[jsonld.Node], url: str) -> Found | None:
    """The name of the site; not Open Graph's, where that repeats the title."""
    title = page.meta("og:title")
    given = [t for t in told("site_name", page, nodes) if t[1] != "opengraph" or t[0] != title]
    given = [t for t in given if not ADDRESS.match(t[0])]
    if given and given[0][2] >= _SURE:
        return given[0]
    host, *labels = host_names(url) or [""]
    if name := site_in_title(page, labels if given else [host, *labels]):
        return name, "title", _SURE
    if given:
        return given[0]
    if name := _name_of_feed(page) or site_in_title(page, names_of_home(page)):
        return name, "link", 0.6
    if name := _beside_heading(page) or called_site(page.title):
        return name, "title", 0.5
    return (host, "url", 0.3) if host else None


def _name_of_feed(page: Page) -> str:
    """What a feed is called, if a mark parts it from "feed" or the title ends with the same."""
    parted = (name.partition(" » ")[::2] for name in page.feeds[:10])
    marked = next((name for name, rest in parted if rest), "")
    return marked or site_in_title(page, page.feeds[:10], first=False)


def _beside_heading(page: Page) -> str:
    """The end of the title whose other end is a heading; of two that are, the first: a masthead.

    What follows a colon or a "by" is no name of a site, nor is the number of a page.
    """
    title = _POWERED.sub("", page.title)
    cuts = list(islice(SEPARATOR.finditer(title), 12))
    if not cuts:
        return ""
    hints = (*page.headings[:_HEADINGS], *page.subheadings[:_HEADINGS])
    texts = [compact(short_text(hint.element, 300)) for hint in sorted(hints)]
    ends = title[: cuts[0].start()], title[cuts[-1].end() :].removesuffix("]")
    places = [texts.index(end) if end in texts else len(texts) for end in map(compact, ends)]
    last = places[0] <= places[1] if len(texts) in places else places[1] < places[0]
    name = ends[last]
    is_fit = len(name.split()) <= _LONGEST and not name[-1:].isdecimal()
    told = min(places) < len(texts) and cuts[-last][0].strip() not in (":", "：")
    return clean(name) if told and is_fit and not without_by(name, page.language)[1] else ""


def _leads_home(link: _Element) -> bool:
    return link.get("rel") == "home" or bool(_HOME.fullmatch(original(link.get("href") or "#")))


def names_of_home(page: Page) -> list[str]:
    """The texts of links to the front page."""
    links = list(islice(filter(_leads_home, islice(links_of(page), 200)), 6))
    pictures = (picture.get("alt") or "" for link in links for picture in link.iter("img"))
    names = (*(short_text(link, 60) for link in links), *pictures)
    return [_LOGO.sub("", name[:100]) for name in names]


def find_language(page: Page, nodes: Sequence[jsonld.Node]) -> Found | None:
    """The page's language as a BCP 47 tag; its script may tell it where nothing else does.

    Templates leave their own `lang="en"`: a page in the script of another language is in that.
    """
    declared = ((page.language, "html", 0.9), *told("language", page, nodes))
    tags = ((_tag(value), source, trust) for value, source, trust in declared)
    found = next((each for each in tags if each[0]), None)
    if (found is None or primary(found[0]) == "en") and (written := _written_in(page)):
        return written, "text", 0.6
    return found


def _written_in(page: Page) -> str:
    """The only language that the script or some letters of the title and first words are for."""
    if page.title and not _BEYOND_LATIN.search(page.title):  # as on most pages
        return ""
    body = page.root.find("body") if page.root is not None else None
    first = islice(elements(body), _FIRST) if body is not None else ()
    seen = [run[:200] for e in first if e.tag not in UNSEEN for run in (e.text, e.tail) if run]
    text = " ".join((page.title, *seen))
    half = sum(map(str.isalpha, text)) / 2
    if len(_BEYOND_LATIN.findall(text)) <= half:
        return ""
    counts = {code: len(signs.findall(text)) for code, signs in scripts().items()}
    if counts["ja"] * 10 > counts["zh"]:
        counts["ja"] += counts.pop("zh")
    code = max(counts, key=counts.__getitem__)
    if counts[code] > half:
        return code
    own = (code for code, letters in scripts("letters").items() if _are_own(letters, text))
    return next(own, "und").replace("und", "")


def _are_own(letters: re.Pattern[str], text: str) -> bool:
    """Whether some letters of a text are no part of a foreign name or two."""
    return len(letters.findall(text.lower())) > max(1, _FOREIGN * len(text))


def find_locale(page: Page, url: str) -> str:
    """The language with the country where the day of a date goes first or last.

    An English page, or one of no language, is of the country that its host or Open Graph names.

    >>> find_locale(Page(language="en"), "https://example.co.uk/")
    'en-UK'
    """
    language, _, country = page.language.replace("_", "-").partition("-")
    if language.lower() not in ("", "en"):
        return page.language
    ending = next(iter(host_names(url)), "").rpartition(".")[2]
    shared = _tag(page.meta("og:locale"))
    if ending in words().english_hosts:
        return f"en-{ending.upper()}"
    return page.language if country or not shared.startswith("en-") else shared


def find_canonical(page: Page, url: str) -> Found | None:
    """The page's own address, as it gives it or as it was fetched."""
    given = next(addresses("url", page, (), url), None)
    return given or ((url, "url", 0.5) if absolute(url, "") else None)


def find_tags(
    page: Page, nodes: Sequence[jsonld.Node]
) -> tuple[tuple[str, ...], str, float] | None:
    """The page's keywords, each once."""
    for values, source, trust in all_told("tags", page, nodes):
        tags: dict[str, None] = {}
        for value in values[:100]:
            for tag in re.split("[,;，、；،]", value)[:100]:
                if tag.strip(" #"):
                    tags.setdefault(clean(tag.lstrip(" #")))
        if tags:
            return tuple(tags), source, trust
    own = (link for link in page.tag_links[:30] if not aside(link, page.around))
    texts = dict.fromkeys(short_text(link, 60).lstrip("# ") for link in own)
    return (tuple(filter(None, texts)), "rel-tag", 0.6) if any(texts) else None


def find_license(page: Page, nodes: Sequence[jsonld.Node], url: str) -> Found | None:
    """The address or name of the page's licence; of several values of one name, an address."""
    base = _base(page, url)
    for values, source, trust in all_told("license", page, nodes):
        addresses = (value for value in values if absolute(value, ""))
        value = next(chain(addresses, filter(None, values)), "")
        license_ = absolute(value, base) if source in ("link", "microdata") else value
        if license_ and not _SCRIPT.match(license_):
            return license_, source, trust
    return None


def find_page_type(page: Page, nodes: Sequence[jsonld.Node], url: str) -> Found | None:
    """What kind of page its markup declares: one of `cleaner.document.PAGE_TYPES`."""
    types = {t for node in nodes for t in jsonld.types(node)}
    declared = page.meta("og:type").lower()
    article = declared in ("article", "blog") and not types.intersection(_ARCHIVES)
    article = article or bool(page.meta("article:published_time"))
    for told_types, source in ((types, "json-ld"), (_type_of_item(page), "microdata")):
        for kind, names in page_types().items():
            if told_types.intersection(names) and not (article and kind in ("product", "listing")):
                return kind, source, 0.8
    if _FORUM_SOFTWARE.search(page.meta("generator")):
        return "forum", "meta", 0.6
    if article:
        return "article", "opengraph", 0.7
    if "product" in declared:
        return "product", "opengraph", 0.8
    return ("forum", "url", 0.4) if _FORUM_PATH.search(url[:500]) else None


def _type_of_item(page: Page) -> set[str]:
    """The type of page that microdata tells: that of the one item with a headline or a name."""
    found: dict[_Element, str] = {}
    for hint in [h for h in page.props if is_named(h, ("headline", "name"))][:20]:
        around = (hint.element, *islice(hint.element.iterancestors(), 20))
        item = next((element for element in around if element.get("itemtype")), None)
        if item is not None and not item.get("itemprop"):
            found[item] = (item.get("itemtype") or "").rpartition("/")[2].lower()
    types = {name for names in page_types().values() for name in names}
    known = [kind for kind in found.values() if kind in types]
    return set(known) if len(known) == 1 else set()


def absolute(value: str, base: str) -> str:
    """The address made absolute; nothing unless it is one of the web."""
    if not value.strip():
        return ""
    try:
        address = urljoin(base, value.strip()) if base else value.strip()
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""


def addresses(field: str, page: Page, nodes: Sequence[jsonld.Node], url: str) -> Iterator[Found]:
    """What is told of a field, as absolute addresses of the web."""
    base = _base(page, url)
    for value, source, trust in told(field, page, nodes):
        if address := absolute(value, base):
            yield address, source, trust


def _base(page: Page, url: str) -> str:
    return absolute(page.base, url) or url


def _tag(value: str) -> str:
    """A language tag with its parts in their usual case, or nothing."""
    value = value.split(",", 1)[0].strip().replace("_", "-")
    if not _LANGUAGE.match(value):
        return ""
    first, *rest = value.split("-")
    parts = [p.upper() if len(p) == 2 else p.title() if len(p) == 4 else p.lower() for p in rest]
    return "-".join([first.lower(), *parts])
