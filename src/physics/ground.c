/* T(z, t) = T_mean - A e^(-z k) cos(2 pi / 365 (t - t_cold) - z k), k = sqrt(pi / (365 a)), a in
   m2/d. Kusuda and Achenbach 1965, ASHRAE Trans. 71(1); depth 0..30 m. a = 0.05 m2/d: the ground
   temperatures in EnergyPlus' weather files use 0.0557, and the mean from the surface to a depth; the
   tests compare with them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/ground.h"

#include <math.h>

double ground_of_soil_c(double mean_c, double amplitude_dk, double depth_m, double day,
                        double coldest_day, double diffusivity_m2_day) {
    const double pi = 3.14159265358979323846;
    double damping = depth_m * sqrt(pi / (365.0 * diffusivity_m2_day));
    double phase = 2.0 * pi / 365.0 * (day - coldest_day);
    return mean_c - amplitude_dk * exp(-damping) * cos(phase - damping);
}

double ground_c(double mean_c, double amplitude_dk, double depth_m, double day,
                double coldest_day) {
    return ground_of_soil_c(mean_c, amplitude_dk, depth_m, day, coldest_day, 0.05);
}
