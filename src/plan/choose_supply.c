/* How warm the coolant should be. What follows from its temperature is no line of a programme (what servers draw, what
   a chiller lifts, what an exchanger hands over), so each temperature is a plan of its own, all three cases solved to
   rest, and the one that costs least together is kept. A plan begins at the optimum of the one before it, whose
   programmes have the same shape. Two plans are held at a time: the best and the last. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/series.h"
#include "base/text.h"
#include "base/units.h"
#include "plan/internal.h"
#include "plan/supply.h"
#include "scenario/tried.h"

static const double same_ratio = 1e-9;
enum { WORDS_BYTES = 200 };

static const struct {
    const char *key, *meaning;
    size_t offset;
} table[] = {
#define SUPPLY(key, meaning) {#key, meaning, offsetof(struct supply_row, key)},
#include "plan/supply.def"
#undef SUPPLY
};

int supply_figures_count(void) { return COUNT(table); }
const char *supply_figure_key(int index) { return table[index].key; }
const char *supply_figure_meaning(int index) { return table[index].meaning; }
double *supply_value(struct supply_row *row, int index) {
    return (double *)(void *)((char *)row + table[index].offset);
}

/* ---- figures ---- */

static double simulated_money(const struct case_plan *plan) {
    return plan->objective_money + plan->gap_money;
}

/* What flows through the ports of one carrier and direction, in a year. */
static double ports_year(const struct plan *plan, int i, enum carrier carrier,
                         enum direction direction) {
    const struct component *kind = plan->scenario->instances[i].kind;
    const struct flow *flow = &plan->cases[CASE_TOGETHER].flow[i];
    double total_kw = 0.0;
    for (int p = 0; flow->included && p < kind->ports_count; p++) {
        if (kind->ports[p].carrier == carrier && kind->ports[p].direction == direction &&
            flow->port_kw[p]) {
            total_kw += series_sum(flow->port_kw[p], plan->hours->horizon_count);
        }
    }
    return units_energy_kwh(total_kw, plan->hours->step_h, 1.0) / plan->scenario->year_frac;
}

static void add_instance(const struct plan *plan, int i, double *heat_kwh, struct supply_row *ret) {
    const struct component *kind = plan->scenario->instances[i].kind;
    const struct flow *flow = &plan->cases[CASE_TOGETHER].flow[i];
    if (!flow->included) {
        return;
    }
    double power_kwh = ports_year(plan, i, CARRIER_ELECTRICITY, FLOWS_IN);
    if (plan_in_data_centre(plan->scenario, i)) {
        ret->data_centre_kwh_year += power_kwh;
        ret->cooling_kwh_year += kind->shape == SHAPE_CONVERTER ? power_kwh : 0.0;
    }
    if (strcmp(kind->name, "heat_pump") == 0) {
        ret->heat_pump_kwh_year += power_kwh;
        *heat_kwh += ports_year(plan, i, CARRIER_HEAT, FLOWS_OUT);
    }
    if (plan_is_grid(kind)) {
        double sum_kw = series_sum(flow->rate_kw[0], plan->hours->horizon_count);
        ret->import_kwh_year +=
            units_energy_kwh(sum_kw, plan->hours->step_h, 1.0) / plan->scenario->year_frac;
    }
    ret->fuel_kwh_year +=
        strcmp(kind->name, "fuel_supply") == 0 ? ports_year(plan, i, CARRIER_FUEL, FLOWS_OUT) : 0.0;
    ret->water_m3_year += strcmp(kind->name, "water_supply") == 0
                              ? ports_year(plan, i, CARRIER_WATER, FLOWS_OUT)
                              : 0.0;
    ret->capital_money_year +=
        (flow->capital_money + flow->fixed_money) / plan->scenario->year_frac;
}

