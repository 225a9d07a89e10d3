/* Heat exchanger between two heat buses: passes heat from hotter to colder, one for one.

   reaches         T_p = supply of the hot side - approach
   passes it on    where T_p >= T_s, the supply of the cold side
   preheats        where T_r + 1 K <= T_p < T_s:  share = (T_p - T_r)/(T_s - T_r) of the water's way from its return T_r;
                   per kW of it others on the bus lift (1 - share)/share kW
   The cold side's flow follows the load, so its return needs no condition of its own. As the
   hand-over of a data centre it declares the temperatures of the recovery bus (declared_supply_c,
   declared_dt_dk). Pumping: pump_kw_kw. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/heat_exchanger.h"

#include "components/plant.h"
#include "physics/exchanger.h"

struct heat_exchanger {
    double capacity_kw, approach_dk, pump_kw_kw, declared_supply_c, declared_dt_dk, capex_money_kw,
        fom_frac_year, life_year;
    bool preheat;
};
enum { HEAT_IN, HEAT_OUT, POWER_IN, PORTS };

static const double preheat_least_dk = 1.0; /* less is not worth its pumping */

static const struct param params[] = {
    PARAM(heat_exchanger, capacity_kw, REQUIRED, 0.0, 1e6, "user", "Heat passed at full load."),
    PARAM(heat_exchanger, approach_dk, 3.0, 0.5, 15.0,
          "plate exchanger 2-5 K, recalled, unverified",
          "Smallest difference between the hot supply and the cold supply."),
    PARAM_YES(heat_exchanger, preheat, true, "assumed: piped in series with what lifts",
              "Warms the return part of the way where it cannot reach the supply and others lift."),
    PARAM(heat_exchanger, pump_kw_kw, 0.0, 0.0, 0.1, "in the networks on both sides",
          "Pumping per kW of heat."),
    PARAM(heat_exchanger, declared_supply_c, NOT_GIVEN, 5.0, 120.0, "user",
          "Supply of the bus it hands over to."),
    PARAM(heat_exchanger, declared_dt_dk, 6.0, 1.0, 60.0, "source cooled by 6 K [read PYPSA]",
          "Supply less return of that bus."),
    PARAM(heat_exchanger, capex_money_kw, NOT_GIVEN, 0.0, 5000.0, "catalogue",
          "Investment per kW of heat."),
    PARAM(heat_exchanger, fom_frac_year, 0.01, 0.0, 0.3, "assumed",
          "Fixed upkeep per year, of the investment."),
    PARAM(heat_exchanger, life_year, 25.0, 5.0, 60.0, "recalled, unverified", "Technical life."),
};
static const struct port ports[PORTS] = {
    [HEAT_IN] = {.name = "heat_in",
                 .carrier = CARRIER_HEAT,
                 .direction = FLOWS_IN,
                 .side = SIDE_RECOVERY,
                 .meaning = "heat taken from the hot side"},
    [HEAT_OUT] = {.name = "heat_out",
                  .carrier = CARRIER_HEAT,
                  .direction = FLOWS_OUT,
                  .side = SIDE_PLANT,
                  .sets_temperature = true,
                  .meaning = "heat given to the cold side"},
    [POWER_IN] = {.name = "power_in",
                  .carrier = CARRIER_ELECTRICITY,
                  .direction = FLOWS_IN,
                  .side = SIDE_METER,
                  .optional = true,
                  .meaning = "pumping"},
};

/* Share of the water's way that it brings; 0: it stands still. */
static double share_at(const struct heat_exchanger *exchanger, double hot_c, double supply_c,
                       double return_c) {
    double reached_c = hot_c - exchanger->approach_dk;
    if (reached_c >= supply_c - 1e-9) {
        return 1.0;
    }
    bool preheats = exchanger->preheat && reached_c >= return_c + preheat_least_dk;
    return preheats ? exchanger_preheat_frac(hot_c, supply_c, return_c, exchanger->approach_dk)
                    : 0.0;
}

double heat_exchanger_preheat_c(const void *self, double hot_c, double supply_c, double return_c) {
    const struct heat_exchanger *exchanger = self;
    double share_frac = share_at(exchanger, hot_c, supply_c, return_c);
    return share_frac > 0.0 && share_frac < 1.0 ? hot_c - exchanger->approach_dk : (double)NAN;
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct heat_exchanger *exchanger = self;
    const struct port_temperatures *hot = &hours->port[HEAT_IN], *cold = &hours->port[HEAT_OUT];
    struct mode *mode = &ret->mode[0];
    for (int t = 0; t < hours->count; t++) {
        double share_frac = hot->supply_c && cold->supply_c
                                ? share_at(exchanger, hot->supply_c[t], cold->supply_c[t],
                                           cold->return_c ? cold->return_c[t] : cold->supply_c[t])
                                : 1.0;
        mode->port[HEAT_IN][t] = 1.0;
        mode->port[HEAT_OUT][t] = 1.0;
        mode->port[POWER_IN][t] = hours->wired[POWER_IN] ? exchanger->pump_kw_kw : 0.0;
        mode->may_run[t] = share_frac > 0.0;
        mode->lifts_kw_kw[t] = share_frac >= 1.0  ? 1.0
                               : share_frac > 0.0 ? -(1.0 - share_frac) / share_frac
                                                  : 0.0;
    }
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct heat_exchanger *exchanger = self;
    (void)port;
    for (int t = 0; t < hours->count; t++) {
        ret_supply_c[t] = exchanger->declared_supply_c;
        ret_return_c[t] = exchanger->declared_supply_c - exchanger->declared_dt_dk;
    }
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct heat_exchanger *exchanger = self;
    if (exchanger->declared_supply_c - exchanger->declared_dt_dk < 1.0) {
        diag_error(diag, place, "the declared return is below 1 degC: water would freeze");
        diag_remedy(diag, "raise declared_supply_c or lower declared_dt_dk");
    }
}

const struct component component_heat_exchanger = {
    .name = "heat_exchanger",
    .title = "Heat exchanger",
    .summary = "Passes heat from a hotter to a colder circuit.",
    .shape = SHAPE_CONVERTER,
    .reference_port = HEAT_OUT,
    .size = sizeof(struct heat_exchanger),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"heat"},
    .integration = true,
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost =
        {"EUR",
         2015,
         {{300.0, 265.0}, {1000.0, 100.0}},
         2,
         "DEA exchanger station 265 kEUR/MW below 1 MW, 100 above [read DEA]; joined from 300 kW"},
    .validity = "Water to water, approach 2 to 15 K.",
    .references = "DEA, transmission stations",
    .coefficients = coefficients,
    .temperatures = temperatures,
    .check = check,
};
