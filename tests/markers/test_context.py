import pytest

import cleaner
from cleaner.markers import Matcher, find_markers, load_lexicon
from cleaner.markers.drop import drop_markers

MATCHER = Matcher(load_lexicon())
PROSE = "Statsråden kom til byen i går, og det ble en lang kveld med mange spørsmål fra salen."
MORE = "Etter møtet sa han at han ikke visste når det neste skulle holdes, men at det ble snart."


def removed(texts, kinds="line", slots=None, **options):
    kinds = [kinds] * len(texts) if isinstance(kinds, str) else kinds
    in_slot = slots.__getitem__ if slots else None
    return list(find_markers(texts, kinds, matcher=MATCHER, in_slot=in_slot, **options))


@pytest.mark.parametrize("kind", ["line", "paragraph", "caption"])
def test_a_label_between_paragraphs_goes(kind):
    assert removed([PROSE, "Annonse", MORE], ["paragraph", kind, "paragraph"]) == [1]


def test_the_reason_names_kind_language_and_phrase():
    found = find_markers([PROSE, "ANNONSE", MORE], ["line"] * 3, matcher=MATCHER)
    assert found == {1: "marker: ad (no) “annonse”"}


def test_a_paragraph_that_mentions_annonse_is_kept():
    assert removed([PROSE, "En annonse i avisen fikk ham til å reise.", MORE]) == []


def test_a_heading_with_a_section_below_is_kept():
    below = "En annonse er en betalt beskjed, og den skal se ut som en: det krever loven i dag."
    assert removed([PROSE, "Annonse", below], ["paragraph", "heading", "paragraph"]) == []
    assert removed(["## Annonse", "", below], ["heading", "line", "line"]) == []


@pytest.mark.parametrize(
    "line",
    [
        "Vis denne e-mail i din browser",
        "Wird die E-Mail nicht richtig angezeigt? Im Browser öffnen",
        "Vous recevez cet e-mail car vous êtes membre du club. Se désabonner",
        "You are receiving this email because you signed up at the pier.",
    ],
)
def test_what_a_newsletter_says_of_itself_goes(line):
    assert removed([line, PROSE, line], "paragraph") == [0, 2]


@pytest.mark.parametrize(
    "asked",
    [
        "Fant du det du lette etter? Ja Nei",
        "Hjälpte informationen på denna sida dig?",
        "War diese Seite hilfreich?",
        "Cette page vous a-t-elle été utile ?",
        "Was this page helpful?",
    ],
)
def test_a_page_that_asks_whether_it_helped_is_not_heard(asked):
    assert removed([PROSE, asked], ["paragraph", "heading"]) == [1]
    assert removed([PROSE, asked, MORE], "paragraph") == [1]
    assert removed([PROSE, f"He asked: {asked}", MORE], "paragraph") == []


def test_a_heading_that_heads_nothing_goes():
    assert removed([PROSE, "Annonse", "Været"], ["paragraph", "heading", "heading"]) == [1]


@pytest.mark.parametrize("kind", ["list_item", "heading"])
def test_a_heading_above_a_list_or_titles_stays_if_they_speak_of_it(kind):
    kinds = ["paragraph", "heading", kind, kind]
    paid = "Seven harbours that every sailor should have seen before the season is over"
    told = "Sponsored walks along the harbour raised more than anyone had thought they would"
    assert removed([PROSE, "Sponsored content", paid, paid], kinds) == [1]
    assert removed([PROSE, "Sponsored content", told, paid], kinds) == []


def test_a_heading_that_is_repeated_goes():
    texts = [PROSE, "Annonse", MORE, "Annonse", PROSE]
    kinds = ["paragraph", "heading", "paragraph", "heading", "paragraph"]
    assert removed(texts, kinds) == [1, 3]


def test_a_plain_line_above_a_text_about_it_is_kept():
    below = "Werbung ist überall, und das seit langem: auf Plakaten, im Radio und auf jedem Schirm."
    assert removed(["Was wir sehen", "", "Werbung", "", below]) == []


def test_an_item_among_its_like_is_kept():
    for kind in ("list_item", "table_cell"):
        assert removed(["Prasa", "Reklama", "Radio"], kind) == []


def test_a_cell_between_cells_of_prose_goes():
    assert removed([PROSE, "Annonse", MORE], "table_cell") == [1]


def test_a_cell_between_sentences_of_few_letters_goes():
    sentence = "市议会周一晚上经过三个小时的讨论，决定在河边建造一座新的游泳池，明年春天开工。"
    assert removed([sentence, "广告", sentence[::-1]], "table_cell") == [1]
    assert removed(["新闻", "广告", "体育"], "table_cell") == []


def test_a_word_in_a_column_of_words_is_kept():
    assert removed(["Presse", "Rundfunk", "Werbung", "Kino", "Theater"]) == []