/* Cost of one more kWh of heat, by what the town needs. */
static double heat_price_money_kwh(const struct plan *plan) {
    const struct scenario *s = plan->scenario;
    const struct case_plan *together = &plan->cases[CASE_TOGETHER];
    struct sum heat = {0, 0}, money = {0, 0};
    for (int k = 0; k < s->towns_count; k++) {
        int i = s->towns[k].instance, bus = s->towns[k].bus;
        int in = component_port(s->instances[i].kind, "heat_in");
        const double *price = bus >= 0 ? together->price_money_kwh[bus] : NULL;
        const double *need_kw =
            together->flow[i].included && in >= 0 ? together->flow[i].port_kw[in] : NULL;
        for (int t = 0; price && need_kw && t < plan->hours->horizon_count; t++) {
            sum_add(&heat, need_kw[t]);
            sum_add(&money, need_kw[t] * price[t]);
        }
    }
    return sum_value(&heat) > 0.0 ? sum_value(&money) / sum_value(&heat) : (double)NAN;
}

static void no_figures(struct supply_row *row, double value) {
    for (int k = 0; k < COUNT(table); k++) {
        *supply_value(row, k) = value;
    }
}

void supply_figures(const struct plan *plan, struct supply_row *ret) {
    static const double least_kw = 1e-6; /* a mean below it is no heat */
    const struct scenario *s = plan->scenario;
    double heat_kwh = 0.0;
    no_figures(ret, 0.0);
    for (int i = 0; i < s->instances_count; i++) {
        add_instance(plan, i, &heat_kwh, ret);
    }
    for (int h = 0; h < s->halls_count; h++) {
        int recovery = s->halls[h].recovery;
        ret->reused_kwh_year +=
            recovery >= 0 ? ports_year(plan, recovery, CARRIER_HEAT, FLOWS_OUT) : 0.0;
    }
    double hours_h = plan->hours->step_h * plan->hours->horizon_count / s->year_frac;
    ret->heat_pump_cop =
        heat_kwh > least_kw * hours_h ? heat_kwh / ret->heat_pump_kwh_year : (double)NAN;
    ret->heat_price_money_kwh = heat_price_money_kwh(plan);
    ret->cost_money_year = simulated_money(&plan->cases[CASE_TOGETHER]) / s->year_frac;
    ret->apart_cost_money_year = simulated_money(&plan->cases[CASE_APART]) / s->year_frac;
}

/* ---- the search ---- */

struct trial {
    struct arena *arena;
    struct diag *diag;
    struct plan *plan;
    enum status status;
};

struct search {
    const struct scenario *scenario;
    const struct plan_options *options;
    struct arena *arena; /* the caller's */
    struct diag *diag;
    struct supply_choice *choice;
    char words[WORDS_BYTES]; /* which temperature is being planned */
};

static bool tell_progress(void *data, const char *words) {
    struct search *search = data;
    char line[WORDS_BYTES];
    (void)snprintf(line, sizeof line, "%.60s: %.120s", search->words, words);
    return search->options->progress(search->options->data, line);
}

/* The plan of one row in an arena of its own, begun at the optimum of another. */
static enum status plan_row(struct search *search, int row, const struct plan *parent,
                            struct trial *trial) {
    const struct supply_choice *choice = search->choice;
    const double *supply_c = choice->row[row].supply_c;
    struct scenario *scenario = NULL;
    struct plan_options options = {.iterations_limit = 0};
    if (search->options) {
        options = *search->options;
    }
    if (options.progress) {
        (void)snprintf(search->words, sizeof search->words, "%s %g degC",
                       search->scenario->halls[choice->hall[0]].name, supply_c[0]);
        options.progress = tell_progress;
        options.data = search;
    }
    *trial = (struct trial){.arena = arena_new(0)};
    trial->diag = trial->arena ? diag_new(trial->arena) : NULL;
    TRY(trial->diag ? STATUS_OK : STATUS_NO_MEMORY);
    trial->status = tried_read(search->scenario, choice->hall, supply_c, choice->halls_count,
                               trial->arena, trial->diag, &scenario);
    if (trial->status == STATUS_OK) {
        trial->status =
            plan_solve_given(scenario, &options, parent, trial->arena, trial->diag, &trial->plan);
    }
    enum status status = trial->status;
    return status == STATUS_NO_MEMORY || status == STATUS_CANCELLED || status == STATUS_INTERNAL
               ? status
               : STATUS_OK;
}

