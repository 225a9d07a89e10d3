/* Humid air.
   ln p_ws (Pa) = c1/T + c2 + c3 T + c4 T^2 + c5 T^3 + c6 T^4 + c7 ln T, ice and water branches (T
   in K) w = 0.621945 p_w / (p - p_w);  h = 1.006 t + w (2501 + 1.86 t);  v = 0.287042 T (1 +
   1.607858 w) / p wet bulb t*: w = ((2501 - 2.326 t*) ws* - 1.006 (t - t*)) / (2501 + 1.86 t -
   4.186 t*), ice below 0 degC p(z) = 101.325 (1 - 2.25577e-5 z)^5.2559
   Range -100..200 degC, 50..120 kPa. Source: ASHRAE Handbook Fundamentals 2017 ch. 1, eq. 3, 5, 6,
   20, 26, 30, 33, 35; saturation: Hyland and Wexler 1983, ASHRAE Trans. 89(2A). Checks: the tests
   of PsychroLib 2.5 (doi 10.21105/joss.01137). Buck 1981 (doi
   10.1175/1520-0450(1981)020<1527:NEFCVP>2.0.CO;2), 1996 coefficients. Stull 2011 (doi
   10.1175/JAMC-D-11-0143.1). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/air.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/units.h"

static const double molar_mass_ratio = 0.621945;
static const double coldest_c = -100.0,
                    hottest_c = 200.0; /* where the saturation pressure is known */

/* ln of the saturation pressure in Pa and its derivative by temperature. */
static double saturation_log_ratio(double t_c, double *ret_slope) {
    double t = units_k_from_c(t_c);
    if (t_c <= 0.01) {
        *ret_slope = 5.6745359e3 / (t * t) - 9.677843e-3 + 2.0 * 6.2215701e-7 * t +
                     3.0 * 2.0747825e-9 * t * t - 4.0 * 9.484024e-13 * t * t * t + 4.1635019 / t;
        return -5.6745359e3 / t + 6.3925247 - 9.677843e-3 * t + 6.2215701e-7 * t * t +
               2.0747825e-9 * t * t * t - 9.484024e-13 * t * t * t * t + 4.1635019 * log(t);
    }
    *ret_slope = 5.8002206e3 / (t * t) - 4.8640239e-2 + 2.0 * 4.1764768e-5 * t -
                 3.0 * 1.4452093e-8 * t * t + 6.5459673 / t;
    return -5.8002206e3 / t + 1.3914993 - 4.8640239e-2 * t + 4.1764768e-5 * t * t -
           1.4452093e-8 * t * t * t + 6.5459673 * log(t);
}

double air_saturation_kpa(double t_c) {
    double slope = 0.0;
    return exp(saturation_log_ratio(t_c, &slope)) / 1000.0;
}

double air_saturation_buck_kpa(double t_c) {
    return 0.61121 * exp((18.678 - t_c / 234.5) * t_c / (257.14 + t_c));
}

double air_saturated_humidity_kg_kg(double t_c, double p_kpa) {
    double p_ws_kpa = air_saturation_kpa(t_c);
    return molar_mass_ratio * p_ws_kpa / (p_kpa - p_ws_kpa);
}

double air_humidity_kg_kg(double t_c, double rh_frac, double p_kpa) {
    double p_w_kpa = rh_frac * air_saturation_kpa(t_c);
    return molar_mass_ratio * p_w_kpa / (p_kpa - p_w_kpa);
}

/* The balance of a wick in an air stream: (latent - latent_slope t*) ws* - 1.006 (t - t*) = w
   (latent + 1.86 t - c t*). */
struct wick {
    double latent_kj_kg, latent_slope_kj_kgk, water_kj_kgk;
};
static const struct wick wet = {2501.0, 2.326, 4.186}, iced = {2830.0, 0.24, 2.1};

static double wick_humidity_kg_kg(const struct wick *wick, double t_c, double bulb_c,
                                  double p_kpa) {
    double w_s = air_saturated_humidity_kg_kg(bulb_c, p_kpa);
    return ((wick->latent_kj_kg - wick->latent_slope_kj_kgk * bulb_c) * w_s -
            1.006 * (t_c - bulb_c)) /
           (wick->latent_kj_kg + 1.86 * t_c - wick->water_kj_kgk * bulb_c);
}

