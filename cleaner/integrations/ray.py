"""Ray Data: files of pages to a dataset, a dataset of pages to one of cleaned pages."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from cleaner.integrations.pages import BATCH, page_batches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa
    from ray.data import Dataset


def read_pages(paths: Sequence[str], *, engine: Mapping[str, Any] | None = None) -> Dataset:
    """Return the pages of files, read where they are cleaned; a file is one task.

    Args:
        paths: paths and addresses, see `cleaner.integrations.pages.pages_of`.
        engine: further arguments of `Dataset.map_batches`.
    """
    import ray.data

    rows = [{"path": path} for path in paths]
    listed = ray.data.from_items(rows, override_num_blocks=max(1, len(rows)))
    return listed.map_batches(_pages, batch_format="pyarrow", batch_size=None, **(engine or {}))


def clean_dataset(
    dataset: Dataset,
    *,
    batch_size: int = BATCH,
    engine: Mapping[str, Any] | None = None,
    **settings: Any,
) -> Dataset:
    """Return the dataset of the cleaned pages, worked out when it is asked for.

    Args:
        dataset: one row a page, with the columns that `cleaner.integrations.arrow.clean_batch`
            takes.
        batch_size: pages cleaned before their results are handed on.
        engine: further arguments of `Dataset.map_batches`: `concurrency`, `memory`, `max_retries`.
        settings: those of `clean_batch`: `cleaner`, `forms`, `html`, `url`, `charset`, `media`.
    """
    work = partial(_cleaned, rows=batch_size, settings=settings)
    # With a batch size of its own, the engine would gather that many files for one task.
    return dataset.map_batches(work, batch_format="pyarrow", batch_size=None, **(engine or {}))


def _cleaned(table: pa.Table, rows: int, settings: Mapping[str, Any]) -> Iterator[pa.Table]:
    from cleaner.integrations.arrow import clean_table

    for start in range(0, max(1, len(table)), rows):
        yield clean_table(table.slice(start, rows), **settings)


def _pages(listed: pa.Table) -> Iterator[pa.Table]:
    import pyarrow as pa

    for batch in page_batches(listed["path"].to_pylist()):
        yield pa.Table.from_batches([batch])
