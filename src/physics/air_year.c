/* Humid air over arrays.
   p_ws between knots 0.5 K apart by Hermite's cubic on value and slope: h^4/384 p'''' is 3e-9 of p. Ice up to 0.01 degC,
   water above, each with its own cells; the sliver between 0 and 0.01 degC and what lies beyond -60..90 degC goes to the
   slow law. Wet bulb and dew point by Halley's steps on the table, whose error is a cube: one or two of them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/air_year.h"

#include <math.h>
#include <stdbool.h>

#include "physics/air.h"

enum { COLDEST_C = -60, HOTTEST_C = 90, PER_K = 2, CELLS = (HOTTEST_C - COLDEST_C) * PER_K };
static const double molar_mass_ratio = 0.621945;
/* Halley's last step: what it leaves is its cube times 4e-4 per K2 or less: 5e-8 K */
static const double settled_dk = 0.05;

/* Cubic of each cell in u = 0..1: value and slope by u. */
struct saturation {
    double a_kpa[CELLS], b_kpa[CELLS], c_kpa[CELLS], d_kpa[CELLS];
};

/* p and dp/dt; the slope by the law's own derivative, central over 1e-3 K of the logarithm's curve. */
static void knot(double t_c, double *ret_kpa, double *ret_slope_kpa) {
    const double step_dk = 1e-3;
    double above_kpa = air_saturation_kpa(t_c + step_dk),
           below_kpa = air_saturation_kpa(t_c - step_dk);
    *ret_kpa = air_saturation_kpa(t_c);
    *ret_slope_kpa = (above_kpa - below_kpa) / (2.0 * step_dk);
}

/* Knots one by one; at 0 degC both branches have theirs, taken just inside. */
static void make(struct saturation *table) {
    const double width_dk = 1.0 / PER_K, inside_dk = 0.02;
    double left_kpa = 0.0, left_slope_kpa = 0.0, right_kpa = 0.0, right_slope_kpa = 0.0;
    knot(COLDEST_C, &left_kpa, &left_slope_kpa);
    for (int k = 0; k < CELLS; k++) {
        double right_c = COLDEST_C + (k + 1) * width_dk;
        knot(right_c, &right_kpa, &right_slope_kpa);
        if (k == -COLDEST_C * PER_K) {
            /* the water side begins above 0.01 degC: carried back to 0 by two slopes */
            double near_slope_kpa = 0.0, far_kpa = 0.0, far_slope_kpa = 0.0;
            knot(inside_dk, &left_kpa, &near_slope_kpa);
            knot(2.0 * inside_dk, &far_kpa, &far_slope_kpa);
            left_slope_kpa = 2.0 * near_slope_kpa - far_slope_kpa;
            left_kpa -= 0.5 * inside_dk * (near_slope_kpa + left_slope_kpa);
        }
        double m0 = left_slope_kpa * width_dk, m1 = right_slope_kpa * width_dk;
        double rise = right_kpa - left_kpa;
        table->a_kpa[k] = left_kpa;
        table->b_kpa[k] = m0;
        table->c_kpa[k] = 3.0 * rise - 2.0 * m0 - m1;
        table->d_kpa[k] = m0 + m1 - 2.0 * rise;
        left_kpa = right_kpa;
        left_slope_kpa = right_slope_kpa;
    }
}

static bool on_table(double t_c) {
    return t_c >= COLDEST_C && t_c < HOTTEST_C && !(t_c > 0.0 && t_c <= 0.01);
}

/* Value, slope by kelvin and the slope's slope; 0 degC itself is ice. */
static double bend_at(const struct saturation *table, double t_c, double *ret_slope_kpa,
                      double *ret_bend_kpa) {
    double place = (t_c - COLDEST_C) * PER_K;
    int k = (int)place;
    k -= t_c <= 0.0 && k == -COLDEST_C * PER_K;
    double u = place - k;
    double c = table->c_kpa[k], d = table->d_kpa[k];
    *ret_slope_kpa = PER_K * (table->b_kpa[k] + u * (2.0 * c + u * 3.0 * d));
    *ret_bend_kpa = PER_K * PER_K * (2.0 * c + u * 6.0 * d);
    return table->a_kpa[k] + u * (table->b_kpa[k] + u * (c + u * d));
}

