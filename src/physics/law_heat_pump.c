/* The laws of heat pumps by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/heat_pump.h"
#include "physics/law_table.h"

#define SINK_OUT                                                                                   \
    { "sink_out_c", LAW_REQUIRED, 20.0, 160.0, NULL }
#define SINK_IN                                                                                    \
    { "sink_in_c", LAW_REQUIRED, 0.0, 150.0, NULL }
#define SOURCE_IN                                                                                  \
    { "source_in_c", LAW_REQUIRED, -30.0, 110.0, NULL }
#define SOURCE_OUT                                                                                 \
    { "source_out_c", LAW_REQUIRED, -40.0, 110.0, NULL }

static const char *const fluids[] = {"ammonia", "isobutane", NULL};
static const char *const sources[] = {"air", "ground", "water", NULL};
static const char staffell[] = "Staffell et al. 2012, doi 10.1039/c2ee22653g";

/* The sink is heated, the source cooled. */
static bool is_in_order(const double *a) { return a[0] >= a[1] && a[2] >= a[3]; }

static bool jensen(const double *a, double *ret) {
    const struct heat_pump_fluid *fluid = a[6] < 0.5 ? &heat_pump_ammonia : &heat_pump_isobutane;
    return is_in_order(a) &&
           heat_pump_cop_jensen(a[0], a[1], a[2], a[3], a[4], a[5], fluid, &ret[0]);
}

static bool jesper(const double *a, double *ret) {
    return heat_pump_cop_jesper(a[0], a[1], &ret[0]);
}

static bool jesper_hot(const double *a, double *ret) {
    return heat_pump_cop_jesper_hot(a[0], a[1], &ret[0]);
}

static bool quality(const double *a, double *ret) {
    return heat_pump_cop_quality(a[0], a[1], a[2], &ret[0]);
}

static bool lorenz(const double *a, double *ret) {
    return is_in_order(a) && heat_pump_cop_lorenz(a[0], a[1], a[2], a[3], a[4], &ret[0]);
}

static bool air_domestic(const double *a, double *ret) {
    if (a[0] - a[1] < 15.0 || a[0] - a[1] > 60.0) {
        return false;
    }
    ret[0] = heat_pump_air_domestic_cop(a[0], a[1]);
    return true;
}

static bool ground_domestic(const double *a, double *ret) {
    if (a[0] - a[1] < 15.0 || a[0] - a[1] > 60.0) {
        return false;
    }
    ret[0] = heat_pump_ground_domestic_cop(a[0], a[1]);
    return true;
}

static bool when2heat(const double *a, double *ret) {
    if (a[1] - a[2] > 80.0) {
        return false;
    }
    ret[0] = heat_pump_when2heat_cop((enum heat_pump_source)a[0], a[1], a[2]);
    return true;
}

static bool icing(const double *a, double *ret) {
    ret[0] = heat_pump_icing_ratio(a[0], a[1], a[2]);
    return true;
}

static bool part_load(const double *a, double *ret) {
    ret[0] = heat_pump_part_load_ratio(a[0], a[1]);
    return true;
}

static bool size(const double *a, double *ret) {
    heat_pump_size(a[0], &ret[0], &ret[1]);
    return true;
}

static bool cascade(const double *a, double *ret) {
    ret[0] = heat_pump_cascade_cop(a[0], a[1]);
    return true;
}

static bool series(const double *a, double *ret) {
    ret[0] = heat_pump_series_cop(a[0], a[1]);
    return true;
}

