/* Alternatives of one key, each planned whole. A cooling method without a condenser hands over the coolant's return
   instead, at what its exchanger can give at most; that is noted. Sound power adds up over halls: L + 10 log10(MW). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "studies/compare.h"

#include <math.h>
#include <string.h>

#include "base/series.h"
#include "base/text.h"
#include "components/cooling_air.h"
#include "scenario/change.h"

enum { CHANGES_MAX = 3 * 20 };
static const char cooling_key[] = "cooling";

/* ---- which rows ---- */

static bool is_cooling(const struct component *kind) {
    int in = component_port(kind, "heat_in");
    return in >= 0 && kind->ports[in].side == SIDE_HALL && kind->ports[in].direction == FLOWS_IN;
}

/* A method that has to be told more than its name is left out of "all". */
static bool needs_more(const struct component *kind) {
    for (int k = 0; k < kind->params_count; k++) {
        if (kind->params[k].fallback == REQUIRED &&
            strcmp(kind->params[k].key, kind->capacity) != 0) {
            return true;
        }
    }
    return false;
}

static int all_methods(const char **values, int most) {
    int count = 0;
    for (int k = 0; k < component_count() && count < most; k++) {
        const struct component *kind = component_at(k);
        if (is_cooling(kind) && !needs_more(kind)) {
            values[count++] = kind->name;
        }
    }
    return count;
}

static int all_words(const struct param *param, const char **values, int most) {
    int count = 0;
    while (param && param->kind == PARAM_WORD && count < most && count < WORDS_MAX &&
           param->words[count]) {
        values[count] = param->words[count];
        count++;
    }
    return count;
}

static int listed(const char *list, struct arena *arena, const char **values, int most) {
    int count = 0;
    for (const char *at = list; *at && count < most; at += *at == ',') {
        size_t size = strcspn(at, ",");
        const char *value = arena_text_n(arena, at, size);
        if (value && *value) {
            values[count++] = value;
        }
        at += size;
    }
    return count;
}

static enum status which_rows(const struct compare_ask *ask, struct arena *arena, struct diag *diag,
                              const char **values, int *ret_count) {
    const struct component *hall = component_find("data_hall");
    const struct param *param = component_param(hall, ask->key);
    struct place nowhere = {NULL, 0, 0};
    bool cooling = strcmp(ask->key, cooling_key) == 0, all = strcmp(ask->values, "all") == 0;
    if (!cooling && !param) {
        diag_error(diag, nowhere, "a data centre has no key %s", ask->key);
        diag_remedy(diag, "`hearth explain data_hall` lists them; cooling is one, too");
        return STATUS_USAGE;
    }
    *ret_count = !all      ? listed(ask->values, arena, values, COMPARE_ROWS_MAX)
                 : cooling ? all_methods(values, COMPARE_ROWS_MAX)
                           : all_words(param, values, COMPARE_ROWS_MAX);
    if (*ret_count == 0) {
        diag_error(diag, nowhere, "%s: %s names nothing to compare", ask->key, ask->values);
        diag_remedy(diag, "give values apart by commas, such as  --%s %s", ask->key,
                    cooling ? "dry_cooler,chilled_water_economiser" : "1,2,5");
        return STATUS_USAGE;
    }
    for (int k = 0; k < *ret_count && cooling; k++) {
        const struct component *kind = component_find(values[k]);
        if (!kind || !is_cooling(kind)) {
            const char *known[COMPARE_ROWS_MAX];
            const char *near = diag_nearest(values[k], known, all_methods(known, COMPARE_ROWS_MAX));
            diag_error(diag, nowhere, "%s does not cool a data hall", values[k]);
            diag_remedy(diag, near ? "did you mean %s?" : "%s",
                        near ? near : "`hearth explain` lists what does");
            return STATUS_USAGE;
        }
    }
    return STATUS_OK;
}

/* ---- one row ---- */

