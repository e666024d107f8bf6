import gzip
import json

import pytest

from cleaner.document import CleanerError
from cleaner.learn.datasets import (
    LabelledPage,
    check_folds,
    load,
    load_all,
    markdown_text,
    registered_domain,
)

PAGE = "<html><body><p>Fjellet ligger i tåke.</p></body></html>"


def write_gold(folder, *rows):
    folder.mkdir(exist_ok=True)
    lines = [json.dumps(row) for row in rows]
    (folder / "gold.jsonl").write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    for row in rows:
        (folder / row["file"]).write_text(PAGE, encoding="utf-8")


def write_wcxb(root, name, label, *, packed=False):
    (root / "html").mkdir(parents=True, exist_ok=True)
    (root / "ground-truth").mkdir(exist_ok=True)
    data = PAGE.encode()
    if packed:
        (root / "html" / f"{name}.html.gz").write_bytes(gzip.compress(data))
    else:
        (root / "html" / f"{name}.html").write_bytes(data)
    (root / "ground-truth" / f"{name}.json").write_text(json.dumps(label), encoding="utf-8")


def test_gold_jsonl_gives_every_label(tmp_path):
    row = {
        "id": "a/1",
        "file": "a_1.html",
        "url": "https://fjell.example.com/1",
        "page_type": "article",
        "main_content": "Fjellet ligger i tåke.",
        "title": "Tåke",
        "author": "Kari Nes",
        "publish_date": "2024-05-01",
        "with": ["i tåke"],
        "without": ["Meny"],
    }
    write_gold(tmp_path / "pack", row)
    data = load(tmp_path / "pack")
    assert data.name == "pack"
    (page,) = data.pages
    assert page == LabelledPage(
        id="a/1",
        path=tmp_path / "pack" / "a_1.html",
        url="https://fjell.example.com/1",
        page_type="article",
        gold="Fjellet ligger i tåke.",
        title="Tåke",
        author="Kari Nes",
        date="2024-05-01",
        with_=("i tåke",),
        without=("Meny",),
    )
    assert page.read() == PAGE.encode()
    assert page.group == "example.com"


def test_an_empty_gold_is_kept_apart_from_an_unknown_one(tmp_path):
    write_gold(
        tmp_path,
        {"id": "1", "file": "1.html", "main_content": ""},
        {"id": "2", "file": "2.html", "main_content": None},
    )
    assert [page.gold for page in load(tmp_path)] == ["", None]


def test_the_gold_file_itself_names_the_dataset_too(tmp_path):
    write_gold(tmp_path / "pack", {"id": "1", "file": "1.html"})
    assert load(tmp_path / "pack" / "gold.jsonl") == load(tmp_path / "pack")


@pytest.mark.parametrize(
    "page_type", [{"page_type": "forum"}, {"_internal": {"page_type": {"primary": "forum"}}}]
)
@pytest.mark.parametrize("split", ["", "dev"])
@pytest.mark.parametrize("packed", [True, False])
def test_the_published_layout_is_read_in_its_variants(tmp_path, page_type, split, packed):
    truth = {
        "title": "Spørsmål",
        "author": None,
        "publish_date": "2023-01-02",
        "main_content": "Fjellet ligger i tåke.",
        "with": ["tåke"],
        "without": [],
    }
    label = {"url": "https://forum.example.org/t/1", **page_type, "ground_truth": truth}
    write_wcxb(tmp_path / split, "0001", label, packed=packed)
    (page,) = load(tmp_path).pages
    assert (page.id, page.page_type, page.gold) == ("0001", "forum", "Fjellet ligger i tåke.")
    assert (page.title, page.author, page.date) == ("Spørsmål", None, "2023-01-02")
    assert (page.with_, page.without) == (("tåke",), ())
    assert page.read() == PAGE.encode()


def test_a_page_that_was_encoded_twice_is_learnt_from_as_it_is_cleaned(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(PAGE.replace("i tåke", "på øya i grått været").encode().decode("latin-1"))
    root = LabelledPage("a", path).tree()
    assert root is not None
    assert "".join(root.itertext()) == "Fjellet ligger på øya i grått været."


def test_a_label_without_its_page_is_passed_over(tmp_path):
    write_wcxb(tmp_path, "1", {"ground_truth": {"main_content": "x"}})
    write_wcxb(tmp_path, "2", {"ground_truth": {"main_content": "y"}})
    (tmp_path / "html" / "1.html").unlink()
    assert [page.id for page in load(tmp_path)] == ["2"]


def test_fixtures_take_the_text_file_before_the_markdown(tmp_path):
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "a.md").write_text("# Fjell\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Fjellet\n", encoding="utf-8")
    (page,) = load(tmp_path).pages
    assert (page.gold, page.markdown) == ("Fjellet\n", "# Fjell\n")


