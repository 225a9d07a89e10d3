/* What a scenario becomes: defaults, what the person wrote, instances, wiring by the rule table,
   cases, and the mistakes that only the whole shows. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/text.h"
#include "reader.h"
#include "scenario/change.h"
#include "scenario/rule_pack.h"

static void a_short_scenario_gets_every_default(void **state) {
    struct town town = TOWN_DEFAULT;
    const struct scenario *s = reader_good(*state, town_text(*state, &town));
    assert_string_equal(s->name, "small");
    assert_string_equal(s->currency, "USD");
    assert_true(s->discount_frac == 0.05 && s->life_year == 25.0 && s->sales_tax_frac == 0.0);
    assert_true(s->carbon_paid_money_kg == 0.0 && s->carbon_shadow_money_kg == 0.0);
    assert_true(s->home_kwh_year == 10500.0 && s->ground_mean_c == 11.0 && s->warming_dk == 0.0);
    assert_int_equal(s->contract, CONTRACT_SHARED_SAVINGS);
    assert_true(s->contract_share_frac == 0.5 && s->contract_term_year == 20.0);
    assert_true(isnan(s->contract_price_money_kwh));
    assert_false(s->view_society);
    assert_false(s->waive_firm);
    assert_false(s->reference_best_alone);
    assert_true(s->objective_party[PARTY_OPERATOR] && s->objective_party[PARTY_HEAT_UTILITY] &&
                s->objective_party[PARTY_HEAT_CUSTOMERS] && !s->objective_party[PARTY_STATE]);
    assert_true(s->calendar.step_h == 1.0);
    assert_int_equal(calendar_steps(&s->calendar), 24);
    assert_true(fabs(s->year_frac - 1.0 / 366.0) < 1e-15);
    /* parameters: given, derived, default */
    const struct instance *hall = reader_instance(s, "hall"),
                          *pump = reader_instance(s, "heat_pump");
    assert_true(hall->capacity.fixed == 1000.0 && !hall->capacity.chosen);
    assert_true(pump->capacity.chosen && pump->capacity.min == 0.0 && isinf(pump->capacity.max));
    assert_true(reader_number(s, "hall", "occupancy_frac") == 0.9);
    const struct instance *recovery = reader_instance(s, "hall_recovery");
    assert_true(reader_number(s, "hall_recovery", "declared_supply_c") == 20.0);
    assert_true(recovery->capacity.chosen && recovery->capacity.max == 900.0);
    for (int k = 0; k < hall->kind->params_count; k++) {
        bool given = strcmp(hall->kind->params[k].key, "it_kw") == 0 ||
                     strcmp(hall->kind->params[k].key, "load") == 0;
        assert_int_equal(hall->given[k], given ? GIVEN_SCENARIO : GIVEN_DEFAULT);
    }
}

static void each_section_makes_its_instances(void **state) {
    static const struct {
        const char *name, *kind, *owner;
        int cases; /* bits: today, apart, together */
    } wanted[] = {{"grid_data_centre", "grid", "operator", 7},
                  {"grid_campus", "grid", "heat_customers", 7},
                  {"hall", "data_hall", "operator", 6},
                  {"hall_cooling", "chilled_water_economiser", "operator", 6},
                  {"hall_recovery", "heat_exchanger", "operator", 4},
                  {"homes", "building", "heat_customers", 7},
                  {"homes_heater", "individual_gas_boiler", "heat_customers", 7},
                  {"heat_network", "heat_network", "heat_utility", 4},
                  {"homes_substation", "heat_exchanger", "heat_customers", 4},
                  {"heat_pump", "heat_pump", "heat_utility", 4},
                  {"supply_gas", "fuel_supply", "fuel_supplier", 7},
                  {"supply_water", "water_supply", "water_utility", 7}};
    struct town town = TOWN_DEFAULT;
    const struct scenario *s = reader_good(*state, town_text(*state, &town));
    assert_int_equal(s->instances_count, COUNT(wanted));
    for (int k = 0; k < COUNT(wanted); k++) {
        const struct instance *one = reader_instance(s, wanted[k].name);
        assert_string_equal(one->kind->name, wanted[k].kind);
        assert_string_equal(party_name(one->owner), wanted[k].owner);
        int cases = one->in_case[CASE_TODAY] + 2 * one->in_case[CASE_APART] +
                    4 * one->in_case[CASE_TOGETHER];
        assert_int_equal(cases, wanted[k].cases);
    }
}

