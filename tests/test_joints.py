"""Words end where a reader sees them end, whatever the white space of the source."""

import pytest

from cleaner.parse import parse
from cleaner.segment import segment


def text(markup: str) -> str:
    return "|".join(segment(parse(f"<p>{markup}</p>").root).texts)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<span class="name">Oil</span><span class="price">9 kr</span>', "Oil 9 kr"),
        ('<span class="price">9 kr</span><a class="buy" href="/b">Buy</a>', "9 kr Buy"),
        ('<a class="tag" href="/a">Oil</a><a class="tag" href="/b">Wick</a>', "Oil Wick"),
        ('<span class="a"><b>Oil</b></span><span class="b"><i>lamp</i></span>', "Oil lamp"),
        ("The lamp is lit.<cite>Keeper</cite>", "The lamp is lit. Keeper"),
        ("“Lit.”<cite><a href=/k>Keeper</a></cite>", "“Lit.” Keeper"),
        ("<span>Lit</span><time>9 May</time><span>Oil</span>", "Lit 9 May Oil"),
        ("<cite>Ada:</cite><time>0:12</time>", "Ada: 0:12"),
        ('<span class="a">Oil</span><br><span class="b">lamp</span>', "Oil\nlamp"),
        ('<span class="step">1</span><span class="what">Trim it</span>', "1 Trim it"),
        ('It is lit.<span class="credit">Photo: Ada</span>', "It is lit. Photo: Ada"),
        ('<span class="label">Price:</span><span class="value">9 kr</span>', "Price: 9 kr"),
        ('<span class="label">Price</span><span class="value">£9</span>', "Price £9"),
        ('<b><span class="price">9 <i>€</i></span><a class="buy">Buy</a></b>', "9 € Buy"),
        ('<span class="old">9 €</span><span class="new">8 €</span>', "9 € 8 €"),
        ('<span class="ask">Is it lit?</span><span class="do">Look</span>', "Is it lit? Look"),
        ('<span class="number">3.</span><span class="title">Wicks</span>', "3. Wicks"),
        ('<span class="icon">Q</span><span class="text">Does it burn</span>', "Q Does it burn"),
        ('<span class="day">9</span><span class="month">May</span>', "9 May"),
        ('<a class="tag" href="/a">#oil</a><a class="tag" href="/b">#wick</a>', "#oil #wick"),
        ("<label>S</label><input type=radio><label>M</label>", "S M"),
        ("<a href=/a>Oil</a><img src=dot.gif><a href=/b>Wick</a>", "Oil Wick"),
        ("Oil<img src=a.gif><img src=b.gif>Lamp", "Oil Lamp"),
        ("9<img src=a.gif>9", "9 9"),
        ("<span>In stock</span><span>Price:</span><span>9 kr</span>", "In stock Price: 9 kr"),
        ('<span class="run">oil</span><span>Lamp</span>', "oil Lamp"),
        ("<a href=/a>Oil</a><span>9 kr</span>", "Oil 9 kr"),
        ("The wicks<span class=note>New</span>", "The wicks New"),
        ("<span>It was lit.</span><span>Nobody came.</span>", "It was lit. Nobody came."),
        ("<a-line>It is lit</a-line><a-line>9 May</a-line>", "It is lit 9 May"),
        ("<span style='display: block'>oil</span><span>lamp</span>", "oil lamp"),
        ("oil<span class='name d-block'>lamp</span>", "oil lamp"),
        ("<a href=/a>THE OIL</a><a href=/b>THE LAMP</a>", "THE OIL THE LAMP"),
        ("It is lit.<a href=/b>Read on</a>", "It is lit. Read on"),
        ("See oil.wick.<a href=/b>Lamp</a>", "See oil.wick.Lamp"),
        ("<span class=number>1.</span>Wicks", "1. Wicks"),
        ("<span>2</span><span>Wicks</span>", "2 Wicks"),
        ("<span role=button>the oil</span><span role=button>is dear", "the oil is dear"),
        ("<span class=mark>(a)</span><span class=law>lamps</span>", "(a) lamps"),
        ("<a class=tag href=/a>등대</a><a class=tag href=/b>부두</a>", "등대 부두"),
        ("<span>빛은 밝다.</span><span>바다는 넓다.</span>", "빛은 밝다. 바다는 넓다."),
        ("Price:<a href=/9>9 kr</a>Sold by:<a href=/ada>Ada</a>", "Price: 9 kr Sold by: Ada"),
    ],
)
def test_parts_of_a_layout_are_words_of_their_own(markup: str, expected: str) -> None:
    assert text(markup) == expected


