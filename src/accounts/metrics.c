/* The data centre's metrics after EN 50600-4 / ISO/IEC 30134, and the plan's figures, from the
   flows of one case.

   PUE = E_DC / E_IT              E_DC: all electricity inside the data centre's boundary, a
   utility's plant excluded ERF = E_reuse / E_DC           E_reuse: heat handed over at the boundary
   (= Q (1 - 1/COP) of a heat pump behind it) ERE = PUE (1 - ERF),  REF = E_renewable / E_DC,  CUE =
   kg CO2 of E_DC / E_IT,  WUE = water / E_IT
   All power leaves as heat: rejected = E_DC - E_reuse. Nothing behind the hand-off can raise ERF: heat that is dumped
   there, by a machine or out of a store that may be as large as one likes, is subtracted. What the pipe loses was handed
   over and counts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "accounts/internal.h"
#include "base/series.h"
#include "base/units.h"

static const struct {
    const char *key, *meaning;
    size_t offset;
} table[] = {
#define METRIC(key, meaning) {#key, meaning, offsetof(struct metrics, key)},
#include "accounts/metrics.def"
#undef METRIC
};

int metrics_count(void) { return COUNT(table); }
const char *metrics_key(int index) { return table[index].key; }
const char *metrics_meaning(int index) { return table[index].meaning; }
double metrics_value(const struct metrics *metrics, int index) {
    return *(const double *)(const void *)((const char *)metrics + table[index].offset);
}

static const double rounding_frac = 1e-12; /* of all power: less heat than this is none */

static double wasted_kwh_year(const struct plan *plan, enum plan_case kind) {
    double total_kwh = 0.0;
    for (int i = 0; i < plan->scenario->instances_count; i++) {
        total_kwh += account_port_year(plan, kind, i, plan_waste_port(plan->scenario, i));
    }
    return total_kwh;
}

/* Renewable power in what a port takes from its meter: what is made there and not exported, and the renewable share
   of imports, by the port's part of all that is taken in the step. */
static void add_renewable(struct metrics *m, const struct accounts *accounts, enum plan_case kind,
                          int i, int port) {
    const struct plan *plan = accounts->plan;
    const struct scenario *scenario = plan->scenario;
    const struct flow *flow = &plan->cases[kind].flow[i];
    int bus = scenario->instances[i].port_bus[port];
    if (!flow->included || bus < 0 || !flow->port_kw[port] ||
        accounts->pools[kind][bus].seller < 0) {
        return;
    }
    const struct pool *pool = &accounts->pools[kind][bus];
    const struct flow *grid = &plan->cases[kind].flow[pool->seller];
    struct sum all = {0, 0}, own = {0, 0};
    for (int t = 0; t < plan->hours->horizon_count; t++) {
        double made_kw = 0.0, exported_kw = grid->modes > 1 ? grid->rate_kw[1][t] : 0.0;
        for (int k = 0; k < scenario->instances_count; k++) {
            int out = component_port(scenario->instances[k].kind, "power_out");
            if (plan_origin(scenario, k) == ORIGIN_RENEWABLE &&
                plan->cases[kind].flow[k].included && scenario->instances[k].port_bus[out] == bus) {
                made_kw += plan->cases[kind].flow[k].port_kw[out][t];
            }
        }
        double own_kw = fmax(0.0, made_kw - exported_kw);
        double renewable_kw = own_kw + scenario->renewable_grid_frac * grid->rate_kw[0][t];
        double share = pool->taken_kw[t] > 0.0 ? flow->port_kw[port][t] / pool->taken_kw[t] : 0.0;
        share *= plan_weight_ratio(plan, t);
        sum_add(&all, renewable_kw * share);
        sum_add(&own, own_kw * share);
    }
    double to_year = units_energy_kwh(1.0, plan->hours->step_h, 1.0) / scenario->year_frac;
    m->renewable_kwh_year += sum_value(&all) * to_year;
    m->renewable_own_kwh_year += sum_value(&own) * to_year;
}

/* Power, renewables, water and carbon inside the boundary; what cooling takes of the power. All power leaves as heat:
   what is not handed over is rejected. Returns the carbon of its power. */
