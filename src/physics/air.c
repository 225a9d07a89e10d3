/* Humid air.
   ln p_ws (Pa) = c1/T + c2 + c3 T + c4 T^2 + c5 T^3 + c6 T^4 + c7 ln T, ice and water branches (T in K)
   w = 0.621945 p_w / (p - p_w);  h = 1.006 t + w (2501 + 1.86 t);  v = 0.287042 T (1 + 1.607858 w) / p
   wet bulb t*: w = ((2501 - 2.326 t*) ws* - 1.006 (t - t*)) / (2501 + 1.86 t - 4.186 t*), ice below 0 degC
   Range -100..200 degC, 50..120 kPa. Source: ASHRAE Fundamentals 2017, ch. 1; checks from PsychroLib 2.5 tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/air.h"

#include <math.h>

#include "base/units.h"

static const double ratio_of_masses = 0.621945;

double air_saturation_kpa(double t_c) {
    double t = units_k_from_c(t_c);
    double log_pa;
    if (t_c <= 0.01) {
        log_pa = -5.6745359e3 / t + 6.3925247 - 9.677843e-3 * t + 6.2215701e-7 * t * t + 2.0747825e-9 * t * t * t -
                 9.484024e-13 * t * t * t * t + 4.1635019 * log(t);
    } else {
        log_pa = -5.8002206e3 / t + 1.3914993 - 4.8640239e-2 * t + 4.1764768e-5 * t * t - 1.4452093e-8 * t * t * t +
                 6.5459673 * log(t);
    }
    return exp(log_pa) / 1000.0;
}

double air_saturated_humidity_kg_kg(double t_c, double p_kpa) {
    double p_ws_kpa = air_saturation_kpa(t_c);
    return ratio_of_masses * p_ws_kpa / (p_kpa - p_ws_kpa);
}

double air_humidity_kg_kg(double t_c, double rh_frac, double p_kpa) {
    double p_w_kpa = rh_frac * air_saturation_kpa(t_c);
    return ratio_of_masses * p_w_kpa / (p_kpa - p_w_kpa);
}

double air_humidity_from_wet_bulb_kg_kg(double t_c, double wet_bulb_c, double p_kpa) {
    double w_s = air_saturated_humidity_kg_kg(wet_bulb_c, p_kpa);
    if (wet_bulb_c >= 0.0) {
        return ((2501.0 - 2.326 * wet_bulb_c) * w_s - 1.006 * (t_c - wet_bulb_c)) /
               (2501.0 + 1.86 * t_c - 4.186 * wet_bulb_c);
    }
    return ((2830.0 - 0.24 * wet_bulb_c) * w_s - 1.006 * (t_c - wet_bulb_c)) / (2830.0 + 1.86 * t_c - 2.1 * wet_bulb_c);
}

static double vapour_kpa(double w_kg_kg, double p_kpa) { return p_kpa * w_kg_kg / (ratio_of_masses + w_kg_kg); }

double air_relative_humidity_frac(double t_c, double w_kg_kg, double p_kpa) {
    return vapour_kpa(w_kg_kg, p_kpa) / air_saturation_kpa(t_c);
}

double air_dew_point_c(double w_kg_kg, double p_kpa) {
    double p_w_kpa = vapour_kpa(fmax(w_kg_kg, 1e-7), p_kpa);
    double low_c = -100.0, high_c = 200.0;
    for (int n = 0; n < 60 && high_c - low_c > 1e-9; n++) {
        double middle_c = 0.5 * (low_c + high_c);
        if (air_saturation_kpa(middle_c) > p_w_kpa) {
            high_c = middle_c;
        } else {
            low_c = middle_c;
        }
    }
    return 0.5 * (low_c + high_c);
}

double air_wet_bulb_bisection_c(double t_c, double w_kg_kg, double p_kpa) {
    double low_c = fmin(air_dew_point_c(w_kg_kg, p_kpa), t_c) - 1e-6, high_c = t_c;
    for (int n = 0; n < 80 && high_c - low_c > 1e-10; n++) {
        double middle_c = 0.5 * (low_c + high_c);
        if (air_humidity_from_wet_bulb_kg_kg(t_c, middle_c, p_kpa) > w_kg_kg) {
            high_c = middle_c;
        } else {
            low_c = middle_c;
        }
    }
    return 0.5 * (low_c + high_c);
}

/* False position inside a bracket that never opens; every third step halves it. */
double air_wet_bulb_c(double t_c, double w_kg_kg, double p_kpa) {
    double high_c = t_c, high = air_humidity_from_wet_bulb_kg_kg(t_c, t_c, p_kpa) - w_kg_kg;
    if (high <= 0.0) {
        return t_c; /* saturated */
    }
    double low_c = t_c - 5.0, low = air_humidity_from_wet_bulb_kg_kg(t_c, low_c, p_kpa) - w_kg_kg;
    while (low > 0.0 && low_c > -99.0) {
        high_c = low_c;
        high = low;
        low_c = fmax(-99.0, low_c - 10.0);
        low = air_humidity_from_wet_bulb_kg_kg(t_c, low_c, p_kpa) - w_kg_kg;
    }
    if (low > 0.0) {
        return low_c; /* the range ends */
    }
    for (int n = 0; n < 100 && high_c - low_c > 1e-9; n++) {
        double next_c = n % 3 == 2 ? 0.5 * (low_c + high_c) : low_c - low * (high_c - low_c) / (high - low);
        double next = air_humidity_from_wet_bulb_kg_kg(t_c, next_c, p_kpa) - w_kg_kg;
        if (fabs(next) < 1e-13) {
            return next_c;
        }
        if (next > 0.0) {
            high_c = next_c;
            high = next;
        } else {
            low_c = next_c;
            low = next;
        }
    }
    return 0.5 * (low_c + high_c);
}

double air_enthalpy_kj_kg(double t_c, double w_kg_kg) { return 1.006 * t_c + w_kg_kg * (2501.0 + 1.86 * t_c); }

double air_volume_m3_kg(double t_c, double w_kg_kg, double p_kpa) {
    return 0.287042 * units_k_from_c(t_c) * (1.0 + 1.607858 * w_kg_kg) / p_kpa;
}

double air_density_kg_m3(double t_c, double w_kg_kg, double p_kpa) {
    return (1.0 + w_kg_kg) / air_volume_m3_kg(t_c, w_kg_kg, p_kpa);
}

double air_pressure_kpa(double altitude_m) { return 101.325 * pow(1.0 - 2.25577e-5 * altitude_m, 5.2559); }
