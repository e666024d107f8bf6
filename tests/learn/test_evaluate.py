import json

import pytest
import typer
from lxml import html
from typer.testing import CliRunner

from cleaner.cli.eval import eval_
from cleaner.learn import evaluate as module
from cleaner.learn.datasets import load
from cleaner.learn.evaluate import evaluate
from cleaner.learn.rewrite import read_rewritten

GOLD = "Elven renner forbi mølla og ut i fjorden ved byen."
MARKUP = "<html><body><p>{}</p></body></html>"


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "pack"
    folder.mkdir()
    rows = [
        {"id": "full", "page_type": "article", "main_content": GOLD},
        {"id": "half", "page_type": "article", "main_content": GOLD + " " + GOLD.upper()},
        {"id": "none", "page_type": "forum", "main_content": ""},
        {"id": "snip", "page_type": "forum", "with": ["ved byen", "ved skogen"], "without": ["ut"]},
    ]
    for row in rows:
        row["file"] = f"{row['id']}.html"
        (folder / row["file"]).write_text(MARKUP.format(GOLD), encoding="utf-8")
    text = "\n".join(json.dumps(row) for row in rows)
    (folder / "gold.jsonl").write_text(text, encoding="utf-8")
    return folder


def whole(data, _url):
    return data.decode().split("<p>")[1].split("</p>")[0]


def silent(_data, _url):
    return ""


def broken(_data, _url):
    raise RuntimeError("out of order")


def of(results, engine):
    return {r.page.id: r for r in results.results if r.engine == engine}


def test_each_page_is_scored_as_its_labels_allow(pack):
    pages = of(evaluate([load(pack)], {"whole": whole}), "whole")
    assert pages["full"].word.f1 == 1
    assert (pages["half"].word.precision, pages["half"].word.recall) == (1, 0.5)
    assert pages["none"].word.f1 == 0
    assert pages["snip"].word is None
    found = pages["snip"].snippets
    assert (found.found, found.missed, found.unwanted) == (1, 1, 1)


def test_figures_are_means_over_pages_and_sums_over_snippets(pack):
    figures = evaluate([load(pack)], {"whole": whole}).figures("whole", "pack")
    assert figures.pages == 4
    assert figures.f1 == pytest.approx((1 + 2 / 3 + 0) / 3)
    low, high = figures.f1_interval
    assert 0 <= low < figures.f1 < high <= 1
    assert figures.snippet_f1 == pytest.approx(0.5)
    assert figures.ahead is None
    assert figures.times_peer is None


def test_shingle_f1_is_that_of_the_mean_precision_and_the_mean_recall(pack):
    figures = evaluate([load(pack)], {"whole": whole}).figures("whole", "pack", "article")
    shingles = len(GOLD.split()) - 3
    recall = (1 + shingles / (2 * shingles + 3)) / 2
    assert figures.shingle_f1 == pytest.approx(2 * recall / (1 + recall))


def test_page_types_are_summed_up_apart(pack):
    results = evaluate([load(pack)], {"silent": silent})
    assert results.page_types("pack") == ["article", "forum"]
    assert results.figures("silent", "pack", "article").f1 == 0
    assert results.figures("silent", "pack", "forum").f1 == 1


def test_what_an_engine_raises_counts_as_an_empty_output_and_is_noted(pack):
    results = evaluate([load(pack)], {"broken": broken, "whole": whole})
    assert results.figures("broken", "pack").failures == 4
    assert results.figures("whole", "pack").failures == 0
    pages = of(results, "broken")
    assert pages["none"].word.f1 == 1
    assert pages["full"].word.f1 == 0
    assert pages["full"].error == "RuntimeError: out of order"
    assert results.tables()[-1].rows == [["broken", "4", "RuntimeError: out of order"]]


def test_the_lead_is_measured_on_the_same_pages(pack):
    results = evaluate([load(pack)], {"whole": whole, "silent": silent})
    lead, low, high = results.figures("silent", "pack").ahead
    assert lead == pytest.approx((1 + 2 / 3 - 1) / 3)
    assert low < lead < high


def test_engines_take_turns_page_by_page(pack):
    calls = []

    def engine(name):
        return lambda _data, _url: calls.append(name) or ""

    evaluate([load(pack)], {"a": engine("a"), "b": engine("b")})
    assert calls == ["a", "b", "a", "b", "b", "a", "a", "b", "b", "a"]


