"""Images: the best source of `<img>`, lazy or not, and the address of videos and players."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from cleaner.document import CELLS
from cleaner.export.nodes import Image, Link
from cleaner.export.read.vocabulary import vocabulary
from cleaner.players import PAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.export.read.reader import Reader

LAZY = (
    "data-src data-lazy-src data-original data-original-src data-lazy data-actualsrc"
    " data-hi-res-src data-full-src data-large-file data-image data-img-src data-orig-src"
    " data-orig-file data-url data-delayed-url data-echo data-href data-fallback-src"
    " data-runner-src data-cfsrc data-image-src data-full-url data-ezsrc data-td-src-property"
    " data-pagespeed-lazy-src data-pagespeed-high-res-src zoomfile file"
).split()
_LAZY = frozenset(LAZY)
SOURCE_SETS = "srcset srcSet data-srcset data-lazy-srcset data-original-set imagesrcset".split()
_SOURCE_SETS = frozenset(SOURCE_SETS)
PLACEHOLDER = re.compile(
    r"(?:^|[/_.-])(?:blank|clear(?:dot)?|spacer|placeholder|transparent|pixel|1x1|empty|dummy|lazy[-_]?load(?:er)?"
    r"|loading|grey|gray|trans)(?:[-_.]?\d*|[-_.][0-9a-f]{8,})\.(?:gif|png|svg|jpe?g|webp)(?:[?#]|$)"
    r"|\.ico(?:[?#]|$)|/favicons?(?:[-_]\d+(?:x\d+)?)?(?:\.\w+)?(?:\?|$)",
    re.IGNORECASE,
)
TRACKER = re.compile(
    r"/(?:pixel|beacon|track(?:ing)?|__utm|b/ss|piwik|matomo|collect)(?:[./?]|$)|facebook\.com/tr\b"
    r"|[?&]tid=UA-|/count(?:er)?\.(?:gif|php)|doubleclick\.net|googletagmanager\.com|scorecardresearch\.com",
    re.IGNORECASE,
)
IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)(?:[?#]|$)", re.IGNORECASE)
PORTRAIT = re.compile(
    rf"(?:^|[\s_-])(?:{'|'.join(vocabulary()['images']['portraits'])})(?:$|[\s_-])", re.IGNORECASE
)
_AVATAR = re.compile(r"/(?:gr)?avatars?(?:/|\.\w+$)", re.IGNORECASE)
_NO_TEXTS = frozenset(vocabulary()["images"]["no_texts"])
_CANDIDATE = re.compile(r"([^\s,]\S*[^\s,])\s*(?:\s([\d.]+)([wxh]))?\s*(?:,\s|,?$|,(?=https?:|/))")
# Smaller images than this are spacers, and, where they have no text, icons, in pixels.
_TINY, _ICON = 3, 33
_RARE_TYPES = ("image/avif", "image/jxl", "image/jp2", "image/vnd.ms-photo")
_SIZE = re.compile(r"[-_.](?:\d{2,4}x\d{2,4}|scaled|thumb(?:nail)?|small|medium|large)(?=\.\w+$)")
_SIZES = re.compile(r"(?:w|h|q|s|width|height|quality|size|dpr|fit)=", re.IGNORECASE)
# Servers of images take the size as the part of a path before the name: `/w400-h300/`, `/s1600/`.
_SIZE_IN_PATH = re.compile(r"/(?:s\d{2,4}|w\d{2,4}-h\d{2,4})(?:-\w+)*(?=/[^/]+$)")
_SIGN = re.compile(
    "[\u2190-\u2bff\U0001f000-\U0001faff\u200d\ufe0f]{1,30}"
    "|\\[(?!\u56fe)[\u3400-\u9fff]{1,6}\\]"  # \u56fe: "image"
)
# What stands beside a text that says the same, until a script shows it.
_UNSEEN = re.compile(r"visibility:\s?hidden|clip:\s?rect\(1px")
# What Wix adds to the address of an image for the blurred copy that stands there first.
_BLURRED = re.compile(r"/v1/[a-z]+/[^/]*\bblur_\d[^/]*/[^/]+$")


def image(reader: Reader, node: int, attributes: Mapping[str, str]) -> Image | None:
    """Return the image of an `<img>`; None for spacers, portraits and unsafe sources."""
    sizes = _sizes(attributes)
    if min(sizes) < _TINY or (max(sizes) < _ICON and _is_icon(reader, node, attributes)):
        return None
    if _is_portrait(reader, node, attributes):
        return None
    for source in _candidates(reader, node, attributes):
        url = reader.urls.image(_BLURRED.sub("", source))
        if url and not PLACEHOLDER.search(url) and not TRACKER.search(url):
            alt = " ".join(attributes.get("alt", "").split())
            return Image(url, "" if _says_nothing(alt, url) else alt)
    return None


def _says_nothing(alt: str, url: str) -> bool:
    """Return whether an alternative text was filled in by an editor: the name of the file, say."""
    return alt.lower() in _NO_TEXTS or (url.endswith(alt) and IMAGE_FILE.search(alt) is not None)


def is_sign(alt: str) -> bool:
    """Return whether the text of an image is an emoji, its name as on Chinese sites, or a sign.

    >>> is_sign("👍🏽"), is_sign("★★☆"), is_sign("[心]"), is_sign("👍 Yes"), is_sign("[img]")
    (True, True, True, False, False)
    """
    return (alt > "\u2190" or alt[:1] == "[") and _SIGN.fullmatch(alt) is not None


def _candidates(reader: Reader, node: int, attributes: Mapping[str, str]) -> list[str]:
    """Return the sources of an image, the best first."""
    own = best_of_sets(attributes)
    lazy: list[str] = []
    if not _LAZY.isdisjoint(attributes):
        values = (attributes.get(name) for name in LAZY)
        lazy = [value for value in values if value and _looks_like_url(value)]
    src = attributes.get("src", "")
    found = [own, *lazy, src]
    if not own and not lazy and (not src or src.startswith("data:") or PLACEHOLDER.search(src)):
        found = [
            *(v for n, v in attributes.items() if (n.startswith("data-") or n.endswith("-src"))
              and IMAGE_FILE.search(v) and _looks_like_url(v)),
            src,
        ]  # fmt: skip
    picture = _picture(reader, node)
    if picture:
        found.insert(0, picture)
    if larger := _larger(reader, node, src):
        found.insert(0, larger)
    return [source for source in found if source]


def best_of_sets(attributes: Mapping[str, str]) -> str:
    """Return the largest candidate of a source set, "" if there is none.

    >>> best_of_sets({"srcset": "a.jpg 320w, b.jpg 640w"})
    'b.jpg'
    """
    if _SOURCE_SETS.isdisjoint(attributes):
        return ""
    for name in SOURCE_SETS:
        value = attributes.get(name)
        if value and not value.startswith("data:"):
            best, size, end = "", -1.0, 0
            for match in _CANDIDATE.finditer(value[:20_000]):
                found = _number(match[2]) if match[2] else 1.0
                if value[end : match.start()].strip(" ,\t\r\n\f"):
                    break  # an address with spaces: no browser reads on
                end = match.end()
                if found > size:
                    best, size = match[1], found
            if best:
                return best
    return ""


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _larger(reader: Reader, node: int, src: str) -> str:
    """Return the target of the link around an image that shows it in another size, else ""."""
    outer = reader.layout.parents[node]
    href = reader.layout.attributes[outer].get("href", "") if outer >= 0 else ""
    bare = _SIZE_IN_PATH.sub("", src)
    return href if bare != src and bare == _SIZE_IN_PATH.sub("", href) else ""


def _looks_like_url(value: str) -> bool:
    return not any(mark in value for mark in "{}<> \n") and ("/" in value or "." in value)


def _sizes(attributes: Mapping[str, str]) -> list[int]:
    """Return width and height in pixels; what is large enough where they are in other units."""
    values = (attributes.get(name, "").removesuffix("px") for name in ("width", "height"))
    return [int(v) if v.isdecimal() and len(v) < 6 else _ICON for v in values]


def _is_icon(reader: Reader, node: int, attributes: Mapping[str, str]) -> bool:
    """Return whether an image is small and without a text, and may not be all that a cell holds."""
    tags, parents = reader.layout.tags, reader.layout.parents
    return not attributes.get("alt", "").strip() and tags[parents[node]] not in CELLS


def _is_portrait(reader: Reader, node: int, attributes: Mapping[str, str]) -> bool:
    """Return whether an image is an account's picture, by its class, its link's class or file."""
    if not attributes.get("alt") and _AVATAR.search(attributes.get("src", "")):
        return True
    outer = reader.layout.attributes[reader.layout.parents[node]]
    return any(
        PORTRAIT.search(names) for names in (attributes.get("class"), outer.get("class")) if names
    )


def _picture(reader: Reader, node: int) -> str:
    """Return the best source of the `<picture>` around an image."""
    layout = reader.layout
    parent = layout.parents[node]
    # The parser lets an image stand inside the `<source>` before it.
    while parent >= 0 and layout.tags[parent] in ("source", "div", "span"):
        parent = layout.parents[parent]
    if parent < 0 or layout.tags[parent] != "picture":
        return ""
    best, size = "", (False, -1.0)
    for source in range(parent + 1, min(node, parent + 40)):
        attributes = layout.attributes[source]
        if (
            layout.tags[source] == "source"
            and attributes.get("type") not in _RARE_TYPES
            and "dark" not in attributes.get("media", "")
        ):
            # The first of one size is the one that its author prefers.
            found = (not _is_for_small(attributes), _width(attributes))
            if found > size and (url := best_of_sets(attributes)):
                best, size = url, found
    return best


def _is_for_small(source: Mapping[str, str]) -> bool:
    """Return whether only a small screen shows a source."""
    return "max-width" in source.get("media", "") and "min-width" not in source["media"]


def _width(source: Mapping[str, str]) -> float:
    """Return the greatest width in the sets of a source, 0 if they tell none."""
    widths = (
        _number(match[2])
        for name in SOURCE_SETS
        for match in _CANDIDATE.finditer(source.get(name, "")[:20_000])
        if match[3] == "w"
    )
    return max(widths, default=0.0)


def media(reader: Reader, tag: str, attributes: Mapping[str, str]) -> Link | None:
    """Return a video, a sound or a player as a link; None if it names no safe source."""
    if min(_sizes(attributes)) < _TINY or _UNSEEN.search(attributes.get("style", "")):
        return None
    found = [attributes.get(name, "") for name in ("src", "data-src", "data-lazy-src", "data-url")]
    for address in found:
        url = reader.urls.image(address) if address and not address.startswith("about:") else ""
        if url and not TRACKER.search(url) and not url.partition("?")[0].endswith(".swf"):
            title = attributes.get("title") or attributes.get("aria-label") or ""
            url = _watchable(url)
            name = " ".join(title.split()) or MEDIA_NAMES.get(tag.removeprefix("amp-"), "") or url
            return Link(url, [name], media=True)
    return None


def stem(url: str) -> str:
    """Return the address of an image without what tells its size.

    >>> stem("https://example.org/a-1280x720.jpg?w=3")
    'https://example.org/a.jpg'
    >>> stem("https://example.org/image?url=%2Fa.jpg&w=640&q=75"), stem("https://a.org/show?id=7")
    ('https://example.org/image?url=%2Fa.jpg', 'https://a.org/show?id=7')
    """
    path, _, query = url.partition("?")
    if query and not IMAGE_FILE.search(path):
        # A server that takes the name of the image as a parameter.
        kept = [part for part in query.split("&") if not _SIZES.match(part)]
        return "?".join((path, *kept))
    return _SIZE.sub("", path)


def is_same(url: str, other: str) -> bool:
    """Return whether two addresses are of one image: equal, or an image server's for one source.

    >>> is_same("https://a.org/w_9/https%3A%2F%2Fb.org%2Fx.png", "https://a.org/w_1/https://b.org/x.png")
    True
    >>> is_same("https://a.org/x.png", "https://a.org/x-300x200.png")
    False
    """
    return url == other or _source(url) == _source(other)


def _source(url: str) -> str:
    """Return the address that an image server names in its own, else the address itself."""
    url = url.partition("#")[0]  # what tells a script to show it large
    inner = _INNER.match(unquote(url))
    return (inner[1] or f"https://{inner[2]}") if inner else url


_INNER = re.compile(r"https?://.+[/=](https?://[^&]+)|https?://i\d\.wp\.com/([^?]+)")
MEDIA_NAMES = {"video": "Video", "audio": "Audio"}


def _watchable(url: str) -> str:
    """Return the page of a video that a well-known player shows."""
    for pattern, page in PAGES:
        if match := pattern.match(url):
            return page.format(*map(unquote, match.groups()))
    return url
