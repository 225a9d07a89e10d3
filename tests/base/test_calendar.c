/* Leap years, weekdays, steps and stamps; the C library is the judge over 300 years. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <time.h>

#include "base/calendar.h"

static struct calendar year_of(int year, double step_h) {
    struct calendar calendar = {0};
    assert_int_equal(calendar_whole_year(&calendar, year, step_h), STATUS_OK);
    return calendar;
}

static void leap_years_follow_gregory(void **state) {
    (void)state;
    assert_false(calendar_is_leap(1900));
    assert_true(calendar_is_leap(2000));
    assert_true(calendar_is_leap(2024));
    assert_false(calendar_is_leap(2023));
    assert_false(calendar_is_leap(2100));
    assert_int_equal(calendar_days_in_month(1, true), 29);
    assert_int_equal(calendar_days_in_month(1, false), 28);
    assert_int_equal(calendar_days_in_month(11, true), 31);
    assert_int_equal(calendar_days_in_month(12, true), 0);
    assert_int_equal(calendar_days_in_month(-1, true), 0);
}

static void weekdays_agree_with_the_library(void **state) {
    (void)state;
    for (int year = 1900; year <= 2200; year++) {
        for (int month = 0; month < 12; month++) {
            struct tm date = {
                .tm_year = year - 1900, .tm_mon = month, .tm_mday = 15, .tm_hour = 12};
            assert_true(mktime(&date) != (time_t)-1 || year == 1969);
            assert_int_equal(calendar_weekday(year, month, 15), (date.tm_wday + 6) % 7);
        }
    }
    assert_int_equal(calendar_weekday(2024, 0, 1), 0);  /* a Monday */
    assert_int_equal(calendar_weekday(2000, 1, 29), 1); /* a Tuesday */
}

static void years_have_their_hours(void **state) {
    (void)state;
    struct calendar common = year_of(2023, 1.0), leap = year_of(2024, 1.0),
                    quarters = year_of(2024, 0.25);
    assert_int_equal(calendar_steps(&common), 8760);
    assert_int_equal(calendar_steps(&leap), 8784);
    assert_int_equal(calendar_steps(&quarters), 4 * 8784);
    assert_true(calendar_year_h(&common) == 8760.0 && calendar_year_h(&leap) == 8784.0);
    assert_int_equal(calendar_year_days(&leap), 366);
    assert_int_equal(common.first_weekday, 6); /* 1 January 2023 was a Sunday */
    assert_int_equal(quarters.steps_per_day, 96);
}

static void every_step_follows_the_one_before(void **state) {
    (void)state;
    static const double steps_h[] = {1.0, 0.5, 0.25};
    for (int k = 0; k < COUNT(steps_h); k++) {
        for (int year = 2023; year <= 2024; year++) {
            struct calendar calendar = year_of(year, steps_h[k]);
            struct calendar_moment last = calendar_at(&calendar, 0);
            assert_true(last.month == 0 && last.day == 1 && last.day_of_year == 0 &&
                        last.hour_h == 0.0);
            for (int step = 1; step < calendar_steps(&calendar); step++) {
                struct calendar_moment next = calendar_at(&calendar, step);
                bool new_day = next.hour_h == 0.0;
                assert_true(next.hour_h == (new_day ? 0.0 : last.hour_h + steps_h[k]));
                assert_int_equal(next.day_of_year, last.day_of_year + new_day);
                assert_int_equal(next.weekday, (last.weekday + new_day) % 7);
                bool new_month = new_day && next.day == 1;
                assert_int_equal(next.month, last.month + new_month);
                assert_int_equal(next.weekday, calendar_weekday(year, next.month, next.day));
                last = next;
            }
            assert_true(last.month == 11 && last.day == 31);
        }
    }
}

