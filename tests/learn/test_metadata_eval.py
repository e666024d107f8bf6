import json

import pytest

from cleaner.document import CleanerError
from cleaner.learn import metadata_eval
from cleaner.learn.metadata_eval import evaluate_metadata, is_right, word_f1

HEAD = '<html lang="en"><head><title>Ferries stop at noon</title>'
PAGES = {
    "told": f"{HEAD}<body><h1>Ferries stop at noon</h1><p>By Ada Holm</p><p>4 March 2024</p>",
    "bare": f"{HEAD}<body><h1>Ferries stop at noon</h1><p>The boats lie still.</p>",
}
GOLD = {
    "told": {"title": "Ferries stop at noon", "author": "Ada Holm", "publish_date": "2024-03-04"},
    "bare": {"title": "All boats come home", "author": None, "publish_date": None},
}


@pytest.fixture
def folder(tmp_path):
    rows = []
    for name, page in PAGES.items():
        (tmp_path / f"{name}.html").write_text(page, "utf-8")
        url = f"https://{name}.example.org/ferries"
        rows.append({"id": name, "file": f"{name}.html", "url": url, **GOLD[name]})
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "gold.jsonl").write_text(lines, "utf-8")
    return tmp_path


def test_right_and_given_values_are_counted_apart(folder):
    (score,) = evaluate_metadata(folder, ["cleaner"])
    title, author, date = (score.fields[name] for name in ("title", "author", "date"))
    assert (title.labelled, title.right, title.unlabelled) == (2, 1, 0)
    assert (author.labelled, author.right, author.unlabelled, author.given) == (1, 1, 1, 0)
    assert (date.share_right, date.share_given) == (1.0, 0.0)
    assert title.share_given is None
    assert score.pages == 2
    assert score.milliseconds > 0


def test_trafilatura_is_scored_beside_it(folder):
    names = [score.name for score in evaluate_metadata(folder)]
    assert names == ["cleaner", "trafilatura"]


def test_an_extractor_that_fails_counts_as_one_that_found_nothing(folder, monkeypatch):
    def fail(tree, url):
        raise ValueError

    monkeypatch.setitem(metadata_eval.EXTRACTORS, "failing", (fail, lambda data: data))
    (score,) = evaluate_metadata(folder, ["failing"])
    assert score.failures == 2
    assert score.fields["title"].right == 0


def test_an_unknown_extractor_is_an_error(folder):
    with pytest.raises(CleanerError, match="trafilatura"):
        evaluate_metadata(folder, ["nothing"])


def test_a_day_must_be_the_same_and_a_name_nearly():
    assert is_right("date", "2024-03-04T10:00:00Z", "2024-03-04")
    assert not is_right("date", "2024-03-04", "2024-03-05")
    assert is_right("author", "Ada Holm, editor", "Ada Holm")
    assert not is_right("author", "Ada Holm", None)
    assert word_f1("a a b", "A b c") == pytest.approx(2 / 3)
