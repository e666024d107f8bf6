"""A run that ends at any moment goes on, and its results are those of a run that did not."""

import os
import sqlite3
import warnings
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cleaner.cli import application
from cleaner.cli._target import Target
from cleaner.manifest import Manifest

KINDS = ["out/", "out.jsonl.gz", "out.parquet", "out.warc.gz", "out.db"]
PAGES = 4  # few enough to be cleaned in the process that is ended


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for number in range(PAGES):
        path = Path(f"in/{number % 2}/p{number}.html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<title>T{number}</title><p>This is page {number}, and it says so.</p>")
    return tmp_path


def call(*arguments):
    return CliRunner().invoke(application(), ["clean", "in", *map(str, arguments)])


def results():
    """Return the bytes of all that a run leaves but for the manifest."""
    return {
        path.as_posix(): path.read_bytes()
        for path in Path().rglob("*")
        if path.is_file() and path.parts[0] != "in" and "manifest.sqlite" not in path.name
    }


def pages(manifest):
    with closing(sqlite3.connect(manifest)) as database:
        return database.execute("SELECT number, name, status FROM pages ORDER BY number").fetchall()


def dies(monkeypatch, owner, method, when, nth):
    """Make the process end, without a chance to tidy up, around the n-th call of a method."""
    real = getattr(owner, method)
    calls = []

    def fatal(self, *arguments):
        calls.append(1)
        if when == "before" and len(calls) == nth:
            os._exit(77)
        result = real(self, *arguments)
        if when == "after" and len(calls) == nth:
            os._exit(77)
        return result

    monkeypatch.setattr(owner, method, fatal)


