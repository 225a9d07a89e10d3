/* From rows to options: means over futures, limits, then every method of weighing, and regret. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "studies/choose.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

static double row_value(const struct study_results *results, long row, int name) {
    return results->status[row] == STATUS_OK ? results->value[row * results->names_count + name]
                                             : (double)NAN;
}

/* ---- values ---- */

static double fact_of(const struct study *study, long option, const char *name) {
    for (int a = 0; a < study->axes_count; a++) {
        const struct axis *axis = &study->axes[a];
        if (!axis->options) {
            continue;
        }
        const struct option *one = &axis->options[study_decided_value(study, option, a)];
        for (int k = 0; k < one->facts_count; k++) {
            if (strcmp(one->facts[k].name, name) == 0) {
                return one->facts[k].value;
            }
        }
    }
    return (double)NAN; /* study_choice.c has seen to it that some option knows it */
}

static bool within(const struct criterion *c, double value) {
    return !(value < c->least_value) && !(value > c->most_value); /* NaN: no limit */
}

/* The mean over an option's futures; NaN as soon as one has no plan. The options' values begin as 0. */
static void fill_values(const struct study_results *results, struct option_weighed *option) {
    const struct study *study = results->study;
    const struct choice *choice = &study->choice;
    for (int c = 0; c < choice->criteria_count; c++) {
        const struct criterion *criterion = &choice->criteria[c];
        int name = criterion->figure ? study_name(results, criterion->figure) : -1;
        for (long row = 0; name >= 0 && row < study->rows; row++) {
            option[study_option(study, row)].value[c] +=
                row_value(results, row, name) / (double)study->futures;
        }
        for (long k = 0; name < 0 && k < study->options; k++) {
            option[k].value[c] = fact_of(study, k, criterion->fact);
        }
    }
}

static enum status fill_options(const struct study_results *results, struct arena *arena,
                                struct choosing *ret) {
    const struct choice *choice = &results->study->choice;
    for (long k = 0; k < ret->options; k++) {
        struct option_weighed *option = &ret->option[k];
        double *value = ARENA_TAKE(arena, double, choice->criteria_count + 1);
        double *central_ratio = ARENA_TAKE(arena, double, choice->criteria_count + 1);
        double *sum = ARENA_TAKE(arena, double, choice->sets_count);
        *option = (struct option_weighed){.name = study_option_name(results->study, k, arena),
                                          .dominated_by = -1,
                                          .topsis_ratio = (double)NAN,
                                          .promethee_ratio = (double)NAN,
                                          .by_pairs_ratio = (double)NAN,
                                          .value = value,
                                          .central_ratio = central_ratio,
                                          .sum = sum};
        if (!value || !central_ratio || !sum || !option->name) {
            return STATUS_NO_MEMORY;
        }
        for (int s = 0; s < choice->sets_count; s++) {
            sum[s] = (double)NAN;
        }
        for (int c = 0; c < choice->criteria_count; c++) {
            value[c] = 0.0;
            central_ratio[c] = (double)NAN;
        }
    }
    fill_values(results, ret->option);
    for (long k = 0; k < ret->options; k++) {
        struct option_weighed *option = &ret->option[k];
        for (int c = 0; c < choice->criteria_count; c++) {
            if (!isfinite(option->value[c])) {
                option->state = OPTION_WITHOUT_PLAN;
            } else if (option->state == OPTION_WEIGHED &&
                       !within(&choice->criteria[c], option->value[c])) {
                option->state = OPTION_KNOCKED_OUT;
                option->broken_criterion = c;
            }
        }
        ret->weighed += option->state == OPTION_WEIGHED;
    }
    return STATUS_OK;
}

/* ---- weighing ---- */

struct scratch {
    struct weighing w;
    int *number; /* of the options weighed: their number among all */
    double *value, *utility_ratio, *score_ratio, *rank_ratio, *central_ratio;
};

