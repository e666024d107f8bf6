import os

import pytest

from cleaner.sources.files import find, read, standard_input

PAGE = "<!doctype html><title>t</title><p>A sentence.</p>"


@pytest.fixture
def tree(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.html", "b/c.htm", "b/d.txt", "b/picture.png", "b/.hidden.html", ".git/e.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE if "htm" in name else "text", "utf-8")
    (tmp_path / "b/story").write_text(PAGE, "utf-8")
    return tmp_path


def names(*arguments, **options):
    return [item.name for item in find(arguments, **options).items]


def test_a_folder_gives_its_pages_at_any_depth_in_order(tree):
    assert names(".") == ["a.html", "b/c.htm", "b/d.txt", "b/story"]
    assert names(str(tree)) == names(".")


def test_files_that_are_no_pages_are_counted_and_hidden_ones_are_not(tree):
    assert find(["."]).skipped == 1


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


@pytest.mark.parametrize("argument", ["missing.html", "missing/*.html"])
def test_what_is_missing_fails_when_its_turn_comes(tree, argument):
    (item,) = find([argument]).items
    assert item.label == argument
    with pytest.raises(FileNotFoundError):
        item.load()


def test_a_broken_link_in_a_folder_is_not_lost_in_silence(tree):
    (tree / "b/gone.html").symlink_to("nowhere.html")
    (item,) = [item for item in find(["b"]).items if item.name == "gone.html"]
    with pytest.raises(FileNotFoundError):
        item.load()


def test_a_folder_that_may_not_be_read_is_not_lost_in_silence(tree, monkeypatch):
    walk = os.walk

    def shut(top, onerror):
        onerror(PermissionError(13, "Permission denied", os.path.join(top, "b")))
        return walk(top)

    monkeypatch.setattr(os, "walk", shut)
    item = find(["."]).items[-1]
    assert item.label.endswith("b")
    with pytest.raises(PermissionError):
        item.load()


def test_a_named_pipe_in_a_folder_is_left_alone(tree):
    os.mkfifo(tree / "b/pipe.html")
    assert "pipe.html" not in names("b")


def test_a_folder_of_results_is_left_out(tree):
    assert names(".", leave_out="b") == ["a.html"]


def test_a_name_that_is_not_utf8_is_read_like_any_other(tree):
    raw = os.path.join(os.fsencode(tree), b"b\xe9.html")
    with open(raw, "wb") as file:
        file.write(PAGE.encode())
    (item,) = [item for item in find([str(tree)]).items if item.name == os.fsdecode(b"b\xe9.html")]
    assert item.load().data == PAGE.encode()


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


@pytest.mark.parametrize(
    ("given", "media"),
    [(b"a line\nannonse\n", "text"), (b"<p>a page", "html"), (b"1 < 2 and 3 > 2", "text")],
)
def test_standard_input_is_a_page_if_it_holds_a_tag(given, media, monkeypatch, tmp_path):
    path = tmp_path / "input"
    path.write_bytes(given)
    with path.open(encoding="utf-8") as file:
        monkeypatch.setattr("sys.stdin", file)
        page = standard_input().load()
    assert (page.data, page.media) == (given, media)
