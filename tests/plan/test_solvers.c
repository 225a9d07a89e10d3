/* The interior point and Clp say the same of the examples' months; where the one stalls, the other answers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/small.h"

/* The first programme of every case, over January. */
static void months_have_one_optimum(void **state) {
    (void)state;
    static const char *const examples[] = {"seattle", "exmouth", "odense", "n_virginia"};
    for (int e = 0; e < COUNT(examples); e++) {
        struct small small = small_example(examples[e], "2024-01-01", 31, "");
        for (int k = 0; k < CASES; k++) {
            struct programme *programme = NULL;
            struct outcome by_clp, by_ipm;
            struct certificate certificate;
            assert_int_equal(
                plan_programme(small.scenario, (enum plan_case)k, small.arena, &programme),
                STATUS_OK);
            assert_int_equal(solver_clp.solve(programme, NULL, small.arena, &by_clp), STATUS_OK);
            assert_int_equal(solver_ipm.solve(programme, NULL, small.arena, &by_ipm), STATUS_OK);
            assert_int_equal(by_clp.kind, OUTCOME_OPTIMAL);
            assert_int_equal(by_ipm.kind, OUTCOME_OPTIMAL);
            assert_near(by_ipm.objective_ratio, by_clp.objective_ratio, 1e-7);
            assert_int_equal(certificate_check(programme, &by_ipm, 1e-6, small.arena, &certificate),
                             STATUS_OK);
            assert_true(certificate.passed);
        }
        small_free(&small);
    }
}

static enum status stall(const struct programme *programme, const struct solve_options *options,
                         struct arena *arena, struct outcome *ret) {
    TRY(solver_ipm.solve(programme, options, arena, ret));
    ret->kind = OUTCOME_STALLED;
    ret->solver = "one that stalls";
    return STATUS_OK;
}
static const struct solver stalling = {"stalling", stall};

static const char pool[] =
    "hearth: 1\nname: pool\nplace: {climate: seattle, ground_c: 11}\n"
    "horizon: {from: 2024-01-01, days: %d}\n"
    "money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 25}\n"
    "fuel: {gas_money_kwh: 0.04}\nelectricity: {bath: {energy_money_kwh: 0.1}}\n"
    "town:\n  - {name: bath, kind: pool, water_m2: 300, heated_by: gas_boiler, meter: bath}\n";

static int warnings(const struct small *small, const char *words) {
    int count = 0;
    for (int k = 0; k < diag_count(small->diag); k++) {
        const struct diag_message *message = diag_at(small->diag, k);
        count += message->level == DIAG_WARNING && strstr(message->text, words) != NULL;
    }
    return count;
}

/* A month is answered by Clp, aloud; more than a month only where that is asked for. */
static void clp_answers_where_another_stalls(void **state) {
    (void)state;
    static const struct {
        int days;
        bool fallback;
        enum status status;
    } tries[] = {{31, false, STATUS_OK}, {40, false, STATUS_STALLED}, {40, true, STATUS_OK}};
    for (int k = 0; k < COUNT(tries); k++) {
        char text[2000];
        (void)snprintf(text, sizeof text, pool, tries[k].days);
        struct small small = small_read(text);
        struct plan_options options = {.solver = &stalling, .fallback = tries[k].fallback};
        assert_int_equal(plan_solve(small.scenario, &options, small.arena, small.diag, &small.plan),
                         tries[k].status);
        const struct case_plan *today = &small.plan->cases[CASE_TODAY];
        bool answered = tries[k].status == STATUS_OK;
        assert_true((warnings(&small, "where stalling stalled") > 0) == answered);
        assert_true(today->solved == answered);
        if (answered) {
            struct small usual = small_solve(text);
            assert_non_null(strstr(today->outcome.solver, "clp"));
            assert_non_null(strstr(today->outcome.solver, "where stalling stalled"));
            assert_non_null(strstr(usual.plan->cases[CASE_TODAY].outcome.solver, "ipm"));
            assert_near(today->objective_money, usual.plan->cases[CASE_TODAY].objective_money,
                        1e-7);
            small_free(&usual);
        }
        small_free(&small);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(months_have_one_optimum),
                                       cmocka_unit_test(clp_answers_where_another_stalls)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
