/* What things cost, once: capital and upkeep per unit of capacity, the price of a month's peak, and what of a
   payment leaves the parties of the objective.

   Under view: parties, what is paid for energy, plant, demand, taxes and carbon leaves, unless its receiver is one of
   the objective's parties: then demand and fixed charges, taxes and the paid carbon price cancel, while energy and
   plant stay, because their receiver bears their real cost. Under view: society only real costs stay: energy at the
   price that stands for its cost, plant, and damage. The shadow price of carbon counts in both views. The paid price
   does not fall on grid power: its price contains it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/series.h"
#include "base/units.h"
#include "plan/internal.h"
#include "scenario/money.h"

double plan_annuity_frac_year(double discount_frac, double life_year) {
    if (fabs(discount_frac) < 1e-12) {
        return 1.0 / life_year;
    }
    double growth_ratio = pow(1.0 + discount_frac, life_year);
    return discount_frac * growth_ratio / (growth_ratio - 1.0);
}

/* ---- what leaves the parties ---- */

static bool leaves(const struct scenario *scenario, enum party payee) {
    return !scenario->view_society && !scenario->objective_party[payee];
}

bool plan_is_grid(const struct component *kind) { return strcmp(kind->name, "grid") == 0; }

bool plan_demand_leaves(const struct scenario *scenario) {
    return leaves(scenario, PARTY_ELECTRIC_UTILITY);
}

bool plan_tax_leaves(const struct scenario *scenario) { return leaves(scenario, PARTY_STATE); }

double plan_tax_frac(const struct scenario *scenario, int instance) {
    const struct component *kind = scenario->instances[instance].kind;
    bool taxed = plan_is_grid(kind) || strcmp(kind->name, "fuel_supply") == 0;
    return taxed ? scenario->sales_tax_frac : 0.0;
}

double plan_carbon_money_kg(const struct scenario *scenario, int instance) {
    bool paid = leaves(scenario, PARTY_STATE) && !plan_is_grid(scenario->instances[instance].kind);
    return scenario->carbon_shadow_money_kg + (paid ? scenario->carbon_paid_money_kg : 0.0);
}

double case_rate_cost_money_kwh(const struct case_work *work, int i, int m, int t) {
    const struct scenario *scenario = work->scenario;
    const struct mode *mode = &work->result->flow[i].coefficients->mode[m];
    double tax_frac = m == 0 && plan_tax_leaves(scenario) ? plan_tax_frac(scenario, i) : 0.0;
    return mode->cost_money_kwh[t] * (1.0 + tax_frac) +
           plan_carbon_money_kg(scenario, i) * mode->carbon_marginal_kgco2_kwh[t];
}

/* ---- per unit of capacity ---- */

/* From the kind's money to the scenario's; 0: the table of money lacks one of them. What the scenario
   gives per metre is its own money already. */
static double to_scenario_ratio(const struct case_work *work, int i) {
    const struct scenario *scenario = work->scenario;
    const struct instance *instance = &scenario->instances[i];
    const struct cost_curve *cost = &instance->kind->cost;
    double factor_ratio = 1.0;
    bool own =
        !isnan(component_number(instance->kind, instance->self, "capex_money_m", (double)NAN));
    if (own || !cost->currency) {
        return 1.0;
    }
    return money_factor(cost->currency, cost->year, scenario->currency, scenario->money_year,
                        &factor_ratio)
               ? factor_ratio
               : 0.0;
}

/* Investment per unit of capacity at a size: what the scenario gives, else the kind's own law, else its cost
   curve. */
static double capex_unit_money(const struct case_work *work, int i, double size) {
    static const char *const keys[] = {"capex_money_kw", "capex_money_kwh", "capex_money_m2"};
    const struct instance *instance = &work->scenario->instances[i];
    for (int k = 0; k < COUNT(keys); k++) {
        double given = component_number(instance->kind, instance->self, keys[k], (double)NAN);
        if (!isnan(given)) {
            return given;
        }
    }
    double factor_ratio = to_scenario_ratio(work, i);
    if (instance->kind->capex_money) {
        return factor_ratio * instance->kind->capex_money(instance->self, size) / size;
    }
    return instance->kind->cost.currency ? factor_ratio * cost_curve_at(&instance->kind->cost, size)
                                         : 0.0;
}

/* Of the investment at a size, what other sizes near it cost as well: the investment there is that part
   and a slope times the capacity. The slope is that of the power law between a quarter and four times
   the size, for pipes come in steps. A thousandth of the whole stays with the slope at least, so that a
   capacity that nothing else limits stays small. */
