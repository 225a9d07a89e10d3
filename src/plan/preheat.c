/* Preheating: where recovered heat is cooler than a bus's supply, an exchanger warms the return part of the way and other
   plant of the bus lifts the rest. Per kW preheated others lift (1 - share)/share kW, share by the exchanger's law:

     sum over the bus's modes of lifts * rate >= 0      one row per bus and step

   A boiler's heat counts whole, a heat pump's in its mode lift, whose sink begins at the preheated water. Where several
   exchangers preheat a bus, heat pumps begin at the warmest of them, which is the cautious COP. A substation passes heat
   on or rests: a building's own plant heats its own water. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "components/heat_exchanger.h"
#include "plan/internal.h"

static bool preheats(const struct case_work *work, int i) {
    const struct instance *instance = &work->scenario->instances[i];
    return work->result->flow[i].included && instance->town < 0 &&
           strcmp(instance->kind->name, "heat_exchanger") == 0;
}

static int heat_bus(const struct scenario *scenario, int i) {
    int out = component_port(scenario->instances[i].kind, "heat_out");
    return out >= 0 ? scenario->instances[i].port_bus[out] : -1;
}

/* Is anything on the bus that lifts? */
static bool has_lifter(const struct case_work *work, int bus) {
    const struct scenario *scenario = work->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        int out = component_port(instance->kind, "heat_out");
        if (work->result->flow[i].included && out >= 0 && instance->port_bus[out] == bus &&
            instance->kind->ports[out].lifts_preheated) {
            return true;
        }
    }
    return false;
}

static const double *bus_c(const struct case_work *work, int bus, int side) {
    return work->result->temperature_c[side] + (size_t)bus * (size_t)work->hours->count;
}

/* The warmest that its exchangers make of the return of a bus; false: none of them preheats in any step. */
static bool warmest_c(const struct case_work *work, int bus, double *ret_c) {
    const struct scenario *scenario = work->scenario;
    bool any = false;
    for (int t = 0; t < work->hours->count; t++) {
        ret_c[t] = (double)NAN;
    }
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        int in = component_port(instance->kind, "heat_in");
        if (!preheats(work, i) || heat_bus(scenario, i) != bus || instance->port_bus[in] < 0) {
            continue;
        }
        const double *hot_c = bus_c(work, instance->port_bus[in], 0);
        for (int t = 0; t < work->hours->count; t++) {
            double reached_c = heat_exchanger_preheat_c(
                instance->self, hot_c[t], bus_c(work, bus, 0)[t], bus_c(work, bus, 1)[t]);
            ret_c[t] = fmax(ret_c[t], reached_c); /* fmax leaves NaN aside */
            any = any || !isnan(reached_c);
        }
    }
    return any;
}

enum status preheat_temperatures(struct case_work *work) {
    const struct scenario *scenario = work->scenario;
    double *spare = NULL;
    for (int b = 0; b < scenario->buses_count; b++) {
        bool may = work->bus_alive[b] && scenario->buses[b].temperature_instance >= 0 &&
                   has_lifter(work, b);
        double *reached_c = work->preheat_c[b] ? work->preheat_c[b] : spare;
        if (may && !reached_c) {
            reached_c = spare = ARENA_TAKE(work->arena, double, work->hours->count);
            TRY(spare ? STATUS_OK : STATUS_NO_MEMORY);
        }
        bool found = may && warmest_c(work, b, reached_c);
        spare = found && reached_c == spare ? NULL : spare;
        work->preheat_c[b] = found ? reached_c : NULL;
    }
    return STATUS_OK;
}

void preheat_mask(const struct case_work *work, int i, struct coefficients *c) {
    int bus = heat_bus(work->scenario, i);
    bool helped = bus >= 0 && work->preheat_c[bus] && preheats(work, i);
    for (int t = 0; !helped && t < c->count; t++) {
        for (int m = 0; m < c->modes; m++) {
            if (c->mode[m].lifts_kw_kw[t] < 0.0) {
                c->mode[m].may_run[t] = false;
                c->mode[m].lifts_kw_kw[t] = 0.0;
            }
        }
    }
}

