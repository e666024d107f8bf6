"""What a run says at its end: a line, tables, a report."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING

from cleaner.cli._console import many, say, unwritten

if TYPE_CHECKING:
    from cleaner.cli._options import Running
    from cleaner.cli._target import Target
    from cleaner.manifest import Manifest, Totals


def summary(manifest: Manifest, target: Target, how: Running, started: float) -> int:
    """Print how the run went, as the options ask; return an exit code.

    `started` is the reading of `time.monotonic` when it began.
    """
    totals = manifest.totals()
    seconds = time.monotonic() - started
    if how.json_log:
        say(json.dumps({"event": "end", "seconds": round(seconds, 3), **asdict(totals)}))
    if how.table:
        from cleaner.cli._table import show_pages

        show_pages(manifest, totals, stderr=target.path is None)
    if not how.quiet and not how.json_log:
        if target.many and sys.stderr.isatty():
            from cleaner.cli._table import show_totals

            show_totals(manifest, totals)
        say(in_a_line(totals, seconds))
    return _report(manifest, target, how)


def in_a_line(totals: Totals, seconds: float) -> str:
    """Return the figures of a run as one line."""
    pages = totals.pages
    words = totals.words_kept + totals.words_removed
    parts = [
        f"cleaned {many(pages['cleaned'] + pages['empty'], 'page')} in {seconds:.1f} s",
        f"kept {totals.words_kept:,} of {many(words, 'word')}",
        f"removed {many(totals.markers, 'marker')}",
    ]
    if totals.duplicates:
        parts.append(f"{totals.duplicates:,} repeat another")
    if pages["empty"]:
        parts.append(f"{pages['empty']:,} without any text")
    if pages["skipped"]:
        parts.append(f"{pages['skipped']:,} skipped")
    if pages["failed"]:
        parts.append(f"{pages['failed']:,} failed")
    return "; ".join(parts)


def _report(manifest: Manifest, target: Target, how: Running) -> int:
    if how.report is None or manifest.path is None:
        return 0
    from cleaner.report.run import run_report
    from cleaner.sinks.files import write_whole

    try:
        page = run_report(manifest.path, report=how.report, results=target.root)
        write_whole(how.report, page.encode("utf-8", "replace"))
    except OSError as error:
        return unwritten(how.report, error)
    return 0
