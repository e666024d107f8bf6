from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.markers import Matcher, find_markers, load_lexicon
from cleaner.plaintext import judge_markers, line_kinds, split_lines, strip_stream

JUDGE = partial(find_markers, matcher=Matcher(load_lexicon()))
PROSE = "Statsråden kom til byen i går, og det ble en lang kveld med mange spørsmål fra salen."
MORE = "Etter møtet sa han at han ikke visste når det neste skulle holdes, men at det ble snart."


def judged(text, judge=JUDGE, **options):
    return judge_markers(split_lines(text), judge, **options)


def strip(text, **options):
    return judged(text, **options).text


def stream(text):
    return "".join(strip_stream(split_lines(text), JUDGE))


def no_judge(texts, kinds, *, language=None):
    return {}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_marker_takes_one_blank_line_with_it(newline):
    dirty = newline.join([PROSE, "", "annonse", "", MORE, ""])
    assert strip(dirty) == newline.join([PROSE, "", MORE, ""])
    assert stream(dirty) == newline.join([PROSE, "", MORE, ""])


def test_a_blank_line_on_one_side_alone_is_kept():
    assert strip(f"{PROSE}\nannonse\n\n{MORE}") == f"{PROSE}\n\n{MORE}"
    assert strip(f"{PROSE}\n\nannonse\n{MORE}") == f"{PROSE}\n\n{MORE}"


def test_lines_without_blank_lines_close_up():
    assert strip(f"{PROSE}\nannonse\n{MORE}") == f"{PROSE}\n{MORE}"


def test_markers_at_the_edges_take_their_blank_line():
    assert strip(f"annonse\n\n{PROSE}\n\nannonse\n\n{MORE}") == f"{PROSE}\n\n{MORE}"
    assert strip(f"{PROSE}\n\nannonse\n") == f"{PROSE}\n"
    assert strip(f"{PROSE}\n\nannonse") == f"{PROSE}\n"


def test_two_markers_in_a_row_leave_one_blank_line():
    dirty = f"{PROSE}\n\nannonse\n\nArtikkelen fortsetter under annonsen\n\n{MORE}\n"
    assert strip(dirty) == f"{PROSE}\n\n{MORE}\n"


def test_indentation_and_odd_spaces_survive():
    text = f"  {PROSE}  \n\t\n\tannonse\t\n \n    {MORE}\x0b\x0c\u2028 \n\n\n"
    assert strip(text) == f"  {PROSE}  \n\t\n    {MORE}\x0b\x0c\u2028 \n\n\n"


def test_a_text_of_nothing_but_a_marker_becomes_empty():
    assert strip("annonse") == ""
    assert strip("") == ""


def test_the_lines_tell_what_went_and_why():
    lines = judged(f"{PROSE}\n\nannonse\n\n{MORE}")
    assert lines.kept == [True, True, False, False, True]
    assert lines.dropped == {2: "marker: ad (no) “annonse”", 3: "blank line of a marker"}
    assert "".join(lines.raw).count("annonse") == 1


@pytest.mark.parametrize("fence", ["```", "~~~", "````"])
def test_fenced_code_is_untouched(fence):
    text = f"{PROSE}\n\n{fence}python\nannonse\n\nad\n{fence}\n\n{MORE}\n"
    assert strip(text) == text


def test_text_after_a_fence_is_judged_again():
    dirty = f"```\nannonse\n```\n{PROSE}\n\nannonse\n\n{MORE}\n"
    assert strip(dirty) == f"```\nannonse\n```\n{PROSE}\n\n{MORE}\n"


def test_front_matter_is_untouched():
    text = f"---\ntitle: x\nannonse\n---\n\n{PROSE}\n"
    assert strip(text) == text


def test_tables_lists_and_quotes_of_markdown_are_kept():
    table = "| Presse | Annonse |\n| --- | --- |\n| Annonse |\n"
    text = f"{table}\n- Radio\n- Annonse\n- TV\n\n> Annonse\n"
    assert strip(text) == text


def test_bold_and_heading_markers_of_markdown_go():
    assert strip(f"{PROSE}\n\n**ANNONSE**\n\n{MORE}") == f"{PROSE}\n\n{MORE}"
    dirty = f"{PROSE}\n\n#### Annonse\n\n{MORE}\n\n#### Annonse\n\n{PROSE}"
    assert strip(dirty) == f"{PROSE}\n\n{MORE}\n\n{PROSE}"


def test_a_dashed_label_is_no_list_item():
    assert list(line_kinds(["- - - Annonse - - -", "- Annonse -", "- Annonse"])) == [
        "line",
        "line",
        "list_item",
    ]


def test_stripping_again_changes_nothing():
    dirty = f"{PROSE}\n\nannonse\n\n{MORE}\n\nLes også: Storm\n\n{PROSE}\n"
    assert strip(strip(dirty)) == strip(dirty)


def test_a_stream_longer_than_its_window_loses_its_markers_alone():
    paragraph = f"{PROSE}\r\n\r\n"
    dirty = (paragraph * 3 + "Annonse\r\n\r\n") * 3000
    assert stream(dirty) == paragraph * 9000


def test_a_stream_is_read_no_further_than_a_window_ahead():
    read = 0

    def endless():
        nonlocal read
        while True:
            read += 1
            yield f"{PROSE}\n"

    output = strip_stream(endless(), JUDGE)
    for _ in range(20_000):
        next(output)
    assert read < 30_000


@given(st.text(st.sampled_from("ab \n\r\t`~-|>#é漢\x0b\u2028\x85")))
def test_splitting_and_joining_is_the_identity(text):
    assert "".join(split_lines(text)) == text


@given(st.text(st.sampled_from("ab \n\r`~-|>#")))
def test_without_markers_every_letter_is_kept(text):
    assert judged(text, no_judge).text == text
    assert "".join(strip_stream(text.splitlines(keepends=True), no_judge)) == text


@given(st.lists(st.sampled_from([PROSE, MORE, "", "annonse", "  ", "# A", "- b", "```"])))
def test_a_short_stream_is_stripped_like_a_text(lines):
    text = "\n".join(lines)
    assert stream(text) == strip(text)


@given(st.lists(st.sampled_from([PROSE, MORE, "", "annonse", "Les også: X", "```", "| a |"])))
def test_only_markers_and_their_blank_lines_go(lines):
    found = judged("\n".join(lines))
    assert found.texts == [
        line for index, line in enumerate(lines) if line or index < len(lines) - 1
    ]
    assert {found.texts[index] for index in found.dropped} <= {"annonse", "Les også: X", ""}
