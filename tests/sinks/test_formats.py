"""What each sink writes is what its readers read."""

import csv
import gzip
import io
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from cleaner.sinks import Record, SinkError, kind_of, open_sink
from cleaner.sinks.rows import columns

PAGES = 12


def plain(text="", **more):
    return Record("a.html", "a.html", None, {"text": text}, **more)


def test_json_lines_hold_a_page_a_line_with_its_keys_in_order(made, tmp_path):
    lines = made.file(tmp_path / "out.jsonl").read_bytes().decode().splitlines()
    assert [json.loads(line) for line in lines] == [made.values(number) for number in range(PAGES)]
    assert {tuple(json.loads(line)) for line in lines} == {columns(made.FORMS)}


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv"])
def test_compressed_files_hold_what_plain_ones_do(made, tmp_path, name):
    zstandard = pytest.importorskip("zstandard")
    data = made.file(tmp_path / name).read_bytes()
    assert gzip.decompress(made.file(tmp_path / f"{name}.gz").read_bytes()) == data
    packed = io.BytesIO(made.file(tmp_path / f"{name}.zst").read_bytes())
    reader = zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True)
    assert reader.read() == data


@pytest.mark.skipif(not shutil.which("gzip"), reason="there is no gzip here")
@pytest.mark.parametrize("pages", [0, PAGES])
def test_gzip_itself_finds_no_fault(made, tmp_path, pages):
    target = made.file(tmp_path / "out.jsonl.gz", pages)
    subprocess.run(["gzip", "-t", str(target)], check=True)


def test_csv_comes_back_with_its_line_ends_and_nuls(made, tmp_path):
    with made.file(tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows):
        values = made.values(number)
        assert row["warnings"] == "\n".join(values.pop("warnings"))
        assert float(row.pop("confidence")) == values.pop("confidence")
        assert float(row.pop("kept_share")) == values.pop("kept_share")
        assert {name: row[name] or None for name in values} == values
    assert len(rows) == PAGES


def test_csv_of_no_pages_is_its_header(made, tmp_path):
    data = made.file(tmp_path / "out.csv", 0).read_bytes()
    assert data == ",".join(columns(made.FORMS)).encode() + b"\r\n"


