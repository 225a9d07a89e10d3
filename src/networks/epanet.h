/* EPANET's input file: pipes, junctions, reservoirs, tanks, pumps, throttle valves, demands,
   patterns, simple controls, times; US and SI units; Hazen-Williams or Darcy-Weisbach. Water quality,
   energy prices and pictures are left aside; what would change flows and is not read (rules, other
   valves, emitters, multi-point curves) is an error that names it and says what can stand for it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_EPANET_H
#define NETWORKS_EPANET_H

#include "networks/network.h"

struct epanet_pattern {
    const char *name;
    double *factor_ratio;
    int count, capacity;
};
struct epanet_demand {
    int node, pattern; /* index, -1: constant */
    double base_kg_s;
};
struct epanet_control { /* link opens or closes when the tank's level passes level_m */
    int link, node;
    bool opens, above;
    double level_m;
    long at_s; /* or at a time of the run; -1 */
};
struct epanet {
    struct network *network; /* single line; nodes take the demand of the first step */
    struct epanet_pattern *patterns;
    struct epanet_demand *demands;
    struct epanet_control *controls;
    int patterns_count, demands_count, controls_count;
    long duration_s, step_s, pattern_step_s, pattern_start_s;
};

enum status epanet_parse(struct arena *arena, struct diag *diag, const char *file, const char *text,
                         size_t size, struct epanet *ret) MUST_CHECK;

/* One moment of the run. Arrays belong to the run: read them in the callback. */
struct epanet_moment {
    long at_s;
    const double *flow_kg_s, *pressure_kpa; /* by link, by node; pressure at the node's elevation */
    const double *level_m;                  /* by node: tanks; NaN else */
    const double *demand_kg_s;              /* by node: tanks: what flows in */
    const bool *open;                       /* by link */
};
/* The whole run: steady states from step to step, tanks filled in between, controls at their level,
   the callback at each full step. network must be completed. */
enum status epanet_run(struct arena *arena, const struct epanet *epanet,
                       void (*each)(void *data, const struct epanet_moment *moment),
                       void *data) MUST_CHECK;

#endif
