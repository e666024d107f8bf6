"""Code is kept with the text and the code beside it."""

from __future__ import annotations

from cleaner.content.structure import CODE
from tests.content.support import PROSE, brought_back


def test_code_beside_kept_text_is_kept_with_it() -> None:
    page = f"<p>{PROSE}</p><pre>light --on</pre><p>Menu</p><pre>other</pre>"
    assert brought_back(page, "x...") == {1: CODE}
    assert brought_back(page, "x...", [0.9, 0.05, 0.5, 0.5]) == {}


def test_code_that_follows_code_beside_kept_text_is_kept_with_it() -> None:
    page = f"<p>{PROSE}</p><pre>light --on</pre><pre>light --off</pre><p>Menu</p><pre>other</pre>"
    assert brought_back(page, "x....") == {1: CODE, 2: CODE}
    assert brought_back(page, "x....", [0.9, 0.05, 0.5, 0.5, 0.5]) == {}


def test_code_between_kept_blocks_may_stand_under_the_bar_of_an_editor() -> None:
    bar = "<p>lamp.py</p><p>Reset</p><p>Fork</p>"
    code = f"{bar}<pre>light --on</pre><pre>light --off</pre><p>Run</p>"
    assert brought_back(f"<p>{PROSE}</p>{code}<p>{PROSE}</p>", "x......x") == {4: CODE, 5: CODE}
    assert brought_back(f"<p>{PROSE}</p>{code}", "x......") == {}
    assert brought_back(f"<p>{PROSE}</p>{bar}{bar}{code}<p>{PROSE}</p>", "x............x") == {}


def test_code_in_many_tabs_is_kept_between_kept_blocks() -> None:
    tab = "<p>sh</p><pre>light --on</pre>"
    page = f"<p>{PROSE}</p><p>Tabs</p>{tab * 4}<p>{PROSE} Then he sleeps.</p>"
    assert brought_back(page, "x.........x") == dict.fromkeys((3, 5, 7, 9), CODE)


def test_code_of_several_lines_needs_no_pre() -> None:
    page = f"<p>{PROSE}</p><div><code>light --on<br>light --off</code></div>"
    assert brought_back(page, "x.") == {1: CODE}
    assert brought_back(page.replace("<br>", " "), "x.") == {}


def test_what_is_typed_is_kept_with_what_it_prints() -> None:
    page = "<div><code>#kind <b>lamp</b></code> <pre>Light</pre><code>#light</code></div>"
    assert brought_back(f"<p>{PROSE}</p>{page}", "x.x.") == {1: CODE, 3: CODE}
    words = page.replace("</code>", "</code> gives")
    assert brought_back(f"<p>{PROSE}</p>{words}", "x.x.") == {}
    assert brought_back(f"<p>{PROSE}</p>{page.replace('pre>', 'p>')}", "x.x.") == {}


def test_lines_of_code_beside_kept_text_are_kept_with_it() -> None:
    line = "<div><code>if</code> <code>(dark) {</code></div>"
    page = f"<p>{PROSE}</p><td>1</td><td>{line}{line}{line}</td><p>Menu</p>"
    assert brought_back(page, "x..x..") == {2: CODE, 4: CODE}
    assert brought_back(page.replace("</code></div>", "</code> dark</div>"), "x..x..") == {}
    assert brought_back(page.replace("code", "a href=/b"), "x..x..") == {}
    assert brought_back(f"<p>{PROSE}</p>{line}<div><p><code>dark</code></p></div>", "x..") == {}
