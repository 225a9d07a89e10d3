/* Colebrook: 1/sqrt(f) = -2 log10(2.51/(Re sqrt f) + k/(3.71 d)); Dunlop's cubic 2000 < Re < 4000
   as in EPANET 2.2. dp/L = f rho v^2 / (2 d).
   Single buried pipe: U = 1/(R_i + R_g), R_i = ln(D/d)/(2 pi l_i), R_g = ln(4H/D)/(2 pi l_g), H =
   cover + D/2. Pair: R_m = ln(1 + (2H/C)^2)/(4 pi l_g); U1 - U2 = 1/(R + R_m) (EN 13941, Boehm
   2000). Twin: first-order multipole, Wallenten 1991; across within 5 % of a collocation. Film:
   Dittus and Boelter 1930, heating. Sizes: EN 253 with casings of series 1 to 3 (catalogue values, heat notes section 4). Speed
   limits by size: common design practice [recalled, unverified]. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/pipe.h"

#include <math.h>

#include "base/status.h"

static const double pi = 3.14159265358979323846;

static const struct pipe_size sizes[] = {
    {20, 0.0269, 0.0217, {0.090, 0.110, 0.125}},  {25, 0.0337, 0.0273, {0.090, 0.110, 0.125}},
    {32, 0.0424, 0.0360, {0.110, 0.125, 0.140}},  {40, 0.0483, 0.0419, {0.110, 0.125, 0.140}},
    {50, 0.0603, 0.0539, {0.125, 0.140, 0.160}},  {65, 0.0761, 0.0697, {0.140, 0.160, 0.180}},
    {80, 0.0889, 0.0825, {0.160, 0.180, 0.200}},  {100, 0.1143, 0.1071, {0.200, 0.225, 0.250}},
    {125, 0.1397, 0.1325, {0.225, 0.250, 0.280}}, {150, 0.1683, 0.1603, {0.250, 0.280, 0.315}},
    {200, 0.2191, 0.2101, {0.315, 0.355, 0.400}}, {250, 0.2730, 0.2630, {0.400, 0.450, 0.500}},
    {300, 0.3239, 0.3127, {0.450, 0.500, 0.560}}, {350, 0.3556, 0.3444, {0.500, 0.560, 0.630}},
    {400, 0.4064, 0.3938, {0.560, 0.630, 0.710}}, {450, 0.4570, 0.4444, {0.630, 0.710, 0.800}},
    {500, 0.5080, 0.4954, {0.710, 0.800, 0.900}}, {600, 0.6100, 0.5958, {0.800, 0.900, 1.000}},
};

static double colebrook_ratio(double reynolds_ratio, double relative_ratio) {
    double start = log10(relative_ratio / 3.7 + 5.74 / pow(reynolds_ratio, 0.9));
    double friction = 0.25 / (start * start);
    for (int n = 0; n < 12; n++) {
        double root =
            -2.0 * log10(2.51 / (reynolds_ratio * sqrt(friction)) + relative_ratio / 3.71);
        double next = 1.0 / (root * root);
        double change = fabs(next - friction);
        friction = next;
        if (change < 1e-12 * next) {
            break;
        }
    }
    return friction;
}

static double dunlop_ratio(double reynolds_ratio, double relative_ratio) {
    double r = reynolds_ratio / 2000.0;
    double y2 = relative_ratio / 3.7 + 5.74 / pow(4000.0, 0.9), y3 = -0.86859 * log(y2);
    double fa = 1.0 / (y3 * y3), fb = fa * (2.0 - 0.00514215 / (y2 * y3));
    double x1 = 7.0 * fa - fb, x2 = 0.128 - 17.0 * fa + 2.5 * fb,
           x3 = -0.128 + 13.0 * fa - 2.0 * fb;
    double x4 = r * (0.032 - 3.0 * fa + 0.5 * fb);
    return x1 + r * (x2 + r * (x3 + x4));
}

double pipe_friction_ratio(double reynolds_ratio, double roughness_m, double diameter_m) {
    double relative_ratio = roughness_m / diameter_m;
    if (reynolds_ratio <= 2000.0) {
        return 64.0 / fmax(reynolds_ratio, 1e-9);
    }
    return reynolds_ratio < 4000.0 ? dunlop_ratio(reynolds_ratio, relative_ratio)
                                   : colebrook_ratio(reynolds_ratio, relative_ratio);
}

/* Colebrook by Newton on x = 1/sqrt(f) from Swamee and Jain's x; dx/dRe follows from the same
   equation. */
