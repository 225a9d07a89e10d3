/* Codes, names and texts come from one list. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/status.h"

static void exit_codes_are_those_of_the_manual(void **state) {
    (void)state;
    assert_int_equal(status_exit_code(STATUS_OK), 0);
    assert_int_equal(status_exit_code(STATUS_CHECK_FAILED), 1);
    assert_int_equal(status_exit_code(STATUS_INFEASIBLE), 3);
    assert_int_equal(status_exit_code(STATUS_UNBOUNDED), 4);
    assert_int_equal(status_exit_code(STATUS_STALLED), 5);
    assert_int_equal(status_exit_code(STATUS_AUDIT_FAILED), 6);
    assert_int_equal(status_exit_code(STATUS_USAGE), 64);
    assert_int_equal(status_exit_code(STATUS_BAD_SCENARIO), 65);
    assert_int_equal(status_exit_code(STATUS_NO_FILE), 66);
    assert_int_equal(status_exit_code(STATUS_INTERNAL), 70);
    assert_int_equal(status_exit_code(STATUS_NO_MEMORY), 70);
    assert_int_equal(status_exit_code(STATUS_CANNOT_WRITE), 73);
    assert_int_equal(status_exit_code(STATUS_CANCELLED), 130);
}

static void every_status_has_a_name_and_a_text(void **state) {
    (void)state;
    for (int i = 0; i < STATUS_COUNT; i++) {
        assert_true(strlen(status_name((enum status)i)) > 0);
        assert_true(strlen(status_text((enum status)i)) > 0);
    }
    assert_string_equal(status_name(STATUS_BAD_SCENARIO), "BAD_SCENARIO");
    assert_string_equal(status_text(STATUS_UNBOUNDED), "the objective has no bound");
}

static void an_unknown_status_reads_as_internal(void **state) {
    (void)state;
    assert_string_equal(status_name(STATUS_COUNT), "INTERNAL");
}

static enum status passes_up(enum status status, int *ret_reached) {
    TRY(status);
    *ret_reached = 1;
    return STATUS_OK;
}

static void try_returns_the_failure_at_once(void **state) {
    (void)state;
    int reached = 0;
    assert_int_equal(passes_up(STATUS_NO_FILE, &reached), STATUS_NO_FILE);
    assert_int_equal(reached, 0);
    assert_int_equal(passes_up(STATUS_OK, &reached), STATUS_OK);
    assert_int_equal(reached, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exit_codes_are_those_of_the_manual),
        cmocka_unit_test(every_status_has_a_name_and_a_text),
        cmocka_unit_test(an_unknown_status_reads_as_internal),
        cmocka_unit_test(try_returns_the_failure_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
