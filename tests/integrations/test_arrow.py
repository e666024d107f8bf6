import pickle
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner, CleanerError

pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
from cleaner.integrations.arrow import clean_batch, result_schema  # noqa: E402

STORY = "Ferja går igjen fra mandag, sier havnevesenet."
PAGE = f"""<html lang="no"><title>Ferja</title><body><nav><a href="/">Hjem</a></nav><article>
<h1>Ferja</h1><p>{STORY}</p><p>annonse</p>
<p>Skipet har ligget i <em>dokk</em> siden stormen i fjor.</p>
</article></body></html>"""

TYPES = [
    pa.string(),
    pa.large_string(),
    pa.string_view(),
    pa.binary(),
    pa.large_binary(),
    pa.binary_view(),
    pa.dictionary(pa.int8(), pa.string()),
    pa.dictionary(pa.int32(), pa.large_binary()),
]


def batch(*pages, type_=None, **columns):
    arrays = {"html": pa.array(pages, type_), **columns}
    return pa.record_batch(list(arrays.values()), names=list(arrays))


def column(name, made):
    return made.column(made.schema.get_field_index(name)).to_pylist()


def pages_of(type_):
    """Return a page, null and the page again as an array of a type."""
    if pa.types.is_dictionary(type_):
        return pa.array([PAGE, None, PAGE]).cast(type_.value_type).dictionary_encode().cast(type_)
    return pa.array([PAGE, None, PAGE]).cast(type_)


@pytest.mark.parametrize("type_", TYPES, ids=str)
def test_pages_of_every_type_of_text_and_bytes_are_cleaned(type_):
    made = clean_batch(pa.record_batch({"html": pages_of(type_)}))
    first, none, third = column("text", made)
    assert STORY in first
    assert "annonse" not in first
    assert (none, third) == (None, first)
    assert column("error", made) == [None, "there is no page: null", None]
    assert made.schema == result_schema(pa.schema({"html": type_}))
    made.validate(full=True)


def test_pages_in_an_extension_or_run_lengths_are_cleaned():
    runs = pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array([PAGE, "x"]))
    assert column("text", clean_batch(pa.record_batch({"html": runs})))[1].startswith("Ferja")
    nested = pa.ExtensionArray.from_storage(pa.json_(), pa.array(["<p>A sentence.</p>"]))
    assert column("error", clean_batch(pa.record_batch({"html": nested}))) == [None]


def test_the_result_has_the_documented_columns():
    made = clean_batch(batch(PAGE), forms=("text", "markdown"))
    assert dict(zip(made.schema.names, map(str, made.schema.types), strict=True)) == {
        "text": "string",
        "markdown": "string",
        "title": "string",
        "author": "string",
        "date": "string",
        "language": "string",
        "page_type": "string",
        "confidence": "double",
        "kept_share": "double",
        "warnings": "list<item: string>",
        "error": "string",
    }
    row = made.to_pylist()[0]
    assert row["title"] == "Ferja"
    assert row["language"] == "no"
    assert "*dokk*" in row["markdown"]
    assert 0 < row["kept_share"] < 1
    assert 0 < row["confidence"] <= 1


def test_other_columns_pass_and_those_of_the_result_are_replaced():
    made = clean_batch(
        batch(PAGE, "<p>b</p>", id=pa.array([3, 1]), title=pa.array([b"old", b"old"]))
    )
    assert made.schema.names[:3] == ["id", "text", "title"]
    assert column("id", made) == [3, 1]
    assert column("title", made)[0] == "Ferja"


def test_columns_can_have_other_names():
    made = clean_batch(
        pa.record_batch({"body": [PAGE], "at": ["https://a.example/"], "html": [1]}),
        html="body",
        url="at",
        charset="none",
    )
    assert made.schema.names[:3] == ["at", "html", "text"]
    assert STORY in column("text", made)[0]


def test_a_charset_decides_how_bytes_are_read():
    raw = "<p>Blåbærsyltetøy på brødskiva, sier Øystein.</p>".encode("mac-roman")
    for type_ in (pa.string(), pa.binary(), pa.dictionary(pa.int8(), pa.string())):
        made = clean_batch(batch(raw, charset=pa.array(["macintosh"]).cast(type_)))
        assert column("text", made) == ["Blåbærsyltetøy på brødskiva, sier Øystein.\n"]