def test_times_are_given_against_the_first_peer(pack, monkeypatch):
    steps = {"slow": 0.006, "fast": 0.002}
    now = [0.0]

    def engine(name):
        def extract(_data, _url):
            now[0] += steps[name]
            return ""

        return extract

    monkeypatch.setattr(module.time, "process_time", lambda: now[0])
    results = evaluate([load(pack)], {name: engine(name) for name in steps})
    slow, fast = (results.figures(name, "pack") for name in steps)
    assert slow.ms == pytest.approx(6)
    assert slow.times_peer == pytest.approx(3)
    assert slow.median_times_peer == pytest.approx(3)
    assert fast.times_peer == pytest.approx(1)


def test_the_worst_pages_come_first_with_the_best_peer(pack):
    results = evaluate([load(pack)], {"whole": whole, "silent": silent, "broken": broken})
    losses = results.worst(3)
    assert [loss.result.page.id for loss in losses] == ["none", "snip", "half"]
    assert (losses[0].score, losses[0].peer, losses[0].peer_score) == (0, "silent", 1)
    assert results.worst(0) == []


def test_progress_is_told_after_each_page(pack):
    told = []
    evaluate([load(pack)], {"whole": whole}, progress=lambda: told.append(1))
    assert len(told) == 4


def test_figures_are_json_and_hold_every_page(pack):
    results = evaluate([load(pack)], {"whole": whole, "silent": silent})
    figures = json.loads(json.dumps(results.as_dict()))
    assert figures["datasets"]["pack"]["whole"]["page_types"]["article"]["pages"] == 2
    assert len(figures["pages"]) == 8


def test_tables_name_every_engine_and_leave_out_empty_columns(pack):
    scores, costs = evaluate([load(pack).sample(1)], {"whole": whole}).tables()
    assert scores.title == "pack, 1 pages: scores"
    assert "first is ahead by" not in scores.columns
    assert [row[0] for row in scores.rows] == ["whole"]
    assert "ms" in costs.columns


@pytest.fixture
def run():
    app = typer.Typer()
    app.command()(eval_)
    return lambda *arguments: CliRunner().invoke(app, [str(part) for part in arguments])


def test_the_command_prints_the_figures_of_all_engines(pack, run):
    done = run(pack, "--against", "trafilatura")
    assert done.exit_code == 0, done.output
    assert "cleaner" in done.output
    assert "trafilatura" in done.output


def test_the_command_writes_json_markdown_and_a_report_of_the_worst_pages(pack, run, tmp_path):
    out = tmp_path / "new" / "figures.json"
    done = run(pack, "--worst", 2, "--limit", 3, "--out", out)
    assert done.exit_code == 0, done.output
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert figures["content"]["datasets"]["pack"]["cleaner"]["pages"] == 3
    reports = sorted((tmp_path / "new" / "figures-pages").iterdir())
    assert len(reports) == 2
    assert reports[0].read_text(encoding="utf-8").startswith("<!doctype html>")
    markdown = out.with_suffix(".md").read_text(encoding="utf-8")
    assert f"(figures-pages/{reports[0].name})" in markdown


def test_rules_count_for_the_figures(pack, run, tmp_path):
    rules, out = tmp_path / "rules.toml", tmp_path / "figures.json"
    rules.write_text('["*"]\ndrop = ["p"]\n', encoding="utf-8")
    done = run(pack, "--rules", rules, "--out", out)
    assert done.exit_code == 0, done.output
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert figures["content"]["datasets"]["pack"]["cleaner"]["recall"] < 0.5


def test_engines_can_meet_the_pages_in_other_markup(pack):
    seen = []
    engines = {"one": lambda data, _: seen.append(data) or ""}
    evaluate([load(pack)], engines, read=read_rewritten)
    assert {data[:15] for data in seen} == {b"<!DOCTYPE html>"}
    assert all("mølla" in html.fromstring(data).text_content() for data in seen)


def test_the_command_rewrites_the_pages_and_their_reports(pack, run, tmp_path):
    done = run(pack, "--rewritten", "--worst", 4, "--reports", tmp_path / "reports")
    assert done.exit_code == 0, done.output
    assert len(list((tmp_path / "reports").iterdir())) > 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["--against", "grobid"],
        ["--favor", "speed"],
        ["--limit", "0"],
        ["--rewritten", "--metadata"],
        ["--limit", "2", "--markdown"],
        ["--reports", "reports"],
        ["--model", "mine.npz"],
        ["--rules", "mine.toml"],
        ["--rules", "mine.toml", "--markdown"],
        ["--out", "."],
    ],
)
def test_the_command_refuses_what_it_does_not_know(pack, run, arguments):
    assert run(pack, *arguments).exit_code == 2


def test_the_command_refuses_a_folder_without_labels(run, tmp_path):
    done = run(tmp_path)
    assert done.exit_code == 2
    assert "no labelled pages" in " ".join(done.output.split())
