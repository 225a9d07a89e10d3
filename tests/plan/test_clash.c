/* Scenarios without a plan: each is named with its reason, its place and its amount. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/small.h"

#define SMALL SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT

static bool says(const struct small *small, const char *text) {
    for (int k = 0; k < diag_count(small->diag); k++) {
        if (strstr(diag_render(small->arena, diag_at(small->diag, k)), text)) {
            return true;
        }
    }
    return false;
}

/* The same words at the same places; amounts may differ where several plans are as near. */
static void same_report(const struct small *a, const struct small *b) {
    assert_int_equal(diag_count(a->diag), diag_count(b->diag));
    for (int k = 0; k < diag_count(a->diag); k++) {
        const struct diag_message *one = diag_at(a->diag, k), *other = diag_at(b->diag, k);
        const char *p = one->text, *q = other->text;
        assert_int_equal(one->place.line, other->place.line);
        for (;; p++, q++) {
            p += strspn(p, "0123456789.");
            q += strspn(q, "0123456789.");
            if (*p != *q || !*p) {
                break;
            }
        }
        if (*p || *q) {
            fail_msg("\"%s\" is not \"%s\"", one->text, other->text);
        }
    }
}

static struct small fails(const char *text, enum status wanted) {
    struct small small = small_read(text);
    enum status status = plan_solve(small.scenario, NULL, small.arena, small.diag, &small.plan);
    if (status != wanted) {
        small_tell(&small);
    }
    assert_int_equal(status, wanted);
    struct small by_clp = small_read(text);
    struct plan_options clp = {.solver = &solver_clp};
    assert_int_equal(plan_solve(by_clp.scenario, &clp, by_clp.arena, by_clp.diag, &by_clp.plan),
                     wanted);
    same_report(&small, &by_clp);
    small_free(&by_clp);
    return small;
}

#define assert_says(small, text)                                                                   \
    do {                                                                                           \
        if (!says((small), (text))) {                                                              \
            small_tell(small);                                                                     \
            fail_msg("nothing says \"%s\"", (text));                                               \
        }                                                                                          \
    } while (0)

/* The amount is right: what the nearest plan reaches can be required, a little more cannot. */
static void a_requirement_is_missed_by_its_amount(void **state) {
    (void)state;
    struct small small = fails(SMALL "require: {energy_reuse_factor: 0.99}\n", STATUS_INFEASIBLE);
    assert_says(&small, "require energy_reuse_factor at least 0.99 cannot be met");
    assert_int_equal(diag_at(small.diag, 0)->place.line, 19);
    double reached =
        plan_requirement_value(small.scenario, small.plan->hours, &small.plan->cases[CASE_TOGETHER],
                               "energy_reuse_factor");
    assert_true(reached > 0.1 && reached < 0.99);
    assert_false(small.plan->cases[CASE_TOGETHER].solved);
    small_free(&small);
    for (int k = 0; k < 2; k++) {
        struct small again = small_read(SMALL "require: {energy_reuse_factor: 0.99}\n");
        again.scenario->requirements[0].value = reached * (k == 0 ? 0.995 : 1.005);
        enum status status = plan_solve(again.scenario, NULL, again.arena, again.diag, &again.plan);
        assert_int_equal(status, k == 0 ? STATUS_OK : STATUS_INFEASIBLE);
        small_free(&again);
    }
}

/* A limit on the grid's peak that can be met alone, but leaves the heat pump of nine tenths of the heat no power: a
   quarter of the way from the lowest peak there is to that of the plan with the heat. */
static double tight_peak_kw(void) {
    struct small low = fails(SMALL "require: {grid_peak_max_kw: 1}\n", STATUS_INFEASIBLE);
    double lowest_kw = plan_requirement_value(low.scenario, low.plan->hours,
                                              &low.plan->cases[CASE_TOGETHER], "grid_peak_max_kw");
    struct small heat = small_solve(SMALL "require: {heat_share_frac: 0.9}\n");
    double heat_kw = plan_requirement_value(heat.scenario, heat.plan->hours,
                                            &heat.plan->cases[CASE_TOGETHER], "grid_peak_max_kw");
    small_free(&low);
    small_free(&heat);
    assert_true(heat_kw > 1.02 * lowest_kw); /* the case is worth its name */
    return round(lowest_kw + 0.25 * (heat_kw - lowest_kw));
}

static void two_requirements_clash_together_only(void **state) {
    (void)state;
    char text[4000], wanted[200];
    double peak_kw = tight_peak_kw();
    (void)snprintf(text, sizeof text, SMALL "require: {grid_peak_max_kw: %.0f}\n", peak_kw);
    struct small peak = small_solve(text);
    small_free(&peak);
    (void)snprintf(text, sizeof text,
                   SMALL "require: {heat_share_frac: 0.9, grid_peak_max_kw: %.0f}\n", peak_kw);
    struct small both = fails(text, STATUS_INFEASIBLE);
    (void)snprintf(
        wanted, sizeof wanted,
        "heat_share_frac at least 0.9 and grid_peak_max_kw at most %.0f clash: each can be "
        "met without the other",
        peak_kw);
    assert_says(&both, wanted);
    small_free(&both);
}

/* Of three requirements the one that takes no part is not named. */
static void a_bystander_is_not_named(void **state) {
    (void)state;
    char text[4000];
    (void)snprintf(text, sizeof text,
                   SMALL "require: {water_max_m3_year: 900000, heat_share_frac: 0.9, "
                         "grid_peak_max_kw: %.0f}\n",
                   tight_peak_kw());
    struct small small = fails(text, STATUS_INFEASIBLE);
    assert_says(&small, "clash: each can be met without the other");
    const struct case_plan *together = &small.plan->cases[CASE_TOGETHER];
    for (int k = 0; k < together->misses_count; k++) {
        assert_null(strstr(together->misses[k].text, "water_max"));
    }
    small_free(&small);
}

