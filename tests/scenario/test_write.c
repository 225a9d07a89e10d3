/* The written-out scenario: it reads back to the same scenario, whatever texts are in it, and each
   value says where it came from. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/file.h"
#include "base/text.h"
#include "reader.h"
#include "scenario/reading.h"
#include "scenario/rule_pack.h"

static bool same_number(double a, double b) { return a == b || (isnan(a) && isnan(b)); }

static void same_capacity(const struct capacity *a, const struct capacity *b) {
    assert_int_equal(a->chosen, b->chosen);
    assert_true(same_number(a->fixed, b->fixed) && a->min == b->min && a->max == b->max);
}

static void same_param(const struct instance *a, const struct instance *b, int k, int steps) {
    const struct param *param = &a->kind->params[k];
    const char *left = (const char *)a->self + param->offset,
               *right = (const char *)b->self + param->offset;
    switch (param->kind) {
    case PARAM_NUMBER:
        assert_true(
            same_number(*(const double *)(const void *)left, *(const double *)(const void *)right));
        break;
    case PARAM_WORD:
        assert_int_equal(*(const int *)(const void *)left, *(const int *)(const void *)right);
        break;
    case PARAM_FLAG:
        assert_int_equal(*(const bool *)left, *(const bool *)right);
        break;
    case PARAM_INPUT: {
        const struct input *one = (const void *)left, *two = (const void *)right;
        for (int t = 0; t < steps; t++) {
            assert_true(same_number(input_at(one, t), input_at(two, t)));
        }
        break;
    }
    case PARAM_CURVE: {
        const struct curve *one = (const void *)left, *two = (const void *)right;
        assert_int_equal(one->points, two->points);
        for (int t = -60; t < 60 && one->points; t++) {
            assert_true(curve_at(one, t + 0.3) == curve_at(two, t + 0.3));
        }
        break;
    }
    }
}

static void same_instance(const struct instance *a, const struct instance *b, int steps) {
    assert_string_equal(a->name, b->name);
    assert_string_equal(a->title, b->title);
    assert_ptr_equal(a->kind, b->kind);
    assert_int_equal(a->owner, b->owner);
    assert_int_equal(a->meter, b->meter);
    assert_int_equal(a->existing, b->existing);
    assert_int_equal(a->hall, b->hall);
    assert_int_equal(a->town, b->town);
    assert_string_equal(a->fuel, b->fuel);
    assert_memory_equal(a->in_case, b->in_case, sizeof a->in_case);
    assert_memory_equal(a->port_bus, b->port_bus, sizeof a->port_bus);
    same_capacity(&a->capacity, &b->capacity);
    same_capacity(&a->capacity2, &b->capacity2);
    for (int k = 0; k < a->kind->params_count; k++) {
        same_param(a, b, k, steps);
        assert_int_equal(a->given[k], b->given[k]);
    }
}

static void same_terms(const struct scenario *a, const struct scenario *b) {
    const double one[] = {a->year_frac,
                          a->ground_mean_c,
                          a->warming_dk,
                          a->discount_frac,
                          a->life_year,
                          a->carbon_paid_money_kg,
                          a->carbon_shadow_money_kg,
                          a->sales_tax_frac,
                          a->carbon_average_kgco2_kwh,
                          a->carbon_marginal_kgco2_kwh,
                          a->renewable_grid_frac,
                          a->home_kwh_year,
                          a->contract_share_frac,
                          a->contract_price_money_kwh,
                          a->contract_term_year,
                          a->source_heat_money_kwh,
                          a->calendar.step_h},
                 two[] = {b->year_frac,
                          b->ground_mean_c,
                          b->warming_dk,
                          b->discount_frac,
                          b->life_year,
                          b->carbon_paid_money_kg,
                          b->carbon_shadow_money_kg,
                          b->sales_tax_frac,
                          b->carbon_average_kgco2_kwh,
                          b->carbon_marginal_kgco2_kwh,
                          b->renewable_grid_frac,
                          b->home_kwh_year,
                          b->contract_share_frac,
                          b->contract_price_money_kwh,
                          b->contract_term_year,
                          b->source_heat_money_kwh,
                          b->calendar.step_h};
    for (int k = 0; k < COUNT(one); k++) {
        if (!same_number(one[k], two[k])) {
            fail_msg("term %d differs", k);
        }
    }
    assert_string_equal(a->name, b->name);
    assert_string_equal(a->currency, b->currency);
    assert_int_equal(a->money_year, b->money_year);
    assert_memory_equal(&a->calendar, &b->calendar, sizeof a->calendar);
    assert_memory_equal(a->objective_party, b->objective_party, sizeof a->objective_party);
    assert_int_equal(a->view_society, b->view_society);
    assert_int_equal(a->waive_firm, b->waive_firm);
    assert_int_equal(a->reference_best_alone, b->reference_best_alone);
    assert_int_equal(a->contract, b->contract);
    assert_int_equal(a->network, b->network);
    assert_int_equal(a->rules_count, b->rules_count);
    assert_int_equal(a->requirements_count, b->requirements_count);
    assert_int_equal(a->notes_count, b->notes_count);
    for (int k = 0; k < a->rules_count; k++) {
        assert_string_equal(a->rules[k]->name, b->rules[k]->name);
    }
    for (int k = 0; k < a->requirements_count; k++) {
        assert_string_equal(a->requirements[k].key, b->requirements[k].key);
        assert_true(a->requirements[k].value == b->requirements[k].value);
        assert_int_equal(a->requirements[k].place.line, b->requirements[k].place.line);
    }
    for (int k = 0; k < a->notes_count; k++) {
        assert_string_equal(a->notes[k], b->notes[k]);
    }
}

static void same_scenario(const struct scenario *a, const struct scenario *b) {
    int steps = calendar_steps(&a->calendar);
    same_terms(a, b);
    assert_int_equal(a->buses_count, b->buses_count);
    assert_int_equal(a->instances_count, b->instances_count);
    assert_int_equal(a->meters_count, b->meters_count);
    assert_int_equal(a->halls_count, b->halls_count);
    assert_int_equal(a->towns_count, b->towns_count);
    for (int k = 0; k < a->buses_count; k++) {
        assert_string_equal(a->buses[k].name, b->buses[k].name);
        assert_int_equal(a->buses[k].carrier, b->buses[k].carrier);
        assert_int_equal(a->buses[k].temperature_instance, b->buses[k].temperature_instance);
        assert_int_equal(a->buses[k].temperature_port, b->buses[k].temperature_port);
    }
    for (int i = 0; i < a->instances_count; i++) {
        same_instance(&a->instances[i], &b->instances[i], steps);
    }
    for (int k = 0; k < a->meters_count; k++) {
        assert_string_equal(a->meters[k].name, b->meters[k].name);
        assert_int_equal(a->meters[k].bus, b->meters[k].bus);
        assert_int_equal(a->meters[k].grid, b->meters[k].grid);
        assert_int_equal(a->meters[k].party, b->meters[k].party);
    }
    for (int k = 0; k < a->halls_count; k++) {
        const struct hall *one = &a->halls[k], *two = &b->halls[k];
        assert_string_equal(one->name, two->name);
        assert_true(one->instance == two->instance && one->cooling == two->cooling &&
                    one->room_cooling == two->room_cooling && one->recovery == two->recovery &&
                    one->meter == two->meter);
    }
    for (int k = 0; k < a->towns_count; k++) {
        const struct town_entry *one = &a->towns[k], *two = &b->towns[k];
        assert_string_equal(one->name, two->name);
        assert_true(one->instance == two->instance && one->heater == two->heater &&
                    one->substation == two->substation && one->bus == two->bus &&
                    one->heaters_count == two->heaters_count);
        assert_memory_equal(one->heaters, two->heaters, sizeof one->heaters);
    }
}

static const char *written(struct arena *arena, const struct scenario *scenario) {
    const char *text = NULL;
    size_t size = 0;
    assert_int_equal(scenario_write(scenario, arena, &text, &size), STATUS_OK);
    assert_int_equal(strlen(text), size);
    return text;
}

static const char *reads_back(struct arena *arena, const struct scenario *scenario) {
    const char *text = written(arena, scenario);
    const struct scenario *back = reader_good(arena, text);
    same_scenario(scenario, back);
    assert_string_equal(written(arena, back), text);
    return text;
}

static void examples_read_back(void **state) {
    static const char *const examples[] = {"seattle",     "exmouth",     "odense",
                                           "n_virginia",  "weak_feeder", "hospital_edge",
                                           "town_reactor"};
    for (int k = 0; k < COUNT(examples); k++) {
        struct diag *diag = diag_new(*state);
        struct scenario *scenario = NULL;
        const char *path = arena_format(*state, "examples/%s/scenario.yaml", examples[k]);
        assert_int_equal(scenario_read(*state, diag, path, &scenario), STATUS_OK);
        (void)reads_back(*state, scenario);
    }
}

static void every_choice_reads_back(void **state) {
    struct town town = TOWN_DEFAULT;
    town.place = "place: {climate: dublin, warming_dk: 1.5, name: here}\n";
    town.horizon = "horizon: {from: 2023-12-30, days: 2}\nstep_h: 0.5\n";
    town.money =
        "money: {currency: GBP, year: 2023, discount_frac: 0.031, life_year: 17, "
        "sales_tax_frac: 0.07, carbon_price: {paid_money_kg: 0.1, shadow_money_kg: 0.2}}\n";
    town.fuel = "fuel: {gas_money_kwh: 0.04, oil_money_kwh: 0.07}\nwater: {price_money_m3: 3}\n";
    town.electricity = "electricity:\n  data_centre: {energy_money_kwh: 0.08, limit_kw: 7000, "
                       "export_money_kwh: 0.01, carbon_average_kgco2_kwh: 0.05}\n  campus: "
                       "{energy_money_kwh: -0.10, party: municipality}\n  carbon: "
                       "{average_kgco2_kwh: 0.3, marginal_kgco2_kwh: 0.4, renewable_frac: 0.25}\n";
    town.hall =
        "data_centre:\n  - {name: a-1, it_kw: 900, load: cloud, capture_frac: 0.6, coolant_c: "
        "50,\n     cooling: dry_cooler, heat_recovery: {temperature_c: 30, max_kw: 1e7}}\n  - "
        "{name: b_2, it_kw: 100}\n";
    town.town = "town:\n  - {name: homes, floor_m2: 20000, emitter: floor, hot_water: "
                "local_electric,\n     existing_heat: [{name: old, capacity_kw: 5000, "
                "marginal_money_kwh: 0.03}]}\n  - {name: shop, floor_m2: 300, emitter: floor, "
                "hot_water: local_electric, heated_by: electric, meter: campus}\n";
    town.plant =
        "plant:\n  peak: {kind: gas_boiler, capacity_kw: {choose: {min: 10, max: 700}}, fuel: "
        "oil, owner: municipality, title: \"The \\\"peak\\\" \\\\ boiler\"}\n  heat_pump: "
        "{capacity_kw: 300, meter: campus, in: [apart, together]}\n  tank: {capacity_kwh: "
        "choose, existing: true}\n  battery: {capacity_kwh: choose, meter: data_centre}\n";
    town.more = "heat_contract: {model: fixed_price, price_money_kwh: 0.06, share_frac: 0.3, "
                "term_year: 12, source_heat_money_kwh: -0.01}\nobjective: {view: society, parties: "
                "[operator, heat_utility, heat_customers, municipality, state]}\nreference: "
                "best_alone\nfirm: waived\nrequire: "
                "{energy_reuse_factor: 0.1, carbon_max_kgco2_year: 1e6}\nhome_kwh_year: 3500\n";
    const struct scenario *scenario = reader_good(*state, town_text(*state, &town));
    const char *text = reads_back(*state, scenario);
    assert_non_null(strstr(text, "      it_kw: 900  # scenario\n"));
    assert_non_null(strstr(text, "      load: cloud  # scenario\n"));
    assert_non_null(strstr(text, "declared_supply_c: 30  # derived from the scenario\n"));
    assert_non_null(strstr(text, "  # default: "));
    assert_non_null(strstr(text, "capacity_kw: {choose: {min: 10, max: 700}}"));
}

static void strange_texts_read_back(void **state) {
    static const char *const names[] = {
        "\"\"",
        "\"say \\\"a\\\" \\\\ # b: c, [d] {e} - f ? *g &h !i %j @k `l\"",
        "\"two\\nlines\\ttab\"",
        "\"\\u0007 \\u007f \\u0085 \\u2028 \\ufeff \\U0001F525\"",
        "K\303\270benhavn \342\230\203",
        "\" blanks \"",
        "'~'",
        "\"null\"",
        "\"true\"",
        "\"1e3\"",
        "|\n  a\n  b",
        ">\n  a\n\n  b"};
    struct town town = TOWN_DEFAULT;
    for (int k = 0; k < COUNT(names); k++) {
        town.head = arena_format(*state, "hearth: 1\nname: %s\n", names[k]);
        town.more = k < 10 ? arena_format(*state, "site: {met: [%s]}\n", names[k]) : "";
        (void)reads_back(*state, reader_good(*state, town_text(*state, &town)));
    }
}

static void quoting_survives_every_character(void **state) {
    struct text_buffer out;
    text_buffer_init(&out, *state);
    for (unsigned code = 1; code < 0x11000; code += code < 0x3000 ? 1 : 0x101) {
        char one[5] = {0};
        if (code < 0x80) {
            one[0] = (char)code;
        } else if (code < 0x800) {
            one[0] = (char)(0xc0 | code >> 6);
            one[1] = (char)(0x80 | (code & 0x3f));
        } else if (code < 0xd800 || (code >= 0xe000 && code < 0x10000)) {
            one[0] = (char)(0xe0 | code >> 12);
            one[1] = (char)(0x80 | (code >> 6 & 0x3f));
            one[2] = (char)(0x80 | (code & 0x3f));
        } else if (code >= 0x10000) {
            one[0] = (char)(0xf0 | code >> 18);
            one[1] = (char)(0x80 | (code >> 12 & 0x3f));
            one[2] = (char)(0x80 | (code >> 6 & 0x3f));
            one[3] = (char)(0x80 | (code & 0x3f));
        }
        text_add(&out, one);
    }
    struct text_buffer quoted;
    struct node *root = NULL;
    struct diag *diag = diag_new(*state);
    text_buffer_init(&quoted, *state);
    write_quoted(&quoted, out.data);
    assert_int_equal(document_parse(*state, diag, "q", quoted.data, quoted.size, &root), STATUS_OK);
    assert_string_equal(root->text, out.data);
}

static void the_same_hours_come_from_both(void **state) {
    struct town town = TOWN_DEFAULT;
    town.horizon = "horizon: {from: 2024-02-28, days: 3}\nstep_h: 0.25\n";
    const struct scenario *one = reader_good(*state, town_text(*state, &town));
    const struct scenario *two = reader_good(*state, written(*state, one));
    struct hours *a = NULL, *b = NULL;
    assert_int_equal(scenario_hours(one, *state, &a), STATUS_OK);
    assert_int_equal(scenario_hours(two, *state, &b), STATUS_OK);
    assert_int_equal(a->count, 3 * 96 + 2 * 96);
    assert_int_equal(a->horizon_count, 3 * 96);
    assert_int_equal(b->count, a->count);
    for (int t = 0; t < a->count; t++) {
        assert_true(a->outdoor_c[t] == b->outdoor_c[t] && a->ground_c[t] == b->ground_c[t]);
        assert_int_equal(a->month[t], b->month[t]);
    }
    for (int t = 0; t < a->horizon_count; t++) { /* quarters repeat their hour of the year */
        int hour = 24 * 58 + t / 4;
        assert_true(a->outdoor_c[t] == one->climate.year.outdoor_c[hour]);
        assert_int_equal(a->day_of_year[t], 58 + t / 96);
        assert_true(a->hour_h[t] == t % 96 * 0.25);
    }
    for (int t = 0; t < 96; t++) { /* then the coldest and the hottest day */
        int cold = 24 * one->climate.coldest_day + t / 4,
            hot = 24 * one->climate.hottest_day + t / 4;
        assert_true(a->outdoor_c[a->horizon_count + t] == one->climate.year.outdoor_c[cold]);
        assert_true(a->outdoor_c[a->horizon_count + 96 + t] == one->climate.year.outdoor_c[hot]);
    }
}

