/* Growth over years: how many times its first value a load, a price or a factor is after so many years. Rates are per year
   and real; a ratio is over the value of year 0. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_GROWTH_H
#define PHYSICS_GROWTH_H

/* The same share more (or less) every year; the same amount more every year. */
double growth_compound_ratio(double growth_frac, double span_year);
double growth_linear_ratio(double added_frac, double span_year);
/* Towards a cap, as fast at first as the rate says; and the rate behind a value so many years later, between the first value
   and the cap. */
double growth_logistic_ratio(double cap_ratio, double rate_frac, double span_year);
double growth_logistic_frac(double cap_ratio, double later_ratio, double span_year);
/* The same with its steepest year earlier, where a 1/e of the cap is reached. */
double growth_gompertz_ratio(double cap_ratio, double rate_frac, double span_year);
/* Share of a market that has adopted: p of those left by themselves, q by those who have; when most of them do. */
double growth_bass_frac(double innovation_frac, double imitation_frac, double span_year);
double growth_bass_peak_year(double innovation_frac, double imitation_frac);
/* What is above a floor shrinks by the same share every year (PUE above 1). */
double growth_floor_ratio(double floor_ratio, double fall_frac, double span_year);
/* Power for needs that grow, by machines that do more with a kWh every year. */
double growth_load_ratio(double need_frac, double thrift_frac, double span_year);

/* By how far a project has come: what is requested (kW), or the odds that it is built. */
enum growth_stage {
    GROWTH_INQUIRY,
    GROWTH_STUDY,
    GROWTH_CONTRACT,
    GROWTH_CONSTRUCTION,
    GROWTH_STAGES
};
/* What will be built of it, and what of that draws power when its ramp is so many years under way. */
double growth_pipeline_kw(const double requested_kw[GROWTH_STAGES],
                          const double odds_frac[GROWTH_STAGES]);
double growth_ramp_frac(double ramp_year, double span_year);
/* Carbon of new supply that is fossil by a share. */
double growth_supply_kgco2_kwh(double fossil_frac, double fossil_kgco2_kwh,
                               double renewable_kgco2_kwh);

#endif
