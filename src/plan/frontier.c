/* The ends, and points between them where the curve may bend most. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/frontier.h"

#include <math.h>
#include <string.h>

#include "base/parallel.h"

static const double end_ratio = 1e-5; /* of the span, so near to the least of both are the ends */
static const double least_money_ratio = 1e-8; /* of all cost; nearer no optimum is known */
static const double flat_ratio = 1e-6;        /* a figure that moves by less of itself does not */
static const double straight_ratio = 1e-6;   /* of the span of cost: a chord so near is the curve */
static const double margin_ratio = 0.02;     /* of an interval: no point nearer to its ends */
static const double knee_least_ratio = 0.05; /* less of a bend is none */

double frontier_value(const struct frontier *frontier, int point) {
    return frontier->points[point].value[frontier->measure];
}

double frontier_money(const struct frontier *frontier, int point) {
    return frontier->points[point].value[HELD_COST];
}

struct frontier_search {
    struct frontier *frontier;
    const struct plan_options *options;
    struct arena *arena;
    struct diag *diag;
    int most;
};

static enum status no_point(const struct frontier_search *search, const char *what,
                            const struct held_answer *answer) {
    struct place place = {search->frontier->plan->scenario->file, 0, 0};
    diag_error(search->diag, place, "frontier: the solver found no certified optimum (%s: %s)",
               what,
               answer->outcome == OUTCOME_OPTIMAL ? "fails its certificate or audit"
                                                  : outcome_name(answer->outcome));
    diag_remedy(search->diag, "take another horizon or fewer points, and report it");
    return STATUS_STALLED;
}

static enum status ask(const struct frontier_search *search, const struct held_question *question,
                       bool whole, const char *what, struct held_answer *ret) {
    struct frontier *frontier = search->frontier;
    frontier->questions_count++;
    if (whole) {
        TRY(held_plan(frontier->held, question, search->arena, ret));
    } else {
        TRY(held_ask(frontier->held, question, search->arena, ret));
    }
    return ret->proven && (!whole || ret->audit.passed) ? STATUS_OK : no_point(search, what, ret);
}

/* ---- the ends ---- */

/* The least of the figure, at its least cost. */
static enum status far_end(struct frontier_search *search, double span_value,
                           struct held_answer *ret) {
    struct held_question question = held_cheapest();
    question.limited = search->frontier->measure;
    question.limit_value = search->frontier->least_value + end_ratio * span_value;
    return ask(search, &question, true, "the far end", ret);
}

/* The least cost, at the least of the figure for it. */
static enum status cheap_end(struct frontier_search *search, const double *cheapest_value,
                             double rise_money, struct held_answer *ret) {
    struct frontier *frontier = search->frontier;
    double room_money =
        fmax(least_money_ratio * fabs(frontier->cheapest_money), end_ratio * rise_money);
    struct held_question question =
        held_extreme(frontier->held, frontier->measure, false, cheapest_value,
                     frontier->cheapest_money + room_money, rise_money);
    return ask(search, &question, true, "the cheap end", ret);
}

static enum status ends(struct frontier_search *search) {
    struct frontier *frontier = search->frontier;
    struct held_answer cheapest, least, far;
    struct held_question question = held_cheapest();
    TRY(ask(search, &question, false, "least cost", &cheapest));
    frontier->cheapest_money = cheapest.value[HELD_COST];
    question = held_extreme(frontier->held, frontier->measure, false, cheapest.value, HUGE_VAL,
                            fabs(frontier->cheapest_money));
    TRY(ask(search, &question, false, "least of the figure", &least));
    frontier->least_value = least.value[frontier->measure];
    double moves = flat_ratio * fmax(1.0, fabs(frontier->least_value));
    double span = cheapest.value[frontier->measure] - frontier->least_value;
    TRY(far_end(search, fmax(span, moves), &far));
    TRY(cheap_end(search, cheapest.value, far.value[HELD_COST] - frontier->cheapest_money,
                  &frontier->points[0]));
    frontier->points_count = 1;
    frontier->flat = frontier_value(frontier, 0) - frontier->least_value <= moves;
    if (!frontier->flat) {
        frontier->points[frontier->points_count++] = far;
    }
    return STATUS_OK;
}

/* ---- between ---- */

/* Of the interval between two neighbours: where their tangents cross, and how far that lies below the chord. */
static double crossing_value(const struct frontier *frontier, int left, double *ret_gap_money) {
    const struct held_answer *a = &frontier->points[left], *b = &frontier->points[left + 1];
    double from = frontier_value(frontier, left), to = frontier_value(frontier, left + 1);
    double money = frontier_money(frontier, left),
           rise_money = frontier_money(frontier, left + 1) - money;
    double span = from - to, slope_a = a->limit_price_money, slope_b = b->limit_price_money;
    *ret_gap_money = 0.0;
    if (!(span > 0.0)) {
        return from;
    }
    double chord = rise_money / span; /* between both slopes, by convexity */
    slope_a = isnan(slope_a) ? 0.0 : fmin(fmax(slope_a, 0.0), chord);
    slope_b = isnan(slope_b) ? HUGE_VAL : fmax(slope_b, chord);
    /* money + slope_a u = money + rise - slope_b (span - u) */
    double less = isinf(slope_b)             ? span
                  : slope_b - slope_a <= 0.0 ? 0.5 * span
                                             : (slope_b * span - rise_money) / (slope_b - slope_a);
    *ret_gap_money = fmax(0.0, (chord - slope_a) * less);
    return from - fmin(fmax(less, margin_ratio * span), (1.0 - margin_ratio) * span);
}

