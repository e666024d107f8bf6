"""A Cleaner is configured once and cleans any page, from any thread, to the same document."""

import gzip
import pickle
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from lxml import html

import cleaner
from cleaner import Cleaner, Page

FIXTURES = Path(__file__).parents[1] / "fixtures"
ARTICLE = (FIXTURES / "no-article-havvind.html").read_bytes()
PARAGRAPH = "Ferja til øya går nå hver time, også når det blåser fra sør, og billetten er gratis."
PAGE = (
    f"<article><h1>Ferja går</h1><p>{PARAGRAPH}</p><p>Annonse</p><p>{PARAGRAPH[::-1]}</p></article>"
)
TEXT = f"{PARAGRAPH}\n\nannonse\n\n{PARAGRAPH[::-1]}\n"


def state(document: cleaner.Document) -> tuple[Any, ...]:
    return (
        document.blocks,
        document.markdown,
        document.confidence,
        document.page_type,
        document.encoding,
        document.warnings,
        document.metadata,
    )


def verdicts(document: cleaner.Document) -> dict[str, bool]:
    return {block.text: block.kept for block in document.blocks}


@pytest.mark.parametrize(
    ("option", "value"), [("favor", "speed"), ("favor", ""), ("level", "all"), ("level", None)]
)
def test_a_wrong_option_is_a_value_error_that_names_it(option: str, value: Any) -> None:
    with pytest.raises(ValueError, match=option):
        Cleaner(**{option: value})


def test_a_wrong_medium_of_a_page_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="html or text, not 'text/plain'"):
        Page("a", media="text/plain")


def test_a_wrong_level_of_one_text_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="level"):
        Cleaner().clean_text("a", level="all")  # type: ignore[arg-type]


@pytest.mark.parametrize("option", ["lexicon", "rules", "model"])
def test_a_file_that_is_not_there_is_told_before_the_first_page(
    option: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine"
    value = path if option == "model" else [path]
    with pytest.raises(cleaner.CleanerError, match=f"{re.escape(str(path))}(: No such file|$)"):
        Cleaner(**{option: value})  # type: ignore[arg-type]


def test_the_functions_of_the_package_are_those_of_a_cleaner() -> None:
    assert state(cleaner.clean(ARTICLE)) == state(Cleaner().clean(ARTICLE))
    assert state(cleaner.clean_text(TEXT)) == state(Cleaner().clean_text(TEXT))


def test_one_cleaner_serves_many_threads() -> None:
    pages = [path.read_bytes() for path in sorted(FIXTURES.glob("*.html"))[:6]]
    shared = Cleaner()
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(shared.clean, pages * 3))
    alone = [state(Cleaner().clean(page)) for page in pages]
    assert [state(document) for document in found] == alone * 3


def test_a_cleaner_is_sent_to_another_process_with_its_settings() -> None:
    sent = pickle.loads(pickle.dumps(Cleaner(favor="recall", include=["Havnenytt"], language="nb")))
    assert (sent.favor, sent.include, sent.language) == ("recall", ("Havnenytt",), "nb")
    assert sent.clean_text(f"{PARAGRAPH}\n\nHavnenytt\n").text == f"{PARAGRAPH}\n"


@pytest.mark.parametrize("source", [ARTICLE, ARTICLE.decode(), html.fromstring(ARTICLE)])
def test_a_document_is_sent_to_another_process_whole(source: object) -> None:
    document = cleaner.clean(source, url="https://a.example/b")
    sent = pickle.loads(pickle.dumps(document))
    assert state(sent) == state(document)
    assert sent.html == document.html
    assert sent.url == "https://a.example/b"


def test_recall_keeps_what_precision_keeps_and_more() -> None:
    page = (Path(__file__).parents[1] / "fixtures/en-forum-sourdough.html").read_bytes()
    kept = {}
    for favor in ("precision", "balance", "recall"):
        document = Cleaner(favor=favor).clean(page)  # type: ignore[arg-type]
        kept[favor] = sum(len(block.text) for block in document.blocks if block.kept)
    assert 0 < kept["precision"] <= kept["balance"] <= kept["recall"]
    assert kept["precision"] < kept["recall"]


def test_a_marker_between_kept_paragraphs_is_removed_with_a_reason() -> None:
    document = cleaner.clean(PAGE)
    block = document.blocks[2]
    assert (block.text, block.kept) == ("Annonse", False)
    assert block.reason
    assert "Annonse" not in document.text


def test_phrases_of_ones_own_are_markers_and_others_are_not() -> None:
    own = Cleaner(include=["Les båten"]).clean_text(f"{TEXT}\nLes båten\n\n{PARAGRAPH}\n")
    assert verdicts(own)["Les båten"] is False
    assert verdicts(Cleaner(exclude=["annonse"]).clean_text(TEXT))["annonse"] is True
    assert verdicts(Cleaner().clean_text(TEXT))["annonse"] is False


def test_a_plain_text_keeps_all_else_to_the_letter() -> None:
    assert cleaner.clean_text(TEXT).text == f"{PARAGRAPH}\n\n{PARAGRAPH[::-1]}\n"
    assert cleaner.clean(Page(TEXT, media="text")).text == cleaner.clean_text(TEXT).text
    assert cleaner.clean_text(TEXT.encode("utf-16")).text == cleaner.clean_text(TEXT).text


