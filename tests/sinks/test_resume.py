"""A run that is killed at any moment and goes on ends with the bytes of one that was not."""

import contextlib
import errno
import json
import os
import random
import shutil
import signal
import zlib
from pathlib import Path

import pytest

from cleaner.sinks import SinkError, open_sink
from cleaner.sinks.draft import Draft

PAGES = 23
FILES = (
    "out.jsonl out.jsonl.gz out.jsonl.zst out.csv out.csv.gz out.parquet out.warc"
    " out.warc.gz out.sqlite"
).split()
MOST_KILLS = 10

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")


@pytest.fixture(scope="module")
def whole(made, tmp_path_factory):
    """Return a function that gives all files of an undisturbed run."""
    known = {}

    def run(name):
        if name not in known:
            folder = tmp_path_factory.mktemp("whole")
            made.file(folder / name, PAGES)
            known[name] = made.snapshot(folder)
        return known[name]

    return run


@pytest.mark.parametrize("name", [*FILES, "out"])
def test_two_runs_give_the_same_bytes(made, whole, tmp_path, name):
    made.file(tmp_path / name, PAGES)
    assert made.snapshot(tmp_path) == whole(name)


@needs_fork
@pytest.mark.parametrize("name", [*FILES, "out"])
def test_a_run_killed_anywhere_goes_on_to_the_same_bytes(made, whole, tmp_path, name):
    steps = count_steps(made, tmp_path / "count" / name)
    assert steps > 10
    kills = sorted(random.Random(name).sample(range(steps), min(steps, MOST_KILLS)))
    for at in {*kills, *range(steps - 4, steps)}:
        folder = tmp_path / str(at)
        number, token = killed_run(made, folder / name, at)
        begin = (number, token)
        try:
            sink = open_sink(folder / name, made.FORMS, resume=token)
        except SinkError:  # all was done and cleared away, only nobody was told
            assert name == "out"
            assert at == steps - 1
            begin = (0, None)
            sink = open_sink(folder / name, made.FORMS)
        made.write(sink, begin[0], PAGES)
        assert made.snapshot(folder) == whole(name), f"killed at step {at} of {steps}"


def count_steps(made, target):
    """Return how many steps a run has that `dying` can kill it after."""
    with dying(None) as steps:
        made.file(target, PAGES)
    return len(steps)


def killed_run(made, target, at):
    """Write pages in a process that dies at step `at`; return what it last knew to be safe."""
    note = target.parent / "note.json"
    note.parent.mkdir()
    child = os.fork()
    if not child:
        with dying(at), contextlib.suppress(BaseException):
            made.write(
                open_sink(target, made.FORMS),
                0,
                PAGES,
                lambda token, number: note.write_text(json.dumps([number, token])),
            )
        os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
    number, token = json.loads(note.read_text()) if note.exists() else (0, None)
    note.unlink(missing_ok=True)
    return number, token


