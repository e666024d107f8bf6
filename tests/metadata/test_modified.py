"""When a page was last changed: the day of a change, told apart from that of publication."""

import pytest

from .pages import HEADING, json_ld, metadata


def test_modified_is_told_beside_published():
    head = (
        '<meta property="article:published_time" content="2024-03-04">'
        '<meta property="article:modified_time" content="2024-05-06T00:00:00Z">'
    )
    found = metadata(head, HEADING)
    assert (found.date, found.modified) == ("2024-03-04", "2024-05-06")


def test_a_change_in_universal_time_is_no_earlier_than_the_day_that_readers_know():
    at = "2024-03-03T22:30:00Z"
    head = json_ld({"@type": "NewsArticle", "datePublished": at, "dateModified": at})
    found = metadata(head, f"{HEADING}<time>4 March 2024</time>")
    assert (found.date, found.modified) == ("2024-03-04", "2024-03-04")


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "<p>Updated 5 March 2024</p>"),
        ("en", "<p>Last modified: <time>2024-03-05</time></p>"),
        ("nb", "<p>Oppdatert 5. mars 2024</p>"),
        ("de", "<p>Zuletzt aktualisiert am 5. März 2024</p>"),
        ("ja", "<p>更新日 2024年3月5日</p>"),
        ("cs", "<p>Aktualizováno 5. března 2024</p>"),
        ("en", "<p>This page was last edited on 5 March 2024, at 10:00.</p>"),
        ("de", "<p>Letzte Änderung: 5. März 2024</p>"),
        ("pt", "<p>Última edição: 5 de março de 2024</p>"),
        ("ru", "<p>Последнее обновление: 5 марта 2024</p>"),
        ("es", "<p>Esta página se editó por última vez el 5 de marzo de 2024.</p>"),
        ("fi", "<p>Sivua on viimeksi muutettu 5. maaliskuuta 2024</p>"),
        ("pl", "<p>Tę stronę ostatnio edytowano 5 marca 2024</p>"),
        ("uk", "<p>Цю сторінку востаннє відредаговано 5 березня 2024</p>"),
        ("hy", "<p>Այս էջը վերջին անգամ խմբագրվել է 5 մարտի 2024</p>"),
        ("he", "<p>דף זה נערך לאחרונה ב־5 במרץ 2024</p>"),
        ("zh", "<p>本页面最后修订于2024年3月5日</p>"),
        ("ko", "<p>이 문서는 2024년 3월 5일에 마지막으로 편집되었습니다</p>"),
        ("sw", "<p>Ukurasa huu umebadilishwa kwa mara ya mwisho 5 Machi 2024</p>"),
    ],
)
def test_a_line_that_says_so_tells_the_last_change(lang, line):
    found = metadata("", HEADING + "<p>4.3.2024</p>" + line, lang=lang)
    assert found.modified == "2024-03-05"
    far = metadata("", HEADING + "<p>a</p>" * 200 + line, lang=lang)
    assert far.modified == "2024-03-05"


@pytest.mark.parametrize(
    "line",
    [
        "Joined 5 March 2024",
        "© 2024-03-05 Harbour Post",
        "Reviewed by Ada, 5 March 2024",
        "Last active 5 March 2024",
        "Last seen: <time>2024-03-05</time>",
        "Zuletzt online 5. März 2024",
        "Última visita: 5 de marzo de 2024",
        "Last post: 5 March 2024",
        "Letzter Beitrag: 5. März 2024",
    ],
)
def test_a_day_of_something_else_is_no_change(line):
    assert metadata("", f"{HEADING}<p>{line}</p>").modified is None
    published = metadata("", f"{HEADING}<p>4 March 2024</p><p>{line}</p>")
    assert (published.date, published.modified) == ("2024-03-04", None)


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "Last Tuesday, 5 March 2024, the harbour froze."),
        ("nb", "Sist tirsdag, 5. mars 2024, frøs havnen."),
        ("es", "Última hora, 5 de marzo de 2024: el puerto se hiela."),
    ],
)
def test_a_sentence_that_begins_with_last_tells_no_change(lang, line):
    body = f"{HEADING}<p>4.3.2024</p>{'<p>a</p>' * 200}<p>{line}</p>"
    assert metadata("", body, lang=lang).modified is None


def test_a_change_before_publication_is_none():
    body = HEADING + "<p>Published 4 March 2024</p><p>Last edited 3 March 2024</p>"
    assert metadata("", body).modified is None
