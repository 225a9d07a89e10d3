/* The joint plan held: the programme of its last round, whose optimum it is, asked for other things than the least cost.
   Sizes for which unit costs stand, losses, temperatures, what is built at once and the ranges of tariffs stay as they are.

   A measure is a number of the plan that may be limited, or be least or most: the whole cost, figures that people care
   about, and every capacity that is free. Of the horizon; held_scale brings a figure to a year. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_HELD_H
#define PLAN_HELD_H

#include "plan/plan.h"

enum held_figure {
    FIGURE_CARBON,
    FIGURE_WATER,
    FIGURE_PEAK,
    FIGURE_IMPORT,
    FIGURE_GENERATION,
    FIGURE_FUEL,
    FIGURE_REUSED,
    FIGURE_INVESTMENT,
    FIGURES
};
/* "carbon_kgco2_year", "carbon emitted"; yearly: a sum over the horizon. */
struct held_figure_kind {
    const char *key, *name;
    bool yearly;
};
const struct held_figure_kind *held_figure_kind(enum held_figure figure);

struct measure {
    enum measure_kind { MEASURE_COST, MEASURE_FIGURE, MEASURE_CAPACITY } kind;
    int index;   /* figure, or instance */
    bool second; /* its second capacity */
    int column;  /* of a capacity: its design column; else -1 */
};

struct held_row; /* held_internal.h */

struct held {
    const struct plan *plan;
    const struct plan_options *options;
    struct arena *arena;
    struct case_work *work;            /* whose layout the programmes have */
    const struct programme *programme; /* of the plan; a question's begins with its lists */
    const struct programme *told; /* the same with a row for each figure, which is never solved */
    struct held_row *rows;        /* by figure, in that */
    int measures_count;
    struct measure *measures; /* 0: the whole cost */
};

/* plan: solved, in full. Of options the solver and its limits and threads count; nothing is told on the way. */
enum status held_new(const struct plan *plan, const struct plan_options *options,
                     struct arena *arena, struct held **ret) MUST_CHECK;
/* The measure of a figure; -1: nothing in the plan moves it. */
int held_find(const struct held *held, enum held_figure figure);
/* What a measure's value is multiplied by to be told: a year's share of the horizon, or 1. */
double held_scale_ratio(const struct held *held, int measure);
const char *held_measure_key(const struct held *held, int measure, struct arena *arena);

/* What a plan uses of a capacity: the least that its rows allow, and the row and step that ask for most. row -1: nothing
   does. */
struct held_use {
    int row, step;
    double value;
};

enum { HELD_COST = 0, HELD_DIRECTION = -1, HELD_NONE = -2 };
struct held_question {
    int aim; /* a measure, or the direction */
    bool most;
    double
        aim_price_money; /* of one unit of an aim that is not the cost; cost itself counts beside it */
    double budget_money; /* all may cost so much; infinite: no matter what */
    int limited;         /* a figure that is at most limit_value: a sum, or the peak; HELD_NONE */
    double limit_value;
    const double *weight_ratio;           /* of the direction, by measure; NULL: none */
    double aim_low_value, aim_high_value; /* the aim stays between these */
    bool no_reason;                       /* where there is no optimum it is not asked why */
    const double *cap_value; /* by measure: no capacity is larger; NULL: no such caps */
    const struct held_use
        *in_full; /* by measure, or NULL: capacities that this row and step use in full */
};
/* Least cost, no limits. */
struct held_question held_cheapest(void);
/* The least or most of a measure where all may cost so much: at a price at which what a ten-thousandth of the measure's
   scale saves is worth room_money. value: of the cheapest plan, for the scale. */
struct held_question held_extreme(const struct held *held, int measure, bool most,
                                  const double *value, double budget_money, double room_money);

/* So much of a measure counts, even where the cheapest plan (value) has none of it. */
double held_scale_value(const struct held *held, int measure, const double *value);

struct held_answer {
    enum outcome_kind outcome;
    bool proven; /* optimal, and the certificate passed */
    struct certificate certificate;
    double *value;        /* by measure; NULL: no optimum */
    struct held_use *use; /* by measure */
    double
        limit_price_money; /* what one unit less of the limited measure costs; of a budget's question: what one unit less
                                 of the aim costs where the budget binds. NaN: no such limit */
    /* of held_plan */
    double objective_money; /* with the true bills */
    double
        simulated_money; /* as the physics makes it of these sizes, and without the steps of what is left out */
    struct audit audit;
};

/* Answers may be asked for by several threads, each with an arena of its own. A question without an optimum is answered by
   its outcome. */
enum status held_ask(const struct held *held, const struct held_question *question,
                     struct arena *arena, struct held_answer *ret) MUST_CHECK;
/* An optimum at a price of the aim, with its columns: those of the plan, whatever the question added. So two are mixed to a
   plan between them. */
struct held_point {
    bool
        proven; /* a plan and a bound, by the certificate; of a stalled solve perhaps further apart than an optimum's */
    enum outcome_kind outcome;
    struct certificate certificate;
    double money, value;            /* all cost; the aim's value */
    double ray_money;               /* unbounded: what one unit of the aim costs without end */
    double *x;                      /* NULL where not proven */
    long columns_count, rows_count; /* of the question's programme */
    struct outcome solved;          /* of that: a next one may begin there */
};
/* warm: a point to begin at where the question's programme has the same shape, or NULL. */
enum status held_point(const struct held *held, const struct held_question *question,
                       const struct held_point *warm, struct arena *arena,
                       struct held_point *ret) MUST_CHECK;
/* The value of another question's aim at a point. */
double held_point_value(const struct held *held, const struct held_question *question,
                        const struct held_point *point);
/* What lies so far (0..1) from one to the other; to NULL: the one. */
enum status held_mix(const struct held *held, const struct held_point *from,
                     const struct held_point *to, double share_frac, struct arena *arena,
                     struct held_answer *ret) MUST_CHECK;

/* The same as a whole plan: cleaned, extracted, simulated once and audited. */
enum status held_plan(const struct held *held, const struct held_question *question,
                      struct arena *arena, struct held_answer *ret) MUST_CHECK;

#endif
