/* Undisturbed ground temperature. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_GROUND_H
#define PHYSICS_GROUND_H

/* coldest_day: of the year, of the surface, where the amplitude is that of the surface. Soil of 0.05 m2
   per day. */
double ground_c(double mean_c, double amplitude_dk, double depth_m, double day, double coldest_day);
/* The same with the soil's own diffusivity: 0.03 dry sand .. 0.10 wet rock. */
double ground_of_soil_c(double mean_c, double amplitude_dk, double depth_m, double day,
                        double coldest_day, double diffusivity_m2_day);

#endif
