import json

import pytest

from cleaner.metadata import extract_metadata

from .pages import json_ld, metadata, parse

URL = "https://www.example.org/news/ferries?id=3"


def test_an_empty_tree_gives_empty_metadata():
    found = extract_metadata(None)
    assert found.title is None
    assert found.authors == found.tags == ()
    assert dict(found.sources) == {}


def test_every_field_with_a_value_has_a_source_and_no_other_has():
    head = (
        "<title>Ferries stop</title>"
        '<link rel="canonical" href="/news/ferries"><link rel="license" href="/terms">'
        '<meta property="og:site_name" content="Harbour Post">'
        '<meta property="og:description" content="No boats.">'
        '<meta property="og:image" content="/a.jpg"><meta property="article:tag" content="sea">'
        '<meta property="article:published_time" content="2024-03-04">'
    )
    found = metadata(head, "<h1>Ferries stop</h1><p>By Ada Holm</p>", url=URL)
    names = {
        name
        for name in found.__slots__
        if name != "sources" and getattr(found, name) not in (None, ())
    }
    assert set(found.sources) == names
    assert names == {
        *("title", "authors", "date", "site_name", "description", "language", "url", "image"),
        *("tags", "license", "page_type"),
    }
    assert all(0 < source.confidence <= 1 for source in found.sources.values())


def test_addresses_are_made_absolute_by_the_base_and_the_pages_address():
    head = '<base href="/en/"><link rel="canonical" href="ferries">'
    found = metadata(f'{head}<meta name="twitter:image" content="a.png">', url=URL)
    assert found.url == "https://www.example.org/en/ferries"
    assert found.image == "https://www.example.org/en/a.png"


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "http://[", "mailto:a@b"]
)
def test_an_address_that_is_none_of_the_web_is_no_image_and_no_canonical(href):
    head = f'<link rel="canonical" href="{href}"><meta property="og:image" content="{href}">'
    found = metadata(head, url=URL)
    assert found.image is None
    assert found.url == URL


@pytest.mark.parametrize(
    ("written", "tag"),
    [("nb-no", "nb-NO"), ("EN_us", "en-US"), ("zh-hant", "zh-Hant"), ("", None), ("no such", None)],
)
def test_the_language_is_a_tag_in_its_usual_case(written, tag):
    assert metadata(lang=written).language == tag


def test_open_graph_tells_the_language_where_the_page_does_not():
    found = metadata('<meta property="og:locale" content="pt_BR">', lang="")
    assert (found.language, found.sources["language"].name) == ("pt-BR", "opengraph")


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("潮が引く", "ja"),
        ("海边的桥", "zh"),
        ("썰물 시간", "ko"),
        ("น้ำลง", "th"),
        ("שעת השפל", "he"),
        ("Ώρα της άμπωτης", "el"),
        ("ზღვის მოქცევა", "ka"),
        ("Прилив", None),
        ("Рыбы ушли с отливом", "ru"),
        ("Її човен у затоці", "uk"),
        ("Усё паўднёвае ў моры", "be"),
        ("Въже върху кея", "bg"),
        ("Ноћу ће доћи плима", "sr"),
        ("Ќе дојде плима, веќе", "mk"),
        ("Қайық қалды", "kk"),
        ("Өсөр көтөрүлүп, ылдый агат", None),
        ("ماهی‌گیران پس از جزر برگشتند", "fa"),
        ("کشتیاں اور لہریں ہیں ڈوبتی", "ur"),
        ("السفينة عند الجزيرة", "ar"),
        ("الجزر", None),
        ("Low tide at 東京", None),
    ],
)
def test_a_script_of_one_language_tells_the_language_where_nothing_else_does(words, language):
    head, body = f"<title>{words}</title>", f"<script>{'var tide = 0;' * 20}</script><p>{words}</p>"
    assert metadata(head, body, lang="").language == language
    assert metadata(head, body, lang="en-US").language == (language or "en-US")
    assert metadata(head, body, lang="nb").language == "nb"


