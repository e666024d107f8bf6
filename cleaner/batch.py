"""Many pages on all cores: in order, lazily, and none lost to a worker that dies.

Each worker has a pipe of its own and answers page by page, so that when one dies it is known which
page it was on. A shared queue, as in the standard library's pools, does not tell.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections import Counter, deque
from contextlib import contextmanager
from itertools import islice
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from cleaner.document import CleanerError, Document, Layout, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection

    from cleaner.pipeline import Cleaner

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 8
"""Pages handed to a worker at once: enough to make the hand-over cheap, few enough to stay lazy."""

AHEAD = 4
"""Chunks a worker that may be read ahead of the page whose turn it is."""

DIED = "the process that cleaned this page died"

_STRIKES = 2  # deaths on a page until it is given up: the first may have had another cause


def clean_many(
    pages: Iterable[object], *, workers: int | None = None, cleaner: Cleaner | None = None
) -> Iterator[Document]:
    """Yield the documents of many pages, in the order of the pages.

    Reads only some pages ahead, so that `pages` may be endless. A page on which a worker dies
    twice gives an empty document that says so in its `warnings`; the rest goes on. Programs that
    call this with more than one worker need the usual `if __name__ == "__main__":` guard.

    Args:
        pages: what `clean` takes: bytes, str, `Page`, soup, lxml elements, responses.
        workers: processes to use, 1 for none beside this one; by default, one a core.
        cleaner: the pipeline to use.

    Raises:
        TypeError: a page is of a type that `clean` does not take.
        CleanerError: the workers cannot start.

    >>> pages = ["A line.\\n\\nannonse\\n\\nAnother.", "A line."]
    >>> texts = (Page(text, media="text") for text in pages)
    >>> [document.text for document in clean_many(texts, workers=1)]
    ['A line.\\n\\nAnother.', 'A line.']
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
        function: can be pickled, as can the items and the results. What it raises is raised here,
            when the turn of its item comes.
        items: read only so far ahead as the workers need.
        workers: the number of processes, 1 for this one; by default, one a core.
        died: gives the result of an item on which processes died.
    """
    count = workers or cores()
    if count == 1:
        yield from map(function, items)
        return
    with _Crew(function, count, died) as crew:
        yield from crew.results(items)


def cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Worker:
    """A process, the pipe to it, and the numbers of the items it has: the first is in hand."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        # Forking a process that has threads can lock up its child.
        methods = multiprocessing.get_all_start_methods()
        context: Any = multiprocessing.get_context(
            "forkserver" if "forkserver" in methods else "spawn"
        )
        self.connection: Connection
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, function), daemon=True)
        self.items: deque[int] = deque()
        self.ready = False
        with _interrupts_held():
            self.process.start()
        theirs.close()

    @property
    def idle(self) -> bool:
        return self.ready and not self.items

    def end(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


class _Crew(Generic[T, R]):
    """The workers on one row of items, each replaced when it dies."""

    def __init__(self, function: Callable[[T], R], count: int, died: Callable[[T], R]) -> None:
        self._function = function
        self._died = died
        self._workers = [_Worker(function) for _ in range(count)]
        self._window = count * CHUNK * AHEAD
        self._read = 0  # items, of which the last has been read if ended
        self._ended = False
        self._given: dict[int, T] = {}  # items without a result
        self._again: deque[int] = deque()  # those of them that a dead worker had
        self._deaths: Counter[int] = Counter()
        self._done: dict[int, tuple[bool, Any]] = {}

    def __enter__(self) -> _Crew[T, R]:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.end()

    def results(self, items: Iterable[T]) -> Iterator[R]:
        numbered = enumerate(items)
        turn = 0
        while True:
            self._feed(numbered, turn)
            if turn in self._done:
                good, value = self._done.pop(turn)
                if not good:
                    raise value
                turn += 1
                yield value
                self._gather(0)
            elif self._ended and not self._given:
                return
            else:
                self._gather(None)

    def _feed(self, numbered: Iterator[tuple[int, T]], turn: int) -> None:
        for worker in self._workers:
            if worker.idle and (chunk := self._chunk(numbered, turn)):
                worker.items.extend(chunk)
                try:
                    worker.connection.send([pickle.dumps(self._given[item]) for item in chunk])
                except OSError:
                    self._replace(worker)

    def _chunk(self, numbered: Iterator[tuple[int, T]], turn: int) -> Sequence[int]:
        if self._again:
            return [self._again.popleft()]
        wanted = min(CHUNK, turn + self._window - self._read)
        new = dict(islice(numbered, wanted)) if wanted > 0 else {}
        self._read += len(new)
        self._ended = len(new) < wanted
        self._given |= new
        return list(new)

    def _gather(self, timeout: float | None) -> None:
        busy = {worker.connection: worker for worker in self._workers if not worker.idle}
        for connection in wait(list(busy), timeout):
            worker = busy[cast("Connection", connection)]
            try:
                message = worker.connection.recv_bytes()
            except (EOFError, OSError):
                self._replace(worker)
                continue
            if worker.ready:
                item = worker.items.popleft()
                self._done[item] = pickle.loads(message)
                del self._given[item]
            worker.ready = True

    def _replace(self, dead: _Worker) -> None:
        """Put a new worker in the place of a dead one, and what that had back in the row."""
        dead.end()
        if not dead.ready:
            raise CleanerError(
                "the worker processes cannot start; a program that uses them must be guarded by"
                ' `if __name__ == "__main__":`'
            )
        if dead.items:
            self._strike(dead.items[0])
        self._again.extend(item for item in dead.items if item in self._given)
        self._workers[self._workers.index(dead)] = _Worker(self._function)

    def _strike(self, item: int) -> None:
        self._deaths[item] += 1
        if self._deaths[item] == _STRIKES:
            self._done[item] = True, self._died(self._given.pop(item))


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Make what is started in here deaf to Ctrl-C, which is for this process to act on."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # its own start, in here, would let them through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection, function: Callable[[Any], Any]) -> None:
    """Answer chunks of items, one message an item, until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        connection.send_bytes(b"")  # ready
        while True:
            for item in connection.recv():
                connection.send_bytes(_answer(function, item))
    except (EOFError, OSError):
        return


def _answer(function: Callable[[Any], Any], item: bytes) -> bytes:
    try:
        return pickle.dumps((True, function(pickle.loads(item))))
    except Exception as error:
        return _failure(error)


def _failure(error: Exception) -> bytes:
    try:
        message = pickle.dumps((False, error))
        pickle.loads(message)
    except Exception:  # an error that cannot be sent is told in words
        return pickle.dumps((False, CleanerError(f"{type(error).__name__}: {error}")))
    return message


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
