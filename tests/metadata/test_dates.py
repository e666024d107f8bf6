"""Days are read as each language, country and calendar writes them."""

import pytest

from cleaner.metadata._dates import day, month_number, path_day

from .pages import HEADING, metadata


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("2024-03-04", ""),
        ("2024-03-04T23:59:59+02:00", ""),
        ("20240304", ""),
        ("1709510400", ""),
        ("1709510400000", ""),
        ("20240304T101500Z", ""),
        ("Mon, 04 Mar 2024 10:00:00 GMT", ""),
        ("March 4th, 2024", "en"),
        ("Mar. 4, 2024", "en"),
        ("03/04/2024", "en-US"),
        ("04/03/2024", "en-GB"),
        ("04/Mar/2024", "en"),
        ("04/مارس/2024 - 10:00", "ar"),
        ("4 March 2024", "en"),
        ("4. mars 2024", "nb"),
        ("4.3.2024", "de"),
        ("Montag, 4. März 2024", "de"),
        ("04-03-2024", "nl"),
        ("4 maart 2024", "nl"),
        ("4 mars 2024", "fr"),
        ("4 de marzo de 2024", "es"),
        ("4 de março de 2024", "pt-BR"),
        ("4 marzo 2024", "it"),
        ("4 marca 2024", "pl"),
        ("4. března 2024", "cs"),
        ("4. maaliskuuta 2024", "fi"),
        ("4 марта 2024", "ru"),
        ("4 березня 2024", "uk"),
        ("4 Mart 2024", "tr"),
        ("2024. március 4.", "hu"),
        ("2024年3月4日", "ja"),
        ("2024년 3월 4일", "ko"),
        ("2024.03.04. 12:30", "ko"),
        ("2024. 3. 4. 오전 10:05", "ko"),
        ("2024. 03. 04. 12:30", "hu"),
        ("3/4/24, 10:05", "en-US"),
        ("Mon Mar  4 10:05:00 2024", "en"),
        ("Mon Mar 4 10:05:00 UTC 2024", "de"),
        ("Marso 4, 2024", "tl"),
        ("2024 жылғы 4 наурыз", "kk"),
        ("04.03.24 um 10 Uhr", "de"),
        ("4. Mrz. 2024", "de"),
        ("Mar-04-2024", "en"),
        ("marzo 4 de 2024", "es"),
        ("2024.gada 4.martā", "lv"),
        ("4. bře 2024", "cs"),
        ("4 бер. 2024", "uk"),
        ("2024 թ. մարտի 4", "hy"),
        ("2024-ի մարտի 4", "hy"),
        ("اسفند ۱۴, ۱۴۰۲", "fa"),
        ("4ی ئازاری 2024", "ckb"),
        ("৪ঠা মার্চ ২০২৪", "bn"),
        ("ମାର୍ଚ୍ଚ 4, 2024", "or"),
        ("৪ মাৰ্চ ২০২৪", "as"),
        ("4/3/67", "th"),
        ("4 มีค 2567", "th"),
        ("မတ်လ ၄ ရက်၊ ၂၀၂၄", "my"),
        ("၂၀၂၄ ခုနှစ်၊ မတ်လ ၄ ရက်", "my"),
        ("Tháng Ba 4, 2024", "vi"),
        ("4 Tháng 3, 2024", "vi"),
        ("04 Th3 2024", "vi"),
        ("ngày 4 tháng 3 năm 2024", "vi"),
        ("ika-4 ng Marso 2024", "tl"),
        ("三月 4, 2024", "zh"),
        ("4 3 月, 2024", "zh"),
        ("3月 4, 2024", "ja"),
        ("3월 4, 2024", "ko"),
        ("4. Mäerz 2024", "lb"),
        ("4 Màrt 2024", "gd"),
        ("4 Matshi 2024", "xh"),
    ],
)
def test_a_day_is_read_in_the_ways_of_the_language(text, language):
    assert day(text, language) == "2024-03-04"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2024-13-40",
        "31/02/2024",
        "March 2024",
        "1.2.3",
        "12:30",
        "4 apples 2024",
        "1850-01-01",
        "Tested with 3.11.10 and later",
        "Pay over 12/24/36 months",
        "Set it to 10.10.10.10",
        "A 3-4/24 split",
        "4.3. 10:00",
        "Volume 14, May 2021",
        "Vol. 3, No. 2, May 2021",
    ],
)
def test_what_is_no_day_gives_none(text):
    assert day(text) is None


