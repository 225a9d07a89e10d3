/* Carbon-free power by the hour (24/7), and what happens to sun and wind that nobody takes.

   On a meter's bus the power of a step is one mixture:
     mix = (carbon-free generation + g import + sum of s discharge) / (generation + import + discharge)
   g the grid's carbon-free share of the step, all of it for what contracts make in that step; s that of a store's content: what is charged brings the mixture of its hour, what is
   lost leaves both alike. What is exported is taken off generation and discharge in proportion. Score = sum of mix * drawn over all
   that the data centre draws: nothing is carried from hour to hour but in a store. Content begins as it ends: the steps
   are gone through twice. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "accounts/agreement.h"
#include "accounts/internal.h"
#include "base/series.h"
#include "base/units.h"

struct tracing {
    const struct accounts *accounts;
    enum plan_case kind;
    int bus;
    double *store_frac; /* by instance: carbon-free share of what a store holds */
    double *mix_frac;   /* by step */
};

static const struct flow *flow_of(const struct tracing *trace, int i) {
    return &trace->accounts->plan->cases[trace->kind].flow[i];
}

static const struct input *input_of(const struct instance *instance, const char *key) {
    const struct param *param = component_param(instance->kind, key);
    return (const struct input *)(const void *)((const char *)instance->self + param->offset);
}

/* What the instances give to the bus in a step, and how much of it is carbon-free. */
static void add_given(const struct tracing *trace, int t, double *ret_given_kw,
                      double *ret_free_kw) {
    const struct scenario *scenario = trace->accounts->scenario;
    int seller = trace->accounts->pools[trace->kind][trace->bus].seller;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        const struct flow *flow = flow_of(trace, i);
        enum origin origin = plan_origin(scenario, i);
        for (int p = 0; flow->included && p < instance->kind->ports_count; p++) {
            if (instance->port_bus[p] != trace->bus || i == seller || !flow->port_kw[p]) {
                continue;
            }
            bool out = instance->kind->ports[p].direction == FLOWS_OUT;
            double given_kw = fmax(0.0, out ? flow->port_kw[p][t] : -flow->port_kw[p][t]);
            double free_frac = instance->kind->shape == SHAPE_STORE ? trace->store_frac[i]
                               : origin == ORIGIN_CARBON_FREE || origin == ORIGIN_RENEWABLE ? 1.0
                                                                                            : 0.0;
            *ret_given_kw += given_kw;
            *ret_free_kw += free_frac * given_kw;
        }
    }
}

static void charge_stores(const struct tracing *trace, int t) {
    const struct scenario *scenario = trace->accounts->scenario;
    double step_h = trace->accounts->plan->hours->step_h;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        const struct flow *flow = flow_of(trace, i);
        if (!flow->included || instance->kind->shape != SHAPE_STORE ||
            instance->port_bus[0] != trace->bus || !(flow->level_kwh[t] > 0.0)) {
            continue;
        }
        double added_frac =
            flow->rate_kw[0][t] * flow->coefficients->charge_eff[t] * step_h / flow->level_kwh[t];
        added_frac = fmin(1.0, fmax(0.0, added_frac));
        trace->store_frac[i] += added_frac * (trace->mix_frac[t] - trace->store_frac[i]);
    }
}

static bool has_store(const struct tracing *trace) {
    const struct scenario *scenario = trace->accounts->scenario;
    bool any = false;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        any = any || (flow_of(trace, i)->included && instance->kind->shape == SHAPE_STORE &&
                      instance->port_bus[0] == trace->bus);
    }
    return any;
}

static void trace_bus(const struct tracing *trace) {
    const struct accounts *accounts = trace->accounts;
    int seller = accounts->pools[trace->kind][trace->bus].seller;
    const struct flow *grid = flow_of(trace, seller);
    const struct input *grid_free =
        input_of(&accounts->scenario->instances[seller], "carbon_free_frac");
    bool keeps = has_store(trace); /* without one no hour hangs on another */
    for (int pass = keeps ? 0 : 1; pass < 2; pass++) {
        for (int t = 0; t < accounts->plan->hours->horizon_count; t++) {
            double given_kw = 0.0, free_kw = 0.0, import_kw = grid->rate_kw[0][t];
            double exported_kw = grid->modes > 1 ? grid->rate_kw[1][t] : 0.0;
            add_given(trace, t, &given_kw, &free_kw);
            double kept_frac = given_kw > 0.0 ? 1.0 - fmin(1.0, exported_kw / given_kw) : 0.0;
            double all_kw = given_kw * kept_frac + import_kw;
            double grid_frac = input_at(grid_free, t);
            double bought_kw = account_contracted_kw(accounts, trace->kind, seller, t);
            double import_free_kw = bought_kw + grid_frac * (import_kw - bought_kw);
            trace->mix_frac[t] =
                all_kw > 0.0 ? (free_kw * kept_frac + import_free_kw) / all_kw : 0.0;
            charge_stores(trace, t);
        }
    }
}

struct drawn {
    struct sum all, free;
};

