/* An oil-immersed transformer warms with its load and ages with its hot spot (IEC 60076-7). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_TRANSFORMER_H
#define PHYSICS_TRANSFORMER_H

#include <stdbool.h>

struct transformer_thermal {
    double oil_min, winding_min;       /* time constants */
    double oil_rise_dk, gradient_dk;   /* at rated load: oil over ambient, winding over oil */
    double hot_spot_ratio, loss_ratio; /* H; load over no-load loss at rated load */
    double k11_ratio, k21_ratio, k22_ratio;
    double oil_exponent_ratio, winding_exponent_ratio; /* x, y */
};

enum transformer_kind {
    TRANSFORMER_ONAN,
    TRANSFORMER_ONAF,
    TRANSFORMER_DISTRIBUTION,
    TRANSFORMER_KINDS
};
extern const char *const transformer_kind_words[]; /* ended by NULL */
struct transformer_thermal transformer_thermal_of(enum transformer_kind kind, double loss_ratio);

/* Oil and hot spot after a long time at one load. */
double transformer_oil_c(const struct transformer_thermal *t, double load_ratio, double ambient_c);
double transformer_hot_spot_c(const struct transformer_thermal *t, double load_ratio,
                              double ambient_c);

/* How fast the paper ages beside its design life: normal paper is 1 at 98 degC, thermally upgraded
   paper at 110. */
double transformer_ageing_ratio(double hot_spot_c, bool upgraded);

struct transformer_run {
    double oil_highest_c, hot_spot_highest_c, load_highest_ratio;
    double aged_h;    /* hours of design life that the series took */
    double life_frac; /* of 180,000 h */
    int beyond_count; /* steps beyond the limits for normal cyclic loading */
};
/* The difference equations over a series of equal steps (at most 15 min; count >= 1), starting from
   the steady state of the first step, or where begin says so from its mean. Oil and hot spot of each
   step's end go to oil_c and hot_spot_c (may be NULL). */
struct transformer_run transformer_year(const struct transformer_thermal *t,
                                        const double *load_ratio, const double *ambient_c,
                                        int count, double step_min, bool upgraded, double *oil_c,
                                        double *hot_spot_c);

/* The largest factor on a load's shape at which the hot spot stays below hot_spot_c, the oil below
   oil_c and the load below load_most_ratio, over one day repeated until it settles: the cyclic
   rating. For a flat shape it is the continuous rating. shape: count steps of a day, largest 1. */
double transformer_rating_ratio(const struct transformer_thermal *t, const double *shape_ratio,
                                int count, double ambient_c, double hot_spot_c, double oil_c,
                                double load_most_ratio);

/* Limits of normal cyclic loading for transformers up to 100 MVA. */
#define TRANSFORMER_OIL_LIMIT_C 105.0
#define TRANSFORMER_HOT_SPOT_LIMIT_C 120.0
#define TRANSFORMER_LOAD_LIMIT_RATIO 1.5
#define TRANSFORMER_LIFE_H 180000.0

#endif
