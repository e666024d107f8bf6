import pytest

from cleaner.metadata._names import names_in

from .pages import HEADING, json_ld, metadata


@pytest.mark.parametrize(
    "author",
    [
        "Ada Holm",
        {"@type": "Person", "name": "Ada Holm"},
        {"@type": "Person", "givenName": "Ada", "familyName": "Holm"},
        [{"@type": "Person", "name": "Ada Holm", "url": "https://example.org/ada"}],
        {"@id": "#ada"},
    ],
)
def test_json_ld_names_the_author_in_every_usual_form(author):
    graph = {
        "@graph": [
            {"@type": ["Article"], "headline": "Ferries stop at noon", "author": author},
            {"@type": "Person", "@id": "#ada", "name": "Ada Holm"},
        ]
    }
    found = metadata(json_ld(graph), HEADING)
    assert found.authors == ("Ada Holm",)
    assert found.sources["authors"].name == "json-ld"


def test_all_authors_of_a_work_that_is_cited_go_before_the_first_of_them():
    head = '<meta name="DC.creator" content="Ada Holm">'
    names = ("Holm, Ada", "Berg, Jo")
    head += "".join(f'<meta name="citation_authors" content="{name}">' for name in names)
    assert metadata(head).authors == ("Ada Holm", "Jo Berg")


def test_the_author_of_a_comment_in_json_ld_is_not_that_of_the_page():
    node = {"@type": "Article", "comment": [{"@type": "Comment", "author": {"name": "Bo Lund"}}]}
    assert metadata(json_ld(node), HEADING).authors == ()


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta name="author" content="Ada Holm">', ""),
        ('<meta name="DC.creator" content="Ada Holm">', ""),
        ('<meta property="article:author" content="Ada Holm">', ""),
        (
            (
                '<meta name="twitter:label1" content="Written by">'
                '<meta name="twitter:data1" content="Ada Holm">'
            ),
            "",
        ),
        ("", '<p><a rel="author" href="/x">Ada Holm</a></p>'),
        ("", '<p itemprop="author" itemscope><b itemprop="name">Ada Holm</b></p>'),
        ("", '<p property="schema:author">Ada Holm</p>'),
        ("", '<div class="post-author">Ada Holm</div>'),
        (
            '<meta property="og:type" content="article">',
            '<a href="/authors/ada-holm/">Ada Holm</a>',
        ),
        (
            '<meta property="og:type" content="article">',
            '<a href="/forfattare/ada-holm">Ada Holm</a>',
        ),
    ],
)
def test_every_convention_of_the_web_names_the_author(head, body):
    found = metadata(head, HEADING + body)
    assert found.author == "Ada Holm"
    assert 0 < found.sources["authors"].confidence <= 1


@pytest.mark.parametrize(
    "value",
    [
        "Staff Writer",
        "Staff Reporter",
        "Redacción",
        "Haber Merkezi",
        "admin",
        "https://example.org/people/ada",
        "{{author.name}}",
        " ",
    ],
)
def test_what_names_no_one_is_not_an_author(value):
    assert metadata(f'<meta name="author" content="{value}">', HEADING).authors == ()


@pytest.mark.parametrize(
    "called", ["autor", "post-auteur", "forfatter", "skribent_navn", "journalists", "toimittaja"]
)
def test_an_element_may_be_named_for_the_author_in_another_language(called):
    assert metadata("", f'{HEADING}<p class="{called}">Ada Holm</p>').authors == ("Ada Holm",)
    assert metadata("", f'{HEADING}<p class="autorotate">Ada Holm</p>').authors == ()


def test_what_holds_the_title_names_no_author():
    body = "<article class='one-author'><h1>Ada Holm in Vik</h1><p>The lamp is lit at dusk.</p>"
    assert metadata("", f"{body}</article>").authors == ()


def test_an_author_link_to_a_login_is_no_author():
    assert metadata("", f'{HEADING}<a href="/users/login">Sign Ada In</a>').authors == ()


def test_the_author_of_a_related_story_is_not_that_of_the_page():
    body = f'<main>{HEADING}</main><div class="related"><p class="author">Bo Lund</p></div>'
    assert metadata("", body).authors == ()


def test_a_person_goes_before_the_sites_own_name():
    head = '<meta property="og:site_name" content="Harbour Post">'
    node = json_ld({"@type": "Article", "author": {"name": "Harbour Post"}})
    with_person = metadata(head + node, f'{HEADING}<p class="byline">Ada Holm</p>')
    assert with_person.authors == ("Ada Holm",)
    alone = metadata(head + node, HEADING)
    assert alone.authors == ("Harbour Post",)
    assert alone.sources["authors"].confidence < with_person.sources["authors"].confidence


