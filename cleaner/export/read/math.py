"""Formulas: the LaTeX that a page carries beside its rendering, or that its MathML amounts to."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

from cleaner.export.nodes import Equation, Formula
from cleaner.export.read.mathml import is_part, latex_in, latex_of
from cleaner.export.read.tex import LATEX, formulas_in, tag_of
from cleaner.export.read.vocabulary import roles_of, vocabulary
from cleaner.export.tree import elements_in, parts_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.export.read.reader import Reader
    from cleaner.export.tree import Element

_DELIMITERS = (
    (re.compile(r"\A\s*\\\((.*)\\\)\s*\Z", re.DOTALL), False),
    (re.compile(r"\A\s*\\\[(.*)\\\]\s*\Z", re.DOTALL), True),
    (re.compile(r"\A\s*\$\$(.*)\$\$\s*\Z", re.DOTALL), True),
    (re.compile(r"\A\s*\$(.*)\$\s*\Z", re.DOTALL), False),
    (re.compile(r"\A\s*\\begin\{displaymath\}(.*)\\end\{displaymath\}\s*\Z", re.DOTALL), True),
)
# What keeps a formula in a script from being read as markup.
_CDATA = re.compile(r"%\s*<!\[CDATA\[|%?(?<!\s)\s*+\]\]>\s*+\Z")
_STYLE = re.compile(r"\A\{\s*\\(?:displaystyle|textstyle)\b\s*(.*)\}\Z", re.DOTALL)
_SOURCES = ("data-tex", "data-latex", "data-math", "data-expr", "data-katex", "data-formula")
_FALLBACK_IMAGE = re.compile(
    r"\b(?:mwe-math-fallback-image|quicklatex|texrender|latex|tex|math)\b|latexmath"
)
# An image that a server draws has its LaTeX in the address: a part of that → where it stands.
_ADDRESSES = {
    mark: re.compile(f"{re.escape(mark)}{between}(?P<{name}>{latex})", re.DOTALL)
    for name, latex in (("rest", ".+"), ("parameter", "[^&]+"))
    for mark, between in vocabulary()["formulas"][name].items()
}
_SIGNS = {"&space;": " ", "&plus;": "+"}
# How large a server draws a formula, in which font and colours.
_SETTINGS = re.compile(
    r"\A(?:\s|\\(?:inline|tiny|small|large|huge|(?:dpi|bg|fg|fn)(?:_\w+|\{\w+\}))(?![a-z]))+",
    re.IGNORECASE,
)
# Elements that are LaTeX as a whole, where they are a formula at all.
_WHOLE = frozenset(("code", "d-math", "pre", "tex-math"))
_BARE = frozenset(("display", "inline", "math-block", "math-display", "math-inline", "wp-katex-eq"))
_DISPLAY_CLASSES = frozenset(
    ("katex-display", "MathJax_Display", "MJXc-display", "display", "math-display", "math-block",
     "mwe-math-fallback-image-display")
)  # fmt: skip


def formula(element: Element, bare: set[Element] | None = None) -> Formula | None:
    """Return the formula that an element shows, None if it carries none.

    `bare` are elements known to hold no source and no drawing: what is in them is not searched
    once for each element around it.
    """
    latex, display, drawn = "", _is_display(element), None
    for inner in () if bare and element in bare else elements_in(element):
        latex = _source(inner)
        if inner.tag == "math":
            said = "" if latex else inner.attributes.get("alttext", "")
            latex = said if said and not _has_annotation(inner) else latex
            display = display or _is_display(inner)
        if latex:
            display = display or _is_display(inner)
            break
        if drawn is None and inner.tag in ("math", "mjx-math"):
            drawn = inner
    else:
        if bare is not None and drawn is None and element not in bare:
            bare.update(elements_in(element))
        latex = _written(element) if drawn is None else latex_of(drawn)
        display = display or (bool(latex) and any(map(_is_display, elements_in(element))))
    if not latex:
        return None
    latex, shown = _clean(latex)
    return Formula(latex, display or shown) if latex else None


def is_spare(reader: Reader, element: Element) -> bool:
    """Return whether MathJax drew an element beside a script with its source, or it is empty."""
    if not reader.has_math_scripts:
        return False
    layout, after = reader.layout, reader.notes.end(element.node)
    is_said = layout.tags[after : after + 1] == ["script"] and from_script(layout.attributes[after])
    return bool(is_said) or not formula(element, reader.bare)


def _written(element: Element) -> str:
    """Return the text of an element that is LaTeX as a whole."""
    if element.tag not in _WHOLE and "math_source" not in roles_of(element.attributes):
        return ""
    text = element.text()
    is_source = (
        element.tag in _WHOLE
        or is_bare(element)
        or any(pattern.match(text) for pattern, _ in _DELIMITERS)
    )
    return text if is_source else ""


def is_bare(element: Element) -> bool:
    """Return whether an element is all LaTeX: by its class or, where that says little, its text."""
    classes = element.attributes.get("class", "").split()
    if _BARE.isdisjoint(classes) and not (classes == ["math"] and LATEX.search(element.text())):
        return False
    return len(list(islice(elements_in(element), 2))) == 1


def equation(element: Element) -> Equation | None:
    """Return the formulas of a numbered equation's table, None if it holds none."""
    rows = [e for e in elements_in(element) if e.tag == "tr"]
    lines = [line for row in rows or [element] if (line := _line(row))]
    if not lines:
        return None
    if len(lines) == 1:
        return Equation(lines[0])
    inside = "align*" if any("\\tag{" in line for line in lines) else "aligned"
    return Equation(f"\\begin{{{inside}}}\n" + " \\\\\n".join(lines) + f"\n\\end{{{inside}}}")


