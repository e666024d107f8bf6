"""One run of `cleaner clean`: each page is cleaned, written, noted in the manifest and shown."""

from __future__ import annotations

import errno
import json
import signal
import time
from collections import deque
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from cleaner.batch import Limits, in_order
from cleaner.cli._console import FAILED, INTERRUPTED, reason, say, wrong_usage
from cleaner.cli._progress import JsonLog, Progress
from cleaner.cli._summary import summary
from cleaner.cli._work import lost
from cleaner.document import CleanerError
from cleaner.manifest import Manifest, ManifestError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence

    from cleaner.cli._options import Running
    from cleaner.cli._progress import Teller
    from cleaner.cli._target import Target
    from cleaner.cli._work import Outcome, Work
    from cleaner.dedup import Dedup
    from cleaner.sinks import Record, Sink
    from cleaner.sources import Item

EVERY_BYTES = 64 * 2**20
"""Bytes of pages after which a checkpoint comes before its time."""
EVERY_SECONDS = 5.0
"""And seconds, where the place of the checkpoints leaves no trace in the results: in a folder."""

HANDFUL = 4
"""Pages that are cleaned in this process, if no limit or number of workers is asked for."""

# With these, the next page cannot be written either.
_HOPELESS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.ENODEV, errno.EMFILE}


class RunStoppedError(CleanerError):
    """The run must stop; the same command goes on with it later."""