def test_a_product_has_no_author():
    node = {"@type": "Product", "name": "Lamp", "author": {"name": "Ada Holm"}}
    assert metadata(json_ld(node), "<h1>Lamp</h1><p>By Ada Holm</p>").authors == ()


@pytest.mark.parametrize(
    "account",
    ['<a class="bigusername" href="member.php?u=1">tidewatch</a>',
     '<a href="/index.php?action=profile;u=1">tidewatch</a>',
     '<a href="profile.php?mode=viewprofile&amp;u=1">tidewatch</a>',
     '<a href="/index.php?showuser=1">tidewatch</a>',
     '<div class="postleft"><dl><dt><b>tidewatch</b></dt><dd>Member</dd></dl></div>'],
)  # fmt: skip
def test_the_account_of_a_post_is_marked_by_its_forum(account):
    body = f"<h2>Low tide</h2>{account}<p>When is it?</p>"
    found = metadata("<title>Low tide</title>", body, url="https://example.org/viewtopic.php?id=1")
    assert found.authors == ("tidewatch",)


@pytest.mark.parametrize(
    "topic", ["Topic", "Téma", "Thema", "Sujet", "Тема", "Konu", "Discussione", "Wątek"]
)
def test_what_stands_beside_author_above_a_thread_is_no_name(topic):
    head = f"<h3><span id='author'>Author</span> {topic}: Low tide (Read 4 times)</h3>"
    post = "<div class='poster'><h4><a href='/u/1'>knot77</a></h4></div>"
    url = "https://example.org/index.php?topic=7.0"
    assert metadata("<title>Low tide</title>", head + post, url=url).authors == ("knot77",)


def test_a_word_for_published_in_an_element_named_for_the_author_is_no_name():
    post = "<div class=by><a>老李</a></div><em id='authorposton7'>发表于 2012-5-3 09:12</em>"
    url = "https://example.org/thread-7-1-1.html"
    assert metadata("<title>Low tide</title>", f"<h1>Low tide</h1>{post}", url=url).authors == ()


def test_the_thread_of_a_forum_has_the_account_of_its_first_post():
    body = (
        "<h1>Which rope?</h1><div class='post'><span class='username'>knot77</span></div>"
        "<div class='post'><span class='username'>second_one</span></div>"
    )
    assert metadata("", body, url="https://example.org/threads/which-rope.7").authors == ("knot77",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Holm and Li Wei", ("Ada Holm", "Li Wei")),
        ("Ada Holm & Li Wei", ("Ada Holm", "Li Wei")),
        ("Ada Holm; Li Wei", ("Ada Holm", "Li Wei")),
        ("Ada Holm og Li Wei", ("Ada Holm", "Li Wei")),
        ("José Ortega y Gasset", ("José Ortega y Gasset",)),
        ("Ana Gil y Luis Mora", ("Ana Gil", "Luis Mora")),
        ("Dr. Ada B. Holm", ("Dr. Ada B. Holm",)),
        ("Ada Holm (Harbour Post)", ("Ada Holm",)),
        ("Editorial Team", ("Editorial Team",)),
        ("", ()),
    ],
)
def test_names_are_parted_and_cleaned(text, names):
    assert names_in([text]) == names


@pytest.mark.parametrize("name", ["Yang Sun", "Lee Min Ho", "Trần Thị Thu Mai", "Asha More"])
def test_a_declared_name_is_kept_whole(name):
    node = json_ld({"@type": "Article", "author": {"@type": "Person", "name": name}})
    assert metadata(node, HEADING).authors == (name,)


@pytest.mark.parametrize(
    ("byline", "name"),
    [
        ("Hoàng Thu Lê", "Hoàng Thu Lê"),
        ("Sun Li", "Sun Li"),
        ("Ada Holm Thu, 4 Mar 2024", "Ada Holm"),
        ("Ada Holm Mon Mar 4", "Ada Holm"),
        ("Ada Holm Thu", "Ada Holm"),
    ],
)
def test_a_day_of_the_week_ends_a_name_and_stands_in_one(byline, name):
    assert metadata("", f"{HEADING}<p>By {byline}</p>").authors == (name,)


@pytest.mark.parametrize("name", ["user-card__username", "follow-nickName", "nickname"])
def test_the_name_of_an_account_beside_the_title_is_an_author(name):
    assert metadata("", f"{HEADING}<a class='{name}'>ada_h</a>").authors == ("ada_h",)


def test_the_one_who_opened_a_thread_of_discuz_is_its_author():
    head = '<meta name="generator" content="Discuz! X3.4"><title>船底漏水</title>'
    account = "<div class='authi'><a href='home.php?mod=space&amp;uid=3'>北风吹</a></div>"
    date = "<div class='authi'><em id='authorposton1'>发表于 2024-3-4 19:20</em></div>"
    assert metadata(head, f"<h1>船底漏水</h1>{account}{date}", lang="zh").authors == ("北风吹",)


