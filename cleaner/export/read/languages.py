"""Programming languages: which of them a class name or an attribute names."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cleaner.data import read_text
from cleaner.export.read.vocabulary import vocabulary

_PREFIXED = re.compile(
    r"(?:^|[\s{])(?:language|lang|highlight-source|highlight-text|highlight|code|brush:?\s*|src-|src|source|"
    r"sh|shj-lang|hljs-language|syntax|hl|prism-lang|gatsby-code|mw-highlight-lang|codehilite-lang|snippet|ltx_lst_language|enlighter-l|art|redoc|dp|type)[-_:]\s*([\w+#.-]{1,30})"
    r"|(?:^|\s)brush:\s*([\w+#.-]{1,30})|(?:^|\s)src\s+src-([\w+#.-]{1,30})"
    r"|(?:^|\s)lang:([\w+#.-]{1,30})",
    re.IGNORECASE,
)
_NO_LANGUAGE = frozenset(
    "none plain text plaintext txt plain-text nohighlight no-highlight undefined default auto"
    " unknown null false id label name tag".split()
)
# Only what the page calls a language explicitly, such as `language-mylang`, may be an unknown one.
_EXPLICIT = re.compile(r"(?:^|\s)(?:language|lang|hljs-language)-([\w+#.-]{1,30})(?:$|\s)")
# Classes beside which a bare word such as "python" names the language.
_HIGHLIGHTERS = frozenset(
    "hljs sourcecode highlight highlighter-rouge prettyprint prism shiki codehilite hl src block"
    " syntaxhighlighter code example cm-s-default wp-block-code listing programlisting chroma"
    " codeblock code-block brush: crayon-plain-wrap codesnip".split()
)


@cache
def _names() -> dict[str, str]:
    """Return every name and alias of a language in `languages.txt` → the name to write."""
    text = read_text("export/read/languages.txt")
    names = {}
    for line in text.splitlines():
        name, *aliases = line.split()
        names.update(dict.fromkeys((name, *aliases), name))
    return names


def by_name(value: str) -> str:
    """Return the language that an attribute's value names, "" if none.

    >>> by_name("Python"), by_name("en"), by_name("text/x-java")
    ('python', '', 'java')
    """
    name = value.strip().lower().removeprefix("text/x-").removeprefix("language-")
    name = vocabulary()["code"]["dialects"].get(name, name)
    known = _names()
    return name if name in known and name not in _NO_LANGUAGE else ""


def is_label(text: str) -> bool:
    """Return whether a text in lower case is what a bar above code says: a language, "code".

    >>> is_label("c++"), is_label("php:"), is_label("basic"), is_label("the rest")
    (True, True, False, False)
    """
    name = text.removesuffix(":").strip()
    labels = vocabulary()["code"]
    if name in labels["words"]:
        return False
    return name.replace(" ", "-") in _names() or name in labels["labels"]


def by_label(text: str) -> str:
    """Return the language that a label above code names, "" if none.

    >>> by_label("c++"), by_label("php:"), by_label("code")
    ('cpp', 'php', '')
    """
    name = by_name(text.removesuffix(":").strip().replace(" ", "-"))
    return name if name.isalnum() else _names().get(name, "")


def is_same(name: str, other: str) -> bool:
    """Return whether two names are of one language.

    >>> is_same("javascript", "js"), is_same("c", "cpp"), is_same("x", "x")
    (True, False, False)
    """
    known = _names()
    return name in known and known[name] == known.get(other)


@lru_cache(maxsize=1024)
def by_class(classes: str, *, of_code: bool = False) -> str:
    """Return the language that a class attribute names, "" if none.

    That of code itself may be no more than the language.

    >>> by_class("highlight language-rust"), by_class("brush: js; gutter: false"), by_class("box")
    ('rust', 'js', '')
    >>> by_class("php numbered"), by_class("php numbered", of_code=True)
    ('', 'php')
    """
    known = _names()
    if match := _EXPLICIT.search(classes):
        name = match[1].lower().removesuffix("-repl")
        name = "diff" if name.startswith("diff-") else name
        return "" if name in _NO_LANGUAGE else name
    for match in _PREFIXED.finditer(classes):
        name = next(group for group in match.groups() if group).lower().rstrip(";.")
        name = vocabulary()["code"]["dialects"].get(name, name)
        if name in known:
            return "" if name in _NO_LANGUAGE else name
    words = classes.lower().split()
    if of_code or not _HIGHLIGHTERS.isdisjoint(words):
        dialects = vocabulary()["code"]["dialects"]
        for word in (dialects.get(word, word) for word in words):
            if word in known and word not in _HIGHLIGHTERS:
                return "" if word in _NO_LANGUAGE else word
    return ""
