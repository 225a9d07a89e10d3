/* The books over the life: hand-made sums of loans, taxes, grants and stress; and of random scenarios, that transfers
   cancel to a cent, that every party's present value is what a slow sum of the lines gives, and that the books over the
   life say what the optimum's annuities say. `test_life long` takes 200 of these. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/life.h"
#include "accounts/made.h"
#include "base/random.h"

#define BASE                                                                                       \
    SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT                         \
        "require: {heat_share_frac: 0.4}\n"

/* Present value of the lines of a kind from payer to payee, year by year, the slow way. */
static double worth(const struct made *made, enum plan_case kind, const char *what, int payer,
                    int payee) {
    const struct life *life = made->accounts->life;
    double money = 0.0, step_ratio = 1.0 + made->small.scenario->discount_frac;
    for (int n = 0; n < life->lines_count[kind]; n++) {
        const struct life_line *line = &life->lines[kind][n];
        assert_true(line->money > 0.0 && line->payer != line->payee);
        for (double year = line->first_year; year <= line->last_year + 1e-6; year += 1.0) {
            bool it = (!what || strcmp(line->kind, what) == 0) &&
                      (payer < 0 || line->payer == payer) && (payee < 0 || line->payee == payee);
            money += it ? line->money * pow(step_ratio, -year) : 0.0;
        }
    }
    return money;
}

static double built(const struct made *made, const char *name) {
    return small_flow(&made->small, CASE_TOGETHER, name)->investment_money;
}

/* A heat pump of 25 years in a life of 25: built once, nothing left. One of 10: built in 0, 10, 20, half left. */
static void plant_is_built_worn_out_and_left(void **state) {
    (void)state;
    struct made made = make(SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK
                            "plant:\n  heat_pump: {capacity_kw: choose, meter: campus, life_year: "
                            "10}\nrequire: {heat_share_frac: 0.4}\n");
    const struct life *life = made.accounts->life;
    int pump = small_instance(&made.small, "heat_pump");
    double money = built(&made, "heat_pump"), left = 0.0;
    int replaced = 0;
    for (int n = 0; n < life->lines_count[CASE_TOGETHER]; n++) {
        const struct life_line *line = &life->lines[CASE_TOGETHER][n];
        if (line->instance != pump) {
            continue;
        }
        if (strcmp(line->kind, "plant_replaced") == 0) {
            replaced++;
            assert_true(line->first_year == 10.0 * replaced && line->money == money);
        }
        left += strcmp(line->kind, "plant_left") == 0 ? line->money : 0.0;
    }
    assert_int_equal(replaced, 2);
    double annuity = 0.05 / (1.0 - pow(1.05, -10.0)), five = (1.0 - pow(1.05, -5.0)) / 0.05;
    assert_near(left, money * annuity * five, 1e-12);
    small_free(&made.small);
}

/* A loan at the plan's own rate is worth nothing to either; half of what is built is lent. */
static void a_loan_at_the_plans_rate_is_worth_nothing(void **state) {
    (void)state;
    struct made none = make(BASE);
    struct made lent = make(BASE "finance:\n  - {party: heat_utility, loan_frac: 0.5, "
                                 "loan_interest_frac: 0.05, loan_year: 15}\n");
    struct made dear = make(BASE "finance:\n  - {party: heat_utility, loan_frac: 0.5, "
                                 "loan_interest_frac: 0.08, loan_year: 30}\n");
    double all = worth(&lent, CASE_TOGETHER, "loan", PARTY_LENDERS, PARTY_HEAT_UTILITY);
    assert_true(all > 0.0);
    assert_true(fabs(lent.accounts->life->party[PARTY_LENDERS].npv_money) < 1e-9 * all);
    assert_near(lent.accounts->npv_party_money[PARTY_HEAT_UTILITY],
                none.accounts->npv_party_money[PARTY_HEAT_UTILITY], 1e-7);
    /* at 8 % the lenders gain what the utility loses */
    double gain = dear.accounts->life->party[PARTY_LENDERS].npv_money;
    assert_true(gain > 0.01 * all);
    assert_near(none.accounts->npv_party_money[PARTY_HEAT_UTILITY] -
                    dear.accounts->npv_party_money[PARTY_HEAT_UTILITY],
                gain, 1e-6);
    /* what it owes after 25 of 30 years it pays then: interest on the rest is paid, too */
    assert_near(worth(&dear, CASE_TOGETHER, "loan_paid", PARTY_HEAT_UTILITY, PARTY_LENDERS) - all,
                gain, 1e-9);
    small_free(&none.small);
    small_free(&lent.small);
    small_free(&dear.small);
}

