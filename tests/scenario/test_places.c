/* Several places: where what stands `at:` one of them is wired, and what is said about mistakes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "reader.h"

#define HEAD                                                                                       \
    "hearth: 1\nname: two\nplace: {climate: seattle, ground_c: 11}\n"                              \
    "horizon: {from: 2024-01-08, days: 1}\nmoney: {currency: USD, year: 2024}\n"                   \
    "fuel: {gas_money_kwh: 0.04}\n"
#define PLACES "places: [harbour, hill]\n"
#define METER "electricity: {port: {at: harbour, energy_money_kwh: 0.1}}\n"
#define TOWN                                                                                       \
    "town:\n  - {name: homes, kind: pool, water_m2: 300, at: hill, heated_by: plant}\n"            \
    "  - {name: crane, kind: power_load, scale_ratio: 1, power_kw: 100, at: harbour}\n"
#define PLANT                                                                                      \
    "plant:\n  gas_boiler: {capacity_kw: choose, at: hill, in: [today, apart, together]}\n"        \
    "  sun: {kind: pv, capacity_kw: 500, at: hill}\n"
#define LINKS                                                                                      \
    "links:\n  - {name: cable, kind: power_line, from: harbour, to: hill, length_m: 2000, "        \
    "capacity_kw: 300}\n"

static const char *bus_of(const struct scenario *s, const char *instance, const char *port) {
    const struct instance *it = reader_instance(s, instance);
    return s->buses[it->port_bus[component_port(it->kind, port)]].name;
}

/* The harbour has a meter, the hill has none: its power has a bus of its own, which only the cable feeds. The hill's heat is its
   only user's. */
static void ports_look_at_their_place(void **state) {
    const struct scenario *s = reader_good(*state, HEAD PLACES METER TOWN PLANT LINKS);
    assert_string_equal(bus_of(s, "crane", "power_in"), "port.power");
    assert_string_equal(bus_of(s, "sun", "power_out"), "hill.power");
    assert_string_equal(bus_of(s, "gas_boiler", "heat_out"), "homes");
    assert_string_equal(bus_of(s, "gas_boiler", "fuel_in"), "gas");
    assert_string_equal(bus_of(s, "cable", "here"), "port.power");
    assert_string_equal(bus_of(s, "cable", "there"), "hill.power");
    const struct instance *cable = reader_instance(s, "cable");
    assert_false(cable->in_case[CASE_TODAY]);
    assert_true(cable->in_case[CASE_APART] && cable->in_case[CASE_TOGETHER]);
    assert_int_equal(s->towns_count, 1); /* a power load is no user of heat */
}

/* Gas that is given at one place is burnt there; who stands elsewhere burns the common one. */
static void fuel_of_a_place_goes_before_the_common_one(void **state) {
    const struct scenario *s = reader_good(
        *state, HEAD PLACES METER TOWN PLANT
        "  pipe_gas: {kind: fuel_supply, at: hill, price_money_kwh: 0.03, limit_kw: 900}\n" LINKS);
    assert_string_equal(bus_of(s, "gas_boiler", "fuel_in"), "hill.gas");
    assert_string_equal(bus_of(s, "pipe_gas", "fuel_out"), "hill.gas");
}

static void one_mistake(struct arena *arena, const char *text, const char *words) {
    struct diag *diag = diag_new(arena);
    struct scenario *scenario = NULL;
    assert_int_equal(scenario_parse(arena, diag, "s.yaml", text, strlen(text), &scenario),
                     STATUS_BAD_SCENARIO);
    bool found = false;
    for (int k = 0; k < diag_count(diag); k++) {
        found = found || strstr(diag_at(diag, k)->text, words) != NULL;
    }
    if (!found) {
        reader_tell(arena, diag);
    }
    assert_true(found);
}

static void each_mistake_has_its_words(void **state) {
    static const struct {
        const char *text, *words;
    } mistakes[] = {
        {HEAD METER TOWN PLANT, "at: there is no place \"harbour\""},
        {HEAD "places: {a: b}\n" METER, "places: a map stands where a list of names belongs"},
        {HEAD "places: [hill, hill]\n" METER, "places: hill stands twice"},
        {HEAD PLACES METER TOWN PLANT "links: {cable: 1}\n",
         "links: a map stands where a list belongs"},
        {HEAD PLACES METER TOWN PLANT "links: [cable]\n", "links: \"cable\" stands where a map"},
        {HEAD PLACES METER TOWN PLANT "links: [{name: cable, kind: power_line, from: hill}]\n",
         "links: name, kind, from and to must be there"},
        {HEAD PLACES METER TOWN PLANT
         "links: [{name: x, kind: pv, from: hill, to: harbour, capacity_kw: 1}]\n",
         "x: a pv joins no places"},
        {HEAD PLACES METER TOWN PLANT
         "links: [{name: x, kind: power_line, from: hill, to: hill, capacity_kw: 1}]\n",
         "x: it begins and ends at hill"},
        {HEAD PLACES METER TOWN PLANT
         "links: [{name: x, kind: power_line, from: hil, to: harbour, capacity_kw: 1}]\n",
         "from: there is no place \"hil\""},
        {HEAD PLACES "electricity: {port: {at: hill, energy_money_kwh: 0.1}, mill: {at: hill, "
                     "energy_money_kwh: "
                     "0.1}}\n" TOWN PLANT LINKS,
         "at hill the bus could be port.power or mill.power"},
    };
    for (int k = 0; k < COUNT(mistakes); k++) {
        one_mistake(*state, mistakes[k].text, mistakes[k].words);
    }
}

/* An optional port may be left open by name, and then looks nowhere. */
static void an_optional_port_stays_open(void **state) {
    const struct scenario *s = reader_good(
        *state, HEAD "electricity: {port: {energy_money_kwh: 0.1}}\n"
                     "town: [{name: homes, kind: pool, water_m2: 300, heated_by: gas_boiler}]\n"
                     "plant: {gas_engine: {capacity_kw: 100, ports: {heat_out: none}},\n"
                     "        fuel_cell: {capacity_kw: 100}}\n");
    const struct instance *engine = reader_instance(s, "gas_engine");
    assert_int_equal(engine->port_bus[component_port(engine->kind, "heat_out")], -1);
    assert_string_equal(bus_of(s, "fuel_cell", "heat_out"), "homes");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        READER_TEST(ports_look_at_their_place),
        READER_TEST(fuel_of_a_place_goes_before_the_common_one),
        READER_TEST(each_mistake_has_its_words),
        READER_TEST(an_optional_port_stays_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
