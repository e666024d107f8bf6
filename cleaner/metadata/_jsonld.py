"""JSON-LD: the nodes of a page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from cleaner.metadata._data import works
from cleaner.metadata._json import values

Node = Mapping[str, Any]

# What stands under any other key is another thing than the page.
_OWN = frozenset("@graph mainentity mainentityofpage ispartof".split())


def nodes(scripts: Iterable[str]) -> list[Node]:
    """Every typed node of the page, in order; nodes of other things are left out."""
    found: list[Node] = []
    index: dict[str, dict[str, Any]] = {}
    for script in scripts:
        stack: list[tuple[Any, bool]] = [(value, True) for value in values(script)][::-1]
        while stack:
            value, own = stack.pop()
            if isinstance(value, list):
                stack.extend((item, own) for item in reversed(value))
            elif isinstance(value, dict):
                name = value.get("@id")
                if isinstance(name, str) and len(value) > 1:
                    index.setdefault(name, value)
                if own and ("@type" in value):
                    found.append(value)
                inside = own and "faqpage" not in types(value)
                stack.extend(
                    (item, inside and str(key).lower() in _OWN)
                    for key, item in reversed(value.items())
                    if isinstance(item, (dict, list))
                )
    return [_Resolved(node, index) for node in _without_answers(found)]


def _without_answers(found: list[Node]) -> list[Node]:
    """The nodes without those of a list of frequent questions; a page that asks has one."""
    kinds = [types(node) for node in found]
    if any("qapage" in kind for kind in kinds) or sum("question" in kind for kind in kinds) < 2:
        return found
    return [node for node, kind in zip(found, kinds, strict=True) if "question" not in kind]


class _Resolved(dict[str, Any]):
    """A node whose references are looked up among the page's nodes on access."""

    def __init__(self, node: Node, index: dict[str, dict[str, Any]]) -> None:
        super().__init__(node)
        self.index = index


def items(node: Node, key: str) -> Iterator[Any]:
    """The values under a key, one by one, with references to other nodes followed once."""
    index = getattr(node, "index", {})
    value = node.get(key)
    stack = [value]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value[:200]))
        elif isinstance(value, dict):
            name = value.get("@id")
            target = index.get(name) if isinstance(name, str) else None
            yield {**target, **value} if target is not None else value
        elif value is not None:
            yield value


def text(node: Node, *keys: str) -> str:
    """The first value under the keys as text: a string, or the name or URL of a node."""
    for key in keys:
        for value in items(node, key):
            named = value
            if isinstance(value, dict):
                named = value.get("@value") or value.get("name") or _full_name(value)
                named = named or value.get("url")
            if isinstance(named, list) and named:
                named = named[0]
            if isinstance(named, str) and named.strip():
                return " ".join(html.unescape(named).split())
    return ""


def _full_name(person: Node) -> str:
    parts = (person.get(key) for key in ("givenName", "familyName"))
    return " ".join(part for part in parts if isinstance(part, str))


def types(node: Node) -> list[str]:
    """The node's types in lower case, without the vocabulary's address."""
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return [re.split("[/#:]", v)[-1].lower() for v in values if isinstance(v, str)]


def is_work(node: Node) -> bool:
    """Whether a node is a written work: an article, a post, a question."""
    known = works()
    endings = tuple(known["endings"])
    return any(kind in known["types"] or kind.endswith(endings) for kind in types(node))


def is_page(node: Node) -> bool:
    """Whether a node is the web page itself."""
    return "webpage" in types(node)


def is_subject(node: Node, title: str) -> bool:
    """Whether a node is what a page of that title is about, but no written work."""
    if not any(kind in works()["things"] for kind in types(node)):
        return False
    name = text(node, "name")
    return bool(name) and name in title


def address(node: Node, *keys: str) -> str:
    """The address of the first picture or its like under the keys."""
    for value in chain.from_iterable(items(node, key) for key in keys):
        if isinstance(value, dict):
            return text(value, "url", "contentUrl", "@id")
        if isinstance(value, str):
            return value
    return ""
