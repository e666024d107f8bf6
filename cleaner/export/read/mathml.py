"""MathML, and the boxes that MathJax 3 draws, to LaTeX."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING
from unicodedata import normalize

from lxml import etree

from cleaner.data import read_table
from cleaner.export.boxes import INLINE_DEPTH
from cleaner.export.read.tex import tag_of
from cleaner.export.tree import Element

if TYPE_CHECKING:
    from collections.abc import Callable

_ACCENTS = {
    "^": "hat", "ˆ": "hat", "~": "tilde", "˜": "tilde", "¯": "bar", "‾": "overline",
    "―": "overline", "_": "underline", "→": "vec", "⃗": "vec", "˙": "dot", ".": "dot", "¨": "ddot",
    "ˇ": "check", "˘": "breve", "´": "acute", "`": "grave", "⏞": "overbrace", "⏟": "underbrace",
    "←": "overleftarrow", "↔": "overleftrightarrow",
}  # fmt: skip
_ACCENTS_BELOW = {"_": "underline", "̲": "underline", "⏟": "underbrace"}
_WIRIS = str.maketrans("«»¨§`", "<>\"&'")
_INVISIBLE = {ord(char): None for char in "\u2061\u2062\u2063\u2064\u200b\u200c\u2060\ufeff"}
_FENCES = {"(": "(", ")": ")", "[": "[", "]": "]", "{": "\\{", "}": "\\}", "|": "|", "‖": "\\|",
           "⟨": "\\langle", "⟩": "\\rangle", "⌊": "\\lfloor", "⌋": "\\rfloor", "⌈": "\\lceil",
           "⌉": "\\rceil", "": "."}  # fmt: skip
_FONTS = {
    "bold": "mathbf", "double-struck": "mathbb", "script": "mathcal", "fraktur": "mathfrak",
    "sans-serif": "mathsf", "monospace": "mathtt", "bold-italic": "boldsymbol",
}  # fmt: skip
_LIMITS = frozenset("∑ ∏ ∐ ⋃ ⋂ ⨁ ⨂ lim max min sup inf limsup liminf argmax argmin".split())
_FUNCTIONS = frozenset(
    "sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan log ln lg exp lim max min sup"
    " inf det dim ker deg gcd hom arg Pr limsup liminf".split()
)


@cache
def _symbols() -> dict[int, str]:
    symbols = read_table("export/read/symbols.toml")["symbols"]
    return {ord(char): f"\\{name} " for char, name in symbols.items()}


def is_part(tag: str) -> bool:
    """Return whether a tag is that of a part of a MathML formula.

    >>> is_part("mi"), is_part("math")
    (True, False)
    """
    name = tag.removeprefix("mjx-")
    return name in _HANDLERS or name in _GROUPS


def latex_of(element: Element) -> str:
    """Return the LaTeX of a `<math>` or `<mjx-math>` element.

    A fraction lacks a part that is empty in the page; what is unknown gives the text inside it.
    """
    return " ".join(_row(element).replace("  ", " ").split())


def latex_in(source: str) -> str:
    """Return the LaTeX of MathML that an attribute holds, as the editors of WIRIS write it too.

    >>> latex_in("«math»«msup»«mi»x«/mi»«mn»2«/mn»«/msup»«/math»"), latex_in("x")
    ('x^{2}', '')
    """
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(source.translate(_WIRIS).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return ""
    if root is None or not isinstance(root.tag, str):
        return ""
    whole = Element("math", {}, 0, 0)
    stack = [(root, whole)]
    while stack:
        node, element = stack.pop()
        element.children.append(node.text or "")
        for child in node.iterchildren(etree.Element):
            name = etree.QName(child).localname
            attributes = {str(key): str(value) for key, value in child.items()}
            inner = Element(name, attributes, 0, element.depth + 1)
            element.children += [inner, child.tail or ""]
            if inner.depth < INLINE_DEPTH:
                stack.append((child, inner))
    return latex_of(whole)


def _name(element: Element) -> str:
    return element.tag.removeprefix("mjx-")


def _parts(element: Element) -> list[Element]:
    return [c for c in element.children if isinstance(c, Element) and _name(c) not in _SKIPPED]


_GROUPS = frozenset(("menclose", "mpadded", "mstyle", "mtd", "mtr"))
_SKIPPED = frozenset(("annotation", "annotation-xml", "mphantom", "surd"))


def _render(element: Element) -> str:
    handler = _HANDLERS.get(_name(element))
    return handler(element) if handler else _row(element)


def _row(element: Element) -> str:
    pieces = []
    for child in element.children:
        if isinstance(child, str):
            pieces.append(_escape(child.strip()))
        elif isinstance(child, Element) and _name(child) not in _SKIPPED:
            pieces.append(_render(child))
    return _spaced(pieces)


def _grouped(element: Element) -> str:
    """Return a row; delimiters at both its ends grow with what they enclose."""
    parts = _parts(element)
    if len(parts) == 2 and _name(parts[1]) == "mtable" and _text(parts[0]) == "{":
        return _table(parts[1], "cases")
    if len(parts) > 2 and all(map(_grows, (parts[0], parts[-1]))):
        left, right = (_FENCES.get(_text(part), "") for part in (parts[0], parts[-1]))
        if left and right:
            return f"\\left{left} {_spaced([_render(p) for p in parts[1:-1]])} \\right{right}"
    return _row(element)


def _grows(part: Element) -> bool:
    return _name(part) == "mo" and part.attributes.get("stretchy") != "false"


def _spaced(pieces: list[str]) -> str:
    return " ".join(piece for piece in pieces if piece)


def _escape(text: str) -> str:
    """Return text as LaTeX symbols; letters of the mathematical alphabets as plain letters."""
    plain = []
    for char in text.translate(_INVISIBLE):
        code = ord(char)
        if 0x1D400 <= code <= 0x1D7FF:
            plain.append(normalize("NFKC", char))
        elif char == "−":
            plain.append("-")
        elif char in "{}#%&$_":
            plain.append("\\" + char)
        else:
            plain.append(char)
    return "".join(plain).translate(_symbols()).strip()


def _text(element: Element) -> str:
    return " ".join(element.text().split())


def _identifier(element: Element) -> str:
    text = _escape(_text(element))
    if text in _FUNCTIONS:
        return f"\\{text} "
    font = _FONTS.get(element.attributes.get("mathvariant", ""))
    if font and text:
        return f"\\{font}{{{text}}}"
    if len(text) > 1 and text.isalpha() and text.isascii() and _name(element) == "mi":
        return f"\\mathrm{{{text}}}" if not element.tag.startswith("mjx-") else text
    return text


def _operator(element: Element) -> str:
    text = _text(element)
    return f"\\{text} " if text in _FUNCTIONS else _escape(text)


def _words(element: Element) -> str:
    text = element.text().translate(_INVISIBLE)
    return f"\\text{{{text}}}" if text.strip() else "\\ "


def _group(element: Element | None) -> str:
    return _render(element).strip() if element is not None else ""


def _three(element: Element) -> tuple[str, str, str]:
    """Return the first three parts of an element, "" for those that are missing."""
    parts = [_group(part) for part in _parts(element)[:3]]
    parts += [""] * (3 - len(parts))
    return parts[0], parts[1], parts[2]


def _fraction(element: Element) -> str:
    above, below, _ = _three(element)
    if element.attributes.get("linethickness") in ("0", "0px", "0pt"):
        return f"\\binom{{{above}}}{{{below}}}"
    return f"\\frac{{{above}}}{{{below}}}"


def _base(text: str, marks: str) -> str:
    """Return what scripts follow: in braces if it is long, or has such scripts itself."""
    parted = " " in text or any(mark in text for mark in marks)
    return f"{{{text}}}" if parted and not text.startswith("\\") else text


def _scripts(marks: str, element: Element) -> str:
    base, *scripts = _three(element)
    written = (f"{mark}{{{script}}}" for mark, script in zip(marks, scripts, strict=False))
    return _base(base, marks) + "".join(written)


def _set(mark: str, accents: dict[str, str], command: str, element: Element) -> str:
    """Return what stands over or under a base: an accent, a limit, or anything else."""
    base, script, _ = _three(element)
    first, sign, *_ = (*map(_text, _parts(element)[:2]), "", "")
    if sign in accents:
        return f"\\{accents[sign]}{{{base}}}"
    is_limit = first.translate(_INVISIBLE) in _LIMITS
    return f"{base}{mark}{{{script}}}" if is_limit else f"\\{command}{{{script}}}{{{base}}}"


def _root(element: Element) -> str:
    base, index, _ = _three(element)
    return f"\\sqrt[{index}]{{{base}}}"


def _square_root(element: Element) -> str:
    return f"\\sqrt{{{_row(element)}}}"


def _fenced(element: Element) -> str:
    left = _FENCES.get(element.attributes.get("open", "("), "(")
    right = _FENCES.get(element.attributes.get("close", ")"), ")")
    mark = element.attributes.get("separators", ",")[:1]
    return f"\\left{left} {f'{mark} '.join(_group(p) for p in _parts(element))} \\right{right}"


def _table(element: Element, environment: str = "matrix") -> str:
    """Return rows: lines of an equation where they are aligned as such, or numbered."""
    found = [row for row in _parts(element) if _name(row) in ("mtr", "mlabeledtr")]
    rows = list(map(_table_row, found))
    if any("\\tag{" in row for row in rows):
        if len(rows) == 1:
            return rows[0].replace(" & ", " ")
        environment = "align*"
    elif element.attributes.get("columnalign", "").startswith("right left"):
        environment = "aligned"
    return f"\\begin{{{environment}}} " + " \\\\ ".join(rows) + f" \\end{{{environment}}}"


def _table_row(row: Element) -> str:
    cells = _parts(row)
    tag = tag_of(_text(cells[0]), "") if _name(row) == "mlabeledtr" and cells else ""
    return " & ".join(map(_group, cells[bool(tag) :])) + tag


def _multiscripts(element: Element) -> str:
    """Return a base with the pairs of scripts after it and, set apart, before it."""
    parts = _parts(element)
    if not parts:
        return _row(element)
    base, *scripts = parts
    names = list(map(_name, scripts))
    middle = names.index("mprescripts") if "mprescripts" in names else len(scripts)
    before, after = (_pairs(scripts[part]) for part in (slice(middle + 1, None), slice(middle)))
    return (
        f"{{}}{before} {_group(base)}{after}" if before else f"{_base(_group(base), '_^')}{after}"
    )


def _pairs(scripts: list[Element]) -> str:
    """Return scripts, of which each second one is raised."""
    written = (
        f"{mark}{{{script}}}" if script else ""
        for mark, script in zip("_^" * len(scripts), map(_group, scripts), strict=False)
    )
    return "".join(written)


# The boxes of MathJax 3: they put a fraction's parts, a script's parts, at other depths.
def _find(parts: list[Element], *names: str) -> list[Element | None]:
    """Return for each name the nearest that has it, of parts and what they hold.

    What has one of the names is written as a whole, so nothing is looked for inside it.
    """
    found: dict[str, Element] = {}
    stack = parts[::-1]
    while stack:
        part = stack.pop()
        if _name(part) in names:
            found.setdefault(_name(part), part)
        else:
            stack.extend(reversed(_parts(part)))
    return [found.get(name) for name in names]


def _boxes(element: Element, *names: str) -> list[str]:
    """Return what stands in the boxes that have the names, "" for those that are missing."""
    found = _find(_parts(element), *names)
    return [_row(box).strip() if box is not None else "" for box in found]


def _drawn_fraction(element: Element) -> str:
    above, below = _boxes(element, "num", "den")
    return f"\\frac{{{above}}}{{{below}}}"


def _drawn_script(element: Element) -> str:
    parts = _parts(element)
    (script,) = _find(parts[1:], "script")
    base = _group(parts[0]) if parts else ""
    scripts = [_group(part) for part in (_parts(script) if script is not None else [])]
    scripts = [part for part in scripts if part]
    kind = _name(element)
    if kind == "msubsup" and len(scripts) > 1:
        # MathJax draws the upper script first.
        return f"{_base(base, '_^')}_{{{scripts[1]}}}^{{{scripts[0]}}}"
    mark = "_" if kind == "msub" else "^"
    return f"{_base(base, mark)}{mark}{{{' '.join(scripts)}}}"


def _drawn_limits(element: Element) -> str:
    base, over, under = _boxes(element, "base", "over", "under")
    return base + (f"_{{{under}}}" if under else "") + (f"^{{{over}}}" if over else "")


def _drawn_root(element: Element) -> str:
    return f"\\sqrt{{{_boxes(element, 'box')[0]}}}"


def _underover(element: Element) -> str:
    return _scripts("_^", element) if _parts(element) else ""


def _either(
    plain: Callable[[Element], str], drawn: Callable[[Element], str]
) -> Callable[[Element], str]:
    """Return the handler of an element that is either MathML or drawn."""
    return lambda element: (drawn if element.tag.startswith("mjx-") else plain)(element)


_HANDLERS: dict[str, Callable[[Element], str]] = {
    "mi": _identifier,
    "mn": lambda element: _escape(_text(element)),
    "mo": _operator,
    "mtext": _words,
    "ms": _words,
    "mspace": lambda element: "\\ ",  # noqa: ARG005
    "mfrac": _either(_fraction, _drawn_fraction),
    "msub": _either(partial(_scripts, "_"), _drawn_script),
    "msup": _either(partial(_scripts, "^"), _drawn_script),
    "msubsup": _either(partial(_scripts, "_^"), _drawn_script),
    "munder": _either(partial(_set, "_", _ACCENTS_BELOW, "underset"), _drawn_limits),
    "mover": _either(partial(_set, "^", _ACCENTS, "overset"), _drawn_limits),
    "munderover": _either(_underover, _drawn_limits),
    "mroot": _root,
    "msqrt": _either(_square_root, _drawn_root),
    "mfenced": _fenced,
    "mrow": _grouped,
    "mtable": _table,
    "mmultiscripts": _multiscripts,
}
