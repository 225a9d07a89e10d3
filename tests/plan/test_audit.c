/* The audit believes nothing: a dispatch altered anywhere in memory does not pass. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/internal.h"
#include "plan/small.h"

#define AUDITED                                                                                    \
    "hearth: 1\nname: audited\nplace: {climate: seattle, ground_c: 11}\n"                          \
    "horizon: {from: 2024-04-29, days: 4}\n"                                                       \
    "money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 25, carbon_price: "        \
    "{paid_money_kg: 0.02, shadow_money_kg: 0.05}, sales_tax_frac: 0.08}\n"                        \
    "fuel: {gas_money_kwh: 0.04}\n"                                                                \
    "electricity:\n  data_centre: {energy_money_kwh: 0.08, demand_money_kw_month: 9}\n"            \
    "  campus: {energy_money_kwh: 0.10, demand_money_kw_month: 9, export_money_kwh: "              \
    "0.03}\n"                                                                                      \
    "data_centre:\n  - {name: hall, it_kw: 1000, load: cloud, cooling: "                           \
    "chilled_water_economiser,\n"                                                                  \
    "     heat_recovery: {from: condenser_water, temperature_c: 20, max_kw: 900}}\n" SMALL_TOWN    \
        SMALL_NETWORK "plant:\n  heat_pump: {capacity_kw: choose, meter: campus}\n"                \
    "  tank: {capacity_kwh: 2000}\n  pv: {capacity_kw: 800, meter: campus}\n"                      \
    "  battery: {capacity_kwh: 200, power_kw: 40, meter: campus, owner: heat_customers}\n"         \
    "require: {heat_share_frac: 0.5}\n"

struct bench {
    struct small small;
    struct case_work *work;
};

/* A solved case with the work of an audit around it. */
static struct bench begin(const char *text, enum plan_case kind) {
    struct bench bench = {small_solve(text), NULL};
    struct case_plan *fresh = ARENA_TAKE(bench.small.arena, struct case_plan, 1);
    assert_int_equal(case_begin(bench.small.scenario, NULL, bench.small.plan->hours, kind,
                                bench.small.arena, fresh, &bench.work),
                     STATUS_OK);
    bench.work->result = &bench.small.plan->cases[kind];
    return bench;
}

static bool passes(struct bench *bench) {
    assert_int_equal(case_audit(bench->work, true), STATUS_OK);
    return bench->work->result->audit.passed;
}

/* One number by an amount: the audit must fail. */
static void alter(struct bench *bench, double *number, double by, const char *name,
                  const char *what, int t) {
    double was = *number;
    *number = was + by;
    if (passes(bench)) {
        fail_msg("%s.%s at step %d from %.9g to %.9g passes the audit", name, what, t, was,
                 *number);
    }
    *number = was;
}

static void alter_some(struct bench *bench, double *value, int count, double by, const char *name,
                       const char *what) {
    for (int t = 0; value && t < count; t += 17) {
        alter(bench, &value[t], by, name, what, t);
    }
}

static double largest_flow(const struct bench *bench) {
    double largest = 0.0;
    for (int i = 0; i < bench->small.scenario->instances_count; i++) {
        const struct flow *flow = &bench->work->result->flow[i];
        for (int p = 0; flow->included && p < PORTS_MAX; p++) {
            for (int t = 0; flow->port_kw[p] && t < bench->work->hours->count; t++) {
                largest = fmax(largest, fabs(flow->port_kw[p][t]));
            }
        }
    }
    return largest;
}

static void an_altered_dispatch_fails(void **state) {
    (void)state;
    for (int kind = 0; kind < CASES; kind++) {
        struct bench bench = begin(AUDITED, (enum plan_case)kind);
        const struct scenario *scenario = bench.small.scenario;
        double by = 1e-8 * largest_flow(&bench);
        assert_true(passes(&bench));
        for (int i = 0; i < scenario->instances_count; i++) {
            struct flow *flow = &bench.work->result->flow[i];
            const struct instance *instance = &scenario->instances[i];
            if (!flow->included) {
                continue;
            }
            for (int p = 0; p < instance->kind->ports_count; p++) {
                if (flow->port_kw[p]) {
                    alter_some(&bench, flow->port_kw[p], bench.work->hours->count, by,
                               instance->name, instance->kind->ports[p].name);
                }
            }
            for (int m = 0; m < flow->modes; m++) {
                alter_some(&bench, flow->rate_kw[m], bench.work->hours->count, by, instance->name,
                           "rate");
            }
            if (flow->level_kwh) {
                alter_some(&bench, flow->level_kwh, bench.work->design_days_from, by,
                           instance->name, "level");
            }
        }
        assert_true(passes(&bench));
        small_free(&bench.small);
    }
}

