/* Prices mended in the programme's own units.

   An iteration leaves reduced costs c - A' y that are zero to rounding of the numbers around them. A
   column in a unit a million times larger than its neighbours' still shows that, and without an upper
   bound even the smallest negative reduced cost proves nothing. So each such column takes its rest
   from the price of one of its rows: the row that does the least harm to the other columns, those
   with a bound on that side feel none. A column that no row can help is wrong, and may be the
   beginning of a direction without end. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_repair.h"

static const double noticed = 1e-9; /* of a column's largest term: nothing is done below */
static const double mended = 1e-12;
enum { PASSES = 8 };

struct repair {
    const struct ipm_bounds *bounds;
    struct programme_flat flat;
    long *row_start; /* rows + 1, into column_of and value_of */
    int *column_of;
    double *value_of;
    double *y, *reduced, *largest;
};

/* How wrong a reduced cost d would be in column j. */
static double wrong_by(const struct ipm_bounds *bounds, const double *largest, long j, double d) {
    bool open = d != 0.0 && !isfinite(d > 0.0 ? bounds->lower[j] : bounds->upper[j]);
    return open ? fabs(d) / fmax(largest[j], fabs(d)) : 0.0;
}

static double worst_of(const struct ipm_bounds *bounds, const double *reduced,
                       const double *largest, long columns) {
    double worst = 0.0;
    for (long j = 0; j < columns; j++) {
        worst = fmax(worst, wrong_by(bounds, largest, j, reduced[j]));
    }
    return worst;
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

/* What the other columns of row i would be wrong by, at most, with a price higher by dy. */
static double harm(const struct repair *repair, long i, long j, double dy) {
    double most = 0.0;
    for (long k = repair->row_start[i]; k < repair->row_start[i + 1]; k++) {
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

/* The best row's price takes what column j is wrong by; false where none makes it better. */
static bool mend(struct repair *repair, long j) {
    const struct ipm_bounds *bounds = repair->bounds;
    double least = 0.5 * wrong_by(bounds, repair->largest, j, repair->reduced[j]), best_dy = 0.0;
    long best = -1;
    for (long k = repair->flat.start[j]; k < repair->flat.start[j + 1]; k++) {
        long i = repair->flat.row[k];
        double dy = repair->reduced[j] / repair->flat.value[k], price = repair->y[i] + dy;
        bool stands =
            price == 0.0 || isfinite(price > 0.0 ? bounds->row_lower[i] : bounds->row_upper[i]);
        double harmed = stands ? harm(repair, i, j, dy) : HUGE_VAL;
        if (harmed < least) {
            least = harmed;
            best = i;
            best_dy = dy;
        }
    }
    if (best >= 0) {
        change(repair, best, best_dy);
    }
    return best >= 0;
}

enum status ipm_repair_prices(const struct programme *programme, const struct ipm_bounds *bounds,
                              double *y, double *reduced, double *largest, struct arena *scratch,
                              double *ret_wrong) {
    struct repair repair = {.bounds = bounds, .y = y, .reduced = reduced, .largest = largest};
    long columns = programme_columns(programme);
    *ret_wrong = worst_of(bounds, reduced, largest, columns);
    if (*ret_wrong <= noticed) {
        return STATUS_OK;
    }
    TRY(programme_flatten(programme, scratch, &repair.flat));
    TRY(turn(&repair, scratch));
    bool any = true;
    for (int pass = 0; pass < PASSES && any; pass++) {
        any = false;
        for (long j = 0; j < columns; j++) {
            if (wrong_by(bounds, largest, j, reduced[j]) > mended) {
                any |= mend(&repair, j);
            }
        }
    }
    *ret_wrong = worst_of(bounds, reduced, largest, columns);
    return STATUS_OK;
}