def test_a_figure_above_twelve_can_only_be_the_day():
    assert day("25/12/2023", "en-US") == day("12/25/2023", "de") == "2023-12-25"


def test_one_stem_means_another_month_in_another_language():
    assert month_number("listopada", "pl") == 11
    assert month_number("listopada", "hr") == 10
    assert month_number("listopada", "en") is None


def test_the_address_tells_the_day_of_a_story():
    assert path_day("https://example.org/2024/03/04/ferries") == "2024-03-04"
    assert path_day("https://example.org/2024/mar/04/ferries") == "2024-03-04"
    assert path_day("https://example.org/2024/March/4/") == "2024-03-04"
    assert path_day("https://example.org/2024/99/04/ferries") is None
    assert path_day("https://example.org/2024/cup/04/ferries") is None
    found = metadata("", HEADING, url="https://example.org/2024/03/04/ferries")
    assert (found.date, found.sources["date"].name) == ("2024-03-04", "url")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("4 มีนาคม 2567", "th"),
        ("٤ مارس ٢٠٢٤", "ar"),
        ("4 במרץ 2024", "he"),
        ("4 मार्च 2024", "hi"),
        ("৪ মার্চ ২০২৪", "bn"),
        ("4 tháng 3 năm 2024", "vi"),
        ("2024 m. kovo 4 d.", "lt"),
        ("2024. gada 4. martā", "lv"),
        ("2024ko martxoaren 4a", "eu"),
        ("4 Mac 2024", "ms"),
        ("２０２４年３月４日", "ja"),
        ("更新日：令和6年3月4日", "ja"),
        ("4 มี.ค. 2567 12:30 น.", "th"),
        ("4 มี.ค. 67 12:30 น.", "th"),
        ("4 మార్చి 2024", "te"),
        ("4 മാർച്ച് 2024", "ml"),
        ("4 ಮಾರ್ಚ್ 2024", "kn"),
        ("4 માર્ચ 2024", "gu"),
        ("4 ਮਾਰਚ 2024", "pa"),
        ("4 mart 2024", "uz"),
        ("4 مارس/آذار 2024", "ar"),
        ("วันจันทร์ ที่ ๔ มีนาคม พ.ศ. ๒๕๖๗", "th"),
        ("4 เดือนมีนาคม พ.ศ.2567", "th"),
        ("ថ្ងៃទី ០៤ ខែមីនា ឆ្នាំ២០២៤", "km"),
        ("4 ມີນາ 2024", "lo"),
        ("၄ မတ် ၂၀၂၄", "my"),
        ("2024 මාර්තු 04", "si"),
        ("4 ga Maris 2024", "ha"),
        ("4 ta' Marzu 2024", "mt"),
        ("4 Mashi 2024", "zu"),
        ("4 ማርች 2024", "am"),
        ("4. njukčamánnu 2024", "se"),
        ("٤ ئازار ٢٠٢٤", "ckb"),
        ("۱۴ کب ۱۴۰۲", "ps"),
        ("4 مارچ 2024", "ps"),
        ("2024 оны 3-р сарын 4", "mn"),
        ("2024 оны 03 сарын 04", "mn"),
        ("2024-yil 4-mart", "uz"),
        ("2024-жылдын 4-марты", "ky"),
        ("4 марти соли 2024", "tg"),
        ("2024 წლის 4 მარტი", "ka"),
        ("2024-cü il 4 mart", "az"),
        ("2024 ж. 4 наурыз", "kk"),
        ("4 de marzo do 2024", "gl"),
        ("24.03.04 12:30", "ko"),
        ("24/03/04", "ja"),
        ("24-03-04", "zh-CN"),
        ("24.03.04.", "hu"),
        ("Mar 4 Mon 2024 10:20", "zh-TW"),
        ("二〇二四年三月四日", "zh"),
        ("民國113年3月4日", ""),
    ],
)
def test_days_are_read_in_more_scripts_and_orders(text, language):
    assert day(text, language) == "2024-03-04"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二〇二四年十月三日", "2024-10-03"),
        ("平成二十九年十二月三十一日", "2017-12-31"),
        ("令和元年五月二十日", "2019-05-20"),
        ("十年二月三日", None),
    ],
)
def test_numbers_in_chinese_signs_are_read(text, expected):
    assert day(text, "ja") == expected