/* Tax of a quarter: on what the years leave, less depreciation, straight over 25 years for a heat pump. */
static void tax_falls_on_gain_less_depreciation(void **state) {
    (void)state;
    struct made made = make(BASE "heat_contract: {model: fixed_price, price_money_kwh: 0.2}\n"
                                 "finance:\n  - {party: heat_utility, tax_frac: 0.25}\n");
    int utility = PARTY_HEAT_UTILITY;
    double years = made.accounts->life->years_ratio;
    double net = made.accounts->ledger[CASE_TOGETHER].net_money_year[utility];
    double capital = 0.0, saved = 0.0, left = 0.0;
    for (int i = 0; i < made.small.scenario->instances_count; i++) {
        const struct instance *it = &made.small.scenario->instances[i];
        const struct flow *flow = &made.small.plan->cases[CASE_TOGETHER].flow[i];
        if (it->owner != PARTY_HEAT_UTILITY || !flow->included || flow->investment_money <= 0.0) {
            continue;
        }
        double life_year = life_of_instance_year(made.small.scenario, i);
        capital += flow->capital_money / made.small.scenario->year_frac;
        assert_true(life_year >= 25.0);
        saved += 0.25 * flow->investment_money / life_year * years;
        double book = flow->investment_money * (1.0 - 25.0 / life_year);
        saved += 0.25 * book * pow(1.05, -25.0);
        left += flow->investment_money *
                (finance_annuity_frac_year(0.05, life_year) *
                 finance_present_ratio(0.05, life_year - 25.0)) *
                pow(1.05, -25.0);
    }
    double paid = worth(&made, CASE_TOGETHER, "income_tax", utility, PARTY_STATE);
    assert_near(paid, 0.25 * ((net + capital) * years + left), 1e-9);
    assert_near(worth(&made, CASE_TOGETHER, "tax_saved", PARTY_STATE, utility), saved, 1e-9);
    small_free(&made.small);
}

static void grants_are_paid_while_they_last(void **state) {
    (void)state;
    struct made made = make(
        BASE
        "site: {start_date: 2026-09-01}\nincentives:\n"
        "  - {name: share, from: state, to: heat_utility, invest_frac: 0.3, plant: heat_pump}\n"
        "  - {name: capped, from: municipality, to: heat_utility, invest_frac: 1, most_money: "
        "1000, first_year: 2}\n"
        "  - {name: lapsed, from: state, to: heat_utility, money: 5000, ends: 2026-07-04}\n"
        "  - {name: heat, from: state, to: heat_customers, money_kwh: 0.01, last_year: 3}\n");
    const struct accounts *a = made.accounts;
    double heat = 0.01 * a->metrics[CASE_TOGETHER].heat_delivered_kwh_year;
    assert_near(worth(&made, CASE_TOGETHER, "incentive", PARTY_STATE, PARTY_HEAT_UTILITY),
                0.3 * built(&made, "heat_pump"), 1e-12);
    assert_near(worth(&made, CASE_TOGETHER, "incentive", PARTY_MUNICIPALITY, PARTY_HEAT_UTILITY),
                1000.0 / 1.05 / 1.05, 1e-12);
    assert_near(worth(&made, CASE_TOGETHER, "incentive", PARTY_STATE, PARTY_HEAT_CUSTOMERS),
                heat * (1.0 / 1.05 + 1.0 / 1.1025 + 1.0 / 1.157625), 1e-9);
    assert_true(worth(&made, CASE_APART, "incentive", -1, -1) == 0.0);
    assert_int_equal(a->life->incentives_lapsed, 1);
    assert_false(a->life->incentives_unsure);
    small_free(&made.small);
}

