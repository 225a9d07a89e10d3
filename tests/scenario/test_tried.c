/* What is to be tried: lists, what was chosen, the first that can be done, and what is refused. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "reader.h"
#include "scenario/tried.h"

#define SCENARIO(hall_)                                                                            \
    "hearth: 1\nname: tried\nplace: {climate: phoenix, ground_c: 20}\n"                            \
    "horizon: {from: 2024-07-01, days: 2}\nmoney: {currency: USD, year: 2024}\n"                   \
    "electricity: {data_centre: {energy_money_kwh: 0.08}}\n"                                       \
    "data_centre:\n  - {name: hall, it_kw: 1000, " hall_ "}\n"

static void a_list_is_read_and_nothing_chosen(void **state) {
    struct scenario *s =
        reader_good(*state, SCENARIO("cooling: direct_to_chip, supply_c: {choose: [40, 45, 52]}"));
    const struct tried *tried = tried_of(s, 0);
    int hall[1];
    assert_non_null(tried);
    assert_int_equal(tried->count, 3);
    assert_true(tried->value[0] == 40.0 && tried->value[2] == 52.0 && isnan(tried->chosen_value));
    assert_int_equal(tried_halls(s, hall), 1);
    assert_int_equal(tried_plans(s, hall, 1), 3);
    assert_true(reader_number(s, "hall", "coolant_c") == 50.0); /* the first, and its 10 K */
}

static void a_range_names_its_values(void **state) {
    struct scenario *s = reader_good(
        *state,
        SCENARIO("cooling: direct_to_chip, supply_c: {choose: {from: 40, to: 46.1, step: 2}}"));
    const struct tried *tried = tried_of(s, 0);
    assert_int_equal(tried->count, 4);
    assert_true(tried->value[3] == 46.0);
}

/* A dry cooler does not give 17 degC in Phoenix in July: the scenario holds the first that it gives. */
static void what_cannot_be_is_passed_over(void **state) {
    struct scenario *s = reader_good(
        *state,
        SCENARIO("cooling: {kind: dry_cooler, trim: none}, supply_c: {choose: [17, 30, 56]}"));
    assert_true(reader_number(s, "hall", "supply_c") == 56.0);
    assert_true(isnan(tried_of(s, 0)->chosen_value));
}

/* One of them as it would be written alone. */
static void each_is_read_as_if_it_were_written(void **state) {
    struct arena *arena = *state;
    struct scenario *s = reader_good(
        arena, SCENARIO("cooling: direct_to_chip, heat_recovery: {from: coolant_return, max_kw: "
                        "900}, supply_c: {choose: [45, 52]}"));
    struct scenario *alone = reader_good(
        arena, SCENARIO("cooling: direct_to_chip, heat_recovery: {from: coolant_return, max_kw: "
                        "900}, supply_c: 52"));
    struct scenario *chosen = NULL;
    const int hall[] = {0};
    const double value[] = {52.0};
    struct diag *diag = diag_new(arena);
    assert_int_equal(tried_read(s, hall, value, 1, arena, diag, &chosen), STATUS_OK);
    assert_true(tried_of(chosen, 0)->chosen_value == 52.0);
    assert_int_equal(tried_halls(chosen, (int[1]){0}), 0);
    assert_true(reader_number(alone, "hall_recovery", "declared_supply_c") == 59.0);
    for (int i = 0; i < alone->instances_count; i++) {
        const struct instance *one = &alone->instances[i], *other = &chosen->instances[i];
        assert_string_equal(one->name, other->name);
        for (int k = 0; k < one->kind->params_count; k++) {
            const struct param *param = &one->kind->params[k];
            double a = component_number(one->kind, one->self, param->key, 0.0),
                   b = component_number(other->kind, other->self, param->key, 0.0);
            assert_true(param->kind != PARAM_NUMBER || a == b || (isnan(a) && isnan(b)));
        }
    }
}

