/* What the files of plan/ share: one case on its way from components to a plan. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_INTERNAL_H
#define PLAN_INTERNAL_H

#include "plan/pipes.h"
#include "plan/plan.h"
#include "plan/typical.h"

/* What the simulation of the previous round sends back into an instance's coefficients. Series are by step of the
   horizon, written once; NULL: no round has said it yet. */
struct feedback {
    double standing_ratio, pump_ratio; /* line: simulated over planned, of the whole horizon */
    double power_ratio;                /* converter: the same of its power, by its part load */
    struct pipes_series pipes;
};

/* Before any round: planned and simulated are one. */
static inline struct feedback feedback_of_nothing(void) {
    return (struct feedback){.standing_ratio = 1.0, .pump_ratio = 1.0, .power_ratio = 1.0};
}

/* Yearly cost (annuity and upkeep) and investment: unit * capacity + step; unit2 of the second capacity. The step of
   what is built at once is paid when it is built, any other step in any case. */
struct unit_costs {
    double unit_money, step_money, unit2_money;
    double unit_capex_money, step_capex_money, unit2_capex_money;
};

/* Where an instance stands in the programme. -1: not there. */
struct layout {
    int column[MODES_MAX];             /* converter, source, line: by mode; store: 0 in, 1 out */
    int state, design, design2, built; /* built: design column, 0 or 1 */
    int standing; /* design column that a line's standing loss is for, and capacity per unit of it */
    double standing_capacity;
    int peak; /* period family */
};

/* Of an instance that is built at once: with all it costs and loses, or not at all. NO also of any other that is tried
   away. */
enum build { BUILD_YES, BUILD_NO, BUILD_FREE };

struct case_work {
    const struct scenario *scenario;
    struct hours *hours; /* own copy of the view: size and ports are set per call */
    enum plan_case kind;
    const struct case_plan
        *parent; /* a like case, at whose optimum the first round begins, or NULL */
    const struct case_plan
        *near; /* another, whose optimum is nearer where it has the same shape; or NULL */
    struct case_plan *result, *spare; /* spare: what the rounds write into while the best stands */
    struct arena *arena;              /* lives as long as the plan */
    const struct typical_year *typical; /* NULL: every week is planned for itself */
    const struct plan_calendar *few;    /* its typical weeks alone are held; NULL: every step */
    const struct typical_year *drafts;  /* on which the rounds begin (drafts.c), or NULL */
    bool *bus_alive;
    double *size, *size2; /* by instance: of the previous round */
    double *floor_size;   /* by instance: below, a chosen capacity counts as not built */
    bool at_slope;        /* what is built costs its slope: see rounds.c */
    bool
        width_held; /* of the trunk: it costs and carries what its width does, whatever its capacity */
    struct unit_costs *costs; /* by instance */
    enum build *build;        /* by instance */
    double *most_capacity;    /* by instance: no capacity is larger (BUILD_FREE) */
    double
        known_money; /* what the case costs another way, or infinity: a trial far above it ends */
    bool once;       /* one round, which nothing is simulated for: see once.c */
    bool trial;      /* one of several: that there is no plan is an answer, not explained */
    struct feedback *feedback;
    struct pipes_laid laid; /* pipes NULL: the network is one line */
    double **arrives_c; /* by instance that taps pipes: the supply of all steps; NULL: its bus's */
    struct layout *layout;
    struct meter_tariff **meters; /* by instance: of a grid whose meter has a tariff; or NULL */
    int held_count;               /* ranges that their charges are held to */
    const struct tariff_range *held;
    int *bus_row;
    int block;           /* of the programme: its stage; 0 where the case stands alone */
    double weight_ratio; /* of its money in the programme: years, discounted, per horizon; or 1 */
    double **
        preheat_c; /* by bus: to which its exchangers warm the return, by step; NULL: none does (preheat.c) */
    int *preheat_row;     /* by bus: what is preheated is lifted; -1: none */
    int design_days_from; /* first step of the design days */
};

/* pipes.c: the pipes of a scenario, read and wide enough; *ret NULL where it has none. */
enum status plan_pipes(const struct scenario *scenario, struct hours *hours, struct arena *arena,
                       struct diag *diag, struct pipes **ret) MUST_CHECK;

struct programme_builder;

/* cases.c */
enum status case_select(struct case_work *work) MUST_CHECK;
/* Which instances still stand, by instance, where these are left out, and what then hangs. */
enum status case_stand_without(struct case_work *work, const bool *left_out,
                               bool *ret_stands) MUST_CHECK;
