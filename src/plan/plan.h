/* A plan: design, dispatch and prices of the three cases, after the physics was simulated on them,
   with its audit. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "optimise/outcome.h"
#include "optimise/solver.h"
#include "scenario/scenario.h"

struct pipes;
struct pipes_year;

enum { ROUNDS_MAX = 8 };
struct tariff_bill; /* scenario/tariff.h */

/* What pipes on the map (pipes.h) make of an hour. Of their line: its loss, pumping per kW sent, and what comes back to
   the plant. Of what taps them: the supply that arrives there. NULL: not there. */
struct pipes_series {
    const double *loss_kw, *pump_kw_kw, *return_c, *arrives_c;
};

/* What a tariff bills, held to a range in which the charge is exact in the programme (tariff_search.c). */
enum charge_kind { CHARGE_ENERGY, CHARGE_DEMAND, CHARGE_MONTH_PEAK, CHARGES };
struct tariff_range {
    enum charge_kind kind;
    int instance, month, period; /* the grid's; period 0 of a month's peak */
    double from_value, to_value; /* kWh, kW; infinite where open */
};
const char *charge_kind_name(enum charge_kind kind);

/* Search over the ranges of charges that are not convex. */
struct tariff_search {
    long nodes_count;   /* programmes solved; 0: there was nothing to search */
    double bound_money; /* by the coefficients it began with, no plan of the case costs less */
    int held_count;     /* ranges that the plan was made with */
    const struct tariff_range *held;
};

/* What one instance does in one case. Arrays have hours->count entries (the horizon, then the
   design days). */
struct flow {
    bool included;
    double capacity, capacity2; /* chosen or fixed, in the capacity's unit; NaN: none */
    int modes;
    double *rate_kw[MODES_MAX]; /* rate of each mode (a line: 0 plant->town, 1 back; a store: 0 in,
                                   1 out) */
    double *port_kw[PORTS_MAX]; /* kW at each wired port, positive in the port's direction (WATER:
                                   m3/h); NULL */
    double *level_kwh;          /* store: at the end of each step; NULL */
    double
        *peak_kw; /* grid: billed peak of each month of the horizon (12 entries, 0 outside); NULL */
    double *
        peak_money; /* grid: what each month costs beside the price of energy and fixed charges; NULL */
    struct tariff_bill *bill; /* grid with a tariff: of the horizon; NULL */
    bool left_out;            /* tried away, or never to be built: the programme had none of it */
    double relaxed_money;     /* of it: the bill that the programme sees, a lower bound */
    struct coefficients *coefficients; /* of the last round */
    double size, size2; /* that its coefficients and unit costs were made for (the round before) */
    double standing_ratio, pump_ratio; /* line: what the simulation of the round before sent back */
    double power_ratio;                /* converter: the same */
    struct pipes_series pipes;         /* the same, of pipes on the map */
    double *simulated_kw[PORTS_MAX];   /* the same flows after simulation with the final capacities;
                                          NULL: as port_kw */
    /* money of the horizon, in the scenario's money */
    double investment_money; /* capital when built new (0: existing) */
    double unit_money_year;  /* yearly cost of one unit of capacity more */
    double capital_money;    /* annuity for the horizon */
    double fixed_money;      /* fixed O&M for the horizon */
    double running_money;    /* cost_money_kwh of all modes */
    double demand_money;     /* grid: monthly peaks; of a tariff all that is not energy or fixed */
    double tax_money;        /* sales tax on what it sells (grid, fuels) */
    double called_money; /* grid: paid by the utility for the right to curtail, and for each call */
    double called_h;     /* grid: hours of the horizon in which it calls */
    double carbon_kg, carbon_marginal_kg; /* emitted here over the horizon */
};

struct audit {
    bool passed;
    double balance_residual_ratio;   /* worst bus and step, over the largest flow of that carrier */
    const char *balance_worst;       /* "campus at 2024-01-03T07:00" */
    double objective_residual_ratio; /* objective against the sum of flows' money */
    double water_residual_ratio, carbon_residual_ratio, store_residual_ratio, limit_residual_ratio;
    /* The buses' prices against the dispatch (prices.c); no part of passed, which is about the dispatch. */
    bool prices_judged, prices_hold;
    double price_residual_ratio;
    const char *price_worst;
};

struct requirement_miss {
    const char *text; /* "energy_reuse_factor >= 0.9 is missed by 0.31 (0.59)" */
    struct place place;
};