/* The modes of an instance lift, or ask for lifting, on this bus. */
static bool takes_part(const struct case_work *work, int i, int bus) {
    const struct component *kind = work->scenario->instances[i].kind;
    return work->result->flow[i].included && heat_bus(work->scenario, i) == bus &&
           (kind->shape == SHAPE_SOURCE || kind->shape == SHAPE_CONVERTER);
}

enum status preheat_rows(struct case_work *work, struct programme_builder *builder,
                         struct arena *arena) {
    const struct scenario *scenario = work->scenario;
    for (int b = 0; b < scenario->buses_count; b++) {
        work->preheat_row[b] = -1;
        if (!work->preheat_c[b]) {
            continue;
        }
        struct programme_row row = {arena_format(arena, "%s.preheat", scenario->buses[b].name),
                                    programme_constant(builder, 0.0),
                                    programme_constant(builder, HUGE_VAL), 0, false};
        work->preheat_row[b] = programme_add_row(builder, work->block, row);
        for (int i = 0; i < scenario->instances_count; i++) {
            const struct coefficients *c = work->result->flow[i].coefficients;
            for (int m = 0; takes_part(work, i, b) && m < c->modes; m++) {
                struct numbers lifts =
                    plan_scaled(builder, arena, c->mode[m].lifts_kw_kw, c->count, 1.0);
                if (lifts.value) {
                    programme_add_entry(builder, work->block, work->preheat_row[b], IN_STEP,
                                        work->layout[i].column[m], lifts);
                }
            }
        }
    }
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status preheat_prices(struct case_work *work, const struct programme *programme) {
    struct case_plan *result = work->result;
    int buses = work->scenario->buses_count;
    if (!result->lift_money_kwh) {
        result->lift_money_kwh = ARENA_TAKE(work->arena, double *, buses);
        TRY(result->lift_money_kwh ? STATUS_OK : STATUS_NO_MEMORY);
    }
    for (int b = 0; b < buses; b++) {
        if (work->preheat_row[b] < 0) {
            result->lift_money_kwh[b] = NULL;
            continue;
        }
        if (!result->lift_money_kwh[b]) {
            result->lift_money_kwh[b] = ARENA_TAKE(work->arena, double, work->hours->count);
            TRY(result->lift_money_kwh[b] ? STATUS_OK : STATUS_NO_MEMORY);
        }
        for (int t = 0; t < work->hours->count; t++) {
            long row = programme_at_row(programme, work->block, work->preheat_row[b], t);
            result->lift_money_kwh[b][t] =
                result->outcome.y[row] / work->hours->step_h / work->weight_ratio;
        }
    }
    return STATUS_OK;
}

double plan_lift_money_h(const struct scenario *scenario, const struct case_plan *plan,
                         int instance, int mode, int step) {
    int bus = heat_bus(scenario, instance);
    const double *worth = bus >= 0 && plan->lift_money_kwh ? plan->lift_money_kwh[bus] : NULL;
    return worth ? worth[step] * plan->flow[instance].coefficients->mode[mode].lifts_kw_kw[step]
                 : 0.0;
}

double preheat_residual_ratio(const struct case_work *work) {
    double worst_ratio = 0.0;
    for (int b = 0; b < work->scenario->buses_count; b++) {
        for (int t = 0; work->preheat_c[b] && t < work->hours->count; t++) {
            double lifted_kw = 0.0, asked_kw = 0.0;
            for (int i = 0; i < work->scenario->instances_count; i++) {
                const struct flow *flow = &work->result->flow[i];
                for (int m = 0; takes_part(work, i, b) && m < flow->modes; m++) {
                    double kw = flow->coefficients->mode[m].lifts_kw_kw[t] * flow->rate_kw[m][t];
                    *(kw > 0.0 ? &lifted_kw : &asked_kw) += fabs(kw);
                }
            }
            worst_ratio = fmax(worst_ratio, (asked_kw - lifted_kw) / fmax(1.0, asked_kw));
        }
    }
    return worst_ratio;
}
