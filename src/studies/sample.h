/* Points of the unit cube and what they become on an axis. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STUDIES_SAMPLE_H
#define STUDIES_SAMPLE_H

#include "base/random.h"
#include "base/status.h"

/* The Sobol sequence with the direction numbers of Joe and Kuo (2008), point 0 being the origin; dimension
   0 .. SOBOL_DIMENSIONS - 1, index below 2^31. */
enum { SOBOL_DIMENSIONS = 40 };
double sobol_point_frac(long index, int dimension);

/* Latin hypercube: each axis cut into count strata, one point in each, in an order by chance. [point][axis] */
void latin_hypercube(struct random *random, long count, int axes, double *ret_frac);

enum spread { SPREAD_UNIFORM, SPREAD_TRIANGULAR, SPREAD_NORMAL, SPREAD_LOGNORMAL, SPREADS };
/* What share frac of the spread lies below. Parameters: uniform low, high; triangular low, mode, high; normal mean,
   deviation; lognormal median, deviation of the logarithm. frac within (0, 1); 0 and 1 are the ends where there are
   ends, else the ends of double's reach are kept off by 1e-12. */
double spread_value(enum spread spread, const double *values, double share_frac);
int spread_parameters(enum spread spread); /* how many */
const char *spread_name(enum spread spread);

#endif