static const struct law laws[] = {
    {"heat_pump_cop_jensen", "COP from four water temperatures",
     "Jensen et al. 2018, doi 10.18462/iir.gl.2018.1386; Pieper et al. 2020, doi "
     "10.1016/j.energy.2020.117994",
     LAW_GIVEN(SINK_OUT, SINK_IN, SOURCE_IN, SOURCE_OUT, {"pinch_dk", 5.0, 0.0, 20.0, NULL},
               {"eta_is_frac", 0.8, 0.3, 1.0, NULL}, {"fluid", 0.0, 0.0, 1.0, fluids}),
     LAW_GIVES("heating_cop"), jensen},
    {"heat_pump_cop_jesper", "COP of market machines to 100 degC, conservative",
     "Jesper et al. 2021, doi 10.1016/j.rser.2020.110646",
     LAW_GIVEN({"sink_out_c", LAW_REQUIRED, 20.0, 100.0, NULL},
               {"source_in_c", LAW_REQUIRED, -10.0, 60.0, NULL}),
     LAW_GIVES("heating_cop"), jesper},
    {"heat_pump_cop_jesper_hot", "COP of market machines of 100 to 160 degC",
     "Jesper et al. 2021, doi 10.1016/j.rser.2020.110646",
     LAW_GIVEN({"sink_out_c", LAW_REQUIRED, 100.0, 160.0, NULL},
               {"source_in_c", LAW_REQUIRED, 25.0, 110.0, NULL}),
     LAW_GIVES("heating_cop"), jesper_hot},
    {"heat_pump_cop_quality", "COP as a share of Carnot's",
     "oemof-thermal; Arpagaus et al. 2018, doi 10.1016/j.energy.2018.03.166",
     LAW_GIVEN(SINK_OUT, SOURCE_IN, {"quality_frac", LAW_REQUIRED, 0.05, 1.0, NULL}),
     LAW_GIVES("heating_cop"), quality},
    {"heat_pump_cop_lorenz", "COP as a share of Lorenz'", "Lorenz 1894",
     LAW_GIVEN(SINK_OUT, SINK_IN, SOURCE_IN, SOURCE_OUT,
               {"lorenz_frac", LAW_REQUIRED, 0.05, 1.0, NULL}),
     LAW_GIVES("heating_cop"), lorenz},
    {"heat_pump_air_domestic_cop", "COP of a home's air-source machine", staffell,
     LAW_GIVEN({"sink_out_c", LAW_REQUIRED, 15.0, 80.0, NULL},
               {"outdoor_c", LAW_REQUIRED, -30.0, 40.0, NULL}),
     LAW_GIVES("heating_cop"), air_domestic},
    {"heat_pump_ground_domestic_cop", "COP of a home's ground-source machine", staffell,
     LAW_GIVEN({"sink_out_c", LAW_REQUIRED, 15.0, 80.0, NULL},
               {"source_c", LAW_REQUIRED, -10.0, 40.0, NULL}),
     LAW_GIVES("heating_cop"), ground_domestic},
    {"heat_pump_when2heat_cop", "COP of a home's machine in the field",
     "Ruhnau et al. 2019, doi 10.1038/s41597-019-0199-y",
     LAW_GIVEN({"source", 0.0, 0.0, 2.0, sources}, {"sink_out_c", LAW_REQUIRED, 15.0, 80.0, NULL},
               {"source_c", LAW_REQUIRED, -30.0, 40.0, NULL}),
     LAW_GIVES("heating_cop"), when2heat},
    {"heat_pump_cascade_cop", "COP of a machine on top of another", "heat balance",
     LAW_GIVEN({"lower_cop", LAW_REQUIRED, 1.0, 20.0, NULL},
               {"upper_cop", LAW_REQUIRED, 1.0, 20.0, NULL}),
     LAW_GIVES("heating_cop"), cascade},
    {"heat_pump_series_cop", "COP of two equal machines in counterflow",
     "heat notes section 1 [computed]",
     LAW_GIVEN({"one_cop", LAW_REQUIRED, 1.0, 20.0, NULL},
               {"other_cop", LAW_REQUIRED, 1.0, 20.0, NULL}),
     LAW_GIVES("heating_cop"), series},
    {"heat_pump_icing_ratio", "What icing leaves of an air-source machine's COP",
     "oemof-thermal 0.0.5",
     LAW_GIVEN({"source_c", LAW_REQUIRED, -40.0, 50.0, NULL}, {"icing_c", 2.0, -20.0, 20.0, NULL},
               {"icing_ratio", 0.8, 0.1, 1.0, NULL}),
     LAW_GIVES("cop_ratio"), icing},
    {"heat_pump_part_load_ratio", "What switching on and off leaves of the COP",
     "EN 14825 [recalled, unverified]",
     LAW_GIVEN({"load_frac", LAW_REQUIRED, 0.01, 1.0, NULL},
               {"degradation_ratio", 0.9, 0.5, 1.0, NULL}),
     LAW_GIVES("cop_ratio"), part_load},
    {"heat_pump_size", "Pinch and isentropic efficiency by size",
     "fitted to the Danish catalogue of 2020, 1 and 3 MW",
     LAW_GIVEN({"heat_kw", LAW_REQUIRED, 1.0, 200e3, NULL}), LAW_GIVES("pinch_dk", "eta_is_frac"),
     size},
};
LAW_TABLE(heat_pump);