/* Taxes of a building of 10 M and computers of 20 M, abated by half for two years; work; the grid. */
static void the_community_has_its_part(void **state) {
    (void)state;
    struct made made = make(
        BASE "community: {households_count: 100, other_kwh_year: 1e8, grid_invest_money: 2000000, "
             "grid_life_year: 40, grid_return_frac: 0.05, building_money: 1e7, "
             "building_tax_frac_year: 0.01, equipment_money: 2e7, equipment_tax_frac_year: 0.02, "
             "equipment_sales_tax_frac: 0.06, sales_exempt_frac: 1, abatement_frac: 0.5, "
             "abatement_year: 2, services_money_year: 30000, grid_paid_frac: 0.25, "
             "grid_digital_money: 300000, grid_digital_life_year: 10}\n");
    const struct community_account *c = &made.accounts->life->community;
    assert_near(c->tax_money_year[0], 0.5 * (1e5 + 2e5), 1e-12);
    assert_near(c->tax_money_year[1], 1e5 + 2e7 * 0.05 * 0.02, 1e-12); /* in its fifth year */
    assert_near(c->tax_money_year[2], 1e5 + 2e7 * 0.05 * 0.02, 1e-12); /* new in year 6 */
    assert_near(c->abated_npv_money, 0.5 * (3e5 / 1.05 + (1e5 + 1.4e5) / 1.1025), 1e-12);
    assert_near(c->exempt_npv_money,
                1.2e6 * (1.0 + pow(1.05, -5) + pow(1.05, -10) + pow(1.05, -15) + pow(1.05, -20)),
                1e-12);
    assert_near(c->jobs_value, 0.7, 1e-12);
    assert_near(c->subsidy_per_job_money, (c->abated_npv_money + c->exempt_npv_money) / 0.7, 1e-12);
    double need = 0.75 * 2e6 * finance_annuity_frac_year(0.05, 40.0) +
                  3e5 * finance_annuity_frac_year(0.05, 10.0);
    assert_near(
        worth(&made, CASE_TOGETHER, "grid_contribution", PARTY_OPERATOR, PARTY_ELECTRIC_UTILITY),
        5e5, 1e-12);
    assert_near(worth(&made, CASE_TOGETHER, "grid_digital", PARTY_ELECTRIC_UTILITY, -1),
                3e5 * (1.0 + pow(1.05, -10.0) + pow(1.05, -20.0)), 1e-12);
    assert_near(c->rate_leaves_money_home_month, need / 1e8 * 4000.0 / 12.0, 1e-12);
    assert_near(c->bill_money_home_year,
                made.accounts->metrics[CASE_TOGETHER].heat_bill_money_year / 100.0, 1e-12);
    /* both cases have the data centre: nothing of it is a gain of together */
    assert_true(fabs(made.accounts->life->party[PARTY_MUNICIPALITY].npv_money) < 1e-3);
    small_free(&made.small);
}

/* Leaving after the last year costs the town nothing; leaving earlier costs the utility what it has not got back. */
static void stress_is_what_the_books_say(void **state) {
    (void)state;
    struct made made = make(
        BASE "heat_contract: {model: fixed_price, price_money_kwh: 0.1}\nstress: {leave_year: 5, "
             "power_frac: 0.1}\ncommitments:\n  - {what: exit, by: operator, to: heat_utility, if: "
             "operator_leaves, money: 1000, until_year: 5}\n  - {what: late, by: operator, to: "
             "heat_utility, if: operator_leaves, money: 777, until_year: 4}\n");
    const struct life *life = made.accounts->life;
    const struct stress_case *leaves = &life->stress[STRESS_OPERATOR_LEAVES];
    const struct stress_case *away = &life->stress[STRESS_CUSTOMERS_STAY_AWAY];
    int utility = PARTY_HEAT_UTILITY;
    assert_near(leaves->party[utility].covered_money, 1000.0 * pow(1.05, -5.0), 1e-12);
    /* the utility has nothing today: it loses the margin of years 6 to 25 and what its plant would still be worth */
    double margin = 0.0, left = 0.0;
    for (int n = 0; n < life->lines_count[CASE_TOGETHER]; n++) {
        const struct life_line *line = &life->lines[CASE_TOGETHER][n];
        double sign = life_sign(line, utility);
        margin += line->first_year == 1.0 ? sign * line->money : 0.0;
        left += strcmp(line->kind, "plant_left") == 0 ? sign * line->money : 0.0;
    }
    double later = finance_present_ratio(0.05, 25.0) - finance_present_ratio(0.05, 5.0);
    assert_near(leaves->party[utility].loss_money, margin * later + left * pow(1.05, -25.0), 1e-9);
    /* customers stay away: it has paid for its plant and gets nothing */
    double plant = worth(&made, CASE_TOGETHER, "plant_built", utility, -1);
    assert_near(away->party[utility].loss_money - life->party[utility].npv_money, plant, 1e-9);
    /* power: who buys it pays a tenth more */
    double bought = worth(&made, CASE_TOGETHER, "electricity_energy", PARTY_OPERATOR, -1);
    assert_near(life->stress[STRESS_POWER_DEARER].party[PARTY_OPERATOR].loss_money, 0.1 * bought,
                1e-9);
    double all = 0.0;
    for (int party = 0; party < PARTY_COUNT; party++) {
        all += life->stress[STRESS_POWER_DEARER].party[party].loss_money;
    }
    assert_near(all, 0.1 * worth(&made, CASE_TOGETHER, "electricity_energy", -1, -1), 1e-9);
    small_free(&made.small);
}

