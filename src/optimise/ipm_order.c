/* The order in which one stage is eliminated; ipm_tape.c writes it down.

   A stage's quasi-definite system has a node for every row, for every state at its begin and at its
   end, for some columns, and for the border. Columns that are in several rows and in no bound-like
   row are eliminated implicitly: 1 / h times the outer product of their entries. Then, each turn by
   least degree,

     0  a bound-like row (one column, and the border: x + s = a capacity) together with its column
     1  further bound-like rows
     2  other inequalities
     3  levels at the begin
     4  equalities: balances of stores and buses
     5  columns without any bound

   A pair is one pivot of two: with d of the row, h of the column and c between them,

     | -d  c |^-1        -1      |  h  -c |
     |  c  h |    =  ----------  | -c  -d |
                      d h + c^2

   Either alone before the other would cancel digits: the column first, those of the buses where the
   cap is tight (1 / h - 1 / h^2 / (d + 1 / h)); the row first, those of the capacity (1 / d - ...).
   What is left are the levels at the end, which the next stage takes as its begin, and the border's
   Schur complement. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_order.h"

struct symbolic {
    struct ipm_block *block;
    struct ipm_tape *tape;
    int nodes;
    unsigned char *pattern, *start; /* nodes * nodes */
    unsigned char *done, *turn, *reach;
    int *partner; /* by row of a pair: its column's node */
};

static bool *never_bounded(struct arena *arena, const struct ipm_block *block) {
    bool *never = ARENA_TAKE(arena, bool, block->pattern.columns);
    for (int slot = 0; never && slot < block->pattern.columns; slot++) {
        if (block->origin[slot] != ORIGIN_COLUMN) {
            continue;
        }
        struct numbers lower = block->lower[block->origin_index[slot]],
                       upper = block->upper[block->origin_index[slot]];
        int count = lower.stride || upper.stride ? block->steps : 1;
        for (int t = 0; t < count; t++) {
            never[slot] =
                never[slot] || (!isfinite(numbers_at(lower, t)) && !isfinite(numbers_at(upper, t)));
        }
    }
    return never;
}

/* Entries of a row on columns and levels (without its slack). */
static int terms_in_row(const struct ipm_block *block, int row) {
    int count = 0;
    for (int slot = 0; slot < block->pattern.columns; slot++) {
        for (int i = block->term_first[slot];
             block->origin[slot] != ORIGIN_SLACK && i < block->term_first[slot + 1]; i++) {
            count += block->terms[i].row == row;
        }
    }
    for (int i = 0; i < block->begins_count; i++) {
        count += block->begins[i].row == row ? 2 : 0;
    }
    return count;
}

static void mark(struct symbolic *s, unsigned char *pattern, int a, int b) {
    pattern[a * s->nodes + b] = pattern[b * s->nodes + a] = 1;
}

/* Which rows and columns are nodes, and whose turn they are. */
static enum status name_nodes(struct arena *arena, struct symbolic *s) {
    struct ipm_block *block = s->block;
    struct ipm_tape *tape = s->tape;
    int rows = block->pattern.rows, columns = block->pattern.columns;
    bool *never = never_bounded(arena, block);
    int *kind = ARENA_TAKE(arena, int, rows);
    tape->node_of_slot = ARENA_TAKE(arena, int, columns);
    int most = rows + columns + 2 * block->states;
    s->turn = ARENA_TAKE(arena, unsigned char, most);
    s->partner = ARENA_TAKE(arena, int, rows);
    if (!never || !kind || arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int r = 0; r < rows; r++) {
        kind[r] = block->slack_sign[r] == 0.0 ? 4 : terms_in_row(block, r) == 1 ? 1 : 2;
        s->turn[r] = (unsigned char)kind[r];
    }
    tape->first_begin = rows;
    int node = rows + block->states;
    for (int i = rows; i < node; i++) {
        s->turn[i] = 3;
    }
    for (int slot = 0; slot < columns; slot++) {
        int bound_row = -1;
        for (int i = block->term_first[slot]; i < block->term_first[slot + 1]; i++) {
            bool first = bound_row < 0 && kind[block->terms[i].row] == 1;
            bound_row = first ? block->terms[i].row : bound_row;
        }
        tape->node_of_slot[slot] = -1;
        if (block->origin[slot] == ORIGIN_COLUMN && (bound_row >= 0 || never[slot])) {
            s->turn[node] = 5;
            if (bound_row >= 0) {
                s->turn[node] = s->turn[bound_row] = 0;
                s->partner[bound_row] = node;
                tape->pairs++;
            }
            tape->node_of_slot[slot] = node++;
        }
    }
    tape->pivots = tape->first_end = node;
    for (int i = 0; i < block->states; i++) {
        tape->node_of_slot[block->slot_of_state[i]] = node + i;
    }
    for (int slot = 0; slot < columns; slot++) {
        block->pattern.implicit[slot] = tape->node_of_slot[slot] < 0;
    }
    tape->first_border = tape->first_end + block->states;
    tape->first_wide = tape->first_border + block->states;
    tape->first_sum = tape->first_wide + block->wides_count;
    tape->nodes = s->nodes = tape->first_sum + block->sums_count;
    return STATUS_OK;
}

