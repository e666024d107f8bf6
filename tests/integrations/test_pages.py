import pytest

pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
fsspec = pytest.importorskip("fsspec", reason="fsspec comes with the extras of engines")
pytest.importorskip("fastwarc", reason="the extra warc is not installed")
from cleaner.integrations.arrow import clean_batches  # noqa: E402
from cleaner.integrations.pages import page_batches, page_schema, pages_of  # noqa: E402

from .programs import TEXT, page, program, write_crawl  # noqa: E402


@pytest.fixture
def crawl(tmp_path):
    write_crawl(tmp_path)
    return tmp_path / "crawl" / "part-0.warc.gz"


def test_the_pages_of_a_crawl_are_rows_and_what_is_no_page_is_not(crawl):
    rows = list(pages_of(str(crawl)))
    assert [row["url"] for row in rows] == [f"https://a.example/0/{n}" for n in range(10)]
    assert rows[3]["html"] == page(3, "iso-8859-1")
    assert {row["charset"] for row in rows} == {"iso-8859-1"}
    assert {row["trouble"] for row in rows} == {None}


def test_a_file_at_an_address_gives_the_same_pages(crawl):
    fsspec.filesystem("memory").pipe("/crawl/part-0.warc.gz", crawl.read_bytes())
    there = [(row["url"], row["html"]) for row in pages_of("memory://crawl/part-0.warc.gz")]
    assert there == [(row["url"], row["html"]) for row in pages_of(str(crawl))]


def test_batches_have_the_size_asked_for_and_one_schema(crawl):
    batches = list(page_batches([str(crawl)], rows=4))
    assert [len(batch) for batch in batches] == [4, 4, 2]
    assert {batch.schema for batch in batches} == {page_schema()}
    texts = [text for made in clean_batches(batches) for text in made["text"].to_pylist()]
    assert len(texts) == 10
    assert all(text.startswith(TEXT) for text in texts)


def test_a_file_that_is_not_there_or_damaged_is_a_row_with_its_trouble(crawl, tmp_path):
    (row,) = pages_of(str(tmp_path / "none.warc.gz"))
    assert row["html"] is None
    assert "none.warc.gz" in row["trouble"]
    damaged = tmp_path / "half.warc.gz"
    damaged.write_bytes(crawl.read_bytes()[: crawl.stat().st_size // 2])
    rows = list(pages_of(str(damaged)))
    assert 0 < len([row for row in rows if row["html"]]) < 10


def test_plain_text_is_passed_over_and_text_of_pages_is_utf8(tmp_path):
    (tmp_path / "a.txt").write_text("A line.\n")
    assert list(pages_of(str(tmp_path / "a.txt"))) == []
    (tmp_path / "a.jsonl").write_text('{"url": "https://a.example/", "html": "<p>Blåbær.</p>"}\n')
    (row,) = pages_of(str(tmp_path / "a.jsonl"))
    assert (row["html"].decode(), row["charset"]) == ("<p>Blåbær.</p>", "utf-8")


def test_the_program_that_measures_counts_pages(crawl, monkeypatch, capsys):
    monkeypatch.chdir(crawl.parent)
    crawl.rename(crawl.with_name("crawl.warc.gz"))
    exec(compile(program("measure.py"), "measure.py", "exec"), {})
    assert "pages a second and core" in capsys.readouterr().out
