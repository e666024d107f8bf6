import re
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from cleaner import CleanerError
from cleaner.manifest import Manifest
from cleaner.report.figures import PageRow, opened
from cleaner.report.look import STYLE
from cleaner.report.run import run_report
from cleaner.report.suspicious import rules

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;\0\u202e"


def page(**values):
    """Return the row of an ordinary page, with some values of its own."""
    known = {
        "status": "cleaned",
        "bytes_in": 30_000,
        "bytes_out": 3_000,
        "words_kept": 300,
        "words_removed": 200,
        "kept_share": 0.6,
        "markers": 1,
        "language": "no",
        "page_type": "article",
        "confidence": 0.9,
        "seconds": 0.02,
    }
    return {**known, **values}


def manifest(folder, pages, **run):
    """Write a database of a run as a run would, and return its path."""
    path = folder / "_manifest.sqlite"
    path.unlink(missing_ok=True)
    Manifest(path).close()
    database = sqlite3.connect(path)
    database.executemany("INSERT INTO run VALUES (?, ?)", {"state": "done", **run}.items())
    for number, values in enumerate(pages):
        row = {"number": number, "name": f"p{number}", "label": f"in/p{number}.html", **values}
        database.execute(
            f"INSERT INTO pages ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
            list(row.values()),
        )
    database.commit()
    database.close()
    return path


def report(folder, pages, **run):
    return html.fromstring(run_report(manifest(folder, pages, **run)))


def listed(tree, title):
    """Return the names in the table of a heading."""
    return tree.xpath(f'//div[@aria-label="{title}"]//td[@class="page"]/small[1]/bdi/text()')


def figures(tree, title):
    """Return the figures of a chart by what they stand for."""
    rows = tree.xpath(f'//section[h3="{title}"]//table/tr[td]')
    return {row[0].text_content(): row[1].text_content() for row in rows}


def test_every_chart_says_its_figures_in_words_and_as_a_table(tmp_path):
    tree = report(tmp_path, [page(), page(page_type="forum"), page(language="en-GB")])
    charts = tree.xpath("//svg")
    assert len(charts) == 7
    assert all(chart.get("role") == "img" and chart.get("aria-label") for chart in charts)
    assert figures(tree, "Page types") == {"article": "2", "forum": "1"}
    assert figures(tree, "Languages") == {"no": "2", "en": "1"}
    label = tree.xpath('//section[h3="Page types"]/svg/@aria-label')[0]
    assert label == "Page types, in pages. article: 2, forum: 1"


def test_sums_are_those_of_all_pages(tmp_path):
    tree = report(tmp_path, [page(), page(words_kept=0, words_removed=500, duplicate_of="p0")])
    tiles = {tile[1].text: tile[0].text for tile in tree.xpath('//div[@class="tiles"]/div')}
    assert tiles["of all words kept"] == "30 %"
    assert tiles["words kept"] == "300"
    assert tiles["markers removed"] == "2"
    assert tiles["read"] == "60 kB"
    assert tiles["duplicates"] == "1"
    assert tiles["median confidence"] == "90 %"
    assert tiles["median time of a page"] == "20 ms"
    assert listed(tree, "Pages repeated most") == ["in/p0.html"]


def test_every_page_is_in_one_column_of_a_histogram(tmp_path):
    shares = [0.0, 0.1, 0.0999, 0.55, 0.999, 1.0]
    pages = [page(kept_share=share, confidence=share, seconds=share * 9) for share in shares]
    tree = report(tmp_path, [*pages, page(kept_share=None, confidence=None, seconds=None)])
    kept = figures(tree, "Kept share")
    assert kept["0 to 10 %"] == kept["90 to 100 %"] == "2"
    assert kept["10 to 20 %"] == kept["50 to 60 %"] == "1"
    assert sum(map(int, figures(tree, "Confidence").values())) == 6
    assert sum(map(int, figures(tree, "Time").values())) == 6
    assert figures(tree, "Markers")["1"] == "7"


