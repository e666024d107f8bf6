"""JSON: the document, its metadata, and its blocks with kind and verdict."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, cast

from cleaner.data import read_text

if TYPE_CHECKING:
    from cleaner.document import Document
    from cleaner.export.options import Options

SUFFIX = ".json"
VERSION = 1


def render(document: Document, options: Options) -> str:
    """Return one JSON object, which `schema()` describes, and a final newline."""
    value = as_dict(document, removed=options.removed)
    text = json.dumps(value, ensure_ascii=False, indent=options.indent)
    # A lone surrogate cannot be written to a file.
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"


def as_dict(document: Document, *, removed: bool = True) -> dict[str, Any]:
    """Return the document as plain dicts and lists; `removed` adds the removed blocks."""
    metadata = document.metadata
    return {
        "version": VERSION,
        "url": document.url,
        "page_type": document.page_type,
        "encoding": document.encoding,
        "confidence": _rounded(document.confidence),
        "warnings": list(document.warnings),
        "metadata": {
            **_listed(metadata.as_dict()),
            "sources": {name: asdict(source) for name, source in metadata.sources.items()},
        },
        "text": document.text,
        "blocks": [
            {
                "text": block.text,
                "kind": block.kind,
                "kept": block.kept,
                "reason": block.reason,
                "score": _rounded(block.score),
            }
            for block in document.blocks
            if removed or block.kept
        ],
    }


def schema() -> dict[str, Any]:
    """Return the JSON Schema of what `render` writes."""
    return cast("dict[str, Any]", json.loads(read_text("export/document.schema.json")))


def _rounded(value: float) -> float:
    return round(float(value), 4)


def _listed(values: dict[str, Any]) -> dict[str, Any]:
    return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}
