/* A data centre from stage to stage: how much work it does, and what power, heat and carbon that takes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCOUNTS_SERVED_H
#define ACCOUNTS_SERVED_H

#include "plan/lifetime.h"

struct served {
    double it_kw;
    double work_kw; /* in kW of the first servers */
    double power_kwh_year;
    double heat_kwh_year;   /* that the halls give off: the resource */
    double handed_kwh_year; /* of it, what recovery hands over */
    double power_kg_year;   /* carbon of its power by the grid's average of each step */
    double servers_kg_year; /* of making servers that are refreshed, over the years of the stage */
};

/* Of a stage's year. servers: of the halls whose servers are refreshed, as many as servers_count. */
struct served served_in_stage(const struct plan *plan, enum plan_case kind,
                              const struct stages *stages, int k,
                              const struct lifetime_servers *servers, int servers_count);
/* Carbon of a kW of the first servers' work; NaN without any. */
double served_carbon_kg_kw(const struct served *served);

#endif
