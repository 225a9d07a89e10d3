/* What servers draw: by their work, by the air they breathe, by the year of a hall. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_SERVER_H
#define PHYSICS_SERVER_H

/* Power over full power at a utilisation 0..1 of a fleet that idles at idle_frac: the SPECpower curve, stretched to
   the idle share. */
double server_power_frac(double utilisation_frac, double idle_frac);
/* The utilisation at which a fleet draws that share of its full power: 0 at idle and below. */
double server_utilisation_frac(double power_frac, double idle_frac);
/* Power over that with supply air of 23 degC: rising by frac_k per kelvin, by the table of a 1U server beyond 30 degC;
   1 below 23. Holds to 37 degC, from where it rises as before. */
double server_warm_air_ratio(double inlet_c, double rise_frac_k);
/* Power of a hall on the linear law alone, at any temperature. */
double server_warm_linear_ratio(double warm_c, double reference_c, double rise_frac_k);
/* Share of the servers that stand in hall_year of a hall that starts with start_frac and is full after ramp_year. */
double server_ramp_frac(double hall_year, double start_frac, double ramp_year);
/* Work per kWh over that of the first year, when all servers are replaced every refresh_year years by those of the
   time, which get better by growth_frac_year. */
double server_refresh_ratio(double hall_year, double refresh_year, double growth_frac_year);

#endif
