/* A hall in the sun, whose plans are computed by hand. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLAN_SUN_H
#define TESTS_PLAN_SUN_H

#include "plan/held.h"
#include "plan/small.h"

/* A hall on a day in June, power at 0.1 a kWh with 0.4 kg; two fields of photovoltaics, of which a kW costs so much a year
   more than the power it saves. */
struct sun {
    double year_kwh_kw, kg_kw; /* of a kW, in a year */
    double hall_kwh;           /* drawn in a year without them */
    double capex_money_kw[2];
};

static inline const char *sun_text(char text[2048], const struct sun *sun, const char *near,
                                   const char *more) {
    (void)snprintf(
        text, 2048,
        "hearth: 1\nname: hand\nplace: {climate: seattle, ground_c: 11}\n"
        "money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 20}\n"
        "horizon: {from: 2024-06-21, days: 1}\n"
        "electricity:\n  data_centre: {energy_money_kwh: 0.1}\n"
        "  carbon: {average_kgco2_kwh: 0.4, marginal_kgco2_kwh: 0.4}\n"
        "data_centre:\n  - {name: hall, it_kw: 1000, load: flat,\n"
        "     cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0.1, capex_money_kw: 0}}\n"
        "plant:\n"
        "  near: {kind: pv, capacity_kw: %s, capex_money_kw: %.17g, fom_frac_year: 0, life_year: "
        "25, owner: operator}\n"
        "  far: {kind: pv, capacity_kw: {choose: {max: 50}}, capex_money_kw: %.17g, fom_frac_year: "
        "0, life_year: 25, owner: operator}\n%s",
        near, sun->capex_money_kw[0], sun->capex_money_kw[1], more);
    return text;
}

static const char sun_choose[] = "{choose: {max: 100}}";

static inline struct sun sun_of(double near_money, double far_money) {
    const double grown_ratio = pow(1.05, 25.0);
    const double annuity_frac = 0.05 * grown_ratio / (grown_ratio - 1.0);
    struct sun sun = {.capex_money_kw = {5000.0, 5000.0}};
    char text[2048];
    struct small probe = small_solve(sun_text(text, &sun, sun_choose, ""));
    const struct case_plan *together = &probe.plan->cases[CASE_TOGETHER];
    int i = small_instance(&probe, "near"), grid = probe.scenario->meters[0].grid;
    const struct coefficients *c = together->flow[i].coefficients;
    int out = component_port(probe.scenario->instances[i].kind, "power_out");
    for (int t = 0; t < 24; t++) {
        sun.year_kwh_kw += 366.0 * c->availability_frac[t] * c->mode[0].port[out][t];
        sun.hall_kwh += 366.0 * together->flow[grid].rate_kw[0][t];
    }
    small_free(&probe);
    sun.kg_kw = 0.4 * sun.year_kwh_kw;
    sun.capex_money_kw[0] = (near_money + 0.1 * sun.year_kwh_kw) / annuity_frac;
    sun.capex_money_kw[1] = (far_money + 0.1 * sun.year_kwh_kw) / annuity_frac;
    return sun;
}

static inline int measure_of(const struct held *held, const char *key, struct arena *arena) {
    for (int m = 0; m < held->measures_count; m++) {
        if (strcmp(held_measure_key(held, m, arena), key) == 0) {
            return m;
        }
    }
    fail();
    return -1;
}

#endif
