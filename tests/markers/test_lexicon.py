import subprocess
import sys
import unicodedata

import pytest

from cleaner.markers.compile import (
    COMPILED,
    HOME,
    KINDS,
    LEADS,
    LexiconError,
    compile_home,
    contents,
    faults,
)
from cleaner.markers.load import load_lexicon
from cleaner.markers.match import MOST_LEADING, Matcher, unmatched
from cleaner.markers.normal import key

EUROPE = """
bg hr cs da nl en et fi fr de el hu ga it lv lt mt pl pt ro sk sl es sv no is sq mk sr bs tr
ru uk be lb ca eu gl rm fo se cy ka hy az kk
""".split()
ASIA = """
ja zh ko vi th id ms tl hi bn ur pa mr gu ta te kn ml si ne my km lo mn fa ar he ku ps uz
""".split()
AFRICA = "sw am ha yo ig zu so af xh".split()

FORMS = {
    "lower case": str.lower,
    "capitals": str.upper,
    "title": str.title,
    "dashes": lambda phrase: f"— {phrase} —",
    "many dashes": lambda phrase: f"- - - {phrase} - - -",
    "square brackets": lambda phrase: f"[{phrase}]",
    "full-width brackets": lambda phrase: f"【{phrase}】",
    "colon": lambda phrase: f"{phrase}:",
    "full-width colon": lambda phrase: f"{phrase}：",
    "arrows": lambda phrase: f"↓ {phrase} ▼",
    "emoji": lambda phrase: f"📢 {phrase} 👇🏽",
    "repeated": lambda phrase: f"{phrase} {phrase}",
    "full width": lambda phrase: "".join(
        chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in phrase
    ),
    "decomposed": lambda phrase: unicodedata.normalize("NFD", phrase),
    "composed": lambda phrase: unicodedata.normalize("NFC", phrase),
    "no-break spaces": lambda phrase: phrase.replace(" ", "\N{NO-BREAK SPACE}"),
    "soft hyphen and joiners": lambda phrase: f"\u200b{phrase[:1]}\u00ad{phrase[1:]}\ufeff",
    "Markdown emphasis": lambda phrase: f"**{phrase}**",
}


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon()


@pytest.fixture(scope="module")
def matcher(lexicon):
    return Matcher(lexicon, kinds=KINDS)


@pytest.mark.parametrize("form", FORMS)
def test_every_entry_matches_itself_in_every_form(lexicon, matcher, form):
    dress = FORMS[form]
    missed = [
        (entry.language, dress(entry.phrase))
        for entry in lexicon
        if len(entry.phrase) <= 45  # said twice it would be longer than a marker can be
        and matcher.match(dress(entry.phrase)) != matcher.match(entry.phrase)
    ]
    assert missed == []


def test_every_entry_matches_itself(lexicon):
    assert list(unmatched(lexicon)) == []


def test_what_leads_in_something_is_short_enough_to_be_looked_up(lexicon):
    leads = [key(entry.phrase) for entry in lexicon if entry.where in LEADS]
    assert [phrase for phrase in leads if len(phrase.split()) > MOST_LEADING] == []


def test_turkish_dotted_capitals_match(matcher):
    for line in ("REKLAMIN SONU", "REKLAMI ATLA", "SPONSORLU İÇERİK", "İLGİNİZİ ÇEKEBİLİR"):
        assert matcher.match(line), line


def test_sharp_s_is_two_s_in_capitals(matcher):
    for line in ("JETZT ABO ABSCHLIESSEN", "jetzt Abo abschließen", "JETZT ABO ABSCHLIEẞEN"):
        assert matcher.match(line), line


def test_half_width_katakana_match(matcher):
    assert matcher.match("ｽﾎﾟﾝｻｰﾘﾝｸ") == matcher.match("スポンサーリンク") is not None


def test_capitals_without_accents_match(matcher):
    for line in ("PUBLICITE", "ΔΙΑΦΗΜΙΣΗ", "Реклама", "PUBLICITÉ"):
        assert matcher.match(line), line


def test_the_languages_are_those_promised(lexicon):
    assert set(EUROPE + ASIA + AFRICA) <= set(lexicon.languages)
    assert len(lexicon.languages) >= 60


def test_every_language_has_a_word_for_an_ad(lexicon):
    assert [code for code, counts in lexicon.counts().items() if not counts["ad"]] == []


def test_the_files_have_no_faults():
    found = {path.name: list(faults(contents(path))) for path in HOME.glob("*.toml")}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_compiled_lexicon_is_up_to_date():
    assert COMPILED.read_text(encoding="utf-8") == compile_home()


def test_importing_the_package_loads_no_lexicon():
    code = (
        "import sys, cleaner.markers\n"
        "from cleaner.markers.load import _load\n"
        "assert 'tomllib' not in sys.modules\n"
        "assert _load.cache_info().currsize == 0"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_lexicon_is_loaded_once():
    assert load_lexicon() is load_lexicon()


def test_bokmal_and_nynorsk_are_norwegian(lexicon):
    assert [lexicon.base(tag) for tag in ("nb", "nn-NO", "no", "NB_no")] == ["no"] * 4
    assert lexicon.base("tlh") is lexicon.base(None) is lexicon.base("") is None


def test_a_file_of_ones_own_is_added(tmp_path):
    path = tmp_path / "eo.toml"
    path.write_text('name = "Esperanto"\n[ad]\nline = ["anonceto"]\n', encoding="utf-8")
    more = load_lexicon((path,))
    match = Matcher(more).match("ANONCETO:")
    assert match is not None
    assert match.language == "eo"
    assert Matcher(load_lexicon()).match("ANONCETO:") is None


def test_a_file_of_ones_own_adds_to_a_known_language(tmp_path):
    path = tmp_path / "no.toml"
    path.write_text('[ad]\nline = ["betalt knask"]\n', encoding="utf-8")
    matcher = Matcher(load_lexicon((path,)))
    assert matcher.match("Betalt knask").language == "no"
    assert matcher.match("Annonse")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[advert]\n", "unknown key 'advert'"),
        ("ad = 'x'\n", "ad: not a table"),
        ("[ad]\nend = ['x']\n", "unknown place 'end'"),
        ("[ad]\nline = 'x'\n", "not a list"),
        ("[ad]\nline = ['—']\n", "holds no word"),
        ("[share]\nsentence = ['… on x']\n", "holds no word"),
        ("[ad]\nline = ['Ad:', '[ad]']\n", "there twice"),
        ("[ad]\nline = ['a\\tb']\n".replace("'", '"'), "more than one line"),
        ("[words]\nverb = 'x'\n", "unknown set 'verb'"),
        ("[words]\nad = ['x']\n", "not a string"),
        ("stop = ['x']\n", "stop: not a string"),
        ("[ad\n", "eo.toml"),
    ],
)
def test_a_faulty_file_is_told(tmp_path, text, fault):
    path = tmp_path / "eo.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"eo\.toml") as caught:
        load_lexicon((path,))
    assert fault in str(caught.value)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(LexiconError):
        load_lexicon((tmp_path / "none.toml",))


def test_keys_are_their_own_keys(lexicon):
    assert [entry for entry in lexicon if key(key(entry.phrase)) != key(entry.phrase)] == []
