import random
import sqlite3
import sys
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.dedup import THRESHOLD, Dedup, sign
from cleaner.document import CleanerError
from tests.measure_dedup import jaccard

pytest.importorskip("rensa")


@pytest.fixture
def dedup(request):
    with closing(sqlite3.connect(":memory:")) as connection:
        yield Dedup(getattr(request, "param", "near"), connection)


both = pytest.mark.parametrize("dedup", ["exact", "near"], indirect=True)
near = pytest.mark.parametrize("dedup", ["near"], indirect=True)

LATIN = "abcdefghijklmnopqrstuvwxyzæøå"
HAN = "".join(map(chr, range(0x4E00, 0x5200)))
THAI = "".join(map(chr, range(0xE01, 0xE30)))


def words(chance, number, letters=LATIN):
    return ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(number)]


def edited(chance, text, letters, share):
    """Return text with about that share of its characters replaced."""
    return "".join(chance.choice(letters) if chance.random() < share else char for char in text)


@both
def test_the_first_of_equal_texts_is_named(dedup):
    assert dedup.seen("a", "One text of some words.") is None
    assert dedup.seen("b", "Another text altogether.") is None
    assert dedup.seen("c", "One text of some words.") == ("a", 1.0)
    assert dedup.seen("d", "One text of some words.") == ("a", 1.0)


@both
def test_case_white_space_and_normal_form_make_no_difference(dedup):
    assert dedup.seen("a", "Skjærgården\n\nved Åre") is None
    assert dedup.seen("b", "skjærgården ved A\u030are ") == ("a", 1.0)


@both
@pytest.mark.parametrize("text", ["", " \n\t", "\u3000"])
def test_texts_without_a_character_repeat_nothing(dedup, text):
    assert dedup.seen("a", text) is None
    assert dedup.seen("b", text) is None


@both
def test_short_texts_repeat_only_what_is_equal(dedup):
    assert dedup.seen("a", "ja") is None
    assert dedup.seen("b", "nei") is None
    assert dedup.seen("c", "jab") is None
    assert dedup.seen("d", "犬") is None
    assert dedup.seen("e", "ja") == ("a", 1.0)
    assert dedup.seen("f", "犬") == ("d", 1.0)


@pytest.mark.parametrize("dedup", ["exact"], indirect=True)
def test_a_changed_letter_is_another_text_exactly(dedup):
    assert dedup.seen("a", "One text of some words.") is None
    assert dedup.seen("b", "One text of some swords.") is None


@near
@pytest.mark.parametrize("letters", [f"{LATIN}    ", HAN, THAI], ids=["spaced", "han", "thai"])
def test_near_duplicates_are_found_in_any_script(dedup, letters):
    chance = random.Random(letters)
    for number in range(40):
        text = "".join(chance.choices(letters, k=800))
        assert dedup.seen(f"{number}", text) is None
        name, similarity = dedup.seen(f"{number} again", edited(chance, text, letters, 0.01))
        assert name == f"{number}"
        assert THRESHOLD <= similarity < 1


@near
def test_the_verdict_is_that_of_the_true_similarity_but_for_its_edge(dedup):
    chance = random.Random(5)
    verdicts = []
    for number in range(300):
        text = " ".join(words(chance, 150))
        other = edited(chance, text, LATIN, chance.uniform(0, 0.1))
        truth = jaccard(text, other)
        assert dedup.seen(f"{number}", text) is None
        found = dedup.seen(f"{number} again", other)
        verdicts.append((truth, found is not None))
        if found:
            assert found[0] == f"{number}"
            assert abs(found[1] - truth) < 0.12
    sure = [(truth, found) for truth, found in verdicts if abs(truth - THRESHOLD) > 0.08]
    assert len(sure) > 150
    assert {found for truth, found in sure if truth > THRESHOLD} == {True}
    assert {found for truth, found in sure if truth < THRESHOLD} == {False}


