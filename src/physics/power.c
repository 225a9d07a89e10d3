/* UPS: losses over the rating, linear between published efficiencies eta at loads L, loss = L (1/eta - 1). DC Pro's
   225 kVA machine by the least-squares fit of its ten bins, a + b L + c L^2, from a load of .15 on (within .011 of
   them); below, to the bin of 1 to 10 %. DC Pro is of 2013; what it says of 50 and 1000 kVA are bins at the ends and
   at the best load. Modern and eco: catalogue values [recalled, unverified]. A UPS without load loses what the first
   two points lead to.

   Transformer: P = P_0 + P_k L^2, EN 50588-1; maximum losses in Regulation (EU) 548/2014, tier 2: dry type of
   1000 kVA 1395 and 9000 W [recalled, unverified].

   Redundancy: n modules carry the load; N + 1 shares it among one more, 2N among twice as many. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/power.h"

#include <math.h>

enum { POINTS = 4 };

struct ups_curve {
    int count;
    double load_frac[POINTS], efficiency_eff[POINTS];
};
static const struct ups_curve curves[POWER_UPS_COUNT] = {
    [POWER_UPS_DC_PRO_50] = {2, {0.05, 0.955}, {0.780, 0.925}},
    [POWER_UPS_DC_PRO_1000] = {3, {0.05, 0.705, 0.955}, {0.807, 0.958, 0.953}},
    [POWER_UPS_DELTA] = {2, {0.05, 0.755}, {0.880, 0.971}},
    [POWER_UPS_MODERN] = {4, {0.25, 0.50, 0.75, 1.0}, {0.945, 0.960, 0.965, 0.960}},
    [POWER_UPS_ECO] = {2, {0.25, 1.0}, {0.985, 0.990}},
};
static const double lowest_bin_frac = 0.05, lowest_bin_eff = 0.807, fit_from_frac = 0.15;

static double loss_of(double load_frac, double efficiency_eff) {
    return load_frac * (1.0 / efficiency_eff - 1.0);
}

static double fitted_loss_frac(double load_frac) {
    return 0.01516 + load_frac * (0.03712 - 0.00917 * load_frac);
}

/* On the line through (x0, y0) and (x1, y1). */
static double line_at(double x, double x0, double y0, double x1, double y1) {
    return y0 + (x - x0) / (x1 - x0) * (y1 - y0);
}

double power_ups_loss_frac(enum power_ups ups, double load_frac) {
    const struct ups_curve *curve = &curves[ups];
    if (ups == POWER_UPS_NONE) {
        return 0.0;
    }
    if (ups == POWER_UPS_DC_PRO_225) {
        return load_frac >= fit_from_frac
                   ? fitted_loss_frac(load_frac)
                   : line_at(load_frac, lowest_bin_frac, loss_of(lowest_bin_frac, lowest_bin_eff),
                             fit_from_frac, fitted_loss_frac(fit_from_frac));
    }
    int k = 0;
    while (k < curve->count - 2 && load_frac > curve->load_frac[k + 1]) {
        k++;
    }
    const double *x = &curve->load_frac[k], *eff = &curve->efficiency_eff[k];
    return line_at(load_frac, x[0], loss_of(x[0], eff[0]), x[1], loss_of(x[1], eff[1]));
}

double power_ups_eff(enum power_ups ups, double load_frac) {
    return load_frac / (load_frac + power_ups_loss_frac(ups, load_frac));
}

double power_transformer_loss_frac(double load_frac, double noload_frac, double full_load_frac) {
    return noload_frac + full_load_frac * load_frac * load_frac;
}

double power_installed_ratio(enum power_redundancy redundancy, double needed_count) {
    switch (redundancy) {
    case POWER_N_PLUS_1:
        return (needed_count + 1.0) / needed_count;
    case POWER_2N:
        return 2.0;
    case POWER_N:
    case POWER_REDUNDANCIES:
        break;
    }
    return 1.0;
}

double power_module_load_frac(double load_frac, enum power_redundancy redundancy,
                              double needed_count) {
    return load_frac / power_installed_ratio(redundancy, needed_count);
}
