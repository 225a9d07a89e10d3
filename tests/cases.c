/* Reads and runs cases. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cases.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARGUMENTS_MAX = 64, LINE_MAX_BYTES = 1024 };

struct expectation {
    char key[CASES_NAME_MAX]; /* empty: the only result */
    double value, tolerance;
    bool relative;
};
struct one_case {
    char name[64], source[512];
    char argument[ARGUMENTS_MAX][128];
    int arguments, line;
    struct expectation expect[ARGUMENTS_MAX];
    int expects;
    enum cases_outcome outcome; /* expected */
};

static bool is_number(const char *text) {
    char *end = NULL;
    (void)strtod(text, &end);
    return end != text && *end == '\0';
}

/* [key] value [tolerance number[%]], or a refusal */
static bool read_expect(struct one_case *one, char *rest) {
    char *place = NULL, *end = NULL;
    const char *key = strtok_r(rest, " \t", &place), *value = strtok_r(NULL, " \t", &place);
    if (key && !value && (strcmp(key, "no_answer") == 0 || strcmp(key, "outside") == 0)) {
        one->outcome = key[0] == 'n' ? CASES_NO_ANSWER : CASES_OUTSIDE;
        return true;
    }
    const char *word = value;
    if (key && is_number(key)) {
        value = key;
        key = "";
    } else {
        word = strtok_r(NULL, " \t", &place);
    }
    const char *tolerance = strtok_r(NULL, " \t", &place);
    if (!key || !value || !is_number(value) || one->expects == ARGUMENTS_MAX ||
        (word && strcmp(word, "tolerance") != 0) || (word && !tolerance)) {
        return false;
    }
    struct expectation *expect = &one->expect[one->expects++];
    (void)snprintf(expect->key, sizeof expect->key, "%s", key);
    expect->value = strtod(value, &end);
    expect->tolerance = tolerance ? strtod(tolerance, &end) : 1e-9;
    expect->relative = tolerance && strcmp(end, "%") == 0;
    return *end == '\0' || expect->relative;
}

static bool read_line(const struct cases_subject *subject, struct one_case *one, char *line,
                      int number) {
    char *place = NULL;
    const char *verb = strtok_r(line, " \t", &place);
    while (*place == ' ' || *place == '\t') {
        place++;
    }
    if (strcmp(verb, subject->verb) == 0) {
        (void)snprintf(one->name, sizeof one->name, "%s", place);
        one->line = number;
        return true;
    }
    if (strcmp(verb, "source") == 0) {
        (void)snprintf(one->source, sizeof one->source, "%s", place);
        return *place != '\0';
    }
    if (strcmp(verb, "given") == 0) {
        char *inner = NULL;
        for (const char *word = strtok_r(place, " \t", &inner); word;
             word = strtok_r(NULL, " \t", &inner)) {
            if (one->arguments == ARGUMENTS_MAX) {
                return false;
            }
            (void)snprintf(one->argument[one->arguments++], sizeof one->argument[0], "%s", word);
        }
        return true;
    }
    return strcmp(verb, "expect") == 0 && read_expect(one, place);
}

/* A result by name, the quotient of two ("heat_out/power_in"), or the only one. */
static bool find(const struct cases_results *results, const char *key, double *ret_value) {
    const char *slash = strchr(key, '/');
    if (slash) {
        char above[CASES_NAME_MAX];
        double top = 0.0, bottom = 0.0;
        (void)snprintf(above, sizeof above, "%.*s", (int)(slash - key), key);
        if (!find(results, above, &top) || !find(results, slash + 1, &bottom)) {
            return false;
        }
        *ret_value = top / bottom;
        return true;
    }
    for (int k = 0; k < results->count; k++) {
        if (strcmp(results->at[k].key, key) == 0 || (*key == '\0' && results->count == 1)) {
            *ret_value = results->at[k].value;
            return true;
        }
    }
    return false;
}

static int judge(const char *path, const struct one_case *one,
                 const struct cases_results *results) {
    int failures = 0;
    for (int k = 0; k < one->expects; k++) {
        const struct expectation *expect = &one->expect[k];
        double got = (double)NAN;
        double allowed =
            expect->relative ? expect->tolerance / 100.0 * fabs(expect->value) : expect->tolerance;
        if (!find(results, expect->key, &got)) {
            printf("%s:%d: %s has no result %s\n", path, one->line, one->name, expect->key);
            failures++;
        } else if (!(fabs(got - expect->value) <= allowed)) {
            printf("%s:%d: %s %s is %.9g, expected %.9g (%s)\n", path, one->line, one->name,
                   expect->key, got, expect->value, one->source);
            failures++;
        }
    }
    return failures;
}

static int run(const char *path, const struct one_case *one, const struct cases_subject *subject) {
    bool refused = one->outcome != CASES_DONE;
    if (!subject->known(one->name) || one->source[0] == '\0' ||
        refused == (one->expects > 0)) { /* one or the other */
        printf("%s:%d: a case needs a known %s, a source and something expected\n", path, one->line,
               subject->verb);
        return 1;
    }
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new(arena);
    struct cases_results *results = calloc(1, sizeof *results);
    const char *arguments[ARGUMENTS_MAX];
    for (int k = 0; k < one->arguments; k++) {
        arguments[k] = one->argument[k];
    }
    enum cases_outcome outcome =
        subject->evaluate(one->name, one->arguments, arguments, arena, diag, results);
    int failures = 0;
    if (outcome != one->outcome) {
        printf("%s:%d: %s %s\n", path, one->line, one->name,
               refused ? "is not refused as expected" : "has no answer");
        for (int k = 0; k < diag_count(diag); k++) {
            printf("%s:%d: %s\n", path, one->line, diag_at(diag, k)->text);
        }
        failures = 1;
    } else if (outcome == CASES_DONE) {
        failures = judge(path, one, results);
    }
    if (subject->seen) {
        subject->seen(one->name);
    }
    free(results);
    arena_free(arena);
    return failures;
}

struct cases_sum cases_run(const char *path, bool fenced, const struct cases_subject *subject) {
    struct cases_sum sum = {0, 0, 0};
    FILE *file = fopen(path, "r");
    if (!file) {
        printf("%s cannot be read\n", path);
        sum.cases = -1;
        return sum;
    }
    struct one_case *one = calloc(1, sizeof *one);
    char line[LINE_MAX_BYTES];
    bool inside = !fenced, more = true;
    for (int number = 1; more; number++) {
        more = fgets(line, sizeof line, file) != NULL;
        line[more ? strcspn(line, "\r\n") : 0] = '\0';
        bool fence = strspn(line, "`") >= 3;
        const char *first = line + strspn(line, " \t");
        if (!more || fence || *first == '\0') {
            if (one->line > 0) {
                sum.cases++;
                sum.expectations += one->expects;
                sum.failures += run(path, one, subject);
                memset(one, 0, sizeof *one);
            }
            inside = fence && fenced ? strcmp(line, "```case") == 0 : inside;
        } else if (inside && *first != '#' && !read_line(subject, one, line, number)) {
            printf("%s:%d: not understood\n", path, number);
            sum.failures++;
        }
    }
    free(one);
    (void)fclose(file);
    return sum;
}
