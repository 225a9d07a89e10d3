/* The ten figures of a plan in field units and in words. A plan of a part of a year is told for
   that part: nothing is blown up to a year. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/figures.h"

#include <math.h>

#include "scenario/explain.h"
#include "tell/chart.h"
#include "tell/number.h"
#include "tell/parties.h"

double figures_period(const struct accounts *accounts) {
    return accounts->scenario->year_frac > 0.999 ? 1.0 : accounts->scenario->year_frac;
}

const char *figures_period_words(const struct accounts *accounts, struct arena *arena) {
    int days = accounts->scenario->calendar.days;
    return figures_period(accounts) == 1.0 ? "a year"
           : days == 1                     ? "in one day"
                                           : number_format(arena, "in %d days", days);
}

const char *figures_per(const struct accounts *accounts) {
    return figures_period(accounts) == 1.0 ? "/a" : "";
}

const char *figures_sign(enum rule_sign sign, bool utf8) {
    static const char *const marks[RULE_SIGNS] = {"✓", "!", "✗", "?", "–", "·"},
                             *const plain[RULE_SIGNS] = {"ok", "!!", "no", "? ", "- ", ". "};
    return utf8 ? marks[sign] : plain[sign];
}

/* One energy unit for a figure and its pair. */
static const char *energy_unit(const struct accounts *a, double largest_kwh, struct arena *arena) {
    return number_format(arena, "%s%s", chart_energy_unit(largest_kwh).name, figures_per(a));
}

static const char *energy(struct arena *arena, double kwh, double largest_kwh) {
    return number_digits(arena, kwh / chart_energy_unit(largest_kwh).per_unit, 3);
}

/* Is cold all that the heat becomes? */
static bool is_cold_alone(const struct metrics *m) {
    return m->cold_recovered_kwh_year > 1.0 && !(m->heat_delivered_kwh_year > 1.0);
}

static struct figure cold_figure(const struct accounts *a, struct arena *arena) {
    const struct metrics *m = &a->metrics[CASE_TOGETHER];
    double period = figures_period(a), largest = m->cold_demand_kwh_year * period;
    return (struct figure){energy(arena, m->cold_recovered_kwh_year * period, largest),
                           energy_unit(a, largest, arena), "Cold made of its heat",
                           number_format(arena,
                                         "%s %% of what the town needs; apart: none\nno heat is "
                                         "delivered",
                                         number_digits(arena, 100.0 * m->cold_share_frac, 2))};
}

static struct figure heat_figure(const struct accounts *a, struct arena *arena) {
    const struct metrics *m = &a->metrics[CASE_TOGETHER];
    if (is_cold_alone(m)) {
        return cold_figure(a, arena);
    }
    double period = figures_period(a), largest = m->heat_demand_kwh_year * period;
    struct figure ret = {energy(arena, m->heat_delivered_kwh_year * period, largest),
                         energy_unit(a, largest, arena), "Heat delivered",
                         isnan(m->heat_share_frac)
                             ? "nobody near needs heat; apart: none"
                             : number_format(arena, "%s %% of what the town needs; apart: none",
                                             number_digits(arena, 100.0 * m->heat_share_frac, 2))};
    if (m->cold_recovered_kwh_year > 1.0) {
        ret.pair = number_format(arena, "%s\nand cold: %s %% of what the town needs", ret.pair,
                                 number_digits(arena, 100.0 * m->cold_share_frac, 2));
    }
    return ret;
}

static struct figure rejected_figure(const struct accounts *a, struct arena *arena) {
    const struct metrics *m = &a->metrics[CASE_TOGETHER], *apart = &a->metrics[CASE_APART];
    double period = figures_period(a), largest = apart->heat_rejected_kwh_year * period;
    double all = m->heat_rejected_kwh_year + m->reused_kwh_year;
    struct figure ret = {
        energy(arena, m->heat_rejected_kwh_year * period, largest), energy_unit(a, largest, arena),
        "Heat still sent to the sky",
        number_format(
            arena, "%s %% of the data centre's heat; apart: %s",
            number_digits(arena, all > 0.0 ? 100.0 * m->heat_rejected_kwh_year / all : 0.0, 2),
            energy(arena, apart->heat_rejected_kwh_year * period, largest))};
    return ret;
}