static void mark_column(struct symbolic *s, int slot) {
    const struct ipm_block *block = s->block;
    int first = block->term_first[slot], count = block->term_first[slot + 1] - first;
    int sums = block->sum_first[slot + 1] - block->sum_first[slot];
    int node = s->tape->node_of_slot[slot];
    for (int i = 0; i < count + sums; i++) {
        int a = i < count
                    ? block->terms[first + i].row
                    : s->tape->first_sum + block->sum_terms[block->sum_first[slot] + i - count].row;
        if (node >= 0) {
            mark(s, s->start, a, node);
            continue;
        }
        for (int j = 0; j <= i; j++) {
            int b = j < count ? block->terms[first + j].row
                              : s->tape->first_sum +
                                    block->sum_terms[block->sum_first[slot] + j - count].row;
            mark(s, s->start, a, b);
        }
    }
}

static void mark_start(struct symbolic *s) {
    const struct ipm_block *block = s->block;
    const struct ipm_tape *tape = s->tape;
    for (int i = 0; i < s->nodes; i++) {
        mark(s, s->start, i, i);
    }
    for (int slot = 0; slot < block->pattern.columns; slot++) {
        mark_column(s, slot);
    }
    for (int i = 0; i < block->begins_count; i++) {
        const struct ipm_begin *begin = &block->begins[i];
        mark(s, s->start, begin->row, tape->first_begin + begin->state);
        mark(s, s->start, begin->row, tape->first_border + begin->state);
    }
    for (int i = 0; i < block->wide_terms_count; i++) {
        mark(s, s->start, block->wide_terms[i].row, tape->first_wide + block->wide_terms[i].wide);
    }
}

static int choose(const struct symbolic *s) {
    int best = -1, best_degree = 0;
    for (int a = 0; a < s->tape->pivots; a++) {
        bool second = s->turn[a] == 0 && a >= s->tape->first_begin; /* comes with its row */
        if (s->done[a] || second || (best >= 0 && s->turn[a] > s->turn[best])) {
            continue;
        }
        int degree = 0;
        for (int b = 0; b < s->nodes; b++) {
            degree += !s->done[b] && s->pattern[a * s->nodes + b];
        }
        if (best < 0 || s->turn[a] < s->turn[best] || degree < best_degree) {
            best = a;
            best_degree = degree;
        }
    }
    return best;
}

static void eliminate_all(struct symbolic *s) {
    int n = s->nodes;
    memcpy(s->pattern, s->start, (size_t)n * (size_t)n);
    memset(s->done, 0, (size_t)n);
    for (int p = 0; p < s->tape->pivots; p++) {
        int node = choose(s);
        s->tape->order[p] = node;
        s->done[node] = 1;
        if (s->turn[node] == 0) { /* both see what either sees */
            int column = s->partner[node];
            s->tape->order[++p] = column;
            s->done[column] = 1;
            for (int b = 0; b < n; b++) {
                s->reach[b] = s->pattern[node * n + b] | s->pattern[column * n + b];
            }
        } else {
            memcpy(s->reach, &s->pattern[node * n], (size_t)n);
        }
        for (int a = 0; a < n; a++) {
            if (s->done[a] || !s->reach[a]) {
                continue;
            }
            for (int b = 0; b < n; b++) {
                s->pattern[a * n + b] |= s->done[b] ? 0 : s->reach[b];
            }
        }
    }
}

/* What stays at the end of a stage is what the next one begins with: repeated until it does not
   grow. */
static bool carry_pattern(struct symbolic *s) {
    const struct ipm_tape *tape = s->tape;
    bool grown = false;
    for (int i = 0; i < s->block->states; i++) {
        for (int b = tape->first_end; b < s->nodes; b++) {
            int other = b < tape->first_border ? b - tape->first_end + tape->first_begin : b;
            int begin = tape->first_begin + i;
            if (s->pattern[(tape->first_end + i) * s->nodes + b] &&
                !s->start[begin * s->nodes + other]) {
                mark(s, s->start, begin, other);
                grown = true;
            }
        }
    }
    return grown;
}

static enum status find_order(struct arena *arena, struct symbolic *s) {
    size_t all = (size_t)s->nodes * (size_t)s->nodes;
    s->pattern = ARENA_TAKE(arena, unsigned char, (long)all);
    s->start = ARENA_TAKE(arena, unsigned char, (long)all);
    s->done = ARENA_TAKE(arena, unsigned char, s->nodes);
    s->reach = ARENA_TAKE(arena, unsigned char, s->nodes);
    s->tape->order = ARENA_TAKE(arena, int, s->tape->pivots);
    s->tape->entry = ARENA_TAKE(arena, int, (long)all);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    mark_start(s);
    do {
        eliminate_all(s);
    } while (carry_pattern(s));
    return STATUS_OK;
}

enum status ipm_order(struct ipm *ipm, struct ipm_block *block) {
    struct symbolic s = {.block = block, .tape = &block->tape};
    TRY(name_nodes(ipm->arena, &s));
    TRY(find_order(ipm->arena, &s));
    TRY(ipm_lists(ipm->arena, block));
    struct ipm_symbolic found = {block,     ipm->way,  &block->tape, s.nodes,
                                 s.pattern, s.partner, s.done};
    return ipm_write_tape(ipm->arena, &found);
}
