/* Inside of the feeder's solvers. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_FEEDER_WORK_H
#define NETWORKS_FEEDER_WORK_H

#include "networks/feeder.h"

/* A complex number of the phasor calculus: plain multiplications, without the library's care for
   infinities. */
struct phasor {
    double x, y;
};
static inline struct phasor phasor_add(struct phasor a, struct phasor b) {
    return (struct phasor){a.x + b.x, a.y + b.y};
}
static inline struct phasor phasor_sub(struct phasor a, struct phasor b) {
    return (struct phasor){a.x - b.x, a.y - b.y};
}
static inline struct phasor phasor_mul(struct phasor a, struct phasor b) {
    return (struct phasor){a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x};
}
static inline struct phasor phasor_conj(struct phasor a) { return (struct phasor){a.x, -a.y}; }
static inline double phasor_size2(struct phasor a) { return a.x * a.x + a.y * a.y; }
static inline struct phasor phasor_scale(struct phasor a, double by_ratio) {
    return (struct phasor){a.x * by_ratio, a.y * by_ratio};
}
static inline struct phasor phasor_div(struct phasor a, struct phasor b) {
    return phasor_scale(phasor_mul(a, phasor_conj(b)), 1.0 / phasor_size2(b));
}

/* The pi of a branch as currents by voltages: from = ff Vf + ft Vt, to = tf Vf + tt Vt. */
struct feeder_pi {
    struct phasor ff, ft, tf, tt;
};
struct feeder_pi feeder_branch_pi(const struct feeder_branch *branch);

struct feeder_twig {      /* a branch of the tree, seen from the parent */
    int bus, parent;      /* buses */
    struct phasor z, tap; /* tap at the end tap_at_parent says */
    double half_b_pu;
    bool tap_at_parent, plain; /* plain: no tap, no charging */
};

struct feeder_newton; /* feeder_newton.c */

struct feeder_work {
    struct arena *arena;
    bool radial;
    int reached;              /* buses with a way to the source */
    int *order;               /* them, breadth first */
    bool *reach;              /* by bus */
    struct feeder_twig *twig; /* reached - 1, in the same order: the tree that was walked */
    struct phasor *v, *i, *s; /* by bus: voltage, current below, power taken; per unit */
    struct feeder_pi *pi;     /* by branch */
    struct feeder_newton *newton;
};

struct feeder_newton *feeder_newton_new(struct arena *arena, const struct feeder *feeder,
                                        const struct feeder_work *work);
/* From the voltages in work->v; true when the largest mismatch is below tolerance_pu. */
bool feeder_newton_solve(const struct feeder *feeder, struct feeder_work *work, int most_iterations,
                         struct feeder_state *state);
bool feeder_sweep_solve(const struct feeder *feeder, struct feeder_work *work, int most_iterations,
                        struct feeder_state *state);

#endif