@pytest.mark.parametrize("text", ["2082-11-22", "२०८२/११/२२", "https://example.np/2082/11/22/"])
def test_a_year_of_the_nepali_calendar_is_no_year_to_come(text):
    assert day(text, "ne") is None
    assert path_day(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 تشرين الأول 2024", "2024-10-03"),
        ("3 كانون الثاني/يناير 2024", "2024-01-03"),
        ("3 أفريل 2024", "2024-04-03"),
        ("3 غشت 2024", "2024-08-03"),
        ("3 تشرینی یەکەم 2024", "2024-10-03"),
    ],
)
def test_months_of_two_words_and_of_more_arab_countries_are_read(text, expected):
    assert day(text, "ar") == expected


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("۱۴ فروردین ۱۴۰۴ - ۱۲:۳۰", "2025-04-03"),
        ("۱۴۰۴/۰۱/۱۴ - ۱۲:۳۰", "2025-04-03"),
        ("پنجشنبه ۳۰ اسفند ۱۴۰۳", "2025-03-20"),
        ("1402-12-29", "2024-03-19"),
        ("۱۴ مارس ۲۰۲۴", "2024-03-14"),
        ("۱۴۰۴/۱۳/۱۴", None),
        ("۱۴ سیب ۱۴۰۴", None),
    ],
)
def test_a_day_of_the_persian_year_is_read_on_persian_pages(text, wanted):
    assert day(text, "fa") == wanted
    assert wanted == "2024-03-14" or day(text, "ar") is None


@pytest.mark.parametrize("text", ["發布日期：113-03-04", "113/03/04 10:05"])
def test_a_year_of_the_republic_is_read_on_taiwanese_pages(text):
    assert day(text, "zh-TW") == day(text, "zh-Hant-TW") == "2024-03-04"
    assert day(text, "zh-CN") is None
    assert day("10.113.3.4", "zh-TW") is None


@pytest.mark.parametrize(
    ("lang", "head", "url", "expected"),
    [
        ("en", "", "https://example.co.uk/a", "2024-03-04"),
        ("en-US", "", "https://example.com.au/a", "2024-03-04"),
        (
            "en",
            '<meta property="og:locale" content="en_GB">',
            "https://example.com/a",
            "2024-03-04",
        ),
        ("en-US", '<meta property="og:locale" content="en_GB">', "", "2024-04-03"),
        ("en", "", "https://example.com/a", "2024-04-03"),
        ("de", "", "https://example.com/a", "2024-03-04"),
        ("", "", "https://example.in/a", "2024-03-04"),
    ],
)
def test_the_country_says_whether_the_day_goes_first(lang, head, url, expected):
    assert metadata(head, HEADING + "<p>04/03/2024</p>", lang=lang, url=url).date == expected


@pytest.mark.parametrize("lang", ["da", "nb", "sv"])
@pytest.mark.parametrize("line", ["4/3 2024 kl. 10.00", "Den 4/3-2024", "4/3 – 2024"])
def test_a_day_with_the_year_set_apart_is_read_on_scandinavian_pages(lang, line):
    assert day(line, lang) == "2024-03-04"
    assert day(line, "en") is None


def test_the_last_months_of_the_persian_year_have_thirty_days():
    assert day("۳۱ شهریور ۱۴۰۲", "fa") == "2023-09-22"
    assert day("۳۰ مهر ۱۴۰۲", "fa") == "2023-10-22"
    assert day("۳۱ مهر ۱۴۰۲", "fa") is None


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("1° marzo 2024", "it", "2024-03-01"),
        ("njukčamánu 4. b. 2024", "se", "2024-03-04"),
        ("4 NİSAN 2024", "tr", "2024-04-04"),
        ("Tháng Mười Hai 4, 2024", "vi", "2024-12-04"),
        ("4 Tháng Mười Một, 2024", "vi", "2024-11-04"),
    ],
)
def test_other_days_are_read_as_their_languages_write_them(text, language, expected):
    assert day(text, language) == expected
