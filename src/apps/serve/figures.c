/* The few figures by which a plan is remembered: in the shape of the plan's own record, so that a page reads both alike. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>

#include "apps/serve/serve.h"

static const char *const kept[] = {"carbon_marginal_kg_year",
                                   "cost_money_year",
                                   "erf_ratio",
                                   "grid_peak_kw",
                                   "heat_bill_money_year",
                                   "heat_cost_money_kwh",
                                   "heat_delivered_kwh_year",
                                   "heat_pump_cop",
                                   "heat_share_frac",
                                   "pue_ratio",
                                   "water_m3_year"};

static json_t *case_of(const json_t *summary, const char *name) {
    const json_t *figures = json_object_get(json_object_get(summary, "cases"), name);
    json_t *few = json_object();
    for (size_t k = 0; k < sizeof kept / sizeof kept[0]; k++) {
        json_t *figure = json_object_get(figures, kept[k]);
        (void)json_object_set(few, kept[k], figure ? figure : json_null());
    }
    return few;
}

json_t *figures_read(const struct serve *serve, const char *hash) {
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s/summary.json", serve->folder, hash);
    json_t *summary = json_load_file(path, 0, NULL);
    if (!summary) {
        return NULL;
    }
    json_t *figures =
        json_pack("{s:O?,s:O?,s:O?,s:{s:o,s:o}}", "currency", json_object_get(summary, "currency"),
                  "finding", json_object_get(summary, "finding"), "net_money_year",
                  json_object_get(summary, "net_money_year"), "cases", "together",
                  case_of(summary, "together"), "apart", case_of(summary, "apart"));
    json_decref(summary);
    return figures;
}
