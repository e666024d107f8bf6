"""What a run of many pages writes, notes and says."""

import json
import re
import sqlite3
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cleaner.cli import application

PAGE = "<title>Title {0}</title><p>This is page number {0}, and it has a sentence or two. {1}</p>"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for number in range(6):
        Path(f"in/p{number}.html").write_text(PAGE.format(number, "Words follow."))
    return tmp_path


def call(*arguments):
    return CliRunner().invoke(application(), ["clean", *map(str, arguments)])


def noted(manifest, columns="name, status"):
    with closing(sqlite3.connect(manifest)) as database:
        return database.execute(f"SELECT {columns} FROM pages ORDER BY number").fetchall()


def test_every_page_is_in_one_row_with_what_became_of_it():
    Path("in/empty.html").write_text("<title>t</title>")
    Path("in/picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = call("in", "in/missing.html", "-o", "out")
    assert done.exit_code == 1
    rows = dict(noted("out/_manifest.sqlite"))
    assert rows == {
        **{f"p{number}.html": "cleaned" for number in range(6)},
        "empty.html": "empty",
        "picture.png": "skipped",
        "missing.html": "failed",
    }
    assert "1 without any text; 1 skipped; 1 failed" in done.stderr
    reasons = dict(noted("out/_manifest.sqlite", "name, reason"))
    assert reasons["missing.html"] == "No such file or directory"
    assert reasons["picture.png"]


def test_the_figures_of_a_page_are_noted():
    assert call("in", "-o", "out").exit_code == 0
    row = noted("out/_manifest.sqlite", "output, bytes_in, bytes_out, title, kept_share, seconds")[
        0
    ]
    size = Path("out/p0.txt").stat().st_size
    assert row[:4] == ("p0.txt", Path("in/p0.html").stat().st_size, size, "Title 0")
    assert 0 < row[4] <= 1
    assert row[5] > 0


def test_one_file_takes_all_pages_and_its_manifest_stands_beside_it():
    assert call("in", "-o", "new/all.jsonl", "--to", "text", "--to", "markdown").exit_code == 0
    lines = [json.loads(line) for line in Path("new/all.jsonl").read_text().splitlines()]
    assert [line["name"] for line in lines] == [f"p{number}.html" for number in range(6)]
    assert all(line["text"] and line["markdown"] for line in lines)
    assert noted("new/all.jsonl.manifest.sqlite", "output") == [("all.jsonl",)] * 6


def test_the_manifest_stands_where_it_is_told_to():
    assert call("in", "-o", "out", "--manifest", "in/m.sqlite").exit_code == 0
    assert call("in", "-o", "out", "--manifest", "in/m.sqlite").exit_code == 0
    assert len(noted("in/m.sqlite")) == 6
    assert not Path("out/_manifest.sqlite").exists()


@pytest.mark.parametrize("out", ["in/out", "in/out.jsonl", "in/out.csv"])
def test_results_among_the_pages_are_not_read_as_pages(out):
    for _ in range(2):
        assert call("in", "-o", out).exit_code == 0
        found = list(Path("in").rglob("*manifest.sqlite"))
        assert len(noted(found[0])) == 6


def test_one_page_leaves_no_manifest():
    assert call("in/p0.html", "-o", "p0.md").exit_code == 0
    assert sorted(path.name for path in Path().iterdir()) == ["in", "p0.md"]


def test_repeated_pages_are_marked_or_dropped():
    Path("in/q.html").write_bytes(Path("in/p3.html").read_bytes())
    assert call("in", "-o", "marked.jsonl", "--dedup", "exact").exit_code == 0
    last = json.loads(Path("marked.jsonl").read_text().splitlines()[-1])
    assert (last["name"], last["duplicate_of"]) == ("q.html", "p3.html")
    done = call("in", "-o", "dropped.jsonl", "--dedup", "exact", "--duplicates", "drop")
    assert len(Path("dropped.jsonl").read_text().splitlines()) == 6
    row = noted("dropped.jsonl.manifest.sqlite", "status, reason, duplicate_of, similarity")[-1]
    assert row == ("skipped", "repeats p3.html", "p3.html", 1.0)
    assert "1 repeat another" in done.stderr


def test_pages_that_are_nearly_alike_are_found():
    words = " ".join(f"word{number}" for number in range(300))
    Path("in/x.html").write_text(PAGE.format(7, words))
    Path("in/y.html").write_text(PAGE.format(8, words))
    assert call("in", "-o", "all.jsonl", "--dedup", "near").exit_code == 0
    assert noted("all.jsonl.manifest.sqlite", "duplicate_of")[-1] == ("x.html",)


def test_the_fields_of_a_table_can_be_named():
    lines = [{"body": PAGE.format(1, ""), "at": "https://example.org/a", "id": "x"}]
    Path("t.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    call("t.jsonl", "-o", "out.jsonl", "--html-field", "body", "--url-field", "at")
    (line,) = map(json.loads, Path("out.jsonl").read_text().splitlines())
    assert line["url"] == "https://example.org/a"
    assert "page number 1" in line["text"]


def test_pages_in_an_archive_mirror_it():
    with zipfile.ZipFile("pages.zip", "w") as archive:
        archive.writestr("a/b.html", PAGE.format(1, ""))
        archive.writestr("c.html", PAGE.format(2, ""))
    assert call("pages.zip", "-o", "out").exit_code == 0
    assert [name for name, _ in noted("out/_manifest.sqlite")] == [
        "pages.zip/a/b.html",
        "pages.zip/c.html",
    ]
    assert "page number 1" in Path("out/pages.zip/a/b.txt").read_text()


def test_a_log_in_json_tells_of_every_page_and_of_the_end():
    done = call("in", "in/none.html", "-o", "out", "--json-log")
    events = [json.loads(line) for line in done.stderr.splitlines()]
    pages = [event for event in events if event["event"] == "page"]
    assert [page["status"] for page in pages] == ["cleaned"] * 6 + ["failed"]
    assert events[-1]["event"] == "end"
    assert events[-1]["pages"]["failed"] == 1


def test_a_report_is_one_html_file():
    assert call("in", "-o", "out", "--report", "new/report.html").exit_code == 0
    page = Path("new/report.html").read_text()
    assert "<html" in page
    links = [link for link in re.findall(r'href="([^"#]+)"', page) if "://" not in link]
    assert links
    assert all((Path("new") / link).exists() for link in links)


def test_a_page_over_a_limit_fails_by_itself():
    Path("in/big.html").write_text("<p>word " * 1_000_000)
    done = call("in", "-o", "out", "--timeout", "1", "-j", "1")
    assert done.exit_code == 1
    assert "failed: in/big.html: took longer than 1 s" in done.stderr
    assert [status for _, status in noted("out/_manifest.sqlite")].count("cleaned") == 6


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited where RLIMIT_DATA is")
def test_a_page_over_its_memory_fails_by_itself():
    Path("in/big.txt").write_text("word " * 20_000_000)
    done = call("in", "-o", "out", "--memory", "80")
    assert done.exit_code == 1
    assert "failed: in/big.txt: needed more than 80 MiB of memory" in done.stderr
    assert [status for _, status in noted("out/_manifest.sqlite")].count("cleaned") == 6
