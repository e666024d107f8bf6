"""Engines measured against labelled pages, side by side."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING, NamedTuple

from cleaner.learn.datasets import LabelledPage
from cleaner.learn.markers_eval import count_marker_lines
from cleaner.learn.results import Result, Results
from cleaner.learn.score import shingle_score, snippet_counts, word_score

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cleaner.learn.datasets import Dataset
    from cleaner.learn.engines import Extract


class _Run(NamedTuple):
    """An engine's output, the seconds it took, and what it raised."""

    text: str
    seconds: float
    error: str | None


def evaluate(
    datasets: Sequence[Dataset],
    engines: Mapping[str, Extract],
    *,
    progress: Callable[[], object] | None = None,
    read: Callable[[LabelledPage], bytes] = LabelledPage.read,
) -> Results:
    """Run every engine over every page and score the outputs.

    The engines take turns page by page in this process, and which of them begins moves on with
    each page, so that all meet the same machine and no one always finds the page in the cache.
    Before the clock starts, each has run on one page, and what loading them left is collected or
    set aside: else whichever is first to need it, or is at work when all is looked through for
    garbage, pays for all. `progress` is called after each page; `read` gives
    its bytes. Raises `DatasetError` if it cannot; what an engine raises is caught and noted.
    """
    names = list(engines)
    found: list[Result] = []
    warm = False
    try:
        for dataset in datasets:
            for number, page in enumerate(dataset):
                data = read(page)
                if not warm:
                    warm = True
                    for name in names:
                        _run(engines[name], data, page.url)
                    gc.collect()
                    gc.freeze()
                turn = number % max(1, len(names))
                order = names[turn:] + names[:turn]
                outputs = {name: _run(engines[name], data, page.url) for name in order}
                found += (_judge(name, dataset.name, page, outputs[name]) for name in names)
                if progress:
                    progress()
    finally:
        gc.unfreeze()
    return Results(tuple(names), tuple(dataset.name for dataset in datasets), tuple(found))


def _run(extract: Extract, data: bytes, url: str | None) -> _Run:
    start = time.process_time()
    try:
        text, error = extract(data, url), None
    except Exception as problem:
        text, error = "", " ".join(f"{type(problem).__name__}: {problem}".split())[:200]
    return _Run(text, time.process_time() - start, error)


def _judge(engine: str, dataset: str, page: LabelledPage, run: _Run) -> Result:
    text, seconds, error = run
    return Result(
        engine,
        dataset,
        page,
        None if page.gold is None else word_score(text, page.gold),
        None if page.gold is None else shingle_score(text, page.gold),
        snippet_counts(text, page.with_, page.without),
        count_marker_lines(text),
        seconds,
        error,
    )
