import pytest

from .pages import json_ld, metadata


def test_the_heading_that_the_head_agrees_with_is_the_title():
    found = metadata(
        "<title>Ferries stop at noon | Harbour Post</title>", "<h1>Ferries stop at noon</h1>"
    )
    assert found.title == "Ferries stop at noon"
    assert found.sources["title"].name == "h1"


def test_a_title_that_stands_twice_is_told_once():
    told = "Notice 9 of May: the pier"
    assert metadata(f"<title>{told} - {told} - Harbour Gazette</title>").title == told
    whole = f"{told} - {told}s of old"
    assert metadata(f"<title>{whole}</title>").title == whole


def test_the_longest_part_of_a_title_that_an_element_is_called_is_the_title():
    head, body = "<title>knots: Rope Class Reference</title>", "<h2>Public Functions</h2>"
    called = "<div class='title'>Rope Class Reference</div>"
    assert metadata(head, called + body).title == "Rope Class Reference"
    assert metadata(head, body).title == "knots: Rope Class Reference"


def test_the_longer_part_of_a_title_that_stands_in_a_text_without_headings_is_the_title():
    head, shown = "<title>Moor - The tide is low</title>", "<font><b>The tide\nis low</b></font>"
    assert metadata(head, shown).title == "The tide is low"
    assert metadata(head, f"<b>Moor</b>{shown}").title == "Moor - The tide is low"
    assert metadata(head, "<b>Moor</b>").title == "Moor - The tide is low"
    assert metadata(head, f"<h2>Oil</h2>{shown}").title == "Moor - The tide is low"


@pytest.mark.parametrize(("links", "title"), [(1, "Tar that dries in the rain"), (9, None)])
def test_the_site_is_a_link_with_which_a_page_without_headings_begins(links, title):
    head, row = "<title>Tar that dries in the rain | Moor News</title>", "<td>{}</td>"
    body = "<a href=/x>…</a>" * (links - 1) + "<a href=news>Moor News</a>"
    page = f"<table><tr>{row.format(body)}<tr>{row.format('Tar that dries in the rain')}</table>"
    whole = "Tar that dries in the rain | Moor News"
    assert metadata(head, page).title == (title or whole)


def test_a_path_or_a_number_in_a_heading_is_no_part_of_the_title():
    head, number = (
        "<title>Low tide - Moor - Wiki</title>",
        "<h1><bdi>Low tide</bdi> <i>#{}</i></h1>",
    )
    assert metadata(head, number.format(7)).title == "Low tide"
    assert metadata(head, number.format("a")).title == "Low tide #a"
    assert metadata(head, "<h1><a>[Help]</a> <b>Low tide</b></h1>").title == "Low tide"
    assert metadata(head, "<h1>Low tide <small>Help</small></h1>").title == "Low tide"
    assert metadata(head, "<h1>Low tide <a href=#low>\u200b</a></h1>").title == "Low tide"
    path = "<ol><li>Pages</li><li>Moor</li><li>Sea</li></ol>"
    wiki = '<meta name="ajs-page-title" content="Low tide">'
    assert metadata(head + wiki, f"<h1>{path}<b><a>Low tide</a></b></h1>").title == "Low tide"


def test_a_number_before_a_title_goes_on_to_what_it_is_of():
    head = "<title>Bug #7: Tar melts - Moor - Tracker</title>"
    body = "<h1>Moor</h1><h2>Bug #7</h2>"
    assert metadata(head, f"{body}<h3>Tar melts</h3>").title == "Bug #7: Tar melts"
    assert metadata(head, body).title == "Bug #7"


def test_a_heading_of_a_dialog_is_not_the_title():
    found = metadata("<title>Ferries stop at noon</title>", "<h1>We value your privacy</h1>")
    assert found.title == "Ferries stop at noon"


@pytest.mark.parametrize("title", ["Moor - All the tides", "Moor | Water | All the tides"])
def test_the_last_part_that_is_the_only_heading_is_the_title(title):
    assert metadata(f"<title>{title}</title>", "<h1>All the tides</h1>").title == "All the tides"


def test_a_lone_heading_serves_where_the_head_says_nothing():
    assert metadata("", "<h1>Ferries stop at noon</h1>").title == "Ferries stop at noon"


def test_an_article_in_json_ld_tells_the_title():
    node = {"@type": "NewsArticle", "headline": "Ferries stop at noon"}
    assert metadata(json_ld(node)).title == "Ferries stop at noon"


@pytest.mark.parametrize("mark", ["&#8203;", "&#xFEFF;", "&#x2060;"])
def test_signs_that_show_nothing_are_no_part_of_the_title(mark):
    page = f"<h1>Knots <a href='#knots'>{mark}</a></h1>"
    assert metadata(f"<title>Knots{mark}</title>", page).title == "Knots"