def _line(row: Element) -> str:
    """Return the formulas of a row, with its number."""
    line = " ".join(_formulas(row))
    texts = (part for part in parts_in(row) if isinstance(part, str))
    return line and line + next(filter(None, (tag_of(text, line) for text in texts)), "")


def is_in_box(reader: Reader, node: int) -> bool:
    """Return whether an image stands in a box of formulas, as Sphinx draws them."""
    layout = reader.layout
    return any(
        layout.tags[outer] == "div" and "math_source" in roles_of(layout.attributes[outer])
        for outer in islice(layout.ancestors(node), 1, 3)
    )


def _formulas(element: Element) -> list[str]:
    """Return the LaTeX of each `<math>` inside an element."""
    inside = (formula(e) for e in elements_in(element) if e.tag == "math")
    return [found.latex.removeprefix("\\displaystyle").strip() for found in inside if found]


def on_display(element: Element) -> Equation | None:
    """Return the formula that is all of a block, None if it carries none."""
    found = formula(element)
    return Equation(found.latex) if found else None


def from_annotation(element: Element) -> Formula | None:
    """Return the formula in an annotation that no `<math>` holds: its drawing was hidden."""
    if "class" not in element.attributes:
        return None
    latex, shown = _clean(_source(element))
    display = shown or "display" in element.attributes["class"]
    return Formula(latex, display) if latex else None


def from_script(attributes: Mapping[str, str]) -> Formula | None:
    """Return the formula in a script of LaTeX or MathML, as MathJax 2 keeps it."""
    kind, source = attributes.get("type", ""), attributes.get("#text", "")
    if kind.startswith("math/mml"):
        latex, shown = latex_in(source), 'display="block"' in source
    elif kind.startswith("math/tex"):
        latex, shown = _clean(source)
    else:
        return None
    return Formula(latex, shown or "mode=display" in kind.replace(" ", "")) if latex else None


def from_image(attributes: Mapping[str, str], *, display: bool = False) -> Formula | None:
    """Return the formula of an image of one: in its MathML, its address or its alternative text.

    `display` tells that the image stands in a box of formulas.
    """
    classes, alt = attributes.get("class", ""), attributes.get("alt", "").strip()
    if (source := attributes.get("data-mathml")) and (latex := latex_in(source)):
        return Formula(latex, display)
    is_source = alt and (display or _FALLBACK_IMAGE.search(classes) or _is_formula(alt))
    source = alt if is_source else _in_address(attributes.get("src", ""))
    latex, shown = _clean(source) if source else ("", False)
    return Formula(latex, display or shown or "display" in classes) if latex else None


def _in_address(address: str) -> str:
    """Return the LaTeX in the address of an image, "" if it holds none."""
    if address[:5] == "data:":
        return ""
    searched = (_ADDRESSES[mark].search(address) for mark in _ADDRESSES if mark in address)
    match = next(filter(None, searched), None)
    if not match:
        return ""
    latex = match[1] if match.lastgroup == "rest" else match[1].replace("+", " ")
    latex = unquote(latex)
    for sign, meant in _SIGNS.items():
        latex = latex.replace(sign, meant)
    return _SETTINGS.sub("", latex)


def _is_formula(text: str) -> bool:
    """Return whether a text is nothing but a formula between TeX's delimiters."""
    if text[0] not in "$\\":
        return False
    tight = text.replace("$ ", "$").replace(" $", "$")
    return list(map(type, formulas_in(tight))) == [Formula]


def _has_annotation(element: Element) -> bool:
    inside = (inner for inner in elements_in(element) if inner.tag == "annotation")
    return any(_is_tex(inner.attributes) for inner in inside)


def _is_tex(annotation: Mapping[str, str]) -> bool:
    return "tex" in annotation.get("encoding", "").lower()


def _source(element: Element) -> str:
    """Return the LaTeX that an element carries in an annotation, a script or an attribute."""
    attributes = element.attributes
    if element.tag == "annotation":
        return attributes.get("#text", "") if _is_tex(attributes) else ""
    if element.tag == "script":
        return attributes.get("#text", "") if attributes.get("type", "")[:8] == "math/tex" else ""
    if is_part(element.tag):
        return ""
    for name in _SOURCES:
        value = attributes.get(name)
        if value and value not in ("true", "false", "inline", "display", "block"):
            return value
    return ""


def _is_display(element: Element) -> bool:
    attributes = element.attributes
    if attributes.get("display") in ("block", "true"):
        return True
    if element.tag == "d-math":
        return "block" in attributes
    if "mode=display" in attributes.get("type", ""):
        return True
    classes = attributes.get("class")
    return bool(classes) and not _DISPLAY_CLASSES.isdisjoint(str(classes).split())


def _clean(latex: str) -> tuple[str, bool]:
    """Return LaTeX without delimiters around it, and whether those put it on display."""
    shown = False
    # Publishers keep the formula as a document that TeX could set.
    document, end, _ = latex.partition("\\begin{document}")[2].rpartition("\\end{document}")
    if end:
        latex = document
    for pattern, display in _DELIMITERS:
        if match := pattern.match(latex):
            latex, shown = match[1], display
            break
    latex = _CDATA.sub("", latex).strip()
    if match := _STYLE.match(latex):
        latex = match[1].strip()
    return "\n".join(line.strip() for line in latex.splitlines() if line.strip()), shown
