/* What every kind of component keeps to, so that a new one is under test before anybody wrote a
   test for it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "base/units.h"
#include "draw.h"
#include "kinds.h"

enum { DRAWS = 300 };

static int failures;
static int last_line; /* each rule is said once per kind */
static const void *last_kind;

#define EXPECT(kind, condition, ...)                                                               \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            failures++;                                                                            \
            if (last_kind != (kind) || last_line != __LINE__) {                                    \
                last_kind = (kind);                                                                \
                last_line = __LINE__;                                                              \
                printf("%s: ", (kind)->name);                                                      \
                printf(__VA_ARGS__);                                                               \
                printf("\n");                                                                      \
            }                                                                                      \
        }                                                                                          \
    } while (0)

/* ---- words and tables ------------------------------------------------------------------------ */
static bool is_key(const char *text) {
    for (const char *c = text; *c; c++) {
        if (!islower((unsigned char)*c) && !isdigit((unsigned char)*c) && *c != '_') {
            return false;
        }
    }
    return islower((unsigned char)text[0]) != 0;
}

/* Begins with a capital or a digit, ends with one full stop, and has no second sentence behind
   it. */
static bool is_sentence(const char *text) {
    size_t size = text ? strlen(text) : 0;
    return size >= 6 && text[size - 1] == '.' && !islower((unsigned char)text[0]) &&
           !strstr(text, ". ") && text_is_utf8(text, size);
}

static void look_at_words(const struct component *kind) {
    EXPECT(kind, is_key(kind->name), "the name is no key");
    EXPECT(kind, kind->title && kind->title[0], "no title");
    EXPECT(kind, is_sentence(kind->summary), "the summary is no sentence: %s", kind->summary);
    EXPECT(kind,
           kind->validity && strlen(kind->validity) > 10 && text_ends_with(kind->validity, "."),
           "no range of validity");
    EXPECT(kind, kind->references && strlen(kind->references) > 5, "no references");
    EXPECT(kind, kind->maturity >= 1 && kind->maturity <= 9, "maturity %d", kind->maturity);
}

static void look_at_param(const struct component *kind, int k) {
    const struct param *param = &kind->params[k];
    for (int other = 0; other < k; other++) {
        EXPECT(kind, strcmp(kind->params[other].key, param->key) != 0, "%s stands twice",
               param->key);
    }
    EXPECT(kind, is_key(param->key), "%s is no key", param->key);
    EXPECT(kind, is_sentence(param->meaning), "%s: not one sentence: %s", param->key,
           param->meaning);
    EXPECT(kind, param->source && strlen(param->source) >= 4, "%s: no source", param->key);
    EXPECT(kind, param->offset < kind->size, "%s: lies outside the struct", param->key);
    if (param->kind == PARAM_WORD) {
        int words = 0;
        while (words < WORDS_MAX && param->words[words]) {
            EXPECT(kind, isalnum((unsigned char)param->words[words][0]), "%s: odd word",
                   param->key);
            words++;
        }
        EXPECT(kind, words >= 2 && words < WORDS_MAX, "%s: %d words", param->key, words);
        EXPECT(kind, param->fallback >= 0.0 && param->fallback < words, "%s: no such default",
               param->key);
        return;
    }
    if (param->kind == PARAM_FLAG) {
        return;
    }
    EXPECT(kind, units_of_name(param->key) != NULL, "%s: no unit of base/units.def", param->key);
    EXPECT(kind, param->min < param->max, "%s: empty range", param->key);
    EXPECT(kind,
           param->fallback == REQUIRED || isnan(param->fallback) ||
               (param->fallback >= param->min && param->fallback <= param->max),
           "%s: default %g outside %g..%g", param->key, param->fallback, param->min, param->max);
}

