/* Solar-thermal field on a heat bus.

   heat = eta0 G - a1 (T_m - T_a) - a2 (T_m - T_a)^2 per m2 of collector (ISO 9806), none below zero;  G on the tilted plane
   (physics/sun.h), T_m the mean of the bus's supply and return and half of what the exchanger loses. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"
#include "physics/collector.h"
#include "physics/sun.h"

struct solar_thermal {
    double collector_m2, zero_eff, loss_kw_m2k, loss2_ratio, exchanger_dk, tilt_deg, azimuth_deg,
        field_frac, capex_money_m2, fom_frac_year, vom_money_kwh, life_year;
};
enum { HEAT_OUT, PORTS };

static const struct param params[] = {
    PARAM(solar_thermal, collector_m2, REQUIRED, 0.0, 5e6, "user", "Area of the collectors."),
    PARAM(solar_thermal, zero_eff, 0.80, 0.4, 0.95, "large flat collectors, recalled, unverified",
          "Efficiency without loss."),
    PARAM(solar_thermal, loss_kw_m2k, 0.0025, 0.0002, 0.01,
          "large flat collectors, recalled, unverified", "Linear loss."),
    PARAM(solar_thermal, loss2_ratio, 0.00001, 0.0, 0.0001,
          "large flat collectors, recalled, unverified", "Loss with the square, kW/(m2 K2)."),
    PARAM(solar_thermal, exchanger_dk, 5.0, 0.0, 20.0, "recalled, unverified",
          "Fluid above the bus's water."),
    PARAM(solar_thermal, tilt_deg, 35.0, 0.0, 90.0, "recalled, unverified",
          "Tilt of the collectors."),
    PARAM(solar_thermal, azimuth_deg, NOT_GIVEN, 0.0, 360.0, "towards the equator",
          "Azimuth from north."),
    PARAM(solar_thermal, field_frac, 0.9, 0.5, 1.0, "pipes, dirt, warming up, assumed",
          "What the field gives of its collectors."),
    PARAM(solar_thermal, capex_money_m2, NOT_GIVEN, 0.0, 5000.0, "catalogue",
          "Investment per area."),
    PARAM(solar_thermal, fom_frac_year, 0.005, 0.0, 0.3, "assumed",
          "Fixed upkeep per year, of the investment."),
    PARAM(solar_thermal, vom_money_kwh, 0.0002, 0.0, 0.05, "DEA .2 EUR/MWh [read DEA]",
          "Running upkeep per kWh."),
    PARAM(solar_thermal, life_year, 30.0, 5.0, 60.0, "DEA [read TECHDATA]", "Technical life."),
};
static const struct port ports[PORTS] = {
    [HEAT_OUT] = {.name = "heat_out",
                  .carrier = CARRIER_HEAT,
                  .direction = FLOWS_OUT,
                  .side = SIDE_PLANT,
                  .meaning = "heat delivered"},
};

static double on_plane_kw_m2(const struct solar_thermal *field, const struct hours *hours, int t) {
    const double albedo_frac = 0.2;
    double azimuth_deg = !isnan(field->azimuth_deg)   ? field->azimuth_deg
                         : hours->latitude_deg >= 0.0 ? 180.0
                                                      : 0.0;
    struct sun_position sun =
        sun_at(hours->day_of_year[t], hours->hour_h[t] + 0.5 * hours->step_h, hours->latitude_deg,
               hours->longitude_deg, hours->utc_offset_h);
    return sun_on_plane_kw_m2(&sun, hours->global_kw_m2[t], hours->direct_normal_kw_m2[t],
                              hours->diffuse_kw_m2[t], field->tilt_deg, azimuth_deg, albedo_frac);
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct solar_thermal *field = self;
    const struct port_temperatures *bus = &hours->port[HEAT_OUT];
    const double usual_c = 50.0;
    plant_cost(ret, 0, field->vom_money_kwh);
    for (int t = 0; t < hours->count; t++) {
        double mean_c = bus->supply_c ? 0.5 * (bus->supply_c[t] + bus->return_c[t]) : usual_c;
        double heat_kw_m2 = collector_heat_kw_m2(
            fmax(0.0, on_plane_kw_m2(field, hours, t)), mean_c + field->exchanger_dk,
            hours->outdoor_c[t], field->zero_eff, field->loss_kw_m2k, field->loss2_ratio);
        ret->mode[0].port[HEAT_OUT][t] = 1.0;
        ret->availability_frac[t] = field->field_frac * fmin(1.2, heat_kw_m2);
    }
}

const struct component component_solar_thermal = {
    .name = "solar_thermal",
    .title = "Solar-thermal field",
    .summary = "Heat of the sun for a heat bus.",
    .shape = SHAPE_SOURCE,
    .reference_port = HEAT_OUT,
    .size = sizeof(struct solar_thermal),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "collector_m2",
    .mode_names = {"heat"},
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost =
        {"EUR", 2015, {{10000.0, 190.0}}, 1, "395 EUR/(MWh/a) at 480 kWh/m2 [read DEA, computed]"},
    .validity = "Flat collectors on the ground; no shading; the bus's return is not preheated but "
                "its supply reached.",
    .references = "ISO 9806; DEA",
    .coefficients = coefficients,
};
