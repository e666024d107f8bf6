"""Spark: a data frame of pages in, a data frame of cleaned pages out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from cleaner.document import CleanerError
from cleaner.integrations.row import COLUMNS

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def clean_frame(frame: DataFrame, **settings: Any) -> DataFrame:
    """Return the frame of the cleaned pages, worked out when it is asked for.

    Args:
        frame: one row a page, with the columns that `cleaner.integrations.arrow.clean_batch`
            takes.
        settings: those of `clean_batch`: `cleaner`, `forms`, `html`, `url`, `charset`, `media`.

    Raises:
        CleanerError: there is no column of pages.
    """
    from pyspark.sql.types import ArrayType, DoubleType, StringType, StructField, StructType

    from cleaner.integrations.arrow import clean_batches

    html, forms = settings.get("html", "html"), settings.get("forms", ("text",))
    if html not in frame.columns:
        raise CleanerError(f"no column {html!r}; there are {', '.join(frame.columns) or 'none'}")
    types = {"string": StringType(), "double": DoubleType(), "strings": ArrayType(StringType())}
    made = {**dict.fromkeys(forms, "string"), **COLUMNS}
    passed = [field for field in frame.schema if field.name not in {html, *made}]
    known = [StructField(name, types[type_]) for name, type_ in made.items()]
    return frame.mapInArrow(partial(clean_batches, **settings), StructType([*passed, *known]))
