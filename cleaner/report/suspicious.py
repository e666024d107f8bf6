"""The rules that make a page of a run suspicious. `docs/report.md` lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.report.figures import STEPS, quantile

if TYPE_CHECKING:
    from cleaner.report.figures import Tally

DOUBT, MANY_WORDS = 0.6, 300
ENOUGH, SOME_WORDS, FENCE = 20, 100, 1.5
LARGE, LARGE_WORDS = 50_000, 100
SLOW, TIMES = 1.0, 20


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it is called and says, which pages meet it, and which of them first.

    `where` and `order` are SQL over the table of pages.
    """

    title: str
    says: str
    where: str
    order: str


def rules(tally: Tally) -> list[Rule]:
    """Return the rules for the pages of this run; two of them look at the other pages."""
    words = "ifnull(words_kept, 0) + ifnull(words_removed, 0)"
    median = quantile(tally.seconds(), 0.5) or 0.0
    slow = max(SLOW, TIMES * median)
    unusual, distance = _unusual(tally)
    return [
        Rule(
            "Little confidence in much text",
            f"Confidence below {DOUBT} on a page of {MANY_WORDS} words or more.",
            f"status = 'cleaned' AND confidence < {DOUBT} AND {words} >= {MANY_WORDS}",
            f"(1 - confidence) * ({words}) DESC",
        ),
        Rule(
            "Unusual share kept",
            f"The kept share lies more than {FENCE} times the middle half's width outside the "
            f"middle half of its page type; types of {ENOUGH} pages and pages of {SOME_WORDS} "
            "words or more.",
            f"status = 'cleaned' AND {words} >= {SOME_WORDS} AND ({unusual})",
            f"{distance} DESC",
        ),
        Rule(
            "Empty, though large",
            f"Nothing was kept of {LARGE // 1000} kB or more, or of {LARGE_WORDS} words or more.",
            "status IN ('cleaned', 'empty') AND ifnull(words_kept, 0) = 0 AND "
            f"(bytes_in >= {LARGE} OR words_removed >= {LARGE_WORDS})",
            "ifnull(words_removed, 0) DESC, bytes_in DESC",
        ),
        Rule(
            "Slow",
            f"Took longer than {slow:.1f} s: over {SLOW:.0f} s, and over {TIMES} times as long "
            "as the page in the middle.",
            f"status IN ('cleaned', 'empty') AND seconds > {slow!r}",
            "seconds DESC",
        ),
    ]


def _unusual(tally: Tally) -> tuple[str, str]:
    """Return the SQL that tells an unusual kept share, and the SQL of how unusual it is."""
    tests, cases = ["0"], []
    for kind, counts in sorted(tally.shares().items()):
        if sum(counts) < ENOUGH:
            continue
        values = [(step / STEPS, count) for step, count in enumerate(counts)]
        low, high = quantile(values, 0.25) or 0.0, quantile(values, 0.75) or 0.0
        width = max(high - low, 1 / STEPS)
        quoted = "'" + kind.replace("'", "''").replace("\0", "") + "'"
        of_kind = f"ifnull(page_type, '') = {quoted}"
        outside = f"max({low!r} - kept_share, kept_share - {high + 1 / STEPS!r})"
        tests.append(f"{of_kind} AND {outside} > {FENCE * width!r}")
        cases.append(f"WHEN {of_kind} THEN {outside} / {width!r}")
    return " OR ".join(tests), f"CASE {' '.join(cases)} END" if cases else "0"
