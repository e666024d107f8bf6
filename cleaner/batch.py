"""Many pages on all cores: in order, lazily, and none lost to a worker that dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from cleaner.document import CleanerError, Document, Layout, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from cleaner.pipeline import Cleaner

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 8
"""Pages handed to a worker at once: enough to make the hand-over cheap, few enough to stay lazy."""

DIED = "the process that cleaned this page died"


def clean_many(
    pages: Iterable[object], *, workers: int | None = None, cleaner: Cleaner | None = None
) -> Iterator[Document]:
    """Yield the documents of many pages, in the order of the pages.

    Reads only some pages ahead, so that `pages` may be endless. A page on which a worker dies
    gives an empty document that says so in its `warnings`; the rest goes on. Programs that call
    this with more than one worker need the usual `if __name__ == "__main__":` guard.

    Args:
        pages: what `clean` takes: bytes, str, `Page`, soup, lxml elements, responses.
        workers: processes to use, 1 for none beside this one; by default, one a core.
        cleaner: the pipeline to use.

    Raises:
        TypeError: a page is of a type that `clean` does not take.
        CleanerError: the workers cannot start.

    >>> [document.text for document in clean_many(["<p>One.</p>", "<p>Two.</p>"], workers=1)]
    ['One.', 'Two.']
    """
    from cleaner.pipeline import Cleaner

    work = (cleaner or Cleaner()).clean
    return in_order(work, map(_portable, pages), workers=workers, died=_empty)


def in_order(
    function: Callable[[T], R],
    items: Iterable[T],
    *,
    workers: int | None = None,
    died: Callable[[T], R],
) -> Generator[R]:
    """Yield `function` of each item, in order, worked out by several processes.

    Args:
        function: can be pickled, as can the items and the results. What it raises is raised here.
        items: read only so far ahead as the workers need.
        workers: the number of processes, 1 for this one; by default, one a core.
        died: gives the result of an item on which a process died.
    """
    count = workers or cores()
    if count == 1:
        yield from map(function, items)
        return
    chunks = iter(items)
    waiting: deque[tuple[list[T], Future[list[R]]]] = deque()
    with _Workers(function, count, died) as pool:
        while chunk := list(islice(chunks, CHUNK)):
            waiting.append((chunk, pool.submit(chunk)))
            if len(waiting) > 2 * count:
                yield from pool.results(*waiting.popleft())
        while waiting:
            yield from pool.results(*waiting.popleft())


def cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Workers(Generic[T, R]):
    """A pool of processes that is replaced when one of them dies."""

    def __init__(self, function: Callable[[T], R], count: int, died: Callable[[T], R]) -> None:
        self._new = partial(_pool, function)
        self._count = count
        self._died = died
        self._pool = self._new(count)
        self._single: ProcessPoolExecutor | None = None

    def __enter__(self) -> _Workers[T, R]:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for pool in (self._pool, self._single):
            if pool:
                _end(pool, wait=kind is None)

    def submit(self, chunk: list[T]) -> Future[list[R]]:
        try:
            return _submit(self._pool, chunk)
        except BrokenProcessPool:
            self._pool = self._new(self._count)
            return _submit(self._pool, chunk)

    def results(self, chunk: list[T], future: Future[list[R]]) -> Iterator[R]:
        try:
            yield from future.result()
        except BrokenProcessPool:
            yield from map(self._alone, chunk)

    def _alone(self, item: T) -> R:
        """Work on one item in a process of its own, so that a death has one cause only."""
        self._single = self._single or self._new(1)
        try:
            result: Future[list[R]] = _submit(self._single, [item])
            return result.result()[0]
        except BrokenProcessPool:
            self._single = None
            return self._died(item)


def _pool(function: Callable[[Any], Any], count: int) -> ProcessPoolExecutor:
    """Return a pool whose workers are known to start.

    Forking a process that has threads can lock up its child, so that a fork server is asked
    where there is one.
    """
    methods = multiprocessing.get_all_start_methods()
    method = "forkserver" if "forkserver" in methods else "spawn"
    pool = ProcessPoolExecutor(
        count,
        mp_context=multiprocessing.get_context(method),
        initializer=_begin,
        initargs=(function,),
    )
    try:
        _submit(pool, []).result()
    except BrokenProcessPool:
        raise CleanerError(
            "the worker processes cannot start; a program that uses them must be guarded by"
            ' `if __name__ == "__main__":`'
        ) from None
    return pool


def _submit(pool: ProcessPoolExecutor, chunk: list[T]) -> Future[list[Any]]:
    """Hand a chunk over; what starts on the way is deaf to Ctrl-C, which is for this process."""
    with _interrupts_held():
        return pool.submit(_work, chunk)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(pool: ProcessPoolExecutor, *, wait: bool) -> None:
    """Close a pool; without waiting, its workers are stopped in the middle of their work."""
    processes = list((pool._processes or {}).values())
    pool.shutdown(wait=wait, cancel_futures=True)
    if not wait:
        for process in processes:
            process.terminate()


# The one function that a worker process serves; set once, when it starts.
_function: Callable[[Any], Any]


def _begin(function: Callable[[Any], Any]) -> None:
    global _function  # noqa: PLW0603 - a worker has no other place to keep it
    _function = function
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: Any) -> None:
    """End this worker when the process that started it is gone."""
    parent.join()
    os._exit(1)


def _work(chunk: list[Any]) -> list[Any]:
    return [_function(item) for item in chunk]


def _portable(source: object) -> Page:
    """Return a source as a page that can be sent to another process."""
    from cleaner.inputs import as_page, is_element

    if is_element(source):
        from lxml import etree

        tree = cast("etree._Element", source)
        return Page(etree.tostring(tree, encoding="unicode", method="html", with_tail=False))
    return as_page(source)


def _empty(page: Page) -> Document:
    return Document(page, Layout(), [], [], confidence=0.0, warnings=(DIED,))
