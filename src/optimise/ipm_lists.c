/* The sums of products of one stage, as lists of places in a group's workspace. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_internal.h"

static void place_all(struct ipm_block *block) {
    struct ipm_places *at = &block->places;
    int at_most = 2 * block->states + block->pattern.columns + block->pattern.rows; /* nodes */
    int border = block->wides_count + block->sums_count;
    at->coefficient = block->constants_count;
    at->column = at->coefficient + block->coefficients_count;
    at->row = at->column + block->pattern.columns;
    at->node = at->row + block->pattern.rows;
    at->border = at->node + at_most;
    at->sum = at->border + block->states + border;
    at->price = at->sum + 2 * block->states + border;
    at->level = at->price + block->states;
    at->dx = at->level + block->states;
    at->size = at->dx + block->pattern.columns;
}

static int coefficient(const struct ipm_block *block, int at) {
    return (at < 0 ? -1 - at : block->places.coefficient + at) * LANES;
}

/* What one list is made of: sum, coefficient and place of every product, in order. */
struct draft {
    int count, *sum;
    struct ipm_factors *factors;
};

static void add(struct draft *draft, int sum, int a, int b) {
    draft->sum[draft->count] = sum;
    draft->factors[draft->count++] = (struct ipm_factors){a, b * LANES};
}

/* Sorts a draft by sums, otherwise in its order, and empties it. */
static enum status close_list(struct arena *arena, struct draft *draft, int sums,
                              struct ipm_list *ret) {
    ret->first = ARENA_TAKE(arena, int, sums + 1);
    ret->factors = ARENA_TAKE(arena, struct ipm_factors, draft->count);
    if (!ret->first || !ret->factors) {
        return STATUS_NO_MEMORY;
    }
    int count = 0;
    for (int i = 0; i < sums; i++) {
        ret->first[i] = count;
        for (int k = 0; k < draft->count; k++) {
            if (draft->sum[k] == i) {
                ret->factors[count++] = draft->factors[k];
            }
        }
    }
    ret->first[sums] = count;
    draft->count = 0;
    return STATUS_OK;
}

static enum status list_columns(struct arena *arena, struct ipm_block *block, struct draft *draft) {
    const struct ipm_places *at = &block->places;
    int columns = block->pattern.columns, rows = block->pattern.rows;
    int first_sum = at->border + block->states + block->wides_count;
    for (int slot = 0; slot < columns; slot++) {
        for (int i = block->term_first[slot]; i < block->term_first[slot + 1]; i++) {
            add(draft, block->terms[i].row, coefficient(block, block->terms[i].at), slot);
        }
    }
    TRY(close_list(arena, draft, rows, &block->row_terms));
    for (int slot = 0; slot < columns; slot++) {
        for (int i = block->term_first[slot];
             block->tape.node_of_slot[slot] < 0 && i < block->term_first[slot + 1]; i++) {
            add(draft, block->terms[i].row, coefficient(block, block->terms[i].at), slot);
        }
    }
    TRY(close_list(arena, draft, rows, &block->row_implicit));
    for (int slot = 0; slot < columns; slot++) {
        bool summed = block->sum_first[slot] < block->sum_first[slot + 1];
        for (int i = block->term_first[slot];
             summed && block->tape.node_of_slot[slot] < 0 && i < block->term_first[slot + 1]; i++) {
            add(draft, block->terms[i].row, coefficient(block, block->terms[i].at), slot);
        }
    }
    TRY(close_list(arena, draft, rows, &block->row_summed));
    for (int slot = 0; slot < columns; slot++) {
        for (int i = block->term_first[slot]; i < block->term_first[slot + 1]; i++) {
            add(draft, slot, coefficient(block, block->terms[i].at),
                at->node + block->terms[i].row);
        }
    }
    TRY(close_list(arena, draft, columns, &block->column_rows));
    for (int slot = 0; slot < columns; slot++) {
        for (int i = block->sum_first[slot]; i < block->sum_first[slot + 1]; i++) {
            add(draft, slot, coefficient(block, block->sum_terms[i].at),
                first_sum + block->sum_terms[i].row);
        }
    }
    TRY(close_list(arena, draft, columns, &block->column_sums));
    for (int slot = 0; slot < columns; slot++) {
        for (int i = block->term_first[slot]; i < block->term_first[slot + 1]; i++) {
            add(draft, slot, coefficient(block, block->terms[i].at),
                at->node + block->terms[i].row);
        }
        for (int i = block->sum_first[slot]; i < block->sum_first[slot + 1]; i++) {
            add(draft, slot, coefficient(block, block->sum_terms[i].at),
                first_sum + block->sum_terms[i].row);
        }
    }
    TRY(close_list(arena, draft, columns, &block->column_all));
    for (int slot = 0; slot < columns; slot++) {
        for (int i = block->sum_first[slot]; i < block->sum_first[slot + 1]; i++) {
            add(draft, block->sum_terms[i].row, coefficient(block, block->sum_terms[i].at), slot);
        }
    }
    return close_list(arena, draft, block->sums_count, &block->sum_columns);
}

