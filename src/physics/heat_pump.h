/* Coefficients of performance of compression heat pumps, from temperatures. COP = heat to the sink
   / electricity. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_HEAT_PUMP_H
#define PHYSICS_HEAT_PUMP_H

#include <stdbool.h>

struct heat_pump_fluid { /* coefficients of Jensen's approximation */
    double a1_ratio, b1_ratio, c1_dk, a2_ratio, b2_ratio, c2_ratio;
};
extern const struct heat_pump_fluid heat_pump_ammonia, heat_pump_isobutane;

extern const double heat_pump_lift_min_dk; /* less is an exchanger's work */

/* Sink water is heated from sink_in to sink_out, source water cooled from source_in to source_out.
   False (result untouched) where there is no such machine: lift sink_out - source_in below 10 K (an
   exchanger's work), COP below 1, outside the range of the fit. The COP is capped at 10. */
bool heat_pump_cop_jensen(double sink_out_c, double sink_in_c, double source_in_c,
                          double source_out_c, double pinch_dk, double eta_is_frac,
                          const struct heat_pump_fluid *fluid, double *ret_cop);
/* Conservative fit of market data, single stage: sink <= 100, source -10..60 degC, lift 10..78
   K. */
bool heat_pump_cop_jesper(double sink_out_c, double source_in_c, double *ret_cop);
/* The same study's very hot machines: sink 100..160, source 25..110 degC, lift 25..95 K. */
bool heat_pump_cop_jesper_hot(double sink_out_c, double source_in_c, double *ret_cop);
/* COP = quality * T_sink / (T_sink - T_source). */
bool heat_pump_cop_quality(double sink_out_c, double source_in_c, double quality_frac,
                           double *ret_cop);
/* COP = share * Lorenz. False too where the mean temperatures are nearer than 10 K: the ideal
   diverges there. */
bool heat_pump_cop_lorenz(double sink_out_c, double sink_in_c, double source_in_c,
                          double source_out_c, double lorenz_frac, double *ret_cop);
/* Domestic machines (Staffell 2012), lift 15..60 K (held at its ends), before a field correction.
   */
double heat_pump_air_domestic_cop(double sink_out_c, double outdoor_c);
double heat_pump_ground_domestic_cop(double sink_out_c, double source_c);

enum heat_pump_source { HEAT_PUMP_AIR, HEAT_PUMP_GROUND, HEAT_PUMP_WATER, HEAT_PUMP_SOURCES };
/* Domestic machines of When2Heat as measured in the field (0.85 of the catalogue), lift 15 K (held)
   to 80 K. source_c is the machine's: ground 5 K below the soil, groundwater 5 K below the well. */
double heat_pump_when2heat_cop(enum heat_pump_source source, double sink_out_c, double source_c);

/* Two machines as one. Cascade: the lower one's heat drives the upper one. Series: each gives half of the heat, the warm
   halves of source and sink in one, the cool halves in the other. */
double heat_pump_cascade_cop(double lower_cop, double upper_cop);
double heat_pump_series_cop(double one_cop, double other_cop);

/* What icing leaves of the COP of an air-source machine: icing_ratio below icing_c, 1 from there on.
   */
double heat_pump_icing_ratio(double source_c, double icing_c, double icing_ratio);
/* What switching on and off leaves of the COP at a share of full load; degradation 0.9 for water.
   */
double heat_pump_part_load_ratio(double load_frac, double degradation_ratio);
/* Pinch and isentropic efficiency by size: 1 MW 5 K, 0.80; 3 MW 3 K, 0.85; between by the logarithm
   of size. */
void heat_pump_size(double heat_kw, double *ret_pinch_dk, double *ret_eta_is_frac);

#endif
