/* The laws of heat exchangers by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/exchanger.h"
#include "physics/law_table.h"

#define TEMPERATURE(name)                                                                          \
    { name, LAW_REQUIRED, -50.0, 250.0, NULL }
#define FLOW(name)                                                                                 \
    { name, LAW_REQUIRED, 1e-6, 1e6, NULL }

static const char vdi[] = "VDI Heat Atlas 2010 ch. C1, doi 10.1007/978-3-540-77877-6";

static bool effectiveness(const double *a, double *ret) {
    ret[0] = exchanger_effectiveness_frac(a[0], a[1]);
    return true;
}

static bool mean(const double *a, double *ret) {
    ret[0] = exchanger_mean_dk(a[0], a[1]);
    return true;
}

static bool counterflow(const double *a, double *ret) {
    return exchanger_counterflow(a[0], a[1], a[2], a[3], a[4], &ret[0], &ret[1], &ret[2]);
}

static bool hot_flow(const double *a, double *ret) {
    return exchanger_hot_flow(a[0], a[1], a[2], a[3], a[4], &ret[0], &ret[1]);
}

static bool area(const double *a, double *ret) {
    ret[0] = exchanger_area_ratio(a[0], a[1], a[2]);
    return true;
}

static bool preheat(const double *a, double *ret) {
    ret[0] = exchanger_preheat_frac(a[0], a[1], a[2], a[3]);
    return a[1] > a[2];
}

static const struct law laws[] = {
    {"exchanger_effectiveness_frac", "Effectiveness of a counterflow exchanger",
     "Kays and London 1984; VDI Heat Atlas 2010 ch. C1",
     LAW_GIVEN({"ntu_ratio", LAW_REQUIRED, 0.0, 1000.0, NULL},
               {"flow_ratio", LAW_REQUIRED, 0.0, 1.0, NULL}),
     LAW_GIVES("effectiveness_frac"), effectiveness},
    {"exchanger_mean_dk", "Logarithmic mean of the differences at the two ends", vdi,
     LAW_GIVEN({"end_a_dk", LAW_REQUIRED, 1e-6, 500.0, NULL},
               {"end_b_dk", LAW_REQUIRED, 1e-6, 500.0, NULL}),
     LAW_GIVES("mean_dk"), mean},
    {"exchanger_counterflow", "Heat and outlets of a counterflow exchanger", vdi,
     LAW_GIVEN(TEMPERATURE("hot_in_c"), FLOW("hot_kw_k"), TEMPERATURE("cold_in_c"),
               FLOW("cold_kw_k"), {"area_kw_k", LAW_REQUIRED, 0.0, 1e6, NULL}),
     LAW_GIVES("heat_kw", "hot_out_c", "cold_out_c"), counterflow},
    {"exchanger_hot_flow", "Hot flow that a substation draws", vdi,
     LAW_GIVEN({"heat_kw", LAW_REQUIRED, 1e-6, 1e7, NULL}, TEMPERATURE("hot_in_c"),
               TEMPERATURE("cold_in_c"), TEMPERATURE("cold_out_c"), FLOW("area_kw_k")),
     LAW_GIVES("hot_kw_k", "hot_out_c"), hot_flow},
    {"exchanger_area_ratio", "UA away from the design flows",
     "turbulent on both sides [recalled, unverified]",
     LAW_GIVEN({"hot_flow_frac", LAW_REQUIRED, 0.01, 2.0, NULL},
               {"cold_flow_frac", LAW_REQUIRED, 0.01, 2.0, NULL},
               {"hot_weight_frac", 0.5, 0.0, 1.0, NULL}),
     LAW_GIVES("area_ratio"), area},
    {"exchanger_preheat_frac", "Share of a stream's way that a preheater brings", vdi,
     LAW_GIVEN(TEMPERATURE("hot_c"), TEMPERATURE("outlet_c"), TEMPERATURE("inlet_c"),
               {"approach_dk", 3.0, 0.0, 50.0, NULL}),
     LAW_GIVES("preheat_frac"), preheat},
};
LAW_TABLE(exchanger);
