/* Why the plan is as it is: each chosen capacity is held against what one more unit would earn at
   the plan's prices.

   worth of a unit of capacity = sum over the steps of availability * max over modes of (value of
   what the mode gives - cost of what it takes) / use, at the prices of the buses; at the optimum it
   equals the unit's yearly cost when the capacity stands between its limits, and stays below it
   when nothing is built. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "accounts/internal.h"
#include "accounts/thrown.h"
#include "base/series.h"

enum { REASONS_MAX = 12 };

struct worth {
    double money_year;      /* one more unit would earn */
    double hours_year;      /* in which it would earn */
    double full_hours_year; /* in which the machine runs flat out */
};

/* Value of one kW of a mode's rate in a step, at the prices of the buses. */
static double mode_value_money_h(const struct plan *plan, enum plan_case kind, int i, int m,
                                 int t) {
    const struct scenario *scenario = plan->scenario;
    const struct instance *instance = &scenario->instances[i];
    const struct mode *mode = &plan->cases[kind].flow[i].coefficients->mode[m];
    double value = -mode->cost_money_kwh[t] -
                   mode->carbon_marginal_kgco2_kwh[t] * plan_carbon_money_kg(scenario, i);
    for (int p = 0; p < instance->kind->ports_count; p++) {
        int bus = instance->port_bus[p];
        const double *price = bus >= 0 ? plan->cases[kind].price_money_kwh[bus] : NULL;
        if (price) {
            value += (instance->kind->ports[p].direction == FLOWS_OUT ? 1.0 : -1.0) * price[t] *
                     mode->port[p][t];
        }
    }
    return value + plan_lift_money_h(scenario, &plan->cases[kind], i, m, t);
}

static struct worth worth_of(const struct plan *plan, enum plan_case kind, int i) {
    const struct flow *flow = &plan->cases[kind].flow[i];
    struct worth ret = {0, 0, 0};
    struct sum money = {0, 0};
    double to_year = plan->hours->step_h / plan->scenario->year_frac;
    for (int t = 0; t < plan->hours->horizon_count; t++) {
        double best = 0.0, used = 0.0, weight_year = plan_weight_ratio(plan, t) * to_year;
        for (int m = 0; m < flow->modes; m++) {
            const struct mode *mode = &flow->coefficients->mode[m];
            used += mode->use[t] * flow->rate_kw[m][t];
            if (mode->may_run[t] && mode->use[t] > 0.0) {
                best = fmax(best, mode_value_money_h(plan, kind, i, m, t) / mode->use[t]);
            }
        }
        double available_frac = flow->coefficients->availability_frac[t];
        sum_add(&money, plan_weight_ratio(plan, t) * (best * available_frac));
        ret.hours_year += best > 1e-9 ? weight_year : 0.0;
        bool full =
            flow->capacity > 0.0 && used >= 0.999 * available_frac * flow->capacity && used > 0.0;
        ret.full_hours_year += full ? weight_year : 0.0;
    }
    ret.money_year = sum_value(&money) * to_year;
    return ret;
}

static void add_reason_of(struct accounts *accounts, struct reason reason) {
    if (accounts->reasons_count < REASONS_MAX) {
        accounts->reasons[accounts->reasons_count++] = reason;
    }
}

static void add_reason(struct accounts *accounts, const char *claim, const char *because) {
    add_reason_of(accounts, (struct reason){claim, because, -1, 0.0, 0.0});
}

static const char *unit_words(const struct component *kind) {
    return strstr(kind->capacity, "_kwh") ? "kWh" : "kW";
}

/* What a heat pump finds: the heat it takes and the heat it gives, means of the horizon; the most by which an exchanger
   would miss, and the hours in which one would do. False where a bus has no temperature. */
struct lift {
    double source_c, sink_c, short_dk, direct_h;
};
static const double exchanger_dk = 3.0; /* as heat_exchanger's approach_dk */

