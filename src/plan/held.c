/* The programme of a plan at rest, and other questions than the least cost.

     least of cost                                  cost <= budget
     least of cost +- price * aim    subject to     a measure <= limit

   beside all rows of the plan, where the aim is a measure or the sum. With a budget its price is so high that cost hardly counts,
   which is the slow way (reach.h has the other); without one, each price is a point of a curve. Cost does count in all, so
   that nothing is built or run in vain: without it the plans that are as good are many, and what costs nothing has no end.
   The marginal price of a limit is its row's dual; where a figure is least within a budget it follows from the budget's. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/held.h"

#include <math.h>

#include "plan/cost_column.h"
#include "plan/held_internal.h"

static const double cut_ratio = 1e-4; /* of a measure's scale: what cost may cut off its extreme */
static const double least_share_frac = 0.01; /* of the power drawn: less energy does not count */

void case_hold(struct case_work *work, const struct case_plan *given) {
    for (int i = 0; i < work->scenario->instances_count; i++) {
        const struct flow *flow = &given->flow[i];
        if (!flow->included) {
            continue;
        }
        work->size[i] = isnan(flow->size) ? work->size[i] : flow->size;
        work->size2[i] = isnan(flow->size2) ? work->size2[i] : flow->size2;
        work->feedback[i].standing_ratio = flow->standing_ratio;
        work->feedback[i].pump_ratio = flow->pump_ratio;
        work->feedback[i].power_ratio = flow->power_ratio;
        work->feedback[i].pipes = flow->pipes;
        work->build[i] = flow->left_out ? BUILD_NO : BUILD_YES;
    }
    work->at_slope = given->at_slope;
    work->width_held = given->width_held;
    work->held_count = given->tariffs.held_count;
    work->held = given->tariffs.held;
}

/* ---- the programme ---- */

static void add_measure(struct held *held, enum measure_kind kind, int index, bool second,
                        int column) {
    held->measures[held->measures_count++] = (struct measure){kind, index, second, column};
}

/* Of all that stands once what the plan does not build is gone. */
static enum status add_capacities(struct held *held) {
    struct case_work *work = held->work;
    int n = work->scenario->instances_count;
    bool *left_out = ARENA_TAKE(held->arena, bool, n), *stands = ARENA_TAKE(held->arena, bool, n);
    TRY(left_out && stands ? STATUS_OK : STATUS_NO_MEMORY);
    for (int i = 0; i < n; i++) {
        left_out[i] = work->build[i] == BUILD_NO;
    }
    TRY(case_stand_without(work, left_out, stands));
    for (int i = 0; i < n; i++) {
        const struct instance *instance = &work->scenario->instances[i];
        const struct layout *layout = &work->layout[i];
        if (stands[i] && instance->capacity.chosen && layout->design >= 0) {
            add_measure(held, MEASURE_CAPACITY, i, false, layout->design);
        }
        if (stands[i] && instance->capacity2.chosen && layout->design2 >= 0) {
            add_measure(held, MEASURE_CAPACITY, i, true, layout->design2);
        }
    }
    return STATUS_OK;
}

static enum status add_measures(struct held *held) {
    int n = held->work->scenario->instances_count;
    struct programme_builder *builder = programme_builder_copy(held->arena, held->programme);
    struct year_rows rows = {held->work, builder, held->arena, -1};
    held->measures = ARENA_TAKE(held->arena, struct measure, 1 + FIGURES + 2 * n);
    held->rows = ARENA_TAKE(held->arena, struct held_row, FIGURES);
    if (!builder || !held->measures || !held->rows) {
        return STATUS_NO_MEMORY;
    }
    add_measure(held, MEASURE_COST, 0, false, -1);
    for (int f = 0; f < FIGURES; f++) {
        TRY(held_add_figure(&rows, (enum held_figure)f, HUGE_VAL, &held->rows[f]));
        if (held->rows[f].moves) {
            add_measure(held, MEASURE_FIGURE, f, false, -1);
        }
    }
    held->told = programme_finish(builder);
    TRY(held->told ? STATUS_OK : STATUS_NO_MEMORY);
    return add_capacities(held);
}

