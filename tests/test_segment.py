"""Every visible character of a tree is in exactly one block, and each block knows where it is."""

from itertools import count
from types import SimpleNamespace
from typing import Any, cast

import pytest
from lxml import etree, html

from cleaner.document import LINK, PRE, Layout
from cleaner.parse import parse
from cleaner.players import player
from cleaner.segment import segment
from cleaner.walk import count_words


def layout_of(markup: str) -> Layout:
    return segment(parse(markup).root)


def blocks(markup: str) -> list[tuple[str, str]]:
    layout = layout_of(markup)
    return list(zip(layout.kinds(), layout.texts, strict=True))


def texts(markup: str) -> list[str]:
    return layout_of(markup).texts


def tags_around(layout: Layout, block: int) -> list[str]:
    return [layout.tags[node] for node in layout.ancestors(layout.block_nodes[block])]


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("<p>Hei</p>", "paragraph"),
        ("<div>Hei</div>", "paragraph"),
        ("<h1>Hei</h1>", "heading"),
        ("<h6><span>Hei</span></h6>", "heading"),
        ("<ul><li>Hei</li></ul>", "list_item"),
        ("<ul><li><p>Hei</p></li></ul>", "list_item"),
        ("<table><tr><td>Hei</td></tr></table>", "table_cell"),
        ("<table><tr><th>Hei</th></tr></table>", "table_cell"),
        ("<table><caption>Hei</caption></table>", "caption"),
        ("<figure><figcaption>Hei</figcaption></figure>", "caption"),
        ("<blockquote><p>Hei</p></blockquote>", "quote"),
        ("<pre>Hei</pre>", "preformatted"),
        ("<dl><dt>Hei</dl>", "term"),
        ("<dl><dd>Hei</dl>", "definition"),
        ("<blockquote><h2>Hei</h2></blockquote>", "heading"),
        ("<li><blockquote>Hei</blockquote>", "quote"),
    ],
)
def test_the_innermost_element_names_the_kind(markup: str, kind: str) -> None:
    assert blocks(markup) == [(kind, "Hei")]


@pytest.mark.parametrize("level", range(1, 7))
def test_a_heading_knows_its_level(level: int) -> None:
    layout = layout_of(f"<h{level}>Hei <i>på</i> deg</h{level}>")
    assert layout.texts == ["Hei på deg"]
    assert layout.tags[layout.block_nodes[0]] == f"h{level}"


def test_an_item_knows_the_lists_that_it_stands_in() -> None:
    layout = layout_of("<ol><li>One<ul><li>Two</li></ul>after<li>Three</ol>")
    assert layout.texts == ["One", "Two", "after", "Three"]
    lists = [
        [tag for tag in tags_around(layout, block) if tag in ("ol", "ul", "li")]
        for block in range(4)
    ]
    assert lists == [["li", "ol"], ["li", "ul", "li", "ol"], ["li", "ol"], ["li", "ol"]]
    assert layout.block_nodes[0] == layout.block_nodes[2] != layout.block_nodes[3]


def test_a_cell_knows_its_row() -> None:
    layout = layout_of("<table><tr><td>a<td>b<tr><td>c</table>")
    rows = [
        next(node for node in layout.ancestors(cell) if layout.tags[node] == "tr")
        for cell in layout.block_nodes
    ]
    assert layout.texts == ["a", "b", "c"]
    assert rows[0] == rows[1] != rows[2]


def test_roles_make_a_table_of_what_means_little() -> None:
    row = "<span role=columnheader>a</span><span role=cell>b</span>"
    layout = layout_of(f"<div role=table><div role=row>{row}</div></div><a role=cell>c</a>")
    assert layout.texts == ["a", "b", "c"]
    assert tags_around(layout.with_turned(), 1)[:3] == ["td", "tr", "table"]
    assert tags_around(layout.with_turned(), 2)[0] == "body"
    layout.append(layout_of("<p>d<span role=cell>e</span>"))
    assert layout.with_turned().tags.count("td") == 2


