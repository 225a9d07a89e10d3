/* The laws of growth by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/growth.h"
#include "physics/law_table.h"

static const double most_ratio = 1e12; /* more than the world holds: no answer */

static bool compound(const double *a, double *ret) {
    ret[0] = growth_compound_ratio(a[0] * a[3], a[1]);
    ret[1] = a[2] * ret[0];
    return fmax(ret[0], ret[1]) < most_ratio;
}

static bool linear(const double *a, double *ret) {
    ret[0] = growth_linear_ratio(a[0], a[1]);
    ret[1] = a[2] * ret[0];
    return ret[0] >= 0.0;
}

static bool logistic(const double *a, double *ret) {
    ret[0] = growth_logistic_ratio(a[0], a[1], a[2]);
    return true;
}

static bool logistic_rate(const double *a, double *ret) {
    if (a[0] <= 1.0 || a[1] <= 1.0 || a[1] >= a[0]) { /* grows, and stays below its cap */
        return false;
    }
    ret[0] = growth_logistic_frac(a[0], a[1], a[2]);
    return true;
}

static bool gompertz(const double *a, double *ret) {
    ret[0] = growth_gompertz_ratio(a[0], a[1], a[2]);
    return true;
}

static bool bass(const double *a, double *ret) {
    ret[0] = growth_bass_frac(a[0], a[1], a[2]);
    return true;
}

static bool bass_peak(const double *a, double *ret) {
    if (a[1] <= a[0]) { /* steepest at once */
        return false;
    }
    ret[0] = growth_bass_peak_year(a[0], a[1]);
    return true;
}

static bool to_floor(const double *a, double *ret) {
    ret[0] = growth_floor_ratio(a[0], a[1], a[2]);
    ret[1] = a[3] * ret[0];
    return true;
}

static bool load(const double *a, double *ret) {
    ret[0] = growth_load_ratio(a[0], a[1], a[2]);
    ret[1] = ret[0] * growth_compound_ratio(-a[3], a[2]);
    return ret[0] < most_ratio;
}

static bool pipeline(const double *a, double *ret) {
    double requested_kw = a[0] + a[1] + a[2] + a[3];
    ret[0] = requested_kw;
    ret[1] = growth_pipeline_kw(a, a + GROWTH_STAGES);
    ret[2] = ret[1] * growth_ramp_frac(a[8], a[9]) * a[10];
    return true;
}

static bool ramp(const double *a, double *ret) {
    ret[0] = growth_ramp_frac(a[0], a[1]);
    return true;
}

static bool supply(const double *a, double *ret) {
    ret[0] = growth_supply_kgco2_kwh(a[0], a[1], a[2]);
    return true;
}

#define RATE(name)                                                                                 \
    { name, LAW_REQUIRED, -0.5, 2.0, NULL }
#define SPAN                                                                                       \
    { "span_year", LAW_REQUIRED, 0.0, 60.0, NULL }
#define CAP                                                                                        \
    { "cap_ratio", LAW_REQUIRED, 0.01, 1e4, NULL }
#define POWER(name)                                                                                \
    { name, 0.0, 0.0, 1e8, NULL }
#define ODDS(name, middle)                                                                         \
    { name, middle, 0.0, 1.0, NULL }

