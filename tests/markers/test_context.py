import pytest

import cleaner
from cleaner.markers import find_markers
from cleaner.markers.drop import drop_markers
from tests.markers.blocks import MATCHER, MORE, PROSE, removed


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


@pytest.mark.parametrize(
    "line",
    [
        "Vet du noe om saken? Ta kontakt med oss.",
        "Veit du noko om saka? Tips oss.",
        "Ved du noget om sagen? Skriv til vores journalist.",
        "Vet du mer om händelsen? Hör av dig till redaktionen.",
        "Tiedätkö asiasta lisää? Lähetä vinkki toimitukseen.",
        "Ertu með frétt eða ábendingu? Sendu okkur línu.",
        "Voit keskustella aiheesta torstaihin kello 23 asti.",
        "Tilmeld dig avisens nyhedsbrev, og få fem historier hver fredag.",
        "Anmäl dig till helgens nyhetsbrev här.",
        "Meld deg på lokalavisas nyheitsbrev, som kjem kvar fredag.",
        "Javascript måste vara påslaget för att spela upp video",
    ],
)
def test_what_nordic_papers_ask_between_paragraphs_goes(line):
    assert removed([PROSE, line, MORE], "paragraph") == [1]


@pytest.mark.parametrize(
    "line",
    [
        "Vet du noe om vinden og snøen, er du halvveis til toppen.",
        "Har du tips til hagen, kan du skrive dem ned, sier gartneren.",
        "Vet du mer om vargar än din granne, kan du vinna priset.",
        "Voit keskustella aiheesta myös lääkärin kanssa.",
        "Tilaa on vain kolmelle, eikä uutiskirjekään auta.",
        "Anmäl dig till kursen senast på torsdag.",
        "Vi ønsker en god og saklig debatt om skatten, sier statsråden.",
        "Se videoen flere ganger før du prøver selv, sier snekkeren.",
    ],
)
def test_a_sentence_that_only_begins_like_one_is_kept(line):
    assert removed([PROSE, line, MORE], "paragraph") == []


def test_a_paragraph_that_ends_as_a_sentence_may_be_short_to_be_running_text():
    short = ["Han kom til byen sent i går kveld, alene.", "Les hele saken her", "Så reiste han."]
    assert removed([short[0], short[1], short[0]], "paragraph") == [1]
    assert removed([short[0][:-1], short[1], short[0][:-1]], "paragraph") == []
    assert removed([short[2], short[1], short[2]], "paragraph") == []


def test_a_line_that_asks_for_what_the_sentence_below_asks_goes_with_it():
    assert removed(
        ["199 seter", "Rapportera fel", "Har du hittat ett fel i artikeln? Skriv till oss.", PROSE],
        ["list_item", *["paragraph"] * 3],
    ) == [1, 2]


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
    assert removed([english, "Ad", english, "Story continues below the ad", english]) == [1, 3]
    assert removed([english, "Ad", english, "Back to top", english]) == [3]


def test_a_word_that_is_ambiguous_elsewhere_is_plain_in_its_own_language():
    hungarian = (
        "Ez nem az első alkalom, hogy ezt mondta, és nem is az utolsó lesz, mert így van ez."
    )
    assert removed([hungarian, "Reklám", hungarian]) == [1]


def test_see_also_of_a_manual_is_kept_and_a_nudge_in_running_text_goes():
    assert removed(["grep", "See also", "awk", "sed"]) == []
    assert removed([PROSE, "Meld deg på nyhetsbrevet", MORE]) == [1]
    assert removed(["Om oss", "Meld deg på nyhetsbrevet", "Kontakt"]) == []


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


def test_what_holds_half_of_the_page_is_no_slot():
    story = f"<nav><a href=/>Home</a></nav><p>{PROSE}</p><p>Advertisement</p><p>{MORE}</p>"
    document = cleaner.clean(f"<body><div class='ad-wallpaper'>{story}</div></body>")
    assert PROSE in document.text
    assert MORE in document.text
    assert "Advertisement" not in document.text


@pytest.mark.parametrize(
    "line",
    [
        "Iezīmējiet tekstu un spiediet Ctrl+Enter, lai nosūtītu labojamo tekstu redaktoram!",
        "You need Flash Player to watch this film.",
        "Sieh dir diesen Beitrag auf Instagram an",
        "Das Thema könnte dich auch interessieren:",
    ],
)
def test_what_the_page_says_of_its_own_working_goes_from_running_text(line):
    assert removed([PROSE, line, MORE], "paragraph") == [1]
