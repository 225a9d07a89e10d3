/* Holds the plan against the scenario's rule packs, in each year of its life: the sign of a rule is the worst of all
   years, and the year is the first in which it shows. Nothing here knows a law by name.

   A limit holds for a year when it stands on the year's last day. What a rule asks and neither plan nor scenario knows
   makes it unknown, which is not a pass. Drafts, targets and offers never break a plan: a miss is a risk. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "accounts/internal.h"
#include "base/text.h"
#include "base/units.h"
#include "scenario/keys.h"
#include "scenario/rule_pack.h"

static const double close_frac = 0.05; /* less than this to spare: at risk */
static const long year_end = 1231;     /* 31 December, as a day without its year */

struct facts {
    struct accounts *accounts;
    struct arena *arena;
    double values[RULE_FIELDS]; /* NaN: not known */
    long start;                 /* first day; 0: not known */
    int first_year, years_count;
};

static const struct key *site_key(const char *name) { return keys_find("site", name); }

static double highest_draw_kw(const struct accounts *accounts) {
    const struct plan *plan = accounts->plan;
    double highest_kw = 0.0;
    for (int t = 0; t < plan->hours->horizon_count; t++) {
        double draw_kw = 0.0;
        for (int i = 0; i < plan->scenario->instances_count; i++) {
            const struct instance *instance = &plan->scenario->instances[i];
            const struct flow *flow = &plan->cases[CASE_TOGETHER].flow[i];
            if (!flow->included || !plan_in_data_centre(plan->scenario, i)) {
                continue;
            }
            for (int p = 0; p < instance->kind->ports_count; p++) {
                bool takes = instance->kind->ports[p].carrier == CARRIER_ELECTRICITY &&
                             instance->kind->ports[p].direction == FLOWS_IN;
                draw_kw += takes && flow->port_kw[p] ? flow->port_kw[p][t] : 0.0;
            }
        }
        highest_kw = fmax(highest_kw, draw_kw);
    }
    return highest_kw;
}

static double surplus_heat_kw(const struct accounts *accounts) {
    const struct scenario *s = accounts->scenario;
    double highest_kw = 0.0;
    for (int t = 0; t < accounts->plan->hours->horizon_count; t++) {
        double given_kw = 0.0;
        for (int h = 0; h < s->halls_count; h++) {
            int i = s->halls[h].recovery;
            int out = i >= 0 ? component_port(s->instances[i].kind, "heat_out") : -1;
            const struct flow *flow = i >= 0 ? &accounts->plan->cases[CASE_TOGETHER].flow[i] : NULL;
            bool gives = out >= 0 && flow->included && flow->port_kw[out];
            given_kw += gives ? flow->port_kw[out][t] : 0.0;
        }
        highest_kw = fmax(highest_kw, given_kw);
    }
    return highest_kw;
}

/* Limits of the connections that feed halls; NaN where one has none. */
static double connection_kw(const struct scenario *scenario) {
    double total_kw = 0.0;
    for (int m = 0; m < scenario->meters_count; m++) {
        bool feeds = false;
        for (int h = 0; h < scenario->halls_count; h++) {
            feeds = feeds || scenario->halls[h].meter == scenario->meters[m].bus;
        }
        const struct capacity *limit = &scenario->instances[scenario->meters[m].grid].capacity;
        double limit_kw = limit->chosen ? limit->max : limit->fixed;
        total_kw += feeds ? limit_kw : 0.0;
    }
    return isfinite(total_kw) && total_kw > 0.0 ? total_kw : (double)NAN;
}

