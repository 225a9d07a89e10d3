/* Wind turbine: kW per kW of its rating, hour by hour, from the weather's wind or from measured speeds.

   speed at the hub by the power law -> rotor's power at the air's density, a cube up to the rating
   (physics/wind.c) -> less losses. Pressure falls with the hub's height by 12 Pa/m. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/wind.h"

#include "components/plant.h"
#include "physics/air.h"

struct wind {
    double capacity_kw, hub_m, measured_m, exponent_ratio, specific_kw_m2, power_ratio, cut_in_m_s,
        cut_out_m_s, loss_frac, capex_money_kw, fom_frac_year, vom_money_kwh, life_year,
        life_cycle_kgco2_kwh;
    struct input speed_m_s;
};
enum { POWER_OUT, PORTS };

static const struct param params[] = {
    PARAM(wind, capacity_kw, REQUIRED, 0.0, 1e7, "user", "Rated power."),
    PARAM(wind, hub_m, 100.0, 10.0, 200.0, "assumed: onshore turbines of today",
          "Height of the hub."),
    PARAM(wind, measured_m, 10.0, 1.0, 200.0, "WMO: weather files give the wind at 10 m",
          "Height of the speeds that are given."),
    PARAM(wind, exponent_ratio, 0.14285714285714285, 0.0, 0.6,
          "open land, Justus and Mikhail 1976; 0.2 and more over towns",
          "Exponent of the power law between the two heights."),
    PARAM(wind, specific_kw_m2, 0.21045, 0.1, 0.8, "NREL 2000 kW, 110 m rotor [read REOPT]",
          "Rating per area of the rotor."),
    PARAM(wind, power_ratio, 0.4461, 0.2, 0.593, "gives NREL's 2000 kW curve [computed from REOPT]",
          "Electric power over that of the wind through the rotor."),
    PARAM(wind, cut_in_m_s, 3.0, 0.0, 6.0, "NREL 2000 kW [read REOPT]", "Turns from this speed."),
    PARAM(wind, cut_out_m_s, 25.0, 10.0, 40.0, "NREL 2000 kW [read REOPT]",
          "Is turned away at this speed."),
    PARAM(wind, loss_frac, 0.15, 0.0, 0.5, "wake, availability, electrical: recalled, unverified",
          "Losses behind the turbine's curve."),
    PARAM_IN(wind, speed_m_s, NOT_GIVEN, 0.0, 80.0, "the weather's",
             "Wind speed at the height measured_m."),
    PARAM(wind, capex_money_kw, NOT_GIVEN, 0.0, 20000.0, "catalogue", "Investment per kW."),
    PARAM(wind, fom_frac_year, 0.020, 0.0, 0.2, "42 USD/kW of ATB 2024 [read TECHDATA]",
          "Fixed upkeep per year, of the investment."),
    PARAM(wind, vom_money_kwh, 0.0, 0.0, 0.1, "ATB 2024: none [read TECHDATA]",
          "Running upkeep per kWh."),
    PARAM(wind, life_cycle_kgco2_kwh, 0.026, 0.0, 1.0, "life cycle by source [read CodeCarbon]",
          "Carbon of making, running and taking it away, per kWh generated."),
    PARAM(wind, life_year, 30.0, 10.0, 50.0, "28-30 [read TECHDATA]", "Technical life."),
};
static const struct port ports[PORTS] = {
    [POWER_OUT] = {.name = "power_out",
                   .carrier = CARRIER_ELECTRICITY,
                   .direction = FLOWS_OUT,
                   .side = SIDE_METER,
                   .meaning = "power generated"},
};

static double speed_at(const struct wind *wind, const struct hours *hours, int t) {
    bool given = wind->speed_m_s.by_step || !isnan(wind->speed_m_s.value);
    if (given) {
        return input_at(&wind->speed_m_s, t < hours->horizon_count ? t : 0);
    }
    return hours->wind_m_s[t];
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct wind *wind = self;
    const double falls_kpa_m = 0.012;
    plant_cost(ret, 0, wind->vom_money_kwh);
    for (int t = 0; t < hours->count; t++) {
        double speed_m_s = wind_speed_m_s(speed_at(wind, hours, t), wind->measured_m, wind->hub_m,
                                          wind->exponent_ratio);
        double density_kg_m3 =
            air_density_kg_m3(hours->outdoor_c[t], hours->humidity_kg_kg[t],
                              hours->pressure_kpa[t] - falls_kpa_m * wind->hub_m);
        ret->mode[0].port[POWER_OUT][t] = 1.0;
        ret->availability_frac[t] =
            (1.0 - wind->loss_frac) * wind_turbine_frac(speed_m_s, density_kg_m3,
                                                        wind->specific_kw_m2, wind->power_ratio,
                                                        wind->cut_in_m_s, wind->cut_out_m_s);
    }
}

const struct component component_wind = {
    .name = "wind",
    .title = "Wind power",
    .summary = "Electricity from the wind.",
    .shape = SHAPE_SOURCE,
    .reference_port = POWER_OUT,
    .size = sizeof(struct wind),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"power"},
    .origin = ORIGIN_RENEWABLE,
    .follows_weather = true,
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost = {"USD",
             2022,
             {{2.5, 7692.0}, {2000.0, 2896.0}, {50000.0, 1689.0}},
             3,
             "REOPT 2.5 and 2000 kW, of all years; ATB 2024 for parks [read TECHDATA]; dollar year "
             "recalled"},
    .later = {2025, 2030, {7692.0, 2896.0, 1515.0}},
    .validity = "Onshore, hours of mean wind: the knee at the rating is sharp; no icing, no "
                "storm hysteresis.",
    .references = "Justus and Mikhail 1976; REOPT; TECHDATA",
    .coefficients = coefficients,
};