enum status held_new(const struct plan *plan, const struct plan_options *options,
                     struct arena *arena, struct held **ret) {
    struct held *held = ARENA_TAKE(arena, struct held, 1);
    struct case_plan *result = ARENA_TAKE(arena, struct case_plan, 1);
    struct programme *programme = NULL;
    if (!held || !result) {
        return STATUS_NO_MEMORY;
    }
    *held = (struct held){.plan = plan, .options = options, .arena = arena};
    TRY(case_begin(plan->scenario, plan->pipes, plan->hours, CASE_TOGETHER, arena, result,
                   &held->work));
    case_hold(held->work, &plan->cases[CASE_TOGETHER]);
    held->work->once = true; /* prices of other questions are none of the plan's */
    TRY(case_coefficients(held->work));
    TRY(case_assemble(held->work, arena, false, &programme));
    held->programme = programme;
    TRY(add_measures(held));
    *ret = held;
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

int held_find(const struct held *held, enum held_figure figure) {
    for (int m = 0; m < held->measures_count; m++) {
        if (held->measures[m].kind == MEASURE_FIGURE && held->measures[m].index == (int)figure) {
            return m;
        }
    }
    return -1;
}

double held_scale_ratio(const struct held *held, int measure) {
    const struct measure *it = &held->measures[measure];
    bool yearly =
        it->kind == MEASURE_COST ||
        (it->kind == MEASURE_FIGURE && held_figure_kind((enum held_figure)it->index)->yearly);
    return yearly ? 1.0 / held->plan->scenario->year_frac : 1.0;
}

const char *held_measure_key(const struct held *held, int measure, struct arena *arena) {
    const struct measure *it = &held->measures[measure];
    if (it->kind == MEASURE_COST) {
        return "cost_money_year";
    }
    return it->kind == MEASURE_FIGURE
               ? held_figure_kind((enum held_figure)it->index)->key
               : arena_format(arena, "capacity%s.%s", it->second ? "2" : "",
                              held->plan->scenario->instances[it->index].name);
}

/* ---- a question as numbers ---- */

struct held_question held_cheapest(void) {
    return (struct held_question){.aim = HELD_COST,
                                  .budget_money = HUGE_VAL,
                                  .limited = HELD_NONE,
                                  .aim_low_value = -HUGE_VAL,
                                  .aim_high_value = HUGE_VAL};
}

/* So much of a measure counts, even where the cheapest plan has none of it. */
double held_scale_value(const struct held *held, int m, const double *value) {
    const struct measure *it = &held->measures[m];
    double scale = fabs(value[m]);
    if (it->kind == MEASURE_CAPACITY) {
        const struct case_work *work = held->work;
        double guess = it->second ? work->size2[it->index] : case_most_size(work, it->index);
        return fmax(scale, fmin(guess, held->programme->designs[it->column].upper));
    }
    switch ((enum held_figure)it->index) {
    case FIGURE_GENERATION:
    case FIGURE_FUEL:
    case FIGURE_REUSED: {
        int import = held_find(held, FIGURE_IMPORT);
        return fmax(scale, import < 0 ? 1.0 : least_share_frac * fabs(value[import]));
    }
    case FIGURE_INVESTMENT:
        return fmax(scale, fabs(value[HELD_COST]));
    case FIGURE_CARBON:
    case FIGURE_WATER:
    case FIGURE_PEAK:
    case FIGURE_IMPORT:
    case FIGURES:
        break;
    }
    return fmax(scale, 1.0);
}

struct held_question held_extreme(const struct held *held, int m, bool most, const double *value,
                                  double budget_money, double room_money) {
    struct held_question question = held_cheapest();
    question.aim = m;
    question.most = most;
    question.budget_money = budget_money;
    question.aim_price_money = room_money / (cut_ratio * held_scale_value(held, m, value));
    return question;
}

/* All may cost so much. */
static enum status add_budget(const struct held *held, struct programme_builder *builder,
                              double budget_money, struct arena *arena) {
    struct cost_column of = {.programme = programme_finish(builder),
                             .block = held->work->block,
                             .design_until = held->programme->designs_count,
                             .weight_ratio = 1.0,
                             .constant_money = held->programme->objective_constant,
                             .operation_name = "operation",
                             .cost_name = "cost"};
    int cost = -1;
    TRY(of.programme ? STATUS_OK : STATUS_NO_MEMORY);
    TRY(cost_column_add(&of, builder, arena, &cost));
    programme_finish(builder)->designs[cost].upper = budget_money;
    return STATUS_OK;
}

/* The sum of the direction, as a column. */
static enum status add_direction(const struct held *held, const struct held_question *question,
                                 struct programme_builder *builder, int *ret_column) {
    struct programme_border_row row = {"direction", 0.0, 0.0, false};
    int r = programme_add_border_row(builder, row);
    *ret_column = cost_column_free(builder, row.name, 0.0);
    TRY(r < 0 || *ret_column < 0 ? STATUS_NO_MEMORY : STATUS_OK);
    for (int m = 1; m < held->measures_count; m++) {
        if (held->measures[m].kind == MEASURE_CAPACITY && question->weight_ratio[m] != 0.0) {
            cost_column_on_border(builder, r, held->measures[m].column, question->weight_ratio[m]);
        }
    }
    cost_column_on_border(builder, r, *ret_column, -1.0);
    return STATUS_OK;
}

/* A figure that nothing holds is priced without a row of its own, but the peak. */
static bool is_priced_alone(const struct held *held, const struct held_question *question) {
    return question->aim > HELD_COST && held->measures[question->aim].kind == MEASURE_FIGURE &&
           held->measures[question->aim].index != FIGURE_PEAK &&
           !isfinite(question->aim_low_value) && !isfinite(question->aim_high_value);
}

/* The aim's column: its price, and between what it stays. */
static enum status add_aim(const struct held *held, const struct held_question *question,
                           struct year_rows *rows) {
    double price_money = question->most ? -question->aim_price_money : question->aim_price_money;
    struct held_row aim = {.column = -1};
    bool priced_alone = is_priced_alone(held, question);
    enum held_figure figure =
        question->aim > HELD_COST ? (enum held_figure)held->measures[question->aim].index : FIGURES;
    if (question->aim == HELD_DIRECTION) {
        TRY(add_direction(held, question, rows->builder, &aim.column));
    } else if (question->aim > HELD_COST && held->measures[question->aim].kind == MEASURE_FIGURE) {
        TRY(priced_alone ? STATUS_OK : held_add_figure(rows, figure, HUGE_VAL, &aim));
    } else if (question->aim > HELD_COST) {
        aim.column = held->measures[question->aim].column;
    }
    struct programme *programme = programme_finish(rows->builder);
    TRY(programme ? STATUS_OK : STATUS_NO_MEMORY);
    if (aim.column >= 0) {
        struct programme_design *design = &programme->designs[aim.column];
        design->cost += price_money;
        design->lower = fmax(design->lower, question->aim_low_value);
        design->upper = fmin(design->upper, question->aim_high_value);
    }
    return priced_alone ? held_price_figure(held, figure, price_money, rows->arena, programme)
                        : STATUS_OK;
}

/* No capacity is larger than that. */
static void set_caps(const struct held *held, const struct held_question *question,
                     struct programme *programme) {
    for (int m = 1; question->cap_value && m < held->measures_count; m++) {
        if (held->measures[m].kind == MEASURE_CAPACITY) {
            struct programme_design *design = &programme->designs[held->measures[m].column];
            design->upper = fmin(design->upper, question->cap_value[m]);
        }
    }
}

enum status held_programme(const struct held *held, const struct held_question *question,
                           struct arena *arena, struct held_asked *ret) {
    struct programme_builder *builder = programme_builder_copy(arena, held->programme);
    struct year_rows rows = {held->work, builder, arena, -1};
    TRY(builder ? STATUS_OK : STATUS_NO_MEMORY);
    if (isfinite(question->budget_money)) {
        TRY(add_budget(held, builder, question->budget_money, arena));
    }
    if (question->limited >= 0) {
        enum held_figure figure = (enum held_figure)held->measures[question->limited].index;
        TRY(held_add_figure(&rows, figure, question->limit_value, &ret->limit));
    }
    TRY(add_aim(held, question, &rows));
    ret->programme = programme_finish(builder);
    TRY(ret->programme && !arena_failed(arena) ? STATUS_OK : STATUS_NO_MEMORY);
    set_caps(held, question, ret->programme);
    return question->in_full ? held_use_in_full(held, question->in_full, arena, ret->programme)
                             : STATUS_OK;
}