@pytest.mark.parametrize("level", ["markers", "boilerplate"])
def test_the_level_of_one_text_overrides_that_of_the_cleaner(level: Any) -> None:
    other = "markers" if level == "boilerplate" else "boilerplate"
    noise = "Hjem | Nyheter | Sport | Kontakt oss\n\n" + TEXT + "\n© 2024 Havnebladet. Personvern\n"
    one = Cleaner(level=level).clean_text(noise).text
    assert one == Cleaner(level=other).clean_text(noise, level=level).text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "warning"),
    [
        (b"", "no visible text"),
        (b"   \n", "no visible text"),
        ("<html><head><title>t</title></head><body></body></html>", "no visible text"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not a web page"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a web page"),
        ("https://havnebladet.example/ferja?id=2", "nothing but an address"),
        ("sider/ferja.html", "nothing but an address"),
        pytest.param(gzip.compress(PAGE.encode())[:60], "gzip|cut|unpack", id="gzip"),
    ],
)
def test_a_page_without_text_says_why(data: bytes | str, warning: str) -> None:
    document = cleaner.clean(data)
    assert any(re.search(warning, told) for told in document.warnings)


def test_a_compressed_page_is_unpacked() -> None:
    assert cleaner.clean(gzip.compress(ARTICLE)).text == cleaner.clean(ARTICLE).text


@pytest.mark.parametrize("sentence", [PARAGRAPH, "猫は川のそばで眠っていた。", "แมวนอนอยู่ริมน้ำ"])
def test_a_text_has_as_many_words_as_a_page_that_says_the_same(sentence: str) -> None:
    text, page = cleaner.clean_text(sentence), cleaner.clean(f"<p>{sentence}</p>")
    assert text.layout.words == page.layout.words


def test_an_empty_text_says_so() -> None:
    document = cleaner.clean_text("")
    assert (document.text, document.blocks) == ("", [])
    assert document.warnings


def test_an_empty_shell_gives_the_text_of_its_scripts_and_says_so() -> None:
    story = f"{PARAGRAPH} " * 12
    page = f'<div id=app></div><script>window.__STATE__ = {{"body": "{story}"}}</script>'
    document = cleaner.clean(page)
    assert document.text == story.strip() + "\n"
    assert any("shell" in warning for warning in document.warnings)


def test_a_page_with_text_of_its_own_is_no_shell() -> None:
    story = "Hemmelig tekst, som bare står i et skript. " * 200
    shown = "".join(f"<p>{PARAGRAPH}</p>" for _ in range(9))
    page = f'{shown}<script>window.__STATE__ = {{"body": "{story}"}}</script>'
    assert "Hemmelig" not in " ".join(block.text for block in cleaner.clean(page).blocks)


def test_links_are_absolute_by_the_address_that_is_known_best() -> None:
    head = "<head><link rel=canonical href=https://b.example/c/></head>"
    page = f"{head}<body><p>{PARAGRAPH} <a href=d>Her</a> er mer. {PARAGRAPH}</p></body>"
    assert "(https://a.example/d)" in cleaner.clean(page, url="https://a.example/").markdown
    assert "(https://b.example/c/d)" in cleaner.clean(page).markdown
    based = page.replace("<head>", "<head><base href=/e/>")
    assert "(https://a.example/e/d)" in cleaner.clean(based, url="https://a.example/").markdown
    assert "(https://b.example/e/d)" in cleaner.clean(based).markdown
    assert "(d)" in cleaner.clean(page.replace("canonical", "next")).markdown


def test_cleaning_the_html_of_a_document_keeps_all_of_it() -> None:
    page = "<h2>Ferja</h2><p>Ferja går klokka åtte, og ho ventar ikkje på nokon.</p><p>Annonse</p>"
    once = cleaner.clean(page)
    again = cleaner.clean(once.html)
    assert again.text == once.text != ""
    assert {block.reason for block in again.blocks} == {"cleaned before"}


def test_a_page_that_only_claims_to_be_clean_is_judged() -> None:
    page = '<p>Meny</p><article data-cleaned=""><p>Annonse</p></article>'
    assert "cleaned before" not in {block.reason for block in cleaner.clean(page).blocks}


def test_a_shell_keeps_the_address_it_gives_itself() -> None:
    hidden = "The keeper counts the ships that pass at night, and writes them down in a book. "
    page = (
        '<link rel="canonical" href="https://example.org/log"><p>Loading.</p>'
        f'<script type="application/json">{{"a": "{hidden * 9}"}}</script>'
    )
    document = cleaner.clean(page)
    assert document.layout.address == "https://example.org/log"
    assert "Loading." not in document.text


def test_a_stream_of_lines_comes_out_as_the_whole_text_does() -> None:
    text = "Han kom hjem i går.\r\n\r\nANNONSE\r\n\r\nSå dro han ut igjen.\r\n"
    lines = text.splitlines(keepends=True)
    assert "".join(cleaner.Cleaner().clean_lines(lines)) == cleaner.clean_text(text).text


def test_the_text_of_a_slot_goes_with_a_label_that_the_model_had_dropped() -> None:
    story = "<p>Ferja går klokka åtte, og ho ventar ikkje på nokon som helst, seier skipperen.</p>"
    slot = (
        '<div class="annonse-boks"><span class="annonse-label">Annonse</span>'
        "<p>Bestill nye vindauge no, og få dei montert før jul, til ein pris du likar.</p></div>"
    )
    document = cleaner.clean(f"<article>{story * 4}{slot}{story * 4}</article>")
    assert "vindauge" not in document.text
    assert document.text.count("skipperen") == 8
