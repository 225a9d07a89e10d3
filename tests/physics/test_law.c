/* The registry: every public function is a law, names carry units, and over the whole range there
   are finite numbers or no answer at all. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include <string.h>

#include "base/random.h"
#include "base/units.h"
#include "physics/law.h"

static const char *const headers[] = {
    "air",    "carnot",    "cooling",      "demand",     "emitter", "exchanger",
    "ground", "heat_pump", "pipe",         "pool",       "power",   "pv",
    "server", "storage",   "sun",          "water",      "wind",    "transformer",
    "outage", "sky",       "snow",         "greenhouse", "process", "sorption",
    "orc",    "collector", "cogeneration", "finance",    "sound",   "growth"};
/* The sizes themselves come out of pipe_size_for; the near search of pipe_hagen_ratio gives the same (test_pipe). */
static const char *const no_laws[] = {
    "pipe_sizes",        "pipe_size_at",          "pipe_carries",          "transformer_thermal_of",
    "transformer_year",  "outage_plant_none",     "outage_survived",       "outage_curve",
    "outage_expected_h", "pipe_hagen_near_ratio", "finance_present_ratio", "finance_doubling_year",
    "finance_npv_money", "finance_payback_year",  "sound_sources_db"};

static bool is_listed(const char *name) {
    for (int k = 0; k < COUNT(no_laws); k++) {
        if (strcmp(no_laws[k], name) == 0) {
            return true;
        }
    }
    return law_find(name) != NULL;
}

/* A declaration begins at the line's start with its type and has "name(" behind it. */
static bool declared(const char *line, char *ret_name, size_t size) {
    static const char *const types[] = {
        "double ", "bool ", "void ", "int ", "struct ", "const struct ", "static inline double "};
    const char *open = strchr(line, '(');
    bool typed = false;
    for (int k = 0; k < COUNT(types); k++) {
        typed = typed || strncmp(line, types[k], strlen(types[k])) == 0;
    }
    if (!open || !typed) {
        return false;
    }
    const char *begin = open;
    while (begin > line && begin[-1] != ' ' && begin[-1] != '*') {
        begin--;
    }
    (void)snprintf(ret_name, size, "%.*s", (int)(open - begin), begin);
    return true;
}

static void every_function_is_a_law(void **state) {
    int missing = 0, found = 0;
    (void)state;
    for (int k = 0; k < COUNT(headers); k++) {
        char path[256], line[512], name[128];
        (void)snprintf(path, sizeof path, "src/physics/%s.h", headers[k]);
        FILE *file = fopen(path, "r");
        assert_non_null(file);
        while (fgets(line, sizeof line, file)) {
            if (declared(line, name, sizeof name)) {
                found++;
                if (!is_listed(name)) {
                    printf("%s: %s is no law\n", path, name);
                    missing++;
                }
            }
        }
        (void)fclose(file);
    }
    assert_int_equal(missing, 0);
    assert_int_equal(found, law_count() + COUNT(no_laws));
}

static void laws_are_found_by_name(void **state) {
    (void)state;
    for (int k = 0; k < law_count(); k++) {
        assert_ptr_equal(law_find(law_at(k)->name), law_at(k)); /* so no name stands twice */
    }
    assert_null(law_find("perpetuum_mobile"));
    assert_null(law_at(-1));
    assert_null(law_at(law_count()));
    const struct law *law = law_find("air_wet_bulb_c");
    assert_int_equal(law_argument_find(law, "p_kpa"), 2);
    assert_int_equal(law_argument_find(law, "p"), -1);
    assert_int_equal(law_result_find(law, "wet_bulb_c"), 0);
    assert_int_equal(law_result_find(law, "dew_point_c"), -1);
}

static int look_at_argument(const struct law *law, const struct law_argument *argument) {
    static const char *const plain[] = {"hour", "weekday"};
    int words = 0, wrong = 0;
    while (argument->words && argument->words[words]) {
        words++;
    }
    bool named = argument->words || units_of_name(argument->name);
    for (int k = 0; k < COUNT(plain); k++) {
        named = named || strcmp(argument->name, plain[k]) == 0;
    }
    wrong += named ? 0 : 1;
    wrong += argument->min < argument->max ? 0 : 1;
    wrong += argument->words && (argument->min > 0.0 || (int)argument->max != words - 1) ? 1 : 0;
    wrong += isnan(argument->fallback) ||
                     (argument->fallback >= argument->min && argument->fallback <= argument->max)
                 ? 0
                 : 1;
    if (wrong > 0) {
        printf("%s: %s has no unit, range or default\n", law->name, argument->name);
    }
    return wrong;
}

static void tables_are_whole(void **state) {
    int wrong = 0;
    (void)state;
    for (int k = 0; k < law_count(); k++) {
        const struct law *law = law_at(k);
        assert_in_range(law->arguments_count, 1, LAW_ARGUMENTS_MAX);
        assert_in_range(law->results_count, 1, LAW_RESULTS_MAX);
        assert_true(strlen(law->title) > 5 && strlen(law->source) > 5);
        for (int a = 0; a < law->arguments_count; a++) {
            wrong += look_at_argument(law, &law->arguments[a]);
            assert_int_equal(law_argument_find(law, law->arguments[a].name), a);
        }
        for (int r = 0; r < law->results_count; r++) {
            if (!units_of_name(law->results[r])) {
                printf("%s: %s has no unit\n", law->name, law->results[r]);
                wrong++;
            }
            assert_int_equal(law_result_find(law, law->results[r]), r);
        }
    }
    assert_int_equal(wrong, 0);
}