static double add_data_centre_carbon_kg_year(struct metrics *m, struct accounts *accounts,
                                             enum plan_case kind) {
    const struct plan *plan = accounts->plan;
    const struct scenario *scenario = plan->scenario;
    double carbon_kg_year = 0.0;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        if (!plan_in_data_centre(scenario, i)) {
            continue;
        }
        for (int p = 0; p < instance->kind->ports_count; p++) {
            const struct port *port = &instance->kind->ports[p];
            double flow_kwh = account_port_year(plan, kind, i, p);
            if (port->carrier == CARRIER_ELECTRICITY && port->direction == FLOWS_IN) {
                m->data_centre_kwh_year += flow_kwh;
                m->cooling_kwh_year += instance->kind->shape == SHAPE_CONVERTER ? flow_kwh : 0.0;
                carbon_kg_year += account_purchase(accounts, kind, i, p).carbon_kg_year;
                add_renewable(m, accounts, kind, i, p);
            }
            if (port->carrier == CARRIER_WATER && port->direction == FLOWS_IN) {
                m->data_centre_water_m3_year += flow_kwh;
            }
        }
    }
    for (int h = 0; h < scenario->halls_count; h++) {
        int hand_off = scenario->halls[h].recovery;
        m->reused_kwh_year +=
            hand_off >= 0 ? account_named_port_year(plan, kind, hand_off, "heat_out") : 0.0;
        account_hall(accounts, kind, &scenario->halls[h]);
    }
    m->reused_kwh_year -= wasted_kwh_year(plan, kind);
    if (m->reused_kwh_year < rounding_frac * m->data_centre_kwh_year) {
        m->reused_kwh_year = 0.0;
    }
    m->heat_rejected_kwh_year = m->data_centre_kwh_year - m->reused_kwh_year;
    return carbon_kg_year;
}

static void set_ratios(struct metrics *m, double carbon_kg_year, double power_water_m3_kwh) {
    double it_kwh = m->it_kwh_year > 0.0 ? m->it_kwh_year : (double)NAN;
    m->pue_ratio = m->data_centre_kwh_year / it_kwh;
    m->erf_ratio = m->reused_kwh_year / (it_kwh * m->pue_ratio);
    m->ere_ratio = m->pue_ratio * (1.0 - m->erf_ratio);
    m->ref_ratio = m->renewable_kwh_year / (it_kwh * m->pue_ratio);
    m->cue_kg_kwh = carbon_kg_year / it_kwh;
    m->wue_m3_kwh = m->data_centre_water_m3_year / it_kwh;
    m->indirect_water_m3_year =
        power_water_m3_kwh * (m->data_centre_kwh_year - m->renewable_own_kwh_year);
    m->wue_source_m3_kwh = (m->data_centre_water_m3_year + m->indirect_water_m3_year) / it_kwh;
    account_hall_ratios(m);
}

static void add_heat_pumps(struct metrics *m, const struct plan *plan, enum plan_case kind) {
    const struct scenario *scenario = plan->scenario;
    const struct case_plan *result = &plan->cases[kind];
    struct sum heat = {0, 0}, power = {0, 0}, source = {0, 0}, sink = {0, 0};
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        const struct flow *flow = &result->flow[i];
        bool pump = strcmp(instance->kind->name, "heat_pump") == 0 ||
                    strcmp(instance->kind->name, "booster_heat_pump") == 0;
        if (!flow->included || !pump) {
            continue;
        }
        int in = component_port(instance->kind, "heat_in"),
            out = component_port(instance->kind, "heat_out");
        int use = component_port(instance->kind, "power_in");
        size_t count = (size_t)plan->hours->count;
        const double *source_c = result->temperature_c[0] + (size_t)instance->port_bus[in] * count;
        const double *sink_c = result->temperature_c[0] + (size_t)instance->port_bus[out] * count;
        for (int t = 0; t < plan->hours->horizon_count; t++) {
            double weight = plan_weight_ratio(plan, t), heat_kw = weight * flow->port_kw[out][t];
            sum_add(&heat, heat_kw);
            sum_add(&power, weight * flow->port_kw[use][t]);
            sum_add(&source, heat_kw * source_c[t]);
            sum_add(&sink, heat_kw * sink_c[t]);
        }
    }
    double heat_kw = sum_value(&heat);
    bool runs = heat_kw > 1e-6 * plan_calendar(plan).steps && sum_value(&power) > 0.0;
    m->heat_pump_cop = runs ? heat_kw / sum_value(&power) : (double)NAN;
    m->heat_pump_source_c = runs ? sum_value(&source) / heat_kw : (double)NAN;
    m->heat_pump_sink_c = runs ? sum_value(&sink) / heat_kw : (double)NAN;
}

