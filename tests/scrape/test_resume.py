"""A run that is stopped or killed goes on; no page is fetched twice, and the archive is whole."""

import signal

import pytest

from tests.scrape.served import OWN, Site
from tests.scrape.support import responses

PAGES = 40
HELD = (7, 17, 27)
ARGUMENTS = ("-o", "pages.warc.gz", "--job", "job", "--allow-private", "--delay", "0", "--sitemap")
ARGUMENTS += ("--allow", OWN)


def wait_for(event, process):
    for _ in range(600):
        if event.wait(0.1):
            return
        assert process.poll() is None, process.stderr.read()
    raise AssertionError("the page was never asked for")


def answered_twice(site):
    """Return the pages that were answered to the end more than once."""
    done = [asked.path.partition("?")[0] for asked in site.log if asked.done]
    return {path for path in done if done.count(path) > 1}


def all_pages(site, archive):
    found = {url.partition("?")[0] for url, got in responses(archive).items() if got[-1][0] == 200}
    return {f"{site.url}/page/{number}.html" for number in range(PAGES)} <= found


@pytest.mark.parametrize("held", [HELD[:1], HELD])
def test_a_killed_crawl_goes_on_and_fetches_no_page_twice(start, run, tmp_path, held):
    archive = tmp_path / "pages.warc.gz"
    with Site(PAGES, robots="User-agent: *\nDisallow: /private/\n") as site:
        for number in held:
            site.hold = number
            site.held.clear()
            process = start("crawl", f"{site.url}/", *ARGUMENTS)
            wait_for(site.held, process)
            process.kill()
            process.wait()
            with archive.open("ab") as file:
                file.write(b"\x1f\x8b\x08\x00 a record that was cut off")
        site.released.set()
        done = run("crawl", f"{site.url}/", *ARGUMENTS)
        assert done.code == 0, done.err
        assert answered_twice(site) <= {"/busy", "/heals"}
        repeated = {path.partition("?")[0] for path, n in site.asked().items() if n > 1}
        assert repeated - {"/busy", "/heals"} == {f"/page/{number}.html" for number in held}
        assert site.asked("/robots.txt") == 1
        assert all_pages(site, archive)


def test_a_crawl_that_is_done_asks_for_nothing_more(run, tmp_path):
    arguments = ("-o", "a.warc.gz", "--job", "job", "--allow-private", "--delay", "0")
    with Site(3) as site:
        assert run("fetch", f"{site.url}/page/1.html", *arguments).code == 0
        asked = len(site.log)
        size = (tmp_path / "a.warc.gz").stat().st_size
        assert run("fetch", f"{site.url}/page/1.html", *arguments).code == 0
        assert len(site.log) == asked
    assert (tmp_path / "a.warc.gz").stat().st_size == size


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_the_run_within_seconds_and_leaves_it_resumable(
    start, run, tmp_path, number
):
    with Site(PAGES, hold=12) as site:
        process = start("crawl", f"{site.url}/", *ARGUMENTS)
        wait_for(site.held, process)
        process.send_signal(number)
        _, err = process.communicate(timeout=30)
        assert process.returncode == 130
        assert "the same command goes on from job" in err
        assert "Traceback" not in err
        site.released.set()
        assert run("crawl", f"{site.url}/", *ARGUMENTS).code == 0
        assert answered_twice(site) <= {"/busy", "/heals", "/page/12.html"}
        assert all_pages(site, tmp_path / "pages.warc.gz")


def test_a_job_that_is_being_worked_on_is_left_alone(start, run):
    with Site(PAGES, hold=3) as site:
        process = start("crawl", f"{site.url}/", *ARGUMENTS)
        wait_for(site.held, process)
        second = run("crawl", f"{site.url}/", *ARGUMENTS)
        assert (second.code, second.err) == (2, "cleaner: job is in use by another run\n")


def test_a_job_goes_on_with_its_own_archive_only(run, tmp_path):
    arguments = ("--job", "job", "--allow-private", "--delay", "0")
    with Site(3) as site:
        run("fetch", f"{site.url}/page/1.html", "-o", "a.warc.gz", *arguments)
        other = run("fetch", f"{site.url}/page/2.html", "-o", "b.warc.gz", *arguments)
        assert other.code == 2
        assert "a.warc.gz: give it -o" in other.err
        (tmp_path / "a.warc.gz").write_bytes(b"")
        shorter = run("fetch", f"{site.url}/page/2.html", "-o", "a.warc.gz", *arguments)
        assert shorter.code == 2
        assert "shorter than the job left it" in shorter.err


def test_no_archive_is_written_over(run, tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(b"precious")
    done = run("fetch", "http://127.0.0.1:9/", "-o", "a.warc.gz")
    assert done.code == 2
    assert "a.warc.gz is there already" in done.err
    assert (tmp_path / "a.warc.gz").read_bytes() == b"precious"
