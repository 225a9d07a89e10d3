/* Reads and runs the cases of components. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "components/evaluate.h"

enum { ARGUMENTS_MAX = 64, LINE_MAX_BYTES = 1024 };

struct expectation {
    char key[96];
    double value, tolerance;
    bool relative;
};
struct one_case {
    char name[64], source[512];
    char argument[ARGUMENTS_MAX][128];
    int arguments, line;
    struct expectation expect[ARGUMENTS_MAX];
    int expects;
};

static bool read_expect(struct one_case *one, char *rest) {
    char *place = NULL, *end = NULL;
    const char *key = strtok_r(rest, " \t", &place), *value = strtok_r(NULL, " \t", &place);
    const char *word = strtok_r(NULL, " \t", &place), *tolerance = strtok_r(NULL, " \t", &place);
    if (!key || !value || one->expects == ARGUMENTS_MAX ||
        (word && strcmp(word, "tolerance") != 0) || (word && !tolerance)) {
        return false;
    }
    struct expectation *expect = &one->expect[one->expects++];
    (void)snprintf(expect->key, sizeof expect->key, "%s", key);
    expect->value = strtod(value, &end);
    if (*end != '\0') {
        return false;
    }
    expect->tolerance = tolerance ? strtod(tolerance, &end) : 1e-9;
    expect->relative = tolerance && strcmp(end, "%") == 0;
    return *end == '\0' || expect->relative;
}

static bool read_line(struct one_case *one, char *line, int number) {
    char *place = NULL;
    const char *verb = strtok_r(line, " \t", &place);
    while (*place == ' ' || *place == '\t') {
        place++;
    }
    if (strcmp(verb, "component") == 0) {
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

static int judge(const char *path, const struct one_case *one,
                 const struct evaluation *evaluation) {
    int failures = 0;
    for (int k = 0; k < one->expects; k++) {
        const struct expectation *expect = &one->expect[k];
        double got = (double)NAN;
        double allowed =
            expect->relative ? expect->tolerance / 100.0 * fabs(expect->value) : expect->tolerance;
        if (!evaluate_find(evaluation, expect->key, &got)) {
            printf("%s:%d: %s has no result %s\n", path, one->line, one->name, expect->key);
            failures++;
        } else if (!(fabs(got - expect->value) <= allowed)) {
            printf("%s:%d: %s is %.9g, expected %.9g (%s)\n", path, one->line, expect->key, got,
                   expect->value, one->source);
            failures++;
        }
    }
    return failures;
}

static int run(const char *path, const struct one_case *one,
               const struct component *(*find)(const char *name)) {
    const struct component *component = find(one->name);
    if (!component || one->source[0] == '\0' || one->expects == 0) {
        printf("%s:%d: a case needs a known component, a source and something expected\n", path,
               one->line);
        return 1;
    }
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new(arena);
    const char *arguments[ARGUMENTS_MAX];
    for (int k = 0; k < one->arguments; k++) {
        arguments[k] = one->argument[k];
    }
    struct evaluation evaluation = {0, NULL};
    enum status status =
        evaluate_component(component, one->arguments, arguments, arena, diag, &evaluation);
    for (int k = 0; k < diag_count(diag); k++) {
        printf("%s:%d: %s\n", path, one->line, diag_at(diag, k)->text);
    }
    int failures = status == STATUS_OK ? judge(path, one, &evaluation) : 1;
    arena_free(arena);
    return failures;
}

struct cases_sum cases_run(const char *path, bool fenced,
                           const struct component *(*find)(const char *name)) {
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
                sum.failures += run(path, one, find);
                memset(one, 0, sizeof *one);
            }
            inside = fence && fenced ? strcmp(line, "```case") == 0 : inside;
        } else if (inside && *first != '#' && !read_line(one, line, number)) {
            printf("%s:%d: not understood\n", path, number);
            sum.failures++;
        }
    }
    free(one);
    (void)fclose(file);
    return sum;
}