static void add_grid(struct metrics *m, const struct plan *plan, enum plan_case kind) {
    const struct scenario *scenario = plan->scenario;
    for (int t = 0; t < plan->hours->horizon_count; t++) {
        double import_kw = 0.0;
        for (int k = 0; k < scenario->meters_count; k++) {
            const struct flow *grid = &plan->cases[kind].flow[scenario->meters[k].grid];
            import_kw += grid->included ? grid->rate_kw[0][t] : 0.0;
        }
        m->grid_peak_kw = fmax(m->grid_peak_kw, import_kw);
    }
    for (int k = 0; k < scenario->meters_count; k++) {
        const struct flow *grid = &plan->cases[kind].flow[scenario->meters[k].grid];
        double to_year = plan->hours->step_h / scenario->year_frac;
        if (grid->included) {
            m->import_kwh_year += plan_sum_kw(plan->hours, grid->rate_kw[0]) * to_year;
            m->export_kwh_year +=
                grid->modes > 1 ? plan_sum_kw(plan->hours, grid->rate_kw[1]) * to_year : 0.0;
        }
    }
}

static void add_town(struct metrics *m, const struct plan *plan, enum plan_case kind) {
    const struct scenario *scenario = plan->scenario;
    m->heat_demand_kwh_year = account_demand_kwh_year(plan, kind);
    m->heat_delivered_kwh_year = account_recovered_delivered_kwh_year(plan, kind);
    m->heat_share_frac = m->heat_demand_kwh_year > 0.0
                             ? m->heat_delivered_kwh_year / m->heat_demand_kwh_year
                             : (double)NAN;
    if (scenario->network >= 0 && plan->cases[kind].flow[scenario->network].included) {
        int network = scenario->network;
        m->network_loss_kwh_year =
            account_port_year(plan, kind, network, 0) - account_port_year(plan, kind, network, 1);
        m->network_pump_kwh_year = account_named_port_year(plan, kind, network, "power_in");
    }
}

double account_instance_cost_money_year(const struct accounts *accounts, enum plan_case kind,
                                        int i) {
    const struct plan *plan = accounts->plan;
    const struct instance *instance = &plan->scenario->instances[i];
    const struct flow *flow = &plan->cases[kind].flow[i];
    if (!flow->included) {
        return 0.0;
    }
    double total = (flow->capital_money + flow->fixed_money + flow->running_money +
                    plan->scenario->carbon_paid_money_kg * flow->carbon_marginal_kg) /
                   plan->scenario->year_frac;
    for (int p = 0; p < instance->kind->ports_count; p++) {
        if (instance->kind->ports[p].direction == FLOWS_IN) {
            struct purchase bought = account_purchase(accounts, kind, i, p);
            total += account_purchase_money_year(&bought);
            if (instance->kind->ports[p].carrier == CARRIER_FUEL) {
                total += plan->scenario->carbon_paid_money_kg * bought.carbon_marginal_kg_year;
            }
        }
    }
    return total;
}

static double data_centre_cost_money_year(const struct accounts *accounts, enum plan_case kind) {
    double total = 0.0;
    for (int i = 0; i < accounts->scenario->instances_count; i++) {
        total += plan_in_data_centre(accounts->scenario, i)
                     ? account_instance_cost_money_year(accounts, kind, i)
                     : 0.0;
    }
    return total;
}

/* Does heat come out of a power plant? What it costs alone nobody can say: power and heat are made for one price. */
static bool heat_comes_with_power(const struct plan *plan, enum plan_case kind) {
    for (int i = 0; i < plan->scenario->instances_count; i++) {
        if (plan->scenario->instances[i].kind->origin != ORIGIN_NONE &&
            account_named_port_year(plan, kind, i, "heat_out") > 1.0) {
            return true;
        }
    }
    return false;
}

