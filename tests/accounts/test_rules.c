/* Rules held against one plan: each sign, time, what is missing, what does not bind. The plan: a hall of 1,000 kW of IT
   with a PUE worked out by hand, nothing reused, power that is 40 % renewable. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/accounts.h"
#include "plan/small.h"
#include "scenario/rule_pack.h"

static const char scenario_text[] =
    "hearth: 1\nname: judged\nplace: {climate: seattle, ground_c: 11}\n"
    "horizon: {from: 2024-01-08, days: 1}\nmoney: {currency: USD, year: 2024, life_year: 10}\n"
    "fuel: {gas_money_kwh: 0.06}\n"
    "site: {start_date: 2026-03-01, noise_day_db: 55, met: [done]}\n"
    "electricity:\n  data_centre: {energy_money_kwh: 0.08, limit_kw: 2000}\n"
    "  carbon: {average_kgco2_kwh: 0.2, marginal_kgco2_kwh: 0.5, renewable_frac: 0.4}\n"
    "data_centre:\n  - {name: hall, it_kw: 1000, occupancy_frac: 1, load: flat, cooling: "
    "{kind: declared_cooling, cooling_overhead_kw_kw: 0.1, water_m3_kwh: 0.002}}\n";

static struct small small;
static struct accounts *accounts;

static int open_plan(void **state) {
    (void)state;
    small = small_solve(scenario_text);
    return accounts_make(small.plan, small.arena, &accounts) == STATUS_OK ? 0 : -1;
}

static int close_plan(void **state) {
    (void)state;
    small_free(&small);
    return 0;
}

/* The result of one rule with these lines. */
static struct rule_result judge(const char *lines, const char *status) {
    const char *text = arena_format(
        small.arena,
        "pack: town\ntitle: A town\nreviewed: 2026-01-31\nrules:\n  - id: one\n    title: A rule\n"
        "    says: Something is asked.\n    jurisdiction: town\n    level: local\n"
        "    topic: noise\n    source: the town's code\n    status: %s\n%s",
        status, lines);
    struct rule_pack *pack = NULL;
    struct rule_result *results = NULL;
    int count = 0;
    enum status read =
        rule_pack_parse(small.arena, small.diag, "town.yaml", text, strlen(text), &pack);
    small_tell(&small);
    assert_int_equal(read, STATUS_OK);
    assert_int_equal(account_rule_packs(accounts, small.arena,
                                        (const struct rule_pack *const[]){pack}, 1, &results,
                                        &count),
                     STATUS_OK);
    assert_int_equal(count, 1);
    return results[0];
}

#define SURE "    confidence: primary\n"
#define LIMIT(metric, op, thresholds)                                                              \
    SURE "    metric: " metric "\n    op: \"" op "\"\n    thresholds: [" thresholds "]\n"

static void expect(const char *lines, const char *status, enum rule_sign sign) {
    struct rule_result result = judge(lines, status);
    if (result.sign != sign) {
        fail_msg("sign %d (%s), wanted %d:\n%s", result.sign, result.value, sign, lines);
    }
}

/* PUE = 1.1 heat of the hall over IT: taken from the metrics, whose own test works it out. */
static void limits(void **state) {
    (void)state;
    double pue_ratio = accounts->metrics[CASE_TOGETHER].pue_ratio;
    assert_true(pue_ratio > 1.1 && pue_ratio < 1.3);
    expect(LIMIT("pue_ratio", "<=", "{value: 1.5}"), "in_force", RULE_PASS);
    expect(LIMIT("pue_ratio", "<=", "{value: 1.05}"), "in_force", RULE_FAIL);
    expect(arena_format(small.arena, LIMIT("pue_ratio", "<=", "{value: %d.%03d}"), 1,
                        (int)ceil(1000.0 * (pue_ratio - 1.0)) + 1),
           "in_force", RULE_RISK);
    expect(LIMIT("renewable_frac", ">=", "{value: 0.4}"), "in_force", RULE_RISK);
    expect(LIMIT("renewable_frac", ">=", "{value: 0.3}"), "in_force", RULE_PASS);
    expect(LIMIT("erf_frac", ">", "{value: 0}"), "in_force", RULE_FAIL);
    expect(LIMIT("self_supply_frac", ">=", "{value: 0.5}"), "in_force", RULE_FAIL);
    expect(LIMIT("dc.surplus_heat_kw", "<=", "{value: 0}"), "in_force", RULE_PASS);
    expect(LIMIT("wue_l_kwh", "<=", "{value: 5}"), "in_force", RULE_PASS);
    expect(LIMIT("wue_l_kwh", "<=", "{value: 0.1}"), "in_force", RULE_FAIL);
    expect(LIMIT("site.noise_day_db", "<=", "{value: 60}"), "in_force", RULE_PASS);
    struct rule_result result = judge(LIMIT("pue_ratio", "<=", "{value: 1.05}"), "in_force");
    assert_true(fabs(result.figure_value - pue_ratio) < 1e-12 && result.limit_value == 1.05);
}