@contextlib.contextmanager
def dying(at):
    """Kill the process at step `at`: half-way through a write, or before a file has its name."""
    steps = []

    def step():
        steps.append(None)
        if len(steps) - 1 == at:
            os.kill(os.getpid(), signal.SIGKILL)

    append, write_bytes, fsync = Draft.append, Path.write_bytes, os.fsync
    replace, unlink = Path.replace, Path.unlink

    def torn_append(self, data):
        if len(steps) == at:
            self._file.write(data[: len(data) // 2])
            self._file.flush()
        step()
        append(self, data)

    def torn_write(self, data):
        write_bytes(self, data[: len(data) // 2])
        step()
        return write_bytes(self, data)

    def last_fsync(descriptor):
        fsync(descriptor)
        step()

    def last_replace(self, target):
        result = replace(self, target)
        step()
        return result

    def last_unlink(self, missing_ok=False):
        there = self.exists()
        unlink(self, missing_ok=missing_ok)
        if there:
            step()

    patch = pytest.MonkeyPatch()
    patch.setattr(Draft, "append", torn_append)
    patch.setattr(Path, "write_bytes", torn_write)
    patch.setattr(os, "fsync", last_fsync)
    patch.setattr(Path, "replace", last_replace)
    patch.setattr(Path, "unlink", last_unlink)
    try:
        yield steps
    finally:
        patch.undo()


@pytest.mark.parametrize("name", FILES)
def test_what_stands_after_the_checkpoint_does_not_matter(made, whole, tmp_path, name):
    chance = random.Random(name)
    states = []
    first = tmp_path / "first"

    def note(token, number):
        states.append((token, number, made.snapshot(first)))

    made.write(open_sink(first / name, made.FORMS), 0, PAGES, note)
    longest = max(len(data) for _, _, files in states for data in files.values())
    for token, number, files in states:
        folder = tmp_path / str(number)
        for path, data in files.items():
            junk = chance.randbytes(chance.randrange(longest))
            (folder / path).parent.mkdir(parents=True)
            (folder / path).write_bytes(data + junk)
        made.write(open_sink(folder / name, made.FORMS, resume=token), number, PAGES)
        assert made.snapshot(folder) == whole(name)


def test_a_checkpoint_may_be_older_than_the_last_that_was_made(made, whole, tmp_path):
    for name in [*FILES, "out"]:
        tokens = []
        sink = open_sink(tmp_path / "a" / name, made.FORMS)
        for number in range(15):
            sink.write(made.record(number))
            if number % 5 == 4:
                tokens.append(sink.checkpoint())
        sink.abandon()
        made.write(open_sink(tmp_path / "a" / name, made.FORMS, resume=tokens[0]), 5, PAGES)
        assert made.snapshot(tmp_path / "a") == whole(name)
        shutil.rmtree(tmp_path / "a")


@pytest.mark.parametrize("name", FILES)
def test_a_finished_file_can_be_gone_back_to(made, whole, tmp_path, name):
    tokens = []
    made.write(
        open_sink(tmp_path / name, made.FORMS), 0, PAGES, lambda token, _: tokens.append(token)
    )
    for number, token in enumerate(tokens, 1):
        sink = open_sink(tmp_path / name, made.FORMS, resume=token)
        made.write(sink, number * made.EVERY, PAGES)
        assert made.snapshot(tmp_path) == whole(name)


@pytest.mark.parametrize("name", [*FILES, "out"])
def test_what_was_abandoned_goes_on(made, whole, tmp_path, name):
    sink = open_sink(tmp_path / name, made.FORMS)
    for number in range(7):
        sink.write(made.record(number))
        if number == 4:
            token = sink.checkpoint()
    sink.abandon()
    made.write(open_sink(tmp_path / name, made.FORMS, resume=token), 5, PAGES)
    assert made.snapshot(tmp_path) == whole(name)


@pytest.mark.parametrize("name", FILES)
def test_what_is_abandoned_without_a_checkpoint_leaves_nothing(made, tmp_path, name):
    sink = open_sink(tmp_path / name, made.FORMS)
    sink.write(made.record(0))
    sink.abandon()
    assert not made.snapshot(tmp_path)


def test_a_folder_abandoned_without_a_checkpoint_keeps_its_pages_alone(made, tmp_path):
    sink = open_sink(tmp_path / "out", ["text"])
    sink.write(made.record(0))
    sink.abandon()
    assert list(made.snapshot(tmp_path)) == ["out/part 0/Page0.txt"]


@pytest.mark.parametrize("name", FILES)
def test_the_old_file_stands_until_the_new_one_is_whole(made, whole, tmp_path, name):
    target = tmp_path / name
    target.write_bytes(b"old")
    sink = open_sink(target, made.FORMS)
    for number in range(PAGES):
        sink.write(made.record(number))
        if number % 5 == 4:
            sink.checkpoint()
    assert target.read_bytes() == b"old"
    sink.close()
    assert made.snapshot(tmp_path) == whole(name)


@pytest.mark.parametrize("name", [*FILES, "out"])
def test_a_draft_that_is_gone_or_changed_is_said(made, tmp_path, name):
    sink = open_sink(tmp_path / name, made.FORMS)
    sink.write(made.record(0))
    token = sink.checkpoint()
    sink.abandon()
    (draft,) = [path for path in tmp_path.rglob(".*") if path.is_file()]
    kept = draft.read_bytes()
    draft.write_bytes(kept[: len(kept) // 2])
    with pytest.raises(SinkError, match="begin anew"):
        open_sink(tmp_path / name, made.FORMS, resume=token)
    draft.write_bytes(bytes(len(kept)))
    with pytest.raises(SinkError, match="begin anew"):
        open_sink(tmp_path / name, made.FORMS, resume=token)
    draft.unlink()
    with pytest.raises(SinkError, match="begin anew"):
        open_sink(tmp_path / name, made.FORMS, resume=token)


@pytest.mark.parametrize("name", FILES)
def test_another_file_is_not_taken_for_the_finished_one(made, tmp_path, name):
    sink = open_sink(tmp_path / name, made.FORMS)
    sink.write(made.record(0))
    token = sink.checkpoint()
    sink.abandon()
    (draft,) = tmp_path.iterdir()
    draft.unlink()
    made.file(tmp_path / name, 0)
    before = made.snapshot(tmp_path)
    with pytest.raises(SinkError, match="begin anew"):
        open_sink(tmp_path / name, made.FORMS, resume=token)
    assert before[name] in made.snapshot(tmp_path).values()


class FullDisk:
    """A file on a disk that takes so many bytes more."""

    def __init__(self, file, room):
        self.file, self.room = file, room

    def write(self, data):
        self.file.write(data[: self.room])
        if len(data) > self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.room -= len(data)

    def __getattr__(self, name):
        return getattr(self.file, name)


@pytest.mark.parametrize("name", FILES)
def test_a_full_disk_is_an_error_that_a_run_goes_on_after(made, whole, tmp_path, name):
    token, number = None, 0

    def note(new, at):
        nonlocal token, number
        token, number = new, at

    sink = open_sink(tmp_path / name, made.FORMS)
    sink._draft._file = FullDisk(sink._draft._file, min(3000, len(whole(name)[name]) // 2))
    with pytest.raises(OSError, match="No space left") as error:
        made.write(sink, 0, PAGES, note)
    assert error.value.errno == errno.ENOSPC
    with pytest.raises(OSError, match="No space left"):
        sink.checkpoint()
    sink.abandon()
    made.write(open_sink(tmp_path / name, made.FORMS, resume=token), number, PAGES)
    assert made.snapshot(tmp_path) == whole(name)


@needs_fork
@pytest.mark.parametrize("name", ["out.parquet", "out.sqlite"])
def test_a_disk_that_is_full_at_the_very_end_is_an_error_too(made, whole, tmp_path, name):
    import resource

    sink = open_sink(tmp_path / name, made.FORMS)
    for number in range(PAGES):
        sink.write(made.record(number))
        if number % made.EVERY == made.EVERY - 1:
            sink.checkpoint()
    token = sink.checkpoint()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole(name)[name]) // 2, limits[1]))
    try:
        with pytest.raises(OSError, match=r"full|large|I/O"):
            sink.close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    sink.abandon()
    assert not (tmp_path / name).exists()
    assert len(made.snapshot(tmp_path)) == 1
    open_sink(tmp_path / name, made.FORMS, resume=token).close()
    assert made.snapshot(tmp_path) == whole(name)


def test_the_token_of_a_file_is_its_length_and_its_sum(made, tmp_path):
    sink = open_sink(tmp_path / "out.jsonl", made.FORMS)
    sink.write(made.record(0))
    token = sink.checkpoint()
    sink.close()
    data = (tmp_path / "out.jsonl").read_bytes()
    assert token == f"{len(data)}-{zlib.crc32(data):08x}"
