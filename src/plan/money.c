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
#include "physics/finance.h"
#include "plan/internal.h"
#include "scenario/money.h"

static const double slope_least_ratio =
    1e-3; /* of the mean cost: a capacity that nothing else limits stays small */
static const double slope_reach_ratio =
    2.0; /* the slope of a cost is that of its chord from half to twice the size */

double plan_annuity_frac_year(double discount_frac, double life_year) {
    return finance_annuity_frac_year(discount_frac, life_year);
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

double plan_unserved_money_kwh(const struct scenario *scenario, int instance) {
    const struct instance *it = &scenario->instances[instance];
    return it->kind->shape == SHAPE_LOAD
               ? component_number(it->kind, it->self, "unserved_money_kwh", (double)NAN)
               : (double)NAN;
}

double case_paid_money_kwh(const struct case_work *work, int i, int m, int t) {
    const struct scenario *scenario = work->scenario;
    enum shape shape = scenario->instances[i].kind->shape;
    if (shape == SHAPE_LOAD) {
        return plan_unserved_money_kwh(scenario, i);
    }
    return work->result->flow[i].coefficients->mode[shape == SHAPE_STORE ? 0 : m].cost_money_kwh[t];
}

double case_rate_cost_money_kwh(const struct case_work *work, int i, int m, int t) {
    const struct scenario *scenario = work->scenario;
    const struct mode *mode = &work->result->flow[i].coefficients->mode[m];
    double tax_frac = m == 0 && plan_tax_leaves(scenario) ? plan_tax_frac(scenario, i) : 0.0;
    return case_paid_money_kwh(work, i, m, t) * (1.0 + tax_frac) +
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

static double trench_money(const struct case_work *work, const struct pipes_laid *laid) {
    int line = work->scenario->network;
    const struct instance *instance = &work->scenario->instances[line];
    double own_money_m =
        component_number(instance->kind, instance->self, "capex_money_m", (double)NAN);
    return isnan(own_money_m) ? to_scenario_ratio(work, line) * laid->cost_money
                              : own_money_m * laid->length_m;
}

/* Has the second capacity a size of its own? Else it follows the first, and so does its price. */
static bool second_is_apart(const struct instance *instance) {
    return instance->kind->capacity2 &&
           (instance->capacity2.chosen || isfinite(instance->capacity2.fixed));
}

/* What the scenario gives per unit of capacity; NaN: nothing. */
static double capex_given_money(const struct instance *instance) {
    static const char *const keys[] = {"capex_money_kw", "capex_money_kwh", "capex_money_m2"};
    double given = (double)NAN;
    for (int k = 0; k < COUNT(keys) && isnan(given); k++) {
        given = component_number(instance->kind, instance->self, keys[k], (double)NAN);
    }
    return given;
}

/* Investment per unit of capacity at a size: what the scenario gives, else the kind's own law or curves, which hold both
   capacities, else its cost curve, of the first alone; of the plan's year, where the catalogue has more than one. */
static double capex_unit_money(const struct case_work *work, int i, double size) {
    const struct instance *instance = &work->scenario->instances[i];
    double given = capex_given_money(instance);
    double joining_money = connect_money(work->scenario, i) / size;
    if (!isnan(given)) {
        return given + joining_money;
    }
    double factor_ratio = to_scenario_ratio(work, i);
    if (work->laid.pipes && i == work->scenario->network) {
        return trench_money(work, &work->laid) / size;
    }
    int year = work->scenario->calendar.year;
    bool law = instance->kind->capex_money || instance->kind->cost2.currency;
    if (law && !second_is_apart(instance)) {
        return factor_ratio * component_capex_money(instance->kind, instance->self, size, year) /
               size;
    }
    return joining_money +
           (instance->kind->cost.currency
                ? factor_ratio * component_unit_capex_money(instance->kind, size, year)
                : 0.0);
}

/* The same per unit of the second capacity; nothing where it follows the first, or the scenario's price of the first
   stands alone. */
static double capex_second_money(const struct case_work *work, int i) {
    const struct instance *instance = &work->scenario->instances[i];
    double given =
        component_number(instance->kind, instance->self, "capex_power_money_kw", (double)NAN);
    if (!second_is_apart(instance)) {
        return 0.0;
    }
    if (!isnan(given)) {
        return given;
    }
    bool catalogue = isnan(capex_given_money(instance)) && instance->kind->cost2.currency;
    return catalogue
               ? to_scenario_ratio(work, i) *
                     component_unit2_capex_money(instance->kind, work->scenario->calendar.year)
               : 0.0;
}

double case_life_year(const struct case_work *work, int i) {
    const struct instance *instance = &work->scenario->instances[i];
    return component_number(instance->kind, instance->self, "life_year", work->scenario->life_year);
}

double case_annuity_frac_year(const struct case_work *work, int i) {
    return plan_annuity_frac_year(work->scenario->discount_frac, case_life_year(work, i));
}

/* Yearly cost over investment: the annuity of what is built new, and upkeep. */
static double yearly_frac(const struct case_work *work, int i) {
    const struct instance *instance = &work->scenario->instances[i];
    return (instance->existing ? 0.0 : case_annuity_frac_year(work, i)) +
           component_number(instance->kind, instance->self, "fom_frac_year", 0.0);
}

double case_trench_money_year(const struct case_work *work, const struct pipes_laid *laid) {
    return trench_money(work, laid) * yearly_frac(work, work->scenario->network);
}

/* Investment of a capacity as a whole. */
static double capex_whole_money(const struct case_work *work, int i, double size) {
    return capex_unit_money(work, i, size) * size;
}

double case_yearly_money(const struct case_work *work, int i, double size) {
    return work->scenario->instances[i].kind->capacity && size > 0.0
               ? capex_whole_money(work, i, size) * yearly_frac(work, i)
               : 0.0;
}

bool case_at_once(const struct case_work *work, int i) {
    const struct instance *instance = &work->scenario->instances[i];
    return instance->capacity.chosen &&
           (instance->kind->built_at_once || connect_is_choice(work->scenario, i));
}

bool case_is_choice(const struct case_work *work, int i) {
    return work->result->flow[i].included && case_at_once(work, i) &&
           work->scenario->instances[i].capacity.min <= 0.0;
}

double case_standing_capacity(const struct case_work *work, int i) {
    const struct flow *flow = &work->result->flow[i];
    return !case_at_once(work, i) ? flow->capacity : flow->capacity > 0.0 ? flow->size : 0.0;
}

bool case_holds_width(const struct case_work *work, int i) {
    return work->width_held && i == work->scenario->network;
}

/* What is built costs step + slope * capacity around its size; what is not (or not yet known) the mean of its size.
   Of what is built at once the step hangs on the yes, so that it is known from the first round on. */
static void set_curve(struct case_work *work, int i, double *ret_slope_money,
                      double *ret_step_money) {
    double size = work->size[i];
    bool at_once = case_at_once(work, i);
    bool built = work->scenario->instances[i].capacity.chosen && size > work->floor_size[i];
    *ret_slope_money = capex_unit_money(work, i, size);
    *ret_step_money = 0.0;
    if (at_once || (work->at_slope && built)) {
        double low = size / slope_reach_ratio, high = size * slope_reach_ratio;
        double mean_money = *ret_slope_money;
        *ret_slope_money =
            case_holds_width(work, i)
                ? 0.0 /* while the width stays */
                : (capex_whole_money(work, i, high) - capex_whole_money(work, i, low)) /
                      (high - low);
        if (at_once) {
            *ret_slope_money =
                fmin(fmax(*ret_slope_money, slope_least_ratio * mean_money), mean_money);
        }
        *ret_step_money = capex_whole_money(work, i, size) - *ret_slope_money * size;
    }
}

/* What a connection that is not firm earns, whatever is drawn: for the power the utility may call, and for that power in
   each hour called. */
static void set_called(struct case_work *work, int i) {
    const struct instance *instance = &work->scenario->instances[i];
    const struct component *kind = instance->kind;
    struct flow *flow = &work->result->flow[i];
    const struct mode *import = &flow->coefficients->mode[0];
    flow->called_h = flow->called_money = 0.0;
    for (int t = 0; plan_is_grid(kind) && t < work->design_days_from; t++) {
        bool called = import->use[t] > 1.0 || !import->may_run[t];
        flow->called_h += called ? case_weight_ratio(work, t) * work->hours->step_h : 0.0;
    }
    if (!plan_is_grid(kind) || !isfinite(instance->capacity.fixed)) {
        return;
    }
    double held_kw =
        instance->capacity.fixed * (1.0 - component_number(kind, instance->self, "firm_frac", 1.0));
    flow->called_money =
        held_kw *
        (component_number(kind, instance->self, "curtail_money_kw_year", 0.0) *
             work->scenario->year_frac +
         component_number(kind, instance->self, "curtail_money_kwh", 0.0) * flow->called_h);
}

void case_set_costs(struct case_work *work, int i) {
    const struct instance *instance = &work->scenario->instances[i];
    set_called(work, i);
    struct unit_costs *costs = &work->costs[i];
    double slope_money = 0.0, step_money = 0.0, power_money = capex_second_money(work, i);
    double yearly = yearly_frac(work, i), built = instance->existing ? 0.0 : 1.0;
    if (instance->kind->capacity) {
        set_curve(work, i, &slope_money, &step_money);
    }
    costs->unit_money = slope_money * yearly;
    costs->step_money = step_money * yearly;
    costs->unit2_money = power_money * yearly;
    costs->unit_capex_money = built * slope_money;
    costs->step_capex_money = built * step_money;
    costs->unit2_capex_money = built * power_money;
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
        const struct unit_costs *costs = &work->costs[i];
        if (!work->result->flow[i].included || !instance->kind->capacity) {
            continue;
        }
        double yearly_money = case_at_once(work, i) ? 0.0 : costs->step_money;
        if (!instance->capacity.chosen && isfinite(instance->capacity.fixed)) {
            yearly_money += costs->unit_money * instance->capacity.fixed;
        }
        if (instance->kind->capacity2 && !instance->capacity2.chosen &&
            isfinite(instance->capacity2.fixed)) {
            yearly_money += costs->unit2_money * instance->capacity2.fixed;
        }
        bool grid = plan_is_grid(instance->kind);
        double tax_frac = plan_tax_leaves(scenario) ? plan_tax_frac(scenario, i) : 0.0;
        total += yearly_money * scenario->year_frac +
                 (grid && !plan_demand_leaves(scenario) ? 0.0 : charge_money(work, i)) +
                 (grid ? tax_frac * charge_money(work, i) : 0.0) -
                 (plan_demand_leaves(scenario) ? work->result->flow[i].called_money : 0.0) +
                 (case_meter_tariff(scenario, i)
                      ? case_demand_cost_ratio(work, i) * case_tariff_constant_money(work, i)
                      : 0.0);
    }
    return total;
}

/* ---- a month's peak ---- */

void plan_month_price(const struct scenario *scenario, const struct plan_calendar *calendar,
                      const double money_kw_month[12], double ret_money_kw[12]) {
    for (int month = 0; month < 12; month++) {
        ret_money_kw[month] = 0.0;
    }
    for (int s = 0; s < calendar->steps; s++) {
        int month = calendar->month[s];
        ret_money_kw[month] += money_kw_month[month] * scenario->calendar.step_h /
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
    const struct plan_calendar calendar = case_calendar(work);
    double price_money_kw[12], all = 0.0;
    flow->demand_money = 0.0;
    plan_month_price(work->scenario, &calendar, flow->coefficients->demand_money_kw_month,
                     price_money_kw);
    for (int month = 0; month < 12; month++) {
        all += price_money_kw[month];
    }
    if (work->scenario->instances[i].kind->shape != SHAPE_CONVERTER || all == 0.0) {
        return STATUS_OK;
    }
    flow->peak_kw = flow->peak_kw ? flow->peak_kw : ARENA_TAKE(work->arena, double, 12);
    flow->peak_money = flow->peak_money ? flow->peak_money : ARENA_TAKE(work->arena, double, 12);
    if (!flow->peak_kw || !flow->peak_money) {
        return STATUS_NO_MEMORY;
    }
    for (int month = 0; month < 12; month++) {
        flow->peak_kw[month] = 0.0;
    }
    for (int s = 0; s < calendar.steps; s++) {
        double *peak_kw = &flow->peak_kw[calendar.month[s]];
        *peak_kw = fmax(*peak_kw, flow->rate_kw[0][plan_calendar_like(&calendar, s)]);
    }
    for (int month = 0; month < 12; month++) {
        flow->peak_money[month] = price_money_kw[month] * flow->peak_kw[month];
        flow->demand_money += flow->peak_money[month];
    }
    return STATUS_OK;
}

static void set_capital(struct case_work *work, int i) {
    const struct instance *instance = &work->scenario->instances[i];
    const struct unit_costs *costs = &work->costs[i];
    struct flow *flow = &work->result->flow[i];
    double year_frac = work->scenario->year_frac, yearly_money = 0.0;
    flow->investment_money = 0.0;
    flow->unit_money_year = costs->unit_money;
    if (instance->kind->capacity && isfinite(flow->capacity)) {
        bool step = !case_at_once(work, i) || flow->capacity > 0.0;
        flow->investment_money +=
            costs->unit_capex_money * flow->capacity + (step ? costs->step_capex_money : 0.0);
        yearly_money += costs->unit_money * flow->capacity + (step ? costs->step_money : 0.0);
    }
    if (instance->kind->capacity2 && isfinite(flow->capacity2)) {
        flow->investment_money += costs->unit2_capex_money * flow->capacity2;
        yearly_money += costs->unit2_money * flow->capacity2;
    }
    flow->capital_money = flow->investment_money * case_annuity_frac_year(work, i) * year_frac;
    flow->fixed_money = yearly_money * year_frac - flow->capital_money + charge_money(work, i);
}

enum status case_set_money(struct case_work *work, int i) {
    struct flow *flow = &work->result->flow[i];
    const struct coefficients *c = flow->coefficients;
    enum shape shape = work->scenario->instances[i].kind->shape;
    struct sum running = {0, 0}, bought = {0, 0}, carbon = {0, 0}, marginal = {0, 0};
    bool tariff = case_meter_tariff(work->scenario, i) != NULL;
    set_capital(work, i);
    TRY(tariff ? case_tariff_money(work, i) : set_peaks(work, i));
    for (int m = 0; m < flow->modes; m++) {
        const struct mode *mode = &c->mode[shape == SHAPE_STORE ? 0 : m];
        for (int t = 0; t < work->design_days_from; t++) {
            double energy_kwh = units_energy_kwh(flow->rate_kw[m][t], work->hours->step_h,
                                                 case_weight_ratio(work, t));
            double paid_money = case_paid_money_kwh(work, i, m, t) * energy_kwh;
            sum_add(&running, paid_money);
            sum_add(&bought, m == 0 ? paid_money : 0.0);
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