/* The published table (`hearth explain wiring`), row by row. */
static void ports_find_their_bus_by_the_table(void **state) {
    struct town town = TOWN_DEFAULT;
    town.plant = "plant:\n  heat_pump: {capacity_kw: choose, meter: campus}\n"
                 "  gas_boiler: {capacity_kw: choose}\n  tank: {capacity_kwh: choose}\n"
                 "  pv: {capacity_kw: choose}\n";
    const struct scenario *s = reader_good(*state, town_text(*state, &town));
    static const char *const wired[][3] = {
        {"hall", "power_in", "data_centre.power"},
        {"hall_cooling", "power_in", "data_centre.power"},
        {"heat_pump", "power_in", "campus.power"},
        {"pv", "power_out", "campus.power"},
        {"gas_boiler", "fuel_in", "gas"},
        {"homes_heater", "fuel_in", "gas"},
        {"supply_gas", "fuel_out", "gas"},
        {"supply_water", "water_out", "water"},
        {"hall", "heat_out", "hall.coolant"},
        {"hall_cooling", "heat_in", "hall.coolant"},
        {"hall_cooling", "heat_out", "hall.condenser"},
        {"hall_recovery", "heat_in", "hall.condenser"},
        {"hall_recovery", "heat_out", "hall.recovery"},
        {"heat_pump", "heat_in", "hall.recovery"},
        {"heat_pump", "heat_out", "network"},
        {"gas_boiler", "heat_out", "network"},
        {"tank", "store", "network"},
        {"heat_network", "plant", "network"},
        {"heat_network", "town", "town"},
        {"homes_substation", "heat_in", "town"},
        {"homes_substation", "heat_out", "homes"},
        {"homes", "heat_in", "homes"},
        {"homes_heater", "heat_out", "homes"},
        {"hall", "room_heat_out", ""},
    };
    for (int k = 0; k < COUNT(wired); k++) {
        const char *bus = reader_bus(s, wired[k][0], wired[k][1]);
        if (strcmp(bus, wired[k][2]) != 0) {
            fail_msg("%s.%s is on \"%s\", not on \"%s\"", wired[k][0], wired[k][1], bus,
                     wired[k][2]);
        }
    }
    town.network = "";
    town.hall = "data_centre:\n  - {name: hall, it_kw: 1000, capture_frac: 0.7, coolant_c: 60,\n"
                "     heat_recovery: {from: coolant_return, temperature_c: 50, max_kw: 900}}\n";
    town.plant = "plant:\n  heat_exchanger: {capacity_kw: choose}\n";
    s = reader_good(*state, town_text(*state, &town));
    assert_string_equal(reader_bus(s, "heat_exchanger", "heat_out"), "homes"); /* no network */
    assert_string_equal(reader_bus(s, "heat_exchanger", "heat_in"), "hall.recovery");
    assert_string_equal(reader_bus(s, "hall_recovery", "heat_in"), "hall.coolant");
    assert_string_equal(reader_bus(s, "hall", "room_heat_out"), "hall.room");
    assert_string_equal(reader_bus(s, "hall_room_cooling", "heat_in"), "hall.room");
}

static void what_is_written_under_ports_decides(void **state) {
    struct town town = TOWN_DEFAULT;
    town.plant = "plant:\n  heat_pump: {capacity_kw: choose, meter: campus, ports: {heat_in: "
                 "hall.recovery, heat_out: network}}\n  boost: {kind: electric_boiler, "
                 "capacity_kw: choose, meter: data_centre, ports: {heat_out: homes}}\n";
    const struct scenario *s = reader_good(*state, town_text(*state, &town));
    assert_string_equal(reader_bus(s, "boost", "heat_out"), "homes");
    assert_string_equal(reader_bus(s, "boost", "power_in"), "data_centre.power");
}