def test_white_space_is_folded_and_inline_elements_part_no_words() -> None:
    assert texts("<p>\n En <b>t</b>o\t<i> tre </i><span>fire</span>\n</p>") == ["En to tre fire"]


def test_text_beside_block_children_is_a_block_of_its_own() -> None:
    layout = layout_of("<div>en <b>to</b><p>tre</p> fire <i>fem</i><p>seks</p>sju</div>")
    assert layout.texts == ["en to", "tre", "fire fem", "seks", "sju"]
    assert [layout.tags[node] for node in layout.block_nodes] == ["div", "p", "div", "p", "div"]


def test_a_block_inside_an_inline_element_is_a_block() -> None:
    assert texts("<span>en<p>to</p>tre</span>") == ["en", "to", "tre"]
    assert texts("<a href=/>en<div>to</div>tre</a>") == ["en", "to", "tre"]


def test_a_br_is_a_line_break_and_two_end_the_block() -> None:
    assert texts("<p>en<br>to<br><br>tre<br/>fire</p>") == ["en\nto", "tre\nfire"]
    assert texts("<div>en<br> <br>\n<br>to<br></div>") == ["en", "to"]
    assert texts("<p><br>en<br></p>") == ["en"]
    assert texts("<p>en<br><b> <br></b>to</p>") == ["en", "to"]


def test_a_line_of_underscores_between_breaks_begins_a_block() -> None:
    line = "_" * 17
    assert texts(f"<p>en<br>to<br><b>{line}</b><br>tre<br>fire</p>") == [
        "en\nto",
        f"{line}\ntre\nfire",
    ]
    assert texts(f"<p>{line}<br>en</p>") == [f"{line}\nen"]
    assert texts("<p>en<br>___<br>to</p>") == ["en\n___\nto"]


def test_both_halves_of_a_parted_block_stand_in_the_same_element() -> None:
    layout = layout_of("<p>en<br><br>to</p>")
    assert layout.block_nodes[0] == layout.block_nodes[1]


@pytest.mark.parametrize("tag", ["pre", "textarea", "listing", "xmp"])
def test_preformatted_text_is_kept_to_the_letter(tag: str) -> None:
    layout = layout_of(f"<{tag}>  def f():\n\n\treturn  1\n</{tag}>")
    assert layout.texts == ["  def f():\n\n\treturn  1"]
    assert layout.flags[layout.block_nodes[0]] & PRE


def test_br_and_inline_markup_inside_pre_keep_its_lines() -> None:
    assert texts("<pre>a<br><br>  <b>b</b>\n c</pre>") == ["a\n\n  b\n c"]


def test_characters_in_links_are_counted() -> None:
    layout = layout_of("<p>Les <a href=/a>mer <b>her</b></a> nå</p><p>uten</p><a href=/b>alt</a>")
    assert layout.texts == ["Les mer her nå", "uten", "alt"]
    assert layout.links == [6, 0, 3]
    assert [bool(layout.flags[node] & LINK) for node in layout.piece_nodes] == [
        False, True, True, False, False, True,
    ]  # fmt: skip


def test_a_link_around_blocks_covers_them_all() -> None:
    assert layout_of("<a href=/><div>en</div><p>to <i>tre</i></p></a>").links == [2, 5]


def test_a_target_of_links_is_no_link_itself() -> None:
    assert layout_of("<a name=en><p>en</p><p>to").links == [0, 0]
    assert layout_of("<a id=en class=on><p>en</p><p>to").links == [2, 2]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("én to  tre", 3),
        ("東京都の雨が降る 2026", 10),
        ("東京 and London", 5),
        ("한국", 3),
        ("เกาะ", 5),
        ("Привет, мир", 2),
        ("السلام عليكم", 2),
    ],
)
def test_words_are_counted_in_every_script(text: str, words: int) -> None:
    assert count_words(text) == words
    assert layout_of(f"<p>{text}</p>").words == ([words] if text else [])


