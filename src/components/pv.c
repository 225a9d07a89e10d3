/* Photovoltaic array, fixed, or on trackers of one or two axes: kW of alternating current per kW of rated direct current, hour by
   hour (PVWatts).

   plane irradiance by Hay-Davies -> cell temperature by NOCT and wind; less what the cover mirrors of the beam
   -> direct current less losses -> inverter, clipped */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/pv.h"

#include "components/plant.h"
#include "physics/sun.h"

struct pv {
    int mounting;
    double capacity_kw, tilt_deg, azimuth_deg, turn_max_deg, cover_frac, loss_frac,
        coefficient_frac_k, nominal_cell_c, inverter_eff, dc_ac_ratio, albedo_frac, capex_money_kw,
        fom_frac_year, life_year, life_cycle_kgco2_kwh;
};
enum { POWER_OUT, PORTS };
enum { FIXED, ONE_AXIS, TWO_AXES };

static const struct param params[] = {
    PARAM(pv, capacity_kw, REQUIRED, 0.0, 1e7, "user", "Rated direct current."),
    PARAM_OF(pv, mounting, FIXED, "assumed; parks in the south are mostly on one axis",
             "Fixed, on a horizontal axis towards azimuth_deg, or facing the sun.", "fixed",
             "one_axis", "two_axes"),
    PARAM(pv, tilt_deg, NOT_GIVEN, 0.0, 90.0, "the latitude, at most 40 degrees",
          "Tilt from horizontal."),
    PARAM(pv, azimuth_deg, NOT_GIVEN, 0.0, 360.0, "towards the equator",
          "Direction, from north clockwise; of a tracker that of its axis."),
    PARAM(pv, turn_max_deg, 60.0, 10.0, 90.0, "trackers of today, recalled, unverified",
          "How far one axis turns to each side."),
    PARAM(pv, cover_frac, 0.4, 0.0, 0.9, "PVWatts v5 ground cover, recalled, unverified",
          "Width of tracked modules over the distance of their rows."),
    PARAM(pv, loss_frac, 0.14, 0.0, 0.5, "PVWatts v5 default 14 % [recalled, unverified]",
          "Losses before the inverter."),
    PARAM(pv, coefficient_frac_k, -0.0037, -0.01, 0.0,
          "PVWatts premium to standard -.0035...-.0047, recalled, unverified",
          "Power per kelvin of cell temperature above 25 degC."),
    PARAM(pv, nominal_cell_c, 45.0, 35.0, 60.0, "recalled, unverified",
          "Nominal operating cell temperature."),
    PARAM(pv, inverter_eff, 0.96, 0.85, 0.995, "PVWatts v5 default, recalled, unverified",
          "Inverter at rated power."),
    PARAM(pv, dc_ac_ratio, 1.2, 0.8, 2.0, "PVWatts v5 default, recalled, unverified",
          "Array over inverter."),
    PARAM(pv, albedo_frac, 0.2, 0.0, 0.9, "PVWatts v5 default, recalled, unverified",
          "Reflection of the ground."),
    PARAM(pv, capex_money_kw, NOT_GIVEN, 0.0, 10000.0, "catalogue", "Investment per kW dc."),
    PARAM(pv, fom_frac_year, 0.0103, 0.0, 0.1, "commercial rooftop [read TECHDATA]",
          "Fixed upkeep per year, of the investment."),
    PARAM(pv, life_cycle_kgco2_kwh, 0.048, 0.0, 1.0, "life cycle by source [read CodeCarbon]",
          "Carbon of making, running and taking it away, per kWh generated."),
    PARAM(pv, life_year, 30.0, 10.0, 50.0, "[read TECHDATA]", "Technical life."),
};
static const struct port ports[PORTS] = {
    [POWER_OUT] = {.name = "power_out",
                   .carrier = CARRIER_ELECTRICITY,
                   .direction = FLOWS_OUT,
                   .side = SIDE_METER,
                   .meaning = "alternating current"},
};

struct plane {
    double tilt_deg, azimuth_deg;
};

/* Where the modules look in a step. */
static struct plane plane_at(const struct pv *pv, const struct hours *hours,
                             const struct sun_position *sun) {
    struct plane plane = {
        isnan(pv->tilt_deg) ? fmin(40.0, fabs(hours->latitude_deg)) : pv->tilt_deg,
        isnan(pv->azimuth_deg) ? (hours->latitude_deg < 0.0 ? 0.0 : 180.0) : pv->azimuth_deg};
    if (pv->mounting == ONE_AXIS) {
        double turn_deg = sun_tracker_deg(sun, plane.azimuth_deg, pv->turn_max_deg, pv->cover_frac);
        plane.tilt_deg = fabs(turn_deg);
        plane.azimuth_deg = fmod(plane.azimuth_deg + (turn_deg < 0.0 ? 270.0 : 90.0), 360.0);
    } else if (pv->mounting == TWO_AXES && sun->elevation_deg > 0.0) {
        plane.tilt_deg = 90.0 - sun->elevation_deg;
        plane.azimuth_deg = sun->azimuth_deg;
    }
    return plane;
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct pv *pv = self;
    for (int t = 0; t < hours->count; t++) {
        struct sun_position sun =
            sun_at(hours->day_of_year[t], hours->hour_h[t] + 0.5 * hours->step_h,
                   hours->latitude_deg, hours->longitude_deg, hours->utc_offset_h);
        struct plane plane = plane_at(pv, hours, &sun);
        double plane_kw_m2 = sun_on_plane_kw_m2(
            &sun, hours->global_kw_m2[t], hours->direct_normal_kw_m2[t], hours->diffuse_kw_m2[t],
            plane.tilt_deg, plane.azimuth_deg, pv->albedo_frac);
        double incidence = sun_incidence_ratio(sun.elevation_deg, sun.azimuth_deg, plane.tilt_deg,
                                               plane.azimuth_deg);
        double beam_kw_m2 =
            sun.elevation_deg > 0.0 ? hours->direct_normal_kw_m2[t] * fmax(0.0, incidence) : 0.0;
        double inside_kw_m2 = plane_kw_m2 - beam_kw_m2 * (1.0 - pv_cover_ratio(incidence));
        double cell_c =
            pv_cell_c(hours->outdoor_c[t], plane_kw_m2, pv->nominal_cell_c, hours->wind_m_s[t]);
        ret->mode[0].port[POWER_OUT][t] = 1.0;
        ret->availability_frac[t] =
            pv_output_frac(inside_kw_m2, cell_c, pv->loss_frac, pv->coefficient_frac_k,
                           pv->inverter_eff, pv->dc_ac_ratio);
    }
}

const struct component component_pv = {
    .name = "pv",
    .title = "Solar power",
    .summary = "Electricity from the sun.",
    .shape = SHAPE_SOURCE,
    .reference_port = POWER_OUT,
    .size = sizeof(struct pv),
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
             {{50.0, 1877.0}, {100000.0, 1606.0}},
             2,
             "ATB 2024: commercial, utility [read TECHDATA]; dollar year and dc basis of "
             "utility recalled"},
    .later = {2025, 2030, {1606.0, 1285.0}},
    .validity = "Crystalline modules; snow and shade are in loss_frac.",
    .references = "Dobos 2014 (PVWatts v5); TECHDATA",
    .coefficients = coefficients,
};