def test_an_abbreviated_title_does_not_end_a_name():
    line = "<p>By Prof. Dr. Ada Holm and Rep. Li Wei. Photos by Bo Lund.</p>"
    assert metadata("", HEADING + line).authors == ("Prof. Dr. Ada Holm", "Rep. Li Wei")


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "<p><span>Press Release</span> <time>March 4, 2024</time></p>"),
        ("en", "<p><span class='category'>Crab Boats</span> <time>March 4, 2024</time></p>"),
        ("de", "<p>Letzte Änderung</p><p>4. März 2024</p>"),
        ("ar", "<p>أخبار العالم</p><p>3 أبريل 2024</p>"),
        ("en", "<p>Taken on March 4, 2024</p><p>Lumen AE-1</p>"),
        ("cy", "<p>Dydd Mawrth 4 Mawrth 2024</p>"),
        ("ga", "<p>Dé Máirt, 4 Márta 2024</p>"),
        ("pl", "<p><b>Kiedy:</b> 4 marca 2024</p><p><b>Gdzie:</b> <i>Sala Rzeczna</i></p>"),
    ],
)
def test_a_label_beside_the_date_is_no_author(lang, line):
    head = '<meta property="og:type" content="article">'
    assert metadata(head, f"{HEADING}{line}<p>…</p>", lang=lang).authors == ()
    named = f"{HEADING}<p>Ada Holm</p><p>2024-03-04</p><p>…</p>"
    assert metadata(head, named, lang=lang).authors == ("Ada Holm",)


def test_the_authors_of_a_paper_are_those_that_its_head_cites():
    head = "".join(
        f'<meta name=citation_author content="{name}">' for name in ("Ada Holm", "Li Wei")
    )
    assert metadata(head, f"{HEADING}<p>by Ada Holm</p>").authors == ("Ada Holm", "Li Wei")
    head = "<meta name=citation_author content='Holm, Ada B.'>"
    assert metadata(head, HEADING).authors == ("Ada B. Holm",)
    head = "<meta name=citation_author content=Holm>"
    assert metadata(head, f"{HEADING}<p>by Ada Holm</p>").authors == ("Ada Holm",)


@pytest.mark.parametrize("name", ["citation_author", "DC.creator"])
def test_family_names_before_a_comma_go_last(name):
    given = ("Holm, Ada", "de Vries, Jo", "Ruiz Gil, Ana")
    head = "".join(f'<meta name="{name}" content="{value}">' for value in given)
    assert metadata(head, HEADING).authors == ("Ada Holm", "Jo de Vries", "Ana Ruiz Gil")


def test_a_degree_stays_with_its_holder():
    assert names_in(["Ada Holm, MD"], credentials=True) == ("Ada Holm, MD",)


def test_a_person_whose_site_bears_the_name_is_the_author():
    node = {"@type": "BlogPosting", "author": {"@type": "Person", "name": "Ada Holm"}}
    head = '<meta property="og:site_name" content="Ada Holm">' + json_ld(node)
    found = metadata(head, "<h1>Knots</h1><p>By Li Wei</p>" + "<p>a</p>" * 60 + "<p>By Li Wei</p>")
    assert metadata(head, "<h1>Knots</h1>").author == "Ada Holm"
    assert found.author == "Li Wei"  # a byline by the title is still believed more


def test_a_site_whose_name_joins_two_is_not_taken_for_the_first_of_them():
    names = ('property="og:site_name"', 'name="author"')
    head = "".join(f'<meta {name} content="Holm &amp; Holm">' for name in names)
    assert metadata(head, "<h1>Knots</h1>").author is None
    article = '<meta property="og:type" content="article">'
    assert metadata(article + head, "<h1>Knots</h1>").author == "Holm & Holm"


@pytest.mark.parametrize(
    ("name", "authors"),
    [
        ("Ministry of Fish, Food and Ferries", ("Ministry of Fish, Food and Ferries",)),
        ("Holm & Sons", ("Holm & Sons",)),
        ("Ada Holm, Jo Berg", ("Ada Holm", "Jo Berg")),
    ],
)
def test_the_name_of_an_organisation_stays_whole(name, authors):
    node = {"@type": "Article", "author": {"@type": "Organization", "name": name}}
    assert metadata(json_ld(node)).authors == authors


def test_a_name_in_parentheses_inside_a_name_stays():
    head = '<meta name="author" content="Ada (Maria) Holm (editor)">'
    assert metadata(head, "<h1>Knots</h1>").author == "Ada (Maria) Holm"


def test_the_person_of_a_web_page_goes_before_the_account_in_the_head():
    node = {"@type": "WebPage", "author": {"@type": "Person", "name": "Ada Holm"}}
    head = '<meta name="author" content="knotshop">' + json_ld(node)
    assert metadata(head, "<h1>Knots</h1>").author == "Ada Holm"