def test_a_button_in_a_heading_is_not_part_of_the_title():
    found = metadata("<title>Knots</title>", "<h1>Knots <button>Copy link</button></h1>")
    assert found.title == "Knots"


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("The Gull’s last trip", "The <em>Gull</em>’s last trip"),
        ("Pure H2O at sea", "Pure H<sub>2</sub>O at sea"),
        ("Fog: who waits", "<span>Fog</span><span>: </span><span>who waits</span>"),
        ("Fog or rain", "Fog<br>or rain"),
        ("Fog or rain", "<span>Fog</span><span>or rain</span>"),
        ("Fog or rain today", "<span>Fog <b>or</b></span> rain today"),
        ("Fog or rain", "Fog <svg><title>x</title></svg>or rain"),
    ],
)
def test_words_of_a_heading_are_parted_as_they_are_read(title, heading):
    assert metadata(f"<title>{title}</title>", f"<h1>{heading}</h1>").title == title


@pytest.mark.parametrize(
    "heading",
    [
        "<span>Weather up north</span><span>Ferries stop at noon</span>",
        "<span>Title:</span>Ferries stop at noon",
        "Thread: <span><a>Ferries stop at noon</a></span>",
    ],
)
def test_a_part_of_a_heading_that_the_head_repeats_is_the_title(heading):
    head = '<title>Ferries stop at noon</title><meta property="og:type" content="article">'
    assert metadata(head, f"<h1>{heading}</h1>").title == "Ferries stop at noon"


def test_a_heading_written_twice_for_two_screens_counts_once():
    body = "<h1><span>Ferries stop at noon</span> <span>Ferries stop at noon</span></h1>"
    assert metadata("<title>Ferries stop at noon</title>", body).title == "Ferries stop at noon"


def test_a_page_without_any_title_has_none():
    found = metadata("", "<p>Nothing here</p>")
    assert found.title is None
    assert "title" not in found.sources


def test_a_heading_may_agree_with_one_part_of_a_title():
    found = metadata(
        "<title>Wireless sextants | Buy every wireless sextant and chart table we sell</title>",
        "<h1>Wireless sextants</h1>",
    )
    assert found.title == "Wireless sextants"


@pytest.mark.parametrize("title", ["Untitled Document", "{{ page.title }}", "React App"])
def test_a_title_that_a_template_left_is_none(title):
    assert metadata(f"<title>{title}</title>", "<h1>Tar for boats</h1>").title == "Tar for boats"


def test_a_subheading_that_is_the_first_part_goes_before_a_heading_that_is_a_later_one():
    head = "<title>The quay is mended - News - North Shore</title>"
    found = metadata(head, "<h1>News</h1><h2>The quay is mended</h2>")
    assert found.title == "The quay is mended"


def test_a_heading_of_several_parts_goes_before_one_that_is_a_later_part():
    head = "<title>Pump stops - ten minutes on - Moor Board</title>"
    thread = "<h2>Pump stops - ten minutes on</h2>"
    assert metadata(head, f"<h1>Moor Board</h1>{thread}").title == "Pump stops - ten minutes on"
    head = "<title>海边的桥 - 青禾 - 随笔园</title>"
    assert metadata(head, "<h1>青禾</h1><h1>海边的桥</h1>", lang="zh").title == "海边的桥"


@pytest.mark.parametrize(
    ("title", "site"),
    [("गोधडी: लाल तुकडा", "गोधडी"), ("Паром чинят - Клуб «Азимут»", "Клуб «Азимут»")],
)
def test_parts_end_in_vowel_signs_and_in_quotation_marks(title, site):
    found = metadata(f"<title>{title}</title>", f"<h1><a href='/'>{site}</a></h1>", lang="")
    assert (found.title, found.site_name) == (title.replace(site, "").strip(":- "), site)


@pytest.mark.parametrize("heading", ["", "<h1>News</h1>"])
def test_a_subheading_that_is_the_first_part_is_the_title_where_no_heading_is(heading):
    found = metadata("<title>Ferry in fog « Quay Notes</title>", f"{heading}<h2>Ferry in fog</h2>")
    assert (found.title, found.sources["title"].name) == ("Ferry in fog", "h2")
    head, body = (
        "<title>Ferry in fog - News - North Quay</title>",
        f"{heading}<h3>Ferry in fog</h3>",
    )
    assert metadata(head, body).title == "Ferry in fog"
    for title, site in (("Tar: a guide", ""), ("Tar - a guide", " | North Quay")):
        found = metadata(f"<title>{title}{site}</title>", f"{heading}<h2>Tar</h2>")
        assert found.title == title