def test_languages_beyond_the_most_frequent_are_one_bar(tmp_path):
    languages = [f"a{letter}" for letter in "abcdefghijklmn"] * 2 + ["no"] * 3 + [None, ""]
    tree = report(tmp_path, [page(language=language) for language in languages])
    found = figures(tree, "Languages")
    assert next(iter(found)) == "no"
    assert found["not known"] == "2"
    assert sum(map(int, found.values())) == len(languages)
    assert len(found) == 12


def test_states_and_reasons_are_counted(tmp_path):
    tree = report(
        tmp_path,
        [
            page(),
            page(status="failed", reason="took longer than 30 s"),
            page(status="failed", reason="took longer than 45 s"),
            page(status="skipped", reason="a redirect (301)"),
            page(warnings="low confidence: 0.41 of 1\ndeclared as utf-8, read as windows-1252"),
        ],
    )
    assert figures(tree, "What became of the pages") == {
        "cleaned": "2",
        "empty": "0",
        "skipped": "1",
        "failed": "2",
    }
    assert figures(tree, "Failures") == {"took longer than … s": "2"}
    assert figures(tree, "Warnings") == {
        "declared as utf-8, read as windows-1252": "1",
        "low confidence: … of …": "1",
    }
    assert listed(tree, "Failed pages") == ["in/p1.html", "in/p2.html"]


ORDINARY = [page(kept_share=0.5 + number / 400) for number in range(40)]


@pytest.mark.parametrize(
    ("title", "odd", "ordinary"),
    [
        (
            "Little confidence in much text",
            page(confidence=0.3, words_kept=200, words_removed=100),
            page(confidence=0.3, words_kept=200, words_removed=99),
        ),
        ("Unusual share kept", page(kept_share=0.05), page(kept_share=0.05, words_kept=-199)),
        (
            "Empty, though large",
            page(status="empty", words_kept=0, words_removed=0, bytes_in=50_000, kept_share=None),
            page(status="empty", words_kept=0, words_removed=99, bytes_in=49_999),
        ),
        ("Slow", page(seconds=1.5), page(seconds=0.9)),
    ],
)
def test_a_suspicious_page_is_listed_and_an_ordinary_one_is_not(tmp_path, title, odd, ordinary):
    tree = report(tmp_path, [*ORDINARY, ordinary, odd])
    assert listed(tree, title) == ["in/p41.html"]
    assert tree.xpath(f'//h3[starts-with(., "{title}: ")]')[0].text == f"{title}: 1"


def test_a_share_is_unusual_among_pages_of_its_type(tmp_path):
    products = [page(page_type="product", kept_share=0.1 + number / 500) for number in range(30)]
    few = [page(page_type="forum", kept_share=share / 4) for share in range(5)]
    assert not listed(report(tmp_path, ORDINARY + products + few), "Unusual share kept")
    stray = page(page_type="product", kept_share=0.55)
    assert listed(report(tmp_path, [stray, *ORDINARY, *products]), "Unusual share kept") == [
        "in/p0.html"
    ]


def test_the_slowest_come_first_and_ten_are_listed(tmp_path):
    tree = report(tmp_path, [page(seconds=number / 100) for number in range(15)])
    assert listed(tree, "Slowest pages") == [f"in/p{number}.html" for number in range(14, 4, -1)]


def test_links_lead_to_inputs_and_outputs_from_where_the_report_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder in ("in", "out", "reports"):
        Path(folder).mkdir()
    Path("in/p0.html").write_text("x")
    pages = [
        page(output="a b#1.txt\na b#1.md"),
        page(url="https://a.example/?q=1&r=2", output="c.txt"),
        page(),
    ]
    path = manifest(tmp_path / "out", pages)
    beside = html.fromstring(run_report(path)).xpath('//div[@aria-label="Slowest pages"]//a')
    assert [(link.text, link.get("href")) for link in beside] == [
        ("input", "../in/p0.html"),
        ("output (txt)", "a%20b%231.txt"),
        ("output (md)", "a%20b%231.md"),
        ("input", "https://a.example/?q=1&r=2"),
        ("output", "c.txt"),
    ]
    made = run_report(path, report=Path("reports/r.html"), results=Path("elsewhere"))
    assert "../elsewhere/c.txt" in html.fromstring(made).xpath("//a/@href")