double air_humidity_from_wet_bulb_kg_kg(double t_c, double wet_bulb_c, double p_kpa) {
    return wick_humidity_kg_kg(wet_bulb_c >= 0.0 ? &wet : &iced, t_c, wet_bulb_c, p_kpa);
}

static double vapour_kpa(double w_kg_kg, double p_kpa) {
    return p_kpa * w_kg_kg / (molar_mass_ratio + w_kg_kg);
}

double air_relative_humidity_frac(double t_c, double w_kg_kg, double p_kpa) {
    return vapour_kpa(w_kg_kg, p_kpa) / air_saturation_kpa(t_c);
}

/* Newton on ln p, which is nearly straight, from Magnus' formula; a step out of the bracket halves
   it. */
double air_dew_point_c(double w_kg_kg, double p_kpa) {
    double slope = 0.0;
    double lowest_kpa = air_saturation_kpa(coldest_c), highest_kpa = air_saturation_kpa(hottest_c);
    double wanted_kpa = fmin(highest_kpa, fmax(lowest_kpa, vapour_kpa(fmax(w_kg_kg, 0.0), p_kpa)));
    double wanted = log(1000.0 * wanted_kpa), magnus = log(wanted_kpa / 0.6112);
    double low_c = coldest_c, high_c = hottest_c;
    double t_c = fmin(high_c, fmax(low_c, 243.12 * magnus / (17.62 - magnus)));
    for (int n = 0; n < 100 && high_c - low_c > 1e-11; n++) {
        double above = saturation_log_ratio(t_c, &slope) - wanted;
        if (above > 0.0) {
            high_c = t_c;
        } else {
            low_c = t_c;
        }
        double next_c = t_c - above / slope;
        if (!(next_c > low_c && next_c < high_c)) {
            next_c = 0.5 * (low_c + high_c);
        }
        bool still = fabs(next_c - t_c) < 1e-11;
        t_c = next_c;
        if (still) {
            break;
        }
    }
    return t_c;
}

/* Which wick, and between which temperatures its solution lies; false when the air is saturated. */
static bool wet_bulb_bracket(double t_c, double w_kg_kg, double p_kpa, const struct wick **ret_wick,
                             double *ret_low_c, double *ret_high_c) {
    double p_ws_kpa = air_saturation_kpa(t_c);
    if (p_ws_kpa < p_kpa && w_kg_kg >= molar_mass_ratio * p_ws_kpa / (p_kpa - p_ws_kpa)) {
        return false;
    }
    bool is_wet = t_c >= 0.0 && w_kg_kg >= wick_humidity_kg_kg(&wet, t_c, 0.0, p_kpa);
    *ret_wick = is_wet ? &wet : &iced;
    *ret_low_c = is_wet ? 0.0 : coldest_c;
    *ret_high_c = is_wet ? t_c : fmin(t_c, 0.0);
    return true;
}

double air_wet_bulb_bisection_c(double t_c, double w_kg_kg, double p_kpa) {
    const struct wick *wick = NULL;
    double low_c = 0.0, high_c = 0.0;
    if (!wet_bulb_bracket(t_c, w_kg_kg, p_kpa, &wick, &low_c, &high_c)) {
        return t_c;
    }
    for (int n = 0; n < 80 && high_c - low_c > 1e-10; n++) {
        double middle_c = 0.5 * (low_c + high_c);
        if (air_saturation_kpa(middle_c) >= p_kpa ||
            wick_humidity_kg_kg(wick, t_c, middle_c, p_kpa) > w_kg_kg) {
            high_c = middle_c;
        } else {
            low_c = middle_c;
        }
    }
    return 0.5 * (low_c + high_c);
}

/* The balance rises with t* and bends upwards, so Newton steps from above do not overshoot: five or
   six of them. */
