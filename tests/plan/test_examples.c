/* What holds for every plan, on the four examples with horizons of a few days in winter and in summer. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/accounts.h"
#include "plan/small.h"

static const char *const examples[] = {"seattle", "exmouth", "odense", "n_virginia"};
static const struct {
    const char *from;
    int days;
} horizons[] = {{"2024-01-08", 4}, {"2024-07-30", 3}};

struct made {
    struct small small;
    struct accounts *accounts;
};

static struct made make(const char *example, int horizon, const char *more) {
    struct made made = {
        small_example(example, horizons[horizon].from, horizons[horizon].days, more), NULL};
    if (horizon == 1) { /* a share of the year's heat cannot be asked of three days of July */
        made.small.scenario->requirements_count = 0;
    }
    small_plan(&made.small);
    assert_int_equal(accounts_make(made.small.plan, made.small.arena, &made.accounts), STATUS_OK);
    return made;
}

enum { MADE = COUNT(examples) * COUNT(horizons) };

static int make_all(void **state) {
    static struct made all[MADE];
    for (int k = 0; k < MADE; k++) {
        all[k] = make(examples[k / COUNT(horizons)], k % COUNT(horizons), "");
    }
    *state = all;
    return 0;
}

static int free_all(void **state) {
    struct made *all = *state;
    for (int k = 0; k < MADE; k++) {
        small_free(&all[k].small);
    }
    return 0;
}

typedef void check(const struct made *made);

static void on_all(void **state, check *holds) {
    const struct made *all = *state;
    for (int k = 0; k < MADE; k++) {
        holds(&all[k]);
    }
}

/* Every bus in every step of the horizon and of the design days, added up anew. */
static void buses_balance(const struct made *made) {
    const struct scenario *s = made->small.scenario;
    for (int k = 0; k < CASES; k++) {
        const struct case_plan *c = &made->small.plan->cases[k];
        for (int b = 0; b < s->buses_count; b++) {
            for (int t = 0; t < made->small.plan->hours->count; t++) {
                long double sum = 0.0L, largest = 1e-6L;
                for (int i = 0; i < s->instances_count; i++) {
                    for (int p = 0; c->flow[i].included && p < s->instances[i].kind->ports_count;
                         p++) {
                        if (s->instances[i].port_bus[p] == b && c->flow[i].port_kw[p]) {
                            long double kw = c->flow[i].port_kw[p][t];
                            sum += s->instances[i].kind->ports[p].direction == FLOWS_OUT ? kw : -kw;
                            largest = fmaxl(largest, fabsl(kw));
                        }
                    }
                }
                assert_true(fabsl(sum) <= 1e-9L * largest + 1e-9L);
            }
        }
        assert_true(c->solved && c->certificate.passed);
    }
}

/* Every payment has two ends, no payment is negative, and the parties' sum is zero. */
static void transfers_cancel(const struct made *made) {
    for (int k = 0; k < CASES; k++) {
        const struct ledger *ledger = &made->accounts->ledger[k];
        double net[PARTY_COUNT] = {0}, all = 0.0, paid = 0.0;
        for (int n = 0; n < ledger->transfers_count; n++) {
            const struct transfer *t = &ledger->transfers[n];
            assert_true(t->money_year > 0.0 && t->payer != t->payee);
            net[t->payer] -= t->money_year;
            net[t->payee] += t->money_year;
            paid += t->money_year;
        }
        for (int r = 0; r < ledger->resources_count; r++) {
            net[ledger->resources[r].party] -= ledger->resources[r].money_year;
        }
        for (int party = 0; party < PARTY_COUNT; party++) {
            assert_true(fabs(net[party] - ledger->net_money_year[party]) <= 1e-9 * (1.0 + paid));
            all += net[party];
        }
        for (int r = 0; r < ledger->resources_count; r++) {
            all += ledger->resources[r].money_year;
        }
        assert_true(fabs(all) <= 1e-9 * (1.0 + paid));
        assert_true(fabs(ledger->sum_money_year) <= 1e-9 * (1.0 + paid));
    }
}

