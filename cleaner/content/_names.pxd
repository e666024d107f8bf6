from libc.stdint cimport uint64_t


cdef struct Slot:
    uint64_t hash
    const char* token
    Py_ssize_t size
    double odds


cdef class Names:
    cdef object twin
    cdef list held
    cdef Slot* slots
    cdef Py_ssize_t last

    cdef Slot* find(self, const char* token, Py_ssize_t size, uint64_t hash) noexcept
    cdef int score(self, dict attributes, double* strongest, double* mean) except -1
