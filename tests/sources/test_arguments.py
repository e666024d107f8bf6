import os
import pickle
import sys
import threading

import pytest

from cleaner.document import CleanerError
from cleaner.sources import open_items
from cleaner.sources.page import read
from tests.sources.support import pipe

PAGE = "<!doctype html><title>t</title><p>A sentence.</p>"


@pytest.fixture
def tree(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.html", "b/c.htm", "b/d.txt", "b/picture.png", "b/.hidden.html", ".git/e.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE if "htm" in name else "text", "utf-8")
    (tmp_path / "b/story").write_text(PAGE, "utf-8")
    return tmp_path


@pytest.fixture
def standard_input(monkeypatch):
    def given(data):
        monkeypatch.setattr(sys, "stdin", pipe(data))

    return given


def names(*arguments, **options):
    return [item.name for item in open_items(arguments, **options) if not item.skip]


def test_a_folder_gives_its_pages_at_any_depth_in_order(tree):
    assert names(".") == ["a.html", "b/c.htm", "b/d.txt", "b/story"]
    assert names(str(tree)) == names(".")


def test_files_that_are_no_pages_are_told_and_hidden_ones_are_not(tree):
    (item,) = [item for item in open_items(["."]) if item.skip]
    assert (item.name, item.skip) == ("b/picture.png", "not a page")


def test_a_file_that_is_named_is_taken_whatever_it_is_called(tree):
    assert names("b/picture.png") == ["picture.png"]


def test_names_begin_at_the_folder_that_all_arguments_share(tree):
    assert names("a.html", "b/c.htm") == ["a.html", "b/c.htm"]
    assert names("b/c.htm", "b/d.txt") == ["c.htm", "d.txt"]


def test_a_glob_gives_what_it_matches_below_its_fixed_part(tree):
    assert names("b/*.htm") == ["c.htm"]
    assert names("**/*.htm*") == ["a.html", "b/c.htm"]


def test_a_file_whose_name_looks_like_a_glob_is_that_file(tree):
    (tree / "[1].html").write_text(PAGE, "utf-8")
    assert names("[1].html") == ["[1].html"]


def test_a_page_named_twice_comes_once(tree):
    assert names("a.html", ".", "*.html") == names(".")


def test_items_come_in_the_order_of_the_arguments(tree, standard_input):
    standard_input(PAGE.encode())
    given = names("b/d.txt", "https://example.org/x/?q=1", "-", "a.html")
    assert given == ["b/d.txt", "example.org/x/index-02f5e6e3", "stdin", "a.html"]


@pytest.mark.parametrize("argument", ["", "a\0b.html", "@", "x" * 5000, "http://[", "@\0", "*\0"])
def test_arguments_that_can_be_nothing_fail(tree, argument):
    (item,) = open_items([argument])
    with pytest.raises((OSError, CleanerError)):
        item.load()


