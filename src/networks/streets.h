/* Streets and buildings become a graph on which pipes may be laid: lines are split where they meet,
   and every building that no line reaches gets a service line to the nearest street. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_STREETS_H
#define NETWORKS_STREETS_H

#include "networks/network.h"

/* A new network in the same arena. Before network_complete. */
enum status streets_join(const struct network *network, struct diag *diag,
                         struct network **ret) MUST_CHECK;

#endif
