import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.markers import Matcher, load_lexicon
from cleaner.markers.compile import KINDS

MATCHER = Matcher(load_lexicon())


@pytest.mark.parametrize(
    "line",
    [
        "annonse",
        "ANNONSE 2",
        "A N N O N S E",
        "Anzeige 1/2",
        "Anzeige | Werbung",
        "Advertisement / Publicité",
        "Advertisement – continue reading below",
        "Artikkelen fortsetter like under denne annonsen",
        "The story continues after this ad",
        "Der Artikel geht nach einer kurzen Werbeunterbrechung weiter",
        "Текст продолжается сразу после рекламы",
        "記事は広告の下へ続く",
        "文章将在广告结束后继续",
        "תוכן ממומן",
        "إعلان مدفوع",
        "[Annonse](https://example.com/ad)",
        "Annonsørinnhold fra Fjellbanken",
        "Sponsored by Acme Motors",
        "[ad_1]",
        "erid: 2VtzqwAbCdE",
        "Реклама. ООО «Ромашка», ИНН 7700000000, erid: 2VtzqwAbCdE",
        "Lukk annonsen",
        "Texten fortsätter efter bilden",
        "De tekst gaat verder onder de foto",
        "Artikkeli jatkuu kuvan alla",
    ],
)
def test_ads_and_continuations_are_found(line):
    match = MATCHER.match(line)
    assert match is not None
    assert match.kind in ("ad", "continue")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "   ",
        "—",
        "12",
        "The ad was on every wall.",
        "Hun leste en annonse i avisen.",
        "Annonsene ble dyrere i fjor",
        "Werbung wirkt",
        "Reklame 2020",
        "Publicidad engañosa",
        "Read more books",
        "Sponsored by nobody, the club went on for years and paid for everything itself.",
        "La pubblicità è l'anima del commercio",
        "広告業界の動向",
        "广告行业报告",
        "Relatedness",
        "header shadow",
        "![Annonse](bilde.jpg)",
        "x" * 10_000,
        "annonse " * 1000,
        "[ad_1] og mer til",
        "Bildet henger under trappen",
        "Story of a picture",
    ],
)
def test_other_lines_are_not(line):
    assert MATCHER.match(line) is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [("1 204 kommentarer", "comments"), ("この記事は有料記事です。残り1234文字", "login")],
)
def test_a_count_of_any_size_belongs_to_some_kinds(line, kind):
    match = MATCHER.match(line)
    assert match is not None
    assert match.kind == kind


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Del artikkelen: Facebook X E-post", True),
        ("Compartir en Facebook | Compartir en X | Copiar enlace", True),
        ("分享 微信 微博", True),
        ("Facebook og X", False),
        ("Facebook X", False),
    ],
)
def test_several_ways_to_share_may_stand_in_one_line(line, found):
    match = MATCHER.match(line)
    assert (match is not None and match.kind == "share") == found


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("Les også: Storm i vente", "start"),
        ("Les også – Storm i vente", "start"),
        ("【関連記事】台風が近づく", "start"),
        ("Flere saker: Storm i vente", "start"),
        ("LES OGSÅ Storm i vente", "start"),
        ("Կարդացեք նաև՝ Նոր կամուրջը թանկ կլինի", "start"),
        ("Les mer https://example.com/storm", "link"),
        ("Les mer [Storm i vente](https://example.com/storm)", "link"),
    ],
)
def test_a_headline_or_link_may_follow(line, where):
    match = MATCHER.match(line)
    assert match is not None
    assert (match.kind, match.where) == ("related", where)