/* Out of 12 years of a contract at the end of the fifth: three years of the least payment, 0.85 of 5,000 kW at 10 a month,
   covers the electric utility and costs the operator; in year 10 two years are left, behind the term nothing is due. */
static void leaving_a_large_loads_contract(void **state) {
    (void)state;
    static const char *const fee =
        "electricity:\n  data_centre: {energy_money_kwh: 0.082, tariff: {month_demand: "
        "[{money_kw_month: 10}]}, large_load: {contract_kw: 5000, min_share_d_frac: 0.85, "
        "term_year: 12, exit_year: 3, collateral_money_kw: 50}}\n"
        "  campus: {energy_money_kwh: 0.082}\n  carbon: {average_kgco2_kwh: 0.08, "
        "marginal_kgco2_kwh: 0.35}\n";
    struct arena *arena = arena_new(0);
    struct made made =
        make(arena_format(arena, "%s%s%s", SMALL_HEAD, fee,
                          SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT
                          "require: {heat_share_frac: 0.4}\nstress: {leave_year: 5}\n"));
    const struct stress_case *leaves = &made.accounts->life->stress[STRESS_OPERATOR_LEAVES];
    double least_money_year = 12.0 * 10.0 * 0.85 * 5000.0;
    assert_near(leaves->exit_money, 3.0 * least_money_year, 1e-12);
    assert_near(leaves->party[PARTY_ELECTRIC_UTILITY].covered_money,
                3.0 * least_money_year * pow(1.05, -5.0), 1e-12);
    assert_near(life_exit_money(made.small.scenario, 0, 10.0), 2.0 * least_money_year, 1e-12);
    assert_true(life_exit_money(made.small.scenario, 0, 12.0) == 0.0);
    assert_true(life_exit_money(made.small.scenario, 1, 5.0) == 0.0);
    for (int k = 1; k < STRESS_KINDS; k++) {
        assert_true(made.accounts->life->stress[k].exit_money == 0.0);
    }
    small_free(&made.small);
    arena_free(arena);
}

/* The worth of what a year pays, growing from year 1 on, is REopt's: x (1 - x^N) / (1 - x), x = (1 + e) / (1 + d). */
static void prices_grow_over_the_years(void **state) {
    (void)state;
    struct made made = make(BASE "growth: {power_frac_year: 0.0166, fuel_frac_year: 0.0348}\n"
                                 "finance:\n  - {party: operator, tax_frac: 0.2}\n");
    struct made flat = make(BASE "finance:\n  - {party: operator, tax_frac: 0.2}\n");
    static const struct {
        const char *kind;
        double growth_frac;
    } kinds[] = {{"electricity_energy", 0.0166},
                 {"fuel", 0.0348},
                 {"power_generated", 0.0166},
                 {"plant_fixed", 0.0}};
    for (int k = 0; k < COUNT(kinds); k++) {
        double x_ratio = (1.0 + kinds[k].growth_frac) / 1.05;
        double level = (1.0 - pow(1.05, -25.0)) / 0.05;
        double grown = x_ratio * (1.0 - pow(x_ratio, 25.0)) / (1.0 - x_ratio);
        double before = worth(&flat, CASE_TOGETHER, kinds[k].kind, -1, -1);
        assert_true(before > 0.0);
        assert_near(worth(&made, CASE_TOGETHER, kinds[k].kind, -1, -1) / before, grown / level,
                    1e-9);
    }
    /* the optimum is the same; the books close; what grows is taxed */
    assert_near(made.accounts->npv_money, flat.accounts->npv_money, 1e-9);
    assert_true(made.accounts->life->sum_money <= 0.01);
    assert_true(worth(&made, CASE_TOGETHER, "income_tax", PARTY_STATE, PARTY_OPERATOR) >
                worth(&flat, CASE_TOGETHER, "income_tax", PARTY_STATE, PARTY_OPERATOR));
    double sum = 0.0;
    for (int party = 0; party < PARTY_COUNT; party++) {
        bool of = made.small.scenario->objective_party[party];
        double taxes[2] = {0.0, 0.0};
        const struct made *both[2] = {&made, &flat};
        for (int k = 0; k < 2; k++) {
            taxes[k] = worth(both[k], CASE_TOGETHER, "income_tax", PARTY_STATE, party) -
                       worth(both[k], CASE_TOGETHER, "income_tax", party, PARTY_STATE) -
                       worth(both[k], CASE_APART, "income_tax", PARTY_STATE, party) +
                       worth(both[k], CASE_APART, "income_tax", party, PARTY_STATE);
        }
        sum += of ? made.accounts->life->party[party].npv_money -
                        flat.accounts->life->party[party].npv_money - taxes[0] + taxes[1]
                  : 0.0;
    }
    assert_near(made.accounts->life->grown_npv_money - made.accounts->npv_money, sum, 1e-6);
    small_free(&made.small);
    small_free(&flat.small);
}

