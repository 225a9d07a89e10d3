/* Books of typical weeks alone, with weights, against those of the same weeks written out over the whole horizon. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/inventory.h"
#include "accounts/life.h"
#include "accounts/neighbours.h"
#include "accounts/scales.h"
#include "accounts/thrown.h"
#include "plan/small.h"
#include "plan/typical.h"

static const double books_ratio = 1e-6; /* two optima of one programme, cleaned by neither */

struct both {
    struct plan *few, *all;
    struct accounts *few_books, *all_books;
    const char *example;
};

static void same(const struct both *both, const char *key, double found, double expected) {
    double size = fmax(fabs(expected), 1e-3);
    if (!(fabs(found - expected) <= books_ratio * size) && !(isnan(found) && isnan(expected)) &&
        found != expected) {
        fail_msg("%s: %s: %.12g of few steps, %.12g of all", both->example, key, found, expected);
    }
}

static void same_numbers(const struct both *both, const char *key, const void *found,
                         const void *expected, size_t size) {
    const double *a = found, *b = expected;
    for (size_t k = 0; k < size / sizeof *a; k++) {
        same(both, key, a[k], b[k]);
    }
}

static void same_text(const struct both *both, const char *found, const char *expected) {
    if (strcmp(found ? found : "", expected ? expected : "") != 0) {
        fail_msg("%s: \"%s\" of few steps, \"%s\" of all", both->example, found, expected);
    }
}

static struct accounts *books(const struct plan *plan, struct arena *arena) {
    struct accounts *accounts = NULL;
    assert_int_equal(accounts_make(plan, arena, &accounts), STATUS_OK);
    return accounts;
}

static struct plan *like(struct small *parent, int weeks, bool written_out) {
    struct plan_options options = {.typical_weeks = weeks, .written_out = written_out};
    struct plan *plan = NULL;
    assert_int_equal(plan_solve_like(parent->scenario, parent->plan, &options, parent->arena,
                                     parent->diag, &plan),
                     STATUS_OK);
    return plan;
}

static void same_cases(const struct both *both) {
    const struct accounts *a = both->few_books, *b = both->all_books;
    for (int k = 0; k < CASES; k++) {
        same(both, "objective_money", both->few->cases[k].objective_money,
             both->all->cases[k].objective_money);
        for (int m = 0; m < metrics_count(); m++) {
            same(both, metrics_key(m), metrics_value(&a->metrics[k], m),
                 metrics_value(&b->metrics[k], m));
        }
        assert_int_equal(a->energy_count[k], b->energy_count[k]);
        for (int n = 0; n < a->energy_count[k]; n++) {
            same(both, "energy", a->energy[k][n].kwh_year, b->energy[k][n].kwh_year);
        }
        assert_int_equal(a->ledger[k].transfers_count, b->ledger[k].transfers_count);
        for (int n = 0; n < a->ledger[k].transfers_count; n++) {
            const struct transfer *one = &a->ledger[k].transfers[n];
            same(both, one->kind, one->money_year, b->ledger[k].transfers[n].money_year);
        }
        same_numbers(both, "inventory", a->inventory->scopes[k], b->inventory->scopes[k],
                     sizeof a->inventory->scopes[k]);
    }
}

static void same_words(const struct both *both) {
    const struct accounts *a = both->few_books, *b = both->all_books;
    same_text(both, a->finding.headline, b->finding.headline);
    assert_int_equal(a->rules_count, b->rules_count);
    for (int k = 0; k < a->rules_count; k++) {
        same_text(both, a->rules[k].value, b->rules[k].value);
        assert_int_equal(a->rules[k].sign, b->rules[k].sign);
    }
    int from = 0; /* what is said of a season is said of a whole one */
    for (int k = 0; k < a->reasons_count; k++, from++) {
        while (from < b->reasons_count && strstr(b->reasons[from].claim, "one season")) {
            from++;
        }
        assert_true(from < b->reasons_count);
        same_text(both, a->reasons[k].because, b->reasons[from].because);
    }
}

static void same_sheets(const struct both *both, struct arena *arena) {
    struct scales few_scales, all_scales;
    assert_int_equal(account_scales(both->few_books, arena, &few_scales), STATUS_OK);
    assert_int_equal(account_scales(both->all_books, arena, &all_scales), STATUS_OK);
    struct thrown few_thrown = account_thrown(both->few_books),
                  all_thrown = account_thrown(both->all_books);
    same_numbers(both, "scales", &few_scales, &all_scales, sizeof few_scales);
    same_numbers(both, "thrown", &few_thrown, &all_thrown, sizeof few_thrown);
    same_numbers(both, "life", both->few_books->npv_party_money, both->all_books->npv_party_money,
                 sizeof both->few_books->npv_party_money);
    const struct screening *few = &both->few->screening, *all = &both->all->screening;
    same(both, "heat_available", few->heat_available_kwh_year, all->heat_available_kwh_year);
    same(both, "heat_in_reach", few->heat_in_reach_kwh_year, all->heat_in_reach_kwh_year);
    same(both, "heat_demand", few->heat_demand_kwh_year, all->heat_demand_kwh_year);
    same(both, "source_c", few->source_c, all->source_c);
    same(both, "needed_c", few->needed_c, all->needed_c);
    same(both, "direct_frac", few->direct_frac, all->direct_frac);
    same(both, "units", account_neighbours(both->few_books).units_ratio,
         account_neighbours(both->all_books).units_ratio);
}

/* Planned in full, then both ways: few steps where they may stand for all. */
static void both_ways(const char *example, struct small small, int weeks, bool may_be_few) {
    struct both both = {.example = example};
    small_plan(&small);
    both.few = like(&small, weeks, false);
    both.all = like(&small, weeks, true);
    assert_null(both.all->few);
    assert_int_equal(both.few->few != NULL, may_be_few);
    assert_int_equal(both.few->hours->horizon_count,
                     may_be_few ? weeks * 7 * small.scenario->calendar.steps_per_day
                                : both.all->hours->horizon_count);
    both.few_books = books(both.few, small.arena);
    both.all_books = books(both.all, small.arena);
    same_cases(&both);
    same_words(&both);
    same_sheets(&both, small.arena);
    small_free(&small);
}

static void few_steps_tell_what_all_tell(void **state) {
    (void)state;
    /* over a turn of months, with a shorter last week, a store that carries on and a contract by temperature */
    both_ways("seattle", small_example("seattle", "2024-01-22", 16, ""), 1, true);
}

static const struct {
    const char *name;
    bool may_be_few;
} examples[] = {{"boden", true},      {"chelsea", true}, {"exmouth", true}, {"frankfurt", true},
                {"n_virginia", true}, {"odense", true},  {"seattle", true}, {"singapore", true}};

static void examples_tell_the_same(void **state) {
    (void)state;
    for (int k = 0; k < COUNT(examples); k++) {
        print_message("%s\n", examples[k].name);
        both_ways(examples[k].name, small_example(examples[k].name, "2024-02-19", 24, ""), 2,
                  examples[k].may_be_few);
    }
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(few_steps_tell_what_all_tell)};
    const struct CMUnitTest long_tests[] = {cmocka_unit_test(examples_tell_the_same)};
    return argc > 1 && strcmp(argv[1], "long") == 0 ? cmocka_run_group_tests(long_tests, NULL, NULL)
                                                    : cmocka_run_group_tests(tests, NULL, NULL);
}
