import asyncio

import pytest
import requests
from langchain_core.documents import Document as ChainDocument
from llama_index.core import SimpleDirectoryReader

import cleaner
from cleaner.integrations.langchain import CleanerLoader, CleanerTransformer
from cleaner.integrations.llamaindex import CleanerReader
from tests.integrations.story import PAGE, STORY
from tests.serving import served_folder

NOTE = "Første avsnitt.\n\nannonse\n\nAndre avsnitt.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    (folder / "page.html").write_text(PAGE)
    (folder / "note.txt").write_text(NOTE)
    return folder


@pytest.fixture(scope="module")
def site(folder):
    with served_folder(folder) as address:
        yield address


def chained(sources, **options):
    return [(d.page_content, d.metadata) for d in CleanerLoader(sources, **options).load()]


def indexed(sources, **options):
    return [(d.text, d.metadata) for d in CleanerReader(**options).load_data(sources)]


@pytest.fixture(params=[chained, indexed])
def load(request):
    return request.param


@pytest.mark.parametrize("kind", ["address", "path", "string", "page", "bytes", "response"])
def test_a_page_becomes_a_document_of_clean_text(load, kind, folder, site):
    address = f"{site}/page.html"
    path = folder / "page.html"
    source, name = {
        "address": lambda: (address, address),
        "path": lambda: (path, str(path)),
        "string": lambda: (str(path), str(path)),
        "page": lambda: (cleaner.Page(PAGE, address), address),
        "bytes": lambda: (PAGE.encode(), None),
        "response": lambda: (requests.get(address, timeout=9), address),
    }[kind]()
    ((text, known),) = load([source])
    assert STORY in text
    assert "Advertisement" not in text
    assert (known.get("source"), known["title"], known["language"]) == (
        name,
        "Ferry sails again",
        "en",
    )
    assert all(isinstance(value, str | float | int) for value in known.values())


def test_text_files_keep_everything_but_their_markers(load, folder):
    assert load([folder / "note.txt"])[0][0] == "Første avsnitt.\n\nAndre avsnitt.\n"


def test_the_form_is_free(load, folder):
    assert "*Gullholm*" in load([folder / "page.html"], form="markdown")[0][0]


def test_what_cannot_be_read_is_an_error_or_left_out(load, folder, site):
    sources = [folder / "missing.html", f"{site}/missing.html", 17, folder / "page.html"]
    for source in sources[:3]:
        with pytest.raises((OSError, cleaner.CleanerError, TypeError)):
            load([source])
    assert len(load(sources, skip_errors=True)) == 1


def test_documents_come_one_by_one(folder):
    def sources():
        yield folder / "page.html"
        raise AssertionError("not asked for yet")

    assert STORY in next(CleanerLoader(sources()).lazy_load()).page_content
    assert STORY in next(iter(CleanerReader().lazy_load_data(sources()))).text


def test_both_load_on_a_thread_for_asyncio(folder):
    paths = [folder / "page.html", folder / "note.txt"]
    chain = asyncio.run(CleanerLoader(paths).aload())
    index = asyncio.run(CleanerReader().aload_data(paths))
    assert [d.page_content for d in chain] == [d.text for d in index]


def test_documents_of_raw_html_are_transformed_in_place(site):
    raw = ChainDocument(page_content=PAGE, metadata={"source": f"{site}/a", "mine": 1}, id="7")
    (done,) = CleanerTransformer(form="markdown").transform_documents([raw])
    assert "*Gullholm*" in done.page_content
    assert (done.metadata["source"], done.metadata["mine"], done.id) == (f"{site}/a", 1, "7")
    assert done.metadata["title"] == "Ferry sails again"


def test_a_folder_is_read_by_the_directory_reader_of_llamaindex(folder):
    reader = SimpleDirectoryReader(str(folder), file_extractor={".html": CleanerReader()})
    texts = [document.text for document in reader.load_data()]
    assert any(STORY in text and "Cookies" not in text for text in texts)