static void look_at_ports(const struct component *kind) {
    EXPECT(kind, kind->ports_count >= 1 && kind->ports_count <= PORTS_MAX, "%d ports",
           kind->ports_count);
    EXPECT(kind, kind->reference_port >= 0 && kind->reference_port < kind->ports_count,
           "no such reference port");
    for (int p = 0; p < kind->ports_count; p++) {
        const struct port *port = &kind->ports[p];
        EXPECT(kind, port->name && is_key(port->name), "port %d has no name", p);
        EXPECT(kind, component_port(kind, port->name) == p, "port %s stands twice", port->name);
        EXPECT(kind, port->meaning && strlen(port->meaning) > 3, "port %s: no meaning", port->name);
        EXPECT(kind,
               !port->sets_temperature || (kind->temperatures && port->carrier == CARRIER_HEAT),
               "port %s sets no temperature", port->name);
    }
}

static const struct param *number_param(const struct component *kind, const char *key) {
    const struct param *param = key ? component_param(kind, key) : NULL;
    return param && param->kind == PARAM_NUMBER ? param : NULL;
}

static void look_at_shape(const struct component *kind) {
    int modes = 0;
    while (modes < MODES_MAX && kind->mode_names[modes]) {
        modes++;
    }
    bool with_modes = kind->shape == SHAPE_SOURCE || kind->shape == SHAPE_CONVERTER;
    EXPECT(kind, !with_modes || modes >= 1, "no mode has a name");
    EXPECT(kind, kind->shape != SHAPE_SOURCE || modes == 1, "a source has one mode");
    EXPECT(kind, !kind->capacity || number_param(kind, kind->capacity), "%s is no number",
           kind->capacity);
    EXPECT(kind,
           !kind->capacity2 || (kind->shape == SHAPE_STORE && number_param(kind, kind->capacity2)),
           "%s is no second capacity", kind->capacity2);
    EXPECT(kind, kind->shape == SHAPE_LOAD || kind->cost_payee, "nobody is paid");
    EXPECT(kind, kind->coefficients != NULL, "no coefficients");
}

/* More costs more, and costs less per unit; catalogue money is real money of a recent year. */
static void look_at_cost(const struct component *kind) {
    const struct cost_curve *cost = &kind->cost;
    if (!cost->currency) {
        return;
    }
    EXPECT(kind, strlen(cost->currency) == 3 && cost->year >= 2010 && cost->year <= 2026,
           "odd money");
    EXPECT(kind, cost->source && strlen(cost->source) > 5, "cost without a source");
    EXPECT(kind, cost->points >= 1 && cost->points <= 6, "%d cost points", cost->points);
    EXPECT(kind, number_param(kind, "life_year") && number_param(kind, "fom_frac_year"),
           "cost without life_year or fom_frac_year");
    for (int k = 1; k < cost->points; k++) {
        EXPECT(kind, cost->point[k].size > cost->point[k - 1].size, "cost points do not ascend");
    }
    const struct cost_later *later = &kind->later;
    for (int k = 0; later->year && k < cost->points; k++) {
        EXPECT(kind, later->first_year >= 2020 && later->year > later->first_year, "odd years");
        EXPECT(kind, later->capex_money_unit_ratio[k] > 0.0, "no later price at point %d", k);
    }
    void *self = calloc(1, kind->size);
    struct random random;
    random_seed(&random, 5);
    draw_parameters(&random, kind, self);
    double before = 0.0;
    for (double size = 10.0; size <= 1e6; size *= 1.3) {
        double money = component_capex_money(kind, self, size, 0);
        EXPECT(kind, isfinite(money) && money > 0.0, "costs %g at %g", money, size);
        /* a step between two catalogue classes may make the larger one a tenth cheaper, not more */
        EXPECT(kind, money >= 0.6 * before, "%g costs %g, a smaller one %g", size, money, before);
        before = fmax(before, money);
    }
    free(self);
}

static void tables_are_whole(void **state) {
    (void)state;
    failures = 0;
    for (int k = 0; k < kinds_count(); k++) {
        const struct component *kind = kinds_at(k);
        look_at_words(kind);
        for (int p = 0; p < kind->params_count; p++) {
            look_at_param(kind, p);
        }
        look_at_ports(kind);
        look_at_shape(kind);
        look_at_cost(kind);
    }
    assert_int_equal(failures, 0);
}

