/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/commit.h"

#include <math.h>
#include <string.h>

/* Shares of its least rate from which a unit is committed: a trace, a half, all of it. */
static const double thresholds[] = {1e-6, 0.5, 1.0 - 1e-6};
static const double tight_ratio = 1e-9; /* a bracket this narrow needs no other threshold */
static const double named_ratio = 1e-7; /* of the largest weight in a ray: it names the mask */
enum { USUAL_REPAIRS = 8 };

/* A unit in the masked programme: its numbers by step, and where its masks stand. */
struct mask {
    const struct commit_unit *unit;
    int steps;
    long from;                     /* of running, changed */
    long column, row;              /* global place at step 0; row -1: none */
    double *own_lower, *own_upper; /* of the column, as given */
    double *lower, *upper, *row_lower;
    const double *own_row_lower;
    double *share; /* of the least rate that the relaxed plan runs at, by step */
};

struct committing {
    const struct programme *programme;
    struct programme_flat flat;
    struct programme masked;
    const struct commit_options *options;
    int count;
    struct mask *masks;
    long total; /* steps of all units */
    unsigned char *running, *changed, *tried[COUNT(thresholds)];
    struct outcome relaxed, best;
    unsigned char *best_running;
    double bound;
    long solves, iterations;
    struct arena *arena, *scratch;
};

struct verdict {
    struct outcome outcome;
    bool certain; /* the certificate passed */
    double bound;
};

static enum status solve(struct committing *c, const struct programme *programme,
                         const struct outcome *warm, struct verdict *ret) {
    struct verdict verdict = {.bound = -HUGE_VAL};
    struct certificate certificate;
    struct solve_options options = c->options->solve;
    options.warm = warm;
    TRY(c->options->solver->solve(programme, &options, c->arena, &verdict.outcome));
    TRY(certificate_check(programme, &verdict.outcome, c->options->tolerance_ratio, c->scratch,
                          &certificate));
    c->solves++;
    c->iterations += verdict.outcome.iterations_count;
    verdict.certain = certificate.passed;
    verdict.bound = certificate.bound_ratio;
    *ret = verdict;
    return STATUS_OK;
}

/* ---- the masked programme ---- */

static double *by_step(struct arena *arena, struct numbers numbers, int steps) {
    double *value = ARENA_TAKE(arena, double, steps);
    for (int t = 0; value && t < steps; t++) {
        value[t] = numbers_at(numbers, t);
    }
    return value;
}

static enum status copy_blocks(struct committing *c) {
    const struct programme *programme = c->programme;
    struct programme_block *blocks =
        ARENA_TAKE(c->scratch, struct programme_block, programme->blocks_count);
    TRY(blocks ? STATUS_OK : STATUS_NO_MEMORY);
    for (int b = 0; b < programme->blocks_count; b++) {
        const struct programme_block *from = &programme->blocks[b];
        blocks[b] = *from;
        blocks[b].columns = ARENA_TAKE(c->scratch, struct programme_column, from->columns_count);
        blocks[b].rows = ARENA_TAKE(c->scratch, struct programme_row, from->rows_count);
        TRY(arena_failed(c->scratch) ? STATUS_NO_MEMORY : STATUS_OK);
        for (int k = 0; k < from->columns_count; k++) {
            blocks[b].columns[k] = from->columns[k];
        }
        for (int r = 0; r < from->rows_count; r++) {
            blocks[b].rows[r] = from->rows[r];
        }
    }
    c->masked = *programme;
    c->masked.blocks = blocks;
    return STATUS_OK;
}

/* Gives a unit numbers of its own in the masked programme. */
static enum status place_unit(struct committing *c, const struct commit_unit *unit,
                              struct mask *mask) {
    const struct programme *programme = c->programme;
    if (unit->block < 0 || unit->block >= programme->blocks_count) {
        return STATUS_INTERNAL;
    }
    const struct programme_block *own = &programme->blocks[unit->block];
    struct programme_block *block = &c->masked.blocks[unit->block];
    if (unit->column < 0 || unit->column >= own->columns_count || unit->row < -1 ||
        unit->row >= own->rows_count) {
        return STATUS_INTERNAL;
    }
    *mask = (struct mask){.unit = unit, .steps = programme_steps(own), .from = c->total};
    c->total += mask->steps;
    mask->column = programme_at_column(programme, unit->block, unit->column, 0);
    mask->row = unit->row < 0 ? -1 : programme_at_row(programme, unit->block, unit->row, 0);
    struct programme_column *column = &block->columns[unit->column];
    mask->own_lower = by_step(c->scratch, column->lower, mask->steps);
    mask->own_upper = by_step(c->scratch, column->upper, mask->steps);
    mask->lower = by_step(c->scratch, column->lower, mask->steps);
    mask->upper = by_step(c->scratch, column->upper, mask->steps);
    mask->share = ARENA_TAKE(c->scratch, double, mask->steps);
    column->lower = numbers_by_step(mask->lower);
    column->upper = numbers_by_step(mask->upper);
    if (unit->row >= 0) {
        struct programme_row *row = &block->rows[unit->row];
        mask->own_row_lower = by_step(c->scratch, row->lower, mask->steps);
        mask->row_lower = by_step(c->scratch, row->lower, mask->steps);
        row->lower = numbers_by_step(mask->row_lower);
    }
    return arena_failed(c->scratch) ? STATUS_NO_MEMORY : STATUS_OK;
}

