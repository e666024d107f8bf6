"""Whatever is given: nothing raised but by items that fail, and memory that does not grow."""

import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
import tracemalloc
import zipfile
from itertools import islice

import pytest
import zstandard
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from cleaner.document import CleanerError, Page
from cleaner.sources import SOURCES, Item, SourceOptions, open_items, sources

PAGE = b"<!doctype html><title>t</title><p>A sentence in a page.</p>" * 50
COUNT = int(os.environ.get("CLEANER_LOAD", "2000"))


def zip_of(count):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            archive.writestr(f"{number}.html", PAGE)
    return out.getvalue()


def tar_of(count):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for number in range(count):
            member = tarfile.TarInfo(f"{number}.html")
            member.size = len(PAGE)
            archive.addfile(member, io.BytesIO(PAGE))
    return out.getvalue()


def warc_of(count):
    out = io.BytesIO()
    writer = WARCWriter(out)
    for number in range(count):
        line = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        url = f"http://example.org/{number}"
        made = writer.create_warc_record(url, "response", io.BytesIO(PAGE), http_headers=line)
        writer.write_record(made)
    return out.getvalue()


def jsonl_of(count):
    rows = ({"html": os.urandom(40).hex() + PAGE.decode()} for _ in range(count))
    return zstandard.compress(b"".join(json.dumps(row).encode() + b"\n" for row in rows))


def csv_of(count):
    return b"url,html\n" + b"http://example.org," + (PAGE + b"\nx,") * (count - 1) + PAGE


def parquet_of(count):
    import pyarrow as pa
    from pyarrow import parquet

    out = io.BytesIO()
    rows = ({"html": os.urandom(20).hex() + PAGE.decode()} for _ in range(count))
    parquet.write_table(pa.Table.from_pylist(list(rows)), out)
    return out.getvalue()


KINDS = {
    "x.zip": zip_of,
    "x.tar.gz": tar_of,
    "x.warc.gz": warc_of,
    "x.jsonl.zst": jsonl_of,
    "x.csv": csv_of,
    "x.parquet": parquet_of,
}


@pytest.mark.parametrize("name", KINDS)
def test_memory_does_not_grow_with_an_archive(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(KINDS[name](COUNT))
    assert len(list(islice(open_items([str(path)]), 50))) == 50  # what is loaded once, is
    tracemalloc.start()
    try:
        seen = sum(len(item.load().data) > 0 for item in open_items([str(path)]))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert seen == COUNT
    assert peak < 3 * 2**20


LIST = """
import sys, tracemalloc
from cleaner.sources import open_items
tracemalloc.start()
print(sum(1 for _ in open_items([sys.argv[1]])), tracemalloc.get_traced_memory()[1])
"""


def test_memory_does_not_grow_with_a_list(tmp_path):
    path = tmp_path / "list"
    path.write_bytes(b"".join(b"missing/%d.html\n" % number for number in range(4 * COUNT)))
    # In a process of its own: Python's table of interned names, which paths are, grows by leaps.
    run = subprocess.run([sys.executable, "-c", LIST, f"@{path}"], capture_output=True, check=True)
    seen, peak = map(int, run.stdout.split())
    assert seen == 4 * COUNT
    assert peak < 6 * 2**20


def test_an_endless_stream_is_read_as_it_comes(monkeypatch):
    class Endless(io.RawIOBase):
        given = 0

        def readable(self):
            return True

        def readinto(self, buffer):
            row = b'{"html": "<p>A page."}\n'
            buffer[: len(row)] = row
            self.given += len(row)
            return len(row)

    endless = Endless()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(endless)))
    assert len(list(islice(open_items(["-"]), 100))) == 100
    assert endless.given < 200_000


SEEDS = [KINDS[name](3) for name in KINDS] + [
    gzip.compress(PAGE),
    b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n\nx\n--b--",
    b"%PDF-1.7",
    PAGE,
    b"",
]
NAMES = ["x", "x.html", "x.txt", "x.gz", *(f"x{ending}" for ending in (".warc.gz", ".wacz"))]
NAMES += [f"x{ending}" for ending in (".tar", ".tgz", ".zip", ".jsonl", ".csv", ".parquet", ".mht")]


def all_of(path, **options):
    """Read what a file holds to its end; anything but what `load` may raise is raised here."""
    names = set()
    for item in open_items([str(path)], SourceOptions(**options)):
        assert isinstance(item, Item)
        assert item.name not in names
        assert not item.name.startswith("/")
        assert ".." not in item.name.split("/")
        names.add(item.name)
        if item.skip is None:
            try:
                assert isinstance(item.load(), Page)
            except (OSError, CleanerError) as error:
                assert str(error)  # noqa: PT017 - most load


@st.composite
def damaged(draw):
    """Draw a file of some kind, changed here and there."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        new = draw(st.binary(max_size=8) | st.sampled_from(SEEDS))
        data[at : at + draw(st.integers(0, 20))] = new
    return bytes(data[: draw(st.integers(0, len(data)) | st.just(len(data)))])


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=damaged() | st.binary(max_size=600), name=st.sampled_from(NAMES), named=st.booleans())
@example(data=b"", name="x.parquet", named=True)
def test_no_file_raises(tmp_path, data, name, named):
    folder = tmp_path / "folder"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    path = folder / name
    path.write_bytes(data)
    all_of(path if named else folder, largest=10_000)


@pytest.mark.parametrize("name", KINDS)
def test_a_file_cut_anywhere_raises_nothing_and_keeps_its_beginning(tmp_path, name):
    data = KINDS[name](20)
    path = tmp_path / name
    for part in range(1, 12):
        path.write_bytes(data[: len(data) * part // 12])
        all_of(path)


def test_names_are_the_same_on_every_run(tmp_path):
    for name, make in KINDS.items():
        (tmp_path / name).write_bytes(make(5))
    first, second = ([item.name for item in open_items([str(tmp_path)])] for _ in range(2))
    assert first == second
    assert len(first) == 5 * len(KINDS)


def test_a_third_party_adds_a_kind_that_is_asked_first(tmp_path, monkeypatch):
    class Kind:
        def tells(self, given):
            return given.head.startswith(b"%KIND")

        def items(self, given):
            for number, line in enumerate(given.stream(), 1):
                yield given.item(Page(line, media="text"), f"{number}", f"line {number}")

    class Entry:
        def load(self):
            return Kind()

    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: [Entry()])
    sources.cache_clear()
    try:
        path = tmp_path / "x.html.gz"
        path.write_bytes(gzip.compress(b"%KIND\none\n"))
        items = list(open_items([str(path)]))
    finally:
        sources.cache_clear()
    assert [item.name for item in items] == ["x.html.gz/1", "x.html.gz/2"]
    assert items[1].load() == Page(b"one\n", media="text")
    assert items[1].label == f"{path}: line 2"


def test_every_kind_has_the_same_shape():
    assert len(sources()) >= len(SOURCES)
    assert all(callable(kind.tells) and callable(kind.items) for kind in sources())
