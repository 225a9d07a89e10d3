/* Heat of a greenhouse, per m2 of its floor. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_GREENHOUSE_H
#define PHYSICS_GREENHOUSE_H

/* Through the cover and with the air that leaks in, less what the sun gives; never below 0: it is aired then.
   cover_ratio: cover over floor; cover_kw_m2k: 0.006..0.007 single, 0.003..0.004 double, without its screen;
   saved_frac: what a drawn screen saves of the cover's loss; gain_frac: share of the global irradiance that heats
   the air. */
double greenhouse_heat_kw_m2(double cover_ratio, double cover_kw_m2k, double saved_frac,
                             double air_changes_per_h, double height_m, double inside_c,
                             double outdoor_c, double sun_kw_m2, double gain_frac);

#endif
