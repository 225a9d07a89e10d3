/* The nearest feasible point. Each finite side of an elastic row gets a column that fills what is
   missed, at the cost of 1 / (1 + |side|) per unit; all other costs are zero, all other rows and
   all bounds stay. What the columns fill at the optimum, by family, is what the requirements ask
   too much. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "optimise/reference_clp.h"

static const double smallest_miss = 1e-7; /* of 1 + |side|; less is rounding */

struct family {
    const char *name;
    long row;
    int count;
};

/* One filling column: the side of a row it fills. */
struct filling {
    long row;
    bool above;
};

struct stretch {
    const struct programme_flat *flat;
    int families_count;
    struct family *families;
    long fillings_count;
    struct filling *fillings;
};

static int elastic_families(const struct programme *programme, struct family *families) {
    int count = 0;
    for (int r = 0; r < programme->border_rows_count; r++) {
        if (programme->border_rows[r].elastic) {
            families[count++] = (struct family){programme->border_rows[r].name,
                                                programme_at_border(programme, r), 1};
        }
    }
    for (int block = 0; block < programme->blocks_count; block++) {
        const struct programme_block *b = &programme->blocks[block];
        for (int r = 0; r < b->rows_count; r++) {
            if (b->rows[r].elastic) {
                long row = programme_at_row(programme, block, r, 0);
                families[count++] = (struct family){b->rows[r].name, row, programme_steps(b)};
            }
        }
        for (int f = 0; f < b->sums_count; f++) {
            if (b->sums[f].elastic) {
                long row = programme_at_sum(programme, block, f, 0);
                families[count++] =
                    (struct family){b->sums[f].name, row, b->maps[b->sums[f].map].periods};
            }
        }
    }
    return count;
}

static enum status list_fillings(const struct programme *programme,
                                 const struct programme_flat *flat, struct arena *scratch,
                                 struct stretch *ret) {
    struct stretch stretch = {.flat = flat};
    long most = programme->border_rows_count, rows = 0;
    for (int block = 0; block < programme->blocks_count; block++) {
        most += programme->blocks[block].rows_count + (long)programme->blocks[block].sums_count;
    }
    stretch.families = ARENA_TAKE(scratch, struct family, most);
    TRY(stretch.families ? STATUS_OK : STATUS_NO_MEMORY);
    stretch.families_count = elastic_families(programme, stretch.families);
    for (int f = 0; f < stretch.families_count; f++) {
        rows += stretch.families[f].count;
    }
    stretch.fillings = ARENA_TAKE(scratch, struct filling, 2 * rows);
    TRY(stretch.fillings ? STATUS_OK : STATUS_NO_MEMORY);
    for (int f = 0; f < stretch.families_count; f++) {
        const struct family *family = &stretch.families[f];
        for (long row = family->row; row < family->row + family->count; row++) {
            if (isfinite(flat->row_lower[row])) {
                stretch.fillings[stretch.fillings_count++] = (struct filling){row, false};
            }
            if (isfinite(flat->row_upper[row])) {
                stretch.fillings[stretch.fillings_count++] = (struct filling){row, true};
            }
        }
    }
    *ret = stretch;
    return STATUS_OK;
}

static double scale_of(const struct programme_flat *flat, const struct filling *filling) {
    return 1.0 +
           fabs(filling->above ? flat->row_upper[filling->row] : flat->row_lower[filling->row]);
}

/* a followed by room for more; NULL when memory is out */
static void *copy_of(struct arena *arena, const void *a, long count, long more, size_t size) {
    void *copy = arena_take(arena, count + more, size);
    if (copy && count) {
        memcpy(copy, a, (size_t)count * size);
    }
    return copy;
}

static enum status stretched(const struct stretch *stretch, struct arena *scratch,
                             struct programme_flat *ret) {
    const struct programme_flat *flat = stretch->flat;
    struct programme_flat wide = *flat;
    long more = stretch->fillings_count;
    wide.objective_constant = 0.0;
    wide.cost = ARENA_TAKE(scratch, double, flat->columns + more);
    wide.lower = copy_of(scratch, flat->lower, flat->columns, more, sizeof *flat->lower);
    wide.upper = copy_of(scratch, flat->upper, flat->columns, more, sizeof *flat->upper);
    wide.start = copy_of(scratch, flat->start, flat->columns + 1, more, sizeof *flat->start);
    wide.row = copy_of(scratch, flat->row, flat->nonzeros, more, sizeof *flat->row);
    wide.value = copy_of(scratch, flat->value, flat->nonzeros, more, sizeof *flat->value);
    if (arena_failed(scratch)) {
        return STATUS_NO_MEMORY;
    }
    for (long i = 0; i < more; i++) {
        const struct filling *filling = &stretch->fillings[i];
        wide.row[wide.nonzeros] = (int)filling->row;
        wide.value[wide.nonzeros++] = filling->above ? -1.0 : 1.0;
        wide.cost[wide.columns] = 1.0 / scale_of(flat, filling);
        wide.lower[wide.columns] = 0.0;
        wide.upper[wide.columns++] = HUGE_VAL;
        wide.start[wide.columns] = wide.nonzeros;
    }
    *ret = wide;
    return STATUS_OK;
}