def test_the_report_needs_nothing_else_and_runs_nothing(tmp_path):
    made = run_report(manifest(tmp_path, ORDINARY))
    assert not re.search(r"<(script|link|img|iframe|object)|url\(|@import|https?://|\son\w+=", made)
    assert "default-src 'none'" in made


def test_whatever_pages_say_is_escaped(tmp_path):
    names = [name for name in PageRow.__slots__ if name not in ("number", "status")]
    texts = {name: HOSTILE for name in names if name not in NUMBERS}
    rows = [page(**texts, warnings=HOSTILE, language=HOSTILE, status=status) for status in STATES]
    rows += [page(url="javascript:alert(1)", label="javascript:alert(1)", output="javascript:1")]
    tree = report(tmp_path, rows * 30, settings=f'{{"<b>": "{HOSTILE[:8]}"}}', state="running")
    assert tree.xpath("//script | //img | //b[text()!=''][not(parent::div)]") == []
    assert not [way for way in tree.xpath("//@href") if way.lower().startswith("javascript:")]
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")
    assert HOSTILE.replace("\0", "\ufffd") in tree.xpath("//td//bdi/text()")


NUMBERS = set("bytes_in confidence kept_share markers seconds words_kept words_removed".split())
STATES = ("cleaned", "empty", "skipped", "failed")


def test_a_run_that_goes_on_or_has_no_pages_is_reported(tmp_path):
    path = manifest(
        tmp_path, [], state="running", settings='{"favor": "recall", "forms": ["text"]}'
    )
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    tree = html.fromstring(run_report(path))
    writer.close()
    assert "has not finished" in tree.xpath('string(//p[@class="notice"])')
    assert tree.findtext(".//h1") == "0 pages cleaned"
    assert tree.xpath("//dd/bdi/text()") == ["recall", '["text"]']


def test_the_database_is_read_and_not_changed(tmp_path):
    path = manifest(tmp_path, ORDINARY)
    before = path.read_bytes()
    assert run_report(path) == run_report(path)
    assert path.read_bytes() == before


def test_what_is_no_manifest_is_a_clear_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        run_report(tmp_path / "none.sqlite")
    path = tmp_path / "a.sqlite"
    path.write_bytes(b"no database at all" * 99)
    with pytest.raises(CleanerError, match="is no manifest of a run"):
        run_report(path)
    sqlite3.connect(path.with_name("b.sqlite")).close()
    with pytest.raises(CleanerError, match="no such table"):
        run_report(path.with_name("b.sqlite"))


def test_the_rules_are_documented(tmp_path):
    said = (Path(__file__).parents[2] / "docs" / "report.md").read_text("utf-8")

    with opened(manifest(tmp_path, ORDINARY)) as asked:
        found = rules(asked.tally())
    for rule in found:
        assert rule.title in said
        for figure in re.findall(r"\d+(?:\.[1-9])?", rule.says):
            assert figure in said, (rule.title, figure)


TEXT = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
NUMBER = st.none() | st.integers(-9, 2**53) | st.floats(allow_infinity=False)
ROWS = st.fixed_dictionaries(
    {name: NUMBER if name in NUMBERS else TEXT for name in PageRow.__slots__ if name != "number"}
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(ROWS, max_size=4), st.sampled_from(STATES))
def test_any_values_give_a_report(tmp_path, rows, status):
    tree = report(tmp_path, [{**row, "status": status} for row in rows])
    assert tree.xpath("//h2")


def luminance(colour):
    digits = "".join(digit * 2 for digit in colour) if len(colour) == 3 else colour
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_have_the_contrast_that_accessibility_asks_for(scheme):
    block = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[scheme]
    colours = dict(re.findall(r"--(\w+): #(\w+)", block))
    grounds = ("paper", "card", "kept", "removed", "missed", "extra", "marked")
    for ground in grounds:
        assert contrast(colours["ink"], colours[ground]) >= 4.5, ground
    for ground in grounds[:-1]:
        assert contrast(colours["soft"], colours[ground]) >= 4.5, ground
    for ground in ("paper", "card"):
        assert contrast(colours["link"], colours[ground]) >= 4.5, ground
        for bar in ("good", "warn", "bad", "idle"):
            assert contrast(colours[bar], colours[ground]) >= 3, (bar, ground)
