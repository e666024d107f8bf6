"""Formulas that stand in the text between TeX's delimiters, for a script to draw."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.export.nodes import Formula

if TYPE_CHECKING:
    from cleaner.export.nodes import Inline

_FORMULA = re.compile(
    r"\$\$([^$]{1,4000})\$\$|\\\[((?:[^\\]|\\[^\]]){1,4000})\\\]"
    r"|\\\(((?:[^\\]|\\[^)]){1,2000})\\\)|(?<![\\$\w])\$(?=[^\s$])([^$]{0,1000}[^\s$\\])\$(?![\d$])"
)
# What tells a formula from two prices.
_LATEX = re.compile(
    r"\\[a-zA-Z]+|[\^_]\w|[\^_]\{|^[a-zA-Z]$|^[a-zA-Z0-9]+\s*[=<>+]\s*[a-zA-Z0-9]+$"
)


def formulas_in(text: str) -> Inline:
    """Return text with its formulas; one alone, between delimiters for that, is on display.

    >>> formulas_in("Let $x$ cost $5 or $6.")
    ['Let ', Formula(latex='x', display=False), ' cost $5 or $6.']
    """
    parts: Inline = []
    end = 0
    for match in _FORMULA.finditer(text):
        latex = next(group for group in match.groups() if group is not None).strip()
        dollars = match[4] is not None
        if not latex or (dollars and not _LATEX.search(latex)):
            continue
        shown = (match[1] is not None or match[2] is not None) and match[0] == text
        if match.start() > end:
            parts.append(text[end : match.start()])
        parts.append(Formula(latex, shown))
        end = match.end()
    if end < len(text):
        parts.append(text[end:])
    return parts