/* Is any heat recovered where these instances, and what then hangs, are left out? */
enum status case_recovers_without(struct case_work *work, const bool *left_out,
                                  bool *ret) MUST_CHECK;

/* coefficients.c: temperatures of all buses, coefficients of all included instances, costs per
   unit, for work->size. */
enum status case_coefficients(struct case_work *work) MUST_CHECK;
/* The loads' alone, before any size is known. */
enum status case_load_coefficients(struct case_work *work) MUST_CHECK;
/* The coefficients of one instance, for work->size and the feedback. */
enum status case_fill(struct case_work *work, int i, struct coefficients *c) MUST_CHECK;

/* typical.c, of a case whose year is of typical weeks. */
/* The step of the year that a step is like (year NULL: itself). */
int typical_like(const struct typical_year *year, int step);
/* Does the level of a store go on from week to week? Else it closes on itself in each. */
bool typical_carries_on(const struct case_work *work, int i);
/* How often a step counts in a sum over the horizon; the horizon's steps by the calendar, and the months of a map of steps
   for the programme: of the horizon's, then of the design days', which lie in none (whole: all in one period). */
static inline double case_weight_ratio(const struct case_work *work, int step) {
    return hours_weight_ratio(work->hours, step);
}
static inline struct plan_calendar case_calendar(const struct case_work *work) {
    return work->few ? *work->few
                     : (struct plan_calendar){work->design_days_from, work->hours->month, NULL};
}
const int *case_month_map(const struct case_work *work, bool whole, struct arena *arena);
/* The step at whose end a step's level begins, by the plan: the one before; of the first, the horizon's last. */
int plan_step_before(const struct case_work *work, int i, int step);
/* A step of that year within its week (else of the horizon); is it its week's last? */
int typical_step_of_week(const struct case_work *work, int step);
bool typical_ends_week(const struct case_work *work, int step);
/* The programme of that year's typical weeks. */
enum status typical_reduced_programme(const struct case_work *work,
                                      const struct programme *programme, struct arena *arena,
                                      struct typical_programme **ret) MUST_CHECK;

/* drafts.c: the typical weeks of a horizon that is long enough for rounds on them; else NULL. */
enum status drafts_year(const struct scenario *scenario, struct arena *arena,
                        const struct typical_year **ret) MUST_CHECK;

/* preheat.c. To what temperature exchangers warm each bus's return, once the buses have temperatures. */
enum status preheat_temperatures(struct case_work *work) MUST_CHECK;
/* An exchanger that nobody helps rests where it cannot reach the supply. */
void preheat_mask(const struct case_work *work, int i, struct coefficients *c);
/* A row for each bus and step with preheating: what needs lifting is lifted. */
enum status preheat_rows(struct case_work *work, struct programme_builder *builder,
                         struct arena *arena) MUST_CHECK;
/* What a kW of lifting is worth, into result->lift_money_kwh. */
enum status preheat_prices(struct case_work *work, const struct programme *programme) MUST_CHECK;
/* Worst share of preheated heat that nobody lifts, over the steps known. */
double preheat_residual_ratio(const struct case_work *work);

/* assemble.c: the programme of this round. elastic: limits become rows that the elastic re-solve
   may miss. */
enum status case_assemble(struct case_work *work, struct arena *arena, bool elastic,
                          struct programme **ret) MUST_CHECK;
/* The same as one more block (work->block) of a programme that is being written, at work->weight_ratio. */
struct programme_builder;
enum status case_add_block(struct case_work *work, struct programme_builder *builder,
                           struct arena *arena, bool elastic) MUST_CHECK;

/* require.c: rows of `require:`. */
enum status require_rows(struct case_work *work, struct programme_builder *builder,
                         struct arena *arena) MUST_CHECK;
/* extract.c: outcome -> flows, prices, money. */
enum status case_extract(struct case_work *work, const struct programme *programme) MUST_CHECK;

/* Ports, peaks and money of an instance whose rates, levels and capacities are set. */
enum status case_finish_flow(struct case_work *work, int i) MUST_CHECK;
/* Flows at the ports from the rates, by the shape, with these coefficients. */
void case_port_flows(const struct case_work *work, int i, const struct coefficients *c,
                     double *const ret_kw[PORTS_MAX]);

