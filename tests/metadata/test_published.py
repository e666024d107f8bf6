"""Of the days on a page, those of publication and of the last change are told."""

import pytest

from .pages import HEADING, json_ld, metadata


@pytest.mark.parametrize(
    ("head", "body", "source"),
    [
        (json_ld({"@type": "BlogPosting", "datePublished": "2024-03-04T10:00:00Z"}), "", "json-ld"),
        ('<meta property="article:published_time" content="2024-03-04">', "", "opengraph"),
        ('<meta name="DC.date.issued" content="2024-03-04">', "", "meta"),
        ('<meta name="pubdate" content="20240304">', "", "meta"),
        ("", '<meta itemprop="datePublished" content="2024-03-04">', "meta"),
        ("", '<b itemprop="datePublished">4 March 2024</b>', "microdata"),
        ("", '<time datetime="2024-03-04T08:00">this morning</time>', "time"),
        ("", '<p class="entry-date">March 4, 2024</p>', "class"),
        ("", "<p>4 March 2024</p>", "text"),
        ('<script>let page = {"datePublished": "2024-03-04T08:00:00"};</script>', "", "script"),
    ],
)
def test_the_day_of_publication_is_found_wherever_it_stands(head, body, source):
    found = metadata(head, HEADING + body)
    assert found.date == "2024-03-04"
    assert found.sources["date"].name == source


def test_a_day_of_publication_goes_before_that_of_a_change():
    body = "<p>Updated 9 April 2024</p><p>Published 4 March 2024</p>"
    assert metadata("", HEADING + body).date == "2024-03-04"


def test_the_day_of_a_change_serves_where_there_is_no_other():
    found = metadata("", f"{HEADING}<p>Sist oppdatert 4. mars 2024</p>", lang="nb")
    assert found.date == "2024-03-04"


def test_the_readers_day_goes_before_the_day_in_universal_time():
    head = '<meta property="article:published_time" content="2024-03-05T02:30:00+00:00">'
    assert metadata(head, f"{HEADING}<time>March 4, 2024</time>").date == "2024-03-04"
    later = head.replace("T02", "T14")
    assert metadata(later, f"{HEADING}<time>March 4, 2024</time>").date == "2024-03-05"
    assert metadata(later, f"{HEADING}<time>March 6, 2024</time>").date == "2024-03-06"
    assert metadata(head, f"{HEADING}<time>March 6, 2024</time>").date == "2024-03-05"
    changed = '<meta property="article:modified_time" content="2024-03-06T09:00:00+00:00">'
    assert metadata(later + changed, f"{HEADING}<time>March 6, 2024</time>").date == "2024-03-05"


def test_the_date_of_a_comment_is_not_that_of_the_page():
    body = f'<main>{HEADING}</main><div class="comments"><p class="date">4 March 2024</p></div>'
    found = metadata('<meta property="article:published_time" content="2023-01-02">', body)
    assert found.date == "2023-01-02"


def test_figures_in_the_title_are_no_day():
    assert metadata("<title>Sail 03.10.12</title>", "<h1>Sail <b>03.10.12</b></h1>").date is None


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("nb", "Publisert 4. mars 2024 12:30 - Sist endret 5. mars 2024 10:00"),
        ("en", "Updated March 5, 2024 | Published March 4, 2024"),
        ("de", "Veröffentlicht am 4.3.2024, zuletzt geändert am 5.3.2024"),
        ("zh", "发布时间：2024年3月4日 更新时间：2024年3月5日"),
    ],
)
def test_one_line_may_tell_both_days(lang, line):
    found = metadata("", f"{HEADING}<p>{line}</p>", lang=lang)
    assert (found.date, found.modified) == ("2024-03-04", "2024-03-05")


def test_a_page_without_a_day_has_none():
    assert metadata("", f"{HEADING}<p>Call 555 0123</p>").date is None