@pytest.mark.parametrize(
    "markup",
    [
        '<a><span class="ellipsis">lamp</span><span class="invisible">light</span></a>',
        '<span class="run">lamp</span><span class="run">light</span>',
        '<span class="run">lamp</span><span>light</span>',
        '<span class="run">lamp</span>light',
        'lamp<span class="run">light</span>',
        "lamp<label>light</label>",
        "lamp<i>light</i>",
        "<a href=/a>lamp</a><a href=/b>light</a>",
        "<span style=display:inline-block>lamp</span>light",
        "lamp<img src=a.gif>light",
        '<span class="run">lamp<b class="x">light</b></span>',
        '<b class="run">lamp</b><span class="x">light</span>',
        '<span class="initial">l</span><span class="rest">amplight</span>',
        '<code><span class="k">lamp</span><span class="n">light</span></code>',
    ],
)
def test_parts_of_a_word_are_one(markup: str) -> None:
    assert text(markup) == "lamplight"


@pytest.mark.parametrize(
    ("left", "right"), [("OI", "Lamp"), ("CO", "2"), ("a.mp", "4"), ("3", "D")]
)
def test_letters_alone_part_no_name(left: str, right: str) -> None:
    assert text(f"<span>{left}</span><span>{right}</span>") == left + right


def test_a_note_or_its_mark_stands_at_its_word() -> None:
    assert text('the lamp<a href="#n2">2</a> and the oil<span>3</span>') == "the lamp2 and the oil3"
    assert text('the lamp<span class="sidenote">Of oak.</span>') == "the lampOf oak."


def test_a_name_in_code_has_dots_and_no_spaces() -> None:
    assert (
        text('see <span class="of">lamp.</span><span class="name">Wick</span>') == "see lamp.Wick"
    )


def test_a_quote_that_begins_with_an_element_is_one() -> None:
    assert text('The "<cite>Lamp</cite>" burns.') == 'The "Lamp" burns.'


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("www.", "lamp"),
        ("9:", "30"),
        ("3.", "5"),
        ("O", "IL"),
        ("C", "#"),
        ("1", "0"),
        ("Oil", "(9)"),
    ],
)
def test_what_goes_on_is_one(left: str, right: str) -> None:
    assert text(f'<span class="a">{left}</span><span class="b">{right}</span>') == left + right


def test_a_number_goes_on_with_an_ending_and_letters_without_spaces_with_letters() -> None:
    assert text('<span class="day">22</span><span class="ending">nd</span>') == "22nd"
    assert text('<span class="day">22</span><span class="month">May</span>') == "22 May"
    assert text('<span class="a">3</span><span class="b">D</span>') == "3D"
    assert text('<span class="a">東京</span><span class="b">都</span>') == "東京都"


def test_a_line_of_source_ends_between_letters_that_no_space_parts() -> None:
    assert text("これは油\n です。\nOil\nと芯") == "これは油です。 Oil と芯"
    assert text("これは<br>\n油です。") == "これは\n油です。"
    assert text("기름\n심지") == "기름 심지"
    assert text("油 芯") == "油 芯"
    assert text("<pre>油\n芯</pre>") == "油\n芯"


@pytest.mark.parametrize("shown", ["\u200b", "\xad", "\ufeff \u2060", "<i>\ue00e</i>"])
def test_a_block_of_which_nothing_is_seen_is_none(shown: str) -> None:
    assert text(f"Olje</p><p>{shown}<br>{shown}</p><p>Veke") == "Olje|Veke"
    assert text(f"<pre>{shown}</pre>") != ""
    assert "".join(segment(parse(f"<p>{shown}<img>{shown}</p>").root).pieces).strip() == ""


def test_words_of_the_html_of_a_document_end_where_they_do() -> None:
    page = '<p><a href="/a">OIL</a><a href="/b">LAMP</a></p>'
    assert segment(parse(page).root).texts == ["OIL LAMP"]
    own = f'<article data-cleaned="">{page}</article>'
    assert segment(parse(own).root).texts == ["OILLAMP"]
