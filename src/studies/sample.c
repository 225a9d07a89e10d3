/* Points of the unit cube. Sobol: Bratley and Fox, Algorithm 659, ACM TOMS 14 (1988), doi:10.1145/42288.214372, with the
   direction numbers of Joe and Kuo, SIAM J. Sci. Comput. 30 (2008), doi:10.1137/070709359, file new-joe-kuo-6. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "studies/sample.h"

#include <math.h>

enum { BITS = 31, DEGREE_MAX = 8 };

/* By dimension from the second on: degree of the primitive polynomial, its inner coefficients, first numbers. */
static const struct {
    int degree, inner;
    unsigned first[DEGREE_MAX];
} directions[SOBOL_DIMENSIONS - 1] = {
    {1, 0, {1}},
    {2, 1, {1, 3}},
    {3, 1, {1, 3, 1}},
    {3, 2, {1, 1, 1}},
    {4, 1, {1, 1, 3, 3}},
    {4, 4, {1, 3, 5, 13}},
    {5, 2, {1, 1, 5, 5, 17}},
    {5, 4, {1, 1, 5, 5, 5}},
    {5, 7, {1, 1, 7, 11, 19}},
    {5, 11, {1, 1, 5, 1, 1}},
    {5, 13, {1, 1, 1, 3, 11}},
    {5, 14, {1, 3, 5, 5, 31}},
    {6, 1, {1, 3, 3, 9, 7, 49}},
    {6, 13, {1, 1, 1, 15, 21, 21}},
    {6, 16, {1, 3, 1, 13, 27, 49}},
    {6, 19, {1, 1, 1, 15, 7, 5}},
    {6, 22, {1, 3, 1, 15, 13, 25}},
    {6, 25, {1, 1, 5, 5, 19, 61}},
    {7, 1, {1, 3, 7, 11, 23, 15, 103}},
    {7, 4, {1, 3, 7, 13, 13, 15, 69}},
    {7, 7, {1, 1, 3, 13, 7, 35, 63}},
    {7, 8, {1, 3, 5, 9, 1, 25, 53}},
    {7, 14, {1, 3, 1, 13, 9, 35, 107}},
    {7, 19, {1, 3, 1, 5, 27, 61, 31}},
    {7, 21, {1, 1, 5, 11, 19, 41, 61}},
    {7, 28, {1, 3, 5, 3, 3, 13, 69}},
    {7, 31, {1, 1, 7, 13, 1, 19, 1}},
    {7, 32, {1, 3, 7, 5, 13, 19, 59}},
    {7, 37, {1, 1, 3, 9, 25, 29, 41}},
    {7, 41, {1, 3, 5, 13, 23, 1, 55}},
    {7, 42, {1, 3, 7, 3, 13, 59, 17}},
    {7, 50, {1, 3, 1, 3, 5, 53, 69}},
    {7, 55, {1, 1, 5, 5, 23, 33, 13}},
    {7, 56, {1, 1, 7, 7, 1, 61, 123}},
    {7, 59, {1, 1, 7, 9, 13, 61, 49}},
    {7, 62, {1, 3, 3, 5, 3, 55, 33}},
    {8, 14, {1, 3, 1, 15, 31, 13, 49, 245}},
    {8, 21, {1, 3, 5, 15, 31, 59, 63, 97}},
    {8, 22, {1, 3, 1, 11, 11, 11, 77, 249}},
};

/* Numbers of one dimension, the highest bit first. */
static void fill_directions(int dimension, unsigned ret_number[BITS]) {
    for (int k = 0; k < BITS && dimension == 0; k++) {
        ret_number[k] = 1U << (BITS - 1 - k);
    }
    if (dimension == 0) {
        return;
    }
    int degree = directions[dimension - 1].degree, inner = directions[dimension - 1].inner;
    for (int k = 0; k < BITS; k++) {
        if (k < degree) {
            ret_number[k] = directions[dimension - 1].first[k] << (BITS - 1 - k);
            continue;
        }
        ret_number[k] = ret_number[k - degree] ^ (ret_number[k - degree] >> degree);
        for (int j = 1; j < degree; j++) {
            unsigned takes = (unsigned)(inner >> (degree - 1 - j)) & 1U;
            ret_number[k] ^= takes * ret_number[k - j];
        }
    }
}

double sobol_point_frac(long index, int dimension) {
    unsigned number[BITS], bits = 0, gray = (unsigned)index ^ ((unsigned)index >> 1);
    fill_directions(dimension, number);
    for (int k = 0; k < BITS; k++) {
        bits ^= (gray >> k & 1U) * number[k];
    }
    return (double)bits * 0x1p-31;
}

void latin_hypercube(struct random *random, long count, int axes, double *ret_frac) {
    for (int a = 0; a < axes; a++) {
        for (long n = 0; n < count; n++) {
            ret_frac[n * axes + a] = (double)n;
        }
        for (long n = count - 1; n > 0; n--) { /* Fisher and Yates */
            long other = (long)(random_uniform(random) * (double)(n + 1));
            double kept = ret_frac[n * axes + a];
            ret_frac[n * axes + a] = ret_frac[other * axes + a];
            ret_frac[other * axes + a] = kept;
        }
        for (long n = 0; n < count; n++) {
            double *at = &ret_frac[n * axes + a];
            *at = (*at + random_uniform(random)) / (double)count;
        }
    }
}

/* ---- spreads ---- */

static const double end_frac = 1e-12;

int spread_parameters(enum spread spread) { return spread == SPREAD_TRIANGULAR ? 3 : 2; }

const char *spread_name(enum spread spread) {
    static const char *const names[SPREADS] = {"uniform", "triangular", "normal", "lognormal"};
    return names[spread];
}

/* The standard normal's quantile: bisection of erfc to 1e-2, then Newton to the last digits. */
static double normal_quantile_value(double share_frac) {
    double low = -8.0, high = 8.0, root_half = sqrt(0.5);
    while (high - low > 1e-2) {
        double middle = 0.5 * (low + high);
        if (0.5 * erfc(-middle * root_half) < share_frac) {
            low = middle;
        } else {
            high = middle;
        }
    }
    double at = 0.5 * (low + high);
    for (int k = 0; k < 4; k++) {
        double density = exp(-0.5 * at * at) * 0.3989422804014327; /* 1 / sqrt(2 pi) */
        at -= (0.5 * erfc(-at * root_half) - share_frac) / density;
    }
    return at;
}

double spread_value(enum spread spread, const double *values, double share_frac) {
    double low = values[0], high = values[1];
    double inner_frac = fmin(fmax(share_frac, end_frac), 1.0 - end_frac);
    switch (spread) {
    case SPREAD_TRIANGULAR: {
        double mode = values[1];
        high = values[2];
        double below = high > low ? (mode - low) / (high - low) : 0.0;
        return share_frac < below ? low + sqrt(share_frac * (high - low) * (mode - low))
                                  : high - sqrt((1.0 - share_frac) * (high - low) * (high - mode));
    }
    case SPREAD_NORMAL:
        return values[0] + values[1] * normal_quantile_value(inner_frac);
    case SPREAD_LOGNORMAL:
        return values[0] * exp(values[1] * normal_quantile_value(inner_frac));
    case SPREAD_UNIFORM:
    case SPREADS:
        break;
    }
    return low + share_frac * (high - low);
}