def test_the_head_is_not_visible_but_names_the_page() -> None:
    layout = layout_of(
        "<head><title> Ny \n båt </title><meta name=description content=x><base href='/a/'></head>"
        "<body><p>en</p></body>"
    )
    assert layout.texts == ["en"]
    assert layout.title == "Ny båt"
    assert layout.base == "/a/"


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ("<link rel=canonical href=https://a.example/b>", "https://a.example/b"),
        ("<meta property=og:url content=' http://a.example/b '>", "http://a.example/b"),
        (
            "<meta property=og:url content=https://b.b><link rel=canonical href=https://a.example/c>",
            "https://a.example/c",
        ),
        (
            "<link rel=canonical href=/c><meta property=og:url content=https://a.example/og>",
            "https://a.example/og",
        ),
        ("<link rel=canonical href=javascript:alert(1)>", ""),
        ("<link rel=alternate href=https://a.example/b>", ""),
        ("<link rel=canonical>", ""),
        ("", ""),
    ],
)
def test_a_page_names_its_own_address(head: str, address: str) -> None:
    assert layout_of(f"<head>{head}<title>t</title></head><p>en</p>").address == address


def test_an_image_alone_is_a_block_without_text() -> None:
    assert blocks("<p>en</p><figure><img src=a.png></figure>") == [
        ("paragraph", "en"),
        ("media", ""),
    ]


def test_an_image_in_running_text_stands_between_its_pieces() -> None:
    layout = layout_of("<p>en <img src=a.png> to</p>")
    assert layout.texts == ["en to"]
    assert layout.pieces == ["en ", "", " to"]
    assert layout.attributes[layout.piece_nodes[1]] == {"src": "a.png"}


def test_no_tree_and_a_blank_tree_have_no_blocks() -> None:
    assert len(segment(None)) == 0
    assert len(layout_of("<div> \n <p>&nbsp;</p></div>")) == 0


def test_comments_and_instructions_of_a_tree_are_passed_over() -> None:
    root = etree.fromstring(
        "<div>en<!-- a --> to<?php echo 1 ?> tre<p><!--b-->fire</p><!--c--></div>"
    )
    assert segment(root).texts == ["en to tre", "fire"]


def test_a_tree_of_xhtml_is_read_without_its_namespace() -> None:
    root = etree.fromstring(
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:m="urn:m"><head><title>t</title></head>'
        "<body><h2>en</h2><m:x>to</m:x><pre> tre</pre><script>x</script></body></html>"
    )
    layout = segment(root)
    assert layout.texts == ["en", "to", " tre"]
    assert layout.kinds()[:3] == ["heading", "paragraph", "preformatted"]


def test_a_branch_is_segmented_without_the_tree_around_it() -> None:
    root = html.fromstring("<body><p>en</p><div><p>to</p>tre</div>hale</body>")
    branch = root.find(".//div")
    assert branch is not None
    assert segment(branch).texts == ["to", "tre"]


def test_a_tree_may_begin_with_an_inline_element() -> None:
    layout = segment(html.fragment_fromstring("<span>en <b>to</b><p>tre</p>fire</span>"))
    assert layout.texts == ["en to", "tre", "fire"]
    assert [layout.tags[node] for node in layout.block_nodes] == ["span", "p", "span"]
    assert segment(html.fragment_fromstring("<b>en</b>")).texts == ["en"]


def test_the_arrays_hold_each_character_once() -> None:
    layout = layout_of("<div>en<p>to <b>tre</b></p>fire</div>" * 500)
    assert sum(map(len, layout.pieces)) == 500 * len("ento trefire")
    assert len(layout.pieces) == len(layout.piece_nodes) == 500 * 4
    assert layout.starts[1:] == layout.ends[:-1]


def test_content_that_the_parser_puts_into_the_head_is_not_lost() -> None:
    layout = segment(parse("<title>T</title><nav>Harbour</nav><p>The ferry sails.</p>").root)
    assert layout.texts == ["Harbour", "The ferry sails."]


@pytest.mark.parametrize(
    "markup", ["<pre><a></a>  Hei\n  på</pre>", "<pre>  <b>Hei</b>\n  på</pre>"]
)
def test_the_first_line_of_code_keeps_its_indentation(markup: str) -> None:
    assert texts(markup) == ["  Hei\n  på"]


