/* The physics on the dispatch. The heat network runs with the pipe that its capacity asks for:
   losses by temperature and flow, pumping by friction. What differs from the programme's linear law
   goes back into the next round's coefficients; what is left of it in the last round, priced at the
   plan's prices, is the gap. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/series.h"
#include "components/heat_network.h"
#include "plan/internal.h"

static enum status take_simulated(struct case_work *work, int i) {
    struct flow *flow = &work->result->flow[i];
    for (int p = 0; p < work->scenario->instances[i].kind->ports_count; p++) {
        if (flow->port_kw[p] && !flow->simulated_kw[p]) {
            flow->simulated_kw[p] = ARENA_TAKE(work->arena, double, work->hours->count);
            if (!flow->simulated_kw[p]) {
                return STATUS_NO_MEMORY;
            }
        }
    }
    return STATUS_OK;
}

/* Value of a missing or extra kW at a bus over the horizon. */
static double price_at(const struct case_work *work, int bus, int t) {
    const double *price =
        bus >= 0 && work->result->price_money_kwh ? work->result->price_money_kwh[bus] : NULL;
    return price ? price[t] : 0.0;
}

static enum status simulate_network(struct case_work *work, int i) {
    const struct instance *instance = &work->scenario->instances[i];
    struct flow *flow = &work->result->flow[i];
    int power = component_port(instance->kind, "power_in");
    size_t at = (size_t)instance->port_bus[0] * (size_t)work->hours->count;
    const double *supply_c = work->result->temperature_c[0] + at,
                 *return_c = work->result->temperature_c[1] + at;
    TRY(take_simulated(work, i));
    struct sum planned_loss = {0, 0}, loss = {0, 0}, planned_pump = {0, 0}, pump = {0, 0},
               gap = {0, 0};
    for (int t = 0; t < work->design_days_from; t++) {
        double there_kw = flow->port_kw[0][t], arriving_kw = 0.0, pump_kw = 0.0;
        heat_network_state(instance->self, flow->capacity, there_kw, supply_c[t], return_c[t],
                           work->hours->ground_c[t], &arriving_kw, &pump_kw);
        flow->simulated_kw[0][t] = there_kw;
        flow->simulated_kw[1][t] = arriving_kw;
        sum_add(&planned_loss, there_kw - flow->port_kw[1][t]);
        sum_add(&loss, there_kw - arriving_kw);
        sum_add(&gap,
                price_at(work, instance->port_bus[1], t) * (flow->port_kw[1][t] - arriving_kw));
        if (power >= 0 && flow->port_kw[power]) {
            flow->simulated_kw[power][t] = pump_kw;
            sum_add(&planned_pump, flow->port_kw[power][t]);
            sum_add(&pump, pump_kw);
            sum_add(&gap, price_at(work, instance->port_bus[power], t) *
                              (pump_kw - flow->port_kw[power][t]));
        }
    }
    work->result->gap_money += sum_value(&gap) * work->hours->step_h;
    if (sum_value(&planned_loss) > 0.0 && sum_value(&loss) > 0.0) {
        work->feedback[i].standing_ratio *= sum_value(&loss) / sum_value(&planned_loss);
    }
    if (sum_value(&planned_pump) > 0.0) {
        work->feedback[i].pump_ratio *= sum_value(&pump) / sum_value(&planned_pump);
    }
    return STATUS_OK;
}

enum status case_simulate(struct case_work *work) {
    work->result->gap_money = 0.0;
    for (int i = 0; i < work->scenario->instances_count; i++) {
        struct flow *flow = &work->result->flow[i];
        bool network = strcmp(work->scenario->instances[i].kind->name, "heat_network") == 0;
        if (flow->included && network && flow->capacity > 1e-6) {
            TRY(simulate_network(work, i));
        } else { /* an earlier round may have built what this one does not */
            memset(flow->simulated_kw, 0, sizeof flow->simulated_kw);
        }
    }
    return STATUS_OK;
}
