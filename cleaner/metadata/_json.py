"""JSON as pages write it: read strictly, else token by token, with what breaks it passed over."""

from __future__ import annotations

import html
import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_DECODER = json.JSONDecoder(strict=False)
_DEEPEST = 100
_BETWEEN = " \t\r\n,;\ufeff"
# Quotes inside a string are not always escaped: it ends where something may follow it.
_NEXT = r"\s{0,200}(?:[,:}\]]|//|/\*|\Z|[\"'][@\w]{1,40}[\"']\s{0,9}:)"


def _string(mark: str) -> str:
    return rf"{mark}((?:[^{mark}\\]|\\.|\\\Z|{mark}(?!{_NEXT}))*+)(?:{mark}|\Z)"


_TOKEN = re.compile(
    r"<!--|-->|<!\[CDATA\[|\]\]>|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)|//[^\n]*"
    + "".join(f"|{_string(mark)}" for mark in "\"'")
    + r"|([{}\[\]:])|([^\s{}\[\]:,\"'/][^{}\[\]:,\"'\n]*)",
    re.DOTALL,
)
_KEYWORD = re.compile(r"(?<!\\)[\"']@(?:type|id|context|graph)\b")
_UNESCAPED = re.compile(r'\\.|"', re.DOTALL)
_QUOTES = str.maketrans("“”„″", '""""')


def values(script: str) -> list[Any]:
    r"""The JSON values in a script; several in a row are read one after the other.

    >>> values('{"a": 1}; {"b": 2}')
    [{'a': 1}, {'b': 2}]
    >>> values("{'a': 'it's', /* c */ b: [2, \"say \"no\"\",]")
    [{'a': "it's", 'b': ['2', 'say "no"']}]
    """
    found, at, source = [], 0, script.strip(_BETWEEN)
    try:
        while at < len(source):
            value, at = _DECODER.raw_decode(source, at)
            found.append(value)
            while at < len(source) and source[at] in _BETWEEN:
                at += 1
    except (ValueError, RecursionError):
        return _salvaged(source)
    return found


def _salvaged(source: str) -> list[Any]:
    """The objects and lists of a text that is not quite JSON; all else in them is a text."""
    found: list[Any] = []
    open_: list[tuple[Any, str]] = [(found, "")]  # each with the key that waits for a value
    held: str | None = None
    for mark, text in _tokens(source):
        if mark == ":":
            open_[-1] = open_[-1][0], held or ""
            held = None
            continue
        if held is not None:
            _put(open_, held)
        held = None if mark else text
        if mark in ("}", "]") and len(open_) > 1:
            open_.pop()
        elif mark in ("{", "[") and len(open_) < _DEEPEST:
            inner: Any = {} if mark == "{" else []
            _put(open_, inner)
            open_.append((inner, ""))
    return [value for value in found if not isinstance(value, str)]


def _tokens(source: str) -> Iterator[tuple[str, str]]:
    """The marks and texts of a source without its comments, and a mark that ends it."""
    if not _KEYWORD.search(source):
        source = html.unescape(source).replace('\\"', '"').translate(_QUOTES)
    for match in _TOKEN.finditer(source):
        double, single, mark, bare = match.groups()
        if match.lastindex:
            text = double or single
            yield mark or "", _plain(text) if text else (bare or "").strip()
    yield "]", ""


def _put(open_: list[tuple[Any, str]], value: Any) -> None:
    """Add a value to the innermost list, or under the key of the innermost object."""
    inner, key = open_[-1]
    if isinstance(inner, list):
        inner.append(value)
    elif key:
        inner[key] = value
        open_[-1] = inner, ""


def _plain(text: str) -> str:
    """A string without its escapes, as far as they are those of JSON."""
    with suppress(ValueError):
        escaped = _UNESCAPED.sub(lambda match: match[0] if match[0] != '"' else '\\"', text)
        return str(_DECODER.decode(f'"{escaped}"'))
    return text
