"""What a measurement found, page by page, and the figures drawn from it."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import asdict, astuple, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cleaner.learn.score import Score, Snippets, harmonic, interval, mean
from cleaner.learn.tables import Table, number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cleaner.learn.datasets import LabelledPage


@dataclass(frozen=True, slots=True)
class Result:
    """One engine on one page.

    `word` and `shingle` are None where the page has no full gold text. `markers` counts the
    lines of the output that are an ad marker alone. `error` says what the engine raised; its output
    then counts as empty.
    """

    engine: str
    dataset: str
    page: LabelledPage
    word: Score | None
    shingle: Score | None
    snippets: Snippets
    markers: int
    seconds: float
    error: str | None

    @property
    def score(self) -> float | None:
        """Word F1, or the F1 of the snippets where there is no gold; None without either."""
        if self.word:
            return self.word.f1
        return self.snippets.score.f1 if self.snippets.total else None


@dataclass(frozen=True, slots=True)
class Figures:
    """One engine on several pages: means over pages, `f1_interval` at 95 %, milliseconds.

    `ahead` is by how much the first engine's mean F1 is higher on the same pages, with its
    interval. `times_peer` and `median_times_peer` are the mean and the median time over those of
    the first peer. What was not measured is None.
    """

    pages: int
    f1: float | None
    f1_interval: tuple[float, float] | None
    precision: float | None
    recall: float | None
    shingle_f1: float | None
    shingle_interval: tuple[float, float] | None
    snippet_f1: float | None
    snippet_interval: tuple[float, float] | None
    snippets: Snippets
    ahead: tuple[float, float, float] | None
    markers: int
    ms: float
    ms_median: float
    times_peer: float | None
    median_times_peer: float | None
    failures: int


@dataclass(frozen=True, slots=True)
class Loss:
    """A page, the first engine's score on it, and the best peer with its score."""

    result: Result
    score: float
    peer: str | None
    peer_score: float | None


@dataclass(frozen=True)
class Results:
    """Every engine on every page, in the order of `engines`; the first is the one in question."""

    engines: tuple[str, ...]
    datasets: tuple[str, ...]
    results: tuple[Result, ...]

    @cached_property
    def _index(self) -> dict[tuple[str, str], list[Result]]:
        index: dict[tuple[str, str], list[Result]] = {}
        for result in self.results:
            index.setdefault((result.engine, result.dataset), []).append(result)
        return index

    @cached_property
    def _figures(self) -> dict[tuple[str, str, str | None], Figures]:
        return {}

    def select(self, engine: str, dataset: str, page_type: str | None = None) -> list[Result]:
        """Return one engine's results on one dataset, or on its pages of one type."""
        found = self._index.get((engine, dataset), [])
        return [result for result in found if page_type in {None, result.page.page_type}]

    def page_types(self, dataset: str) -> list[str]:
        """Return the page types of a dataset, the most frequent first."""
        found = Counter(r.page.page_type for r in self.select(self.engines[0], dataset))
        return sorted(found, key=lambda name: (-found[name], name))

    def figures(self, engine: str, dataset: str, page_type: str | None = None) -> Figures:
        """Sum up one engine on one dataset, or on its pages of one type."""
        key = (engine, dataset, page_type)
        if key not in self._figures:
            peers = self.engines[1:2]
            self._figures[key] = _sum_up(
                self.select(*key),
                self.select(self.engines[0], dataset, page_type),
                self.select(peers[0], dataset, page_type) if peers else None,
            )
        return self._figures[key]

    def worst(self, number: int) -> list[Loss]:
        """Return the `number` pages on which the first engine scores lowest, lowest first."""
        rivals: dict[tuple[str, str], list[Result]] = {}
        for result in self.results:
            rivals.setdefault((result.dataset, result.page.id), []).append(result)
        losses = []
        for own, *others in rivals.values():
            if own.score is None:
                continue
            best = max(others, key=lambda result: result.score or 0.0, default=None)
            losses.append(
                Loss(own, own.score, best.engine if best else None, best.score if best else None)
            )
        losses.sort(key=lambda loss: (loss.score, -(loss.peer_score or 0.0), loss.result.page.id))
        return losses[:number]

    def tables(self) -> list[Table]:
        """Return for each dataset its scores, snippets, costs and page types, as it has them."""
        tables: list[Table] = []
        for dataset in self.datasets:
            figures = {name: self.figures(name, dataset) for name in self.engines}
            pages = figures[self.engines[0]].pages
            for kind, (columns, row) in _TABLES.items():
                rows = [row(name, found) for name, found in figures.items()]
                table = _table(f"{dataset}, {pages} pages: {kind}", ("engine", *columns), rows)
                tables += [table] if table else []
            types = self.page_types(dataset)
            if len(types) > 1:
                tables.append(self._by_type(dataset, types))
        return [*tables, *self._failures()]

    def _failures(self) -> list[Table]:
        """Return the table of what the engines raised, the most frequent first."""
        errors = Counter((r.engine, r.error) for r in self.results if r.error)
        rows = [[name, str(count), error] for (name, error), count in errors.most_common(20)]
        return [Table("failures", ("engine", "pages", "error"), rows)] if rows else []

    def _by_type(self, dataset: str, types: Sequence[str]) -> Table:
        rows = []
        for page_type in types:
            cells = [self.figures(name, dataset, page_type) for name in self.engines]
            values = [cell.snippet_f1 if cell.f1 is None else cell.f1 for cell in cells]
            rows.append([page_type, str(cells[0].pages), *(number(value) for value in values)])
        return Table(f"{dataset}: F1 per page type", ["page type", "pages", *self.engines], rows)

    def as_dict(self) -> dict[str, Any]:
        """Return all figures, and every page's scores, as what `json.dumps` takes."""
        return {
            "engines": list(self.engines),
            "datasets": {
                dataset: {
                    engine: {
                        **asdict(self.figures(engine, dataset)),
                        "page_types": {
                            page_type: asdict(self.figures(engine, dataset, page_type))
                            for page_type in self.page_types(dataset)
                        },
                    }
                    for engine in self.engines
                }
                for dataset in self.datasets
            },
            "pages": [_page_row(result) for result in self.results],
        }


