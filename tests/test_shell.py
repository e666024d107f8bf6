"""The text that a page only carries in its scripts is found by its shape."""

import json
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cleaner.parse import parse
from cleaner.segment import segment
from cleaner.shell import shell_markup
from tests.counting import calls

FIRST = (
    "The keeper of the lighthouse counts the ships that pass between dusk and dawn, and writes"
    " each of them down in a book that nobody reads."
)
SECOND = (
    "In the winter of 1987 the book was lost for a week; it was found again in the oven, dry,"
    " warm, and only a little brown at the edges."
)
THIRD = (
    "灯台守は夕暮れから夜明けまでに通る船を数え、誰も読まない帳面に一隻ずつ書きとめている。"
    "冬の夜は長い。"
)
HINDI = (
    "द्वीप पर रहने वाला पहरेदार शाम से सुबह तक गुज़रने वाली नावों को गिनता है।"
    " वह हर नाव को एक पुरानी कॉपी में लिखता है जिसे कोई नहीं पढ़ता, और सर्दियों की रातें लंबी होती हैं।"
    " सुबह वह सो जाता है।"
)
THAI = "คนเฝ้าประภาคารนับเรือที่ผ่านไปตั้งแต่พลบค่ำจนถึงรุ่งเช้า แล้วจดทุกลำลงในสมุดที่ไม่มีใครอ่าน คืนฤดูหนาวยาวนานมาก"


def texts(page: str) -> list[str]:
    markup = shell_markup(parse(page).root)
    return [] if markup is None else segment(parse(markup).root).texts


def shell(script: str, attributes: str = "") -> str:
    return (
        "<html><head><title>Log</title></head><body><div id=app></div>"
        f"<script {attributes}>{script}</script></body></html>"
    )


def as_attribute(data: str) -> str:
    return f'<body><div id="app" data-state="{escape(data)}"></div></body>'


def pushed(rows: str) -> str:
    return f"(self.rows=self.rows||[]).push([1,{json.dumps(rows)}])"


STATE = {
    "build": "a81f3c",
    "page": {"kind": "story", "blocks": [{"body": FIRST}, {"body": SECOND}]},
    "theme": ".a{color:red} .b{margin:0 auto} .c{border:1px solid; padding: 0 2px 3px 4px}",
}
DATA = json.dumps(STATE)
ESCAPED = DATA.replace("<", "\\u003c")

CARRIERS = {
    "a script of JSON": shell(DATA, 'type="application/json"'),
    "a script of JSON with a longer type": shell(DATA, 'type="application/vnd.app+json; a=b"'),
    "an assignment": shell(f"var a = 1; window.__STATE__ = {DATA}; start(a);"),
    "an assignment without spaces": shell(f'window["state"]={ESCAPED}'),
    "JSON.parse": shell(f"window.__STATE__ = JSON.parse({json.dumps(DATA)})"),
    "JSON in JSON": shell(json.dumps({"store": DATA}), "type=application/json"),
    "an attribute": as_attribute(DATA),
    "a call with arguments": shell(
        "window.__APP__=(function(a,b){return {page:{blocks:[{body:"
        f"{json.dumps(FIRST)}}},{{body:{json.dumps(SECOND)}}}],n:a}}}}(1,2));"
    ),
    "an object that a call is given": shell(
        'kit.start(app, element, {node_ids:[0,2],data:[null,{type:"data",data:{post:{lead:'
        f"{json.dumps(FIRST)},html:{json.dumps(SECOND)}}}}},uses:{{}}}}]}});"
    ),
    "a stream": shell(f"context.stream.enqueue({json.dumps(DATA)});"),
    "rows that are pushed": shell(pushed(f"1:I[7,[]]\n2:{DATA[:90]}"))
    + f"<script>{pushed(DATA[90:])}</script>",
}


@pytest.mark.parametrize("carrier", CARRIERS)
def test_prose_is_found_in(carrier: str) -> None:
    assert texts(CARRIERS[carrier]) == [FIRST, SECOND]


def test_a_row_of_text_ends_by_its_size_in_bytes() -> None:
    text = f"{THIRD}\n\n{FIRST}"
    size = len(text.encode())
    rows = f'1:T{size:x},{text}2:["$","p",null,{{"children":{json.dumps(SECOND)}}}]\n'
    page = shell(pushed(rows))
    assert texts(page) == [THIRD, FIRST, SECOND]


@pytest.mark.parametrize("text", [THIRD, HINDI, THAI])
def test_script_state_is_measured_in_the_characters_of_its_script(text: str) -> None:
    assert texts(shell(json.dumps({"text": [text]}), "type=application/json")) == [text]


def test_literals_of_a_script_without_spaces_are_read() -> None:
    assert texts(shell(f"window.__APP__=(function(a){{return {{b:{json.dumps(THIRD)}}}}}(1))" * 3))


def test_the_body_in_json_ld_comes_with_its_headline() -> None:
    thing = {"@type": "Article", "headline": "The book", "articleBody": f"{FIRST}\n\n{SECOND}"}
    page = shell(json.dumps({"@graph": [thing]}), 'type="application/ld+json"')
    assert texts(page) == ["The book", FIRST, SECOND]


def test_the_posts_of_a_thread_in_json_ld_are_found() -> None:
    thread = {"@type": "DiscussionForumPosting", "text": FIRST, "comment": [{"text": SECOND}]}
    page = shell(json.dumps(thread), 'type="application/ld+json"')
    assert texts(page) == [FIRST, SECOND]


def test_a_description_in_json_ld_is_the_last_resort() -> None:
    linked = f'<script type="application/ld+json">{json.dumps({"description": THIRD})}</script>'
    assert texts(linked) == [THIRD]
    assert texts(linked + CARRIERS["an assignment"]) == [FIRST, SECOND]


