"""The parts of the scraper by themselves."""

import time
from email.utils import formatdate

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scrapy.http import HtmlResponse, Response

from cleaner.scrape.archive import Archive, Exchange
from cleaner.scrape.job import Entry, Found, Job, Verdict
from cleaner.scrape.judge import Judge
from cleaner.scrape.links import feed_links, page_links, redirect, refresh, sitemap_links
from cleaner.scrape.plan import Plan, site, valid
from cleaner.scrape.robots import Robots
from cleaner.scrape.trouble import trouble
from tests.scrape.support import kinds, responses

SEED = "https://example.org/"


def exchange(number, body=b"<p>one", **more):
    given = {
        "url": f"https://example.org/{number}",
        "date": "2026-01-02T03:04:05Z",
        "method": "GET",
        "request": [("Host", "example.org")],
        "status": 200,
        "protocol": "HTTP/1.1",
        "response": [("Content-Type", "text/html")],
        "body": body,
    }
    return Exchange(**{**given, **more})


@pytest.mark.parametrize("lost", range(1, 60, 7))
def test_a_record_that_was_cut_off_anywhere_is_gone_when_the_archive_goes_on(tmp_path, lost):
    path = tmp_path / "a.warc.gz"
    archive = Archive(path)
    archive.write(exchange(1))
    position = archive.position
    archive.write(exchange(2))
    archive.close()
    path.write_bytes(path.read_bytes()[:-lost])
    archive = Archive(path, position=position)
    archive.write(exchange(3))
    archive.close()
    assert list(responses(path)) == ["https://example.org/1", "https://example.org/3"]
    assert kinds(path)["response"] == 2


def test_files_that_were_begun_after_the_position_are_gone(tmp_path):
    archive = Archive(tmp_path / "a.warc.gz", size=1)
    position = archive.position
    archive.write(exchange(1))
    archive.write(exchange(2))
    archive.close()
    assert len(list(tmp_path.iterdir())) == 3
    Archive(tmp_path / "a.warc.gz", size=1, position=position).close()
    assert [path.name for path in tmp_path.iterdir()] == ["a.warc.gz"]


HEADER = st.tuples(
    st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,20}", fullmatch=True),
    st.text(st.characters(max_codepoint=255), max_size=40),
)


@given(st.lists(HEADER, max_size=5), st.binary(max_size=200), st.integers(100, 599))
@example([("A", ";\x80=0")], b"", 200)
@example([("A", ";\ud800=\x80")], b"", 200)
def test_no_header_of_a_server_breaks_an_archive(tmp_path_factory, headers, body, status):
    path = tmp_path_factory.mktemp("warc") / "a.warc.gz"
    told = [(name, value) for name, value in headers if "ength" not in name.lower()]
    told = [(name, value) for name, value in told if "ncoding" not in name.lower()]
    archive = Archive(path)
    archive.write(exchange(1, body, response=told, status=status))
    archive.write(exchange(2))
    archive.close()
    found = responses(path)
    assert found["https://example.org/1"] == [(status, body)]
    assert found["https://example.org/2"] == [(200, b"<p>one")]
    assert kinds(path)["response"] == 2


def plan(**more):
    return Plan((SEED,), follow=True, depth=3, **more)


def queued(job, name="example.org", **more):
    return job.next(name, time.time(), pages=True, **more)


def test_an_address_is_queued_once_however_it_is_written():
    job = Job()
    urls = ["/a?x=1&y=2", "/a?y=2&x=1", "/a?utm_source=s&x=1&y=2", "/a?x=1&y=2#top"]
    assert job.add(Found(f"https://example.org{url}") for url in urls) == ["example.org"]


@pytest.mark.parametrize("url", ["/a?1", "/a?cid=1", "/a?source=x", "/A", "/a/"])
def test_addresses_that_may_be_other_pages_are_told_apart(url):
    job = Job()
    job.add([Found("https://example.org/a")])
    assert job.add([Found(f"https://example.org{url}")])


def test_what_is_done_to_an_entry_is_undone_if_it_fails_half_way():
    job = Job()
    job.add([Found(SEED)])
    entry = queued(job)
    unknown = Verdict("fetched", found=[Found(f"{SEED}b"), Found(SEED, "no kind")])
    with pytest.raises(KeyError), job:
        job.settle(entry, unknown)
    assert queued(job) == entry
    assert job.counts() == {("page", "queued"): 1}