def _sum_up(
    own: Sequence[Result], first: Sequence[Result], peer: Sequence[Result] | None
) -> Figures:
    word = [result.word for result in own if result.word]
    shingle = [(r.shingle.precision, r.shingle.recall) for r in own if r.shingle]
    f1 = [score.f1 for score in word]
    snippets = sum((result.snippets for result in own), Snippets())
    counts = [astuple(result.snippets) for result in own if result.snippets.total]
    times = [1000 * result.seconds for result in own] or [0.0]
    rival = [1000 * result.seconds for result in peer] if peer else None
    return Figures(
        pages=len(own),
        f1=mean(f1) if f1 else None,
        f1_interval=interval(f1) if f1 else None,
        precision=mean([score.precision for score in word]) if word else None,
        recall=mean([score.recall for score in word]) if word else None,
        shingle_f1=harmonic(*map(mean, zip(*shingle, strict=True))) if shingle else None,
        shingle_interval=interval(shingle, harmonic) if shingle else None,
        snippet_f1=snippets.score.f1 if snippets.total else None,
        snippet_interval=interval(counts, _snippet_f1) if snippets.total else None,
        snippets=snippets,
        ahead=None if own == first else _ahead(own, first),
        markers=sum(result.markers for result in own),
        ms=mean(times),
        ms_median=statistics.median(times),
        times_peer=mean(times) / mean(rival) if rival else None,
        median_times_peer=statistics.median(times) / statistics.median(rival) if rival else None,
        failures=sum(result.error is not None for result in own),
    )


def _snippet_f1(found: float, missed: float, unwanted: float) -> float:
    return 2 * found / (2 * found + missed + unwanted)


def _ahead(own: Sequence[Result], first: Sequence[Result]) -> tuple[float, float, float] | None:
    """Return the first engine's lead in mean F1 over the same pages, with its interval."""
    leads = [a.word.f1 - b.word.f1 for a, b in zip(first, own, strict=True) if a.word and b.word]
    return (mean(leads), *interval(leads)) if leads else None


def _scores(name: str, figures: Figures) -> list[str]:
    return [
        name,
        _spread(figures.f1, figures.f1_interval),
        number(figures.precision),
        number(figures.recall),
        _spread(figures.ahead[0], figures.ahead[1:], "+.3f") if figures.ahead else "",
        _spread(figures.shingle_f1, figures.shingle_interval),
    ]


def _snippets(name: str, figures: Figures) -> list[str]:
    counts = figures.snippets
    return [
        name,
        _spread(figures.snippet_f1, figures.snippet_interval),
        f"{counts.found}/{counts.found + counts.missed}" if counts.total else "",
        str(counts.unwanted) if counts.total else "",
    ]


def _costs(name: str, figures: Figures) -> list[str]:
    return [
        name,
        str(figures.markers),
        str(figures.failures),
        f"{figures.ms:.1f}",
        f"{figures.ms_median:.1f}",
        number(figures.times_peer, ".2f"),
        number(figures.median_times_peer, ".2f"),
    ]


# Kind of table → its columns, and an engine's row.
_TABLES: dict[str, tuple[Sequence[str], Callable[[str, Figures], list[str]]]] = {
    "scores": (("F1 [95 %]", "P", "R", "first is ahead by", "shingle F1 [95 %]"), _scores),
    "snippets": (("F1 [95 %]", "with", "without"), _snippets),
    "costs": (("markers left", "failures", "ms", "median", "ms / peer", "median / peer"), _costs),
}


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table | None:
    """Return a table without the columns that say nothing, None if all of them do."""
    used = [0, *(i for i in range(1, len(columns)) if any(row[i] for row in rows))]
    if len(used) == 1:
        return None
    return Table(title, [columns[i] for i in used], [[row[i] for i in used] for row in rows])


def _spread(value: float | None, span: Sequence[float] | None, form: str = ".3f") -> str:
    if value is None or span is None:
        return ""
    return f"{value:{form}} [{span[0]:{form}} {span[1]:{form}}]"


def _page_row(result: Result) -> dict[str, Any]:
    return {
        "engine": result.engine,
        "dataset": result.dataset,
        "id": result.page.id,
        "page_type": result.page.page_type,
        "word": asdict(result.word) if result.word else None,
        "shingle": asdict(result.shingle) if result.shingle else None,
        "snippets": asdict(result.snippets),
        "markers": result.markers,
        "ms": 1000 * result.seconds,
        "error": result.error,
    }
