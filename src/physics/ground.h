/* Undisturbed ground temperature. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_GROUND_H
#define PHYSICS_GROUND_H

/* Kusuda and Achenbach 1965. coldest_day_of_year: of the surface; diffusivity in m2 per day (0.05 typical soil). */
double ground_c(double mean_c, double amplitude_dk, double depth_m, int day_of_year, double coldest_day_of_year);

#endif
