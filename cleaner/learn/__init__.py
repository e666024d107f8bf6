"""Measuring extractors against labelled pages, and training the content model on them."""