def answer(status=200, body=b"", url=SEED, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    kind = HtmlResponse if b"<" in body else Response
    return kind(url, status=status, body=body, headers=named)


def entry(url=SEED, kind="page", **more):
    given = {"id": 1, "host": "example.org", "depth": 0, "hops": 0, "via": None, "origin": ""}
    return Entry(url=url, kind=kind, **{**given, "attempts": 0, **more})


@pytest.mark.parametrize(("value", "pause"), [("7", 7), ("date", 100), ("soon", 0), ("-1", 0)])
def test_retry_after_is_read_in_both_its_forms(value, pause):
    if value == "date":
        value = formatdate(time.time() + 100, usegmt=True)
    verdict = Judge(plan(), Job()).response(entry(), answer(503, Retry_After=value))
    assert verdict.state == "queued"
    assert verdict.pause == pytest.approx(pause, abs=3)


def test_a_server_that_asks_to_wait_too_long_is_left_alone():
    verdict = Judge(plan(), Job()).response(entry(), answer(429, Retry_After="86400"))
    assert (verdict.state, verdict.pause) == ("failed", 86400)


def test_tries_are_further_and_further_apart_and_end():
    judge = Judge(plan(retries=3), Job())
    tries = [judge.response(entry(attempts=n), answer(500)) for n in range(4)]
    assert [verdict.wait for verdict in tries[:3]] == [1, 2, 4]
    assert tries[3].state == "failed"


@pytest.mark.parametrize(
    ("location", "state"),
    [
        ("/b", "moved"),
        ("https://www.example.org/b", "moved"),
        ("https://elsewhere.example/", "refused"),
        ("ftp://example.org/", "refused"),
        ("javascript:alert(1)", "refused"),
        ("http://[", "refused"),
        (SEED, "failed"),
    ],
)
def test_redirects_lead_to_pages_of_the_site_only(location, state):
    judge = Judge(plan(), Job())
    assert judge.response(entry(depth=1), answer(302, Location=location)).state == state


def test_the_site_that_a_seed_redirects_to_is_crawled():
    judge = Judge(plan(), Job())
    verdict = judge.response(entry(), answer(301, Location="https://new.example/"))
    assert (verdict.state, verdict.sites) == ("moved", ("new.example",))
    links = judge.response(entry(), answer(body=b'<a href="https://new.example/a">a</a>'))
    assert [found.url for found in links.found] == ["https://new.example/a"]


def test_a_page_that_says_nofollow_is_not_followed():
    body = b'<meta name="Robots" content="noindex, nofollow"><a href="/a">a</a>'
    verdict = Judge(plan(), Job()).response(entry(), answer(body=body))
    assert (verdict.signs, verdict.found) == (("nofollow", "noindex"), [])


@pytest.mark.parametrize(("status", "forbidden"), [(200, True), (404, False), (403, False)])
def test_a_robots_txt_that_is_not_there_forbids_nothing(status, forbidden):
    job = Job()
    origin = "https://example.org"
    asked = entry(f"{origin}/robots.txt", "robots", origin=origin)
    body = b"User-agent: *\nDisallow: /"
    with job:
        job.settle(asked, Judge(plan(), job).response(asked, answer(status, body)))
    assert bool(Robots(job).forbids(f"{origin}/a")) == forbidden


def test_links_are_those_to_text():
    body = b"""<a href="/a">a</a><a href="b.html#x">b</a><a href="/c.jpg">c</a><a href="mailto:d@e">
        d</a><a href="http://[">e</a><a href="/login">f</a><a href="/a">a</a><area href="/g">"""
    found = page_links(HtmlResponse(f"{SEED}x/", body=body))
    assert found == [f"{SEED}a", f"{SEED}x/b.html", f"{SEED}g"]


def test_a_refresh_is_a_redirect_if_it_comes_soon():
    page = '<meta http-equiv="refresh" content="{}; url=/b"><p>x'
    soon, late = (HtmlResponse(SEED, body=page.format(n).encode()) for n in (0, 300))
    assert (refresh(soon), refresh(late)) == (f"{SEED}b", None)


def test_sitemaps_and_feeds_are_read():
    entry = (
        "<?xml version='1.0'?><{0} xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{1}</{0}>"
    )
    pages = entry.format("urlset", f"<url><loc>{SEED}a?x=1&amp;y=2</loc></url>")
    index = entry.format("sitemapindex", f"<sitemap><loc>{SEED}b.xml.gz</loc></sitemap>")
    assert sitemap_links(f"{SEED}s.xml", pages) == ([], [f"{SEED}a?x=1&y=2"])
    assert sitemap_links(f"{SEED}s.xml", index) == ([f"{SEED}b.xml.gz"], [])
    atom = f'<feed><entry><link href="{SEED}c"/></entry></feed>'
    assert feed_links(f"{SEED}feed", atom) == [f"{SEED}c"]


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_links(text):
    sitemap_links(f"{SEED}s.xml", text)
    feed_links(f"{SEED}feed", text)
    refresh(HtmlResponse(SEED, body=text.encode("utf-8", "replace"), encoding="utf-8"))
    assert redirect(SEED, text) is None or redirect(SEED, text).startswith("http")
    assert valid(text) is None or text.strip().lower().startswith("http")


@pytest.mark.parametrize("url", [f"{SEED}a/b/a/b/a/b/a/b/", f"{SEED}{'x' * 3000}"])
def test_addresses_that_only_a_lost_server_makes_are_left_out(url):
    assert not plan().wants(url, frozenset([site(SEED)]))


def test_an_unknown_error_is_told_by_its_name():
    told = trouble(KeyError("x"))
    assert (told.passing, told.ours, told.note) == (False, False, "KeyError: 'x'")


def test_a_host_is_busy_until_its_answer_is_settled():
    import asyncio

    from cleaner.scrape.frontier import Frontier

    async def two():
        job = Job()
        job.add(Found(f"{SEED}{n}") for n in range(2))
        frontier = Frontier(job, plan(delay=0.05, obey_robots=False), lambda *_: None)
        first = await frontier.next()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(frontier.next(), 0.01)
        with job:
            job.settle(first, Verdict("fetched"))
        began = time.time()
        frontier.release(first, took=0.2, fetched=True)
        second = await frontier.next()
        return first, second, time.time() - began

    first, second, took = asyncio.run(two())
    assert (first.url, second.url) == (f"{SEED}0", f"{SEED}1")
    assert took >= 0.19  # as long as the answer took


def test_the_summary_has_every_reason():
    from cleaner.scrape.run import Event, Summary

    summary = Summary()
    summary.count(Event(SEED, "page", "failed", "no answer in time", seed=True), "example.org")
    summary.count(Event(SEED, "page", "fetched", size=5, signs=("noai",)), "example.org")
    assert (summary.pages, summary.size, summary.seeds_lost) == (1, 5, 1)
    assert summary.failed == {"no answer in time": 1}
    assert summary.signs == {"noai": 1}
    assert summary.hosts == {"example.org"}
