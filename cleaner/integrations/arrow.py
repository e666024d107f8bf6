"""Arrow batches of pages in, Arrow batches of cleaned pages out: what most engines can call."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa

from cleaner.document import CleanerError, Page
from cleaner.integrations.row import COLUMNS, clean_row, failed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.pipeline import Cleaner

_TYPES = {"string": pa.string(), "double": pa.float64(), "strings": pa.list_(pa.string())}


def clean_batch(  # noqa: PLR0913 - one parameter a setting
    batch: pa.RecordBatch,
    *,
    cleaner: Cleaner | None = None,
    forms: Sequence[str] = ("text",),
    html: str = "html",
    url: str = "url",
    charset: str = "charset",
    media: Literal["html", "text"] = "html",
) -> pa.RecordBatch:
    """Return a batch with the cleaned pages of `batch`, row by row, in the same order.

    No row raises: one that cannot be cleaned has a null text and says why in `error`. What a
    page may take of time and memory is for the engine to limit. Bind the settings with
    `functools.partial`, which can be sent to other processes.

    Args:
        batch: one row a page.
        cleaner: the pipeline to use; one with the default settings if None.
        forms: the renderings, names of `cleaner.export.formats()`; each is a column.
        html: the column of pages: any type of strings or binaries, or a dictionary of them.
            Bytes are decoded as the page says; strings are taken as they are.
        url: the column of addresses; it may be missing.
        charset: the column of charsets that the HTTP headers named; it may be missing.
        media: "text" if the pages are plain text.

    Returns:
        The columns of `batch` but for the pages themselves, then those of `result_schema`.

    Raises:
        CleanerError: there is no column `html`, or no exporter for one of `forms`.
        TypeError: one of the three columns holds neither strings nor binaries.

    >>> pages = pa.record_batch({"id": [7], "html": ["<p>The sea rises twice a day.</p>"]})
    >>> clean_batch(pages).select(["id", "text", "error"]).to_pylist()
    [{'id': 7, 'text': 'The sea rises twice a day.\\n', 'error': None}]
    """
    schema = result_schema(batch.schema, forms=forms, html=html)
    rows = []
    for data, address, declared in zip(
        _values(batch, html), _texts(batch, url), _texts(batch, charset), strict=True
    ):
        if data is None:
            rows.append(failed("there is no page: null", forms))
        else:
            rows.append(clean_row(Page(data, address, declared, media), cleaner, forms))
    passed = [batch.column(index) for index in _passed(batch.schema, forms, html)]
    made = [
        pa.array([row[field.name] for row in rows], field.type)
        for field in list(schema)[len(passed) :]
    ]
    return pa.RecordBatch.from_arrays([*passed, *made], schema=schema)


def clean_batches(batches: Iterable[pa.RecordBatch], **settings: Any) -> Iterator[pa.RecordBatch]:
    """Yield the batches of cleaned pages, one at a time; the settings are `clean_batch`'s."""
    for batch in batches:
        yield clean_batch(batch, **settings)


def clean_table(table: pa.Table, **settings: Any) -> pa.Table:
    """Return a table of the cleaned pages of `table`; the settings are those of `clean_batch`.

    >>> clean_table(pa.table({"html": ["<p>The sea rises twice a day.</p>"]}))["text"].to_pylist()
    ['The sea rises twice a day.\\n']
    """
    names = {name: settings[name] for name in ("forms", "html") if name in settings}
    made = clean_batches(table.to_batches(), **settings)
    return pa.Table.from_batches(made, schema=result_schema(table.schema, **names))


def result_schema(
    schema: pa.Schema, *, forms: Sequence[str] = ("text",), html: str = "html"
) -> pa.Schema:
    """Return the schema of what `clean_batch` makes of batches of `schema`.

    A column of the result takes the place of one of the same name; all others but the pages pass.
    The forms are of type large_string unless the pages are plain strings or binaries, of which
    no batch can hold more than 2 GiB.

    Raises:
        CleanerError: there is no column `html`, or no exporter for one of `forms`.
        TypeError: the column `html` holds neither strings nor binaries.

    >>> result_schema(pa.schema({"html": pa.binary(), "id": pa.int64()})).names[:3]
    ['id', 'text', 'title']
    """
    from cleaner.export import exporter

    forms = tuple(dict.fromkeys(forms))
    for form in forms:
        exporter(form)
    small = _checked(schema, html) in (pa.string(), pa.binary())
    passed = [schema.field(index) for index in _passed(schema, forms, html)]
    rendered = [pa.field(form, pa.string() if small else pa.large_string()) for form in forms]
    known = [pa.field(name, _TYPES[type_]) for name, type_ in COLUMNS.items()]
    return pa.schema([*passed, *rendered, *known], metadata=schema.metadata)


_READABLE = (
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_string_view,
    pa.types.is_binary,
    pa.types.is_large_binary,
    pa.types.is_binary_view,
    pa.types.is_fixed_size_binary,
    pa.types.is_null,
)
_WRAPPED = (pa.DictionaryScalar, pa.RunEndEncodedScalar, pa.ExtensionScalar)


def _index(schema: pa.Schema, name: str) -> int:
    """Return the number of the first column of a name."""
    found = schema.get_all_field_indices(name)
    if not found:
        raise CleanerError(f"no column {name!r}; there are {', '.join(schema.names) or 'none'}")
    return int(min(found))


def _checked(schema: pa.Schema, name: str) -> pa.DataType:
    """Return the type of a column of texts or bytes."""
    kind = stored = schema.field(_index(schema, name)).type
    while not any(test(stored) for test in _READABLE):
        if isinstance(stored, pa.BaseExtensionType):
            stored = stored.storage_type
        elif pa.types.is_dictionary(stored) or pa.types.is_run_end_encoded(stored):
            stored = stored.value_type
        else:
            raise TypeError(f"the column {name!r} holds {kind}, neither strings nor binaries")
    return kind


def _passed(schema: pa.Schema, forms: Sequence[str], html: str) -> list[int]:
    """Return the numbers of the columns that go through as they are."""
    replaced = {html, *forms, *COLUMNS}
    return [index for index, name in enumerate(schema.names) if name not in replaced]


def _values(batch: pa.RecordBatch, name: str) -> Iterator[str | bytes | None]:
    """Yield the values of a column one by one, strings repaired where they are not UTF-8."""
    _checked(batch.schema, name)
    for scalar in batch.column(_index(batch.schema, name)):
        inner = scalar
        while isinstance(inner, _WRAPPED):
            inner = inner.value
        if inner is None or not inner.is_valid:
            yield None
        else:
            data = inner.as_buffer().to_pybytes()
            yield data.decode("utf-8", "replace") if isinstance(inner, pa.StringScalar) else data


def _texts(batch: pa.RecordBatch, name: str) -> Iterator[str | None]:
    """Yield the texts of a column that may be missing."""
    if name not in batch.schema.names:
        yield from repeat(None, len(batch))
        return
    for value in _values(batch, name):
        yield value.decode("utf-8", "replace") if isinstance(value, bytes) else value