static void apply_masks(struct committing *c) {
    for (int u = 0; u < c->count; u++) {
        struct mask *mask = &c->masks[u];
        for (int t = 0; t < mask->steps; t++) {
            bool runs = c->running[mask->from + t];
            double least = numbers_at(mask->unit->least, t);
            mask->upper[t] = runs ? mask->own_upper[t] : 0.0;
            mask->lower[t] = !runs ? 0.0 : mask->row < 0 ? least : mask->own_lower[t];
            if (mask->row >= 0) {
                mask->row_lower[t] = runs ? least : mask->own_row_lower[t];
            }
        }
    }
}

/* ---- what the relaxed plan says ---- */

static double entry_in(const struct programme_flat *flat, long column, long row) {
    for (long k = flat->start[column]; k < flat->start[column + 1]; k++) {
        if (flat->row[k] == row) {
            return flat->value[k];
        }
    }
    return 0.0;
}

/* The least rate that the unit would run at, with all else as in the relaxed plan. */
static double least_rate(const struct committing *c, const struct mask *mask,
                         const double *activity, int t) {
    double least = numbers_at(mask->unit->least, t), rate = c->relaxed.x[mask->column + t];
    if (mask->row < 0) {
        return least;
    }
    double entry = entry_in(&c->flat, mask->column + t, mask->row + t);
    return rate + (least - activity[mask->row + t]) / entry;
}

static enum status fill_shares(struct committing *c) {
    const struct programme_flat *flat = &c->flat;
    double *activity = ARENA_TAKE(c->scratch, double, flat->rows);
    TRY(activity ? STATUS_OK : STATUS_NO_MEMORY);
    for (long j = 0; j < flat->columns; j++) {
        for (long k = flat->start[j]; k < flat->start[j + 1]; k++) {
            activity[flat->row[k]] += flat->value[k] * c->relaxed.x[j];
        }
    }
    for (int u = 0; u < c->count; u++) {
        struct mask *mask = &c->masks[u];
        for (int t = 0; t < mask->steps; t++) {
            if (mask->row >= 0 && !(entry_in(flat, mask->column + t, mask->row + t) > 0.0)) {
                return STATUS_INTERNAL; /* the row does not hold this column up */
            }
            double least = least_rate(c, mask, activity, t), rate = c->relaxed.x[mask->column + t];
            bool fits =
                mask->own_upper[t] >= (mask->row < 0 ? least : 0.0) && mask->own_upper[t] > 0.0;
            mask->share[t] = !fits ? 0.0 : least > 0.0 ? rate / least : HUGE_VAL;
        }
    }
    return STATUS_OK;
}

static void commit_from(struct committing *c, double threshold) {
    for (int u = 0; u < c->count; u++) {
        const struct mask *mask = &c->masks[u];
        for (int t = 0; t < mask->steps; t++) {
            c->running[mask->from + t] = mask->share[t] >= threshold;
        }
    }
}

/* ---- repair ---- */

/* How much the ray leans on a mask: on the zero of one that rests, on the least of one that runs. */
static double weight_in(const struct committing *c, const struct mask *mask, const double *ray,
                        int t) {
    const struct programme_flat *flat = &c->flat;
    long column = mask->column + t;
    double pull = 0.0, least = numbers_at(mask->unit->least, t);
    for (long k = flat->start[column]; k < flat->start[column + 1]; k++) {
        pull += flat->value[k] * ray[flat->row[k]];
    }
    if (!c->running[mask->from + t]) { /* what it could bring if it ran */
        double most = fmin(mask->own_upper[t], fmax(1.0, 2.0 * fabs(least)));
        return mask->share[t] > 0.0 || mask->own_upper[t] >= least ? pull * most : 0.0;
    }
    return mask->row < 0 ? -pull * least : ray[mask->row + t] * fmax(1.0, fabs(least));
}

/* The masks that the ray leans on most change over, `most` of them, each at most once. */
static bool repair(struct committing *c, const double *ray, int most) {
    double least = 0.0;
    bool any = false;
    for (int k = 0; k < most; k++) {
        double heaviest = least;
        long at = -1;
        for (int u = 0; u < c->count; u++) {
            const struct mask *mask = &c->masks[u];
            for (int t = 0; t < mask->steps; t++) {
                double weight = c->changed[mask->from + t] ? 0.0 : weight_in(c, mask, ray, t);
                if (weight > heaviest) {
                    heaviest = weight;
                    at = mask->from + t;
                }
            }
        }
        if (at < 0) {
            break;
        }
        least = k == 0 ? named_ratio * heaviest : least;
        c->changed[at] = true;
        c->running[at] = !c->running[at];
        any = true;
    }
    return any;
}

