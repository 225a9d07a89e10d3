/* Cost against one figure: what less carbon, water or peak power costs, with the joint plan's programme held (held.h).

     minimise cost  subject to  figure <= limit        the epsilon-constraint (Haimes 1971; Mavrotas 2009,
                                                       doi:10.1016/j.amc.2009.03.037)
     minimise cost + price * figure                    the same curve by its slope (Cohon 1978)

   Least cost over the limit is convex and falls; its slope, the dual of the limit's row, is what one unit less costs, and the
   price at which that point is the best plan. So a point is found either way, and never dominated. The ends are those of a
   price at which hardly any cost is spent and of one at which hardly more could be saved. Between two points the curve lies
   below their chord and above both tangents. The next point is that of the chord's slope in the largest such triangle: it is
   the point furthest below the chord, and where it lies on it, the chord is the curve. What is straight is filled by limits.

   The knee is the point furthest below the line from end to end, both axes scaled to their spans (Das 1999, Structural
   Optimization 18:107). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_FRONTIER_H
#define PLAN_FRONTIER_H

#include "plan/held.h"

enum { FRONTIER_POINTS_MIN = 2, FRONTIER_POINTS_MAX = 60 };

struct frontier {
    const struct plan *plan;
    struct held *held;
    enum held_figure figure;
    int measure;           /* of the figure; -1: nothing in the plan moves it */
    bool flat;             /* the cheapest plan has the least of it already: one point */
    double cheapest_money; /* of the horizon */
    double least_value;    /* of the figure, whatever it costs */
    int points_count;
    struct held_answer *points; /* from the cheapest to the least of the figure */
    double chord_money;         /* no point of the curve lies further below the points' chords */
    int knee;                   /* -1: hardly a bend */
    double knee_ratio;          /* how far below the line from end to end, of the spans */
    long questions_count;
};

/* points: FRONTIER_POINTS_MIN.. MAX. The failures are those of plan_solve, and STALLED. */
enum status frontier_solve(const struct scenario *scenario, enum held_figure figure, int points,
                           const struct plan_options *options, struct arena *arena,
                           struct diag *diag, struct frontier **ret) MUST_CHECK;

/* Figure and cost of a point; the price of one unit less at it. */
double frontier_value(const struct frontier *frontier, int point);
double frontier_money(const struct frontier *frontier, int point);

#endif
