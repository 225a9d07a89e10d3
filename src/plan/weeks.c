/* Which weeks stand for a year. Weeks are compared hour by hour in what drives a plan: the outdoor temperature, the sun, and
   every series that the scenario reads (prices, carbon, loads, wind), each by its spread over the horizon. The coldest
   week is one of them; the others are medoids (Kaufman and Rousseeuw 1987, "partitioning around medoids"): built
   greedily, then exchanged while the sum of distances falls. Where two do as well it is the earlier week, so that the
   same scenario always has the same weeks. A shorter last week is like another, and stands for none. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "plan/typical.h"

static const double bias_ratio = 20.0, heating_base_c = 16.0;
static const double least_gain_ratio = 1e-9; /* of the sum: less is rounding */

struct series {
    const double *value;
    double spread_ratio; /* one over its variance; 0: it never changes */
    double *week_mean;   /* by whole week */
};

struct weighing {
    int steps, week_steps, weeks, whole_weeks; /* whole: the last may be shorter */
    int series_count;
    struct series *series;
    double *far_ratio; /* by week and week */
    int medoids_count;
    int *medoid;          /* the first one stays */
    double *missed_value; /* by series: for sum_of */
};

static double spread_of(const double *value, int steps) {
    double mean_value = 0.0, variance_value = 0.0;
    for (int t = 0; t < steps; t++) {
        mean_value += value[t] / steps;
    }
    for (int t = 0; t < steps; t++) {
        variance_value += (value[t] - mean_value) * (value[t] - mean_value) / steps;
    }
    return variance_value > 1e-12 * (1.0 + mean_value * mean_value) ? 1.0 / variance_value : 0.0;
}

static void add_series(struct weighing *w, const double *value, struct arena *arena) {
    double *mean_value = ARENA_TAKE(arena, double, w->weeks);
    for (int k = 0; k < w->series_count; k++) {
        if (w->series[k].value == value) {
            return;
        }
    }
    for (int t = 0; mean_value && t < w->whole_weeks * w->week_steps; t++) {
        mean_value[t / w->week_steps] += value[t] / w->week_steps;
    }
    w->series[w->series_count++] = (struct series){value, spread_of(value, w->steps), mean_value};
}

static double *heating_need_dk(const struct hours *hours, struct arena *arena) {
    double *need_dk = ARENA_TAKE(arena, double, hours->horizon_count);
    for (int t = 0; need_dk && t < hours->horizon_count; t++) {
        need_dk[t] = fmax(0.0, heating_base_c - hours->outdoor_weighted_c[t]);
    }
    return need_dk;
}

static enum status take_series(const struct scenario *scenario, const struct hours *hours,
                               struct weighing *w, struct arena *arena) {
    double *need_dk = heating_need_dk(hours, arena);
    int most = 3;
    for (int i = 0; i < scenario->instances_count; i++) {
        most += scenario->instances[i].kind->params_count;
    }
    w->series = ARENA_TAKE(arena, struct series, most);
    w->missed_value = ARENA_TAKE(arena, double, most);
    if (!w->series || !w->missed_value || !need_dk) {
        return STATUS_NO_MEMORY;
    }
    add_series(w, hours->outdoor_c, arena);
    add_series(w, hours->global_kw_m2, arena);
    add_series(w, need_dk, arena);
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        for (int k = 0; k < instance->kind->params_count; k++) {
            const struct param *param = &instance->kind->params[k];
            if (param->kind == PARAM_INPUT) {
                struct input input;
                memcpy(&input, (const char *)instance->self + param->offset, sizeof input);
                if (input.by_step) {
                    add_series(w, input.by_step, arena);
                }
            }
        }
    }
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

static double distance_ratio(const struct weighing *w, int a, int b) {
    int from[2] = {a * w->week_steps, b * w->week_steps}, steps = w->week_steps;
    for (int k = 0; k < 2; k++) {
        steps = w->steps - from[k] < steps ? w->steps - from[k] : steps;
    }
    double sum_ratio = 0.0;
    for (int k = 0; k < w->series_count; k++) {
        const double *value = w->series[k].value;
        double square = 0.0;
        for (int t = 0; t < steps; t++) {
            double apart = value[from[0] + t] - value[from[1] + t];
            square += apart * apart;
        }
        sum_ratio += square * w->series[k].spread_ratio / steps;
    }
    return sum_ratio;
}

static enum status take_distances(struct weighing *w, struct arena *arena) {
    w->far_ratio = ARENA_TAKE(arena, double, (long)w->weeks * w->weeks);
    if (!w->far_ratio) {
        return STATUS_NO_MEMORY;
    }
    for (int a = 0; a < w->weeks; a++) {
        for (int b = 0; b < a; b++) {
            w->far_ratio[a * w->weeks + b] = w->far_ratio[b * w->weeks + a] =
                distance_ratio(w, a, b);
        }
    }
    return STATUS_OK;
}