static double at(const struct saturation *table, double t_c) {
    double slope_kpa = 0.0, bend_kpa = 0.0;
    return bend_at(table, t_c, &slope_kpa, &bend_kpa);
}

static double halley_step_dk(double off_ratio, double slope_ratio, double bend_ratio) {
    return 2.0 * off_ratio * slope_ratio /
           (2.0 * slope_ratio * slope_ratio - off_ratio * bend_ratio);
}

static double saturation_kpa(const struct saturation *table, double t_c) {
    return on_table(t_c) ? at(table, t_c) : air_saturation_kpa(t_c);
}

void air_year_saturation_kpa(int count, const double *t_c, double *ret_kpa) {
    struct saturation table;
    make(&table);
    for (int k = 0; k < count; k++) {
        ret_kpa[k] = saturation_kpa(&table, t_c[k]);
    }
}

void air_year_humidity_kg_kg(int count, const double *t_c, const double *rh_frac,
                             const double *p_kpa, double *ret_kg_kg) {
    struct saturation table;
    make(&table);
    for (int k = 0; k < count; k++) {
        double p_w_kpa = rh_frac[k] * saturation_kpa(&table, t_c[k]);
        ret_kg_kg[k] = molar_mass_ratio * p_w_kpa / (p_kpa[k] - p_w_kpa);
    }
}

static double vapour_kpa(double w_kg_kg, double p_kpa) {
    return p_kpa * w_kg_kg / (molar_mass_ratio + w_kg_kg);
}

void air_year_relative_humidity_frac(int count, const double *t_c, const double *w_kg_kg,
                                     const double *p_kpa, double *ret_frac) {
    struct saturation table;
    make(&table);
    for (int k = 0; k < count; k++) {
        ret_frac[k] = vapour_kpa(w_kg_kg[k], p_kpa[k]) / saturation_kpa(&table, t_c[k]);
    }
}

/* Steps on the pressure from Magnus' formula over water or ice. NaN where it leaves the table or does not settle. */
static double dew_point_c(const struct saturation *table, double p_w_kpa) {
    double magnus = log(p_w_kpa / 0.6112), slope_kpa = 1.0, bend_kpa = 0.0;
    double t_c =
        magnus > 0.0 ? 243.12 * magnus / (17.62 - magnus) : 272.62 * magnus / (22.46 - magnus);
    for (int n = 0; n < 8; n++) {
        if (!on_table(t_c)) {
            return (double)NAN;
        }
        double off_kpa = bend_at(table, t_c, &slope_kpa, &bend_kpa) - p_w_kpa;
        double step_dk = halley_step_dk(off_kpa, slope_kpa, bend_kpa);
        t_c -= step_dk;
        if (fabs(step_dk) < settled_dk) {
            return on_table(t_c) ? t_c : (double)NAN;
        }
    }
    return (double)NAN;
}

void air_year_dew_point_c(int count, const double *w_kg_kg, const double *p_kpa, double *ret_c) {
    struct saturation table;
    make(&table);
    for (int k = 0; k < count; k++) {
        double w = w_kg_kg[k], p = p_kpa[k]; /* ret_c may be one of them */
        double fast_c = w > 0.0 ? dew_point_c(&table, vapour_kpa(w, p)) : (double)NAN;
        ret_c[k] = isnan(fast_c) ? air_dew_point_c(w, p) : fast_c;
    }
}

/* The balance of a wet (t* >= 0) or iced wick, as in air.c. */
struct wick {
    double latent_kj_kg, latent_slope_kj_kgk, water_kj_kgk;
};
static const struct wick wet = {2501.0, 2.326, 4.186}, iced = {2830.0, 0.24, 2.1};

/* The balance, its rise and the rise's rise by kelvin of the bulb. */
struct balance {
    double off_kj_kg, rise_kj_kgk, bend_kj_kgk;
};

