/* A heat network as it lies on the map, within a plan: who of the town stands at which node, what of the plant feeds
   which producer, what the pipes cost and lose, and a year of their simulation on a dispatch. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_PIPES_H
#define PLAN_PIPES_H

#include "networks/sizing.h"
#include "networks/state.h"
#include "scenario/scenario.h"

struct hours;
struct case_plan;
struct case_work;
struct plan;

struct pipes {
    struct network *network;    /* completed; with all sizes after pipes_size */
    const struct sizing *sized; /* NULL: the file gave every size, and no pipe is forbidden */
    int *
        tap; /* by node: the instance that takes heat there (a town entry's substation, or what draws
                                  from the network's far side); -1 */
    double *share_frac; /* by node: of what that instance takes */
    bool *own_return;   /* by node: the file says what it sends back */
    int *
        feeds; /* by instance: the producer that brings its heat; -1: the one that holds the pressure */
    int holder; /* node that holds the pressure */
};

/* Reads the file of scenario->pipes and finds everybody in it; mistakes name the feature or the town entry. The
   instance's length_m becomes that of all trenches. *ret NULL: the scenario has no pipes. */
enum status pipes_read(const struct scenario *scenario, struct arena *arena, struct diag *diag,
                       struct pipes **ret) MUST_CHECK;
/* What the scenario says of single pipes is put into the network; who is cut off by it is an error that names him. */
enum status pipes_choose(struct pipes *pipes, const struct pipes_file *file, struct arena *arena,
                         struct diag *diag) MUST_CHECK;
bool pipes_forbid(const struct network *network); /* any pipe of it */
/* Widths for what has none, from the highest hour of every user in work (horizon and design days) at the temperatures
   of the highest hour of all. */
enum status pipes_size(struct pipes *pipes, const struct case_work *work,
                       struct diag *diag) MUST_CHECK;

/* Which pipes lead to somebody who is connected in work, and what they are together. */
struct pipes_laid {
    const struct pipes *pipes;
    bool *used;                  /* by link */
    int *degree;                 /* by node: links that are used */
    double length_m, cost_money; /* EUR of 2023 */
    double loss_kw_k;            /* of both lines, per kelvin of (supply + return - 2 ground) */
};
enum status pipes_lay(struct case_work *work) MUST_CHECK;
/* By link: is it needed by those who are connected for certain, and by the instance also (-1: nobody else)? */
void pipes_strip(const struct case_work *work, int also, bool *ret_used);
/* The one pipe of the producer that the data centre is (else that of all that is named nowhere): how far away it lies.
   -1: several pipes meet there. */
int pipes_trunk(const struct pipes *pipes, const struct scenario *scenario);
double pipes_link_money(const struct network *network, const struct network_link *link);
/* The loss by nominal temperatures, before any simulation. */
double pipes_nominal_loss_kw(const struct pipes_laid *laid, double supply_c, double return_c,
                             double ground_c);

/* What a year of steady states says. Arrays by node or link. */
struct pipes_year {
    int unsettled_count; /* steps whose flows did not settle: they stand as planned */
    int highest_step;    /* most heat */
    double produced_kwh, consumed_kwh, loss_kwh, unmet_kwh, pump_kwh, lift_most_kpa;
    bool *link_used;
    double *link_loss_kwh, *link_most_kg_s;
    double *node_heat_kwh, *node_least_c, *node_mean_c; /* where it draws: least and mean by heat */
    double *node_short_h;  /* hours in which it draws and what arrives is colder than it needs */
    double *node_beyond_h; /* hours in which the plan counts on nothing warm enough */
};

/* The line's dispatch in work->result through the pipes, hour by hour: simulated flows, feedback of the line and of all
   that taps it, result->pipes. */
enum status pipes_simulate(struct case_work *work, int line, struct arena *scratch) MUST_CHECK;

/* What a planner must know of the year, each with its feature: users out of reach, steps that did not settle, pipes that
   are too narrow. */
void pipes_judge(const struct plan *plan, const struct case_plan *result, struct diag *diag);

/* Takes what nobody is connected to out of a state. */
void pipes_close_unused(const bool *used, struct network_state *state);
/* The steady state of a case's design hour (pipes_design.c): its sums name the worst user and the head it needs. STALLED
   when its flows do not settle. */
enum status plan_pipes_design(const struct plan *plan, enum plan_case kind, struct arena *arena,
                              struct network_state **ret) MUST_CHECK;
/* The steady state of one step of a case, by itself. */
enum status plan_pipes_state(const struct plan *plan, enum plan_case kind, int step,
                             struct arena *arena, struct network_state **ret) MUST_CHECK;

#endif
