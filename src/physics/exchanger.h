/* Heat exchangers without phase change. Capacity flow = mass flow times heat capacity, in kW/K. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_EXCHANGER_H
#define PHYSICS_EXCHANGER_H

#include <stdbool.h>

/* Effectiveness of a counterflow exchanger: ntu = UA / C_min, flow_ratio = C_min / C_max, 0..1. */
double exchanger_effectiveness_frac(double ntu_ratio, double flow_ratio);
/* Logarithmic mean of the differences at the two ends; 0 when one of them is not above 0. */
double exchanger_mean_dk(double end_a_dk, double end_b_dk);
/* Counterflow: what passes over and where the streams leave. False when the hot inlet is not the
   hotter one. */
bool exchanger_counterflow(double hot_in_c, double hot_kw_k, double cold_in_c, double cold_kw_k,
                           double area_kw_k, double *ret_heat_kw, double *ret_hot_out_c,
                           double *ret_cold_out_c);
/* Substation: hot flow and outlet that bring heat_kw into a cold stream which leaves at cold_out.
   False when no flow does, however large. */
bool exchanger_hot_flow(double heat_kw, double hot_in_c, double cold_in_c, double cold_out_c,
                        double area_kw_k, double *ret_hot_kw_k, double *ret_hot_out_c);
/* Share of a stream's way from its inlet to the wanted outlet that an exchanger brings whose hot side comes at hot_c:
   (hot - approach - inlet)/(outlet - inlet), within 0..1. */
double exchanger_preheat_frac(double hot_c, double outlet_c, double inlet_c, double approach_dk);
/* UA away from design, flows as shares of design; hot_weight: share of the resistance on the hot
   side at design. */
double exchanger_area_ratio(double hot_flow_frac, double cold_flow_frac, double hot_weight_frac);

#endif