def test_an_earlier_day_that_is_shown_goes_before_the_day_of_a_rebuild():
    node = {"@type": "Article", "datePublished": "2024-06-24", "dateModified": "2024-06-24"}
    found = metadata(json_ld(node), "<h1>Tar</h1><p>4 March 2023</p>")
    assert (found.date, found.modified) == ("2023-03-04", "2024-06-24")


def test_an_earlier_day_does_not_overrule_a_page_that_tells_both():
    node = {"@type": "Article", "datePublished": "2024-03-10", "dateModified": "2024-06-24"}
    found = metadata(json_ld(node), "<h1>Tar</h1><p>4 March 2023</p>")
    assert found.date == "2024-03-10"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Posted on March 4, 2024"),
        ("nb", "Publisert 4. mars 2024"),
        ("de", "Veröffentlicht am 4. März 2024"),
        ("pl", "Opublikowano 4 marca 2024"),
        ("ru", "Опубликовано 4 марта 2024"),
        ("vi", "Ngày đăng: 4 tháng 3, 2024"),
        ("zh", "发布时间：2024年3月4日"),
        ("ar", "تاريخ النشر: ٤ مارس ٢٠٢٤"),
        ("de", "Erscheinungsdatum: 4. März 2024"),
        ("fr", "Date de publication : 4 mars 2024"),
        ("es", "Creado el 4 de marzo de 2024"),
        ("fi", "Julkaisupäivä: 4.3.2024"),
        ("hu", "Közzététel dátuma: 2024. március 4."),
        ("el", "Αναρτήθηκε 4 Μαρτίου 2024"),
        ("uk", "Розміщено: 4 березня 2024"),
        ("hy", "Հրապարակվել է 4 մարտի 2024"),
        ("th", "ประกาศเมื่อ 4 มีนาคม 2567"),
        ("id", "Diposting pada 4 Maret 2024"),
        ("zh-TW", "公告日期：2024年3月4日"),
        ("ko", "최초입력 2024.03.04"),
    ],
)
def test_an_announced_day_is_found_far_from_the_title(lang, text):
    body = f"<h1>Tar</h1>{'<p>Boil it <b>slowly</b>.</p>' * 200}<p>{text}</p>"
    assert metadata("<title>Tar</title>", body, lang=lang).date == "2024-03-04"


def test_a_day_on_which_an_event_begins_is_not_that_of_publication():
    event = json_ld({"@type": "DanceEvent", "startDate": "2025-06-07T10:00:00+00:00"})
    body = f"{HEADING}<p>7 June 2025</p><abbr class='published dtstart'>June 7, 2025</abbr>"
    assert metadata(event, body).date is None
    assert metadata("", body).date == "2025-06-07"
    assert metadata(event, f"{body}<p>Published 3 May 2025</p>").date == "2025-05-03"


def test_a_job_is_posted_on_its_day_and_not_on_the_last_one_for_letters():
    body = f"{HEADING}<p>Closing date: 3 April 2025</p>"
    job = json_ld({"@type": "JobPosting", "title": "Pilot", "datePosted": "2025-03-03"})
    assert metadata(job, body).date == "2025-03-03"
    assert metadata("", f"{body}<p>3 March 2025</p>").date == "2025-03-03"


def test_the_day_on_which_a_text_was_written_goes_after_that_of_publication():
    lines = "<p>Data wytworzenia: 2025-03-02</p><p>Data opublikowania: 2025-03-03</p>"
    assert metadata("", HEADING + lines, lang="pl").date == "2025-03-03"


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "Closing date: 3 April 2025"),
        ("nb", "Søknadsfrist: 3. april 2025"),
        ("cs", "Nabídku podat do: 03.04.2025"),
        ("fi", "Hakuaika: 3.4.2025"),
        ("cs", "Datum sejmutí: 3. 4. 2025"),
    ],
)
def test_the_last_day_for_something_is_not_that_of_publication(lang, line):
    label, _, last = line.partition(": ")
    for text in (f"<p>{line}</p>", f"<table><tr><th>{label}:</th><td>{last}</td></table>"):
        assert metadata("", HEADING + text, lang=lang).date is None


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("th", "เผยแพร่: 3 มี.ค. 2568 10:30 ปรับปรุง: 4 มี.ค. 2568 11:00"),
        ("ja", "公開日：2025.03.03 最終更新日：2025.03.04"),
        ("fa", "تاریخ انتشار: ۱۳ اسفند ۱۴۰۳ بروزرسانی: ۱۴ اسفند ۱۴۰۳"),
    ],
)
def test_a_line_of_two_days_is_parted_in_every_calendar(lang, line):
    found = metadata("", f"{HEADING}<p>{line}</p>", lang=lang)
    assert (found.date, found.modified) == ("2025-03-03", "2025-03-04")


