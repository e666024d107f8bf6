from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import tostring

import cleaner
from cleaner.content.characters import CLASSES, count_characters
from cleaner.content.features import GROUPS, ROWS, feature_names, features
from cleaner.content.guess import TypeGuess
from cleaner.content.lines import WEIGHTS as LINES
from cleaner.content.media import keep_media
from cleaner.content.model import FORMAT, WEIGHTS, ModelError, load_model
from cleaner.content.names import name_tokens, nameless
from cleaner.content.page import read_columns
from cleaner.content.reasons import Reasons
from cleaner.content.select import select
from cleaner.content.siblings import probabilities
from cleaner.document import PAGE_TYPES
from cleaner.parse import parse
from cleaner.segment import segment

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from cleaner.document import Layout

ARTICLE = (
    "<html><head><title>Ebb - The Tide Post</title></head><body><nav><ul>"
    + "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(8))
    + "</ul></nav><main><article><h1>Ebb</h1>"
    + "".join(
        f"<p>The harbour master wrote line {n} in his book, and, as ever, he sanded the ink.</p>"
        for n in range(9)
    )
    + '</article></main><footer class="site-footer"><p>All rights kept. '
    '<a href="/about">About us</a></p></footer></body></html>'
)


def layout(page: str) -> Layout:
    return segment(parse(page).root)


def test_the_article_is_kept_and_menu_and_footer_are_dropped() -> None:
    document = cleaner.clean(ARTICLE)
    kept = [block.text for block in document.blocks if block.kept]
    assert sum(text.startswith("The harbour master") for text in kept) == 9
    assert not any(text.startswith(("Section", "All rights")) for text in kept)


@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(1, 50)), min_size=1, max_size=7),
    st.floats(0.1, 3),
)
def test_the_chosen_set_is_the_best_of_all_sets(
    blocks: list[tuple[float, int]], strength: float
) -> None:
    chances, words = (np.array(column, dtype=float) for column in zip(*blocks, strict=True))
    total = float((chances * words).sum())

    def value(kept: np.ndarray) -> float:
        size = float(words[kept].sum())
        return float((chances * words)[kept].sum()) / (size + strength * total + 1e-9)

    every = (np.array(kept) for kept in itertools.product([False, True], repeat=len(words)))
    best = max(value(kept) for kept in every if kept.any())
    assert value(select(chances, words, strength)[0]) == pytest.approx(best)


def test_favor_moves_how_much_is_kept() -> None:
    texts = [cleaner.clean(ARTICLE, favor=favor).text for favor in ("precision", "recall")]
    assert len(texts[0]) <= len(texts[1])
    model = load_model()
    types = TypeGuess(np.full(len(PAGE_TYPES), 1 / len(PAGE_TYPES)))
    strengths = [model.strength(favor, types) for favor in ("precision", "balance", "recall")]
    assert strengths == sorted(set(strengths))


@given(st.lists(st.text(min_size=1).filter(lambda text: "\0" not in text), min_size=1))
def test_characters_are_counted_as_one_by_one(texts: list[str]) -> None:
    counts, _ = count_characters(texts)
    assert counts[CLASSES["stop"]].tolist() == [
        sum(text.count(stop) for stop in ".!?…。！？؟।॥։።۔") for text in texts
    ]
    assert counts[CLASSES["break"]].tolist() == [text.count("\n") for text in texts]


LETTERS = "abcdefghijklmnopqrstuvwxyz"
NO_LANGUAGE = str.maketrans(LETTERS, LETTERS[1:] + LETTERS[0])
"""Turns words into words that no language has, of the same form."""


def test_features_but_what_words_say_do_not_depend_on_the_language_of_the_text() -> None:
    one = read_columns(layout(ARTICLE), nameless)
    two = read_columns(layout(ARTICLE), nameless)
    assert one is not None
    assert two is not None
    two.texts[:] = [text.translate(NO_LANGUAGE) for text in two.texts]
    two.layout.title = two.layout.title.translate(NO_LANGUAGE)
    assert np.array_equal(features(one), features(two))


