"""A worker: a process that works out items one by one, within a limit of time and of memory.

Each has a pipe of its own and answers item by item, so that when it dies it is known which item it
was on. A queue that several processes share, as in the pools of the standard library, cannot tell.
"""

from __future__ import annotations

import math
import multiprocessing
import pickle
import signal
import sys
import time
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.document import CleanerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

DIED = "the process that cleaned this page died"

_GOOD, _RAISED, _MEMORY = 0, 1, 2  # what became of an item: the first byte of the answer
_LAST = 128  # added to it if the worker should be replaced


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may take; 0 is without limit.

    Attributes:
        seconds: from when a worker takes the page until it answers.
        memory: bytes more than the worker held when it started; where the system has
            `RLIMIT_DATA`, such as Linux.

    """

    seconds: float = 30.0
    memory: int = 2 * 2**30

    @classmethod
    def of(cls, seconds: float | None, memory: int | None) -> Limits:
        """Return limits of which None stands for the usual one, and infinity for none.

        Raises:
            ValueError: a limit is negative or no number.
        """
        usual = cls()
        seconds = usual.seconds if seconds is None else seconds
        memory = usual.memory if memory is None else memory
        if not (seconds >= 0 and memory >= 0):
            raise ValueError("a limit is a number of 0 or more")
        return cls(0 if seconds == math.inf else seconds, memory)


class Answer(NamedTuple):
    """What a worker says of an item: pickled, `raised` if it is an error."""

    item: int
    pickled: memoryview
    raised: bool
    out_of_memory: bool
    last: bool


class Worker:
    """A process, the pipe to it, and the numbers of the items it has: the first is in hand."""

    def __init__(self, function: Callable[[Any], Any], limits: Limits) -> None:
        # Forking a process that has threads can lock up its child.
        methods = multiprocessing.get_all_start_methods()
        context: Any = multiprocessing.get_context(
            "forkserver" if "forkserver" in methods else "spawn"
        )
        self.connection: Connection
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, function, limits), daemon=True)
        self.items: deque[int] = deque()
        self.waiting: tuple[list[int], list[bytes]] | None = None
        self.since = 0.0
        self._latest = 0  # items in the chunk given last
        self._room = _room(self.connection)
        self.ready = False
        with _interrupts_held():
            self.process.start()
        theirs.close()

    @property
    def idle(self) -> bool:
        return self.ready and not self.items

    @property
    def wants(self) -> bool:
        """Whether it should get a chunk: it has none, or has begun the last that it has."""
        begun = len(self.items) < self._latest
        return self.ready and (not self.items or (begun and self._room > 0 and not self.waiting))

    def give(self, items: list[int], pickled: list[bytes]) -> None:
        """Hand over a chunk, at once if that cannot block; raises `OSError` if it is dead.

        A worker at work does not read its pipe: it is sent only what the pipe has room for, and
        gets the rest once it is idle.
        """
        if self.items and sum(map(len, pickled)) > self._room:
            self.waiting = items, pickled
            return
        if not self.items:
            self.since = time.monotonic()
        self.items.extend(items)
        self._latest = len(items)
        self.connection.send(pickled)

    def have(self) -> list[int]:
        """Return the items that it has no answer for, those that wait for it too."""
        return [*self.items, *(self.waiting[0] if self.waiting else ())]

    def hear(self) -> Answer | None:
        """Return the next answer, None for the word that it is ready; `EOFError`, `OSError`."""
        message = memoryview(self.connection.recv_bytes())
        self.since = time.monotonic()
        if not self.ready:
            self.ready = True
            return None
        kind, last = message[0] & ~_LAST, bool(message[0] & _LAST)
        item = self.items.popleft()
        return Answer(item, message[1:], kind == _RAISED, kind == _MEMORY, last)

    def is_late(self, limits: Limits) -> bool:
        """Return whether the item in hand takes too long, and no answer is waiting to be heard."""
        if not self.items or not limits.seconds:
            return False
        late = time.monotonic() - self.since > limits.seconds
        return late and not self.connection.poll()

    def end(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()

    @property
    def death(self) -> str:
        """How it died, in words, once it has been ended."""
        code = self.process.exitcode or 0
        if code >= 0:
            return f"{DIED} (exit code {code})"
        with suppress(ValueError):
            return f"{DIED} ({signal.Signals(-code).name})"
        return f"{DIED} (signal {-code})"


def _room(connection: Connection) -> int:
    """Return the bytes that can be sent to a worker that does not read, 0 if that is unknown."""
    with suppress(AttributeError, ImportError, OSError):
        import os
        import socket

        with socket.socket(fileno=os.dup(connection.fileno())) as pipe:
            return pipe.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) // 4
    return 0


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


def _serve(connection: Connection, function: Callable[[Any], Any], limits: Limits) -> None:
    """Answer chunks of items, one message an item, until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prepare = getattr(function, "prepare", None)
    if prepare:
        prepare()  # what is loaded once is not on the account of the first page
    guard = _Guard(limits)
    try:
        connection.send_bytes(b"\0")  # ready
        while True:
            for item in connection.recv():
                with guard.clock():
                    kind, pickled = _answer(function, item)
                if kind == _MEMORY or guard.is_large():
                    kind |= _LAST
                connection.send_bytes(bytes([kind]) + pickled)
                if kind & _LAST:
                    return
    except (EOFError, OSError):
        return


def _answer(function: Callable[[Any], Any], item: bytes) -> tuple[int, bytes]:
    try:
        return _GOOD, pickle.dumps(function(pickle.loads(item)), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return _MEMORY, b""
    except Exception as error:
        return _RAISED, _sendable(error)


def _sendable(error: Exception) -> bytes:
    try:
        pickled = pickle.dumps(error)
        pickle.loads(pickled)
    except Exception:  # an error that cannot be sent is told in words
        return pickle.dumps(CleanerError(f"{type(error).__name__}: {error}"))
    return pickled


class _Guard:
    """Holds the worker to its limits from within."""

    def __init__(self, limits: Limits) -> None:
        self._peak = limits.memory and _peak() + limits.memory // 2
        # Late pages are for the other side to end; this is for when there is none any more.
        self._alarm = limits.seconds and hasattr(signal, "setitimer") and 2 * limits.seconds + 1
        if self._alarm:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
        if limits.memory:
            _limit_memory(limits.memory)

    @contextmanager
    def clock(self) -> Iterator[None]:
        """End the process if what is done in here takes far longer than it may."""
        if not self._alarm:
            yield
            return
        signal.setitimer(signal.ITIMER_REAL, self._alarm)
        yield
        signal.setitimer(signal.ITIMER_REAL, 0)

    def is_large(self) -> bool:
        """Return whether so much was needed that another page might not find its whole share."""
        return bool(self._peak) and _peak() > self._peak


def _limit_memory(more: int) -> None:
    """Let this process take so many bytes more than it has, where the system can see to that."""
    with suppress(ImportError, OSError, OverflowError, ValueError):
        import resource
        from pathlib import Path

        pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = pages * resource.getpagesize() + more
        if hard == resource.RLIM_INFINITY or wanted < hard:
            resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))


def _peak() -> int:
    """Return the most bytes of memory that this process has held, 0 where that is unknown."""
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
