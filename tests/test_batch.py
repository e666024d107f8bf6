import itertools
import multiprocessing
import operator
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from functools import partial
from pathlib import Path

import pytest

import cleaner
from cleaner.batch import AHEAD, CHUNK, DIED, WINDOW_BYTES, Limits, clean_many, in_order

PAGES = [f"<html><title>t</title><p>This is sentence {n} of them all.</p>" for n in range(40)]


class Deadly(cleaner.Page):
    """A page that ends the process that receives it."""

    def __reduce__(self):
        return os._exit, (9,)


class Slow(cleaner.Page):
    """A page that takes a minute to receive."""

    def __reduce__(self):
        return time.sleep, (60,)


def _is_alive(process):
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def texts(documents):
    return [document.text for document in documents]


def test_many_pages_give_what_each_gives_alone_in_order():
    alone = [cleaner.clean(page).text for page in PAGES]
    assert texts(clean_many(PAGES, workers=1)) == alone
    assert texts(clean_many(PAGES, workers=2)) == alone


def test_documents_from_workers_have_everything():
    pages = [cleaner.Page(page, url="https://example.org/a") for page in PAGES[:3]]
    for page, document in zip(pages, clean_many(pages, workers=2), strict=True):
        alone = cleaner.clean(page)
        assert document.url == "https://example.org/a"
        assert document.blocks == alone.blocks
        assert document.metadata == alone.metadata
        assert document.markdown == alone.markdown


def test_trees_soup_and_bytes_can_be_sent_to_workers():
    from bs4 import BeautifulSoup
    from lxml import html

    soup = BeautifulSoup(PAGES[0], "html.parser")
    sources = [html.fromstring(PAGES[0]), soup, PAGES[0].encode(), PAGES[0]]
    assert len(set(texts(clean_many(sources, workers=2)))) == 1


def test_the_settings_of_the_cleaner_reach_the_workers():
    own = cleaner.Cleaner(include=["Hier fehlt etwas"])
    page = cleaner.Page("Ein Absatz.\n\nHier fehlt etwas\n\nNoch einer.", media="text")
    (document,) = clean_many([page], workers=2, cleaner=own)
    assert document.text == own.clean(page).text
    assert "fehlt" not in document.text


def test_pages_are_read_only_as_far_ahead_as_needed():
    read = []
    endless = (read.append(n) or PAGES[n % 40] for n in itertools.count())
    documents = clean_many(endless, workers=2)
    next(documents)
    documents.close()
    assert 0 < len(read) <= 2 * AHEAD * CHUNK


def test_a_wrong_type_is_a_type_error():
    with pytest.raises(TypeError):
        list(clean_many([3], workers=1))
    with pytest.raises(TypeError):
        list(clean_many([PAGES[0], 3], workers=2))


def test_a_page_on_which_a_worker_dies_gives_an_empty_document_and_the_rest_goes_on():
    pages = [cleaner.Page(page) for page in PAGES]
    for deadly in (0, 17, 18, 39):
        pages[deadly] = Deadly(PAGES[deadly])
    documents = list(clean_many(pages, workers=2))
    assert [
        n for n, document in enumerate(documents) if document.warnings == (f"{DIED} (exit code 9)",)
    ] == [0, 17, 18, 39]
    assert all(f"sentence {n} " in documents[n].text for n in set(range(40)) - {0, 17, 18, 39})
    assert documents[17].text.strip() == ""
    assert documents[17].confidence == 0


def test_a_page_on_which_a_worker_dies_once_is_done_by_the_next(tmp_path):
    once = "import os, pathlib\nif not os.path.exists({0!r}):\n open({0!r}, 'x'); os._exit(9)"
    jobs = [partial(abs, n) for n in range(30)]
    for n in (0, 13, 29):
        jobs[n] = partial(exec, once.format(str(tmp_path / str(n))))
    results = list(in_order(operator.call, jobs, workers=2, lost=lambda *_: "lost"))
    assert results == [None if n in (0, 13, 29) else n for n in range(30)]


@pytest.mark.parametrize(
    "settings", [{"workers": 0}, {"workers": -1}, {"timeout": -1}, {"timeout": float("nan")}]
)
def test_limits_that_cannot_be_meant_are_a_value_error(settings):
    with pytest.raises(ValueError, match=r"workers must be|a limit is"):
        clean_many(PAGES[:1], **settings)


def test_limits_beyond_all_bounds_are_none():
    assert Limits.of(float("inf"), None) == Limits(0)
    assert len(list(clean_many(PAGES[:1], workers=1, timeout=float("inf"), memory=10**30))) == 1


def test_no_pages_give_no_documents():
    assert list(clean_many([], workers=2)) == []


