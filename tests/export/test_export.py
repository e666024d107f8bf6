from __future__ import annotations

import json
import textwrap
from functools import partial
from importlib.metadata import EntryPoint, EntryPoints
from types import SimpleNamespace

import pytest
import yaml
from lxml import etree

from cleaner import export
from cleaner.cli._target import find_forms
from cleaner.document import CleanerError, Document, Metadata, Source
from cleaner.export.json import schema
from cleaner.export.tree import Tree
from tests import counting
from tests.export.support import document, markdown

PAGE = "<h1>T</h1><p>a <a href='/x?id=1&amp;utm_source=y'>b</a> <img src=/i.png alt=c></p>"


def test_every_form_has_a_suffix_of_its_own() -> None:
    suffixes = [export.exporter(form).SUFFIX for form in export.EXPORTERS]
    assert suffixes == [".txt", ".md", ".html", ".json", ".xml"]


def test_an_unknown_form_is_named_with_those_that_exist() -> None:
    with pytest.raises(CleanerError, match=r"'odt'; there are text, markdown, html, json, tei"):
        document(PAGE).render("odt")


def test_an_unknown_option_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="colour"):
        document(PAGE).to_text(colour=True)


def test_an_entry_point_adds_a_form(monkeypatch: pytest.MonkeyPatch) -> None:
    loud = SimpleNamespace(SUFFIX=".loud", render=lambda doc, _: doc.text.upper())
    monkeypatch.setattr(EntryPoint, "load", lambda _: loud)
    entry = EntryPoint("loud", "loud_module", "cleaner.exporters")
    monkeypatch.setattr(
        "importlib.metadata.entry_points", lambda **wanted: EntryPoints([entry]).select(**wanted)
    )
    assert export.formats()[-1] == "loud"
    assert document("<p>hush").render("loud") == "HUSH\n"
    assert find_forms(None, "hush.loud") == ("loud",)
    export.exporter.cache_clear()


def test_links_images_and_tracking_can_be_left_out() -> None:
    assert markdown(PAGE, links=False, images=False) == "# T\n\na b"
    assert "utm_source" in markdown(PAGE)
    assert "(https://example.org/x?id=1)" in markdown(PAGE, strip_tracking=True)


def test_a_video_that_is_left_out_still_parts_the_words_beside_it() -> None:
    page = "<p>one<video src=/v.mp4></video>two</p>"
    assert markdown(page) == "one [Video](https://example.org/v.mp4) two"
    assert markdown(page, images=False) == "one two"


def test_relative_links_stay_so_where_the_page_has_no_address() -> None:
    assert markdown("<p><a href='b/c'>d</a>", url=None) == "[d](b/c)"


def test_wrapped_markdown_means_the_same() -> None:
    words = "one two three - 4. five # six + seven > eight"
    page = f"<p>{' '.join([words] * 6)}</p><ul><li>{words} {words}</ul>"
    wrapped = markdown(page, wrap=30)
    assert max(map(len, wrapped.splitlines())) <= 34
    assert document_html(wrapped) == document_html(markdown(page))


def document_html(text: str) -> str:
    from markdown_it import MarkdownIt

    return " ".join(MarkdownIt().render(text).split())


METADATA = Metadata(
    title='The "title": a # test\u2028',
    authors=("A. Writer", "no"),
    date="2026-03-01",
    language="en",
    sources={"title": Source("og:title", 0.9)},
)


def test_front_matter_is_yaml_with_the_metadata() -> None:
    page = document(PAGE)
    page.describe = lambda: METADATA
    head, _, body = page.to_markdown(front_matter=True).removeprefix("---\n").partition("\n---\n")
    assert yaml.safe_load(head) == {
        "title": METADATA.title,
        "authors": ["A. Writer", "no"],
        "date": "2026-03-01",
        "language": "en",
        "url": page.url,
    }
    assert body.startswith("\n# T\n")


def test_json_is_what_its_schema_says() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    page = document(PAGE + "<pre>x</pre><ul><li>y</ul><dl><dt>t<dd>d</dl>")
    page.describe = lambda: METADATA
    jsonschema.Draft202012Validator.check_schema(schema())
    for options in ({}, {"removed": False, "indent": 2}):
        value = json.loads(page.to_json(**options))
        jsonschema.validate(value, schema())
    assert value["metadata"]["authors"] == ["A. Writer", "no"]
    assert value["text"] == page.text


def test_json_leaves_removed_blocks_out_where_asked() -> None:
    page = document("<p>a<p>b")
    page.kept[1] = False
    assert [b["kept"] for b in json.loads(page.to_json())["blocks"]] == [True, False]
    assert len(json.loads(page.to_json(removed=False))["blocks"]) == 1