static void the_registry_is_in_order_and_finds(void **state) {
    (void)state;
    assert_true(component_count() >= 20);
    for (int k = 0; k < component_count(); k++) {
        assert_ptr_equal(component_find(component_at(k)->name), component_at(k));
        assert_true(k == 0 || strcmp(component_at(k - 1)->name, component_at(k)->name) < 0);
    }
    assert_null(component_find("template"));
    assert_null(component_find(""));
}

static bool exists(const char *folder, const char *name, const char *end) {
    char path[256];
    (void)snprintf(path, sizeof path, "%s%s%s", folder, name, end);
    FILE *file = fopen(path, "r");
    if (file) {
        (void)fclose(file);
    }
    return file != NULL;
}

static void pages_and_cases_exist(void **state) {
    (void)state;
    failures = 0;
    for (int k = 0; k < kinds_count(); k++) {
        const struct component *kind = kinds_at(k);
        EXPECT(kind, exists("src/components/", kind->name, ".md"), "no page");
        EXPECT(kind, exists("src/components/", kind->name, ".cases"), "no cases");
    }
    assert_int_equal(failures, 0);
}

/* ---- drawn parameters and hours -------------------------------------------------------------- */
struct drawn {
    const struct component *kind;
    struct arena *arena;
    void *self;
    struct hours *hours;
    struct coefficients *coefficients;
};

static bool accepted(const struct component *kind, const void *self, struct arena *arena) {
    if (!kind->check) {
        return true;
    }
    struct diag *diag = diag_new(arena);
    kind->check(self, diag, (struct place){NULL, 0, 0});
    return diag_errors(diag) == 0;
}

static void fill(const struct drawn *drawn, const void *self, struct coefficients *c) {
    coefficients_reset(c, drawn->kind);
    drawn->kind->coefficients(self, drawn->hours, c);
}

static bool within(const double *value, double min, double max) {
    for (int t = 0; t < DRAW_STEPS; t++) {
        if (!(value[t] >= min && value[t] <= max)) {
            return false;
        }
    }
    return true;
}

static void judge_finite(const struct drawn *drawn) {
    const struct component *kind = drawn->kind;
    const struct coefficients *c = drawn->coefficients;
    const double most = 1e9;
    for (int m = 0; m < c->modes; m++) {
        for (int p = 0; p < kind->ports_count; p++) {
            EXPECT(kind, within(c->mode[m].port[p], -most, most), "mode %d, %s: not finite", m,
                   kind->ports[p].name);
            bool both_ways = strcmp(kind->name, "grid") == 0;
            EXPECT(kind, both_ways || within(c->mode[m].port[p], 0.0, most),
                   "mode %d, %s: negative", m, kind->ports[p].name);
        }
        EXPECT(kind, within(c->mode[m].use, 0.0, most), "mode %d: use", m);
        EXPECT(kind, within(c->mode[m].cost_money_kwh, -most, most), "mode %d: cost", m);
        EXPECT(kind, within(c->mode[m].carbon_kgco2_kwh, -most, most), "mode %d: carbon", m);
        EXPECT(kind, within(c->mode[m].carbon_marginal_kgco2_kwh, -most, most),
               "mode %d: marginal carbon", m);
    }
    EXPECT(kind, within(c->availability_frac, 0.0, 1.5), "availability");
    EXPECT(kind, within(c->kept_frac, 0.0, 1.0), "kept");
    EXPECT(kind, within(c->charge_eff, 0.01, 1.0) && within(c->discharge_eff, 0.01, 1.0),
           "efficiency of the store");
    EXPECT(kind, within(c->standing_kw_kwh, 0.0, 10.0), "standing loss of the store");
    EXPECT(kind, within(c->loss_frac, 0.0, 1.0), "loss of the line");
    EXPECT(kind, within(c->standing_kw_kw, 0.0, most) && within(c->pump_kw_kw, 0.0, most),
           "standing or pumping");
    EXPECT(kind, c->charge_per_h_ratio > 0.0 && c->discharge_per_h_ratio > 0.0, "no power");
    EXPECT(kind,
           c->level_min_frac >= 0.0 && c->level_min_frac < c->level_max_frac &&
               c->level_max_frac <= 1.0,
           "levels");
}

