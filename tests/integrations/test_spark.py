import os
import shutil
import sys

import pyarrow.parquet as pq
import pytest

pytest.importorskip("pyspark", reason="the extra spark is not installed")
from cleaner import CleanerError
from cleaner.integrations.spark import clean_frame

from .programs import check, run, write_crawl


@pytest.mark.skipif(
    not (os.environ.get("JAVA_HOME") or shutil.which("java")), reason="Spark needs Java"
)
def test_spark_in_local_mode_cleans_a_crawl(tmp_path):
    addresses = write_crawl(tmp_path)
    quick = "--conf spark.ui.enabled=false --driver-java-options -XX:TieredStopAtLevel=1"
    run(
        "clean_spark.py",
        tmp_path,
        SPARK_LOCAL_IP="127.0.0.1",
        PYSPARK_PYTHON=sys.executable,
        PYSPARK_SUBMIT_ARGS=f"{quick} pyspark-shell",
    )
    check(pq.read_table(tmp_path / "clean").to_pylist(), addresses)


def test_a_frame_without_pages_says_what_it_has():
    class Frame:
        columns = ("a", "b")

    with pytest.raises(CleanerError, match="no column 'html'; there are a, b"):
        clean_frame(Frame())
