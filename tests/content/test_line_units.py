"""Lines that flow into each other are judged as one, long lines in pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.content.line_units import cut, units

MENU = "Forsiden Sport Kultur Været Abonner Meny Bolig Debatt Kart Arkiv Spill Quiz".split()
STORY = [
    "Fergen la fra kai litt over seks, og om bord satt tolv elever med hver sin matpakke.",
    "Skipperen sa at han aldri hadde sett fjorden så blank, verken før eller etter krigen.",
    "Ved odden stoppet de motoren, og det ble så stille at de hørte en oter under brygga.",
    "Læreren delte ut kart, og hver gruppe skulle finne tre steder der det hadde bodd folk.",
    "De fant fem, for den gamle skolen var tegnet inn to ganger, en gang på hver side av elva.",
    "Da de kom hjem, sto hele bygda på kaia, og noen hadde tatt med seg trekkspillet sitt.",
]
MORE = [
    "Høsten etter kom de tilbake, og da hadde skipperen kjøpt en større båt med tak over dekket.",
    "Oteren var borte, men i vika lå det en sel som ikke brydde seg om noen av dem.",
    "Elevene målte dybden med snor og lodd, og skrev tallene inn på kartet de hadde laget selv.",
    "Ved den gamle skolen fant de en blekkflaske av glass, og den står nå på museet i byen.",
    "Neste år skal de lete etter kaia som ble tatt av stormen, og to dykkere har lovet å hjelpe.",
    "Det er plass til flere om bord, sier skipperen, men hver og en må ha med seg sin egen mat.",
]
SOLID = [word for word in MENU if word.isascii()]


@given(st.text(st.sampled_from("abZÆß .!。\t\"'9,-"), min_size=301, max_size=1500))
def test_pieces_make_up_their_line_and_none_is_blank_but_the_first(line: str) -> None:
    pieces = cut(line)
    assert "".join(pieces) == line
    assert all(piece.strip() for piece in pieces[1:])


@given(st.lists(st.text(st.characters(codec=None), max_size=12).map(str.strip), max_size=12))
def test_every_line_that_is_not_empty_stands_in_its_unit(lines: list[str]) -> None:
    whole, numbers = units(lines)
    assert [number >= 0 for number in numbers] == [bool(line) for line in lines]
    assert all(
        line in whole[number] for line, number in zip(lines, numbers, strict=True) if number >= 0
    )
    filled = [number for number in numbers if number >= 0]
    assert filled == sorted(filled)
    assert sorted({*filled}) == list(range(len(whole)))


@pytest.mark.parametrize(
    ("before", "line", "parts"),
    [
        ("Statsråden møtte", "ordføreren", 1),
        ("Statsråden møtte ordføreren", ", og de ble enige.", 1),
        ("Møtet (som", "Bergens Tidende omtalte", 2),
        ("Møtet (", "Bergens Tidende", 1),
        ("Он приехал в", "город", 1),
        ("Он приехал.", "в город", 2),
        ("記者は", "、そう言った。", 1),
        ("記者は言った。", "次の日", 2),
        ("Forsiden", "Sport", 2),
        ("Innhold:", "kart", 2),
    ],
)
def test_a_line_goes_on_in_the_next_one(before: str, line: str, parts: int) -> None:
    assert len(units([before, line])[0]) == parts
    assert len(units([before, "", line])[0]) == 2


@pytest.mark.parametrize("gap", ["", "   ", "\t", " \t "])
def test_a_long_line_is_cut_where_two_elements_meet(gap: str) -> None:
    parts = [*SOLID, *STORY, *SOLID]
    assert [piece.strip() for piece in cut(gap.join(parts))] == parts


def test_a_paragraph_is_not_cut() -> None:
    story = " ".join(STORY)
    assert 300 < len(story) < 1000
    assert cut(story) == [story]
    names = (
        " Der satt McKay, DeVito, MacBeth, LaMotte og McNeil med JavaScript.  Så kom System.Text."
    )
    assert cut(story + names) == [story + names]
    assert cut(story.replace(". ", ".  ")) == [story.replace(". ", ".  ")]


def test_the_beginning_of_a_line_is_no_seam_to_its_end() -> None:
    glued = (
        "Harbour boats leave at noon."
        + "Ferries wait, whatever the weather is like, " * 7
        + "HarbourNews"
    )
    three = glued + ", SeaNews and others"
    assert cut(three) == [three]
    assert len(cut(three + ", BayNews")) == 5


def test_an_endless_line_is_cut_at_its_sentences() -> None:
    assert [piece.strip() for piece in cut(" ".join(STORY * 3))] == STORY * 3
    assert len(cut("彼は町に来た。" * 200)) == 200


def words_kept(text: str) -> tuple[float, float]:
    kept = cleaner.clean_text(text, level="boilerplate").text
    parts = STORY + MORE, SOLID
    found = [sum(part in kept for part in each) / len(each) for each in parts]
    return found[0], found[1]


@pytest.mark.parametrize("gap", ["", "   "])
def test_a_dump_without_line_breaks_loses_its_menu_and_keeps_its_story(gap: str) -> None:
    text = gap.join([*SOLID * 3, *STORY, *MORE, *SOLID * 2])
    story, menu = words_kept(text)
    assert story == 1
    assert menu < 0.3


def test_the_ending_of_a_line_stays_with_what_is_left_of_it() -> None:
    story = f"{STORY[5]}\r\n\r\n{''.join(MORE)}\r\n"
    text = "".join([*SOLID * 3, *STORY[:5], story])
    assert cleaner.clean_text(text, level="boilerplate").text.endswith(story)


def test_a_line_of_which_nothing_is_left_leaves_no_ending() -> None:
    menu = "".join([*SOLID * 3, "Logg inn her nå.Søk", *SOLID * 3])
    assert len(cut(menu)) > 1
    text = "\n".join([*STORY, menu, *MORE, ""])
    kept = cleaner.clean_text(text, level="boilerplate").text
    assert kept.endswith("\n".join([*STORY[4:], *MORE, ""]))


def test_at_level_markers_no_line_is_cut() -> None:
    line = "".join([*SOLID * 6, *STORY])
    document = cleaner.clean_text(f"{line}\nannonse\n{STORY[0]}\n")
    assert [block.text for block in document.blocks] == [line, "annonse", STORY[0]]


def test_code_and_tables_are_not_cut() -> None:
    row = f"| {'   '.join(MENU * 6)} |"
    text = f"```\n{'   '.join(MENU * 6)}\n```\n{row}\n"
    blocks = cleaner.clean_text(text, level="boilerplate").blocks
    assert [block.text for block in blocks] == text.splitlines()