def test_parquet_has_the_documented_schema_and_every_page(made, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    target = made.file(tmp_path / "out.parquet")
    schema = parquet.read_schema(target)
    types = {field.name: str(field.type) for field in schema}
    assert types.pop("confidence") == types.pop("kept_share") == "double"
    assert types.pop("warnings") in {"list<item: string>", "list<element: string>"}
    assert set(types.values()) == {"string"}
    assert tuple(schema.names) == columns(made.FORMS)
    never_null = {field.name for field in schema if not field.nullable}
    assert never_null == {"name", "confidence", "kept_share", "warnings", *made.FORMS}
    assert parquet.read_table(target).to_pylist() == [made.values(n) for n in range(PAGES)]


def test_parquet_has_row_groups_of_bounded_size(made, tmp_path, monkeypatch):
    parquet = pytest.importorskip("pyarrow.parquet")
    from cleaner.sinks import parquet as sink

    monkeypatch.setattr(sink, "_GROUP_ROWS", 5)
    metadata = parquet.read_metadata(made.file(tmp_path / "rows.parquet"))
    assert [metadata.row_group(at).num_rows for at in range(metadata.num_row_groups)] == [5, 5, 2]
    monkeypatch.setattr(sink, "_GROUP_BYTES", 1)
    metadata = parquet.read_metadata(made.file(tmp_path / "bytes.parquet"))
    assert metadata.num_row_groups == PAGES


def test_parquet_of_no_pages_has_its_schema(made, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(made.file(tmp_path / "out.parquet", 0))
    assert table.num_rows == 0
    assert tuple(table.column_names) == columns(made.FORMS)


def wanted_records(made):
    """Return what a WARC file should hold: type, address, media type, body."""
    types = {"text": "text/plain; charset=utf-8", "markdown": "text/markdown; charset=utf-8"}
    for number in range(PAGES):
        values = made.values(number)
        name = values["name"].replace(" ", "%20")
        address = f"https://example.org/%C3%B8?page={number}#part%20one"
        for form in made.FORMS:
            yield (
                "conversion",
                address if values["url"] else f"file:///{name}",
                types[form],
                values[form].encode(),
            )


@pytest.mark.parametrize("name", ["out.warc", "out.warc.gz"])
def test_warcio_reads_the_records(made, tmp_path, name):
    archives = pytest.importorskip("warcio.archiveiterator")
    found = []
    ids = set()
    with made.file(tmp_path / name).open("rb") as file:
        for record in archives.ArchiveIterator(file, check_digests="raise"):
            head = record.rec_headers
            ids.add(head.get_header("WARC-Record-ID"))
            assert head.get_header("WARC-Date") == "1970-01-01T00:00:00Z"
            found.append(
                (
                    record.rec_type,
                    head.get_header("WARC-Target-URI"),
                    head.get_header("Content-Type"),
                    record.content_stream().read(),
                )
            )
    assert found[0][0] == "warcinfo"
    assert found[1:] == list(wanted_records(made))
    assert len(ids) == len(found)


@pytest.mark.parametrize("name", ["out.warc", "out.warc.gz"])
def test_fastwarc_reads_the_records(made, tmp_path, name):
    warc = pytest.importorskip("fastwarc.warc")
    found = []
    with made.file(tmp_path / name).open("rb") as file:
        for record in warc.ArchiveIterator(file, parse_http=False):
            assert record.verify_block_digest()
            head = record.headers
            found.append(
                (
                    head.get("WARC-Type"),
                    head.get("WARC-Target-URI"),
                    head.get("Content-Type"),
                    record.reader.read(),
                )
            )
    assert found[0][0] == "warcinfo"
    assert found[1:] == list(wanted_records(made))


def test_a_packed_warc_is_a_gzip_member_a_record(made, tmp_path):
    data = made.file(tmp_path / "out.warc.gz").read_bytes()
    assert data.count(b"\x1f\x8b\x08\0\0\0\0\0") == 1 + PAGES * len(made.FORMS)
    whole = made.file(tmp_path / "out.warc").read_bytes()
    assert gzip.decompress(data) == whole


def test_a_warc_record_has_the_day_its_page_was_fetched(tmp_path):
    pytest.importorskip("fastwarc")
    sink = open_sink(tmp_path / "out.warc", ["text"])
    sink.write(plain("words", captured="2024-05-17T10:00:00Z"))
    sink.close()
    assert b"WARC-Date: 2024-05-17T10:00:00Z\r\n" in (tmp_path / "out.warc").read_bytes()


def test_no_address_can_break_a_warc_header(tmp_path):
    pytest.importorskip("fastwarc")
    sink = open_sink(tmp_path / "out.warc", ["text"])
    sink.write(Record("a", "a", "https://a.example/\r\nWARC-Type: response", {"text": "b"}))
    sink.close()
    assert b"\r\nWARC-Type: response" not in (tmp_path / "out.warc").read_bytes()


def test_a_database_holds_every_page_and_finds_words(made, tmp_path):
    target = made.file(tmp_path / "out.sqlite")
    with closing(sqlite3.connect(target)) as database:
        database.row_factory = sqlite3.Row
        rows = [dict(row) for row in database.execute("SELECT * FROM documents ORDER BY id")]
        found = database.execute(
            "SELECT name FROM documents_fts JOIN documents ON id = documents_fts.rowid "
            "WHERE documents_fts MATCH ? ORDER BY rank",
            ('text: "page 7"',),
        ).fetchall()
        database.execute("INSERT INTO documents_fts (documents_fts) VALUES ('integrity-check')")
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert [row.pop("id") for row in rows] == list(range(1, PAGES + 1))
    for row in rows:
        row["warnings"] = json.loads(row["warnings"])
    assert rows == [made.values(number) for number in range(PAGES)]
    assert [row["name"] for row in found] == [made.record(7).name]


def test_the_query_of_the_documentation_finds_pages(tmp_path):
    docs = (Path(__file__).parents[2] / "docs/sinks.md").read_text("utf-8")
    queries = [block.split("```")[0] for block in docs.split("```sql\n")[1:]]
    (query,) = [query for query in queries if "MATCH" in query]
    sink = open_sink(tmp_path / "out.sqlite", ["text"])
    sink.write(plain("The sea rises twice a day.", title="Low water"))
    sink.write(plain("Nothing of the kind.", title="Clocks"))
    sink.close()
    with closing(sqlite3.connect(tmp_path / "out.sqlite")) as database:
        assert database.execute(query).fetchall() == [
            ("a.html", "Low water", "The sea [rises twice] a day.")
        ]


def test_a_database_searches_the_first_form_where_there_is_no_text(made, tmp_path):
    target = made.file(tmp_path / "out.db", forms=("markdown",))
    query = "SELECT count(*) FROM documents_fts WHERE documents_fts MATCH 'markdown: comma'"
    with closing(sqlite3.connect(target)) as database:
        assert database.execute(query).fetchone() == (PAGES,)


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.parquet", "out.sqlite"])
def test_a_form_with_the_name_of_a_column_is_refused(tmp_path, name):
    with pytest.raises(SinkError, match="only once"):
        open_sink(tmp_path / name, ["text", "title"])
    assert not list(tmp_path.iterdir())


def test_no_form_at_all_is_refused(tmp_path):
    with pytest.raises(SinkError, match="no form"):
        open_sink(tmp_path / "out.jsonl", [])


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [
        ("out.parquet", "pyarrow.parquet", "parquet"),
        ("out.jsonl.zst", "zstandard", "zstd"),
        ("out.warc", "fastwarc", "warc"),
    ],
)
def test_a_missing_package_is_named_before_anything_is_written(
    tmp_path, monkeypatch, name, module, extra
):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(SinkError, match=rf"pip install 'page-cleaner\[{extra}\]'"):
        open_sink(tmp_path / name, ["text"])
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["out.jsonl", "out.parquet", "out.sqlite", "out"])
def test_a_place_that_cannot_be_written_is_an_error_before_any_work(tmp_path, name):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OSError, match="file"):
        open_sink(tmp_path / "file" / name, ["text"])