@dataclass(slots=True)
class Run:
    """Cleans pages, writes and notes them.

    Attributes:
        items: the pages.
        target: where they go.
        work: what is done to each.
        settings: what the results depend on, for a later call to tell whether it is the same run.
        how: the options.
        arguments: what the pages are named by, for the progress to count.
        drop: leave duplicates out.

    """

    items: Iterator[Item]
    target: Target
    work: Work
    settings: Mapping[str, Any]
    how: Running
    arguments: Sequence[str] = ()
    drop: bool = False
    _done: int = 0
    _next: int = 0
    _last: str | None = None
    _bytes: int = 0
    _safe_at: float = field(default_factory=time.monotonic)
    _dedup: Dedup | None = None

    def __call__(self) -> int:
        """Run, and return the exit code."""
        started = time.monotonic()
        manifest = self._manifest()
        with closing(manifest):
            try:
                token = self._go_on(manifest)
            except (KeyboardInterrupt, OSError) as error:
                return self._stopped(error)
            sink = self._sink(manifest, token)
            code = self._finished(manifest, sink) if sink else 0
            if code in (0, FAILED):
                code = max(code, summary(manifest, self.target, self.how, started))
        return code

    def _manifest(self) -> Manifest:
        try:
            return Manifest(self.target.manifest)
        except ManifestError as error:
            wrong_usage(reason(error))
        except OSError as error:
            wrong_usage(f"{self.target.manifest} cannot be written: {reason(error)}")

    def _go_on(self, manifest: Manifest) -> str | None:
        """Begin anew, or go to where the run before this one was stopped; return the token."""
        state = manifest.state()
        if state is None or state.state == "done" or self.how.fresh:
            manifest.begin(self.settings)
            return None
        other = [name for name in self.settings if self.settings[name] != state.settings.get(name)]
        if other:
            wrong_usage(
                f"{self.target.path or 'there'} holds a run that was stopped, with another"
                f" {', '.join(other)}; finish that with the same command, or add --fresh"
            )
        self._done = self._next = state.done
        passed = deque(islice(self.items, state.done), maxlen=1)
        if [item.name for item in passed] != [state.last][: state.done]:
            wrong_usage("the pages are not those of the run that was stopped: add --fresh")
        self._last = state.last
        if state.done and not self.how.quiet:
            self._say(f"cleaner: going on after {state.done:,} pages of the run that was stopped")
        return state.token

    def _sink(self, manifest: Manifest, token: str | None) -> Sink | None:
        """Return the sink; None if the run before was stopped between its end and its last word."""
        try:
            if self.work.dedup:
                from cleaner.dedup import Dedup

                self._dedup = Dedup(self.work.dedup, manifest.connection)
            return self.target.open(self.work.forms, token)
        except CleanerError as error:
            state = manifest.state()
            if state and state.state == "closing" and self.target.is_folder:
                # The last act of the sink had been to forget how to go on: it was done.
                self.target.open(self.work.forms, None).close()
                manifest.turn("done")
                return None
            hint = "; add --fresh" if token else ""
            wrong_usage(f"{reason(error)}{hint}")
        except OSError as error:
            wrong_usage(f"{self.target.path} cannot be written: {reason(error)}")

    def _finished(self, manifest: Manifest, sink: Sink) -> int:
        """Take the run to its end, or to where it is stopped; return the exit code."""
        teller = self._teller()
        try:
            with terminable(), teller, closing(self._outcomes()) as outcomes:
                for outcome in outcomes:
                    self._take(outcome, manifest, sink, teller)
                    if self._is_due():
                        self._checkpoint(manifest, sink, teller)
                self._checkpoint(manifest, sink, teller)
                manifest.turn("closing")
                sink.close()
                manifest.turn("done")
        except BaseException as error:
            with suppress(OSError):
                sink.abandon()
            if isinstance(error, KeyboardInterrupt | OSError | RunStoppedError):
                return self._stopped(error)
            raise
        return FAILED if manifest.totals().pages["failed"] else 0

    def _outcomes(self) -> Generator[Outcome]:
        how = self.how
        asked = not (how.workers is None and how.timeout is None and how.memory is None)
        first = [] if asked else list(islice(self.items, HANDFUL + 1))
        if not asked and len(first) <= HANDFUL:
            return (_here(self.work, item) for item in first)
        limits = Limits.of(how.timeout, None if how.memory is None else how.memory * 2**20)
        items = chain(first, self.items)
        return in_order(self.work, items, lost=lost, workers=how.workers, limits=limits)

    def _take(self, outcome: Outcome, manifest: Manifest, sink: Sink, teller: Teller) -> None:
        row = outcome.row
        row.number = self._next
        if record := self._noted(outcome):
            try:
                row.output = self.target.named(sink.write(record))
            except OSError as error:
                if not self.target.is_folder or error.errno in _HOPELESS or error.errno is None:
                    raise RunStoppedError(
                        f"{self.target.path or 'stdout'} cannot be written: {reason(error)}"
                    ) from error
                row.status, row.reason = "failed", f"cannot be written: {reason(error)}"
        manifest.add(row)
        self._next += 1
        self._last = row.name
        self._bytes += row.bytes_in
        teller.page(row)
        if not self.target.many and not self.how.quiet:
            for warning in (row.warnings or "").splitlines():
                teller.say(f"warning: {warning}")

    def _noted(self, outcome: Outcome) -> Record | None:
        """Return what is to be written, once it is known whether it repeats another page."""
        row, record = outcome.row, outcome.record
        if record is None or self._dedup is None:
            return record
        if found := self._dedup.look_up(row.name, outcome.signature):
            row.duplicate_of, row.similarity = found
            if self.drop:
                row.status, row.reason = "skipped", f"repeats {row.duplicate_of}"
                row.bytes_out = 0
                return None
        return replace(record, duplicate_of=row.duplicate_of)

    def _is_due(self) -> bool:
        return (
            self._next - self._done >= self.how.checkpoint
            or self._bytes >= EVERY_BYTES
            or (self.target.is_folder and time.monotonic() - self._safe_at > EVERY_SECONDS)
        )

    def _checkpoint(self, manifest: Manifest, sink: Sink, teller: Teller) -> None:
        manifest.checkpoint(self._next, sink.checkpoint(), self._last)
        self._done = self._next
        self._bytes = 0
        self._safe_at = time.monotonic()
        teller.checkpoint(self._done)

    def _teller(self) -> Teller:
        if self.how.json_log:
            return JsonLog()
        shown = self.target.many and not self.how.quiet
        out = str(self.target.path) if self.target.path else None
        return Progress(shown=shown, arguments=self.arguments, leave_out=out, done=self._done)

    def _stopped(self, error: BaseException) -> int:
        """Say how a run ended before its end; return the exit code."""
        if isinstance(error, KeyboardInterrupt):
            self._say(f"cleaner: interrupted; {self._hint()}")
            return INTERRUPTED
        self._say(f"cleaner: stopped: {reason(error)}; {self._hint()}")
        return FAILED

    def _hint(self) -> str:
        if self.target.manifest is None:
            return "nothing of it is kept"
        if not self._done:
            return "the same command starts again with the first page"
        return f"{self._done:,} pages are done, and the same command goes on from there"

    def _say(self, line: str) -> None:
        say(json.dumps({"event": "message", "text": line}) if self.how.json_log else line)


@contextmanager
def terminable() -> Iterator[None]:
    """Let a SIGTERM end the run as Ctrl-C does."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _here(work: Work, item: Item) -> Outcome:
    try:
        return work(item)
    except MemoryError:
        return lost(item, "needed more memory than there is")