static enum status list_wides(struct arena *arena, struct ipm_block *block, struct draft *draft) {
    const struct ipm_places *at = &block->places;
    for (int i = 0; i < block->wide_terms_count; i++) {
        const struct ipm_wide *term = &block->wide_terms[i];
        add(draft, term->row, coefficient(block, term->at),
            at->border + block->states + term->wide);
    }
    TRY(close_list(arena, draft, block->pattern.rows, &block->row_wides));
    for (int i = 0; i < block->wide_terms_count; i++) {
        const struct ipm_wide *term = &block->wide_terms[i];
        add(draft, term->wide, coefficient(block, term->at), at->node + term->row);
    }
    return close_list(arena, draft, block->wides_count, &block->wide_rows);
}

/* Which columns are implicit, which are nodes, and which stand in sums. */
static enum status list_slots(struct arena *arena, struct ipm_block *block) {
    int columns = block->pattern.columns;
    block->implicit = ARENA_TAKE(arena, int, columns);
    block->explicit_slot = ARENA_TAKE(arena, int, columns);
    block->summed = ARENA_TAKE(arena, int, columns);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int slot = 0; slot < columns; slot++) {
        if (block->tape.node_of_slot[slot] < 0) {
            block->implicit[block->implicit_count++] = slot;
        } else {
            block->explicit_slot[block->explicit_count++] = slot;
        }
        if (block->sum_first[slot] < block->sum_first[slot + 1]) {
            block->summed[block->summed_count++] = slot;
        }
    }
    return STATUS_OK;
}

/* Sorts items by the number of terms that a list has for them. */
static void sort_by_terms(int *items, int count, const struct ipm_list *list) {
    for (int i = 1; i < count; i++) {
        int item = items[i], terms = list->first[item + 1] - list->first[item], at = i;
        for (; at > 0; at--) {
            int before = items[at - 1];
            if (list->first[before + 1] - list->first[before] <= terms) {
                break;
            }
            items[at] = before;
        }
        items[at] = item;
    }
}

static enum status find_turns(struct arena *arena, struct ipm_block *block) {
    block->rows_in_turn = ARENA_TAKE(arena, int, block->pattern.rows);
    block->columns_in_turn = ARENA_TAKE(arena, int, block->pattern.columns);
    if (!block->rows_in_turn || !block->columns_in_turn) {
        return STATUS_NO_MEMORY;
    }
    for (int row = 0; row < block->pattern.rows; row++) {
        block->rows_in_turn[row] = row;
    }
    for (int slot = 0; slot < block->pattern.columns; slot++) {
        block->columns_in_turn[slot] = slot;
    }
    sort_by_terms(block->rows_in_turn, block->pattern.rows, &block->row_terms);
    sort_by_terms(block->columns_in_turn, block->pattern.columns, &block->column_all);
    sort_by_terms(block->implicit, block->implicit_count, &block->column_all);
    return STATUS_OK;
}

enum status ipm_lists(struct arena *arena, struct ipm_block *block) {
    int most = block->term_first[block->pattern.columns] +
               block->sum_first[block->pattern.columns] + block->wide_terms_count;
    struct draft draft = {0, ARENA_TAKE(arena, int, most),
                          ARENA_TAKE(arena, struct ipm_factors, most)};
    if (!draft.sum || !draft.factors) {
        return STATUS_NO_MEMORY;
    }
    place_all(block);
    TRY(list_slots(arena, block));
    TRY(list_columns(arena, block, &draft));
    TRY(list_wides(arena, block, &draft));
    return find_turns(arena, block);
}