def test_tei_holds_the_metadata_and_the_text() -> None:
    page = document(PAGE + "<ul><li>x</ul><table><tr><th>a<th>b<tr><td>1<td>2</table>\x00\x0b")
    page.describe = lambda: METADATA
    root = etree.fromstring(page.render("tei").encode())
    spaces = {"t": "http://www.tei-c.org/ns/1.0"}
    assert root.xpath("string(//t:titleStmt/t:title)", namespaces=spaces) == METADATA.title
    assert root.xpath("count(//t:author)", namespaces=spaces) == 2
    assert root.xpath("string(//t:ref/@target)", namespaces=spaces).startswith("https://")
    assert root.xpath("count(//t:row)", namespaces=spaces) == 2
    assert root.xpath("string(//t:item)", namespaces=spaces) == "x"


def test_a_heading_begins_a_division_of_tei_inside_that_of_a_higher_one() -> None:
    page = (
        "<p>a</p><h2>B</h2><p>c</p><h4>D</h4><h3>E</h3><p>f</p><h2>G</h2><ul><li><h3>H</h3>i</ul>"
    )
    tei = document(page).render("tei").partition("<body>")[2].partition("</body>")[0]
    assert tei == (
        '<div><p>a</p><div n="2"><head>B</head><p>c</p><div n="4"><head>D</head></div>'
        '<div n="3"><head>E</head><p>f</p></div></div><div n="2"><head>G</head>'
        '<list rend="bulleted"><item><ab type="head" n="3">H</ab><p>i</p></item></list></div></div>'
    )


def test_beside_the_paragraphs_of_tei_stands_only_what_may() -> None:
    page = """<p>a</p><pre>b</pre><script type="math/tex; mode=display">x^2</script><hr><p>c</p>
    <table><tr><th>d<th>e<tr><td>1<td>2</table><blockquote><p>f</blockquote><dl><dt>g<dd>h</dl>
    <figure><img src=/i.png></figure><details><summary>j</summary><p>k</details><h2>l</h2>"""
    root = etree.fromstring(document(page).render("tei").encode())
    beside = {etree.QName(child).localname for div in root.iter("{*}div") for child in div}
    assert beside <= set("ab div figure floatingText head list milestone p quote table".split())
    assert {"ab", "floatingText", "list", "quote", "table"} <= beside


def test_html_keeps_what_the_page_meant() -> None:
    page = """<ol start=4><li>a<li><p>b<p>c</ol><details><summary>s</summary><p>d</details>
    <pre class="language-js">e</pre><figure><img src=/f.png><figcaption>g</figcaption></figure>"""
    assert document(page).html == textwrap.dedent("""\
        <article data-cleaned="">
        <ol start="4">
        <li>a</li>
        <li><p>b</p>
        <p>c</p></li>
        </ol>
        <details>
        <summary>s</summary>
        <p>d</p>
        </details>
        <pre><code class="language-js">e</code></pre>
        <figure>
        <p><img src="https://example.org/f.png" alt=""></p>
        <figcaption>g</figcaption>
        </figure>
        </article>
        """)


def test_of_two_names_of_a_callout_its_own_counts() -> None:
    page = (
        "<div data-panel-type=note data-callout-type=note data-callout=tip><p>Mind the step.</div>"
    )
    assert markdown(page) == "> [!tip] Tip\n> Mind the step."


def test_a_kind_of_callout_and_its_level_make_one_without_a_title() -> None:
    for name in ("note warning", "note note-warning"):
        page = f"<div class='{name}'><p>Mind the step.</p></div>"
        assert markdown(page) == "> [!warning] Warning\n> Mind the step."


def test_a_dropped_block_leaves_no_trace() -> None:
    page = document("<ul><li>a<li>ad<li>b</ul><table><tr><th>c<th>d<tr><td>e<td>f</table>")
    for index, text in enumerate(page.layout.texts):
        page.kept[index] = text not in ("ad", "e", "f")
    assert page.markdown == "- a\n- b\n\n| c | d |\n| --- | --- |\n"
    assert page.text == "- a\n- b\n\nc\td\n"


def test_50_000_nested_elements_are_no_burden() -> None:
    for tag in ("div", "blockquote", "ul><li", "span", "em", "table><tr><td", "dl><dd"):
        page = document(f"<{tag}>" * 50_000 + "x")
        for form in export.formats():
            assert "x" in page.render(form)


@pytest.mark.parametrize("box", ["msup><mjx-script", "mfrac><mjx-num><mjx-den", "mover><mjx-over"])
def test_each_box_of_a_formula_that_never_ends_is_read_once(box: str) -> None:
    page = document("<p>" + "<mjx-container><mjx-math>" + f"<mjx-{box}>x" * 12)
    assert page.markdown.count("x") == 12