struct case_plan {
    enum plan_case kind;
    bool solved; /* optimal and audited */
    struct outcome outcome;
    struct certificate certificate;
    int rounds_count;
    bool settled;              /* the loop programme <-> simulation came to rest */
    bool at_slope;             /* what is built cost its slope in the last round, not its mean */
    bool width_held;           /* the trunk cost what its width does (rounds.c) */
    double objective_money;    /* of the horizon */
    double gap_money;          /* simulated minus planned cost of the horizon */
    double choice_bound_money; /* none of the programmes of what to build has a plan below it
                                  (choose.c); NaN: there was none to choose */
    double
        *temperature_c[2]; /* by bus * hours + step: supply, return; NaN where the bus has none */
    struct flow *flow;     /* by instance */
    struct pipes_year *pipes; /* of the last simulation; NULL: no pipes, or not built */
    double **price_money_kwh; /* by bus: cost of one kWh more demand, by step; NULL where the bus is
                                 not in the case */
    double **
        lift_money_kwh; /* by bus: what one kWh is worth that finishes preheated water, by step; NULL where
                                nothing is preheated */
    struct tariff_search tariffs;
    struct audit audit;
    int misses_count; /* infeasible: what clashes */
    struct requirement_miss *misses;
    long columns_count, rows_count, nonzeros_count;
};

/* One page before the plan. */
struct screening {
    double heat_available_kwh_year, heat_demand_kwh_year,
        heat_in_reach_kwh_year;                  /* in reach: hourly minimum */
    double source_c, needed_c;                   /* mean source, needed supply weighted by demand */
    double direct_frac;                          /* share of demand hours that need no heat pump */
    double trench_m, heat_per_trench_kwh_m_year; /* NaN when there is no network */
    double viable_kwh_m_year;                    /* the reference threshold */
    const char *verdict;                         /* one sentence */
};

/* What the lifting that a mode gives or asks for is worth in a step. */
double plan_lift_money_h(const struct scenario *scenario, const struct case_plan *plan,
                         int instance, int mode, int step);

struct supply_choice; /* plan/supply.h */
struct typical_year;  /* plan/typical.h */

/* How much a plan rests on: FULL is the method to rest; EXACT one programme per case of every hour, with sizes and losses of
   a parent, not simulated; TYPICAL programmes of typical weeks. */
enum plan_depth { PLAN_FULL, PLAN_EXACT, PLAN_TYPICAL };
const char *plan_depth_name(enum plan_depth depth); /* "full" */

/* The horizon by the calendar: months of all its steps, and which step of the plan each does as (NULL: itself). */
struct plan_calendar {
    int steps;
    const int *month, *like;
};
static inline int plan_calendar_like(const struct plan_calendar *calendar, int step) {
    return calendar->like ? calendar->like[step] : step;
}

struct plan {
    enum plan_depth depth;
    const struct scenario *scenario;    /* where temperatures were tried, that of the best */
    const struct supply_choice *supply; /* what was tried, or NULL */
    const struct typical_year
        *typical; /* whose weeks stand for all, or NULL: every hour is planned */
    const struct plan_calendar
        *few; /* it holds the steps of typical weeks alone; NULL: every step */
    struct hours *hours;
    struct pipes *pipes; /* of heat_network: {pipes: ...}; NULL */
    struct case_plan cases[CASES];
    struct screening screening;
};

/* How often a step counts in a sum over the horizon; the horizon's steps by the calendar. */
static inline double plan_weight_ratio(const struct plan *plan, int step) {
    return hours_weight_ratio(plan->hours, step);
}
static inline struct plan_calendar plan_calendar(const struct plan *plan) {
    return plan->few ? *plan->few
                     : (struct plan_calendar){plan->hours->horizon_count, plan->hours->month, NULL};
}
/* Sum of a flow over the horizon; compensated, in the order of the steps. */
double plan_sum_kw(const struct hours *hours, const double *flow_kw);

struct plan_options {
    long iterations_limit;
    /* Progress in words ("apart: round 2, 12 000 iterations"); true to stop. May be NULL. */
    bool (*progress)(void *data, const char *words);
    void *data;
    /* Asked often, by any thread: whether to stop, as CANCELLED or STALLED. May be NULL. */
    bool (*is_stopped)(void *stop_data);
    void *stop_data;
    bool only_together; /* export: builds no other case */
    /* NULL: the structured interior point. Where that stalls, Clp answers: for a month at most, or with fallback for any
       length. */
    const struct solver *solver;
    bool fallback;
    bool
        written_out; /* a quick answer of typical weeks too is made of every step of the year: the slow way, for tests */
    bool may_stall; /* where it stalls no other is asked, however short the horizon */
    const struct plan *
        near; /* of a quick answer: another, at whose optima its programmes begin where both have one shape; or NULL */
    int typical_weeks; /* so many weeks stand for the year (typical.h); 0: every week for itself */
    long threads;      /* of a programme long enough to gain by them; 0: one */
};

static inline bool plan_is_stopped(const struct plan_options *options) {
    return options && options->is_stopped && options->is_stopped(options->stop_data);
}

