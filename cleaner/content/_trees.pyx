# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twins of what `trees` sums: the same sums, without arrays in between."""

from libc.math cimport fabs
from libc.stdint cimport int32_t, uint8_t
from libc.stdlib cimport calloc, free
from libc.string cimport memset

import numpy as np

cdef double SURE

cdef extern from *:
    """
    #include <stdint.h>

    #define CHUNK 32 /* items at once: the bits of their leaves stay in registers */
    #define LEAVES 8

    typedef struct {
        int trees, nodes; /* nodes of one tree */
        const int32_t *feature;
        const float *threshold;
        const uint8_t *drop;
        const float *leaves;
    } Forest;

    static inline int first_standing(uint8_t out)
    {
    #ifdef __GNUC__
        return __builtin_ctz(~(uint32_t)out) & (LEAVES - 1);
    #else
        int leaf = 0;
        while (out >> leaf & 1)
            leaf++;
        return leaf & (LEAVES - 1);
    #endif
    }

    #if defined(__GNUC__) && !defined(__clang__)
    __attribute__((optimize("O2"))) /* what O3 makes of the loops is three times slower */
    #endif
    static void sum_anywhere(Forest forest, const float *rows, size_t width, double *sums)
    {
        for (int tree = 0; tree < forest.trees; tree++) {
            const float *leaf = forest.leaves + LEAVES * tree;
            uint8_t out[CHUNK] = {0};
            for (int node = tree * forest.nodes; node < (tree + 1) * forest.nodes; node++) {
                const float *row = rows + width * forest.feature[node];
                float limit = forest.threshold[node];
                uint8_t drop = forest.drop[node];
                for (int item = 0; item < CHUNK; item++)
                    out[item] |= drop & -(uint8_t)(row[item] > limit);
            }
            for (int item = 0; item < CHUNK; item++)
                sums[item] += leaf[first_standing(out[item])];
        }
    }

    #if defined(__GNUC__) && defined(__x86_64__)
    #include <immintrin.h>

    __attribute__((target("avx2")))
    static void sum_by_eights(Forest forest, const float *rows, size_t width, double *sums)
    {
        const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
        const __m256i one = _mm256_set1_epi32(1), bias = _mm256_set1_epi32(127);
        for (int tree = 0; tree < forest.trees; tree++) {
            __m256 leaf = _mm256_loadu_ps(forest.leaves + LEAVES * tree);
            __m256i out = _mm256_setzero_si256();
            uint8_t bytes[CHUNK];
            for (int node = tree * forest.nodes; node < (tree + 1) * forest.nodes; node++) {
                const float *row = rows + width * forest.feature[node];
                __m256 limit = _mm256_set1_ps(forest.threshold[node]);
                __m256i drop = _mm256_set1_epi8((char)forest.drop[node]), is[4];
                for (int part = 0; part < 4; part++)
                    is[part] = _mm256_castps_si256(
                        _mm256_cmp_ps(_mm256_loadu_ps(row + 8 * part), limit, _CMP_GT_OQ));
                is[0] = _mm256_packs_epi16(
                    _mm256_packs_epi32(is[0], is[1]), _mm256_packs_epi32(is[2], is[3]));
                out = _mm256_or_si256(out, _mm256_and_si256(is[0], drop));
            }
            _mm256_storeu_si256((__m256i *)bytes, _mm256_permutevar8x32_epi32(out, order));
            for (int part = 0; part < 4; part++) {
                __m256i some = _mm256_cvtepu8_epi32(
                    _mm_loadl_epi64((const __m128i *)(bytes + 8 * part)));
                /* The lowest bit that stands, as a power of two, whose exponent is its number. */
                __m256i bit = _mm256_andnot_si256(some, _mm256_add_epi32(some, one));
                __m256i power = _mm256_castps_si256(_mm256_cvtepi32_ps(bit));
                __m256i first = _mm256_sub_epi32(_mm256_srli_epi32(power, 23), bias);
                __m256 value = _mm256_permutevar8x32_ps(leaf, first);
                __m256d low = _mm256_cvtps_pd(_mm256_castps256_ps128(value));
                __m256d high = _mm256_cvtps_pd(_mm256_extractf128_ps(value, 1));
                double *to = sums + 8 * part;
                _mm256_storeu_pd(to, _mm256_add_pd(_mm256_loadu_pd(to), low));
                _mm256_storeu_pd(to + 4, _mm256_add_pd(_mm256_loadu_pd(to + 4), high));
            }
        }
    }

    static void sum_forest(Forest forest, const float *rows, size_t width, double *sums)
    {
        if (__builtin_cpu_supports("avx2"))
            sum_by_eights(forest, rows, width, sums);
        else
            sum_anywhere(forest, rows, width, sums);
    }
    #else
    #define sum_forest sum_anywhere
    #endif
    """
    enum:
        CHUNK
        LEAVES

    ctypedef struct Forest:
        int trees
        int nodes
        const int32_t* feature
        const float* threshold
        const uint8_t* drop
        const float* leaves

    void sum_anywhere(Forest forest, const float* rows, size_t width, double* sums) noexcept
    void sum_forest(Forest forest, const float* rows, size_t width, double* sums) noexcept