def test_an_element_of_relative_time_is_read_as_one_of_time():
    line = '<relative-time datetime="2025-03-03T10:00:00Z">last month</relative-time>'
    assert metadata("", f"{HEADING}<p>Ada released this {line}</p>").date == "2025-03-03"


def test_the_instant_that_readers_are_shown_has_their_day_whatever_was_changed_on_it():
    node = {"@type": "Article", "datePublished": "2024-03-03T22:30:00+00:00"}
    head = json_ld({**node, "dateModified": "2024-03-04T08:00:00+00:00"})
    shown = '<time datetime="2024-03-04T00:30:00+02:00">4.3.2024</time>'
    assert metadata(head, HEADING + shown, lang="de").date == "2024-03-04"
    assert metadata(head, HEADING + shown.replace("T00", "T09"), lang="de").date == "2024-03-03"


def test_the_text_of_a_time_in_universal_time_has_the_day_that_readers_know():
    line = '<time datetime="2024-03-03T23:40:00Z">4. mars 2024 00:40</time>'
    assert metadata("", HEADING + line, lang="nb").date == "2024-03-04"
    far = line.replace("4. mars", "9. mars")
    assert metadata("", HEADING + far, lang="nb").date == "2024-03-03"


def test_a_whole_day_before_a_time_is_no_label_of_it():
    body = f"{HEADING}<p>Stand: 5.3.2024, 10:00</p><time>4.3.2024</time>"
    found = metadata("", body, lang="de")
    assert (found.date, found.modified) == ("2024-03-04", "2024-03-05")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<header><p>Monday 9 March 2026</p></header>", ""),
        ("", '<div class="comments"><p>Bo, 9 March 2026</p></div>'),
        ("", '<div class="comments"><p>Bo, <time>9 March 2026</time></p></div>'),
        ("", '<aside><p class="date">9 March 2026</p></aside>'),
        ("", "<blockquote>Tar is up. <a>9 March 2026</a></blockquote>"),
    ],
)
def test_the_day_of_a_masthead_or_a_comment_yields_to_a_longer_line_of_the_page(before, after):
    line = "<p>From the harbour office of the northern isles, printed 4 March 2024</p>"
    assert metadata("", before + HEADING + line + after).date == "2024-03-04"


@pytest.mark.parametrize(
    "code",
    [
        'let page = {"publish_time": 1709546400};',
        'let page = {"publish_time": "1709546400000"};',
        'var publish_time = "1709546400";',
        'var publish_time = "2024-03-04";',
    ],
)
def test_a_script_may_tell_the_day_in_seconds_and_in_a_variable(code):
    assert metadata(f"<script>{code}</script>", HEADING).date == "2024-03-04"


def test_a_front_page_and_a_thing_for_sale_have_no_day_of_their_own():
    body = f"{HEADING}<p>By Ada Holm</p><time>2024-03-04</time>"
    for address in ("https://example.org/", "https://example.org/?utm_source=a&srsltid=b"):
        front = metadata("", body, url=address)
        assert (front.date, front.authors) == (None, ())
    post = metadata("", body, url="https://example.org/?p=3")
    assert (post.date, post.authors) == ("2024-03-04", ("Ada Holm",))
    assert metadata(json_ld({"@type": "Product", "name": "Tar"}), body).date is None
    declared = json_ld({"@type": "Article", "datePublished": "2024-03-04"})
    assert metadata(declared, body, url="https://example.org/").date == "2024-03-04"