/* A miss and what it is sorted by. */
struct ranked {
    struct elastic_miss miss;
    double scaled;
};

/* Adds up one family's fillings, which begin at *next, and moves *next behind them. */
static struct ranked rank_family(const struct stretch *stretch, const struct family *family,
                                 const double *filled, long *next) {
    struct ranked ranked = {{.name = family->name}, 0.0};
    double missed_before = 0.0;
    long row_before = -1;
    for (; *next < stretch->fillings_count; ++*next) {
        const struct filling *filling = &stretch->fillings[*next];
        if (filling->row >= family->row + family->count || filling->row < family->row) {
            break;
        }
        double scale = scale_of(stretch->flat, filling), missed = filled[*next];
        if (!(missed > smallest_miss * scale)) {
            continue;
        }
        missed_before = filling->row == row_before ? missed_before : 0.0;
        if (ranked.miss.rows_count == 0) {
            ranked.miss.first = (int)(filling->row - family->row);
        }
        ranked.miss.rows_count += filling->row != row_before;
        ranked.miss.amount_ratio = fmax(ranked.miss.amount_ratio, missed_before + missed);
        ranked.miss.total_ratio += missed;
        ranked.scaled = fmax(ranked.scaled, missed / scale);
        row_before = filling->row;
        missed_before = missed;
    }
    return ranked;
}

/* Largest first; equals stay in the programme's order. */
static void insert(struct ranked *list, int count, struct ranked item) {
    int at = count;
    for (; at > 0 && list[at - 1].scaled < item.scaled; at--) {
        list[at] = list[at - 1];
    }
    list[at] = item;
}

static enum status name_misses(const struct stretch *stretch, struct arena *scratch,
                               struct arena *arena, struct elastic *elastic) {
    struct ranked *ranked = ARENA_TAKE(scratch, struct ranked, stretch->families_count);
    TRY(ranked ? STATUS_OK : STATUS_NO_MEMORY);
    const double *filled = elastic->outcome.x + stretch->flat->columns;
    long next = 0;
    int count = 0;
    for (int f = 0; f < stretch->families_count; f++) {
        struct ranked item = rank_family(stretch, &stretch->families[f], filled, &next);
        if (item.miss.rows_count > 0) {
            insert(ranked, count++, item);
        }
    }
    elastic->misses = ARENA_TAKE(arena, struct elastic_miss, count);
    TRY(elastic->misses ? STATUS_OK : STATUS_NO_MEMORY);
    for (int i = 0; i < count; i++) {
        elastic->misses[i] = ranked[i].miss;
    }
    elastic->misses_count = count;
    return STATUS_OK;
}

static enum status solve(const struct programme *programme, const struct solve_options *options,
                         struct arena *scratch, struct arena *arena, struct elastic *ret) {
    struct programme_flat flat, wide;
    struct stretch stretch;
    struct elastic elastic = {0};
    struct solve_options cold = options ? *options : (struct solve_options){0};
    cold.warm = NULL; /* another shape */
    TRY(programme_flatten(programme, scratch, &flat));
    TRY(list_fillings(programme, &flat, scratch, &stretch));
    TRY(stretched(&stretch, scratch, &wide));
    TRY(reference_clp_solve_flat(&wide, &cold, arena, &elastic.outcome));
    elastic.solvable = elastic.outcome.kind == OUTCOME_OPTIMAL;
    if (elastic.solvable) {
        TRY(name_misses(&stretch, scratch, arena, &elastic));
    }
    *ret = elastic;
    return STATUS_OK;
}

enum status elastic_solve(const struct programme *programme, const struct solve_options *options,
                          struct arena *arena, struct elastic *ret) {
    struct arena *scratch = arena_new(0);
    enum status status =
        scratch ? solve(programme, options, scratch, arena, ret) : STATUS_NO_MEMORY;
    arena_free(scratch);
    return status;
}
