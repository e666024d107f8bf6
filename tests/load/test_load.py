"""Every source and sink with many pages: each is there, once, in order, in little memory.

With CLEANER_LOAD=50000 in the environment, over 50,000 pages a case; by default over a few.
"""

import csv
import gzip
import io
import json
import os
import tarfile
import zipfile
from pathlib import Path

import pytest
from pages import articles
from runs import noted, write

LARGEST = 400 * 2**20
"""Bytes of memory that no process of a run may need, however many the pages."""


@pytest.fixture
def count(size):
    return size if size > 1000 else 60


@pytest.fixture
def clean(weighed):
    """Run the command; return the memory that the largest of its processes needed."""

    def run(*arguments):
        code, said, memory = weighed(*arguments)
        assert code == 0, said
        return memory

    return run


def in_folder(count):
    write("in", articles(count))
    return "in"


def in_zip(count):
    with zipfile.ZipFile("in.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in articles(count):
            archive.writestr(name, data)
    return "in.zip"


def in_tar(count):
    with tarfile.open("in.tar.gz", "w:gz") as archive:
        for name, data in articles(count):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return "in.tar.gz"


def in_jsonl(count):
    with gzip.open("in.jsonl.gz", "wt", encoding="utf-8") as file:
        for name, data in articles(count):
            file.write(json.dumps({"id": name, "html": data.decode()}) + "\n")
    return "in.jsonl.gz"


def in_csv(count):
    with open("in.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", "html"])
        table.writerows((name, data.decode()) for name, data in articles(count))
    return "in.csv"


def in_parquet(count):
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([("id", pa.string()), ("html", pa.string())])
    with parquet.ParquetWriter("in.parquet", schema) as file:
        rows = [{"id": name, "html": data.decode()} for name, data in articles(count)]
        for start in range(0, len(rows), 1000):
            file.write_table(pa.Table.from_pylist(rows[start : start + 1000], schema))
    return "in.parquet"


def in_warc(count):
    with gzip.open("in.warc.gz", "wb") as file:
        for name, data in articles(count):
            body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + data
            file.write(
                b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
                b"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>\r\n"
                b"WARC-Target-URI: https://example.org/%s\r\n"
                b"Content-Type: application/http; msgtype=response\r\n"
                b"Content-Length: %d\r\n\r\n"
                % (hash(name) % 10**12, name.encode(), len(body))
                + body
                + b"\r\n\r\n"
            )
    return "in.warc.gz"


SOURCES = [in_folder, in_zip, in_tar, in_jsonl, in_csv, in_parquet, in_warc]
SINKS = [
    "out/", "out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.csv", "out.parquet", "out.warc.gz",
    "out.sqlite",
]  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="the memory of a process is asked for")
@pytest.mark.parametrize("make", SOURCES, ids=lambda make: make.__name__)
def test_every_source_gives_every_page_once_in_little_memory(make, clean, count):
    peak = clean(make(count), "-o", "out.jsonl")
    pages = noted("out.jsonl", "name, status")
    assert [status for _, status in pages] == ["cleaned"] * count
    assert len({name for name, _ in pages}) == count
    with open("out.jsonl", encoding="utf-8") as file:
        titles = [json.loads(line)["title"] for line in file]
    assert [int(title.split()[-1]) for title in titles] == list(range(count))
    assert peak < LARGEST


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="the memory of a process is asked for")
@pytest.mark.parametrize("out", SINKS)
def test_every_sink_takes_every_page_once_in_little_memory(out, clean, count):
    peak = clean(in_folder(count), "-o", out)
    assert [status for (status,) in noted(out, "status")] == ["cleaned"] * count
    assert peak < LARGEST
    if out.endswith("/"):
        assert len(list(Path(out).rglob("*.txt"))) == count
    elif not out.endswith(".sqlite"):  # what comes out can go in again
        clean(out, "-o", "again.jsonl", "--manifest", "again.sqlite")
        with open("again.jsonl", encoding="utf-8") as file:
            assert sum(1 for _ in file) == count
