/* The laws of the transformer by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/law_table.h"
#include "physics/transformer.h"

#define KIND                                                                                       \
    { "kind", 1.0, 0.0, 2.0, transformer_kind_words }
#define LOAD(name)                                                                                 \
    { name, LAW_REQUIRED, 0.0, 2.0, NULL }
#define AMBIENT                                                                                    \
    { "ambient_c", 20.0, -50.0, 60.0, NULL }
#define LOSSES                                                                                     \
    { "loss_ratio", 6.0, 0.5, 20.0, NULL }

static const char iec[] = "IEC 60076-7:2018";
static const char *const paper_words[] = {"normal", "upgraded", NULL};

static bool oil(const double *a, double *ret) {
    struct transformer_thermal t = transformer_thermal_of((enum transformer_kind)(int)a[1], a[3]);
    ret[0] = transformer_oil_c(&t, a[0], a[2]);
    return true;
}

static bool hot_spot(const double *a, double *ret) {
    struct transformer_thermal t = transformer_thermal_of((enum transformer_kind)(int)a[1], a[3]);
    ret[0] = transformer_hot_spot_c(&t, a[0], a[2]);
    return true;
}

static bool ageing(const double *a, double *ret) {
    ret[0] = transformer_ageing_ratio(a[0], a[1] > 0.0);
    return true;
}

/* A day of quarter-hours: full load for the peak's hours, the night's share for the others. */
static bool rating(const double *a, double *ret) {
    enum { QUARTERS = 96 };
    struct transformer_thermal t = transformer_thermal_of((enum transformer_kind)(int)a[2], a[4]);
    double shape_ratio[QUARTERS], flat_ratio[QUARTERS];
    for (int k = 0; k < QUARTERS; k++) {
        flat_ratio[k] = 1.0;
        shape_ratio[k] = k < (int)(4.0 * a[0] + 0.5) ? 1.0 : a[1];
    }
    ret[0] = transformer_rating_ratio(&t, shape_ratio, QUARTERS, a[3], a[5],
                                      TRANSFORMER_OIL_LIMIT_C, TRANSFORMER_LOAD_LIMIT_RATIO);
    ret[1] = transformer_rating_ratio(&t, flat_ratio, QUARTERS, a[3], a[5], TRANSFORMER_OIL_LIMIT_C,
                                      TRANSFORMER_LOAD_LIMIT_RATIO);
    return true;
}

static const struct law laws[] = {
    {"transformer_oil_c", "Top oil of a transformer at a lasting load", iec,
     LAW_GIVEN(LOAD("load_ratio"), KIND, AMBIENT, LOSSES), LAW_GIVES("oil_c"), oil},
    {"transformer_hot_spot_c", "Hot spot of a transformer at a lasting load", iec,
     LAW_GIVEN(LOAD("load_ratio"), KIND, AMBIENT, LOSSES), LAW_GIVES("hot_spot_c"), hot_spot},
    {"transformer_ageing_ratio", "How fast a transformer's paper ages at a hot spot", iec,
     LAW_GIVEN({"hot_spot_c", LAW_REQUIRED, -50.0, 200.0, NULL},
               {"paper", 0.0, 0.0, 1.0, paper_words}),
     LAW_GIVES("ageing_ratio"), ageing},
    {"transformer_rating_ratio", "Cyclic rating of a daily peak, and the rating of a flat load",
     iec,
     LAW_GIVEN({"peak_h", LAW_REQUIRED, 0.25, 24.0, NULL}, {"night_ratio", 0.5, 0.0, 1.0, NULL},
               KIND, AMBIENT, LOSSES, {"hot_spot_c", 98.0, 60.0, 140.0, NULL}),
     LAW_GIVES("cyclic_ratio", "flat_ratio"), rating},
};
LAW_TABLE(transformer);