@pytest.mark.parametrize("name", ["a/b/out.jsonl", "a/b/out"])
def test_missing_folders_are_made(made, tmp_path, name):
    assert made.file(tmp_path / name).exists()


def test_a_folder_that_is_called_like_a_file_is_a_folder(made, tmp_path):
    (tmp_path / "out.jsonl").mkdir()
    assert kind_of(tmp_path / "out.jsonl") is None
    assert made.file(tmp_path / "out.jsonl").is_dir()
    assert (tmp_path / "out.jsonl/part 0/Page0.txt").exists()


def test_a_folder_holds_a_file_for_each_form_of_each_page(made, tmp_path):
    target = made.file(tmp_path / "out")
    files = made.snapshot(target)
    assert len(files) == PAGES * len(made.FORMS)
    text = made.record(3).forms["text"].encode("utf-8", "replace")
    assert files["part 0/Page1.txt"] == text
    assert files["part 0/Page1.md"] == b"# 3\n\n" + text


def test_a_third_party_adds_a_sink_by_an_entry_point(tmp_path, monkeypatch):
    folder = tmp_path / "third_party-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: third-party\nVersion: 1.0\n")
    (folder / "entry_points.txt").write_text("[cleaner.sinks]\nlist.txt = third_party_sink\n")
    (tmp_path / "third_party_sink.py").write_text(
        "from cleaner.sinks.onefile import Format, OneFile\n"
        "def make(target, forms, *, resume):\n"
        "    return OneFile(target, Format(lambda page: page.name.encode()), resume=resume)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    sink = open_sink(tmp_path / "Out.List.TXT", ["text"])
    sink.write(plain())
    sink.close()
    assert (tmp_path / "Out.List.TXT").read_bytes() == b"a.html"