/* The written form keeps what was tried and what was chosen, and is not tried again. */
static void what_was_chosen_survives_its_writing(void **state) {
    struct arena *arena = *state;
    const char *text = NULL;
    size_t size = 0;
    struct scenario *s = reader_good(
        arena, SCENARIO("cooling: direct_to_chip, supply_c: {choose: [45, 52], chosen: 52}"));
    assert_int_equal(scenario_write(s, arena, &text, &size), STATUS_OK);
    assert_non_null(strstr(text, "supply_c: {choose: [45, 52], chosen: 52}  # scenario; chosen"));
    struct scenario *read = reader_good(arena, text);
    assert_true(tried_of(read, 0)->chosen_value == 52.0);
    assert_true(reader_number(read, "hall", "coolant_c") == 62.0);
}

static void mistakes_are_told(void **state) {
    static const struct {
        const char *text, *words;
    } wrong[] = {
        {SCENARIO("supply_c: {choose: []}"), "supply_c: a list stands where a number, or {choose"},
        {SCENARIO("supply_c: {choose: 30}"), "where a number, or {choose: [...]}"},
        {SCENARIO("supply_c: choose"), "supply_c: \"choose\" stands where a number, or"},
        {SCENARIO("supply_c: {choose: [20, 99]}"), "supply_c: 99 is outside 5..60"},
        {SCENARIO("supply_c: {choose: [20, 20]}"), "values to try rise, 20 does not"},
        {SCENARIO("supply_c: {choose: [20, 30], chosen: 25}"), "chosen: 25 is none of the values"},
        {SCENARIO("supply_c: {chose: [20, 30]}"), "supply_c: unknown key \"chose\""},
        {SCENARIO("supply_c: {choose: {from: 20, to: 45}}"), "step is missing"},
        {SCENARIO("supply_c: {choose: {from: 20, to: 45, step: 1}}"), "name too many a value"},
        {SCENARIO("supply_c: {choose: {from: 20, to: 21, step: 2}}"), "name no second value"},
        {SCENARIO("coolant_c: 30, supply_c: {choose: [17, 22]}"),
         "supply_c stands beside coolant_c"},
        {SCENARIO("supply_c: 59, coolant_dt_dk: 20"), "the coolant would come back at 79 degC"},
        {SCENARIO("cooling: {kind: dry_cooler, trim: none}, supply_c: {choose: [17, 20]}"),
         "cannot supply 17.0 degC"},
        {SCENARIO("heat_recovery: {from: condenser_water, max_kw: 9}"),
         "heat_recovery: temperature_c is missing"},
    };
    for (int k = 0; k < COUNT(wrong); k++) {
        struct diag *diag = diag_new(*state);
        struct scenario *s = NULL;
        enum status status =
            scenario_parse(*state, diag, "s.yaml", wrong[k].text, strlen(wrong[k].text), &s);
        const struct diag_message *first = diag_count(diag) ? diag_at(diag, 0) : NULL;
        if (status != STATUS_BAD_SCENARIO || !first || !strstr(first->text, wrong[k].words) ||
            first->place.line < 1 || !first->remedy) {
            reader_tell(*state, diag);
            fail_msg("wanted: %s", wrong[k].words);
        }
    }
}

/* Two halls are tried together, as long as the plans are few. */
static void combinations_are_counted(void **state) {
#define TWO(list_)                                                                                 \
    SCENARIO("cooling: direct_to_chip, supply_c: {choose: [44, 45, 46, 48]}")                      \
    "  - {name: other, it_kw: 500, cooling: direct_to_chip, supply_c: {choose: " list_ "}}\n"
    struct scenario *s = reader_good(*state, TWO("[45, 50]"));
    int hall[2];
    double value[2];
    assert_int_equal(tried_halls(s, hall), 2);
    assert_int_equal(tried_plans(s, hall, 2), 8);
    tried_values(s, hall, 2, 3, value);
    assert_true(value[0] == 45.0 && value[1] == 50.0);
    reader_bad(*state, TWO("{from: 29, to: 58, step: 1.5}"),
               "more than 64 plans would have to be tried");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        READER_TEST(a_list_is_read_and_nothing_chosen),
        READER_TEST(a_range_names_its_values),
        READER_TEST(what_cannot_be_is_passed_over),
        READER_TEST(each_is_read_as_if_it_were_written),
        READER_TEST(what_was_chosen_survives_its_writing),
        READER_TEST(mistakes_are_told),
        READER_TEST(combinations_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
