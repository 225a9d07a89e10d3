/* Pre-insulated buried pipes: friction, heat loss, temperature along the way, and the catalogue of
   sizes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_PIPE_H
#define PHYSICS_PIPE_H

#include <stdbool.h>

/* Darcy friction factor: 64/Re below 2000, Dunlop's cubic to 4000, Colebrook above; a step of up to
   3.4 % at 4000, where the cubic meets Swamee and Jain's formula. */
double pipe_friction_ratio(double reynolds_ratio, double roughness_m, double diameter_m);
/* Hagen number f Re^2 / 2 = dp d^3 rho / (L mu^2), the pressure loss of a pipe without its speed, and
   its slope over Re: 32 Re below 2000, Colebrook above 4000, between them the cubic that meets both
   with their slopes, so that it is smooth and rises everywhere. */
double pipe_hagen_ratio(double reynolds_ratio, double relative_ratio, double *ret_slope_ratio);
/* The same from a near 1/sqrt(f), for Newton's passes over a network: it is kept there; 0 at first. */
double pipe_hagen_near_ratio(double reynolds_ratio, double relative_ratio, double *root_ratio,
                             double *ret_slope_ratio);
/* Explicit: Swamee and Jain's formula for Colebrook's above 4000, within 1 %. */
double pipe_hagen_explicit_ratio(double reynolds_ratio, double relative_ratio,
                                 double *ret_slope_ratio);
/* Pressure loss per length of straight pipe. */
double pipe_gradient_kpa_m(double flow_kg_s, double diameter_m, double roughness_m,
                           double density_kg_m3, double viscosity_kpas);
/* Heat loss of a single buried pipe per length and kelvin; casing and pipe outer diameters; cover
   above the casing. */
double pipe_loss_single_kw_mk(double pipe_outer_m, double casing_m, double cover_m,
                              double insulation_kw_mk, double ground_kw_mk);
/* Two parallel pipes, centre distance spacing: total loss of the pair per kelvin of (T_s + T_r - 2
   T_g). */
double pipe_loss_pair_kw_mk(double pipe_outer_m, double casing_m, double cover_m, double spacing_m,
                            double insulation_kw_mk, double ground_kw_mk);
/* The same pair: what one pipe loses to the other's, per kelvin of (T_s - T_r) / 2: antisymmetric. */
double pipe_loss_pair_across_kw_mk(double pipe_outer_m, double casing_m, double cover_m,
                                   double spacing_m, double insulation_kw_mk, double ground_kw_mk);
/* Two pipes in one casing (Wallenten 1991, first-order multipole): symmetric loss of each per kelvin
   of (T_s + T_r) / 2 - T_g and antisymmetric per kelvin of (T_s - T_r) / 2. gap: between the outer
   surfaces of the pipes. */
void pipe_loss_twin_kw_mk(double pipe_outer_m, double gap_m, double casing_m, double cover_m,
                          double insulation_kw_mk, double ground_kw_mk, double *ret_symmetric_kw_mk,
                          double *ret_across_kw_mk);
/* Heat transfer from water to the wall: Dittus and Boelter above Re 10000, Nu 3.66 below 2300, linear
   in Re between them. */
double pipe_film_kw_m2k(double flow_kg_s, double diameter_m, double heat_kj_kgk,
                        double viscosity_kpas, double conductivity_kw_mk);
/* Temperature after a length: T_g + (T_in - T_g) exp(-U L / (m c)). */
double pipe_outlet_c(double inlet_c, double ground_c, double loss_kw_mk, double length_m,
                     double flow_kg_s, double heat_kj_kgk);

struct pipe_size { /* EN 253; casing of insulation series 1, 2, 3 */
    int nominal_mm;
    double outer_m, inner_m, casing_m[3];
};
int pipe_sizes(void);
const struct pipe_size *pipe_size_at(int index); /* ascending */
/* Whether a size stays within gradient_kpa_m and its speed limit. */
bool pipe_carries(const struct pipe_size *size, double flow_kg_s, double gradient_kpa_m,
                  double roughness_m, double density_kg_m3, double viscosity_kpas);
/* Index of the smallest size that carries the flow; the largest when none does. */
int pipe_size_for(double flow_kg_s, double gradient_kpa_m, double roughness_m, double density_kg_m3,
                  double viscosity_kpas);
double pipe_speed_m_s(double flow_kg_s, double diameter_m, double density_kg_m3);
double pipe_speed_limit_m_s(int nominal_mm);

#endif