def test_what_the_function_raises_is_raised_where_its_result_was_due():
    jobs = [partial(abs, n) for n in range(20)] + [partial(int, "x")]
    results = in_order(operator.call, jobs, workers=2, lost=lambda *_: -1)
    assert list(itertools.islice(results, 16)) == list(range(16))
    with pytest.raises(ValueError, match="invalid literal"):
        list(results)


def test_an_error_that_cannot_be_sent_is_told_in_words():
    job = partial(exec, "class Odd(Exception): pass\nraise Odd('why')")
    with pytest.raises(cleaner.CleanerError, match="Odd: why"):
        list(in_order(operator.call, [job], workers=2, lost=print))


def run(program):
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_script_without_its_guard_is_told_so(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import cleaner\nprint(len(list(cleaner.clean_many(['<p>x'] * 3, workers=2))))\n", "utf-8"
    )
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert 'guarded by `if __name__ == "__main__":`' in done.stderr


def test_giving_up_early_ends_the_workers():
    done = run(
        """
        import itertools, multiprocessing, time
        from cleaner.batch import in_order
        results = in_order(time.sleep, itertools.chain([0] * 8, [600] * 64), workers=2, lost=print)
        next(results)
        results.close()
        for child in multiprocessing.active_children():
            child.join(30)
            assert not child.is_alive()
        """
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr


def test_an_item_over_its_time_is_given_up_and_the_rest_goes_on():
    jobs = [partial(time.sleep, 60) if n in (0, 9, 29) else partial(abs, n) for n in range(30)]
    results = in_order(
        operator.call, jobs, workers=2, lost=lambda _, said: said, limits=Limits(seconds=0.3)
    )
    assert list(results) == ["took longer than 0.3 s" if n in (0, 9, 29) else n for n in range(30)]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited where RLIMIT_DATA is")
def test_an_item_over_its_memory_is_given_up_and_the_rest_goes_on():
    jobs = [partial(bytes, 300 * 2**20) if n in (0, 9, 29) else partial(abs, n) for n in range(30)]
    results = in_order(
        operator.call, jobs, workers=2, lost=lambda _, said: said, limits=Limits(memory=100 * 2**20)
    )
    assert list(results) == [
        "needed more than 100 MiB of memory" if n in (0, 9, 29) else n for n in range(30)
    ]


def test_one_worker_holds_a_limit_that_is_asked_for():
    (document,) = clean_many([Slow(PAGES[0])], workers=1, timeout=0.3)
    assert document.warnings == ("took longer than 0.3 s",)


def test_what_the_items_raise_comes_after_the_results_before_it():
    def items():
        yield from (partial(abs, n) for n in range(20))
        raise OSError("the source broke")

    results = in_order(operator.call, items(), workers=2, lost=print)
    assert list(itertools.islice(results, 20)) == list(range(20))
    with pytest.raises(OSError, match="the source broke"):
        next(results)


def test_large_items_are_read_one_by_one_and_the_window_holds_few_of_them():
    read = []
    large = (read.append(n) or partial(len, bytes(WINDOW_BYTES // 4)) for n in itertools.count())
    results = in_order(operator.call, large, workers=2, lost=print)
    assert list(itertools.islice(results, 3)) == [WINDOW_BYTES // 4] * 3
    results.close()
    assert len(read) <= 3 + 4 + 2


def test_workers_that_are_killed_lose_nothing():
    window = 2 * CHUNK * AHEAD
    jobs = [partial(eval, f"__import__('time').sleep(0.005) or {n}") for n in range(8 * window)]
    results = in_order(operator.call, jobs, workers=2, lost=lambda *_: "lost")
    found = [next(results)]
    for _ in range(6):
        os.kill(random.choice(multiprocessing.active_children()).pid, signal.SIGKILL)
        found += itertools.islice(results, window)  # so that no two deaths are of one item
    assert found + list(results) == list(range(len(jobs)))


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_workers_end_when_the_parent_is_killed():
    program = """
        import multiprocessing, operator, sys, time
        from functools import partial
        from cleaner.batch import Limits, in_order
        jobs = [partial(abs, 1), *[partial(time.sleep, 600)] * 8]
        results = in_order(operator.call, jobs, workers=2, lost=print, limits=Limits(seconds=0.1))
        next(results)
        for child in multiprocessing.active_children():
            print(child.pid, flush=True)
        time.sleep(600)
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)], stdout=subprocess.PIPE, text=True
    )
    workers = [int(process.stdout.readline()) for _ in range(2)]
    process.kill()
    process.communicate()
    deadline = time.monotonic() + 60
    while any(map(_is_alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(_is_alive, workers))