def test_an_archive_is_none_of_its_articles_whatever_open_graph_calls_it():
    head = '<meta property="og:type" content="article">' + json_ld({"@type": "CollectionPage"})
    found = metadata(head, "<h1>Sea</h1><h2>Tar</h2><p>By Ada Holm</p><time>2024-03-04</time>")
    assert (found.page_type, found.authors, found.date) == ("listing", (), None)


def test_a_page_about_an_event_was_published_only_when_it_says_so():
    event = json_ld({"@type": "MusicEvent", "startDate": "2025-06-07"})
    body = f"{HEADING}<p>Tickets from 3 May 2025</p>"
    assert metadata(event, body).date is None
    assert metadata(event, f"{body}<p>Published 4 March 2025</p>").date == "2025-03-04"


def test_a_sentence_with_a_day_tells_none_of_the_page():
    body = f"{HEADING}<p>It will open again on March 4, 2038.</p>"
    assert metadata("", body).date is None
    assert metadata("", f"{body}<p>Monday, 4 March 2024.</p>").date == "2024-03-04"


@pytest.mark.parametrize(
    "footer",
    [
        "<footer class='entry-footer'>",
        "<div class='post-footer'>",
        "<footer class='story__footer'>",
        "<footer>",
    ],
)
def test_what_ends_the_story_is_no_side_matter(footer):
    line = '<time>4 March 2024</time> <b class="author">Ada Holm</b> <a rel="tag">ferries</a>'
    found = metadata("", f"<article>{HEADING}<p>The boats…</p>{footer}{line}")
    assert (found.date, found.authors, found.tags) == ("2024-03-04", ("Ada Holm",), ("ferries",))
    found = metadata("", f"{HEADING}<p>The boats…</p><footer class='card-footer'>{line}")
    assert (found.authors, found.tags) == ((), ())


def test_a_day_in_side_matter_yields_to_the_day_of_a_change():
    related = '<div class="related"><p>9 March 2024</p></div>'
    found = metadata("", f"<main>{HEADING}<p>Updated 4 March 2024</p></main>{related}")
    assert (found.date, found.modified) == ("2024-03-04", "2024-03-04")
    assert metadata("", f"<main>{HEADING}</main>{related}").date == "2024-03-09"


def test_a_time_without_a_zone_may_be_that_of_another_country():
    head = json_ld({"@type": "Article", "datePublished": "2024-03-05 03:05:48"})
    assert metadata(head, f"{HEADING}<p>Mar 4, 2024, 9:05 pm</p>").date == "2024-03-04"
    assert metadata(head, f"{HEADING}<p>Mar 2, 2024, 9:05 pm</p>").date == "2024-03-05"


def test_the_canonical_address_tells_the_day_of_a_page_without_an_address():
    head = '<link rel="canonical" href="https://example.org/2024/03/04/ferries">'
    assert metadata(head, HEADING).date == "2024-03-04"


def test_a_day_some_way_before_the_title_is_that_of_the_page():
    found = metadata("", f"<main><p>4 March 2024</p>{'<i></i>' * 22}{HEADING}</main>")
    assert found.date == "2024-03-04"


@pytest.mark.parametrize("name", ["timeago", "published"])
def test_an_abbreviation_hides_the_whole_date(name):
    line = f"<abbr class='{name}' title='2024-03-04T10:00:00Z'>4 March</abbr>"
    assert metadata("", f"{HEADING}{line}").date == "2024-03-04"


def test_the_day_of_a_masthead_goes_after_that_of_the_story():
    today = "<header><span class='time-now'>9 March 2024</span></header>"
    story = f"<p class='date'>4 March 2024</p>{HEADING}"
    assert metadata("", today + story).date == "2024-03-04"


