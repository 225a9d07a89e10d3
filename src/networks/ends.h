/* Ends of lines become nodes: those that lie within snap_m of a node are that node. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_ENDS_H
#define NETWORKS_ENDS_H

#include "networks/network.h"

/* Links whose from or to is -1 get the node there, or a new junction of their own. */
enum status ends_join(struct network *network, struct diag *diag) MUST_CHECK;

#endif
