/* What a surface outdoors gives to the sky. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_SKY_H
#define PHYSICS_SKY_H

/* Temperature at which a clear sky seems to radiate; air -40..45 degC. A clouded one is warmer, at most the air's. */
double sky_clear_c(double air_c);
/* Heat radiated to a sky of that temperature, below 0 where the sky is warmer. */
double sky_radiation_kw_m2(double surface_c, double sky_c, double emissivity_frac);

#endif
