/* The heat contract's models: each transfer against what it must be by hand. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/life.h"
#include "accounts/made.h"

#define BASE                                                                                       \
    SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT                         \
        "require: {heat_share_frac: 0.4}\n"

static double paid(const struct made *made, const char *kind, enum party payer, enum party payee) {
    const struct ledger *ledger = &made->accounts->ledger[CASE_TOGETHER];
    double total = 0.0;
    for (int k = 0; k < ledger->transfers_count; k++) {
        const struct transfer *t = &ledger->transfers[k];
        if (strcmp(t->kind, kind) == 0) {
            total += t->payer == payer && t->payee == payee ? t->money_year : 0.0;
            total -= t->payer == payee && t->payee == payer ? t->money_year : 0.0;
        }
    }
    return total;
}

static double heat_sold(const struct made *made) {
    return paid(made, "heat_sold", PARTY_HEAT_CUSTOMERS, PARTY_HEAT_UTILITY);
}

static double source_heat(const struct made *made) {
    return paid(made, "source_heat", PARTY_HEAT_UTILITY, PARTY_OPERATOR);
}

/* What the town takes from the network, by the substation's own flow. */
static double sold_kwh_year(const struct made *made) {
    return small_sum(&made->small,
                     small_port(&made->small, CASE_TOGETHER, "campus_substation", "heat_out")) *
           made->small.plan->hours->step_h / made->small.scenario->year_frac;
}

static double handed_kwh_year(const struct made *made) {
    return small_sum(&made->small,
                     small_port(&made->small, CASE_TOGETHER, "hall_recovery", "heat_out")) *
           made->small.plan->hours->step_h / made->small.scenario->year_frac;
}

static void free_heat_costs_nothing(void **state) {
    (void)state;
    struct made made = make(BASE "heat_contract: {model: free}\n");
    assert_true(heat_sold(&made) == 0.0 && source_heat(&made) == 0.0);
    assert_true(made.accounts->heat_price_money_kwh == 0.0);
    assert_true(sold_kwh_year(&made) > 1.0);
    small_free(&made.small);
}

static void a_fixed_price_is_paid_for_every_kwh(void **state) {
    (void)state;
    struct made made = make(BASE "heat_contract: {model: fixed_price, price_money_kwh: 0.06, "
                                 "source_heat_money_kwh: 0.005}\n");
    assert_near(heat_sold(&made), 0.06 * sold_kwh_year(&made), 1e-9);
    assert_near(source_heat(&made), 0.005 * handed_kwh_year(&made), 1e-9);
    assert_near(made.accounts->heat_price_money_kwh, 0.06, 1e-12);
    assert_near(made.accounts->source_heat_price_money_kwh, 0.005, 1e-12);
    small_free(&made.small);
}

/* The utility's own cost of the heat, by the lines of its plant: what it pays for plant, power and source. */
static double utility_cost(const struct made *made) {
    const struct ledger *ledger = &made->accounts->ledger[CASE_TOGETHER];
    double cost = 0.0;
    for (int k = 0; k < ledger->transfers_count; k++) {
        const struct transfer *t = &ledger->transfers[k];
        cost += t->payer == PARTY_HEAT_UTILITY ? t->money_year : 0.0;
    }
    return cost;
}

static void cost_plus_covers_the_cost_and_a_margin(void **state) {
    (void)state;
    struct made plain = make(BASE "heat_contract: {model: cost_plus}\n");
    assert_near(heat_sold(&plain), utility_cost(&plain), 1e-9);
    assert_near(plain.accounts->change.net_money_year[PARTY_HEAT_UTILITY], 0.0, 1e-3);
    struct made margin = make(BASE "heat_contract: {model: cost_plus, share_frac: 0.1, "
                                   "source_heat_money_kwh: 0.004}\n");
    assert_near(source_heat(&margin), 0.004 * handed_kwh_year(&margin), 1e-9);
    assert_near(heat_sold(&margin), 1.1 * utility_cost(&margin), 1e-9);
    assert_near(margin.accounts->ledger[CASE_TOGETHER].net_money_year[PARTY_HEAT_UTILITY],
                0.1 * utility_cost(&margin), 1e-9);
    small_free(&plain.small);
    small_free(&margin.small);
}

/* With free heat the nets stand as they are; shared savings move them so that customers keep their share and the
   others halve the rest, whatever the sign of the surplus. */
