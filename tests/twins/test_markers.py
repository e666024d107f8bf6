"""Lines are told to be markers alike, compiled or not."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner.markers import match
from cleaner.markers.load import load_lexicon
from tests.twins.support import compiled

MATCHER = match.Matcher(load_lexicon())

PARTS = st.sampled_from([
    "ad", "the", "(", ").", "x" * 70, "\u2003", "ö", " ", "\n", "ANNONSE", "Read", "also", ":",
    "les", "her", "Les også", "](http://a)", "[", "A", "N", "2", "comments", "_", "Presented by",
    "“", "’s", "é", "|", "Reklame", "the story", "Читайте", "также", "РЕКЛАМА", "Й", "²", "…", "→",
    "Förra", "ΔΙΑΦΉΜΙΣΗ", "ß", "\u0301", "広告", "ผู้", "\xad", "٣", "›", "Share", "Kommentarer",
])  # fmt: skip

LINES = st.lists(PARTS, max_size=6).map(" ".join) | st.text(max_size=9)


@settings(max_examples=500)
@example(["A०"])  # one word
@given(st.lists(LINES, max_size=9))
def test_lines_are_markers_alike(lines):
    found = compiled("cleaner.markers._match").candidates(lines, MATCHER._edges)
    ours = match.candidates_in_python(lines, MATCHER._edges)
    assert set(found) <= set(ours)
    assert {line for line in lines if MATCHER.match(line)} <= {lines[index] for index in found}


@settings(max_examples=300)
@example([("Comments | Reklame", False), ("Reklame | Comments", False)])
@given(st.lists(st.tuples(LINES, st.booleans()), max_size=9))
def test_of_dropped_lines_the_ads_are_found(lines):
    texts, kept = [text for text, _ in lines], [keep for _, keep in lines]
    wanted = {
        index: found
        for index, found in MATCHER.matches(texts).items()
        if kept[index] or (found.kind == "ad" and found.where != "parts")
    }
    found = MATCHER.matches(texts, kept)
    # Of several parts, the first must be that of an ad.
    assert {i: m for i, m in found.items() if kept[i] or m.where != "parts"} == wanted
    ours = match.candidates_in_python(texts, MATCHER._edges, kept)
    assert wanted.keys() <= set(ours)
    assert set(match.candidates(texts, MATCHER._edges, kept)) <= set(ours)


@pytest.mark.parametrize("number", range(40))
def test_a_phrase_of_the_lexicon_is_a_candidate(number):
    lines = [entry.phrase for entry in MATCHER.lexicon][number::40]
    lines += [f"- {line.upper()}: Ferry sails at 9 " for line in lines]
    lines += [f"{line} | Facebook" for line in lines]
    found = compiled("cleaner.markers._match").candidates(lines, MATCHER._edges)
    missed = {lines[index] for index in set(range(len(lines))) - set(found)}
    assert not {line for line in missed if MATCHER.match(line)}
    assert len(found) > len(lines) / 2
    ads = {index for index, found in MATCHER.matches(lines).items() if found.kind == "ad"}
    assert MATCHER.matches(lines, [False] * len(lines)).keys() == ads != set()
