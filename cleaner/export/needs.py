"""What of a page must be read, beside its text, for the meaning that attributes give an element."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.export.read.email import ATTRIBUTE, hidden_address
from cleaner.export.read.images import is_sign
from cleaner.export.read.languages import by_class
from cleaner.export.read.math import from_image
from cleaner.export.read.numbering import is_counted, letters_of
from cleaner.export.read.vocabulary import bare_callout, callout, roles
from cleaner.export.tree import CODE, HEADINGS, LISTS

if TYPE_CHECKING:
    from collections.abc import Callable

NOTHING, PART, ALL = range(3)
"""What must be read for something: nothing, the part of the page that it stands in, or begins, the
page."""

# Roles that mean something beside others alone; those that mean nothing outside of their part.
_HARMLESS = frozenset(
    "callout_title code_block code_line code_tool quote quote_aside no_quote no_note comment"
    " rubric signature_name signature_link declaration".split()
)
_OF_PART = _HARMLESS | frozenset(
    "permalink spoken line_number code_line_block code_item inline_code no_text file_info icon_name"
    " emoji prompt item_label code code_lines code_of_breaks code_table signature"
    " declaration_line signature_heading section_list classifier".split()
)
# ARIA roles that change the text → the elements that they say nothing new of.
_ROLES = {
    "doc-endnotes": frozenset[str](),
    "list": LISTS,
    "listitem": frozenset(("li",)),
    "tab": frozenset(),
}


def needed_for(tag: str, attributes: dict[str, str]) -> int:
    """Return what must be read for the meaning that its attributes give an element."""
    classes = attributes.get("class")
    needed = needed_for_names(classes) if classes else NOTHING
    if not TELLING.isdisjoint(attributes) and (
        "data-callout" in attributes
        or "data-media" in attributes
        or tag not in _ROLES.get(attributes.get("role", ""), (tag,))
    ):
        return ALL
    check = CHECKS.get(tag)
    if check is None or check(attributes):
        is_named = attributes.get("role") == "heading" and tag not in HEADINGS
        return max(needed, PART) if is_named or hidden_address(attributes) else needed
    return ALL if tag in LISTS else max(needed, PART)


@lru_cache(maxsize=16_384)
def needed_for_names(classes: str) -> int:
    """Return what must be read for the names in a class attribute."""
    found = roles(classes)
    if not found <= _OF_PART:
        return ALL
    is_plain = found <= _HARMLESS and not callout(classes) and not bare_callout(classes)
    return NOTHING if is_plain else PART


def _is_word(attributes: dict[str, str]) -> bool:
    """Tell an element of code that is a word in a text and cannot be a listing by itself."""
    if "style" in attributes:
        return False
    classes = attributes.get("class", "")
    return not classes or ("block" not in classes.split() and not by_class(classes))


_NUMBERING = frozenset(("value", "data-list"))
_COUNTING = frozenset(("start", "reversed"))
TELLING = frozenset(("data-callout", "data-media", "role", ATTRIBUTE))
CHECKS: dict[str, Callable[[dict[str, str]], bool]] = {
    "a": lambda attributes: not hidden_address(attributes),
    "img": lambda attributes: (
        from_image(attributes) is None and not is_sign(attributes.get("alt", "").strip())
    ),
    "li": lambda attributes: _NUMBERING.isdisjoint(attributes) and not is_counted(attributes),
    **dict.fromkeys(
        LISTS,
        lambda attributes: (
            _COUNTING.isdisjoint(attributes)
            and "lst-" not in attributes.get("class", "")
            and not letters_of(attributes)
        ),
    ),
    **dict.fromkeys(CODE, _is_word),
    "d-code": lambda _: False,
}
"""Tag → whether an element of it, with these attributes, is plain."""
