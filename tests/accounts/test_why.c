/* Every sentence is held against an exact re-solve that knows nothing of how it was found: the scenario's text is changed
   and planned. `test_why long` takes random scenarios. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/why.h"
#include "base/random.h"
#include "plan/small.h"
#include "scenario/change.h"

enum { METERS_IN_A_TEST = 4 };

struct made {
    struct small small;
    struct accounts *accounts;
    struct why *why;
    const char *text;
};

static struct made make(const char *text) {
    struct made made = {small_solve(text), NULL, NULL, text};
    assert_int_equal(accounts_make(made.small.plan, made.small.arena, &made.accounts), STATUS_OK);
    assert_int_equal(account_why(made.accounts, NULL, made.small.arena, &made.why), STATUS_OK);
    return made;
}

static double price_money_kwh(const struct instance *it, const char *key) {
    const char *at = (const char *)it->self + component_param(it->kind, key)->offset;
    return ((const struct input *)(const void *)at)->value;
}

static double fuel_money_kwh(const struct scenario *s) {
    for (int i = 0; i < s->instances_count; i++) {
        if (strcmp(s->instances[i].kind->name, "fuel_supply") == 0) {
            return price_money_kwh(&s->instances[i], "price_money_kwh");
        }
    }
    fail();
    return 0.0;
}

static double source_c(const struct scenario *s) {
    const struct instance *it = &s->instances[s->halls[0].recovery];
    return component_number(it->kind, it->self, "declared_supply_c", (double)NAN);
}

/* The scenario's text with the lever at a value: paths and what is written there. */
static int changes_at(const struct made *made, const struct why_line *line, double value,
                      struct arena *arena, struct scenario_change *ret) {
    const struct scenario *s = made->small.scenario;
    int count = 0;
    switch (line->lever.lever) {
    case LEVER_POWER:
        for (int m = 0; m < s->meters_count; m++) {
            const struct instance *grid = &s->instances[s->meters[m].grid];
            ret[count++] = (struct scenario_change){
                arena_format(arena, "electricity.%s.energy_money_kwh", s->meters[m].name),
                arena_format(arena, "%.17g", value * price_money_kwh(grid, "energy_money_kwh")),
                {0},
                false};
        }
        break;
    case LEVER_FUEL:
        ret[count++] =
            (struct scenario_change){"fuel.gas_money_kwh",
                                     arena_format(arena, "%.17g", value * fuel_money_kwh(s)),
                                     {0},
                                     false};
        break;
    case LEVER_CARBON:
        ret[count++] = (struct scenario_change){
            "money.carbon_price.shadow_money_kg", arena_format(arena, "%.17g", value), {0}, false};
        break;
    case LEVER_DISTANCE:
        ret[count++] = (struct scenario_change){
            "heat_network.length_m", arena_format(arena, "%.17g", value), {0}, false};
        break;
    case LEVER_SOURCE: {
        const struct instance *hall = &s->instances[s->halls[0].instance];
        const struct instance *recovery = &s->instances[s->halls[0].recovery];
        int bus = recovery->port_bus[component_port(recovery->kind, "heat_in")];
        double coolant_c = component_number(hall->kind, hall->self, "coolant_c", (double)NAN);
        ret[count++] = (struct scenario_change){"data_centre.hall.heat_recovery.temperature_c",
                                                arena_format(arena, "%.17g", value + source_c(s)),
                                                {0},
                                                false};
        if (s->buses[bus].temperature_instance == s->halls[0].instance) { /* and its coolant */
            ret[count++] = (struct scenario_change){"data_centre.hall.coolant_c",
                                                    arena_format(arena, "%.17g", coolant_c + value),
                                                    {0},
                                                    false};
        }
        break;
    }
    case LEVER_PLANT: {
        const struct instance *it = &s->instances[line->lever.instance];
        bool energy = strstr(it->kind->capacity, "_kwh") != NULL;
        ret[count++] = (struct scenario_change){
            arena_format(arena, "plant.%s.%s", it->name,
                         energy ? "capex_money_kwh" : "capex_money_kw"),
            arena_format(arena, "%.17g",
                         value * plan_unit_capex_money(made->small.plan, line->lever.instance)),
            {0},
            false};
        break;
    }
    case LEVERS:
        break;
    }
    return count;
}

/* Does it pay (is the plant built) there? NaN: no plan. */
static bool is_so(const struct made *made, const struct why_line *line, double value,
                  double *ret_together_money_year) {
    struct scenario_change changes[METERS_IN_A_TEST];
    struct small there = {arena_new(0), NULL, NULL, NULL};
    there.diag = diag_new(there.arena);
    int count = changes_at(made, line, value, there.arena, changes);
    enum status status =
        scenario_parse_changed(there.arena, there.diag, "changed.yaml", made->text,
                               strlen(made->text), changes, count, &there.scenario);
    small_tell(&there);
    assert_int_equal(status, STATUS_OK);
    status = plan_solve(there.scenario, NULL, there.arena, there.diag, &there.plan);
    assert_true(status == STATUS_OK || status == STATUS_INFEASIBLE);
    bool so = false;
    if (status == STATUS_OK) {
        const struct case_plan *apart = &there.plan->cases[CASE_APART];
        const struct case_plan *together = &there.plan->cases[CASE_TOGETHER];
        double apart_money = apart->objective_money + apart->gap_money;
        double together_money = together->objective_money + together->gap_money;
        *ret_together_money_year = together_money / there.scenario->year_frac;
        double largest = 0.0;
        for (int i = 0; i < there.scenario->instances_count; i++) {
            bool plant = together->flow[i].included && there.scenario->instances[i].capacity.chosen;
            largest = plant ? fmax(largest, together->flow[i].capacity) : largest;
        }
        so = line->lever.lever == LEVER_PLANT
                 ? together->flow[line->lever.instance].capacity > 1e-4 * largest
                 : apart_money - together_money > 1e-6 * fabs(apart_money);
    }
    small_free(&there);
    return so;
}

