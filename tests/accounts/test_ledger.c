/* Double entry, metrics and the two ways of adding up the objective. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "accounts/accounts.h"
#include "plan/small.h"

static const char small_text[] =
    SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT
    "require: {heat_share_frac: 0.3}\nheat_contract: {model: shared_savings, share_frac: 0.5}\n";

static struct accounts *make(struct small *small) {
    *small = small_solve(small_text);
    struct accounts *accounts = NULL;
    assert_int_equal(accounts_make(small->plan, small->arena, &accounts), STATUS_OK);
    return accounts;
}

static void transfers_cancel(void **state) {
    (void)state;
    struct small small;
    struct accounts *accounts = make(&small);
    for (int k = 0; k < CASES; k++) {
        double size = 0.0;
        for (int n = 0; n < accounts->ledger[k].transfers_count; n++) {
            assert_true(accounts->ledger[k].transfers[n].money_year >= 0.0);
            size += accounts->ledger[k].transfers[n].money_year;
        }
        assert_true(size > 0.0);
        assert_true(fabs(accounts->ledger[k].sum_money_year) <= 1e-9 * size);
    }
    assert_true(fabs(accounts->change.sum_money_year) <= 1e-3);
    small_free(&small);
}

/* What leaves the parties of the objective is the objective (no shadow price here). */
static void the_objective_is_what_leaves_the_parties(void **state) {
    (void)state;
    struct small small;
    struct accounts *accounts = make(&small);
    for (int k = 0; k < CASES; k++) {
        double out = -accounts->ledger[k].net_money_year[PARTY_OPERATOR] -
                     accounts->ledger[k].net_money_year[PARTY_HEAT_UTILITY] -
                     accounts->ledger[k].net_money_year[PARTY_HEAT_CUSTOMERS];
        assert_true(fabs(out - accounts->metrics[k].cost_money_year) <= 1e-6 * fabs(out));
    }
    small_free(&small);
}

static void metrics_obey_their_definitions(void **state) {
    (void)state;
    struct small small;
    struct accounts *accounts = make(&small);
    const struct metrics *m = &accounts->metrics[CASE_TOGETHER];
    assert_true(m->pue_ratio > 1.0 && m->pue_ratio < 2.0);
    assert_true(fabs(m->ere_ratio - m->pue_ratio * (1.0 - m->erf_ratio)) < 1e-12);
    assert_true(fabs(m->erf_ratio - m->reused_kwh_year / m->data_centre_kwh_year) < 1e-9);
    /* ERF counts the source heat of the heat pump, Q (1 - 1/COP), not what it delivers */
    int pump = scenario_instance(small.scenario, "heat_pump");
    const struct flow *flow = &small.plan->cases[CASE_TOGETHER].flow[pump];
    int out = component_port(small.scenario->instances[pump].kind, "heat_out");
    double heat_kw = 0.0;
    for (int t = 0; t < small.plan->hours->horizon_count; t++) {
        heat_kw += flow->port_kw[out][t];
    }
    double heat_kwh = heat_kw * small.plan->hours->step_h / small.scenario->year_frac;
    assert_true(fabs(m->reused_kwh_year - heat_kwh * (1.0 - 1.0 / m->heat_pump_cop)) <=
                1e-6 * heat_kwh);
    assert_true(isnan(accounts->metrics[CASE_TODAY].pue_ratio));
    small_free(&small);
}

static void shared_savings_are_shared(void **state) {
    (void)state;
    struct small small;
    struct accounts *accounts = make(&small);
    const double *net = accounts->change.net_money_year;
    double surplus = net[PARTY_OPERATOR] + net[PARTY_HEAT_UTILITY] + net[PARTY_HEAT_CUSTOMERS];
    assert_true(fabs(net[PARTY_HEAT_CUSTOMERS] - 0.5 * surplus) <= 1e-6 * fabs(surplus) + 1e-3);
    assert_true(fabs(net[PARTY_OPERATOR] - net[PARTY_HEAT_UTILITY]) <= 1e-6 * fabs(surplus) + 1e-3);
    small_free(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(transfers_cancel),
                                       cmocka_unit_test(the_objective_is_what_leaves_the_parties),
                                       cmocka_unit_test(metrics_obey_their_definitions),
                                       cmocka_unit_test(shared_savings_are_shared)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
