/* Prices mended in the programme's own units.

   An iteration leaves reduced costs c - A' y that are zero to rounding of the numbers around them. A
   column in a unit a million times larger than its neighbours' still shows that, and without an upper
   bound even the smallest negative reduced cost proves nothing. So each such column takes its rest
   from the price of one of its rows: the row that does the least harm to the other columns, those
   with a bound on that side feel none. A design, whose rest is the rounding of thousands of prices,
   first takes it from all of them, each in proportion to its size. A column that no row can help is
   wrong, and may be the beginning of a direction without end. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_repair.h"

#include "optimise/programme_part.h"

static const double noticed = 1e-9; /* of a column's largest term: nothing is done below */
static const double mended = 1e-12;
static const double rounding_share = 1e-6; /* of prices: what more is no rounding */
enum { PASSES = 8 };

struct repair {
    const struct programme *programme;
    const struct ipm_bounds *bounds;
    struct programme_flat flat;
    long *row_start; /* rows + 1, into column_of and value_of */
    int *column_of;
    double *value_of;
    double *y, *reduced, *largest;
    struct programme_shared shared;
    double *told;                 /* of each shared column: reduced, largest */
    struct candidate *candidates; /* by block */
};

/* How wrong a reduced cost d would be in column j. */
static double wrong_by(const struct ipm_bounds *bounds, const double *largest, long j, double d) {
    bool open = d != 0.0 && !isfinite(d > 0.0 ? bounds->lower[j] : bounds->upper[j]);
    return open ? fabs(d) / fmax(largest[j], fabs(d)) : 0.0;
}

/* The same entries by rows. */
static enum status turn(struct repair *repair, struct arena *arena) {
    const struct programme_flat *flat = &repair->flat;
    long *next = ARENA_TAKE(arena, long, flat->rows);
    repair->row_start = ARENA_TAKE(arena, long, flat->rows + 1);
    repair->column_of = ARENA_TAKE(arena, int, flat->nonzeros);
    repair->value_of = ARENA_TAKE(arena, double, flat->nonzeros);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    for (long k = 0; k < flat->nonzeros; k++) {
        repair->row_start[flat->row[k] + 1]++;
    }
    for (long i = 0; i < flat->rows; i++) {
        repair->row_start[i + 1] += repair->row_start[i];
        next[i] = repair->row_start[i];
    }
    for (long j = 0; j < flat->columns; j++) {
        for (long k = flat->start[j]; k < flat->start[j + 1]; k++) {
            long at = next[flat->row[k]]++;
            repair->column_of[at] = (int)j;
            repair->value_of[at] = flat->value[k];
        }
    }
    return STATUS_OK;
}

/* What the other columns of row i would be wrong by, at most, with a price higher by dy; as soon as it is
   `enough`, nobody asks for more. */
static double harm(const struct repair *repair, long i, long j, double dy, double enough) {
    double most = 0.0;
    for (long k = repair->row_start[i]; k < repair->row_start[i + 1] && most < enough; k++) {
        long other = repair->column_of[k];
        if (other != j) {
            double d = repair->reduced[other] - repair->value_of[k] * dy;
            most = fmax(most, wrong_by(repair->bounds, repair->largest, other, d));
        }
    }
    return most;
}

static void change(struct repair *repair, long i, double dy) {
    repair->y[i] += dy;
    for (long k = repair->row_start[i]; k < repair->row_start[i + 1]; k++) {
        long j = repair->column_of[k];
        repair->reduced[j] -= repair->value_of[k] * dy;
        repair->largest[j] = fmax(repair->largest[j], fabs(repair->value_of[k] * repair->y[i]));
    }
}

/* The row whose price takes best what column j is wrong by. */
struct candidate {
    double harmed, dy;
    long row; /* -1: none makes it better */
};

/* Looks at the column's rows before `until`, from its entry *k on, which moves along. */
static void consider(const struct repair *repair, long j, long until, long *k,
                     struct candidate *best) {
    const struct ipm_bounds *bounds = repair->bounds;
    for (; *k < repair->flat.start[j + 1] && repair->flat.row[*k] < until; ++*k) {
        long i = repair->flat.row[*k];
        double dy = repair->reduced[j] / repair->flat.value[*k], price = repair->y[i] + dy;
        bool stands =
            price == 0.0 || isfinite(price > 0.0 ? bounds->row_lower[i] : bounds->row_upper[i]);
        double harmed = stands ? harm(repair, i, j, dy, best->harmed) : HUGE_VAL;
        if (harmed < best->harmed) {
            *best = (struct candidate){harmed, dy, i};
        }
    }
}

