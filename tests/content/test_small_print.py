"""The line that claims the copyright of a site, at the end of what is kept."""

from __future__ import annotations

import pytest

from cleaner.content.leave_out import leave_out
from cleaner.content.small_print import drop_small_print
from tests.content.support import LINE, UNKNOWN, choice_of, surely

CLAIM = "© 1998-2014 Fjellbanken. All rights reserved."


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        (CLAIM, [1]),
        ("Copyright © Fjellbanken AS, 2014 | Impressum", [1]),
        ("Fjellbanken 2005 - 2014 © Alle rettigheter", [1]),
        ("Powered by Lampboard (c) 2001, 2005 Lamp Group", [1]),
        ("Photo: © Ada Lind", []),
        ("The copyright of the book", []),
        (f"{LINE} {LINE} {CLAIM}", []),
    ],
)
def test_the_last_lines_go_if_they_claim_a_copyright(line: str, rows: list[int]) -> None:
    choice = choice_of(f"<p>{LINE}</p><p>{line}</p><p>Contact us</p>", chance=0.6)
    assert list(drop_small_print(choice)) == rows


def test_a_claim_stays_in_the_text_in_a_manual_and_where_it_is_hardly_doubted() -> None:
    page = f"<p>{LINE}</p><p>{CLAIM}</p>"
    assert drop_small_print(choice_of(page + f"<p>{LINE}</p>" * 3, chance=0.6)) == {}
    assert drop_small_print(choice_of(page, "", surely("documentation"), 0.6)) == {}
    assert drop_small_print(choice_of(page, chance=0.95)) == {}


def test_a_page_with_nothing_else_has_no_text() -> None:
    choice = choice_of(f"<p>{CLAIM}</p>", chance=0.3)
    assert list(leave_out(choice.page, choice.kept, choice.chances, UNKNOWN)) == [0]
