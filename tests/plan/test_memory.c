/* Memory that runs out at any moment of a plan ends it with NO_MEMORY, without a crash or a leak. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/accounts.h"
#include "plan/small.h"

static const char tiny[] =
    "hearth: 1\nname: tiny\nplace: {climate: seattle, ground_c: 11}\n"
    "horizon: {from: 2024-01-08, days: 1}\n"
    "money: {currency: USD, year: 2024}\nfuel: {gas_money_kwh: 0.04}\n" SMALL_POWER SMALL_HALL
        SMALL_TOWN SMALL_NETWORK SMALL_PLANT "  tank: {capacity_kwh: {choose: {max: 2000}}}\n";

static enum status plan_and_account(struct small *small) {
    struct accounts *accounts = NULL;
    enum status status = plan_solve(small->scenario, NULL, small->arena, small->diag, &small->plan);
    return status == STATUS_OK ? accounts_make(small->plan, small->arena, &accounts) : status;
}

/* The n-th block fails, for every n until none does. */
static void every_block_may_fail(void **state) {
    (void)state;
    const char *requirements[] = {"", "require: {energy_reuse_factor: 0.99}\n"};
    const enum status wanted[] = {STATUS_OK, STATUS_INFEASIBLE};
    for (int k = 0; k < COUNT(requirements); k++) {
        char text[4000];
        (void)snprintf(text, sizeof text, "%s%s", tiny, requirements[k]);
        int failed = 0;
        for (long n = 1;; n++) {
            struct small small = small_read(text);
            arena_fail_after(n);
            enum status status = plan_and_account(&small);
            arena_fail_after(0);
            small_free(&small);
            if (status == wanted[k]) {
                break;
            }
            assert_int_equal(status, STATUS_NO_MEMORY);
            failed++;
            assert_true(n < 3000);
        }
        assert_true(failed >= 4); /* an arena asks for large blocks */
    }
}

/* Plans that are tried have arenas of their own: none is left behind. */
static void every_block_of_a_trial_may_fail(void **state) {
    (void)state;
    static const char text[] =
        "hearth: 1\nname: tried\nplace: {climate: seattle, ground_c: 11}\n"
        "horizon: {from: 2024-01-08, days: 1}\nmoney: {currency: USD, year: 2024}\n"
        "electricity: {data_centre: {energy_money_kwh: 0.08}}\n"
        "data_centre:\n  - {name: hall, it_kw: 1000, cooling: dry_cooler, supply_c: {choose: [17, "
        "24, 31]}}\n";
    int failed = 0;
    for (long n = 1;; n += 2) {
        struct small small = small_read(text);
        arena_fail_after(n);
        enum status status = plan_and_account(&small);
        arena_fail_after(0);
        small_free(&small);
        if (status == STATUS_OK) {
            break;
        }
        assert_int_equal(status, STATUS_NO_MEMORY);
        failed++;
        assert_true(n < 3000);
    }
    assert_true(failed >= 10);
}

/* An arena with a limit stops at any number of bytes as well. */
static void every_limit_may_be_reached(void **state) {
    (void)state;
    struct small whole = small_read(tiny);
    assert_int_equal(plan_and_account(&whole), STATUS_OK);
    size_t bytes = arena_bytes(whole.arena);
    small_free(&whole);
    for (int k = 1; k < 40; k++) {
        struct small small = small_read(tiny);
        struct arena *arena = arena_new(bytes * (size_t)k / 40);
        assert_non_null(arena);
        struct diag *diag = diag_new(arena);
        struct plan *plan = NULL;
        struct accounts *accounts = NULL;
        enum status status =
            diag ? plan_solve(small.scenario, NULL, arena, diag, &plan) : STATUS_NO_MEMORY;
        if (status == STATUS_OK) {
            status = accounts_make(plan, arena, &accounts);
        }
        assert_true(status == STATUS_NO_MEMORY || status == STATUS_OK);
        arena_free(arena);
        small_free(&small);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_block_may_fail),
                                       cmocka_unit_test(every_block_of_a_trial_may_fail),
                                       cmocka_unit_test(every_limit_may_be_reached)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