static void two_candidates_are_an_error_that_names_both(void **state) {
    struct town town = TOWN_DEFAULT;
    town.plant = "plant:\n  heat_pump: {capacity_kw: choose}\n";
    town.electricity = "electricity: {data_centre: {energy_money_kwh: 0.1}, campus: "
                       "{energy_money_kwh: 0.1}, works: {energy_money_kwh: 0.1}}\n";
    /* the network pumps and the homes heat their water by power: they ask as well */
    static const char *const asking[] = {"homes", "heat_network", "heat_pump"};
    struct diag *diag = diag_new(*state);
    struct scenario *scenario = NULL;
    const char *text = town_text(*state, &town);
    assert_int_equal(scenario_parse(*state, diag, "s.yaml", text, strlen(text), &scenario),
                     STATUS_BAD_SCENARIO);
    assert_int_equal(diag_count(diag), COUNT(asking));
    for (int k = 0; k < COUNT(asking); k++) {
        assert_string_equal(
            diag_at(diag, k)->text,
            arena_format(*state, "%s: it could stand on the meter campus or works", asking[k]));
        assert_string_equal(diag_at(diag, k)->remedy, "add  meter: campus");
    }
    town = (struct town)TOWN_DEFAULT;
    town.hall = "data_centre:\n"
                "  - {name: one, it_kw: 100, heat_recovery: {temperature_c: 18, max_kw: 90}}\n"
                "  - {name: two, it_kw: 100, heat_recovery: {temperature_c: 18, max_kw: 90}}\n";
    reader_bad(*state, town_text(*state, &town), "from one.recovery or from two.recovery");
    town.plant = "plant:\n  heat_pump: {capacity_kw: choose, meter: campus, ports: {heat_in: "
                 "two.recovery}}\n";
    const struct scenario *s = reader_good(*state, town_text(*state, &town));
    assert_string_equal(reader_bus(s, "heat_pump", "heat_in"), "two.recovery");
    town = (struct town)TOWN_DEFAULT;
    town.network = "";
    town.town = "town:\n  - {name: a, floor_m2: 100, heated_by: gas_boiler}\n"
                "  - {name: b, floor_m2: 100, heated_by: gas_boiler}\n";
    reader_bad(*state, town_text(*state, &town), "no heat network and more than one town entry");
}

static void one_meter_serves_all(void **state) {
    struct town town = TOWN_DEFAULT;
    town.electricity = "electricity: {works: {energy_money_kwh: 0.1, party: municipality}}\n";
    town.plant = "plant:\n  heat_pump: {capacity_kw: choose}\n";
    const struct scenario *s = reader_good(*state, town_text(*state, &town));
    assert_string_equal(reader_bus(s, "hall", "power_in"), "works.power");
    assert_string_equal(reader_bus(s, "heat_pump", "power_in"), "works.power");
    assert_int_equal(s->meters[0].party, PARTY_MUNICIPALITY);
}

static void every_plant_says_owner_case_place_and_title(void **state) {
    struct town town = TOWN_DEFAULT;
    town.place = "place: {climate: seattle, ground_c: 11, name: here}\n";
    town.plant =
        "plant:\n  heat_pump: {capacity_kw: choose, meter: campus, owner: municipality, in: "
        "[apart, together], at: here, title: \"The pump\"}\n"
        "  old: {kind: gas_boiler, capacity_kw: 500, fuel: biomass, existing: yes, in: "
        "today}\n";
    town.fuel = "fuel: {gas_money_kwh: 0.04, biomass_money_kwh: 0.03}\n";
    const struct scenario *s = reader_good(*state, town_text(*state, &town));
    const struct instance *pump = reader_instance(s, "heat_pump"), *old = reader_instance(s, "old");
    assert_int_equal(pump->owner, PARTY_MUNICIPALITY);
    assert_string_equal(pump->title, "The pump");
    assert_true(!pump->in_case[CASE_TODAY] && pump->in_case[CASE_APART] &&
                pump->in_case[CASE_TOGETHER]);
    assert_true(old->existing && old->in_case[CASE_TODAY] && !old->in_case[CASE_TOGETHER]);
    assert_string_equal(reader_bus(s, "old", "fuel_in"), "biomass");
    assert_true(reader_number(s, "supply_biomass", "carbon_kgco2_kwh") == 0.0);
    assert_true(reader_number(s, "supply_gas", "carbon_kgco2_kwh") == 0.198);
}