@pytest.mark.parametrize("lang", ["", "en-US"])
def test_a_date_is_read_in_the_language_that_the_script_tells(lang):
    page = "<h1>เรือเฟอร์รี่หยุดเดิน</h1><p>4 มีนาคม 2567</p>"
    assert metadata("<title>เรือเฟอร์รี่หยุดเดิน</title>", page, lang=lang).date == "2024-03-04"


@pytest.mark.parametrize(
    ("kind", "page_type"),
    [
        ("NewsArticle", "article"),
        ("https://schema.org/Product", "product"),
        ("DiscussionForumPosting", "forum"),
        ("CollectionPage", "listing"),
        ("TechArticle", "documentation"),
        ("Person", None),
    ],
)
def test_the_type_of_a_page_is_what_its_markup_declares(kind, page_type):
    assert metadata(json_ld({"@type": kind, "name": "x"})).page_type == page_type


def test_the_item_of_the_headline_tells_the_type_of_a_page():
    item = '<div itemscope itemtype="https://schema.org/{}"><h2 itemprop="headline">Low tide</h2>'
    post = item.format("DiscussionForumPosting")
    assert metadata("", post).page_type == "forum"
    assert metadata("", f"{post}</div>{item.format('Person')}").page_type == "forum"
    assert metadata("", f"{post}</div>{post}").page_type is None


def test_the_software_of_a_forum_tells_more_than_open_graph():
    head = '<meta property="og:type" content="article"><meta name="generator" content="{}">'
    assert metadata(head.format("Discourse 3.4.0 - https://d.example")).page_type == "forum"
    assert metadata(head.format("Ghost 5.2")).page_type == "article"


