import pickle
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

import cleaner

STORY = """
<nav><a href="/">Hjem</a> <a href="/sport">Sport</a></nav>
<main><article class="story">
<p class="lead">Fra mandag seiler fergen til de ytre øyene igjen, sier havnekontoret i byen.
 <span class="count">14 delinger</span></p>
<p>Den gamle <em>Gullholm</em><sup class="ref"><a href="#n1">1</a></sup> har ligget på verksted
 siden stormen i november, og ingen visste når den ville seile.</p>
<p>annonse</p>
<p>Billettene koster det samme som før, og sykler tas med uten tillegg, sier rederiet.</p>
<div class="question"><p>Hva synes du om fergen? Stem her, og se hva andre mener om saken.</p></div>
<p class="note" id="n1">1. Bygget i 1961 ved verftet på fastlandet.</p>
</article><aside class="facts"><p>Kort: 61 meter, <b>40</b> biler.</p><p>annonse</p></aside></main>
"""


@pytest.fixture
def ruled(tmp_path):
    """Return what cleans with the given lines as the rules of every page."""

    def made(*lines, site="*"):
        path = tmp_path / "rules.toml"
        path.write_text("\n".join([f'["{site}"]', *lines]), "utf-8")
        return cleaner.Cleaner(rules=[path])

    return made


def reasons(document):
    return {block.text: block.reason for block in document.blocks if block.reason[:5] == "rule:"}


def test_a_box_that_is_dropped_goes_and_says_why(ruled):
    document = ruled('drop = [".question"]').clean(STORY)
    assert "Stem her" in cleaner.clean(STORY).text
    assert "Stem her" not in document.text
    assert list(reasons(document).values()) == ["rule: drop “.question” (*)"]


def test_a_box_that_is_kept_stays_but_for_its_markers(ruled):
    assert "61 meter" not in cleaner.clean(STORY).text
    text = ruled('keep = [".facts"]').clean(STORY).text
    assert "Kort: 61 meter, 40 biler." in text
    assert "annonse" not in text


def test_outside_of_the_only_part_nothing_stays_that_is_not_kept_by_name(ruled):
    document = ruled('only = [".question"]', 'keep = ["//aside/p[1]"]').clean(STORY)
    assert document.text.split("\n\n") == [
        "Hva synes du om fergen? Stem her, og se hva andre mener om saken.",
        "Kort: 61 meter, 40 biler.\n",
    ]


def test_an_only_part_that_a_page_lacks_is_told_and_changes_nothing(ruled):
    document = ruled('only = ["#none"]').clean(STORY)
    assert document.text == cleaner.clean(STORY).text
    assert document.warnings == ("rule: only “#none” (*): nothing on the page is that",)


def test_a_selector_that_fails_on_a_page_is_told_and_the_others_hold(ruled):
    document = ruled('drop = ["//p[nothing()]", ".question"]').clean(STORY)
    assert "Stem her" not in document.text
    assert document.warnings == ("rule: drop “//p[nothing()]” (*): Unregistered function",)


def test_the_innermost_element_decides(ruled):
    document = ruled('keep = ["aside b", ".lead"]', 'drop = ["main"]').clean(STORY)
    kept = [block.text for block in document.blocks if block.kept]
    assert kept[0].startswith("Fra mandag")
    assert kept[1:] == ["40"]


def test_of_two_rules_for_one_element_that_of_the_more_particular_site_counts(tmp_path):
    path = tmp_path / "rules.toml"
    path.write_text(
        '["avis.example/a/"]\nkeep = [".question"]\n["avis.example"]\ndrop = [".question"]\n',
        "utf-8",
    )
    own = cleaner.Cleaner(rules=[path])
    assert "Stem her" in own.clean(STORY, "https://avis.example/a/1").text
    assert "Stem her" not in own.clean(STORY, "https://avis.example/b/1").text


def test_a_part_of_a_paragraph_that_is_dropped_leaves_the_rest_whole(ruled):
    document = ruled('drop = [".count", "sup.ref", ".note"]').clean(STORY)
    assert "i byen.\n\nDen gamle Gullholm har ligget" in document.text
    assert "Den gamle *Gullholm* har ligget" in document.markdown
    assert "1961" not in document.markdown
    assert set(reasons(document)) == {
        "14 delinger",
        "1",
        "1. Bygget i 1961 ved verftet på fastlandet.",
    }


def test_code_without_the_parts_that_are_dropped_keeps_its_lines(ruled):
    page = f"""{STORY}<pre><i class="no">1</i>for a in b:\n<i class="no">2</i>    c(a)\n</pre>"""
    document = ruled('drop = [".no"]', 'keep = ["pre"]').clean(page)
    assert "```\nfor a in b:\n    c(a)\n```" in document.markdown