static double capex_built_money(const struct case_work *work, int i, double size) {
    if (!work->scenario->instances[i].kind->built_at_once) {
        return 0.0;
    }
    double whole_money = capex_unit_money(work, i, size) * size;
    double quarter_money = capex_unit_money(work, i, 0.25 * size) * 0.25 * size;
    double four_money = capex_unit_money(work, i, 4.0 * size) * 4.0 * size;
    double exponent = quarter_money > 0.0 ? log(four_money / quarter_money) / log(16.0)
                                          : 0.0; /* 0: as good as flat */
    return whole_money * (1.0 - fmin(fmax(exponent, 1e-3), 1.0));
}

static double annuity_of(const struct case_work *work, int i) {
    const struct scenario *scenario = work->scenario;
    const struct instance *instance = &scenario->instances[i];
    return plan_annuity_frac_year(
        scenario->discount_frac,
        component_number(instance->kind, instance->self, "life_year", scenario->life_year));
}

/* Of an investment, per year: annuity where it is built new, and fixed upkeep. */
static double yearly_ratio(const struct case_work *work, int i) {
    const struct instance *instance = &work->scenario->instances[i];
    double fixed_frac_year = component_number(instance->kind, instance->self, "fom_frac_year", 0.0);
    return (instance->existing ? 0.0 : annuity_of(work, i)) + fixed_frac_year;
}

double case_capacity_money(const struct case_work *work, int i, double capacity) {
    return work->scenario->instances[i].kind->capacity && capacity > 0.0
               ? capex_unit_money(work, i, capacity) * yearly_ratio(work, i) * capacity
               : 0.0;
}

void case_set_costs(struct case_work *work, int i) {
    const struct instance *instance = &work->scenario->instances[i];
    double new_ratio = instance->existing ? 0.0 : 1.0, capex = 0.0, capex2 = 0.0, built = 0.0;
    if (instance->kind->capacity2) {
        capex2 = component_number(instance->kind, instance->self, "capex_power_money_kw", 0.0);
    }
    if (instance->kind->capacity) {
        built = capex_built_money(work, i, work->size[i]);
        capex = capex_unit_money(work, i, work->size[i]) - built / work->size[i];
    }
    work->unit_capex_money[i] = new_ratio * capex;
    work->unit_money[i] = capex * yearly_ratio(work, i);
    work->built_capex_money[i] = new_ratio * built;
    work->built_money[i] = built * yearly_ratio(work, i);
    work->unit2_capex_money[i] = new_ratio * capex2;
    work->unit2_money[i] = capex2 * yearly_ratio(work, i);
}

double case_standing_capacity(const struct case_work *work, int i) {
    const struct flow *flow = &work->result->flow[i];
    bool at_once = work->scenario->instances[i].capacity.chosen && work->built_money[i] > 0.0;
    return !at_once ? flow->capacity : flow->capacity > 0.0 ? flow->size : 0.0;
}

bool case_is_choice(const struct case_work *work, int i) {
    const struct instance *instance = &work->scenario->instances[i];
    return work->result->flow[i].included && instance->capacity.chosen &&
           instance->capacity.min <= 0.0 && work->built_money[i] > 0.0;
}

/* A charge per month that does not depend on any flow, for the horizon. */
static double charge_money(const struct case_work *work, int i) {
    const struct instance *instance = &work->scenario->instances[i];
    return 12.0 * component_number(instance->kind, instance->self, "fixed_money_month", 0.0) *
           work->scenario->year_frac;
}

double case_constant_money(const struct case_work *work) {
    const struct scenario *scenario = work->scenario;
    double total = 0.0;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        if (!work->result->flow[i].included || !instance->kind->capacity) {
            continue;
        }
        if (!instance->capacity.chosen && isfinite(instance->capacity.fixed)) {
            total += (work->unit_money[i] * instance->capacity.fixed +
                      (instance->capacity.fixed > 0.0 ? work->built_money[i] : 0.0)) *
                     scenario->year_frac;
        }
        if (instance->kind->capacity2 && !instance->capacity2.chosen &&
            isfinite(instance->capacity2.fixed)) {
            total += work->unit2_money[i] * instance->capacity2.fixed * scenario->year_frac;
        }
        bool grid = plan_is_grid(instance->kind);
        double tax_frac = plan_tax_leaves(scenario) ? plan_tax_frac(scenario, i) : 0.0;
        total += (grid && !plan_demand_leaves(scenario) ? 0.0 : charge_money(work, i)) +
                 (grid ? tax_frac * charge_money(work, i) : 0.0);
    }
    return total;
}

/* ---- a month's peak ---- */

