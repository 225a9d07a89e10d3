/* What a change would do, by planning again: no slope, no shadow price, but the same plan with one number moved.

   A lever is a number of the scenario. Together pays where it costs less than apart; a break-even is the lever's value
   at which it stops, or begins, to pay. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_BREAK_EVEN_H
#define PLAN_BREAK_EVEN_H

#include "plan/plan.h"

enum lever {
    LEVER_POWER,    /* every price of power, times this */
    LEVER_FUEL,     /* every price of fuel, times this */
    LEVER_CARBON,   /* shadow price of carbon, money per kg */
    LEVER_DISTANCE, /* length of the heat network; of pipes: of the data centre's own pipe; m */
    LEVER_SOURCE,   /* temperature of the heat handed over: so many K more */
    LEVER_PLANT,    /* investment of one instance, times this */
    LEVERS
};
struct lever_at {
    enum lever lever;
    int instance; /* of LEVER_PLANT, else -1 */
    double value;
};

/* Is there anything to move? LEVER_PLANT: a capacity that the optimum chooses, and whose cost is known. */
bool lever_moves(const struct plan *plan, enum lever lever, int instance);
/* The lever where it stands: 1, the shadow price, the length, 0. */
double lever_now_value(const struct plan *plan, enum lever lever);

/* Investment per unit of an instance's capacity as the plan pays it, by what one unit more costs a year. */
double plan_unit_capex_money(const struct plan *plan, int instance);

struct moved { /* of the horizon scaled to a year, as simulated */
    double apart_money_year, together_money_year;
    double capacity; /* of the lever's instance, together; else NaN */
    double reused_kwh_year;
};
/* The scenario with the lever moved, planned. INFEASIBLE and its like as plan_solve; the first leaves the plan in arena. */
enum status plan_moved_plan(const struct plan *plan, struct lever_at at,
                            const struct plan_options *options, struct arena *arena,
                            struct plan **ret) MUST_CHECK;
enum status plan_moved(const struct plan *plan, struct lever_at at,
                       const struct plan_options *options, struct moved *ret) MUST_CHECK;

struct break_even {
    bool pays_now; /* LEVER_PLANT: it is built now */
    bool found;    /* else it pays (or does not) all the way to `to` */
    double
        at_value; /* the last value known to be as now, nearer than tolerance to one that is not */
    double beyond_value; /* that one */
    double to_value;     /* how far was searched */
    bool cut;  /* the search ended where the programme has no bound: not found says nothing */
    int plans; /* that it took */
};
/* Where the lever's sign turns, to a thousandth of its value. LEVER_POWER, LEVER_FUEL, LEVER_CARBON, LEVER_DISTANCE: of
   together against apart. LEVER_PLANT: where the instance begins (or ceases) to be built. */
enum status plan_break_even(const struct plan *plan, enum lever lever, int instance,
                            const struct plan_options *options, struct break_even *ret) MUST_CHECK;

#endif
