import re
from pathlib import Path

from cleaner.markers import load_lexicon

PAGE = Path(__file__).parents[2] / "docs" / "markers.md"


def test_the_documented_languages_are_those_of_the_lexicon():
    told = (
        PAGE.read_text(encoding="utf-8").partition("## The languages")[2].partition("these have:")
    )
    documented = re.findall(r"([^,`]+) `([a-z]+)`[,.]", " ".join(told[2].split()))
    names = load_lexicon().languages
    assert [(name.strip(), code) for name, code in documented] == [
        (names[code], code) for code in sorted(names)
    ]
