/* One programme of many futures: their blocks, capacities that are one, and what the objective makes of their costs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/series.h"
#include "optimise/programme_parcel.h"
#include "plan/cost_column.h"
#include "plan/robust_internal.h"

static const double mostly_ratio = 0.99; /* of the weight: tail or regret; the rest expected cost */
static const double fixed_room_ratio = 1e-9;

static const char *named(const struct robust_work *robust, struct arena *arena, int future,
                         const char *what) {
    return arena_format(arena, "%s.%s", robust->design->futures->future[future].name, what);
}

/* ---- capacities that are one ---- */

static void be_one(struct programme_builder *builder, const char *name, int first, int design) {
    if (first >= 0 && design >= 0) {
        int r =
            programme_add_border_row(builder, (struct programme_border_row){name, 0.0, 0.0, false});
        cost_column_on_border(builder, r, design, 1.0);
        cost_column_on_border(builder, r, first, -1.0);
    }
}

/* More than is of use in one future may be in another. */
static void lift(const struct robust_work *robust, struct programme *programme, int instance,
                 bool second) {
    double most = 0.0;
    for (int pass = 0; pass < 2; pass++) {
        for (int f = 0; f < robust->design->futures->count; f++) {
            int column = robust->part[f].design[instance][second];
            if (column >= 0) {
                most = fmax(most, programme->designs[column].upper);
                programme->designs[column].upper = most;
            }
        }
    }
}

static void join(const struct robust_work *robust, struct programme_builder *builder,
                 struct arena *scratch, int future) {
    const struct scenario *scenario = robust->design->plan->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        const int *first = robust->part[0].design[i], *own = robust->part[future].design[i];
        const char *name = named(robust, scratch, future, scenario->instances[i].name);
        be_one(builder, name, first[0], own[0]);
        be_one(builder, name, first[1], own[1]);
    }
}

/* ---- what the objective makes of costs ---- */

/* The column that a future's whole cost is. */
static enum status add_cost(const struct robust_work *robust, struct programme_builder *builder,
                            struct arena *scratch, const struct robust_programme *of, int future,
                            int *ret) {
    struct cost_column column = {.programme = of->programme,
                                 .block = future,
                                 .design_from = of->design_from[future],
                                 .design_until = of->design_until[future],
                                 .weight_ratio = of->weight_ratio[future],
                                 .constant_money = robust->part[future].constant_money,
                                 .operation_name = named(robust, scratch, future, "operation"),
                                 .cost_name = named(robust, scratch, future, "cost")};
    return cost_column_add(&column, builder, scratch, ret);
}

/* t, and a row for each future: t [+ u] - cost >= -own. */
static enum status add_objective(const struct robust_work *robust,
                                 struct programme_builder *builder, struct arena *scratch,
                                 const struct robust_programme *of) {
    const struct futures *futures = robust->design->futures;
    bool tail = futures->objective == ROBUST_TAIL;
    double year_frac = robust->design->scenario->year_frac;
    int t = cost_column_free(builder, "threshold", mostly_ratio);
    for (int f = 0; f < futures->count; f++) {
        int cost = -1;
        TRY(add_cost(robust, builder, scratch, of, f, &cost));
        double own_money = tail ? 0.0 : robust->design->future[f].own_money_year * year_frac;
        struct programme_border_row row = {named(robust, scratch, f, "threshold"), -own_money,
                                           HUGE_VAL, false};
        int r = programme_add_border_row(builder, row);
        cost_column_on_border(builder, r, t, 1.0);
        cost_column_on_border(builder, r, cost, -1.0);
        if (tail) {
            double over_ratio =
                mostly_ratio * futures->future[f].probability_frac / futures->tail_frac;
            struct programme_design over = {named(robust, scratch, f, "over"), over_ratio, 0.0,
                                            HUGE_VAL};
            cost_column_on_border(builder, r, programme_add_design(builder, over), 1.0);
        }
    }
    return STATUS_OK;
}

/* ---- programmes ---- */

static enum status add_here(struct robust_work *robust, struct programme_builder *builder,
                            struct arena *scratch, int future, double weight_ratio) {
    struct case_work *work = robust->work[future];
    struct robust_part *part = &robust->part[future];
    work->weight_ratio = weight_ratio;
    TRY(case_add_block(work, builder, scratch, false));
    part->constant_money = case_constant_money(work);
    for (int i = 0; i < work->scenario->instances_count; i++) {
        bool included = work->result->flow[i].included;
        part->design[i][0] = included ? work->layout[i].design : -1;
        part->design[i][1] = included ? work->layout[i].design2 : -1;
    }
    return STATUS_OK;
}

