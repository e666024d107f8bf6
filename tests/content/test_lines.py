from __future__ import annotations

import contextlib
import itertools
import json
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.content.lines import WEIGHTS, _judge_blanks, dump, dump_loose, judge_lines, load_lines
from cleaner.content.model import ModelError
from cleaner.content.words import LINE_BUCKETS
from cleaner.learn.score import bag, bag_score

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.mark.parametrize("name", ["no-article-havvind", "fr-article-moulin", "ru-article-parom"])
def test_a_dump_of_a_page_loses_its_menus_and_keeps_its_story(name: str) -> None:
    page = cleaner.clean((FIXTURES / f"{name}.html").read_bytes())
    dump = "\n".join(text for text in page.layout.texts if text)
    wanted = (FIXTURES / f"{name}.txt").read_text(encoding="utf-8")
    before = bag_score(bag(dump), bag(wanted)).f1
    after = bag_score(bag(cleaner.clean_text(dump, level="boilerplate").text), bag(wanted)).f1
    assert after > max(0.85, before)


def test_any_list_of_lines_gets_a_verdict_a_line() -> None:
    for lines in ([], [""], ["\0"], ["a"], ["x" * 100_000], [" "] * 9_000):
        kept, scores, _ = judge_lines(lines)
        assert len(kept) == len(scores) == len(lines)


def test_the_same_lines_get_the_same_verdict() -> None:
    lines = ["Menu", "", "One sentence, and a second part of it, for a reader.", "© 2026"] * 5
    assert judge_lines(lines) == judge_lines(lines)


def test_a_damaged_file_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "lines.npz"
    path.write_bytes(b"no weights")
    with pytest.raises(ModelError, match=r"lines\.npz"):
        load_lines(path)
    np.savez(path, about=np.frombuffer(b"{}", dtype=np.uint8))
    with pytest.raises(ModelError, match=r"lines\.npz"):
        load_lines(path)


MENU = {
    "nb": "Forsiden Sport Kultur Været Tips oss Abonner Logg inn Søk Meny Bolig Debatt Kart",
    "de": "Startseite Politik Wetter Reise Kontakt Impressum Anmelden Suche Menü Karten Shop",
    "el": "Αρχική Πολιτική Καιρός Ταξίδια Επικοινωνία Όροι Σύνδεση Αναζήτηση Μενού Χάρτες Νέα",
}
STORY = {
    "nb": "Fergen la fra kai litt over seks, og om bord satt tolv elever med hver sin matpakke. "
    "Skipperen sa at han aldri hadde sett fjorden så blank, verken før eller etter krigen.",
    "de": "Die Fähre legte kurz nach sechs ab, und an Bord saßen zwölf Schüler mit ihrem Brot. "
    "Der Kapitän sagte, er habe das Wasser noch nie so glatt gesehen, auch im Sommer nicht.",
    "el": "Το πλοίο έφυγε λίγο μετά τις έξι, και στο κατάστρωμα κάθονταν δώδεκα μαθητές. "
    "Ο καπετάνιος είπε ότι δεν είχε ξαναδεί τη θάλασσα τόσο ήρεμη, ούτε καν το καλοκαίρι.",
}


@pytest.mark.parametrize("language", MENU)
def test_an_article_survives_and_the_menu_around_it_goes(language: str) -> None:
    menu = MENU[language].split()
    story = [f"{number}. {STORY[language]}" for number in range(1, 9)]
    lines = [*menu * 3, *story, "© 2026", *menu * 2]
    kept, scores, _ = judge_lines(lines)
    first = len(menu) * 3
    assert all(kept[first : first + 8])
    assert not any(kept[: first - 3])
    assert not any(kept[first + 9 :])
    assert min(scores[first : first + 8]) > max(scores[: first - 3])


def test_a_text_without_a_menu_is_kept_with_its_blank_lines() -> None:
    lines = ["", *(line for part in range(1, 7) for line in (f"{part}. {STORY['nb']}", "", ""))]
    assert judge_lines(lines)[0] == [True] * len(lines)


@given(st.lists(st.sampled_from(["keep", "drop", ""]), max_size=14))
def test_of_blank_lines_between_two_kept_lines_the_first_that_follow_each_other_stay(
    lines: list[str],
) -> None:
    rows = np.array([at for at, line in enumerate(lines) if line], dtype=np.intp)
    kept = np.array([line != "drop" for line in lines], dtype=bool)
    if not len(rows):
        return
    _judge_blanks(rows, kept, np.zeros(len(lines)))
    found = [line or "_" for line, keep in zip(lines, kept, strict=True) if keep]
    assert found == _one_by_one([line or "_" for line in lines])


