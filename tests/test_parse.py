"""Every page gives a tree that holds all of its text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cleaner.parse import parse


def words(text: str) -> list[str]:
    root = parse(text).root
    return [] if root is None else " ".join(map(str, root.itertext())).split()


def tags(text: str) -> list[str]:
    root = parse(text).root
    return [] if root is None else [str(element.tag) for element in root.iter()]


def text_of(text: str) -> str:
    root = parse(text).root
    assert root is not None
    return "".join(map(str, root.itertext()))


def libxml2_alone(text: str) -> str:
    root = etree.fromstring(
        text.encode(), etree.HTMLParser(huge_tree=True, remove_comments=True, encoding="utf-8")
    )
    return "" if root is None else "".join(map(str, root.itertext()))


PAGE = (
    "<html><head><title>Havna</title></head>"
    "<body><h1>Ny båt</h1><p>Den går i dag.</p></body></html>"
)


def test_a_sound_page_is_parsed_as_it_stands() -> None:
    parsed = parse(PAGE)
    assert parsed.warnings == ()
    assert tags(PAGE) == ["html", "head", "title", "body", "h1", "p"]
    assert words(PAGE) == ["Havna", "Ny", "båt", "Den", "går", "i", "dag."]


@pytest.mark.parametrize("text", ["", " \n\t", "\0\0", "\x01\x02 \x1f"])
def test_a_blank_page_has_no_tree(text: str) -> None:
    assert parse(text).root is None


def test_a_page_that_is_only_text_keeps_it() -> None:
    assert text_of("Bare tekst, 3 < 4, uten <noe") == "Bare tekst, 3 < 4, uten "


def test_an_element_keeps_its_first_thousand_attributes() -> None:
    many = " ".join(f'a{number}="b"' for number in range(50_000))
    parsed = parse(f"<p>Ny <b {many}>båt</b></p><p>i dag</p>")
    assert parsed.root is not None
    assert len(parsed.root.find(".//b").attrib) == 1000
    assert "".join(parsed.root.itertext()) == "Ny båti dag"
    assert parsed.warnings == (
        "an element has more than a thousand attributes: the others are left out",
    )


def test_a_tag_that_never_ends_is_text_however_long() -> None:
    text = "Ny <b " + "båt i dag " * 20_000
    assert words(text) == text.split()


def test_long_texts_and_attributes_stay() -> None:
    text = f'<p title="{"i dag " * 20_000}">{"Ny båt " * 20_000}</p>'
    parsed = parse(text)
    assert parsed.warnings == ()
    assert words(text) == ["Ny", "båt"] * 20_000


@pytest.mark.parametrize("tag", ["b", "a", "span", "time", "mark", "button", "x-pris", "u", "data"])
@pytest.mark.parametrize("parent", ["p", "div", "li", "section", "td", "h2", "x-boks"])
def test_the_space_between_two_elements_parts_their_words(parent: str, tag: str) -> None:
    assert text_of(f"<{parent}><{tag}>en</{tag}> <{tag}>to</{tag}></{parent}>") == "en to"


def test_the_space_after_an_image_parts_words() -> None:
    assert text_of("<p><b>en</b><img src=a> <b>to</b></p>") == "en to"


LOSSES = [
    ("<html><body><p>først</p></body></html>så <p>sist</p>", "først så sist"),
    (PAGE + "<html><body><p>sist</p></body></html>", "Havna Ny båt Den går i dag. sist"),
    ("<p>først</p></HTML>\n<p>sist</p>", "først sist"),
    ('<p>først</p><a href="/a>sist</a><p>slutt</p>', "først sist slutt"),
    ("<p>først</p><p class='a>sist</p>", "først sist"),
    ("<p>først</p><!-- her ->\n<p>sist</p>", "først her -> sist"),
    ("<p>først</p><!--[if IE]><p>sist</p>", "først sist"),
    ("<div>" * 2100 + "sist" + "</div>" * 2100 + "<p>slutt</p>", "sist slutt"),
    ("<p>først</p>" + "<font>" * 2100 + "sist<p>slutt</p>", "først sist slutt"),
]


@pytest.mark.parametrize(("text", "saved"), LOSSES)
def test_text_that_libxml2_loses_is_saved(text: str, saved: str) -> None:
    assert saved.rsplit(maxsplit=1)[-1] not in libxml2_alone(text)
    assert " ".join(words(text)) == saved


SWALLOWED = {
    "title": "<title>Havna<p>først</p><p>sist</p>",
    "textarea": "<p>først</p><textarea><p>sist</p>",
    "iframe": "<p>først</p><iframe src=/a><p>sist</p>",
    "svg title": "<p>først</p><svg><title>Pil</svg><p>sist</p>",
    "script that opens a script in a comment": (
        "<p>først</p><script>a = '<!-- <script>';</script><p>sist</p>"
    ),
}


@pytest.mark.parametrize("text", SWALLOWED.values(), ids=SWALLOWED)
def test_a_raw_text_element_that_never_closes_swallows_no_paragraph(text: str) -> None:
    parsed = parse(text)
    assert parsed.root is not None
    assert [p.text for p in parsed.root.iter("p")] == ["først", "sist"]
    assert parsed.warnings == ("the page was left open or is nested too deep: repaired",)


@pytest.mark.parametrize("start", ["<html lang=no />", "<html/>\n<head>"])
def test_a_root_that_closes_itself_holds_the_page(start: str) -> None:
    parsed = parse(f"{start}<title>Havna</title><script>1 < 2</script><p>først<p>sist")
    assert parsed.root is not None
    assert [e.text for e in parsed.root.iter("title", "p")] == ["Havna", "først", "sist"]


def test_lines_of_what_cannot_be_parsed_hold_no_script() -> None:
    page = "<p>først<plaintext><style>a > b</style><script>1 < 2</script></plaintext>sist<script>3"
    assert words(page) == ["først", "sist"]
    assert parse(page).warnings == ("the page could not be parsed: taken as lines of text",)


@pytest.mark.parametrize(
    "end",
    [
        *(
            "<a hre",
            "<p class='x",
            "</di",
            "<!-- slu",
            "<!DOCT",
            "<?x",
            "<a href='/b' title='b > a",
        ),
        f'<div id="data" data-posts="{"{&quot;ord&quot;:"}{"ord som ingen ser, " * 400}',
    ],
)
def test_a_page_cut_inside_a_tag_keeps_what_came_before(end: str) -> None:
    parsed = parse(f"<p>først</p><p>sist {end}")
    assert parsed.root is not None
    assert [p.text for p in parsed.root.iter("p")] == ["først", "sist "]
    assert parsed.warnings == ("the page ends inside a tag",)


def test_text_after_a_bare_bracket_is_kept_however_much_it_is() -> None:
    text = "ord som alle ser, " * 400
    assert words(f"<p>først</p><p>om a <b så {text}")[-4:] == ["ord", "som", "alle", "ser,"]


def test_a_page_cut_inside_a_script_keeps_the_script_as_it_was() -> None:
    parsed = parse("<p>først</p><script>var html = '<p>mal</p>';")
    assert parsed.root is not None
    assert [e.text for e in parsed.root.iter("p", "script")] == [
        "først",
        "var html = '<p>mal</p>';",
    ]
    assert parsed.warnings == ("the page ends inside <script>",)


def test_a_comment_after_the_end_is_no_fault() -> None:
    assert parse(PAGE + "\n<!-- laget på 0,2 s -->\n").warnings == ()


def test_a_page_of_50000_nested_tags_keeps_every_word_in_order() -> None:
    parts = [f"<div>o{n} " for n in range(50_000)] + [f"</div>l{n} " for n in range(50_000)]
    expected = [f"o{n}" for n in range(50_000)] + [f"l{n}" for n in range(50_000)]
    assert words("".join(parts)) == expected


def test_blocks_that_are_too_deep_to_nest_stay_apart() -> None:
    text = "<div>" * 3000 + "en<div>to <b>ord</b></div><p>tre" + "</div>" * 3000 + "<p>fire</p>"
    root = parse(text).root
    assert root is not None
    assert [e.text for e in root.iter() if (e.text or "").strip()] == [
        "en",
        "to ord",
        "tre",
        "fire",
    ]


def test_links_beside_a_deep_part_keep_their_address() -> None:
    text = '<a href="/for">x</a>' + "<i>" * 3000 + "y" + "</i>" * 3000 + '<a href="/etter">z</a>'
    root = parse(text).root
    assert root is not None
    assert [a.get("href") for a in root.iter("a")] == ["/for", "/etter"]


def test_xhtml_is_read_as_such() -> None:
    text = (
        '<?xml version="1.0" encoding="iso-8859-1"?><html xmlns="http://www.w3.org/1999/xhtml">'
        '<head><script src="a.js"/><script>//<![CDATA[\nif (a < b) c();\n//]]></script></head>'
        "<body><p>Blåbær</p><iframe src='b'/><p><![CDATA[3 < 4 & 5]]> går</p></body></html>"
    )
    root = parse(text).root
    assert root is not None
    assert root.tag == "html"
    assert [p.text for p in root.iter("p")] == ["Blåbær", "3 < 4 & 5 går"]
    assert [s.text for s in root.iter("script")] == [None, "//<![CDATA[\nif (a < b) c();\n//]]>"]


def test_what_a_frameset_page_says_without_frames_is_parsed() -> None:
    text = (
        "<html><frameset cols=a><frame src=b><noframes><body><p>Uten rammer</p></body>"
        "</noframes></frameset></html>"
    )
    assert words(text) == ["Uten", "rammer"]
    assert "p" in tags(text)


def test_control_characters_and_lone_surrogates_do_no_harm() -> None:
    assert text_of("<p\0 class=a>bl\0å\x08bær \ud83d\ude00 \ud800!</p>") == "blåbær 😀 \ufffd!"
    assert tags("<p\0 class=a>x</p>") == ["html", "body", "p"]


def test_comments_and_processing_instructions_are_left_out() -> None:
    root = parse("<!-- a --><p>en<!-- b -->to<?php c ?></p>").root
    assert root is not None
    assert all(isinstance(element.tag, str) for element in root.iter())
    assert text_of("<p>en<!-- b -->to<?php c ?></p>") == "ento"


def test_the_check_leaves_nothing_behind() -> None:
    for text in [
        PAGE,
        "<p>x",
        "x",
        "<title>x",
        "<script>x",
        "<div>" * 2500,
        "</",
        '<a b="',
        "<!--x>",
    ]:
        root = parse(text).root
        assert root is None or b"page-end" not in etree.tostring(root)


PIECES = st.sampled_from(
    [
        *"< > </ <!-- --> <!--<script> ' = /> <![CDATA[ ]]> <p> </p> <div> </div> <b".split(),
        *"<title> </title> <script> </script> <style> <table><tr><td> </table> <svg>".split(),
        *"<frameset> <noframes> </html> </body> <body> <html> &amp; &#0; &#x1; ord ø".split(),
        *"<plaintext> <textarea> <select><option> <iframe> <x-y>".split(),
        *('"', "\0", " ", "\n", "<a href=", "<?xml ?>", "\ud800"),
    ]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
def test_any_string_can_be_parsed(text: str) -> None:
    parsed = parse(text)
    if parsed.root is not None:
        assert b"page-end" not in etree.tostring(parsed.root)


BLOCKS = st.sampled_from(["p", "div", "section", "li", "b", "a", "x-y", "td", "blockquote", "font"])


@given(st.lists(st.tuples(BLOCKS, st.booleans()), min_size=1, max_size=60), st.integers(1, 60))
def test_no_word_between_tags_is_lost_however_they_nest(
    tags_and_ends: list[tuple[str, bool]], copies: int
) -> None:
    parts = [
        f"<{'/' if closing else ''}{tag}> w{n} " for n, (tag, closing) in enumerate(tags_and_ends)
    ]
    expected = [f"w{n}" for n in range(len(parts))] * copies
    assert words("".join(parts) * copies) == expected


@pytest.mark.parametrize("reference", ["&#1", "&#x1;", "&#0031;", "&#127;", "&#X7F;", "&#x0e"])
def test_a_control_character_is_dropped_however_it_is_written(reference: str) -> None:
    assert parse(f"<p>one{reference} two&#8217;").root.findtext(".//p") == "one two\u2019"


@pytest.mark.parametrize("reference", ["&#10;", "&#x9;", "&#13"])
def test_a_reference_to_white_space_is_kept(reference: str) -> None:
    assert parse(f"<p>one{reference}two").root.findtext(".//p").split() == ["one", "two"]
