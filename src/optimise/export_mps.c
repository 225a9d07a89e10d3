/* Free MPS. A row with two different finite sides is G with a range; a free row is a second N row,
   which readers keep free or drop. Each column is named in COLUMNS even when it has no entry, and
   its lower bound is always written, so that no reader's rule for negative upper bounds applies. A
   constant of the objective is the cost of a column CONSTANT that is fixed at 1: readers differ in
   the sign of a right-hand side of the objective. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "optimise/export.h"
#include "optimise/export_names.h"

static char row_kind(double lower, double upper) {
    if (lower == upper) {
        return 'E';
    }
    return isfinite(lower) ? 'G' : isfinite(upper) ? 'L' : 'N';
}

static void add_rows(const struct programme_flat *flat, struct text_buffer *out) {
    text_add(out, "ROWS\n N OBJECTIVE\n");
    for (long i = 0; i < flat->rows; i++) {
        text_add_format(out, " %c R%ld\n", row_kind(flat->row_lower[i], flat->row_upper[i]), i);
    }
}

static void add_columns(const struct programme_flat *flat, struct text_buffer *out) {
    text_add(out, "COLUMNS\n");
    for (long j = 0; j < flat->columns; j++) {
        if (flat->cost[j] != 0.0 || flat->start[j] == flat->start[j + 1]) {
            text_add_format(out, " C%ld OBJECTIVE ", j);
            text_add_number(out, flat->cost[j]);
            text_add(out, "\n");
        }
        for (long k = flat->start[j]; k < flat->start[j + 1]; k++) {
            text_add_format(out, " C%ld R%d ", j, flat->row[k]);
            text_add_number(out, flat->value[k]);
            text_add(out, "\n");
        }
    }
    if (flat->objective_constant != 0.0) {
        text_add(out, " CONSTANT OBJECTIVE ");
        text_add_number(out, flat->objective_constant);
        text_add(out, "\n");
    }
}

static void add_sides(const struct programme_flat *flat, struct text_buffer *out) {
    text_add(out, "RHS\n");
    for (long i = 0; i < flat->rows; i++) {
        double side = isfinite(flat->row_lower[i]) ? flat->row_lower[i] : flat->row_upper[i];
        if (isfinite(side) && side != 0.0) {
            text_add_format(out, " RHS R%ld ", i);
            text_add_number(out, side);
            text_add(out, "\n");
        }
    }
    text_add(out, "RANGES\n");
    for (long i = 0; i < flat->rows; i++) {
        double lower = flat->row_lower[i], upper = flat->row_upper[i];
        if (isfinite(lower) && isfinite(upper) && lower < upper) {
            text_add_format(out, " RANGE R%ld ", i);
            text_add_number(out, upper - lower);
            text_add(out, "\n");
        }
    }
}

static void add_bound(struct text_buffer *out, const char *kind, long column, double value) {
    text_add_format(out, " %s BOUND C%ld ", kind, column);
    text_add_number(out, value);
    text_add(out, "\n");
}

static void add_bounds(const struct programme_flat *flat, struct text_buffer *out) {
    text_add(out, flat->objective_constant != 0.0 ? "BOUNDS\n FX BOUND CONSTANT 1\n" : "BOUNDS\n");
    for (long j = 0; j < flat->columns; j++) {
        double lower = flat->lower[j], upper = flat->upper[j];
        if (lower == upper) {
            add_bound(out, "FX", j, lower);
        } else if (!isfinite(lower) && !isfinite(upper)) {
            text_add_format(out, " FR BOUND C%ld\n", j);
        } else {
            if (!isfinite(lower)) {
                text_add_format(out, " MI BOUND C%ld\n", j);
            } else if (lower != 0.0 || upper <= 0.0) {
                add_bound(out, "LO", j, lower);
            }
            if (isfinite(upper)) {
                add_bound(out, "UP", j, upper);
            }
        }
    }
}

enum status export_mps(const struct programme *programme, struct arena *arena,
                       struct text_buffer *out) {
    struct programme_flat flat;
    TRY(programme_flatten(programme, arena, &flat));
    export_names(programme, "*", out);
    text_add(out, "NAME HEARTH\n");
    add_rows(&flat, out);
    add_columns(&flat, out);
    add_sides(&flat, out);
    add_bounds(&flat, out);
    text_add(out, "ENDATA\n");
    return text_buffer_failed(out) ? STATUS_NO_MEMORY : STATUS_OK;
}
