/* What a plan reaches of each requirement, from its flows alone: the same quantities that require.c writes as rows. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/series.h"
#include "plan/internal.h"

struct seen {
    const struct scenario *scenario;
    const struct hours *hours;
    const struct case_plan *result;
};

/* kWh over the horizon (m3 at a water port). */
static double port_kwh(const struct seen *seen, int i, int p) {
    const struct flow *flow = &seen->result->flow[i];
    return p >= 0 && flow->included && flow->port_kw[p]
               ? plan_sum_kw(seen->hours, flow->port_kw[p]) * seen->hours->step_h
               : 0.0;
}

static double named_kwh(const struct seen *seen, int i, const char *port) {
    return port_kwh(seen, i, component_port(seen->scenario->instances[i].kind, port));
}

static double kind_kwh(const struct seen *seen, const char *kind, const char *port) {
    double total_kwh = 0.0;
    for (int i = 0; i < seen->scenario->instances_count; i++) {
        if (strcmp(seen->scenario->instances[i].kind->name, kind) == 0) {
            total_kwh += named_kwh(seen, i, port);
        }
    }
    return total_kwh;
}

static double consumption_kwh(const struct seen *seen, bool data_centre_only) {
    double total_kwh = 0.0;
    for (int i = 0; i < seen->scenario->instances_count; i++) {
        const struct component *kind = seen->scenario->instances[i].kind;
        for (int p = 0; p < kind->ports_count; p++) {
            if (kind->ports[p].carrier == CARRIER_ELECTRICITY &&
                kind->ports[p].direction == FLOWS_IN &&
                (!data_centre_only || plan_in_data_centre(seen->scenario, i))) {
                total_kwh += port_kwh(seen, i, p);
            }
        }
    }
    return total_kwh;
}

static double wasted_kwh(const struct seen *seen) {
    double total_kwh = 0.0;
    for (int i = 0; i < seen->scenario->instances_count; i++) {
        total_kwh += port_kwh(seen, i, plan_waste_port(seen->scenario, i));
    }
    return total_kwh;
}

static double reuse_frac(const struct seen *seen) {
    double reused_kwh = 0.0;
    for (int h = 0; h < seen->scenario->halls_count; h++) {
        int i = seen->scenario->halls[h].recovery;
        reused_kwh += i >= 0 ? named_kwh(seen, i, "heat_out") : 0.0;
    }
    return (reused_kwh - wasted_kwh(seen)) / consumption_kwh(seen, true);
}

static double heat_share_frac(const struct seen *seen) {
    double made_kwh = 0.0, needed_kwh = 0.0;
    for (int i = 0; i < seen->scenario->instances_count; i++) {
        made_kwh += plan_uses_recovery(seen->scenario, i) ? named_kwh(seen, i, "heat_out") : 0.0;
    }
    if (seen->scenario->network >= 0) {
        made_kwh -=
            port_kwh(seen, seen->scenario->network, 0) - port_kwh(seen, seen->scenario->network, 1);
    }
    for (int k = 0; k < seen->scenario->towns_count; k++) {
        needed_kwh += named_kwh(seen, seen->scenario->towns[k].instance, "heat_in");
    }
    return (made_kwh - wasted_kwh(seen)) / needed_kwh;
}

static double generated_kwh(const struct seen *seen, bool renewable) {
    double total_kwh = 0.0;
    for (int i = 0; i < seen->scenario->instances_count; i++) {
        enum origin origin = plan_origin(seen->scenario, i);
        bool counts = renewable ? origin == ORIGIN_RENEWABLE : origin != ORIGIN_NONE;
        total_kwh += counts ? named_kwh(seen, i, "power_out") : 0.0;
    }
    return total_kwh;
}

static double power_share_frac(const struct seen *seen, bool renewable, double grid_frac) {
    double own_kwh = generated_kwh(seen, renewable);
    for (int m = 0; m < seen->scenario->meters_count; m++) {
        const struct flow *grid = &seen->result->flow[seen->scenario->meters[m].grid];
        const double factor_ratio[2] = {grid_frac, -1.0};
        for (int k = 0; grid->included && k < grid->modes && k < COUNT(factor_ratio); k++) {
            own_kwh +=
                factor_ratio[k] * seen->hours->step_h * plan_sum_kw(seen->hours, grid->rate_kw[k]);
        }
    }
    return own_kwh / consumption_kwh(seen, false);
}

static double grid_peak_kw(const struct seen *seen) {
    double peak_kw = 0.0;
    for (int t = 0; t < seen->hours->horizon_count; t++) {
        double import_kw = 0.0;
        for (int m = 0; m < seen->scenario->meters_count; m++) {
            const struct flow *grid = &seen->result->flow[seen->scenario->meters[m].grid];
            import_kw += grid->included ? grid->rate_kw[0][t] : 0.0;
        }
        peak_kw = fmax(peak_kw, import_kw);
    }
    return peak_kw;
}

static double carbon_kg(const struct seen *seen) {
    struct sum sum = {0, 0};
    for (int i = 0; i < seen->scenario->instances_count; i++) {
        sum_add(&sum, seen->result->flow[i].included ? seen->result->flow[i].carbon_kg : 0.0);
    }
    return sum_value(&sum);
}

double plan_requirement_value(const struct scenario *scenario, const struct hours *hours,
                              const struct case_plan *result, const char *key) {
    const struct seen seen = {scenario, hours, result};
    if (strcmp(key, "energy_reuse_factor") == 0) {
        return reuse_frac(&seen);
    }
    if (strcmp(key, "heat_share_frac") == 0) {
        return heat_share_frac(&seen);
    }
    if (strcmp(key, "carbon_max_kgco2_year") == 0) {
        return carbon_kg(&seen) / scenario->year_frac;
    }
    if (strcmp(key, "water_max_m3_year") == 0) {
        return kind_kwh(&seen, "water_supply", "water_out") / scenario->year_frac;
    }
    if (strcmp(key, "grid_peak_max_kw") == 0) {
        return grid_peak_kw(&seen);
    }
    if (strcmp(key, "renewable_frac") == 0) {
        return power_share_frac(&seen, true, scenario->renewable_grid_frac);
    }
    return strcmp(key, "self_supply_frac") == 0 ? power_share_frac(&seen, false, 0.0) : (double)NAN;
}
