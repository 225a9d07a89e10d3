/* What was required and what the limits leave: each judged with a sign, its value and where it was
   written; behind them the rule packs that the scenario names (rule_judge.c). */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "accounts/internal.h"
#include "base/text.h"

static const double close_frac = 0.05; /* less than this to spare: at risk */

static void add_rule(struct accounts *accounts, enum rule_sign sign, const char *text,
                     const char *value, const char *source) {
    accounts->rules[accounts->rules_count++] = (struct rule_result){.sign = sign,
                                                                    .text = text,
                                                                    .value = value,
                                                                    .source = source,
                                                                    .figure_value = (double)NAN,
                                                                    .limit_value = (double)NAN};
}

static void add_requirement(struct accounts *accounts, const struct requirement *requirement,
                            struct arena *arena) {
    const struct plan *plan = accounts->plan;
    bool at_most = plan_requirement_is_limit(requirement->key);
    double value = plan_requirement_value(plan->scenario, plan->hours, &plan->cases[CASE_TOGETHER],
                                          requirement->key);
    char limit[TEXT_NUMBER_SIZE];
    (void)text_from_number(limit, requirement->value);
    double spare = at_most ? requirement->value - value : value - requirement->value;
    double tolerance = 1e-6 * fmax(fabs(requirement->value), 1e-6);
    enum rule_sign sign = isnan(value) ? RULE_UNKNOWN : spare < -tolerance ? RULE_FAIL : RULE_PASS;
    if (at_most && sign == RULE_PASS && spare < close_frac * fabs(requirement->value)) {
        sign = RULE_RISK;
    }
    add_rule(
        accounts, sign,
        arena_format(arena, "%s %s %s", requirement->key, at_most ? "at most" : "at least", limit),
        isnan(value) ? "a share of nothing" : words_number(arena, value, 3),
        arena_format(arena, "scenario, line %d", requirement->place.line));
}

static void add_meter(struct accounts *accounts, const struct meter *meter, struct arena *arena) {
    const struct flow *grid = &accounts->plan->cases[CASE_TOGETHER].flow[meter->grid];
    const struct instance *instance = &accounts->scenario->instances[meter->grid];
    double limit_kw = instance->capacity.chosen ? instance->capacity.max : instance->capacity.fixed;
    if (!grid->included || !isfinite(limit_kw)) {
        return;
    }
    double peak_kw = 0.0;
    for (int t = 0; t < accounts->plan->hours->horizon_count; t++) {
        peak_kw = fmax(peak_kw, grid->rate_kw[0][t]);
    }
    bool close = peak_kw > (1.0 - close_frac) * limit_kw;
    add_rule(accounts, close ? RULE_RISK : RULE_PASS,
             arena_format(arena, "Grid connection %s at most %s", meter->name,
                          words_power(arena, limit_kw)),
             words_power(arena, peak_kw),
             arena_format(arena, "%s %% to spare",
                          words_number(arena, 100.0 * (limit_kw - peak_kw) / limit_kw, 2)));
}

/* Heat that stays away because its price is lower than that of giving it. */
static void add_unserved(struct accounts *accounts, int i, struct arena *arena) {
    const struct plan *plan = accounts->plan;
    const struct flow *flow = &plan->cases[CASE_TOGETHER].flow[i];
    double missing_kwh = 0.0, needed_kwh = 0.0;
    if (!flow->included || isnan(plan_unserved_money_kwh(plan->scenario, i))) {
        return;
    }
    const struct component *kind = plan->scenario->instances[i].kind;
    const double *need = flow->coefficients->mode[0].port[component_port(kind, "heat_in")];
    for (int t = 0; t < plan->hours->horizon_count; t++) {
        double step_h = plan_weight_ratio(plan, t) * plan->hours->step_h;
        missing_kwh += flow->rate_kw[0][t] * step_h;
        needed_kwh += flow->capacity * need[t] * step_h;
    }
    bool all = missing_kwh <= 1e-9 * needed_kwh;
    add_rule(accounts, all ? RULE_PASS : RULE_RISK,
             arena_format(arena, "%s gets the heat it needs", plan->scenario->instances[i].name),
             all ? "all of it"
                 : arena_format(arena, "%s %% stays away",
                                words_number(arena, 100.0 * missing_kwh / needed_kwh, 2)),
             "scenario, unserved_money_kwh");
}

static enum status add_packs(struct accounts *accounts, struct arena *arena) {
    struct rule_result *results = NULL;
    int count = 0;
    TRY(account_rule_packs(accounts, arena,
                           (const struct rule_pack *const *)accounts->scenario->rules,
                           accounts->scenario->rules_count, &results, &count));
    struct rule_result *all = ARENA_TAKE(arena, struct rule_result, accounts->rules_count + count);
    if (!all) {
        return STATUS_NO_MEMORY;
    }
    memcpy(all, accounts->rules, (size_t)accounts->rules_count * sizeof *all);
    memcpy(all + accounts->rules_count, results, (size_t)count * sizeof *all);
    accounts->own_rules_count = accounts->rules_count;
    accounts->rules_count += count;
    accounts->rules = all;
    return STATUS_OK;
}

enum status account_rules(struct accounts *accounts, struct arena *arena) {
    const struct scenario *scenario = accounts->scenario;
    accounts->rules = ARENA_TAKE(arena, struct rule_result,
                                 scenario->requirements_count + scenario->meters_count +
                                     scenario->instances_count + 1L);
    if (!accounts->rules) {
        return STATUS_NO_MEMORY;
    }
    for (int r = 0; r < scenario->requirements_count; r++) {
        add_requirement(accounts, &scenario->requirements[r], arena);
    }
    for (int k = 0; k < scenario->meters_count; k++) {
        add_meter(accounts, &scenario->meters[k], arena);
    }
    for (int i = 0; i < scenario->instances_count; i++) {
        add_unserved(accounts, i, arena);
    }
    if (scenario->waive_firm) {
        add_rule(accounts, RULE_RISK, "Warm on the coldest day without the data centre", "waived",
                 "scenario, firm");
    } else {
        add_rule(accounts, RULE_PASS, "Warm on the coldest day without the data centre", "N-1 met",
                 "firm plant, design day");
    }
    TRY(add_packs(accounts, arena));
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
