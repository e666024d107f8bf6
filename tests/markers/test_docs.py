from pathlib import Path

from cleaner.markers import load_lexicon

PAGE = Path(__file__).parents[2] / "docs" / "markers.md"


def test_the_documented_languages_and_counts_are_those_of_the_lexicon():
    lexicon = load_lexicon()
    names = lexicon.languages
    rows = [
        f"| `{code}` | {names[code]} | {counts['ad']} | {counts['continue']} "
        f"| {sum(counts.values())} |"
        for code, counts in sorted(lexicon.counts().items())
    ]
    told = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:3] == "| `"]
    assert [line for line in told if line.count("|") == 6] == rows
