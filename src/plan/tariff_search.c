/* Tariffs that are not convex: which range of a falling price is the best one to be in?

   The programme of a plan sees the convex hull of such a charge over all that the meter can draw. Branch and bound over
   ranges narrows that: the charge (of a meter, a month, a period) whose true and relaxed bill differ most is split at the
   kink where hull and charge are farthest apart; below the kink and above it the hulls lie nearer, and between two kinks
   the hull is the charge. Each node's bound is that of its certificate; each dispatch, billed truly, is a plan; and each
   best one so far is solved once more with every such charge held to the range in which it rests.

   All of it at the sizes and losses at which the relaxed plan came to rest; then the best choice of ranges is solved to
   rest itself, and the cheaper of the two plans is kept. Lowest bound first, of equals the one made first: the order
   depends on nothing but the plan. The longer the horizon, the fewer the nodes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "plan/round.h"
#include "plan/tariff.h"

static const double tolerance_frac =
    1e-4; /* of the cost: a proof as near as that ends the search */
static const double split_least_frac = 1e-9; /* of the cost: a charge apart by less is not split */
static const double same_ratio =
    1e-9; /* of equals the one whose programme knows the bill, and so its prices */
enum { NODES_MOST = 96, NODES_LEAST = 8, NODE_STEPS = 100000 };

struct node {
    int count;
    struct tariff_range *held;
    double bound_money;
    bool can_split;            /* a leaf whose charges leave something to split */
    struct tariff_range split; /* the charge; its range so far ... */
    double at_value;           /* ... and where it falls in two */
};

struct search {
    const struct plan_options *options;
    struct diag *diag; /* of the nodes: dropped */
    struct arena *arena;
    const struct case_work *from; /* the plan at rest */
    struct case_work *work;       /* its programme, with other ranges */
    struct node *nodes;
    int nodes_count, leaves_most;
    bool *split; /* by node: no leaf any more */
    long solves_count, solves_most;
    double best_money; /* true, at the frozen coefficients */
    int best_count; /* ranges that hold the best dispatch where it rests; -1: the plan at rest itself */
    struct tariff_range *best;
};

/* ---- charges ---- */

/* What the true charge of a dispatch is above the envelope's, in the objective. */
static double apart_money(const struct case_work *work, int i, const struct charge *c) {
    double amount_value = charge_amount_value(c, &work->result->flow[i].bill->month[c->month]);
    return case_demand_cost_ratio(work, i) *
           (charge_money(c, amount_value) - envelope_at(charge_envelope(c), amount_value));
}

/* Calls visit for every charge of every meter that counts in the objective. */
static void each_charge(struct search *search, const struct case_work *work, void *data,
                        void (*visit)(struct search *search, const struct case_work *work, int i,
                                      const struct charge *c, void *data)) {
    for (int i = 0; i < work->scenario->instances_count; i++) {
        const struct meter_tariff *mt = work->meters ? work->meters[i] : NULL;
        if (!mt || !work->result->flow[i].included || case_demand_cost_ratio(work, i) == 0.0) {
            continue;
        }
        for (int m = 0; m < 12; m++) {
            if (!(mt->share_frac[m] > 0.0)) {
                continue;
            }
            for (int p = 0; p < tariff_energy_periods(&mt->tariff); p++) {
                struct charge charge = {mt, m, p, CHARGE_ENERGY};
                visit(search, work, i, &charge, data);
            }
            for (int p = 0; p < mt->tariff.demand.periods_count; p++) {
                struct charge charge = {mt, m, p, CHARGE_DEMAND};
                if (mt->demand_holds[m][p]) {
                    visit(search, work, i, &charge, data);
                }
            }
            struct charge charge = {mt, m, 0, CHARGE_MONTH_PEAK};
            visit(search, work, i, &charge, data);
        }
    }
}

static struct tariff_range range_of(int i, const struct charge *c) {
    const struct envelope *e = charge_envelope(c);
    return (struct tariff_range){c->kind,
                                 i,
                                 c->month,
                                 c->period,
                                 e->held ? e->from_value : -HUGE_VAL,
                                 e->held ? e->to_value : HUGE_VAL};
}

struct worst {
    double apart_money, least_money;
    struct node *node;
};

static void weigh_charge(struct search *search, const struct case_work *work, int i,
                         const struct charge *c, void *data) {
    struct worst *worst = data;
    double money = apart_money(work, i, c);
    (void)search;
    if (!(money > worst->apart_money)) {
        return;
    }
    double at_value = envelope_worst_break_value(c, charge_envelope(c), worst->least_money);
    if (!isnan(at_value)) {
        worst->apart_money = money;
        worst->node->split = range_of(i, c);
        worst->node->at_value = at_value;
        worst->node->can_split = true;
    }
}

/* ---- ranges ---- */

