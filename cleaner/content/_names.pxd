from libc.stdint cimport uint64_t

cdef enum:
    BANDS = 5
    SCORES = 3 + BANDS


cdef struct Slot:
    uint64_t hash
    const char* token
    int size
    bint has_odds, has_weights
    float[BANDS] weights  # exact: multiples of `cleaner.content.words.STEP`
    double odds


cdef class Names:
    cdef object twin
    cdef list held
    cdef Slot* slots
    cdef Py_ssize_t last

    cdef Slot* find(self, const char* token, Py_ssize_t size, uint64_t hash) noexcept
    cdef int score(self, dict attributes, tuple naming, double* scores) except -1