@pytest.mark.parametrize(
    "line",
    [
        "Meld deg på nyhetsbrevet og få ukas saker rett i innboksen.",
        "Følg oss på Facebook, så går du ikke glipp av noe av det som skjer i byen og i fjorden.",
        "关注我们的微信公众号，第一时间获取最新资讯。",
        "特别声明：以上内容仅代表作者本人的观点，不代表本站立场。",
        "ติดตามข่าวสารได้ที่ Line : @khaotalay ทุกวัน",
        "ताजा खबरों के लिए हमारे साथ बने रहें।",
        "Біздің Telegram-арнамызға жазылыңыз, жаңалықтарды жіберіп алмаңыз!",
    ],
)
def test_a_sentence_may_go_on_as_it_likes(line):
    match = MATCHER.match(line)
    assert match is not None
    assert match.where == "sentence"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Har du et tips?", True),
        ("Har du et tips? Skriv til oss, så ser vi på det så snart vi kan.", True),
        ("Har du et tips til nye foreldre?", False),
        ("Har du et tips", True),
        ("Fikk du med deg disse?", True),
        ("Fikk du med deg disse? Nei, sa hun.", False),
        ("Follow the Harbour Post on Google News so that you miss nothing.", True),
        ("Follow the river to the sea", False),
        ("Follow", None),
    ],
)
def test_a_sentence_of_the_lexicon_may_ask_and_leave_words_open(line, found):
    match = MATCHER.match(line)
    if found is None:
        assert match.ambiguous
    else:
        assert (match is not None) == found


@pytest.mark.parametrize(
    "line",
    [
        "Les også hva han skrev",
        "Les også",
        "Les mer om saken i dag",
        "LES OGSÅ HVA HAN SA",
        "LES OGSÅ hva han skrev",
    ],
)
def test_without_a_sign_between_nothing_may_follow(line):
    match = MATCHER.match(line)
    assert match is None or match.where == "line"


def test_lines_of_one_block_may_be_markers_each():
    found = MATCHER.match("人気ブログランキングへ\n↑応援クリックお願いします")
    assert (found.kind, found.where) == ("share", "parts")
    assert MATCHER.match("人気ブログランキングへ\n明日は晴れます") is None


def test_a_link_of_markdown_counts_as_a_link():
    assert MATCHER.match("Les mer Storm i vente") is None
    assert MATCHER.match("Les mer [Storm i vente](/storm)").where == "link"


def test_short_forms_are_ambiguous():
    assert all(MATCHER.match(line).ambiguous for line in ("Ad", "PR", "Pub", "Reklam"))
    assert not MATCHER.match("Advertisement").ambiguous


def test_comments_stand_beside_any_number():
    assert MATCHER.match("Vis kommentarer (1 234)").kind == "comments"
    assert MATCHER.match("Annonse 1234") is None


def test_photo_credits_are_kept_unless_asked_for():
    assert MATCHER.match("Foto: Kari Nordmann") is None
    assert Matcher(load_lexicon(), kinds=KINDS).match("Foto: Kari Nordmann").kind == "credits"


def test_only_the_kinds_asked_for_are_found():
    matcher = Matcher(load_lexicon(), kinds=["related"])
    assert matcher.match("Annonse") is None
    assert matcher.match("The story continues after this ad") is None
    assert matcher.match("Les også: Storm")


def test_included_phrases_match_in_every_form():
    matcher = Matcher(load_lexicon(), include=["Fra våre venner"])
    assert matcher.match("— FRA VÅRE VENNER —").kind == "ad"
    assert MATCHER.match("— FRA VÅRE VENNER —") is None


def test_excluded_phrases_match_in_no_form():
    matcher = Matcher(load_lexicon(), exclude=["Annonse", "Les også"])
    for line in ("annonse", "[ANNONSE]", "annonse annonse", "Annonse 2", "Les også: Storm"):
        assert matcher.match(line) is None, line
    assert matcher.match("Annonser")


def test_what_a_line_is_does_not_depend_on_those_before():
    matcher = Matcher(load_lexicon())
    line = f"_ Les også: {'Ferja til øyene utenfor går igjen fra mandag. ' * 3}"
    assert matcher.match("_") is None
    assert matcher.match(line)


@given(st.text())
def test_no_line_raises_and_the_answer_is_the_same_again(line):
    assert MATCHER.match(line) == MATCHER.match(line)


@given(st.sampled_from(list(load_lexicon())), st.text("—–-*[]() :|•↓→", max_size=6))
def test_ornaments_change_nothing(entry, ornament):
    dressed = f"{ornament}{entry.phrase} {ornament}"
    if len(dressed) <= 90:
        assert (MATCHER.match(dressed) is None) == (MATCHER.match(entry.phrase) is None)
