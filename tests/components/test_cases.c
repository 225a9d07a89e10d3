/* Every component has three published points or more, and its page a worked example that comes
   out. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "cases.h"
#include "components/evaluate.h"
#include "kinds.h"

static bool known(const char *name) { return kinds_find(name) != NULL; }

static enum cases_outcome evaluate_case(const char *name, int count, const char *const *arguments,
                                        struct arena *arena, struct diag *diag,
                                        struct cases_results *ret) {
    struct evaluation evaluation = {0, NULL};
    enum status status =
        evaluate_component(kinds_find(name), count, arguments, arena, diag, &evaluation);
    if (status != STATUS_OK || evaluation.count > CASES_RESULTS_MAX) {
        return status == STATUS_BAD_SCENARIO ? CASES_OUTSIDE : CASES_WRONG;
    }
    ret->count = evaluation.count;
    for (int k = 0; k < evaluation.count; k++) {
        (void)snprintf(ret->at[k].key, sizeof ret->at[k].key, "%s", evaluation.values[k].key);
        ret->at[k].value = evaluation.values[k].value;
    }
    return CASES_DONE;
}

static const struct cases_subject components = {"component", known, evaluate_case, NULL};

static void every_case_comes_out(void **state) {
    int failures = 0;
    (void)state;
    for (int k = 0; k < kinds_count(); k++) {
        char path[256];
        (void)snprintf(path, sizeof path, "src/components/%s.cases", kinds_at(k)->name);
        struct cases_sum sum = cases_run(path, false, &components);
        if (sum.cases < 3) {
            printf("%s: %d cases, at least 3 are asked for\n", path, sum.cases);
        }
        failures += sum.failures + (sum.cases < 3);
    }
    assert_int_equal(failures, 0);
}

static void every_worked_example_comes_out(void **state) {
    int failures = 0;
    (void)state;
    for (int k = 0; k < kinds_count(); k++) {
        char path[256];
        (void)snprintf(path, sizeof path, "src/components/%s.md", kinds_at(k)->name);
        struct cases_sum sum = cases_run(path, true, &components);
        if (sum.cases < 1) {
            printf("%s: no worked example\n", path);
        }
        failures += sum.failures + (sum.cases < 1);
    }
    assert_int_equal(failures, 0);
}

static enum status evaluate(struct arena *arena, struct diag *diag, const char *argument,
                            struct evaluation *ret) {
    return evaluate_component(component_find("heat_pump"), 1, &argument, arena, diag, ret);
}

static void mistakes_of_the_caller_are_named(void **state) {
    static const struct {
        const char *argument, *words;
        enum status status;
    } wrong[] = {
        {"supply_c=70", "heat_pump has no key supply_c", STATUS_USAGE},
        {"heat_out.supply=70", "heat_pump has no key heat_out.supply", STATUS_USAGE},
        {"model", "model is no key=value", STATUS_USAGE},
        {"model=carnot", "model: there is no carnot", STATUS_USAGE},
        {"quality_frac=0,5", "quality_frac: 0,5 is no number of 0.3..0.7", STATUS_USAGE},
        {"quality_frac=0.9", "quality_frac: 0.9 is no number of 0.3..0.7", STATUS_BAD_SCENARIO},
    };
    (void)state;
    for (int k = 0; k < COUNT(wrong); k++) {
        struct arena *arena = arena_new(0);
        struct diag *diag = diag_new(arena);
        struct evaluation evaluation = {0, NULL};
        assert_int_equal(evaluate(arena, diag, wrong[k].argument, &evaluation), wrong[k].status);
        assert_string_equal(diag_at(diag, 0)->text, wrong[k].words);
        arena_free(arena);
    }
}

static void a_flag_is_true_or_false(void **state) {
    const char *const arguments[] = {"marginal_money_kwh=0.03", "must_run=perhaps"};
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new(arena);
    struct evaluation evaluation = {0, NULL};
    (void)state;
    assert_int_equal(evaluate_component(component_find("heat_producer"), COUNT(arguments),
                                        arguments, arena, diag, &evaluation),
                     STATUS_USAGE);
    assert_string_equal(diag_at(diag, 0)->text, "must_run: perhaps is neither true nor false");
    arena_free(arena);
}

/* Every block of memory fails once: no answer, no crash. */
static void memory_may_end_anywhere(void **state) {
    const char *argument = "length_m=1000";
    const char *const arguments[] = {argument, "supply_c=70"};
    enum status status = STATUS_NO_MEMORY;
    long blocks = 0;
    (void)state;
    for (long n = 1; n < 1000 && status != STATUS_OK; n++) {
        struct arena *arena = arena_new(0);
        struct diag *diag = diag_new(arena);
        struct evaluation evaluation = {0, NULL};
        arena_fail_after(n);
        status = evaluate_component(component_find("heat_network"), COUNT(arguments), arguments,
                                    arena, diag, &evaluation);
        arena_fail_after(0);
        assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
        assert_true(status == STATUS_OK || evaluation.count == 0);
        arena_free(arena);
        blocks = n;
    }
    assert_int_equal(status, STATUS_OK);
    assert_true(blocks > 1);
}

static void what_must_be_given_is_asked_for(void **state) {
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new(arena);
    struct evaluation evaluation = {0, NULL};
    (void)state;
    assert_int_equal(
        evaluate_component(component_find("heat_network"), 0, NULL, arena, diag, &evaluation),
        STATUS_USAGE);
    assert_string_equal(diag_at(diag, 0)->text, "heat_network needs length_m");
    arena_free(arena);
}

static void results_are_found_by_name(void **state) {
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new(arena);
    struct evaluation evaluation = {0, NULL};
    double value = 0.0;
    (void)state;
    const char *arguments[] = {"heat_in.supply_c=35", "heat_in.return_c=25", "heat_out.supply_c=70",
                               "heat_out.return_c=40", "size=500"};
    assert_int_equal(evaluate_component(component_find("heat_pump"), COUNT(arguments), arguments,
                                        arena, diag, &evaluation),
                     STATUS_OK);
    assert_true(evaluate_find(&evaluation, "heat_out/power_in", &value));
    assert_close(value, 4.77756, 1e-5);
    assert_false(evaluate_find(&evaluation, "heat", &value));
    assert_false(evaluate_find(&evaluation, "heat_out/nothing", &value));
    for (int k = 0; evaluate_context(k); k++) {
        assert_non_null(strchr(evaluate_context(k), '='));
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_comes_out),
        cmocka_unit_test(every_worked_example_comes_out),
        cmocka_unit_test(mistakes_of_the_caller_are_named),
        cmocka_unit_test(a_flag_is_true_or_false),
        cmocka_unit_test(memory_may_end_anywhere),
        cmocka_unit_test(what_must_be_given_is_asked_for),
        cmocka_unit_test(results_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