@pytest.mark.parametrize(
    "box", "ul><li table><tr><td><td dl><dd blockquote details><summary>s</summary figure".split()
)
@pytest.mark.parametrize("form", ["text", "markdown", "html", "tei"])
def test_each_level_of_boxes_takes_the_same_work(form: str, box: str) -> None:
    pages = [document(f"<{box}><p>a<p>b</p>" * depth) for depth in (5, 10)]
    few, many = (counting.calls(partial(page.render, form)) for page in pages)
    assert many < 4 * few


@pytest.mark.parametrize(
    "markup",
    [
        "<img class=latex alt='{}'>".format(r"\begin{document}" * 100_000),
        f"<img src='/chart?{'chf=?cht=tx&amp;' * 100_000}'>",
        f"<script type='math/tex'>x{' ' * 100_000}y</script>",
    ],
)
def test_a_formula_without_end_is_no_burden(markup: str) -> None:
    assert markdown(f"<p>a {markup} b").startswith("a")


def test_steps_grow_with_the_sidenotes_and_the_lists_that_repeat_them() -> None:
    def page(count: int) -> Document:
        note = "<p>a<b class=sidenote-number>1</b><i class=sidenote>It burns {0}.</i>"
        repeated = "<div class=modern-footnotes-list>It is told {0}</div>"
        return document("".join(map((note + repeated).format, range(count))))

    counting.lines(page(10).to_markdown)  # loads what is loaded once
    assert counting.lines(page(400).to_markdown) < 12 * counting.lines(page(40).to_markdown)


def test_the_number_of_elements_grows_with_the_page_alone() -> None:
    counts = []
    for size in (100, 200):
        page = document("<div class=a>" * size + "<p class=b>x <b>y</b></p>" * size)
        counts.append(len(Tree(page.layout, page.kept).elements))
    assert counts[1] <= 2 * counts[0] + 1


def test_a_note_is_kept_with_its_mark_in_every_form() -> None:
    page = document("<p>A claim.<sup><a href=#n1>1</a></sup><ol><li id=n1>The source.<li>No</ol>")
    page.kept[1] = page.kept[2] = False
    assert page.markdown == "A claim.[^1]\n\n[^1]: The source.\n"
    assert page.text == "A claim.[1]\n\n[1] The source.\n"
    assert '<li id="fn-1">The source.</li>' in page.html
    assert "The source." in page.render("tei")
    blocks = json.loads(page.to_json())["blocks"]
    assert [block["kept"] for block in blocks] == [True, True, False]
    assert blocks[1]["reason"] == "note of kept text"
    assert len(json.loads(page.to_json(removed=False))["blocks"]) == 2


@pytest.mark.parametrize(
    "heading",
    [
        "<h2 id=oil>Oil for lamps <a href=#oil>¶</a></h2>",
        "<section id=oil><h2>Oil for lamps <a href=#oil>§</a></h2></section>",
        "<a href=#oil>#</a><h2 id=oil>Oil for lamps</h2>",
    ],
)
def test_a_link_to_its_own_heading_refers_to_no_note(heading: str) -> None:
    page = document(f"<div>{heading}<p>It burns.</p><p>Was this helpful?</p></div>")
    page.kept[-1] = False
    assert "helpful" not in page.text


@pytest.mark.parametrize(
    ("note", "written"),
    [
        ("<a href=/doe>Doe</a>", "[Doe](https://example.org/doe)"),
        ("https://example.org/doe", "https://example.org/doe"),
        ("javascript:a", "javascript: a"),  # no target of a link where footnotes are unknown
        ("javascript:a 'b'", "javascript: a 'b'"),
        ("Doe: a 'b'", "Doe: a 'b'"),
    ],
)
def test_a_note_of_one_link_keeps_its_address(note: str, written: str) -> None:
    page = f"<p>A claim.<sup><a href=#n1>1</a></sup><ol><li id=n1>{note}</ol>"
    assert markdown(page) == f"A claim.[^1]\n\n[^1]: {written}"


def test_a_note_of_a_word_processor_is_kept_with_its_mark() -> None:
    page = document(
        "<p>A claim.<a href=#_ftn1>[1]</a><p>Share<p><a href=//AB-1#_ftnref1>[1]</a> The source."
    )
    page.kept[1] = page.kept[2] = False
    assert page.markdown == "A claim.[^1]\n\n[^1]: The source.\n"
    assert page.text == "A claim.[1]\n\n[1] The source.\n"


def test_the_caption_of_a_table_that_stays_html_is_told_once() -> None:
    page = document(
        "<table><caption>Oils</caption><tr><th>Kind<th>Use<tr><td>Rape<td><ul><li>lamps<li>bread</ul></table>"
    )
    assert page.markdown.startswith("<table>\n<caption>Oils</caption>")
    assert page.markdown.count("Oils") == 1


