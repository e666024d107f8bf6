"""The programs in docs/pipelines.md are run as they stand, but for the address of the server."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.scrape.render import find_chromium
from tests.serving import served_folder

PROSE = (
    "The ferry to the outer islands will sail again from Monday, the harbour office says. "
    "The old Gullholm has been in the yard since the storm of last November, and its crew has "
    "spent the winter on the breakwater. Tickets are sold on board, as they were before the war. "
    "Those who wait on the far side have been told to look for the smoke, and to bring an umbrella."
)
NOTICE = "The harbour office is shut on Friday afternoon, and opens again on Saturday at nine."
FRAME = (
    "<!DOCTYPE html><html lang=en><title>{title}</title><nav><a href=/>Home</a> <a href=/n>News</a>"
    "</nav><main>{body}</main><footer>Cookies</footer>"
)
PAGES = {
    "index.html": FRAME.format(
        title="Harbour",
        body="<p><a href=story.html>Ferry sails again</a><p><a href=notice.html>Notice</a>",
    ),
    "story.html": FRAME.format(
        title="Ferry sails again",
        body=f"<article><h1>Ferry sails again</h1><p>{PROSE}</p><p>Advertisement</p></article>",
    ),
    "notice.html": FRAME.format(title="Notice", body=f"<article><p>{NOTICE}</p></article>"),
    "app.html": f"<!DOCTYPE html><title>App</title><div id=app></div><script>"
    f"document.getElementById('app').innerHTML = ['<article><p>', {PROSE!r}, '</p>'].join('')"
    "</script>",
}
# The program → what must stand in its output, and what else it needs.
EXPECTED = {
    "with_requests.py": (["Ferry sails again", PROSE], None),
    "with_httpx.py": (["Ferry sails again", PROSE], None),
    "with_aiohttp.py": ([PROSE, NOTICE], None),
    "many_pages.py": (["story.html 70", "notice.html 15"], None),
    "render.py": ([PROSE], "chromium"),
    "with_playwright.py": ([PROSE], "chromium"),
    "with_langchain.py": (["Ferry sails again", PROSE], None),
    "with_llamaindex.py": (["Ferry sails again", PROSE], None),
    "news_spider.py": ([PROSE, NOTICE], None),
    "long_reads_spider.py": ([PROSE], None),
    "app_spider.py": ([PROSE], "chromium"),
}
DOCS = Path(__file__).parents[2] / "docs" / "pipelines.md"
PROGRAMS = dict(
    re.findall(r'```python title="([^"]+)"\n(.*?)```', DOCS.read_text("utf-8"), re.DOTALL)
)
# Settings that let the programs reach this machine.
LOCAL = {
    "render.py": ("Renderer(pages=4)", "Renderer(pages=4, allow_private=True)"),
    "app_spider.py": ("custom_settings = {", 'custom_settings = {"RENDER_ALLOW_PRIVATE": True,'),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    for name, page in PAGES.items():
        (folder / name).write_text(page)
    with served_folder(folder) as address:
        yield address


def test_every_program_of_the_page_is_run_here():
    assert set(PROGRAMS) == {*EXPECTED, "clean_pages_dag.py"}
    assert DOCS.read_text("utf-8").count("```python") == len(PROGRAMS)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_program_does_what_the_page_says(name, site, tmp_path):
    expected, needed = EXPECTED[name]
    if needed == "chromium" and not find_chromium():
        pytest.skip("no Chromium on this machine")
    program = (
        PROGRAMS[name].replace("https://example.org", site).replace(*LOCAL.get(name, ("", "")))
    )
    (tmp_path / name).write_text(program)
    output = run(name, tmp_path)
    for text in expected:
        assert text in output
    assert "Advertisement" not in output
    assert "Cookies" not in output


def run(name, folder):
    """Return what a program prints, or the texts of the items that a spider yields."""
    python = sys.executable
    command = [python, name]
    if name.endswith("_spider.py"):
        command = [python, "-m", "scrapy", "runspider", name, "-o", "items.jsonl"]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(DOCS.parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    if "runspider" not in command:
        return done.stdout
    lines = (folder / "items.jsonl").read_text().splitlines()
    return "\n".join(json.loads(line)["text"] for line in lines)


def test_the_task_of_airflow_stands_alone(site):
    """Airflow runs the function by itself in another Python, and so does this test."""
    tree = ast.parse(PROGRAMS["clean_pages_dag.py"])
    (task,) = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == "clean")
    task.decorator_list = []
    program = (
        f"import json\n{ast.unparse(task)}\nprint(json.dumps(clean({site + '/story.html'!r})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    row = json.loads(done.stdout)
    assert (row["url"], row["title"]) == (f"{site}/story.html", "Ferry sails again")
    assert row["text"] == PROSE + "\n"
