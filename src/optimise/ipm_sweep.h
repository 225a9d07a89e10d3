/* The staged factorisation and solutions with it; see ipm_sweep.c. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_SWEEP_H
#define OPTIMISE_IPM_SWEEP_H

#include "optimise/ipm_internal.h"

/* [H A'; A -delta] [dx; dy] = [rx; rp]. h: H of explicit columns and of the border, 1 / H of implicit
   ones. */
struct ipm_system {
    const lanes *h, *rx, *rp;
    lanes *dx, *dy;
};

/* What else is done while a stage is at hand: before its h and right side are read, and after its step is
   known, before dx is kept (from the last stage to the first). Either may be NULL. The border's chunk is a stage, too. */
struct ipm_company {
    void *data;
    void (*before)(void *data, const struct ipm_chunk *chunk, int stage);
    void (*after)(void *data, const struct ipm_chunk *chunk, int stage, lanes *dx);
};

enum status ipm_sweep_begin(struct ipm *ipm, struct ipm_block *block) MUST_CHECK;
enum status ipm_factor(struct ipm *ipm, const lanes *h) MUST_CHECK;
enum status ipm_solve_kkt(struct ipm *ipm, const lanes *h, const lanes *rx, const lanes *rp,
                          lanes *dx, lanes *dy) MUST_CHECK;
/* The same in company. */
enum status ipm_solve_along(struct ipm *ipm, const struct ipm_system *system,
                            const struct ipm_company *company) MUST_CHECK;
/* Its two halves, before and after the border is solved; with_factor, of both: factors on the way forward. The right
   side of the border is needed by the second one only. */
enum status ipm_solve_begin(struct ipm *ipm, const struct ipm_system *system, bool with_factor,
                            const struct ipm_company *company) MUST_CHECK;
enum status ipm_solve_end(struct ipm *ipm, const struct ipm_system *system, bool with_factor,
                          const struct ipm_company *company) MUST_CHECK;

/* What begins and ends in a group between a stage and the one before it. */
static inline const struct ipm_event *ipm_events_at(const struct ipm_block *block, int group,
                                                    int stage, int *ret_count) {
    const int *first = &block->event_first[group * (block->stages + 2) + stage];
    *ret_count = first[1] - first[0];
    return &block->events[first[0]];
}

/* Asks for the numbers of the stage before or after, see ipm_vector.h. */
static inline void ipm_ask_record(const struct ipm_chunk *chunk, int stage) {
    const lanes *record = chunk->record + (long)stage * chunk->record_size;
    for (int i = 0; i < chunk->record_size; i++) {
        __builtin_prefetch(record + i);
    }
}

/* The coefficients of a stage, into a group's workspace. */
static inline void ipm_load_coefficients(const struct ipm_block *block, const lanes *record,
                                         lanes *work) {
    memcpy(work + block->places.coefficient, record,
           (size_t)block->coefficients_count * sizeof *work);
}

#endif