/* The objective is what leaves its parties, and carbon at its shadow price. */
static void objective_is_what_leaves(const struct made *made) {
    const struct scenario *s = made->small.scenario;
    for (int k = 0; k < CASES; k++) {
        double left =
            s->carbon_shadow_money_kg * made->accounts->metrics[k].carbon_marginal_kg_year;
        for (int party = 0; party < PARTY_COUNT; party++) {
            left -=
                s->objective_party[party] ? made->accounts->ledger[k].net_money_year[party] : 0.0;
        }
        assert_near(made->small.plan->cases[k].objective_money / s->year_frac, left, 1e-8);
    }
}

/* Together may do all that apart may; what is required can only cost more. */
static void together_is_no_worse(const struct made *made) {
    if (made->small.scenario->requirements_count == 0) {
        const struct case_plan *apart = &made->small.plan->cases[CASE_APART],
                               *together = &made->small.plan->cases[CASE_TOGETHER];
        assert_true(together->objective_money + together->gap_money <=
                    (apart->objective_money + apart->gap_money) * (1.0 + 1e-4));
    }
}

/* PUE >= 1, ERE = PUE (1 - ERF), and nothing is reused or shared beyond the whole. */
static void metrics_hold(const struct made *made) {
    for (int k = 0; k < CASES; k++) {
        const struct metrics *m = &made->accounts->metrics[k];
        if (!(m->it_kwh_year > 0.0)) {
            assert_true(isnan(m->pue_ratio));
            continue;
        }
        assert_true(m->pue_ratio > 1.0 && m->pue_ratio < 2.0);
        assert_near(m->ere_ratio, m->pue_ratio * (1.0 - m->erf_ratio), 1e-12);
        assert_near(m->erf_ratio, m->reused_kwh_year / m->data_centre_kwh_year, 1e-12);
        assert_near(m->reused_kwh_year + m->heat_rejected_kwh_year, m->data_centre_kwh_year, 1e-12);
        assert_true(m->erf_ratio >= 0.0 && m->erf_ratio <= 1.0);
        assert_true(!(m->heat_share_frac > 1.0 + 1e-9));
        assert_true(m->ref_ratio >= 0.0 && m->ref_ratio <= 1.0);
        assert_true(k == CASE_TOGETHER || m->reused_kwh_year == 0.0);
    }
    assert_true(isnan(made->accounts->metrics[CASE_TODAY].pue_ratio));
}

/* The firm plant: heat rejection for all of the IT, the town's heat without the data centre, on both design days. */
static void firm_plant_stands(const struct made *made) {
    const struct scenario *s = made->small.scenario;
    const struct case_plan *c = &made->small.plan->cases[CASE_TOGETHER];
    const struct hours *hours = made->small.plan->hours;
    for (int h = 0; h < s->halls_count; h++) {
        if (!c->flow[s->halls[h].instance].included) {
            continue;
        }
        double heat_kw = 0.0, all_kw = 0.0;
        int out = component_port(s->instances[s->halls[h].instance].kind, "heat_out");
        for (int t = hours->horizon_count; t < hours->count; t++) {
            heat_kw = fmax(heat_kw, c->flow[s->halls[h].instance].port_kw[out][t]);
        }
        for (int t = 0; t < hours->count; t++) {
            all_kw = fmax(all_kw, c->flow[s->halls[h].instance].port_kw[out][t]);
        }
        assert_near(heat_kw, all_kw, 1e-9); /* the design day has the highest load of all */
        assert_true(c->flow[s->halls[h].cooling].capacity >= heat_kw * (1.0 - 1e-9));
    }
    for (int t = hours->horizon_count; t < hours->count; t++) {
        for (int i = 0; i < s->instances_count; i++) {
            if (c->flow[i].included && plan_uses_recovery(s, i)) {
                assert_true(fabs(c->flow[i].rate_kw[0][t]) <= 1e-9);
            }
        }
    }
}

/* The gap is what the simulated plan costs more; at rest it is next to nothing. */
static void the_gap_is_small_at_rest(const struct made *made) {
    for (int k = 0; k < CASES; k++) {
        const struct case_plan *c = &made->small.plan->cases[k];
        assert_true(c->rounds_count <= ROUNDS_MAX);
        assert_true(!c->settled || fabs(c->gap_money) <= 2e-3 * fabs(c->objective_money));
    }
}

