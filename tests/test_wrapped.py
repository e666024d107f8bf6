"""A page that was saved as a value of a program, as HTML in HTML or as mail is read as it was."""

import csv
import html
import io
import json
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.wrapped import unwrapped

PAGE = (
    '<!DOCTYPE html>\n<html lang="nb">\n<head><title>Ferja på Ørnes</title></head>\n<body>\n'
    + "<p>«Ferja går ikke før klokka tolv», sa kapteinen, og så mot C:\\havna & fjorden.</p>\n" * 3
    + "</body>\n</html>\n"
)


def as_field(page: str) -> str:
    """Return a page as a table has it."""
    file = io.StringIO()
    csv.writer(file, lineterminator="").writerow([page])
    return file.getvalue()


SAVED = {
    "json": json.dumps,
    "json in letters": lambda page: json.dumps(page, ensure_ascii=False),
    "json without its quotes": lambda page: json.dumps(page)[1:-1],
    "repr": repr,
    "repr of bytes": lambda page: repr(page.encode()),
    "html": html.escape,
    "mail": lambda page: quopri.encodestring(page.encode()).decode(),
    "table": as_field,
    "xml": lambda page: f"<?xml version='1.0'?><page><source><![CDATA[{page}]]></source></page>",
}


@pytest.mark.parametrize("save", SAVED.values(), ids=SAVED)
@pytest.mark.parametrize("encode", [str, str.encode], ids=["text", "bytes"])
def test_a_page_that_was_saved_as_a_value_is_read_as_it_was(save, encode) -> None:
    document = cleaner.clean(encode(save(PAGE)))
    expected = cleaner.clean(PAGE)
    assert document.text == expected.text
    assert document.metadata.title == expected.metadata.title == "Ferja på Ørnes"
    assert any("was saved as" in warning for warning in document.warnings)


@pytest.mark.parametrize("save", SAVED.values(), ids=SAVED)
@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_any_text_in_a_page_comes_back_to_the_letter(save, text: str) -> None:
    page = f'<html lang="nb">\n<p>{html.escape(text)}</p></html>'
    found = unwrapped(save(page))
    assert found is not None
    assert (found[0] if isinstance(found[0], str) else found[0].decode()) == page


@pytest.mark.parametrize("cut", [0.3, 0.7, 0.95])
def test_what_was_cut_before_its_quote_keeps_what_came_before(cut: float) -> None:
    saved = json.dumps(PAGE)
    assert cleaner.clean(saved[: int(cut * len(saved))]).text.startswith("«Ferja går")


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        '<html lang="nb"><script>document.write("<html lang=\\"en\\">")</script><p>C:\\new',
        "<p>Skriv &lt;html&gt; først og b'&lt;p&gt;' etterpå.</p>",
        "&lt;p&gt; er et avsnitt.",
        '<p title="=3D">3D</p>',
        "«&lt;html&gt;» er det første.",
        "",
    ],
)
def test_a_page_that_speaks_of_such_things_is_left(page: str) -> None:
    assert unwrapped(page) is unwrapped(page.encode()) is None


def test_a_plain_text_is_left() -> None:
    assert (
        cleaner.clean_text("&lt;html&gt;\n\nannonse\n\nslutt\n").text == "&lt;html&gt;\n\nslutt\n"
    )
