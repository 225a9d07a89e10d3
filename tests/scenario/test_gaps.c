/* Rows that a series lacks. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "scenario/gaps.h"

enum { WEEKS = 3, ROWS = WEEKS * 168 };

/* Monday 2024-01-01; the value names weekday and hour. */
static void make(double *value, struct stamps_rows *rows) {
    *rows = (struct stamps_rows){stamps_minute(2024, 0, 1), 60, 0};
    for (int k = 0; k < ROWS; k++) {
        value[k] = 100.0 * (k / 24 % 7) + k % 24;
    }
}

static void short_gaps_lie_on_a_line(void **state) {
    double value[ROWS];
    struct stamps_rows rows;
    struct gaps_week week;
    struct gaps_filled filled;
    (void)state;
    make(value, &rows);
    value[30] = value[31] = value[32] = (double)NAN; /* three between 29 and 33 of Tuesday */
    assert_true(gaps_week_of(value, ROWS, &rows, &week));
    gaps_fill(value, ROWS, &rows, &week, &filled);
    assert_int_equal(filled.line_count, 3);
    assert_int_equal(filled.week_count, 0);
    for (int k = 30; k <= 32; k++) {
        assert_true(fabs(value[k] - (100.0 + k % 24)) < 1e-9);
    }
}

static void long_gaps_take_their_weekday_and_hour(void **state) {
    double value[ROWS];
    struct stamps_rows rows;
    struct gaps_week week;
    struct gaps_filled filled;
    (void)state;
    make(value, &rows);
    for (int k = 200; k < 260; k++) {
        value[k] = (double)NAN;
    }
    value[0] = value[ROWS - 1] = (double)NAN; /* at the ends there is no second neighbour */
    assert_true(gaps_week_of(value, ROWS, &rows, &week));
    gaps_fill(value, ROWS, &rows, &week, &filled);
    assert_int_equal(filled.line_count, 0);
    assert_int_equal(filled.week_count, 62);
    for (int k = 0; k < ROWS; k++) {
        assert_true(fabs(value[k] - (100.0 * (k / 24 % 7) + k % 24)) < 1e-9);
    }
    /* far outside, and before 1970: the same week */
    assert_true(fabs(gaps_week_at(&week, stamps_minute(2031, 5, 4) + 7 * 60) - 207.0) < 1e-9);
    assert_true(fabs(gaps_week_at(&week, stamps_minute(1969, 11, 31) + 23 * 60) - 223.0) < 1e-9);
}

static void a_weekday_that_no_row_holds(void **state) {
    double value[48];
    struct stamps_rows rows = {stamps_minute(2024, 0, 1), 60, 0};
    struct gaps_week week;
    (void)state;
    for (int k = 0; k < 48; k++) {
        value[k] = k % 24 == 5 ? (double)NAN : k < 24 ? 10.0 : 20.0; /* Monday, Tuesday; no 05:00 */
    }
    assert_true(gaps_week_of(value, 48, &rows, &week));
    assert_true(fabs(gaps_week_at(&week, stamps_minute(2024, 0, 6) + 60) - 15.0) < 1e-9);
    assert_true(fabs(gaps_week_at(&week, stamps_minute(2024, 0, 1) + 5 * 60) - 15.0) < 1e-9);
}

static void nothing_at_all(void **state) {
    double value[4] = {(double)NAN, (double)NAN, (double)NAN, (double)NAN};
    struct stamps_rows rows = {0, 15, 0};
    struct gaps_week week;
    (void)state;
    assert_false(gaps_week_of(value, 4, &rows, &week));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_gaps_lie_on_a_line),
        cmocka_unit_test(long_gaps_take_their_weekday_and_hour),
        cmocka_unit_test(a_weekday_that_no_row_holds),
        cmocka_unit_test(nothing_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
