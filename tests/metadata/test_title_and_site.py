"""What of a title names the site, and what the page."""

import pytest

from cleaner.metadata._sites import is_site, without_site

from .pages import metadata


def test_the_name_of_the_site_in_a_heading_is_not_the_title():
    found = metadata(
        '<meta property="og:site_name" content="Harbour Post">'
        "<title>Ferries stop at noon - Harbour Post</title>",
        "<h1>Harbour Post</h1><h2>Ferries stop at noon</h2>",
    )
    assert found.title == "Ferries stop at noon"


def test_the_name_of_the_site_in_the_heading_of_a_page_is_cut_as_in_the_head():
    whole = "The tide is low at noon | Moor Post"
    head, body = f"<title>{whole}</title>", f"<h1>{whole}</h1>"
    found = metadata(head, body, url="https://moorpost.example/low")
    assert found.title == "The tide is low at noon"
    assert metadata(head, body, url="https://moorpost.example/").title == whole
    tour = "Moor Post: the tide is low at noon"
    found = metadata(f"<title>{tour}</title>", f"<h1>{tour}</h1>", url="https://moorpost.example/a")
    assert found.title == tour


@pytest.mark.parametrize(
    "title",
    [
        "Moor Board :: View topic - The tide is low",
        "Moor Board • Thema anzeigen - The tide is low",
        "Moor » Blog Archive » The tide is low",
    ],
)
def test_what_software_calls_its_pages_is_no_part_of_the_title(title):
    assert metadata(f"<title>{title}</title>").title == "The tide is low"


@pytest.mark.parametrize(
    "home", ["http://moor.example/", "/", "/index.php", "index.php?s=f00&amp;act=idx"]
)
def test_a_heading_that_links_to_the_front_page_names_the_site(home):
    heading = f"<h1><a href='{home}'>Moor</a></h1><h3>Low tide</h3>"
    found = metadata("<title>Moor -> Low tide</title>", heading)
    assert (found.title, found.site_name) == ("Low tide", "Moor")
    assert found.sources["site_name"].name == "link"


@pytest.mark.parametrize("home", ["/doku.php?id=start", "/wiki/doku.php/start", "/start"])
def test_a_wiki_in_brackets_after_the_title_is_the_site(home):
    logo = f"<h1 class=logo><a href='{home}'>Moor Wiki of tar</a></h1>"
    found = metadata("<title>Low tide [Moor Wiki of tar]</title>", f"{logo}<h1>Low tide</h1>")
    assert (found.title, found.site_name) == ("Low tide", "Moor Wiki of tar")
    assert metadata("<title>Low tide [Video]</title>", logo).title == "Low tide [Video]"


def test_a_heading_that_names_the_place_of_a_text_is_not_its_title():
    head, place = "<title>The tar melts : moor</title>", "<h1 class=name>moor</h1>"
    assert metadata(head, f"<a class='title blank'>The tar melts</a>{place}").title == (
        "The tar melts"
    )
    assert metadata(head, f"<a>The tar melts</a>{place}").title == "moor"


def test_the_name_of_the_board_after_the_title_is_cut_where_it_is_a_subheading():
    head = "<title>Tar for all boats | Notices | Quay</title>"
    body = "<h1><a href='/'>Quay</a></h1><h3>Notices</h3><strong>Tar for all boats</strong><p>…</p>"
    assert metadata(head, body).title == "Tar for all boats"
    assert metadata(head, body.replace("h3", "p")).title == "Tar for all boats | Notices"
    assert (
        metadata(head, body.replace("Tar for", "Tar: for")).title == "Tar for all boats | Notices"
    )


def test_a_page_out_of_a_web_archive_is_of_its_own_site():
    url = "https://web.archive.org/web/20060504101112/http://moor.example/2006/05/04/low.html"
    found = metadata("<title>Low tide - Moor</title>", "", url=url)
    assert (found.title, found.site_name, found.date) == ("Low tide", "Moor", "2006-05-04")


def test_the_book_that_every_chapter_has_as_heading_is_not_the_title():
    head, book = "<title>Knots - The Sailing Manual</title>", "<h1>The Sailing Manual</h1>"
    assert metadata(head, f"{book}<h1>Knots</h1>").title == "Knots"
    assert metadata(head, f"{book}<h2>Knots</h2>").title == "Knots"


