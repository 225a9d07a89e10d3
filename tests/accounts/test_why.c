/* Every sentence, of the search and of the plan's prices, is held against an exact re-solve that knows nothing of how it was
   found: the scenario's text is changed and planned. `test_why long` takes random scenarios. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/why.h"
#include "base/file.h"
#include "base/random.h"
#include "plan/small.h"
#include "scenario/change.h"

enum { CHANGES_IN_A_TEST = 16 };

struct made {
    struct small small;
    struct accounts *accounts;
    struct why *why;
    const char *text, *file; /* files of a scenario stand beside it */
};

static struct made make(const char *file, const char *text) {
    struct small small = {arena_new(0), NULL, NULL, NULL};
    small.diag = diag_new(small.arena);
    enum status status =
        scenario_parse(small.arena, small.diag, file, text, strlen(text), &small.scenario);
    status = status == STATUS_OK
                 ? plan_solve(small.scenario, NULL, small.arena, small.diag, &small.plan)
                 : status;
    if (status != STATUS_OK) {
        small_tell(&small);
    }
    assert_int_equal(status, STATUS_OK);
    struct made made = {small, NULL, NULL, text, file};
    assert_int_equal(accounts_make(made.small.plan, made.small.arena, &made.accounts), STATUS_OK);
    assert_int_equal(account_why(made.accounts, NULL, made.small.arena, &made.why), STATUS_OK);
    return made;
}

static double price_money_kwh(const struct instance *it, const char *key) {
    const char *at = (const char *)it->self + component_param(it->kind, key)->offset;
    return ((const struct input *)(const void *)at)->value;
}

static double source_c(const struct scenario *s, int hall) {
    const struct instance *it = &s->instances[s->halls[hall].recovery];
    return component_number(it->kind, it->self, "declared_supply_c", (double)NAN);
}