/* Homes by class and tenure have their parts of the customers' payments, and all parts are the whole. */
static void homes_share_the_bill(void **state) {
    (void)state;
    struct made made =
        make(BASE "heat_contract: {model: fixed_price, price_money_kwh: 0.06}\nhouseholds:\n"
                  "  - {class: flats, tenure: rent, homes_count: 20, heat_kwh_year: 5000, "
                  "income_money_year: 30000, passed_on_frac: 0.25}\n"
                  "  - {class: houses, homes_count: 10, heat_kwh_year: 12000}\n");
    const struct life *life = made.accounts->life;
    const struct household_account *flat = &life->household[0], *house = &life->household[1];
    double need = made.accounts->metrics[CASE_TOGETHER].heat_demand_kwh_year;
    assert_true(need > 220000.0);
    assert_near(flat->share_frac, 100000.0 / need, 1e-12);
    assert_near(life->others_share_frac, 1.0 - 220000.0 / need, 1e-12);
    for (int k = 0; k < CASES; k++) {
        double all = made.accounts->metrics[k].heat_bill_money_year;
        double homes = 20.0 * (flat->running_money_home_year[k] + flat->plant_money_home_year[k]) +
                       10.0 * (house->running_money_home_year[k] + house->plant_money_home_year[k]);
        assert_near(homes, all * 220000.0 / need, 1e-9);
        assert_near(house->pays_money_home_year[k],
                    house->running_money_home_year[k] + house->plant_money_home_year[k], 1e-12);
        assert_near(flat->pays_money_home_year[k],
                    flat->running_money_home_year[k] + 0.25 * flat->plant_money_home_year[k],
                    1e-12);
        assert_near(flat->burden_frac[k], flat->pays_money_home_year[k] / 30000.0, 1e-12);
        assert_true(isnan(house->burden_frac[k]));
    }
    assert_true(flat->plant_money_home_year[CASE_APART] > 0.0); /* boilers in the house */
    small_free(&made.small);
}

/* By hand, a heat pump that lasts as long as the plan: its owner is paid what gives him 8 % after a tax of a quarter. A trunk
   of 40 years whose user buys it after ten at half its worth: paid for by the year, kept by its user. */
