"""Pages in every encoding of the web come out as the text that was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.decode import decode

NORWEGIAN = (
    "Været på øya skifter fort, og båten går bare når sjøen er rolig nok til å krysse sundet."
)
GERMAN = "Über die Brücke fährt nur noch der frühe Bus, die übrigen müssen künftig außen herum."
FRENCH = "L'été dernier, la forêt a brûlé près du château, et les élèves ont aidé à la protéger."
POLISH = "Wczoraj wieczorem żółta łódź wróciła do portu, ponieważ sztorm był coraz groźniejszy."
CZECH = "Příští týden začne v městečku slavnost, na kterou přijedou hudebníci z celého kraje."
TURKISH = "Dün akşam çarşıda başlayan yağmur, sabaha kadar sürdü ve bütün yolları göle çevirdi."
RUSSIAN = "Вчера вечером в городе открылась новая библиотека, и первые читатели уже взяли книги."
UKRAINIAN = (
    "Її новий будинок стоїть біля річки, і щоранку звідти видно, як сходить сонце над лісом."
)
GREEK = "Το πρωί ο ψαράς γύρισε στο λιμάνι με γεμάτη βάρκα και όλοι βγήκαν να τον καλωσορίσουν."
HEBREW = "אתמול בערב נפתחה בעיר ספרייה חדשה, והקוראים הראשונים כבר לקחו ספרים הביתה."
ARABIC = "افتتحت أمس في المدينة مكتبة جديدة، وقد أخذ القراء الأوائل كتبهم إلى البيت مساء اليوم."
THAI = "เมื่อวานนี้มีห้องสมุดใหม่เปิดในเมือง และผู้อ่านกลุ่มแรกได้ยืมหนังสือกลับบ้านแล้ว"
JAPANESE = "昨日の夕方、町に新しい図書館が開いて、最初の人たちがもう本を借りて家に帰りました。"
KOREAN = "어제 저녁 우리 마을에 새 도서관이 문을 열었고, 첫 손님들은 벌써 책을 빌려 집으로 갔다."
CHINESE = "昨天晚上，我们城里新开了一家图书馆，第一批读者已经把书借回家了，大家都说这里很好。"
TAIWANESE = "昨天晚上，我們城裡新開了一家圖書館，第一批讀者已經把書借回家了，大家都說這裡很好。"

LEGACY = [
    (NORWEGIAN, "windows-1252", "windows-1252"),
    (NORWEGIAN, "iso-8859-1", "windows-1252"),
    (GERMAN, "windows-1252", "windows-1252"),
    (FRENCH, "windows-1252", "windows-1252"),
    (POLISH, "windows-1250", "windows-1250"),
    (POLISH, "iso-8859-2", "iso-8859-2"),
    (CZECH, "windows-1250", "windows-1250"),
    (TURKISH, "iso-8859-9", "windows-1254"),
    (RUSSIAN, "windows-1251", "windows-1251"),
    (RUSSIAN, "koi8-r", "koi8-r"),
    (RUSSIAN, "iso-8859-5", "iso-8859-5"),
    (UKRAINIAN, "windows-1251", "windows-1251"),
    (UKRAINIAN, "koi8-u", "koi8-u"),
    (GREEK, "windows-1253", "windows-1253"),
    (HEBREW, "windows-1255", "windows-1255"),
    (ARABIC, "windows-1256", "windows-1256"),
    (THAI, "tis-620", "windows-874"),
    (JAPANESE, "shift_jis", "shift_jis"),
    (JAPANESE, "euc-jp", "euc-jp"),
    (JAPANESE, "iso-2022-jp", "iso-2022-jp"),
    (KOREAN, "euc-kr", "euc-kr"),
    (CHINESE, "gb2312", "gb18030"),
    (CHINESE, "gb18030", "gb18030"),
    (TAIWANESE, "big5", "big5"),
]
SENTENCES = sorted({sentence for sentence, _, _ in LEGACY})


def page(sentence: str, charset: str | None = None) -> str:
    meta = f'<meta charset="{charset}">' if charset else ""
    return (
        f"<html><head>{meta}<title>Side</title></head><body><p class=a>{sentence}</p></body></html>"
    )


def found(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    decoded = decode(data)
    return decoded.text, decoded.encoding, decoded.warnings


@pytest.mark.parametrize(("sentence", "encoding", "name"), LEGACY)
def test_a_page_that_declares_its_encoding_is_read_in_it(
    sentence: str, encoding: str, name: str
) -> None:
    text = page(sentence, encoding)
    assert found(text.encode(encoding)) == (text, name, ())


@pytest.mark.parametrize(("sentence", "encoding", "name"), LEGACY)
def test_a_page_that_declares_nothing_is_told_by_its_bytes(
    sentence: str, encoding: str, name: str
) -> None:
    decoded = decode(page(sentence).encode(encoding))
    assert (decoded.text, decoded.encoding) == (page(sentence), name)


@pytest.mark.parametrize(("sentence", "encoding", "name"), LEGACY)
def test_a_page_that_wrongly_declares_utf_8_is_told_by_its_bytes(
    sentence: str, encoding: str, name: str
) -> None:
    decoded = decode(page(sentence, "utf-8").encode(encoding))
    assert (decoded.text, decoded.encoding) == (page(sentence, "utf-8"), name)


@pytest.mark.parametrize(
    ("sentence", "encoding"),
    [(s, e) for s, e, _ in LEGACY if s not in {NORWEGIAN, GERMAN, FRENCH} and "2022" not in e],
)
def test_a_server_that_calls_every_page_latin_1_is_not_believed(
    sentence: str, encoding: str
) -> None:
    decoded = decode(page(sentence, encoding).encode(encoding), http_charset="ISO-8859-1")
    assert decoded.text == page(sentence, encoding)


@pytest.mark.parametrize(
    ("signs", "encoding"),
    [
        ("→ ※ †", "shift_jis"),
        ("⇒ ★", "euc-jp"),
        ("→ ≥ ★", "gb2312"),
        ("▶ ♡", "euc-kr"),
        ("◎ ↑", "big5"),
    ],
)
def test_signs_alone_do_not_speak_against_what_a_page_declares(signs: str, encoding: str) -> None:
    text = page(f"Back {signs} to the list of parts", encoding)
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["shift_jis", "gb2312", "big5"])
def test_two_bytes_that_stand_for_no_sign_do(encoding: str) -> None:
    text = page("Menu: crème brûlée, 3 £", encoding)
    assert decode(text.encode("windows-1252")).text == text


@pytest.mark.parametrize("declared", [None, "windows-1252", "iso-8859-1", "gb2312", "shift_jis"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_utf_8_wins_over_any_declaration(sentence: str, declared: str | None) -> None:
    text = page(sentence, declared)
    decoded = decode(text.encode(), http_charset=declared)
    assert (decoded.text, decoded.encoding) == (text, "utf-8")
    assert bool(decoded.warnings) == (declared is not None)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_byte_order_mark_decides_and_is_dropped(sentence: str, encoding: str) -> None:
    assert decode(page(sentence).encode(encoding), http_charset="koi8-r").text == page(sentence)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_utf_16_without_a_byte_order_mark_is_told_by_its_markup(
    sentence: str, encoding: str
) -> None:
    decoded = decode(page(sentence).encode(encoding))
    assert (decoded.text, decoded.encoding) == (page(sentence), encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("sentence", [each for each in SENTENCES if each.count(" ") > 4])
def test_plain_text_in_utf_16_without_a_byte_order_mark_is_told_by_its_spaces(
    sentence: str, encoding: str
) -> None:
    assert decode(sentence.encode(encoding)).text == sentence


def test_a_page_that_is_ascii_but_for_one_letter_keeps_the_letter() -> None:
    assert decode(b"<p>Copyright \xa9 2020 Smith</p>").text == "<p>Copyright © 2020 Smith</p>"
    assert decode("<p>En ørn</p>".encode("latin-1"), "latin1").text == "<p>En ørn</p>"
    assert decode("<p>En ørn</p>".encode(), "latin1").text == "<p>En ørn</p>"


def test_curly_quotes_of_a_page_that_says_latin_1_are_quotes() -> None:
    text = "<meta charset=iso-8859-1><p>“Været” – sa han – ‘blir fint’ …</p>"
    assert decode(text.encode("cp1252")).text == text


def test_stray_bytes_in_a_utf_8_page_are_replaced_and_told() -> None:
    data = page(NORWEGIAN * 20, "utf-8").encode().replace(b"rolig", b"rol\xe9ig", 1)
    decoded = decode(data)
    assert decoded.encoding == "utf-8"
    assert decoded.text == page(NORWEGIAN * 20, "utf-8").replace("rolig", "rol\ufffdig", 1)
    assert decoded.warnings == ("1 stray bytes are not valid utf-8",)


def test_a_utf_8_page_cut_inside_a_character_loses_only_that() -> None:
    decoded = decode(f"<meta charset=utf-8><p>{CHINESE}".encode()[:-1])
    assert decoded.text == f"<meta charset=utf-8><p>{CHINESE[:-1]}"
    assert len(decoded.warnings) == 1


@pytest.mark.parametrize(
    ("label", "encoding", "sentence"),
    [
        ("x-sjis", "cp932", JAPANESE),
        ("ks_c_5601-1987", "cp949", KOREAN),
        ("x-gbk", "gbk", CHINESE),
        ("cn-big5", "big5", TAIWANESE),
        ("x-cp1251", "cp1251", RUSSIAN),
        ("macintosh", "mac-roman", GERMAN),
        (' "KOI8-R" ', "koi8-r", RUSSIAN),
    ],
)
def test_labels_mean_what_browsers_take_them_for(label: str, encoding: str, sentence: str) -> None:
    assert decode(page(sentence).encode(encoding), label).text == page(sentence)


@pytest.mark.parametrize("label", ["nonsense", "rot13", "unicode_escape", "idna", "\x00", "é", ""])
def test_a_label_of_no_text_encoding_is_ignored(label: str) -> None:
    decoded = decode(page(RUSSIAN).encode("cp1251"), label)
    assert decoded.text == page(RUSSIAN)


def test_an_xml_declaration_names_the_encoding() -> None:
    text = f'<?xml version="1.0" encoding="iso-8859-2"?><html><p>{POLISH}</p></html>'
    assert found(text.encode("iso-8859-2")) == (text, "iso-8859-2", ())


def test_a_declaration_behind_a_long_script_is_found() -> None:
    text = f"<script>{'var a;' * 2000}</script><meta charset=koi8-r><p>{RUSSIAN}</p>"
    assert found(text.encode("koi8-r")) == (text, "koi8-r", ())


def test_no_bytes_give_no_text() -> None:
    assert found(b"") == ("", "utf-8", ())


@given(st.binary(max_size=400), st.none() | st.text(max_size=12) | st.sampled_from(["gbk", "hz"]))
def test_any_bytes_decode(data: bytes, label: str | None) -> None:
    assert decode(data, label) == decode(data, label)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=60))
def test_any_text_in_utf_8_comes_back(text: str) -> None:
    assert decode(f"<meta charset=utf-8>{text}".encode()).text == f"<meta charset=utf-8>{text}"