@pytest.mark.parametrize(
    "line",
    [
        "<p><a rel='author'>Ada Holm</a> in the harbour, and <a rel='author'>Li Wei</a></p>",
        "<b itemprop='author'>Ada Holm</b>, <b itemprop='author'>Li Wei</b>",
        "<ul class='authors'><li class='author'>Ada Holm<li class='author'>Li Wei</ul>",
        "<h4 class='author'><a href='/by/ada'>Ada Holm</a>, <a href='/by/li'>Li Wei</a></h4>",
        "<p><a href='/autor/ada'>Ada Holm</a> <a href='/autor/li'>Li Wei</a></p>",
    ],
)
def test_authors_in_elements_of_their_own_are_all_found(line):
    head = '<meta property="og:type" content="article">'
    assert metadata(head, f"{HEADING}{line}<p>…</p>").authors == ("Ada Holm", "Li Wei")


def test_a_name_of_one_word_in_a_script_without_spaces_is_enough():
    body = f"{HEADING}<span class='writer'>바다고양이</span>"
    assert metadata("", body, lang="ko").authors == ("바다고양이",)
    for other in ("관리자", "명함"):
        assert metadata("", body.replace("바다고양이", other), lang="ko").authors == ()


def test_a_box_of_an_editor_that_builds_pages_of_widgets_names_the_author():
    box = "<div class='elementor-widget'><h4 class='author-name'>Ada Holm</h4></div>"
    assert metadata("", f"{HEADING}{box}").authors == ("Ada Holm",)
    assert metadata("", f"{HEADING}{box.replace('elementor-', '')}").authors == ()


@pytest.mark.parametrize(
    "line",
    [
        "<p class='author'><a href='/by/ada'>Ada Holm</a> in <a href='/sea'>Harbour Life</a></p>",
        f"<p class='author'>Ada Holm</p>{'<p>a</p>' * 9}<p class='author'>Li Wei</p>",
        "<div><p class='author'>Ada Holm</p></div><h3>Tar</h3><p class='author'>Li Wei</p>",
    ],
)
def test_who_stands_apart_from_the_author_is_none(line):
    assert metadata("", HEADING + line).authors == ("Ada Holm",)


def test_labelled_data_may_name_more_authors_than_json_ld():
    node = json_ld({"@type": "Article", "author": {"@type": "Person", "name": "Ada Holm"}})
    label = (
        '<meta name="twitter:label1" content="Written by">'
        '<meta name="twitter:data1" content="Ada Holm, Li Wei">'
    )
    assert metadata(node + label, HEADING).authors == ("Ada Holm", "Li Wei")


@pytest.mark.parametrize("end", ["", " on Tide", ': "Low tide"'])
def test_a_post_is_by_the_account_that_its_title_names_with_a_handle(end):
    head = f"<title>Ada Holm (@ada@quay.example){end}</title>"
    assert metadata(head, "<p>Low tide today.</p>").authors == ("Ada Holm",)
    other = "<title>Ada Holm (@ada) tells us how she mends the nets</title>"
    assert metadata(other, "<p>Low tide today.</p>").authors == ()


def test_an_account_of_reddit_is_named_without_its_sign():
    assert metadata('<meta name="author" content="u/tarpot">').authors == ("tarpot",)


def test_the_name_of_the_site_after_that_of_a_person_is_no_author():
    head, line = (
        "<title>Ferries stop - Quay Post</title>",
        "<p>Por Ada Holm, Quay Post — Santos</p>",
    )
    assert metadata(head, f"<h1>Ferries stop</h1>{line}", lang="pt").authors == ("Ada Holm",)


def test_a_part_of_a_name_is_no_account():
    body = (
        "<a rel=author href='/'>Ada’s log</a><article><h1>Tar</h1><b itemprop=author>Ada Holm</b>"
    )
    assert metadata("", body).authors == ("Ada Holm",)


def test_a_month_of_two_words_is_no_author():
    assert metadata("", "<h1>Tar</h1><p>Tháng Ba 4, 2024</p>", lang="vi").authors == ()


def test_the_name_of_a_portal_is_no_author_beside_that_of_a_reporter():
    head = '<title>渔船回港_海岸新闻</title><meta name="author" content="海岸">'
    story = "<h1>渔船回港</h1><p>本报讯（记者 何雨薇）渔船今天回港。</p>"
    assert metadata(head, story, lang="zh").authors == ("何雨薇",)


@pytest.mark.parametrize(
    "name", ["Discuz! Team and Comsenz UI Team", "未知", "佚名", "Edit Profile"]
)
def test_what_stands_where_no_author_is_named_is_none(name):
    assert metadata(f'<meta name="author" content="{name}">', "<h1>Low tide</h1>").authors == ()