static bool same(const double *a, const double *b) {
    return memcmp(a, b, DRAW_STEPS * sizeof(double)) == 0;
}

static bool same_coefficients(const struct component *kind, const struct coefficients *a,
                              const struct coefficients *b) {
    bool equal = a->modes == b->modes && same(a->availability_frac, b->availability_frac) &&
                 same(a->kept_frac, b->kept_frac) && same(a->charge_eff, b->charge_eff) &&
                 same(a->discharge_eff, b->discharge_eff) &&
                 same(a->standing_kw_kwh, b->standing_kw_kwh) && same(a->loss_frac, b->loss_frac) &&
                 same(a->standing_kw_kw, b->standing_kw_kw) && same(a->pump_kw_kw, b->pump_kw_kw) &&
                 !(a->charge_per_h_ratio < b->charge_per_h_ratio) &&
                 !(a->charge_per_h_ratio > b->charge_per_h_ratio) &&
                 memcmp(a->demand_money_kw_month, b->demand_money_kw_month,
                        sizeof a->demand_money_kw_month) == 0;
    for (int m = 0; equal && m < a->modes; m++) {
        for (int p = 0; p < kind->ports_count; p++) {
            equal = equal && same(a->mode[m].port[p], b->mode[m].port[p]);
        }
        equal = equal && same(a->mode[m].use, b->mode[m].use) &&
                same(a->mode[m].cost_money_kwh, b->mode[m].cost_money_kwh) &&
                same(a->mode[m].carbon_kgco2_kwh, b->mode[m].carbon_kgco2_kwh) &&
                same(a->mode[m].carbon_marginal_kgco2_kwh, b->mode[m].carbon_marginal_kgco2_kwh) &&
                memcmp(a->mode[m].may_run, b->mode[m].may_run, DRAW_STEPS * sizeof(bool)) == 0;
    }
    return equal;
}

static void judge_pure(const struct drawn *drawn) {
    struct coefficients *again = coefficients_new(drawn->arena, drawn->kind, DRAW_STEPS);
    char *self = arena_take(drawn->arena, 1, drawn->kind->size);
    memcpy(self, drawn->self, drawn->kind->size);
    fill(drawn, self, again);
    EXPECT(drawn->kind, same_coefficients(drawn->kind, drawn->coefficients, again),
           "not the same twice");
    EXPECT(drawn->kind, memcmp(self, drawn->self, drawn->kind->size) == 0, "writes its parameters");
}

static void judge_capacity(const struct drawn *drawn) {
    const struct component *kind = drawn->kind;
    struct coefficients *again = coefficients_new(drawn->arena, kind, DRAW_STEPS);
    char *self = arena_take(drawn->arena, 1, kind->size);
    memcpy(self, drawn->self, kind->size);
    const char *const keys[] = {kind->capacity, kind->capacity2};
    for (int k = 0; k < COUNT(keys); k++) {
        if (keys[k]) {
            *(double *)(void *)(self + component_param(kind, keys[k])->offset) = 12345.678;
        }
    }
    fill(drawn, self, again);
    EXPECT(kind, same_coefficients(kind, drawn->coefficients, again),
           "its coefficients read the capacity");
}

/* Energy in and out of a mode per kW of rate, by its ports. Water carries none here; cold that is given is heat that is
   taken up. */
static void balance(const struct component *kind, const struct mode *mode, int t, double *ret_in,
                    double *ret_out, double *ret_fuel) {
    *ret_in = *ret_out = *ret_fuel = 0.0;
    for (int p = 0; p < kind->ports_count; p++) {
        enum carrier carrier = kind->ports[p].carrier;
        if (carrier == CARRIER_WATER || carrier == CARRIER_COMPUTE) {
            continue;
        }
        bool into = (kind->ports[p].direction == FLOWS_IN) != (carrier == CARRIER_COLD);
        *(into ? ret_in : ret_out) += mode->port[p][t];
        *ret_fuel += carrier == CARRIER_FUEL ? mode->port[p][t] : 0.0;
    }
}