static void add_heat_cost(struct metrics *m, const struct accounts *accounts, enum plan_case kind) {
    const struct scenario *scenario = accounts->scenario;
    double all_money = 0.0, chain_money = 0.0, hall_money = 0.0;
    if (kind == CASE_TOGETHER) {
        hall_money = data_centre_cost_money_year(accounts, CASE_TOGETHER) -
                     data_centre_cost_money_year(accounts, CASE_APART);
    }
    bool delivers = m->heat_delivered_kwh_year > 1.0;
    bool cold_alone = !delivers && account_cold_recovered_kwh_year(accounts->plan, kind) > 1.0;
    account_cold_metrics(m, accounts, kind, cold_alone ? hall_money : 0.0);
    hall_money = cold_alone ? 0.0 : hall_money;
    if (heat_comes_with_power(accounts->plan, kind)) {
        m->heat_cost_money_kwh = m->heat_chain_money_kwh = m->recovered_heat_cost_money_kwh =
            (double)NAN;
        return;
    }
    for (int i = 0; i < scenario->instances_count; i++) {
        if (!account_is_heat_plant(scenario, i)) {
            continue;
        }
        double money = account_instance_cost_money_year(accounts, kind, i);
        bool chain = scenario->instances[i].kind->integration || plan_uses_recovery(scenario, i);
        all_money += money;
        chain_money += chain ? money : 0.0;
    }
    m->heat_cost_money_kwh = m->heat_demand_kwh_year > 0.0
                                 ? (all_money + hall_money) / m->heat_demand_kwh_year
                                 : (double)NAN;
    m->heat_chain_money_kwh = delivers ? chain_money / m->heat_delivered_kwh_year : (double)NAN;
    m->recovered_heat_cost_money_kwh =
        delivers ? (chain_money + hall_money) / m->heat_delivered_kwh_year : (double)NAN;
}

/* Carbon, fuel and water of everybody. */
static void add_all(struct metrics *m, const struct plan *plan, enum plan_case kind) {
    const struct scenario *scenario = plan->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct component *kind_of = scenario->instances[i].kind;
        const struct flow *flow = &plan->cases[kind].flow[i];
        if (!flow->included) {
            continue;
        }
        double carbon_kg_year = flow->carbon_kg / scenario->year_frac;
        double sold = account_port_year(plan, kind, i, kind_of->reference_port);
        m->carbon_average_kg_year += carbon_kg_year;
        m->carbon_marginal_kg_year += flow->carbon_marginal_kg / scenario->year_frac;
        m->carbon_on_site_kg_year += plan_is_grid(kind_of) ? 0.0 : carbon_kg_year;
        m->fuel_kwh_year += strcmp(kind_of->name, "fuel_supply") == 0 ? sold : 0.0;
        m->water_m3_year += strcmp(kind_of->name, "water_supply") == 0 ? sold : 0.0;
    }
}

void account_metrics(struct accounts *accounts, enum plan_case kind) {
    const struct plan *plan = accounts->plan;
    struct metrics *m = &accounts->metrics[kind];
    const struct ledger *ledger = &accounts->ledger[kind];
    set_ratios(m, add_data_centre_carbon_kg_year(m, accounts, kind),
               inventory_value(plan->scenario, "power_water_m3_kwh"));
    add_heat_pumps(m, plan, kind);
    add_grid(m, plan, kind);
    add_town(m, plan, kind);
    add_heat_cost(m, accounts, kind);
    add_all(m, plan, kind);
    m->service_money_kwh = m->service_kwh_year > 0.0
                               ? data_centre_cost_money_year(accounts, kind) / m->service_kwh_year
                               : (double)NAN;
    m->heat_bill_money_year = -ledger->net_money_year[PARTY_HEAT_CUSTOMERS];
    m->cost_money_year = plan->cases[kind].objective_money / plan->scenario->year_frac;
    for (int r = 0; r < ledger->resources_count; r++) {
        m->society_money_year += ledger->resources[r].money_year;
    }
}