/* A list with one range narrowed or added. */
static enum status with_range(struct search *search, const struct node *node,
                              const struct tariff_range *range, struct node *ret) {
    *ret = (struct node){.bound_money = node->bound_money};
    ret->held = ARENA_TAKE(search->arena, struct tariff_range, node->count + 1);
    if (!ret->held) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < node->count; k++) {
        const struct tariff_range *old = &node->held[k];
        bool same = old->kind == range->kind && old->instance == range->instance &&
                    old->month == range->month && old->period == range->period;
        if (!same) {
            ret->held[ret->count++] = *old;
        }
    }
    ret->held[ret->count++] = *range;
    return STATUS_OK;
}

struct resting {
    struct node node;
    enum status status;
};

/* Between the kinks on both sides of what was billed, where the envelope is not the charge. */
static void hold_where_it_rests(struct search *search, const struct case_work *work, int i,
                                const struct charge *c, void *data) {
    struct resting *resting = data;
    const struct envelope *e = charge_envelope(c);
    double breaks[CHARGE_BREAKS_MAX];
    int count = charge_breaks(c, e->low_value, e->high_value, breaks);
    double amount_value = charge_amount_value(c, &work->result->flow[i].bill->month[c->month]);
    struct tariff_range range = range_of(i, c);
    if (resting->status != STATUS_OK ||
        isnan(envelope_worst_break_value(c, e, split_least_frac * fabs(search->best_money)))) {
        return;
    }
    for (int k = 0; k < count; k++) {
        if (breaks[k] < amount_value) {
            range.from_value = breaks[k];
        } else {
            range.to_value = breaks[k];
            break;
        }
    }
    struct node next;
    resting->status = with_range(search, &resting->node, &range, &next);
    resting->node = next;
}

/* ---- nodes ---- */

static enum status begin_node(struct search *search, const struct node *node) {
    struct case_work *work = search->work;
    size_t n = (size_t)work->scenario->instances_count;
    memcpy(work->feedback, search->from->feedback, n * sizeof *work->feedback);
    work->held_count = node->count;
    work->held = node->held;
    work->result->rounds_count = (int)++search->solves_count;
    struct round round = {.options = search->options,
                          .diag = search->diag,
                          .work = work,
                          .step_word = "tariff range"};
    return round_solve(&round);
}

static double tolerance_money(const struct search *search) {
    return tolerance_frac * fabs(search->best_money);
}

/* The dispatch of search->work is a plan; is it the best? Its ranges then. */
static enum status take_best(struct search *search, const struct node *node, bool *ret) {
    const struct case_work *work = search->work;
    *ret = work->result->objective_money < search->best_money;
    if (!*ret) {
        return STATUS_OK;
    }
    search->best_money = work->result->objective_money;
    struct resting resting = {*node, STATUS_OK};
    each_charge(search, work, &resting, hold_where_it_rests);
    search->best_count = resting.node.count;
    search->best = resting.node.held;
    return resting.status;
}

/* A list of ranges solved: its bound, the best plan so far, where to split. */
static enum status solve_node(struct search *search, struct node *node) {
    bool better = false;
    enum status status = begin_node(search, node);
    if (status == STATUS_INFEASIBLE) {
        node->bound_money = HUGE_VAL;
        return STATUS_OK;
    }
    if (status == STATUS_STALLED) {
        return STATUS_OK; /* no more is known than of the node it came from */
    }
    TRY(status);
    node->bound_money = fmax(node->bound_money, search->work->result->certificate.bound_ratio);
    struct worst worst = {0.0, split_least_frac * fabs(search->work->result->objective_money),
                          node};
    each_charge(search, search->work, &worst, weigh_charge);
    TRY(take_best(search, node, &better));
    bool apart = case_relaxed_money(search->work) > tolerance_money(search);
    if (better && apart && search->solves_count < search->solves_most) {
        struct node resting = {.count = search->best_count, .held = search->best};
        status = begin_node(search, &resting);
        if (status != STATUS_INFEASIBLE && status != STATUS_STALLED) {
            TRY(status);
            TRY(take_best(search, &resting, &better));
        }
    }
    return STATUS_OK;
}

static int next_node(const struct search *search) {
    int next = -1;
    for (int k = 0; k < search->nodes_count; k++) {
        const struct node *node = &search->nodes[k];
        if (!search->split[k] && node->can_split &&
            node->bound_money < search->best_money - tolerance_money(search) &&
            (next < 0 || node->bound_money < search->nodes[next].bound_money)) {
            next = k;
        }
    }
    return next;
}

static double proven_money(const struct search *search) {
    double bound_money = HUGE_VAL;
    for (int k = 0; k < search->nodes_count; k++) {
        bound_money =
            search->split[k] ? bound_money : fmin(bound_money, search->nodes[k].bound_money);
    }
    return fmin(bound_money, search->best_money);
}

static enum status split(struct search *search, int k) {
    search->split[k] = true;
    for (int side = 0; side < 2; side++) {
        const struct node *node = &search->nodes[k];
        struct tariff_range range = node->split;
        struct node child;
        *(side == 0 ? &range.to_value : &range.from_value) = node->at_value;
        TRY(with_range(search, node, &range, &child));
        TRY(solve_node(search, &child));
        search->nodes[search->nodes_count++] = child;
    }
    return STATUS_OK;
}