@pytest.mark.parametrize("mark", ["·", "|"])
def test_a_day_that_ends_in_a_full_stop_ends_no_sentence(mark):
    body = f"<h1>A kutak</h1><p>Képek: Nagy Ilona a szigetről {mark} 2024. július 30.</p>"
    assert metadata("<title>A kutak</title>", body, lang="hu").date == "2024-07-30"


def test_a_day_that_a_blog_marks_as_both_is_that_of_publication():
    day = '<time class="published updated" datetime="2024-03-04T10:00">4 March 2024</time>'
    found = metadata("", f"{HEADING}{day}<p>…</p><time>9 March 2024</time>")
    assert (found.date, found.modified) == ("2024-03-04", None)


def test_a_story_that_was_moved_is_of_the_day_it_shows():
    head = '<meta property="article:published_time" content="{}">'
    moved = head.format("2024-03-04T09:00:00+01:00")
    assert metadata(moved, f"{HEADING}<p class=date>4 March 2021</p>").date == "2021-03-04"
    assert metadata(moved, f"{HEADING}<p>4 March 2021</p>").date == "2024-03-04"
    assert metadata(moved, f"{HEADING}<p class=date>5 April 2025</p>").date == "2024-03-04"
    turned = head.format("2024-11-04T09:00:00+01:00")
    assert (
        metadata(turned, f"{HEADING}<p class=date>11/04/2024</p>", lang="de").date == "2024-11-04"
    )


def test_days_of_other_works_say_nothing_where_the_page_shows_its_own():
    head = '<meta name="dcterms.created" content="2024-03-04T09:00:00+00:00">'
    head += '<meta name="dcterms.modified" content="2024-03-04T10:00:00+00:00">'
    related = '<ul class="related"><li><p>2 March 2024</p></li></ul>'
    shown = "<p>Last updated 4 March 2024</p>"
    assert metadata(head, HEADING + shown + related).date == "2024-03-04"


def test_a_day_far_above_the_title_is_that_of_the_masthead():
    top = f"<p>Today: 9 May 2024</p>{'<i>tea</i>' * 22}"
    assert metadata("", f"{top}{HEADING}<p>4 March 2024</p>").date == "2024-03-04"


def test_a_story_may_begin_with_its_day_in_brackets():
    text = f"(4.3.2024) The pier is closed {'until the tide turns ' * 9}"
    assert metadata("", f"{HEADING}<p>{text}</p>", lang="de").date == "2024-03-04"


def test_an_abbreviation_may_hide_the_moment():
    body = f'{HEADING}<p><abbr title="2024-03-04T08:15:00Z">2 hours ago</abbr></p>'
    assert metadata("", body).date == "2024-03-04"
    assert metadata("", f'{HEADING}<p><abbr title="2024">MMXXIV</abbr></p>').date is None


def test_what_a_wiki_tells_around_its_title_is_of_its_subject():
    head = '<meta name="generator" content="MediaWiki 1.42.0">'
    box = "<table class=infobox><tr><th>Written by<td>Ada Holm<tr><td>4 March 1999</table>"
    found = metadata(head, HEADING + box)
    assert (found.authors, found.date) == ((), None)
    assert metadata("", HEADING + box).authors == ("Ada Holm",)


def test_a_footer_may_say_of_itself_that_it_tells_the_last_change():
    foot = "<footer><p id={}>This page was last edited on 5 May 2024.</p></footer>"
    body = f"{HEADING}{'<p>tea</p>' * 200}{foot}"
    assert metadata("", body.format("footer-info-lastmod")).modified == "2024-05-05"
    assert metadata("", body.format("imprint")).modified is None


def test_a_day_that_is_declared_and_shown_goes_before_one_of_a_statement():
    head = '<meta property="article:published_time" content="2024-03-04T09:00:00+01:00">'
    said = "<p class=meta>Ada Holm on 2 February 2024</p><p class=date>4 March 2024</p>"
    assert metadata(head, HEADING + said).date == "2024-03-04"
