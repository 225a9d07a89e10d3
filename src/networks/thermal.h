/* Temperatures of one line from its flows: cooling along pipes, mixing at nodes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_THERMAL_H
#define NETWORKS_THERMAL_H

#include "networks/network.h"

struct thermal_work;

struct thermal {
    /* in: by node: water put into the line (0: none) and its temperature */
    double *put_kg_s, *put_c;
    /* in: by link: what its heat goes to, and how well: U (T - around) per length */
    double *around_c, *loss_kw_mk;
    /* out: by node NaN where nothing flows; by link at the ends of the flow, and what it lost */
    double *node_c, *in_c, *out_c, *loss_kw;
    /* How water gets through a link; NULL: the steady law. Called for still links too. */
    double (*carry_c)(void *data, int link, double in_c, double flow_kg_s, double *ret_loss_kw);
    void *carry_data;
    struct thermal_work *work;
};

enum status thermal_new(struct arena *arena, const struct network *network, bool in_return,
                        struct thermal **ret) MUST_CHECK;
/* Returns the largest change of a node's temperature since the last sweep. */
double thermal_sweep_dk(struct thermal *thermal, const double *flow_kg_s);
/* loss_kw of every link, after the last sweep. */
void thermal_losses(struct thermal *thermal, const double *flow_kg_s);

#endif
