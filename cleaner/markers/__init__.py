"""Markers: lines that only announce an ad or a promotion, in any language.

`load_lexicon` reads the phrases, `Matcher` tells whether a line is one of them,
`find_markers` decides by what stands around it, `is_ad_slot` reads class names.
"""

from cleaner.markers.context import find_markers
from cleaner.markers.load import Lexicon, load_lexicon
from cleaner.markers.match import DEFAULT_KINDS, Match, Matcher
from cleaner.markers.slots import is_ad_slot

__all__ = [
    "DEFAULT_KINDS",
    "Lexicon",
    "Match",
    "Matcher",
    "find_markers",
    "is_ad_slot",
    "load_lexicon",
]
