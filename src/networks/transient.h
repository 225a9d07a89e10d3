/* A network from step to step: flows as in the steady state, temperatures with the time that water
   takes on its way. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_TRANSIENT_H
#define NETWORKS_TRANSIENT_H

#include "networks/plug.h"
#include "networks/state.h"

struct transient {
    struct network_state
        *state;              /* inputs as there; its temperatures are those of this step's water */
    struct plug *out, *back; /* by link */
    double stored_kj;        /* heat in water and walls above 0 degC */
};

enum { TRANSIENT_CELLS = 50 };

/* Starts at start_c in the supply and back_c in the return. cells: per pipe. */
enum status transient_new(struct arena *arena, const struct network *network, int cells,
                          double start_c, double back_c, struct transient **ret) MUST_CHECK;
/* One step of dt_s with the state's inputs: what users draw follows from the temperatures that
   reached them in the step before. */
enum status transient_step(struct transient *transient, double dt_s) MUST_CHECK;

#endif