/* money.c. What is paid per kWh of a mode's rate, beside energy that is bought; of a load, for what is not served. */
double case_paid_money_kwh(const struct case_work *work, int i, int m, int t);
/* What one kWh of a mode's rate costs in the objective: what is paid and leaves the parties, and carbon. */
double case_rate_cost_money_kwh(const struct case_work *work, int i, int m, int t);
/* Share of a demand charge that leaves the parties, with its tax. */
double case_demand_cost_ratio(const struct case_work *work, int i);
/* Costs per unit of capacity for work->size. */
void case_set_costs(struct case_work *work, int i);
/* Is its (first) capacity chosen together with a yes or no that carries the step and a line's standing loss? */
bool case_at_once(const struct case_work *work, int i);
/* Is it the trunk, and its width held? */
bool case_holds_width(const struct case_work *work, int i);
/* May it be built or not: at once, from a capacity of zero. */
bool case_is_choice(const struct case_work *work, int i);
/* The capacity that stands still in a line's loss: of one that is built at once that of its size in this
   round, once it is built, and else its own. A pipe twice as strong loses hardly more. */
double case_standing_capacity(const struct case_work *work, int i);
/* Yearly cost of (the first) capacity when it is built at a size. */
double case_yearly_money(const struct case_work *work, int i, double size);
/* Yearly cost of pipes as they are laid. */
double case_trench_money_year(const struct case_work *work, const struct pipes_laid *laid);
/* Of an instance that is built new: annuity over investment, and how long it lives. */
double case_annuity_frac_year(const struct case_work *work, int i);
double case_life_year(const struct case_work *work, int i);
/* Cost of the horizon that no column carries: fixed capacities, charges per month. */
double case_constant_money(const struct case_work *work);
/* Money and carbon of the horizon from rates and capacities. */
enum status case_set_money(struct case_work *work, int i) MUST_CHECK;

/* contract.c: power bought by contract for a grid's meter. Is an instance of the case one? */
bool case_is_contract(const struct case_work *work, int i, int grid);
/* The credit on the meter's bill, once its prices stand. */
void case_contract_prices(struct case_work *work);
/* What is used of all contracts beyond the import; 0 without any. */
double case_contract_over_kw(const struct case_work *work, int grid, int t);
/* What a kWh more of import is worth to them; NaN where that has two answers. */
double case_contract_gain_money_kwh(const struct case_work *work, int grid, int t);

/* tariff.c. The tariff of a grid's meter, or NULL. */
const struct tariff *case_meter_tariff(const struct scenario *scenario, int i);
/* Prices by step and envelopes of all tariffs, once the coefficients stand. */
enum status case_tariffs(struct case_work *work) MUST_CHECK;
/* The bill of the dispatch, into the flow: what is not the price of energy goes to demand_money, by month. */
enum status case_tariff_money(struct case_work *work, int i) MUST_CHECK;
/* Charges of the horizon that no column carries. */
double case_tariff_constant_money(const struct case_work *work, int i);
/* What the objective of the programme leaves out of the true bills. */
double case_relaxed_money(const struct case_work *work);
/* What one kWh more at a step costs beside the price of energy, where no peak is in its way; NaN where that has two
   answers. */
double case_tariff_marginal_money_kwh(const struct case_work *work, int i, int t);
/* By which share of itself the import may grow before it is a peak that is billed. */
double case_tariff_room_frac(const struct case_work *work, int i, int t);
/* What the peaks cost in the objective, where every one of them is in proportion to the import; NaN where not. */
double case_tariff_peaks_money(const struct case_work *work, int i);
/* tariff_search.c: where a plan's true bills lie above what its programme saw, the ranges of charges that are not convex
   by branch and bound, at the plan's sizes; the best of them to rest. *work: afterwards that of the cheaper plan; its
   result is where it was. */
enum status case_search_tariffs(const struct plan_options *options, struct diag *diag,
                                struct case_work **work) MUST_CHECK;
/* plan.c: the hours and the scenario that are planned: as given, or of typical weeks (few: of them alone, if it may be). */
enum status plan_take_hours(struct plan *plan, const struct scenario *scenario,
                            const struct plan_options *options, bool few,
                            struct arena *arena) MUST_CHECK;
/* plan.c: the plan of a scenario in which nothing is to be tried, begun at the optimum of a like one (NULL: none). */
enum status plan_solve_given(const struct scenario *scenario, const struct plan_options *options,
                             const struct plan *parent, struct arena *arena, struct diag *diag,
                             struct plan **ret) MUST_CHECK;

/* A case before its first round: arrays, what stands in it, coefficients for the start sizes. */
enum status case_begin(const struct scenario *scenario, const struct pipes *pipes,
                       struct hours *hours, enum plan_case kind, struct arena *arena,
                       struct case_plan *result, struct case_work **ret) MUST_CHECK;
