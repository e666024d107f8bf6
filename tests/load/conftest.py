import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from runs import COMMAND

WEIGHED = """
import os, subprocess, sys
_, status, usage = os.wait4(subprocess.Popen(sys.argv[1:], stdout=sys.stderr).pid, 0)
print(usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


@pytest.fixture(scope="session")
def size():
    """Pages of a load test: few by default, 50,000 with CLEANER_LOAD=50000."""
    return int(os.environ.get("CLEANER_LOAD", "150"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def start(folder):
    """Start the command; what is left of it is ended with the test."""
    started = []

    def begin(*arguments, **options):
        process = subprocess.Popen(
            [*COMMAND, *map(str, arguments)], stderr=subprocess.PIPE, text=True, **options
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def run(start):
    """Run the command to its end; return its exit code and what it said."""

    def to_the_end(*arguments, **options):
        process = start(*arguments, **options)
        _, said = process.communicate(timeout=7200)
        assert "Traceback" not in said, said
        return process.returncode, said

    return to_the_end


@pytest.fixture
def weighed(folder):
    """Run the command; return its exit code, what it said, and the bytes of its largest process."""

    def run(*arguments):
        # Between the two stands a small process: what is started by a large one counts as large.
        command = [sys.executable, "-c", WEIGHED, *COMMAND, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=7200, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        return (
            done.returncode,
            done.stderr,
            int(done.stdout) * (1 if sys.platform == "darwin" else 1024),
        )

    return run