static void a_size_is_fixed_chosen_or_limited(void **state) {
    struct town town = TOWN_DEFAULT;
    town.plant = "plant:\n  heat_pump: {capacity_kw: 250, meter: campus}\n"
                 "  gas_boiler: {capacity_kw: {choose: {min: 100}}}\n"
                 "  tank: {capacity_kwh: {choose: {max: 5000}}}\n"
                 "  pv: {capacity_kw: {choose: {}}}\n";
    const struct scenario *s = reader_good(*state, town_text(*state, &town));
    const struct capacity *pump = &reader_instance(s, "heat_pump")->capacity;
    const struct capacity *boiler = &reader_instance(s, "gas_boiler")->capacity;
    const struct capacity *tank = &reader_instance(s, "tank")->capacity;
    assert_true(!pump->chosen && pump->fixed == 250.0);
    assert_true(boiler->chosen && boiler->min == 100.0 && isinf(boiler->max));
    assert_true(tank->chosen && tank->min == 0.0 && tank->max == 5000.0 && isnan(tank->fixed));
    assert_true(reader_instance(s, "pv")->capacity.chosen);
}

static void the_parties_are_those_that_are_named(void **state) {
    struct town town = TOWN_DEFAULT;
    town.more = "objective: {view: society, parties: [operator, heat_utility, heat_customers, "
                "state]}\nreference: best_alone\n"
                "firm: waived\nrules: [us-wa, en-50600]\nrequire: {energy_reuse_factor: 0.2, "
                "water_max_m3_year: 5000}\n";
    const struct scenario *s = reader_good(*state, town_text(*state, &town));
    for (int k = 0; k < PARTY_COUNT; k++) {
        bool named = k == PARTY_OPERATOR || k == PARTY_HEAT_UTILITY || k == PARTY_HEAT_CUSTOMERS ||
                     k == PARTY_STATE;
        assert_int_equal(s->objective_party[k], named);
    }
    assert_true(s->view_society && s->waive_firm && s->reference_best_alone);
    assert_int_equal(s->rules_count, 2);
    assert_string_equal(s->rules[1]->name, "en-50600");
    assert_int_equal(s->requirements_count, 2);
    assert_string_equal(s->requirements[1].key, "water_max_m3_year");
    assert_true(s->requirements[1].value == 5000.0 && s->requirements[1].place.line > 0);
}

static void the_horizon_is_a_run_of_whole_days(void **state) {
    static const struct {
        const char *horizon;
        int steps, first_day, year;
    } cases[] = {{"", 8784, 0, 2024},
                 {"step_h: 0.5\n", 17568, 0, 2024},
                 {"horizon: {from: 2023-12-31, days: 1}\n", 24, 364, 2023},
                 {"horizon: {from: 2024-02-29, days: 307}\nstep_h: 0.25\n", 307 * 96, 59, 2024}};
    struct town town = TOWN_DEFAULT;
    for (int k = 0; k < COUNT(cases); k++) {
        town.horizon = cases[k].horizon;
        const struct scenario *s = reader_good(*state, town_text(*state, &town));
        assert_int_equal(calendar_steps(&s->calendar), cases[k].steps);
        assert_int_equal(s->calendar.first_day, cases[k].first_day);
        assert_int_equal(s->calendar.year, cases[k].year);
    }
    town.horizon = "horizon: {from: 2024-12-31, days: 2}\n";
    reader_bad(*state, town_text(*state, &town), "end behind the year 2024");
    town.horizon = "horizon: {from: 2023-02-29, days: 1}\n";
    reader_bad(*state, town_text(*state, &town), "is no date");
    town.horizon = "horizon: {from: 2024-01-01, days: 0.5}\n";
    reader_bad(*state, town_text(*state, &town), "outside 1..366");
    town.horizon = "step_h: 0.3\n";
    reader_bad(*state, town_text(*state, &town), "0.3 h is no step");
    town.horizon = "step_h: 2\n";
    reader_bad(*state, town_text(*state, &town), "2 h is no step");
}

static void warming_reaches_the_weather(void **state) {
    struct town town = TOWN_DEFAULT;
    const struct scenario *now = reader_good(*state, town_text(*state, &town));
    town.place = "place: {climate: seattle, ground_c: 11, warming_dk: 2.5}\n";
    const struct scenario *then = reader_good(*state, town_text(*state, &town));
    for (int h = 0; h < now->climate.year.count; h += 100) {
        assert_true(fabs(then->climate.year.outdoor_c[h] - now->climate.year.outdoor_c[h] - 2.5) <
                    1e-9);
    }
}

