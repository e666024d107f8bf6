"""Many pages on all cores: in order, lazily, and none lost to a worker that dies.

The parent holds a window of pages, bounded in number and in bytes: those that workers have, and the
results whose turn has not come. Nothing more is read while the window is full, so that whoever
takes the results slowly slows the reading as well.
"""

from __future__ import annotations

import os
import pickle
import time
from collections import Counter, deque
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from cleaner.document import CleanerError, Document, Layout, Page
from cleaner.workers import DIED, Limits, Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from multiprocessing.connection import Connection

    from cleaner.pipeline import Cleaner
    from cleaner.workers import Answer

__all__ = ["DIED", "Limits", "clean_many", "cores", "in_order", "warm"]

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 8
"""Pages handed to a worker at once: enough to make the hand-over cheap, few enough to stay lazy."""

CHUNK_BYTES = 2**20
"""Bytes from which a chunk is large enough, however few its pages."""

AHEAD = 16
"""Chunks a worker that may be read ahead of the page whose turn it is."""

WINDOW_BYTES = 64 * 2**20
"""Bytes of pages without a result, and of results whose turn has not come, that are held."""

PAYS = 0.5
"""Seconds of work after which starting one more worker pays."""

_STRIKES = 2  # deaths on a page until it is given up: the first may have had another cause
_PAUSE = 1.0  # seconds without a look at the workers that are not held against them


def clean_many(
    pages: Iterable[object],
    *,
    workers: int | None = None,
    cleaner: Cleaner | None = None,
    timeout: float | None = None,
    memory: int | None = None,
) -> Iterator[Document]:
    """Yield the documents of many pages, in the order of the pages.

    Reads only some pages ahead, so that `pages` may be endless. A page on which a worker dies
    twice, or that takes more than the limits allow, gives an empty document that says so in its
    `warnings`; the rest goes on. Programs that call this with more than one worker need the usual
    `if __name__ == "__main__":` guard.

    Args:
        pages: what `clean` takes: bytes, str, `Page`, soup, lxml elements, responses.
        workers: processes to use, 1 for none beside this one; by default, one a core.
        cleaner: the pipeline to use.
        timeout: seconds that a page may take, 0 for no limit; by default 30 where there are
            workers. With one of the limits given, one worker is a process beside this one.
        memory: bytes of memory that a page may take, 0 for no limit; by default 2 GiB where there
            are workers, on systems that can limit it.

    Raises:
        TypeError: a page is of a type that `clean` does not take.
        ValueError: `workers` is less than 1, or a limit negative.
        CleanerError: the workers cannot start.

    >>> pages = ["A line.\\n\\nannonse\\n\\nAnother.", "A line."]
    >>> texts = (Page(text, media="text") for text in pages)
    >>> [document.text for document in clean_many(texts, workers=1)]
    ['A line.\\n\\nAnother.', 'A line.']
    """
    from cleaner.pipeline import Cleaner

    if workers is not None and workers < 1:
        raise ValueError(f"workers must be 1 or more, not {workers}")
    limits = Limits.of(timeout, memory)
    work = _Clean(cleaner or Cleaner())
    if (workers or cores()) == 1 and not timeout and not memory:
        return map(work, map(_portable, pages))
    return in_order(work, map(_portable, pages), workers=workers, lost=_empty, limits=limits)


def in_order(
    function: Callable[[T], R],
    items: Iterable[T],
    *,
    lost: Callable[[T, str], R],
    workers: int | None = None,
    limits: Limits | None = None,
) -> Generator[R]:
    """Yield `function` of each item, in order, worked out by other processes.

    What `function` or `items` raise is raised here, when the turn of that item comes.

    Args:
        function: can be pickled, as can the items and the results. If it has a method `prepare`,
            each process calls that before its first item, without limit.
        items: read only so far ahead as the workers need and the window allows.
        lost: gives the result of an item that has none, because processes died on it or it took
            too much, from the item and the reason in words.
        workers: the most processes; by default one a core. As many as there are cores start at
            once if the number is given, and others as work is there.
        limits: what an item may take.
    """
    with _Crew(function, lost, workers, limits or Limits()) as crew:
        yield from crew.results(items)


def cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Clean:
    """What `clean_many` does to a page; can be pickled."""

    def __init__(self, cleaner: Cleaner) -> None:
        self.cleaner = cleaner

    def __call__(self, page: Page) -> Document:
        return self.cleaner.clean(page)

    def prepare(self) -> None:
        warm(self.cleaner)


def warm(cleaner: Cleaner) -> None:
    """Load what a cleaner needs, before it is needed in a hurry."""
    cleaner.clean("<title>A title</title><p>A sentence of a few words.</p>").metadata  # noqa: B018
    cleaner.clean(Page("A line.", media="text"))