@pytest.mark.parametrize("argument", ["-", "@-"])
def test_without_a_standard_input_it_fails(argument, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", None)
    (item,) = open_items([argument])
    with pytest.raises((OSError, CleanerError)):
        item.load()


@pytest.mark.parametrize("argument", ["missing.html", "missing/*.html", "@missing.txt"])
def test_what_is_missing_fails_when_its_turn_comes(tree, argument):
    (item,) = open_items([argument])
    assert item.label == argument
    with pytest.raises(FileNotFoundError):
        item.load()


def test_a_broken_link_in_a_folder_is_not_lost_in_silence(tree):
    (tree / "b/gone.html").symlink_to("nowhere.html")
    (item,) = [item for item in open_items(["b"]) if item.name == "gone.html"]
    with pytest.raises(FileNotFoundError):
        item.load()


def test_a_link_to_itself_in_a_folder_fails_alone(tree):
    (tree / "b/self.html").symlink_to("self.html")
    assert names("b") == ["c.htm", "d.txt", "self.html", "story"]
    (item,) = [item for item in open_items(["b"]) if item.name == "self.html"]
    with pytest.raises(OSError, match="Too many levels of symbolic links"):
        item.load()


def test_a_folder_that_may_not_be_read_is_not_lost_in_silence(tree, monkeypatch):
    scan = os.scandir

    def shut(folder):
        if os.path.basename(folder) == "b":
            raise PermissionError(13, "Permission denied", folder)
        return scan(folder)

    monkeypatch.setattr(os, "scandir", shut)
    item = list(open_items(["."]))[-1]
    assert (item.name, item.label) == ("b", os.path.join(".", "b"))
    with pytest.raises(PermissionError):
        item.load()


def test_a_named_pipe_in_a_folder_is_left_alone(tree):
    os.mkfifo(tree / "b/pipe.html")
    assert "pipe.html" not in [item.name for item in open_items(["b"])]


def test_a_named_pipe_that_is_named_is_read_as_a_stream(tree):
    os.mkfifo(tree / "pipe")

    def write():
        with open(tree / "pipe", "wb") as file:
            file.write(PAGE.encode())

    writer = threading.Thread(target=write)
    writer.start()
    (item,) = open_items(["pipe"])
    writer.join()
    assert (item.load().data, item.load().media) == (PAGE.encode(), "html")


def test_links_to_folders_are_not_followed(tree):
    (tree / "b/up").symlink_to("..", target_is_directory=True)
    assert names(".") == ["a.html", "b/c.htm", "b/d.txt", "b/story"]


def test_results_and_their_manifest_are_left_out(tree):
    assert names(".", leave_out="b") == ["a.html"]
    for name in ("b/out.html", "b/out.html.manifest.sqlite", "b/out.html.manifest.sqlite-wal"):
        (tree / name).write_text(PAGE, "utf-8")
    assert names("b", leave_out="b/out.html") == ["c.htm", "d.txt", "story"]


def test_a_name_that_is_not_utf8_is_read_like_any_other(tree):
    raw = os.path.join(os.fsencode(tree), b"b\xe9.html")
    with open(raw, "wb") as file:
        file.write(PAGE.encode())
    (item,) = [item for item in open_items([str(tree)]) if item.name == os.fsdecode(b"b\xe9.html")]
    assert item.load().data == PAGE.encode()


def test_a_plain_file_is_read_only_when_it_is_loaded(tree):
    items = list(open_items(["a.html"]))
    (tree / "a.html").write_text("<p>changed", "utf-8")
    (item,) = pickle.loads(pickle.dumps(items))
    assert item.load().data == b"<p>changed"


def test_a_file_that_changes_after_it_was_found_is_read_as_it_is_then(tree):
    items = list(open_items(["a.html", "b/c.htm"]))
    (tree / "a.html").unlink()
    with open(tree / "b/c.htm", "r+b") as file:
        file.truncate(10)
    with pytest.raises(FileNotFoundError):
        items[0].load()
    assert items[1].load().data == PAGE.encode()[:10]


def test_a_folder_of_more_files_than_are_sorted_in_memory_is_in_order(tmp_path, monkeypatch):
    monkeypatch.setattr("cleaner.sources.names._MANY", 10)
    for number in range(100):
        (tmp_path / f"{number:02}.html").write_text(PAGE, "utf-8")
    assert names(str(tmp_path)) == [f"{number:02}.html" for number in range(100)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\0"])
def test_a_list_names_files_folders_and_addresses(tree, end):
    listed = ["./b/d.txt", "a.html", "b", "http://example.org/", "missing.html"]
    (tree / "list").write_bytes((end.join(listed) + end).encode())
    assert names("@list") == [
        "b/d.txt",
        "a.html",
        "b/c.htm",
        "b/story",
        "example.org/index",
        "missing.html",
    ]


def test_a_list_comes_from_standard_input(tree, standard_input):
    standard_input(b"b/c.htm\n" * 20_000 + os.fsencode(tree / "a.html"))
    assert names("@-") == ["b/c.htm", (tree / "a.html").as_posix().lstrip("/")]


def test_listed_files_are_named_by_their_paths_and_nothing_leads_out(tree):
    (tree / "list").write_text("../../x.html\n/etc/y.html\n*.html\n", "utf-8")
    assert names("@list") == ["x.html", "etc/y.html", "*.html"]


def test_a_file_whose_name_begins_like_a_list_is_that_file(tree):
    (tree / "@a.html").write_text(PAGE, "utf-8")
    assert names("@a.html") == ["@a.html"]


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("a.html", b"no tag at all", "html"),
        ("a.txt", b"An ordinary <b>text</b>.", "text"),
        ("a.txt", b"\xef\xbb\xbf \n<!DOCTYPE html><p>A page", "html"),
        ("a.txt", "\ufeff<html><p>A page".encode("utf-16-le"), "html"),
        ("a.MD", b"# Notes", "text"),
        ("a", b"", "html"),
    ],
)
def test_a_text_file_is_told_by_its_ending_unless_it_holds_a_page(tmp_path, name, content, media):
    path = tmp_path / name
    path.write_bytes(content)
    page = read(str(path))
    assert (page.data, page.media) == (content, media)
    (item,) = open_items([str(path)])
    assert item.load() == page


@pytest.mark.parametrize(
    ("given", "media"),
    [(b"a line\nannonse\n", "text"), (b"<p>a page", "html"), (b"1 < 2 and 3 > 2", "text")],
)
def test_standard_input_is_a_page_if_it_holds_a_tag(given, media, standard_input):
    standard_input(given)
    (item,) = open_items(["-"])
    assert (item.name, item.label) == ("stdin", "-")
    assert (item.load().data, item.load().media) == (given, media)
