/* Rounds of a window: coefficients of every stage -> one programme -> optimum -> every stage's plan and simulation, until
   sizes, losses and cost no longer move. The first round sees the mean cost of the first guesses, later ones the slope at the
   sizes of the round before (rounds.c says why); a window that begins at the sizes of a like one is at slope at once. Where
   sizes go back and forth at the edge of a diameter, a round that costs what the cheapest at slope did is the last. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "optimise/clean.h"
#include "plan/lifetime_window.h"

static const double certificate_tolerance_ratio = 1e-6;
static const double rest_money_ratio = 1e-4; /* of the cost between two rounds */
static const double rest_gap_ratio = 1e-3;   /* of the cost: what simulation may differ by */
static const double rest_size_ratio = 5e-4;  /* money of a capacity that moved, of the cost */
static const double rest_feedback_ratio = 5e-3;
static const double rest_pump_ratio = 0.1;
enum { UNDAMPED_ROUNDS = 5 };

/* ---- begin ---- */

enum status window_begin(struct window *window) {
    struct lifetime *life = window->life;
    for (int k = window->first; k <= window->last; k++) {
        struct plan *plan = life->plan[k];
        struct case_plan *result = window->trial ? ARENA_TAKE(window->arena, struct case_plan, 1)
                                                 : &plan->cases[window->kind];
        if (!result) {
            return STATUS_NO_MEMORY;
        }
        TRY(case_begin(plan->scenario, plan->pipes, plan->hours, window->kind, window->arena,
                       result, &window->work[k]));
        if (case_is_empty(window->work[k])) {
            TRY(case_set_empty(window->work[k]));
            window->work[k] = NULL;
            continue;
        }
        window->work[k]->weight_ratio = life->weight_year[k] / plan->scenario->year_frac;
        window->work[k]->trial = true;
    }
    return STATUS_OK;
}

void window_begin_at(struct case_work *work, const struct case_work *like) {
    size_t n = (size_t)work->scenario->instances_count;
    memcpy(work->size, like->size, n * sizeof *work->size);
    memcpy(work->size2, like->size2, n * sizeof *work->size2);
    memcpy(work->feedback, like->feedback, n * sizeof *work->feedback);
    work->at_slope = true;
}

/* ---- one round ---- */

static bool solver_progress(void *data, long iterations_count, double objective_ratio) {
    struct window *window = data;
    (void)objective_ratio;
    struct arena *scratch = arena_new(1 << 12);
    const char *words =
        scratch ? arena_format(scratch, "%s over the life: round %d, iteration %ld",
                               case_name(window->kind), window->rounds, iterations_count)
                : NULL;
    bool stop = words && window->options && window->options->progress &&
                window->options->progress(window->options->data, words);
    arena_free(scratch);
    return stop;
}

struct solve_options window_solve_options(struct window *window, const struct outcome *warm) {
    return (struct solve_options){.iterations_limit =
                                      window->options ? window->options->iterations_limit : 0,
                                  .warm = warm,
                                  .progress = solver_progress,
                                  .data = window};
}

static enum status keep_outcome(struct window *window, const struct programme *programme,
                                const struct outcome *outcome) {
    long columns = programme_columns(programme), rows = programme_rows(programme);
    struct outcome *kept = &window->outcome;
    bool alike = kept->x && window->columns == columns && window->rows == rows;
    double *x = alike ? kept->x : ARENA_TAKE(window->arena, double, columns);
    double *y = alike ? kept->y : ARENA_TAKE(window->arena, double, rows);
    if (!x || !y) {
        return STATUS_NO_MEMORY;
    }
    memcpy(x, outcome->x, (size_t)columns * sizeof *x);
    memcpy(y, outcome->y, (size_t)rows * sizeof *y);
    *kept = *outcome;
    kept->x = x;
    kept->y = y;
    kept->ray = NULL;
    kept->basis = NULL;
    kept->solver = arena_text(window->arena, outcome->solver);
    window->result->columns_count = window->columns = columns;
    window->result->rows_count = window->rows = rows;
    window->designs = programme->designs_count;
    window->border_rows = programme->border_rows_count;
    return kept->solver ? STATUS_OK : STATUS_NO_MEMORY;
}