class _Crew(Generic[T, R]):
    """The workers on one row of items, each replaced when it dies."""

    def __init__(
        self,
        function: Callable[[T], R],
        lost: Callable[[T, str], R],
        workers: int | None,
        limits: Limits,
    ) -> None:
        self._function = function
        self._lost = lost
        self._limits = limits
        self._most = workers or cores()
        self._workers = [self._hired() for _ in range(min(workers or 1, cores()))]
        self._looked = self._hired_at = time.monotonic()
        self._window = self._most * CHUNK * AHEAD
        self._turn = 0
        self._read = 0
        self._failure: Exception | None = None  # of the items themselves, after the last
        self._ended = False
        self._given: dict[int, T] = {}  # items without a result
        self._again: deque[int] = deque()  # those of them that a dead worker had
        self._deaths: Counter[int] = Counter()
        self._done: dict[int, Callable[[], R]] = {}
        self._bytes: dict[int, int] = {}  # of the items and results above
        self._held = 0  # the sum of these

    def __enter__(self) -> _Crew[T, R]:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.end()

    def results(self, items: Iterable[T]) -> Iterator[R]:
        source = iter(items)
        while True:
            self._feed(source)
            if self._turn in self._done:
                self._weigh(self._turn, 0)
                result = self._done.pop(self._turn)
                self._turn += 1
                yield result()
                if self._turn in self._done and self._turn % CHUNK == 0:
                    self._gather(0)  # the other branches listen anyway
            elif self._given:
                self._gather(self._patience())
            elif self._failure:
                raise self._failure
            elif self._ended:
                return
            else:
                self._gather(None)

    def _hired(self) -> Worker:
        return Worker(self._function, self._limits)

    def _feed(self, source: Iterator[T]) -> None:
        for worker in self._workers:
            if worker.wants:
                self._give(worker, source)
        grown = len(self._workers) == self._most
        if not grown and self._may_read() and time.monotonic() - self._hired_at > PAYS:
            self._workers.append(self._hired())
            self._hired_at = time.monotonic()

    def _give(self, worker: Worker, source: Iterator[T]) -> None:
        if worker.waiting:
            (numbers, pickled), worker.waiting = worker.waiting, None
        elif self._again and worker.idle:  # by itself: it may end the next worker as well
            numbers = [self._again.popleft()]
            pickled = [pickle.dumps(self._given[numbers[0]], pickle.HIGHEST_PROTOCOL)]
        else:
            numbers, pickled = self._chunk(source)
        if not numbers:
            return
        try:
            worker.give(numbers, pickled)
        except OSError:
            self._replace(worker)

    def _chunk(self, source: Iterator[T]) -> tuple[list[int], list[bytes]]:
        numbers: list[int] = []
        pickled: list[bytes] = []
        while len(numbers) < CHUNK and sum(map(len, pickled)) < CHUNK_BYTES and self._may_read():
            try:
                item = next(source)
                data = pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
            except StopIteration:
                self._ended = True
            except Exception as error:
                self._ended, self._failure = True, error
            else:
                self._given[self._read] = item
                self._weigh(self._read, len(data))
                numbers.append(self._read)
                pickled.append(data)
                self._read += 1
        return numbers, pickled

    def _may_read(self) -> bool:
        full = self._read - self._turn >= self._window or self._held >= WINDOW_BYTES
        return not self._ended and not full

    def _weigh(self, item: int, size: int) -> None:
        self._held += size - self._bytes.pop(item, 0)
        if size:
            self._bytes[item] = size

    def _patience(self) -> float | None:
        """Return the seconds until a worker may be late, or one more should be started."""
        ends = [
            worker.since + self._limits.seconds
            for worker in self._workers
            if worker.items and self._limits.seconds
        ]
        if len(self._workers) < self._most and self._may_read():
            ends.append(self._hired_at + PAYS)
        return max(0.01, min(ends) - time.monotonic() + 0.01) if ends else None

    def _gather(self, timeout: float | None) -> None:
        self._forgive()
        busy = {worker.connection: worker for worker in self._workers if not worker.idle}
        for connection in wait(list(busy), timeout):
            worker = busy[cast("Connection", connection)]
            try:
                answer = worker.hear()
            except (EOFError, OSError):
                self._replace(worker)
                continue
            if answer:
                self._note(answer)
                if answer.last:
                    self._replace(worker, struck=False)
        self._looked = time.monotonic()
        for worker in [worker for worker in self._workers if worker.is_late(self._limits)]:
            self._settle(worker.items[0], f"took longer than {self._limits.seconds:g} s")
            self._replace(worker, struck=False)

    def _forgive(self) -> None:
        """Do not count time in which nobody looked: this process was stopped or its caller busy."""
        away = time.monotonic() - self._looked
        if away > _PAUSE:
            for worker in self._workers:
                worker.since += away

    def _note(self, answer: Answer) -> None:
        item = answer.item
        if answer.out_of_memory:
            most = f"{self._limits.memory / 2**20:,.0f} MiB"
            self._settle(item, f"needed more than {most} of memory")
            return
        del self._given[item]
        self._weigh(item, len(answer.pickled) + 1)
        self._done[item] = lambda: _opened(answer)

    def _settle(self, item: int, why: str) -> None:
        """Let an item go that has no result."""
        given = self._given.pop(item)
        self._weigh(item, 1)
        self._done[item] = lambda: self._lost(given, why)

    def _replace(self, dead: Worker, *, struck: bool = True) -> None:
        """Put a new worker in the place of one, and what that had back in the row."""
        dead.end()
        if not dead.ready and (dead.process.exitcode or 0) >= 0:
            raise CleanerError(
                "the worker processes cannot start; a program that uses them must be guarded by"
                ' `if __name__ == "__main__":`'
            )
        if dead.items and struck:
            self._deaths[dead.items[0]] += 1
            if self._deaths[dead.items[0]] == _STRIKES:
                self._settle(dead.items[0], dead.death)
        self._again.extend(item for item in dead.have() if item in self._given)
        self._workers[self._workers.index(dead)] = self._hired()


def _opened(answer: Answer) -> Any:
    value = pickle.loads(answer.pickled)
    if answer.raised:
        raise value
    return value


def _portable(source: object) -> Page:
    """Return a source as a page that can be sent to another process."""
    from cleaner.inputs import as_page, is_element

    if is_element(source):
        from lxml import etree

        tree = cast("etree._Element", source)
        return Page(etree.tostring(tree, encoding="unicode", method="html", with_tail=False))
    return as_page(source)


def _empty(page: Page, why: str) -> Document:
    return Document(page, Layout(), [], [], confidence=0.0, warnings=(why,))
