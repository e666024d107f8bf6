"""The captions of a gallery are its text, those of an article are not."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.content.gallery import GALLERY, keep_captions
from tests.content.support import columns_of

LEAD = "<p>Twelve wells stand in the village, and each has an owner and a bucket.</p>"
FIGURE = (
    "<figure><img src=/w.jpg><figcaption>{}The wheel of this well creaks twice a day.{}</figure>"
)


def kept_too(page: str, chance: float = 0.3) -> list[int]:
    """Return the rows that are kept beside the first."""
    columns = columns_of(page)
    chosen = np.arange(len(columns.rows)) == 0
    found = keep_captions(columns, chosen, np.full(len(chosen), chance))
    assert set(found.values()) <= {GALLERY}
    assert all(chosen[row] for row in found)
    return list(found)


@pytest.mark.parametrize("tag", ["", "<p>"])
def test_captions_that_say_more_than_the_text_are_kept(tag: str) -> None:
    assert kept_too(LEAD + FIGURE.format(tag, "") * 3) == [1, 2, 3]


@pytest.mark.parametrize(
    "page",
    [
        LEAD + FIGURE.format("", "") * 2,  # two are no gallery
        f"<p>{LEAD * 6}".replace("</p><p>", " ") + FIGURE.format("", "") * 3,  # beside an article
        LEAD + FIGURE.format("<a href=/w>", "</a>") * 3,  # teasers
        LEAD + "<figure><img src=/w.jpg><figcaption>A well</figcaption></figure>" * 9,
    ],
)
def test_captions_of_what_is_no_gallery_are_left_to_the_model(page: str) -> None:
    assert kept_too(page) == []


def test_captions_that_are_surely_no_text_stay_out() -> None:
    assert kept_too(LEAD + FIGURE.format("", "") * 3, chance=0.05) == []