static void savings_are_shared(void **state) {
    (void)state;
    static const char *const texts[] = {
        BASE "heat_contract: {model: shared_savings, share_frac: 0}\n",
        BASE "heat_contract: {model: shared_savings, share_frac: 0.3}\n",
        BASE "heat_contract: {model: shared_savings, share_frac: 1}\n"};
    static const double share[] = {0.0, 0.3, 1.0};
    struct made none = make(BASE "heat_contract: {model: free}\n");
    const double *before = none.accounts->change.net_money_year;
    double surplus =
        before[PARTY_OPERATOR] + before[PARTY_HEAT_UTILITY] + before[PARTY_HEAT_CUSTOMERS];
    for (int k = 0; k < COUNT(texts); k++) {
        struct made made = make(texts[k]);
        const double *net = made.accounts->change.net_money_year;
        double scale = fabs(before[PARTY_HEAT_CUSTOMERS]);
        assert_true(fabs(net[PARTY_HEAT_CUSTOMERS] - share[k] * surplus) <= 1e-8 * scale);
        assert_true(fabs(net[PARTY_OPERATOR] - 0.5 * (1.0 - share[k]) * surplus) <= 1e-8 * scale);
        assert_true(fabs(net[PARTY_HEAT_UTILITY] - 0.5 * (1.0 - share[k]) * surplus) <=
                    1e-8 * scale);
        assert_near(heat_sold(&made), before[PARTY_HEAT_CUSTOMERS] - share[k] * surplus, 1e-6);
        small_free(&made.small);
    }
    small_free(&none.small);
}

/* An operator that sells the heat itself pays itself nothing for the source. */
static void an_operator_does_not_pay_itself(void **state) {
    (void)state;
    struct made made =
        make("hearth: 1\nname: direct\nplace: {climate: seattle, ground_c: 11}\n"
             "horizon: {from: 2024-01-08, days: 2}\nmoney: {currency: USD, year: 2024}\n"
             "fuel: {gas_money_kwh: 0.06}\nelectricity: {data_centre: {energy_money_kwh: 0.08}}\n"
             "data_centre:\n  - {name: hall, it_kw: 100, load: flat, coolant_c: 50, cooling: "
             "{kind: declared_cooling, cooling_overhead_kw_kw: 0.1},\n"
             "     heat_recovery: {from: coolant_return, temperature_c: 46, max_kw: 100}}\n"
             "town:\n  - {name: bath, kind: pool, water_m2: 300, heated_by: gas_boiler}\n"
             "plant: {heat_exchanger: {capacity_kw: choose, owner: operator}}\n"
             "heat_contract: {model: cost_plus, source_heat_money_kwh: 0.03}\n");
    assert_true(made.accounts->metrics[CASE_TOGETHER].heat_delivered_kwh_year > 1.0);
    assert_true(paid(&made, "source_heat", PARTY_OPERATOR, PARTY_HEAT_UTILITY) == 0.0);
    assert_true(isnan(made.accounts->source_heat_price_money_kwh));
    /* at cost the operator is where it was apart */
    double scale = made.accounts->metrics[CASE_TOGETHER].cost_money_year;
    assert_true(fabs(made.accounts->change.net_money_year[PARTY_OPERATOR]) <= 1e-8 * scale);
    small_free(&made.small);
}

/* Prices by step: each against its own sum over what the substation passes on. */
static void prices_by_step(void **state) {
    (void)state;
    static const char *const texts[] = {
        BASE "heat_contract: {model: by_temperature, cold_money_kwh: 0.09, warm_money_kwh: 0.01, "
             "peak_money_kw_year: 6}\n",
        BASE "heat_contract: {model: seasonal, winter_money_kwh: 0.07, shoulder_money_kwh: 0.03, "
             "summer_money_kwh: 0.01, peak_money_kw_year: 6}\n",
        BASE "heat_contract: {model: avoided_cost}\n"};
    for (int k = 0; k < COUNT(texts); k++) {
        struct made made = make(texts[k]);
        const struct plan *plan = made.small.plan;
        const double *heat_kw =
            small_port(&made.small, CASE_TOGETHER, "campus_substation", "heat_out");
        const double *price =
            plan->cases[CASE_APART].price_money_kwh[scenario_bus(made.small.scenario, "campus")];
        double money = 0.0, peak_kw = 0.0;
        for (int t = 0; t < plan->hours->horizon_count; t++) {
            double outdoor_c = plan->hours->outdoor_c[t];
            double by_temperature = outdoor_c <= -10.0  ? 0.09
                                    : outdoor_c >= 15.0 ? 0.01
                                                        : 0.09 - 0.08 * (outdoor_c + 10.0) / 25.0;
            money += heat_kw[t] * (k == 0 ? by_temperature : k == 1 ? 0.07 : price[t]);
            peak_kw = fmax(peak_kw, heat_kw[t]);
        }
        money *= plan->hours->step_h / made.small.scenario->year_frac;
        assert_near(heat_sold(&made), money + (k < 2 ? 6.0 * peak_kw : 0.0), 1e-8);
        small_free(&made.small);
    }
}