/* Is this what the scenario says itself? */
static bool is_written(const struct scenario *base, const struct compare_ask *ask,
                       const char *value) {
    for (int h = 0; h < base->halls_count; h++) {
        const struct instance *hall = &base->instances[base->halls[h].instance];
        if (strcmp(ask->key, cooling_key) == 0) {
            int cooling = base->halls[h].cooling;
            if (cooling < 0 || strcmp(base->instances[cooling].kind->name, value) != 0) {
                return false;
            }
            continue;
        }
        const struct param *param = component_param(hall->kind, ask->key);
        const char *at = (const char *)hall->self + param->offset;
        double number = 0.0;
        bool same = false;
        if (param->kind == PARAM_WORD) {
            same = strcmp(param->words[*(const int *)(const void *)at], value) == 0;
        } else if (param->kind == PARAM_NUMBER && text_number(value, strlen(value), &number)) {
            same = fabs(*(const double *)(const void *)at - number) <= 1e-12 * fabs(number);
        }
        if (!same) {
            return false;
        }
    }
    return true;
}

/* The warmest that a method's coolant gives behind its exchanger, or behind a coil where it is air. */
static double return_most_c(const struct instance *hall, const struct component *exchanger,
                            const struct component *kind) {
    const struct param *coolant = component_param(hall->kind, "coolant_c"),
                       *approach = component_param(exchanger, "approach_dk");
    bool given = hall->given[coolant - hall->kind->params] == GIVEN_SCENARIO;
    double supply_c = component_number(hall->kind, hall->self, "supply_c", (double)NAN);
    const struct param *range = component_param(hall->kind, "coolant_dt_dk");
    double range_dk = kind->cooling && hall->given[range - hall->kind->params] != GIVEN_SCENARIO
                          ? kind->cooling->coolant_dt_dk
                          : component_number(hall->kind, hall->self, "coolant_dt_dk", 0.0);
    double coolant_c = !isnan(supply_c) ? supply_c + range_dk
                       : kind->cooling && !given
                           ? kind->cooling->coolant_c
                           : component_number(hall->kind, hall->self, "coolant_c", (double)NAN);
    return kind->cooling && kind->cooling->air ? cooling_air_take_off_c(coolant_c)
                                               : coolant_c - (approach ? approach->fallback : 0.0);
}

/* Heat of a method without condenser comes from the coolant's return, no hotter than its exchanger gives. */
static int add_recovery(const struct scenario *base, int h, const struct component *kind,
                        struct arena *arena, struct scenario_change *changes,
                        const char **ret_note) {
    const struct hall *hall = &base->halls[h];
    if (hall->recovery < 0 || component_port(kind, "heat_out") >= 0) {
        return 0;
    }
    const struct instance *exchanger = &base->instances[hall->recovery];
    const struct instance *it = &base->instances[hall->instance];
    double wanted_c =
        component_number(exchanger->kind, exchanger->self, "declared_supply_c", (double)NAN);
    double most_c = return_most_c(it, exchanger->kind, kind);
    double given_c = hall->recovery_follows ? most_c : fmin(wanted_c, most_c);
    char number[TEXT_NUMBER_SIZE];
    (void)text_from_number(number, given_c);
    *ret_note = arena_format(arena, "heat from the coolant's return, %s degC", number);
    if (hall->recovery_follows) {
        return 0;
    }
    changes[0] =
        (struct scenario_change){arena_format(arena, "data_centre.%d.heat_recovery.from", h),
                                 "coolant_return",
                                 {base->file, 0, 0},
                                 false};
    changes[1] = (struct scenario_change){
        arena_format(arena, "data_centre.%d.heat_recovery.temperature_c", h),
        arena_text(arena, number),
        {base->file, 0, 0},
        false};
    return 2;
}

