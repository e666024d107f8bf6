"""shell: the text that a page carries inside its scripts, for pages that show none themselves.

Many pages are an empty shell that a script fills from data the page brings along: JSON-LD, the
state of an application, an attribute with JSON. What is text there is told by its shape (words,
ends of sentences, HTML), never by the name of a site or a framework.
"""

from __future__ import annotations

import json
import re
from html import escape, unescape
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import category

from cleaner.media_type import parted
from cleaner.scripts import count_unspaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_LARGEST = 16 * 2**20
"""Characters of scripts and attributes that are read."""
_LONGEST_FAILS = 4
"""How often the length of a script may be read in vain while looking for JSON in it."""
_LEAST_WORDS = 40
"""A body of fewer words is no article, and the next place is looked at."""
_SMALLEST_SHARE = 0.1
"""Prose in one place of a state counts if it is this much of the prose in the fullest place."""
_MOST_ATTRIBUTES = 1000
"""Attributes of an element past which none of them is looked into."""
_SHORTEST_DATA = 200
"""Characters of the shortest attribute or string that is read as JSON."""

_BODY_KEYS = frozenset(("articleBody", "text", "reviewBody"))

# Where JSON begins in a script: assigned, given to JSON.parse, pushed on a list or into a stream.
_JSON_START = re.compile(r"(?:=|\b(?:push|parse|enqueue)\()\s*+(?=[\[{\"])")
# Data in a script that are no JSON: assigned to all scripts, or a list that a page starts with.
_ASSIGNED = re.compile(
    r"\b(?:window|self|globalThis)(?:\.\w+|\[[\"']\w+[\"']\])\s*+=|\bdata\s*+:\s*+\["
)
_LITERAL = re.compile(r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"')
_HEX_ESCAPE = re.compile(r"\\x(?=[0-9a-fA-F]{2})")
_ROW = re.compile(rb"[0-9a-f]+:(?:T([0-9a-f]+),)?")

_ID = re.compile(r"[\W_]*\w*\d.*", re.DOTALL)

_MARKUP = re.compile(
    r"<(?:p|br|div|h[1-6]|[uo]l|li|blockquote|table|figure)\b[^<>]*>", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>")
_OPAQUE = re.compile(
    r"<(?:!--|(script|style|template|svg|textarea|title|xmp|iframe|noembed|noframes|plaintext)\b)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(
    "[.!?…。！？؟।۔։]['\"”’»)\\]]*(?:\\s|$)|[。！？។။።]|[\u0e00-\u0eff](?:\\s|$)"
)
"""Thai and Lao end a sentence with a space."""
_CODE = dict.fromkeys(map(ord, "{}[]<>=;_\\/|#$@^~`*+"))
_DECODER = json.JSONDecoder(strict=False)


class _String(NamedTuple):
    """A string inside data, the key of the object that holds it, and the number of its place.

    Strings stand in the same place if the keys around them are the same, but for numbers.
    """

    key: str
    place: int
    text: str


def shell_markup(root: _Element | None) -> str | None:
    """Return the text that a page carries in its scripts, as HTML to be parsed and segmented.

    Looked at, in this order, until one holds an article: bodies in JSON-LD; prose anywhere in
    script state and in attributes that hold JSON; descriptions in JSON-LD. Each text comes once,
    in the order of the page. Takes time in the size of the scripts, and raises nothing.

    >>> from lxml.html import fromstring
    >>> body = "The ferry left at nine. " * 20
    >>> page = f'<div id="app"></div><script type="application/json">{{"a": "{body}"}}</script>'
    >>> (shell_markup(fromstring(page)) or "")[:26]
    '<p>The ferry left at nine.'
    """
    if root is None:
        return None
    linked, state = _read(root)
    bodies = [text for key, _, text in linked if key in _BODY_KEYS]
    if sum(map(_count_words, bodies)) >= _LEAST_WORDS:
        titles = [text for key, _, text in linked if key == "headline"]
        return "\n".join([f"<h1>{escape(title)}</h1>" for title in titles[:1]] + _markup(bodies))
    for texts in (_prose(state), [text for key, _, text in linked if key == "description"]):
        if sum(map(_count_words, texts)) >= _LEAST_WORDS:
            return "\n".join(_markup(texts))
    return None


def _read(root: _Element) -> tuple[list[_String], list[_String]]:
    """Return the strings in the JSON-LD of a page, and those in its state."""
    linked: list[_String] = []
    state: list[_String] = []
    rows: list[str] = []
    places: dict[tuple[int, str], int] = {}
    budget = _LARGEST
    for source, media in _sources(root):
        budget -= len(source)
        if budget < 0:
            break
        found = linked if media == "application/ld+json" else state
        for value in _values(source, media):
            if _is_row_chunk(value):
                rows.append(value[1])
            else:
                found.extend(_strings(value, places))
    for value in _row_values("".join(rows)):
        state.extend(_strings(value, places))
    return linked, state


def _sources(root: _Element) -> Iterator[tuple[str, str]]:
    """Yield each text of a page that may hold data, with its media type ("" for a script)."""
    for element in root.iter("*"):
        if element.tag.rpartition("}")[2] == "script":
            media = parted(element.get("type") or "")[0]
            yield element.text or "", media if "json" in media else ""
            continue
        if len(element.attrib) > _MOST_ATTRIBUTES:  # lxml's time for them is quadratic
            continue
        for value in map(str, element.values()):
            if len(value) >= _SHORTEST_DATA and value.lstrip()[:1] in ("{", "["):
                yield value, "application/json"


def _values(source: str, media: str) -> Iterator[Any]:
    """Yield the values that stand in a text as JSON, or as string literals of a script."""
    if media:
        value = _load(source.strip())
        if value is not None:
            yield value
        return
    position, end, fails, found = 0, len(source), 0, False
    while fails <= _LONGEST_FAILS * end and (start := _JSON_START.search(source, position)):
        try:
            value, position = _DECODER.raw_decode(source, start.end())
        except json.JSONDecodeError as error:
            fails += error.pos - start.end() + 100
            position = start.end()
        except (ValueError, RecursionError):
            return
        else:
            found = found or position - start.end() >= _SHORTEST_DATA
            yield value
    if not found and end >= _SHORTEST_DATA and _ASSIGNED.search(source):
        literals = (found[0] for found in _LITERAL.finditer(source))
        yield [_unquote(each) for each in literals if not each.isascii() or {" ", "\\"} & set(each)]


def _load(text: str) -> Any:
    """Return the value of a text in JSON, or None."""
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None


def _unquote(literal: str) -> str:
    value = _load(_HEX_ESCAPE.sub(r"\\u00", literal).replace("\\'", "'"))
    return value if isinstance(value, str) else ""


def _is_row_chunk(value: Any) -> bool:
    """Return whether a value is a piece of a stream of rows: a list of a number and a string."""
    return (
        isinstance(value, list)
        and len(value) == 2
        and isinstance(value[0], int)
        and isinstance(value[1], str)
    )


def _row_values(stream: str) -> Iterator[Any]:
    """Yield the values of rows `id:JSON` that end with their line, or `id:Tsize,text`."""
    data = stream.encode("utf-8", "replace")
    position = 0
    while position < len(data):
        row = _ROW.match(data, position)
        if row and row[1]:
            position = row.end() + int(row[1][:8], 16)
            yield data[row.end() : position].decode("utf-8", "replace")
            continue
        end = data.find(b"\n", position)
        end = len(data) if end < 0 else end
        if row:
            yield _load(data[row.end() : end].decode("utf-8", "replace"))
        position = end + 1


def _strings(value: Any, places: dict[tuple[int, str], int]) -> Iterator[_String]:
    """Yield the strings inside a value in order, those of JSON inside a string as well.

    `places` numbers the places met so far: that of a key in the place around it.
    """
    stack: list[tuple[str, int, Any]] = [("", 0, value)]
    while stack:
        key, place, item = stack.pop()
        if isinstance(item, dict):
            for inner_key, inner in reversed(item.items()):
                name = _ID.sub("", inner_key[:100])
                inside = place
                if name != key:
                    inside = places.setdefault((place, name), len(places) + 1)
                stack.append((name, inside, inner))
        elif isinstance(item, list):
            stack.extend((key, place, inner) for inner in reversed(item))
        elif isinstance(item, str):
            text = item.strip()
            is_data = len(text) >= _SHORTEST_DATA and text[0] + text[-1] in ("{}", "[]")
            inner = _load(text) if is_data else None
            if inner is not None:
                stack.append((key, place, inner))
            elif text:
                yield _String(key, place, text)


def _prose(strings: list[_String]) -> list[str]:
    """Return the prose of the places that hold the most, with the shorter strings among it."""
    verdicts = [_is_prose(string.text) for string in strings]
    sizes: dict[int, list[int]] = {}
    for string, verdict in zip(strings, verdicts, strict=True):
        sizes.setdefault(string.place, [0, 0])[verdict] += len(string.text)
    most = max((prose for _, prose in sizes.values()), default=0)
    kept = []
    for string, verdict in zip(strings, verdicts, strict=True):
        other, prose = sizes[string.place]
        is_alone = prose < _SMALLEST_SHARE * most
        if not is_alone and (verdict or (prose > 4 * other and _reads(_plain(string.text)))):
            kept.append(string.text)
    return kept


def _is_prose(text: str) -> bool:
    """Return whether a text is prose: enough words, the end of a sentence, and next to no code."""
    if len(text) < 40 or (text.count(" ") < 11 and text.isascii()):
        return False
    plain = _plain(text)
    return _words(plain) >= 12 and bool(_SENTENCE_END.search(plain)) and _reads(plain)


def _reads(plain: str) -> bool:
    """Return whether a text is words, not names, addresses or code."""
    size = len(plain)
    if not size or (" " not in plain and not count_unspaced(plain)):
        return False
    letters = sum(map(str.isalpha, plain)) + plain.count(" ")
    if not plain.isascii():
        letters += sum(category(sign)[0] == "M" for sign in plain)  # vowels of Indic scripts
    return letters >= 0.75 * size and size - len(plain.translate(_CODE)) <= 0.03 * size


def _plain(text: str) -> str:
    """Return a text without its tags."""
    text = _opened(text)
    return " ".join(unescape(_TAG.sub(" ", text) if "<" in text else text).split())


def _count_words(text: str) -> int:
    return _words(_plain(text))


def _words(plain: str) -> int:
    return len(plain.split()) + count_unspaced(plain)


def _opened(text: str) -> str:
    """Return a text whose tags are escaped with its tags."""
    return unescape(text) if "&lt;" in text and "<" not in text else text


def _markup(texts: list[str]) -> list[str]:
    """Return each text as HTML; of texts that begin alike only the longest, as the first stood."""
    longest: dict[str, str] = {}
    for text in texts:
        start = _plain(text[:2000])[:60]
        if start and len(text) > len(longest.get(start, "")):
            longest[start] = text
    return [_as_html(_opened(text)) for text in longest.values()]


def _as_html(text: str) -> str:
    if _MARKUP.search(text):
        return f"<div>{_without_opaque(text)}</div>"
    if "</" in text:
        return f"<p>{_without_opaque(text)}</p>"
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)


def _without_opaque(text: str) -> str:
    """Return HTML without scripts, comments and the like, which could swallow what follows."""
    parts: list[str] = []
    position = 0
    lower = text.lower()
    while found := _OPAQUE.search(text, position):
        parts.append(text[position : found.start()])
        closing = f"</{found[1].lower()}" if found[1] else "--"
        end = lower.find(closing, found.end())
        end = lower.find(">", end) if end >= 0 else -1
        if end < 0:
            return "".join(parts)
        position = end + 1
    return "".join([*parts, text[position:]])
