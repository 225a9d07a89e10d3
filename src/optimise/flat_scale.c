/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/flat_scale.h"

#include <math.h>

enum { PASSES = 6 };

/* The power of two nearest to 1 / sqrt(least * most); 1 where there is nothing. */
static double balance(double least, double most) {
    return most > 0.0 ? exp2(-rint(0.5 * (log2(least) + log2(most)))) : 1.0;
}

static void scale_rows(const struct programme_flat *flat, struct flat_scale *scale, double *least,
                       double *most) {
    for (long i = 0; i < flat->rows; i++) {
        least[i] = HUGE_VAL;
        most[i] = 0.0;
    }
    for (long j = 0; j < flat->columns; j++) {
        for (long k = flat->start[j]; k < flat->start[j + 1]; k++) {
            double size = fabs(flat->value[k]) * scale->column[j];
            int row = flat->row[k];
            least[row] = fmin(least[row], size);
            most[row] = fmax(most[row], size);
        }
    }
    for (long i = 0; i < flat->rows; i++) {
        scale->row[i] = balance(least[i], most[i]);
    }
}

static void scale_columns(const struct programme_flat *flat, struct flat_scale *scale) {
    for (long j = 0; j < flat->columns; j++) {
        double least = HUGE_VAL, most = 0.0;
        for (long k = flat->start[j]; k < flat->start[j + 1]; k++) {
            double size = fabs(flat->value[k]) * scale->row[flat->row[k]];
            least = fmin(least, size);
            most = fmax(most, size);
        }
        scale->column[j] = balance(least, most);
    }
}

/* A geometric mean in the making, of what is finite and not zero. */
struct mean {
    double logarithms;
    long count;
};

static void mean_add(struct mean *mean, double value) {
    if (value != 0.0 && isfinite(value)) {
        mean->logarithms += log2(fabs(value));
        mean->count++;
    }
}

static double mean_power(const struct mean *mean) {
    return mean->count > 0 ? exp2(rint(mean->logarithms / (double)mean->count)) : 1.0;
}

static void find_size_and_cost(const struct programme_flat *flat, struct flat_scale *scale) {
    struct mean size = {0.0, 0}, cost = {0.0, 0};
    for (long j = 0; j < flat->columns; j++) {
        mean_add(&size, flat->lower[j] / scale->column[j]);
        mean_add(&size, flat->upper[j] / scale->column[j]);
        mean_add(&cost, flat->cost[j] * scale->column[j]);
    }
    for (long i = 0; i < flat->rows; i++) {
        mean_add(&size, flat->row_lower[i] * scale->row[i]);
        mean_add(&size, flat->row_upper[i] * scale->row[i]);
    }
    scale->size = mean_power(&size);
    scale->cost = 1.0 / mean_power(&cost);
}

enum status flat_scale_make(const struct programme_flat *flat, struct arena *arena,
                            struct programme_flat *ret_scaled, struct flat_scale *ret_scale) {
    struct flat_scale scale = {ARENA_TAKE(arena, double, flat->rows),
                               ARENA_TAKE(arena, double, flat->columns), 1.0, 1.0};
    double *least = ARENA_TAKE(arena, double, flat->rows),
           *most = ARENA_TAKE(arena, double, flat->rows);
    struct programme_flat scaled = *flat;
    scaled.cost = ARENA_TAKE(arena, double, flat->columns);
    scaled.lower = ARENA_TAKE(arena, double, flat->columns);
    scaled.upper = ARENA_TAKE(arena, double, flat->columns);
    scaled.row_lower = ARENA_TAKE(arena, double, flat->rows);
    scaled.row_upper = ARENA_TAKE(arena, double, flat->rows);
    scaled.value = ARENA_TAKE(arena, double, flat->nonzeros);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    for (long j = 0; j < flat->columns; j++) {
        scale.column[j] = 1.0;
    }
    for (int pass = 0; pass < PASSES; pass++) {
        scale_rows(flat, &scale, least, most);
        scale_columns(flat, &scale);
    }
    find_size_and_cost(flat, &scale);
    scaled.objective_constant = flat->objective_constant * scale.cost / scale.size;
    for (long j = 0; j < flat->columns; j++) {
        scaled.cost[j] = flat->cost[j] * scale.column[j] * scale.cost;
        scaled.lower[j] = flat->lower[j] / (scale.column[j] * scale.size);
        scaled.upper[j] = flat->upper[j] / (scale.column[j] * scale.size);
        for (long k = flat->start[j]; k < flat->start[j + 1]; k++) {
            scaled.value[k] = scale.row[flat->row[k]] * flat->value[k] * scale.column[j];
        }
    }
    for (long i = 0; i < flat->rows; i++) {
        scaled.row_lower[i] = flat->row_lower[i] * scale.row[i] / scale.size;
        scaled.row_upper[i] = flat->row_upper[i] * scale.row[i] / scale.size;
    }
    *ret_scaled = scaled;
    *ret_scale = scale;
    return STATUS_OK;
}

void flat_scale_columns(const struct programme_flat *flat, const struct flat_scale *scale,
                        double *x) {
    for (long j = 0; x && j < flat->columns; j++) {
        x[j] *= scale->column[j] * scale->size;
    }
}

void flat_scale_prices(const struct programme_flat *flat, const struct flat_scale *scale,
                       double *y) {
    for (long i = 0; y && i < flat->rows; i++) {
        y[i] *= scale->row[i] / scale->cost;
    }
}

void flat_scale_row_ray(const struct programme_flat *flat, const struct flat_scale *scale,
                        double *ray) {
    for (long i = 0; ray && i < flat->rows; i++) {
        ray[i] *= scale->row[i];
    }
}
