import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from cleaner.document import Document, Layout, Metadata, Page
from cleaner.report.page import page_report

KEPT = "Elven renner forbi mølla og ut i fjorden ved byen."
MISSED = "Om vinteren fryser den til, og barna går på skøyter."
EXTRA = "Abonner på nyhetsbrevet vårt i dag og få en gave."
REMOVED = "Hjem Kart Kontakt"
GOLD = f"{KEPT}\n{MISSED}\nDette står ikke på siden."


def document(texts, kept, **known):
    size = len(texts)
    layout = Layout(
        tags=["body"] + ["p"] * size,
        parents=[-1] + [0] * size,
        attributes=[{} for _ in range(size + 1)],
        flags=[0] * (size + 1),
        pieces=list(texts),
        piece_nodes=list(range(1, size + 1)),
        block_nodes=list(range(1, size + 1)),
        starts=list(range(size)),
        ends=list(range(1, size + 1)),
        texts=list(texts),
        words=[len(text.split()) for text in texts],
        links=[0] * size,
    )
    return Document(Page(b""), layout, list(kept), [0.5] * size, **known)


def sample(**known):
    return document([KEPT, MISSED, EXTRA, REMOVED], [True, False, True, False], **known)


def blocks(report, fate):
    return html.fromstring(report).xpath(f'//div[@class="block {fate}"]/p/text()')


def test_without_gold_blocks_are_kept_or_removed():
    report = page_report(sample())
    assert blocks(report, "kept") == [KEPT, EXTRA]
    assert blocks(report, "removed") == [MISSED, REMOVED]
    assert blocks(report, "missed") == blocks(report, "extra") == []


def test_gold_tells_wrongly_kept_and_wrongly_removed_blocks():
    report = page_report(sample(), GOLD)
    assert blocks(report, "kept") == [KEPT]
    assert blocks(report, "missed") == [MISSED]
    assert blocks(report, "extra") == [EXTRA]
    assert blocks(report, "removed") == [REMOVED]


def test_gold_lines_that_the_output_lacks_are_listed_with_their_words_marked():
    tree = html.fromstring(page_report(sample(), GOLD))
    lines = [line.text_content() for line in tree.xpath('//div[@class="line"]')]
    assert lines == [MISSED, "Dette står ikke på siden."]
    assert "2 of 3 gold lines" in tree.text_content()
    assert tree.xpath("//mark/text()")[:2] == ["Om", "vinteren"]


def test_an_empty_gold_makes_every_kept_block_wrong():
    report = page_report(sample(), "")
    assert blocks(report, "extra") == [KEPT, EXTRA]


def test_reasons_and_scores_stand_by_their_block():
    report = page_report(sample(named={3: "in footer; 92 % links"}))
    notes = html.fromstring(report).xpath('//div[@class="block removed"]/small/text()')
    assert notes == [
        "paragraph · 0.50 · removed",
        "paragraph · 0.50 · removed · in footer; 92 % links",
    ]


def test_the_report_needs_no_other_file():
    report = page_report(sample(), GOLD)
    assert not re.search(r"<(script|link|img|iframe)|url\(|@import|https?://", report)


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;"


def test_whatever_the_page_says_is_escaped():
    known = {
        "named": {0: HOSTILE},
        "warnings": (HOSTILE,),
        "page_type": HOSTILE,
        "describe": lambda: Metadata(title=HOSTILE),
    }
    tree = html.fromstring(page_report(document([HOSTILE], [True], **known), HOSTILE + " more"))
    assert tree.xpath("//script | //img") == []
    assert tree.findtext(".//h1") == HOSTILE
    assert blocks(page_report(document([HOSTILE], [True])), "kept") == [HOSTILE]


@given(st.lists(st.tuples(st.text(), st.booleans())), st.none() | st.text())
def test_any_blocks_and_any_gold_give_a_report(rows, gold):
    page = document([text for text, _ in rows], [kept for _, kept in rows])
    assert page_report(page, gold).endswith("</body></html>\n")
