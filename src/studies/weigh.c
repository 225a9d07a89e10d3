/* The methods of weighing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "studies/weigh.h"

#include <math.h>
#include <string.h>

#include "base/random.h"

static double value_of(const struct weighing *w, int option, int criterion) {
    return w->value[option * w->criteria + criterion];
}

static double total(const double *weight_ratio, int count) {
    double sum = 0.0;
    for (int k = 0; k < count; k++) {
        sum += weight_ratio[k];
    }
    return sum;
}

int weigh_best(const double *score_ratio, int count) {
    int best = 0;
    for (int k = 1; k < count; k++) {
        best = score_ratio[k] > score_ratio[best] ? k : best;
    }
    return best;
}

struct ends {
    double least_value, most_value;
};

static struct ends ends_of(const struct weighing *w, int criterion) {
    struct ends ends = {HUGE_VAL, -HUGE_VAL};
    for (int k = 0; k < w->options; k++) {
        ends.least_value = fmin(ends.least_value, value_of(w, k, criterion));
        ends.most_value = fmax(ends.most_value, value_of(w, k, criterion));
    }
    return ends;
}

void weigh_utilities(const struct weighing *w, double *ret_utility_ratio) {
    for (int c = 0; c < w->criteria; c++) {
        struct ends ends = ends_of(w, c);
        double worst_value = w->lower[c] ? ends.most_value : ends.least_value,
               best_value = w->lower[c] ? ends.least_value : ends.most_value;
        if (isfinite(w->worst_value[c])) {
            worst_value = w->worst_value[c];
            best_value = w->best_value[c];
        }
        for (int k = 0; k < w->options; k++) {
            double share = best_value == worst_value
                               ? 1.0
                               : (value_of(w, k, c) - worst_value) / (best_value - worst_value);
            ret_utility_ratio[k * w->criteria + c] = fmin(fmax(share, 0.0), 1.0);
        }
    }
}

void weigh_sum(const struct weighing *w, const double *utility_ratio, const double *weight_ratio,
               double *ret_score_ratio) {
    double all = total(weight_ratio, w->criteria);
    for (int k = 0; k < w->options; k++) {
        ret_score_ratio[k] = 0.0;
        for (int c = 0; c < w->criteria; c++) {
            ret_score_ratio[k] += weight_ratio[c] / all * utility_ratio[k * w->criteria + c];
        }
    }
}

void weigh_topsis(const struct weighing *w, const double *weight_ratio, double *ret_score_ratio) {
    double all = total(weight_ratio, w->criteria), root[CRITERIA_MAX];
    struct ends ends[CRITERIA_MAX];
    for (int c = 0; c < w->criteria; c++) {
        double squares = 0.0;
        for (int k = 0; k < w->options; k++) {
            squares += value_of(w, k, c) * value_of(w, k, c);
        }
        root[c] = squares > 0.0 ? sqrt(squares) : 1.0;
        ends[c] = ends_of(w, c);
    }
    for (int k = 0; k < w->options; k++) {
        double to_best = 0.0, to_worst = 0.0;
        for (int c = 0; c < w->criteria; c++) {
            double per_value = weight_ratio[c] / all / root[c];
            double from_least = per_value * (value_of(w, k, c) - ends[c].least_value),
                   from_most = per_value * (value_of(w, k, c) - ends[c].most_value);
            to_best += w->lower[c] ? from_least * from_least : from_most * from_most;
            to_worst += w->lower[c] ? from_most * from_most : from_least * from_least;
        }
        double both = sqrt(to_best) + sqrt(to_worst);
        ret_score_ratio[k] = both > 0.0 ? sqrt(to_worst) / both : 1.0; /* all are alike */
    }
}

void weigh_promethee(const struct weighing *w, const double *weight_ratio,
                     double *ret_score_ratio) {
    double all = total(weight_ratio, w->criteria);
    for (int k = 0; k < w->options; k++) {
        ret_score_ratio[k] = 0.0;
    }
    for (int c = 0; c < w->criteria; c++) {
        struct ends ends = ends_of(w, c);
        double full_value = 0.5 * (ends.most_value - ends.least_value);
        for (int a = 0; full_value > 0.0 && a < w->options; a++) {
            for (int b = 0; b < w->options; b++) {
                double better_value =
                    (value_of(w, a, c) - value_of(w, b, c)) * (w->lower[c] ? -1.0 : 1.0);
                double preferred = fmin(fmax(better_value / full_value, 0.0), 1.0);
                ret_score_ratio[a] += weight_ratio[c] / all * preferred / (w->options - 1);
                ret_score_ratio[b] -= weight_ratio[c] / all * preferred / (w->options - 1);
            }
        }
    }
}

/* The mean consistency of random comparisons by Saaty, by the number of criteria. */
static const double random_index_ratio[AHP_MOST + 1] = {0.0,  0.0,  0.0,  0.58, 0.90, 1.12,
                                                        1.24, 1.32, 1.41, 1.45, 1.49};

/* The largest eigenvalue of a positive matrix and its vector by repeated products; a reciprocal matrix settles fast. */
void weigh_ahp(int criteria, const double *comparison_ratio, struct ahp *ret) {
    enum { ROUNDS = 200 };
    double next[CRITERIA_MAX];
    for (int i = 0; i < criteria; i++) {
        ret->weight_ratio[i] = 1.0 / criteria;
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < criteria; i++) {
            next[i] = 0.0;
            for (int j = 0; j < criteria; j++) {
                next[i] += comparison_ratio[i * criteria + j] * ret->weight_ratio[j];
            }
        }
        ret->lambda_value = total(next, criteria); /* the weights sum to 1 */
        for (int i = 0; i < criteria; i++) {
            ret->weight_ratio[i] = next[i] / ret->lambda_value;
        }
    }
    double index = criteria > 1 ? (ret->lambda_value - criteria) / (criteria - 1) : 0.0;
    ret->consistency_ratio = criteria > AHP_MOST ? (double)NAN
                             : random_index_ratio[criteria] > 0.0
                                 ? index / random_index_ratio[criteria]
                                 : 0.0;
}