static const char *first_error(const struct trial *trial, struct arena *arena) {
    for (int k = 0; k < diag_count(trial->diag); k++) {
        const struct diag_message *message = diag_at(trial->diag, k);
        if (message->level == DIAG_ERROR) {
            return arena_text(arena, message->text);
        }
    }
    return status_text(trial->status);
}

static void drop(struct trial *trial) {
    arena_free(trial->arena);
    *trial = (struct trial){.arena = NULL};
}

/* Neither a plan is known nor that there is none: said aloud, since the best is then that of the others alone. */
static void warn_undecided(struct search *search, const struct supply_row *row) {
    char number[TEXT_NUMBER_SIZE];
    (void)text_from_number(number, row->supply_c[0]);
    diag_warning(search->diag, tried_of(search->scenario, search->choice->hall[0])->place,
                 "supply_c: %s degC is left out, without knowing what it costs: %s", number,
                 row->reason);
    diag_remedy(search->diag, "raise --iterations, or let Clp answer with --fallback");
}

static void fill_row(struct search *search, const struct trial *trial, struct supply_row *row) {
    if (trial->status == STATUS_OK) {
        supply_figures(trial->plan, row);
        return;
    }
    no_figures(row, (double)NAN);
    row->reason = first_error(trial, search->arena);
    if (trial->status != STATUS_INFEASIBLE && trial->status != STATUS_BAD_SCENARIO) {
        warn_undecided(search, row);
    }
}

static bool is_better(const struct supply_choice *choice, int row) {
    const struct supply_row *rows = choice->row;
    return !rows[row].reason &&
           (choice->best < 0 ||
            rows[row].cost_money_year < rows[choice->best].cost_money_year -
                                            same_ratio * fabs(rows[choice->best].cost_money_year));
}

/* best: the cheapest plan, or the first trial where none has one. */
static enum status search_rows(struct search *search, struct trial *best) {
    struct supply_choice *choice = search->choice;
    struct trial last = {.arena = NULL}; /* where it is not the best */
    enum status status = STATUS_OK;
    for (int row = 0; row < choice->rows_count && status == STATUS_OK; row++) {
        struct trial trial;
        const struct plan *parent = last.plan ? last.plan : best->plan;
        status = plan_row(search, row, parent, &trial);
        if (status == STATUS_OK && trial.status == STATUS_STALLED && parent) {
            drop(&trial); /* led astray? once more from the beginning */
            status = plan_row(search, row, NULL, &trial);
        }
        if (status != STATUS_OK) {
            drop(&trial);
            break;
        }
        fill_row(search, &trial, &choice->row[row]);
        if (is_better(choice, row) || !best->arena) {
            choice->best = trial.status == STATUS_OK ? row : choice->best;
            drop(&last);
            drop(best);
            *best = trial;
        } else if (trial.status == STATUS_OK) {
            drop(&last);
            last = trial;
        } else {
            drop(&trial);
        }
    }
    drop(&last);
    return status;
}