def test_an_address_makes_links_absolute():
    page = '<p>Read <a href="b.html">the other page</a> about the ferry to the islands.</p>'
    made = clean_batch(batch(page, url=pa.array(["https://a.example/x/"])), forms=("markdown",))
    assert "(https://a.example/x/b.html)" in column("markdown", made)[0]


def test_strings_are_taken_as_they_are_whatever_the_page_declares():
    page = '<meta charset="latin-1"><p>Blåbærsyltetøy på brødskiva.</p>'
    assert column("text", clean_batch(batch(page))) == ["Blåbærsyltetøy på brødskiva.\n"]


def test_slices_and_empty_batches_are_worked_on_as_they_are():
    whole = batch("<p>a a a a</p>", PAGE, "<p>c c c c</p>", id=pa.array([0, 1, 2]))
    assert clean_batch(whole.slice(1, 1)).equals(clean_batch(whole).slice(1, 1))
    empty = clean_batch(whole.slice(0, 0))
    assert len(empty) == 0
    assert empty.schema == clean_batch(whole).schema


def test_plain_texts_lose_their_markers_only():
    made = clean_batch(batch("Først.\n\nannonse\n\nSå.\n"), media="text")
    assert column("text", made) == ["Først.\n\nSå.\n"]


def test_strings_that_are_not_utf8_do_not_raise():
    broken = pa.array([b"<p>one \xff two</p>", b"\xed\xa0\x80"]).view(pa.string())
    assert column("error", clean_batch(pa.record_batch({"html": broken}))) == [None, None]


def test_half_a_surrogate_pair_in_the_data_of_a_page_does_not_raise():
    words = "The ferry to the outer islands will sail again from Monday morning. " * 9
    page = (
        f'<title>x</title><script type="application/ld+json">{{"@type": "NewsArticle", '
        f'"headline": "\\ud800 A ferry", "author": "\\ud800", "articleBody": "\\udfff {words}"}}'
        "</script>"
    )
    assert column("error", clean_batch(batch(page), forms=("text", "markdown"))) == [None]


def test_a_page_that_fails_leaves_its_reason_and_the_others():
    class Broken(Cleaner):
        def clean(self, source, url=None):
            if b"bad" in source.data:
                raise MemoryError("no room \ud800")
            return super().clean(source, url)

    made = clean_batch(batch(b"<p>one</p>", b"bad", b"<p>two</p>"), cleaner=Broken())
    assert column("text", made) == ["one\n", None, "two\n"]
    assert column("error", made) == [None, "MemoryError: no room ?", None]
    assert column("warnings", made)[1] == []


def test_a_batch_without_pages_says_what_it_has():
    with pytest.raises(CleanerError, match="no column 'html'; there are a, b"):
        clean_batch(pa.record_batch({"a": [1], "b": [2]}))
    with pytest.raises(TypeError, match="the column 'html' holds int64"):
        clean_batch(pa.record_batch({"html": [1]}))
    with pytest.raises(TypeError, match="the column 'url' holds int64"):
        clean_batch(pa.record_batch({"html": ["x"], "url": [1]}))
    with pytest.raises(CleanerError, match="no exporter for 'pdf'"):
        clean_batch(batch(PAGE), forms=("pdf",))


def test_the_bound_function_can_be_sent_to_other_processes():
    bound = partial(clean_batch, cleaner=Cleaner(favor="precision"), forms=("markdown",))
    assert pickle.loads(pickle.dumps(bound))(batch(PAGE)).equals(bound(batch(PAGE)))


PAGES = st.none() | st.binary(max_size=200) | st.just(PAGE.encode())
TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.tuples(PAGES, TEXTS, TEXTS), max_size=6), st.integers(0, 6))
def test_any_rows_give_as_many_rows_in_their_order(rows, start):
    given_ = pa.record_batch(
        {
            "html": pa.array([page for page, _, _ in rows], pa.binary()),
            "url": pa.array([url for _, url, _ in rows], pa.string()),
            "charset": pa.array([charset for _, _, charset in rows], pa.string()),
            "number": pa.array(range(len(rows)), pa.int64()),
        }
    ).slice(start)
    made = clean_batch(given_)
    made.validate(full=True)
    assert column("number", made) == list(range(min(start, len(rows)), len(rows)))
    for (page, _, _), text, error in zip(
        rows[start:], column("text", made), column("error", made), strict=True
    ):
        assert (text is None) == (page is None) == (error is not None)
