import importlib
from dataclasses import replace

import pytest

from cleaner.document import CleanerError
from cleaner.learn import engines

STORY = """\
The ferry leaves the small harbour every morning at seven, and it is seldom late, because those
who live on the island have to be at work on the other side before eight, and they would not be
pleased if the captain had stayed in bed for a little longer than he should.
In summer the deck is full of visitors with bicycles, tents and dogs of every size, and it is then
that the old man at the kiosk sells more ice cream in one week than he does in all of the winter,
when there is nobody about but the gulls and the boys who came to fish.
When the wind turns to the north the crossing takes an hour longer than it should, and those who
have been on board before go below, where it is warm, and where they have been telling each other
the same stories about the same storms for as long as any of them can remember.
"""
SENTENCES = [" ".join(part.split()) + "." for part in STORY.split(".") if part.strip()]
PAGE = (
    "<html lang='en'><head><title>The ferry</title></head><body>"
    "<nav><a href='/'>Home</a> <a href='/b'>Boats</a></nav><article><h1>The ferry</h1>"
    + "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    + "</article><footer><a href='/c'>Contact</a></footer></body></html>"
).encode()
PEERS = [name for name in engines.ENGINES if not name.startswith("cleaner")]


@pytest.mark.parametrize("name", PEERS)
def test_an_engine_finds_the_article(name):
    pytest.importorskip(engines.ENGINES[name].needs)
    ready, notes = engines.load([name])
    assert notes == []
    text = ready[name](PAGE, "https://example.com/ferry")
    assert all(sentence in text for sentence in SENTENCES)
    assert "Contact" not in text


@pytest.mark.parametrize("name", ["cleaner", "cleaner-precision", "cleaner-recall"])
def test_this_package_is_an_engine_too(name):
    text = engines.load([name])[0][name](PAGE, None)
    assert all(sentence in text for sentence in SENTENCES)


def test_an_engine_that_is_not_installed_is_left_out_with_a_note(monkeypatch):
    absent = replace(engines.ENGINES["justext"], needs="no_such_module_anywhere")
    monkeypatch.setattr(engines, "ENGINES", {**engines.ENGINES, "justext": absent})
    ready, notes = engines.load(["justext", "trafilatura"])
    assert list(ready) == ["trafilatura"]
    (note,) = notes
    assert note.startswith("justext is left out: pip install justext")
    assert "\n" not in note


def test_an_unknown_engine_is_a_clear_error_that_lists_the_known():
    with pytest.raises(CleanerError, match="no engine 'grobid'; there are cleaner"):
        engines.load(["grobid"])


def test_an_engine_named_twice_is_loaded_once():
    assert list(engines.load(["trafilatura", "trafilatura"])[0]) == ["trafilatura"]


def test_versions_are_those_of_the_packages():
    assert engines.versions(["trafilatura"]) == {
        "trafilatura": importlib.import_module("trafilatura").__version__
    }


def test_text_of_html_breaks_lines_at_blocks_and_not_at_inline_elements():
    html = "<div><p>One <b>t</b>wo</p><ul><li>three</li><li>four</li></ul>five<br>six</div>"
    assert engines.html_text(html).split("\n") == ["One two", "three", "four", "five", "six"]