static struct candidate no_candidate(const struct repair *repair, long j) {
    double wrong = wrong_by(repair->bounds, repair->largest, j, repair->reduced[j]);
    return (struct candidate){0.5 * wrong, 0.0, -1};
}

/* A column of a block that is here; false where no row makes it better. */
static bool mend(struct repair *repair, long j) {
    struct candidate best = no_candidate(repair, j);
    long k = repair->flat.start[j];
    consider(repair, j, repair->flat.rows, &k, &best);
    if (best.row >= 0) {
        change(repair, best.row, best.dy);
    }
    return best.row >= 0;
}

/* ---- with blocks elsewhere ---- */

/* Reduced costs of the shared columns, and prices of border rows, as the holder of a block has left them. */
static enum status tell(struct repair *repair, int block) {
    const struct programme *programme = repair->programme;
    const struct programme_shared *shared = &repair->shared;
    if (!programme->share) {
        return STATUS_OK;
    }
    for (long i = 0; i < shared->count; i++) {
        repair->told[2 * i] = repair->reduced[shared->column[i]];
        repair->told[2 * i + 1] = repair->largest[shared->column[i]];
    }
    size_t told = (size_t)shared->count * 2 * sizeof *repair->told;
    TRY(share_tell(programme->share, block, repair->told, told));
    for (long i = 0; i < shared->count; i++) {
        repair->reduced[shared->column[i]] = repair->told[2 * i];
        repair->largest[shared->column[i]] = repair->told[2 * i + 1];
    }
    return share_tell(programme->share, block, repair->y,
                      (size_t)programme->border_rows_count * sizeof *repair->y);
}

/* Of a block's period columns only its holder knows all terms so far. */
static enum status tell_periods(struct repair *repair, int block) {
    const struct programme *programme = repair->programme;
    struct programme_span periods = programme_periods_of(programme, block);
    size_t size = (size_t)(periods.until - periods.from) * sizeof(double);
    TRY(share_tell(programme->share, block, repair->reduced + periods.from, size));
    return share_tell(programme->share, block, repair->largest + periods.from, size);
}

/* The design's rows before `until`, from its entry *k on, which moves along: what their prices are worth to it. */
static double worth_before(const struct repair *repair, long j, long until, long *k) {
    double worth = 0.0;
    for (; *k < repair->flat.start[j + 1] && repair->flat.row[*k] < until; ++*k) {
        worth += repair->flat.value[*k] * repair->y[repair->flat.row[*k]];
    }
    return worth;
}

static void change_before(struct repair *repair, long j, long until, double share, long *k) {
    for (; *k < repair->flat.start[j + 1] && repair->flat.row[*k] < until; ++*k) {
        long i = repair->flat.row[*k];
        change(repair, i, share * repair->y[i]);
    }
}

/* A design takes its rest from all its rows' prices alike: none of them changes by more than rounding, and
   no sign does. */
static enum status spread(struct repair *repair, long j) {
    const struct programme *programme = repair->programme;
    long k = repair->flat.start[j];
    double worth = worth_before(repair, j, programme->border_rows_count, &k);
    for (int b = 0; b < programme->blocks_count; b++) {
        if (share_has(programme->share, b)) {
            worth += worth_before(repair, j, programme_rows_of(programme, b).until, &k);
        }
        TRY(share_hand_on(programme->share, b, &worth, sizeof worth));
    }
    bool is_rounding = fabs(repair->reduced[j]) <= rounding_share * fabs(worth);
    if (worth == 0.0 || !is_rounding) {
        return STATUS_OK;
    }
    double share = repair->reduced[j] / worth;
    k = repair->flat.start[j];
    change_before(repair, j, programme->border_rows_count, share, &k);
    for (int b = 0; b < programme->blocks_count; b++) {
        if (share_has(programme->share, b)) {
            change_before(repair, j, programme_rows_of(programme, b).until, share, &k);
        }
        if (programme->share && programme->share->ends[b]) {
            TRY(tell(repair, b));
        }
    }
    return STATUS_OK;
}