static enum status gather(const struct choosing *choosing, struct arena *arena,
                          struct scratch *ret) {
    const struct choice *choice = &choosing->study->choice;
    int criteria = choice->criteria_count, options = (int)choosing->weighed, k = 0;
    bool *lower = ARENA_TAKE(arena, bool, criteria);
    double *ends = ARENA_TAKE(arena, double, 2 * criteria);
    ret->number = ARENA_TAKE(arena, int, options);
    ret->value = ARENA_TAKE(arena, double, options *criteria);
    ret->utility_ratio = ARENA_TAKE(arena, double, options *criteria);
    ret->score_ratio = ARENA_TAKE(arena, double, options);
    ret->rank_ratio = ARENA_TAKE(arena, double, options *options);
    ret->central_ratio = ARENA_TAKE(arena, double, options *criteria);
    if (!lower || !ends || !ret->number || !ret->value || !ret->utility_ratio ||
        !ret->score_ratio || !ret->rank_ratio || !ret->central_ratio) {
        return STATUS_NO_MEMORY;
    }
    for (int c = 0; c < criteria; c++) {
        lower[c] = choice->criteria[c].lower;
        ends[c] = choice->criteria[c].worst_value;
        ends[criteria + c] = choice->criteria[c].best_value;
    }
    for (long n = 0; n < choosing->options; n++) {
        if (choosing->option[n].state == OPTION_WEIGHED) {
            memcpy(ret->value + k * criteria, choosing->option[n].value,
                   (size_t)criteria * sizeof *ret->value);
            ret->number[k++] = (int)n;
        }
    }
    ret->w = (struct weighing){options, criteria, ret->value, lower, ends, ends + criteria};
    return STATUS_OK;
}

/* What the first set of weights would choose if an option were not there: a scale made of the options present moves. */
static enum status fill_without(struct choosing *choosing, const struct scratch *s,
                                struct arena *arena) {
    int criteria = s->w.criteria, rest = s->w.options - 1;
    double *value = ARENA_TAKE(arena, double, s->w.options *criteria);
    double *utility_ratio = ARENA_TAKE(arena, double, s->w.options *criteria);
    double *score_ratio = ARENA_TAKE(arena, double, s->w.options);
    choosing->without = ARENA_TAKE(arena, int, choosing->options);
    if (!value || !utility_ratio || !score_ratio || !choosing->without) {
        return STATUS_NO_MEMORY;
    }
    for (long n = 0; n < choosing->options; n++) {
        choosing->without[n] = -1;
    }
    for (int gone = 0; rest > 0 && gone < s->w.options; gone++) {
        struct weighing w = s->w;
        w.options = rest;
        w.value = value;
        for (int k = 0, at = 0; k < s->w.options; k++) {
            if (k != gone) {
                memcpy(value + at++ * criteria, s->value + k * criteria,
                       (size_t)criteria * sizeof *value);
            }
        }
        weigh_utilities(&w, utility_ratio);
        weigh_sum(&w, utility_ratio, choosing->study->choice.sets[0].weight_ratio, score_ratio);
        int best = weigh_best(score_ratio, rest);
        choosing->without[s->number[gone]] = s->number[best < gone ? best : best + 1];
    }
    return STATUS_OK;
}

static void weigh_sets(struct choosing *choosing, const struct scratch *s) {
    const struct choice *choice = &choosing->study->choice;
    for (int set = 0; set < choice->sets_count; set++) {
        weigh_sum(&s->w, s->utility_ratio, choice->sets[set].weight_ratio, s->score_ratio);
        for (int k = 0; k < s->w.options; k++) {
            choosing->option[s->number[k]].sum[set] = s->score_ratio[k];
        }
        choosing->best_by_set[set] = s->number[weigh_best(s->score_ratio, s->w.options)];
    }
}

static enum status fill_flips(struct choosing *choosing, const struct scratch *s, int winner,
                              struct arena *arena) {
    struct flip *flip = ARENA_TAKE(arena, struct flip, s->w.criteria);
    if (!flip) {
        return STATUS_NO_MEMORY;
    }
    weigh_flips(&s->w, s->utility_ratio, choosing->study->choice.sets[0].weight_ratio, winner,
                flip);
    for (int c = 0; c < s->w.criteria; c++) {
        flip[c].below_option = flip[c].below_option < 0 ? -1 : s->number[flip[c].below_option];
        flip[c].above_option = flip[c].above_option < 0 ? -1 : s->number[flip[c].above_option];
    }
    choosing->flip = flip;
    return STATUS_OK;
}

