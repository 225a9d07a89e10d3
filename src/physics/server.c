/* Power by utilisation: mean normalised power of six SPECpower rows of 2021-23, LEI25 [read, computed]; another idle
   share stretches the curve between idle and full power. Error of the straight line up to .06.
   Warm air: two Swiss colocation rooms, .0035-.005 per K from 23 to 30 degC, mean .0042 (arXiv 2509.26163 [quoted]);
   beyond, the rise of a 1U server over 27 degC, +1 % at 29, +3 at 31, +5 at 33, +8 at 35, +12 at 37 (vendor's test
   [quoted]): 30 degC stands at 2 % there. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/server.h"

#include <math.h>

enum { LOADS = 11, WARM = 5 };

static const double power_at[LOADS] = {0.285, 0.420, 0.472, 0.518, 0.567, 0.613,
                                       0.663, 0.723, 0.793, 0.888, 1.0};
static const double warm_at_c[WARM] = {30.0, 31.0, 33.0, 35.0, 37.0};
static const double warm_rise_frac[WARM] = {0.02, 0.03, 0.05, 0.08, 0.12};
static const double reference_c = 23.0, linear_to_c = 30.0;

double server_power_frac(double utilisation_frac, double idle_frac) {
    double at = fmin(fmax(utilisation_frac, 0.0), 1.0) * (LOADS - 1);
    int k = (int)fmin(floor(at), LOADS - 2);
    double table = power_at[k] + (at - k) * (power_at[k + 1] - power_at[k]);
    return idle_frac + (1.0 - idle_frac) * (table - power_at[0]) / (1.0 - power_at[0]);
}

double server_utilisation_frac(double power_frac, double idle_frac) {
    double share = (power_frac - idle_frac) / (1.0 - idle_frac);
    double table = power_at[0] + fmin(fmax(share, 0.0), 1.0) * (1.0 - power_at[0]);
    int k = 0;
    while (k < LOADS - 2 && table > power_at[k + 1]) {
        k++;
    }
    return (k + (table - power_at[k]) / (power_at[k + 1] - power_at[k])) / (LOADS - 1);
}

double server_warm_linear_ratio(double warm_c, double from_c, double rise_frac_k) {
    return 1.0 + rise_frac_k * (warm_c - from_c);
}

double server_warm_air_ratio(double inlet_c, double rise_frac_k) {
    double to_c = fmin(fmax(inlet_c, reference_c), linear_to_c);
    double linear_ratio = server_warm_linear_ratio(to_c, reference_c, rise_frac_k);
    if (inlet_c <= linear_to_c) {
        return linear_ratio;
    }
    int k = 0;
    while (k < WARM - 2 && inlet_c > warm_at_c[k + 1]) {
        k++;
    }
    double rise = warm_rise_frac[k] + (inlet_c - warm_at_c[k]) / (warm_at_c[k + 1] - warm_at_c[k]) *
                                          (warm_rise_frac[k + 1] - warm_rise_frac[k]);
    return linear_ratio * (1.0 + rise) / (1.0 + warm_rise_frac[0]);
}

double server_ramp_frac(double hall_year, double start_frac, double ramp_year) {
    double gone_frac = ramp_year > 0.0 ? fmin(1.0, fmax(0.0, hall_year) / ramp_year) : 1.0;
    return start_frac + (1.0 - start_frac) * gone_frac;
}

double server_refresh_ratio(double hall_year, double refresh_year, double growth_frac_year) {
    double bought_year = refresh_year * floor(fmax(0.0, hall_year) / refresh_year);
    return pow(1.0 + growth_frac_year, bought_year);
}