static void altered_money_and_capacity_fail(void **state) {
    (void)state;
    struct bench bench = begin(AUDITED, CASE_TOGETHER);
    const struct scenario *scenario = bench.small.scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        struct flow *flow = &bench.work->result->flow[i];
        double *const numbers[] = {&flow->capital_money, &flow->fixed_money, &flow->carbon_kg};
        static const char *const names[] = {"capital_money", "fixed_money", "carbon_kg"};
        for (int k = 0; flow->included && k < COUNT(numbers); k++) {
            if (fabs(*numbers[k]) > 1.0) {
                double was = *numbers[k];
                *numbers[k] *= 1.0 + 1e-3;
                if (passes(&bench)) {
                    fail_msg("%s.%s passes", scenario->instances[i].name, names[k]);
                }
                *numbers[k] = was;
            }
        }
        if (flow->included && !isnan(scenario->instances[i].capacity.fixed)) {
            alter(&bench, &flow->capacity, 1e-6 * flow->capacity, scenario->instances[i].name,
                  "capacity", 0);
        }
    }
    bench.work->result->objective_money *= 1.0 + 1e-6;
    assert_false(passes(&bench));
    small_free(&bench.small);
}

/* A plan that meets its requirement does not pass when more is required. */
static void an_unmet_requirement_fails(void **state) {
    (void)state;
    struct bench bench = begin(AUDITED, CASE_TOGETHER);
    double reached = plan_requirement_value(bench.small.scenario, bench.work->hours,
                                            bench.work->result, "heat_share_frac");
    assert_true(reached >= 0.5 - 1e-9);
    bench.small.scenario->requirements[0].value = reached + 1e-4;
    assert_false(passes(&bench));
    bench.small.scenario->requirements[0].value = reached - 1e-9;
    assert_true(passes(&bench));
    small_free(&bench.small);
}

static bool flows_at(const struct bench *bench, int bus) {
    for (int i = 0; i < bench->small.scenario->instances_count; i++) {
        const struct flow *flow = &bench->work->result->flow[i];
        for (int p = 0; flow->included && p < PORTS_MAX; p++) {
            for (int t = 0; flow->port_kw[p] && t < bench->work->design_days_from; t++) {
                if (bench->small.scenario->instances[i].port_bus[p] == bus &&
                    fabs(flow->port_kw[p][t]) > 1e-6) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* The prices of a bus, all higher by a thousandth, no longer support the dispatch. */
static void altered_prices_do_not_hold(void **state) {
    (void)state;
    for (int kind = 0; kind < CASES; kind++) {
        struct bench bench = begin(AUDITED, (enum plan_case)kind);
        bench.small.scenario->requirements_count = 0; /* where one binds, prices are not judged */
        assert_true(passes(&bench));
        const struct audit *audit = &bench.work->result->audit;
        bool binds = kind == CASE_TOGETHER; /* it did when the plan was made */
        assert_true(audit->prices_judged && (audit->prices_hold || binds));
        for (int b = 0; !binds && b < bench.small.scenario->buses_count; b++) {
            double *price = bench.work->result->price_money_kwh[b], largest = 0.0;
            for (int t = 0; price && t < bench.work->design_days_from; t++) {
                largest = fmax(largest, fabs(price[t]));
                price[t] *= 1.001;
            }
            assert_true(passes(&bench)); /* the dispatch is as it was */
            if (largest > 0.0 && flows_at(&bench, b) && audit->prices_hold) {
                fail_msg("%s: the prices of %s may be anything", case_name((enum plan_case)kind),
                         bench.small.scenario->buses[b].name);
            }
            for (int t = 0; price && t < bench.work->design_days_from; t++) {
                price[t] /= 1.001;
            }
        }
        small_free(&bench.small);
    }
}

/* Not a number is worse than any number. */
static void nan_fails(void **state) {
    (void)state;
    struct bench bench = begin(AUDITED, CASE_TOGETHER);
    struct flow *pump = small_flow(&bench.small, CASE_TOGETHER, "heat_pump");
    pump->rate_kw[0][3] = (double)NAN;
    assert_false(passes(&bench));
    small_free(&bench.small);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_altered_dispatch_fails),
                                       cmocka_unit_test(altered_money_and_capacity_fail),
                                       cmocka_unit_test(an_unmet_requirement_fails),
                                       cmocka_unit_test(altered_prices_do_not_hold),
                                       cmocka_unit_test(nan_fails)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