/* Weather copied from a scenario before is what is made anew, and is made anew where the year or the place is another. */
static void weather_is_taken_from_the_like(void **state) {
    (void)state;
    static const struct scenario_change changes[] = {{"data_centre.0.it_kw", "900", {0}, true},
                                                     {"place.warming_dk", "1.5", {0}, true},
                                                     {"place.climate", "phoenix", {0}, true},
                                                     {"place.weather_year", "3", {0}, true},
                                                     {"horizon.from", "2023-01-09", {0}, true}};
    struct arena *arena = arena_new(0);
    struct town town = TOWN_DEFAULT;
    const char *text = town_text(arena, &town);
    const struct scenario *like = reader_good(arena, text);
    for (int k = 0; k < COUNT(changes); k++) {
        struct diag *diag = diag_new(arena);
        struct scenario *copied = NULL, *made = NULL, *again = NULL;
        assert_int_equal(scenario_parse_like(arena, diag, like, &changes[k], 1, &copied),
                         STATUS_OK);
        assert_int_equal(scenario_parse_changed(arena, diag, "s.yaml", text, strlen(text),
                                                &changes[k], 1, &made),
                         STATUS_OK);
        assert_int_equal(scenario_parse_like(arena, diag, copied, &changes[k], 1, &again),
                         STATUS_OK);
        const struct climate_year *one = &copied->climate.year, *other = &made->climate.year;
        size_t size = (size_t)other->count * sizeof(double);
        assert_int_equal(one->count, other->count);
        assert_int_equal(one->first_weekday, other->first_weekday);
        assert_memory_equal(one->outdoor_c, other->outdoor_c, size);
        assert_memory_equal(one->wet_bulb_c, other->wet_bulb_c, size);
        assert_memory_equal(one->diffuse_kw_m2, other->diffuse_kw_m2, size);
        assert_memory_equal(one->outdoor_weighted_c, other->outdoor_weighted_c, size);
        assert_memory_equal(again->climate.year.outdoor_c, other->outdoor_c, size);
        assert_memory_equal(copied->climate.coldest_day_c, made->climate.coldest_day_c,
                            sizeof made->climate.coldest_day_c);
        assert_string_equal(copied->climate.title, made->climate.title);
        assert_true(one->outdoor_c != like->climate.year.outdoor_c);
    }
    arena_free(arena);
}

static void all_mistakes_are_told_in_the_order_of_their_lines(void **state) {
    static const char text[] =
        "hearth: 1\n"
        "place: {climate: seatle}\n"
        "horizon: {from: tomorrow, days: 400}\n"
        "step_h: 3\n"
        "money: {year: 1999, discount: 0.05}\n"
        "electricity: {data_centre: {energy_money_kwh: high}}\n"
        "data_centre: [{name: a b, it_kw: 5}, {it_kw: -5}, 7]\n"
        "town: [{floor_m2: 5}]\n"
        "plant: {pump: {}, tank: {capacity_kwh: {choose: {min: 2, max: 1}}}}\n"
        "require: {energy_reuse_factor: 3}\n";
    struct diag *diag = diag_new(*state);
    struct scenario *scenario = NULL;
    int line = 0;
    assert_int_equal(scenario_parse(*state, diag, "s.yaml", text, strlen(text), &scenario),
                     STATUS_BAD_SCENARIO);
    assert_null(scenario);
    static const int lines[] = {2, 3, 3, 4, 5, 5, 6, 7, 7, 7, 8, 9, 9, 10};
    if (diag_count(diag) != COUNT(lines)) {
        reader_tell(*state, diag);
    }
    assert_int_equal(diag_count(diag), COUNT(lines));
    for (int k = 0; k < COUNT(lines); k++) {
        line = diag_at(diag, k)->place.line;
        assert_int_equal(line, lines[k]);
        assert_non_null(diag_at(diag, k)->remedy);
    }
}

static void names_are_plain_and_their_own(void **state) {
    struct town town = TOWN_DEFAULT;
    static const char *const bad[] = {"none", "null",     "-x",      "_x",   "a.b",
                                      "\"\"", "\xc3\xa4", "network", "town", "gas"};
    for (int k = 0; k < COUNT(bad); k++) {
        town.town = arena_format(*state, "town:\n  - {name: %s, floor_m2: 100}\n", bad[k]);
        reader_bad(*state, town_text(*state, &town), "name");
    }
    town.town = "town:\n  - {name: hall, floor_m2: 100}\n";
    reader_bad(*state, town_text(*state, &town), "used twice, first in line 11");
}

