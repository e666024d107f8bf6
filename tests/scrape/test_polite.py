"""How a run treats the servers that it fetches from."""

from itertools import pairwise

import pytest

from tests.scrape.served import OWN, Site
from tests.scrape.support import responses


def gaps(site):
    """Return the seconds between an answer and the next request."""
    return [after.at - before.done for before, after in pairwise(site.log)]


def test_the_delay_between_answer_and_request_is_kept(run):
    with Site(4) as site:
        urls = [f"{site.url}/page/{number}.html" for number in range(4)]
        done = run("fetch", *urls, "-o", "a.warc.gz", "--allow-private", "--delay", "0.4")
        assert done.code == 0, done.err
        assert len(gaps(site)) == 4
        assert min(gaps(site)) >= 0.39


def test_the_delay_that_robots_txt_asks_for_is_kept(fetch):
    robots = "User-agent: *\nCrawl-delay: 0.5\n\nUser-agent: other\nCrawl-delay: 0\n"
    with Site(4, robots=robots) as site:
        fetch(*(f"{site.url}/page/{number}.html" for number in range(3)), "-o", "a.warc.gz")
        assert len(gaps(site)) == 3
        assert min(gaps(site)) >= 0.49


def test_robots_txt_may_name_this_scraper(fetch):
    robots = "User-agent: page-cleaner\nDisallow: /page/1\n\nUser-agent: *\nAllow: /\n"
    with Site(3, robots=robots) as site:
        urls = [f"{site.url}/page/{number}.html" for number in range(3)]
        assert fetch(*urls, "-o", "a.warc.gz").code == 1
        assert set(site.asked()) == {"/robots.txt", "/page/0.html", "/page/2.html"}


def test_a_site_whose_robots_txt_cannot_be_had_is_left_alone(fetch):
    with Site(3) as site:
        site.robots_status = 503
        done = fetch(f"{site.url}/page/1.html", "-o", "a.warc.gz", "--retries", "1")
        assert set(site.asked()) == {"/robots.txt"}
        assert done.code == 1
        assert "robots.txt: the server answered 503" in done.err


def test_no_robots_txt_is_asked_for_if_it_is_to_be_ignored(fetch):
    with Site(3, robots="User-agent: *\nDisallow: /\n") as site:
        assert fetch(f"{site.url}/page/1.html", "-o", "a.warc.gz", "--ignore-robots").code == 0
        assert set(site.asked()) == {"/page/1.html"}


def test_a_slow_host_does_not_hold_the_others(start):
    with Site(3, hold=1) as slow, Site(30, address="127.0.0.2") as quick:
        urls = [f"{slow.url}/page/{number}.html" for number in range(3)]
        urls += [f"{quick.url}/page/{number}.html" for number in range(30)]
        options = ("-o", "a.warc.gz", "--allow-private", "--delay", "0")
        process = start("fetch", *urls, *options)
        for _ in range(400):
            if len(quick.log) == 31:
                break
            assert process.poll() is None
            slow.held.wait(0.05)
            quick.held.wait(0.05)
        assert len(quick.log) == 31
        assert not slow.asked("/page/2.html")
        slow.released.set()
        assert process.wait(30) == 0
        assert slow.asked("/page/2.html") == 1


def test_what_has_not_changed_is_not_sent_again(fetch, tmp_path):
    with Site(3) as site:
        urls = [f"{site.url}{path}" for path in ("/same", "/fresh", "/page/1.html")]
        for name in ("a", "b"):
            done = fetch(*urls, "-o", f"{name}.warc.gz", "--cache", "cache")
            assert done.code == 0
        cached = [done.events[url]["cached"] for url in urls]
        assert cached == ["revalidated", "fresh", ""]
        assert site.asked("/fresh") == 1
        conditions = [e.headers.get("If-None-Match") for e in site.log if e.path == "/same"]
        assert conditions == [None, '"one"']
        first, second = (responses(tmp_path / f"{name}.warc.gz") for name in ("a", "b"))
        assert first == second
        assert "2 of them from the cache" in done.err


def test_a_server_that_is_not_there_is_told_in_words_and_leaves_no_archive(fetch, tmp_path):
    done = fetch("http://127.0.0.1:9/", "-o", "a.warc.gz", "--retries", "0")
    assert done.code == 1
    assert "failed: http://127.0.0.1:9/: no connection: refused" in done.err
    assert not (tmp_path / "a.warc.gz").exists()


def test_an_error_that_stays_is_given_up(fetch):
    with Site(3) as site:
        done = fetch(f"{site.url}/broken", "-o", "a.warc.gz", "--retries", "1")
        assert done.code == 1
        assert site.asked("/broken") == 2
        assert "the server answered 502" in done.err


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (("--depth", "0"), 0),
        (("--depth", "1", "--allow", OWN, "--deny", "/list/"), 2),
        (("--max-pages", "5", "--depth", "2", "--allow", OWN), 2),
        (("--depth", "0", "--sitemap"), 40),
        (("--depth", "0", "--feeds"), 1),
    ],
)
def test_a_crawl_goes_as_far_as_it_is_told(run, options, wanted):
    with Site(40) as site:
        done = run(
            "crawl", f"{site.url}/", "-o", "a.warc.gz", "--allow-private", "--delay", "0", *options
        )
        assert done.code == 0, done.err
        pages = [path for path in site.asked() if path.startswith("/page/")]
        if "--max-pages" in options:
            assert "fetched 5 pages" in done.err
            assert "left in the queue" in done.err
        else:
            assert len(pages) == wanted


def test_a_list_of_addresses_is_fetched(run, tmp_path):
    with Site(3) as site:
        lines = [f"{site.url}/page/1.html", "# not this", "", f"{site.url}/page/1.html#again"]
        (tmp_path / "urls.txt").write_text("\n".join(lines), "utf-8")
        (tmp_path / "rules.toml").write_text('["127.0.0.1"]\ndrop = ["body"]\n', "utf-8")
        done = run(
            *("fetch", "--from", "urls.txt", "--clean-to", "out"),
            *("--to", "markdown", "--allow-private", "--delay", "0", "--rules", "rules.toml"),
        )
        assert done.code == 0, done.err
        assert site.asked("/page/1.html") == 1
        (page,) = (tmp_path / "out").rglob("page/*")
        assert (page.suffix, page.read_text("utf-8").strip()) == (".md", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("fetch",), "no address given"),
        (("fetch", "http://127.0.0.1/"), "say where the pages go"),
        (("fetch", "--from", "missing.txt", "-o", "a.warc.gz"), "missing.txt cannot be read"),
        (("fetch", "http://127.0.0.1/", "-o", "a.html"), "a.html is no pages.warc.gz"),
        (("fetch", "http://127.0.0.1/", "-o", "a.warc.gz", "--to", "text"), "go with --clean-to"),
        (("crawl", "http://127.0.0.1/", "--clean-to", "a", "--allow", "("), "regular expression"),
        (("crawl", "http://127.0.0.1/", "--clean-to", "a", "--rules", "no.toml"), "no.toml"),
    ],
)
def test_a_call_that_cannot_be_meant_ends_with_2(run, arguments, said):
    done = run(*arguments)
    assert done.code == 2
    assert said in done.err
    assert done.err.count("\n") == 1