static void fill_facts(struct facts *facts) {
    const struct accounts *accounts = facts->accounts;
    const struct scenario *scenario = accounts->scenario;
    const struct metrics *m = &accounts->metrics[CASE_TOGETHER];
    double *values = facts->values, it_kw = 0.0;
    for (int k = 0; k < RULE_FIELDS; k++) {
        values[k] = (double)NAN;
    }
    facts->first_year = scenario->money_year;
    facts->years_count = (int)ceil(scenario->life_year);
    double start = site_fact_value(scenario, site_key("start_date"));
    if (!isnan(start)) {
        facts->start = (long)start;
        facts->first_year = (int)fmax(facts->first_year, (double)(facts->start / 10000));
    }
    values[RULE_FIELD_PEAK] = m->grid_peak_kw;
    values[RULE_FIELD_HEAT_SHARE] = m->heat_share_frac;
    if (scenario->halls_count == 0) {
        return;
    }
    for (int h = 0; h < scenario->halls_count; h++) {
        it_kw += accounts->plan->cases[CASE_TOGETHER].flow[scenario->halls[h].instance].capacity;
    }
    values[RULE_FIELD_IT] = it_kw;
    values[RULE_FIELD_INPUT] = highest_draw_kw(accounts);
    values[RULE_FIELD_SELF] = plan_requirement_value(
        scenario, accounts->plan->hours, &accounts->plan->cases[CASE_TOGETHER], "self_supply_frac");
    values[RULE_FIELD_SURPLUS] = surplus_heat_kw(accounts);
    double limit_kw = connection_kw(scenario);
    values[RULE_FIELD_CONTRACT] = isnan(limit_kw) ? values[RULE_FIELD_INPUT] : limit_kw;
    values[RULE_FIELD_LOAD] =
        m->data_centre_kwh_year / (values[RULE_FIELD_INPUT] * calendar_year_h(&scenario->calendar));
    values[RULE_FIELD_ENERGY] = m->data_centre_kwh_year;
    values[RULE_FIELD_WATER] = m->wue_m3_kwh * m->it_kwh_year;
    values[RULE_FIELD_DENSITY] = it_kw / site_fact_value(scenario, site_key("floor_m2"));
    values[RULE_FIELD_PUE] = m->pue_ratio;
    values[RULE_FIELD_ERF] = m->erf_ratio;
    values[RULE_FIELD_REF] = m->ref_ratio;
    values[RULE_FIELD_WUE] = m->wue_m3_kwh;
    values[RULE_FIELD_CUE] = m->cue_kg_kwh;
}

static double asked_value(const struct facts *facts, const struct rule_asked *asked) {
    return asked->site ? site_fact_value(facts->accounts->scenario, asked->site)
                       : facts->values[asked->field];
}

/* Where the missing number has to be written. */
static const char *missing_words(const struct facts *facts, const struct rule_asked *asked) {
    if (asked->site) {
        return arena_format(facts->arena, "site: %s", asked->site->key);
    }
    return asked->field == RULE_FIELD_DENSITY ? "site: floor_m2" : rule_field_name(asked->field);
}

/* ---- does it apply? ---- */

enum answer { NO, YES, MAYBE };

/* MAYBE only where the rest leaves the answer to what is missing. */
static enum answer holds(const struct facts *facts, const struct rule_test *test,
                         const char **ret_missing) {
    if (test->kind == RULE_COMPARE) {
        double value = asked_value(facts, &test->asked);
        if (isnan(value)) {
            *ret_missing = missing_words(facts, &test->asked);
            return MAYBE;
        }
        return rule_compare(value, test->op, test->value) ? YES : NO;
    }
    enum answer decisive = test->kind == RULE_ALL ? NO : YES, all = decisive == NO ? YES : NO;
    for (int k = 0; k < test->count; k++) {
        enum answer one = holds(facts, &test->tests[k], ret_missing);
        if (one == decisive) {
            all = decisive;
            break;
        }
        all = one == MAYBE ? MAYBE : all;
    }
    return test->kind != RULE_NOT || all == MAYBE ? all : all == YES ? NO : YES;
}

/* ---- limits ---- */

/* The limit of a year; false when none stands on its last day. */
static bool limit_of_year(const struct facts *facts, const struct rule *rule, int year,
                          double *ret_limit_value) {
    long latest = -1, last_day = year * 10000L + year_end;
    for (int k = 0; k < rule->thresholds_count; k++) {
        const struct rule_threshold *one = &rule->thresholds[k];
        long from = one->after_start ? facts->start + one->from : one->from;
        from = from > rule->valid_from ? from : rule->valid_from;
        if (from <= last_day && from > latest) {
            latest = from;
            *ret_limit_value = one->value;
        }
    }
    return latest >= 0;
}

static enum rule_sign sign_of(const struct rule *rule, double value, double limit_value) {
    if (!rule_compare(value, rule->op, limit_value)) {
        return RULE_FAIL;
    }
    bool one_sided = rule->op != RULE_EQUAL && rule->op != RULE_UNEQUAL;
    bool all = rule->op == RULE_AT_LEAST && limit_value >= 1.0 && value >= limit_value;
    bool close = one_sided && !all && fabs(value - limit_value) < close_frac * fabs(limit_value);
    return close ? RULE_RISK : RULE_PASS;
}

static const char *number_words(const struct facts *facts, const struct rule *rule, double value) {
    double unit_ratio = rule->metric.site ? 1.0 : rule_field_unit_ratio(rule->metric.field);
    const char *words = words_number(facts->arena, value / unit_ratio, 3);
    size_t size = words ? strlen(words) : 0;
    if (words && strchr(words, '.')) { /* 0.500 is written 0.5 */
        while (words[size - 1] == '0') {
            size--;
        }
        size -= words[size - 1] == '.';
    }
    return words ? arena_text_n(facts->arena, words, size) : "";
}

