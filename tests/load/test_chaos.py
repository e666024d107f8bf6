"""Runs that are killed, starved and fed what no page is: nothing lost, nothing hung, none twice."""

import gzip
import io
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import tarfile
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from pages import articles, hostile
from runs import noted, write

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def results(out):
    """Return the bytes of all results, but for what a run keeps for itself."""
    if Path(out).is_file():
        return Path(out).read_bytes()
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in Path(out).rglob("*")
        if path.is_file() and not path.name.startswith("_manifest")
    }


def workers_of(process):
    """Return the workers of a run: grandchildren, whose parent is the fork server."""
    found = []
    for child in children_of(process):
        found += children_of(child)
    return found


def children_of(process):
    with suppress(OSError):
        return [
            int(n) for n in Path(f"/proc/{process}/task/{process}/children").read_text().split()
        ]
    return []


def killed_until_done(start, dice, arguments, pages, most=200):
    """Kill a run again and again, each time some of `pages` further on; return the kills."""
    for kills in range(most):
        process = start(*arguments, "--json-log")
        left = dice.randrange(pages)
        for line in process.stderr:
            left -= '"event": "page"' in line
            if left < 0:
                time.sleep(dice.random() / 50)
                process.kill()
                break
        process.stderr.read()  # until the workers have ended as well
        if process.wait() == 0:
            return kills
        assert process.returncode == -signal.SIGKILL
    raise AssertionError("it never ended")


