/* CPLEX LP. A row with two different finite sides is written twice, R7 for the lower and R7u for
   the upper side, since not every reader takes both in one; a free row is a comment. A constant of
   the objective is the cost of a column CONSTANT that is fixed at 1. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "optimise/export.h"
#include "optimise/export_names.h"

enum { TERMS_PER_LINE = 6 };

/* The matrix by rows. */
struct by_row {
    long *start;
    int *column;
    double *value;
};

static enum status turn(const struct programme_flat *flat, struct arena *arena,
                        struct by_row *ret) {
    struct by_row rows = {ARENA_TAKE(arena, long, flat->rows + 2),
                          ARENA_TAKE(arena, int, flat->nonzeros),
                          ARENA_TAKE(arena, double, flat->nonzeros)};
    if (!rows.start || !rows.column || !rows.value) {
        return STATUS_NO_MEMORY;
    }
    for (long k = 0; k < flat->nonzeros; k++) {
        rows.start[flat->row[k] + 2]++;
    }
    for (long i = 0; i < flat->rows; i++) {
        rows.start[i + 2] += rows.start[i + 1];
    }
    for (long j = 0; j < flat->columns; j++) {
        for (long k = flat->start[j]; k < flat->start[j + 1]; k++) {
            long at = rows.start[flat->row[k] + 1]++;
            rows.column[at] = (int)j;
            rows.value[at] = flat->value[k];
        }
    }
    *ret = rows;
    return STATUS_OK;
}

static void add_term(struct text_buffer *out, long count, double value, long column) {
    if (count > 0 && count % TERMS_PER_LINE == 0) {
        text_add(out, "\n  ");
    }
    text_add(out, value < 0.0 ? " - " : " + ");
    text_add_number(out, fabs(value));
    text_add_format(out, " C%ld", column);
}

static bool stands_in_a_row(const struct programme_flat *flat, long column) {
    for (long k = flat->start[column]; k < flat->start[column + 1]; k++) {
        if (isfinite(flat->row_lower[flat->row[k]]) || isfinite(flat->row_upper[flat->row[k]])) {
            return true;
        }
    }
    return false;
}

static void add_objective(const struct programme_flat *flat, struct text_buffer *out) {
    long count = 0;
    text_add(out, "Minimize\n OBJECTIVE:");
    for (long j = 0; j < flat->columns; j++) {
        if (flat->cost[j] != 0.0 ||
            !stands_in_a_row(flat, j)) { /* a bound alone would name it too late */
            add_term(out, count++, flat->cost[j], j);
        }
    }
    text_add(out, flat->objective_constant < 0.0 ? " - " : " + ");
    text_add_number(out, fabs(flat->objective_constant));
    text_add(out, " CONSTANT\n");
}

static void add_row(const struct by_row *rows, long row, const char *suffix, const char *sense,
                    double side, struct text_buffer *out) {
    text_add_format(out, " R%ld%s:", row, suffix);
    if (rows->start[row] == rows->start[row + 1]) {
        text_add(out, " 0 CONSTANT");
    }
    for (long k = rows->start[row]; k < rows->start[row + 1]; k++) {
        add_term(out, k - rows->start[row], rows->value[k], rows->column[k]);
    }
    text_add(out, sense);
    text_add_number(out, side);
    text_add(out, "\n");
}

static void add_rows(const struct programme_flat *flat, const struct by_row *rows,
                     struct text_buffer *out) {
    text_add(out, "Subject To\n");
    for (long i = 0; i < flat->rows; i++) {
        double lower = flat->row_lower[i], upper = flat->row_upper[i];
        if (lower == upper) {
            add_row(rows, i, "", " = ", lower, out);
            continue;
        }
        if (isfinite(lower)) {
            add_row(rows, i, "", " >= ", lower, out);
        }
        if (isfinite(upper)) {
            add_row(rows, i, isfinite(lower) ? "u" : "", " <= ", upper, out);
        }
        if (!isfinite(lower) && !isfinite(upper)) {
            text_add_format(out, "\\ R%ld is free\n", i);
        }
    }
}

static void add_bounds(const struct programme_flat *flat, struct text_buffer *out) {
    text_add(out, "Bounds\n CONSTANT = 1\n");
    for (long j = 0; j < flat->columns; j++) {
        double lower = flat->lower[j], upper = flat->upper[j];
        if (lower == upper) {
            text_add_format(out, " C%ld = ", j);
            text_add_number(out, lower);
        } else if (!isfinite(lower) && !isfinite(upper)) {
            text_add_format(out, " C%ld free", j);
        } else if (lower != 0.0 || isfinite(upper)) {
            text_add(out, " ");
            text_add_number(out, lower);
            text_add_format(out, " <= C%ld", j);
            if (isfinite(upper)) {
                text_add(out, " <= ");
                text_add_number(out, upper);
            }
        } else {
            continue;
        }
        text_add(out, "\n");
    }
}

enum status export_lp(const struct programme *programme, struct arena *arena,
                      struct text_buffer *out) {
    struct programme_flat flat;
    struct by_row rows;
    TRY(programme_flatten(programme, arena, &flat));
    TRY(turn(&flat, arena, &rows));
    export_names(programme, "\\", out);
    add_objective(&flat, out);
    add_rows(&flat, &rows, out);
    add_bounds(&flat, out);
    text_add(out, "End\n");
    return text_buffer_failed(out) ? STATUS_NO_MEMORY : STATUS_OK;
}