static enum status weigh(struct choosing *choosing, struct arena *arena) {
    const struct choice *choice = &choosing->study->choice;
    const double *weight_ratio = choice->sets[0].weight_ratio;
    struct scratch s;
    TRY(gather(choosing, arena, &s));
    weigh_utilities(&s.w, s.utility_ratio);
    weigh_sets(choosing, &s);
    weigh_sum(&s.w, s.utility_ratio, weight_ratio, s.score_ratio);
    TRY(fill_flips(choosing, &s, weigh_best(s.score_ratio, s.w.options), arena));
    TRY(fill_without(choosing, &s, arena));
    TRY(weigh_smaa(&s.w, s.utility_ratio, SMAA_DRAWS, choosing->study->seed, arena, s.rank_ratio,
                   s.central_ratio));
    for (int k = 0; k < s.w.options; k++) {
        struct option_weighed *option = &choosing->option[s.number[k]];
        int dominating = weigh_dominated_by(&s.w, k);
        option->dominated_by = dominating < 0 ? -1 : s.number[dominating];
        option->first_ratio = s.rank_ratio[k * s.w.options];
        option->central_ratio = s.central_ratio + k * s.w.criteria;
        option->utility_ratio = s.utility_ratio + k * s.w.criteria;
    }
    weigh_topsis(&s.w, weight_ratio, s.score_ratio);
    choosing->best_topsis = s.number[weigh_best(s.score_ratio, s.w.options)];
    for (int k = 0; k < s.w.options; k++) {
        choosing->option[s.number[k]].topsis_ratio = s.score_ratio[k];
    }
    if (s.w.options > 1) {
        weigh_promethee(&s.w, weight_ratio, s.score_ratio);
        choosing->best_promethee = s.number[weigh_best(s.score_ratio, s.w.options)];
        for (int k = 0; k < s.w.options; k++) {
            choosing->option[s.number[k]].promethee_ratio = s.score_ratio[k];
        }
    }
    if (choice->comparison_ratio) {
        weigh_ahp(s.w.criteria, choice->comparison_ratio, &choosing->ahp);
        weigh_sum(&s.w, s.utility_ratio, choosing->ahp.weight_ratio, s.score_ratio);
        choosing->best_ahp = s.number[weigh_best(s.score_ratio, s.w.options)];
        for (int k = 0; k < s.w.options; k++) {
            choosing->option[s.number[k]].by_pairs_ratio = s.score_ratio[k];
        }
    }
    return STATUS_OK;
}

/* ---- regret ---- */

/* Every limit of a criterion is kept in this row; one without a plan keeps none. */
static bool row_satisfies(const struct study_results *results, long row) {
    const struct study *study = results->study;
    bool kept = results->status[row] == STATUS_OK;
    for (int c = 0; kept && c < study->choice.criteria_count; c++) {
        const struct criterion *criterion = &study->choice.criteria[c];
        kept = within(criterion,
                      criterion->fact
                          ? fact_of(study, study_option(study, row), criterion->fact)
                          : row_value(results, row, study_name(results, criterion->figure)));
    }
    return kept;
}

static enum status fill_robust(const struct study_results *results, struct arena *arena,
                               struct choosing *ret) {
    const struct study *study = results->study;
    int name = study_name(results, study->choice.regret_figure);
    struct robust *robust = ARENA_TAKE(arena, struct robust, study->options);
    double *value = ARENA_TAKE(arena, double, study->rows);
    bool *satisfied = ARENA_TAKE(arena, bool, study->rows);
    if (!robust || !value || !satisfied) {
        return STATUS_NO_MEMORY;
    }
    for (long row = 0; row < study->rows; row++) {
        long at = study_option(study, row) * study->futures + study_future(study, row);
        value[at] = row_value(results, row, name);
        satisfied[at] = row_satisfies(results, row);
    }
    ret->robust = robust;
    return robust_of(value, satisfied, (int)study->options, study->futures,
                     study->choice.regret_lower, arena, robust);
}

enum status choose_make(const struct study_results *results, struct arena *arena,
                        struct choosing **ret) {
    const struct study *study = results->study;
    const struct choice *choice = &study->choice;
    *ret = NULL;
    if (choice->criteria_count == 0 && !choice->regret_figure) {
        return STATUS_OK;
    }
    struct choosing *choosing = ARENA_TAKE(arena, struct choosing, 1);
    if (!choosing) {
        return STATUS_NO_MEMORY;
    }
    *choosing = (struct choosing){.study = study,
                                  .options = study->options,
                                  .best_topsis = -1,
                                  .best_promethee = -1,
                                  .best_ahp = -1};
    choosing->option = ARENA_TAKE(arena, struct option_weighed, study->options);
    choosing->best_by_set = ARENA_TAKE(arena, int, choice->sets_count);
    if (!choosing->option || !choosing->best_by_set) {
        return STATUS_NO_MEMORY;
    }
    for (int s = 0; s < choice->sets_count; s++) {
        choosing->best_by_set[s] = -1;
    }
    TRY(fill_options(results, arena, choosing));
    if (choosing->weighed > 0 && choice->criteria_count > 0) {
        TRY(weigh(choosing, arena));
    }
    if (choice->regret_figure) {
        TRY(fill_robust(results, arena, choosing));
    }
    *ret = choosing;
    return STATUS_OK;
}
