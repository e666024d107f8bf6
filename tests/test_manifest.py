import sqlite3
from contextlib import closing

import pytest

from cleaner.manifest import STATUSES, Manifest, ManifestError, Row


@pytest.fixture
def path(tmp_path):
    return tmp_path / "new" / "run.sqlite"


def read(path, query):
    with closing(sqlite3.connect(path)) as database:
        return database.execute(query).fetchall()


def test_what_was_noted_counts_from_the_checkpoint_on(path):
    manifest = Manifest(path)
    manifest.begin({"favor": "balance"})
    manifest.add(Row(0, "a", "a"))
    manifest.checkpoint(1, "there", "a")
    manifest.add(Row(1, "b", "b"))
    assert read(path, "SELECT name FROM pages") == [("a",)]
    manifest.close()
    with closing(Manifest(path)) as again:
        state = again.state()
        assert (state.state, state.done, state.token, state.last) == ("running", 1, "there", "a")
        assert state.settings == {"favor": "balance"}
        again.add(Row(1, "b", "b"))
        again.checkpoint(2, "further", "b")
    assert read(path, "SELECT number, name FROM pages") == [(0, "a"), (1, "b")]


def test_every_field_of_a_row_is_a_column(path):
    row = Row(
        number=0, name="a", label="in/a", url="https://example.org", output="a.txt",
        status="failed", reason="why", bytes_in=1, bytes_out=2, words_kept=3, words_removed=4,
        kept_share=0.5, markers=6, language="no", page_type="article", confidence=0.7, title="T",
        duplicate_of="b", similarity=0.8, seconds=0.9, warnings="w", blocks_kept=10,
        blocks_removed=11,
    )  # fmt: skip
    with closing(Manifest(path)) as manifest:
        manifest.begin({})
        manifest.add(row)
        assert list(manifest.rows(9)) == [row]


def test_a_page_is_noted_once():
    manifest = Manifest(None)
    manifest.begin({})
    manifest.add(Row(0, "a", "a"))
    with pytest.raises(sqlite3.IntegrityError):
        manifest.add(Row(0, "a", "a"))


def test_totals_are_sums_over_all_pages():
    manifest = Manifest(None)
    manifest.begin({})
    for number, status in enumerate([*STATUSES, "cleaned"]):
        manifest.add(Row(number, str(number), "x", status=status, words_kept=10, markers=1))
    totals = manifest.totals()
    assert totals.pages == {"cleaned": 2, "empty": 1, "skipped": 1, "failed": 1}
    assert (totals.words_kept, totals.markers, totals.duplicates) == (50, 5, 0)


def test_beginning_anew_forgets_all_that_was_there(path):
    for _ in range(2):
        with closing(Manifest(path)) as manifest:
            manifest.begin({})
            assert manifest.totals().pages == dict.fromkeys(STATUSES, 0)
            manifest.add(Row(0, "a", "a"))
            manifest.connection.execute("CREATE TABLE IF NOT EXISTS other (value)")
            manifest.connection.execute("INSERT INTO other VALUES (1)")
            assert manifest.connection.execute("SELECT count(*) FROM other").fetchone() == (1,)
            manifest.checkpoint(1, "t", "a")
            manifest.turn("done")


def test_two_runs_cannot_have_one_manifest(path):
    with closing(Manifest(path)), pytest.raises(ManifestError, match="another run writes there"):
        Manifest(path)
    Manifest(path).close()


@pytest.mark.parametrize("content", [b"some text, no database at all", b"\0" * 5000])
def test_another_file_is_no_manifest_and_is_left_as_it_is(tmp_path, content):
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(ManifestError, match="no manifest"):
        Manifest(path)
    assert path.read_bytes() == content


def test_another_database_is_no_manifest(tmp_path):
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE recipes (name)")
    with pytest.raises(ManifestError, match="no manifest"):
        Manifest(path)
    assert read(path, "SELECT name FROM sqlite_master") == [("recipes",)]


def test_a_place_where_nothing_can_be_written_is_an_error_of_the_system(tmp_path):
    with pytest.raises(OSError):  # noqa: PT011 - the wording is that of the system
        Manifest(tmp_path)


def test_names_that_are_no_unicode_are_noted():
    manifest = Manifest(None)
    manifest.begin({})
    manifest.add(Row(0, "a\udcff", "a\udcff"))
    manifest.checkpoint(1, "t", "a\udcff")
    assert manifest.state().last == "a\\udcff"
