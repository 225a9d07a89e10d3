/* A parameter whose values are tried, each in a plan of its own:  supply_c: {choose: [20, 26, 32]},  or
   {choose: {from: 20, to: 45, step: 5}}. A scenario read from such a text holds the first values that can be done at all;
   plan/choose_supply.c reads it anew for each combination, and plan.yaml says which was chosen:
   {choose: [20, 26, 32], chosen: 26}, which is then tried no more. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_TRIED_H
#define SCENARIO_TRIED_H

#include "scenario/change.h"
#include "scenario/scenario.h"

enum { TRIED_VALUES_MAX = 20, TRIED_PLANS_MAX = 64 };

struct tried {
    int count;
    const double *value; /* rising */
    double chosen_value; /* NaN: not yet */
    struct place place;
};

/* Halls whose parameter is still to be chosen, by index; returns how many. */
int tried_halls(const struct scenario *scenario, int *ret_hall);
const struct tried *tried_of(const struct scenario *scenario, int hall);
/* How many combinations of the values of these halls there are, and the values of one (by hall of the list, the last
   running fastest). */
int tried_plans(const struct scenario *scenario, const int *hall, int count);
void tried_values(const struct scenario *scenario, const int *hall, int count, int plan,
                  double *ret_value);
/* The scenario anew, with these values chosen. */
enum status tried_read(const struct scenario *scenario, const int *hall, const double *value,
                       int count, struct arena *arena, struct diag *diag,
                       struct scenario **ret) MUST_CHECK;

/* For read.c: does something stand to be chosen there? Then the scenario with the first combination that can be read;
   where none can, the messages of the first. */
struct reading;
bool tried_is_open(const struct node *root);
enum status tried_parse(struct reading *r, const struct scenario_source *source,
                        struct scenario **ret) MUST_CHECK;
/* For instances.c: a map where the parameter's number could stand. */
void tried_param(struct reading *r, struct instance *instance, const struct param *param,
                 const struct node *node, double *ret_value);

#endif