def in_child(prepare, *arguments):
    """Run the command in a copy of this process; return its exit code."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # no other thread is at work
        child = os.fork()
    if not child:
        try:
            prepare()
            os._exit(call(*arguments).exit_code)
        finally:
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Fatal:
    """Wraps a sink, so that its methods can be made to end the process whatever its kind."""

    def __init__(self, sink):
        self.sink = sink

    def write(self, record):
        return self.sink.write(record)

    def checkpoint(self):
        return self.sink.checkpoint()

    def close(self):
        return self.sink.close()

    def abandon(self):
        return self.sink.abandon()


MOMENTS = [
    (Fatal, "write", 1),
    (Fatal, "write", 3),
    (Fatal, "checkpoint", 1),
    (Fatal, "checkpoint", 2),
    (Fatal, "close", 1),
    (Manifest, "begin", 1),
    (Manifest, "add", 3),
    (Manifest, "checkpoint", 1),
    (Manifest, "checkpoint", 2),
    (Manifest, "checkpoint", 3),
    (Manifest, "turn", 1),
    (Manifest, "turn", 2),
]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is copied")
@pytest.mark.parametrize("out", KINDS)
def test_whenever_a_run_dies_the_next_ends_with_the_same_bytes(out, monkeypatch):
    arguments = ["-o", out, "--checkpoint", "2", "--dedup", "exact", "-q"]
    assert call(*arguments).exit_code == 0
    wanted, noted = results(), pages(next(Path().rglob("*manifest.sqlite")))
    assert wanted
    real_open = Target.open
    for owner, method, nth in MOMENTS:
        for when in ("before", "after"):

            def prepare(owner=owner, method=method, when=when, nth=nth):
                monkeypatch.setattr(Target, "open", lambda *given: Fatal(real_open(*given)))
                dies(monkeypatch, owner, method, when, nth)

            assert in_child(prepare, *arguments) == 77, (method, when, nth)
            done = call(*arguments)
            assert done.exit_code == 0, (method, when, nth, done.output)
            assert results() == wanted, (method, when, nth)
            assert pages(next(Path().rglob("*manifest.sqlite"))) == noted


@pytest.fixture
def stopped(monkeypatch):
    """Leave a run behind that died after two pages."""
    arguments = ["-o", "out.jsonl", "--checkpoint", "2", "-q"]
    prepare = lambda: dies(monkeypatch, Manifest, "add", "before", 4)  # noqa: E731
    assert in_child(prepare, *arguments) == 77
    assert not Path("out.jsonl").exists()
    return arguments


def test_a_run_that_goes_on_says_so_and_does_not_clean_again(stopped):
    Path("in/0/p0.html").write_text("<p>Changed after it was cleaned.</p>")
    done = call(*stopped[:-1])
    assert "going on after 2 pages" in done.stderr
    assert "Changed" not in Path("out.jsonl").read_text()


def test_fresh_begins_anew(stopped):
    Path("in/0/p0.html").write_text("<p>Changed after it was cleaned, truly changed.</p>")
    assert call(*stopped, "--fresh").exit_code == 0
    assert "Changed" in Path("out.jsonl").read_text()


def test_a_run_that_ended_is_begun_anew():
    for word in ("First", "Second"):
        Path("in/0/p0.html").write_text(f"<p>{word} words of this page, to be read by all.</p>")
        assert call("-o", "out.jsonl").exit_code == 0
        assert word in Path("out.jsonl").read_text()
    assert len(pages("out.jsonl.manifest.sqlite")) == PAGES


def test_other_settings_do_not_go_on_and_are_named(stopped):
    done = call(*stopped, "--favor", "recall", "--to", "markdown")
    assert done.exit_code == 2
    assert "another to, favor;" in done.stderr
    assert "--fresh" in done.stderr


def test_rules_that_have_changed_do_not_go_on():
    Path("r.toml").write_text('["*"]\nkeep = ["p"]\n')
    arguments = ["-o", "out.jsonl", "--checkpoint", "2", "--rules", "r.toml"]
    with pytest.MonkeyPatch.context() as monkeypatch:
        prepare = lambda: dies(monkeypatch, Manifest, "add", "before", 4)  # noqa: E731
        assert in_child(prepare, *arguments) == 77
    Path("r.toml").write_text('["*"]\ndrop = ["p"]\n')
    assert "another rules;" in call(*arguments).stderr


def test_how_fast_and_how_loud_a_run_is_may_change(stopped):
    assert call(*stopped, "-j", "1", "--timeout", "9", "--table").exit_code == 0


def test_other_pages_do_not_go_on(stopped):
    Path("in/0/p1.html").write_text("<p>Between the others.</p>")
    done = call(*stopped)
    assert done.exit_code == 2
    assert "the pages are not those of the run that was stopped: add --fresh" in done.stderr


def test_fewer_pages_do_not_go_on(stopped):
    for path in Path("in").rglob("*.html"):
        if path.name != "p0.html":
            path.unlink()
    assert "not those of the run" in call(*stopped).stderr


def test_a_changed_draft_does_not_go_on(stopped):
    Path(".out.jsonl.part").write_bytes(b"something else")
    done = call(*stopped)
    assert done.exit_code == 2
    assert "--fresh" in done.stderr


def test_two_runs_do_not_write_to_one_place():
    assert call("-o", "out.jsonl").exit_code == 0
    with closing(Manifest(Path("out.jsonl.manifest.sqlite"))):
        done = call("-o", "out.jsonl")
    assert done.exit_code == 2
    assert "another run writes there" in done.stderr


def test_a_disk_that_fills_up_stops_the_run_and_it_goes_on_later(monkeypatch):
    arguments = ["-o", "out.jsonl", "--checkpoint", "1"]
    assert call(*arguments).exit_code == 0
    wanted = results()
    from cleaner.sinks.draft import Draft

    real = Draft.sync
    calls = []

    def full(self):
        calls.append(1)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        return real(self)

    monkeypatch.setattr(Draft, "sync", full)
    done = call(*arguments)
    assert done.exit_code == 1
    assert "No space left on device; 2 pages are done" in done.stderr
    monkeypatch.setattr(Draft, "sync", real)
    assert call(*arguments).exit_code == 0
    assert results() == wanted


def test_a_disk_that_is_full_before_the_first_page_is_told_as_later(monkeypatch):
    def full(*_):
        raise OSError("database or disk is full")

    monkeypatch.setattr("cleaner.manifest.Manifest.begin", full)
    done = call("-o", "out")
    start = "the same command starts again with the first page"
    assert (done.exit_code, done.stderr) == (
        1,
        f"cleaner: stopped: database or disk is full; {start}\n",
    )