static struct figure cop_figure(const struct accounts *a, struct arena *arena) {
    const struct metrics *m = &a->metrics[CASE_TOGETHER];
    struct figure ret = {"none", "", "Heat out per unit of power in",
                         "no heat pump runs in this plan"};
    if (!isnan(m->heat_pump_cop)) {
        ret.value = number_digits(arena, m->heat_pump_cop, 2);
        ret.unit = "COP";
        ret.pair = number_format(arena, "from %s °C to %s °C, weighted by heat",
                                 number_digits(arena, m->heat_pump_source_c, 2),
                                 number_digits(arena, m->heat_pump_sink_c, 2));
    }
    return ret;
}

static struct figure pue_figure(const struct accounts *a, struct arena *arena) {
    const struct metrics *m = &a->metrics[CASE_TOGETHER];
    struct figure ret = {
        number_fixed(arena, m->pue_ratio, 2), "PUE", "Power drawn per unit computed",
        number_format(arena, "apart: %s\nheat reused (ERF) %s\nwater (WUE) %s L/kWh",
                      number_fixed(arena, a->metrics[CASE_APART].pue_ratio, 2),
                      number_fixed(arena, m->erf_ratio, 3),
                      number_fixed(arena, 1000.0 * m->wue_m3_kwh, 2))};
    return isnan(m->pue_ratio) ? (struct figure){"none", "", "Power drawn per unit computed",
                                                 "there is no data centre"}
                               : ret;
}

static struct figure peak_figure(const struct accounts *a, struct arena *arena) {
    double together = a->metrics[CASE_TOGETHER].grid_peak_kw,
           apart = a->metrics[CASE_APART].grid_peak_kw;
    struct unit_choice unit = chart_power_unit(fmax(together, apart));
    struct figure ret = {number_signed(arena, number_change(together, apart) / unit.per_unit, 2),
                         unit.name, "Grid peak",
                         number_format(arena, "%s against %s apart",
                                       number_digits(arena, together / unit.per_unit, 3),
                                       number_digits(arena, apart / unit.per_unit, 3))};
    double homes = a->metrics[CASE_TOGETHER].data_centre_kwh_year / a->scenario->home_kwh_year;
    if (homes >= 1.0) {
        ret.pair = number_format(arena, "%s\nthe data centre uses as much as %s homes", ret.pair,
                                 number_digits(arena, homes, 2));
    }
    return ret;
}

static struct figure water_figure(const struct accounts *a, struct arena *arena) {
    double period = figures_period(a);
    double together = a->metrics[CASE_TOGETHER].water_m3_year * period;
    double apart = a->metrics[CASE_APART].water_m3_year * period;
    struct figure ret = {number_signed(arena, number_change(together, apart), 3),
                         number_format(arena, "m³%s", figures_per(a)), "Water",
                         number_format(arena, "%s against %s apart",
                                       number_digits(arena, together, 3),
                                       number_digits(arena, apart, 3))};
    return ret;
}

static struct figure carbon_figure(const struct accounts *a, struct arena *arena) {
    const struct metrics *m = &a->metrics[CASE_TOGETHER], *apart = &a->metrics[CASE_APART];
    double unit = figures_period(a) / 1000.0;
    struct figure ret = {
        number_signed(
            arena, number_change(m->carbon_marginal_kg_year, apart->carbon_marginal_kg_year) * unit,
            3),
        number_format(arena, "t CO₂%s", figures_per(a)),
        "Carbon, by what really changes (marginal)",
        number_format(
            arena, "by average power %s\nburnt on site %s",
            number_signed(
                arena,
                number_change(m->carbon_average_kg_year, apart->carbon_average_kg_year) * unit, 3),
            number_signed(arena,
                          number_change(m->carbon_on_site_kg_year, apart->carbon_on_site_kg_year) *
                              unit,
                          3))};
    return ret;
}

