from pathlib import Path

import pytest

from cleaner.sinks import Record, Sink, open_sink


class Made:
    """Pages in which much is awkward, the same one for the same number."""

    FORMS = ("text", "markdown")
    EVERY = 5

    @staticmethod
    def record(number: int) -> Record:
        text = (
            f'Page {number}: «ø», "quoted", comma,\r\nlines\n\rand\ttabs; \0 \x85 \u2028 \ud800 '
            + "日本語 " * number
        )
        return Record(
            name=f"part {number % 3}/Page{number // 2}.{'html' if number % 2 else 'htm'}",
            label=f"/somewhere/{number}",
            url=None if number % 5 == 0 else f"https://example.org/ø?page={number}#part one",
            forms={"text": text, "markdown": f"# {number}\n\n{text}"},
            title=None if number % 7 == 0 else f"Title {number}, with a comma",
            author="Kari Nordmann",
            date="2024-05-17",
            language="nb",
            confidence=1 / (number + 1),
            kept_share=0.5,
            warnings=("one\udcff", "two") if number % 4 == 0 else (),
            duplicate_of="part 0/Page0.htm" if number == 6 else None,
        )

    @classmethod
    def values(cls, number: int) -> dict[str, object]:
        """Return what a reader should find of a page."""
        record = cls.record(number)
        return {
            "name": record.name,
            "url": record.url,
            "title": record.title,
            "author": record.author,
            "date": record.date,
            "site_name": None,
            "description": None,
            "language": "nb",
            "page_type": None,
            "confidence": round(record.confidence, 4),
            "kept_share": 0.5,
            "warnings": [warning.replace("\udcff", "\ufffd") for warning in record.warnings],
            "duplicate_of": record.duplicate_of,
            **{form: text.replace("\ud800", "\ufffd") for form, text in record.forms.items()},
        }

    @classmethod
    def write(cls, sink: Sink, start: int, end: int, note=None) -> None:
        """Write pages with a checkpoint after every so many, and finish."""
        for number in range(start, end):
            sink.write(cls.record(number))
            if (number + 1) % cls.EVERY == 0:
                token = sink.checkpoint()
                if note:
                    note(token, number + 1)
        sink.close()

    @classmethod
    def file(cls, target: Path, pages: int = 12, forms=FORMS) -> Path:
        """Write pages to `target`, and return it."""
        cls.write(open_sink(target, forms), 0, pages)
        return target

    @staticmethod
    def snapshot(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }


@pytest.fixture(scope="session")
def made() -> type[Made]:
    return Made