/* One threshold, until it has a plan or no mask is left to change: one at first, then twice as many
   each time. */
static enum status run_threshold(struct committing *c, bool *ret_stopped) {
    int most = c->options->repairs_limit > 0 ? c->options->repairs_limit : USUAL_REPAIRS;
    memset(c->changed, 0, (size_t)c->total);
    for (int round = 0; round <= most; round++) {
        struct verdict verdict;
        apply_masks(c);
        TRY(solve(c, &c->masked, &c->relaxed, &verdict));
        *ret_stopped = verdict.outcome.kind == OUTCOME_LIMIT;
        if (verdict.outcome.kind == OUTCOME_OPTIMAL && verdict.certain) {
            if (!c->best.x || verdict.outcome.objective_ratio < c->best.objective_ratio) {
                c->best = verdict.outcome;
                memcpy(c->best_running, c->running, (size_t)c->total);
            }
            return STATUS_OK;
        }
        bool proven = verdict.outcome.kind == OUTCOME_INFEASIBLE && verdict.certain;
        if (!proven || !repair(c, verdict.outcome.ray, 1 << (round < 20 ? round : 20))) {
            return STATUS_OK;
        }
    }
    return STATUS_OK;
}

static double gap_of(const struct committing *c) {
    return c->best.x ? (c->best.objective_ratio - c->bound) / (1.0 + fabs(c->best.objective_ratio))
                     : HUGE_VAL;
}

static enum status run_thresholds(struct committing *c, bool *stopped) {
    for (int k = 0; k < COUNT(thresholds) && !*stopped && gap_of(c) > tight_ratio; k++) {
        bool known = false;
        commit_from(c, thresholds[k]);
        for (int before = 0; before < k; before++) {
            known = known || memcmp(c->tried[before], c->running, (size_t)c->total) == 0;
        }
        memcpy(c->tried[k], c->running, (size_t)c->total);
        if (!known) {
            TRY(run_threshold(c, stopped));
        }
    }
    return STATUS_OK;
}

static enum status take_masks(struct committing *c, const struct commit_unit *units) {
    TRY(copy_blocks(c));
    c->masks = ARENA_TAKE(c->scratch, struct mask, c->count);
    TRY(c->masks ? STATUS_OK : STATUS_NO_MEMORY);
    for (int u = 0; u < c->count; u++) {
        TRY(place_unit(c, &units[u], &c->masks[u]));
    }
    c->running = ARENA_TAKE(c->scratch, unsigned char, c->total);
    c->changed = ARENA_TAKE(c->scratch, unsigned char, c->total);
    for (int k = 0; k < COUNT(thresholds); k++) {
        c->tried[k] = ARENA_TAKE(c->scratch, unsigned char, c->total);
    }
    c->best_running = ARENA_TAKE(c->arena, unsigned char, c->total);
    return arena_failed(c->scratch) || !c->best_running ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status commit(struct committing *c, const struct commit_unit *units,
                          struct commit *ret) {
    struct verdict relaxed = {0};
    bool stopped = false;
    TRY(take_masks(c, units));
    TRY(programme_flatten(c->programme, c->scratch, &c->flat));
    TRY(solve(c, c->programme, c->options->solve.warm, &relaxed));
    c->relaxed = relaxed.outcome;
    c->bound = relaxed.bound;
    struct commit found = {.outcome = relaxed.outcome, .gap_ratio = HUGE_VAL};
    if (relaxed.outcome.kind == OUTCOME_OPTIMAL && relaxed.certain) {
        TRY(fill_shares(c));
        TRY(run_thresholds(c, &stopped));
        struct outcome none = {.kind = stopped ? OUTCOME_LIMIT : OUTCOME_STALLED,
                               .objective_ratio = HUGE_VAL,
                               .solver = relaxed.outcome.solver};
        found.outcome = c->best.x ? c->best : none;
        found.outcome.bound_ratio = c->best.x ? fmin(c->bound, c->best.objective_ratio) : c->bound;
        found.running = c->best.x ? c->best_running : NULL;
        found.gap_ratio = fmax(0.0, gap_of(c));
    } else if (relaxed.outcome.kind != OUTCOME_LIMIT && !relaxed.certain) {
        found.outcome = (struct outcome){.kind = OUTCOME_STALLED,
                                         .objective_ratio = HUGE_VAL,
                                         .bound_ratio = c->bound,
                                         .solver = relaxed.outcome.solver};
    }
    found.solves_count = c->solves;
    found.outcome.iterations_count = c->iterations;
    *ret = found;
    return STATUS_OK;
}

enum status commit_solve(const struct programme *programme, int units_count,
                         const struct commit_unit *units, const struct commit_options *options,
                         struct arena *arena, struct commit *ret) {
    struct committing committing = {.programme = programme,
                                    .options = options,
                                    .count = units_count,
                                    .arena = arena,
                                    .scratch = arena_new(0)};
    enum status status = committing.scratch ? commit(&committing, units, ret) : STATUS_NO_MEMORY;
    arena_free(committing.scratch);
    return status;
}
