"""The fields of records: which holds the page, as HTML or text, its address, its name.

A field that the user does not name is looked for under the names below, in their order, in
whichever case they are written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cleaner.document import Page
from cleaner.sources import SourceError
from cleaner.sources.given import in_words
from cleaner.sources.names import numbered
from cleaner.sources.page import has_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cleaner.sources import Item, SourceOptions
    from cleaner.sources.given import Given

HTML = (
    "html raw_html html_content content_html page_html html_body body_html rawhtml page_source"
).split()
"""Fields that hold a page as HTML."""

TEXT = "text raw_text plain_text plaintext page_text full_text fulltext article_text".split()
"""Fields that hold a page as plain text."""

EITHER = "content raw_content page_content body response_body raw payload document page".split()
"""Fields that hold a page as HTML if there is a tag in it, else as plain text."""

URL = (
    "url uri page_url source_url final_url canonical_url target_uri warc_target_uri"
    " warc-target-uri link address href"
).split()
"""Fields that hold the address of a page."""

ID = "id _id doc_id docid document_id page_id uuid key filename file_name path name".split()
"""Fields that name a page."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields are read; None where there is none."""

    html: str | None = None
    text: str | None = None
    either: str | None = None
    url: str | None = None
    id: str | None = None

    @property
    def pages(self) -> tuple[tuple[str, str], ...]:
        """The fields that may hold the page, the best first, each with what it holds."""
        told = (self.html, "html"), (self.text, "text"), (self.either, "")
        return tuple((name, media) for name, media in told if name is not None)

    def names(self) -> list[str]:
        """Return the names of all fields that are read."""
        found = (self.html, self.text, self.either, self.url, self.id)
        return list(dict.fromkeys(name for name in found if name is not None))


def choose(names: Iterable[str], options: SourceOptions) -> Fields:
    """Return the fields to read of those that there are.

    >>> from cleaner.sources import SourceOptions
    >>> choose(["ID", "URL", "body"], SourceOptions())
    Fields(html=None, text=None, either='body', url='URL', id='ID')
    """
    folded: dict[str, str] = {}
    for name in names:
        folded.setdefault(name.strip().lower(), name)
    told = options.html_field or options.text_field

    def find(wanted: str | None, known: Iterable[str]) -> str | None:
        return wanted or next((folded[name] for name in known if name in folded), None)

    return Fields(
        html=options.html_field if told else find(None, HTML),
        text=options.text_field if told else find(None, TEXT),
        either=None if told else find(None, EITHER),
        url=find(options.url_field, URL),
        id=find(options.id_field, ID),
    )


def no_field(names: Iterable[str]) -> SourceError:
    """Return the error that none of the fields that there are is known to hold a page."""
    there = ", ".join(str(name)[:40] for name, _ in zip(names, range(12), strict=False))
    return SourceError(
        f"no field that holds a page: name it with --html-field or --text-field; there are {there}"
    )


def missing(fields: Fields, names: Iterable[str]) -> SourceError | None:
    """Return what is wrong with the fields of a table that has the columns `names`."""
    there = list(names)
    if not fields.pages:
        return no_field(there)
    gone = [name for name in fields.names() if name not in there]
    if gone:
        return SourceError(f"no field {gone[0]!r}; there are {', '.join(there[:12])}")
    return None


def item_of(given: Given, fields: Fields, record: Mapping[str, Any], number: int) -> Item:
    """Return the page in a record of a table or file, or why there is none."""
    url = _string(value_of(record, fields.url))
    name = numbered(number, _string(value_of(record, fields.id)) or url)
    label = f"record {number}"
    reason = f"the field {fields.pages[0][0]!r} is empty"
    for field, media in fields.pages:
        value = value_of(record, field)
        if value is None or value in ("", b""):
            continue
        if not isinstance(value, str | bytes):
            reason = f"the field {field!r} holds no text"
            continue
        if len(value) > given.options.largest:
            limit = in_words(given.options.largest)
            return given.failed(SourceError(f"larger than the {limit} allowed"), name, label)
        return given.item(Page(value, url or None, media=media or _media(value)), name, label)
    return given.skipped(reason, name, label)


def value_of(record: Mapping[str, Any], field: str | None) -> Any:
    """Return a field of a record: by its name, or by the names on the way to it, with dots.

    >>> value_of({"response": {"body": "<p>"}}, "response.body")
    '<p>'
    """
    if field is None:
        return None
    if field in record or "." not in field:
        return record.get(field)
    value: Any = record
    for part in field.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _media(value: str | bytes) -> str:
    data = value if isinstance(value, bytes) else value.encode("utf-8", "replace")
    return "html" if has_tag(data) else "text"


def _string(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").strip()
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
