"""The report of a run: one HTML page of charts and lists, out of the run's database."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cleaner.report import charts
from cleaner.report.charts import Bar, card
from cleaner.report.figures import LISTED, MARKERS, NAMED, OTHERS, STEPS, opened, quantile
from cleaner.report.listing import Places, page_table
from cleaner.report.look import html_page, number, seconds, share, size, text
from cleaner.report.suspicious import rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from cleaner.report.figures import Figures, Tally

_TONES = {"cleaned": "bar", "empty": "warn", "skipped": "idle", "failed": "bad"}
_MARKERS = (0, 1, 2, 3, 5, 10)
_TIMES = (0.0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)

STYLE = """
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr));
  gap: .75rem; margin: 1rem 0 }
.tiles div { background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
  padding: .6rem .8rem }
.tiles b { display: block; font-size: 1.35rem; line-height: 1.3; font-weight: 650 }
.notice { border-left: .3rem solid var(--warn); padding: .3rem .8rem; background: var(--card) }
td.type, th.type { padding-left: .8rem } td.page { min-width: min(15rem, 45vw); max-width: 34rem }
td.page bdi { overflow-wrap: anywhere }
td.page small { display: block } h3 { margin-top: 1.4rem } .card h3 { margin-top: 0 }
"""


def run_report(manifest: Path, *, report: Path | None = None, results: Path | None = None) -> str:
    """Return the report of a run as one HTML page, which needs no other file and no network.

    Args:
        manifest: the database of the run, which may still be going on.
        report: where the page is to stand, for its links to lead from there; beside the
            manifest if None.
        results: the folder that the outputs named in the manifest are in; that of the manifest
            if None.

    Raises:
        CleanerError: `manifest` is no database of a run.
        OSError: it cannot be read.
    """
    places = Places(
        home=(report or manifest).absolute().parent, results=results or manifest.absolute().parent
    )
    with opened(manifest) as figures:
        totals = figures.totals()
        title = f"{number(totals['pages'])} page{'' if totals['pages'] == 1 else 's'} cleaned"
        return html_page(title, charts.STYLE + STYLE, _parts(figures, totals, places))


def _parts(figures: Figures, totals: Mapping[str, int | float], places: Places) -> Iterator[str]:
    tally = figures.tally()
    yield _about(figures.settings())
    yield _tiles(tally, totals)
    yield '<h2 id="charts">At a glance</h2><div class="cards">'
    yield from _cards(tally)
    yield from _reason_cards(figures)
    yield "</div>"
    yield '<h2 id="suspicious">Most suspicious pages</h2>'
    yield "<p>Pages worth a look, by four rules. A page can meet several.</p>"
    found = rules(tally)
    counts = figures.counts([rule.where for rule in found])
    for rule, count in zip(found, counts, strict=True):
        yield f"<h3>{text(rule.title)}: {number(count)}</h3><p class='note'>{text(rule.says)}</p>"
        if count:
            yield page_table(figures.pages(rule.where, rule.order), places, rule.title)
    yield from _lists(figures, places)


def _about(settings: Mapping[str, str]) -> str:
    """Render how the run stands and what it was asked for."""
    parts = []
    if settings.get("state", "done") != "done":
        parts.append(
            '<p class="notice">The run has not finished: these are the figures of the pages '
            "noted so far.</p>"
        )
    try:
        chosen = json.loads(settings.get("settings", "{}"))
    except ValueError:
        chosen = {}
    rows = "".join(
        f"<dt>{text(name)}</dt><dd><bdi>{text(_spelt(value))}</bdi></dd>"
        for name, value in (chosen.items() if isinstance(chosen, dict) else ())
        if value not in (None, "", [], {}, False)
    )
    if rows:
        parts.append(f"<details><summary>Settings of the run</summary><dl>{rows}</dl></details>")
    return "".join(parts)


def _spelt(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _tiles(tally: Tally, totals: Mapping[str, int | float]) -> str:
    """Render the main figures as tiles."""
    words = totals["words_kept"] + totals["words_removed"]
    times = tally.seconds()
    confidence = [(step / STEPS, tally.confidence[step]) for step in range(STEPS + 1)]
    tiles = {
        "of all words kept": share(totals["words_kept"] / words if words else None),
        "median confidence": share(quantile(confidence, 0.5)),
        "words kept": number(totals["words_kept"]),
        "markers removed": number(totals["markers"]),
        "read": size(totals["bytes_in"]),
        "written": size(totals["bytes_out"]),
        "duplicates": number(totals["duplicates"]),
        "of work, all pages": seconds(totals["seconds"]),
        "median time of a page": seconds(quantile(times, 0.5)),
        "or less for 99 % of pages": seconds(quantile(times, 0.99)),
    }
    made = (
        f"<div><b>{text(value)}</b><small>{name}</small></div>" for name, value in tiles.items()
    )
    return f'<div class="tiles">{"".join(made)}</div>'


def _cards(tally: Tally) -> Iterator[str]:
    kept: Counter[int] = Counter()
    for (_, step), count in tally.kept.items():
        if step is not None:
            kept[step] += count
    yield card(
        "What became of the pages",
        "Empty pages were cleaned and had nothing to keep.",
        [Bar(name, tally.states[name], tone) for name, tone in _TONES.items()],
    )
    yield card(
        "Kept share",
        "The share of a page's words that was kept; cleaned pages.",
        _share_bars(kept, 10),
        upright=True,
    )
    yield card(
        "Confidence",
        "The expected F1 of a page's kept text; cleaned pages.",
        _share_bars(tally.confidence, 20),
        upright=True,
    )
    yield card("Page types", "What the content model takes a page for.", _named_bars(tally.kinds))
    yield card(
        "Languages",
        "The main language of a page, as its tag; regions are counted together.",
        _named_bars(tally.languages),
    )
    yield card(
        "Markers",
        "Marker lines such as “annonse” removed from a page.",
        _marker_bars(tally),
        upright=True,
    )
    yield card(
        "Time",
        "Seconds that a page took to be read, cleaned and rendered.",
        _time_bars(tally.seconds()),
        upright=True,
    )


def _reason_cards(figures: Figures) -> Iterator[str]:
    reasons = figures.reasons()
    for name, title, note in (
        ("warnings", "Warnings", "What was odd about pages."),
        ("failed", "Failures", "Why pages failed."),
        ("skipped", "Skipped", "Why pages were passed over."),
    ):
        if found := _most(reasons[name])[:NAMED]:
            rows = "".join(
                f'<tr><td>{text(line)}</td><td class="n">{number(count)}</td></tr>'
                for line, count in found
            )
            yield (
                f'<section class="card"><h3>{title}</h3><p class="note">{note}</p>'
                f'<table><tr><th></th><th class="n">pages</th></tr>{rows}</table></section>'
            )


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    """Return the values and their counts, most frequent first."""
    return sorted(counts.items(), key=lambda item: (item[0] == OTHERS, -item[1], item[0]))


def _share_bars(counts: Counter[Any], bars: int) -> list[Bar]:
    """Return the counts of steps from 0 to 1 as that many bars; 1 is in the last."""
    width = STEPS // bars
    made = [sum(counts[step] for step in range(at, at + width)) for at in range(0, STEPS, width)]
    made[-1] += counts[STEPS]
    ticks = {0: "0 %", bars // 2: "50 %", bars - 1: "100 %"}
    names = [f"{100 * at // bars} to {100 * (at + 1) // bars} %" for at in range(bars)]
    return [Bar(names[at], made[at], tick=ticks.get(at, "")) for at in range(bars)]


def _named_bars(counts: Counter[str | None]) -> list[Bar]:
    """Return the most frequent values as bars, after them the others and those not known."""
    known = Counter({name: count for name, count in counts.items() if name})
    shown = [Bar(name, count) for name, count in _most(known)[:NAMED] if name != OTHERS]
    others = known.total() - sum(bar.value for bar in shown)
    rest = [Bar(OTHERS, others, "idle"), Bar("not known", counts[""], "idle")]
    return shown + [bar for bar in rest if bar.value]


def _marker_bars(tally: Tally) -> list[Bar]:
    bars = []
    for low, high in pairwise((*_MARKERS, MARKERS, MARKERS + 1)):
        label = f"{low}+" if low == MARKERS else f"{low}–{high - 1}" if high > low + 1 else f"{low}"
        count = sum(tally.markers[markers] for markers in range(low, high))
        bars.append(Bar(label, count, tick=label))
    return bars


def _time_bars(times: Sequence[tuple[float, int]]) -> list[Bar]:
    highs = [*_TIMES[1:], float("inf")]
    counts = [0] * len(_TIMES)
    for value, count in times:
        counts[next(place for place, high in enumerate(highs) if value < high)] += count
    ticks = {0: "0", 5: "0.1 s", 8: "1 s", len(_TIMES) - 1: "5 s +"}
    labels = [
        f"{seconds(low)} to {seconds(high)}" if high < float("inf") else f"{seconds(low)} and more"
        for low, high in zip(_TIMES, highs, strict=True)
    ]
    return [
        Bar(label, count, "bar" if place < 8 else "warn", ticks.get(place, ""))
        for place, (label, count) in enumerate(zip(labels, counts, strict=True))
    ]


def _lists(figures: Figures, places: Places) -> Iterator[str]:
    for title, note, where, order in (
        ("Slowest pages", "", "seconds > 0", "seconds DESC"),
        ("Most markers", "", "markers > 0", "markers DESC"),
        ("Failed pages", f"The first {LISTED}.", "status = 'failed'", "number"),
    ):
        if rows := figures.pages(where, order):
            yield f"<h2>{title}</h2>" + (f'<p class="note">{note}</p>' if note else "")
            yield page_table(rows, places, title)
    copied = figures.ask(
        "SELECT duplicate_of, count(*) FROM pages WHERE duplicate_of IS NOT NULL "
        f"GROUP BY duplicate_of ORDER BY count(*) DESC, duplicate_of LIMIT {LISTED}"
    )
    if copied:
        known = figures.named([name for name, _ in copied])
        rows = [known[name] for name, _ in copied if name in known]
        yield "<h2>Pages repeated most</h2>"
        yield page_table(rows, places, "Pages repeated most", ("copies", dict(copied)))
