import os
import pty
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cleaner
from cleaner import cli
from cleaner.cli import COMMANDS, application

FIXTURES = Path(__file__).parents[2] / "fixtures"
PAGE = (FIXTURES / "no-article-havvind.html").read_text("utf-8")


def run(*arguments):
    return CliRunner().invoke(
        application(), [str(argument) for argument in arguments], prog_name="cleaner"
    )


def test_every_module_of_a_command_is_in_the_table():
    folder = Path(cli.__file__).parent
    modules = {path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")}
    assert modules == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_has_an_example(command):
    done = run(command, "--help")
    assert done.exit_code == 0
    usage, *examples = [line for line in done.stdout.splitlines() if f"cleaner {command}" in line]
    assert f"cleaner {command} [OPTIONS]" in usage
    assert examples


@pytest.mark.parametrize("command", COMMANDS)
def test_the_lines_of_a_help_break_where_the_terminal_ends_or_an_example_does(command):
    wide = CliRunner(env={"COLUMNS": "300"}).invoke(application(), [command, "--help"]).stdout
    told = [line.strip() for line in wide.partition("╭")[0].splitlines()]
    assert not [line for line, after in pairwise(told) if after[:1].islower()
                and line and not line.startswith(("cleaner", "curl"))]  # fmt: skip
    assert max(len(line) for line in told if line.startswith("cleaner")) <= 78


def test_the_version_is_said():
    assert run("--version").stdout == f"cleaner {cleaner.__version__}\n"


def test_without_a_command_there_is_help_and_an_unknown_one_is_wrong_usage():
    assert "Usage" in run().output
    assert run("polish").exit_code == 2


def test_explain_shows_every_block_with_its_verdict(tmp_path):
    page = tmp_path / "a.html"
    page.write_text(PAGE, "utf-8")
    done = run("explain", page)
    assert done.exit_code == 0
    rows = [line for line in done.stdout.splitlines() if line.startswith(("keep", "drop"))]
    assert len(rows) == sum(bool(block.text) for block in cleaner.clean(PAGE).blocks)
    assert any(row.startswith("drop") and "Hopp til innholdet" in row for row in rows)
    assert "keep " not in run("explain", page, "--removed").stdout


def test_explain_reads_text_too(tmp_path):
    text = tmp_path / "a.txt"
    text.write_text("Et avsnitt.\n\nannonse\n\nEt annet.\n", "utf-8")
    assert "marker" in run("explain", text, "--removed").stdout


def test_report_writes_one_html_file(tmp_path):
    page, out = tmp_path / "a.html", tmp_path / "new/report.html"
    page.write_text(PAGE, "utf-8")
    assert run("report", page, "-o", out).exit_code == 0
    assert "ordfører Marit Eikrem" in out.read_text("utf-8")
    assert out.read_text("utf-8") == run("report", page).stdout
    assert out.read_text("utf-8") == run("report", page, "-o", "-").stdout


def test_a_report_does_not_overwrite_its_page(tmp_path):
    page = tmp_path / "a.html"
    page.write_text(PAGE, "utf-8")
    assert run("report", page, "-o", page).exit_code == 2
    assert page.read_text("utf-8") == PAGE


@pytest.mark.parametrize("command", ["explain", "report"])
def test_a_page_that_cannot_be_read_is_named(command, tmp_path):
    done = run(command, tmp_path / "a.html")
    assert done.exit_code == 1
    assert "a.html: No such file or directory" in done.stderr
    (tmp_path / "b.html").write_text(PAGE, "utf-8")
    (tmp_path / "c.html").write_text(PAGE, "utf-8")
    assert run(command, tmp_path).exit_code == 2


@pytest.mark.parametrize("command", ["clean", "explain", "report"])
def test_an_interrupt_before_the_first_page_is_told_as_well(command, monkeypatch, tmp_path):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("cleaner.sources.open_items", interrupt)
    done = run(command, tmp_path / "a.html")
    assert (done.exit_code, done.stderr) == (130, "cleaner: interrupted\n")


def test_an_unforeseen_error_is_one_line(monkeypatch, capsys):
    def fail(_commands):
        raise RuntimeError("something\nodd")

    monkeypatch.setattr(cli, "application", fail)
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 1
    assert capsys.readouterr().err == "cleaner: RuntimeError: something odd\n"


@pytest.mark.parametrize(
    "arguments", [["clean"], ["explain"], ["markers"], ["markers", "search", "annonse"], ["model"]]
)
def test_what_cannot_be_printed_is_told(tmp_path, arguments):
    page = tmp_path / "a.html"
    page.write_text(PAGE, "utf-8")
    paths = [str(page)] if arguments[0] in ("clean", "explain") else []
    call = [sys.executable, "-m", "cleaner", *arguments, *paths]
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", *call], stderr=subprocess.PIPE, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, "cleaner: standard output is closed\n")


def test_a_terminal_gets_a_progress_bar_and_a_pipe_does_not(tmp_path):
    for number in range(5):
        (tmp_path / f"{number}.html").write_text(PAGE, "utf-8")
    program = "import sys; from cleaner.cli import main; main()"
    call = [sys.executable, "-c", program, "clean", str(tmp_path), "-o", str(tmp_path / "out")]
    ours, theirs = pty.openpty()
    with subprocess.Popen(call, stderr=theirs, env={**os.environ, "TERM": "xterm"}):
        pass
    os.close(theirs)
    said = b""
    try:
        while piece := os.read(ours, 4096):
            said += piece
    except OSError:
        pass  # Linux says so when the other side is closed
    os.close(ours)
    assert b"5/5" in said
    assert b"cleaned 5 pages" in said
    piped = subprocess.run(call, stderr=subprocess.PIPE, check=True).stderr
    assert b"5/5" not in piped
    assert b"\x1b" not in piped


def test_a_command_that_is_named_loads_none_of_the_others(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<article><p>The ferry leaves at noon, and not before.</p></article>")
    code = (
        "import sys\n"
        "from cleaner.cli import main\n"
        f"sys.argv = ['cleaner', 'clean', {str(page)!r}]\n"
        "try:\n    main()\n"
        "finally:\n    print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "The ferry leaves at noon, and not before.\n"
    loaded = set(run.stderr.split())
    assert "cleaner.cli.clean" in loaded
    assert loaded.isdisjoint(("cleaner.cli.fetch", "cleaner.metadata"))