static bool is_one_of(const char *name, const char *const *names, int count) {
    for (int k = 0; k < count; k++) {
        if (strcmp(name, names[k]) == 0) {
            return true;
        }
    }
    return false;
}

/* What goes in comes out or leaves to the surroundings: nothing is made. Fuel is counted at its
   lower heating value, so a condensing boiler may give 11 % more. Kinds that draw on the
   surroundings are listed, and so is the least that has to come out where it is heat for sale: all of
   a heat pump's, an exchanger's but for its pumping, a take-off's but for the condenser pumps. */
static const char *const draw_on_the_surroundings[] = {"air_heat_pump", "data_hall",
                                                       "small_reactor"};
static const struct {
    const char *kind, *mode;
    double least_frac;
} comes_out[] = {{"heat_pump", "heat", 1.0 - 1e-9},
                 {"booster_heat_pump", "lift", 1.0 - 1e-9},
                 {"booster_heat_pump", "direct", 1.0 - 1e-9},
                 {"heat_recovery_chiller", "both", 1.0 - 1e-9},
                 {"heat_exchanger", "heat", 1.0 / 1.1 - 1e-9},
                 {"chilled_water_economiser", "recover", 1.0 / 1.1 - 1e-9},
                 {"water_cooled_chiller", "recover", 1.0 / 1.1 - 1e-9},
                 {"air_cooled_chiller", "recover", 1.0 / 1.1 - 1e-9},
                 {"gas_boiler", "heat", 0.7 - 1e-9},
                 {"individual_gas_boiler", "heat", 0.6 - 1e-9},
                 {"electric_boiler", "heat", 0.9 - 1e-9}};

static double least_out_frac(const struct component *kind, int mode) {
    for (int k = 0; k < COUNT(comes_out); k++) {
        if (strcmp(kind->name, comes_out[k].kind) == 0 &&
            strcmp(kind->mode_names[mode], comes_out[k].mode) == 0) {
            return comes_out[k].least_frac;
        }
    }
    return 0.0;
}

static void judge_energy(const struct drawn *drawn) {
    const struct component *kind = drawn->kind;
    bool load = kind->shape == SHAPE_LOAD, makes = false;
    for (int p = 0; p < kind->ports_count; p++) {
        makes = makes || kind->ports[p].direction == FLOWS_OUT;
    }
    if (kind->shape != SHAPE_CONVERTER && !(load && makes)) {
        return;
    }
    if (strcmp(kind->name, "grid") == 0 ||
        is_one_of(kind->name, draw_on_the_surroundings, COUNT(draw_on_the_surroundings)) ||
        kind->contract) {
        return;
    }
    for (int m = 0; m < drawn->coefficients->modes; m++) {
        double least_frac = load ? 0.0 : least_out_frac(kind, m);
        for (int t = 0; t < DRAW_STEPS; t++) {
            const struct mode *mode = &drawn->coefficients->mode[m];
            double in = 0.0, out = 0.0, fuel = 0.0;
            balance(kind, mode, t, &in, &out, &fuel);
            if (!mode->may_run[t]) {
                continue;
            }
            EXPECT(kind, out <= in + 0.11 * fuel + 1e-9, "mode %d: %g in, %g out", m, in, out);
            EXPECT(kind, out >= least_frac * in, "mode %d: of %g only %g come out", m, in, out);
            EXPECT(kind, in > 0.0, "mode %d: something from nothing", m);
        }
    }
}

/* Heat pumps stay below the ideal machine between the source that arrives and the sink that leaves:
   large ones below .8 of it, small ones on air below .6. */