void plan_month_price(const struct scenario *scenario, const struct hours *hours,
                      const double money_kw_month[12], double ret_money_kw[12]) {
    for (int month = 0; month < 12; month++) {
        ret_money_kw[month] = 0.0;
    }
    for (int t = 0; t < hours->horizon_count; t++) {
        int month = hours->month[t];
        ret_money_kw[month] += money_kw_month[month] * hours->step_h /
                               (24.0 * calendar_days_in_month(month, scenario->calendar.leap));
    }
}

double case_demand_cost_ratio(const struct case_work *work, int i) {
    const struct scenario *scenario = work->scenario;
    return (plan_demand_leaves(scenario) ? 1.0 : 0.0) +
           (plan_tax_leaves(scenario) ? plan_tax_frac(scenario, i) : 0.0);
}

/* ---- the money of a dispatch ---- */

static enum status set_peaks(struct case_work *work, int i) {
    struct flow *flow = &work->result->flow[i];
    double price_money_kw[12], all = 0.0;
    flow->demand_money = 0.0;
    plan_month_price(work->scenario, work->hours, flow->coefficients->demand_money_kw_month,
                     price_money_kw);
    for (int month = 0; month < 12; month++) {
        all += price_money_kw[month];
    }
    if (work->scenario->instances[i].kind->shape != SHAPE_CONVERTER || all == 0.0) {
        return STATUS_OK;
    }
    flow->peak_kw = flow->peak_kw ? flow->peak_kw : ARENA_TAKE(work->arena, double, 12);
    if (!flow->peak_kw) {
        return STATUS_NO_MEMORY;
    }
    for (int month = 0; month < 12; month++) {
        flow->peak_kw[month] = 0.0;
    }
    for (int t = 0; t < work->design_days_from; t++) {
        double *peak_kw = &flow->peak_kw[work->hours->month[t]];
        *peak_kw = fmax(*peak_kw, flow->rate_kw[0][t]);
    }
    for (int month = 0; month < 12; month++) {
        flow->demand_money += price_money_kw[month] * flow->peak_kw[month];
    }
    return STATUS_OK;
}

static void set_capital(struct case_work *work, int i) {
    const struct instance *instance = &work->scenario->instances[i];
    struct flow *flow = &work->result->flow[i];
    double year_frac = work->scenario->year_frac;
    bool sized = instance->kind->capacity && isfinite(flow->capacity);
    bool sized2 = instance->kind->capacity2 && isfinite(flow->capacity2);
    bool built = sized && flow->capacity > 0.0;
    flow->investment_money = (built ? work->built_capex_money[i] : 0.0) +
                             (sized ? work->unit_capex_money[i] * flow->capacity : 0.0) +
                             (sized2 ? work->unit2_capex_money[i] * flow->capacity2 : 0.0);
    flow->capital_money = flow->investment_money * annuity_of(work, i) * year_frac;
    double yearly = (built ? work->built_money[i] : 0.0) +
                    (sized ? work->unit_money[i] * flow->capacity : 0.0) +
                    (sized2 ? work->unit2_money[i] * flow->capacity2 : 0.0);
    flow->fixed_money = yearly * year_frac - flow->capital_money + charge_money(work, i);
}

enum status case_set_money(struct case_work *work, int i) {
    struct flow *flow = &work->result->flow[i];
    const struct coefficients *c = flow->coefficients;
    enum shape shape = work->scenario->instances[i].kind->shape;
    struct sum running = {0, 0}, bought = {0, 0}, carbon = {0, 0}, marginal = {0, 0};
    TRY(set_peaks(work, i));
    set_capital(work, i);
    for (int m = 0; m < flow->modes; m++) {
        const struct mode *mode = &c->mode[shape == SHAPE_STORE ? 0 : m];
        for (int t = 0; t < work->design_days_from; t++) {
            double energy_kwh = units_energy_kwh(flow->rate_kw[m][t], work->hours->step_h, 1.0);
            sum_add(&running, mode->cost_money_kwh[t] * energy_kwh);
            sum_add(&bought, m == 0 ? mode->cost_money_kwh[t] * energy_kwh : 0.0);
            sum_add(&carbon, mode->carbon_kgco2_kwh[t] * energy_kwh);
            sum_add(&marginal, mode->carbon_marginal_kgco2_kwh[t] * energy_kwh);
        }
    }
    flow->running_money = sum_value(&running);
    flow->carbon_kg = sum_value(&carbon);
    flow->carbon_marginal_kg = sum_value(&marginal);
    bool grid = plan_is_grid(work->scenario->instances[i].kind);
    flow->tax_money = plan_tax_frac(work->scenario, i) *
                      (sum_value(&bought) + (grid ? flow->demand_money + flow->fixed_money : 0.0));
    return STATUS_OK;
}