def test_words_move_only_their_own_features() -> None:
    silent, told = (read_columns(layout(ARTICLE), nameless) for _ in range(2))
    assert silent is not None
    assert told is not None
    told.said = np.linspace(-2, 2, len(told.texts))
    told.typed = np.linspace(-2, -1, len(PAGE_TYPES))
    names = np.array([
        name if group == "page" else group for group, name in feature_names(told)
    ])  # fmt: skip
    moved = (features(silent) != features(told)).any(1)
    their_own = np.array([name == "words" or "by its words" in name for name in names])
    assert moved.tolist() == their_own.tolist()


def test_an_article_in_words_never_met_is_kept_by_its_form() -> None:
    root = parse(ARTICLE).root
    assert root is not None
    for node in root.iter():
        node.text = node.text and node.text.translate(NO_LANGUAGE)
        node.tail = node.tail and node.tail.translate(NO_LANGUAGE)
    known, unknown = cleaner.clean(ARTICLE), cleaner.clean(tostring(root, encoding="unicode"))
    assert [block.kept for block in known.blocks] == [block.kept for block in unknown.blocks]


def test_every_feature_has_a_name_and_a_group_and_is_finite() -> None:
    page = read_columns(
        layout("<p>x" + ARTICLE), lambda _: (1.5, -0.5, 2.0, 1.0, 0.0, -1.0, 0.5, 0.0)
    )
    assert page is not None
    rows, names = features(page), feature_names(page)
    assert rows.shape == (len(names), len(page.texts))
    assert np.isfinite(rows).all()
    assert {group for group, _ in names} == set(GROUPS)
    assert len(set(names)) == len(names)


def test_the_model_has_a_mean_for_every_feature() -> None:
    page = read_columns(layout(ARTICLE), nameless)
    assert page is not None
    assert load_model().arrays["mean"].shape == (len(feature_names(page)),)


def test_the_weights_stay_under_a_megabyte_and_tell_where_they_come_from() -> None:
    about = load_model().about
    assert WEIGHTS.stat().st_size <= 1_000_000
    assert about["trained"]
    assert about["data"]
    assert about["cross-validated"]


def test_trees_give_the_same_in_one_piece_and_in_many() -> None:
    model = load_model()
    rows = np.random.default_rng(3).normal(size=(len(model.arrays["mean"]), 5000))
    whole = model.logits(rows.astype(np.float32))
    single = [model.logits(rows[:, [at]].astype(np.float32))[0] for at in (0, 511, 512, 4999)]
    assert whole[[0, 511, 512, 4999]].tolist() == pytest.approx(single)