/* Sizes and feedback of a new beginning, at slope: from a case's capacities (what it does not build is not built), or
   (NULL) the first guesses. */
void case_begin_again(struct case_work *work, const struct case_plan *from);
/* Sizes, losses, yes and no, and ranges of charges of a plan at rest: what its last round was made from. */
void case_hold(struct case_work *work, const struct case_plan *given);
/* First guess of a chosen capacity: what the town or the data centre can need at most. */
double case_most_size(const struct case_work *work, int i);
/* A case without a single load counts as solved, at no cost. */
bool case_is_empty(const struct case_work *work);
enum status case_set_empty(struct case_work *work) MUST_CHECK;

/* rounds.c: coefficients -> programme -> optimum -> simulation, to rest. */
enum status case_solve_rounds(struct case_work *work, const struct plan_options *options,
                              struct diag *diag) MUST_CHECK;

/* choose.c: what to build, then to rest. What builds nothing begins as apart rests, when that is given. *ret: the work
   of the plan that is kept; its result is where work's is. */
enum status case_choose(struct case_work *work, const struct case_plan *apart,
                        const struct plan_options *options, struct diag *diag,
                        struct case_work **ret) MUST_CHECK;

/* connect.c: is joining this substation to the network a yes or no; what joining it costs beside it; what it is called;
   is any such choice free where the network is pipes on the map? */
bool connect_is_choice(const struct scenario *scenario, int i);
double connect_money(const struct scenario *scenario, int i);
const char *connect_name(const struct scenario *scenario, int i);
bool connect_is_free(const struct case_work *work);

/* solver.c: the solver that the options choose; and the optimum by it, or by Clp where it stalls (the outcome's solver
   then says both). */
const struct solver *plan_solver(const struct plan_options *options);
bool plan_may_fall_back(const struct programme *programme, const struct plan_options *options);
bool plan_steps_may_fall_back(int steps, const struct plan_options *options);
enum status plan_optimum(const struct plan_options *options, const struct programme *programme,
                         const struct solve_options *solve, struct arena *arena,
                         struct outcome *ret, bool *ret_fell_back) MUST_CHECK;

/* clash.c: INFEASIBLE, with what clashes named in diag and in result->misses; STALLED when nothing explains it. */
enum status case_explain_infeasible(struct case_work *work, const struct plan_options *options,
                                    bool (*progress)(void *data, long iterations_count,
                                                     double objective_ratio),
                                    void *data, struct diag *diag) MUST_CHECK;

/* Does the nearest plan miss a requirement or a limit? Then there is none. False too where no nearest plan is found. */
enum status case_misses(struct case_work *work, const struct plan_options *options,
                        bool (*progress)(void *data, long iterations_count, double objective_ratio),
                        void *data, bool *ret) MUST_CHECK;

/* shape_shiftable.c: the most that may wait at the end of a step. */
double plan_may_wait_kwh(const struct case_work *work, int i, int step);

/* simulate.c: the networks on the dispatch; fills feedback, simulated flows and the gap. */
enum status case_simulate(struct case_work *work) MUST_CHECK;

/* What mode m takes of its capacity with all that share it, kW. */
static inline double case_used_kw(const struct flow *flow, int m, int t) {
    const struct coefficients *c = flow->coefficients;
    double used_kw = 0.0;
    for (int k = 0; k < flow->modes; k++) {
        used_kw += !c->each_way || k == m ? c->mode[k].use[t] * flow->rate_kw[k][t] : 0.0;
    }
    return used_kw;
}

/* audit.c: the horizon, and the design days where they are known. */
enum status case_audit(struct case_work *work, bool design_days) MUST_CHECK;

/* What the flows cost in the objective, counted from them alone. */
double case_tallied_money(const struct case_work *work);

/* prices.c: fills the audit's judgement of the prices. */
void case_audit_prices(struct case_work *work);

/* screen.c */
enum status plan_screen(struct plan *plan, struct arena *arena) MUST_CHECK;

/* value * factor by step; stride 0 where it is the same in all steps; value NULL where it is zero
   in all. */
struct numbers plan_scaled(struct programme_builder *builder, struct arena *arena,
                           const double *value, int count, double factor_ratio);

/* Content of a store at the begin of a step, by its plan: the step before's end; of the first, the horizon's last or
   what the store starts with. */
double plan_store_begin_kwh(const struct case_work *work, int i, int t);

static inline bool plan_is_design_step(const struct case_work *work, int step) {
    return step >= work->design_days_from;
}

#endif
