"""The programs of `docs/clusters.md`, run as a reader would run them."""

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = "Ferja går igjen fra mandag, sier havnevesenet."
RUN = "import runpy, sys; [runpy.run_path(path, run_name='__main__') for path in sys.argv[1:]]"


def program(name):
    """Return a program of the documentation."""
    said = (ROOT / "docs" / "clusters.md").read_text("utf-8")
    found = re.findall(rf'```python title="{name}"\n(.*?)```', said, re.DOTALL)
    assert len(found) == 1, name
    return found[0]


def page(number, charset):
    return (
        f"<html lang='no'><title>Sak {number}</title><nav><a href='/'>Hjem</a></nav><article>"
        f"<p>{TEXT} Blåbær og pølse selges om bord. Sak {number}.</p><p>annonse</p></article>"
    ).encode(charset)


def write_crawl(folder, charset="iso-8859-1"):
    """Write two WARC files of ten pages each, a list of them, and return their addresses."""
    (folder / "crawl").mkdir()
    addresses = []
    for part in range(2):
        path = folder / "crawl" / f"part-{part}.warc.gz"
        with path.open("wb") as out:
            for number in range(10):
                addresses.append(f"https://a.example/{part}/{number}")
                out.write(
                    gzip.compress(
                        record(
                            addresses[-1],
                            page(10 * part + number, charset),
                            f"text/html; charset={charset}",
                        )
                    )
                )
            out.write(
                gzip.compress(record("https://a.example/x.pdf", b"%PDF-1.4", "application/pdf"))
            )
    paths = sorted(str(path) for path in (folder / "crawl").iterdir())
    (folder / "paths.txt").write_text("\n".join(paths) + "\n")
    return addresses


def record(url, body, kind):
    """Return one response record of a WARC file."""
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    payload = http.encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{abs(hash(url)) % 10**12:012}>\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n"
        f"WARC-Identified-Payload-Type: {kind.partition(';')[0]}\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def run(name, folder, **environment):
    """Run a program in a folder; its own process reaches this machine alone."""
    (folder / name).write_text(program(name), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(ROOT / "tests" / "conftest.py"), name],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]


def check(rows, addresses):
    """Check that every page was cleaned, as told by its address."""
    assert sorted(row["url"] for row in rows) == addresses
    for row in rows:
        assert row["error"] is None
        part, number = map(int, row["url"].split("/")[-2:])
        title = f"Sak {10 * part + number}"
        assert row["title"] == title
        assert row["text"] == f"{TEXT} Blåbær og pølse selges om bord. {title}.\n"
