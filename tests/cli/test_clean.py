import json
import os
import re
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cleaner
from cleaner.cli import application

FIXTURES = Path(__file__).parents[2] / "fixtures"
PAGE = (FIXTURES / "no-article-havvind.html").read_text("utf-8")
TEXT = "Et avsnitt med litt tekst.\n\nannonse\n\nEt avsnitt til, med mer tekst.\n"
CLEAN_TEXT = "Et avsnitt med litt tekst.\n\nEt avsnitt til, med mer tekst.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments, given=None):
    return CliRunner().invoke(
        application(), ["clean", *map(str, arguments)], input=given, prog_name="cleaner"
    )


def files(folder="."):
    """Return the results in a folder: not what a run keeps beside them for itself."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in Path(folder).rglob("*")
        if path.is_file() and not path.name.startswith((".", "_manifest.sqlite"))
    )


def write(**pages):
    """Write files: `in__a_html` stands for in/a.html."""
    for name, content in pages.items():
        path = Path(name.replace("__", "/").replace("_", "."))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")


def test_one_page_goes_to_standard_output_and_a_summary_to_standard_error():
    write(a_html=PAGE)
    done = run("a.html")
    assert done.exit_code == 0
    assert done.stdout == cleaner.clean(PAGE).text
    assert "cleaned 1 page " in done.stderr


def test_a_dash_is_standard_output():
    write(a_html=PAGE, b_html=PAGE)
    assert run("a.html", "-o", "-").stdout == run("a.html").stdout
    done = run("a.html", "b.html", "-o", "-")
    assert (done.exit_code, done.stdout) == (2, "")
    assert files() == ["a.html", "b.html"]


@pytest.mark.parametrize("out", ["all.txt", "all.md", "all.jsonl.xz", "all.zip"])
def test_many_pages_do_not_go_to_a_folder_that_is_called_like_a_file(out):
    write(a_html=PAGE, b_html=PAGE)
    assert run("a.html", "b.html", "-o", out).exit_code == 2
    assert not Path(out).exists()
    assert run("a.html", "b.html", "-o", f"{out}/").exit_code == 0
    assert files(out) == ["a.txt", "b.txt"]


def test_quiet_says_nothing():
    write(a_html=PAGE)
    assert run("a.html", "-q").stderr == ""


def test_a_text_file_loses_its_markers_and_nothing_else():
    write(a_txt=TEXT)
    assert run("a.txt").stdout == CLEAN_TEXT


def test_markers_are_counted_in_the_summary():
    write(a_txt=TEXT)
    assert "removed 1 marker" in run("a.txt").stderr


def test_markers_are_counted_whoever_removed_them():
    write(a_html=PAGE)
    done = run("a.html")
    removed = [block.text for block in cleaner.clean(PAGE).blocks if not block.kept]
    found = int(done.stderr.partition(" marker")[0].rpartition(" ")[2])
    assert found >= removed.count("annonse") > 0


def test_text_forces_a_page_to_be_read_as_text():
    write(a_html=TEXT)
    assert run("a.html", "--text").stdout == CLEAN_TEXT


def test_standard_input_is_a_page_or_a_text():
    assert run("-", given=PAGE).stdout == cleaner.clean(PAGE).text
    assert run("-", given=TEXT).stdout == CLEAN_TEXT


def test_phrases_and_lexicons_of_the_user_count():
    write(a_txt="One paragraph.\n\nHER KOMMER NOE\n\nannonse\n\nAnother one.\n")
    done = run("a.txt", "--include", "Her kommer noe", "--exclude", "annonse")
    assert done.stdout == "One paragraph.\n\nannonse\n\nAnother one.\n"


def test_rules_of_the_user_count():
    write(a_html=PAGE, r_toml='["*"]\ndrop = ["body"]\n')
    assert run("a.html").stdout.strip()
    assert not run("a.html", "--rules", "r.toml").stdout.strip()


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_page_is_written_in_the_form_asked_for(form):
    write(a_html=PAGE)
    assert run("a.html", "--to", form).stdout == getattr(cleaner.clean(PAGE), form)


def test_json_is_json():
    write(a_html=PAGE)
    assert json.loads(run("a.html", "--to", "json").stdout)


@pytest.mark.parametrize("name", ["a.md", "a.markdown"])
def test_the_ending_of_the_output_says_its_form(name):
    write(a_html=PAGE)
    assert run("a.html", "-o", f"new/{name}").exit_code == 0
    assert Path("new", name).read_text("utf-8") == cleaner.clean(PAGE).markdown
    assert files("new") == [name]


def test_options_reach_the_exporter():
    page = PAGE.replace("<p>", '<p>See <a href="https://example.org/x">here</a>. ')
    write(a_html=page)
    assert "https://example.org/x" in run("a.html", "--to", "markdown").stdout
    assert "example.org/x" not in run("a.html", "--to", "markdown", "--no-links").stdout
    assert run("a.html", "--to", "markdown", "--front-matter").stdout.startswith("---\n")
    assert max(map(len, run("a.html", "--wrap", 40).stdout.splitlines())) < 60


def test_the_address_makes_links_absolute():
    write(a_html=PAGE.replace("<p>", '<p>See <a href="/x">here</a>. '))
    done = run("a.html", "--to", "markdown", "--url", "https://example.org/a/")
    assert "(https://example.org/x)" in done.stdout


def test_a_folder_is_mirrored():
    write(in__a_html=PAGE, in__b__c_htm=PAGE, in__b__d_txt=TEXT, in__e_png="x")
    done = run("in", "-o", "out", "--to", "text", "--to", "markdown")
    assert done.exit_code == 0, done.stderr
    assert files("out") == ["a.md", "a.txt", "b/c.md", "b/c.txt", "b/d.md", "b/d.txt"]
    assert Path("out/b/d.txt").read_text("utf-8") == CLEAN_TEXT
    assert "1 skipped" in done.stderr


def test_a_second_run_does_not_clean_the_output_of_the_first():
    write(in__a_html=PAGE)
    for _ in range(2):
        assert run("in", "-o", "in/out").exit_code == 0
    assert files("in") == ["a.html", "out/a.txt"]


def test_pages_whose_names_differ_in_their_ending_only_get_two_files():
    write(in__a_html=PAGE, in__a_htm=PAGE, in__a_txt=TEXT)
    assert run("in", "-o", "out").exit_code == 0
    assert len(files("out")) == 3


def test_many_pages_are_cleaned_by_workers_as_by_one():
    for number in range(20):
        write(**{f"in__p{number}_html": PAGE.replace("<p>", f"<p>Nummer {number}: ")})
    assert run("in", "-o", "one", "-j", 1).exit_code == 0
    assert run("in", "-o", "two", "-j", 2).exit_code == 0
    assert files("one") == files("two")
    for name in files("one"):
        assert (Path("one") / name).read_bytes() == (Path("two") / name).read_bytes()


def test_a_table_tells_of_every_page():
    write(in__a_html=PAGE, in__b_txt=TEXT)
    done = run("in", "in/missing.html", "-o", "out", "--table")
    assert {"a.html", "b.txt", "2 pages"} <= {part.strip() for part in done.stdout.split("│")}
    assert "No such file" in done.stdout


def test_pages_that_fail_are_named_and_the_others_are_cleaned():
    write(a_html=PAGE, b_html=PAGE)
    done = run("a.html", "missing.html", "b.html", "-o", "out/")
    assert done.exit_code == 1
    assert "failed: missing.html: No such file or directory\n" in done.stderr
    assert files("out") == ["a.txt", "b.txt"]
    assert "1 failed" in done.stderr


def test_a_page_that_cannot_be_written_fails_by_itself():
    write(in__a_html=PAGE, in__b_html=PAGE)
    Path("out/a.txt").mkdir(parents=True)
    done = run("in", "-o", "out")
    assert done.exit_code == 1
    assert "failed: in/a.html: cannot be written: " in done.stderr
    assert files("out") == ["b.txt"]


def test_a_page_without_text_is_no_failure_but_is_told():
    write(a_html="<title>t</title><script>x</script>")
    done = run("a.html")
    assert done.exit_code == 0
    assert "warning: " in done.stderr
    assert "1 without any text" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.html", "b.html"], "several pages need a place to go to"),
        (["a.html", "--to", "text", "--to", "json"], "several forms need a folder"),
        (["a.html", "b.html", "-o", "b.html"], "b.html is a file"),
        (["a.html", "--to", "docx"], "no exporter for 'docx'"),
        (["a.html", "-o", "a.html"], "a.html would overwrite a page"),
        (["a.html", "b.html", "--to", "html", "-o", "."], "would overwrite a page"),
        (["*.html", "--to", "html", "-o", "."], "would overwrite a page"),
        ([".", "-o", "."], ". holds pages that are to be cleaned"),
        (["a.html", "-o", "a.html", "--manifest", "m.sqlite"], "would overwrite a page"),
        (["a.html", "-o", "o/", "--report", "a.html"], "a.html would overwrite a page"),
        (["a.html", "--report", "r.html"], "--report is made of the manifest"),
        (["a.html", "b.html", "-o", "out/", "--manifest", "a.html"], "a.html is no manifest"),
        (["a.html", "-o", "out/", "--duplicates", "drop"], "drop needs --dedup"),
        (["a.html", "--lexicon", "none.toml"], "none.toml"),
        (["a.html", "--rules", "none.toml"], "none.toml"),
        (["empty"], "no page found in empty"),
        (["a.html", "b.html", "--url", "https://example.org", "-o", "out"], "--url"),
        (["a.html", "--favor", "luck"], "favor"),
        (["a.html", "--wrap", "x"], "wrap"),
        ([], "PAGE"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_why(arguments, message):
    write(a_html=PAGE, b_html=PAGE)
    Path("empty").mkdir()
    before = files()
    done = run(*arguments)
    assert done.exit_code == 2
    assert message.lower() in done.stderr.lower()
    assert files() == before
    assert Path("a.html").read_text("utf-8") == PAGE


def command(*arguments):
    program = "import sys; from cleaner.cli import main; sys.argv[0] = 'cleaner'; main()"
    return [sys.executable, "-c", program, *map(str, arguments)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_named():
    write(in__a_html=PAGE, in__b__c_html=PAGE)
    Path("in/a.html").chmod(0)
    Path("in/b").chmod(0)
    try:
        done = run("in", "-o", "out")
    finally:
        Path("in/b").chmod(0o700)
    assert done.exit_code == 1
    assert done.stderr.count("Permission denied") == 2


def test_a_reader_that_goes_away_is_no_traceback():
    write(a_txt="A line of text that is long enough.\n" * 20000)
    with subprocess.Popen(
        command("clean", "a.txt"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.read(10)
        process.stdout.close()
        said = process.stderr.read()
    assert b"Traceback" not in said
    assert process.returncode == 141


@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupt_leaves_whole_files_only(workers):
    for number in range(300):
        write(**{f"in__p{number}_html": PAGE})
    whole = cleaner.clean(PAGE).text
    process = subprocess.Popen(
        command("clean", "in", "-o", "out", "-j", workers),
        stderr=subprocess.PIPE,
        start_new_session=True,
        # A shell starts what it puts in the background deaf to the interrupt; that is inherited.
        preexec_fn=partial(  # noqa: PLW1509 - no thread runs here
            signal.signal, signal.SIGINT, signal.default_int_handler
        ),
    )
    deadline = time.monotonic() + 60
    while not list(Path("out").glob("*.txt")) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers too
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert b"Traceback" not in said
    assert b"interrupted; " in said
    written = files("out")
    assert 0 < len(written) < 300
    assert all(name.endswith(".txt") for name in written)
    assert {Path("out", name).read_text("utf-8") for name in written} == {whole}


def test_a_long_text_is_cleaned_line_by_line(monkeypatch):
    monkeypatch.setattr("cleaner.cli._stream.LONG", 1000)
    write(a_txt=TEXT * 3000, b_txt=TEXT)
    done = run("a.txt", "-o", "out/b.txt")
    assert (done.exit_code, done.stdout) == (0, "")
    assert Path("out/b.txt").read_text("utf-8") == CLEAN_TEXT * 3000
    assert files("out") == ["b.txt"]
    assert run("a.txt").stdout == CLEAN_TEXT * 3000
    assert "cleaned 1 page " in run("b.txt").stderr


@pytest.mark.parametrize("text", [TEXT * 40, "annonse\n", "昨天 annonse\n \nannonse\n\t\nå\n"])
def test_a_long_text_is_summed_up_as_any_other(monkeypatch, text):
    write(a_txt=text)
    short = run("a.txt")
    monkeypatch.setattr("cleaner.cli._stream.LONG", 1)
    long = run("a.txt")
    assert long.stdout == short.stdout
    seconds = r"(?<= in )[\d.]+(?= s)"
    assert re.sub(seconds, "", long.stderr) == re.sub(seconds, "", short.stderr)
    assert re.search(seconds, long.stderr)
    assert run("a.txt", "--quiet").stderr == ""


def test_a_long_text_of_a_run_that_is_to_tell_of_it_is_noted(monkeypatch):
    monkeypatch.setattr("cleaner.cli._stream.LONG", 1000)
    write(a_txt=TEXT * 300)
    assert run("a.txt", "--manifest", "run.sqlite").stdout == CLEAN_TEXT * 300
    assert Path("run.sqlite").exists()
    told = [json.loads(line) for line in run("a.txt", "--json-log").stderr.splitlines()]
    assert "page" in [event["event"] for event in told]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
def test_a_long_text_in_any_encoding_becomes_utf_8(monkeypatch, encoding):
    monkeypatch.setattr("cleaner.cli._stream.LONG", 1000)
    text = "Et avsnitt på norsk, blåbær og ærlige følelser.\r\n\r\nannonse\r\n\r\n" * 100
    Path("a.txt").write_bytes(text.encode(encoding))
    assert run("a.txt", "-o", "b.txt").exit_code == 0
    assert Path("b.txt").read_bytes().decode() == text.replace("annonse\r\n\r\n", "")


def test_a_long_file_that_is_no_text_is_refused(monkeypatch):
    monkeypatch.setattr("cleaner.cli._stream.LONG", 1000)
    Path("a.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    done = run("a.txt", "-o", "b.txt")
    assert (done.exit_code, done.stderr) == (2, "cleaner: a.txt is no text file\n")
    assert not Path("b.txt").exists()


def test_a_long_text_that_is_interrupted_leaves_nothing(monkeypatch):
    monkeypatch.setattr("cleaner.cli._stream.LONG", 1000)

    def stop(*_):
        yield "x"
        raise KeyboardInterrupt

    monkeypatch.setattr("cleaner.Cleaner.clean_lines", stop)
    write(a_txt=TEXT * 300)
    done = run("a.txt", "-o", "out/b.txt")
    assert (done.exit_code, done.stderr) == (130, "cleaner: interrupted; nothing of it is kept\n")
    assert os.listdir("out") == []
