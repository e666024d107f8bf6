"""A page that was read as Latin-1 and written as UTF-8 is read once more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.twice import read_once_more
from tests.test_decode import SENTENCES


def as_windows_1252(text: str) -> str:
    """Return what a program shows that takes UTF-8 for windows-1252."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in text.encode())


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_page_that_was_encoded_twice_is_read_once_more(sentence: str) -> None:
    for twice in (sentence.encode().decode("latin-1"), as_windows_1252(sentence)):
        assert read_once_more(twice) == read_once_more(twice.encode()) == sentence


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_page_that_was_encoded_once_is_right(sentence: str) -> None:
    assert read_once_more(sentence) is None


def test_a_page_that_speaks_of_such_characters_is_right() -> None:
    assert (
        read_once_more("Å se «Ã¥», «Ã¸» og «Ã¦» der det skulle stått å, ø og æ, er en feil.")
        is None
    )


def test_what_was_cleaned_stays_as_it_is() -> None:
    own = cleaner.clean("<p>Ferja går.").html.replace("Ferja", as_windows_1252("«Blåbærøya»"))
    assert cleaner.clean(own).html == own


def test_what_is_right_around_text_encoded_twice_stays() -> None:
    assert read_once_more("Åpent – " + as_windows_1252("Blåbær på grøt «i går».")) == (
        "Åpent – Blåbær på grøt «i går»."
    )


@given(st.text(alphabet=st.characters(max_codepoint=0xFF)))
def test_any_text_is_read_or_left(text: str) -> None:
    assert (read_once_more(text) or text).isascii() == text.isascii()


def test_a_cleaned_page_tells_that_it_was_encoded_twice() -> None:
    page = "<p>Blåbærsyltetøyet sto på bordet da han kom hjem fra fjellet i går kveld.</p>"
    document = cleaner.clean(page.encode().decode("latin-1"))
    assert "Blåbærsyltetøyet sto på" in document.text
    assert any("twice" in warning for warning in document.warnings)


def test_a_plain_text_stays_to_the_letter() -> None:
    text = "Vi spiste blÃ¥bÃ¦rsyltetÃ¸y.\n\nannonse\n\nDet var godt.\n"
    assert cleaner.clean_text(text).text == text.replace("annonse\n\n", "")
