"""Measures runs: what handing over costs, two cores against one, memory over many pages.

Run by hand, from the root of the project; `--help` says how. docs/batch.md has the figures.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pages import articles, page

COMMAND = [sys.executable, "-c", "from cleaner.cli import main; main()", "clean"]


def work():
    from cleaner.cli._work import Work
    from cleaner.pipeline import Cleaner

    return Work(Cleaner())


def items(count, scale=1):
    from cleaner.document import Page
    from cleaner.sources import Item
    from cleaner.sources.given import give

    for number in range(count):
        yield Item(f"{number}", f"{number}", partial(give, Page(page(number, scale).encode())))


def hand_over(count: int, scale: int) -> None:
    """Print the share of a run that is not work on pages, for one worker."""
    from cleaner.batch import in_order
    from cleaner.cli._work import lost

    given = list(items(count, scale))
    shares, busy = [], []
    for _ in range(5):
        results = in_order(work(), given, lost=lost, workers=1)
        next(results)
        started, cpu = time.perf_counter(), time.process_time()
        seconds = sum(outcome.row.seconds for outcome in results)
        wall = time.perf_counter() - started
        busy.append(1 - seconds / wall)
        shares.append((time.process_time() - cpu) / seconds)
    size = sum(len(page(number, scale)) for number in range(count)) / count
    print(f"{count} pages, {size / 1000:.1f} kB and {seconds / count * 1000:.1f} ms on average")
    print(f"a worker is without a page {statistics.median(busy):.1%} of the time: {_all(busy)}")
    print(f"the parent needs {statistics.median(shares):.1%} as much CPU: {_all(shares)}")


def _all(shares):
    return ", ".join(f"{share:.1%}" for share in shares)


def cores(count: int, out: str) -> None:
    """Print how many times faster a whole run is on two cores than on one, in turns."""
    ratios, same = [], []
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder, "in"), count)
        for _ in range(5):
            one = _timed(folder, out, {0}, 1)
            two = _timed(folder, out, {0, 1}, 2)
            beside = _timed(folder, out, {0, 1}, 1)
            ratios.append(one / two)
            same.append(beside / two)
            print(
                f"one core {one:.1f} s, two cores {two:.1f} s, two with one worker {beside:.1f} s"
            )
    print(f"two cores are {statistics.median(ratios):.2f} times one core")
    print(f"two workers are {statistics.median(same):.2f} times one worker beside its parent")


def _timed(folder, out, cpus, workers):
    call = [*COMMAND, "in", "-o", out, "-q", "-j", str(workers), "--fresh"]
    started = time.perf_counter()
    subprocess.run(call, cwd=folder, check=True, preexec_fn=partial(os.sched_setaffinity, 0, cpus))
    seconds = time.perf_counter() - started
    target = Path(folder, out)
    shutil.rmtree(target) if target.is_dir() else target.unlink()
    return seconds


def memory(count: int, out: str, file: str) -> None:
    """Write the memory of the parent and its workers over a run as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder, "in"), count)
        call = [*COMMAND, "in", "-o", out, "--json-log", "-j", "2"]
        samples, read = [], 0
        started = time.perf_counter()
        with subprocess.Popen(call, cwd=folder, stderr=subprocess.PIPE, text=True) as run:
            for line in run.stderr:
                read += '"event": "page"' in line
                if read % max(1, count // 400) == 0 and '"event": "page"' in line:
                    samples.append([read, _resident(run.pid), *sorted(_workers(run.pid))])
        seconds = time.perf_counter() - started
        size = sum(path.stat().st_size for path in Path(folder, "in").rglob("*.html"))
    Path(file).write_text(
        json.dumps({"pages": count, "bytes": size, "seconds": seconds, "samples": samples})
    )
    print(f"{count} pages, {size / 1e6:.0f} MB, {seconds:.0f} s, exit code {run.returncode}")


def _write(folder: Path, count: int) -> None:
    for name, data in articles(count):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _resident(pid):
    """Return the MB of memory that a process has to itself."""
    with contextlib.suppress(OSError):
        _, resident, shared, *_ = Path(f"/proc/{pid}/statm").read_text().split()
        return round((int(resident) - int(shared)) * resource.getpagesize() / 1e6, 2)
    return 0


def _workers(pid):
    """Return the memory of the workers: the grandchildren, whose parent is the fork server."""
    for child in _children(pid):
        yield from map(_resident, _children(child))


def _children(pid):
    with contextlib.suppress(OSError):
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def draw(file: str, svg: str) -> None:
    """Draw the memory of a run as an SVG."""
    measured = json.loads(Path(file).read_text())
    samples = [sample for sample in measured["samples"] if len(sample) == 4]
    width, height, left, top = 720, 300, 60, 20
    most = 50 * (int(max(max(sample[1:]) for sample in samples)) // 50 + 1)
    across = lambda pages: left + (width - left - 20) * pages / measured["pages"]  # noqa: E731
    down = lambda mb: height - 40 - (height - 40 - top) * mb / most  # noqa: E731
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        "<style>text { font: 12px sans-serif; fill: #444 } .n { text-anchor: end }</style>",
        f"<title>Memory of a run over {measured['pages']:,} pages, by process</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<text x="8" y="{top - 6}">MB</text>',
        f'<text x="{width - 20}" y="{height - 6}" class="n">pages</text>',
    ]
    parts += [
        f'<path d="M{left} {down(mb):.1f}H{width - 20}" stroke="#ddd"/>'
        f'<text x="{left - 8}" y="{down(mb) + 4:.1f}" class="n">{mb}</text>'
        for mb in range(0, most + 1, 50)
    ]
    steps = [measured["pages"] * step // 5 for step in range(6)]
    parts += [
        f'<text x="{across(pages):.1f}" y="{height - 22}" text-anchor="middle">{pages:,}</text>'
        for pages in steps
    ]
    colours = ("#00695c", "#b26a00", "#5e35b1")
    for column, colour in enumerate(colours, 1):
        line = " ".join(f"{across(s[0]):.1f},{down(s[column]):.1f}" for s in samples)
        parts.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.5"/>'
        )
    for place, (name, colour) in enumerate(
        zip(("parent", "one worker", "the other"), colours, strict=True)
    ):
        x = left + 20 + 110 * place
        parts.append(
            f'<path d="M{x} {top}h18" stroke="{colour}" stroke-width="3"/>'
            f'<text x="{x + 24}" y="{top + 4}">{name}</text>'
        )
    Path(svg).write_text("\n".join([*parts, "</svg>", ""]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["hand-over", "cores", "memory", "draw"])
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--scale", type=int, default=1, help="size of the pages, for hand-over")
    parser.add_argument("--out", default="out.jsonl.gz")
    parser.add_argument("--file", default="memory.json")
    parser.add_argument("--svg", default="docs/img/batch-memory.svg")
    given = parser.parse_args()
    match given.what:
        case "hand-over":
            hand_over(given.pages, given.scale)
        case "cores":
            cores(given.pages, given.out)
        case "memory":
            memory(given.pages, given.out, given.file)
        case "draw":
            draw(given.file, given.svg)


if __name__ == "__main__":
    main()
