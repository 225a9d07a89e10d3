/* Where things stand: the global order of columns and rows, counts and names. The order is the
   contract of programme.h: design columns, then for each block its step columns, states and period
   families; border rows, then for each block its step rows and sum families. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/programme.h"

#include "optimise/walk.h"

int programme_steps(const struct programme_block *block) {
    return block->segments * block->segment_steps;
}

int programme_before(const struct programme_block *block, int step) {
    if (step % block->segment_steps != 0) {
        return step - 1;
    }
    int before = block->follows[step / block->segment_steps];
    return before == PROGRAMME_FIXED ? PROGRAMME_FIXED : (before + 1) * block->segment_steps - 1;
}

/* Members of the first count families: each has one per period of its map. */
static long families_before(const struct programme_block *block, int count, bool sums) {
    long members = 0;
    for (int f = 0; f < count; f++) {
        members += block->maps[sums ? block->sums[f].map : block->periods[f].map].periods;
    }
    return members;
}

static long block_columns(const struct programme_block *block) {
    return (long)programme_steps(block) * ((long)block->columns_count + block->states_count) +
           families_before(block, block->periods_count, false);
}

static long block_rows(const struct programme_block *block) {
    return (long)programme_steps(block) * block->rows_count +
           families_before(block, block->sums_count, true);
}

static long columns_until(const struct programme *programme, int block) {
    long columns = programme->designs_count;
    for (int b = 0; b < block; b++) {
        columns += block_columns(&programme->blocks[b]);
    }
    return columns;
}

static long rows_until(const struct programme *programme, int block) {
    long rows = programme->border_rows_count;
    for (int b = 0; b < block; b++) {
        rows += block_rows(&programme->blocks[b]);
    }
    return rows;
}

long programme_columns(const struct programme *programme) {
    return columns_until(programme, programme->blocks_count);
}

long programme_rows(const struct programme *programme) {
    return rows_until(programme, programme->blocks_count);
}

long programme_at_design(const struct programme *programme, int design) {
    (void)programme;
    return design;
}

long programme_at_column(const struct programme *programme, int block, int column, int step) {
    long steps = programme_steps(&programme->blocks[block]);
    return columns_until(programme, block) + column * steps + step;
}

long programme_at_state(const struct programme *programme, int block, int state, int step) {
    return programme_at_column(programme, block, programme->blocks[block].columns_count + state,
                               step);
}

long programme_at_period(const struct programme *programme, int block, int family, int period) {
    const struct programme_block *b = &programme->blocks[block];
    return programme_at_state(programme, block, b->states_count, 0) +
           families_before(b, family, false) + period;
}

long programme_at_border(const struct programme *programme, int row) {
    (void)programme;
    return row;
}

long programme_at_row(const struct programme *programme, int block, int row, int step) {
    long steps = programme_steps(&programme->blocks[block]);
    return rows_until(programme, block) + row * steps + step;
}

long programme_at_sum(const struct programme *programme, int block, int family, int period) {
    const struct programme_block *b = &programme->blocks[block];
    return programme_at_row(programme, block, b->rows_count, 0) + families_before(b, family, true) +
           period;
}

struct programme_span programme_columns_of(const struct programme *programme, int block) {
    long from = columns_until(programme, block);
    return (struct programme_span){from, from + block_columns(&programme->blocks[block])};
}

struct programme_span programme_periods_of(const struct programme *programme, int block) {
    struct programme_span all = programme_columns_of(programme, block);
    const struct programme_block *b = &programme->blocks[block];
    return (struct programme_span){all.until - families_before(b, b->periods_count, false),
                                   all.until};
}

struct programme_span programme_rows_of(const struct programme *programme, int block) {
    long from = rows_until(programme, block);
    return (struct programme_span){from, from + block_rows(&programme->blocks[block])};
}

static void count_term(void *data, long row, long column, double value) {
    (void)row;
    if (column >= 0 && value != 0.0) {
        ++*(long *)data;
    }
}

long programme_nonzeros(const struct programme *programme) {
    long count = 0;
    walk_terms(programme, count_term, &count);
    return count;
}

static const char *member_name(const struct programme *programme, struct arena *arena,
                               const char *name, int block, const char *index, long at) {
    if (programme->blocks_count > 1) {
        return arena_format(arena, "%s[block=%d,%s=%ld]", name, block, index, at);
    }
    return arena_format(arena, "%s[%s=%ld]", name, index, at);
}

/* The member of a family of periods `at` places behind the first; NULL behind the last. */
static const char *period_name(const struct programme *programme, struct arena *arena, int block,
                               bool sums, long at) {
    const struct programme_block *b = &programme->blocks[block];
    int families = sums ? b->sums_count : b->periods_count;
    for (int f = 0; f < families; f++) {
        int periods = b->maps[sums ? b->sums[f].map : b->periods[f].map].periods;
        if (at < periods) {
            return member_name(programme, arena, sums ? b->sums[f].name : b->periods[f].name, block,
                               "p", at);
        }
        at -= periods;
    }
    return NULL;
}

const char *programme_column_name(const struct programme *programme, struct arena *arena,
                                  long column) {
    if (column < 0) {
        return NULL;
    }
    if (column < programme->designs_count) {
        return arena_text(arena, programme->designs[column].name);
    }
    column -= programme->designs_count;
    for (int block = 0; block < programme->blocks_count; block++) {
        const struct programme_block *b = &programme->blocks[block];
        long steps = programme_steps(b), all = block_columns(b);
        if (column >= all) {
            column -= all;
            continue;
        }
        long family = column / steps;
        if (family < b->columns_count) {
            return member_name(programme, arena, b->columns[family].name, block, "t",
                               column % steps);
        }
        family -= b->columns_count;
        if (family < b->states_count) {
            return member_name(programme, arena, b->states[family].name, block, "t",
                               column % steps);
        }
        return period_name(programme, arena, block, false,
                           column - steps * ((long)b->columns_count + b->states_count));
    }
    return NULL;
}

const char *programme_row_name(const struct programme *programme, struct arena *arena, long row) {
    if (row < 0) {
        return NULL;
    }
    if (row < programme->border_rows_count) {
        return arena_text(arena, programme->border_rows[row].name);
    }
    row -= programme->border_rows_count;
    for (int block = 0; block < programme->blocks_count; block++) {
        const struct programme_block *b = &programme->blocks[block];
        long steps = programme_steps(b), all = block_rows(b);
        if (row >= all) {
            row -= all;
            continue;
        }
        long family = row / steps;
        if (family < b->rows_count) {
            return member_name(programme, arena, b->rows[family].name, block, "t", row % steps);
        }
        return period_name(programme, arena, block, true, row - steps * (long)b->rows_count);
    }
    return NULL;
}