/* Capacity that is kept can always be built: where all stages together have no plan, one of them has none. */
static enum status explain(struct window *window) {
    enum status status = STATUS_STALLED;
    for (int k = window->first; k <= window->last && status == STATUS_STALLED; k++) {
        struct case_work *work = window->work[k];
        if (work) {
            work->weight_ratio = 1.0;
            status = case_explain_infeasible(work, window->options, solver_progress, window,
                                             window->diag);
        }
        if (status == STATUS_INFEASIBLE) {
            diag_note(window->diag, window->life->stages->place, "%s: that is the stage of %d",
                      case_name(window->kind), window->life->stages->year[k]);
        }
    }
    return status;
}

static enum status no_optimum(struct window *window, const char *why) {
    diag_error(window->diag, window->life->stages->place,
               "%s over the life: the solver found no certified optimum (%s)",
               case_name(window->kind), why);
    diag_remedy(window->diag, "raise --iterations, or plan fewer stages");
    return STATUS_STALLED;
}

static enum status judge(struct window *window, const struct programme *programme,
                         const struct outcome *outcome, struct arena *scratch) {
    struct certificate certificate = {0};
    TRY(certificate_check(programme, outcome, certificate_tolerance_ratio, scratch, &certificate));
    if (outcome->kind == OUTCOME_OPTIMAL && certificate.passed) {
        window->result->bound_money = certificate.bound_ratio;
        certificate.worst = arena_text(window->arena, certificate.worst ? certificate.worst : "");
        for (int k = window->first; k <= window->last; k++) {
            if (window->work[k]) {
                window->work[k]->result->certificate = certificate;
            }
        }
        return certificate.worst ? STATUS_OK : STATUS_NO_MEMORY;
    }
    if (outcome->kind == OUTCOME_UNBOUNDED) {
        diag_error(window->diag, window->life->stages->place,
                   "%s over the life: the cost has no lower bound", case_name(window->kind));
        diag_remedy(window->diag, "something earns money without limit");
        return STATUS_UNBOUNDED;
    }
    bool none = outcome->kind == OUTCOME_INFEASIBLE || outcome->kind == OUTCOME_STALLED;
    if (window->trial) {
        return outcome->kind == OUTCOME_LIMIT ? STATUS_STALLED : STATUS_INFEASIBLE;
    }
    enum status status = none ? explain(window) : STATUS_STALLED;
    return status == STATUS_STALLED ? no_optimum(window, outcome_name(outcome->kind)) : status;
}

/* Every stage becomes a year of its own, with its own cost. */
static enum status extract(struct window *window, const struct programme *programme) {
    double gap_money = 0.0;
    for (int k = window->first; k <= window->last; k++) {
        struct case_work *work = window->work[k];
        if (!work) {
            continue;
        }
        work->result->outcome = window->outcome;
        TRY(case_extract(work, programme));
        TRY(case_simulate(work));
        work->result->objective_money = case_tallied_money(work);
        work->result->outcome.x = work->result->outcome.y = NULL;
        work->result->outcome.objective_ratio = work->result->objective_money;
        gap_money += work->weight_ratio * work->result->gap_money;
    }
    window->gap_money = gap_money;
    return STATUS_OK;
}

static enum status one_round(struct window *window, struct arena *scratch) {
    struct programme *programme = NULL;
    struct outcome outcome = {0};
    struct clean_report cleaned;
    bool fell_back = false;
    struct window_joints joints = {
        arena_take(scratch, window->result->assets_count + 1, sizeof *joints.asset),
        ARENA_TAKE(scratch, struct window_servers, window->result->servers_count)};
    if (!joints.asset || !joints.servers) {
        return STATUS_NO_MEMORY;
    }
    for (int k = window->first; k <= window->last; k++) {
        if (window->work[k]) {
            TRY(case_coefficients(window->work[k]));
        }
    }
    TRY(window_assemble(window, scratch, &programme, &joints));
    bool alike = window->outcome.x && window->columns == programme_columns(programme) &&
                 window->rows == programme_rows(programme);
    struct solve_options solve = window_solve_options(window, alike ? &window->outcome : NULL);
    TRY(plan_optimum(window->options, programme, &solve, scratch, &outcome, &fell_back));
    TRY(clean_dispatch(programme, certificate_tolerance_ratio, &outcome, &cleaned));
    TRY(judge(window, programme, &outcome, scratch));
    TRY(keep_outcome(window, programme, &outcome));
    TRY(extract(window, programme));
    double relaxed_money = 0.0;
    for (int k = window->first; k <= window->last; k++) {
        relaxed_money += window->work[k]
                             ? window->work[k]->weight_ratio * case_relaxed_money(window->work[k])
                             : 0.0;
    }
    window_take_built(window, &joints);
    window->simulated_money = window->gap_money + outcome.objective_ratio + relaxed_money;
    return STATUS_OK;
}

