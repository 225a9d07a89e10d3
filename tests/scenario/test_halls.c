/* What a type of facility and a class of racks stand for, and what was given stays. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/data_hall.h"
#include "reader.h"

#define SCENARIO(hall_)                                                                            \
    "hearth: 1\nname: types\nplace: {climate: seattle, ground_c: 11}\n"                            \
    "money: {currency: USD, year: 2024}\nelectricity: {data_centre: {energy_money_kwh: 0.08}}\n"   \
    "data_centre:\n  - {name: hall, it_kw: 1000" hall_ "}\n"

static const struct instance *hall_of(struct arena *arena, const char *text) {
    return reader_instance(reader_good(arena, text), "hall");
}

static enum given given_of(const struct instance *hall, const char *key) {
    return hall->given[component_param(hall->kind, key) - hall->kind->params];
}

static double number(const struct instance *hall, const char *key) {
    return component_number(hall->kind, hall->self, key, (double)NAN);
}

static void a_type_fills_in_what_is_not_given(void **state) {
    const struct instance *hall =
        hall_of(*state, SCENARIO(", facility: hyperscale, distribution_loss_frac: 0.03"));
    assert_true(number(hall, "rack_kw") == 12.0);
    assert_true(number(hall, "occupancy_frac") == 0.85);
    assert_int_equal(given_of(hall, "rack_kw"), GIVEN_DERIVED);
    assert_true(number(hall, "distribution_loss_frac") == 0.03); /* given */
    assert_int_equal(given_of(hall, "distribution_loss_frac"), GIVEN_SCENARIO);
    struct hall_facts facts;
    data_hall_facts(hall->self, &facts);
    assert_string_equal(facts.facility, "hyperscale");
    assert_string_equal(facts.load, "cloud");
}

static void no_type_changes_nothing(void **state) {
    const struct instance *hall = hall_of(*state, SCENARIO(""));
    for (int k = 0; k < hall->kind->params_count; k++) {
        assert_true(hall->given[k] != GIVEN_DERIVED);
    }
}

/* Every type is one that plans: its values lie in their ranges. */
static void every_type_lies_in_its_ranges(void **state) {
    const struct component *kind = component_find("data_hall");
    const struct param *types = component_param(kind, "facility");
    for (int w = 1; w < WORDS_MAX && types->words[w]; w++) {
        char text[600];
        int derived = 0;
        (void)snprintf(text, sizeof text, SCENARIO(", facility: %s"), types->words[w]);
        const struct instance *hall = hall_of(*state, text);
        for (int k = 0; k < kind->params_count; k++) {
            const struct param *param = &kind->params[k];
            derived += hall->given[k] == GIVEN_DERIVED ? 1 : 0;
            if (param->kind == PARAM_NUMBER && hall->given[k] == GIVEN_DERIVED) {
                double value = number(hall, param->key);
                assert_true(value >= param->min && value <= param->max);
            }
        }
        assert_true(derived >= 6);
    }
}

static void classes_of_racks(void **state) {
    static const struct {
        const char *text;
        double rack_kw;
    } classes[] = {{SCENARIO(", rack_class: legacy"), 5.0},
                   {SCENARIO(", rack_class: cloud"), 12.0},
                   {SCENARIO(", rack_class: ai"), 50.0},
                   {SCENARIO(", rack_class: ai_liquid, cooling: dry_cooler"), 130.0},
                   {SCENARIO(", rack_class: ai, rack_kw: 60"), 60.0},
                   {SCENARIO(", rack_class: ai, facility: edge"), 50.0},
                   {SCENARIO(", rack_kw: 7"), 7.0}};
    for (int k = 0; k < COUNT(classes); k++) {
        assert_true(number(hall_of(*state, classes[k].text), "rack_kw") == classes[k].rack_kw);
    }
}

/* Written out and read again: the same hall, and where each value came from. */
static void a_type_survives_its_writing(void **state) {
    struct arena *arena = *state;
    const char *text = NULL;
    size_t size = 0;
    struct scenario *scenario =
        reader_good(arena, SCENARIO(", facility: hospital, operating_year: 3"));
    const struct instance *hall = reader_instance(scenario, "hall");
    assert_int_equal(scenario_write(scenario, arena, &text, &size), STATUS_OK);
    const struct instance *read = hall_of(arena, text);
    assert_memory_equal(read->given, hall->given,
                        sizeof *hall->given * (size_t)hall->kind->params_count);
    for (int k = 0; k < hall->kind->params_count; k++) {
        if (hall->kind->params[k].kind == PARAM_NUMBER &&
            !isnan(number(hall, hall->kind->params[k].key))) {
            assert_true(number(read, hall->kind->params[k].key) ==
                        number(hall, hall->kind->params[k].key));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        READER_TEST(a_type_fills_in_what_is_not_given), READER_TEST(no_type_changes_nothing),
        READER_TEST(every_type_lies_in_its_ranges),     READER_TEST(classes_of_racks),
        READER_TEST(a_type_survives_its_writing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