static void arguments_are_read_as_words_or_numbers(void **state) {
    const struct law_argument *number = &law_find("air_enthalpy_kj_kg")->arguments[0];
    const struct law *jensen = law_find("heat_pump_cop_jensen");
    const struct law_argument *word = &jensen->arguments[law_argument_find(jensen, "fluid")];
    double value = -1.0;
    (void)state;
    assert_true(law_argument_read(number, "-12.5", 5, &value));
    assert_close(value, -12.5, 0.0);
    assert_false(law_argument_read(number, "warm", 4, &value));
    assert_true(law_argument_read(word, "isobutane", 9, &value));
    assert_close(value, 1.0, 0.0);
    assert_false(law_argument_read(word, "1", 1, &value));
    assert_false(law_argument_read(word, "isobutan", 8, &value));
    assert_close(value, 1.0, 0.0);
}

static void what_is_missing_or_outside_is_named(void **state) {
    const struct law *law = law_find("carnot_heating_ratio");
    double argument[2] = {80.0, (double)NAN}, result = -1.0;
    int which = 7;
    (void)state;
    assert_int_equal(law_evaluate(law, argument, &result, &which), LAW_MISSING);
    assert_int_equal(which, 1);
    argument[1] = 4000.0;
    assert_int_equal(law_evaluate(law, argument, &result, &which), LAW_OUTSIDE);
    assert_int_equal(which, 1);
    argument[1] = 90.0;
    assert_int_equal(law_evaluate(law, argument, &result, &which), LAW_NO_ANSWER);
    assert_int_equal(which, -1);
    assert_close(result, -1.0, 0.0); /* untouched */
    argument[1] = 40.0;
    assert_int_equal(law_evaluate(law, argument, &result, NULL), LAW_DONE);
    assert_close(result, 8.82875, 1e-12);
    law = law_find("heat_pump_when2heat_cop");
    double between[3] = {0.5, 35.0, 5.0};
    assert_int_equal(law_evaluate(law, between, &result, &which), LAW_OUTSIDE);
}

/* Both ends of a range and draws between, by the logarithm where it spans more than two decades. */
static double draw(struct random *random, const struct law_argument *argument) {
    double dice = random_uniform(random), share = random_uniform(random);
    double value = argument->min + share * (argument->max - argument->min);
    if (argument->words) {
        return floor(argument->min + share * (argument->max + 0.999 - argument->min));
    }
    if (dice < 0.1) {
        return dice < 0.05 ? argument->min : argument->max;
    }
    if (argument->min > 0.0 && argument->max > 100.0 * argument->min) {
        value = argument->min * pow(argument->max / argument->min, share);
    }
    return dice < 0.2 ? fmin(argument->max, fmax(argument->min, floor(value))) : value;
}

enum { DRAWS = 2500 };

/* No NaN, no infinity, no number without meaning, anywhere; and an answer somewhere. */
static void laws_are_finite_over_their_range(void **state) {
    int wrong = 0;
    (void)state;
    for (int k = 0; k < law_count(); k++) {
        const struct law *law = law_at(k);
        struct random random;
        random_seed(&random, 11);
        int done = 0, bad = 0;
        for (int n = 0; n < DRAWS; n++) {
            double argument[LAW_ARGUMENTS_MAX], result[LAW_RESULTS_MAX], again[LAW_RESULTS_MAX];
            for (int a = 0; a < law->arguments_count; a++) {
                argument[a] = draw(&random, &law->arguments[a]);
            }
            for (int r = 0; r < LAW_RESULTS_MAX; r++) {
                result[r] = again[r] = -12345.0;
            }
            enum law_outcome outcome = law_evaluate(law, argument, result, NULL);
            bad += law_evaluate(law, argument, again, NULL) == outcome ? 0 : 1;
            bad += memcmp(result, again, sizeof result) == 0 ? 0 : 1; /* the same twice */
            bad += outcome == LAW_DONE || outcome == LAW_NO_ANSWER ? 0 : 1;
            for (int r = 0; outcome == LAW_DONE && r < law->results_count; r++) {
                bad += isfinite(result[r]) && fabs(result[r]) < 1e15 ? 0 : 1;
            }
            done += outcome == LAW_DONE ? 1 : 0;
        }
        if (bad > 0 || done < DRAWS / 200) {
            printf("%s: %d answers of %d, %d bad\n", law->name, done, DRAWS, bad);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_function_is_a_law),
        cmocka_unit_test(laws_are_found_by_name),
        cmocka_unit_test(tables_are_whole),
        cmocka_unit_test(arguments_are_read_as_words_or_numbers),
        cmocka_unit_test(what_is_missing_or_outside_is_named),
        cmocka_unit_test(laws_are_finite_over_their_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