static bool lift_of(const struct plan *plan, int i, struct lift *ret) {
    const struct instance *pump = &plan->scenario->instances[i];
    const struct case_plan *together = &plan->cases[CASE_TOGETHER];
    int source = pump->port_bus[component_port(pump->kind, "heat_in")],
        sink = pump->port_bus[component_port(pump->kind, "heat_out")];
    size_t steps = (size_t)plan->hours->count;
    int count = plan_calendar(plan).steps;
    *ret = (struct lift){0.0, 0.0, -HUGE_VAL, 0.0};
    for (int t = 0; source >= 0 && sink >= 0 && t < plan->hours->horizon_count; t++) {
        double weight = plan_weight_ratio(plan, t);
        double from_c = together->temperature_c[0][(size_t)source * steps + (size_t)t];
        double to_c = together->temperature_c[0][(size_t)sink * steps + (size_t)t];
        double short_dk = to_c + exchanger_dk - from_c;
        ret->source_c += weight * (from_c / count);
        ret->sink_c += weight * (to_c / count);
        ret->short_dk = fmax(ret->short_dk, short_dk);
        ret->direct_h += short_dk <= 0.0 ? weight * plan->hours->step_h : 0.0;
    }
    return source >= 0 && sink >= 0 && isfinite(ret->source_c) && isfinite(ret->sink_c);
}

static bool is_heat_pump(const struct scenario *scenario, int i) {
    return strcmp(scenario->instances[i].kind->name, "heat_pump") == 0 &&
           plan_uses_recovery(scenario, i);
}

static bool is_built(const struct flow *flow) { return flow->included && flow->capacity > 1e-3; }

/* Where an exchanger warms the return, heat is passed on for nothing and the rest of the way is lifted. */
static void reason_preheat(struct accounts *accounts, int i, struct arena *arena) {
    const struct plan *plan = accounts->plan;
    const struct instance *exchanger = &accounts->scenario->instances[i];
    const struct case_plan *together = &plan->cases[CASE_TOGETHER];
    const struct flow *flow = &together->flow[i];
    int out = component_port(exchanger->kind, "heat_out");
    if (!is_built(flow) || flow->modes < 1 || out < 0 || exchanger->port_bus[out] < 0) {
        return;
    }
    double warmed_kwh = 0.0, lifted_kwh = 0.0, hours_h = 0.0;
    for (int t = 0; t < plan->hours->horizon_count; t++) {
        double step_h = plan_weight_ratio(plan, t) * plan->hours->step_h;
        double lifts_kw_kw = flow->coefficients->mode[0].lifts_kw_kw[t];
        bool preheats = lifts_kw_kw < 0.0 && flow->rate_kw[0][t] > 1e-3;
        warmed_kwh += preheats ? flow->rate_kw[0][t] * step_h : 0.0;
        lifted_kwh -= preheats ? lifts_kw_kw * flow->rate_kw[0][t] * step_h : 0.0;
        hours_h += preheats ? step_h : 0.0;
    }
    if (!(warmed_kwh > 1.0)) {
        return;
    }
    add_reason(accounts, "The heat warms the return, and only the rest of the way is lifted.",
               arena_format(arena,
                            "It is too cool to go out as it comes. In %s hours %s brings %s of "
                            "that water's way without a machine; others lift the rest.",
                            words_number(arena, hours_h, 3), exchanger->name,
                            words_share(arena, warmed_kwh / (warmed_kwh + lifted_kwh))));
}

/* Heat that is warm enough needs no heat pump, heat that never is cannot do without. */
static void reason_lift(struct accounts *accounts, int i, struct arena *arena) {
    const struct plan *plan = accounts->plan;
    const struct flow *flow = &plan->cases[CASE_TOGETHER].flow[i];
    struct lift lift;
    if (!flow->included || !is_heat_pump(accounts->scenario, i) || !lift_of(plan, i, &lift)) {
        return;
    }
    const char *from = words_number(arena, lift.source_c, 3);
    const char *to = words_number(arena, lift.sink_c, 3);
    if (is_built(flow) && lift.direct_h == 0.0) {
        add_reason(accounts, "There is no way without a heat pump: the heat is never warm enough.",
                   arena_format(arena,
                                "It comes at %s °C and has to leave at %s °C; an exchanger alone "
                                "would need heat that is %s K warmer.",
                                from, to, words_number(arena, lift.short_dk, 2)));
    } else if (!is_built(flow) && lift.short_dk <= 0.0) {
        add_reason(accounts, "No heat pump is needed: the heat is warm enough as it comes.",
                   arena_format(arena,
                                "It comes at %s °C and has to leave at %s °C: an exchanger passes "
                                "it on in every hour.",
                                from, to));
    }
}