/* What can be required does not depend on prices: with dear power the optimum would build a pipe of next to nothing, which
   in the next round loses more than it carries. */
static void dear_power_takes_no_plan_away(void **state) {
    (void)state;
    static const char *const prices[] = {"0.07", "7"};
    for (int k = 0; k < COUNT(prices); k++) {
        char text[4000];
        (void)snprintf(text, sizeof text,
                       SMALL_HEAD
                       "electricity:\n  data_centre: {energy_money_kwh: %s}\n  campus: "
                       "{energy_money_kwh: 0.10}\n" SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT
                       "require: {energy_reuse_factor: 0.005}\n",
                       prices[k]);
        struct small small = small_solve(text);
        double reached =
            plan_requirement_value(small.scenario, small.plan->hours,
                                   &small.plan->cases[CASE_TOGETHER], "energy_reuse_factor");
        assert_true(reached >= 0.005 * (1.0 - 1e-6));
        small_free(&small);
    }
}

/* A heater that is too small: by the kW that the coldest day asks for. */
static void a_capacity_is_too_small_by_its_amount(void **state) {
    (void)state;
    const char *text = SMALL_HEAD SMALL_POWER "town:\n  - {name: bath, kind: pool, water_m2: 300, "
                                              "heated_by: gas_boiler}\n";
    struct small enough = small_solve(text);
    double need_kw = small_flow(&enough, CASE_TODAY, "bath_heater")->capacity;
    small_free(&enough);
    struct small small = small_read(text);
    struct capacity fixed = {false, 10.0, 0.0, HUGE_VAL};
    small.scenario->instances[small_instance(&small, "bath_heater")].capacity = fixed;
    assert_int_equal(plan_solve(small.scenario, NULL, small.arena, small.diag, &small.plan),
                     STATUS_INFEASIBLE);
    const struct case_plan *today = &small.plan->cases[CASE_TODAY];
    assert_int_equal(today->misses_count, 1);
    char wanted[100];
    (void)snprintf(wanted, sizeof wanted, "bath_heater.capacity_kw at most 10 is too small by %.1f",
                   need_kw - 10.0);
    if (!strstr(today->misses[0].text, wanted)) {
        fail_msg("\"%s\" does not say \"%s\"", today->misses[0].text, wanted);
    }
    small_free(&small);
}

/* A heater that cannot make the heat as hot as the house needs it: the bus is named, the time and the kW. */
static void a_bus_without_a_supplier_is_named(void **state) {
    (void)state;
    struct small small = small_read(
        SMALL_HEAD SMALL_POWER
        "town:\n  - {name: old_town, building: dwelling, floor_m2: 20000, emitter: radiator, "
        "heated_by: air_heat_pump, meter: campus}\n");
    small_set(&small, "old_town_heater", "supply_max_c", 40.0);
    assert_int_equal(plan_solve(small.scenario, NULL, small.arena, small.diag, &small.plan),
                     STATUS_INFEASIBLE);
    assert_says(&small, "old_town: in ");
    assert_says(&small, "first at 2024-01-22");
    small_free(&small);
}

/* Power that is paid for being taken, and a store with losses that may grow: no bound. */
static void an_unbounded_plan_is_named(void **state) {
    (void)state;
    struct small small =
        small_read(SMALL_HEAD SMALL_POWER SMALL_HALL
                   "plant: {battery: {capacity_kwh: choose, meter: data_centre}}\n");
    small_set(&small, "grid_data_centre", "energy_money_kwh", -9.0);
    small_set(&small, "grid_campus", "energy_money_kwh", -9.0);
    assert_int_equal(plan_solve(small.scenario, NULL, small.arena, small.diag, &small.plan),
                     STATUS_UNBOUNDED);
    assert_says(&small, "the cost has no lower bound (along ");
    assert_false(small.plan->cases[CASE_APART].solved);
    small_free(&small);
}

/* A solver that is stopped says so, and there is no plan. */
static void a_stopped_solver_is_named(void **state) {
    (void)state;
    struct small small = small_read(SMALL);
    struct plan_options options = {.iterations_limit = 3};
    assert_int_equal(plan_solve(small.scenario, &options, small.arena, small.diag, &small.plan),
                     STATUS_STALLED);
    assert_says(&small, "no certified optimum");
    small_free(&small);
}

static bool stop(void *data, const char *words) {
    int *calls = data;
    assert_non_null(words);
    return ++*calls > 2;
}

static void a_plan_can_be_cancelled(void **state) {
    (void)state;
    struct small small = small_read(SMALL);
    int calls = 0;
    struct plan_options options = {.progress = stop, .data = &calls};
    enum status status = plan_solve(small.scenario, &options, small.arena, small.diag, &small.plan);
    assert_true(status == STATUS_CANCELLED || status == STATUS_STALLED);
    assert_int_equal(calls, 3);
    small_free(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_requirement_is_missed_by_its_amount),
                                       cmocka_unit_test(two_requirements_clash_together_only),
                                       cmocka_unit_test(a_bystander_is_not_named),
                                       cmocka_unit_test(dear_power_takes_no_plan_away),
                                       cmocka_unit_test(a_capacity_is_too_small_by_its_amount),
                                       cmocka_unit_test(a_bus_without_a_supplier_is_named),
                                       cmocka_unit_test(an_unbounded_plan_is_named),
                                       cmocka_unit_test(a_stopped_solver_is_named),
                                       cmocka_unit_test(a_plan_can_be_cancelled)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