/* What the data centre draws from the bus. */
static void add_drawn(const struct tracing *trace, struct drawn *drawn) {
    const struct scenario *scenario = trace->accounts->scenario;
    const struct plan *plan = trace->accounts->plan;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        const struct flow *flow = flow_of(trace, i);
        bool inside = flow->included && plan_in_data_centre(scenario, i);
        for (int p = 0; inside && p < instance->kind->ports_count; p++) {
            const struct port *port = &instance->kind->ports[p];
            if (port->carrier != CARRIER_ELECTRICITY || port->direction != FLOWS_IN ||
                instance->port_bus[p] != trace->bus || !flow->port_kw[p]) {
                continue;
            }
            for (int t = 0; t < plan->hours->horizon_count; t++) {
                double drawn_kw = plan_weight_ratio(plan, t) * flow->port_kw[p][t];
                sum_add(&drawn->all, drawn_kw);
                sum_add(&drawn->free, drawn_kw * trace->mix_frac[t]);
            }
        }
    }
}

/* Sun, wind and other carbon-free generation: made, and left unused. */
static void add_generation(struct metrics *m, const struct accounts *accounts,
                           enum plan_case kind) {
    const struct plan *plan = accounts->plan;
    for (int i = 0; i < accounts->scenario->instances_count; i++) {
        const struct component *component = accounts->scenario->instances[i].kind;
        const struct flow *flow = &plan->cases[kind].flow[i];
        enum origin origin = plan_origin(accounts->scenario, i);
        if (!flow->included || (origin != ORIGIN_CARBON_FREE && origin != ORIGIN_RENEWABLE)) {
            continue;
        }
        m->carbon_free_made_kwh_year += account_named_port_year(plan, kind, i, "power_out");
        struct sum left = {0, 0};
        for (int t = 0; component->follows_weather && t < plan->hours->horizon_count; t++) {
            double could_kw = flow->coefficients->availability_frac[t] * flow->capacity;
            sum_add(&left, plan_weight_ratio(plan, t) * fmax(0.0, could_kw - flow->rate_kw[0][t]));
        }
        m->curtailed_kwh_year += units_energy_kwh(sum_value(&left), plan->hours->step_h, 1.0) /
                                 accounts->scenario->year_frac;
    }
}

/* Carbon of what is imported, by the hours in which it is. */
static void add_imports(struct metrics *m, const struct accounts *accounts, enum plan_case kind) {
    const struct scenario *scenario = accounts->scenario;
    const struct plan *plan = accounts->plan;
    struct sum import = {0, 0}, average = {0, 0}, marginal = {0, 0}, idle = {0, 0};
    for (int k = 0; k < scenario->meters_count; k++) {
        const struct flow *grid = &plan->cases[kind].flow[scenario->meters[k].grid];
        for (int t = 0; grid->included && t < plan->hours->horizon_count; t++) {
            const struct mode *mode = &grid->coefficients->mode[0];
            double import_kw = plan_weight_ratio(plan, t) * grid->rate_kw[0][t];
            sum_add(&import, import_kw);
            sum_add(&average, import_kw * mode->carbon_kgco2_kwh[t]);
            sum_add(&marginal, import_kw * mode->carbon_marginal_kgco2_kwh[t]);
            sum_add(&idle, mode->carbon_marginal_kgco2_kwh[t] > 0.0 ? 0.0 : import_kw);
        }
    }
    double all_kw = sum_value(&import) > 0.0 ? sum_value(&import) : (double)NAN;
    m->import_average_kgco2_kwh = sum_value(&average) / all_kw;
    m->import_marginal_kgco2_kwh = sum_value(&marginal) / all_kw;
    m->import_curtailed_kwh_year =
        units_energy_kwh(sum_value(&idle), plan->hours->step_h, 1.0) / scenario->year_frac;
}

enum status account_carbon_free(struct accounts *accounts, enum plan_case kind,
                                struct arena *arena) {
    const struct scenario *scenario = accounts->scenario;
    struct metrics *m = &accounts->metrics[kind];
    struct drawn drawn = {{0, 0}, {0, 0}};
    struct tracing trace = {.accounts = accounts, .kind = kind};
    trace.store_frac = ARENA_TAKE(arena, double, scenario->instances_count);
    trace.mix_frac = ARENA_TAKE(arena, double, accounts->plan->hours->count);
    if (!trace.store_frac || !trace.mix_frac) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < scenario->meters_count; k++) {
        trace.bus = scenario->meters[k].bus;
        if (accounts->pools[kind][trace.bus].seller >= 0) {
            trace_bus(&trace);
            add_drawn(&trace, &drawn);
        }
    }
    add_generation(m, accounts, kind);
    add_imports(m, accounts, kind);
    double to_year =
        units_energy_kwh(1.0, accounts->plan->hours->step_h, 1.0) / scenario->year_frac;
    double all_kwh_year = sum_value(&drawn.all) * to_year;
    bool traced = m->data_centre_kwh_year > 0.0 &&
                  fabs(all_kwh_year - m->data_centre_kwh_year) < 1e-6 * m->data_centre_kwh_year;
    m->carbon_free_frac = traced ? sum_value(&drawn.free) / sum_value(&drawn.all) : (double)NAN;
    double made_kwh_year = m->carbon_free_made_kwh_year;
    for (int k = 0; k < scenario->meters_count; k++) {
        made_kwh_year += account_kept_kwh_year(accounts, kind, scenario->meters[k].grid);
    }
    m->carbon_free_annual_frac =
        m->data_centre_kwh_year > 0.0 ? made_kwh_year / m->data_centre_kwh_year : (double)NAN;
    return STATUS_OK;
}
