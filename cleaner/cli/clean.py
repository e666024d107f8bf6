"""`cleaner clean`: pages in, clean text, Markdown, HTML or JSON out."""

from __future__ import annotations

import typer

from cleaner.cli import _options as o  # noqa: TC001 - typer reads the annotations
from cleaner.cli._console import wrong_usage


def clean(
    pages: o.Pages,
    *,
    out: o.Out = None,
    to: o.To = None,
    no_links: o.NoLinks = False,
    no_images: o.NoImages = False,
    no_tables: o.NoTables = False,
    front_matter: o.FrontMatter = False,
    wrap: o.Wrap = 0,
    favor: o.Favor = "balance",
    text: o.AsText = False,
    level: o.Level = "markers",
    url: o.Url = None,
    language: o.Language = None,
    include: o.Include = None,
    exclude: o.Exclude = None,
    lexicon: o.Lexicon = None,
    model: o.Model = None,
    workers: o.Workers = None,
    table: o.Table = False,
    quiet: o.Quiet = False,
) -> None:
    """Clean pages: keep what a reader came for, drop ads, navigation and the rest.

    Text files (.txt, .text, .md) lose their marker lines, such as "annonse", and nothing else.

    \b
    cleaner clean page.html                 to the terminal
    cleaner clean page.html -o page.md      to a file, as Markdown
    cleaner clean pages/ -o clean/          a folder, mirrored
    cleaner clean 'news/**/*.html' article.txt -o clean/ --to text --to json
    cleaner clean https://example.org/story --to markdown --front-matter
    curl -s https://example.org/story | cleaner clean -

    Ends with 0 if all was cleaned, 1 if some pages failed, 2 after a wrong call.
    """
    from cleaner.cli._pages import gather
    from cleaner.cli._run import Run
    from cleaner.cli._target import find_forms, find_targets
    from cleaner.cli._work import Work, configured

    found = gather(pages, out)
    if not found.items:
        wrong_usage(f"no page found in {' '.join(pages)}")
    if url and len(found.items) > 1:
        wrong_usage("--url is the address of one page, but there are several")
    forms = find_forms(to, out)
    options = {
        "links": not no_links,
        "images": not no_images,
        "tables": not no_tables,
        "front_matter": front_matter,
        "wrap": wrap,
    }
    cleaner = configured(
        favor,
        language=language,
        include=include,
        exclude=exclude,
        lexicon=lexicon,
        level=level,
        model=model,
    )
    run = Run(
        found,
        find_targets(found.items, forms, pages, out),
        Work(cleaner, forms, options, as_text=text, url=url),
        workers=workers,
        table=table,
        quiet=quiet,
    )
    raise typer.Exit(run())
