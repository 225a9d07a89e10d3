/* The order in which one stage is eliminated, and the tape of operations that does it.

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
#include "optimise/ipm_internal.h"

struct symbolic {
    struct ipm_block *block;
    struct ipm_tape *tape;
    int nodes;
    unsigned char *pattern, *start; /* nodes * nodes */
    unsigned char *done, *turn, *touched, *reach;
    int scratch; /* slots for intermediate numbers */
    int border_multiplier, pivot_from, minus_delta;
    int ops_room, runs_room;
    int *partner; /* by row of a pair: its column's node */
    int *behind;  /* nodes behind the pivot */
    enum ipm_kind last_kind;
    bool counting;
};

static bool *never_bounded(struct arena *arena, const struct ipm_block *block) {
    bool *never = ARENA_TAKE(arena, bool, block->pattern.columns);
    for (int slot = 0; never && slot < block->pattern.columns; slot++) {
        if (block->origin[slot] != ORIGIN_COLUMN) {
            continue;
        }
        for (int t = 0; t < block->steps; t++) {
            long place = (long)block->origin_index[slot] * block->steps + t;
            never[slot] =
                never[slot] || (!isfinite(block->lower[place]) && !isfinite(block->upper[place]));
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

static int entry_at(const struct symbolic *s, int a, int b) {
    return s->tape->entry[a * s->nodes + b];
}

static void give_entry(struct symbolic *s, int a, int b, int *slot) {
    if (s->pattern[a * s->nodes + b] && entry_at(s, a, b) < 0) {
        s->tape->entry[a * s->nodes + b] = s->tape->entry[b * s->nodes + a] = (*slot)++;
    }
}

/* From the levels at the end of a stage to those at the begin of the next. */
static enum status list_carries(struct arena *arena, struct symbolic *s) {
    struct ipm_tape *tape = s->tape;
    int most = s->block->states * (s->nodes + 1);
    tape->carries = ARENA_TAKE(arena, struct ipm_op, most);
    if (!tape->carries) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < s->block->states; i++) {
        for (int b = tape->first_begin; b < s->nodes; b++) {
            bool level = b <= tape->first_begin + i;
            if (!level && b < tape->first_border) {
                continue;
            }
            int to = entry_at(s, tape->first_begin + i, b);
            int from = entry_at(s, tape->first_end + i,
                                level ? b - tape->first_begin + tape->first_end : b);
            if (to >= 0) {
                tape->carries[tape->carries_count++] = (struct ipm_op){to, from, 0};
            }
        }
    }
    return STATUS_OK;
}

/* Places of the workspace: inputs, carried entries, the border part, all others, multipliers. */
static enum status lay_out(struct arena *arena, struct symbolic *s) {
    struct ipm_tape *tape = s->tape;
    const struct ipm_block *block = s->block;
    int n = s->nodes, slot = block->constants_count;
    for (int i = 0; i < n * n; i++) {
        tape->entry[i] = -1;
    }
    tape->coefficients = slot;
    tape->begin_kept = slot += block->coefficients_count;
    tape->begin_first = slot += block->begins_count;
    tape->column = slot += block->begins_count;
    s->minus_delta = tape->minus_delta = slot += block->pattern.columns;
    s->pivot_from = slot += 1;
    slot += tape->pivots;
    tape->carried = slot;
    for (int a = tape->first_begin; a < tape->first_begin + block->states; a++) {
        for (int b = tape->first_begin; b <= a; b++) {
            give_entry(s, a, b, &slot);
        }
        for (int b = tape->first_border; b < n; b++) {
            give_entry(s, a, b, &slot);
        }
    }
    tape->border_part = slot;
    for (int a = tape->first_border; a < n; a++) {
        for (int b = tape->first_border; b <= a; b++) {
            give_entry(s, a, b, &slot);
        }
    }
    tape->border_end = slot;
    for (int a = 0; a < n; a++) {
        for (int b = 0; b <= a; b++) {
            give_entry(s, a, b, &slot);
        }
    }
    TRY(list_carries(arena, s));
    tape->multiplier = slot;
    int later = 0;
    memset(s->done, 0, (size_t)n);
    tape->later = ARENA_TAKE(arena, int, tape->pivots + 1);
    tape->later_node = ARENA_TAKE(arena, int, (long)tape->pivots *n);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int p = 0; p < tape->pivots; p++) {
        int node = tape->order[p];
        bool pair = p < 2 * tape->pairs;
        int first = pair ? tape->order[p - p % 2] : node, second = pair ? s->partner[first] : node;
        s->done[first] = s->done[second] = 1;
        for (int b = 0; b < tape->first_border; b++) {
            if (!s->done[b] && (s->pattern[first * n + b] || s->pattern[second * n + b])) {
                tape->later_node[later++] = b;
            }
        }
        tape->later[p + 1] = later;
    }
    tape->stored = tape->pivots + tape->pairs + later;
    s->border_multiplier = slot += tape->stored;
    s->scratch = slot += 2 * (n - tape->first_border);
    tape->slots = slot + 1;
    s->touched = ARENA_TAKE(arena, unsigned char, tape->slots);
    return s->touched ? STATUS_OK : STATUS_NO_MEMORY;
}

/* Appends an operation; the first one to an entry sets it. */
static void emit(struct symbolic *s, enum ipm_kind kind, int to, int a, int b) {
    struct ipm_tape *tape = s->tape;
    if (!s->touched[to]) {
        kind = kind == OP_ADD        ? OP_SET
               : kind == OP_LESS     ? OP_MINUS
               : kind == OP_LESS_MUL ? OP_MINUS_MUL
                                     : kind;
    }
    s->touched[to] = 1;
    bool same = tape->runs_count > 0 && s->last_kind == kind;
    if (!s->counting) {
        tape->ops[tape->ops_count] = (struct ipm_op){to, a, b};
        if (same) {
            tape->runs[tape->runs_count - 1].count++;
        } else {
            tape->runs[tape->runs_count] = (struct ipm_run){kind, 1};
        }
    }
    tape->ops_count++;
    tape->runs_count += same ? 0 : 1;
    s->last_kind = kind;
}

static int number_slot(const struct symbolic *s, int at) {
    return at < 0 ? -1 - at : s->tape->coefficients + at;
}

static bool is_one(const struct symbolic *s, int at) {
    return at < 0 && s->block->constants[-1 - at] == 1.0;
}

/* The entries of a column in step rows and then in sum rows: node and number. */
static int column_term(const struct symbolic *s, int slot, int i, int *ret_node, int *ret_at) {
    const struct ipm_block *block = s->block;
    int first = block->term_first[slot], count = block->term_first[slot + 1] - first;
    const struct ipm_term *term = i < count ? &block->terms[first + i]
                                            : &block->sum_terms[block->sum_first[slot] + i - count];
    *ret_node = i < count ? term->row : s->tape->first_sum + term->row;
    *ret_at = term->at;
    return count + block->sum_first[slot + 1] - block->sum_first[slot];
}

static void assemble_column(struct symbolic *s, int slot) {
    int node = s->tape->node_of_slot[slot], h = s->tape->column + slot, a, b, at, other;
    int count = s->block->term_first[slot + 1] - s->block->term_first[slot] +
                s->block->sum_first[slot + 1] - s->block->sum_first[slot];
    if (node >= 0) {
        emit(s, OP_ADD, entry_at(s, node, node), h, 0);
    }
    for (int i = 0; i < count; i++) {
        (void)column_term(s, slot, i, &a, &at);
        if (node >= 0) {
            emit(s, OP_ADD, entry_at(s, a, node), number_slot(s, at), 0);
            continue;
        }
        int factor = h;
        if (!is_one(s, at)) {
            factor = s->scratch;
            emit(s, OP_MUL, factor, h, number_slot(s, at));
        }
        for (int j = 0; j <= i; j++) {
            (void)column_term(s, slot, j, &b, &other);
            if (is_one(s, other)) {
                emit(s, OP_LESS, entry_at(s, a, b), factor, 0);
            } else {
                emit(s, OP_LESS_MUL, entry_at(s, a, b), factor, number_slot(s, other));
            }
        }
    }
}

static void assemble(struct symbolic *s) {
    const struct ipm_block *block = s->block;
    const struct ipm_tape *tape = s->tape;
    for (int r = 0; r < block->pattern.rows; r++) {
        emit(s, OP_ADD, entry_at(s, r, r), s->minus_delta, 0);
    }
    for (int slot = 0; slot < block->pattern.columns; slot++) {
        assemble_column(s, slot);
    }
    for (int i = 0; i < block->begins_count; i++) {
        const struct ipm_begin *begin = &block->begins[i];
        emit(s, OP_ADD, entry_at(s, begin->row, tape->first_begin + begin->state),
             tape->begin_kept + i, 0);
        emit(s, OP_ADD, entry_at(s, begin->row, tape->first_border + begin->state),
             tape->begin_first + i, 0);
    }
    for (int i = 0; i < block->wide_terms_count; i++) {
        const struct ipm_wide *term = &block->wide_terms[i];
        emit(s, OP_ADD, entry_at(s, term->row, tape->first_wide + term->wide),
             number_slot(s, term->at), 0);
    }
    for (int a = 0; a < tape->pivots; a++) {
        emit(s, OP_SET, s->pivot_from + a, entry_at(s, a, a), 0);
    }
}

/* Where the multiplier of the next later node stands. */
static int next_store(const struct symbolic *s, int node, int which, int *later) {
    const struct ipm_tape *tape = s->tape;
    return node < tape->first_border
               ? tape->multiplier + tape->pivots + tape->pairs + (*later)++
               : s->border_multiplier + 2 * (node - tape->first_border) + which;
}

static void eliminate_pivot(struct symbolic *s, int p, int *store, int *later) {
    const struct ipm_tape *tape = s->tape;
    int node = tape->order[p], n = s->nodes, count = 0;
    int inverse = tape->multiplier + p;
    s->done[node] = 1;
    emit(s, node < tape->first_begin ? OP_PIVOT_DOWN : OP_PIVOT_UP, inverse,
         entry_at(s, node, node), s->pivot_from + node);
    for (int b = 0; b < n; b++) {
        if (!s->done[b] && s->pattern[node * n + b]) {
            store[count] = next_store(s, b, 0, later);
            s->behind[count++] = b;
        }
    }
    for (int i = 0; i < count; i++) {
        emit(s, OP_MUL, store[i], entry_at(s, node, s->behind[i]), inverse);
    }
    for (int i = 0; i < count; i++) {
        for (int j = 0; j <= i; j++) {
            emit(s, OP_LESS_MUL, entry_at(s, s->behind[i], s->behind[j]), store[i],
                 entry_at(s, node, s->behind[j]));
        }
    }
}

/* The inverse of a pair's two by two. */
static void invert_pair(struct symbolic *s, int p) {
    const struct ipm_tape *tape = s->tape;
    int row = tape->order[p], column = tape->order[p + 1], over = s->scratch;
    int cross = tape->multiplier + tape->pivots + p / 2;
    emit(s, OP_MUL, over, entry_at(s, row, row), entry_at(s, column, column));
    emit(s, OP_LESS_MUL, over, entry_at(s, row, column), entry_at(s, row, column));
    emit(s, OP_INVERT, over, over, 0);
    emit(s, OP_MUL, tape->multiplier + p, entry_at(s, column, column), over);
    emit(s, OP_MUL, tape->multiplier + p + 1, entry_at(s, row, row), over);
    emit(s, OP_MUL, cross, entry_at(s, row, column), over);
    emit(s, OP_MINUS, cross, cross, 0);
}

/* multiplier of u by row and by column: [a_ur a_ux] times the inverse. */
static void eliminate_pair(struct symbolic *s, int p, int *store, int *later) {
    const struct ipm_tape *tape = s->tape;
    int row = tape->order[p], column = tape->order[p + 1], n = s->nodes, count = 0;
    int cross = tape->multiplier + tape->pivots + p / 2;
    s->done[row] = s->done[column] = 1;
    invert_pair(s, p);
    for (int which = 0; which < 2; which++) {
        count = 0;
        for (int b = 0; b < n; b++) {
            if (s->done[b] || !(s->pattern[row * n + b] || s->pattern[column * n + b])) {
                continue;
            }
            int to = store[which * n + count] = next_store(s, b, which, later);
            int by_row = which == 0 ? tape->multiplier + p : cross;
            int by_column = which == 0 ? cross : tape->multiplier + p + 1;
            s->behind[count++] = b;
            if (!s->pattern[row * n + b]) {
                emit(s, OP_MUL, to, entry_at(s, column, b), by_column);
                continue;
            }
            emit(s, OP_MUL, to, entry_at(s, row, b), by_row);
            if (s->pattern[column * n + b]) {
                emit(s, OP_ADD_MUL, to, entry_at(s, column, b), by_column);
            }
        }
    }
    for (int i = 0; i < count; i++) {
        for (int j = 0; j <= i; j++) {
            int a = s->behind[i], b = s->behind[j];
            if (s->pattern[row * n + b]) {
                emit(s, OP_LESS_MUL, entry_at(s, a, b), store[i], entry_at(s, row, b));
            }
            if (s->pattern[column * n + b]) {
                emit(s, OP_LESS_MUL, entry_at(s, a, b), store[n + i], entry_at(s, column, b));
            }
        }
    }
}

static void write_tape(struct symbolic *s, int *store) {
    struct ipm_tape *tape = s->tape;
    int later = 0;
    memset(s->touched, 0, (size_t)tape->slots);
    for (int i = tape->carried; i < tape->border_end; i++) {
        s->touched[i] = 1; /* these come from the stage before */
    }
    memset(s->done, 0, (size_t)s->nodes);
    tape->ops_count = tape->runs_count = 0;
    assemble(s);
    for (int p = 0; p < 2 * tape->pairs; p += 2) {
        eliminate_pair(s, p, store, &later);
    }
    for (int p = 2 * tape->pairs; p < tape->pivots; p++) {
        eliminate_pivot(s, p, store, &later);
    }
}

enum status ipm_order(struct ipm *ipm, struct ipm_block *block) {
    struct symbolic s = {.block = block, .tape = &block->tape};
    TRY(name_nodes(ipm->arena, &s));
    TRY(find_order(ipm->arena, &s));
    TRY(lay_out(ipm->arena, &s));
    int *store = ARENA_TAKE(ipm->arena, int, 2L * s.nodes);
    s.behind = ARENA_TAKE(ipm->arena, int, s.nodes);
    if (!store || !s.behind) {
        return STATUS_NO_MEMORY;
    }
    s.counting = true; /* twice: to measure, and to write */
    write_tape(&s, store);
    block->tape.ops = ARENA_TAKE(ipm->arena, struct ipm_op, block->tape.ops_count);
    block->tape.runs = ARENA_TAKE(ipm->arena, struct ipm_run, block->tape.runs_count);
    if (!block->tape.ops || !block->tape.runs) {
        return STATUS_NO_MEMORY;
    }
    s.counting = false;
    write_tape(&s, store);
    return STATUS_OK;
}
