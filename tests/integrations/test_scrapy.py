import json
import subprocess
import sys

import pytest

from tests.integrations.story import PAGE, STORY
from tests.serving import served


def answer(path):
    if path.startswith("/page"):
        return 200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.encode()
    return 200, {"Content-Type": "image/png"}, b"\x89PNG"


@pytest.fixture(scope="module")
def site():
    with served(answer) as address:
        yield address


SPIDER = """
from dataclasses import dataclass

import attrs
import pydantic
import scrapy
from scrapy.crawler import CrawlerProcess

class Item(scrapy.Item):
    kind, url, html, text, about = (scrapy.Field() for _ in range(5))

class Without(scrapy.Item):
    kind, url, html = (scrapy.Field() for _ in range(3))

@dataclass
class Data:
    kind: str
    url: str
    html: object
    text: str | None = None
    about: dict | None = None

@attrs.define
class Attrs:
    kind: str
    url: str
    html: object
    text: str | None = None
    about: dict | None = None

class Model(pydantic.BaseModel):
    kind: str
    url: str
    html: object
    text: str | None = None
    about: dict | None = None

class Spider(scrapy.Spider):
    name = "ferry"

    async def start(self):
        for path in ("/page", "/picture"):
            yield scrapy.Request(BASE + path)
        yield scrapy.Request(BASE + "/page?raw", meta={"cleaner": False})

    def parse(self, response):
        if "raw" in response.url or "picture" in response.url:
            yield {"kind": response.url[len(BASE):], "seen": repr(response.meta.get("cleaner"))}
            return
        seen = response.meta.get("cleaner")
        yield {"kind": "response", "url": response.url, "html": response, "seen": seen}
        for kind in (dict, Item, Data, Attrs, Model, Without):
            yield kind(kind=kind.__name__, url=response.url, html=response.text)
        yield {"kind": "bytes", "html": response.body}
        yield {"kind": "wrong", "url": response.url, "html": 17}
        yield {"kind": "binary", "url": response.url, "html": b"%PDF-1.7" + bytes(99)}

class Plain:
    def process_item(self, item):
        if isinstance(item, dict) and isinstance(item.get("html"), bytes):
            item["html"] = item["html"].decode("latin-1")
        return item

SETTINGS["ITEM_PIPELINES"][Plain] = 900
process = CrawlerProcess(SETTINGS)
process.crawl(Spider)
crawler = next(iter(process.crawlers))
process.start()
import json, sys
stats = {k: v for k, v in crawler.stats.get_stats().items() if k.startswith("cleaner/")}
print(json.dumps(stats))
"""


def crawl(site, folder, **settings):
    """Return the items of a crawl by their kind, the statistics, and the log."""
    settings = {
        "ITEM_PIPELINES": {"cleaner.integrations.scrapy.CleanerPipeline": 300},
        "FEEDS": {str(folder / "items.jsonl"): {"format": "jsonlines"}},
        "LOG_LEVEL": "WARNING",
        **settings,
    }
    program = f"BASE = {site!r}\nSETTINGS = {settings!r}\n{SPIDER}"
    (folder / "spider.py").write_text(program)
    done = subprocess.run(
        [sys.executable, "spider.py"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    lines = (folder / "items.jsonl").read_text().splitlines()
    items = {item["kind"]: item for item in map(json.loads, lines)}
    return items, json.loads(done.stdout), done.stderr


@pytest.fixture(scope="module")
def crawled(site, tmp_path_factory):
    return crawl(site, tmp_path_factory.mktemp("crawl"), CLEANER_METADATA_FIELD="about")


@pytest.mark.parametrize("kind", ["dict", "Item", "Data", "Attrs", "Model", "bytes", "response"])
def test_every_kind_of_item_gets_the_clean_text(crawled, kind):
    items, _, _ = crawled
    text = items[kind]["text"]
    assert STORY in text
    assert "Advertisement" not in text
    assert "Sport" not in text


@pytest.mark.parametrize("kind", ["dict", "Item", "Data", "Attrs", "Model"])
def test_metadata_go_where_the_settings_say(crawled, kind):
    about = crawled[0][kind]["about"]
    assert (about["title"], about["language"]) == ("Ferry sails again", "en")


def test_a_page_that_cannot_be_cleaned_drops_no_item(crawled):
    items, stats, log = crawled
    assert items["wrong"] == {"kind": "wrong", "url": items["dict"]["url"], "html": 17}
    assert items["binary"]["text"] == ""
    assert "takes bytes, str" in log
    assert "Traceback" not in log
    assert stats["cleaner/without_page"] == 2


def test_an_item_without_a_field_for_the_text_goes_on(crawled):
    items, _, log = crawled
    assert set(items["Without"]) == {"kind", "url", "html"}
    assert "the item takes no field 'text'" in log


@pytest.fixture(scope="module")
def configured(site, tmp_path_factory):
    folder = tmp_path_factory.mktemp("crawl")
    rules = folder / "rules.toml"
    rules.write_text('["127.0.0.1"]\nkeep = ["footer"]\n')
    return crawl(
        site,
        folder,
        DOWNLOADER_MIDDLEWARES={"cleaner.integrations.scrapy.CleanerMiddleware": 50},
        CLEANER_FIELD="about",
        CLEANER_FORMAT="markdown",
        CLEANER_FAVOR="recall",
        CLEANER_KEEP_HTML=False,
        CLEANER_RULES=[str(rules)],
        TWISTED_REACTOR="twisted.internet.selectreactor.SelectReactor",
    )


def test_field_form_and_reactor_are_free(configured):
    items, _, _ = configured
    assert "*Gullholm*" in items["Item"]["about"]
    assert items["dict"]["about"] == items["Data"]["about"] == items["Item"]["about"]


def test_rules_count(configured, crawled):
    assert "Cookies" in configured[0]["dict"]["about"]
    assert "Cookies" not in crawled[0]["dict"]["text"]


def test_the_page_may_leave_the_item(configured):
    items, _, _ = configured
    assert "html" not in items["dict"]
    assert items["Data"]["html"] is None


def test_a_callback_can_see_the_clean_text(configured):
    seen = configured[0]["response"]["seen"]
    assert STORY in seen["markdown"]
    assert (seen["title"], seen["error"]) == ("Ferry sails again", None)


def test_what_is_no_page_or_not_wanted_is_left_alone(configured):
    items, _, _ = configured
    assert items["/picture"]["seen"] == "None"
    assert items["/page?raw"]["seen"] == "False"


@pytest.mark.parametrize(
    "setting",
    [{"CLEANER_FORMAT": "pdf"}, {"CLEANER_FAVOR": "luck"}, {"CLEANER_RULES": ["no.toml"]}],
)
def test_a_wrong_setting_is_an_error_at_the_start(setting):
    from scrapy.utils.test import get_crawler

    from cleaner.integrations.scrapy import CleanerPipeline

    with pytest.raises(Exception, match=r"pdf|luck|no\.toml"):
        CleanerPipeline.from_crawler(get_crawler(settings_dict=setting))
