/* Ideal heat pumps and heat engines between two temperatures. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_CARNOT_H
#define PHYSICS_CARNOT_H

double carnot_heating_ratio(double t_sink_c, double t_source_c); /* T_sink / (T_sink - T_source) */
double carnot_cooling_ratio(double t_sink_c,
                            double t_source_c);            /* T_source / (T_sink - T_source) */
double carnot_engine_eff(double t_hot_c, double t_cold_c); /* 1 - T_cold / T_hot */
/* Logarithmic mean of two absolute temperatures, in K; t_a when they are equal. */
double carnot_mean_k(double t_a_c, double t_b_c);
/* Ideal heat pump between two gliding temperatures: Tm_sink / (Tm_sink - Tm_source). */
double carnot_lorenz_ratio(double sink_out_c, double sink_in_c, double source_in_c,
                           double source_out_c);

#endif