def _one_by_one(lines: list[str]) -> list[str]:
    groups = [(name, list(found)) for name, found in itertools.groupby(lines)]
    out: list[str] = []
    waiting: list[str] = []  # the first blank lines since the last kept line
    seen_line = False
    for at, (name, found) in enumerate(groups):
        if name == "_":
            leading = not seen_line and len(groups) > 1 and groups[1][0] == "keep"
            trailing = at == len(groups) - 1 and groups[at - 1][0] == "keep"
            if leading or trailing:
                out += found
            elif seen_line and "keep" in out and not waiting:
                waiting = found
            continue
        seen_line = True
        if name == "keep":
            out += waiting + found
            waiting = []
    return out


def test_favour_moves_how_much_is_kept() -> None:
    lines = [*MENU["nb"].split() * 2, *[STORY["nb"]] * 5, "Les også om fergen", *MENU["nb"].split()]
    few, some, many = (
        sum(judge_lines(lines, favor)[0]) for favor in ("precision", "balance", "recall")
    )
    assert few <= some <= many


@given(st.lists(st.text(st.characters(codec=None), max_size=30), max_size=30))
def test_no_lines_raise(lines: list[str]) -> None:
    kept, scores, _ = judge_lines(lines)
    assert len(kept) == len(scores) == len(lines)
    assert all(0 <= score <= 1 for score in scores)


def test_a_text_longer_than_is_judged_together_is_judged_in_parts() -> None:
    menu = MENU["nb"].title().split()
    lines = [
        line
        for page in range(60)
        for line in (*menu * 10, *(f"{page} {n} {STORY['nb']}" for n in range(40)))
    ]
    assert len(lines) > 8192
    kept, scores, _ = judge_lines(lines)
    first, last = judge_lines(lines[:8192]), judge_lines(lines[8192:])
    assert kept == first[0] + last[0]
    assert scores == first[1] + last[1]


@given(st.lists(st.text(max_size=20), max_size=20))
def test_a_dump_has_a_line_for_every_visible_line_of_a_block(blocks: list[str]) -> None:
    lines, numbers = dump(blocks)
    assert all(line.strip() for line in lines)
    assert numbers == sorted(numbers)
    assert all(
        line in blocks[at].replace("\0", " ") for line, at in zip(lines, numbers, strict=True)
    )


@given(st.lists(st.text(max_size=20), max_size=20))
def test_what_is_judged_of_a_loose_text_is_its_words_in_order(blocks: list[str]) -> None:
    text = "\n".join(blocks)
    assert " ".join(dump_loose(text)).split() == text.replace("\0", " ").split()


@given(st.data())
def test_a_file_with_a_changed_byte_gives_a_model_or_a_clear_error(data: st.DataObject) -> None:
    content = bytearray(WEIGHTS.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines.npz"
        path.write_bytes(content)
        with contextlib.suppress(ModelError):
            kept, *_ = judge_lines([STORY["nb"]], model=load_lines(path))
            assert len(kept) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("feature", np.full((1, 1), 9999, np.uint16)),
        ("leaf", np.zeros((0, 2), np.float16)),
        ("mask", np.zeros(3, np.uint8)),
        ("threshold", np.zeros((1, 1), np.float32)),
        ("second_feature", np.full((1, 1), 9999, np.uint16)),
        ("second_leaf", np.zeros((0, 2), np.float16)),
        ("words", np.zeros(5, np.float16)),
        ("words", np.full(LINE_BUCKETS, np.nan, np.float16)),
        ("words_bias", np.float32("inf")),
        ("page_words", np.array([LINE_BUCKETS], np.uint32)),
        ("page_weights", np.zeros((1, 7), np.int8)),
        ("page_bias", np.full(7, np.nan, np.float32)),
        ("more", np.zeros((1, 1), np.float32)),
    ],
)
def test_arrays_that_are_no_line_model_are_refused(
    name: str, value: np.ndarray, tmp_path: Path
) -> None:
    with np.load(WEIGHTS) as file:
        arrays = {key: file[key] for key in file.files}
    np.savez(tmp_path / "lines.npz", **{**arrays, name: value})
    with pytest.raises(ModelError, match=r"lines\.npz"):
        load_lines(tmp_path / "lines.npz")


def test_the_model_of_the_package_is_small_and_says_what_it_scores() -> None:
    assert WEIGHTS.stat().st_size <= 400_000
    found = load_lines().about["cross-validated"]
    for pack in ("wcxb-dev", "news-multilingual"):
        assert found[pack] > found[f"{pack}, five words and a full stop"]
        assert found[pack] > found[f"{pack}, all lines"]
    assert json.dumps(found)