static double turbulent_hagen_ratio(double reynolds_ratio, double relative_ratio, int newton_steps,
                                    double *ret_slope_ratio) {
    const double per_decade = 2.0 / 2.302585092994046; /* 2 log10(a) = per_decade ln(a) */
    double re = reynolds_ratio, rough = relative_ratio / 3.7, smooth = 5.74 / pow(re, 0.9);
    double x = -per_decade * log(rough + smooth);
    double slope = per_decade * 0.9 * smooth / (re * (rough + smooth));
    rough = relative_ratio / 3.71;
    for (int n = 0; n < newton_steps; n++) {
        double inside = 2.51 * x / re + rough;
        double down = 1.0 + per_decade * 2.51 / (re * inside);
        x -= (x + per_decade * log(inside)) / down;
        slope = per_decade * 2.51 * x / (re * re * inside) / down;
    }
    *ret_slope_ratio = re / (x * x) - re * re / (x * x * x) * slope;
    return re * re / (2.0 * x * x);
}

static const double laminar_ratio = 2000.0, turbulent_ratio = 4000.0; /* Reynolds numbers */

/* Between laminar and turbulent: the cubic that ends as both, slopes too. */
static double between_hagen_ratio(double reynolds_ratio, double end_ratio, double end_slope_ratio,
                                  double *ret_slope_ratio) {
    double width = turbulent_ratio - laminar_ratio;
    double u = (reynolds_ratio - laminar_ratio) / width, v = 1.0 - u;
    double begin = 32.0 * laminar_ratio, rise = end_ratio - begin;
    *ret_slope_ratio =
        6.0 * u * v * rise / width + v * (v - 2.0 * u) * 32.0 + u * (u - 2.0 * v) * end_slope_ratio;
    return begin + u * u * (3.0 - 2.0 * u) * rise +
           u * v * width * (v * 32.0 - u * end_slope_ratio);
}

static double smooth_hagen_ratio(double reynolds_ratio, double relative_ratio, int newton_steps,
                                 double *ret_slope_ratio) {
    if (reynolds_ratio <= laminar_ratio) {
        *ret_slope_ratio = 32.0;
        return 32.0 * reynolds_ratio;
    }
    if (reynolds_ratio >= turbulent_ratio) {
        return turbulent_hagen_ratio(reynolds_ratio, relative_ratio, newton_steps, ret_slope_ratio);
    }
    double slope = 0.0;
    double end = turbulent_hagen_ratio(turbulent_ratio, relative_ratio, newton_steps, &slope);
    return between_hagen_ratio(reynolds_ratio, end, slope, ret_slope_ratio);
}

double pipe_hagen_ratio(double reynolds_ratio, double relative_ratio, double *ret_slope_ratio) {
    return smooth_hagen_ratio(reynolds_ratio, relative_ratio, 3, ret_slope_ratio);
}

/* Colebrook by Halley on x = 1/sqrt(f) from a near x; where the step moves the logarithm's argument by less than a
   hundredth, its series gives the logarithm of the new place, and Newton's step from there leaves 1e-13. */
static double near_hagen_ratio(double reynolds_ratio, double relative_ratio, double *root_ratio,
                               double *ret_slope_ratio) {
    const double per_decade = 2.0 / 2.302585092994046, near = 1e-2;
    double per_re = 1.0 / reynolds_ratio, smooth = 2.51 * per_re, x = *root_ratio;
    double rough = relative_ratio * (1.0 / 3.71);
    for (int n = 0; n < 6; n++) {
        double inside = smooth * x + rough, bend = smooth / inside;
        double missed = x + per_decade * log(inside);
        double down = 1.0 + per_decade * bend;
        double step = missed * down / (down * down + 0.5 * per_decade * bend * bend * missed);
        double u = bend * step;
        x -= step;
        if (fabs(u) < near) {
            double series = u * (1.0 + u * (1.0 / 2 + u * (1.0 / 3 + u * (1.0 / 4 + u / 5))));
            down = 1.0 + per_decade * bend * (1.0 + u * (1.0 + u));
            x -= (missed - step - per_decade * series) / down;
            break;
        }
    }
    *root_ratio = x;
    double down = 1.0 + per_decade * smooth / (smooth * x + rough);
    double hagen_root = reynolds_ratio / x;
    *ret_slope_ratio = hagen_root * hagen_root * per_re / down;
    return 0.5 * hagen_root * hagen_root;
}

