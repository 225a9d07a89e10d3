/* Points of the unit cube and what they become on an axis. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STUDIES_SAMPLE_H
#define STUDIES_SAMPLE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/random.h"

/* The Sobol sequence with the direction numbers of Joe and Kuo (2008), point 0 being the origin; dimension
   0 .. SOBOL_DIMENSIONS - 1, index below 2^31. */
enum { SOBOL_DIMENSIONS = 40 };
double sobol_point_frac(long index, int dimension);

/* Latin hypercube: each axis cut into count strata, one point in each, in an order by chance. [point][axis] */
void latin_hypercube(struct random *random, long count, int axes, double *ret_frac);

/* Rearranges the points so that the ranks of two axes go together as wanted, [axis][axis] of
   Spearman's coefficient: each axis keeps its values, and so its strata. The coefficient of a sample
   differs from what is wanted by a few hundredths in 200 points, by thousandths in 2,000.
   *ret_possible is false, and nothing moved, where no ranks go together like that, or where there
   are not more points than axes. */
enum status rank_correlate(long count, int axes, const double *wanted_ratio, double *frac,
                           bool *ret_possible) MUST_CHECK;
/* Spearman's coefficient of two axes. */
enum status rank_correlation_ratio(long count, int axes, const double *frac, int one, int other,
                                   double *ret_ratio) MUST_CHECK;

enum spread { SPREAD_UNIFORM, SPREAD_TRIANGULAR, SPREAD_NORMAL, SPREAD_LOGNORMAL, SPREADS };
/* What share frac of the spread lies below. Parameters: uniform low, high; triangular low, mode, high; normal mean,
   deviation; lognormal median, deviation of the logarithm. frac within (0, 1); 0 and 1 are the ends where there are
   ends, else the ends of double's reach are kept off by 1e-12. */
double spread_value(enum spread spread, const double *values, double share_frac);
int spread_parameters(enum spread spread); /* how many */
const char *spread_name(enum spread spread);

#endif
