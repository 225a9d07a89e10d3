/* A network driven by a table: one row per step, columns time_s and NODE.key (heat_kw, flow_kg_s,
   supply_c, return_c, pressure_kpa). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_SERIES_H
#define NETWORKS_SERIES_H

#include "networks/network.h"

struct network_series {
    int steps, columns;
    double *time_s;  /* by step: its end; the first row is where the run starts */
    int *node, *key; /* by column; key: index into network_series_keys */
    double *value;   /* step * columns + column */
};
const char *const *network_series_keys(int *ret_count);
enum status network_series_parse(struct arena *arena, struct diag *diag, const char *file,
                                 const char *text, size_t size, const struct network *network,
                                 struct network_series *ret) MUST_CHECK;

#endif