def test_fixtures_read_metadata_and_the_address_in_the_leading_comment(tmp_path):
    comment = '<!-- {"url": "https://example.net/a"} -->\n'
    (tmp_path / "a.html").write_text(comment + PAGE, encoding="utf-8")
    (tmp_path / "a.md").write_text("Se [kartet](https://kart.example.com).\n", encoding="utf-8")
    meta = {"title": "Kart", "author": "Ola", "published": "2020-02-03"}
    (tmp_path / "a.json").write_text(json.dumps(meta), encoding="utf-8")
    (page,) = load(tmp_path).pages
    assert page.url == "https://example.net/a"
    assert (page.title, page.author, page.date) == ("Kart", "Ola", "2020-02-03")
    assert page.gold == "Se kartet."


def test_markdown_text_leaves_only_what_is_read():
    markdown = "# Tur\n\n- en\n- **to**\n\n| a |\n| --- |\n| 1 |\n\n```py\nx = 2\n```\n"
    assert markdown_text(markdown).split() == ["Tur", "en", "to", "a", "1", "x", "=", "2"]


def test_a_sample_is_spread_over_the_whole_dataset(tmp_path):
    rows = [{"id": f"{number:02}", "file": f"{number}.html"} for number in range(20)]
    write_gold(tmp_path, *rows)
    data = load(tmp_path)
    assert [page.id for page in data.sample(4)] == ["00", "05", "10", "15"]
    assert data.sample(None) is data
    assert len(data.sample(100)) == 20


@pytest.mark.parametrize("content", [None, "{not json", "[1, 2]"])
def test_a_folder_without_labels_is_a_clear_error(tmp_path, content):
    if content:
        (tmp_path / "gold.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(CleanerError, match=tmp_path.name):
        load(tmp_path)


def test_labels_in_another_encoding_are_a_clear_error_and_a_byte_order_mark_is_none(tmp_path):
    write_gold(tmp_path, {"id": "1", "file": "1.html"})
    gold = tmp_path / "gold.jsonl"
    gold.write_bytes(b"\xef\xbb\xbf" + gold.read_bytes())
    assert [page.id for page in load(tmp_path)] == ["1"]
    gold.write_bytes(b'{"id": "1", "file": "1.html", "title": "T\xe5ke"}')
    with pytest.raises(CleanerError, match="cannot be read"):
        load(tmp_path)


def test_two_pages_of_one_name_are_a_clear_error(tmp_path):
    write_gold(tmp_path, {"id": "1", "file": "1.html"}, {"id": "1", "file": "2.html"})
    with pytest.raises(CleanerError, match="two pages are called 1"):
        load(tmp_path)


def test_a_page_that_is_missing_or_damaged_is_a_clear_error(tmp_path):
    write_gold(tmp_path, {"id": "1", "file": "1.html.gz"})
    with pytest.raises(CleanerError, match=r"1\.html\.gz: Not a gzipped file"):
        load(tmp_path).pages[0].read()
    (tmp_path / "1.html.gz").unlink()
    with pytest.raises(CleanerError, match="no such page"):
        load_all([tmp_path])


@pytest.mark.parametrize(
    ("folds", "said"), [([], "nothing to learn"), ([3, 3], "more registered domains")]
)
def test_too_few_pages_to_learn_from_are_a_clear_error(folds, said):
    with pytest.raises(CleanerError, match=said):
        check_folds(folds)
    check_folds([*folds, 0, 1])


def test_a_folder_that_does_not_exist_is_a_clear_error(tmp_path):
    with pytest.raises(CleanerError, match="no labelled pages"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.example.com/a", "example.com"),
        ("http://news.example.co.uk:8080/a?b#c", "example.co.uk"),
        ("example.no/sti", "example.no"),
        ("https://noen.blogspot.com/2020", "noen.blogspot.com"),
        ("hard::example.com-en-sak.html", "example.com"),
        ("hard::blogg.example.org.html", "example.org"),
        ("http://192.168.1.20/a", "192.168.1.20"),
        ("http://localhost:8000/", "localhost"),
        ("http://[", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_pages_group_by_the_domain_that_an_owner_registers(url, domain):
    assert registered_domain(url) == domain


def test_pages_without_an_address_are_groups_of_their_own(tmp_path):
    write_gold(tmp_path / "p", {"id": "1", "file": "1.html"}, {"id": "2", "file": "2.html"})
    assert [page.group for page in load(tmp_path / "p")] == ["p/1", "p/2"]


def test_folders_of_one_name_stay_apart_by_their_paths(tmp_path):
    paths = [tmp_path / "a" / "p", tmp_path / "b" / "p", tmp_path / "q"]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        write_gold(path, {"id": "1", "file": "1.html"})
    assert [data.name for data in load_all(paths)] == [str(paths[0]), str(paths[1]), "q"]
