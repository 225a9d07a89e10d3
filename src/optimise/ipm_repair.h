/* Prices mended in the programme's own units. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_REPAIR_H
#define OPTIMISE_IPM_REPAIR_H

#include "optimise/ipm_outcome.h"

/* y by row; reduced c - A' y and largest its largest term, by column: all three are kept in step. A
   column is wrong by |reduced| / largest where that points to a bound that is not there; wrong: the
   worst that is left. The arena is for work. */
enum status ipm_repair_prices(const struct programme *programme, const struct ipm_bounds *bounds,
                              double *y, double *reduced, double *largest, struct arena *scratch,
                              double *ret_wrong) MUST_CHECK;

#endif
