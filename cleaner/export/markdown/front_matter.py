"""YAML front matter: the metadata before the Markdown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.document import Document


def front_matter(document: Document) -> str:
    """Return the metadata of a document between two lines of dashes."""
    values = document.metadata.as_dict()
    if "url" not in values and document.url:
        values["url"] = document.url
    lines = [line for name, value in values.items() for line in _lines(name, value)]
    return "\n".join(("---", *lines, "---", ""))


def _lines(name: str, value: Any) -> list[str]:
    if isinstance(value, tuple | list):
        return [f"{name}:", *(f"  - {_scalar(item)}" for item in value)]
    return [f"{name}: {_scalar(value)}"]


def _scalar(value: object) -> str:
    """Return a value as a double-quoted YAML scalar, which JSON strings are."""
    text = str(value).encode("utf-8", "replace").decode("utf-8")
    quoted = json.dumps(text, ensure_ascii=False)
    # YAML breaks lines at these even inside quotes, and forbids the rest.
    return "".join(
        f"\\u{ord(char):04x}" if char in "\x7f\x85\u2028\u2029\ufeff\ufffe\uffff"
        or "\x80" <= char <= "\x9f" else char
        for char in quoted
    )  # fmt: skip
