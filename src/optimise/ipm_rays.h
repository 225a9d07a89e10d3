/* Why a programme has no optimum. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_RAYS_H
#define OPTIMISE_IPM_RAYS_H

#include "optimise/ipm_loop.h"

/* After an iteration that went nowhere: looks for the nearest point, whose prices are a Farkas ray
   where it misses something, and for a direction along which the cost falls for ever. Sets kind,
   ray and x where it finds a proof; leaves the outcome as it is where it does not. */
enum status ipm_find_ray(const struct programme *programme, const struct solve_options *options,
                         const struct ipm_manner *manner, struct arena *arena,
                         struct outcome *outcome) MUST_CHECK;

#endif
