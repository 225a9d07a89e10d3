/* Headroom: the constant load that fits where each step has its own room, if it may be curtailed for a small share of
   its energy (Norris et al., Duke University 2025, "Rethinking Load Growth": curtailment-enabled headroom). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_HEADROOM_H
#define PHYSICS_HEADROOM_H

struct headroom {
    double load_kw;                  /* L */
    double curtail_frac;             /* sum of what L lacks / (L count): at most what was asked */
    int steps_count;                 /* with any curtailment */
    int events_count, longest_count; /* runs of such steps, and the longest of them */
    double
        half_frac; /* of these steps: at least half of L is served all the same; NaN without any */
};

/* The largest L with sum of min(L, max(0, L - room)) <= curtail_frac L count, by bisection to the last bits. A step whose
   room is below 0 takes nothing of L. curtail_frac 0: the least room (0 where that is below 0). */
struct headroom headroom_of(const double *room_kw, int count, double curtail_frac);

#endif
