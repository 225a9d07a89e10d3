/* One step of a component from "key=value" texts: the pocket calculator, the cases and the pages.

   Keys: the component's parameters ("supply_c=70", words by name "model=jensen", flags true or
   false), "size" and "size2" (the previous round's capacities), the weather and time of the step
   ("outdoor_c", "hour_h", ...), of the year ("year_outdoor_c", "outdoor_min_c",
   "heating_degree_dayk"), and "<port>.supply_c", "<port>.return_c", "<port>.wired". What is not
   given has the defaults of the component and of evaluate_context(). The year that some laws scale
   to has the same weather in every hour. A port that sets its bus's temperatures gets them from the
   component unless given. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPONENTS_EVALUATE_H
#define COMPONENTS_EVALUATE_H

#include "components/component.h"

/* A result: "heat_out" (kW at a port per kW of rate; "recover.heat_out" where there are several
   modes), "may_run" (0 or 1), "use", "cost_money_kwh", "carbon_kgco2_kwh", "availability_frac",
   "kept_frac", "standing_kw_kwh", ..., "heat_in.supply_c" (of a port that sets its bus's
   temperatures), "capex_money" (at size, in cost.currency). */
struct evaluate_value {
    const char *key;
    double value;
};
struct evaluation {
    int count;
    const struct evaluate_value *values;
};

/* Mistakes are told in diag (without a place): USAGE when a key is unknown or a value is no number,
   BAD_SCENARIO when all that is wrong are numbers outside their range. */
enum status evaluate_component(const struct component *component, int count,
                               const char *const *arguments, struct arena *arena, struct diag *diag,
                               struct evaluation *ret) MUST_CHECK;
/* Reads one parameter of a component from text into self; false, with a message, where that is none of its words or
   no number of its range. */
bool evaluate_param(const struct component *component, const char *key, const char *text,
                    struct diag *diag, void *self);
/* False when there is no such key; "heat_out/power_in" is the ratio of two. */
bool evaluate_find(const struct evaluation *evaluation, const char *key, double *ret_value);

/* The context's keys and what they are when not given: "outdoor_c=10". index from 0; NULL behind
   the last. */
const char *evaluate_context(int index);

#endif