static void a_third_party_owns_plant(void **state) {
    (void)state;
    struct made made =
        make(BASE "third_party:\n  - {plant: heat_pump}\n  - {plant: heat_network, by: "
                  "municipality, money_year: 9000, term_year: 10, bought_frac: 0.5, "
                  "upkeep: false}\n"
                  "finance:\n  - {party: third_party, discount_frac: 0.08, "
                  "tax_frac: 0.25}\n");
    const struct life *life = made.accounts->life;
    int third = PARTY_THIRD_PARTY, utility = PARTY_HEAT_UTILITY, city = PARTY_MUNICIPALITY;
    const struct flow *pump = small_flow(&made.small, CASE_TOGETHER, "heat_pump");
    double invest = pump->investment_money, year_frac = made.small.scenario->year_frac;
    double at_eight = finance_present_ratio(0.08, 25.0),
           at_five = finance_present_ratio(0.05, 25.0);
    double paid = (invest - 0.25 * invest / 25.0 * at_eight) / (0.75 * at_eight) +
                  pump->fixed_money / year_frac;
    assert_near(life->lease[0].paid_money_year, paid, 1e-9);
    assert_near(life->lease[0].paid_money_kwh * made.accounts->sold_kwh_year, paid, 0.2);
    assert_true(fabs(life->party[third].npv_own_money) < 1e-7 * invest);
    assert_true(life->party[third].irr == FINANCE_IRR_ONE);
    assert_near(life->party[third].irr_frac, 0.08, 1e-7);
    /* the user pays what its owner has, and is given what plant and upkeep cost */
    assert_near(worth(&made, CASE_TOGETHER, "plant_financed", third, utility), invest, 1e-12);
    assert_near(worth(&made, CASE_TOGETHER, "lease_paid", utility, third), paid * at_five, 1e-9);

    double trunk = built(&made, "heat_network");
    double left = trunk * finance_annuity_frac_year(0.05, 40.0) * finance_present_ratio(0.05, 30.0);
    assert_near(worth(&made, CASE_TOGETHER, "plant_bought", utility, city),
                0.5 * left * pow(1.05, -10.0), 1e-9);
    assert_near(life->party[city].npv_money,
                9000.0 * finance_present_ratio(0.05, 10.0) + 0.5 * left * pow(1.05, -10.0) - trunk,
                1e-7);
    assert_true(worth(&made, CASE_TOGETHER, "upkeep_taken", city, -1) == 0.0);
    assert_near(life->leased_money_year, paid + 9000.0, 1e-9);
    /* when nobody takes the heat from the first year on, its owner has paid and gets nothing */
    assert_near(life->stress[STRESS_CUSTOMERS_STAY_AWAY].party[third].loss_money -
                    life->party[third].npv_money,
                invest, 1e-7);
    small_free(&made.small);
}

/* ---- random scenarios ---- */

static double between(struct random *random, double low, double high) {
    return low + (high - low) * random_uniform(random);
}

static const char *random_text(struct random *random, struct arena *arena) {
    static const char *const contracts[] = {
        "shared_savings, share_frac: 0.3",
        "cost_plus, share_frac: 0.1",
        "free",
        "fixed_price, price_money_kwh: 0.07",
        "avoided_cost",
        "by_temperature, cold_money_kwh: 0.08, warm_money_kwh: 0.01, peak_money_kw_year: 5",
        "seasonal, winter_money_kwh: 0.07, shoulder_money_kwh: 0.04, summer_money_kwh: 0.02"};
    static const double lives[] = {1.0, 7.0, 12.5, 25.0, 40.25};
    static const char *const leases[] = {
        "third_party: [{plant: heat_pump}]\n",
        "third_party: [{plant: heat_pump, savings_frac: 0.4, term_year: 4.5}]\n",
        ("third_party: [{plant: heat_network, by: operator, money_year: 7000, upkeep: false},\n"
         "  {plant: heat_pump, money_kwh: 0.03, term_year: 12}]\n"),
        "", "third_party: [{plant: heat_pump, by: suppliers, term_year: 15.5}]\n"};
    int contract = (int)(random_uniform(random) * COUNT(contracts));
    int life = (int)(random_uniform(random) * COUNT(lives));
    return arena_format(
        arena,
        "hearth: 1\nname: random\nplace: {climate: seattle}\nhorizon: {from: 2024-%02d-10, days: "
        "1}\nmoney: {currency: USD, year: 2024, discount_frac: %.4f, life_year: %.2f, "
        "sales_tax_frac: %.3f, carbon_price: {paid_money_kg: %.3f, shadow_money_kg: %.3f}}\n"
        "fuel: {gas_money_kwh: %.4f}\nelectricity:\n  data_centre: {energy_money_kwh: %.4f, "
        "demand_money_kw_month: %.2f}\n  campus: {energy_money_kwh: %.4f}\n" SMALL_HALL
        "town:\n  - {name: campus, building: office, floor_m2: %.0f, emitter: low_temperature, "
        "hot_water: local_electric, heated_by: gas_boiler}\n" SMALL_NETWORK
        "plant:\n  heat_pump: {capacity_kw: choose, meter: campus, life_year: %.1f}\n"
        "require: {heat_share_frac: %.3f}\nheat_contract: {model: %s}\n"
        "finance:\n  - {party: heat_utility, discount_frac: %.3f, loan_frac: %.3f, loan_year: "
        "%.1f, "
        "tax_frac: %.3f}\n  - {party: operator, tax_frac: %.3f}\n"
        "incentives:\n  - {from: state, to: heat_utility, invest_frac: %.3f}\n"
        "community: {equipment_money: 1e6, equipment_tax_frac_year: 0.01, abatement_frac: %.3f, "
        "abatement_year: %.1f, services_money_year: 1000, building_money: 1e6, "
        "building_tax_frac_year: 0.01}\n"
        "growth: {power_frac_year: %.4f, fuel_frac_year: %.4f, upkeep_frac_year: %.4f}\n%s",
        1 + (int)(random_uniform(random) * 12.0), between(random, 0.0, 0.12), lives[life],
        between(random, 0.0, 0.1), between(random, 0.0, 0.1), between(random, 0.0, 0.1),
        between(random, 0.02, 0.12), between(random, 0.04, 0.2), between(random, 0.0, 15.0),
        between(random, 0.04, 0.2), between(random, 5e3, 3e4), between(random, 6.0, 40.0),
        between(random, 0.0, 0.3), contracts[contract], between(random, 0.0, 0.12),
        between(random, 0.0, 0.9), between(random, 3.0, 30.0), between(random, 0.0, 0.4),
        between(random, 0.0, 0.3), between(random, 0.0, 0.5), between(random, 0.0, 1.0),
        between(random, 0.0, 15.0), between(random, -0.02, 0.04), between(random, -0.02, 0.04),
        between(random, 0.0, 0.03), leases[life]);
}

