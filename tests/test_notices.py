"""What is sent in place of a page goes, with a warning; a page that tells of such a thing stays."""

import pytest

from cleaner import Cleaner
from cleaner.notices import _NO_LANGUAGES, _kinds, _phrases, _signs
from cleaner.parse import parse

MENU = "<nav><ul><li><a href=/news>News</a><li><a href=/sport>Sport</a></ul></nav>"
FOOT = "<footer><p>© 2026 Skjær Post</p><a href=/privacy>Privacy</a></footer>"
STORY = (
    "The ferry company said that its booking had been down for most of the morning, and that four"
    " hundred passengers had been let on board without tickets."
)
ADVICE = (
    "You don't have permission to open this folder. Ask the one whose it is to share it with you."
)
SURE, MAYBE = "not the page asked for: ", "perhaps not the page asked for: "


def page(title: str, body: str, head: str = "") -> str:
    """Return a page of a site, with a menu and a footer."""
    return f"<title>{title}</title>{head}<body>{MENU}<main>{body}</main>{FOOT}"


def bare(title: str, body: str, head: str = "") -> str:
    """Return a page of nothing else, as servers send them."""
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (bare("Vent", "<p>Lås døra opp.</p><script>window._cf_chl_opt={cType:'managed'}"), "check"),
        (bare("Just a moment...", "<h2>Verify you are human by ticking the box.</h2>"), "check"),
        (
            bare("Access Denied", "You don't have permission to access this on this server."),
            "check",
        ),
        (bare("x.example", "<iframe src='https://geo.captcha-delivery.com/captcha/'>"), "check"),
        (
            bare("", "", "<meta http-equiv=refresh content='0;/.well-known/sgcaptcha/?r=%2F'>"),
            "check",
        ),
        (page("Вы не робот?", "<h1>Подтвердите, что вы не робот</h1>"), "check"),
        (bare("403 Forbidden", "<center><h1>403 Forbidden</h1></center><hr>nginx/1.18.0"), "error"),
        (bare("Error", "<h1>Error establishing a database connection</h1>"), "error"),
        (
            bare("404 Not Found", "<h1>Not Found</h1><p>The requested URL /a was not found."),
            "missing",
        ),
        (page("Page not found – Skjær", "<h1>Oops! That page can’t be found.</h1>"), "missing"),
        (page("Seite nicht gefunden", "<p>Die gesuchte Seite gibt es nicht mehr.</p>"), "missing"),
        (page("Side", "<h1>Siden ble ikke funnet</h1><p>Vi fant ikke siden.</p>"), "missing"),
        (page("港", "<h1>お探しのページは見つかりませんでした</h1>"), "missing"),
        (page("404", "<p>요청하신 페이지를 찾을 수 없습니다.</p>"), "missing"),
        (bare("We’ll be back soon", "<p>We are performing some maintenance.</p>"), "maintenance"),
        (bare("Welcome to nginx!", "<p>If you see this page, the server works.</p>"), "default"),
        (bare("Apache2 Ubuntu Default Page: It works", f"<p>{STORY}</p>" * 9), "default"),
        (bare("skjær.example", "<p>This domain is for sale.</p>"), "parked"),
        (page("Video", "<h1>This film is not available in your country</h1>"), "region"),
        (bare("Skjær", "<div id=root></div><p>Please enable JavaScript to go on.</p>"), "scripts"),
    ],
)
def test_what_is_sent_in_place_of_a_page_goes(source: str, kind: str) -> None:
    document = Cleaner().clean(source)
    assert document.text == ""
    assert SURE + _kinds()[kind]["told"] in document.warnings
    kept = Cleaner(favor="recall").clean(source)
    assert kept.text or not any(kept.layout.texts)
    assert any(warning.endswith(SURE + _kinds()[kind]["told"]) for warning in kept.warnings)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (
            page("Log in", "<h1>Log in to go on</h1><p>You must be logged in to see this.</p>"),
            "login",
        ),
        (bare("Skjær Brewery", "<p>Are you over 18?</p><p>You must be 18 to enter.</p>"), "age"),
        (page("Skjær", "<p>Wij gebruiken cookies om u beter te leren kennen.</p>"), "consent"),
        (page("Skjær", f"<section class=error-404><p>{STORY}</p></section>"), "missing"),
        ("<p>Please enable JavaScript to go on.</p>", "scripts"),
        (page("Access denied", f"<h1>Access denied</h1><p>{ADVICE}</p>"), "check"),
        (page("404 Not Found", f"<h1>404 Not Found</h1><p>{STORY}</p>"), "missing"),
        (page("Making sure you're not a bot!", f"<p>{STORY}</p>" * 9), "check"),
        (page("Lamp", f"<p>{STORY} {STORY}</p><div id=px-captcha></div>"), "check"),
    ],
)
def test_what_may_be_a_page_keeps_its_text(source: str, kind: str) -> None:
    document = Cleaner().clean(source)
    assert document.text
    assert MAYBE + _kinds()[kind]["told"] in document.warnings


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Service unavailable", f"<p>{STORY}</p>"),
        ("Access denied", f"<p>{STORY}</p>"),
        ("Page not found: how a town lost its archive", f"<p>{STORY}</p>"),
        ("Page Not Found release a record", f"<p>The band Page Not Found plays. {STORY}</p>"),
        ("Are you a robot?", f"<p>So asks the gate, and nobody knows why. {STORY}</p>"),
        ("Maintenance", "<p>We look after your boiler once a year and leave you a report.</p>"),
        ("Coming soon", "<p>Four films open in May, the one about the whalers among them.</p>"),
        ("Forbidden", "<p>Not allowed; banned. From an Old English verb.</p>"),
        ("Log in", "<p>To pay by phone, have your customer number and the code device ready.</p>"),
        ("Help", "<p>Open the settings, look for JavaScript, and allow it for all sites.</p>"),
        ("FAQ", "<h2>Why do I see “Access denied”?</h2><p>Your licence has run out.</p>"),
        ("Changes", "<ul><li>“Page not found” has a search box.<li>Faster start.</ul>"),
        ("Codes", "<ul><li>403 Forbidden<li>404 Not Found<li>502 Bad Gateway</ul>"),
        ("Camera", f"<p>{STORY}</p><p>This camera is not available in your country.</p>"),
        (
            "Jumper",
            "<p>No longer available.</p><p>Of the undyed wool of an old breed of sheep.</p>",
        ),
        ("Concert", "<p>Doors open at seven. You must be 18. Tickets at the quay.</p>"),
        ("Die andere Seite", "<p>Wer die Seite des Hafens kennt, hat ihn nicht gefunden.</p>"),
        ("Доступ запрещён", "<p>Архив у причала закрыли, историки стояли под дождём.</p>"),
        ("Parked", f"<p>{STORY} <a href=https://bodis.com/>One</a> parks names.</p>"),
        ("Gin", f"<p>{STORY}</p><div class=age-gate><p>You must be 18 to enter.</p></div>"),
        ("The pier", f"<p>{STORY}</p><div class=paywall><p>Subscribe to read it all.</p></div>"),
        (
            "Note",
            "<p>Open all day from Monday.</p><noscript>Please enable JavaScript.</noscript>",
        ),
        ("Note", "<p>Open from Monday.</p><script src=/cdn-cgi/challenge-platform/jsd/main.js>"),
        ("Note", "<p>Open from Monday.</p><div class=g-recaptcha></div>"),
        ("Note", "<p>Open from Monday.</p><script>window._pxAppId='PX1'</script>"),
        ("Note", "<p>Back at two.</p>"),
    ],
)
def test_a_page_that_only_tells_of_such_a_thing_stays(title: str, body: str) -> None:
    for source in (page(f"{title} | Skjær Post", f"<h1>{title}</h1>{body}"), bare(title, body)):
        document = Cleaner().clean(source)
        assert document.text
        assert not [told for told in document.warnings if "asked for" in told]


