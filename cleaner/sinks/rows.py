"""A page as a row: the columns of every sink that is one file, in their order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cleaner.sinks import SinkError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.sinks import Record

FIELDS = tuple(
    (
        "name url title author date site_name description language page_type confidence"
        " kept_share warnings duplicate_of"
    ).split()
)
"""The columns before those of the forms: the attributes of `Record` of these names."""

SHARES = ("confidence", "kept_share")
"""The columns that hold a number, from 0 to 1."""

ALWAYS = frozenset(("name", "warnings", *SHARES))
"""Those of the columns before the forms that are never empty."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_DIGITS = 4


def columns(forms: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns; raises `SinkError` if a form has the name of another.

    >>> columns(["text"])[-2:]
    ('duplicate_of', 'text')
    """
    names = (*FIELDS, *forms)
    if len(set(names)) < len(names):
        raise SinkError(f"a column can be written only once: {', '.join(names)}")
    return names


def row(record: Record, forms: Sequence[str]) -> dict[str, Any]:
    """Return a page as the values of its columns, shares rounded to four digits.

    Strings hold no lone surrogates: U+FFFD stands for each, for no reader takes them.
    """
    values: dict[str, Any] = {name: getattr(record, name) for name in FIELDS}
    values |= {form: record.forms[form] for form in forms}
    values |= {name: round(float(values[name]), _DIGITS) for name in SHARES}
    values["warnings"] = [valid(warning) for warning in record.warnings]
    return {
        name: valid(value) if isinstance(value, str) else value for name, value in values.items()
    }


def valid(text: str) -> str:
    r"""Return text with U+FFFD for each lone surrogate.

    >>> valid("a\ud800b") == "a\ufffdb"
    True
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text
