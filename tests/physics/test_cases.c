/* Every law has three cases or more beside the code, and each comes out. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include <string.h>

#include "cases.h"
#include "physics/law.h"

static const char *const topics[] = {
    "air",    "carnot",    "cooling",      "demand",     "emitter", "exchanger",
    "ground", "heat_pump", "pipe",         "pool",       "power",   "pv",
    "server", "storage",   "sun",          "water",      "wind",    "transformer",
    "outage", "sky",       "snow",         "greenhouse", "process", "sorption",
    "orc",    "collector", "cogeneration", "finance",    "sound",   "growth"};
enum { CASES_MIN = 3, LAWS_MAX = 256 };

static int cases_of[LAWS_MAX];

static bool known(const char *name) { return law_find(name) != NULL; }

static void seen(const char *name) {
    for (int k = 0; k < law_count(); k++) {
        cases_of[k] += law_at(k) == law_find(name) ? 1 : 0;
    }
}

static bool read_argument(const struct law *law, const char *text, double *value) {
    const char *equals = strchr(text, '=');
    char key[CASES_NAME_MAX];
    (void)snprintf(key, sizeof key, "%.*s", equals ? (int)(equals - text) : 0, text);
    int which = law_argument_find(law, key);
    return which >= 0 &&
           law_argument_read(&law->arguments[which], equals + 1, strlen(equals + 1), &value[which]);
}

static enum cases_outcome evaluate(const char *name, int count, const char *const *arguments,
                                   struct arena *arena, struct diag *diag,
                                   struct cases_results *ret) {
    const struct law *law = law_find(name);
    struct place nowhere = {NULL, 0, 0};
    double value[LAW_ARGUMENTS_MAX], result[LAW_RESULTS_MAX];
    int which = -1;
    (void)arena;
    for (int k = 0; k < law->arguments_count; k++) {
        value[k] = (double)NAN;
    }
    for (int k = 0; k < count; k++) {
        if (!read_argument(law, arguments[k], value)) {
            diag_error(diag, nowhere, "%s does not take %s", name, arguments[k]);
            return CASES_WRONG;
        }
    }
    switch (law_evaluate(law, value, result, &which)) {
    case LAW_DONE:
        break;
    case LAW_MISSING:
        diag_error(diag, nowhere, "%s needs %s", name, law->arguments[which].name);
        return CASES_WRONG;
    case LAW_OUTSIDE:
        diag_error(diag, nowhere, "%s is outside", law->arguments[which].name);
        return CASES_OUTSIDE;
    case LAW_NO_ANSWER:
        return CASES_NO_ANSWER;
    }
    ret->count = law->results_count;
    for (int k = 0; k < law->results_count; k++) {
        (void)snprintf(ret->at[k].key, sizeof ret->at[k].key, "%s", law->results[k]);
        ret->at[k].value = result[k];
    }
    return CASES_DONE;
}

static const struct cases_subject laws = {"law", known, evaluate, seen};

static void every_case_comes_out(void **state) {
    int failures = 0, cases = 0, expectations = 0;
    (void)state;
    for (int k = 0; k < COUNT(topics); k++) {
        char path[256];
        (void)snprintf(path, sizeof path, "src/physics/%s.cases", topics[k]);
        struct cases_sum sum = cases_run(path, false, &laws);
        failures += sum.cases < 0 ? 1 : sum.failures;
        cases += sum.cases;
        expectations += sum.expectations;
    }
    print_message("%d cases of %d laws, %d numbers\n", cases, law_count(), expectations);
    assert_int_equal(failures, 0);
}

static void every_law_has_its_cases(void **state) {
    int wanting = 0;
    (void)state;
    assert_in_range(law_count(), 1, LAWS_MAX);
    for (int k = 0; k < law_count(); k++) {
        if (cases_of[k] < CASES_MIN) {
            printf("%s: %d cases, at least %d are asked for\n", law_at(k)->name, cases_of[k],
                   CASES_MIN);
            wanting++;
        }
    }
    assert_int_equal(wanting, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_comes_out),
        cmocka_unit_test(every_law_has_its_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