def test_lines_of_a_block_stay_lines_without_the_parts_that_are_dropped(ruled):
    page = f"<p class='k'>Første linje<br><u>bort</u>andre linje<br>tredje</p>{STORY}"
    document = ruled('drop = ["u"]', 'keep = [".k"]').clean(page)
    assert document.text.startswith("Første linje\nandre linje\ntredje\n")


def test_pictures_go_and_stay_by_rule(ruled):
    picture = '<figure class="f"><img src="/a.jpg" alt="Fergen" width="600" height="400"></figure>'
    page = STORY.replace("<p>annonse</p>", picture, 1)
    assert "![" not in ruled('drop = [".f"]').clean(page).markdown
    assert "![Fergen](/a.jpg)" in ruled('keep = [".f"]').clean(page).markdown


def test_a_page_without_an_address_has_the_rules_of_the_one_its_head_tells(ruled):
    own = ruled('drop = [".question"]', site="avis.example")
    head = '<head><link rel="canonical" href="https://www.avis.example/ferge"></head>'
    assert "Stem her" in own.clean(STORY).text
    assert "Stem her" not in own.clean(f"<html>{head}<body>{STORY}</body></html>").text


def test_a_tree_of_the_users_own_is_left_as_it_was(ruled):
    tree = html.fromstring(f"<body>{STORY}</body>")
    before = etree.tostring(tree)
    assert "Stem her" not in ruled('drop = [".question", "p"]').clean(tree).text
    assert etree.tostring(tree) == before


def test_the_attributes_of_a_page_are_not_changed_by_marks(ruled):
    first, second = ruled('drop = ["#a"]').clean(STORY), cleaner.clean(STORY)
    assert first.layout == second.layout
    assert ruled('drop = [".lead", "main", "nav"]').clean(STORY).layout == second.layout


def test_what_was_cleaned_before_has_no_rules(ruled):
    cleaned = cleaner.clean(STORY).html
    assert ruled('drop = ["p"]').clean(cleaned).html == cleaned


def test_plain_text_has_no_rules(ruled):
    assert ruled('drop = ["*"]').clean_text("Hei.\n\nannonse\n").text == "Hei.\n"


def test_a_cleaner_goes_to_another_process_with_its_rules(ruled):
    own = pickle.loads(pickle.dumps(ruled('drop = [".question"]')))
    assert "Stem her" not in own.clean(STORY).text


def test_a_broken_file_is_told_before_the_first_page(ruled):
    with pytest.raises(cleaner.CleanerError, match="unknown key"):
        ruled('remove = ["p"]')


def test_one_path_is_no_list_of_paths():
    with pytest.raises(TypeError, match="rules takes a list"):
        cleaner.Cleaner(rules="rules.toml")


TAGS = st.sampled_from("div p span b br pre a li img nav sup".split())
SELECTORS = st.lists(
    st.sampled_from(["div", "p", "span", "b", "pre", "a > b", "* + *", "//br", ":first-child"])
)


@st.composite
def pages(draw):
    """Return a page of nested elements with words between their tags."""
    parts, opened = [], []
    for tag, word in draw(st.lists(st.tuples(TAGS, st.sampled_from(["", " ", "ord", "to ord"])))):
        parts.append(f"<{tag}>{word}")
        if tag not in ("br", "img"):
            opened.append(tag)
        if draw(st.booleans()) and opened:
            parts.append(f"</{opened.pop()}>{word}")
    return "".join(parts)


@given(page=pages(), only=SELECTORS, keep=SELECTORS, drop=SELECTORS)
def test_with_any_rules_each_character_is_in_one_block(tmp_path_factory, page, only, keep, drop):
    path = tmp_path_factory.mktemp("rules") / "rules.toml"
    path.write_text(f'["*"]\nonly = {only}\nkeep = {keep}\ndrop = {drop}\n', "utf-8")
    document = cleaner.Cleaner(rules=[path]).clean(page)
    texts = (block.text for block in cleaner.clean(page).blocks)
    expected = Counter("".join("".join(texts).split()))
    assert Counter("".join("".join(b.text for b in document.blocks).split())) == expected
    layout = document.layout
    assert list(zip(layout.starts[1:], layout.ends, strict=False)) == sorted(
        zip(layout.starts[1:], layout.ends, strict=False)
    )
    for form in ("text", "markdown", "html", "json", "tei"):
        document.render(form)
