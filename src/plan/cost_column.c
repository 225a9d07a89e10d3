/* What a block costs, as a column. Costs of its steps add up in a sum row, so that the border row has one entry for them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/cost_column.h"

#include <math.h>

void cost_column_on_border(struct programme_builder *builder, int row, int design, double value) {
    struct programme_border_entry entry = {row, IN_DESIGN, design, 0, 0, value};
    programme_add_border_entry(builder, entry);
}

int cost_column_free(struct programme_builder *builder, const char *name, double cost_money) {
    struct programme_design design = {name, cost_money, -HUGE_VAL, HUGE_VAL};
    return programme_add_design(builder, design);
}

/* Of all steps: sum of cost * column - operation = 0. */
static enum status add_operation(const struct cost_column *of, struct programme_builder *builder,
                                 struct arena *arena, int operation) {
    const struct programme_block *block = &of->programme->blocks[of->block];
    int steps = programme_steps(block);
    int *all = ARENA_TAKE(arena, int, steps); /* one period: zeros */
    struct numbers zero = programme_constant(builder, 0.0);
    if (!all) {
        return STATUS_NO_MEMORY;
    }
    struct programme_map map = {1, all};
    struct programme_row row = {of->operation_name, zero, zero,
                                programme_add_map(builder, of->block, map), false};
    int r = programme_add_sum(builder, of->block, row);
    programme_add_sum_entry(builder, of->block, r, IN_DESIGN, operation,
                            programme_constant(builder, -1.0));
    for (int c = 0; c < block->columns_count; c++) {
        bool costs = false;
        double *cost_money = ARENA_TAKE(arena, double, steps);
        if (!cost_money) {
            return STATUS_NO_MEMORY;
        }
        for (int t = 0; t < steps; t++) {
            cost_money[t] = numbers_at(block->columns[c].cost, t) / of->weight_ratio;
            costs = costs || cost_money[t] != 0.0;
        }
        if (costs) {
            programme_add_sum_entry(builder, of->block, r, IN_STEP, c, numbers_by_step(cost_money));
        }
    }
    return STATUS_OK;
}

enum status cost_column_add(const struct cost_column *of, struct programme_builder *builder,
                            struct arena *arena, int *ret) {
    int operation = cost_column_free(builder, of->operation_name, 0.0);
    TRY(add_operation(of, builder, arena, operation));
    int cost = cost_column_free(builder, of->cost_name, 0.0);
    struct programme_border_row row = {of->cost_name, -of->constant_money, -of->constant_money,
                                       false};
    int r = programme_add_border_row(builder, row);
    cost_column_on_border(builder, r, operation, 1.0);
    cost_column_on_border(builder, r, cost, -1.0);
    for (int d = of->design_from; d < of->design_until; d++) {
        cost_column_on_border(builder, r, d, of->programme->designs[d].cost / of->weight_ratio);
    }
    const struct programme_block *block = &of->programme->blocks[of->block];
    for (int k = 0; k < block->periods_count; k++) {
        const struct programme_column *family = &block->periods[k];
        for (int p = 0; p < block->maps[family->map].periods; p++) {
            struct programme_border_entry entry = {
                r, IN_PERIOD, k, of->block, p, numbers_at(family->cost, p) / of->weight_ratio};
            programme_add_border_entry(builder, entry);
        }
    }
    *ret = cost;
    return cost < 0 ? STATUS_NO_MEMORY : STATUS_OK;
}
