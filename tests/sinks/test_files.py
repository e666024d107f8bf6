import os
import unicodedata
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.sinks.files import Tree, safe, write_whole

ENDINGS = [".html", ".htm", ".txt"]


def test_a_file_is_written_with_the_folders_above_it(tmp_path):
    write_whole(tmp_path / "a/b/c.txt", b"text")
    assert (tmp_path / "a/b/c.txt").read_bytes() == b"text"
    assert os.listdir(tmp_path / "a/b") == ["c.txt"]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_fails_half_way_leaves_the_old_file_and_no_other(tmp_path, monkeypatch, error):
    path = tmp_path / "c.txt"
    path.write_bytes(b"old")

    def write_half(self, data):
        with open(self, "wb") as file:
            file.write(data[:2])
        raise error

    monkeypatch.setattr(Path, "write_bytes", write_half)
    with pytest.raises(type(error)):
        write_whole(path, b"new text")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["c.txt"]


def test_two_pages_never_share_a_file():
    tree = Tree(Path("out"), endings=ENDINGS)
    names = ["a.html", "a.htm", "A.html", "a.html.txt", "a.txt", "a.html"]
    placed = [tree.place(name, ".txt").as_posix() for name in names]
    assert placed[0] == "out/a.txt"
    assert len({path.casefold() for path in placed}) == len(names)


def test_a_folder_and_a_file_never_share_a_name():
    tree = Tree(Path("out"), endings=ENDINGS)
    file, inside = tree.place("a.html", ".txt"), tree.place("a.txt/b.html", ".txt")
    assert file not in inside.parents
    tree = Tree(Path("out"), endings=ENDINGS)
    inside, file = tree.place("a.txt/b.html", ".txt"), tree.place("a.html", ".txt")
    assert file not in inside.parents


def test_an_unknown_ending_stays_in_the_name():
    assert Tree(Path("out"), endings=ENDINGS).place("v1.2", ".md") == Path("out/v1.2.md")


def test_a_name_that_is_too_long_keeps_what_tells_it_apart():
    tree = Tree(Path("out"), endings=ENDINGS)
    one, two = (tree.place("æ" * 300 + end + ".html", ".txt") for end in "ab")
    assert one != two
    assert max(len(os.fsencode(path.name)) for path in (one, two)) <= 200


NAMES = st.lists(
    st.text(st.sampled_from("aAbB.:/\\é\u0301 *\0\udce9") | st.characters(), max_size=12),
    max_size=8,
)


@given(NAMES)
def test_every_page_gets_a_safe_file_of_its_own_below_the_root(names):
    tree = Tree(Path("out"), endings=ENDINGS)
    placed = [PurePosixPath(tree.place(name, ".txt").as_posix()) for name in names]
    keys = {unicodedata.normalize("NFC", str(path)).casefold() for path in placed}
    assert len(keys) == len(placed)
    for path in placed:
        assert path.parts[0] == "out"
        assert ".." not in path.parts
        assert path.suffix == ".txt"
        assert not any(set(part) & set('<>:"|?*\\\0\n') for part in path.parts)
        assert not any(path in other.parents for other in placed)


@given(st.text())
def test_a_safe_name_is_safe_already(text):
    assert safe(safe(text)) == safe(text)
