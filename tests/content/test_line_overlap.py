from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaner.content.line_overlap import overlap_features
from cleaner.content.words import Tokens

word = st.sampled_from("kelp gull mast rope tar salt oar 潮 …".split())
lines = st.lists(st.lists(word, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=20)
OF_OTHERS = ("used elsewhere", "in wanted", "in unwanted", "balance")
"""What depends on the verdicts of the other lines only."""


@given(lines, st.data())
def test_any_words_and_verdicts_give_finite_features(texts: list[str], data: st.DataObject) -> None:
    count = len(texts)
    odds = data.draw(st.lists(st.floats(0, 1), min_size=2 * count, max_size=2 * count))
    found = overlap_features(Tokens.of(texts), np.array(odds[:count]), np.array(odds[count:]))
    rows = np.vstack(list(found.values()))
    assert rows.shape[1] == count
    assert np.isfinite(rows).all()
    shares = np.vstack([found[name] for name in ("used elsewhere", "in wanted", "in unwanted")])
    assert (shares >= 0).all()
    assert (shares <= 1 + 1e-9).all()


@given(lines, st.data())
def test_a_line_is_not_compared_with_itself(texts: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(texts) - 1))
    odds = np.linspace(0, 1, len(texts))
    tokens, said = Tokens.of(texts), np.full(len(texts), 0.5)
    found = []
    for own in (0.01, 0.99):
        odds[at] = own
        columns = overlap_features(tokens, odds, said)
        found.append([columns[name][at] for name in OF_OTHERS])
    assert found[0] == found[1]


def test_a_line_leans_to_the_lines_that_use_its_words() -> None:
    texts = ["the gull and the mast", "home salt", "a gull, a mast", "salt, home", "oar rope"]
    odds = np.array([0.99, 0.01, 0.5, 0.5, 0.5])
    found = overlap_features(Tokens.of(texts), odds, odds)
    for name in ("share by verdicts", "leaning by verdicts", "leaning by words", "balance"):
        story, menu, neither = found[name][2:]
        assert story > neither > menu, name
    assert found["in wanted"][2] > 0 == found["in unwanted"][2]
    assert found["in unwanted"][3] > 0 == found["in wanted"][3]


def test_what_few_lines_share_weighs_more() -> None:
    texts = ["kelp", "gull", *["kelp oar"] * 8, "gull tar", "kelp tar"]
    odds = np.full(len(texts), 0.5)
    odds[:2] = 0.99, 0.99
    rare, common = overlap_features(Tokens.of(texts), odds, odds)["in wanted"][-2:]
    assert rare > common > 0
