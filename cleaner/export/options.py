"""What a caller can ask of every exporter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """Options of an export; an exporter leaves aside those that mean nothing to its form.

    Attributes:
        links: keep links; without, their text stands alone.
        images: keep images, and embedded videos and players as links.
        tables: keep tables; without, they are left out.
        headings: mark headings in plain text by `#`, as Markdown does.
        wrap: the column at which running text is broken, 0 for never.
        front_matter: begin Markdown with the metadata in YAML.
        strip_tracking: take tracking parameters such as `utm_source` out of links.
        removed: let JSON hold the removed blocks too.
        indent: the indentation of JSON, in spaces; None for all on one line.

    """

    links: bool = True
    images: bool = True
    tables: bool = True
    headings: bool = False
    wrap: int = 0
    front_matter: bool = False
    strip_tracking: bool = False
    removed: bool = True
    indent: int | None = None
