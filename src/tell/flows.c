/* Where the energy of the plan goes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/flows.h"

#include <math.h>
#include <string.h>

#include "tell/chart.h"
#include "tell/figures.h"

static double port_kwh(const struct accounts *a, int instance, int port) {
    for (int k = 0; k < a->energy_count[CASE_TOGETHER]; k++) {
        const struct energy_row *row = &a->energy[CASE_TOGETHER][k];
        if (row->instance == instance && row->port == port) {
            return row->kwh_year * figures_period(a);
        }
    }
    return 0.0;
}

/* Power into the machines on recovered heat; name and temperatures of the largest. */
static void read_plant(const struct accounts *a, struct arena *arena, struct flows *ret) {
    const struct scenario *s = a->scenario;
    const struct case_plan *c = &a->plan->cases[CASE_TOGETHER];
    double largest_kwh = 0.0;
    ret->recovered_c = ret->plant_c = (double)NAN;
    ret->plant_name = "Heat plant";
    for (int i = 0; i < s->instances_count; i++) {
        const struct instance *it = &s->instances[i];
        if (!c->flow[i].included || !plan_uses_recovery(s, i)) {
            continue;
        }
        int in = component_port(it->kind, "heat_in"), out = component_port(it->kind, "heat_out");
        int power = component_port(it->kind, "power_in");
        int cold = out < 0 ? component_port(it->kind, "cold_out") : -1;
        out = cold >= 0 ? cold : out;
        ret->plant_power_kwh += port_kwh(a, i, power);
        double given_kwh = port_kwh(a, i, out);
        if (cold >= 0) {
            ret->driving_kwh += port_kwh(a, i, in) + port_kwh(a, i, power);
            ret->cold_kwh += given_kwh;
        }
        if (in >= 0 && out >= 0 && given_kwh > largest_kwh) {
            largest_kwh = given_kwh;
            ret->plant_name = chart_name(a, i, arena);
            ret->recovered_c = chart_mean_c(a, it->port_bus[in], c->flow[i].port_kw[in]);
            ret->plant_c = chart_mean_c(a, it->port_bus[out], c->flow[i].port_kw[out]);
        }
    }
}

static void read_town(const struct accounts *a, struct flows *ret) {
    const struct scenario *s = a->scenario;
    int others = 0;
    ret->other_name = "Other shared plant";
    for (int k = 0; k < ret->layers.count; k++) {
        const struct layer *layer = &ret->layers.layer[k];
        ret->arriving_kwh += layer->shared ? layer->kwh : 0.0;
        if (layer->shared && !layer->store && !plan_uses_recovery(s, layer->instance)) {
            int out = component_port(s->instances[layer->instance].kind, "heat_out");
            ret->other_heat_kwh += port_kwh(a, layer->instance, out);
            ret->other_name = others++ ? "Other shared plant" : layer->name;
        }
    }
    ret->need_kwh = ret->layers.need_kwh;
    ret->own_kwh = fmax(0.0, ret->need_kwh - ret->arriving_kwh);
    ret->lost_kwh = fmax(0.0, ret->recovered_kwh + ret->plant_power_kwh + ret->other_heat_kwh -
                                  ret->arriving_kwh - ret->driving_kwh);
}

enum status flows_make(const struct accounts *accounts, struct arena *arena, struct flows *ret) {
    const struct metrics *m = &accounts->metrics[CASE_TOGETHER];
    double period = figures_period(accounts);
    struct layers *apart = ARENA_TAKE(arena, struct layers, 1);
    memset(ret, 0, sizeof *ret);
    if (!apart) {
        return STATUS_NO_MEMORY;
    }
    TRY(layers_make(accounts, CASE_TOGETHER, arena, &ret->layers));
    TRY(layers_make(accounts, CASE_APART, arena, apart));
    ret->town = chart_town(accounts, arena);
    ret->power_kwh = m->data_centre_kwh_year * period;
    ret->it_kwh = m->it_kwh_year * period;
    ret->gear_kwh = fmax(0.0, ret->power_kwh - ret->it_kwh);
    ret->recovered_kwh = fmin(m->reused_kwh_year * period, ret->power_kwh);
    ret->sky_kwh = ret->power_kwh - ret->recovered_kwh;
    ret->pumping_kwh = m->network_pump_kwh_year * period;
    ret->own_apart_kwh = apart->need_kwh;
    ret->delivered_kwh = m->heat_delivered_kwh_year * period;
    read_plant(accounts, arena, ret);
    read_town(accounts, ret);
    return STATUS_OK;
}
