"""Formulas that stand in the text between TeX's delimiters, for a script to draw."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

from cleaner.export.nodes import Formula

if TYPE_CHECKING:
    from cleaner.export.nodes import Inline

# Dollars pair with the next dollar; brackets with the next one that closes.
_OPENING = re.compile(
    r"\$\$(?P<shown>[^$]+)\$\$|(?<![\\$\w])\$(?=[^\s$])(?P<inline>[^$]*[^\s$\\])\$(?![\d$])"
    r"|\\(?P<bracket>[\[(])"
)
_CLOSING = {"[": re.compile(r"\\\]"), "(": re.compile(r"\\\)")}
# What tells a formula from two prices.
_LATEX = re.compile(
    r"\\[a-zA-Z]+|[\^_]\w|[\^_]\{|^[a-zA-Z]$|^[a-zA-Z0-9]+\s*[=<>+]\s*[a-zA-Z0-9]+$"
)
_LONGEST = 4000


def formulas_in(text: str) -> Inline:
    """Return text with its formulas; one alone, between delimiters for that, is on display.

    >>> formulas_in("Let $x$ cost $5 or $6.")
    ['Let ', Formula(latex='x', display=False), ' cost $5 or $6.']
    """
    closing = {mark: deque(m.start() for m in p.finditer(text)) for mark, p in _CLOSING.items()}
    parts: Inline = []
    end = 0
    for match in _OPENING.finditer(text):
        start, stop = match.start(), match.end()
        if start < end:
            continue
        mark = match["bracket"]
        if mark:
            ends = closing[mark]
            while ends and ends[0] < stop:
                ends.popleft()
            if not ends:
                continue
            latex, stop = text[stop : ends[0]].strip(), ends[0] + 2
        else:
            latex = (match["shown"] or match["inline"]).strip()
        if not latex or len(latex) > _LONGEST or (match["inline"] and not _LATEX.search(latex)):
            continue
        shown = bool(match["shown"] or mark == "[") and stop - start == len(text)
        if start > end:
            parts.append(text[end:start])
        parts.append(Formula(latex, shown))
        end = stop
    if end < len(text):
        parts.append(text[end:])
    return parts