/* OK: all cases solved and audited. INFEASIBLE, UNBOUNDED, STALLED, AUDIT_FAILED: *ret still holds
   what is known. */
enum status plan_solve(const struct scenario *scenario, const struct plan_options *options,
                       struct arena *arena, struct diag *diag, struct plan **ret) MUST_CHECK;

/* A quick answer where a parent is planned in full, of the same plant (but for what nobody chooses) over the same hours: one
   programme per case at the parent's sizes and losses, not simulated (once.c); of typical weeks where the options say so. With
   any other parent it is plan_solve's of typical weeks, or USAGE where none are asked for. */
enum status plan_solve_like(const struct scenario *scenario, const struct plan *parent,
                            const struct plan_options *options, struct arena *arena,
                            struct diag *diag, struct plan **ret) MUST_CHECK;

/* The same plan again from what its files hold, without a solver: coefficients from the physics for
   the recorded sizes, flows from the recorded rates, money, screening and audit from these. record
   by case and instance; rates and levels by step of the horizon (design days are not recorded; they
   stay 0). size, size2 and the ratios are NaN where the rounds did not decide them. */
struct flow_record {
    bool included;
    double capacity, capacity2, size, size2, standing_ratio, pump_ratio, power_ratio;
    struct pipes_series pipes;
    int modes;
    const double *rate_kw[MODES_MAX], *level_kwh;
};
struct case_record {
    struct flow_record *flow;                         /* by instance; NULL: the case was empty */
    const double **price_money_kwh, **lift_money_kwh; /* by bus, NULL where not in the case */
    double objective_money, gap_money, choice_bound_money;
    struct tariff_search tariffs;
    int rounds_count;
    bool settled, at_slope, width_held;
    struct certificate certificate;
    struct outcome outcome; /* without x and y */
    long columns_count, rows_count, nonzeros_count;
};
enum status plan_restore(const struct scenario *scenario, const struct case_record record[CASES],
                         struct arena *arena, struct diag *diag, struct plan **ret) MUST_CHECK;

/* The programme of one case as it is in the first round, for export. */
enum status plan_programme(const struct scenario *scenario, enum plan_case kind,
                           struct arena *arena, struct programme **ret) MUST_CHECK;

/* Does this instance stand inside the data centre's boundary (its power counts in PUE)? */
/* What the power of an instance counts as: of BY_FUEL only what burns fossil fuel is left. */
enum origin plan_origin(const struct scenario *scenario, int instance);
bool plan_in_data_centre(const struct scenario *scenario, int instance);
/* Does it take heat from a data centre's hand-off and pass it on (heat pump, direct exchanger)? */
bool plan_uses_recovery(const struct scenario *scenario, int instance);
/* The port of an instance behind the hand-off whose net intake is heat that nobody uses: of a converter with heat in and
   none out (it dumps), or of a heat store (over a horizon that closes on itself it takes what it loses). -1: none. */
int plan_waste_port(const struct scenario *scenario, int instance);

/* Requirements: most of them are floors, *_max_* are limits. */
bool plan_requirement_is_limit(const char *key);
/* What the flows of a case reach of a requirement, in its own unit (yearly ones scaled to a year): energy_reuse_factor
   as ERF, less what is dumped or lost in stores; heat_share_frac of the town's heat, all loss of networks and stores
   counted against the recovered heat; renewable_frac and self_supply_frac of all consumption, exports not counted. NaN: a share of
   nothing. */
double plan_requirement_value(const struct scenario *scenario, const struct hours *hours,
                              const struct case_plan *result, const char *key);
/* Annuity factor: r(1+r)^n / ((1+r)^n - 1), 1/n at r = 0. */
double plan_annuity_frac_year(double discount_frac, double life_year);

/* What a kWh costs that a load does not get; NaN: it gets all. What is not served is rate 0 of its flow. */
double plan_unserved_money_kwh(const struct scenario *scenario, int instance);
/* Prices as the objective sees them (money.c says why). */
bool plan_is_grid(const struct component *kind);
bool plan_demand_leaves(const struct scenario *scenario); /* demand and fixed charges of power */
bool plan_tax_leaves(const struct scenario *scenario);
double plan_tax_frac(const struct scenario *scenario, int instance);        /* on what it sells */
double plan_carbon_money_kg(const struct scenario *scenario, int instance); /* by marginal factor */
/* Of a tariff's bill: what minimum bills and the contract of a large load ask beyond what was taken. */
double plan_least_money(const struct flow *grid);
/* Price of a kW of each month's peak over the horizon; a part of a month costs its share of days. */
void plan_month_price(const struct scenario *scenario, const struct plan_calendar *calendar,
                      const double money_kw_month[12], double ret_money_kw[12]);

#endif