def test_questions_and_answers_at_the_foot_make_no_forum():
    node = {"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "Why?"}]}
    assert metadata(json_ld(node)).page_type is None


def test_tags_come_once_each():
    found = metadata('<meta name="keywords" content="sea, boats; sea,,">')
    assert found.tags == ("sea", "boats")
    assert metadata('<meta name="keywords" content="#sea, C#, #">').tags == ("sea", "C#")


@pytest.mark.parametrize("comma", "，、；،")
def test_tags_are_parted_by_the_commas_of_other_scripts(comma):
    assert metadata(f'<meta name="keywords" content="海{comma}船">').tags == ("海", "船")


def test_links_to_tags_serve_where_the_head_has_none():
    body = "<a rel='tag'>sea</a>, <a rel='nofollow tag'>boats</a><nav><a rel='tag'>news</a></nav>"
    assert metadata("", body).tags == ("sea", "boats")
    assert metadata('<meta name="keywords" content="tar">', body).tags == ("tar",)


def test_the_site_is_named_by_the_host_where_nothing_else_does():
    found = metadata(url=URL)
    assert found.site_name == "example.org"
    assert found.sources["site_name"].confidence < 0.5


SITES = [
    ('<link type="application/rss+xml" title="Quay Notes &raquo; Feed">', ""),
    ('<link type="application/atom+xml" title="Quay Notes">', ""),
    ("", '<a href="/"><img alt="Quay Notes logo"></a>'),
    ("", '<p><a rel="home" href="https://www.example.org/en">Quay Notes</a></p>'),
]


@pytest.mark.parametrize(("head", "body"), SITES)
def test_a_site_is_named_by_its_feed_or_by_links_home_where_the_title_says_the_same(head, body):
    found = metadata(f"<title>Ferry in fog - Quay Notes</title>{head}", body, url=URL)
    assert (found.site_name, found.title) == ("Quay Notes", "Ferry in fog")
    assert found.sources["site_name"].name == "link"


def test_a_feed_of_the_page_itself_and_a_link_to_the_start_name_no_site():
    head = '<title>Ropes - Tar</title><link type="application/rss+xml" title="Ropes">'
    found = metadata(head, '<a href="/">Start</a>', url=URL)
    assert found.site_name == "example.org"


def test_a_site_that_the_title_calls_as_its_host_is_not_called_as_its_publisher():
    node = {"@type": "Article", "name": "Ropes", "publisher": {"name": "Tidewater Holdings Ltd"}}
    head = f"<title>Ropes – Tidepedia</title>{json_ld(node)}"
    assert metadata(head, url="https://en.tidepedia.example/Ropes").site_name == "Tidepedia"
    assert metadata(head, url=URL).site_name == "Tidewater Holdings Ltd"
    head = head.replace("Tidepedia", "tides.example")
    assert metadata(head, url="https://tides.example/a").site_name == "Tidewater Holdings Ltd"


def test_of_several_rights_under_one_name_an_address_is_the_licence():
    head = "".join(
        f'<meta name="DC.Rights" content="{rights}">'
        for rights in ("Copyright (c) 2021 Ada Holm", "https://licences.example/by")
    )
    assert metadata(head).license == "https://licences.example/by"


def test_a_script_is_no_licence():
    head = '<meta name="DC.Rights" content="{}">'
    assert metadata(head.format("JavaScript:alert(1)")).license is None
    assert metadata(head.format("CC: BY")).license == "CC: BY"


BROKEN = [
    '{"@type": "Article", "headline": "Ferries stop",}',
    '<!-- {"@type": "Article", "headline": "Ferries stop"} -->',
    '//<![CDATA[\n{"@type": "Article", "headline": "Ferries stop"}\n//]]>',
    '{"@type": "Article", "headline": "Ferries stop"};',
    '{/* a * b */ "@type": "Article", "headline": "Ferries stop"}',
    '// a\n{"@type": "Article", "url": "https://a.example/",\n // b\n"headline": "Ferries stop"}',
    '{"@type": "Article", "text": "a\nb", "headline": "Ferries stop"}',
    '{"@type": "Article", "text": "a\\d", "headline": "Ferries stop"}',
    "{&quot;@type&quot;: &quot;Article&quot;, &quot;headline&quot;: &quot;Ferries stop&quot;}",
    '{"@type": "WebSite"} {"@type": "Article", "headline": "Ferries stop"}',
    '[[{"@graph": [{"@type": ["Article"], "headline": "Ferries stop"}]}]]',
    '{"@type": "WebPage", "mainEntity": {"@type": "Article", "headline": "Ferries stop"}}',
    "{'@type': 'Article', 'text': 'It's low', 'headline': 'Ferries stop'}",
    '{"@type": "Article", "text": "Say "no" to it", "headline": "Ferries stop"}',
    '{"@type": "Article", // a\n "text": "b" "headline": "Ferries stop", "c": , "d": e f}',
    '{@type: "Article", headline: "Ferries stop"',
    'let page = {\\"@type\\": \\"Article\\", \\"headline\\": \\"Ferries stop\\"}',
    "{“@type”: “Article”, “headline”: “Ferries stop”}",
]


@pytest.mark.parametrize("script", BROKEN)
def test_json_ld_is_read_though_it_is_broken_or_nested(script):
    page = f'<script type="application/ld+json">{script}</script>'
    assert extract_metadata(parse(page)).title == "Ferries stop"


def test_the_fields_survive_json():
    found = metadata("<title>Ferries stop</title>", url=URL)
    assert json.loads(json.dumps(found.as_dict()))["title"] == "Ferries stop"


def test_the_tree_is_left_as_it_was():
    from lxml import etree

    head = '<meta property="og:type" content="article"><title>a</title>'
    root = parse(f"<html><head>{head}</head><body><h1>a</h1><p>By x</p></body></html>")
    assert root is not None
    before = etree.tostring(root)
    extract_metadata(root, URL)
    assert etree.tostring(root) == before


def test_the_name_of_an_encoding_is_no_language():
    assert metadata("", lang="utf-8").language is None
    assert metadata("", lang="zh-Hant-x-own").language == "zh-Hant-x-own"


def test_microdata_and_rdfa_tell_what_the_head_leaves_out():
    body = (
        '<article itemscope itemtype="https://schema.org/Article"><h2 itemprop="headline">Ferries'
        ' stop</h2><div itemprop="publisher" itemscope><b itemprop="name">Harbour Post</b>'
        '<img itemprop="image" src="/logo.png"><i itemprop="description">A paper.</i></div>'
        '<img itemprop="image" src="/boat.jpg"><p itemprop="description">No boats at noon.</p>'
        '<meta itemprop="keywords" content="sea, boats">'
        '<a property="cc:license" href="https://example.org/by/4.0/">CC</a></article>'
    )
    found = metadata("", body, url=URL)
    assert (found.title, found.description) == ("Ferries stop", "No boats at noon.")
    assert found.image == "https://www.example.org/boat.jpg"
    assert found.tags == ("sea", "boats")
    assert found.license == "https://example.org/by/4.0/"
    assert found.site_name is not None
    assert found.site_name.startswith("Harbour Post")


@pytest.mark.parametrize("vocabulary", ["DC.", "dc:", "dcterms:"])
def test_dublin_core_is_read_with_a_dot_and_with_a_colon(vocabulary):
    found = metadata(f'<meta name="{vocabulary}creator" content="Ada Holm">')
    assert found.authors == ("Ada Holm",)


@pytest.mark.parametrize("name", ["og:article:tag", "sailthru.tags", "dcterms.subject"])
def test_tags_are_read_under_their_other_names(name):
    assert metadata(f'<meta name="{name}" content="sea, boats">').tags == ("sea", "boats")


@pytest.mark.parametrize(
    "picture",
    [
        '<figure itemprop="image" itemscope><meta itemprop="url" content="/boat.jpg"></figure>',
        '<p itemprop="image" itemscope><img itemprop="contentUrl" src="/boat.jpg"></p>',
        '<img itemprop="image" src="data:image/gif;base64,R0" data-src="/boat.jpg">',
        '<img itemprop="image thumbnailUrl" src="/boat.jpg">',
        '<b property="schema:image" typeof="Image"><i property="schema:url" content="/boat.jpg">',
    ],
)
def test_a_picture_is_read_from_its_property_or_the_item_in_it(picture):
    found = metadata("", f"<h1>Ferries</h1>{picture}", url="https://post.example/a")
    assert found.image == "https://post.example/boat.jpg"


def test_the_name_of_a_publisher_goes_before_its_address():
    body = (
        '<div itemprop="publisher" itemscope><a itemprop="url" href="/">Home</a>'
        '<b itemprop="name">Harbour Post</b></div>'
    )
    assert metadata("", body, url="https://post.example/a").site_name == "Harbour Post"


def test_a_film_that_the_title_names_tells_of_the_page():
    film = {
        "@type": "VideoObject",
        "name": "Crab boat",
        "description": "Fog at sea.",
        "uploadDate": "2025-03-03T10:00:00Z",
        "thumbnailUrl": ["https://post.example/t.jpg"],
        "author": {"@type": "Person", "name": "Ada Holm"},
    }
    found = metadata(f"<title>Crab boat | Tide TV</title>{json_ld(film)}")
    assert (found.description, found.date) == ("Fog at sea.", "2025-03-03")
    assert found.image == "https://post.example/t.jpg"
    other = metadata(f"<title>Tar for boats</title>{json_ld(film)}")
    assert other.description is other.date is other.image is None
    assert (found.authors, other.authors) == (("Ada Holm",), ())


@pytest.mark.parametrize("rel", ["license", "cc:license", "dct:license nofollow"])
def test_a_licence_is_linked_under_its_names(rel):
    body = f'<p>Free: <a rel="{rel}" href="https://licences.example/by">BY</a></p>'
    assert metadata("", body).license == "https://licences.example/by"