static enum status begin_like(const struct case_work *plan, struct arena *arena,
                              struct case_work **ret) {
    struct case_plan *result = ARENA_TAKE(arena, struct case_plan, 1);
    size_t n = (size_t)plan->scenario->instances_count;
    TRY(result ? STATUS_OK : STATUS_NO_MEMORY);
    TRY(case_begin(plan->scenario, plan->laid.pipes, plan->hours, plan->kind, arena, result, ret));
    struct case_work *work = *ret;
    memcpy(work->size, plan->size, n * sizeof *work->size);
    memcpy(work->size2, plan->size2, n * sizeof *work->size2);
    memcpy(work->build, plan->build, n * sizeof *work->build);
    memcpy(work->feedback, plan->feedback, n * sizeof *work->feedback);
    result->choice_bound_money = plan->result->choice_bound_money;
    work->at_slope = plan->at_slope;
    work->typical = plan->typical;
    work->trial = true;
    return STATUS_OK;
}

static enum status search_all(struct search *search) {
    struct node root = {.bound_money = -HUGE_VAL};
    search->leaves_most = 2 * (int)search->solves_most + 1;
    search->nodes = ARENA_TAKE(search->arena, struct node, search->leaves_most);
    search->split = ARENA_TAKE(search->arena, bool, search->leaves_most);
    search->diag = diag_new(search->arena);
    TRY(arena_failed(search->arena) || !search->diag ? STATUS_NO_MEMORY : STATUS_OK);
    TRY(begin_like(search->from, search->arena, &search->work));
    TRY(solve_node(search, &root));
    search->nodes[search->nodes_count++] = root;
    int next = next_node(search);
    while (next >= 0 && search->solves_count < search->solves_most) {
        TRY(split(search, next));
        next = next_node(search);
    }
    return STATUS_OK;
}

/* ---- the plan that is kept ---- */

static double simulated_money(const struct case_plan *plan) {
    return plan->objective_money + plan->gap_money;
}

/* The best ranges to rest; instead of the relaxed plan where that is dearer. */
static enum status settle(const struct plan_options *options, struct diag *diag, int count,
                          const struct tariff_range *held, struct case_work **work) {
    struct case_work *first = *work, *again = NULL;
    struct diag *own = diag_new(first->arena);
    TRY(own ? STATUS_OK : STATUS_NO_MEMORY);
    TRY(begin_like(first, first->arena, &again));
    again->held_count = count;
    again->held = held;
    enum status status = case_solve_rounds(again, options, own);
    if (status == STATUS_INFEASIBLE || status == STATUS_STALLED) {
        return STATUS_OK; /* the relaxed plan stands */
    }
    TRY(status);
    double first_money = simulated_money(first->result);
    if (simulated_money(again->result) > first_money + same_ratio * fabs(first_money)) {
        return STATUS_OK;
    }
    diag_append(diag, own);
    *first->result = *again->result;
    again->result = first->result;
    again->trial = first->trial;
    *work = again;
    return STATUS_OK;
}

static void keep_proof(const struct case_work *work, const struct search *search,
                       double bound_money) {
    struct case_plan *result = work->result;
    result->tariffs.nodes_count = search->solves_count;
    result->tariffs.bound_money = fmin(bound_money, simulated_money(result));
    result->tariffs.held_count = work->held_count;
    result->tariffs.held = work->held;
}

enum status case_search_tariffs(const struct plan_options *options, struct diag *diag,
                                struct case_work **work) {
    struct case_work *first = *work;
    double cost_money = first->result->objective_money;
    first->result->tariffs = (struct tariff_search){0};
    if (!(case_relaxed_money(first) > tolerance_frac * fabs(cost_money))) {
        return STATUS_OK;
    }
    long nodes = NODE_STEPS / first->hours->count;
    struct search search = {.options = options,
                            .arena = arena_new(0),
                            .from = first,
                            .solves_most = nodes < NODES_LEAST  ? NODES_LEAST
                                           : nodes < NODES_MOST ? nodes
                                                                : NODES_MOST,
                            .best_money = HUGE_VAL,
                            .best_count = -1};
    enum status status = search.arena ? search_all(&search) : STATUS_NO_MEMORY;
    struct tariff_range *held = NULL;
    double bound_money = status == STATUS_OK ? proven_money(&search) : -HUGE_VAL;
    int count = status == STATUS_OK ? search.best_count : 0;
    if (count > 0) {
        held = ARENA_TAKE(first->arena, struct tariff_range, count);
        status = held ? status : STATUS_NO_MEMORY;
        if (held) {
            memcpy(held, search.best, (size_t)count * sizeof *held);
        }
    }
    arena_free(search.arena);
    TRY(status);
    if (count > 0) {
        TRY(settle(options, diag, count, held, work));
    }
    keep_proof(*work, &search, bound_money);
    return STATUS_OK;
}

/* ---- in the record ---- */

const char *charge_kind_name(enum charge_kind kind) {
    static const char *const names[CHARGES] = {"energy", "demand", "month_peak"};
    return names[kind];
}