static void a_network_colder_than_its_users_is_refused(void **state) {
    struct town town = TOWN_DEFAULT;
    town.network = "heat_network: {supply_c: 36, return_c: 28, length_m: 200}\n";
    reader_bad(*state, town_text(*state, &town), "but homes needs");
    town.hall = "data_centre:\n  - {name: hall, it_kw: 1000, load: flat, coolant_c: 60,\n"
                "     heat_recovery: {from: coolant_return, temperature_c: 56, max_kw: 900}}\n";
    town.network = "heat_network: {supply_c: 55, return_c: 38, length_m: 200}\n";
    reader_bad(*state, town_text(*state, &town), "never 10 K below the sink");
}

static void existing_heat_is_a_list_of_producers(void **state) {
    struct town town = TOWN_DEFAULT;
    town.town =
        "town:\n  - {name: city, kind: town_heat, heat_kwh_year: 1e7, supply_c: 50, return_c: "
        "38,\n     existing_heat: [{name: waste, capacity_kw: 900, marginal_money_kwh: 0, "
        "must_run: true},\n     {name: oil, capacity_kw: 9000, marginal_money_kwh: 0.05}]}\n";
    town.network = "heat_network: {supply_c: 55, return_c: 38, length_m: 200}\n";
    const struct scenario *s = reader_good(*state, town_text(*state, &town));
    assert_int_equal(s->towns[0].heaters_count, 2);
    assert_string_equal(s->instances[s->towns[0].heaters[1]].name, "oil");
    assert_true(reader_instance(s, "waste")->existing);
    assert_string_equal(reader_bus(s, "oil", "heat_out"), "city");
    assert_true(reader_number(s, "city_substation", "approach_dk") == 1.0);
}

static const char *many(struct arena *arena, const char *head, const char *format, int count) {
    struct text_buffer out;
    text_buffer_init(&out, arena);
    text_add(&out, head);
    for (int k = 0; k < count; k++) {
        for (const char *at = format; *at; at++) {
            if (*at == '@') {
                text_add_format(&out, "%d", k);
            } else {
                text_add_n(&out, at, 1);
            }
        }
    }
    return out.data;
}

static void each_number_of_things_has_its_limit(void **state) {
    struct town town = TOWN_DEFAULT;
    town.electricity = many(*state,
                            "electricity:\n  data_centre: {energy_money_kwh: 0.1}\n  campus: "
                            "{energy_money_kwh: 0.1}\n",
                            "  m@: {energy_money_kwh: 0.1}\n", 18);
    town.network = "";
    town.town = "town: [{name: homes, floor_m2: 20000, emitter: low_temperature, meter: campus}]\n";
    (void)reader_good(*state, town_text(*state, &town));
    town.electricity =
        arena_format(*state, "%s  more: {energy_money_kwh: 0.1}\n", town.electricity);
    reader_bad(*state, town_text(*state, &town), "more than 20 meters");
    town = (struct town)TOWN_DEFAULT;
    town.plant = "";
    town.hall = many(*state, "data_centre:\n", "  - {name: h@, it_kw: 10}\n", 20);
    (void)reader_good(*state, town_text(*state, &town));
    town.hall = arena_format(*state, "%s  - {name: more, it_kw: 10}\n", town.hall);
    reader_bad(*state, town_text(*state, &town), "more than 20 data centres");
    town = (struct town)TOWN_DEFAULT;
    town.network = town.plant = "";
    town.town =
        many(*state, "town:\n", "  - {name: t@, floor_m2: 100, heated_by: gas_boiler}\n", 50);
    (void)reader_good(*state, town_text(*state, &town));
    town.town =
        arena_format(*state, "%s  - {name: more, floor_m2: 1, heated_by: gas_boiler}\n", town.town);
    reader_bad(*state, town_text(*state, &town), "more than 50 town entries");
    town = (struct town)TOWN_DEFAULT;
    town.plant = many(*state, "plant:\n", "  b@: {kind: gas_boiler, capacity_kw: 5}\n", 189);
    (void)reader_good(*state, town_text(*state, &town));
    town.plant = arena_format(*state,
                              "%s  one: {kind: tank, capacity_kwh: 5}\n  two: {kind: tank, "
                              "capacity_kwh: 5}\n",
                              town.plant);
    struct diag *diag = diag_new(*state);
    struct scenario *scenario = NULL;
    const char *text = town_text(*state, &town);
    assert_int_equal(scenario_parse(*state, diag, "s.yaml", text, strlen(text), &scenario),
                     STATUS_BAD_SCENARIO);
    assert_non_null(strstr(diag_at(diag, 0)->text, "more than 200 instances"));
    town = (struct town)TOWN_DEFAULT;
    town.more = "rules: [a, b, c, d, e, f, g, h, i]\n";
    reader_bad(*state, town_text(*state, &town), "9 rule packs, more than 8");
    town.more = "";
    town.town = many(*state, "town:\n  - name: homes\n    floor_m2: 100\n    existing_heat:\n",
                     "      - {name: p@, capacity_kw: 5, marginal_money_kwh: 0}\n", 9);
    reader_bad(*state, town_text(*state, &town), "9 producers, more than 8");
    town.town = "town: [{name: homes, floor_m2: 100, existing_heat: [{name: p, marginal_money_kwh: "
                "0}]}]\n";
    reader_bad(*state, town_text(*state, &town), "p: capacity_kw is missing");
}

