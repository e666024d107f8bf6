# cython: language_level=3
"""What `_features.pyx` takes of `_candidates.pyx`."""

from cleaner.content._feature_page cimport FeaturePage


cdef candidates(FeaturePage page)
