"""Spark: files of pages to a data frame, a frame of pages to one of cleaned pages."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from cleaner.document import CleanerError
from cleaner.integrations.pages import page_batches
from cleaner.integrations.row import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession


_PAGES = "name string, url string, charset string, html binary, trouble string"


def read_pages(spark: SparkSession, paths: Sequence[str]) -> DataFrame:
    """Return the pages of files, read where they are cleaned; a file is one task.

    Args:
        spark: the session.
        paths: paths and addresses, see `cleaner.integrations.pages.pages_of`.
    """
    listed = spark.createDataFrame([(path,) for path in paths], "path string")
    return listed.repartition(max(1, len(paths))).mapInArrow(_pages, _PAGES)


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


def _pages(listed: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in listed:
        yield from page_batches(batch.column(0).to_pylist())
