"""Measures runs: what handing over costs, two cores against one, memory over many pages.

Run by hand, from the root of the project; `--help` says how. docs/batch.md has the figures.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pages import articles, page
from runs import COMMAND, write


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


class Timed:
    """Does the work, and tells the CPU time that it and its process have needed so far."""

    def __init__(self, work):
        self.work, self.inside, self.first = work, 0.0, 0.0
        self.prepare = work.prepare

    def __call__(self, item):
        started = time.process_time()
        self.first = self.first or started
        outcome = self.work(item)
        now = time.process_time()
        self.inside += now - started
        return outcome, self.inside, now - self.first


def hand_over(count: int, scale: int) -> None:
    """Print the CPU time of a run that is not work on pages, for one worker."""
    from cleaner.batch import in_order
    from cleaner.cli._work import lost

    given = list(items(count, scale))
    beside, parent = [], []
    for _ in range(7):
        results = in_order(Timed(work()), given, lost=lost, workers=1)
        next(results)
        cpu = time.process_time()
        *_, (_, inside, whole) = results
        beside.append(whole / inside - 1)
        parent.append((time.process_time() - cpu) / inside)
    size = sum(len(page(number, scale)) for number in range(count)) / count
    print(f"{count} pages, {size / 1000:.1f} kB and {inside / count * 1000:.1f} ms on average")
    print(f"the worker, beside its work: median {statistics.median(beside):.1%}: {_all(beside)}")
    print(f"the parent: median {statistics.median(parent):.1%}: {_all(parent)}")


def _all(shares):
    return ", ".join(f"{share:.1%}" for share in shares)


def cores(count: int, out: str, rounds: int) -> None:
    """Print how many times faster a run is on two cores than on one, once it has started."""
    rates: dict[str, list[float]] = {"one core": [], "two cores": [], "one worker, two cores": []}
    cases = [({0}, 1), ({0, 1}, 2), ({0, 1}, 1)]
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, "in"), articles(count))
        for _ in range(rounds):
            for (cpus, workers), found in zip(cases, rates.values(), strict=True):
                found.append(_rate(folder, out, cpus, workers))
    for name, found in rates.items():
        print(f"{name}: median {statistics.median(found):.0f} pages/s, best {max(found):.0f}")
    one, two, beside = rates.values()
    print(
        f"two cores to one, in turns: {_ratios(two, one)}; best to best {max(two) / max(one):.2f}"
    )
    print(f"two workers to one: {_ratios(two, beside)}; best to best {max(two) / max(beside):.2f}")


def _ratios(above, below):
    found = [one / other for one, other in zip(above, below, strict=True)]
    return f"median {statistics.median(found):.2f}, {min(found):.2f} to {max(found):.2f}"


def _rate(folder, out, cpus, workers):
    """Return the pages a second of a run, without its first fifth."""
    call = [*COMMAND, "in", "-o", out, "--json-log", "-j", str(workers), "--fresh"]
    bind = partial(os.sched_setaffinity, 0, cpus)
    times = []
    with subprocess.Popen(
        call,
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=bind,  # noqa: PLW1509 - no thread runs here
    ) as run:
        times += [time.perf_counter() for line in run.stderr if '"event": "page"' in line]
    first = len(times) // 5
    return (len(times) - first - 1) / (times[-1] - times[first])


def memory(count: int, out: str, file: str) -> None:
    """Write the memory of the parent and its workers over a run as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, "in"), articles(count))
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
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", default="out.jsonl.gz")
    parser.add_argument("--file", default="memory.json")
    parser.add_argument("--svg", default="docs/img/batch-memory.svg")
    given = parser.parse_args()
    match given.what:
        case "hand-over":
            hand_over(given.pages, given.scale)
        case "cores":
            cores(given.pages, given.out, given.rounds)
        case "memory":
            memory(given.pages, given.out, given.file)
        case "draw":
            draw(given.file, given.svg)


if __name__ == "__main__":
    main()