static void parts_of_a_year_wrap_within_it(void **state) {
    (void)state;
    struct calendar part = {0};
    assert_int_equal(calendar_init(&part, 2024, 1, 28, 5, 1.0), STATUS_OK);
    assert_int_equal(calendar_steps(&part), 120);
    char stamp[20];
    calendar_stamp(&part, 24, stamp);
    assert_string_equal(stamp, "2024-02-29T00:00");
    calendar_stamp(&part, 119, stamp);
    assert_string_equal(stamp, "2024-03-03T23:00");
    calendar_stamp(&part, -58 * 24 - 1, stamp); /* the hour before New Year is the year's last */
    assert_string_equal(stamp, "2024-12-31T23:00");
    struct calendar_moment again = calendar_at(&part, 8784 + 3), once = calendar_at(&part, 3);
    assert_int_equal(again.day_of_year, once.day_of_year);
    struct calendar_moment far = calendar_at(&part, INT32_MAX),
                           back = calendar_at(&part, INT32_MIN);
    assert_true(far.day_of_year >= 0 && far.day_of_year < 366 && back.day_of_year >= 0 &&
                back.day_of_year < 366);
}

static void quarters_are_stamped(void **state) {
    (void)state;
    struct calendar calendar = year_of(2023, 0.25);
    char stamp[20];
    calendar_stamp(&calendar, 95, stamp);
    assert_string_equal(stamp, "2023-01-01T23:45");
    calendar_stamp(&calendar, 4 * 8760 - 2, stamp);
    assert_string_equal(stamp, "2023-12-31T23:30");
}

static void nonsense_is_usage(void **state) {
    (void)state;
    struct calendar kept = {.year = 7};
    assert_int_equal(calendar_whole_year(&kept, 1899, 1.0), STATUS_USAGE);
    assert_int_equal(calendar_whole_year(&kept, 2201, 1.0), STATUS_USAGE);
    assert_int_equal(calendar_whole_year(&kept, 2024, 2.0), STATUS_USAGE);
    assert_int_equal(calendar_whole_year(&kept, 2024, 0.0), STATUS_USAGE);
    assert_int_equal(calendar_init(&kept, 2023, 1, 29, 1, 1.0), STATUS_USAGE);
    assert_int_equal(calendar_init(&kept, 2024, 12, 1, 1, 1.0), STATUS_USAGE);
    assert_int_equal(calendar_init(&kept, 2024, -1, 1, 1, 1.0), STATUS_USAGE);
    assert_int_equal(calendar_init(&kept, 2024, 0, 0, 1, 1.0), STATUS_USAGE);
    assert_int_equal(calendar_init(&kept, 2024, 0, 1, 0, 1.0), STATUS_USAGE);
    assert_int_equal(calendar_init(&kept, 2024, 11, 31, 2, 1.0), STATUS_USAGE);
    assert_int_equal(calendar_init(&kept, 2023, 0, 1, 366, 1.0), STATUS_USAGE);
    assert_int_equal(kept.year, 7);
}

static void dates_are_read_strictly(void **state) {
    (void)state;
    int year = 0, month = 0, day = 0;
    assert_true(calendar_read_date("2024-02-29", &year, &month, &day));
    assert_true(year == 2024 && month == 1 && day == 29);
    static const char *const texts[] = {"2023-02-29",  "2024-13-01", "2024-00-10", "2024-1-1",
                                        "2024-01-32",  "2024-01-00", "24-01-01",   "2024/01/01",
                                        "2024-01-01 ", "",           "2024-01-0x", "1492-10-12",
                                        "-024-01-01"};
    for (int i = 0; i < COUNT(texts); i++) {
        assert_false(calendar_read_date(texts[i], &year, &month, &day));
    }
    assert_false(calendar_read_date(NULL, &year, &month, &day));
    assert_int_equal(year, 2024);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leap_years_follow_gregory),
        cmocka_unit_test(weekdays_agree_with_the_library),
        cmocka_unit_test(years_have_their_hours),
        cmocka_unit_test(every_step_follows_the_one_before),
        cmocka_unit_test(parts_of_a_year_wrap_within_it),
        cmocka_unit_test(quarters_are_stamped),
        cmocka_unit_test(nonsense_is_usage),
        cmocka_unit_test(dates_are_read_strictly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
