import gzip
import json
import time

import pytest

pytest.importorskip("datatrove", reason="the extra datatrove is not installed")
from datatrove.data import Document

from cleaner import Cleaner
from cleaner.integrations.datatrove import PageExtractor

from .programs import TEXT, check, run, write_crawl


def test_the_local_executor_cleans_a_crawl(tmp_path):
    try:
        import magic  # noqa: F401
    except ImportError as error:
        pytest.skip(f"datatrove's reader needs libmagic: {error}")
    addresses = write_crawl(tmp_path, "utf-8")
    run("clean_datatrove.py", tmp_path)
    rows = []
    for file in (tmp_path / "clean").glob("*.jsonl.gz"):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines]
    assert {row["metadata"]["date"] for row in rows} == {"2026-01-02T03:04:05Z"}
    check([{**row["metadata"], "text": row["text"], "error": None} for row in rows], addresses)


class Slow(Cleaner):
    """Takes its time on one page, and takes its process with it on another."""

    def clean(self, source, url=None):
        if "slow" in source.data:
            time.sleep(60)
        if "deadly" in source.data:
            import os

            os._exit(1)
        if "broken" in source.data:
            raise ValueError("broken")
        return super().clean(source, url)


def documents(*pages):
    return [Document(page, str(number)) for number, page in enumerate(pages)]


def test_pages_that_take_too_long_or_kill_their_process_are_dropped_and_counted():
    step = PageExtractor(timeout=2, cleaner=Slow())
    good = f"<title>Ferja</title><p>{TEXT}</p>"
    made = list(step.run(documents(good, "slow", good, "deadly", "broken", "", good)))
    assert [document.id for document in made] == ["0", "2", "6"]
    assert {document.text for document in made} == {f"{TEXT}\n"}
    assert made[0].metadata["title"] == "Ferja"
    counts = {name: step.stats[name].total for name in ("timeout", "broken_process", "dropped")}
    assert counts == {"timeout": 1, "broken_process": 1, "dropped": 1}
    assert step.stats["clean_error"].total == 1
    assert step.stats["forwarded"].total == 3


def test_links_are_absolute_in_any_form():
    page = '<p>Read <a href="b.html">the other page</a> about the ferry to the islands.</p>'
    document = Document(page, "1", metadata={"url": "https://a.example/x/"})
    (made,) = PageExtractor(form="markdown").run([document])
    assert "(https://a.example/x/b.html)" in made.text
    assert PageExtractor().extract(page).startswith("Read the other page")