def test_what_is_no_text_of_the_page_is_left_out_of_every_form() -> None:
    page = document(
        "<h2>T<span class=mw-editsection>[edit]</span></h2><p>a<p>b<a class=anchor href=#x>#</a>"
        "<div><button>Copy</button><pre>x</pre></div>"
        "<p class=jetpack-slideshow-noscript>No script</p><label class=hide-text>Spaced</label>"
    )
    for form in ("text", "markdown", "html", "tei"):
        labels = ("edit", "#<", "b#", "Copy", "No script", "Spaced")
        assert not any(label in page.render(form) for label in labels)


@pytest.mark.parametrize(
    ("form", "line"), [("markdown", "\n---\n"), ("html", "<hr>"), ("tei", "<milestone ")]
)
def test_a_line_between_kept_paragraphs_is_told(form: str, line: str) -> None:
    assert line in document("<p>a<hr><p>b").render(form)
    assert line not in document("<hr><p>a<h2>b</h2><hr><p>c<hr>").render(form)
    page = document("<p>a<hr><p>b")
    page.kept[0] = False
    assert line not in page.render(form)


def test_json_tells_where_each_field_was_found() -> None:
    page = document(PAGE)
    page.describe = lambda: METADATA
    found = json.loads(page.to_json())["metadata"]["sources"]
    assert found == {"title": {"name": "og:title", "confidence": 0.9}}


def test_a_paragraph_before_code_in_a_language_unknown_to_us_is_kept() -> None:
    page = '<p>We print it:</p><pre><code class="language-cfm">x</code></pre>'
    assert markdown(page) == "We print it:\n\n```cfm\nx\n```"
    assert markdown(page.replace("We print it:", "cfm")) == "```cfm\nx\n```"


def test_blocks_inside_an_inline_element_stay_in_order() -> None:
    page = document("<div>x<my-card class=a><h3>b</h3>c<h4>d</h4><p>e</p></my-card>f<p>g</div>")
    assert page.markdown == "x\n\n### b\n\nc\n\n#### d\n\ne\n\nf\n\ng\n"
    assert page.text == "x\n\nb\n\nc\n\nd\n\ne\n\nf\n\ng\n"


def test_the_mark_of_a_note_that_says_nothing_is_no_note() -> None:
    note = "<span class=ltx_note_outer><sup class=ltx_note_mark>2</sup></span>"
    page = f"<p>Ada<sup class=ltx_note_mark>2</sup>{note} wrote"
    assert markdown(page) == "Ada<sup>2</sup> wrote"


def test_an_image_for_pages_without_scripts_stays_where_its_caption_is_dropped() -> None:
    page = document(
        "<p>a<figure><noscript><img src=/i.png></noscript><figcaption>b</figcaption></figure><p>c"
    )
    page.kept[1] = False
    assert page.markdown == "a\n\n![](https://example.org/i.png)\n\nc\n"
    page.kept[2] = False
    assert page.markdown == "a\n"


def test_the_ways_of_other_highlighters_do_not_change_the_text() -> None:
    page = document("<pre><code>a</code><code>b</code></pre><p><code>c  d</code><br><code>e</code>")
    assert page.text == "a\nb\n\nc  d\ne\n"


def test_a_masked_address_is_escaped_as_any_other() -> None:
    masked = "".join(f"{byte ^ 1:02x}" for byte in b"\0a@b.c)<i>")
    page = document(f'<p><a href="/cdn-cgi/l/email-protection#{masked}">[email protected]</a>')
    assert page.markdown == "[a@b.c)\\<i>](mailto:a@b.c\\)%3Ci%3E)\n"
    assert '<a href="mailto:a@b.c)%3Ci%3E">a@b.c)&lt;i&gt;</a>' in page.html


@pytest.mark.parametrize(
    "row", ["<tr><td>a", "<tr><td rowspan=60000>a", "<tr><td colspan=60000>a<td>b"]
)
def test_a_sparse_table_is_not_filled_up(row: str) -> None:
    prose = "<p>The keeper went up at dusk, lit the lamp, and wrote the hour in his book.</p>" * 4
    head = "<tr>" + "<td>a" * 1000
    page = document(f"<article>{prose}<table>{head}{row * 1000}</table>{prose}</article>")
    cells = page.to_html().count("<td>") + page.to_html().count("<th>")
    assert 2000 <= cells < 100_000


def test_a_page_in_a_quote_is_only_set_in_from_the_margin() -> None:
    words = "The ferry left the quay at noon, as it had on every day of that long summer. " * 7
    page = f"<blockquote><h2>Noon</h2><p>{words}</p></blockquote>"
    assert document(page).markdown.startswith("## Noon\n\nThe ferry")
    assert document(f"{page}<p>{words}</p>").markdown.startswith("> ")
    assert document("<blockquote><p>Noon.</p></blockquote>").markdown == "> Noon.\n"