double pipe_hagen_near_ratio(double reynolds_ratio, double relative_ratio, double *root_ratio,
                             double *ret_slope_ratio) {
    if (!(*root_ratio > 0.0)) {
        double slope = 0.0, at = fmax(reynolds_ratio, turbulent_ratio);
        *root_ratio = at / sqrt(2.0 * turbulent_hagen_ratio(at, relative_ratio, 2, &slope));
    }
    if (reynolds_ratio <= laminar_ratio) {
        *ret_slope_ratio = 32.0;
        return 32.0 * reynolds_ratio;
    }
    if (reynolds_ratio >= turbulent_ratio) {
        return near_hagen_ratio(reynolds_ratio, relative_ratio, root_ratio, ret_slope_ratio);
    }
    double slope = 0.0;
    double end = near_hagen_ratio(turbulent_ratio, relative_ratio, root_ratio, &slope);
    return between_hagen_ratio(reynolds_ratio, end, slope, ret_slope_ratio);
}

double pipe_hagen_explicit_ratio(double reynolds_ratio, double relative_ratio,
                                 double *ret_slope_ratio) {
    return smooth_hagen_ratio(reynolds_ratio, relative_ratio, 0, ret_slope_ratio);
}

double pipe_speed_m_s(double flow_kg_s, double diameter_m, double density_kg_m3) {
    return flow_kg_s / (density_kg_m3 * pi * diameter_m * diameter_m / 4.0);
}

double pipe_gradient_kpa_m(double flow_kg_s, double diameter_m, double roughness_m,
                           double density_kg_m3, double viscosity_kpas) {
    if (!(flow_kg_s > 0.0)) {
        return 0.0;
    }
    double speed_m_s = pipe_speed_m_s(flow_kg_s, diameter_m, density_kg_m3);
    double reynolds = density_kg_m3 * speed_m_s * diameter_m / (1000.0 * viscosity_kpas);
    double friction = pipe_friction_ratio(reynolds, roughness_m, diameter_m);
    return friction / diameter_m * density_kg_m3 * speed_m_s * speed_m_s / 2.0 / 1000.0;
}

static double resistance_mk_kw(double pipe_outer_m, double casing_m, double cover_m,
                               double insulation_kw_mk, double ground_kw_mk) {
    double depth_m = cover_m + 0.5 * casing_m;
    return log(casing_m / pipe_outer_m) / (2.0 * pi * insulation_kw_mk) +
           log(4.0 * depth_m / casing_m) / (2.0 * pi * ground_kw_mk);
}

double pipe_loss_single_kw_mk(double pipe_outer_m, double casing_m, double cover_m,
                              double insulation_kw_mk, double ground_kw_mk) {
    return 1.0 / resistance_mk_kw(pipe_outer_m, casing_m, cover_m, insulation_kw_mk, ground_kw_mk);
}

static double mutual_mk_kw(double casing_m, double cover_m, double spacing_m, double ground_kw_mk) {
    double twice = 2.0 * (cover_m + 0.5 * casing_m) / spacing_m;
    return log(1.0 + twice * twice) / (4.0 * pi * ground_kw_mk);
}

double pipe_loss_pair_kw_mk(double pipe_outer_m, double casing_m, double cover_m, double spacing_m,
                            double insulation_kw_mk, double ground_kw_mk) {
    return 1.0 /
           (resistance_mk_kw(pipe_outer_m, casing_m, cover_m, insulation_kw_mk, ground_kw_mk) +
            mutual_mk_kw(casing_m, cover_m, spacing_m, ground_kw_mk));
}

double pipe_loss_pair_across_kw_mk(double pipe_outer_m, double casing_m, double cover_m,
                                   double spacing_m, double insulation_kw_mk, double ground_kw_mk) {
    return 1.0 /
           (resistance_mk_kw(pipe_outer_m, casing_m, cover_m, insulation_kw_mk, ground_kw_mk) -
            mutual_mk_kw(casing_m, cover_m, spacing_m, ground_kw_mk));
}