/* Its holder adds a future's block and hands on what all must know of it. */
static enum status add_future(struct robust_work *robust, struct programme_builder *builder,
                              struct arena *scratch, int future, double weight_ratio) {
    const struct share *share = robust->share;
    struct robust_part *part = &robust->part[future];
    int instances = robust->design->plan->scenario->instances_count;
    struct programme_mark mark = programme_mark(builder);
    char *parcel = NULL;
    long size = 0;
    part->design = arena_take(robust->arena, instances, sizeof *part->design);
    TRY(part->design ? STATUS_OK : STATUS_NO_MEMORY);
    if (share_has(share, future)) {
        TRY(add_here(robust, builder, scratch, future, weight_ratio));
    }
    if (!share) {
        return STATUS_OK;
    }
    if (share_has(share, future)) {
        TRY(programme_finish(builder) ? STATUS_OK : STATUS_NO_MEMORY);
        TRY(programme_pack(builder, robust->work[future]->block, mark, scratch, &parcel, &size));
    }
    TRY(share_tell(share, future, &part->constant_money, sizeof part->constant_money));
    TRY(share_tell(share, future, part->design, (size_t)instances * sizeof *part->design));
    TRY(share_tell(share, future, &size, sizeof size));
    parcel = parcel ? parcel : ARENA_TAKE(scratch, char, size);
    TRY(parcel ? STATUS_OK : STATUS_NO_MEMORY);
    TRY(share_tell(share, future, parcel, (size_t)size));
    return share_has(share, future) ? STATUS_OK : programme_unpack(builder, parcel, scratch);
}

enum status robust_assemble(struct robust_work *robust, struct arena *scratch,
                            struct robust_programme *ret) {
    const struct futures *futures = robust->design->futures;
    struct programme_builder *builder = programme_builder_new(scratch, "futures");
    bool expected = futures->objective == ROBUST_EXPECTED;
    double constant_money = 0.0;
    if (!builder) {
        return STATUS_NO_MEMORY;
    }
    for (int f = 0; f < futures->count; f++) {
        ret->weight_ratio[f] =
            futures->future[f].probability_frac * (expected ? 1.0 : 1.0 - mostly_ratio);
        ret->design_from[f] = programme_designs_so_far(builder);
        TRY(add_future(robust, builder, scratch, f, ret->weight_ratio[f]));
        ret->design_until[f] = programme_designs_so_far(builder);
        constant_money += ret->weight_ratio[f] * robust->part[f].constant_money;
        if (f > 0) {
            join(robust, builder, scratch, f);
        }
    }
    ret->programme = programme_finish(builder);
    if (!ret->programme || arena_failed(scratch)) {
        return STATUS_NO_MEMORY;
    }
    if (!expected) {
        TRY(add_objective(robust, builder, scratch, ret));
        ret->programme = programme_finish(builder);
    }
    if (!ret->programme || arena_failed(scratch)) {
        return STATUS_NO_MEMORY;
    }
    ret->programme->objective_constant = constant_money;
    ret->programme->share = robust->share;
    for (int i = 0; i < robust->design->plan->scenario->instances_count; i++) {
        lift(robust, ret->programme, i, false);
        lift(robust, ret->programme, i, true);
    }
    return STATUS_OK;
}

/* A capacity that stands: no less, no more. */
static void fix(struct programme *programme, int column, double capacity) {
    if (column >= 0) {
        struct programme_design *design = &programme->designs[column];
        design->lower = capacity;
        design->upper = capacity + fixed_room_ratio * (1.0 + capacity);
    }
}

enum status robust_assemble_alone(const struct robust_work *robust, int future, bool fixed,
                                  struct arena *scratch, struct programme **ret) {
    struct case_work *work = robust->work[future];
    const struct case_plan *given = &robust->design->plan->cases[CASE_TOGETHER];
    work->weight_ratio = 1.0;
    TRY(case_assemble(work, scratch, false, ret));
    for (int i = 0; fixed && i < work->scenario->instances_count; i++) {
        if (work->result->flow[i].included) {
            fix(*ret, work->layout[i].design, given->flow[i].capacity);
            fix(*ret, work->layout[i].design2, given->flow[i].capacity2);
        }
    }
    return STATUS_OK;
}

double robust_future_money(const struct robust_work *robust, const struct robust_programme *of,
                           const struct outcome *outcome, int future) {
    const struct programme *programme = of->programme;
    const struct programme_block *block = &programme->blocks[future];
    struct sum sum = {0, 0};
    for (int c = 0; c < block->columns_count; c++) {
        const double *x = outcome->x + programme_at_column(programme, future, c, 0);
        for (int t = 0; t < programme_steps(block); t++) {
            sum_add(&sum, numbers_at(block->columns[c].cost, t) * x[t]);
        }
    }
    for (int k = 0; k < block->periods_count; k++) {
        const double *x = outcome->x + programme_at_period(programme, future, k, 0);
        for (int p = 0; p < block->maps[block->periods[k].map].periods; p++) {
            sum_add(&sum, numbers_at(block->periods[k].cost, p) * x[p]);
        }
    }
    for (int d = of->design_from[future]; d < of->design_until[future]; d++) {
        sum_add(&sum, programme->designs[d].cost * outcome->x[d]);
    }
    return sum_value(&sum) / of->weight_ratio[future] + robust->part[future].constant_money;
}