@pytest.mark.parametrize(
    "line", ["“Publicidad.”", "«Annonse?»", "– Reklame.", "Annonse?", '"Werbung!"']
)
def test_speech_is_kept(line):
    assert removed([PROSE, line, MORE]) == []


@pytest.mark.parametrize("line", ["Les også: Blir det flere møter?", "Fant du en feil?"])
def test_a_headline_and_a_nudge_may_ask(line):
    assert removed([PROSE, line, MORE]) == [1]
    assert removed([PROSE, f"«{line}»", MORE]) == []
    assert removed([PROSE, line, MORE], ["line", "quote", "line"]) == []


def test_two_angle_brackets_are_an_arrow():
    text = f"{PROSE}\n\n>> Les også: Nytt møte i byen\n\n{MORE}\n"
    assert cleaner.clean_text(text).text == f"{PROSE}\n\n{MORE}\n"


@pytest.mark.parametrize(
    "line",
    [
        "Print this story | E-mail this story to a friend | Back to top",
        "Skriv ut | Tips en venn | Til toppen",
        "Версия для печати | Отправить другу | Наверх",
        "[Permalink] - [Comments (3)] - [Trackback (0)]",
    ],
)
def test_things_to_do_with_a_page_in_one_line_are_markers_wherever_they_stand(line):
    assert removed([PROSE, line, "10:15"], "table_cell") == [1]
    assert removed([PROSE, f"{line} | Fjord", "10:15"], "table_cell") == []
    assert removed([PROSE, line.split(" | ")[0].split("] - ")[0], "10:15"], "table_cell") == []


@pytest.mark.parametrize(
    "line",
    [
        f"This entry was posted on May 4th, 2006 and is filed under {'Tides, ' * 33}Tar.",
        "This entry was posted in Tides and tagged moon by Ada. Bookmark the permalink.",
        "Dieser Beitrag wurde verfasst. Du kannst die Kommentare zu diesem Eintrag lesen.",
        "TrackBack URL for this entry: http://tides.example/tb/11",
    ],
)
def test_what_blogs_write_below_a_post_goes(line):
    assert removed([PROSE, line]) == [1]


def test_what_a_label_leads_in_is_no_longer_than_a_headline():
    assert removed([PROSE, f"Les også: {'Storm ' * 35}"]) == [1]
    assert removed([PROSE, f"Les også: {'Storm ' * 45}"]) == []


def test_several_ways_to_share_make_a_bar():
    bar = ["Del", "Facebook", "X", "E-post"]
    assert removed([PROSE, *bar, MORE]) == [1, 2, 3, 4]
    assert removed([PROSE, *bar[:2], MORE]) == []
    assert removed([PROSE, *["X"] * 4, MORE]) == []
    assert removed([f"{PROSE[:-1]}:", *bar, MORE]) == []
    assert removed(["Om oss", *bar, "Kontakt"]) == []
    items = ["line", *["list_item"] * 4, "line"]
    assert removed([PROSE, *bar, MORE], items) == []
    assert removed([PROSE, *bar, "10:15"] * 2, items * 2) == [1, 2, 3, 4, 7, 8, 9, 10]


def test_a_count_in_brackets_tells_comments_from_their_heading():
    assert removed([PROSE, "Kommentarer (12)", MORE]) == [1]
    assert removed([PROSE, "[Kommentarer (12)](#kommentarer)", MORE]) == [1]
    assert removed([PROSE, "Kommentarer", MORE]) == []
    assert removed([PROSE, "Kommentar 3", MORE]) == []


def test_a_quote_is_kept():
    assert removed([PROSE, "Publicidad.", MORE], ["paragraph", "quote", "paragraph"]) == []


def test_a_glossary_is_kept():
    assert removed(["Annonse", "En betalt beskjed."], ["term", "definition"]) == []


def test_code_is_kept_even_in_a_slot():
    assert removed(["ad", "annonse"], "preformatted", slots=[True, True]) == []


def test_a_label_in_a_slot_goes_wherever_it_stands():
    kinds = ["list_item", "list_item", "list_item"]
    assert removed(["Nyheter", "Annonse", "Sport"], kinds, slots=[False, True, False]) == [1]


def test_the_text_of_the_ad_goes_with_its_label():
    texts = [PROSE, "Annonse", "Kjøp nye vinterdekk nå!", "Bestill her", MORE]
    slots = [False, True, True, True, False]
    assert removed(texts, "paragraph", slots=slots) == [1, 2, 3]


def test_a_slot_without_a_label_is_left_to_others():
    assert removed([PROSE, "Kjøp dekk!", MORE], "paragraph", slots=[False, True, False]) == []


@pytest.mark.parametrize("label", [0, 1, 2, 3])
def test_a_label_beside_a_slot_takes_its_text_along(label):
    texts = [PROSE, "Kjøp dekk!", "Bestill her", MORE]
    texts[label] = "Annonse"
    gone = removed(texts, "paragraph", slots=[False, True, True, False])
    assert gone == sorted({label, 1, 2})


