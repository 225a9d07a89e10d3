/* Chiller tables: training points of Lei and Masanet 2022 (doi 10.1016/j.resconrec.2022.106323),
   bilinear inside, linear beyond the outer cells, temperatures clamped to 10..35 (water) and 15..45
   degC (air); the shift for warm chilled water (3 % per K) and the caps are [recalled, unverified]. Tower: L(T) = -0.0013 T^2 - 2.3097 T + 2500.5 kJ/kg; E = Q/L; D = drift * flow; B =
   max(E/(CoC-1) - D, 0). DX: points of the same authors, fitted: 2.8 to 15 degC, then 1/COP = .04160 + .018507 t.
   Dry cooler: speed^3 law, exponent 1.4 [recalled, unverified]. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/cooling.h"

#include <math.h>

#include "base/units.h"
#include "physics/air.h"
#include "physics/water.h"

enum { WATER_ROWS = 6, WATER_COLUMNS = 7, AIR_ROWS = 5, AIR_COLUMNS = 10 };

static const double water_t_c[WATER_ROWS] = {15.56, 18.33, 21.11, 23.89, 26.67, 29.44};
static const double water_load_frac[WATER_COLUMNS] = {0.25, 0.38, 0.50, 0.63, 0.75, 0.88, 1.0};
static const double water_cop[WATER_ROWS * WATER_COLUMNS] = {
    6.280, 6.896, 7.816, 8.179, 8.374, 8.374, 8.374, 5.961, 6.636, 7.483, 7.816,
    7.993, 7.993, 7.993, 5.766, 6.395, 7.178, 7.327, 7.646, 7.646, 7.483, 5.495,
    6.064, 6.763, 7.034, 7.327, 7.178, 7.034, 5.249, 5.766, 6.513, 6.636, 6.896,
    6.636, 6.513, 4.954, 5.495, 6.170, 6.280, 6.395, 6.280, 6.170};
static const double air_t_c[AIR_ROWS] = {15.0, 20.0, 25.0, 30.0, 35.0};
static const double air_load_frac[AIR_COLUMNS] = {0.255, 0.337, 0.42,  0.501, 0.588,
                                                  0.67,  0.755, 0.834, 0.919, 1.0};
static const double air_cop[AIR_ROWS * AIR_COLUMNS] = {
    5.234, 6.000, 6.383, 6.691, 6.915, 7.000, 6.904, 6.798, 6.606, 6.351, 3.702, 4.362, 4.819,
    5.160, 5.340, 5.426, 5.447, 5.426, 5.298, 5.032, 2.840, 3.372, 3.851, 4.085, 4.266, 4.383,
    4.468, 4.426, 4.351, 4.117, 2.298, 2.745, 3.064, 3.383, 3.553, 3.660, 3.702, 3.723, 3.596,
    3.436, 1.904, 2.266, 2.543, 2.777, 2.979, 3.117, 3.191, 3.128, 3.053, 2.926};

/* Cell of an ascending axis and the place within it, which leaves 0..1 beyond the ends. */
static int cell(const double *axis, int count, double value, double *ret_share) {
    int k = 0;
    while (k < count - 2 && value > axis[k + 1]) {
        k++;
    }
    *ret_share = (value - axis[k]) / (axis[k + 1] - axis[k]);
    return k;
}

static double table_at(const double *rows, int rows_count, const double *columns, int columns_count,
                       const double *table, double row, double column) {
    double u = 0.0, v = 0.0;
    int r = cell(rows, rows_count, row, &u), c = cell(columns, columns_count, column, &v);
    const double *at = table + r * columns_count + c;
    double low = at[0] + v * (at[1] - at[0]);
    double high = at[columns_count] + v * (at[columns_count + 1] - at[columns_count]);
    return low + u * (high - low);
}

/* The condenser temperature that the table, made for chilled water of 7 degC, is asked for. */
static double as_at_seven_c(double t_c, double chilled_c) { return t_c - (chilled_c - 7.0); }

static const double hottest_condenser_c = 35.0;

bool cooling_water_chiller_runs(double condenser_water_c, double chilled_c) {
    return as_at_seven_c(condenser_water_c, chilled_c) <= hottest_condenser_c;
}

