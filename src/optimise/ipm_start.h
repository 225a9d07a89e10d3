/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_START_H
#define OPTIMISE_IPM_START_H

#include "optimise/ipm_step.h"

/* Lays everything out; nothing is taken afterwards while iterating. work: what is no longer needed once the
   point is found; may be the same arena. */
enum status ipm_begin(const struct programme *programme, struct arena *arena, struct arena *work,
                      struct parallel_team *team, enum ipm_way way, struct ipm *ipm,
                      struct ipm_state *state) MUST_CHECK;
/* The scales of its rows and columns alone. */
enum status ipm_scales_of(const struct programme *programme, struct arena *arena,
                          struct ipm *ret) MUST_CHECK;
enum status ipm_first_point(struct ipm_state *state) MUST_CHECK;

#endif
