import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.learn.score import (
    Snippets,
    bag,
    harmonic,
    interval,
    shingle_score,
    shingles,
    snippet_counts,
    word_score,
    words,
)


def test_words_are_lower_case_and_hold_letters_digits_and_underscores():
    assert words("Blåbær, 3 kg: snake_case!") == ["blåbær", "3", "kg", "snake_case"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("北京2024年", ["北", "京", "2024", "年"]),
        ("東京タワーAB", ["東", "京", "タ", "ワ", "ー", "ab"]),
        ("서울 날씨", ["서", "울", "날", "씨"]),
        ("กขค abc", ["ก", "ข", "ค", "abc"]),
    ],
)
def test_scripts_without_spaces_count_characters_as_words(text, expected):
    assert words(text) == expected


def test_cyrillic_greek_and_arabic_words_stay_whole():
    assert words("Привет κόσμε مرحبا") == ["привет", "κόσμε", "مرحبا"]


def test_word_score_compares_bags_and_not_sets():
    score = word_score("ja ja ja nei", "ja ja")
    assert (score.precision, score.recall) == (0.5, 1.0)
    assert score.f1 == pytest.approx(2 / 3)


def test_word_score_takes_bags_that_were_counted_before():
    assert word_score(bag("en to tre"), bag("to tre fire")) == word_score(
        "en to tre", "to tre fire"
    )


@pytest.mark.parametrize(
    ("output", "gold", "value"), [("", "", 1), (" \n", "", 1), ("x", "", 0), ("", "x", 0)]
)
def test_an_empty_gold_wants_an_empty_output(output, gold, value):
    assert word_score(output, gold).f1 == value
    assert shingle_score(output, gold).f1 == value


def test_shingles_are_runs_of_four_words_with_their_counts():
    assert shingles("a b c d e") == {("a", "b", "c", "d"): 1, ("b", "c", "d", "e"): 1}
    assert shingles("a a a a a") == {("a", "a", "a", "a"): 2}
    assert shingles("a b") == {("a", "b"): 1}
    assert shingles("") == {}


def test_shingle_score_punishes_a_changed_order_that_words_do_not_see():
    assert word_score("d c b a", "a b c d").f1 == 1
    assert shingle_score("d c b a", "a b c d").f1 == 0


def test_snippets_are_found_across_line_breaks():
    found = snippet_counts("Den  lange\n\nteksten", ["lange teksten", "kort"], ["Den lange", "x"])
    assert found == Snippets(found=1, missed=1, unwanted=1)


def test_snippets_add_up_over_pages():
    total = Snippets(3, 1, 0) + Snippets(0, 0, 2)
    assert total == Snippets(3, 1, 2)
    assert (total.score.precision, total.score.recall) == (3 / 5, 3 / 4)


def test_no_snippet_found_scores_nothing():
    assert Snippets(0, 2, 0).score.f1 == 0


def test_interval_is_the_same_for_the_same_values_and_holds_the_mean():
    values = [index / 50 for index in range(50)]
    low, high = interval(values)
    assert (low, high) == interval(values)
    assert low < 0.49 < high


def test_interval_narrows_with_more_pages():
    few, many = interval([0.0, 1.0] * 10), interval([0.0, 1.0] * 1000)
    assert many[1] - many[0] < (few[1] - few[0]) / 3


def test_interval_of_rows_hands_their_means_to_the_statistic():
    assert interval([(0.5, 1.0)] * 5, harmonic) == pytest.approx((2 / 3, 2 / 3))


def test_interval_of_nothing_is_zero():
    assert interval([]) == (0.0, 0.0)


@given(st.text(), st.text())
def test_scores_stay_between_0_and_1_and_swap_precision_for_recall(left, right):
    one, other = word_score(left, right), word_score(right, left)
    assert 0 <= one.f1 <= 1
    assert (one.precision, one.recall) == (other.recall, other.precision)


@given(st.text())
def test_a_text_scores_1_against_itself(text):
    assert word_score(text, text).f1 == 1
    assert shingle_score(text, text).f1 == 1
