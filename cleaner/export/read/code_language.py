"""The language of a block of code: named by it, by what is in it, or by what is around it."""

from __future__ import annotations

import re
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from cleaner.export.read import code_lines
from cleaner.export.read.languages import by_class, by_name
from cleaner.export.read.vocabulary import vocabulary
from cleaner.export.tree import Element, Run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.export.read.reader import Reader

_LANGUAGE_ATTRIBUTES = tuple(vocabulary()["code"]["language_attributes"])
_PARAMETERS = "data-syntaxhighlighter-params"
_NAMING = frozenset((*_LANGUAGE_ATTRIBUTES, _PARAMETERS))
# How many elements above the code may name its language.
_REACH = 4
_ENDS = ("article", "body", "main")
_CODE = ("pre", "code")
_INCLUDES = re.compile(
    r"(?:\s++|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/|#(?!include)[^\n]*+)*+#include\s*[<\"]", re.ASCII
)
_SESSION = re.compile(r">>> (?:import |from [\w.]+ import |[\w.]+(?:, [\w.]+)* = |[\w.]+[(\[])")
_CPP = re.compile(
    r"::|^\s*(?:class|template|namespace)\b|#include\s*(?:<\w+>|\S+\.h(?:pp|h|xx)\b)", re.MULTILINE
)


def find(reader: Reader, element: Element) -> str:
    """Return the language that the code, what is in it or what is around it names."""
    layout = reader.layout
    inner: list[Mapping[str, str]] = [element.attributes]
    stack: list[Element | Run | str] = list(reversed(element.children))
    for _ in range(12):
        if not stack:
            break
        item = stack.pop()
        if isinstance(item, Element):
            inner.append(item.attributes)
            if numbers := code_lines.numbers_in(reader, item):
                stack.extend(reversed([c for c in item.children if c is not numbers]))
                continue
        if not isinstance(item, str) and not (isinstance(item, Run) and code_lines.is_gutter(item)):
            stack.extend(reversed(item.children[:4]))
    around = islice(layout.ancestors(layout.parents[element.node]), _REACH)
    inside = takewhile(lambda node: layout.tags[node] not in _ENDS, around)
    outer = (layout.attributes[node] for node in inside)
    named = next((found for a in (*inner, *outer) if (found := _named(a))), "")
    return named or _bare_name(reader, element)


def by_text(code: str) -> str:
    """Return the language of code that begins as a session of Python, or with what C includes.

    >>> by_text("/* Waves */\\n#include <math.h>"), by_text("#include <vector>")
    ('c', 'cpp')
    >>> by_text(">>> rise(2)"), by_text(">>> Rise on Monday"), by_text("cat a\\n#include <math.h>")
    ('python', '', '')
    """
    if code.startswith(">>> "):
        return "python" if _SESSION.match(code) else ""
    if "#include" not in code or not _INCLUDES.match(code):
        return ""
    return "cpp" if _CPP.search(code) else "c"


def _bare_name(reader: Reader, element: Element) -> str:
    """Return the language that is a class of code itself: of the `<pre>`, of all inside it.

    Where lines are the items of a list, the box around it is the code.
    """
    if element.tag == "ol":
        outer = reader.layout.attributes[reader.layout.parents[element.node]]
        return by_class(outer.get("class", ""), of_code=True)
    found: list[Element] = []
    for item in (element, *code_lines.within(element)):
        if isinstance(item, Element) and (item is element or item.tag == "pre"):
            inner = [c for run in item.children if isinstance(run, Run) for c in run.children]
            found += [item, *(c for c in inner[:1] if isinstance(c, Element) and len(inner) == 1)]
    classes = (e.attributes.get("class", "") for e in found if e is element or e.tag in _CODE)
    return next((name for c in classes if (name := by_class(c, of_code=True))), "")


def _named(attributes: Mapping[str, str]) -> str:
    """Return the language that attributes name."""
    classes = attributes.get("class")
    if classes and (found := by_class(classes)):
        return found
    if not _NAMING.isdisjoint(attributes):
        for name in _LANGUAGE_ATTRIBUTES:
            value = attributes.get(name)
            if value and (found := by_name(value)):
                return found
        if found := by_class(attributes.get(_PARAMETERS, "")):
            return found
    # Two letters in `lang` are a human language.
    value = attributes.get("lang", "")
    return by_name(value) if len(value) > 2 else ""