static void numbers_that_are_none_get_the_right_remedy(void **state) {
    static const struct {
        const char *text, *words, *remedy;
    } cases[] = {{"5 MW", "\"5 MW\" is no number", "write  it_kw: 5000"},
                 {"0.5GW", "no number", "write  it_kw: 500000"},
                 {"5 horses", "no number", "plain number in kW"},
                 {"\"5000,5\"", "no number", "decimal point: 5000.5"},
                 {"\"5,000\"", "no number", "(5.000) or no separator (5000)"},
                 {"\"1,234,567.8\"", "no number", "without separators: 1234567.8"},
                 {"1'000", "no number", "without separators: 1000"},
                 {"1_000", "no number", "without separators: 1000"},
                 {".nan", "no number", "finite decimal number in kW"},
                 {"~", "nothing stands where a number belongs", "a number in kW"},
                 {"[1]", "a list stands where a number belongs", "a number in kW"},
                 {"-5", "-5 is outside 0.1..5000000 kW", "from 0.1 to 5000000, in kW"},
                 {"choose", "cannot be left to the optimum", "capacities of plant"},
                 {"\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
                  "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
                  "end",
                  "\xc3\xa4...\" is no number", "finite"}};
    struct town town = TOWN_DEFAULT;
    for (int k = 0; k < COUNT(cases); k++) {
        town.hall = arena_format(*state, "data_centre: [{name: hall, it_kw: %s}]\n", cases[k].text);
        struct diag *diag = diag_new(*state);
        struct scenario *scenario = NULL;
        const char *text = town_text(*state, &town);
        assert_int_equal(scenario_parse(*state, diag, "s.yaml", text, strlen(text), &scenario),
                         STATUS_BAD_SCENARIO);
        if (diag_count(diag) != 1 || !strstr(diag_at(diag, 0)->text, cases[k].words) ||
            !strstr(diag_at(diag, 0)->remedy, cases[k].remedy)) {
            reader_tell(*state, diag);
            fail_msg("wanted: %s / %s", cases[k].words, cases[k].remedy);
        }
    }
    town = (struct town)TOWN_DEFAULT;
    town.fuel = "fuel: {gas_money_kwh: 0,04}\n";
    reader_bad(*state, town_text(*state, &town), "unknown key \"04\"");
    town.fuel = "fuel: {gas_money_kwh: 0.04}\n";
    town.money = "money: {discount_frac: 5}\n";
    reader_bad(*state, town_text(*state, &town), "discount_frac: 5 is outside");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weather_is_taken_from_the_like),
        READER_TEST(a_short_scenario_gets_every_default),
        READER_TEST(each_section_makes_its_instances),
        READER_TEST(ports_find_their_bus_by_the_table),
        READER_TEST(what_is_written_under_ports_decides),
        READER_TEST(two_candidates_are_an_error_that_names_both),
        READER_TEST(one_meter_serves_all),
        READER_TEST(every_plant_says_owner_case_place_and_title),
        READER_TEST(a_size_is_fixed_chosen_or_limited),
        READER_TEST(the_parties_are_those_that_are_named),
        READER_TEST(the_horizon_is_a_run_of_whole_days),
        READER_TEST(warming_reaches_the_weather),
        READER_TEST(all_mistakes_are_told_in_the_order_of_their_lines),
        READER_TEST(names_are_plain_and_their_own),
        READER_TEST(a_network_colder_than_its_users_is_refused),
        READER_TEST(existing_heat_is_a_list_of_producers),
        READER_TEST(each_number_of_things_has_its_limit),
        READER_TEST(numbers_that_are_none_get_the_right_remedy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
