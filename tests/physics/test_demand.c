/* Heat demand: BDEW's tables, means, directions. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include <stdlib.h>
#include <string.h>

#include "physics/demand.h"
#include "shared_data.h"

static const char *const types[DEMAND_CLASSES] = {"EFH", "MFH", "GHD", "GKO", "GHA", "GBH"};

/* a, b, c, d, building class, type, wind: class 11 of homes, 0 of others, not windy. */
static void sigmoids_are_bdews(void **state) {
    char path[512], line[256];
    int found = 0;
    (void)state;
    shared_data_need(path, sizeof path, "heat_demand/bdew/shlp_sigmoid_factors.csv");
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        double a = 0.0, b = 0.0, c = 0.0, d = 0.0;
        int class = 0, wind = 0;
        char type[8];
        if (sscanf(line, "%*d,%lf,%lf,%lf,%lf,%d,%7[A-Z],%d", &a, &b, &c, &d, &class, type,
                   &wind) != 7 ||
            wind != 0 || (class != 11 && class != 0)) {
            continue;
        }
        for (int k = 0; k < DEMAND_CLASSES; k++) {
            if (strcmp(types[k], type) != 0) {
                continue;
            }
            found++;
            for (double day_c = -20.0; day_c <= 35.0; day_c += 2.5) {
                double ratio = a / (1.0 + pow(b / (day_c - 40.0), c)) + d;
                assert_close(demand_sigmoid_ratio((enum demand_class)k, day_c), ratio, 1e-6);
            }
        }
    }
    (void)fclose(file);
    assert_int_equal(found, DEMAND_CLASSES);
}

/* Seven rows each, Monday first. */
static void weekdays_are_bdews(void **state) {
    char path[512], line[256];
    int rows[DEMAND_CLASSES] = {0};
    (void)state;
    shared_data_need(path, sizeof path, "heat_demand/bdew/shlp_weekday_factors.csv");
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        char type[8];
        double factor = 0.0;
        if (sscanf(line, "%*d,%7[A-Z],%lf", type, &factor) != 2) {
            continue;
        }
        for (int k = 0; k < DEMAND_CLASSES; k++) {
            if (strcmp(types[k], type) == 0) {
                assert_close(demand_weekday_ratio((enum demand_class)k, rows[k]++), factor, 1e-9);
            }
        }
    }
    (void)fclose(file);
    for (int k = 0; k < DEMAND_CLASSES; k++) {
        assert_int_equal(rows[k], 7);
    }
}

/* heat notes section 8: homes' space heat on a weekday, PyPSA-Eur after BDEW. */
static void the_hours_of_homes(void **state) {
    static const double published[24] = {0.54, 0.57, 0.56, 0.61, 0.82, 1.23, 1.33, 1.25,
                                         1.20, 1.15, 1.10, 1.06, 1.04, 1.02, 1.03, 1.04,
                                         1.09, 1.14, 1.18, 1.20, 1.19, 1.08, 0.89, 0.66};
    (void)state;
    for (int hour = 0; hour < 24; hour++) { /* the list's own mean is .9992 */
        assert_close(demand_space_hour_ratio(DEMAND_SINGLE_FAMILY, hour, 2), published[hour],
                     0.0015);
        assert_close(demand_space_hour_ratio(DEMAND_MULTI_FAMILY, hour, 6), published[hour],
                     0.0015);
    }
}

/* The hours of homes come from BDEW; those of the others are assumed. BDEW's own at 0 to 5 degC
   (column 4 of the ten) lie .10 from them on average, with a gentler morning. */
static void assumed_hours_are_near_bdews(void **state) {
    static const struct {
        const char *type;
        enum demand_class demand_class;
    } compared[] = {{"GKO", DEMAND_OFFICE}, {"GHA", DEMAND_RETAIL}, {"GBH", DEMAND_LODGING}};
    char path[512], line[256];
    double off[3] = {0.0, 0.0, 0.0};
    int rows[3] = {0, 0, 0};
    (void)state;
    shared_data_need(path, sizeof path, "heat_demand/bdew/shlp_hour_factors.csv");
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        int hour = 0, weekday = 0;
        char type[8];
        double factor = 0.0;
        if (sscanf(line, "%*d,%d,%d,%*d,%7[A-Z],%*f,%*f,%*f,%lf", &hour, &weekday, type, &factor) !=
            4) {
            continue;
        }
        for (int k = 0; k < 3; k++) {
            if (strcmp(compared[k].type, type) == 0) {
                off[k] +=
                    fabs(demand_space_hour_ratio(compared[k].demand_class, hour - 1, weekday - 1) -
                         24.0 * factor);
                rows[k]++;
            }
        }
    }
    (void)fclose(file);
    for (int k = 0; k < 3; k++) {
        print_message("%s: mean deviation %.3f of the mean hour\n", compared[k].type,
                      off[k] / rows[k]);
        assert_int_equal(rows[k], 168);
        assert_true(off[k] / rows[k] < 0.18);
    }
}

static void a_day_and_a_week_have_mean_one(void **state) {
    (void)state;
    for (int k = 0; k < DEMAND_CLASSES; k++) {
        enum demand_class demand_class = (enum demand_class)k;
        double week = 0.0;
        for (int weekday = 0; weekday < 7; weekday++) {
            double space = 0.0, water = 0.0;
            for (int hour = 0; hour < 24; hour++) {
                space += demand_space_hour_ratio(demand_class, hour, weekday) / 24.0;
                water += demand_water_hour_ratio(demand_class, hour) / 24.0;
            }
            assert_close(space, 1.0, 1e-12);
            assert_close(water, 1.0, 1e-12);
            week += demand_weekday_ratio(demand_class, weekday) / 7.0;
        }
        assert_close(week, 1.0, 0.002);
    }
}

static void colder_days_take_more(void **state) {
    (void)state;
    for (int k = 0; k < DEMAND_CLASSES; k++) {
        enum demand_class demand_class = (enum demand_class)k;
        double before = 10.0, constant = demand_sigmoid_ratio(demand_class, 39.9999);
        for (double day_c = -40.0; day_c <= 45.0; day_c += 0.5) {
            double now = demand_space_ratio(demand_class, day_c);
            assert_true(now <= before && now >= 0.0);
            assert_true(demand_sigmoid_ratio(demand_class, day_c) >= now);
            before = now;
        }
        assert_true(before < 0.01 && constant > 0.0); /* summer: hot water only */
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sigmoids_are_bdews),
        cmocka_unit_test(weekdays_are_bdews),
        cmocka_unit_test(the_hours_of_homes),
        cmocka_unit_test(assumed_hours_are_near_bdews),
        cmocka_unit_test(a_day_and_a_week_have_mean_one),
        cmocka_unit_test(colder_days_take_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