def test_one_word_of_many_headings_is_not_the_title():
    body = "".join(f"<h1>{word}</h1>" for word in ("Ropes", "Sails", "Anchors", "Guide"))
    found = metadata(
        '<meta property="og:type" content="article"><title>A short guide to tar</title>', body
    )
    assert found.title == "A short guide to tar"


def test_a_question_of_a_list_is_not_the_title():
    nodes = [{"@type": "Question", "name": f"Is tar number {n} sticky?"} for n in range(3)]
    found = metadata("<title>Tar for wooden boats</title>" + json_ld(nodes), "<h1>Hello</h1>")
    assert (found.title, found.page_type) == ("Tar for wooden boats", None)


@pytest.mark.parametrize("ending", ["", " · Forge", " - Forge"])
@pytest.mark.parametrize("beginning", ["", "Forge - "])
def test_a_repository_is_called_by_its_name_and_not_by_a_heading_of_its_first_file(
    beginning, ending
):
    title = "ada-holm/tide.py: Tide tables"
    head = (
        f'<title>{beginning}{title}{ending}</title><meta property="og:site_name" content="Forge">'
    )
    found = metadata(head, "<h1>Tide tables</h1><p>For small harbours.</p><h1>tide.py</h1>")
    assert found.title == title


@pytest.mark.parametrize(
    "heading",
    [
        "Ferries stop at noon<h3>Posted on 4 March 2024</h3>",
        "<a><time>Mar <b>4</b> 2024</time> Ferries stop at noon</a>",
        "Ferries stop at noon | <span>Harbour | Boats</span>",
    ],
)
def test_of_a_heading_with_a_line_of_its_own_the_part_that_the_head_says_is_the_title(heading):
    found = metadata("<title>Ferries stop at noon</title>", f"<h1>{heading}</h1>")
    assert found.title == "Ferries stop at noon"


def test_a_heading_in_side_matter_is_the_title_only_where_no_other_fits_or_it_is_the_same():
    head = '<title>Where to row in the harbour</title><meta property="og:type" content="article">'
    own = "<h1>The best places for rowing in the harbour</h1>"
    related = '<div class="related"><h1>Where to swim and dive in the harbour</h1></div>'
    assert metadata(head, own + related).title == "The best places for rowing in the harbour"
    assert metadata(head, related).title == "Where to swim and dive in the harbour"
    same = '<div class="teaser"><h1>Where to row in the harbour</h1></div>'
    assert metadata(head, own + same).title == "Where to row in the harbour"


def test_a_work_that_belongs_to_what_the_page_is_about_has_not_its_title():
    software = {"@type": "SoftwareApplication", "name": "Tidal"}
    help_ = software | {"softwareHelp": {"@type": "CreativeWork", "name": "Documentation"}}
    assert metadata(f"<title>Tide tables</title>{json_ld(help_)}").title == "Tide tables"


def test_of_a_heading_with_a_label_only_the_title_counts():
    head, label = "<title>The tide is low | Coast | Moor</title>", "<span class='label'>{}</span>"
    for heading in (
        f"The tide is low {label.format('Members')}",
        f"{label.format('New')} The tide is low",
    ):
        assert metadata(head, f"<h1>{heading}</h1>").title == "The tide is low"
    told = "<title>moor/tide · Hub</title><meta property='og:title' content='moor/tide'>"
    parts = "<h1><span class='repo-label'>public</span> <a>moor</a>/<b>tide</b></h1>"
    assert metadata(told, parts).title == "moor/tide"
    assert metadata(head, "<h1>The tide is low <em>Members</em></h1>").title != "The tide is low"


def test_the_end_of_an_address_is_no_title():
    head = "<title>Lamp test of May</title><meta property='og:title' content='lamp-test-may-2024'>"
    assert metadata(head, "<p>Tea</p>").title == "Lamp test of May"


def test_a_kicker_and_its_heading_are_both_the_title():
    head = "<title>The moor of old: seven lamps that shine - Moor Post</title>"
    body = "<h2>The moor of old</h2><h1>Seven lamps that shine</h1>"
    found = metadata(head, body, url="https://moorpost.example/lamps")
    assert found.title == "The moor of old: seven lamps that shine"


def test_below_a_logo_the_only_subheading_is_the_title():
    head, logo = "<title>moor.example</title>", "<h1><a href=/><img src=logo.png></a></h1>"
    found = metadata(head, f"{logo}<h2>The tide is low</h2>", url="https://moor.example/low")
    assert (found.title, found.sources["title"].name) == ("The tide is low", "h2")
    many = f"{logo}<h2>The tide is low</h2><h2>Tea</h2>"
    assert metadata(head, many, url="https://moor.example/low").title == "moor.example"
