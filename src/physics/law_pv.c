/* The laws of photovoltaic arrays by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/law_table.h"
#include "physics/pv.h"

#define OUTDOOR                                                                                    \
    { "outdoor_c", LAW_REQUIRED, -50.0, 60.0, NULL }
#define IRRADIANCE                                                                                 \
    { "plane_kw_m2", LAW_REQUIRED, 0.0, 1.6, NULL }
#define CELL                                                                                       \
    { "cell_c", LAW_REQUIRED, -50.0, 120.0, NULL }
#define COEFFICIENT                                                                                \
    { "coefficient_frac_k", -0.0037, -0.01, 0.0, NULL }
#define INVERTER                                                                                   \
    {"inverter_eff", 0.96, 0.5, 1.0, NULL}, { "dc_ac_ratio", 1.2, 0.5, 3.0, NULL }

static const char pvwatts[] = "Dobos 2014 (PVWatts v5), doi 10.2172/1158421";

static bool cell(const double *a, double *ret) {
    ret[0] = pv_cell_c(a[0], a[1], a[2], a[3]);
    return true;
}

static bool cell_wind(const double *a, double *ret) {
    ret[0] = pv_cell_wind_c(a[0], a[1], a[2]);
    return true;
}

static bool cover(const double *a, double *ret) {
    ret[0] = pv_cover_ratio(a[0]);
    return true;
}

static bool dc(const double *a, double *ret) {
    ret[0] = pv_dc_frac(a[0], a[1], a[2]);
    return true;
}

static bool inverter(const double *a, double *ret) {
    ret[0] = pv_inverter_frac(a[0], a[1], a[2]);
    return true;
}

static bool output(const double *a, double *ret) {
    ret[0] = pv_output_frac(a[0], a[1], a[5], a[2], a[3], a[4]);
    return true;
}

static const struct law laws[] = {
    {"pv_cell_c", "Cell temperature by NOCT",
     "IEC 61215 (NOCT: 0.8 kW/m2, 20 degC, 1 m/s); wind by Faiman 2008",
     LAW_GIVEN(OUTDOOR, IRRADIANCE, {"nominal_cell_c", 45.0, 30.0, 70.0, NULL},
               {"wind_m_s", 1.0, 0.0, 40.0, NULL}),
     LAW_GIVES("cell_c"), cell},
    {"pv_cell_wind_c", "Cell temperature with wind", "Faiman 2008, doi 10.1002/pip.813",
     LAW_GIVEN(OUTDOOR, IRRADIANCE, {"wind_m_s", LAW_REQUIRED, 0.0, 40.0, NULL}),
     LAW_GIVES("cell_c"), cell_wind},
    {"pv_cover_ratio", "What glass lets through of the beam, over normal rays",
     "De Soto, Klein and Beckman 2006, doi 10.1016/j.solener.2005.06.010",
     LAW_GIVEN({"incidence_ratio", LAW_REQUIRED, -1.0, 1.0, NULL}), LAW_GIVES("cover_ratio"),
     cover},
    {"pv_dc_frac", "Direct current over rating, before losses", pvwatts,
     LAW_GIVEN(IRRADIANCE, CELL, COEFFICIENT), LAW_GIVES("dc_frac"), dc},
    {"pv_inverter_frac", "Alternating current over the direct rating", pvwatts,
     LAW_GIVEN({"dc_frac", LAW_REQUIRED, 0.0, 2.0, NULL}, INVERTER), LAW_GIVES("ac_frac"),
     inverter},
    {"pv_output_frac", "Alternating current over the direct rating, from irradiance", pvwatts,
     LAW_GIVEN(IRRADIANCE, CELL, COEFFICIENT, INVERTER, {"loss_frac", 0.14, 0.0, 0.9, NULL}),
     LAW_GIVES("ac_frac"), output},
};
LAW_TABLE(pv);
