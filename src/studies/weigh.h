/* Options weighed by several criteria, by every method a siting study is asked for: they may disagree, and that is told. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STUDIES_WEIGH_H
#define STUDIES_WEIGH_H

#include <stdint.h>

#include "base/arena.h"

enum { CRITERIA_MAX = 20 };

/* value[option][criterion] is finite everywhere; weights are of any sum above 0. */
struct weighing {
    int options, criteria;
    const double *value;
    const bool *lower; /* by criterion: less is better */
    const double *worst_value,
        *best_value; /* by criterion: the ends of its scale; NaN: of these options */
};

/* 0 at the worst end of the scale, 1 at the best; beyond an end stays at the end. Where all are alike, 1. */
void weigh_utilities(const struct weighing *w, double *ret_utility_ratio);
/* Sum of weight * utility, weights made to sum to 1. */
void weigh_sum(const struct weighing *w, const double *utility_ratio, const double *weight_ratio,
               double *ret_score_ratio);
/* TOPSIS (Hwang and Yoon 1981): columns over their root of squares; nearness to the best of each column against the
   worst. */
void weigh_topsis(const struct weighing *w, const double *weight_ratio, double *ret_score_ratio);
/* PROMETHEE II (Brans and Vincke 1985): linear preference from nothing to half the range; net flow, which sums to 0. */
void weigh_promethee(const struct weighing *w, const double *weight_ratio, double *ret_score_ratio);

/* AHP (Saaty 1980): weights from comparisons of pairs, comparison[i][j] = how many times i matters as much as j. The
   ratio of consistency should stay below 0.10. */
struct ahp {
    double weight_ratio[CRITERIA_MAX], lambda_value, consistency_ratio;
};
void weigh_ahp(int criteria, const double *comparison_ratio, struct ahp *ret);
enum { AHP_MOST = 10 }; /* criteria for which the ratio is known; beyond it is NaN */

/* SMAA-2 (Lahdelma and Salminen 2001): the share of all weightings that give an option each rank_ratio, and the mean of those
   that put it first ("who would choose it"; NaN where nobody would). ret_rank_ratio[option][rank_ratio], ret_central_ratio[option]
   [criterion]. */
enum status weigh_smaa(const struct weighing *w, const double *utility_ratio, long draws,
                       uint64_t seed, struct arena *arena, double *ret_rank_ratio,
                       double *ret_central_ratio) MUST_CHECK;

/* Below and above which weight of one criterion, the others keeping their proportions, the weighted sum would no longer
   choose its winner (the best by weigh_sum with these weights), and what it would choose; -1: never. */
struct flip {
    double below_ratio, above_ratio;
    int below_option, above_option;
};
void weigh_flips(const struct weighing *w, const double *utility_ratio, const double *weight_ratio,
                 int winner, struct flip *ret_by_criterion);
/* Another option that is nowhere worse and somewhere better; -1: none. */
int weigh_dominated_by(const struct weighing *w, int option);
int weigh_best(const double *score_ratio, int count); /* the first of the highest */

#endif