static struct supply_choice *choice_new(const struct scenario *scenario, struct arena *arena) {
    struct supply_choice *choice = ARENA_TAKE(arena, struct supply_choice, 1);
    int *hall = ARENA_TAKE(arena, int, scenario->halls_count);
    if (!choice || !hall) {
        return NULL;
    }
    choice->best = -1;
    choice->hall = hall;
    choice->halls_count = tried_halls(scenario, hall);
    choice->rows_count = tried_plans(scenario, hall, choice->halls_count);
    choice->row = ARENA_TAKE(arena, struct supply_row, choice->rows_count);
    for (int row = 0; choice->row && row < choice->rows_count; row++) {
        double *supply_c = ARENA_TAKE(arena, double, choice->halls_count);
        if (supply_c) {
            tried_values(scenario, hall, choice->halls_count, row, supply_c);
        }
        choice->row[row].supply_c = supply_c;
    }
    return arena_failed(arena) ? NULL : choice;
}

static enum status choose_supply(const struct scenario *scenario,
                                 const struct plan_options *options, struct arena *arena,
                                 struct diag *diag, struct plan **ret) {
    struct search search = {.scenario = scenario,
                            .options = options,
                            .arena = arena,
                            .diag = diag,
                            .choice = choice_new(scenario, arena)};
    struct trial best = {.arena = NULL};
    if (!search.choice) {
        return STATUS_NO_MEMORY;
    }
    diag_file(diag, scenario->file, scenario->source.text, scenario->source.size);
    enum status status = search_rows(&search, &best);
    if (status != STATUS_OK || !best.arena) {
        drop(&best);
        return status;
    }
    diag_append(diag, best.diag);
    struct plan *plan = best.plan;
    arena_join(arena, best.arena);
    if (plan) {
        plan->supply = search.choice->best >= 0 ? search.choice : NULL;
        *ret = plan;
    }
    return best.status;
}

enum status plan_solve(const struct scenario *scenario, const struct plan_options *options,
                       struct arena *arena, struct diag *diag, struct plan **ret) {
    for (int h = 0; h < scenario->halls_count; h++) {
        const struct tried *tried = tried_of(scenario, h);
        const struct instance *hall = &scenario->instances[scenario->halls[h].instance];
        if (hall->capacity.chosen) {
            diag_error(diag, hall->place, "%s: how much IT stands was decided by a roadmap",
                       hall->name);
            diag_remedy(diag, "write its it_kw as a number, or plan all stages: hearth roadmap");
            return STATUS_BAD_SCENARIO;
        }
        if (tried && isnan(tried->chosen_value)) {
            return choose_supply(scenario, options, arena, diag, ret);
        }
    }
    return plan_solve_given(scenario, options, NULL, arena, diag, ret);
}

/* ---- held against its record ---- */

static bool is_near(double one_ratio, double other_ratio) {
    return isnan(one_ratio) ? isnan(other_ratio)
                            : fabs(one_ratio - other_ratio) <=
                                  same_ratio * fmax(fabs(one_ratio), fabs(other_ratio));
}

enum status supply_restore(struct plan *plan, struct supply_choice *recorded, struct diag *diag) {
    struct place place = {plan->scenario->file, 0, 0};
    struct supply_row *best = &recorded->row[recorded->best];
    struct supply_row own = *best;
    for (int k = 0; k < recorded->halls_count; k++) {
        const struct tried *tried = tried_of(plan->scenario, recorded->hall[k]);
        if (!tried || !is_near(tried->chosen_value, best->supply_c[k])) {
            diag_error(diag, place, "supply_choice: its best is not what the plan has chosen");
            return STATUS_CHECK_FAILED;
        }
    }
    supply_figures(plan, &own);
    for (int k = 0; k < COUNT(table); k++) {
        if (!is_near(*supply_value(&own, k), *supply_value(best, k))) {
            diag_error(diag, place, "supply_choice: %s of its best is not the plan's",
                       table[k].key);
            return STATUS_CHECK_FAILED;
        }
    }
    for (int row = 0; row < recorded->rows_count; row++) {
        if (row != recorded->best && is_better(recorded, row)) {
            diag_error(diag, place, "supply_choice: row %d costs less than the best", row + 1);
            return STATUS_CHECK_FAILED;
        }
    }
    plan->supply = recorded;
    return STATUS_OK;
}