def test_html_inside_data_keeps_its_elements() -> None:
    body = f"<h2>The book</h2><p>{FIRST}</p><ul><li>One</li></ul><p>{SECOND}</p>"
    markup = shell_markup(parse(shell(json.dumps({"a": body}), "type=application/json")).root)
    assert markup is not None
    root = parse(markup).root
    assert root is not None
    assert root.findtext(".//h2") == "The book"
    assert root.findtext(".//li") == "One"


def test_html_that_was_escaped_twice_is_opened() -> None:
    body = escape(f"<p>{FIRST}</p><p>{SECOND}</p>")
    assert texts(shell(json.dumps({"a": body}), "type=application/json")) == [FIRST, SECOND]


def test_inline_markup_alone_is_markup_too() -> None:
    body = FIRST.replace("ships", "<b>ships</b>")
    assert texts(shell(json.dumps({"a": [body, SECOND]}), "type=application/json")) == [
        FIRST,
        SECOND,
    ]


@pytest.mark.parametrize(
    "opened", ["<!--", "<script>", "<style>", "<textarea>", "<TITLE>", "<svg>"]
)
def test_a_fragment_left_open_does_not_swallow_the_next(opened: str) -> None:
    state = {"a": [f"<p>{FIRST}</p>{opened}", f"<p>{SECOND}</p>"]}
    data = json.dumps(state).replace("<", "\\u003c")
    assert texts(shell(data, "type=application/json")) == [FIRST, SECOND]


def test_scripts_inside_a_fragment_are_left_out() -> None:
    body = f"<p>{FIRST}</p><script>var a = 'b';</script><!-- c --><p>{SECOND}</p>"
    data = json.dumps({"a": body}).replace("<", "\\u003c")
    markup = shell_markup(parse(shell(data, "type=application/json")).root) or ""
    assert "var a" not in markup
    assert "c -->" not in markup
    assert SECOND in markup


def test_the_same_text_comes_once_and_in_full() -> None:
    state = {"excerpt": FIRST[:100] + "…", "page": {"body": FIRST}, "again": [FIRST, SECOND]}
    assert texts(shell(json.dumps(state), "type=application/json")) == [FIRST, SECOND]


def test_short_strings_stand_among_the_prose_of_their_place() -> None:
    blocks = [{"body": "A short one"}, {"body": FIRST}, {"body": SECOND}, {"kind": "a b c"}]
    page = shell(json.dumps({"blocks": blocks}), "type=application/json")
    assert texts(page) == ["A short one", FIRST, SECOND]


def test_the_phrases_of_an_interface_are_left_out() -> None:
    phrases = {
        f"phrase{name}": f"Please choose {name} of the boxes before you go on to the next page."
        for name in ("One", "Two", "All")
    }
    state = {"phrases": phrases, "story": [f"{FIRST} {SECOND}"] * 1 + [f"{SECOND} {FIRST}"] * 3}
    found = texts(shell(json.dumps(state), "type=application/json"))
    assert found == [f"{FIRST} {SECOND}", f"{SECOND} {FIRST}"]


NO_TEXT = {
    "an empty page": "",
    "a page without scripts": "<p>Hei</p>",
    "a program": shell(
        "function go(a) { return a ? 'Yes. It is so, as all of us know.' : b; }" * 9
    ),
    "a program with an object": shell("var options = {a: 1, b: [2, 3], c: {d: 'e'}};" * 20),
    "styles in a state": shell(json.dumps({"css": STATE["theme"]}), "type=application/json"),
    "addresses in a state": shell(
        json.dumps({"urls": [f"https://example.org/a/b-c?d={n}" for n in range(99)]}),
        "type=application/json",
    ),
    "base64 in a state": shell(json.dumps({"data": "aGVp" * 200}), "type=application/json"),
    "a single sentence": shell(json.dumps({"a": FIRST}), "type=application/json"),
    "broken JSON": shell('{"a": "' + FIRST + SECOND, "type=application/json"),
    "JSON that nests too deep": shell("[" * 100_000, "type=application/json"),
    "an assignment that nests too deep": shell("window.a = " + "[" * 100_000),
    "a number too long": shell("window.a = [" + "1" * 10_000 + "]"),
}


@pytest.mark.parametrize("page", NO_TEXT)
def test_no_text_is_found_in(page: str) -> None:
    assert shell_markup(parse(NO_TEXT[page]).root) is None


def test_a_tree_in_a_namespace_is_read_too() -> None:
    page = CARRIERS["a script of JSON"].replace(
        "<html>", '<html xmlns="http://www.w3.org/1999/xhtml">'
    )
    root = etree.fromstring(page.replace("id=app", 'id="app"'))
    assert FIRST in (shell_markup(root) or "")


@given(
    st.lists(
        st.sampled_from(
            [
                "window.a = ",
                "{",
                "}",
                "[",
                '"',
                "\\",
                "1:",
                "T9,",
                "push([1,",
                FIRST,
                "<p>",
                "\n",
                "=",
                "(",
            ]
        ),
        max_size=30,
    ).map("".join),
    st.sampled_from(["", "type=application/json", 'type="application/ld+json"']),
)
def test_no_script_raises(script: str, attributes: str) -> None:
    markup = shell_markup(parse(shell(script, attributes)).root)
    assert markup is None or markup


@pytest.mark.parametrize(
    "unit", ["window.a = {b: ", 'window.a = "', "= [1, ", '= {"a": "b", ', "push([1,"]
)
def test_looking_for_json_takes_steps_in_the_length_of_the_script(unit: str) -> None:
    roots = [parse(shell(unit * count)).root for count in (1000, 4000)]
    small, large = (calls(lambda root=root: shell_markup(root)) for root in roots)
    assert large < 4.5 * small + 500
