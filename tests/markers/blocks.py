"""Blocks of a document, and which of them go."""

from cleaner.markers import Matcher, find_markers, load_lexicon

MATCHER = Matcher(load_lexicon())
PROSE = "Statsråden kom til byen i går, og det ble en lang kveld med mange spørsmål fra salen."
MORE = "Etter møtet sa han at han ikke visste når det neste skulle holdes, men at det ble snart."


def removed(texts, kinds="line", slots=None, **options):
    kinds = [kinds] * len(texts) if isinstance(kinds, str) else kinds
    in_slot = slots.__getitem__ if slots else None
    return list(find_markers(texts, kinds, matcher=MATCHER, in_slot=in_slot, **options))