static const struct law laws[] = {
    {"growth_compound_ratio",
     "The same share more every year; the multiplier is of the rate (AI: 2)", "compound interest",
     LAW_GIVEN({"growth_frac", LAW_REQUIRED, -0.2, 2.0, NULL}, SPAN,
               {"first_ratio", 1.0, 0.0, 1e9, NULL},
               {"rate_multiplier_ratio", 1.0, 0.0, 4.0, NULL}),
     LAW_GIVES("growth_ratio", "last_ratio"), compound},
    {"growth_linear_ratio", "The same amount more every year", "arithmetic",
     LAW_GIVEN(RATE("added_frac"), SPAN, {"first_ratio", 1.0, 0.0, 1e9, NULL}),
     LAW_GIVES("growth_ratio", "last_ratio"), linear},
    {"growth_logistic_ratio", "Growth towards a cap (both over the first value)", "Verhulst 1838",
     LAW_GIVEN(CAP, {"rate_frac", LAW_REQUIRED, 0.0, 2.0, NULL}, SPAN), LAW_GIVES("growth_ratio"),
     logistic},
    {"growth_logistic_frac", "Rate of logistic growth behind a later value", "Verhulst 1838",
     LAW_GIVEN(CAP, {"later_ratio", LAW_REQUIRED, 0.01, 1e4, NULL},
               {"span_year", LAW_REQUIRED, 0.1, 60.0, NULL}),
     LAW_GIVES("rate_frac"), logistic_rate},
    {"growth_gompertz_ratio", "Growth towards a cap, steepest at 1/e of it", "Gompertz 1825",
     LAW_GIVEN(CAP, {"rate_frac", LAW_REQUIRED, 0.0, 2.0, NULL}, SPAN), LAW_GIVES("growth_ratio"),
     gompertz},
    {"growth_bass_frac", "Share of a market that has adopted", "Bass 1969",
     LAW_GIVEN({"innovation_frac", LAW_REQUIRED, 1e-5, 1.0, NULL},
               {"imitation_frac", LAW_REQUIRED, 0.0, 2.0, NULL}, SPAN),
     LAW_GIVES("adopted_frac"), bass},
    {"growth_bass_peak_year", "When adoption is fastest", "Bass 1969",
     LAW_GIVEN({"innovation_frac", LAW_REQUIRED, 1e-5, 1.0, NULL},
               {"imitation_frac", LAW_REQUIRED, 0.0, 2.0, NULL}),
     LAW_GIVES("peak_year"), bass_peak},
    {"growth_floor_ratio", "What is above a floor shrinks by a share a year (PUE above 1)",
     "LBNL 2025, fleet PUE",
     LAW_GIVEN({"floor_ratio", LAW_REQUIRED, 0.0, 1.0, NULL},
               {"fall_frac", LAW_REQUIRED, 0.0, 1.0, NULL}, SPAN,
               {"first_ratio", 1.0, 0.0, 1e9, NULL}),
     LAW_GIVES("growth_ratio", "last_ratio"), to_floor},
    {"growth_load_ratio", "Power for growing needs by thriftier machines, and its carbon",
     "needs over what a kWh does",
     LAW_GIVEN(RATE("need_frac"), RATE("thrift_frac"), SPAN,
               {"grid_improvement_frac", 0.0459, 0.0, 0.5, NULL}),
     LAW_GIVES("power_ratio", "carbon_ratio"), load},
    {"growth_pipeline_kw", "Load by the stage of its projects: requested, expected, metered",
     "odds of the stages recalled; AEP Ohio 2025",
     LAW_GIVEN(POWER("inquiry_kw"), POWER("study_kw"), POWER("contract_kw"),
               POWER("construction_kw"), ODDS("inquiry_odds_frac", 0.075),
               ODDS("study_odds_frac", 0.25), ODDS("contract_odds_frac", 0.7),
               ODDS("construction_odds_frac", 0.95), {"ramp_year", 4.0, 0.0, 20.0, NULL}, SPAN,
               {"load_frac", 1.0, 0.0, 1.0, NULL}),
     LAW_GIVES("requested_kw", "expected_kw", "metered_kw"), pipeline},
    {"growth_ramp_frac", "Share of a new load that draws, so long after its start",
     "linear ramp, up to 4 years at AEP Ohio",
     LAW_GIVEN({"ramp_year", LAW_REQUIRED, 0.0, 20.0, NULL}, SPAN), LAW_GIVES("drawn_frac"), ramp},
    {"growth_supply_kgco2_kwh", "Carbon of new supply of two kinds (gas and renewables, 60 to 40)",
     "Goldman Sachs' mix; factors of CodeCarbon (life cycle)",
     LAW_GIVEN({"fossil_frac", 0.6, 0.0, 1.0, NULL}, {"fossil_kgco2_kwh", 0.743, 0.0, 1.5, NULL},
               {"renewable_kgco2_kwh", 0.037, 0.0, 1.5, NULL}),
     LAW_GIVES("carbon_kgco2_kwh"), supply},
};
LAW_TABLE(growth);
