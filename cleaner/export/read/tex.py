"""Formulas that stand in the text between TeX's delimiters, for a script to draw."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

from cleaner.export.nodes import Break, Formula

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cleaner.export.nodes import Inline

# What sets equations on display by itself.
_ENVIRONMENT = r"\\begin\{(?P<name>(?:align|displaymath|eqnarray|equation|gather|multline)\*?)\}"
# What numbers a formula itself, or cannot be numbered from outside.
_NUMBERED = re.compile(rf"\A{_ENVIRONMENT}|\\tag\b")
_NUMBER = re.compile(r"\s*\(([A-Z]?[\d.]{1,8}[a-z]?)\)\s*")
# Dollars pair with the next dollar; brackets with the next one that closes.
_OPENING = re.compile(
    r"\$\$(?P<shown>[^$]+)\$\$|(?<![\\$0-9A-Z_a-z\u00c0-\u2e7f])\$(?=[^\s$])(?P<inline>[^$]*[^\s$\\])\$(?![\d$])"
    rf"|\\(?P<bracket>[\[(])|{_ENVIRONMENT}"
)
# The same with line breaks inside: those that a page puts in for each line of its source.
_ACROSS = re.compile(
    r"\$\$(?P<dollars>[^$]{1,4000})\$\$"
    r"|(?<!\\)\\\[(?P<brackets>(?:[^\\]|\\\\|\\(?![\[\]])){1,4000})\\\]"
    rf"|(?P<whole>{_ENVIRONMENT}(?:[^\\]|\\(?!(?:begin|end)\{{(?P=name)\}})){{1,4000}}"
    r"\\end\{(?P=name)\})"
)
_CLOSING = {"[": re.compile(r"\\\]"), "(": re.compile(r"\\\)")}
# What tells a formula from two prices.
_OPERAND = r"\s*-?[\w()|!'.]{1,6}\s*"
LATEX = re.compile(
    r"\\[a-zA-Z]+|[\^_]\w|[\^_]\{|^[a-zA-Z]$|^[a-zA-Z]\([a-zA-Z](?:,\s?[a-zA-Z])*\)$"
    rf"|^(?=[^a-zA-Z]*[a-zA-Z]){_OPERAND}(?:[-+=<>*/,:≤≥≠±×·]=?{_OPERAND})+$"
)
_LONGEST = 4000


def formulas_in(text: str) -> Inline:
    """Return text with its formulas: those on display, between dollars only where one is alone.

    >>> formulas_in("Let $x$ cost $5 or $6.")
    ['Let ', Formula(latex='x', display=False), ' cost $5 or $6.']
    """
    brackets = _CLOSING.items() if "\\" in text else ()
    closing = {mark: deque(m.start() for m in p.finditer(text)) for mark, p in brackets}
    parts: Inline = []
    end = 0
    for match in _OPENING.finditer(text):
        start = match.start()
        if start < end:
            continue
        latex, stop = _formula(text, match, closing)
        if not latex or len(latex) > _LONGEST or (match["inline"] and not LATEX.search(latex)):
            continue
        alone = stop - start == len(text)
        shown = bool(match["bracket"] == "[" or match["name"] or (match["shown"] and alone))
        if start > end:
            parts.append(text[end:start])
        parts.append(Formula(latex, shown))
        end = stop
    if end < len(text):
        parts.append(text[end:])
    return parts


def tag_of(number: str, latex: str) -> str:
    """Return as LaTeX the number that stands beside a formula on display, "" if none does.

    >>> tag_of("(2.1)", "x = 1")
    ' \\\\tag{2.1}'
    """
    match = _NUMBER.fullmatch(number)
    return f" \\tag{{{match[1]}}}" if match and not _NUMBERED.search(latex) else ""


def _formula(text: str, match: re.Match[str], closing: Mapping[str, deque[int]]) -> tuple[str, int]:
    """Return the LaTeX of a formula that begins with a match, "" if none, and where it ends."""
    stop = match.end()
    if name := match["name"]:
        close = f"\\end{{{name}}}"
        last = text.find(close, stop, stop + _LONGEST)
        stop = last + len(close)
        return text[match.start() : stop] if last >= 0 else "", stop
    if mark := match["bracket"]:
        ends = closing[mark]
        while ends and ends[0] < stop:
            ends.popleft()
        return (text[stop : ends[0]].strip(), ends[0] + 2) if ends else ("", stop)
    return (match["shown"] or match["inline"]).strip(), stop


def across_breaks(content: Inline) -> Inline:
    """Return inline content in which formulas on display may go on over line breaks.

    >>> across_breaks(["So $$", Break(), "x^2", Break(), "$$", Break(), "holds"])
    ['So ', Formula(latex='x^2', display=True), Break(), 'holds']
    """
    if Break not in map(type, content):
        return content
    result: Inline = []
    lines = ""
    for node in content:
        if isinstance(node, str | Break):
            lines += node if isinstance(node, str) else "\n"
        else:
            result += [*_with_shown(lines), node]
            lines = ""
    return [*result, *_with_shown(lines)]


def goes_across_breaks(text: str) -> bool:
    """Return whether a formula on display goes on over the line breaks of a text."""
    return next(_shown(text), None) is not None


def _shown(lines: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the formulas that go on over lines, and their LaTeX."""
    for match in _ACROSS.finditer(lines):
        latex = match["dollars"] or match["brackets"] or match["whole"]
        if "\n" in match[0] and LATEX.search(latex):
            yield match, "\n".join(line.strip() for line in latex.strip().split("\n"))


def _with_shown(lines: str) -> Iterator[str | Break | Formula]:
    end = 0
    for match, latex in _shown(lines):
        yield from _broken(lines[end : match.start()])
        yield Formula(latex, display=True)
        end = match.end()
    yield from _broken(lines[end:])


def _broken(lines: str) -> Iterator[str | Break]:
    for number, line in enumerate(lines.split("\n")):
        if number:
            yield Break()
        if line:
            yield line
