"""Sinks: where documents go. One kind a module."""
