/* pandapipes' tables, written as JSON: {"fluid": ..., "tables": {"pipe": {"columns", "rows",
   "index"}}}. Junctions, pipes, valves, ext_grid, sink, source become a single line; a network with
   heat_consumer and circ_pump_pressure becomes a pair, the supply side of which is kept. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_PANDAPIPES_H
#define NETWORKS_PANDAPIPES_H

#include "networks/network.h"

enum status pandapipes_parse(struct arena *arena, struct diag *diag, const char *file,
                             const char *text, size_t size, struct network **ret) MUST_CHECK;

#endif
