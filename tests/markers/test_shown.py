"""What a link shows to the eye is what may be a marker."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.markers.shown import shown_texts
from cleaner.parse import parse
from cleaner.segment import segment

PROSE = "<p>The keeper counts the ships that pass at night, and writes them down in a book.</p>"
SPOKEN = '<span class="screen-reader-text"> about the ferries</span>'


def shown(html: str, *, kept: bool = True) -> list[str]:
    layout = segment(parse(html).root)
    return list(shown_texts(layout, [kept] * len(layout)))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (f"<p><a href=/f>Read more{SPOKEN}</a></p>", "Read more"),
        (f"<p><a href=/f>Read more{SPOKEN} →</a></p>", "Read more →"),
        ("<p><a href=/f>More <b class='x sr-only'>on <i>it</i></b></a></p>", "More"),
        ("<p><a href=/f>Read <b>more</b></a></p>", "Read more"),
        (f"<p><a href=/f>{SPOKEN}</a></p>", "about the ferries"),
        (f"<p>Prose, and a link: <a href=/f>Read more{SPOKEN}</a></p>",
         "Prose, and a link: Read more about the ferries"),
        ("<p><b>Read also</b><a href=/f>The <i>ferr</i>ies</a></p>", "Read also The ferries"),
        ("<p>It (<a href=/f>the ferry</a>) sails</p>", "It (the ferry) sails"),
        (f"<p><a href=/f>{'Read more ' * 30}{SPOKEN}</a></p>",
         "Read more " * 30 + "about the ferries"),
    ],
)  # fmt: skip
def test_a_link_shows_its_text_without_what_is_only_spoken(html: str, text: str) -> None:
    assert shown(html) == [text]


def test_the_texts_themselves_stay_as_they_are() -> None:
    layout = segment(parse(f"{PROSE}<p><a href=/f>Read more{SPOKEN}</a></p>").root)
    texts = list(layout.texts)
    assert shown_texts(layout, [True, True]) != texts
    assert layout.texts == texts
    assert shown_texts(layout, [True, False]) is layout.texts


def test_a_link_that_only_says_where_it_leads_is_a_marker() -> None:
    cards = "".join(
        f"<article><h2>Boat {name}</h2>{PROSE.replace('keeper', name)}"
        f"<p><a href=/{name}>Les mer{SPOKEN.replace('ferries', name)}</a></p></article>"
        for name in ("one", "two", "three", "four")
    )
    document = cleaner.clean(f"<html lang=no><main>{cards}</main>", favor="recall")
    assert "pass at night" in document.text
    assert "Les mer" not in document.text
    plain = cleaner.clean(f"<html lang=no><main>{cards.replace('screen-reader-text', 'x')}</main>",
                          favor="recall")  # fmt: skip
    assert "Les mer about the one" in plain.text


@pytest.mark.parametrize("name", ["admonition seealso", "seealso"])
def test_the_title_of_a_boxed_remark_is_no_marker(name: str) -> None:
    prose = PROSE.replace("a book", "a book with a cover of green cloth")
    box = f"<div class='{name}'><p class=admonition-title>See also</p>{prose}</div>"
    document = cleaner.clean(f"<main>{prose * 3}{box}{prose * 3}</main>")
    assert ("See also" in document.text) == name.startswith("admonition")


def test_a_picture_stays_though_what_is_written_below_it_is_a_marker() -> None:
    def left(image: str) -> str:
        told = PROSE.replace(
            ".", f", which is kept in the tower. {'He sleeps by day, at noon. ' * 3}"
        )
        return cleaner.clean(f"<article>{told}<p>{image} Click to enlarge</p>{told}").markdown

    picture = '<a href="/tower.jpg"><img src="/tower-s.jpg" alt="Tower"></a>'
    assert "tower-s.jpg" in left(picture)
    assert "enlarge" not in left('<img src="/sign.png" width="16">')
