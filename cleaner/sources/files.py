"""The endings of files that are pages, where they are looked for."""

from cleaner.sources.page import PAGE_SUFFIXES

__all__ = ["PAGE_SUFFIXES"]
