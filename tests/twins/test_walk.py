"""A tree is walked alike, compiled or not."""

from __future__ import annotations

import pytest
from hypothesis import given
from lxml import etree

from cleaner import segment, walk
from cleaner.parse import parse
from tests.test_promises import PAGE_SETTINGS, PAGES
from tests.twins.support import both_layouts, compiled, each_page


@each_page
def test_a_page_is_walked_alike(markup):
    ours, twins = both_layouts(parse(markup).root)
    assert ours == twins
    assert len(ours)


@PAGE_SETTINGS
@given(PAGES)
def test_any_page_is_walked_alike(page):
    ours, twins = both_layouts(parse(page).root)
    assert ours == twins


@pytest.mark.parametrize(
    "markup",
    [
        "<r>a<!--b-->c<?d e?>f</r>",
        "<r>a<p hidden=''>b</p>c</r>",
        "<r><p>a</p> <![CDATA[b]]>c <p/> d</r>",
        '<r xmlns:x="urn:x" x:hidden="yes" id="1"><x:p x:class="a" class="b">c</x:p></r>',
        '<!DOCTYPE r [<!ENTITY e "value">]><r><p class="a&e;b">&e;</p></r>',
        "<r>a\u2003\u2003b\u00a0c <p> \u00a0 </p>\u3000<p>\u0e01\u0e02 x\u4e00</p></r>",
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>a<br/> <br/>b</p></body></html>',
        "<r>a<p>\u200b\xad</p>b<p>\u061c<br/>\ue000</p>\ufeff</r>",
        "<r><p>\u4e00\n \u4e01<br/>\nx</p>\u3042\n</r>",
        "<p><span class='a'>ab</span><a class='b'>cd</a>e<i/>f<b>g</b></p>",
        "<pre><a class='a'>ab</a><a class='a'>cd</a></pre>",
        "<p>a <div class='inline'>b<p>c</p></div> d<div style='display:inline'>e</div></p>",
        "<r><a name='x'><p>en</p></a><a id='y' href='/b'>to</a><a id='z'>tre</a></r>",
        f"<p>ab<br/><a>cd</a><br/><b>{'_' * 10}</b><br/><a>ef</a><br/>{'_' * 12}<br/>g<img/>H</p>",
        "<span>a<b/>c</span>",
        "<p/>",
        "<p><svg id='a'/>b<i class='c' hidden=''/><i>d</i></p>",
        "<td><svg id='a'/>b</td>",
        "<script>a</script>",
        "<input type='checkbox'/>",
        '<p data-math="x^2"><i><b hidden="" class="katex-html">y</b></i></p>',
        "<r><math><annotation encoding='application/x-tex'>x</annotation></math></r>",
        '<r><script type="math/tex">x</script>b</r>',
        "<r>a<span role='cell'>b</span><b role='cell'>c</b><div role='row'>d</div></r>",
        "<r><div class='youtube' data-embed='abcdefghij1' hidden='' role='x'> </div>a</r>",
        "<r>a<amp-vimeo data-videoid='12'>b<i>c</i></amp-vimeo>d</r>",
        '<r xmlns:x="urn:x"><div x:a="" data-embed="abcdefghij1" class="youtube"/></r>',
        "<r><select><option>a</option><option>b</option></select><pre>\n a\n  b </pre></r>",
    ],
)
@pytest.mark.parametrize("resolved", [True, False])
def test_a_tree_of_the_users_own_is_walked_alike(markup, resolved):
    parser = etree.XMLParser(strip_cdata=False, resolve_entities=resolved)
    ours, twins = both_layouts(etree.fromstring(markup, parser))
    assert ours == twins


def test_a_part_of_a_tree_is_walked_without_what_stands_around_it():
    root = etree.fromstring("<r>a<p>b<i>c</i></p>d<p>e</p></r>")
    ours, twins = both_layouts(root[0])
    assert ours == twins
    assert ours.texts == ["bc"]


def test_the_words_of_any_script_are_counted_alike():
    parts = ("".join(map(chr, range(at, at + 16))) for at in range(0xA0, 0x30000, 16))
    root = etree.Element("r")
    for part in parts:
        if not "\ud800" <= part[0] <= "\udfff" and "\ufffe" not in part:
            etree.SubElement(root, "p").text = part
    ours, twins = both_layouts(root)
    assert ours.words == twins.words
    assert {1, 17} <= set(ours.words)


@pytest.mark.parametrize(
    "head",
    [
        "<title> A ferry </title><base href='/a/'><link rel=canonical href=' https://b.example '>",
        "<meta property='og:image' content='a.jpg'><meta property=og:url content=https://b.example>",
        "<base><title/><link rel='canonical'><meta property='og:image'><meta property>",
        "<link rel='Canonical' href='https://b.example'><meta name='og:image' content='a.jpg'>",
        "<link href='https://b.example/a' rel=canonical><link rel=canonical href=https://b.example>",
        "<x:title xmlns:x='urn:x'>a</x:title><!-- a --><title>b<i>c</i></title><title>d</title>",
    ],
)
def test_a_head_is_read_alike(monkeypatch, head):
    layouts = []
    for half in (walk, compiled("cleaner._walk")):
        monkeypatch.setattr(segment, "told_in_head", half.told_in_head)
        layouts.append(segment.segment(parse(f"<head>{head}</head><p>a").root))
    assert layouts[0] == layouts[1]


def test_a_value_in_pieces_is_read_whole():
    page = '<!DOCTYPE r [<!ENTITY e "og:url">]><r><head><meta property="&e;" content="https://a.example"/></head></r>'
    root = etree.fromstring(page, etree.XMLParser(resolve_entities=False))
    assert segment.segment(root).address == "https://a.example"
