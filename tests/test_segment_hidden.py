"""What no reader sees is in no block; a block that waits for a click is one, and says so."""

import pytest

from cleaner.document import HIDDEN, Layout
from tests.test_segment import layout_of, texts


def is_hidden(layout: Layout, block: int) -> bool:
    return bool(layout.flags[layout.block_nodes[block]] & HIDDEN)


@pytest.mark.parametrize(
    "invisible",
    [
        "<script>x</script>",
        "<style>x</style>",
        "<template><p>x</p></template>",
        "<svg><title>x</title><text>x</text></svg>",
        "<canvas>x</canvas>",
        "<datalist><option>x</datalist>",
        "<amp-consent><p>x</p></amp-consent>",
        "<span hidden>x</span>",
        '<span hidden=""><p>x</p></span>',
        '<i aria-hidden="true">x</i>',
        '<b style="color: red; display : none">x</b>',
        "<!-- x -->",
        '<input value="x">',
    ],
)
def test_what_no_reader_sees_is_in_no_block(invisible: str) -> None:
    assert texts(f"<p>en {invisible}to</p>") == ["en to"]
    assert texts(f"{invisible}<p>en</p>{invisible}") == ["en"]


@pytest.mark.parametrize(
    "visible",
    [
        '<span hidden="until-found">x</span>',
        '<i aria-hidden="false">x</i>',
        '<b style="display:block">x</b>',
        "<details><summary>x</summary></details>",
        "<x-box>x</x-box>",
        "<select><option>x</option></select>",
        "<button>x</button>",
    ],
)
def test_what_looks_invisible_but_is_not_is_in_a_block(visible: str) -> None:
    assert texts(visible) == ["x"]


@pytest.mark.parametrize(
    "hiding", ["hidden", 'aria-hidden="true"', 'style="display:none"', "popover"]
)
def test_a_hidden_block_is_a_block_that_says_so(hiding: str) -> None:
    layout = layout_of(f"<div>en</div><div {hiding}>to<p>tre</p></div><p>fire</p>")
    assert layout.texts == ["en", "to", "tre", "fire"]
    assert [is_hidden(layout, block) for block in range(4)] == [False, True, True, False]


def test_a_hidden_box_within_a_sentence_is_none_of_its_words() -> None:
    note = "<div hidden>En by.</div>"
    assert texts(f"<div>Fra Bergen{note}, med båt</div>") == ["Fra Bergen, med båt"]
    assert texts(f"<div><i>Bergen{note}</i>, med båt</div>") == ["Bergen, med båt"]
    part = "<div hidden><p>En by.</p></div>"
    assert texts(f"<div>Fra Bergen{part}, med båt</div>") == ["Fra Bergen", "En by.", ", med båt"]
    assert texts(f"<div>Fra Bergen{note}</div>") == ["Fra Bergen", "En by."]
    assert texts(f"<div>Fra Bergen<br>{note}Med båt</div>") == ["Fra Bergen", "En by.", "Med båt"]


def test_noscript_counts_only_if_it_outweighs_the_rest() -> None:
    short, long = "<p>kort</p>", "<p>en lengre tekst</p>"
    assert texts(f"{long}<noscript>{short}</noscript>") == ["en lengre tekst"]
    assert texts(f"{short}<noscript>{long}</noscript>") == ["kort", "en lengre tekst"]
    assert texts(f"<div>kort<noscript>{long}</noscript></div>") == ["kort", "en lengre tekst"]
    assert texts("<p>like</p><noscript>like</noscript>") == ["like"]


def test_every_column_loses_the_blocks_of_noscript() -> None:
    layout = layout_of("<p>en <a href=/>to</a> tre</p><noscript><a href=/>x</a></noscript><p>y</p>")
    assert layout.texts == ["en to tre", "y"]
    assert [layout.tags[node] for node in layout.block_nodes] == ["p", "p"]
    assert [
        layout.pieces[start:end] for start, end in zip(layout.starts, layout.ends, strict=True)
    ] == [["en ", "to", " tre"], ["y"]]
    assert (layout.words, layout.links) == ([3, 1], [2, 0])


@pytest.mark.parametrize("times", [1, 100])
def test_few_and_many_blocks_of_noscript_are_dropped(times: int) -> None:
    layout = layout_of("<p>en båt</p><noscript><p>x</p></noscript>" * times)
    assert layout.texts == ["en båt"] * times
    assert [layout.pieces[start] for start in layout.starts] == layout.texts
    assert len({*map(len, (layout.block_nodes, layout.ends, layout.words, layout.links))}) == 1


def test_what_is_seen_but_not_read_out_parts_the_words_around_it() -> None:
    assert texts("<p>Før:<b aria-hidden=true>kr</b><b>9</b>") == ["Før: 9"]
    assert texts("<p>Før<b style='display:none'>kr</b>: 9") == ["Før: 9"]
    assert texts("<pre>a\n<a aria-hidden=true></a>b</pre>") == ["a\nb"]