def test_without_a_heading_the_title_comes_from_open_graph_without_the_site():
    found = metadata(
        '<meta property="og:title" content="Ferries stop &amp;amp; wait — Harbour Post">'
        '<meta property="og:site_name" content="Harbour Post">'
    )
    assert found.title == "Ferries stop & wait"
    assert found.sources["title"].name == "opengraph"


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Low tide | Moor News", "Low tide"),
        ("Moor News: Low tide", "Low tide"),
        ("Low tide – a guide – Moor News", "Low tide – a guide"),
        ("Low tide - a guide", "Low tide - a guide"),
        ("Moor News", "Moor News"),
        ("", ""),
    ],
)
def test_only_parts_that_name_the_site_are_cut(title, wanted):
    assert without_site(title, ["Moor News"]) == wanted


@pytest.mark.parametrize("text", ["Moor News", "moornews", "MOOR NEWS!", "Moor News Daily"])
def test_the_site_is_known_with_other_case_signs_or_a_word_more(text):
    assert is_site(text, ["Moor News"])


def test_a_word_of_the_sites_length_is_not_the_site():
    assert not is_site("Flexbox", ["Mozilla"])


def test_the_last_part_is_the_title_where_the_first_names_the_site():
    found = metadata(
        "<title>Harbour Blog: How tides turn</title>",
        "<h1>How tides turn</h1>",
        url="https://harbour.example/how",
    )
    assert found.title == "How tides turn"


@pytest.mark.parametrize(
    ("part", "host"), [("Ida Co-op", "ida.example"), ("North Sea Pilots", "nsp.example")]
)
def test_a_site_is_told_by_its_host_and_by_its_initials(part, host):
    found = metadata(f"<title>Ropes and knots | {part}</title>", url=f"https://www.{host}/a")
    assert found.title == "Ropes and knots"


def test_a_part_that_does_not_name_the_host_stays():
    found = metadata("<title>Ropes | Bowline hitches</title>", url="https://www.ida.example/a")
    assert found.title == "Ropes | Bowline hitches"


def test_what_the_longer_title_adds_to_open_graph_is_the_site():
    found = metadata(
        "<title>Ada Holm on Boats: Tar for beginners</title>"
        '<meta property="og:title" content="Tar for beginners">',
        "<h1>Ada Holm on Boats</h1>",
    )
    assert found.title == "Tar for beginners"


@pytest.mark.parametrize("title", ["Tar for beginners | Moor", "Moor | Tar for beginners"])
def test_open_graph_may_give_the_name_of_the_site_for_the_title(title):
    names = ("og:title", "og:site_name")
    head = "".join(f'<meta property="{name}" content="Moor">' for name in names)
    found = metadata(f"<title>{title}</title>{head}", "<h1>Tar for beginners</h1>")
    assert found.title == "Tar for beginners"


def test_the_title_goes_before_its_sections_whatever_parts_the_name_of_the_site():
    head = "<title>보건선이 다시 뜨다 &lt; 사회 &lt; 기사본문 - 해안일보</title>"
    body = "<h1><a href='/'>해안일보</a></h1><h3>보건선이 다시 뜨다</h3>"
    assert metadata(head, body, lang="ko").title == "보건선이 다시 뜨다"


def test_what_follows_the_name_of_the_blog_without_a_mark_is_the_title():
    head, entry = "<title>山の日記 柚子が豊作です</title>", "<h2>柚子が豊作です</h2>"
    blog = "<h1><a href='{}'>山の日記</a></h1>"
    assert metadata(head, blog.format("/") + entry, lang="ja").title == "柚子が豊作です"
    assert metadata(head, blog.format("/12") + entry, lang="ja").title == "山の日記"


def test_a_chinese_office_names_its_article_and_its_site_in_the_head():
    head = '<title>通知_海港市</title><meta name="ArticleTitle" content="关于捕捞的通知">'
    found = metadata(f'{head}<meta name="SiteName" content="海港市">', lang="zh")
    assert (found.title, found.site_name) == ("关于捕捞的通知", "海港市")


def test_the_word_for_a_front_page_is_a_title_only_where_nothing_else_is():
    head = '<title>Home</title><meta property="og:title" content="Home">'
    assert metadata(head, "<h1>Welcome to the quay</h1>").title == "Welcome to the quay"
    assert metadata(head).title == "Home"