static void judge_second_law(const struct drawn *drawn) {
    const struct component *kind = drawn->kind;
    bool air = strcmp(kind->name, "air_heat_pump") == 0;
    if (!air && strcmp(kind->name, "heat_pump") != 0 &&
        strcmp(kind->name, "booster_heat_pump") != 0) {
        return;
    }
    int sink = component_port(kind, "heat_out"), power = component_port(kind, "power_in");
    const double *sink_c = drawn->hours->port[sink].supply_c;
    const double *source_c = air ? drawn->hours->outdoor_c
                                 : drawn->hours->port[component_port(kind, "heat_in")].supply_c;
    for (int t = 0; sink_c && source_c && t < DRAW_STEPS; t++) {
        const struct mode *mode = &drawn->coefficients->mode[0];
        double lift_dk = sink_c[t] - source_c[t];
        if (!mode->may_run[t] || lift_dk <= 0.0) {
            continue;
        }
        double cop = mode->port[sink][t] / mode->port[power][t];
        double ideal = (sink_c[t] + UNITS_ZERO_C_IN_K) / lift_dk;
        EXPECT(kind, cop <= fmax(1.0, (air ? 0.6 : 0.8) * ideal), "COP %g where %g is ideal", cop,
               ideal);
    }
}

/* A heat network's and a tank's loss is heat that leaves: twice the length or twice the heat transfer
   lose twice as much. */
static void judge_losses(const struct drawn *drawn) {
    const struct component *kind = drawn->kind;
    if (kind->shape != SHAPE_LINE && strcmp(kind->name, "tank") != 0) {
        return;
    }
    const char *key = kind->shape == SHAPE_LINE ? "length_m" : "loss_kw_m2k";
    size_t offset = component_param(kind, key)->offset;
    char *self = arena_take(drawn->arena, 1, kind->size);
    memcpy(self, drawn->self, kind->size);
    *(double *)(void *)(self + offset) *= 2.0;
    struct coefficients *again = coefficients_new(drawn->arena, kind, DRAW_STEPS);
    fill(drawn, self, again);
    const struct coefficients *c = drawn->coefficients;
    for (int t = 0; t < DRAW_STEPS; t++) {
        if (kind->shape == SHAPE_LINE) {
            EXPECT(kind,
                   fabs(again->standing_kw_kw[t] - 2.0 * c->standing_kw_kw[t]) < 1e-9 ||
                       c->standing_kw_kw[t] > 1e6,
                   "twice the length: %g for %g", again->standing_kw_kw[t], c->standing_kw_kw[t]);
        } else {
            double lost = 1.0 - c->kept_frac[t], twice = 1.0 - again->kept_frac[t];
            EXPECT(kind, lost > 0.0 && (twice >= 1.0 || fabs(twice - 2.0 * lost) < 1e-9),
                   "twice the transfer: loses %g for %g", twice, lost);
        }
    }
}

/* The rate is counted at the reference port: its coefficient is one (or minus one: export). */
static void judge_reference(const struct drawn *drawn) {
    const struct component *kind = drawn->kind;
    if ((kind->shape != SHAPE_CONVERTER && kind->shape != SHAPE_SOURCE) || kind->contract) {
        return; /* a contract moves no power */
    }
    for (int m = 0; m < drawn->coefficients->modes; m++) {
        for (int t = 0; t < DRAW_STEPS; t++) {
            const struct mode *mode = &drawn->coefficients->mode[m];
            double at_port = mode->port[kind->reference_port][t];
            EXPECT(kind, !mode->may_run[t] || fabs(fabs(at_port) - 1.0) < 1e-12,
                   "the reference port has %g", at_port);
        }
    }
}

/* A heat bus has a supply at or above its return, or nothing at all where the kind does not set
   it. */
static void judge_temperatures(const struct drawn *drawn) {
    const struct component *kind = drawn->kind;
    for (int p = 0; p < kind->ports_count; p++) {
        if (!kind->ports[p].sets_temperature) {
            continue;
        }
        double supply_c[DRAW_STEPS], return_c[DRAW_STEPS];
        kind->temperatures(drawn->self, drawn->hours, p, supply_c, return_c);
        for (int t = 0; t < DRAW_STEPS; t++) {
            bool open = isnan(supply_c[t]) && isnan(return_c[t]);
            EXPECT(kind,
                   open ||
                       (supply_c[t] >= return_c[t] && return_c[t] > -30.0 && supply_c[t] < 200.0),
                   "%s: supply %g, return %g degC", kind->ports[p].name, supply_c[t], return_c[t]);
        }
    }
}