static struct figure cost_figure(const struct accounts *a, struct arena *arena) {
    const struct metrics *m = &a->metrics[CASE_TOGETHER], *apart = &a->metrics[CASE_APART];
    const char *currency = a->scenario->currency;
    if (is_cold_alone(m)) {
        return (struct figure){
            number_money(arena, currency, 1000.0 * m->recovered_cold_cost_money_kwh, false), "/MWh",
            "Cost of cold made of its heat",
            number_format(
                arena, "the town's cold would cost %s apart",
                number_money(arena, currency, 1000.0 * apart->cold_cost_money_kwh, false))};
    }
    struct figure ret = {
        number_money(arena, currency, 1000.0 * m->recovered_heat_cost_money_kwh, false), "/MWh",
        "Cost of recovered heat at the door",
        number_format(arena, "the town's heat would cost %s apart",
                      number_money(arena, currency, 1000.0 * apart->heat_cost_money_kwh, false))};
    if (isnan(m->recovered_heat_cost_money_kwh)) {
        ret.value = number_money(arena, currency, 1000.0 * apart->heat_cost_money_kwh, false);
        ret.name = "Cost of the town's heat";
        ret.pair = m->heat_delivered_kwh_year > 1.0
                       ? "apart; together it comes with power at one price"
                       : "none is recovered";
    }
    if (isnan(apart->heat_cost_money_kwh)) {
        ret = (struct figure){"none", "", "Cost of the town's heat", "nobody needs heat"};
    }
    return ret;
}

static struct figure bill_figure(const struct accounts *a, struct arena *arena) {
    double period = figures_period(a);
    double together = a->metrics[CASE_TOGETHER].heat_bill_money_year * period;
    double apart = a->metrics[CASE_APART].heat_bill_money_year * period;
    struct figure ret = {"none", "", "Bill of the heat customers", "nobody pays for heat apart"};
    if (apart > 0.0) {
        ret.value = number_signed(arena, 100.0 * number_change(together, apart) / apart, 2);
        ret.unit = "%";
        ret.pair = number_format(arena, "%s against %s apart",
                                 number_money(arena, a->scenario->currency, together, false),
                                 number_money(arena, a->scenario->currency, apart, false));
    }
    return ret;
}

static struct figure net_figure(const struct accounts *a, struct arena *arena) {
    double period = figures_period(a), net_money = 0.0;
    int all = 0, count = 0;
    const struct party_look *looks = party_looks(&all);
    const char *pair = "";
    for (int k = 0; k < all; k++) {
        double money = a->change.net_money_year[looks[k].party];
        if (looks[k].party == PARTY_SOCIETY) {
            continue;
        }
        net_money += money;
        if (party_moves(a, money)) {
            pair = number_format(arena, "%s%s%s %s", pair, count++ ? ", " : "",
                                 chart_lower(looks[k].name, arena),
                                 number_money(arena, a->scenario->currency, money * period, true));
        }
    }
    net_money = party_moves(a, net_money) ? net_money * period : 0.0;
    struct figure ret = {number_money(arena, a->scenario->currency, net_money, true),
                         figures_per(a), "Net of all parties",
                         *pair ? pair : "no party gains or loses"};
    return ret;
}

void figures_make(const struct accounts *accounts, struct arena *arena,
                  struct figure figure[FIGURES]) {
    struct figure (*const makers[FIGURES])(const struct accounts *, struct arena *) = {
        heat_figure,  rejected_figure, cop_figure,  pue_figure,  peak_figure,
        water_figure, carbon_figure,   cost_figure, bill_figure, net_figure};
    for (int k = 0; k < FIGURES; k++) {
        figure[k] = makers[k](accounts, arena);
    }
}

void figures_explain(struct text_buffer *out, bool json) {
    text_add(out, json ? "[" : "The figures of a case, as in summary.json\n");
    for (int k = 0; k < metrics_count(); k++) {
        if (json) {
            text_add(out, k ? ",\n {" : "{");
            explain_json_field(out, "key", metrics_key(k), false);
            explain_json_field(out, "meaning", metrics_meaning(k), true);
            text_add(out, "}");
        } else {
            text_add_format(out, "  %s\n", metrics_key(k));
            explain_wrapped(out, metrics_meaning(k), 6);
        }
    }
    text_add(out, json ? "]\n" : "");
}