def test_the_indentation_of_a_line_in_a_box_is_a_piece_of_it() -> None:
    assert layout_of("<div>    <b>Hei</b></div>\n  <div>\n  <b>du</b></div>").pieces == [
        "    ",
        "Hei",
        "du",
    ]


def test_a_video_has_the_address_of_its_first_source() -> None:
    layout = layout_of("<video><source><source src=a.mp4><source src=b.webm></video>")
    assert [each.get("src") for each in layout.attributes if each] == ["a.mp4"]


def test_an_element_with_more_text_than_a_label_is_no_player() -> None:
    page = "<lite-youtube videoid=abcdefghij1>{}</lite-youtube>"
    assert texts(page.format("Play")) == [""]
    assert texts(page.format("<p>Hei verden, hei. " * 6)) == ["Hei verden, hei."] * 6


def test_a_player_is_looked_for_in_few_elements() -> None:
    endless = SimpleNamespace(iter=count)
    attributes = {"class": "youtube", "data-embed": "abcdefghij1"}
    assert player("div", attributes, cast("Any", endless)) is None


@pytest.mark.parametrize(
    ("box", "parted"),
    [
        ("style='display: inline'", False),
        ("style=display:inline-flex", False),
        ("class='css-175oi2r r-xoduu5'", False),
        ("class=d-inline-block", False),
        ("class=inline-flex", False),
        ("class='box box--inline'", False),
        ("style='display:block'", True),
        ("class=headline", True),
        ("class=inline role=table", True),
    ],
)
def test_a_box_that_is_shown_in_the_line_parts_no_sentence(box: str, *, parted: bool) -> None:
    found = texts(
        f"<div><span>Takk til </span><div {box}><a href=/bo>@bo</a></div> for turen</div>"
    )
    assert found == (["Takk til", "@bo", "for turen"] if parted else ["Takk til @bo for turen"])


def test_boxes_in_the_line_beside_one_another_are_texts_of_their_own() -> None:
    box = "<div style=display:inline-block>"
    assert texts(f"<div>{box}Sink</div> {box}Tinn</div></div>") == ["Sink", "Tinn"]
    assert texts(f"<div>Sink{box}Tinn</div></div>") == ["Sink", "Tinn"]


def test_a_box_in_the_line_may_be_a_paragraph_and_may_begin_the_line() -> None:
    assert texts("<div><b>Bo:</b> <p class=inline>Takk!</p></div>") == ["Bo: Takk!"]
    at_bo = "<div class=inline><a>@bo</a></div>"
    assert texts(f"<div>{at_bo} takk for turen</div>") == ["@bo takk for turen"]
    both = f"<div>{at_bo}<span> </span>{at_bo}<a> takk</a></div>"
    assert texts(both) == ["@bo @bo takk"]
    assert texts(f"<div>{at_bo}takk</div>") == ["@bo", "takk"]
    assert texts(f"<div>{at_bo}<span>takk</span></div>") == ["@bo", "takk"]
    assert texts(f"<div>{at_bo} <p>takk</p></div>") == ["@bo", "takk"]


@pytest.mark.parametrize(
    ("component", "parted"),
    [("mat-card-title", True), ("a-paragraph", True), ("a-link", False), ("mjx-item", False)],
)
def test_a_component_that_is_named_a_part_of_a_page_is_one(component: str, *, parted: bool) -> None:
    found = texts(f"<{component}>Sink</{component}><{component}>Tinn</{component}>")
    assert found == (["Sink", "Tinn"] if parted else ["Sink Tinn"])
    assert texts(f"<p><{component}>Sink</{component}> er et metall") == ["Sink er et metall"]


def test_a_button_within_a_sentence_parts_nothing() -> None:
    assert texts("<p>Sink<button>1</button> og kopper.</p>") == ["Sink1 og kopper."]
    assert texts("<p>Sink <button>Del</button></p>") == ["Sink", "Del"]
    assert texts("<p><button>Del</button> Sink</p>") == ["Del", "Sink"]
