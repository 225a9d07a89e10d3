/* Steps side by side. Memory holds eight, computing takes four at a time: what fits the registers of
   AVX2, twice, so that what is looked up once (where a number stands, which entry comes next) serves two
   vectors, whose chains of operations overlap. Lane counts are written in the source, so that every
   machine does the same operations in the same order. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_LANES_H
#define OPTIMISE_IPM_LANES_H

enum { LANES = 8, QUAD = 4, QUADS = LANES / QUAD };
typedef double lanes
    __attribute__((vector_size(64)));                 /* in memory; kernels never compute with it */
typedef double quad __attribute__((vector_size(32))); /* half of it, in registers */

#define LANES_INLINE static inline __attribute__((always_inline))

static inline void lanes_set(lanes *ret, double value) {
    for (int q = 0; q < LANES; q++) {
        (*ret)[q] = value;
    }
}

static inline double lanes_largest(const lanes *a) {
    double largest = (*a)[0];
    for (int q = 1; q < LANES; q++) {
        largest = (*a)[q] > largest ? (*a)[q] : largest;
    }
    return largest;
}

static inline double lanes_sum(const lanes *a) {
    double sum = 0.0;
    for (int q = 0; q < LANES; q++) {
        sum += (*a)[q];
    }
    return sum;
}

#endif
