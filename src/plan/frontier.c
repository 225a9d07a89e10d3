/* The ends, and points between them where the curve may bend most. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/frontier.h"

#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "plan/chord.h"

static const double end_ratio = 1e-5; /* of the span, so near to the least of both are the ends */
static const double least_money_ratio = 1e-8; /* of all cost; nearer no optimum is known */
static const double flat_ratio = 1e-6;        /* a figure that moves by less of itself does not */
static const double straight_ratio = 1e-6;   /* of the span of cost: a chord so near is the curve */
static const double margin_ratio = 1e-3;     /* of an interval: no point nearer to its ends */
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
    bool *straight; /* by interval: its chord is the curve */
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

/* Both ends are least cost + price * figure: at a price so high that hardly more of the figure could be saved, and at one so
   low that hardly any cost is spent. Such points are never dominated, and their price is one of the curve's slopes there. */
static enum status ends(struct frontier_search *search) {
    struct frontier *frontier = search->frontier;
    int m = frontier->measure;
    struct held_answer cheapest, far;
    struct held_question question = held_cheapest();
    TRY(ask(search, &question, false, "least cost", &cheapest));
    frontier->cheapest_money = cheapest.value[HELD_COST];
    question = held_extreme(frontier->held, m, false, cheapest.value, HUGE_VAL,
                            fabs(frontier->cheapest_money));
    TRY(ask(search, &question, true, "the far end", &far));
    frontier->least_value = far.value[m];
    double moves = flat_ratio * fmax(1.0, fabs(far.value[m]));
    double span = cheapest.value[m] - far.value[m];
    double rise_money = far.value[HELD_COST] - frontier->cheapest_money;
    double room_money =
        fmax(least_money_ratio * fabs(frontier->cheapest_money), end_ratio * rise_money);
    question.aim_price_money = room_money / fmax(span, moves);
    TRY(ask(search, &question, true, "the cheap end", &frontier->points[0]));
    frontier->points_count = 1;
    frontier->flat = frontier_value(frontier, 0) - far.value[m] <= moves;
    if (!frontier->flat) {
        frontier->points[frontier->points_count++] = far;
    }
    return STATUS_OK;
}

/* ---- between ---- */

/* Of the interval between two neighbours: how far their tangents' crossing lies below the chord. */
static double gap_below_money(const struct frontier *frontier, int left) {
    double span = frontier_value(frontier, left) - frontier_value(frontier, left + 1);
    double rise_money = frontier_money(frontier, left + 1) - frontier_money(frontier, left);
    double chord_money =
        chord_price_money(0.0, 0.0, span, rise_money); /* between both slopes, by convexity */
    double left_money = fmin(frontier->points[left].limit_price_money, chord_money);
    double right_money = fmax(frontier->points[left + 1].limit_price_money, chord_money);
    if (!(right_money > left_money)) {
        return 0.0;
    }
    /* left_money * less = rise - right_money * (span - less) */
    double less = (right_money * span - rise_money) / (right_money - left_money);
    return (chord_money - left_money) * less;
}

/* The interval whose next point may say most: that of the largest triangle between chord and tangents. -1: all are straight.
   How far the curve may lie below its chords. */
static int worst_interval(struct frontier_search *search) {
    struct frontier *frontier = search->frontier;
    double worst_area = 0.0;
    int worst = -1;
    frontier->chord_money = 0.0;
    for (int k = 0; k + 1 < frontier->points_count; k++) {
        double gap_money = search->straight[k] ? 0.0 : gap_below_money(frontier, k);
        double area = gap_money * (frontier_value(frontier, k) - frontier_value(frontier, k + 1));
        frontier->chord_money = fmax(frontier->chord_money, gap_money);
        if (area > worst_area) {
            worst = k;
            worst_area = area;
        }
    }
    return worst;
}

static int longest_interval(const struct frontier *frontier) {
    int longest = 0;
    double longest_value = 0.0;
    for (int k = 0; k + 1 < frontier->points_count; k++) {
        double value = frontier_value(frontier, k) - frontier_value(frontier, k + 1);
        if (value > longest_value) {
            longest = k;
            longest_value = value;
        }
    }
    return longest;
}

