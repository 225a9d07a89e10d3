/* The kernels of one stage for one machine: included by a file that says how wide its registers are
   (PART) and how its table is called. Everything is lane by lane, so the width changes no bit. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>

#include "optimise/ipm_kernels.h"

#pragma GCC diagnostic ignored "-Wpsabi" /* all that passes vectors is inlined */

enum { PARTS = LANES / PART };
typedef double part __attribute__((vector_size(PART * sizeof(double))));
typedef double part_in_memory __attribute__((vector_size(PART * sizeof(double)), may_alias));
typedef long long part_mask __attribute__((vector_size(PART * sizeof(double))));

/* NOLINTBEGIN(bugprone-macro-parentheses): names of variables */
#define EACH_OF(count, k) _Pragma("GCC unroll 8") for (int k = 0; k < (count); k++)
#define EACH_PART(i) _Pragma("GCC unroll 8") for (int i = 0; i < PARTS; i++)
/* NOLINTEND(bugprone-macro-parentheses) */

LANES_INLINE part get(const void *at, int i) { return ((const part_in_memory *)at)[i]; }
LANES_INLINE void put(void *at, int i, part value) { ((part_in_memory *)at)[i] = value; }

/* Past the cache, where the machine can. */
LANES_INLINE void put_far(void *at, int i, part value) {
#if PART == 8 && defined(__AVX512F__)
    __builtin_ia32_movntpd512((double *)at + (ptrdiff_t)i * PART, value);
#elif PART == 4 && defined(__AVX__)
    __builtin_ia32_movntpd256((double *)at + (ptrdiff_t)i * PART, value);
#else
    put(at, i, value);
#endif
}

/* a > b ? a : b, as the machine's own maximum does it: NaN in a gives b. */
LANES_INLINE part larger(part a, part b) {
#if PART == 8 && defined(__AVX512F__)
    return __builtin_ia32_maxpd512_mask(a, b, a, -1, 4);
#elif PART == 4 && defined(__AVX__)
    return __builtin_ia32_maxpd256(a, b);
#elif PART == 2 && defined(__SSE2__)
    return __builtin_ia32_maxpd(a, b);
#else
    part_mask more = a > b;
    return (part)((more & (part_mask)a) | (~more & (part_mask)b));
#endif
}

/* Asks for what the next stage of a walk reads or writes where this one does, so that it is at hand by then: no
   machine guesses it, since each array is a stream of its own. One number at a time, between computations: a machine
   waits for some dozen lines at once, a stage has hundreds. */
LANES_INLINE void ask(const void *at) { __builtin_prefetch(at); }

LANES_INLINE part all_lanes(double value) { return (part){0} + value; }

LANES_INLINE part size_of(part a) { return larger(a, -a); }

/* by > 0 ? by : a */
LANES_INLINE part replaced(part a, part by) {
    part_mask given = by > 0.0;
    return (part)((given & (part_mask)by) | (~given & (part_mask)a));
}

/* Two offsets that stand side by side as ints, by one load: a machine loads two numbers at a time and computes four. */
struct offsets {
    size_t first, second;
};
LANES_INLINE struct offsets offsets_at(const void *at) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t both;
    memcpy(&both, at, sizeof both);
    return (struct offsets){(uint32_t)both, both >> 32};
#else
    int both[2];
    memcpy(both, at, sizeof both);
    return (struct offsets){(size_t)both[0], (size_t)both[1]};
#endif
}

/* sum less the products of these factors: a sum in the making stays in registers. */
LANES_INLINE void less_factors(part *sum, const struct ipm_factors *f, int count, const double *a,
                               const double *b) {
    for (const struct ipm_factors *end = f + count; f < end; f++) {
        struct offsets o = offsets_at(f);
        EACH_PART(i) sum[i] -= get(a + o.first, i) * get(b + o.second, i);
    }
}

/* The same, and its opposite, with the factors of one sum of a list. */
LANES_INLINE void less(part *sum, const struct ipm_list *list, int which, const double *a,
                       const double *b) {
    int first = list->first[which];
    less_factors(sum, list->factors + first, list->first[which + 1] - first, a, b);
}
LANES_INLINE void plus(part *sum, const struct ipm_list *list, int which, const double *a,
                       const double *b) {
    const struct ipm_factors *f = list->factors + list->first[which];
    for (const struct ipm_factors *end = list->factors + list->first[which + 1]; f < end; f++) {
        struct offsets o = offsets_at(f);
        EACH_PART(i) sum[i] += get(a + o.first, i) * get(b + o.second, i);
    }
}

#include "optimise/ipm_vector_panel.h"
/* the sweep uses the panels, */
#include "optimise/ipm_vector_sweep.h"
/* after the sweep: it uses what stands above, too */
#include "optimise/ipm_vector_numbers.h"

const struct ipm_kernels KERNELS = {
    .factor = factor,
    .right_side = right_side,
    .border_side = border_side,
    .eliminate = eliminate,
    .substitute = substitute,
    .gather = gather,
    .write_step = write_step,
    .keep = keep,
    .multiply = multiply,
    .gather_product = gather_product,
    .charge = charge,
    .measure = measure,
    .predicted = predicted,
    .aim = aim,
    .corrected = corrected,
    .advance = advance,
    .missed = missed,
};