def test_a_front_page_may_bear_the_name_of_its_site():
    head = (
        '<title>Harbour Post</title><meta property="og:title" content="Harbour Post">'
        '<meta property="og:site_name" content="Harbour Post">'
    )
    found = metadata(head, "<h1>Latest</h1>", url="https://post.example/")
    assert found.title == "Harbour Post"


def test_the_host_before_a_title_goes():
    found = metadata("<title>tar.example Boiling tar</title>", url="https://tar.example/boiling")
    assert found.title == "Boiling tar"


@pytest.mark.parametrize(
    ("title", "site", "wanted"),
    [
        ("渡轮中午停运_海港新闻网", "海港新闻网", "渡轮中午停运"),
        ("渡轮中午停运-海港新闻网", "海港新闻网", "渡轮中午停运"),
        ("フェリーは正午に運休：港新聞", "港新聞", "フェリーは正午に運休"),
        ("페리 운항 중단 - 항구일보", "항구일보", "페리 운항 중단"),
    ],
)
def test_a_site_is_cut_from_titles_in_scripts_without_spaces(title, site, wanted):
    head = f'<meta property="og:site_name" content="{site}"><title>{title}</title>'
    assert metadata(head, lang="zh").title == wanted


@pytest.mark.parametrize(
    ("title", "body", "site"),
    [
        ("Low tide - Moor Post", "<h1>Low tide</h1>", "Moor Post"),
        ("Moor Post | Low tide", "<h1>Low tide</h1>", "Moor Post"),
        ("Low tide - News - Moor Post", "<h2>Low tide</h2>", "Moor Post"),
        ("Low tide - Moor Post", "<h1>Moor Post</h1><h2>Low tide</h2>", "Moor Post"),
        ("Low tide [Moor Post]", "<h1>Low tide</h1>", "Moor Post"),
        ("Low tide - Moor Post - Powered by Discuz!", "<h1>Low tide</h1>", "Moor Post"),
        ("Low tide: a guide", "<h1>Low tide</h1>", None),
        ("Low tide - by Ada Holm", "<h1>Low tide</h1>", None),
        ("Low tide - Page 3", "<h1>Low tide</h1>", None),
        ("Low tide - Moor Post", "<h1>High tide</h1>", None),
    ],
)
def test_what_stands_beside_a_heading_in_the_title_is_the_site(title, body, site):
    assert metadata(f"<title>{title}</title>", body).site_name == site


def test_what_follows_the_name_of_the_site_is_no_title_either():
    head = "<title>The tide is low | Moor Post | Coast and sea | News</title>"
    assert metadata(head, "", url="https://moorpost.example/low").title == "The tide is low"
    assert metadata(head, "").title.endswith("News")
    marked = metadata(
        "<title>.:: Moor ::. Lamps :: Oil</title>", "", url="https://moor.example/low"
    )
    assert "Oil" in marked.title


def test_a_quotation_mark_at_the_end_of_a_title_is_no_part_of_its_own():
    told = "« The tide is low »"
    assert metadata(f"<title>{told}</title>", f"<h1>{told}</h1>").title == told


def test_a_head_that_only_names_the_site_agrees_with_no_heading():
    body = "<h1>The tide is low</h1><h1>Moor contacts</h1><h1>Moor letter</h1>"
    found = metadata("<title>MOOR</title>", body, url="https://www.moor.example/low")
    assert found.title == "The tide is low"


@pytest.mark.parametrize(
    ("title", "own", "site"),
    [
        ("渔船回港_滨海新闻网", "渔船回港", "滨海新闻网"),
        ("渔船回港_教育频道_滨海新闻网", "渔船回港", "滨海新闻网"),
        ("渔船回港--滨海市政府网站", "渔船回港", "滨海市政府网站"),
        ("漁船が港に戻る｜港オンライン", "漁船が港に戻る", "港オンライン"),
        ("他补好了：捕鱼的网", "他补好了：捕鱼的网", None),
        ("渔船回港_捕鱼", "渔船回港_捕鱼", None),
    ],
)
def test_chinese_and_japanese_names_of_sites_end_in_words_for_sites(title, own, site):
    found = metadata(f"<title>{title}</title>", "<p>Tea</p>", lang="zh")
    assert (found.title, found.site_name) == (own, site)


def test_an_address_is_no_name_of_a_site():
    head = '<meta property="og:site_name" content="https://www.moor.example">'
    assert metadata(head, "<h1>Low tide</h1>", url="https://moor.example/low").site_name == (
        "moor.example"
    )