static const char *first_error(const struct diag *diag, struct arena *arena) {
    for (int k = 0; k < diag_count(diag); k++) {
        const struct diag_message *message = diag_at(diag, k);
        if (message->level == DIAG_ERROR) {
            return arena_text(arena, message->text);
        }
    }
    return NULL;
}

/* Mean temperature of what is handed over, by heat; where nothing is, of the coolant's return. */
static double heat_c(const struct plan *plan) {
    const struct scenario *s = plan->scenario;
    const struct case_plan *together = &plan->cases[CASE_TOGETHER];
    size_t count = (size_t)plan->hours->count;
    struct sum heat = {0, 0}, level = {0, 0}, it = {0, 0}, coolant = {0, 0};
    for (int h = 0; h < s->halls_count; h++) {
        const struct instance *hall = &s->instances[s->halls[h].instance];
        double it_kw = component_number(hall->kind, hall->self, "it_kw", 0.0);
        int i = s->halls[h].recovery;
        sum_add(&it, it_kw);
        sum_add(&coolant, it_kw * component_number(hall->kind, hall->self, "coolant_c", 0.0));
        if (i < 0 || !together->flow[i].included) {
            continue;
        }
        int port = component_port(s->instances[i].kind, "heat_out");
        const double *supply_c =
            together->temperature_c[0] + (size_t)s->instances[i].port_bus[port] * count;
        for (int t = 0; t < plan->hours->horizon_count; t++) {
            sum_add(&heat, together->flow[i].port_kw[port][t]);
            sum_add(&level, together->flow[i].port_kw[port][t] * supply_c[t]);
        }
    }
    if (sum_value(&heat) > 1e-6 * sum_value(&it)) {
        return sum_value(&level) / sum_value(&heat);
    }
    return sum_value(&it) > 0.0 ? sum_value(&coolant) / sum_value(&it) : (double)NAN;
}

static void add_cooling(const struct plan *plan, struct comparison_row *row) {
    const struct scenario *s = plan->scenario;
    double sound_ratio = 0.0;
    for (int i = 0; i < s->instances_count; i++) {
        const struct instance *it = &s->instances[i];
        const struct flow *flow = &plan->cases[CASE_TOGETHER].flow[i];
        if (!flow->included || it->hall < 0 || !is_cooling(it->kind) ||
            s->halls[it->hall].recovery == i) {
            continue;
        }
        row->cooling_invest_money += flow->investment_money;
        double per_mw_db = component_number(it->kind, it->self, "sound_db", (double)NAN);
        sound_ratio += pow(10.0, per_mw_db / 10.0) * flow->capacity / 1000.0;
    }
    row->sound_db = sound_ratio > 0.0 ? 10.0 * log10(sound_ratio) : (double)NAN;
}

static enum status fill_row(const struct compare_ask *ask, const struct scenario_change *changes,
                            int count, struct arena *scratch, struct arena *arena,
                            struct comparison_row *row) {
    struct diag *diag = diag_new(scratch);
    struct scenario *scenario = NULL;
    struct plan *plan = NULL;
    struct accounts *accounts = NULL;
    if (!diag) {
        return STATUS_NO_MEMORY;
    }
    row->status = scenario_parse_changed(scratch, diag, ask->file, ask->text, ask->size, changes,
                                         count, &scenario);
    if (row->status == STATUS_OK) {
        row->status = plan_solve(scenario, &ask->options, scratch, diag, &plan);
    }
    if (row->status == STATUS_OK) {
        row->status = accounts_make(plan, scratch, &accounts);
    }
    if (row->status == STATUS_NO_MEMORY || row->status == STATUS_CANCELLED) {
        return row->status;
    }
    if (row->status != STATUS_OK) {
        const char *reason = first_error(diag, arena);
        row->reason = reason ? reason : status_text(row->status);
        return STATUS_OK;
    }
    row->together = accounts->metrics[CASE_TOGETHER];
    row->apart = accounts->metrics[CASE_APART];
    row->heat_c = heat_c(plan);
    add_cooling(plan, row);
    return STATUS_OK;
}

