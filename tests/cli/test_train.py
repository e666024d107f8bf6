import json
import re

import numpy as np
import pytest
from typer.testing import CliRunner

from cleaner.cli import application
from cleaner.content.lines import load_lines
from cleaner.content.model import WEIGHTS

PAGE = "<html><body><ul class=menu><li><a href=/>{}</a></ul><p>{}</body></html>"


def run(*arguments):
    done = CliRunner().invoke(application(), [str(argument) for argument in arguments])
    return done.exit_code, " ".join(re.sub("[─│╭╮╰╯]", " ", done.output).split())


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "pack"
    folder.mkdir()
    rows = []
    for number in range(12):
        gold = f"Ferry {number} left the quay at six, with twelve on board. " * 2
        (folder / f"{number}.html").write_text(PAGE.format("Home", gold), "utf-8")
        url = f"https://site{number}.example/"
        rows.append({"file": f"{number}.html", "url": url, "main_content": gold})
    (folder / "gold.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{pack}:0"], "a weight is a number above 0"),
        (["{pack}:nan"], "a weight is a number above 0"),
        (["{pack}:many"], "no labelled pages"),
        (["{pack}", "--date", "today"], "'today'"),
        (["{pack}", "--loose"], "--loose goes with --text"),
        (["{pack}", "--text", "--trees", "9", "--rewritten"], "--trees, --rewritten: not with"),
        (["{pack}", "--out", "-"], "- is standard output"),
        (["{pack}", "--out", "{pack}"], "Is a directory"),
        (["{pack}", "--out", "{pack}/0.html/mine.npz"], "File exists"),
    ],
)
def test_a_wrong_call_is_told_before_the_work(pack, arguments, said):
    code, output = run("train", "-o", pack / "mine.npz", *(a.format(pack=pack) for a in arguments))
    assert code == 2
    assert said in output
    assert "ceiling" not in output
    assert not (pack / "mine.npz").exists()


@pytest.mark.parametrize("text", [[], ["--text"]])
def test_pages_of_one_domain_are_too_little_to_learn_from(pack, text):
    pytest.importorskip("lightgbm", reason="the extra “train” is not installed")
    gold = pack / "gold.jsonl"
    gold.write_text(re.sub(r"site\d+", "site", gold.read_text("utf-8")), "utf-8")
    code, output = run("train", pack, "-o", pack / "mine.npz", *text)
    assert code == 2
    assert output.endswith("too little to learn from: pages of more registered domains are needed")


def test_a_line_model_has_the_date_and_the_seed_that_it_was_given(pack, monkeypatch):
    lines = pytest.importorskip("cleaner.learn.lines", reason="the extra “train” is missing")
    few = tuple(lines.TreeSettings(trees=3, leaves=4) for _ in range(2))
    monkeypatch.setattr(lines, "SETTINGS", {False: few})
    out = pack / "new" / "lines.npz"
    code, output = run("train", pack, "-o", out, "--text", "--seed", 7, "--date", "2026-01-02")
    assert code == 0, output
    about = load_lines(out).about
    assert about["trained"] == "2026-01-02"
    assert [look["seed"] for look in about["settings"]] == [7, 7]


def test_model_tells_how_the_model_of_the_package_was_trained():
    code, output = run("model")
    assert code == 0
    for part in ("trained 20", "pages-snippets (F1 of snippets)", "page types right", "favor"):
        assert part in output


@pytest.mark.parametrize(("loose", "told"), [([], False), (["--loose"], True)])
def test_model_tells_of_the_line_models_too(loose, told):
    code, output = run("model", "--text", *loose)
    assert code == 0
    assert re.match(r"trained 20\d\d-\d\d-\d\d on [1-9]\d* pages of .* trees of at most", output)
    assert ("one line " in output) == told


def test_loose_goes_with_text_alone():
    assert run("model", "--loose")[0] == 2


def test_model_refuses_what_is_no_model_or_tells_nothing_of_itself(tmp_path):
    code, output = run("model", tmp_path / "mine.npz")
    assert (code, output) == (2, f"cleaner: no weights at {tmp_path / 'mine.npz'}")
    with np.load(WEIGHTS) as file:
        note = json.loads(bytes(file["about"]))
        bare = json.dumps({key: note[key] for key in ("format", "settings")}).encode()
        np.savez(tmp_path / "mine.npz", **{**file, "about": np.frombuffer(bare, np.uint8)})
    code, output = run("model", tmp_path / "mine.npz")
    assert code == 2
    assert "does not tell how it was trained" in output
    assert run("model", tmp_path / "mine.npz", "--json")[0] == 0
