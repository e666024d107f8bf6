import pyarrow.parquet as pq
import pytest

pytest.importorskip("ray", reason="the extra ray is not installed")
from .programs import check, run, write_crawl


def test_a_cluster_of_two_workers_cleans_a_crawl(tmp_path):
    addresses = write_crawl(tmp_path)
    run(
        "clean_ray.py",
        tmp_path,
        RAY_USAGE_STATS_ENABLED="0",
        RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO="0",
    )
    files = sorted((tmp_path / "clean").glob("*.parquet"))
    assert len(files) == 2, "a file of the crawl is a task of its own"
    rows = [row for file in files for row in pq.read_table(file).to_pylist()]
    check(rows, addresses)
