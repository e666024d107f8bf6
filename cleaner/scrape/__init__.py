"""Fetching pages: the only part of the package that opens a connection."""