/* At the plan's prices no machine below its limit gains or loses, and what it gains at peaks pays them. */
static void prices_support_the_plan(const struct made *made) {
    for (int k = 0; k < CASES; k++) {
        const struct audit *audit = &made->small.plan->cases[k].audit;
        bool empty = made->small.plan->cases[k].rounds_count == 0;
        assert_true(audit->prices_judged || empty || k == CASE_TOGETHER);
        if (audit->prices_judged && !audit->prices_hold) {
            fail_msg("%s: %g at %s", case_name((enum plan_case)k), audit->price_residual_ratio,
                     audit->price_worst);
        }
    }
}

static void every_bus_balances(void **state) { on_all(state, buses_balance); }
static void every_payment_has_two_ends(void **state) { on_all(state, transfers_cancel); }
static void the_objective_leaves_its_parties(void **state) {
    on_all(state, objective_is_what_leaves);
}
static void together_is_no_worse_than_apart(void **state) { on_all(state, together_is_no_worse); }
static void metrics_obey(void **state) { on_all(state, metrics_hold); }
static void firm_plant(void **state) { on_all(state, firm_plant_stands); }
static void prices(void **state) { on_all(state, prices_support_the_plan); }
static void gaps(void **state) { on_all(state, the_gap_is_small_at_rest); }

/* Under view: society the objective is what is really spent and damaged, and transfers still happen. */
static void society_counts_real_costs(void **state) {
    (void)state;
    for (int e = 0; e < COUNT(examples); e++) {
        struct made made = make(examples[e], 0, "objective: {view: society}\n");
        for (int k = 0; k < CASES; k++) {
            double resources = 0.0;
            const struct ledger *ledger = &made.accounts->ledger[k];
            for (int r = 0; r < ledger->resources_count; r++) {
                resources += ledger->resources[r].money_year;
            }
            assert_near(made.small.plan->cases[k].objective_money / made.small.scenario->year_frac,
                        resources, 1e-8);
            assert_near(made.accounts->metrics[k].society_money_year, resources, 1e-12);
        }
        bool demand = false;
        for (int n = 0; n < made.accounts->ledger[CASE_APART].transfers_count; n++) {
            demand = demand || strcmp(made.accounts->ledger[CASE_APART].transfers[n].kind,
                                      "electricity_demand") == 0;
        }
        assert_true(demand || strcmp(examples[e], "exmouth") == 0);
        small_free(&made.small);
    }
}

/* The best for society costs society no more than the best for the parties does. */
static void each_view_is_best_by_its_own_measure(void **state) {
    (void)state;
    struct made parties = make("seattle", 0, ""),
                society = make("seattle", 0, "objective: {view: society}\n");
    const struct metrics *a = &parties.accounts->metrics[CASE_TOGETHER],
                         *b = &society.accounts->metrics[CASE_TOGETHER];
    assert_true(b->society_money_year <= a->society_money_year * (1.0 + 2e-4));
    small_free(&parties.small);
    small_free(&society.small);
}

/* The electric utility among the parties: demand charges cancel, energy stays; what leaves is still the objective. */
static void more_parties_cancel_more(void **state) {
    (void)state;
    const char *more =
        "objective: {parties: [operator, heat_utility, heat_customers, electric_utility, state]}\n";
    for (int e = 0; e < COUNT(examples); e++) {
        struct made made = make(examples[e], 0, more);
        objective_is_what_leaves(&made);
        transfers_cancel(&made);
        small_free(&made.small);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_bus_balances),
                                       cmocka_unit_test(every_payment_has_two_ends),
                                       cmocka_unit_test(the_objective_leaves_its_parties),
                                       cmocka_unit_test(together_is_no_worse_than_apart),
                                       cmocka_unit_test(metrics_obey),
                                       cmocka_unit_test(firm_plant),
                                       cmocka_unit_test(gaps),
                                       cmocka_unit_test(prices),
                                       cmocka_unit_test(society_counts_real_costs),
                                       cmocka_unit_test(each_view_is_best_by_its_own_measure),
                                       cmocka_unit_test(more_parties_cancel_more)};
    return cmocka_run_group_tests(tests, make_all, free_all);
}
