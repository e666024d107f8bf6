"""Signatures: how something is called, as manuals of programs show it above what they say of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.export.nodes import Code, CodeSpan, Paragraph
from cleaner.export.read import blocks
from cleaner.export.read.places import is_permalink
from cleaner.export.read.vocabulary import roles_of
from cleaner.export.tree import Element, Run, elements_in, parts_in

if TYPE_CHECKING:
    from cleaner.export.nodes import Inline, Node
    from cleaner.export.read.reader import Reader

_TYPED = re.compile(r"(?:^|\s)(?:::|[-=]>)(?:\s|$)")
_OPENED, _CLOSED = re.compile(r"([(\[]) "), re.compile(r",? ([)\]])")
_NO_CODE = frozenset(("no_text", "code_tool", "signature_link"))


def of_term(term: Element) -> Inline:
    """Return a term as code if it is a signature, else nothing."""
    if any("signature_name" in roles_of(inner.attributes) for inner in elements_in(term)):
        text = text_of(term)
        return [CodeSpan(text)] if text else []
    return []


def goes_on(term: Inline, part: Element | Run | str) -> bool:
    """Add the parameters after a term that is a signature, a line each; return whether it is one.

    The parser ends a term before a list in it.
    """
    code = term[0]
    if isinstance(part, str) or not isinstance(code, CodeSpan) or len(term) > 1:
        return False
    if code.text.count("(") <= code.text.count(")"):
        return False
    text = f"{code.text} {text_of(part)}"
    code.text = _CLOSED.sub(r"\1", _OPENED.sub(r"\1", text))
    return True


def line(reader: Reader, element: Element) -> list[Node] | None:
    """Read a box that Haddock names as code: a declaration, then what it holds."""
    first, *rest = element.children or [""]
    if reader.is_own or "declaration_line" not in roles_of(element.attributes):
        return None
    if not isinstance(first, Run) or not (_TYPED.search(first.text()) or _declares(first)):
        return None
    text = text_of(first)
    code = Code(text, "haskell") if element.tag in ("p", "div") else Paragraph([CodeSpan(text)])
    return [*([code] if text else []), *blocks.read(reader, rest)]


def _declares(run: Run) -> bool:
    return any("declaration" in roles_of(inner.attributes) for inner in elements_in(run))


def text_of(part: Element | Run) -> str:
    """Return the text of a signature, on one line, without the links that stand beside it."""

    def is_closed(inner: Element | Run) -> bool:
        found = roles_of(inner.attributes) if isinstance(inner, Element) else frozenset[str]()
        return not found.isdisjoint(_NO_CODE) or (
            "permalink" in found and is_permalink(inner.text(), named=True)
        )

    parts = (
        item if isinstance(item, str) else "\n" if isinstance(item, Run) else ""
        for item in parts_in(part, is_closed)
    )
    return " ".join("".join(parts).split())
