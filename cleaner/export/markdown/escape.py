"""Escapes text so that none of it turns into Markdown, and no more than that."""

from __future__ import annotations

import re
from string import ascii_letters

# Text without any of these needs no look at all.
SUSPECT = re.compile(r"[\\`*_<&\[\]~$|!]")
_TOKEN = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|$)|`|\*+|_+|<(?=[A-Za-z/!?]|$)|&(?=#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|\w{1,40};)"
    r"|\[(?=\^|[ xX]\]|\[)|\](?=[(\[:]|$)|~+|\$|!$"
)
_TOKEN_IN_LINK = re.compile(rf"{_TOKEN.pattern}|[\[\]]")
_BLOCK = re.compile(
    r"(?P<mark>[-+*]|#{1,6})(?=[ \t]|$)|(?P<number>\d{1,9})(?P<dot>[.)])(?=[ \t]|$)"
    r"|(?P<char>>)|(?P<tildes>~~~+)"
    r"|(?P<rule>[-=*_][-=*_ \t]*$)"
    r"|(?P<table>\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t|:-]*)?$)"
)
_MATH = re.compile(r"\$(?=[^\s$])[^$\n]*[^\s$]\$(?!\d)|\$\$")
# At the end of a text these mean something only before one of the characters that follow.
_JOINTS = {"]": ("(", "[", ":"), "!": ("[",), "<": tuple("/!?") + tuple(ascii_letters)}
_TAG = re.compile("<(?=[A-Za-z/!?])")
_WORD = re.compile(r"\w")


def escaped(text: str, *, before: str = "", after: str = "", in_link: bool = False,
            in_table: bool = False) -> str:  # fmt: skip
    """Return text with backslashes where it would be Markdown.

    `before` and `after` are the characters that stand beside it, "" at the ends of the block.

    >>> escaped("2 * 3 and snake_case, *not* this")
    '2 * 3 and snake_case, \\\\*not\\\\* this'
    """
    if not SUSPECT.search(text):
        return text
    has_math = "$" in text and _MATH.search(text) is not None
    strikes = text.count("~") > 1

    def escape(match: re.Match[str]) -> str:
        token, start, end = match[0], match.start(), match.end()
        char = token[0]
        left = text[start - 1] if start else before
        right = text[end] if end < len(text) else after
        if char == "*":
            return token if _is_loose(left, right) else "\\*" * len(token)
        if char == "_":
            inside = left and right and _WORD.match(left) and _WORD.match(right)
            return token if inside or _is_loose(left, right) else "\\_" * len(token)
        if char == "~":
            return "\\~" * len(token) if strikes and not _is_loose(left, right) else token
        if char == "$":
            return "\\$" if has_math else token
        if end == len(text) and char in _JOINTS and not in_link and after not in _JOINTS[char]:
            return token
        return "\\" + token

    text = (_TOKEN_IN_LINK if in_link else _TOKEN).sub(escape, text)
    return text.replace("|", "\\|") if in_table else text


def _is_loose(left: str, right: str) -> bool:
    """Return whether a run of delimiters between two characters can neither open nor close."""
    return (not left or left.isspace()) and (not right or right.isspace())


def line_start(line: str, *, ends: bool = True) -> str:
    """Return a line with what would begin a block at its start escaped.

    `ends` tells that nothing follows on the line.

    >>> line_start("1. May"), line_start("# one"), line_start("-5 degrees")
    ('1\\\\. May', '\\\\# one', '-5 degrees')
    """
    match = None if line[:1].isalpha() else _BLOCK.match(line)
    if not match or (
        not ends and match.end() == len(line) and not (match["char"] or match["tildes"])
    ):
        return line
    if match["tildes"]:
        return "\\~" * len(match["tildes"]) + line[match.end() :]
    if match["number"]:
        end = match.end("number")
        return f"{line[:end]}\\{line[end:]}"
    return "\\" + line


def fence(text: str) -> str:
    """Return a fence longer than any in `text`.

    >>> fence("```"), fence("x")
    ('````', '```')
    """
    longest = max((len(run) for run in re.findall(r"^\s*(`{3,})", text, re.MULTILINE)), default=2)
    return "`" * (longest + 1)


def code_span(text: str, *, in_table: bool = False) -> str:
    """Return a code span; its fence is longer than any run of backticks inside.

    >>> code_span("a"), code_span("`")
    ('`a`', '`` ` ``')
    """
    runs = {len(run) for run in re.findall("`+", text)}
    ticks = "`" * next(length for length in range(1, len(runs) + 2) if length not in runs)
    if text[0] == "`" or text[-1] == "`":
        text = f" {text} "
    if in_table:
        text = text.replace("|", "\\|")
    return f"{ticks}{text}{ticks}"


def latex(source: str) -> str:
    """Return LaTeX that is no markup to a viewer which does not know formulas.

    >>> latex("a<b, [x](y)"), latex("`x'"), latex("~~~x")
    ('a< b, [x] (y)', "‘x'", '{}~~~x')
    """
    source = _TAG.sub("< ", source).replace("](", "] (").replace("][", "] [")
    # A backtick, which TeX draws so, would begin code, and so would tildes at the start of a line.
    return _TILDES.sub("{}", source.replace("`", "‘"))


_TILDES = re.compile(r"^(?=~~~)", re.MULTILINE)


def destination(url: str) -> str:
    """Return the target of a link as it may stand between parentheses.

    >>> destination("https://example.org/a_(b)")
    'https://example.org/a_\\\\(b\\\\)'
    """
    # Balanced or not, escaped parentheses read the same everywhere; `urls` has escaped the rest.
    return _IN_URL.sub(lambda match: _URL_ESCAPES[match[0]], url)


_IN_URL = re.compile(r"[()|]|&(?=#|\w+;)")
_URL_ESCAPES = {"(": "\\(", ")": "\\)", "|": "%7C", "&": "&amp;"}