/* At the band's ends somebody just breaks even; within it nobody loses. */
static void the_band_is_where_all_gain(void **state) {
    (void)state;
    struct made made = make(BASE "heat_contract: {model: free}\n");
    struct price_band band = made.accounts->band;
    double scale = made.accounts->metrics[CASE_APART].cost_money_year;
    for (int end = 0; end < 2; end++) {
        double price = end ? band.high_money_kwh : band.low_money_kwh;
        struct made at =
            make(arena_format(made.small.arena,
                              BASE "heat_contract: {model: fixed_price, price_money_kwh: %.12f, "
                                   "source_heat_money_kwh: 0}\n",
                              price));
        const double *net = at.accounts->change.net_money_year;
        double zero =
            end ? net[PARTY_HEAT_CUSTOMERS] : net[PARTY_HEAT_UTILITY] + net[PARTY_OPERATOR];
        assert_true(fabs(zero) < 1e-6 * scale);
        assert_near(at.accounts->band.low_money_kwh, band.low_money_kwh, 1e-7);
        /* at its owner's price the seller has nothing more than its rate */
        assert_near(at.accounts->life->owner_price_money_kwh,
                    price - net[PARTY_HEAT_UTILITY] / at.accounts->sold_kwh_year, 1e-7);
        small_free(&at.small);
    }
    small_free(&made.small);
}

/* Existing producers sell at cost in every case: the utility neither gains nor loses by them. */
static void existing_plant_sells_at_cost(void **state) {
    (void)state;
    struct made made = {small_example("odense", "2024-01-08", 3, ""), NULL};
    small_plan(&made.small);
    assert_int_equal(accounts_make(made.small.plan, made.small.arena, &made.accounts), STATUS_OK);
    for (int k = 0; k < CASE_TOGETHER; k++) {
        double scale = made.accounts->metrics[k].cost_money_year;
        assert_true(fabs(made.accounts->ledger[k].net_money_year[PARTY_HEAT_UTILITY]) <=
                    1e-9 * scale);
    }
    small_free(&made.small);
}

/* Present value of the yearly changes: 14.0939 years at 5 % and 25 years. */
static void present_values(void **state) {
    (void)state;
    struct made made = make(BASE "heat_contract: {model: shared_savings}\n");
    const struct accounts *a = made.accounts;
    double years = 0.0, parties = 0.0;
    for (int year = 1; year <= 25; year++) {
        years += pow(1.05, -year);
    }
    assert_true(fabs(years - 14.0939) < 1e-4);
    for (int party = 0; party < PARTY_COUNT; party++) {
        double net = a->ledger[CASE_TOGETHER].net_money_year[party] -
                     a->ledger[CASE_APART].net_money_year[party];
        assert_true(fabs(a->npv_party_money[party] - years * net) <=
                    1e-9 * (1.0 + fabs(years * a->metrics[CASE_APART].cost_money_year)));
        parties += made.small.scenario->objective_party[party] ? years * net : 0.0;
    }
    assert_near(a->npv_money, parties, 1e-6);
    assert_near(a->npv_society_money,
                years * (a->metrics[CASE_APART].society_money_year -
                         a->metrics[CASE_TOGETHER].society_money_year),
                1e-9);
    small_free(&made.small);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(free_heat_costs_nothing),
                                       cmocka_unit_test(a_fixed_price_is_paid_for_every_kwh),
                                       cmocka_unit_test(cost_plus_covers_the_cost_and_a_margin),
                                       cmocka_unit_test(savings_are_shared),
                                       cmocka_unit_test(an_operator_does_not_pay_itself),
                                       cmocka_unit_test(existing_plant_sells_at_cost),
                                       cmocka_unit_test(prices_by_step),
                                       cmocka_unit_test(the_band_is_where_all_gain),
                                       cmocka_unit_test(present_values)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
