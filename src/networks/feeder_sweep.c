/* The backward/forward sweep of a radial feeder. Backward from the leaves: the current that each
   branch must bring, I = conj(S / V) + y V + what the branches below take. Forward from the source:
   V = V_parent - z I. Both with the branch's tap and charging. Until no voltage moves by more than
   1e-12. Shirmohammadi et al. 1988, doi 10.1109/59.192932. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "networks/feeder_work.h"

#define STEP_PU 1e-12

/* Current at the parent's end of a twig whose child takes `below`. */
static struct phasor current_up(const struct feeder_twig *twig, struct phasor below,
                                const struct phasor *v) {
    if (twig->plain) {
        return below;
    }
    struct phasor half = {0.0, twig->half_b_pu};
    if (twig->tap_at_parent) {
        struct phasor series = phasor_add(below, phasor_mul(half, v[twig->bus])),
                      inner = phasor_div(v[twig->parent], twig->tap);
        return phasor_div(phasor_add(series, phasor_mul(half, inner)), phasor_conj(twig->tap));
    }
    struct phasor inner = phasor_div(v[twig->bus], twig->tap),
                  series = phasor_add(phasor_mul(below, phasor_conj(twig->tap)),
                                      phasor_mul(half, inner));
    return phasor_add(series, phasor_mul(half, v[twig->parent]));
}

/* Voltage at the child's end when the child takes `below`. */
static struct phasor voltage_down(const struct feeder_twig *twig, struct phasor below,
                                  const struct phasor *v) {
    if (twig->plain) {
        return phasor_sub(v[twig->parent], phasor_mul(twig->z, below));
    }
    struct phasor half = {0.0, twig->half_b_pu};
    if (twig->tap_at_parent) {
        struct phasor series = phasor_add(below, phasor_mul(half, v[twig->bus]));
        return phasor_sub(phasor_div(v[twig->parent], twig->tap), phasor_mul(twig->z, series));
    }
    struct phasor inner = phasor_div(v[twig->bus], twig->tap),
                  series = phasor_add(phasor_mul(below, phasor_conj(twig->tap)),
                                      phasor_mul(half, inner));
    return phasor_mul(twig->tap, phasor_sub(v[twig->parent], phasor_mul(twig->z, series)));
}

/* What the bus itself takes at its voltage. */
static struct phasor own_current(const struct feeder *feeder, const struct feeder_work *work,
                                 int b) {
    struct phasor i = phasor_conj(phasor_div(work->s[b], work->v[b]));
    const struct feeder_bus *bus = &feeder->bus[b];
    if (bus->shunt_kw != 0.0 || bus->shunt_kvar != 0.0) {
        struct phasor y = {bus->shunt_kw / feeder->base_kva, bus->shunt_kvar / feeder->base_kva};
        i = phasor_add(i, phasor_mul(y, work->v[b]));
    }
    return i;
}

bool feeder_sweep_solve(const struct feeder *feeder, struct feeder_work *work, int most_iterations,
                        struct feeder_state *state) {
    const struct feeder_bus *source = &feeder->bus[feeder->source];
    work->v[feeder->source] = (struct phasor){source->set_pu * cos(source->set_rad),
                                              source->set_pu * sin(source->set_rad)};
    for (int n = 1; n <= most_iterations; n++) {
        for (int k = 0; k < work->reached; k++) {
            int bus = work->order[k];
            work->i[bus] = own_current(feeder, work, bus);
        }
        for (int k = work->reached - 2; k >= 0; k--) {
            const struct feeder_twig *twig = &work->twig[k];
            work->i[twig->parent] =
                phasor_add(work->i[twig->parent], current_up(twig, work->i[twig->bus], work->v));
        }
        double moved = 0.0;
        for (int k = 0; k < work->reached - 1; k++) {
            const struct feeder_twig *twig = &work->twig[k];
            struct phasor v = voltage_down(twig, work->i[twig->bus], work->v),
                          step = phasor_sub(v, work->v[twig->bus]);
            double size2 = phasor_size2(step);
            moved = size2 > moved || isnan(size2) ? size2 : moved;
            work->v[twig->bus] = v;
        }
        state->iterations_count = n;
        if (!(moved < 1e6)) { /* also when it is no number */
            return false;
        }
        if (moved <= STEP_PU * STEP_PU) {
            return true;
        }
    }
    return false;
}