/* The nearest medoid; of several the first. */
static int nearest(const struct weighing *w, int week) {
    int best = w->medoid[0];
    for (int k = 0; k < w->medoids_count; k++) {
        if (w->medoid[k] == week) {
            return week;
        }
        if (w->far_ratio[week * w->weeks + w->medoid[k]] < w->far_ratio[week * w->weeks + best]) {
            best = w->medoid[k];
        }
    }
    return best;
}

/* Distances of all weeks, and by how much the typical year's means miss the year's: single weeks may be far from their
   medoid, as long as the year as a whole is as cold, as sunny and as dear as it is. */
static double sum_of(const struct weighing *w) {
    double sum_ratio = 0.0;
    for (int k = 0; k < w->series_count; k++) {
        w->missed_value[k] = 0.0;
    }
    for (int week = 0; week < w->weeks; week++) {
        int like = nearest(w, week);
        sum_ratio += w->far_ratio[week * w->weeks + like];
        for (int k = 0; k < w->series_count && week < w->whole_weeks; k++) {
            w->missed_value[k] += w->series[k].week_mean[like] - w->series[k].week_mean[week];
        }
    }
    for (int k = 0; k < w->series_count; k++) {
        sum_ratio += bias_ratio * w->series[k].spread_ratio * w->missed_value[k] *
                     w->missed_value[k] / w->weeks;
    }
    return sum_ratio;
}

static bool is_medoid(const struct weighing *w, int week) {
    for (int k = 0; k < w->medoids_count; k++) {
        if (w->medoid[k] == week) {
            return true;
        }
    }
    return false;
}

/* The week that does best in the place of a medoid; true when it is another one. */
static bool settle(struct weighing *w, int place) {
    int before = w->medoid[place], best = before;
    double best_ratio = before >= 0 ? sum_of(w) : HUGE_VAL;
    for (int week = 0; week < w->whole_weeks; week++) {
        w->medoid[place] = -1;
        if (is_medoid(w, week)) {
            continue;
        }
        w->medoid[place] = week;
        double sum_ratio = sum_of(w);
        if (sum_ratio < best_ratio * (1.0 - least_gain_ratio)) {
            best = week;
            best_ratio = sum_ratio;
        }
    }
    w->medoid[place] = best;
    return best != before;
}

static int coldest(const struct weighing *w, const double *outdoor_c) {
    int best = 0;
    double best_c = HUGE_VAL;
    for (int week = 0; week < w->whole_weeks; week++) {
        double sum_c = 0.0;
        for (int t = 0; t < w->week_steps; t++) {
            sum_c += outdoor_c[week * w->week_steps + t];
        }
        best = sum_c < best_c ? week : best;
        best_c = fmin(sum_c, best_c);
    }
    return best;
}

static void choose(struct weighing *w, int weeks_asked, const double *outdoor_c) {
    w->medoid[w->medoids_count++] = coldest(w, outdoor_c);
    while (w->medoids_count < weeks_asked) {
        w->medoid[w->medoids_count++] = -1;
        (void)settle(w, w->medoids_count - 1);
    }
    for (bool better = true; better;) {
        better = false;
        for (int k = 1; k < w->medoids_count; k++) {
            better = settle(w, k) || better;
        }
    }
}

enum status typical_weeks(const struct scenario *scenario, const struct hours *hours,
                          struct typical_year *year, int weeks_asked, struct arena *arena) {
    int per_day = scenario->calendar.steps_per_day;
    struct weighing w = {.steps = hours->horizon_count,
                         .week_steps = TYPICAL_WEEK_DAYS * per_day,
                         .medoid = ARENA_TAKE(arena, int, weeks_asked)};
    w.whole_weeks = w.steps / w.week_steps;
    w.weeks = (w.steps + w.week_steps - 1) / w.week_steps;
    year->weeks_count = w.weeks;
    year->week_like = ARENA_TAKE(arena, int, w.weeks);
    year->typical = ARENA_TAKE(arena, int, w.weeks);
    year->days = ARENA_TAKE(arena, int, w.weeks);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    TRY(take_series(scenario, hours, &w, arena));
    TRY(take_distances(&w, arena));
    choose(&w, weeks_asked, hours->outdoor_c);
    for (int week = 0; week < w.weeks; week++) {
        year->week_like[week] = nearest(&w, week);
        if (year->week_like[week] == week) {
            year->typical[year->typical_count++] = week;
        }
    }
    for (int week = 0; week < w.weeks; week++) {
        int steps = w.steps - week * w.week_steps;
        for (int k = 0; k < year->typical_count; k++) {
            bool like = year->typical[k] == year->week_like[week];
            year->days[k] += like ? (steps < w.week_steps ? steps : w.week_steps) / per_day : 0;
        }
    }
    return STATUS_OK;
}
