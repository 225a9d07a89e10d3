/* The ground at pipe depth follows the place's own year. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "scenario/scenario.h"
#include "shared_data.h"

#define HEAD "hearth: 1\nname: small\nplace: {climate: "
#define TAIL                                                                                       \
    ", ground_c: 12}\nmoney: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 25}\n"    \
    "electricity:\n  data_centre: {energy_money_kwh: 0.08}\n"                                      \
    "data_centre:\n  - {name: hall, it_kw: 1000, load: flat, cooling: chilled_water_economiser}\n"

struct swing {
    double mean_c, low_c, high_c;
    int coldest_day;
};

static struct swing ground_of(const char *text) {
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new(arena);
    struct scenario *scenario = NULL;
    struct hours *hours = NULL;
    assert_int_equal(scenario_parse(arena, diag, "small.yaml", text, strlen(text), &scenario),
                     STATUS_OK);
    assert_int_equal(scenario_hours(scenario, arena, &hours), STATUS_OK);
    struct swing swing = {0.0, 100.0, -100.0, 0};
    for (int t = 0; t < hours->horizon_count; t++) {
        swing.mean_c += hours->ground_c[t] / hours->horizon_count;
        swing.high_c = fmax(swing.high_c, hours->ground_c[t]);
        if (hours->ground_c[t] < swing.low_c) {
            swing.low_c = hours->ground_c[t];
            swing.coldest_day = hours->day_of_year[t];
        }
    }
    arena_free(arena);
    return swing;
}

/* Air of Seattle 7.4 K about its mean, coldest about 20 January: at 1 m .66 of it, 24 days later. */
static void a_temperate_year(void **state) {
    struct swing swing = ground_of(HEAD "seattle" TAIL);
    (void)state;
    assert_true(fabs(swing.mean_c - 12.0) < 0.05);
    assert_true(fabs(0.5 * (swing.high_c - swing.low_c) - 0.66 * 7.4) < 0.25);
    assert_in_range(swing.coldest_day, 35, 52);
}

static void the_tropics_have_no_winter(void **state) {
    struct swing swing = ground_of(HEAD "singapore" TAIL);
    (void)state;
    assert_true(fabs(swing.mean_c - 12.0) < 0.05);
    assert_true(swing.high_c - swing.low_c < 2.0);
}

static void the_plains_have_hard_ones(void **state) {
    struct swing chicago = ground_of(HEAD "chicago" TAIL), seattle = ground_of(HEAD "seattle" TAIL);
    (void)state;
    assert_true(chicago.high_c - chicago.low_c > 1.7 * (seattle.high_c - seattle.low_c));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_temperate_year),
        cmocka_unit_test(the_tropics_have_no_winter),
        cmocka_unit_test(the_plains_have_hard_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