/* What a sentence says holds where it says so, and a thousandth (and its rounding) beyond it does not. */
static void check_line(const struct made *made, const struct why_line *line) {
    double money = 0.0;
    if (!line->is_break_even) {
        const struct case_plan *now = &made->small.plan->cases[CASE_TOGETHER];
        double now_money =
            (now->objective_money + now->gap_money) / made->small.scenario->year_frac;
        (void)is_so(made, line, line->lever.value + line->step, &money);
        if (!(fabs(money - now_money - line->step_money_year) <= 1e-6 * fabs(now_money))) {
            print_message("not so: %s (%.10g, found %.10g)\n", line->sentence,
                          line->step_money_year, money - now_money);
            fail();
        }
        return;
    }
    const struct break_even *turn = &line->turn;
    if (!turn->found) {
        assert_true(is_so(made, line, turn->to_value, &money) == turn->pays_now);
        return;
    }
    double so = turn->pays_now ? turn->at_value : turn->beyond_value,
           other = turn->pays_now ? turn->beyond_value : turn->at_value;
    if (!is_so(made, line, line->told_value, &money) || is_so(made, line, other, &money)) {
        print_message("not so: %s (%g, %g)\n", line->sentence, so, other);
        fail();
    }
    assert_true(fabs(so - other) <= 1.001e-3 * fmax(so, other));
    assert_true(fabs(line->told_value - so) <= 0.0101 * so);
}

static int check(const char *text) {
    struct made made = make(text);
    for (int k = 0; k < made.why->count; k++) {
        assert_non_null(made.why->lines[k].sentence);
        check_line(&made, &made.why->lines[k]);
    }
    int count = made.why->count;
    small_free(&made.small);
    return count;
}

static void sentences_are_true(void **state) {
    (void)state;
    assert_true(
        check(
            "hearth: 1\nname: why\nplace: {climate: seattle, ground_c: 11}\n"
            "horizon: {from: 2024-01-08, days: 1}\nmoney: {currency: USD, year: 2024, "
            "carbon_price: {shadow_money_kg: 0.01}}\nfuel: {gas_money_kwh: 0.06}\nelectricity: "
            "{data_centre: {energy_money_kwh: 0.08}}\ndata_centre:\n  - {name: hall, it_kw: 100, "
            "load: flat, coolant_c: 50, cooling: {kind: declared_cooling, "
            "cooling_overhead_kw_kw: 0.1},\n     heat_recovery: {from: coolant_return, "
            "temperature_c: 46, max_kw: 100}}\ntown:\n  - {name: bath, kind: pool, water_m2: 300, "
            "heated_by: gas_boiler}\nplant:\n  heat_exchanger: {capacity_kw: choose, owner: "
            "operator, capex_money_kw: 100}\n  pv: {capacity_kw: {choose: {max: 500}}, "
            "capex_money_kw: 1500}\n") >= 6);
}

static double between(struct random *random, double low, double high) {
    return low + (high - low) * random_uniform(random);
}

static void random_sentences_are_true(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 77);
    int lines = 0;
    for (int k = 0; k < 200 && lines < 1200; k++) {
        struct arena *arena = arena_new(0);
        lines += check(arena_format(
            arena,
            "hearth: 1\nname: why\nplace: {climate: seattle, ground_c: 11}\nhorizon: {from: "
            "2024-%02d-15, days: 1}\nmoney: {currency: USD, year: 2024, carbon_price: "
            "{shadow_money_kg: %.3f}}\nfuel: {gas_money_kwh: 0.04}\nelectricity:\n  data_centre: "
            "{energy_money_kwh: %.4f, demand_money_kw_month: %.1f}\n  campus: {energy_money_kwh: "
            "%.4f}\n" SMALL_HALL "town:\n  - {name: campus, building: office, floor_m2: %.0f, "
            "emitter: low_temperature, hot_water: local_electric, heated_by: gas_boiler}\n"
            "heat_network: {supply_c: {at -4: 55, at 15: 45}, return_c: 38, length_m: %.0f}\n"
            "plant:\n  heat_pump: {capacity_kw: choose, meter: campus, capex_money_kw: %.0f}\n",
            1 + (int)(random_uniform(&random) * 12.0), between(&random, 0.0, 0.2),
            between(&random, 0.04, 0.15), between(&random, 0.0, 10.0), between(&random, 0.04, 0.15),
            between(&random, 8e3, 3e4), between(&random, 50.0, 1500.0),
            between(&random, 300.0, 1200.0)));
        arena_free(arena);
    }
    print_message("%d sentences\n", lines);
}

int main(int argc, char **argv) {
    bool all = argc > 1 && strcmp(argv[1], "long") == 0;
    const struct CMUnitTest quick[] = {cmocka_unit_test(sentences_are_true)};
    const struct CMUnitTest slow[] = {cmocka_unit_test(random_sentences_are_true)};
    return all ? cmocka_run_group_tests(slow, NULL, NULL)
               : cmocka_run_group_tests(quick, NULL, NULL);
}