def test_of_two_slots_the_one_without_a_label_stays():
    texts = ["Kjøp dekk!", PROSE, "Annonse", "Bestill her", MORE, "Kjøp båt!"]
    assert removed(texts, "paragraph", slots=[True, False, False, True, False, True]) == [2, 3]


def test_a_page_that_calls_itself_a_slot_keeps_its_text():
    texts = ["Annonse", *[PROSE] * 40]
    assert removed(texts, "paragraph", slots=[True] * 41) == [0]


def test_an_ambiguous_word_needs_the_language_and_repetition():
    swedish = "Det är inte första gången som han har sagt det, och det blir inte den sista heller."
    assert removed([swedish, "Reklam", swedish]) == []
    assert removed([swedish, "Reklam", swedish, "Reklam", swedish]) == [1, 3]
    assert removed([PROSE, "Reklam", MORE, "Reklam", PROSE], language="pl") == []


def test_an_ambiguous_word_beside_a_plain_one_goes():
    english = "The minister came to the town and there were many questions that he had to answer."
    assert removed([english, "Ad", english]) == []
    assert removed([english, "Ad", english, "Advertisement", english]) == [1, 3]


def test_a_word_that_is_ambiguous_elsewhere_is_plain_in_its_own_language():
    hungarian = (
        "Ez nem az első alkalom, hogy ezt mondta, és nem is az utolsó lesz, mert így van ez."
    )
    assert removed([hungarian, "Reklám", hungarian]) == [1]


def test_see_also_of_a_manual_is_kept_and_a_nudge_in_running_text_goes():
    assert removed(["grep", "See also", "awk", "sed"]) == []
    assert removed([PROSE, "Meld deg på nyhetsbrevet", MORE]) == [1]
    assert removed(["Om oss", "Meld deg på nyhetsbrevet", "Kontakt"]) == []


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


SIGN_UP = "Meld deg på nyhetsbrevet vårt og få ukas saker rett i innboksen."


def test_a_sentence_that_begins_as_a_nudge_goes_beside_running_text():
    assert removed([PROSE, SIGN_UP, MORE]) == [1]
    assert removed([PROSE, SIGN_UP]) == [1]
    assert removed([PROSE, SIGN_UP, "Han kom."]) == [1]
    assert removed(["Om oss", SIGN_UP, "Kontakt"]) == []
    assert removed([PROSE, "«" + SIGN_UP + "»", MORE]) == []
    assert removed([PROSE, SIGN_UP, PROSE], ["list_item", "list_item", "list_item"]) == []


def test_a_heading_with_nothing_below_but_such_a_sentence_goes_with_it():
    kinds = ["paragraph", "heading", "paragraph", "heading"]
    assert removed([PROSE, "Hver fredag", SIGN_UP, "Været"], kinds) == [1, 2]
    assert removed([PROSE, "Hver fredag", SIGN_UP], kinds[:3]) == [1, 2]
    assert removed(
        [PROSE, "Hver fredag", SIGN_UP, MORE], ["paragraph", "heading", *kinds[:1] * 2]
    ) == [2]


def test_a_word_that_leads_on_from_each_of_several_cards_goes():
    cards = ["Svarte natta", "Les mer", "Blå morgen", "Les mer"]
    assert removed(cards, "paragraph", links={1, 3}.__contains__, language="no") == [1, 3]
    assert removed(cards, "paragraph", links={1}.__contains__, language="no") == [1]
    assert removed(cards[:2], "paragraph", links={1}.__contains__, language="no") == []
    assert removed(cards, "paragraph", language="no") == []


def test_a_nudge_on_a_button_goes_wherever_it_stands():
    assert removed(["10:11", "Del artikkelen", "10:15"], ["paragraph", "button", "paragraph"]) == [
        1
    ]
    texts = [PROSE, "Del", "10:11", PROSE, "Del", "10:15"]
    kinds = ["paragraph", "button", "paragraph"] * 2
    assert removed(texts, kinds) == [1, 4]
    assert removed(texts[:3], kinds[:3]) == []


def test_a_text_without_markers_loses_nothing():
    assert removed([PROSE, "", MORE]) == []
    assert removed([]) == []


@pytest.mark.parametrize(("kind", "stays"), [("article", False), ("service", True)])
def test_what_a_page_sells_is_no_nudge(kind, stays):
    offer = "Få full tilgang til alt innhold for kun 1 krone den første måneden."
    page = f"<article><p>{PROSE}</p><p>{offer}</p><p>{MORE}</p></article>"
    document = cleaner.clean(page)
    document.page_type, document.kept[:] = kind, [True] * len(document.kept)
    drop_markers(document, MATCHER, None)
    assert document.kept == [True, stays, True]


def test_the_way_back_to_the_top_goes_wherever_it_stands():
    assert removed(["Lamps", "Back to top", "Oil"], "paragraph") == [1]
    assert removed([PROSE, "Nach oben", MORE]) == []
