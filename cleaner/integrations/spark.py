"""Spark: a data frame of pages in, a data frame of cleaned pages out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def clean_frame(frame: DataFrame, **settings: Any) -> DataFrame:
    """Return the frame of the cleaned pages, worked out when it is asked for.

    Args:
        frame: one row a page, with the columns that `cleaner.integrations.arrow.clean_batch`
            takes.
        settings: those of `clean_batch`: `cleaner`, `forms`, `html`, `url`, `charset`, `media`.
    """
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    from cleaner.integrations.arrow import clean_batches, result_schema

    names = {name: settings[name] for name in ("forms", "html") if name in settings}
    made = from_arrow_schema(result_schema(to_arrow_schema(frame.schema), **names))
    return frame.mapInArrow(partial(clean_batches, **settings), made)