static enum status plan_row(const struct compare_ask *ask, const struct scenario *base,
                            struct arena *arena, struct comparison_row *row) {
    struct scenario_change changes[CHANGES_MAX];
    const struct component *kind =
        strcmp(ask->key, cooling_key) == 0 ? component_find(row->value) : NULL;
    int count = 0;
    for (int h = 0; h < base->halls_count && !row->as_written && count + 3 <= CHANGES_MAX; h++) {
        changes[count++] =
            (struct scenario_change){arena_format(arena, "data_centre.%d.%s", h, ask->key),
                                     row->value,
                                     {base->file, 0, 0},
                                     true};
        count += kind ? add_recovery(base, h, kind, arena, &changes[count], &row->note) : 0;
    }
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    struct arena *scratch = arena_new(0);
    enum status status =
        scratch ? fill_row(ask, changes, count, scratch, arena, row) : STATUS_NO_MEMORY;
    arena_free(scratch);
    return status;
}

/* What a row costs: a year, or a kWh of work where rows do not do the same. */
static double cost_of(const struct comparison *c, const struct comparison_row *row) {
    return row->together.cost_money_year / (c->same_work ? 1.0 : row->together.service_kwh_year);
}

static void choose_best(struct comparison *c) {
    const double same_frac = 1e-9;
    double least_kwh = HUGE_VAL, most_kwh = 0.0;
    c->best = -1;
    for (int k = 0; k < c->count; k++) {
        bool planned = c->rows[k].status == STATUS_OK;
        double work_kwh = c->rows[k].together.service_kwh_year;
        least_kwh = planned ? fmin(least_kwh, work_kwh) : least_kwh;
        most_kwh = planned ? fmax(most_kwh, work_kwh) : most_kwh;
    }
    c->same_work = most_kwh - least_kwh <= same_frac * most_kwh || least_kwh <= 0.0;
    for (int k = 0; k < c->count; k++) {
        if (c->rows[k].status == STATUS_OK &&
            (c->best < 0 || cost_of(c, &c->rows[k]) < cost_of(c, &c->rows[c->best]))) {
            c->best = k;
        }
    }
}

enum status compare_run(const struct compare_ask *ask, struct arena *arena, struct diag *diag,
                        struct comparison **ret) {
    const char *values[COMPARE_ROWS_MAX];
    struct scenario *base = NULL;
    struct comparison *comparison = ARENA_TAKE(arena, struct comparison, 1);
    if (!comparison) {
        return STATUS_NO_MEMORY;
    }
    TRY(which_rows(ask, arena, diag, values, &comparison->count));
    TRY(scenario_parse(arena, diag, ask->file, ask->text, ask->size, &base));
    if (base->halls_count == 0) {
        diag_error(diag, (struct place){ask->file, 0, 0}, "there is no data centre to compare");
        diag_remedy(diag, "add  data_centre: [{name: hall, it_kw: 5000}]");
        return STATUS_BAD_SCENARIO;
    }
    comparison->rows = ARENA_TAKE(arena, struct comparison_row, comparison->count);
    if (!comparison->rows) {
        return STATUS_NO_MEMORY;
    }
    comparison->key = ask->key;
    comparison->name = base->name;
    comparison->currency = base->currency;
    comparison->year_frac = base->year_frac;
    for (int k = 0; k < comparison->count; k++) {
        struct comparison_row *row = &comparison->rows[k];
        const struct component *kind = component_find(values[k]);
        row->value = values[k];
        row->title = strcmp(ask->key, cooling_key) == 0 && kind ? kind->title : values[k];
        row->as_written = is_written(base, ask, values[k]);
        row->heat_c = row->sound_db = (double)NAN;
        TRY(plan_row(ask, base, arena, row));
    }
    choose_best(comparison);
    *ret = comparison;
    return STATUS_OK;
}