static void a_tampered_form_is_refused(void **state) {
    static const struct {
        const char *from, *to, *words;
    } changes[] = {
        {"  halls:\n    - {name: hall", "  halls:\n    - {name: homes", "do not fit"},
        {"grid: grid_campus", "grid: heat_pump", "do not fit"},
        {"bus: campus.power", "bus: nowhere", "names no bus"},
        {"network: heat_network", "network: hall", "do not fit"},
        {"{name: network, carrier: heat}", "{name: network, carrier: water}", "another carrier"},
        {"{name: network, carrier: heat}", "{name: town, carrier: heat}", "used twice"},
        {"party: operator}", "party: nobody}", "party"},
        {"kind: heat_pump", "kind: heat_pmp", "no kind of plant"},
        {"      capacity_kw: {choose: {min: 0, max: 900}}", "      # no size", "do not fit"},
    };
    struct town town = TOWN_DEFAULT;
    const char *good = written(*state, reader_good(*state, town_text(*state, &town)));
    for (int k = 0; k < COUNT(changes); k++) {
        const char *at = strstr(good, changes[k].from);
        assert_non_null(at);
        const char *text = arena_format(*state, "%.*s%s%s", (int)(at - good), good, changes[k].to,
                                        at + strlen(changes[k].from));
        struct diag *diag = diag_new(*state);
        struct scenario *scenario = NULL;
        assert_int_equal(scenario_parse(*state, diag, "p.yaml", text, strlen(text), &scenario),
                         STATUS_BAD_SCENARIO);
        bool told = false;
        for (int n = 0; n < diag_count(diag); n++) {
            told = told || strstr(diag_at(diag, n)->text, changes[k].words);
        }
        if (!told) {
            reader_tell(*state, diag);
            fail_msg("nobody said: %s", changes[k].words);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        READER_TEST(examples_read_back),
        READER_TEST(every_choice_reads_back),
        READER_TEST(strange_texts_read_back),
        READER_TEST(quoting_survives_every_character),
        READER_TEST(the_same_hours_come_from_both),
        READER_TEST(a_tampered_form_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
