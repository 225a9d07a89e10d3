/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "optimise/export.h"
#include "oracle.h"

static bool runs(const char *command) {
    FILE *process = popen(command, "r");
    char rest[256];
    while (process && fgets(rest, sizeof rest, process)) {
    }
    return process && pclose(process) == 0;
}

void oracle_need(enum oracle oracle) {
    bool highs = oracle == ORACLE_HIGHS_LP;
    bool present = highs ? access("tests/oracle/node_modules/highs/package.json", R_OK) == 0 &&
                               runs("node --version 2>/dev/null")
                         : runs("glpsol --version 2>/dev/null");
    const char *require = getenv("HEARTH_REQUIRE_SHARED");
    const char *what =
        highs ? "HiGHS (npm ci --prefix tests/oracle)" : "glpsol (package glpk-utils)";
    if (present) {
        return;
    }
    if (require && strcmp(require, "1") == 0) {
        fail_msg("%s not found, and HEARTH_REQUIRE_SHARED=1", what);
    }
    print_message("SKIP: %s not found\n", what);
    skip();
}

/* The first line of the command's answer that begins with head; false where there is none. */
static bool ask(const char *command, const char *head, char *line, int size) {
    FILE *process = popen(command, "r");
    bool found = false;
    char read[512];
    while (process && fgets(read, sizeof read, process)) {
        if (!found && strncmp(read, head, strlen(head)) == 0) {
            (void)snprintf(line, (size_t)size, "%s", read);
            found = true;
        }
    }
    return process && pclose(process) == 0 && found;
}

/* "s bas 3 4 f f 32.5": both feasible means optimal; n is not feasible, in either place */
static enum outcome_kind glpsol_answer(const char *line, double *ret_objective) {
    char primal = 0, dual = 0;
    double objective = 0.0;
    if (sscanf(line, "s bas %*d %*d %c %c %lf", &primal, &dual, &objective) != 3) {
        return OUTCOME_STALLED;
    }
    *ret_objective = objective;
    return primal == 'f' && dual == 'f' ? OUTCOME_OPTIMAL
           : primal != 'f'              ? OUTCOME_INFEASIBLE
                                        : OUTCOME_UNBOUNDED;
}

static enum outcome_kind highs_answer(const char *line, double *ret_objective) {
    char status[64];
    if (sscanf(line, "%63s %lf", status, ret_objective) < 1) {
        return OUTCOME_STALLED;
    }
    return strcmp(status, "Optimal") == 0      ? OUTCOME_OPTIMAL
           : strcmp(status, "Infeasible") == 0 ? OUTCOME_INFEASIBLE
           : strcmp(status, "Unbounded") == 0  ? OUTCOME_UNBOUNDED
                                               : OUTCOME_STALLED;
}

enum outcome_kind oracle_solve(enum oracle oracle, const struct programme *programme,
                               struct arena *arena, double *ret_objective) {
    char path[] = "/tmp/hearth_oracle_XXXXXX", command[512], line[512] = "";
    struct text_buffer text;
    text_buffer_init(&text, arena);
    bool mps = oracle == ORACLE_GLPSOL_MPS, highs = oracle == ORACLE_HIGHS_LP;
    assert_int_equal(mps ? export_mps(programme, arena, &text) : export_lp(programme, arena, &text),
                     STATUS_OK);
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_true(write(file, text.data, text.size) == (ssize_t)text.size);
    (void)close(file);
    if (highs) {
        (void)snprintf(command, sizeof command, "node tests/oracle/highs_solve.mjs %s 2>&1", path);
    } else {
        (void)snprintf(command, sizeof command,
                       "glpsol --%s %s --tmlim 60 -w %s.out >%s.log 2>&1 || cat %s.log; cat "
                       "%s.out; rm -f %s.out %s.log",
                       mps ? "freemps" : "lp", path, path, path, path, path, path, path);
    }
    enum outcome_kind kind = OUTCOME_STALLED;
    if (ask(command, highs ? "" : "s bas", line, (int)sizeof line)) {
        kind = highs ? highs_answer(line, ret_objective) : glpsol_answer(line, ret_objective);
    } else {
        print_message("%s\n", line);
    }
    (void)unlink(path);
    return kind;
}
