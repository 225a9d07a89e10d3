/* A small joint scenario of a few days, for tests of plan/ and accounts/. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLAN_SMALL_H
#define TESTS_PLAN_SMALL_H

#include <math.h>
#include <stdio.h>

#include "plan/plan.h"
#include "shared_data.h"

#define SMALL_HEAD                                                                                 \
    "hearth: 1\nname: small\nplace: {climate: seattle, ground_c: 11}\nhorizon: {from: "            \
    "2024-01-22, days: 2}\n"                                                                       \
    "money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 25}\nfuel: "               \
    "{gas_money_kwh: 0.04}\n"
#define SMALL_POWER                                                                                \
    "electricity:\n  data_centre: {energy_money_kwh: 0.08}\n  campus: {energy_money_kwh: 0.10}\n"
#define SMALL_HALL                                                                                 \
    "data_centre:\n  - {name: hall, it_kw: 1000, load: flat, cooling: chilled_water_economiser,\n" \
    "     heat_recovery: {from: condenser_water, temperature_c: 20, max_kw: 900}}\n"
#define SMALL_TOWN                                                                                 \
    "town:\n  - {name: campus, building: office, floor_m2: 20000, emitter: low_temperature, "      \
    "hot_water: local_electric,\n"                                                                 \
    "     heated_by: gas_boiler}\n"
#define SMALL_NETWORK                                                                              \
    "heat_network: {supply_c: {at -4: 55, at 15: 45}, return_c: 38, length_m: 200}\n"
#define SMALL_PLANT "plant:\n  heat_pump: {capacity_kw: choose, meter: campus}\n"

struct small {
    struct arena *arena;
    struct diag *diag;
    struct scenario *scenario;
    struct plan *plan;
};

static inline void small_tell(const struct small *small) {
    for (int k = 0; k < diag_count(small->diag); k++) {
        print_message("%s", diag_render(small->arena, diag_at(small->diag, k)));
    }
}

static inline struct small small_read(const char *text) {
    struct small small = {arena_new(0), NULL, NULL, NULL};
    small.diag = diag_new(small.arena);
    enum status status =
        scenario_parse(small.arena, small.diag, "small.yaml", text, strlen(text), &small.scenario);
    if (status != STATUS_OK) {
        small_tell(&small);
    }
    assert_int_equal(status, STATUS_OK);
    return small;
}

static inline struct small small_solve(const char *text) {
    struct small small = small_read(text);
    enum status status = plan_solve(small.scenario, NULL, small.arena, small.diag, &small.plan);
    if (status != STATUS_OK) {
        small_tell(&small);
    }
    assert_int_equal(status, STATUS_OK);
    return small;
}

/* Solves what was read (and perhaps changed in memory since). */
static inline void small_plan(struct small *small) {
    enum status status = plan_solve(small->scenario, NULL, small->arena, small->diag, &small->plan);
    if (status != STATUS_OK) {
        small_tell(small);
    }
    assert_int_equal(status, STATUS_OK);
}

/* An example of the project with another horizon and, at its end, more text. */
static inline struct small small_example(const char *name, const char *from, int days,
                                         const char *more) {
    char path[200], text[20000], line[400];
    (void)snprintf(path, sizeof path, "examples/%s/scenario.yaml", name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t size = 0;
    while (fgets(line, sizeof line, file)) {
        bool horizon = strncmp(line, "horizon:", 8) == 0;
        int n = horizon ? snprintf(text + size, sizeof text - size,
                                   "horizon: {from: %s, days: %d}\n", from, days)
                        : snprintf(text + size, sizeof text - size, "%s", line);
        size += (size_t)n;
        assert_true(size < sizeof text);
    }
    (void)fclose(file);
    (void)snprintf(text + size, sizeof text - size, "\n%s", more);
    return small_read(text);
}

static inline int small_instance(const struct small *small, const char *name) {
    int i = scenario_instance(small->scenario, name);
    if (i < 0) {
        print_message("no instance %s\n", name);
    }
    assert_true(i >= 0);
    return i;
}

static inline struct flow *small_flow(const struct small *small, enum plan_case kind,
                                      const char *name) {
    return &small->plan->cases[kind].flow[small_instance(small, name)];
}

static inline const double *small_port(const struct small *small, enum plan_case kind,
                                       const char *name, const char *port) {
    int i = small_instance(small, name);
    int p = component_port(small->scenario->instances[i].kind, port);
    assert_true(p >= 0);
    assert_non_null(small->plan->cases[kind].flow[i].port_kw[p]);
    return small->plan->cases[kind].flow[i].port_kw[p];
}

static inline double small_sum(const struct small *small, const double *value) {
    double sum = 0.0;
    for (int t = 0; t < small->plan->hours->horizon_count; t++) {
        sum += value[t];
    }
    return sum;
}

/* A parameter of an instance, changed after reading: a number, or an input as a series. */
static inline void small_set(struct small *small, const char *name, const char *key, double value) {
    const struct instance *instance = &small->scenario->instances[small_instance(small, name)];
    const struct param *param = component_param(instance->kind, key);
    assert_non_null(param);
    void *at = (char *)instance->self + param->offset;
    if (param->kind == PARAM_INPUT) {
        ((struct input *)at)->value = value;
    } else {
        *(double *)at = value;
    }
}

static inline void small_set_series(struct small *small, const char *name, const char *key,
                                    const double *by_step) {
    const struct instance *instance = &small->scenario->instances[small_instance(small, name)];
    const struct param *param = component_param(instance->kind, key);
    assert_true(param && param->kind == PARAM_INPUT);
    ((struct input *)(void *)((char *)instance->self + param->offset))->by_step = by_step;
}

#define assert_near(found, wanted, tolerance_ratio)                                                \
    do {                                                                                           \
        double found_ = (found), wanted_ = (wanted);                                               \
        if (!(fabs(found_ - wanted_) <= (tolerance_ratio)*fmax(1e-6, fabs(wanted_)))) {            \
            print_message("%s:%d: %s is %.12g, not %.12g\n", __FILE__, __LINE__, #found, found_,   \
                          wanted_);                                                                \
            fail();                                                                                \
        }                                                                                          \
    } while (0)

static inline void small_free(struct small *small) { arena_free(small->arena); }

#endif
