from __future__ import annotations

from cleaner.document import Document, Layout, Page
from tests.export.support import document, lines


def text(html: str, **options: object) -> str:
    return document(html).to_text(**options)


def test_paragraphs_are_parted_by_a_blank_line_and_end_with_one_newline() -> None:
    assert text("<h1>A</h1><p>b\n c<p>d<br>e") == "A\n\nb c\n\nd\ne\n"


def test_a_page_without_kept_blocks_gives_nothing() -> None:
    assert text("") == ""
    assert text("<p><img src=/a.png>") == ""


def test_items_follow_each_other_and_nested_ones_are_indented() -> None:
    page = "<p>x<ul><li>a<ul><li>b<ol start=3><li>c<li>d</ol></ul><li><p>e<p>f</ul><p>y"
    assert text(page) == lines(
        "x", "", "- a", "  - b", "    3. c", "    4. d", "- e", "  f", "", "y", ""
    )


def test_a_list_in_a_list_takes_up_its_counting_again() -> None:
    page = "<ol><li>a<ul><li>b</ul><li>c<li value=9>d<li>e</ol>"
    assert text(page) == lines("1. a", "  - b", "2. c", "9. d", "10. e", "")


def test_a_table_is_a_line_a_row_with_tabs_between_cells() -> None:
    page = "<table><caption>C</caption><tr><th>a<th>b<tr><td><p>1<p>2<td><tr><td>3<td>4</table><p>z"
    assert text(page) == lines("C", "a\tb", "1 2\t", "3\t4", "", "z", "")


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    page = "<table role=presentation><tr><td><p>a<td><p>b</table>"
    assert text(page) == "a\n\nb\n"


def test_definitions_stand_below_their_term() -> None:
    assert text("<dl><dt>t<dd>d<dd>e<dt>u<dd>f</dl>") == "t\n  d\n  e\nu\n  f\n"


def test_preformatted_text_is_kept_to_the_letter() -> None:
    assert text("<pre>\n  a\n\n    b  c\n</pre><p>d") == "  a\n\n    b  c\n\nd\n"
    assert text("<pre><div>a</div><div>  b</div></pre>") == "a\n  b\n"


def test_options_of_text() -> None:
    assert text("<h2>a</h2><p>b", headings=True) == "## a\n\nb\n"
    assert text("<p>aaa bbb ccc ddd eee fff ggg", wrap=20) == "aaa bbb ccc ddd eee\nfff ggg\n"
    assert text("<p>a<table><tr><th>b<th>c<tr><td>d<td>e</table><p>f", tables=False) == "a\n\nf\n"


def lines_document(raw: list[str], kept: list[bool]) -> Document:
    count = len(raw)
    layout = Layout(
        tags=["#text"],
        parents=[-1],
        attributes=[{}],
        flags=[0],
        pieces=raw,
        piece_nodes=[0] * count,
        block_nodes=[0] * count,
        starts=list(range(count)),
        ends=list(range(1, count + 1)),
        texts=[line.strip() for line in raw],
        words=[1] * count,
        links=[0] * count,
    )
    return Document(Page("".join(raw), media="text"), layout, kept, [1.0] * count)


def test_plain_text_comes_back_to_the_letter() -> None:
    raw = ["  *a* \r\n", "\r\n", "# b\r\n", "c"]
    page = lines_document(raw, [True] * 4)
    assert page.text == page.markdown == "".join(raw)
    assert lines_document(raw, [True, True, False, True]).text == "  *a* \r\n\r\nc"


def test_plain_text_as_html_is_paragraphs() -> None:
    page = lines_document(["a <b>\n", "c\n", "\n", "d\n"], [True] * 4)
    assert page.html == (
        '<article data-cleaned="">\n<p>a &lt;b&gt;<br>c</p>\n<p>d</p>\n</article>\n'
    )
    assert "<p>a &lt;b&gt;\nc</p><p>d</p>" in page.render("tei")