@near
def test_the_most_similar_of_several_is_named(dedup):
    chance = random.Random(1)
    text = "".join(chance.choices(HAN, k=2000))
    far, close = edited(chance, text, HAN, 0.025), edited(chance, text, HAN, 0.025)
    assert dedup.seen("far", far) is None
    assert dedup.seen("close", close) is None
    assert dedup.seen("text", close + "末")[0] == "close"


@near
def test_what_repeats_another_is_no_measure_for_a_third(dedup):
    chance = random.Random(3)
    first = "".join(chance.choices(HAN, k=2000))
    second = first[200:] + "".join(chance.choices(HAN, k=100))
    third = second[200:] + "".join(chance.choices(HAN, k=100))
    assert dedup.seen("first", first) is None
    assert dedup.seen("second", second)[0] == "first"
    assert dedup.seen("third", third) is None


@near
def test_very_many_texts_that_are_alike_but_not_enough_cost_a_bounded_search(dedup, monkeypatch):
    import cleaner.dedup

    monkeypatch.setattr(cleaner.dedup, "_MOST_ALIKE", 4)
    chance = random.Random(4)
    common = "".join(chance.choices(HAN, k=700))
    compared = []
    most_alike = dedup._most_alike

    def count(values, documents):
        compared.append(len(documents))
        return most_alike(values, documents)

    monkeypatch.setattr(dedup, "_most_alike", count)
    for number in range(300):
        dedup.seen(f"{number}", common + "".join(chance.choices(HAN, k=160)))
    assert sum(compared[:10]) > 10
    assert max(compared) <= 4 * 32


@pytest.mark.parametrize("mode", ["exact", "near"])
def test_a_run_that_goes_on_finds_what_an_undisturbed_one_finds(tmp_path, mode):
    chance = random.Random(2)
    texts = []
    for _ in range(60):
        again = texts and chance.random() < 0.4
        text = chance.choice(texts) if again else " ".join(words(chance, 60))
        texts.append(text if chance.random() < 0.5 else edited(chance, text, LATIN, 0.01))

    def run(path, start, end):
        with closing(sqlite3.connect(path)) as connection:
            dedup = Dedup(mode, connection)
            found = []
            for number in range(start, end):
                found.append(dedup.seen(f"{number}", texts[number]))
                if number % 10 == 9:
                    connection.commit()
            return found

    whole = run(tmp_path / "whole", 0, 60)
    assert any(whole)
    run(tmp_path / "stopped", 0, 37)
    assert run(tmp_path / "stopped", 30, 60) == whole[30:]


def test_nothing_is_committed_but_by_the_caller(tmp_path):
    with closing(sqlite3.connect(tmp_path / "a")) as connection:
        connection.execute("BEGIN")
        Dedup("near", connection).seen("a", "Some text.")
    with closing(sqlite3.connect(tmp_path / "a")) as connection:
        assert not connection.execute("SELECT * FROM sqlite_master").fetchall()


def test_what_was_found_in_another_way_is_not_gone_on_with():
    with closing(sqlite3.connect(":memory:")) as connection:
        Dedup("exact", connection)
        with pytest.raises(CleanerError, match="exact"):
            Dedup("near", connection)


def test_an_unknown_mode_is_refused():
    with (
        closing(sqlite3.connect(":memory:")) as connection,
        pytest.raises(CleanerError, match="exact or near"),
    ):
        Dedup("roughly", connection)


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "rensa", None)
    with closing(sqlite3.connect(":memory:")) as connection:
        with pytest.raises(CleanerError, match=r"pip install 'page-cleaner\[dedup\]'"):
            Dedup("near", connection)
        assert Dedup("exact", connection).seen("a", "b") is None


@given(st.text())
def test_any_text_has_a_signature_and_repeats_itself(text):
    for mode, size in (("exact", 16), ("near", 1040)):
        signature = sign(text, mode)
        assert len(signature) == (size if text.split() else 0)
        assert signature == sign(text, mode)
        with closing(sqlite3.connect(":memory:")) as connection:
            dedup = Dedup(mode, connection)
            assert dedup.look_up("a", signature) is None
            assert dedup.look_up("b", signature) == (("a", 1.0) if text.split() else None)
