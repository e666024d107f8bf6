"""Structure that a reader takes whole: what belongs to kept text is kept with it.

A standfirst, a subheading, a cell of a table or a short piece of code is easily doubted by the
model. The rules here are language-neutral and look at elements and places only. Each returns the
rows that it keeps, and sees what those before it kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.content import structure_page, structure_text, structure_units
from cleaner.twins import compiled_together

if TYPE_CHECKING:
    from types import ModuleType

    import numpy as np
    from numpy.typing import NDArray

    from cleaner.content.page import PageColumns

HEADING, TABLE = "heading of kept text", "part of a kept table"
STANDFIRST, CODE, INSIDE = "standfirst", "code beside kept text", "paragraph inside kept text"
AMONG = "list, quote or table among kept text"
TITLE, ALIKE = "title of kept text", "like most of its kind"
FIGURE, LEAD = "table in a figure", "announces a kept list, quote, table or code"
BETWEEN = "likely, between kept text"
QUOTED, FORMULA = "part of a kept quote", "formula between kept text"
CAPTION = "caption of a kept table"
LIKELY, LIKELY_IN_MANUALS = 0.5, 0.25
"""Blocks between kept text are kept if all of them are at least so likely; a manual has no gaps."""


IN_PYTHON = structure_page, structure_text, structure_units
_PARTS = compiled_together(*IN_PYTHON)


def keep_structure(
    columns: PageColumns,
    kept: NDArray[np.bool_],
    scores: NDArray[np.float64],
    likely: float = LIKELY,
    parts: tuple[ModuleType, ...] = _PARTS,
) -> dict[int, str]:
    """Keep more blocks where structure asks for it; return the row of each, with the reason.

    Args:
        columns: the page.
        kept: which blocks are chosen; what is kept as well is marked in it.
        scores: the probability of each block.
        likely: that of blocks which are kept between others.
        parts: the modules of the rules, compiled or not.
    """
    page, text, units = parts
    rules = (
        (STANDFIRST, text.standfirsts),
        (CODE, text.code),
        (INSIDE, text.paragraphs),
        (AMONG, units.among),
        (ALIKE, text.alike),
        (BETWEEN, text.between),
        (FIGURE, units.figures),
        (TABLE, units.data_cells),
        (CAPTION, units.captions),
        (QUOTED, units.quotes),
        (FORMULA, text.formulas),
        (LEAD, text.leads),
        (TITLE, text.titles),
        (HEADING, text.headings),
    )
    so_far = page.PageSoFar(columns, kept, scores, likely)
    for reason, rule in rules:
        if rows := rule(so_far):
            so_far.keep(reason, rows)
    named: dict[int, str] = so_far.named
    return named