/* ---- to rest ---- */

/* The size of the next round; true when the move is worth next to nothing. */
static bool move_size(const struct window *window, double *size, double aim_capacity,
                      double money) {
    double moved_money = fabs(aim_capacity - *size) * money;
    *size = window->rounds > UNDAMPED_ROUNDS ? sqrt(aim_capacity * *size) : aim_capacity;
    return moved_money <= rest_size_ratio * fabs(window->simulated_money);
}

/* The sizes of a stage's next round; true where sizes and losses stayed as they were. */
static bool move(const struct window *window, int k) {
    double weight_year = window->life->weight_year[k];
    struct case_work *work = window->work[k];
    bool still = true;
    for (int i = 0; i < work->scenario->instances_count; i++) {
        const struct instance *instance = &work->scenario->instances[i];
        const struct flow *flow = &work->result->flow[i];
        const struct unit_costs *costs = &work->costs[i];
        if (!flow->included) {
            continue;
        }
        if (instance->capacity.chosen && work->build[i] != BUILD_NO) {
            double aim_capacity = fmax(flow->capacity, work->floor_size[i]);
            still =
                move_size(window, &work->size[i], aim_capacity, costs->unit_money * weight_year) &&
                still;
        }
        if (instance->capacity2.chosen) {
            still = move_size(window, &work->size2[i], flow->capacity2,
                              costs->unit2_money * weight_year) &&
                    still;
        }
        still =
            still &&
            fabs(work->feedback[i].standing_ratio - flow->standing_ratio) <= rest_feedback_ratio &&
            fabs(work->feedback[i].power_ratio - flow->power_ratio) <= rest_feedback_ratio &&
            fabs(work->feedback[i].pump_ratio - flow->pump_ratio) <= rest_pump_ratio;
    }
    return still;
}

/* What the rounds of a window remember. */
struct course {
    double before_money, least_money; /* of the round before; the least of those at slope */
};

/* moves: another round may follow. */
static enum status next_round(struct window *window, struct course *course, bool moves) {
    struct arena *scratch = arena_new(0);
    bool still = true, at_slope = true;
    window->rounds++;
    enum status status = scratch ? one_round(window, scratch) : STATUS_NO_MEMORY;
    arena_free(scratch);
    TRY(status);
    for (int k = window->first; k <= window->last; k++) {
        struct case_work *work = window->work[k];
        if (work) {
            work->result->at_slope = work->at_slope;
            work->result->rounds_count = window->rounds;
            at_slope = at_slope && (work->at_slope || window->result->assets_count == 0);
            still = (!moves || move(window, k)) && still;
            work->at_slope = true;
        }
    }
    double money = window->simulated_money, allowed_money = rest_money_ratio * fabs(money);
    bool first = !isfinite(course->before_money);
    bool rests = still && (first || fabs(money - course->before_money) <= allowed_money);
    bool comes_back = fabs(money - course->least_money) <= allowed_money &&
                      fabs(window->gap_money) <= rest_gap_ratio * fabs(money);
    window->settled = moves && at_slope && (rests || comes_back);
    course->before_money = money;
    course->least_money = at_slope ? fmin(course->least_money, money) : course->least_money;
    return STATUS_OK;
}

enum status window_solve(struct window *window, int rounds_most) {
    struct course course = {HUGE_VAL, HUGE_VAL};
    window->settled = false;
    for (int round = 0; round < rounds_most && !window->settled; round++) {
        TRY(next_round(window, &course, rounds_most > 1));
    }
    return STATUS_OK;
}