/* A design: the best of the border rows, and of each block's by its holder. */
static enum status mend_design(struct repair *repair, long j, bool *any) {
    const struct programme *programme = repair->programme;
    struct candidate best = no_candidate(repair, j);
    long k = repair->flat.start[j];
    int holder = -1;
    consider(repair, j, programme->border_rows_count, &k, &best);
    for (int b = 0; b < programme->blocks_count; b++) {
        repair->candidates[b] = (struct candidate){best.harmed, 0.0, -1};
        if (share_has(programme->share, b)) {
            consider(repair, j, programme_rows_of(programme, b).until, &k, &repair->candidates[b]);
        }
    }
    TRY(share_gather_each(programme->share, repair->candidates, sizeof *repair->candidates));
    for (int b = 0; b < programme->blocks_count; b++) {
        if (repair->candidates[b].row >= 0 && repair->candidates[b].harmed < best.harmed) {
            best = repair->candidates[b];
            holder = b;
        }
    }
    *any = *any || best.row >= 0;
    if (best.row >= 0 && (holder < 0 || share_has(programme->share, holder))) {
        change(repair, best.row, best.dy);
    }
    return holder < 0 ? STATUS_OK : tell(repair, holder);
}

static enum status spread_all(struct repair *repair) {
    for (long j = 0; j < repair->programme->designs_count; j++) {
        if (wrong_by(repair->bounds, repair->largest, j, repair->reduced[j]) > mended) {
            TRY(spread(repair, j));
        }
    }
    return STATUS_OK;
}

static enum status mend_all(struct repair *repair, bool *any) {
    const struct programme *programme = repair->programme;
    for (long j = 0; j < programme->designs_count; j++) {
        if (wrong_by(repair->bounds, repair->largest, j, repair->reduced[j]) > mended) {
            TRY(mend_design(repair, j, any));
        }
    }
    for (int b = 0; b < programme->blocks_count; b++) {
        struct programme_span columns = programme_columns_of(programme, b);
        for (long j = columns.from; share_has(programme->share, b) && j < columns.until; j++) {
            if (wrong_by(repair->bounds, repair->largest, j, repair->reduced[j]) > mended) {
                *any = mend(repair, j) || *any;
            }
        }
        if (programme->share && programme->share->ends[b]) {
            TRY(tell(repair, b));
        }
    }
    return share_any(programme->share, any);
}

static enum status worst_of(const struct repair *repair, double *ret) {
    const struct programme *programme = repair->programme;
    *ret = 0.0;
    for (int b = -1; b < programme->blocks_count; b++) {
        struct programme_span columns = {0, programme->designs_count};
        columns = b < 0 ? columns : programme_columns_of(programme, b);
        for (long j = columns.from; (b < 0 || share_has(programme->share, b)) && j < columns.until;
             j++) {
            *ret = fmax(*ret, wrong_by(repair->bounds, repair->largest, j, repair->reduced[j]));
        }
    }
    return share_largest(programme->share, ret, 1);
}

enum status ipm_repair_prices(const struct programme *programme, const struct ipm_bounds *bounds,
                              double *y, double *reduced, double *largest, struct arena *scratch,
                              double *ret_wrong) {
    struct repair repair = {
        .programme = programme, .bounds = bounds, .y = y, .reduced = reduced, .largest = largest};
    struct programme here;
    TRY(worst_of(&repair, ret_wrong));
    if (*ret_wrong <= noticed) {
        return STATUS_OK;
    }
    TRY(programme_here(programme, scratch, &here));
    TRY(programme_flatten(&here, scratch, &repair.flat));
    TRY(programme_shared(programme, scratch, &repair.shared));
    TRY(turn(&repair, scratch));
    repair.told = ARENA_TAKE(scratch, double, 2 * repair.shared.count);
    repair.candidates = ARENA_TAKE(scratch, struct candidate, programme->blocks_count);
    TRY(repair.told && repair.candidates ? STATUS_OK : STATUS_NO_MEMORY);
    for (int b = 0; b < programme->blocks_count; b++) {
        TRY(tell_periods(&repair, b));
    }
    TRY(spread_all(&repair));
    bool any = true;
    for (int pass = 0; pass < PASSES && any; pass++) {
        any = false;
        TRY(mend_all(&repair, &any));
    }
    return worst_of(&repair, ret_wrong);
}
