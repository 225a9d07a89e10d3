/* The laws of water by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/law_table.h"
#include "physics/water.h"

#define WATER LAW_GIVEN({"t_c", LAW_REQUIRED, 0.0, 100.0, NULL})

static bool density(const double *a, double *ret) {
    ret[0] = water_density_kg_m3(a[0]);
    return true;
}

static bool heat(const double *a, double *ret) {
    ret[0] = water_heat_kj_kgk(a[0]);
    return true;
}

static bool enthalpy(const double *a, double *ret) {
    ret[0] = water_enthalpy_kj_kg(a[0]);
    return true;
}

static bool conductivity(const double *a, double *ret) {
    ret[0] = water_conductivity_kw_mk(a[0]);
    return true;
}

static bool viscosity(const double *a, double *ret) {
    ret[0] = water_viscosity_kpas(a[0]);
    return true;
}

static bool latent(const double *a, double *ret) {
    ret[0] = water_latent_kj_kg(a[0]);
    return true;
}

static const struct law laws[] = {
    {"water_density_kg_m3", "Density of water", "Kell 1975, doi 10.1021/je60064a005", WATER,
     LAW_GIVES("density_kg_m3"), density},
    {"water_heat_kj_kgk", "Heat capacity of water", "fit of the pandapipes table, 10..95 degC",
     WATER, LAW_GIVES("heat_kj_kgk"), heat},
    {"water_enthalpy_kj_kg", "Enthalpy of water above 0 degC", "integral of water_heat_kj_kgk",
     WATER, LAW_GIVES("enthalpy_kj_kg"), enthalpy},
    {"water_conductivity_kw_mk", "Thermal conductivity of water", "fit of IAPWS R15-11, 1 %", WATER,
     LAW_GIVES("conductivity_kw_mk"), conductivity},
    {"water_viscosity_kpas", "Dynamic viscosity of water",
     "Sharqawy et al. 2010, doi 10.5004/dwt.2010.1079", WATER, LAW_GIVES("viscosity_kpas"),
     viscosity},
    {"water_latent_kj_kg", "Latent heat of evaporation",
     "Lei and Masanet 2022, doi 10.1016/j.resconrec.2022.106323", WATER, LAW_GIVES("latent_kj_kg"),
     latent},
};
LAW_TABLE(water);