/* A step of a quarter of an hour keeps what four of them keep in an hour, and changes nothing
   else. */
static void judge_step(const struct drawn *drawn) {
    if (drawn->kind->shape != SHAPE_STORE) {
        return;
    }
    struct hours hours = *drawn->hours;
    struct drawn other = *drawn;
    struct coefficients *again = coefficients_new(drawn->arena, drawn->kind, DRAW_STEPS);
    hours.step_h = drawn->hours->step_h > 0.5 ? 0.25 : 1.0;
    other.hours = &hours;
    fill(&other, drawn->self, again);
    const struct coefficients *whole = hours.step_h > 0.5 ? again : drawn->coefficients;
    const struct coefficients *quarter = hours.step_h > 0.5 ? drawn->coefficients : again;
    for (int t = 0; t < DRAW_STEPS; t++) {
        double after = quarter->kept_frac[t] * quarter->kept_frac[t];
        EXPECT(drawn->kind, fabs(after * after - whole->kept_frac[t]) < 0.01,
               "keeps %g in an hour, %g in four quarters", whole->kept_frac[t], after * after);
        EXPECT(drawn->kind, fabs(whole->standing_kw_kwh[t] - quarter->standing_kw_kwh[t]) < 1e-12,
               "standing loss");
    }
}

/* ---- the rules, each on every draw ----------------------------------------------------------- */
static const struct rule {
    const char *name;
    void (*judge)(const struct drawn *drawn);
} rules[] = {
    {"coefficients are finite everywhere", judge_finite},
    {"coefficients are pure", judge_pure},
    {"coefficients never read a capacity", judge_capacity},
    {"converters and loads make no energy", judge_energy},
    {"heat pumps keep the second law", judge_second_law},
    {"losses are losses", judge_losses},
    {"the rate is at the reference port", judge_reference},
    {"supplies are warmer than returns", judge_temperatures},
    {"stores know the length of a step", judge_step},
};

static void judge(const struct drawn *drawn, int *broken) {
    for (int r = 0; r < COUNT(rules); r++) {
        failures = 0;
        rules[r].judge(drawn);
        broken[r] += failures;
    }
}

/* Draws of one kind that its own check accepts; how many were judged. */
static int draw_kind(const struct component *kind, int *broken) {
    struct random random;
    random_seed(&random, 1);
    int done = 0;
    for (int n = 0; n < 20 * DRAWS && done < DRAWS; n++) {
        struct arena *arena = arena_new(0);
        struct drawn drawn = {kind, arena, arena_take(arena, 1, kind->size), NULL, NULL};
        draw_parameters(&random, kind, drawn.self);
        if (accepted(kind, drawn.self, arena)) {
            drawn.hours = draw_hours(&random, arena, kind);
            drawn.coefficients = coefficients_new(arena, kind, DRAW_STEPS);
            assert_non_null(drawn.coefficients);
            fill(&drawn, drawn.self, drawn.coefficients);
            judge(&drawn, broken);
            done++;
        }
        arena_free(arena);
    }
    return done;
}

static void every_kind_keeps_every_rule_on_every_draw(void **state) {
    int wrong = 0;
    (void)state;
    for (int k = 0; k < kinds_count(); k++) {
        const struct component *kind = kinds_at(k);
        int broken[COUNT(rules)] = {0};
        int done = draw_kind(kind, broken);
        if (done < DRAWS) {
            printf("%s: only %d draws pass its own check\n", kind->name, done);
            wrong++;
        }
        for (int r = 0; r < COUNT(rules); r++) {
            if (broken[r] > 0) {
                printf("%s: broken %d times: %s\n", kind->name, broken[r], rules[r].name);
                wrong++;
            }
        }
    }
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_registry_is_in_order_and_finds),
        cmocka_unit_test(tables_are_whole),
        cmocka_unit_test(every_kind_keeps_every_rule_on_every_draw),
        cmocka_unit_test(pages_and_cases_exist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