double cooling_water_chiller_cop(double condenser_water_c, double part_load_frac,
                                 double chilled_c) {
    double t_c = fmin(hottest_condenser_c, fmax(10.0, as_at_seven_c(condenser_water_c, chilled_c)));
    double load_frac = fmin(1.0, fmax(0.25, part_load_frac));
    return fmin(10.0, table_at(water_t_c, WATER_ROWS, water_load_frac, WATER_COLUMNS, water_cop,
                               t_c, load_frac));
}

double cooling_air_chiller_cop(double outdoor_c, double part_load_frac, double chilled_c) {
    double t_c = fmin(45.0, fmax(15.0, as_at_seven_c(outdoor_c, chilled_c)));
    double load_frac = fmin(1.0, fmax(0.255, part_load_frac));
    double cop = table_at(air_t_c, AIR_ROWS, air_load_frac, AIR_COLUMNS, air_cop, t_c, load_frac);
    return fmin(8.0, fmax(1.0, cop));
}

struct cooling_makeup cooling_tower_makeup(double tower_water_c, double range_dk, double drift_frac,
                                           double cycles_ratio) {
    double evaporation_kg = UNITS_KJ_PER_KWH / water_latent_kj_kg(tower_water_c);
    double drift_kg = drift_frac * UNITS_KJ_PER_KWH / (4.186 * range_dk);
    double blow_down_kg = fmax(0.0, evaporation_kg / (cycles_ratio - 1.0) - drift_kg);
    return (struct cooling_makeup){evaporation_kg, drift_kg, blow_down_kg};
}

double cooling_tower_makeup_kg_kwh(double tower_water_c, double range_dk, double drift_frac,
                                   double cycles_ratio) {
    struct cooling_makeup makeup =
        cooling_tower_makeup(tower_water_c, range_dk, drift_frac, cycles_ratio);
    return makeup.evaporation_kg_kwh + makeup.drift_kg_kwh + makeup.blow_down_kg_kwh;
}

double cooling_dx_cop(double outdoor_c) {
    double cop = outdoor_c <= 15.0 ? 2.8 : 1.0 / (0.04160 + 0.018507 * outdoor_c);
    return fmax(1.0, fmin(2.8, cop));
}

double cooling_mover_kw(double flow_kg_s, double density_kg_m3, double dp_kpa, double mover_eff) {
    return flow_kg_s / density_kg_m3 * dp_kpa / mover_eff;
}

double cooling_flow_kg_s(double heat_kw, double heat_kj_kgk, double rise_dk) {
    return heat_kw / (heat_kj_kgk * rise_dk);
}

double cooling_air_fan_kw_kw(double rise_dk, double w_kg_kg, double volume_m3_kg, double dp_kpa,
                             double mover_eff) {
    double flow_kg_s = cooling_flow_kg_s(1.0, air_heat_kj_kgk(w_kg_kg), rise_dk);
    return cooling_mover_kw(flow_kg_s, 1.0 / volume_m3_kg, dp_kpa, mover_eff);
}

double cooling_latent_kw_kw(double sensible_frac) { return 1.0 / sensible_frac - 1.0; }

double cooling_pad_c(double t_c, double wet_bulb_c, double pad_eff) {
    return t_c - pad_eff * fmax(0.0, t_c - wet_bulb_c);
}

double cooling_pad_water_kg_kg(double t_c, double w_kg_kg, double pad_c) {
    double wet_kg_kg = air_humidity_from_enthalpy_kg_kg(air_enthalpy_kj_kg(t_c, w_kg_kg), pad_c);
    return fmax(0.0, wet_kg_kg - w_kg_kg);
}

double cooling_free_frac(double cold_c, double approach_dk, double supply_c, double return_c) {
    double x_c = cold_c + approach_dk;
    return fmin(1.0, fmax(0.0, (return_c - x_c) / (return_c - supply_c)));
}

double cooling_dry_fan_ratio(double difference_dk, double design_difference_dk,
                             double speed_floor_frac) {
    double speed_frac = pow(design_difference_dk / fmax(difference_dk, 1e-3), 1.4);
    speed_frac = fmin(1.0, fmax(speed_floor_frac, speed_frac));
    return speed_frac * speed_frac * speed_frac;
}