double air_wet_bulb_c(double t_c, double w_kg_kg, double p_kpa) {
    const struct wick *wick = NULL;
    double low_c = 0.0, high_c = 0.0;
    if (!wet_bulb_bracket(t_c, w_kg_kg, p_kpa, &wick, &low_c, &high_c)) {
        return t_c;
    }
    double bulb_c = high_c;
    for (int n = 0; n < 100 && high_c - low_c > 1e-10; n++) {
        double slope = 0.0, next_c = low_c;
        double p_ws_kpa = exp(saturation_log_ratio(bulb_c, &slope)) / 1000.0;
        bool above = p_ws_kpa >= p_kpa; /* no air is that hot and wet */
        if (!above) {
            double w_s = molar_mass_ratio * p_ws_kpa / (p_kpa - p_ws_kpa);
            double latent_kj_kg = wick->latent_kj_kg - wick->latent_slope_kj_kgk * bulb_c;
            double balance =
                latent_kj_kg * w_s - 1.006 * (t_c - bulb_c) -
                w_kg_kg * (wick->latent_kj_kg + 1.86 * t_c - wick->water_kj_kgk * bulb_c);
            double rise = latent_kj_kg * w_s * slope * p_kpa / (p_kpa - p_ws_kpa) -
                          wick->latent_slope_kj_kgk * w_s + 1.006 + w_kg_kg * wick->water_kj_kgk;
            above = balance > 0.0;
            next_c = bulb_c - balance / rise;
        }
        if (above) {
            high_c = bulb_c;
        } else {
            low_c = bulb_c;
        }
        if (!(next_c > low_c && next_c < high_c)) {
            next_c = 0.5 * (low_c + high_c);
        }
        bool still = fabs(next_c - bulb_c) < 1e-10;
        bulb_c = next_c;
        if (still) {
            break;
        }
    }
    return bulb_c;
}

double air_wet_bulb_stull_c(double t_c, double rh_frac) {
    double rh = 100.0 * rh_frac; /* the fit wants per cent */
    return t_c * atan(0.151977 * sqrt(rh + 8.313659)) + atan(t_c + rh) - atan(rh - 1.676331) +
           0.00391838 * pow(rh, 1.5) * atan(0.023101 * rh) - 4.686035;
}

double air_heat_kj_kgk(double w_kg_kg) { return 1.006 + 1.86 * w_kg_kg; }

double air_enthalpy_kj_kg(double t_c, double w_kg_kg) {
    return 1.006 * t_c + w_kg_kg * (2501.0 + 1.86 * t_c);
}

double air_volume_m3_kg(double t_c, double w_kg_kg, double p_kpa) {
    return 0.287042 * units_k_from_c(t_c) * (1.0 + 1.607858 * w_kg_kg) / p_kpa;
}

double air_density_kg_m3(double t_c, double w_kg_kg, double p_kpa) {
    return (1.0 + w_kg_kg) / air_volume_m3_kg(t_c, w_kg_kg, p_kpa);
}

double air_pressure_kpa(double altitude_m) {
    return 101.325 * pow(1.0 - 2.25577e-5 * altitude_m, 5.2559);
}

double air_dry_bulb_from_enthalpy_c(double h_kj_kg, double w_kg_kg) {
    return (h_kj_kg - 2501.0 * w_kg_kg) / (1.006 + 1.86 * w_kg_kg);
}

double air_humidity_from_enthalpy_kg_kg(double h_kj_kg, double t_c) {
    return (h_kj_kg - 1.006 * t_c) / (2501.0 + 1.86 * t_c);
}

double air_dry_bulb_from_volume_c(double v_m3_kg, double w_kg_kg, double p_kpa) {
    return units_c_from_k(v_m3_kg * p_kpa / (0.287042 * (1.0 + 1.607858 * w_kg_kg)));
}

double air_specific_humidity_kg_kg(double w_kg_kg) { return w_kg_kg / (1.0 + w_kg_kg); }

double air_humidity_from_specific_kg_kg(double q_kg_kg) { return q_kg_kg / (1.0 - q_kg_kg); }

double air_standard_c(double altitude_m) { return 15.0 - 0.0065 * altitude_m; }
