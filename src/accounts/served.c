/* Work against carbon. What counts is the data centre's own: its power at the grid's average, and the making of servers
   that a roadmap refreshes; the town's heat is in neither. Servers that are not refreshed do the work of their IT. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/served.h"

#include <math.h>

#include "accounts/internal.h"
#include "base/series.h"
#include "components/data_hall.h"

static const struct lifetime_servers *servers_of(const struct lifetime_servers *servers, int count,
                                                 int instance) {
    for (int f = 0; f < count; f++) {
        if (servers[f].fleet->instance == instance) {
            return &servers[f];
        }
    }
    return NULL;
}

/* What an instance draws from the meters, and the carbon of that. */
static void add_power(const struct plan *plan, enum plan_case kind, int i, struct served *ret) {
    const struct scenario *scenario = plan->scenario;
    const struct instance *it = &scenario->instances[i];
    const struct case_plan *of = &plan->cases[kind];
    double to_year = plan->hours->step_h / scenario->year_frac;
    for (int p = 0; p < it->kind->ports_count; p++) {
        const double *drawn_kw = of->flow[i].port_kw[p];
        bool power = it->kind->ports[p].carrier == CARRIER_ELECTRICITY &&
                     it->kind->ports[p].direction == FLOWS_IN && drawn_kw;
        for (int m = 0; power && m < scenario->meters_count; m++) {
            const struct flow *grid = &of->flow[scenario->meters[m].grid];
            if (scenario->meters[m].bus != it->port_bus[p] || !grid->included) {
                continue;
            }
            struct sum carbon = {0, 0};
            for (int t = 0; t < plan->hours->horizon_count; t++) {
                sum_add(&carbon, drawn_kw[t] * grid->coefficients->mode[0].carbon_kgco2_kwh[t]);
            }
            ret->power_kwh_year += series_sum(drawn_kw, plan->hours->horizon_count) * to_year;
            ret->power_kg_year += sum_value(&carbon) * to_year;
        }
    }
}

static void add_hall(const struct plan *plan, enum plan_case kind, const struct hall *hall,
                     const struct lifetime_servers *servers, int k, struct served *ret) {
    const struct flow *flow = &plan->cases[kind].flow[hall->instance];
    struct hall_facts facts;
    if (!flow->included) {
        return;
    }
    data_hall_facts(plan->scenario->instances[hall->instance].self, &facts);
    ret->it_kw += flow->capacity;
    ret->work_kw += servers ? servers->served_kw[k] : flow->capacity * facts.work_ratio;
    ret->heat_kwh_year += account_named_port_year(plan, kind, hall->instance, "heat_out") +
                          account_named_port_year(plan, kind, hall->instance, "room_heat_out");
    ret->handed_kwh_year += hall->recovery < 0 || !plan->cases[kind].flow[hall->recovery].included
                                ? 0.0
                                : account_named_port_year(plan, kind, hall->recovery, "heat_out");
}

struct served served_in_stage(const struct plan *plan, enum plan_case kind,
                              const struct stages *stages, int k,
                              const struct lifetime_servers *servers, int servers_count) {
    struct served ret = {0};
    double stage_year = stages_span_year(stages, k + 1) - stages_span_year(stages, k);
    for (int h = 0; h < plan->scenario->halls_count; h++) {
        const struct hall *hall = &plan->scenario->halls[h];
        const struct lifetime_servers *of = servers_of(servers, servers_count, hall->instance);
        add_hall(plan, kind, hall, of, k, &ret);
        ret.servers_kg_year += of ? of->made_kg[k] / stage_year : 0.0;
    }
    for (int i = 0; i < plan->scenario->instances_count; i++) {
        if (plan->cases[kind].flow[i].included && plan_in_data_centre(plan->scenario, i)) {
            add_power(plan, kind, i, &ret);
        }
    }
    return ret;
}

double served_carbon_kg_kw(const struct served *served) {
    return served->work_kw > 0.0
               ? (served->power_kg_year + served->servers_kg_year) / served->work_kw
               : (double)NAN;
}
