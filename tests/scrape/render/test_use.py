"""Pages are rendered one by one or many at a time, for Scrapy and on the command line."""

import asyncio
import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

import cleaner
from tests.scrape.render.served import STORY


def test_pages_are_rendered_side_by_side_but_no_more_than_allowed(renderer, server):
    with ThreadPoolExecutor(6) as threads:
        pages = list(threads.map(renderer.render, [server.base + "/slow"] * 6))
    assert Counter(STORY in page.data for page in pages) == {True: 6}
    assert server.most == 2


def test_asyncio_need_not_wait(renderer, server):
    async def both():
        futures = [renderer.submit(server.base + path) for path in ("/late", "/fetched")]
        return await asyncio.gather(*map(asyncio.wrap_future, futures))

    assert all(STORY in found.html for found in asyncio.run(both()))


SPIDER = """
import scrapy

HANDLER = "cleaner.scrape.render_handler.RenderHandler"

class Spider(scrapy.Spider):
    name = "ferry"
    custom_settings = {
        "DOWNLOAD_HANDLERS": {"http": HANDLER, "https": HANDLER},
        "DOWNLOAD_MAXSIZE": 4 * 2**20,
        "RENDER_ALLOW_PRIVATE": True,
        "RENDER_SETTLE": 0.8,
        "RETRY_ENABLED": False,
        "ROBOTSTXT_OBEY": True,
    }

    async def start(self):
        for path, render in [("/fetched", True), ("/fetched", False), ("/large", True)]:
            yield scrapy.Request(
                BASE + path, self.parse, meta={"render": render}, errback=self.failed,
                dont_filter=True,
            )

    def parse(self, response):
        yield {"body": response.text, "flags": response.flags, "status": response.status}

    def failed(self, failure):
        yield {"failed": str(failure.value)}
"""


def test_a_spider_of_scrapy_renders_the_requests_that_are_marked(renderer, server, tmp_path):
    server.log.clear()
    (tmp_path / "spider.py").write_text(f"BASE = {server.base!r}\n{SPIDER}")
    command = [sys.executable, "-m", "scrapy", "runspider", "spider.py", "-o", "items.jsonl"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    items = [json.loads(line) for line in (tmp_path / "items.jsonl").read_text().splitlines()]
    failed = [item["failed"] for item in items if "failed" in item]
    rendered = {STORY in item["body"]: item["flags"] for item in items if "body" in item}
    assert rendered == {True: ["rendered"], False: []}
    assert failed == ["the page and what it loads exceed 4 MiB"]
    assert server.log.count("/robots.txt") == 1


def test_the_browser_says_who_it_works_for(renderer):
    assert renderer.user_agent.endswith(f" page-cleaner/{cleaner.__version__}")


def clean(*arguments, setup="", **env):
    """Run `cleaner clean --render` in a process of its own."""
    code = f"import sys\n{setup}\nfrom cleaner.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, "clean", *arguments, "--render"],
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        env={**os.environ, **env},
    )


@pytest.mark.usefixtures("renderer")
def test_an_address_that_is_cleaned_is_rendered_where_that_is_asked_for(server):
    done = clean(f"{server.base}/moved", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{STORY}\n", "")


@pytest.mark.usefixtures("renderer")
def test_a_page_that_is_cleaned_reaches_no_private_host_but_its_own(server):
    server.log.clear()
    done = clean(f"{server.base}/to-secret", "--quiet")
    assert "the address is of a private network" in done.stderr
    assert (done.returncode, server.log) == (1, ["/to-secret"])


@pytest.mark.parametrize(
    ("setup", "env", "message"),
    [
        (
            "sys.modules['playwright'] = None",
            {},
            "rendering needs Playwright: pip install 'page-cleaner[render]'",
        ),
        ("", {"CLEANER_CHROMIUM": "/x/y"}, "Chromium does not start: "),
    ],
)
def test_what_rendering_lacks_is_said_on_a_line(server, setup, env, message):
    done = clean(f"{server.base}/late", "--quiet", setup=setup, **env)
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"failed: {server.base}/late: {message}")


@pytest.mark.parametrize("command", ["fetch", "crawl"])
def test_the_command_line_renders_what_it_fetches(renderer, server, tmp_path, command):
    """Ask in a process of its own, since Scrapy's reactor runs only once in one."""
    code = "import sys; from cleaner.cli import main; sys.argv[0] = 'cleaner'; main()"
    options = ["--render", "--allow-private", "--delay", "0", "--clean-to", str(tmp_path / "out")]
    done = subprocess.run(
        [sys.executable, "-c", code, command, f"{server.base}/late", *options],
        check=False,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    (text,) = (path for path in (tmp_path / "out").rglob("*.txt"))
    assert STORY in text.read_text()
