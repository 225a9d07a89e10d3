/* What the numbers of every kind of component keep to, so that a new one is under test before anybody wrote a test for it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/units.h"
#include "draw.h"
#include "expect.h"
#include "kinds.h"

enum { DRAWS = 300 };

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
        cmocka_unit_test(every_kind_keeps_every_rule_on_every_draw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