/* A capacity that the optimum chose between its limits, at its limit, or not at all. */
static void reason_capacity(struct accounts *accounts, int i, struct arena *arena) {
    const struct plan *plan = accounts->plan;
    const struct scenario *scenario = accounts->scenario;
    const struct instance *instance = &scenario->instances[i];
    const struct flow *flow = &plan->cases[CASE_TOGETHER].flow[i];
    enum shape shape = instance->kind->shape;
    if (!flow->included || !instance->capacity.chosen ||
        (shape != SHAPE_CONVERTER && shape != SHAPE_SOURCE)) {
        return;
    }
    const char *title = instance->kind->title;
    struct worth worth = worth_of(plan, CASE_TOGETHER, i);
    double most = isfinite(instance->capacity.max) ? instance->capacity.max : 1.0;
    struct reason reason = {NULL, NULL, i, worth.money_year, flow->unit_money_year};
    if (flow->capacity < fmax(1e-3, 1e-6 * most)) {
        if (instance->kind->integration || instance->hall >= 0 || instance->town >= 0) {
            return; /* only what a person put up for choice is worth a sentence */
        }
        struct lift lift;
        if (is_heat_pump(scenario, i) && lift_of(plan, i, &lift) && lift.short_dk <= 0.0) {
            return; /* reason_lift says more */
        }
        reason.claim = arena_format(arena, "%s was considered and not chosen.", title);
        reason.because = arena_format(
            arena, "At the prices of this plan one %s would earn %s a year, less than it costs.",
            unit_words(instance->kind), words_money(arena, scenario, worth.money_year));
    } else if (flow->capacity > instance->capacity.max * (1.0 - 1e-6)) {
        reason.claim = arena_format(arena, "%s is as large as it may be.", title);
        reason.because =
            arena_format(arena, "One more %s would earn %s a year and cost %s.",
                         unit_words(instance->kind), words_money(arena, scenario, worth.money_year),
                         words_money(arena, scenario, flow->unit_money_year));
    } else if (plan_uses_recovery(scenario, i) &&
               fabs(worth.money_year - flow->unit_money_year) <= 1e-3 * flow->unit_money_year) {
        reason.claim = arena_format(arena, "%s stops at %s because the next %s would sleep.", title,
                                    words_power(arena, flow->capacity), unit_words(instance->kind));
        reason.because =
            arena_format(arena, "It would earn in %s hours of the year and just pay its %s a year.",
                         words_number(arena, worth.hours_year, 3),
                         words_money(arena, scenario, flow->unit_money_year));
    } else {
        return;
    }
    add_reason_of(accounts, reason);
}

/* Cold made of heat: what a kWh of heat becomes, and what that replaces. */
static void reason_cold(struct accounts *accounts, struct arena *arena) {
    const struct plan *plan = accounts->plan;
    const struct metrics *m = &accounts->metrics[CASE_TOGETHER];
    double heat_kwh = 0.0, cold_kwh = 0.0, power_kwh = 0.0;
    for (int i = 0; i < plan->scenario->instances_count; i++) {
        double recovered_frac = account_cold_recovered_frac(plan, CASE_TOGETHER, i);
        heat_kwh += recovered_frac * account_named_port_year(plan, CASE_TOGETHER, i, "heat_in");
        cold_kwh += recovered_frac * account_named_port_year(plan, CASE_TOGETHER, i, "cold_out");
        power_kwh += recovered_frac * account_named_port_year(plan, CASE_TOGETHER, i, "power_in");
    }
    if (!(m->cold_share_frac > 0.005) || !(heat_kwh > 0.0)) {
        return;
    }
    add_reason(accounts, "Where it is hot, heat is worth most as cold.",
               arena_format(arena,
                            "Each 100 kWh of its heat become %s kWh of cold, with %s kWh of power "
                            "for pumps and towers; other chillers give the rest.",
                            words_number(arena, 100.0 * cold_kwh / heat_kwh, 2),
                            words_number(arena, 100.0 * power_kwh / heat_kwh, 2)));
}

