/* Four steps side by side: what gcc 12 keeps in registers under AVX2 (eight of them it passes through
   the stack, which made an iteration 1.6 times slower). Lane counts are written in the source, so that every machine does the
   same operations in the same order. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_LANES_H
#define OPTIMISE_IPM_LANES_H

#include <math.h>
#include <string.h>

enum { LANES = 4 };
typedef double lanes __attribute__((vector_size(32)));
typedef long long lanes_mask __attribute__((vector_size(32)));

/* One source, compiled for the machine's vectors and chosen when the program starts. Contraction
   is off everywhere, so the bits are equal. Sanitizers do not follow the choice. */
#if defined(__x86_64__) && defined(__linux__) && defined(__GLIBC__) && defined(__GNUC__) &&        \
    !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define FOR_EACH_MACHINE __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define FOR_EACH_MACHINE
#endif

#define LANES_INLINE static inline __attribute__((always_inline))

/* ret = a > b ? a : b, lane by lane; NaN in a gives b. */
LANES_INLINE void lanes_max(lanes *ret, const lanes *a, const lanes *b) {
    lanes_mask more = *a > *b;
    *ret = (lanes)((more & (lanes_mask)*a) | (~more & (lanes_mask)*b));
}

/* ret = a < b ? a : b */
LANES_INLINE void lanes_min(lanes *ret, const lanes *a, const lanes *b) {
    lanes_mask less = *a < *b;
    *ret = (lanes)((less & (lanes_mask)*a) | (~less & (lanes_mask)*b));
}

/* ret = by > 0 ? by : ret */
LANES_INLINE void lanes_replace(lanes *ret, const lanes *by) {
    lanes_mask given = *by > 0.0;
    *ret = (lanes)((given & (lanes_mask)*by) | (~given & (lanes_mask)*ret));
}

LANES_INLINE void lanes_set(lanes *ret, double value) {
    *ret = (lanes){value, value, value, value};
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
