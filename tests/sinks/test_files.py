import os
import subprocess
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.sinks.files import Tree, safe, write_whole
from cleaner.sinks.names import Names

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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with subprocess.Popen(["cat", path], stdout=subprocess.PIPE) as reader:
        write_whole(path, b"text")
        assert reader.communicate()[0] == b"text"
    assert path.is_fifo()
    assert os.listdir(tmp_path) == ["pipe"]


def test_a_link_stays_a_link_and_a_file_keeps_its_rights(tmp_path):
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_bytes(b"old")
    file.chmod(0o600)
    link.symlink_to(file)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o600


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
    assert max(len(os.fsencode(path.name)) for path in (one, two)) <= 140


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("A.html", "a.html"),
        ("é.html", "e\u0301.html"),
        ("straße.html", "STRASSE.html"),
        ("ﬁn.html", "fin.html"),
        ("a\u200db.html", "ab.html"),
        ("News/a.html", "news/a.html"),
        ("ſ.html", "s.html"),
        ("a.html", "a.html."),
        ("a:.html", "a_.html"),
        ("\udce9.html", "\udcea.html"),
    ],
)
def test_names_that_some_file_system_takes_for_the_same_get_two_files(one, two):
    tree = Tree(Path("out"), endings=ENDINGS)
    first, second = (unicodedata.normalize("NFKD", str(tree.place(n, ".txt"))) for n in (one, two))
    assert first.replace("\u200d", "").casefold() != second.replace("\u200d", "").casefold()


@pytest.mark.parametrize(
    "name",
    ["con", "NUL.html", "com1.tar", "LPT9", "com¹", "aux .txt", "conin$", "a.", "a ", "..", "."],
)
def test_no_name_means_something_else_to_windows(name):
    changed = safe(name)
    assert changed != name
    assert not changed.endswith((".", " "))


def test_a_path_of_very_many_folders_is_shortened_and_stays_apart():
    tree = Tree(Path("out"), endings=ENDINGS)
    deep = "/".join(["a folder"] * 500)
    one, two = tree.place(f"{deep}/b.html", ".txt"), tree.place(f"{deep}/c/b.html", ".txt")
    assert one != two
    assert max(len(os.fsencode(path)) for path in (one, two)) < 1024


def test_what_others_write_into_the_folder_is_not_written_over():
    tree = Tree(Path("out"), endings=ENDINGS)
    tree.reserve("_manifest.sqlite")
    assert tree.place("_MANIFEST.sqlite", "") != Path("out/_MANIFEST.sqlite")
    assert Path("out/_manifest.sqlite") not in tree.place("_manifest.sqlite/a.html", ".txt").parents


def test_very_many_pages_of_one_name_take_few_steps_each(monkeypatch):
    names = Names()
    looked_up = []
    look_up = names._look_up
    monkeypatch.setattr(names, "_look_up", lambda key: looked_up.append(key) or look_up(key))
    tree = Tree(Path("out"), names=names)
    placed = {tree.place("same", ".txt") for _ in range(2000)}
    assert len(placed) == 2000
    assert Path("out/same-2.txt") in placed
    assert len(looked_up) < 2000 * 30


def test_names_go_back_to_a_checkpoint_that_is_not_the_last(tmp_path):
    def some(numbers, resume=None):
        names = Names(tmp_path / "names", resume=resume)
        tree = Tree(tmp_path, names=names)
        placed = []
        for number in numbers:
            names.number = number
            placed.append(tree.place(f"{number % 3}/a", ".txt"))
            if number % 5 == 0:
                names.commit()
        names.close()
        return placed

    whole = some(range(1, 18))
    assert some(range(11, 18), resume=10) == whole[10:]
    assert some(range(1, 18), resume=0) == whole
    assert some(range(1, 18)) == whole


PLACES = """
import sys, tracemalloc
from pathlib import Path
from cleaner.sinks.files import Tree
from cleaner.sinks.names import Names
folder, count = Path(sys.argv[1]), int(sys.argv[2])
tree = Tree(folder, names=Names(folder / "names"))
tracemalloc.start()
for part in range(4):
    for number in range(count // 4):
        tree.place(f"{part}/{number // 1000}/page-{number}.html", ".txt")
    print(tracemalloc.get_traced_memory()[0])
"""


def test_memory_does_not_grow_with_the_pages(tmp_path):
    call = [sys.executable, "-c", PLACES, str(tmp_path), os.environ.get("CLEANER_LOAD", "4000")]
    run = subprocess.run(call, capture_output=True, check=True)
    sizes = [int(size) for size in run.stdout.split()]
    # Python's table of interned names, which paths are, grows by leaps: once in a while.
    assert min(after - before for before, after in pairwise(sizes)) < 30_000


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
