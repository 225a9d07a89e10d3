/* Growth over years.

   compound   (1+g)^t                      linear    1 + a t
   logistic   C / (1 + (C-1) e^(-rt)), C the cap over the first value
   Gompertz   C exp(-ln C e^(-rt))
   Bass       F = (1 - e^(-(p+q)t)) / (1 + q/p e^(-(p+q)t)), steepest at ln(q/p)/(p+q)
   floor      f + (1-f)(1-d)^t
   pipeline   sum over stages of requested * odds; of that min(1, t/ramp) draws

   Sources: Verhulst 1838 (logistic); Gompertz 1825; Bass 1969, doi 10.1287/mnsc.15.5.215; LBNL 2025 (fleet PUE as a floor);
   odds of the stages are the middles of 5..10, 20..30, 60..80, 95 %, which are recalled, not read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/growth.h"

#include <math.h>

double growth_compound_ratio(double growth_frac, double span_year) {
    return pow(1.0 + growth_frac, span_year);
}

double growth_linear_ratio(double added_frac, double span_year) {
    return 1.0 + added_frac * span_year;
}

double growth_logistic_ratio(double cap_ratio, double rate_frac, double span_year) {
    return cap_ratio / (1.0 + (cap_ratio - 1.0) * exp(-rate_frac * span_year));
}

double growth_logistic_frac(double cap_ratio, double later_ratio, double span_year) {
    return log((cap_ratio - 1.0) / (cap_ratio / later_ratio - 1.0)) / span_year;
}

double growth_gompertz_ratio(double cap_ratio, double rate_frac, double span_year) {
    return cap_ratio * exp(-log(cap_ratio) * exp(-rate_frac * span_year));
}

double growth_bass_frac(double innovation_frac, double imitation_frac, double span_year) {
    double left = exp(-(innovation_frac + imitation_frac) * span_year);
    return (1.0 - left) / (1.0 + imitation_frac / innovation_frac * left);
}

double growth_bass_peak_year(double innovation_frac, double imitation_frac) {
    return log(imitation_frac / innovation_frac) / (innovation_frac + imitation_frac);
}

double growth_floor_ratio(double floor_ratio, double fall_frac, double span_year) {
    return floor_ratio + (1.0 - floor_ratio) * pow(1.0 - fall_frac, span_year);
}

double growth_load_ratio(double need_frac, double thrift_frac, double span_year) {
    return pow((1.0 + need_frac) / (1.0 + thrift_frac), span_year);
}

double growth_pipeline_kw(const double requested_kw[GROWTH_STAGES],
                          const double odds_frac[GROWTH_STAGES]) {
    double built_kw = 0.0;
    for (int k = 0; k < GROWTH_STAGES; k++) {
        built_kw += requested_kw[k] * odds_frac[k];
    }
    return built_kw;
}

double growth_ramp_frac(double ramp_year, double span_year) {
    return ramp_year > 0.0 ? fmin(1.0, span_year / ramp_year) : 1.0;
}

double growth_supply_kgco2_kwh(double fossil_frac, double fossil_kgco2_kwh,
                               double renewable_kgco2_kwh) {
    return fossil_frac * fossil_kgco2_kwh + (1.0 - fossil_frac) * renewable_kgco2_kwh;
}