@pytest.mark.parametrize(
    "damage", ["cut", "text", "version", "missing", "other arrays", "other features"]
)
def test_a_damaged_or_foreign_weights_file_is_a_clear_error(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "mine.npz"
    if damage == "cut":
        path.write_bytes(WEIGHTS.read_bytes()[:5000])
    elif damage == "text":
        path.write_text("not weights")
    elif damage == "version":
        note = np.frombuffer(json.dumps({"format": 99}).encode(), dtype=np.uint8)
        np.savez(path, about=note)
    elif damage == "other arrays":
        note = np.frombuffer(json.dumps({"format": FORMAT}).encode(), dtype=np.uint8)
        np.savez(path, about=note, feature=np.zeros(3))
    elif damage == "other features":
        with np.load(WEIGHTS) as file:
            np.savez(path, **{**file, "mean": file["mean"][1:]})
    with pytest.raises(ModelError, match=r"mine\.npz"):
        cleaner.Cleaner(model=path).clean(ARTICLE)


@pytest.mark.parametrize("place", [*range(30, 400, 7), -40, -400])
def test_a_weights_file_with_a_changed_byte_loads_or_is_a_clear_error(
    tmp_path: Path, place: int
) -> None:
    data = bytearray(WEIGHTS.read_bytes())
    data[place] ^= 0x55
    path = tmp_path / "mine.npz"
    path.write_bytes(data)
    said = ""
    try:
        load_model(path)
    except ModelError as error:
        said = str(error)
    assert not said or "mine.npz" in said


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("feature", np.full((1200, 7), ROWS, np.uint16)),
        ("leaf", np.full((1200, 8), np.nan, np.float32)),
        ("mean", np.zeros(ROWS, np.float64)),
        ("mean", np.zeros((ROWS, 1), np.float32)),
        ("odds", np.full(12_000, np.inf, np.float32)),
        ("page_bias", np.full(7, 1e30, np.float32)),
        ("page_words", np.array([0.5, 1.5])),
        ("strengths", np.zeros(7, np.float32)),
        ("strengths", np.ones(8, np.float32)),
        ("trust_given", np.zeros(0, np.float32)),
        ("trust_given", np.linspace(1, 0, 21, dtype=np.float32)),
        ("trust_true", np.full(21, 2, np.float32)),
        ("trust_weights", np.zeros(17, np.float32)),
        ("type_bias", np.zeros(6, np.float32)),
        ("type_weights", np.zeros((7, 2 * ROWS - 1), np.float32)),
        ("type_weights", np.zeros((7, 2 * ROWS), [("a", "i2"), ("b", "i2")])),
        ("words", np.full(1 << 20, np.nan, np.float16)),
        ("tokens", np.array([None])),
        ("more", np.zeros(1, np.float32)),
        ("large", np.zeros(80_000_000, np.uint8)),
    ],
)
def test_arrays_that_are_no_content_model_are_refused(
    tmp_path: Path, name: str, array: NDArray[Any]
) -> None:
    with np.load(WEIGHTS) as file:
        np.savez_compressed(tmp_path / "mine.npz", **{**file, name: array})
    with pytest.raises(ModelError, match=r"mine\.npz"):
        load_model(tmp_path / "mine.npz")


def test_a_line_model_is_no_content_model() -> None:
    with pytest.raises(ModelError, match=r"lines\.npz is a model of lines"):
        load_model(LINES)


def test_a_verdict_has_a_reason_in_words() -> None:
    document = cleaner.clean(ARTICLE)
    reasons = {block.text[:7]: block.reason for block in document.blocks}
    assert all(reasons.values())
    assert not any("one of 1 " in reason for reason in reasons.values())
    assert "footer" in reasons["All rig"] or "links" in reasons["All rig"]


def test_a_reason_speaks_for_the_verdict_whatever_it_is() -> None:
    page = ARTICLE.replace("<main>", "<main class='sidebar entry-content'>").replace(
        "<nav>", "<nav><h2>Latest\n news</h2>"
    )
    seen = layout(page)
    kept, dropped = (
        [
            Reasons(seen, load_model(), np.full(len(seen), verdict))(block)
            for block in range(len(seen))
        ]
        for verdict in (True, False)
    )
    said, against = " ".join(kept), " ".join(dropped)
    assert "worded like boilerplate" in against
    assert "worded like main text" not in against
    assert "boilerplate" not in said
    assert ("in main" in said, "in main" in against) == (True, False)
    assert ("“entry-content”" in said, "“entry-content”" in against) == (True, False)
    assert ("“site-footer”" in said, "“site-footer”" in against) == (False, True)
    assert "h2" in said
    assert all(reason.startswith("in doubt") for reason, text in zip(kept, seen.texts, strict=True)
               if text.startswith("Section"))  # fmt: skip


def test_an_image_between_kept_paragraphs_is_kept_with_them() -> None:
    page = ARTICLE.replace("sanded the ink.</p><p>", 'sanded the ink.</p><img src="a.png"><p>', 1)
    document = cleaner.clean(page)
    media = [block for block in document.blocks if block.kind == "media"]
    assert [block.kept for block in media] == [True]


