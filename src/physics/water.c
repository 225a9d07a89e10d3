/* Density: Kell 1975 (doi 10.1021/je60064a005), 1e-3 % from IAPWS. Viscosity: Sharqawy, Lienhard
   and Zubair 2010, eq. 23 (doi 10.5004/dwt.2010.1079), 0.15 %. Heat capacity: fit of the pandapipes
   table of water, 0.02 % on 10..95 degC, 0.1 % low at 0 degC. Conductivity:
   quadratic through IAPWS R15-11 at 20, 50, 80 degC, 1 %. Latent heat: fit of steam tables used
   by Lei and Masanet 2022 (doi 10.1016/j.resconrec.2022.106323), 0.03 % on 0..100 degC. Deviations
   against IAPWS-95 and IAPWS R12-08 at 0.1 MPa. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/water.h"

double water_density_kg_m3(double t_c) {
    double t = t_c;
    double above =
        999.83952 +
        t * (16.945176 +
             t * (-7.9870401e-3 + t * (-46.170461e-6 + t * (105.56302e-9 - t * 280.54253e-12))));
    return above / (1.0 + 16.879850e-3 * t);
}

double water_conductivity_kw_mk(double t_c) {
    return (0.5611 + t_c * (1.95e-3 - 7.5e-6 * t_c)) / 1000.0;
}

double water_viscosity_kpas(double t_c) {
    double shifted = t_c + 64.993;
    return (4.2844e-5 + 1.0 / (0.157 * shifted * shifted - 91.296)) / 1000.0;
}

double water_latent_kj_kg(double t_c) { return -0.0013 * t_c * t_c - 2.3097 * t_c + 2500.5; }
