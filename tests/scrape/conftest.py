"""What the tests of the scraper share: the command in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass

import pytest


@dataclass
class Done:
    code: int
    out: str
    err: str

    @property
    def events(self):
        """The lines of --json-log, by address."""
        return {event["url"]: event for event in map(json.loads, self.out.splitlines())}


@pytest.fixture
def start(tmp_path):
    """Start `cleaner` with arguments in a folder of its own; ended with the test."""
    processes = []

    def begin(*arguments, folder=None, env=None, setup=""):
        command = [sys.executable, "-c", f"{setup}\nfrom cleaner.cli import main; main()"]
        process = subprocess.Popen(
            [*command, *map(str, arguments)],
            cwd=folder or tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1", **(env or {})},
        )
        processes.append(process)
        return process

    yield begin
    for process in processes:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def run(start):
    """Run `cleaner` with arguments to its end."""

    def whole(*arguments, **options):
        process = start(*arguments, **options)
        out, err = process.communicate(timeout=120)
        return Done(process.returncode, out, err)

    return whole


@pytest.fixture
def fetch(run):
    """Run `cleaner fetch` on this machine without pauses, all told in JSON."""

    def whole(*arguments, **options):
        return run("fetch", *arguments, "--allow-private", "--delay", "0", "--json-log", **options)

    return whole