void pipe_loss_twin_kw_mk(double pipe_outer_m, double gap_m, double casing_m, double cover_m,
                          double insulation_kw_mk, double ground_kw_mk, double *ret_symmetric_kw_mk,
                          double *ret_across_kw_mk) {
    double r_o = 0.5 * pipe_outer_m, r_c = 0.5 * casing_m, e = 0.5 * (gap_m + pipe_outer_m);
    double h = cover_m + r_c, li = insulation_kw_mk, lg = ground_kw_mk;
    double s = (li - lg) / (li + lg), shallow = r_c / (2.0 * h);
    double g = 2.0 * (1.0 - s * s) / (1.0 - s * shallow * shallow);
    double c2 = r_c * r_c, c4 = c2 * c2, e2 = e * e, e4 = e2 * e2, half = r_o / (2.0 * e);
    double above = half - 2.0 * s * r_o * e * e2 / (c4 - e4);
    double ring = 2.0 * r_o * c2 * e / (c4 - e4);
    double below = 1.0 + half * half + s * ring * ring;
    double symmetric = 2.0 * li / lg * log(2.0 * h / r_c) + log(c2 / (2.0 * e * r_o)) +
                       s * log(c4 / (c4 - e4)) - above * above / below;
    double tilt = g * r_o / (4.0 * h);
    above = half - tilt * e / h + s * ring;
    below = 1.0 - half * half - g * half +
            2.0 * s * r_o * r_o * c2 * (c4 + e4) / ((c4 - e4) * (c4 - e4));
    double across = log(2.0 * e / r_o) + s * log((c2 + e2) / (c2 - e2)) - above * above / below -
                    g * (e / (2.0 * h)) * (e / (2.0 * h));
    *ret_symmetric_kw_mk = 2.0 * pi * li / symmetric;
    *ret_across_kw_mk = 2.0 * pi * li / across;
}

static double turbulent_nusselt_ratio(double reynolds_ratio, double prandtl_ratio) {
    return 0.023 * pow(reynolds_ratio, 0.8) * pow(prandtl_ratio, 0.4);
}

double pipe_film_kw_m2k(double flow_kg_s, double diameter_m, double heat_kj_kgk,
                        double viscosity_kpas, double conductivity_kw_mk) {
    const double laminar = 2300.0, turbulent = 10000.0, still_nusselt = 3.66;
    double reynolds = 4.0 * fabs(flow_kg_s) / (pi * diameter_m * 1000.0 * viscosity_kpas);
    double prandtl = heat_kj_kgk * 1000.0 * viscosity_kpas / conductivity_kw_mk;
    double share = fmin(1.0, fmax(0.0, (reynolds - laminar) / (turbulent - laminar)));
    double nusselt =
        still_nusselt +
        share * (turbulent_nusselt_ratio(fmax(turbulent, reynolds), prandtl) - still_nusselt);
    return nusselt * conductivity_kw_mk / diameter_m;
}

double pipe_outlet_c(double inlet_c, double ground_c, double loss_kw_mk, double length_m,
                     double flow_kg_s, double heat_kj_kgk) {
    if (!(flow_kg_s > 0.0)) {
        return ground_c;
    }
    return ground_c +
           (inlet_c - ground_c) * exp(-loss_kw_mk * length_m / (flow_kg_s * heat_kj_kgk));
}

int pipe_sizes(void) { return COUNT(sizes); }
const struct pipe_size *pipe_size_at(int index) { return &sizes[index]; }

double pipe_speed_limit_m_s(int nominal_mm) {
    return nominal_mm <= 50 ? 1.0 : nominal_mm <= 100 ? 1.5 : nominal_mm <= 200 ? 2.0 : 2.75;
}

bool pipe_carries(const struct pipe_size *size, double flow_kg_s, double gradient_kpa_m,
                  double roughness_m, double density_kg_m3, double viscosity_kpas) {
    return pipe_speed_m_s(flow_kg_s, size->inner_m, density_kg_m3) <=
               pipe_speed_limit_m_s(size->nominal_mm) &&
           pipe_gradient_kpa_m(flow_kg_s, size->inner_m, roughness_m, density_kg_m3,
                               viscosity_kpas) <= gradient_kpa_m;
}

int pipe_size_for(double flow_kg_s, double gradient_kpa_m, double roughness_m, double density_kg_m3,
                  double viscosity_kpas) {
    int k = 0;
    while (k < COUNT(sizes) - 1 && !pipe_carries(&sizes[k], flow_kg_s, gradient_kpa_m, roughness_m,
                                                 density_kg_m3, viscosity_kpas)) {
        k++;
    }
    return k;
}