static const char *energy_words(const struct accounts *accounts, double kwh_year,
                                struct arena *arena) {
    const struct scenario *s = accounts->scenario;
    double kwh = kwh_year * (s->year_frac > 0.999 ? 1.0 : s->year_frac);
    const char *unit = kwh >= 1e6 ? "GWh" : kwh >= 1e3 ? "MWh" : "kWh";
    return arena_format(arena, "%s %s",
                        words_number(arena,
                                     kwh / (kwh >= 1e6   ? 1e6
                                            : kwh >= 1e3 ? 1e3
                                                         : 1.0),
                                     2),
                        unit);
}

/* "185 hours", of the period that is told. */
static const char *hours_words(const struct accounts *accounts, double hours_year,
                               struct arena *arena) {
    const struct scenario *s = accounts->scenario;
    double hours = hours_year * (s->year_frac > 0.999 ? 1.0 : s->year_frac);
    int digits = hours < 1.0 ? 1 : 1 + (int)floor(log10(hours + 0.5));
    return arena_format(arena, "%s hour%s", words_number(arena, hours, digits),
                        fabs(hours - 1.0) < 1e-6 ? "" : "s");
}

/* The causes, the largest first. */
static const char *thrown_words(const struct accounts *accounts, const struct thrown *thrown,
                                struct arena *arena) {
    bool told[THROWN_WHYS] = {false};
    const char *words = "";
    for (int n = 0; n < THROWN_WHYS; n++) {
        int largest = -1;
        for (int k = 0; k < THROWN_WHYS; k++) {
            bool more = largest < 0 || thrown->why_kwh_year[k] > thrown->why_kwh_year[largest];
            largest = !told[k] && more ? k : largest;
        }
        told[largest] = true;
        if (thrown->why_kwh_year[largest] > 0.005 * thrown->kwh_year) {
            words = arena_format(arena, "%s%s%s: %s", words, *words ? "; " : "",
                                 energy_words(accounts, thrown->why_kwh_year[largest], arena),
                                 thrown_why_words((enum thrown_why)largest));
        }
    }
    return arena_format(arena, "%s.", words);
}

/* Heat that went to the sky while it was needed, and why. */
static void reason_thrown(struct accounts *accounts, struct arena *arena) {
    const struct thrown thrown = account_thrown(accounts);
    if (thrown.kwh_year > 1e-3 * accounts->metrics[CASE_TOGETHER].heat_demand_kwh_year) {
        add_reason(accounts,
                   arena_format(arena,
                                "In %s %s of its heat went to the sky while other plant made "
                                "heat for the town.",
                                hours_words(accounts, thrown.hours_year, arena),
                                energy_words(accounts, thrown.kwh_year, arena)),
                   thrown_words(accounts, &thrown, arena));
    }
    if (thrown.missed_kwh_year > 0.0) {
        add_reason(accounts,
                   arena_format(arena, "In %s users went without heat, %s in all.",
                                hours_words(accounts, thrown.missed_hours_year, arena),
                                energy_words(accounts, thrown.missed_kwh_year, arena)),
                   arena_format(arena,
                                "Going without was cheaper at the price that the scenario puts on "
                                "it; in %s of these heat went to the sky.",
                                hours_words(accounts, thrown.missed_while_hours_year, arena)));
    }
}

static const char *day_words(const struct accounts *accounts, int step, struct arena *arena) {
    char stamp[32];
    calendar_stamp(&accounts->scenario->calendar, step, stamp);
    return arena_text_n(arena, stamp, strlen("2024-01-31"));
}