static struct balance balance_at(const struct saturation *table, const struct wick *wick,
                                 double t_c, double bulb_c, double w_kg_kg, double p_kpa) {
    double slope_kpa = 0.0, bend_kpa = 0.0;
    double p_ws_kpa = bend_at(table, bulb_c, &slope_kpa, &bend_kpa);
    double dry_ratio = 1.0 / (p_kpa - p_ws_kpa), latent_slope_kj_kgk = wick->latent_slope_kj_kgk;
    double latent_kj_kg = wick->latent_kj_kg - latent_slope_kj_kgk * bulb_c;
    double w_s = molar_mass_ratio * p_ws_kpa * dry_ratio;
    double factor_ratio = molar_mass_ratio * p_kpa * dry_ratio * dry_ratio;
    double rise_ratio = factor_ratio * slope_kpa,
           bend_ratio = factor_ratio * (bend_kpa + 2.0 * slope_kpa * slope_kpa * dry_ratio);
    return (struct balance){latent_kj_kg * w_s - 1.006 * (t_c - bulb_c) -
                                w_kg_kg *
                                    (wick->latent_kj_kg + 1.86 * t_c - wick->water_kj_kgk * bulb_c),
                            latent_kj_kg * rise_ratio - latent_slope_kj_kgk * w_s + 1.006 +
                                w_kg_kg * wick->water_kj_kgk,
                            latent_kj_kg * bend_ratio - 2.0 * latent_slope_kj_kgk * rise_ratio};
}

static double wet_bulb_c(const struct saturation *table, double t_c, double w_kg_kg, double p_kpa) {
    if (!on_table(t_c) || p_kpa < 45.0) {
        return (double)NAN;
    }
    double p_ws_kpa = at(table, t_c);
    if (p_ws_kpa >= p_kpa || w_kg_kg >= molar_mass_ratio * p_ws_kpa / (p_kpa - p_ws_kpa)) {
        return p_ws_kpa >= p_kpa ? (double)NAN : t_c;
    }
    /* at 0 degC the wet wick's saturation is ice's, as in the slow law */
    bool is_wet = t_c >= 0.0 && balance_at(table, &wet, t_c, 0.0, w_kg_kg, p_kpa).off_kj_kg <= 0.0;
    const struct wick *wick = is_wet ? &wet : &iced;
    /* within a kelvin or two: the depression at sea level is about (1 - w/w_s)(5.5 + .35 t) */
    double dry_frac = 1.0 - w_kg_kg * (p_kpa - p_ws_kpa) / (molar_mass_ratio * p_ws_kpa);
    double guess_c = t_c - dry_frac * fmax(0.5, 5.5 + 0.35 * t_c);
    double bulb_c = is_wet ? fmin(t_c, fmax(0.02, guess_c)) : fmin(guess_c, fmin(t_c, 0.0));
    for (int n = 0; n < 12; n++) {
        if (!on_table(bulb_c)) {
            return (double)NAN;
        }
        struct balance balance = balance_at(table, wick, t_c, bulb_c, w_kg_kg, p_kpa);
        double step_dk =
            halley_step_dk(balance.off_kj_kg, balance.rise_kj_kgk, balance.bend_kj_kgk);
        bulb_c -= step_dk;
        if (fabs(step_dk) < settled_dk) {
            return on_table(bulb_c) ? bulb_c : (double)NAN;
        }
    }
    return (double)NAN;
}

void air_year_wet_bulb_c(int count, const double *t_c, const double *w_kg_kg, const double *p_kpa,
                         double *ret_c) {
    struct saturation table;
    make(&table);
    for (int k = 0; k < count; k++) {
        double t = t_c[k], w = w_kg_kg[k], p = p_kpa[k];
        double fast_c = wet_bulb_c(&table, t, w, p);
        ret_c[k] = isnan(fast_c) ? air_wet_bulb_c(t, w, p) : fast_c;
    }
}

void air_year_enthalpy_kj_kg(int count, const double *t_c, const double *w_kg_kg,
                             double *ret_kj_kg) {
    for (int k = 0; k < count; k++) {
        ret_kj_kg[k] = air_enthalpy_kj_kg(t_c[k], w_kg_kg[k]);
    }
}