@pytest.mark.parametrize(
    ("page", "verdict"),
    [
        ("<h1>no</h1><div><img src=a></div><p>yes", "kept"),
        ("<header><h1>no</h1><img src=a></header><p>yes", "kept"),
        ("<div><h2>no</h2><img src=a></div><p>yes", "dropped"),
        ("<p>yes<figure><div><div><div><img src=a></div></div></div></figure><p>no", "kept"),
        ("<p>yes<div><div><div><div><img src=a></div></div></div></div><p>no", "dropped"),
        ("<p>yes<div><img src=a><p class=image-caption>no</div><p>yes", "kept"),
        ("<p>yes<div><img src=a><div class=caption><p>no</div></div><p>yes", "kept"),
        ("<p>yes<div><a class=lightbox><img src=a><div>no</div></a></div><p>yes", "kept"),
        ("<p>yes<div><img src=a><p>no</div><p>yes", "dropped"),
        ("<p>yes<figure><img src=a><p>no</figure><p>yes", "kept"),
        ("<h1>no</h1><p>no<div><img src=/lighthouse-640x480.jpg></div><p>no<p>yes", "kept"),
        ("<h1>no</h1><p>no<div><img src=/lantern-640x480.jpg></div><p>no<p>yes", "dropped"),
        ("<h1>no</h1><p>no<div><img src=/lantern.jpg alt=lighthouse></div><p>no<p>yes", "dropped"),
        ("<h1>no</h1><p>no<div><img src=a width=640></div><p>no<p>yes", "kept"),
        ("<h1>no</h1><p>no<div><iframe src=a width=640></iframe></div><p>no<p>yes", "dropped"),
        ("<p>no<div><img src=a width=640></div><h1>no</h1><p>no<p>yes", "dropped"),
    ],
)
def test_an_object_goes_the_way_of_what_stands_with_it(page: str, verdict: str) -> None:
    head = '<meta property="og:image" content="https://example.org/lighthouse-1200x630.jpg?w=9">'
    layout = segment(parse(f"<head>{head}</head><main>{page}</main>").root)
    kept = [text == "yes" for text in layout.texts]
    keep_media(layout, kept, [1.0] * len(layout))
    objects = [kept[block] for block, text in enumerate(layout.texts) if not text]
    assert objects == [verdict == "kept"]


def test_page_type_and_confidence_are_given() -> None:
    document = cleaner.clean(ARTICLE)
    assert document.page_type in cleaner.PAGE_TYPES
    assert 0 <= document.confidence <= 1


def test_name_tokens_are_whole_names_and_their_parts() -> None:
    assert name_tokens({"class": "ArticleBody post-12", "id": "x"}) == (
        "articlebody",
        "-article",
        "-body",
        "post-0",
        "-post",
        "x",
        "-x",
    )
    assert name_tokens({"href": "/advert"}) == ()


def test_a_doubted_part_of_a_long_text_leans_on_its_siblings() -> None:
    texts = "".join(
        f"<p>{'Kelp dries on the rope, and the gulls wait. ' * 3}</p>" for _ in range(9)
    )
    page = read_columns(layout(f"<div>{texts}</div><p>Alone here.</p>"), nameless)
    assert page is not None
    alone = np.array([2.0] * 8 + [-1.0, -1.0])
    leaning = probabilities(page, alone)
    assert leaning[8] > 0.5 > leaning[9] == pytest.approx(1 / (1 + np.e))
    assert (leaning[:8] < 1 / (1 + np.exp(-2.0))).all()


def test_the_strength_is_between_those_of_the_types_that_a_page_may_be() -> None:
    strengths = np.linspace(0.2, 1.4, len(PAGE_TYPES))
    for at in range(len(PAGE_TYPES)):
        sure = TypeGuess(np.eye(len(PAGE_TYPES))[at])
        assert sure.strength(strengths) == pytest.approx(strengths[at])
    torn = TypeGuess(np.array([0.5, 0.5] + [0.0] * (len(PAGE_TYPES) - 2)))
    assert strengths[0] < torn.strength(strengths) < strengths[1]