static void judge_limit(const struct facts *facts, const struct rule *rule,
                        struct rule_result *result) {
    double value = asked_value(facts, &rule->metric), worst_limit = 0.0;
    static const char *const words[] = {"below", "at most", "exactly", "not", "at least", "above"};
    bool needs_start = false, found = false;
    for (int k = 0; k < rule->thresholds_count; k++) {
        needs_start = needs_start || rule->thresholds[k].after_start;
    }
    if (isnan(value) || (needs_start && !facts->start)) {
        result->sign = RULE_UNKNOWN;
        result->missing = isnan(value) ? missing_words(facts, &rule->metric) : "site: start_date";
        return;
    }
    for (int year = facts->first_year; year < facts->first_year + facts->years_count; year++) {
        double limit_value = 0.0;
        if (!limit_of_year(facts, rule, year, &limit_value)) {
            continue;
        }
        enum rule_sign sign = sign_of(rule, value, limit_value);
        if (!found || sign > result->sign) {
            result->sign = sign;
            result->from_year = year;
            worst_limit = limit_value;
        }
        found = true;
    }
    if (!found) {
        result->sign = RULE_NOT_APPLICABLE;
        result->value = "not within the plan's years";
        return;
    }
    result->figure_value = value;
    result->limit_value = worst_limit;
    result->value =
        arena_format(facts->arena, "%s; %s %s from %d", number_words(facts, rule, value),
                     words[rule->op], number_words(facts, rule, worst_limit), result->from_year);
}

static bool stated_as_met(const struct scenario *scenario, const char *id) {
    for (int k = 0; k < scenario->met_count; k++) {
        if (strcmp(scenario->met[k], id) == 0) {
            return true;
        }
    }
    return false;
}

static void judge_duty(const struct facts *facts, const struct rule *rule,
                       struct rule_result *result) {
    bool met = stated_as_met(facts->accounts->scenario, rule->id);
    result->sign = met ? RULE_PASS : RULE_UNKNOWN;
    result->value = met ? "met, as the scenario says" : "to be shown";
    result->missing = met ? NULL : arena_format(facts->arena, "site: met: [%s]", rule->id);
}

static void judge(const struct facts *facts, const struct rule *rule, struct rule_result *result) {
    const char *missing = NULL;
    if (rule_is_history(rule->status) || rule->confidence == RULE_RECALLED) {
        result->sign = RULE_INFORMS;
        result->value = rule_is_history(rule->status) ? rule_status_words(rule->status)
                                                      : rule_confidence_words(rule->confidence);
        return;
    }
    enum answer exempt = rule->exempt ? holds(facts, rule->exempt, &missing) : NO;
    enum answer applies = rule->applies ? holds(facts, rule->applies, &missing) : YES;
    if (exempt == YES || applies == NO) {
        result->sign = RULE_NOT_APPLICABLE;
        result->value = exempt == YES ? "exempt" : "does not apply";
        return;
    }
    if (applies == MAYBE || exempt == MAYBE) {
        result->sign = RULE_UNKNOWN;
        result->missing = missing;
    } else if (rule->is_limit) {
        judge_limit(facts, rule, result);
    } else if (rule->duty) {
        judge_duty(facts, rule, result);
    } else {
        result->sign = RULE_INFORMS;
        result->value = "applies";
    }
    if (result->sign == RULE_UNKNOWN && !result->value) {
        result->value = arena_format(facts->arena, "needs %s", result->missing);
    }
    if (result->sign == RULE_FAIL && (!rule_binds(rule->status) || !rule->must)) {
        result->sign = RULE_RISK;
        result->value = arena_format(facts->arena, "%s (%s)", result->value,
                                     rule->must ? rule_status_words(rule->status) : "advice");
    }
}

enum status account_rule_packs(struct accounts *accounts, struct arena *arena,
                               const struct rule_pack *const *packs, int packs_count,
                               struct rule_result **ret, int *ret_count) {
    struct facts facts = {.accounts = accounts, .arena = arena};
    int most = 0, count = 0;
    for (int p = 0; p < packs_count; p++) {
        most += packs[p]->rules_count;
    }
    struct rule_result *results = ARENA_TAKE(arena, struct rule_result, most);
    if (!results) {
        return STATUS_NO_MEMORY;
    }
    fill_facts(&facts);
    for (int p = 0; p < packs_count; p++) {
        for (int k = 0; k < packs[p]->rules_count; k++) {
            const struct rule *rule = &packs[p]->rules[k];
            struct rule_result *result = &results[count++];
            result->pack = packs[p];
            result->rule = rule;
            result->text = rule->title;
            result->source = rule->source;
            result->figure_value = result->limit_value = (double)NAN;
            judge(&facts, rule, result);
        }
    }
    *ret = results;
    *ret_count = count;
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
