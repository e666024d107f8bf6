"""A whole site crawled once, with all that goes wrong on real ones."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

import cleaner
from tests.scrape.served import FIXTURES, OWN, PAGES, Site, page
from tests.scrape.support import kinds, responses

ROBOTS = "User-agent: *\nDisallow: /private/\n\nSitemap: /sitemap.xml\n"


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """The crawl: its folder, what it said, and the log of the server."""
    folder = tmp_path_factory.mktemp("crawl")
    command = "from cleaner.cli import main; main()"
    with Site(robots=ROBOTS) as site:
        arguments = [
            *("crawl", f"{site.url}/", "-o", "pages.warc.gz", "--warc-size", "1"),
            *("--clean-to", "clean", "--to", "text", "--sitemap", "--feeds", "--json-log"),
            *(
                "--allow",
                OWN,
                "--allow-private",
                "--delay",
                "0",
                "--contact",
                "mailto:me@example.org",
            ),
        ]
        done = subprocess.run(
            [sys.executable, "-c", command, *arguments],
            check=False,
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            timeout=240,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        found: dict = {}
        archives = sorted(folder.glob("pages*.warc.gz"))
        for archive in archives:
            for url, got in responses(archive).items():
                found.setdefault(url.removeprefix(site.url), []).extend(got)
        events = [json.loads(line) for line in done.stdout.splitlines()]
        yield SimpleNamespace(
            site=site,
            folder=folder,
            done=done,
            archives=archives,
            responses=found,
            events={event["url"].removeprefix(site.url): event for event in events},
        )


def test_the_whole_site_comes(crawled):
    assert crawled.done.returncode == 0, crawled.done.stderr
    paths = {path.partition("?")[0] for path in crawled.site.asked()}
    assert {f"/page/{number}.html" for number in range(PAGES)} <= paths


def test_no_page_is_asked_for_twice_whatever_counts_visits(crawled):
    asked = [entry.path.partition("?")[0] for entry in crawled.site.log]
    assert {path for path in asked if asked.count(path) > 1} == {"/busy", "/heals"}


def test_robots_txt_comes_first_and_is_obeyed(crawled):
    assert crawled.site.log[0].path == "/robots.txt"
    assert not any(path.startswith("/private/") for path in crawled.site.asked())
    assert crawled.events["/private/secret.html"]["note"] == "forbidden by robots.txt"


def test_one_connection_a_host(crawled):
    assert crawled.site.most_open[""] == 1


def test_the_scraper_says_who_it_is(crawled):
    agents = {entry.agent for entry in crawled.site.log}
    assert len(agents) == 1
    assert agents.pop().endswith(" (+mailto:me@example.org)")


def test_a_server_that_asks_to_wait_is_left_alone_for_that_long(crawled):
    log = crawled.site.log
    at = next(n for n, entry in enumerate(log) if entry.path == "/busy")
    assert log[at + 1].at - log[at].at >= 1


def test_a_server_error_that_passes_is_tried_again(crawled):
    assert crawled.events["/heals"]["state"] == "fetched"


@pytest.mark.parametrize(
    ("path", "state", "note"),
    [
        ("/missing", "failed", "the server answered 404"),
        ("/loop/b", "failed", "redirected in a circle"),
        ("/bomb", "refused", "larger than allowed when unpacked"),
        ("/picture", "refused", "image/png is not a page"),
        ("/short", "fetched", "not whole"),
        ("/moved", "moved", ""),
    ],
)
def test_what_goes_wrong_is_told(crawled, path, state, note):
    event = crawled.events[path]
    assert (event["state"], event["note"]) == (state, note)


def test_an_endless_calendar_ends(crawled):
    assert sum(path.startswith("/calendar/") for path in crawled.site.asked()) == 10


def test_what_pages_ask_of_robots_is_told(crawled):
    assert crawled.events["/noai"]["signs"] == ["noai", "noindex"]
    assert "asked of robots: noai 1, noindex 1" in crawled.done.stderr


def test_the_archive_has_every_response_with_its_request_and_metadata(crawled):
    asked = crawled.site.asked()
    del asked["/bomb"], asked["/picture"]  # broken off, not responses
    assert {path: len(found) for path, found in crawled.responses.items()} == asked


def test_fastwarc_reads_what_warcio_reads(crawled):
    total = sum(map(len, crawled.responses.values()))
    counts = sum((kinds(archive) for archive in crawled.archives), start=Counter())
    assert counts["response"] == counts["request"] == counts["metadata"] == total


def test_the_archive_goes_on_in_a_new_file(crawled):
    sizes = [archive.stat().st_size for archive in crawled.archives]
    assert len(sizes) > 1
    assert max(sizes) < 1.5e6
    names = {archive.name for archive in crawled.archives}
    assert {"pages.warc.gz", "pages-00001.warc.gz"} <= names


def test_the_pages_are_archived_as_the_server_made_them(crawled):
    for number in range(0, PAGES, 7):
        path = f"/page/{number}.html"
        found = {at: got for at, got in crawled.responses.items() if at.partition("?")[0] == path}
        assert list(found.values()) == [[(200, page(number))]]


def clean_files(folder: Path):
    return {int(path.stem.partition("-")[0]): path for path in folder.rglob("page/*.txt")}


@pytest.fixture(scope="module")
def texts():
    """The text of each fixture as the cleaner gives it; as written down by hand, for most."""
    made = [cleaner.clean(path.read_bytes()).text for path in FIXTURES]
    wanted = [path.with_suffix(".txt").read_text("utf-8") for path in FIXTURES]
    assert sum(map(str.__eq__, made, wanted)) >= len(FIXTURES) // 2
    return made


def test_the_clean_pages_have_the_texts_of_the_fixtures(crawled, texts):
    files = clean_files(crawled.folder / "clean")
    assert len(files) == PAGES
    for number, path in files.items():
        assert path.read_text("utf-8") == texts[number % len(FIXTURES)]


def test_the_archive_is_cleaned_without_a_second_fetch(crawled, texts):
    asked = len(crawled.site.log)
    command = "from cleaner.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", command, "clean", *map(str, crawled.archives), "-o", "out/"],
        check=False,
        cwd=crawled.folder,
        capture_output=True,
        encoding="utf-8",
        timeout=240,
    )
    found = {path.read_text("utf-8") for path in (crawled.folder / "out").rglob("*.txt")}
    assert set(texts) <= found, done.stderr
    assert len(crawled.site.log) == asked
