import pytest

import cleaner
from tests.markers.blocks import MORE, PROSE, removed


@pytest.mark.parametrize("line", ["Les også: Blir det flere møter?", "Fant du en feil?"])
def test_a_headline_and_a_nudge_may_ask(line):
    assert removed([PROSE, line, MORE]) == [1]
    assert removed([PROSE, f"«{line}»", MORE]) == []
    assert removed([PROSE, line, MORE], ["line", "quote", "line"]) == []


def test_what_a_label_leads_in_is_no_longer_than_a_headline():
    assert removed([PROSE, f"Les også: {'Storm ' * 35}"]) == [1]
    assert removed([PROSE, f"Les også: {'Storm ' * 45}"]) == []


@pytest.mark.parametrize("box", ["<p>{}</p>", "<blockquote><p>{}</p></blockquote>"])
@pytest.mark.parametrize("sign", [":", ""])
def test_what_leads_in_a_link_goes_with_it(box, sign):
    told = box.format(f"Les også{sign} <a href=/b>Blir det flere møter i byen?</a>")
    page = f"<article><p>{PROSE}</p>{told}<p>{MORE}</p></article>"
    assert cleaner.clean(page).text == f"{PROSE}\n\n{MORE}\n"


@pytest.mark.parametrize(
    "box",
    [
        "<p><b>Les også:</b></p><p><a href=/b>Blir det flere møter?</a></p>",
        "<div><span>Les også</span><a href=/b><div>Blir det flere møter?</div></a></div>",
        "<h3>Les også</h3><ul><li><a href=/b>Blir det møter?</a><li><a href=/c>Ingen ble</a></ul>",
        "<div><a href=/b><span>Les også:</span><h2>Blir det flere møter?</h2></a></div>",
        "<div class=related><h3>Les også</h3><a href=/b>Møter?</a> <a href=/c>Nei</a></div>",
    ],
)
def test_the_links_below_a_line_that_announces_them_go_where_the_text_goes_on(box):
    page = f"<article><p>{PROSE}</p>{box}<p>{MORE}</p><p>{PROSE[::-1]}</p></article>"
    assert cleaner.clean(page).text == f"{PROSE}\n\n{MORE}\n\n{PROSE[::-1]}\n"


def test_links_that_end_a_text_are_left_to_others():
    texts, kinds = [PROSE, "Les også", "Blir det møter?", "Ingen ble"], ["paragraph"] * 4
    links = [2, 3].__contains__
    assert removed(texts, kinds, links=links) == []
    assert removed([*texts, MORE], [*kinds, "paragraph"], links=links) == [1, 2, 3]
    assert removed([*texts, "Kilder"], [*kinds, "heading"], links=links) == []


@pytest.mark.parametrize(
    ("label", "below", "gone"),
    [
        ("Les også", ["Blir det flere møter i byen?", MORE], [1, 2]),
        ("Les også:", ["", "Nytt møte i byen", "", MORE], [1, 3]),
        ("Les også", ["Nytt møte i byen", "Han kom ikke"], []),
        ("Les også", ["Nytt møte i byen", "Ingen møtte opp", MORE], []),
        ("Les også", ["Nei", MORE], []),
        ("Les også", ["Møtet kommer i mai.", MORE], []),
        ("Mest lest", ["Nytt møte i byen", MORE], []),
        ("Les mer", ["Nytt møte i byen", MORE], []),
        ("Mest lest", ["• Nytt møte i byen", "• Ingen møtte opp i går", MORE], [1, 2, 3]),
        ("Mest lest", ["1. Nytt møte i byen", "2. Ingen møtte opp i går", MORE], [1, 2, 3]),
        ("Mest lest", ["• Nytt møte i byen", "• Ingen møtte opp i går", "Kilder"], []),
        ("Mest lest", ["• Nytt møte i byen.", MORE], []),
        ("อ่านข่าวเพิ่มเติม", ["เปิดสะพานไม้ข้ามคลองแห่งใหม่", MORE], [1, 2]),
        (
            "อ่านข่าวเพิ่มเติม",
            ["สะพานแห่งนี้ใช้งบประมาณ 4.2 ล้านบาท รองรับได้เฉพาะคนเดินเท้าและรถจักรยาน", MORE],
            [1],
        ),
        ("## Les også", ["- [Nytt møte](/a)", "- [Ingen møtte](/b)", MORE], [1, 2, 3]),
        ("## Les også", ["- [Nytt møte](/a)", "- [Ingen møtte](/b)", "## Været"], []),
    ],
)
def test_in_a_text_one_title_below_read_also_goes_with_it(label, below, gone):
    assert removed([PROSE, label, *below]) == gone