static void insert(struct frontier_search *search, int left, const struct held_answer *point,
                   bool straight) {
    struct frontier *frontier = search->frontier;
    size_t after = (size_t)(frontier->points_count - left - 1);
    memmove(&frontier->points[left + 2], &frontier->points[left + 1], after * sizeof *point);
    memmove(&search->straight[left + 1], &search->straight[left],
            (after + 1) * sizeof *search->straight);
    frontier->points[left + 1] = *point;
    search->straight[left] = search->straight[left + 1] = straight;
    frontier->points_count++;
}

/* Least cost + slope of the chord * figure: the point furthest below the chord, or, where it is as good as on it, nothing. */
static enum status below_chord(struct frontier_search *search, int left) {
    struct frontier *frontier = search->frontier;
    double from = frontier_value(frontier, left), span = from - frontier_value(frontier, left + 1);
    double from_money = frontier_money(frontier, left);
    double rise_money = frontier_money(frontier, left + 1) - from_money;
    int last = frontier->points_count - 1;
    double all_money = frontier_money(frontier, last) - frontier_money(frontier, 0);
    struct held_answer point;
    struct held_question question = held_cheapest();
    question.aim = frontier->measure;
    question.aim_price_money = chord_price_money(0.0, 0.0, span, rise_money);
    TRY(ask(search, &question, true, "a point", &point));
    double less = from - point.value[frontier->measure];
    double below_money = from_money + rise_money * less / span - point.value[HELD_COST];
    bool between = less > margin_ratio * span && less < (1.0 - margin_ratio) * span;
    if (between && below_money > straight_ratio * all_money) {
        insert(search, left, &point, false);
    } else {
        search->straight[left] = true;
    }
    return STATUS_OK;
}

/* A point on a straight piece, by a limit on the figure. *ret_found: not where the solver finds none; the chord says it all. */
static enum status on_chord(struct frontier_search *search, int left, bool *ret_found) {
    struct frontier *frontier = search->frontier;
    struct held_answer point;
    struct held_question question = held_cheapest();
    question.limited = frontier->measure;
    question.limit_value =
        0.5 * (frontier_value(frontier, left) + frontier_value(frontier, left + 1));
    frontier->questions_count++;
    TRY(held_plan(frontier->held, &question, search->arena, &point));
    *ret_found = point.proven && point.audit.passed;
    if (*ret_found) {
        insert(search, left, &point, true);
    }
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

/* Until there are so many points, or nothing more to find. */
static enum status fill(struct frontier_search *search) {
    struct frontier *frontier = search->frontier;
    for (bool more = true; more && frontier->points_count < search->most;) {
        int left = worst_interval(search);
        if (stopped(search)) {
            return STATUS_CANCELLED;
        }
        if (left >= 0) {
            TRY(below_chord(search, left));
        } else {
            TRY(on_chord(search, longest_interval(frontier), &more));
        }
    }
    (void)worst_interval(search);
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
    struct frontier_search search = {frontier, options, arena, diag, points, NULL};
    frontier->figure = figure;
    frontier->knee = -1;
    TRY(plan_solve(scenario, options, arena, diag, &plan));
    if (options) {
        *held_options = *options;
    }
    held_options->threads = held_options->threads > 0 ? held_options->threads : parallel_cores();
    frontier->plan = plan;
    frontier->points = ARENA_TAKE(arena, struct held_answer, points + 1);
    search.straight = ARENA_TAKE(arena, bool, points + 1);
    TRY(frontier->points && search.straight ? STATUS_OK : STATUS_NO_MEMORY);
    TRY(held_new(plan, held_options, arena, &frontier->held));
    frontier->measure = held_find(frontier->held, figure);
    *ret = frontier;
    if (frontier->measure < 0) {
        return STATUS_OK;
    }
    TRY(ends(&search));
    return frontier->flat ? STATUS_OK : fill(&search);
}
