import csv
import gzip
import json
import os
import zipfile

import pyarrow as pa
import pytest
from pyarrow import parquet

from cleaner.document import CleanerError
from cleaner.sources import SourceOptions, open_items
from tests.sources.support import pipe

PAGE = '<!doctype html><title>t</title><p>Blåbær, «sa» hun; "ja".\n<p>Ja.'


def read(path, **options):
    """Return the pages of a file by name, or the reason that there is none."""
    found = {}
    for item in open_items([str(path)], SourceOptions(**options)):
        assert item.name not in found
        try:
            found[item.name.partition("/")[2]] = item.skip or item.load()
        except CleanerError as error:
            found[item.name.partition("/")[2]] = f"failed: {error}"
    return found


def write_jsonl(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def write_csv(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def write_parquet(path, rows):
    parquet.write_table(pa.Table.from_pylist(rows), path, row_group_size=2)


WRITERS = {"x.jsonl": write_jsonl, "x.csv": write_csv, "x.parquet": write_parquet}


@pytest.fixture(params=WRITERS)
def table(request, tmp_path):
    """Write rows as a table of each kind."""

    def write(*rows):
        path = tmp_path / request.param
        WRITERS[request.param](path, rows)
        return path

    return write


def text_of(page):
    return page.data if isinstance(page.data, str) else page.data.decode()


def test_fields_of_the_usual_names_are_found(table):
    path = table({"URL": "http://example.org/a", "html": PAGE}, {"URL": None, "html": PAGE + "!"})
    first, second = read(path).items()
    assert first[0] == "000001-example.org-a"
    assert (text_of(first[1]), first[1].url, first[1].media) == (
        PAGE,
        "http://example.org/a",
        "html",
    )
    assert second[0] == "000002"
    assert (text_of(second[1]), second[1].url) == (PAGE + "!", None)


def test_the_field_of_a_name_comes_before_the_address(table):
    assert list(read(table({"id": "no/7", "url": "http://example.org", "text": "x"}))) == [
        "000001-no-7"
    ]


def test_fields_are_named_by_the_user(table):
    path = table({"a": PAGE, "b": "A text.", "c": "http://example.org", "html": "other"})
    (page,) = read(path, html_field="a", url_field="c").values()
    assert (text_of(page), page.url, page.media) == (PAGE, "http://example.org", "html")
    (page,) = read(path, text_field="b").values()
    assert (text_of(page), page.url, page.media) == ("A text.", None, "text")


def test_a_page_that_may_be_either_is_html_if_it_holds_a_tag(table):
    path = table({"content": PAGE, "n": "1"}, {"content": "1 < 2", "n": "2"})
    assert [page.media for page in read(path).values()] == ["html", "text"]


def test_the_text_is_taken_where_there_is_no_html(table):
    path = table({"html": "", "text": "A text."}, {"html": PAGE, "text": "A text."})
    assert [page.media for page in read(path).values()] == ["text", "html"]


def test_an_empty_record_is_skipped(table):
    assert next(iter(read(table({"html": "", "n": "1"}, {"html": PAGE, "n": "2"})).values())) == (
        "the field 'html' is empty"
    )


def test_without_a_fitting_field_there_is_one_clear_line(table):
    path = table({"one": "1", "two": "2"}, {"one": "1", "two": "2"})
    assert list(read(path).values()) == [
        (
            "failed: no field that holds a page: name it with --html-field or --text-field;"
            " there are one, two"
        )
    ]


def test_a_table_without_pages_in_a_folder_is_one_of_its_other_files(table):
    path = table({"one": "1", "two": "2"})
    (item,) = open_items([str(path.parent)])
    assert item.skip.startswith("not a page: no field that holds a page")


@pytest.mark.parametrize("name", ["html_field", "url_field"])
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_field_that_is_not_there_is_a_clear_error(tmp_path, name, ending):
    path = tmp_path / f"x.{ending}"
    WRITERS[path.name](path, [{"html": PAGE, "n": "1"}])
    assert list(read(path, **{name: "body"}).values()) == [
        "failed: no field 'body'; there are html, n"
    ]


def test_a_page_that_is_too_large_fails_by_itself(table):
    path = table({"html": PAGE + "x" * 3000, "n": "1"}, {"html": PAGE, "n": "2"})
    found = list(read(path, largest=2000).values())
    assert "larger than" in found[0] or "more than" in found[0]
    if path.suffix != ".csv":  # after a cell that is too large nobody knows where a row begins
        assert text_of(found[1]) == PAGE


def test_tables_are_told_by_their_content(table, tmp_path):
    path = table(*({"url": f"http://example.org/{n}", "html": PAGE} for n in range(3)))
    for name in ("named-otherwise", "x.json", "x.bin"):
        (tmp_path / name).write_bytes(path.read_bytes())
        assert len(read(tmp_path / name)) == 3
        (tmp_path / name).write_bytes(gzip.compress(path.read_bytes()))
        assert len(read(tmp_path / name)) == 3
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
            archive.write(path, name)
        assert len(read(tmp_path / "x.zip")) == 3
        (tmp_path / name).unlink()


def test_standard_input_is_any_kind(table, monkeypatch):
    path = table(*({"url": f"http://example.org/{n}", "html": PAGE} for n in range(3)))
    for data in (path.read_bytes(), gzip.compress(path.read_bytes())):
        monkeypatch.setattr("sys.stdin", pipe(data))
        items = list(open_items(["-"]))
        assert [item.name for item in items] == [
            f"stdin/00000{n + 1}-example.org-{n}" for n in range(3)
        ]
        assert [text_of(item.load()) for item in items] == [PAGE] * 3


def test_lines_that_are_no_json_are_skipped_and_told(tmp_path):
    path = tmp_path / "x.jsonl"
    good = json.dumps({"html": PAGE}).encode()
    path.write_bytes(
        b"\n".join([b"\xef\xbb\xbf" + good, b"{broken", b"", b"[1]", b"[" * 10**5, good[:-9], good])
    )
    found = read(path)
    assert [name for name, page in found.items() if isinstance(page, str)] == [
        "000002",
        "000004",
        "000005",
        "000006",
    ]
    assert found["000002"] == "damaged record: the line is no JSON object"
    assert text_of(found["000007"]) == PAGE


def test_a_line_that_is_too_long_is_passed_over(tmp_path):
    path = tmp_path / "x.jsonl"
    good = json.dumps({"html": PAGE}).encode()
    path.write_bytes(good + b"\n" + good[:-1] + b" " * 300_000 + b"}\n" + good)
    found = read(path, largest=1000)
    assert list(found) == ["000001", "000002", "000003"]
    assert found["000002"] == "damaged record: the line is too long"


def test_records_of_json_lines_need_not_have_the_same_fields(tmp_path):
    path = tmp_path / "x.jsonl"
    write_jsonl(path, [{"made": "now"}, {"html": PAGE}, {"text": "A text."}, {"html": 7}])
    assert [getattr(page, "media", page) for page in read(path).values()] == [
        "no field that holds a page",
        "html",
        "text",
        "the field 'html' holds no text",
    ]


def test_a_field_within_a_field_is_named_with_dots(tmp_path):
    path = tmp_path / "x.jsonl"
    write_jsonl(path, [{"response": {"body": PAGE, "url": "http://example.org"}}, {"response": 1}])
    first, second = read(path, html_field="response.body", url_field="response.url").values()
    assert (first.data, first.url) == (PAGE, "http://example.org")
    assert second == "the field 'response.body' is empty"


@pytest.mark.parametrize(
    "text", [json.dumps({"html": PAGE, "n": [1]}, indent=1), json.dumps([{"html": PAGE}] * 2)]
)
def test_json_that_is_not_in_lines_is_no_page(tmp_path, text):
    path = tmp_path / "x.json"
    path.write_text(text, "utf-8")
    why = "no line of it is an object of JSON, as in JSON Lines"
    assert list(read(path).values()) == [f"failed: {why}"]
    (item,) = open_items([str(tmp_path)])
    assert item.skip == f"not a page: {why}"


def test_markup_is_a_page_whatever_its_ending(tmp_path):
    path = tmp_path / "x.json"
    path.write_text("<p>A fragment.", "utf-8")
    assert [page.media for page in read(path).values()] == ["html"]


def test_a_file_of_records_without_pages_is_given_up_soon(tmp_path):
    path = tmp_path / "x.jsonl"
    write_jsonl(path, [{"n": number} for number in range(1000)])
    (found,) = read(path).values()
    assert found.startswith("failed: no field that holds a page")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_of_csv_is_told(tmp_path, delimiter):
    path = tmp_path / "x.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerows([["html", "url"], [PAGE, "http://example.org/a,b"]])
    (page,) = read(path).values()
    assert (text_of(page), page.url) == (PAGE, "http://example.org/a,b")


def test_pages_in_csv_keep_their_bytes(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"id,html\n1,<p>Bl\xe5b\xe6r\n2,<p>Bl\xc3\xa5b\xc3\xa6r\n")
    assert [page.data for page in read(path).values()] == [
        b"<p>Bl\xe5b\xe6r",
        b"<p>Bl\xc3\xa5b\xc3\xa6r",
    ]


def test_rows_of_csv_with_too_many_cells_are_skipped_and_short_ones_are_not(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("html,url\n<p>a,b,c\n<p>d\n<p>e,http://example.org\n", "utf-8")
    assert [getattr(page, "data", page) for page in read(path).values()] == [
        "damaged record: 3 cells in 2 columns",
        b"<p>d",
        b"<p>e",
    ]


def test_a_quote_that_is_never_closed_does_not_fill_the_memory(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('html,url\n<p>a,b\n"<p>' + "line\n" * 100_000, "utf-8")
    found = list(read(path, largest=10_000).values())
    assert found[0].data == b"<p>a"
    assert found[1] == "failed: a cell of more than 9.766 KiB: not read on"


def test_the_limit_of_other_readers_of_csv_stays(tmp_path):
    before = csv.field_size_limit()
    path = tmp_path / "x.csv"
    write_csv(path, [{"html": PAGE, "n": "1"}, {"html": PAGE, "n": "2"}])
    for _ in open_items([str(path)]):
        assert csv.field_size_limit() == before


def test_a_text_with_commas_is_a_text(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("Text, with a comma\nand, more\n", "utf-8")
    (item,) = open_items([str(path)])
    assert item.load().media == "text"


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary(), pa.large_binary()])
def test_columns_of_parquet_are_text_or_bytes(tmp_path, kind):
    values = [PAGE.encode() if "binary" in str(kind) else PAGE, None]
    table = pa.table({"html": pa.array(values, kind), "n": [1, 2]})
    parquet.write_table(table, tmp_path / "x.parquet")
    first, second = read(tmp_path / "x.parquet").values()
    assert first.data == values[0]
    assert second == "the field 'html' is empty"


def test_a_damaged_group_of_rows_fails_and_the_next_is_read(tmp_path):
    path = tmp_path / "x.parquet"
    rows = [{"html": PAGE + os.urandom(500).hex(), "n": n} for n in range(6)]
    table = pa.Table.from_pylist(rows)
    parquet.write_table(
        table, path, row_group_size=2, use_dictionary=False, write_page_checksum=True
    )
    column = parquet.ParquetFile(path).metadata.row_group(1).column(0)
    end = column.data_page_offset + column.total_compressed_size
    data = bytearray(path.read_bytes())
    data[end - 80 : end - 40] = bytes(40)
    path.write_bytes(data)
    found = read(path)
    assert list(found) == ["000001", "000002", "rows-3-4", "000005", "000006"]
    assert found["rows-3-4"].startswith("failed: ")


def test_a_cut_parquet_file_fails(tmp_path):
    path = tmp_path / "x.parquet"
    write_parquet(path, [{"html": PAGE}])
    path.write_bytes(path.read_bytes()[:-20])
    assert next(iter(read(path).values())).startswith("failed: ")
