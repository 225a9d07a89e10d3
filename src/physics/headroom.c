/* The share that is curtailed rises with L: each step's min(L, max(0, L - room)) / L = min(1, max(0, 1 - room/L)) does.
   So the largest L is found by bisection between the least room and one at which every step lacks more than the share. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/headroom.h"

#include <math.h>
#include <stdbool.h>

enum { BISECTIONS = 60 };
static const double same_ratio = 1e-9; /* of L: less is not curtailed */

static double lacks_kw(double room_kw, double load_kw) {
    return fmin(load_kw, fmax(0.0, load_kw - room_kw));
}

static double curtailed_frac(const double *room_kw, int count, double load_kw) {
    double sum_kw = 0.0;
    for (int s = 0; s < count; s++) {
        sum_kw += lacks_kw(room_kw[s], load_kw);
    }
    return sum_kw / (load_kw * count);
}

static struct headroom look_at(const double *room_kw, int count, double load_kw) {
    struct headroom found = {.load_kw = load_kw, .half_frac = (double)NAN};
    int run = 0, half = 0;
    for (int s = 0; load_kw > 0.0 && s < count; s++) {
        double lack_kw = lacks_kw(room_kw[s], load_kw);
        bool curtailed = lack_kw > same_ratio * load_kw;
        run = curtailed ? run + 1 : 0;
        found.steps_count += curtailed;
        found.events_count += run == 1;
        found.longest_count = run > found.longest_count ? run : found.longest_count;
        half += curtailed && lack_kw <= 0.5 * load_kw;
    }
    if (found.steps_count > 0) {
        found.curtail_frac = curtailed_frac(room_kw, count, load_kw);
        found.half_frac = (double)half / found.steps_count;
    }
    return found;
}

struct headroom headroom_of(const double *room_kw, int count, double curtail_frac) {
    double low_kw = HUGE_VAL, high_kw = 0.0;
    for (int s = 0; s < count; s++) {
        low_kw = fmin(low_kw, room_kw[s]);
        high_kw = fmax(high_kw, room_kw[s]);
    }
    low_kw = fmax(0.0, count > 0 ? low_kw : 0.0);
    if (!(curtail_frac > 0.0) || !(high_kw > 0.0)) {
        return look_at(room_kw, count, low_kw);
    }
    high_kw /= 1.0 - fmin(curtail_frac, 0.99); /* above it each step lacks more than the share */
    for (int k = 0; k < BISECTIONS; k++) {
        double middle_kw = 0.5 * (low_kw + high_kw);
        bool fits = !(middle_kw > 0.0) || curtailed_frac(room_kw, count, middle_kw) <= curtail_frac;
        low_kw = fits ? middle_kw : low_kw;
        high_kw = fits ? high_kw : middle_kw;
    }
    return look_at(room_kw, count, low_kw);
}
