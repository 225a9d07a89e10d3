/* A scenario from a text, and the messages a text gets: what the tests of the readers share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SCENARIO_READER_H
#define TESTS_SCENARIO_READER_H

#include "scenario/scenario.h"
#include "shared_data.h"

/* A small town beside a hall, in pieces, so that a test can put its own in the place of one. */
struct town {
    const char *head, *place, *horizon, *money, *fuel, *electricity, *hall, *town, *network, *plant,
        *more;
};
#define TOWN_DEFAULT                                                                               \
    {                                                                                              \
        .head = "hearth: 1\nname: small\n", .place = "place: {climate: seattle, ground_c: 11}\n",  \
        .horizon = "horizon: {from: 2024-01-08, days: 1}\n",                                       \
        .money = "money: {currency: USD, year: 2024}\n", .fuel = "fuel: {gas_money_kwh: 0.04}\n",  \
        .electricity = "electricity:\n  data_centre: {energy_money_kwh: 0.08}\n"                   \
                       "  campus: {energy_money_kwh: 0.10}\n",                                     \
        .hall = "data_centre:\n  - {name: hall, it_kw: 1000, load: flat,\n"                        \
                "     heat_recovery: {from: condenser_water, temperature_c: 20, max_kw: 900}}\n",  \
        .town = "town:\n  - {name: homes, floor_m2: 20000, emitter: low_temperature,\n"            \
                "     hot_water: local_electric, heated_by: gas_boiler}\n",                        \
        .network =                                                                                 \
            "heat_network: {supply_c: {at -4: 55, at 15: 45}, return_c: 38, length_m: 200}\n",     \
        .plant = "plant:\n  heat_pump: {capacity_kw: choose, meter: campus}\n", .more = ""         \
    }

static inline const char *town_text(struct arena *arena, const struct town *town) {
    return arena_format(arena, "%s%s%s%s%s%s%s%s%s%s%s", town->head, town->place, town->horizon,
                        town->money, town->fuel, town->electricity, town->hall, town->town,
                        town->network, town->plant, town->more);
}

static inline void reader_tell(struct arena *arena, const struct diag *diag) {
    for (int k = 0; k < diag_count(diag); k++) {
        print_message("%s", diag_render(arena, diag_at(diag, k)));
    }
}

/* The scenario of a text that must be good. */
static inline struct scenario *reader_good(struct arena *arena, const char *text) {
    struct diag *diag = diag_new(arena);
    struct scenario *scenario = NULL;
    enum status status = scenario_parse(arena, diag, "s.yaml", text, strlen(text), &scenario);
    if (status != STATUS_OK) {
        reader_tell(arena, diag);
    }
    assert_int_equal(status, STATUS_OK);
    return scenario;
}

/* The only message of a text that must be bad holds the words. */
static inline void reader_bad(struct arena *arena, const char *text, const char *words) {
    struct diag *diag = diag_new(arena);
    struct scenario *scenario = NULL;
    assert_int_equal(scenario_parse(arena, diag, "s.yaml", text, strlen(text), &scenario),
                     STATUS_BAD_SCENARIO);
    if (diag_count(diag) != 1 || !strstr(diag_at(diag, 0)->text, words)) {
        reader_tell(arena, diag);
        fail_msg("wanted one message with: %s", words);
    }
    assert_non_null(diag_at(diag, 0)->remedy);
}

static inline const struct instance *reader_instance(const struct scenario *scenario,
                                                     const char *name) {
    int i = scenario_instance(scenario, name);
    if (i < 0) {
        fail_msg("no instance %s", name);
    }
    return &scenario->instances[i];
}

static inline double reader_number(const struct scenario *scenario, const char *name,
                                   const char *key) {
    const struct instance *instance = reader_instance(scenario, name);
    return component_number(instance->kind, instance->self, key, (double)NAN);
}

/* The name of the bus at a port, "" where it is unwired. */
static inline const char *reader_bus(const struct scenario *scenario, const char *name,
                                     const char *port) {
    const struct instance *instance = reader_instance(scenario, name);
    int p = component_port(instance->kind, port);
    assert_true(p >= 0);
    return instance->port_bus[p] < 0 ? "" : scenario->buses[instance->port_bus[p]].name;
}

static inline int reader_open(void **state) {
    *state = arena_new(0);
    return *state ? 0 : -1;
}

static inline int reader_close(void **state) {
    arena_free(*state);
    return 0;
}
#define READER_TEST(test) cmocka_unit_test_setup_teardown(test, reader_open, reader_close)

#endif