/* Uniform on the simplex: exponential draws over their sum. */
static void draw_weights(struct random *random, int count, double *ret) {
    double sum = 0.0;
    for (int c = 0; c < count; c++) {
        ret[c] = -log(1.0 - random_uniform(random));
        sum += ret[c];
    }
    for (int c = 0; c < count; c++) {
        ret[c] /= sum;
    }
}

static int rank_of(const double *score_ratio, int count, int option) {
    int rank_ratio = 0;
    for (int k = 0; k < count; k++) {
        rank_ratio += score_ratio[k] > score_ratio[option] ||
                      (k < option && score_ratio[k] == score_ratio[option]);
    }
    return rank_ratio;
}

enum status weigh_smaa(const struct weighing *w, const double *utility_ratio, long draws,
                       uint64_t seed, struct arena *arena, double *ret_rank_ratio,
                       double *ret_central_ratio) {
    struct random random;
    double weight_ratio[CRITERIA_MAX] = {0.0};
    double *score_ratio = ARENA_TAKE(arena, double, w->options);
    if (!score_ratio) {
        return STATUS_NO_MEMORY;
    }
    random_seed(&random, seed);
    memset(ret_rank_ratio, 0, sizeof *ret_rank_ratio * (size_t)(w->options * w->options));
    memset(ret_central_ratio, 0, sizeof *ret_central_ratio * (size_t)(w->options * w->criteria));
    for (long n = 0; n < draws; n++) {
        draw_weights(&random, w->criteria, weight_ratio);
        weigh_sum(w, utility_ratio, weight_ratio, score_ratio);
        for (int k = 0; k < w->options; k++) {
            int rank_ratio = rank_of(score_ratio, w->options, k);
            ret_rank_ratio[k * w->options + rank_ratio] += 1.0 / (double)draws;
            for (int c = 0; rank_ratio == 0 && c < w->criteria; c++) {
                ret_central_ratio[k * w->criteria + c] += weight_ratio[c] / (double)draws;
            }
        }
    }
    for (int k = 0; k < w->options; k++) {
        double first_ratio = ret_rank_ratio[k * w->options];
        for (int c = 0; c < w->criteria; c++) {
            double *central_ratio = &ret_central_ratio[k * w->criteria + c];
            *central_ratio = first_ratio > 0.0 ? *central_ratio / first_ratio : (double)NAN;
        }
    }
    return STATUS_OK;
}

/* An option's score as a line over the weight of one criterion: at 0 the others' score, at 1 its own utility. */
struct line {
    double at_0_ratio, at_1_ratio;
};

static struct line line_of(const struct weighing *w, const double *utility_ratio,
                           const double *weight_ratio, int option, int criterion) {
    const double *mine = utility_ratio + option * w->criteria;
    double rest = total(weight_ratio, w->criteria) - weight_ratio[criterion];
    struct line line = {0.0, mine[criterion]};
    for (int c = 0; rest > 0.0 && c < w->criteria; c++) {
        line.at_0_ratio += c == criterion ? 0.0 : weight_ratio[c] / rest * mine[c];
    }
    return line;
}

/* Where the lines of the others cross that of the winner, next below and next above today's weight. */
static void flip_of(const struct weighing *w, const double *utility_ratio,
                    const double *weight_ratio, int winner, int criterion, struct flip *ret) {
    struct line best = line_of(w, utility_ratio, weight_ratio, winner, criterion);
    *ret = (struct flip){0.0, 1.0, -1, -1};
    for (int k = 0; k < w->options; k++) {
        struct line line = line_of(w, utility_ratio, weight_ratio, k, criterion);
        double slope = (line.at_1_ratio - line.at_0_ratio) - (best.at_1_ratio - best.at_0_ratio);
        double meet_ratio = slope != 0.0 ? (best.at_0_ratio - line.at_0_ratio) / slope : -1.0;
        if (k == winner || meet_ratio <= 0.0 || meet_ratio >= 1.0) {
            continue;
        }
        if (slope < 0.0 && (ret->below_option < 0 || meet_ratio > ret->below_ratio)) {
            ret->below_ratio = meet_ratio;
            ret->below_option = k;
        } else if (slope > 0.0 && (ret->above_option < 0 || meet_ratio < ret->above_ratio)) {
            ret->above_ratio = meet_ratio;
            ret->above_option = k;
        }
    }
}

void weigh_flips(const struct weighing *w, const double *utility_ratio, const double *weight_ratio,
                 int winner, struct flip *ret_by_criterion) {
    for (int c = 0; c < w->criteria; c++) {
        flip_of(w, utility_ratio, weight_ratio, winner, c, &ret_by_criterion[c]);
    }
}

int weigh_dominated_by(const struct weighing *w, int option) {
    for (int k = 0; k < w->options; k++) {
        bool worse = false, better = false;
        for (int c = 0; c < w->criteria; c++) {
            double gain = (value_of(w, k, c) - value_of(w, option, c)) * (w->lower[c] ? -1.0 : 1.0);
            worse = worse || gain < 0.0;
            better = better || gain > 0.0;
        }
        if (better && !worse) {
            return k;
        }
    }
    return -1;
}
