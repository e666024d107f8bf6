from pathlib import Path

from cleaner.learn.datasets import LabelledPage
from cleaner.learn.markers_eval import UNSEEN, count_marker_lines, insert, lexicon_forms, removals
from cleaner.markers import load_lexicon

SENTENCES = (
    "The road to the lake was closed for the winter, and nobody in the valley expected it to open.",
    "She had walked it every spring since she was a child, and she knew each bend of it by heart.",
    "From the last house it took an hour to the water, more when the snow lay deep in the woods.",
    "That year the thaw came early, and by the end of March the first boats were out once again.",
)
ARTICLE = "\n\n".join(f"{first} {second}" for first in SENTENCES for second in SENTENCES)


def test_phrases_of_the_lexicon_put_between_paragraphs_go_and_nothing_else():
    result = insert([ARTICLE] * 1200, lexicon_forms(load_lexicon()), each=3)
    assert result.put == 3600
    assert result.share >= 0.995
    assert result.damaged == 0


def test_phrasings_that_are_not_in_the_lexicon_go():
    result = insert([ARTICLE] * 40, UNSEEN, each=1)
    assert result.put == 40
    assert result.share >= 0.9
    assert result.damaged == 0


def test_a_gold_text_without_markers_loses_nothing():
    page = LabelledPage("1", Path("1.html"), gold=ARTICLE)
    assert list(removals("set", [page])) == []


def test_a_line_removed_from_a_gold_text_is_listed():
    page = LabelledPage("1", Path("1.html"), gold=f"{ARTICLE}\n\nAdvertisement\n\n{ARTICLE}")
    (removal,) = removals("set", [page])
    assert (removal.dataset, removal.page, removal.line) == ("set", "1", "Advertisement")


def test_standalone_markers_of_an_output_are_counted():
    assert count_marker_lines(ARTICLE) == 0
    assert count_marker_lines(f"{ARTICLE}\nADVERTISEMENT\n{ARTICLE}\n[Anzeige]\n{ARTICLE}") == 2
    assert count_marker_lines(f"{ARTICLE}\n\nRead also: The thaw\n\n{ARTICLE}") == 0