@pytest.mark.parametrize("out", ["out/", "out.jsonl.gz"])
def test_a_parent_that_is_killed_again_and_again_ends_with_the_bytes_of_a_quiet_run(
    out, run, start, size
):
    write("in", articles(size))
    checkpoint = max(20, size // 20)
    arguments = ["in", "-o", out, "--checkpoint", checkpoint, "-j", 2]
    assert run(*arguments)[0] == 0
    wanted, pages = results(out), noted(out)
    assert len(pages) == size
    shutil.rmtree(out) if Path(out).is_dir() else Path(out).unlink()
    Path(f"{out}.manifest.sqlite").unlink(missing_ok=True)
    assert killed_until_done(start, random.Random(3), arguments, 4 * checkpoint) > 1
    assert results(out) == wanted
    assert noted(out) == pages


@LINUX
def test_workers_that_are_killed_lose_no_page(start, size):
    size = max(size, 500)  # so that there is time between the kills
    write("in", articles(size))
    process = start("in", "-o", "out.jsonl", "-j", 2, "--json-log")
    kills, told, before = 0, 0, b""
    at, last = 0, time.monotonic()
    said = process.stderr.fileno()
    while read := os.read(said, 2**16):
        *lines, before = (before + read).split(b"\n")
        told += sum(b'"event": "page"' in line for line in lines)
        # Not the worker that has the page of the one killed before: a page that two workers die of
        # is given up. It is done once many pages are told, of which none waits to be read here.
        is_late = select.select([said], [], [], 0)[0]
        if told < at + 60 or time.monotonic() < last + 0.2 or is_late:
            continue
        if found := workers_of(process.pid):
            with suppress(OSError):
                os.kill(min(found), signal.SIGKILL)
            kills, at, last = kills + 1, told, time.monotonic()
    assert process.wait() == 0
    assert kills > 2
    assert [status for _, _, status in noted("out.jsonl")] == ["cleaned"] * size


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_run_that_waits_for_its_source_can_be_ended(start):
    os.mkfifo("silent.html")
    process = start("silent.html", "-o", "out.jsonl")
    time.sleep(2)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode in (130, -signal.SIGTERM)


@LINUX
def test_a_full_disk_stops_the_run_which_goes_on_once_there_is_room(run, size):
    write("in", articles(size))
    assert run("in", "-o", "wanted.jsonl", "--checkpoint", 50)[0] == 0
    wanted = Path("wanted.jsonl")
    Path("disk").mkdir()
    room = wanted.stat().st_size // 2
    mount = ["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", "disk"]
    if shutil.which("mount") is None or subprocess.run(mount, check=False).returncode:
        pytest.skip("no file system may be mounted here")
    try:
        arguments = ["in", "-o", "disk/out.jsonl", "--checkpoint", 50, "--manifest", "m.sqlite"]
        code, said = run(*arguments)
        assert code == 1
        assert "No space left on device" in said
        assert "the same command goes on from there" in said
        subprocess.run(["mount", "-o", f"remount,size={room * 4}", "disk"], check=True)
        code, said = run(*arguments)
        assert code == 0
        assert "going on after" in said
        assert Path("disk/out.jsonl").read_bytes() == wanted.read_bytes()
    finally:
        subprocess.run(["umount", "disk"], check=True)


def test_hostile_files_are_each_in_one_row_and_hurt_no_other(run, size):
    count = size // 5
    write("in", ((f"h{n:05}.html", hostile(n)) for n in range(count)))
    write("in", ((f"z{name}", data) for name, data in articles(20)))
    before = set(Path().iterdir())
    code, _ = run("in", "-o", "out", "--timeout", 20, "--memory", 1024)
    pages = noted("out")
    assert code in (0, 1)
    assert [name for _, name, _ in pages] == sorted(
        path.relative_to("in").as_posix() for path in Path("in").rglob("*.html")
    )
    assert {status for _, name, status in pages if name.startswith("z")} == {"cleaned"}
    assert len(results("out")) == sum(status in ("cleaned", "empty") for *_, status in pages)
    assert set(Path().iterdir()) == before | {Path("out")}


def test_bombs_do_not_fill_the_memory(weighed):
    data = b"<p> " * 2**18
    with gzip.open("bomb.html.gz", "wb", 9) as file:
        for _ in range(300):
            file.write(data)
    with zipfile.ZipFile("bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("a/bomb.html", "w", force_zip64=True) as file:
            for _ in range(300):
                file.write(data)
        archive.writestr("a/good.html", "<p>A page behind the bomb, to be read.</p>")
    _, _, memory = weighed("bomb.html.gz", "bomb.zip", "-o", "out", "-j", 1)
    assert memory < 2**30
    by_name = {name: status for _, name, status in noted("out")}
    assert by_name["bomb.html.gz"] in ("failed", "empty")
    assert by_name["bomb.zip/a/bomb.html"] in ("failed", "empty")
    assert by_name["bomb.zip/a/good.html"] == "cleaned"


def test_nothing_is_written_outside_the_output(run):
    page = b"<p>A page that would like to be elsewhere, and is not.</p>"
    names = [
        "../up.html",
        "/abs.html",
        "a/../../../up2.html",
        "..\\win.html",
        "C:\\c.html",
        "ok.html",
    ]
    with zipfile.ZipFile("in.zip", "w") as archive:
        for name in names:
            archive.writestr(name, page)
    with tarfile.open("in.tar", "w") as archive:
        for name in names:
            entry = tarfile.TarInfo(name)
            entry.size = len(page)
            archive.addfile(entry, io.BytesIO(page))
        for kind, target in ((tarfile.SYMTYPE, "/etc/passwd"), (tarfile.LNKTYPE, "../x.html")):
            entry = tarfile.TarInfo(f"link{kind.decode()}.html")
            entry.type, entry.linkname = kind, target
            archive.addfile(entry)
    before = set(Path().rglob("*"))
    above = set(Path("..").iterdir())
    run("in.zip", "in.tar", "-o", "deep/down/out")
    new = set(Path().rglob("*")) - before
    assert {path.parts[0] for path in new} == {"deep"}
    assert {path.parts[:3] for path in new if path.is_file()} == {("deep", "down", "out")}
    assert set(Path("..").iterdir()) == above
    assert sum(status == "cleaned" for *_, status in noted("deep/down/out")) == 2 * len(names)


def replace(lines):
    Path("new").write_bytes(lines[: len(lines) // 3 + 10])
    Path("new").replace("in.jsonl")


def cut(lines):
    os.truncate("in.jsonl", len(lines) // 2 + 10)


@pytest.mark.parametrize("change", [replace, cut])
def test_a_file_that_is_changed_while_the_run_reads_it_hangs_nothing(start, change):
    lines = b"".join(b'{"html": "<p>Page number %d says so.</p>"}\n' % n for n in range(2000))
    Path("in.jsonl").write_bytes(lines)
    process = start("in.jsonl", "-o", "out.jsonl", "-j", 1)
    for _ in range(6000):
        if Path("out.jsonl.manifest.sqlite").exists():
            break
        time.sleep(0.01)
    change(lines)
    _, said = process.communicate(timeout=120)
    assert process.returncode in (0, 1), said
    assert "Traceback" not in said
    if change is replace:
        assert len(noted("out.jsonl")) > 500


@pytest.mark.parametrize("name", ["in.jsonl", "in.jsonl.gz"])
def test_a_source_that_ends_in_the_middle_of_a_record_gives_what_is_before(name, run):
    whole = b"".join(b'{"html": "<p>Page number %d says so.</p>"}\n' % n for n in range(200))
    data = gzip.compress(whole) if name.endswith(".gz") else whole
    Path(name).write_bytes(data[: len(data) // 2])
    run(name, "-o", "out.jsonl")
    *before, (status, reason) = noted("out.jsonl", "status, reason")
    assert status in ("failed", "skipped")
    assert reason
    assert len(before) > 20
    assert set(before) == {("cleaned", None)}