static void check_books(const struct made *made) {
    const struct life *life = made->accounts->life;
    double scale = 1.0;
    for (int k = 0; k < CASES; k++) {
        scale += worth(made, (enum plan_case)k, NULL, -1, -1);
    }
    assert_true(life->sum_money <= 0.01);
    double all = 0.0, outside = 0.0;
    for (int party = 0; party < PARTY_COUNT; party++) {
        double slow = worth(made, CASE_TOGETHER, NULL, -1, party) -
                      worth(made, CASE_TOGETHER, NULL, party, -1) -
                      worth(made, CASE_APART, NULL, -1, party) +
                      worth(made, CASE_APART, NULL, party, -1);
        assert_true(fabs(slow - life->party[party].npv_money) <= 1e-9 * scale);
        all += life->party[party].npv_money;
        outside += life->party[party].npv_outside_money;
    }
    assert_true(fabs(all - outside) <= 0.01 + 1e-9 * scale); /* what is left is real: resources */
    double parties = 0.0, lent = 0.0;
    for (int party = 0; party < PARTY_COUNT; party++) {
        parties += made->small.scenario->objective_party[party]
                       ? made->accounts->change.net_money_year[party] * life->years_ratio
                       : 0.0;
        lent += life->party[party].npv_money;
    }
    assert_true(fabs(parties - made->accounts->npv_money) <= 1e-9 * scale && isfinite(lent));
}

static int scenarios_count = 6;

static void random_scenarios_close(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 20240615);
    int sold = 0;
    for (int k = 0; k < scenarios_count; k++) {
        struct arena *arena = arena_new(0);
        struct made made = make(random_text(&random, arena));
        check_books(&made);
        sold += made.accounts->sold_kwh_year > 0.0 ? 1 : 0;
        small_free(&made.small);
        arena_free(arena);
    }
    assert_true(sold > 0);
}

int main(int argc, char **argv) {
    bool all = argc > 1 && strcmp(argv[1], "long") == 0;
    scenarios_count = all ? 200 : scenarios_count;
    const struct CMUnitTest tests[] = {cmocka_unit_test(plant_is_built_worn_out_and_left),
                                       cmocka_unit_test(a_loan_at_the_plans_rate_is_worth_nothing),
                                       cmocka_unit_test(tax_falls_on_gain_less_depreciation),
                                       cmocka_unit_test(grants_are_paid_while_they_last),
                                       cmocka_unit_test(the_community_has_its_part),
                                       cmocka_unit_test(prices_grow_over_the_years),
                                       cmocka_unit_test(homes_share_the_bill),
                                       cmocka_unit_test(stress_is_what_the_books_say),
                                       cmocka_unit_test(a_third_party_owns_plant),
                                       cmocka_unit_test(leaving_a_large_loads_contract),
                                       cmocka_unit_test(random_scenarios_close)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