/* The interval whose next point says most, and where: that of the largest triangle between chord and tangents; the longest
   where all are as good as straight. */
static int worst_interval(struct frontier *frontier, double *ret_value) {
    int worst = 0, longest = 0, last = frontier->points_count - 1;
    double worst_area = -1.0, longest_span = -1.0, value = 0.0;
    double all_money = frontier_money(frontier, last) - frontier_money(frontier, 0);
    frontier->chord_money = 0.0;
    for (int k = 0; k < last; k++) {
        double gap_money = 0.0, at = crossing_value(frontier, k, &gap_money);
        double span = frontier_value(frontier, k) - frontier_value(frontier, k + 1);
        frontier->chord_money = fmax(frontier->chord_money, gap_money);
        if (gap_money * span > worst_area) {
            worst = k;
            worst_area = gap_money * span;
            value = at;
        }
        if (span > longest_span) {
            longest = k;
            longest_span = span;
        }
    }
    if (frontier->chord_money > straight_ratio * all_money) {
        *ret_value = value;
        return worst;
    }
    *ret_value = frontier_value(frontier, longest) - 0.5 * longest_span;
    return longest;
}

static enum status insert(struct frontier_search *search, int left, double value) {
    struct frontier *frontier = search->frontier;
    struct held_answer point;
    struct held_question question = held_cheapest();
    question.limited = frontier->measure;
    question.limit_value = value;
    TRY(ask(search, &question, true, "a point", &point));
    memmove(&frontier->points[left + 2], &frontier->points[left + 1],
            (size_t)(frontier->points_count - left - 1) * sizeof point);
    frontier->points[left + 1] = point;
    frontier->points_count++;
    return STATUS_OK;
}

static bool stopped(const struct frontier_search *search) {
    const struct plan_options *options = search->options;
    if (!options || !options->progress) {
        return false;
    }
    struct arena *scratch = arena_new(1 << 12);
    const char *words = scratch ? arena_format(scratch, "point %d of %d",
                                               search->frontier->points_count + 1, search->most)
                                : NULL;
    bool stop = words && options->progress(options->data, words);
    arena_free(scratch);
    return stop;
}

/* ---- the knee ---- */

static void find_knee(struct frontier *frontier) {
    int last = frontier->points_count - 1;
    double span = frontier_value(frontier, 0) - frontier_value(frontier, last);
    double rise_money = frontier_money(frontier, last) - frontier_money(frontier, 0);
    frontier->knee = -1;
    for (int k = 1; k < last && span > 0.0 && rise_money > 0.0; k++) {
        double less_frac = (frontier_value(frontier, 0) - frontier_value(frontier, k)) / span;
        double dear_frac = (frontier_money(frontier, k) - frontier_money(frontier, 0)) / rise_money;
        if (less_frac - dear_frac > fmax(frontier->knee_ratio, knee_least_ratio)) {
            frontier->knee = k;
            frontier->knee_ratio = less_frac - dear_frac;
        }
    }
}

/* Until there are so many points; and how far the curve may lie below their chords. */
static enum status fill(struct frontier_search *search) {
    struct frontier *frontier = search->frontier;
    double value = 0.0;
    while (frontier->points_count < search->most) {
        int left = worst_interval(frontier, &value);
        if (stopped(search)) {
            return STATUS_CANCELLED;
        }
        TRY(insert(search, left, value));
    }
    (void)worst_interval(frontier, &value);
    find_knee(frontier);
    return STATUS_OK;
}

enum status frontier_solve(const struct scenario *scenario, enum held_figure figure, int points,
                           const struct plan_options *options, struct arena *arena,
                           struct diag *diag, struct frontier **ret) {
    struct frontier *frontier = ARENA_TAKE(arena, struct frontier, 1);
    struct plan_options *held_options = ARENA_TAKE(arena, struct plan_options, 1);
    struct plan *plan = NULL;
    if (!frontier || !held_options) {
        return STATUS_NO_MEMORY;
    }
    struct frontier_search search = {frontier, options, arena, diag, points};
    frontier->figure = figure;
    frontier->knee = -1;
    TRY(plan_solve(scenario, options, arena, diag, &plan));
    if (options) {
        *held_options = *options;
    }
    held_options->threads = held_options->threads > 0 ? held_options->threads : parallel_cores();
    frontier->plan = plan;
    frontier->points = ARENA_TAKE(arena, struct held_answer, points + 1);
    TRY(frontier->points ? STATUS_OK : STATUS_NO_MEMORY);
    TRY(held_new(plan, held_options, arena, &frontier->held));
    frontier->measure = held_find(frontier->held, figure);
    *ret = frontier;
    if (frontier->measure < 0) {
        return STATUS_OK;
    }
    TRY(ends(&search));
    return frontier->flat ? STATUS_OK : fill(&search);
}