/* A store of heat that is filled and emptied once in a season, not every day or week: from when to when it carries. */
static void reason_season(struct accounts *accounts, int i, struct arena *arena) {
    const double days_least_h = 60.0 * 24.0, turns_most = 3.0;
    const struct plan *plan = accounts->plan;
    const struct component *kind = accounts->scenario->instances[i].kind;
    const struct flow *flow = &plan->cases[CASE_TOGETHER].flow[i];
    double step_h = plan->hours->step_h, taken_kwh = 0.0, given_kwh = 0.0;
    int fullest = 0, emptiest = 0;
    if (kind->shape != SHAPE_STORE || kind->ports[0].carrier != CARRIER_HEAT || !is_built(flow) ||
        plan->few) { /* of few weeks no season is told */
        return;
    }
    for (int t = 0; t < plan->hours->horizon_count; t++) {
        taken_kwh += flow->rate_kw[0][t] * step_h;
        given_kwh += flow->rate_kw[1][t] * step_h;
        fullest = flow->level_kwh[t] > flow->level_kwh[fullest] ? t : fullest;
        emptiest = flow->level_kwh[t] < flow->level_kwh[emptiest] ? t : emptiest;
    }
    double swing_kwh = flow->level_kwh[fullest] - flow->level_kwh[emptiest];
    double apart_h = abs(fullest - emptiest) * step_h;
    if (!(swing_kwh > 1.0) || given_kwh > turns_most * swing_kwh || apart_h < days_least_h) {
        return;
    }
    double to_year = 1.0 / accounts->scenario->year_frac;
    add_reason(
        accounts, arena_format(arena, "%s carries heat from one season to the next.", kind->title),
        arena_format(arena,
                     "It is fullest on %s and emptiest on %s, with %s between. It takes %s "
                     "and gives %s back; the rest is lost on the way.",
                     day_words(accounts, fullest, arena), day_words(accounts, emptiest, arena),
                     energy_words(accounts, swing_kwh * to_year, arena),
                     energy_words(accounts, taken_kwh * to_year, arena),
                     energy_words(accounts, given_kwh * to_year, arena)));
}

/* Whose heat covers what: the fuel that stays in the town's heat. */
static void reason_rest(struct accounts *accounts, struct arena *arena) {
    const struct metrics *m = &accounts->metrics[CASE_TOGETHER];
    if (!(m->heat_demand_kwh_year > 0.0) || !(m->heat_share_frac > 0.01)) {
        return;
    }
    add_reason(accounts, "The rest of the heat keeps its own plant.",
               arena_format(arena,
                            "Recovered heat covers %s of the need; existing and peak plants give "
                            "the rest and stand "
                            "ready for the coldest day without the data centre.",
                            words_share(arena, m->heat_share_frac)));
}

static void reason_no_heat(struct accounts *accounts, struct arena *arena) {
    const struct plan *plan = accounts->plan;
    const struct metrics *m = &accounts->metrics[CASE_TOGETHER];
    bool heats = !(m->heat_delivered_kwh_year < 0.005 * m->heat_demand_kwh_year) &&
                 m->heat_demand_kwh_year > 0.0;
    if (heats || m->cold_share_frac > 0.005) {
        return;
    }
    const struct screening *s = &plan->screening;
    if (isfinite(s->heat_per_trench_kwh_m_year)) {
        add_reason(
            accounts, "The heat stays where it is because the pipe costs more than it saves.",
            arena_format(
                arena,
                "%s MWh a year could be used per metre of trench; %s and more has paid elsewhere.",
                words_number(arena, s->heat_per_trench_kwh_m_year / 1000.0, 2),
                words_number(arena, s->viable_kwh_m_year / 1000.0, 2)));
    } else {
        add_reason(accounts, "No heat is moved.", s->verdict);
    }
}

enum status account_reasons(struct accounts *accounts, struct arena *arena) {
    accounts->reasons = ARENA_TAKE(arena, struct reason, REASONS_MAX);
    if (!accounts->reasons) {
        return STATUS_NO_MEMORY;
    }
    reason_no_heat(accounts, arena);
    reason_cold(accounts, arena);
    reason_thrown(accounts, arena);
    for (int i = 0; i < accounts->scenario->instances_count; i++) {
        reason_preheat(accounts, i, arena);
        reason_lift(accounts, i, arena);
        reason_capacity(accounts, i, arena);
        reason_season(accounts, i, arena);
    }
    reason_rest(accounts, arena);
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