def sum_leaves(trees, all_rows, const Py_ssize_t[::1] items, bint anywhere=False):
    """Return the summed leaves of all trees, for each of the columns `items`, None for all.

    `anywhere`: only by what every processor knows.
    """
    result = np.zeros(all_rows.shape[1] if items is None else items.shape[0])
    cdef double[::1] sums = result
    cdef const float[:, ::1] rows = np.ascontiguousarray(all_rows), threshold = trees.threshold
    cdef const int32_t[::1] feature = trees.feature
    cdef const uint8_t[:, ::1] drop = trees.drop
    cdef const float[::1] leaves = trees.leaves
    cdef Py_ssize_t features = rows.shape[0], count = sums.shape[0], at, start, size, row
    cdef Forest forest = Forest(leaves.shape[0] // LEAVES, 0, NULL, NULL, NULL, NULL)
    cdef double[CHUNK] total
    cdef float* chunk
    cdef float* to
    cdef const float* values
    if not forest.trees or not count:
        return result
    forest.nodes = feature.shape[0] // forest.trees
    forest.feature, forest.threshold, forest.drop = &feature[0], &threshold[0, 0], &drop[0, 0]
    forest.leaves = &leaves[0]
    for at in range(feature.shape[0]):
        if not 0 <= feature[at] < features:
            raise IndexError("the trees ask for features that the rows lack")
    chunk = <float*> calloc(features * CHUNK, sizeof(float))
    if chunk is NULL:
        raise MemoryError
    for start in range(0, count, CHUNK):
        size = min(count - start, CHUNK)
        if items is None and size == CHUNK and not anywhere:
            sum_forest(forest, &rows[0, start], rows.shape[1], &sums[start])
            continue
        for row in range(features):
            to, values = &chunk[row * CHUNK], &rows[row, 0]
            for at in range(size):
                to[at] = values[start + at if items is None else items[start + at]]
        memset(total, 0, sizeof(total))
        if anywhere:
            sum_anywhere(forest, chunk, CHUNK, total)
        else:
            sum_forest(forest, chunk, CHUNK, total)
        for at in range(size):
            sums[start + at] += total[at]
    free(chunk)
    return result


def ask_others(others, rows, double[::1] scores, double count):
    """Turn the scores that the first trees are unsure of into the mean of `count` forests."""
    numbers = np.empty(scores.shape[0], dtype=np.intp)
    cdef Py_ssize_t[::1] asked = numbers
    cdef const double[::1] told
    cdef Py_ssize_t at, found = 0
    for at in range(scores.shape[0]):
        if fabs(scores[at]) <= SURE:
            asked[found] = at
            found += 1
    told = sum_leaves(others, rows, asked[:found])
    for at in range(found):
        scores[asked[at]] = scores[asked[at]] / count + told[at]


# Last, since it takes what is defined above, whichever of the two is loaded first.
from cleaner.content.trees import SURE as _sure

SURE = _sure