def test_a_long_text_is_a_page_whatever_its_title_says() -> None:
    source = page("Page not found", f"<h1>Page not found</h1><p>{STORY}</p>" * 9)
    assert Cleaner().clean(source).text.count("ferry") == 9


def test_rules_of_ones_own_keep_what_looks_like_a_notice(tmp_path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('["skjer.example"]\nkeep = ["main"]\n')
    source = page("Page not found", "<p>The page you are looking for was not found.</p>")
    assert Cleaner().clean(source, url="https://skjer.example/").text == ""
    assert Cleaner(rules=[rules]).clean(source, url="https://skjer.example/").text


def test_signs_in_an_element_are_found_as_well_as_in_a_text() -> None:
    source = bare("x", "<p>Lås døra opp.</p><script>window._cf_chl_opt={}</script>")
    assert Cleaner().clean(parse(source).root).text == ""


@pytest.mark.parametrize("kind", sorted(_kinds()))
def test_every_phrase_is_found_once_its_gaps_are_filled(kind: str) -> None:
    told = _kinds()[kind]
    for language in told.keys() - set(_NO_LANGUAGES):
        phrases = [phrase.strip() for phrase in told[language].split(";")]
        assert len(phrases) == len(set(phrases)), language
        for phrase in phrases:
            assert _phrases().kind(phrase.replace("…", "x"), 0.01), phrase


def test_no_sign_is_of_two_kinds() -> None:
    told = [sign for kind in _kinds().values() for sign in kind.get("signs", ())]
    assert len(told) == len(_signs("signs"))