@pytest.mark.parametrize(
    ("label", "is_article", "gone"),
    [("Relaterte saker", True, [1, 2, 3]), ("Relaterte saker", False, []), ("Se også", True, [])],
)
def test_links_that_end_an_article_go_below_what_leads_in_no_single_one(label, is_article, gone):
    texts, kinds = [PROSE, label, "Blir det møter?", "Ingen ble"], ["paragraph"] * 4
    links = [2, 3].__contains__
    assert removed(texts, kinds, links=links, is_article=is_article) == gone


@pytest.mark.parametrize(("above", "gone"), [("Les også", [1]), ("Annet", [])])
@pytest.mark.parametrize("kept", [True, False])
def test_what_announces_dropped_links_goes_above_a_heading(above, gone, kept):
    texts, kinds = [PROSE, above, "Været", MORE], ["paragraph", "heading", "heading", "paragraph"]
    assert removed(texts, kinds, heads=lambda index: index != 1 or kept) == gone * (not kept)


def test_links_are_announced_below_a_list_as_well():
    texts, kinds = [PROSE, "Et punkt", "Les også", "Blir det møter?", MORE], ["paragraph"] * 5
    kinds[1] = "list_item"
    assert removed(texts, kinds, links=[3].__contains__) == [2, 3]
    assert removed(texts, ["paragraph", "heading", *kinds[2:]], links=[3].__contains__) == []


def test_a_link_below_that_heads_the_text_is_no_announced_one():
    told = "<h3>Les også</h3><h2><a href=/b>Blir det flere møter?</a></h2>"
    page = f"<article><p>{PROSE}</p>{told}<p>{MORE}</p><p>{PROSE[::-1]}</p></article>"
    assert "flere møter" in cleaner.clean(page).text


@pytest.mark.parametrize(
    "told",
    [
        "<b>Les også</b><a href=/b>Blir det flere møter i byen?</a>",
        "Les også <a href=/b>Blir det flere møter i byen?</a> og <a href=/c>Ingen kom dit</a>",
        f"Les også <a href=/b>{MORE}</a>",
    ],
)
def test_no_sign_is_needed_before_links(told):
    page = f"<article><p>{PROSE}</p><p>{told}</p><p>{MORE[::-1]}</p></article>"
    assert cleaner.clean(page).text == f"{PROSE}\n\n{MORE[::-1]}\n"


def test_items_that_lead_in_links_go():
    items = "".join(f"<li>Les også: <a href=/{n}>Møte {n} i byen</a></li>" for n in range(3))
    page = f"<article><p>{PROSE}</p><ul>{items}</ul><p>{MORE}</p></article>"
    assert cleaner.clean(page).text == f"{PROSE}\n\n{MORE}\n"


def test_what_an_archive_of_mail_says_around_each_goes():
    items = "".join(
        f"<li>{name} message: <a href=/{name}>Oil</a></li>" for name in ("Previous", "Next")
    )
    sort = "<li><b>Messages sorted by:</b> <a href=/d>[ date ]</a> <a href=/t>[ thread ]</a></li>"
    page = f"<article><p>{PROSE}</p><ul>{items}{sort}</ul><pre>{MORE}</pre></article>"
    assert cleaner.clean(page).text == f"{PROSE}\n\n{MORE}\n"


def test_items_of_markdown_that_lead_in_links_are_kept():
    items = "".join(f"- See also [chapter {n}](/{n})\n" for n in range(3))
    assert cleaner.clean_text(items).text == items


def test_a_sentence_with_a_link_in_it_is_kept():
    told = "<p>Les også på <a href=/b>nettsidene til byen</a> hva han sa om saken i fjor høst.</p>"
    page = f"<article><p>{PROSE}</p>{told}<p>{MORE}</p></article>"
    assert "nettsidene" in cleaner.clean(page).text