/* Other racks in a hall: what it hands over, and its coolant where it is taken from that. */
static int source_changes(const struct scenario *s, int h, double value, struct arena *arena,
                          struct scenario_change *ret) {
    if (s->halls[h].recovery < 0 || isnan(source_c(s, h))) {
        return 0;
    }
    const struct instance *hall = &s->instances[s->halls[h].instance];
    const struct instance *recovery = &s->instances[s->halls[h].recovery];
    int bus = recovery->port_bus[component_port(recovery->kind, "heat_in")], count = 0;
    double coolant_c = component_number(hall->kind, hall->self, "coolant_c", (double)NAN);
    ret[count++] = (struct scenario_change){
        arena_format(arena, "data_centre.%s.heat_recovery.temperature_c", hall->name),
        arena_format(arena, "%.17g", value + source_c(s, h)),
        {0},
        false};
    if (s->buses[bus].temperature_instance == s->halls[h].instance) { /* and its coolant */
        ret[count++] =
            (struct scenario_change){arena_format(arena, "data_centre.%s.coolant_c", hall->name),
                                     arena_format(arena, "%.17g", coolant_c + value),
                                     {0},
                                     false};
    }
    return count;
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
        for (int i = 0; i < s->instances_count; i++) {
            const struct instance *it = &s->instances[i];
            if (strcmp(it->kind->name, "fuel_supply") == 0) { /* supply_gas */
                ret[count++] = (struct scenario_change){
                    arena_format(arena, "fuel.%s_money_kwh", it->name + strlen("supply_")),
                    arena_format(arena, "%.17g", value * price_money_kwh(it, "price_money_kwh")),
                    {0},
                    false};
            }
        }
        break;
    case LEVER_CARBON:
        ret[count++] = (struct scenario_change){
            "money.carbon_price.shadow_money_kg", arena_format(arena, "%.17g", value), {0}, false};
        break;
    case LEVER_DISTANCE:
        ret[count++] = (struct scenario_change){
            "heat_network.length_m", arena_format(arena, "%.17g", value), {0}, false};
        break;
    case LEVER_SOURCE:
        for (int h = 0; h < s->halls_count; h++) {
            count += source_changes(s, h, value, arena, ret + count);
        }
        break;
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
/* What each party has together is what the sentence says it has more. */
static void check_parties(const struct made *made, const struct why_line *line,
                          struct small *there) {
    struct accounts *accounts = NULL;
    assert_int_equal(accounts_make(there->plan, there->arena, &accounts), STATUS_OK);
    double scale_money = fabs(made->accounts->metrics[CASE_TOGETHER].cost_money_year);
    for (int party = 0; party < PARTY_COUNT; party++) {
        double more_money = accounts->ledger[CASE_TOGETHER].net_money_year[party] -
                            made->accounts->ledger[CASE_TOGETHER].net_money_year[party];
        if (fabs(more_money - line->party_money_year[party]) > 1e-5 * scale_money) {
            print_message("not so: %s (%s: %.10g)\n", line->sentence, party_name((enum party)party),
                          more_money);
            fail();
        }
    }
}

static bool is_so(const struct made *made, const struct why_line *line, double value,
                  double *ret_together_money_year, bool *ret_written) {
    struct scenario_change changes[CHANGES_IN_A_TEST];
    struct small there = {arena_new(0), NULL, NULL, NULL};
    there.diag = diag_new(there.arena);
    int count = changes_at(made, line, value, there.arena, changes);
    enum status status =
        scenario_parse_changed(there.arena, there.diag, made->file, made->text, strlen(made->text),
                               changes, count, &there.scenario);
    if (status !=
        STATUS_OK) { /* a value that no scenario may have, such as ten times a price in crowns */
        *ret_written = false;
        small_free(&there);
        return false;
    }
    status = plan_solve(there.scenario, NULL, there.arena, there.diag, &there.plan);
    assert_true(status == STATUS_OK || status == STATUS_INFEASIBLE);
    bool so = false;
    if (status == STATUS_OK) {
        const struct case_plan *apart = &there.plan->cases[CASE_APART];
        const struct case_plan *together = &there.plan->cases[CASE_TOGETHER];
        double apart_money = apart->objective_money + apart->gap_money;
        double together_money = together->objective_money + together->gap_money;
        *ret_together_money_year = together_money / there.scenario->year_frac;
        if (line->by_party) {
            check_parties(made, line, &there);
        }
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
static bool check_line(const struct made *made, const struct why_line *line) {
    double money = (double)NAN;
    bool written = true;
    if (!line->is_break_even) {
        const struct case_plan *now = &made->small.plan->cases[CASE_TOGETHER];
        double now_money =
            (now->objective_money + now->gap_money) / made->small.scenario->year_frac;
        (void)is_so(made, line, line->lever.value + line->step, &money, &written);
        if (written &&
            !(fabs(money - now_money - line->step_money_year) <= 1e-6 * fabs(now_money))) {
            print_message("not so: %s (%.10g, found %.10g)\n", line->sentence,
                          line->step_money_year, money - now_money);
            fail();
        }
        return written;
    }
    const struct break_even *turn = &line->turn;
    if (!turn->found) {
        bool so = is_so(made, line, turn->to_value, &money, &written);
        if (written && so != turn->pays_now) {
            print_message("not so: %s (%g)\n", line->sentence, turn->to_value);
            fail();
        }
        return written;
    }
    double so = turn->pays_now ? turn->at_value : turn->beyond_value,
           other = turn->pays_now ? turn->beyond_value : turn->at_value;
    bool told = is_so(made, line, line->told_value, &money, &written);
    bool beyond = is_so(made, line, other, &money, &written);
    if (written && (!told || beyond)) {
        print_message("not so: %s (%g, %g)\n", line->sentence, so, other);
        fail();
    }
    assert_true(fabs(so - other) <= 1.001e-3 * fmax(so, other));
    assert_true(fabs(line->told_value - so) <= 0.0101 * so);
    return written;
}

/* What the plan costs more in a year with a capacity written down. NaN: no scenario may say so. */
static double rise_money_year(const struct made *made, const struct instance *it, double capacity) {
    const struct case_plan *now = &made->small.plan->cases[CASE_TOGETHER];
    struct small there = {arena_new(0), NULL, NULL, NULL};
    there.diag = diag_new(there.arena);
    struct scenario_change change = {
        arena_format(there.arena, "plant.%s.%s", it->name, it->kind->capacity),
        arena_format(there.arena, "%.17g", capacity),
        {0},
        true};
    enum status status = scenario_parse_changed(there.arena, there.diag, made->file, made->text,
                                                strlen(made->text), &change, 1, &there.scenario);
    double ret = (double)NAN;
    if (status == STATUS_OK) {
        status = plan_solve(there.scenario, NULL, there.arena, there.diag, &there.plan);
        assert_true(status == STATUS_OK || status == STATUS_INFEASIBLE);
        ret = HUGE_VAL;
    }
    if (status == STATUS_OK) {
        const struct case_plan *then = &there.plan->cases[CASE_TOGETHER];
        ret = (then->objective_money + then->gap_money - now->objective_money - now->gap_money) /
              made->small.scenario->year_frac;
    }
    small_free(&there);
    return ret;
}

/* What one more unit earns and costs at the plan's prices, against plans with that capacity written down: cost is convex in
   it, so a unit more saves no more than the prices say, and a unit less saves nothing. Returns how many of the two could be
   asked. */
static const double rest_frac = 1e-4; /* of all cost: where rounds rest (rest_money_ratio) */
static double furthest_frac;          /* seen */

static int check_reason(const struct made *made, const struct reason *reason) {
    const struct instance *it = &made->small.scenario->instances[reason->instance];
    const struct case_plan *now = &made->small.plan->cases[CASE_TOGETHER];
    double capacity = now->flow[reason->instance].capacity, step = fmax(0.01 * capacity, 10.0);
    double all_money = fabs(now->objective_money) / made->small.scenario->year_frac;
    double lost = (reason->costs_money_year - reason->earns_money_year) * step;
    bool is_largest = capacity >= it->capacity.max * (1.0 - 1e-6);
    double more = rise_money_year(made, it, capacity + step);
    double less =
        capacity > step && !is_largest ? rise_money_year(made, it, capacity - step) : (double)NAN;
    bool so = isnan(more) || more >= lost - rest_frac * all_money;
    so = so && (!is_largest || (lost < 0.0 && !(more >= 0.0)));
    so = so && !(less < -rest_frac * all_money);
    furthest_frac = fmax(furthest_frac, fmax(lost - more, -less) / all_money);
    if (!so) {
        print_message("not so: %s %s (more %.6g, less %.6g, of %.6g)\n", reason->claim,
                      reason->because, more, less, all_money);
        print_message("%s\n", made->text);
        fail();
    }
    return !isnan(more) + !isnan(less);
}

static int check(const char *file, const char *text) {
    struct made made = make(file, text);
    int count = 0;
    for (int k = 0; k < made.accounts->reasons_count; k++) {
        if (made.accounts->reasons[k].instance >= 0) {
            count += check_reason(&made, &made.accounts->reasons[k]) > 0;
        }
    }
    for (int k = 0; k < made.why->count; k++) {
        assert_non_null(made.why->lines[k].sentence);
        bool written = check_line(&made, &made.why->lines[k]);
        if (!written) {
            print_message("no scenario may say so: %s\n", made.why->lines[k].sentence);
        }
        count += written;
    }
    small_free(&made.small);
    return count;
}

static void sentences_are_true(void **state) {
    (void)state;
    assert_true(
        check(
            "why.yaml",
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
    for (int k = 0; k < 200; k++) {
        struct arena *arena = arena_new(0);
        lines += check(
            "why.yaml",
            arena_format(
                arena,
                "hearth: 1\nname: why\nplace: {climate: seattle, ground_c: 11}\nhorizon: {from: "
                "2024-%02d-15, days: 1}\nmoney: {currency: USD, year: 2024, carbon_price: "
                "{shadow_money_kg: %.3f}}\nfuel: {gas_money_kwh: 0.04}\nelectricity:\n  "
                "data_centre: "
                "{energy_money_kwh: %.4f, demand_money_kw_month: %.1f}\n  campus: "
                "{energy_money_kwh: "
                "%.4f}\n" SMALL_HALL "town:\n  - {name: campus, building: office, floor_m2: %.0f, "
                "emitter: low_temperature, hot_water: local_electric, heated_by: gas_boiler}\n"
                "heat_network: {supply_c: {at -4: 55, at 15: 45}, return_c: 38, length_m: %.0f}\n"
                "plant:\n  heat_pump: {capacity_kw: choose, meter: campus, capex_money_kw: %.0f}\n",
                1 + (int)(random_uniform(&random) * 12.0), between(&random, 0.0, 0.2),
                between(&random, 0.04, 0.15), between(&random, 0.0, 10.0),
                between(&random, 0.04, 0.15), between(&random, 8e3, 3e4),
                between(&random, 50.0, 1500.0), between(&random, 300.0, 1200.0)));
        arena_free(arena);
    }
    print_message("%d sentences, at rest to %.1g of all cost\n", lines, furthest_frac);
}

/* The first day of each example. */
static void sentences_of_the_examples_are_true(void **state) {
    static const char *const examples[] = {
        "boden",      "chelsea", "exmouth", "frankfurt", "hospital_edge", "looped_town", "mantsala",
        "n_virginia", "odense",  "seattle", "singapore", "town_reactor",  "weak_feeder"};
    (void)state;
    int lines = 0;
    for (int k = 0; k < COUNT(examples); k++) {
        int days_count =
            strcmp(examples[k], "town_reactor") == 0 ? 7 : 1; /* no day alone has a plan */
        struct arena *arena = arena_new(0);
        struct place nowhere = {0};
        char *text = NULL;
        size_t size = 0;
        const char *path = arena_format(arena, "examples/%s/scenario.yaml", examples[k]);
        assert_int_equal(file_read(arena, diag_new(arena), nowhere, path, 1 << 20, &text, &size),
                         STATUS_OK);
        char *days = strstr(text, "days: ");
        assert_non_null(days);
        const char *rest = strchr(days, '}');
        *days = '\0';
        const char *one = arena_format(arena, "%sdays: %d%s", text, days_count, rest);
        const char *money = strstr(one, "\nmoney: {");
        assert_non_null(money);
        if (!strstr(one, "carbon_price")) { /* none is 0: written, so that it can be moved */
            one = arena_format(arena, "%.*s\nmoney: {carbon_price: {shadow_money_kg: 0}, %s",
                               (int)(money - one), one, money + strlen("\nmoney: {"));
        }
        int count = check(path, one);
        print_message("%s: %d sentences\n", examples[k], count);
        lines += count;
        arena_free(arena);
    }
    print_message("%d sentences, at rest to %.1g of all cost\n", lines, furthest_frac);
}

int main(int argc, char **argv) {
    bool all = argc > 1 && strcmp(argv[1], "long") == 0;
    bool examples = argc > 1 && strcmp(argv[1], "examples") == 0;
    const struct CMUnitTest quick[] = {cmocka_unit_test(sentences_are_true)};
    const struct CMUnitTest slow[] = {cmocka_unit_test(sentences_of_the_examples_are_true),
                                      cmocka_unit_test(random_sentences_are_true)};
    const struct CMUnitTest some[] = {cmocka_unit_test(sentences_of_the_examples_are_true)};
    if (examples) {
        return cmocka_run_group_tests(some, NULL, NULL);
    }
    return all ? cmocka_run_group_tests(slow, NULL, NULL)
               : cmocka_run_group_tests(quick, NULL, NULL);
}
