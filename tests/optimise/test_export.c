/* MPS and LP: the text itself, and what other solvers make of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "optimise/export.h"
#include "oracle.h"
#include "programmes.h"

#define INF HUGE_VAL

/* Every kind of row and column once. */
static struct programme *kinds(struct arena *arena) {
    static const double cost[] = {1, -2.5, 0, 3, 0.1, 0}, lower[] = {0, -INF, -INF, 4, -1, 0};
    static const double upper[] = {INF, 7, INF, 4, 1e30, 8};
    static const double matrix[] = {1,      1, 0, 0, 0, 0, /**/ 0, -1, 1, 0, 0, 0,
                                    /**/ 0, 0, 0, 0, 0, 0,
                                    /**/ 1, 0, 1, 0, 1, 0, /**/ 1, 1,  1, 1, 1, 0};
    static const double row_lower[] = {2, -3, -INF, 0.25, -INF},
                        row_upper[] = {INF, 5, 1, 0.25, INF};
    const struct plain plain = {6, 5, cost, lower, upper, matrix, row_lower, row_upper};
    struct programme *programme = programmes_plain(arena, &plain);
    programme->objective_constant = -12.5;
    programme->name = "kinds \n of\xc3\xa9 rows";
    return programme;
}

static void mps_text(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct text_buffer text;
    text_buffer_init(&text, arena);
    assert_int_equal(export_mps(kinds(arena), arena, &text), STATUS_OK);
    assert_string_equal(
        text.data,
        "* kinds ? of?? rows\n* C0  x0\n* C1  x1\n* C2  x2\n* C3  x3\n* C4  x4\n* C5  x5\n"
        "* R0  r0\n* R1  r1\n* R2  r2\n* R3  r3\n* R4  r4\nNAME HEARTH\n"
        "ROWS\n N OBJECTIVE\n G R0\n G R1\n L R2\n E R3\n N R4\n"
        "COLUMNS\n C0 OBJECTIVE 1\n C0 R0 1\n C0 R3 1\n C0 R4 1\n C1 OBJECTIVE -2.5\n C1 R0 1\n C1 "
        "R1 -1\n C1 R4 1\n"
        " C2 R1 1\n C2 R3 1\n C2 R4 1\n C3 OBJECTIVE 3\n C3 R4 1\n C4 OBJECTIVE 0.1\n C4 R3 1\n C4 "
        "R4 1\n"
        " C5 OBJECTIVE 0\n CONSTANT OBJECTIVE -12.5\n"
        "RHS\n RHS R0 2\n RHS R1 -3\n RHS R2 1\n RHS R3 0.25\n"
        "RANGES\n RANGE R1 8\n"
        "BOUNDS\n FX BOUND CONSTANT 1\n MI BOUND C1\n UP BOUND C1 7\n FR BOUND C2\n FX BOUND C3 "
        "4\n LO BOUND C4 -1\n UP BOUND C4 1e+30\n"
        " UP BOUND C5 8\nENDATA\n");
    arena_free(arena);
}

static void lp_text(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct text_buffer text;
    text_buffer_init(&text, arena);
    assert_int_equal(export_lp(kinds(arena), arena, &text), STATUS_OK);
    const char *body = strstr(text.data, "Minimize");
    assert_non_null(body);
    assert_string_equal(
        body,
        "Minimize\n OBJECTIVE: + 1 C0 - 2.5 C1 + 3 C3 + 0.1 C4 + 0 C5 - 12.5 CONSTANT\n"
        "Subject To\n R0: + 1 C0 + 1 C1 >= 2\n R1: - 1 C1 + 1 C2 >= -3\n R1u: - 1 C1 + 1 C2 <= 5\n"
        " R2: 0 CONSTANT <= 1\n R3: + 1 C0 + 1 C2 + 1 C4 = 0.25\n\\ R4 is free\n"
        "Bounds\n CONSTANT = 1\n -inf <= C1 <= 7\n C2 free\n C3 = 4\n -1 <= C4 <= 1e+30\n"
        " 0 <= C5 <= 8\nEnd\n");
    arena_free(arena);
}

static void families_are_named(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct text_buffer text;
    text_buffer_init(&text, arena);
    assert_int_equal(export_mps(programmes_two_blocks(arena), arena, &text), STATUS_OK);
    assert_non_null(strstr(text.data, "* C2..C7  make[t]  block 0\n"));
    assert_non_null(strstr(text.data, "* C20..C21  peak[p]  block 0\n"));
    assert_non_null(strstr(text.data, "* C28  most[p]  block 1\n"));
    assert_non_null(strstr(text.data, "* R0  limit\n"));
    assert_non_null(strstr(text.data, "* R19..R20  budget[p]  block 0\n"));
    arena_free(arena);
}

static void agree(enum oracle oracle, const struct programme *programme, struct arena *arena) {
    struct outcome outcome = {0};
    double objective = 0.0;
    assert_int_equal(reference_clp_solve(programme, NULL, arena, &outcome), STATUS_OK);
    enum outcome_kind kind = oracle_solve(oracle, programme, arena, &objective);
    if (kind != outcome.kind) {
        fail_msg("%s: the oracle says %s, Clp %s", programme->name, outcome_name(kind),
                 outcome_name(outcome.kind));
    }
    if (kind == OUTCOME_OPTIMAL && !(fabs(objective - outcome.objective_ratio) <=
                                     1e-9 * (1.0 + fabs(outcome.objective_ratio)))) {
        fail_msg("%s: the oracle has %.17g, Clp %.17g", programme->name, objective,
                 outcome.objective_ratio);
    }
}

static void oracle_agrees(enum oracle oracle) {
    oracle_need(oracle);
    struct arena *arena = arena_new(0);
    agree(oracle, kinds(arena), arena);
    agree(oracle, programmes_two_blocks(arena), arena);
    agree(oracle, programmes_plant(arena, 7, 24, 1), arena);
    for (int seed = 1; seed <= 10; seed++) {
        enum programmes_kind kind = seed % 5 == 0 ? RANDOM_INFEASIBLE : RANDOM_SOLVABLE;
        agree(oracle, programmes_random(arena, (uint64_t)seed, 1 + seed % 8, kind).programme,
              arena);
    }
    arena_free(arena);
}

static void glpsol_reads_mps(void **state) {
    (void)state;
    oracle_agrees(ORACLE_GLPSOL_MPS);
}

static void glpsol_reads_lp(void **state) {
    (void)state;
    oracle_agrees(ORACLE_GLPSOL_LP);
}

static void highs_reads_lp(void **state) {
    (void)state;
    oracle_agrees(ORACLE_HIGHS_LP);
}

static void memory_runs_out(void **state) {
    (void)state;
    bool done = false;
    for (long n = 1; !done && n < 200; n++) {
        struct arena *arena = arena_new(0);
        const struct programme *programme = programmes_plant(arena, 20, 24, 1);
        struct text_buffer text;
        text_buffer_init(&text, arena);
        arena_fail_after(n);
        enum status status =
            n % 2 ? export_mps(programme, arena, &text) : export_lp(programme, arena, &text);
        arena_fail_after(0);
        done = status == STATUS_OK;
        assert_true(done || status == STATUS_NO_MEMORY);
        arena_free(arena);
    }
    assert_true(done);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mps_text),           cmocka_unit_test(lp_text),
        cmocka_unit_test(families_are_named), cmocka_unit_test(glpsol_reads_mps),
        cmocka_unit_test(glpsol_reads_lp),    cmocka_unit_test(highs_reads_lp),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
