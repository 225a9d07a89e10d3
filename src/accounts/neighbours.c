/* Sound, land, building and security. For screening: no spectrum, no ground, no wind, no tones (physics/sound.c); a square
   of land; the step in which most heat is rejected, by day as by night, since the load does not sleep. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/neighbours.h"

#include <math.h>

#include "accounts/internal.h"
#include "physics/sound.h"
#include "scenario/keys.h"

static const double seen_little_deg = 1.5,
                    seen_clearly_deg = 6.0; /* a thumb at arm's length is 2 [assumed] */

/* The largest heat that leaves the halls in a step and is not handed over: power in, less what is reused. */
static double rejected_kw(const struct accounts *accounts) {
    const struct scenario *s = accounts->scenario;
    const struct case_plan *together = &accounts->plan->cases[CASE_TOGETHER];
    double most_kw = 0.0;
    for (int t = 0; t < accounts->plan->hours->horizon_count; t++) {
        double kw = 0.0;
        for (int i = 0; i < s->instances_count; i++) {
            const struct flow *flow = &together->flow[i];
            for (int p = 0; flow->included && plan_in_data_centre(s, i) &&
                            p < s->instances[i].kind->ports_count;
                 p++) {
                const struct port *port = &s->instances[i].kind->ports[p];
                bool power = port->carrier == CARRIER_ELECTRICITY && port->direction == FLOWS_IN;
                kw += power && flow->port_kw[p] ? flow->port_kw[p][t] : 0.0;
            }
        }
        for (int h = 0; h < s->halls_count; h++) {
            int i = s->halls[h].recovery;
            int out = i >= 0 ? component_port(s->instances[i].kind, "heat_out") : -1;
            bool given = out >= 0 && together->flow[i].included && together->flow[i].port_kw[out];
            kw -= given ? together->flow[i].port_kw[out][t] : 0.0;
        }
        most_kw = fmax(most_kw, kw);
    }
    return most_kw;
}

static double it_kw(const struct accounts *accounts) {
    const struct scenario *s = accounts->scenario;
    double total_kw = 0.0;
    for (int h = 0; h < s->halls_count; h++) {
        const struct flow *flow = &accounts->plan->cases[CASE_TOGETHER].flow[s->halls[h].instance];
        total_kw += flow->included && isfinite(flow->capacity) ? flow->capacity : 0.0;
    }
    return total_kw;
}

static void set_sound(const struct accounts *accounts, struct neighbours *ret) {
    const struct scenario *s = accounts->scenario;
    double distance_m = neighbours_value(s, "distance_m");
    double barrier_db = neighbours_value(s, "barrier_db");
    ret->units_ratio = fmax(1.0, rejected_kw(accounts) / neighbours_value(s, "unit_kw"));
    double power_db = sound_sources_db(neighbours_value(s, "unit_db"), ret->units_ratio);
    ret->level_db =
        sound_level_db(power_db, distance_m, neighbours_value(s, "air_db_m"), barrier_db);
    ret->spare_day_db = neighbours_value(s, "day_db") - ret->level_db;
    ret->spare_night_db = neighbours_value(s, "night_db") - ret->level_db;
    ret->reach_m = sound_reach_m(power_db, neighbours_value(s, "night_db"), barrier_db);
}

struct neighbours account_neighbours(const struct accounts *accounts) {
    const struct scenario *s = accounts->scenario;
    struct neighbours ret = {0};
    set_sound(accounts, &ret);
    double given_m2 = site_fact_value(s, keys_find("site", "land_m2"));
    ret.land_given = isfinite(given_m2);
    ret.land_m2 = ret.land_given ? given_m2 : it_kw(accounts) * neighbours_value(s, "land_m2_kw");
    /* the fence stands around building and free strip, which are the land: four sides of a square */
    double side_m = sqrt(ret.land_m2);
    ret.fence_m = 4.0 * side_m;
    ret.fence_money = ret.fence_m * neighbours_value(s, "fence_money_m");
    ret.controls_money =
        accounts->sold_kwh_year > 0.0 ? neighbours_value(s, "controls_money") : 0.0;
    double years = neighbours_value(s, "building_month") / 12.0, mw = it_kw(accounts) / 1000.0;
    ret.workers_low_value = mw * community_value(s, "building_jobs_low_per_mw") / years;
    ret.workers_high_value = mw * community_value(s, "building_jobs_high_per_mw") / years;
    ret.angle_deg = atan(neighbours_value(s, "height_m") / neighbours_value(s, "distance_m")) *
                    180.0 / 3.14159265358979323846;
    ret.seen = isnan(ret.angle_deg)               ? SEEN_UNKNOWN
               : ret.angle_deg < seen_little_deg  ? SEEN_LITTLE
               : ret.angle_deg < seen_clearly_deg ? SEEN_CLEARLY
                                                  : SEEN_ABOVE_ALL;
    return ret;
}