/* The plan's years are 2026 to 2035. A limit holds for a year when it stands on its last day. */
static void time_passes(void **state) {
    (void)state;
    struct rule_result result = judge(
        LIMIT("pue_ratio", "<=", "{value: 1.5}, {from: 2030-07-01, value: 1.05}"), "in_force");
    assert_int_equal(result.sign, RULE_FAIL);
    assert_int_equal(result.from_year, 2030);
    result = judge(LIMIT("pue_ratio", "<=", "{value: 1.5}, {from: start + 2y, value: 1.05}"),
                   "in_force");
    assert_int_equal(result.sign, RULE_FAIL);
    assert_int_equal(result.from_year, 2028);
    expect(LIMIT("pue_ratio", "<=", "{from: 2036-01-01, value: 1.05}"), "in_force",
           RULE_NOT_APPLICABLE);
    /* a later, milder limit takes the place of a stricter one, but the years before stay broken */
    result = judge(LIMIT("pue_ratio", "<=", "{value: 1.05}, {from: 2028-01-01, value: 1.5}"),
                   "in_force");
    assert_int_equal(result.sign, RULE_FAIL);
    assert_int_equal(result.from_year, 2026);
    expect(LIMIT("pue_ratio", "<=",
                 "{from: 2020-01-01, value: 1.05}, {from: 2026-12-31, value: "
                 "1.5}"),
           "in_force", RULE_PASS);
    expect(LIMIT("pue_ratio", "<=", "{value: 1.05}") "    valid_from: 2040-01-01\n",
           "adopted_not_effective", RULE_NOT_APPLICABLE);
}

static void to_whom(void **state) {
    (void)state;
    static const char *const yes[] = {
        "applies: [dc.it_kw >= 1000]",
        "applies: [dc.contract_kw = 2000, dc.it_kw < 1500]",
        "applies: {any: [dc.it_kw > 5000, site.start_date >= 2026-01-01]}",
        "applies: {not: [site.defence = yes]}",
        "applies: [{any: [dc.it_kw > 5000, dc.load_factor_frac <= 1]}]",
        "exempt: [site.defence = yes]"};
    static const char *const no[] = {
        "applies: [dc.it_kw > 1000]",
        "applies: [dc.it_kw >= 1000, site.defence = yes]",
        "applies: {not: [dc.it_kw >= 1000]}",
        "exempt: {any: [dc.it_kw > 1, site.defence = yes]}",
        "applies: [site.floor_m2 > 1, dc.it_kw > 5000]", /* what is missing does not matter */
        "applies: [site.start_date < 2026-03-01]"};
    static const char *const unknown[] = {
        "applies: [site.floor_m2 > 1]", "applies: [dc.it_kw_m2 > 1]",
        "applies: {not: [site.floor_m2 > 1]}", "exempt: [site.land_m2 > 1]"};
    for (int k = 0; k < COUNT(yes); k++) {
        expect(arena_format(small.arena, "%s    %s\n", SURE "    duty: to do\n", yes[k]),
               "in_force", RULE_UNKNOWN);
        expect(arena_format(small.arena, "%s    %s\n", LIMIT("pue_ratio", "<=", "{value: 1.5}"),
                            yes[k]),
               "in_force", RULE_PASS);
    }
    for (int k = 0; k < COUNT(no); k++) {
        expect(arena_format(small.arena, "%s    %s\n", LIMIT("pue_ratio", "<=", "{value: 1.05}"),
                            no[k]),
               "in_force", RULE_NOT_APPLICABLE);
    }
    for (int k = 0; k < COUNT(unknown); k++) {
        struct rule_result result =
            judge(arena_format(small.arena, "%s    %s\n", LIMIT("pue_ratio", "<=", "{value: 1.5}"),
                               unknown[k]),
                  "in_force");
        assert_int_equal(result.sign, RULE_UNKNOWN);
        assert_non_null(strstr(result.missing, "site: "));
    }
    expect(LIMIT("site.noise_night_db", "<=", "{value: 55}"), "in_force", RULE_UNKNOWN);
}

/* Proposals, targets and advice never break a plan; history and what was not read are not judged. */
static void what_binds(void **state) {
    (void)state;
    static const char limit[] = LIMIT("pue_ratio", "<=", "{value: 1.05}");
    static const char *const mild[] = {"proposed", "policy", "voluntary", "condition"};
    static const char *const history[] = {"vetoed", "repealed", "not_enacted"};
    for (int k = 0; k < COUNT(mild); k++) {
        expect(limit, mild[k], RULE_RISK);
    }
    for (int k = 0; k < COUNT(history); k++) {
        expect(limit, history[k], RULE_INFORMS);
    }
    expect(limit, "standard", RULE_FAIL);
    expect(arena_format(small.arena, "%s    severity: should\n", limit), "in_force", RULE_RISK);
    expect("    confidence: recalled\n    metric: pue_ratio\n    op: \"<=\"\n"
           "    thresholds: [{value: 1.05}]\n",
           "in_force", RULE_INFORMS);
    expect(SURE, "in_force", RULE_INFORMS);
}

static void duties(void **state) {
    (void)state;
    struct rule_result result = judge(SURE "    duty: report\n", "in_force");
    assert_int_equal(result.sign, RULE_UNKNOWN);
    assert_string_equal(result.missing, "site: met: [one]");
    small.scenario->met[0] = "one";
    expect(SURE "    duty: report\n", "in_force", RULE_PASS);
    small.scenario->met[0] = "done";
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits),     cmocka_unit_test(time_passes), cmocka_unit_test(to_whom),
        cmocka_unit_test(what_binds), cmocka_unit_test(duties),
    };
    return cmocka_run_group_tests(tests, open_plan, close_plan);
}
