from io import StringIO

from rich.console import Console

from cleaner.learn.tables import Link, Table, show, to_markdown


def test_markdown_keeps_cells_apart_whatever_they_hold():
    text = to_markdown([Table("T", ["a", "b"], [["x|y", "<b>\nz"]])])
    assert text.splitlines()[-1] == "| x\\|y | &lt;b> z |"


def test_markdown_links_lead_from_the_folder_it_stands_in(tmp_path):
    link = Link("page", tmp_path / "pages" / "a b.html")
    text = to_markdown([Table("T", ["page"], [[link]])], tmp_path / "out")
    assert "| [page](../pages/a%20b.html) |" in text


def test_tables_are_parted_by_headings():
    tables = [Table("One", ["a"], [["1"]]), Table("Two", ["b"], [["2"]])]
    assert [line for line in to_markdown(tables).splitlines() if line.startswith("#")] == [
        "## One",
        "## Two",
    ]


def test_the_terminal_shows_cells_to_the_letter(tmp_path):
    out = StringIO()
    table = Table("[T]", ["[a]"], [["[red]x[/red]"], [Link("page", tmp_path / "p.html")]])
    show([table], Console(file=out, width=80))
    assert all(text in out.getvalue() for text in ("[T]", "[a]", "[red]x[/red]", "page"))
