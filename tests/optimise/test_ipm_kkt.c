/* The staged factorisation against a dense one. The dense matrix is made column by column from products
   with the inner matrix, so that nothing of the tape, the pieces or the border's order is in it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "optimise/ipm_product.h"
#include "optimise/ipm_start.h"
#include "optimise/ipm_sweep.h"
#include "programmes.h"

/* a x = b by elimination with row pivots; b becomes x. */
static void solve_dense(double *a, double *b, int n) {
    for (int k = 0; k < n; k++) {
        int pivot = k;
        for (int i = k + 1; i < n; i++) {
            pivot = fabs(a[i * n + k]) > fabs(a[pivot * n + k]) ? i : pivot;
        }
        for (int j = 0; j < n; j++) {
            double swapped = a[k * n + j];
            a[k * n + j] = a[pivot * n + j];
            a[pivot * n + j] = swapped;
        }
        double swapped = b[k];
        b[k] = b[pivot];
        b[pivot] = swapped;
        for (int i = k + 1; i < n; i++) {
            double factor = a[i * n + k] / a[k * n + k];
            for (int j = k; factor != 0.0 && j < n; j++) {
                a[i * n + j] -= factor * a[k * n + j];
            }
            b[i] -= factor * b[k];
        }
    }
    for (int k = n - 1; k >= 0; k--) {
        for (int j = k + 1; j < n; j++) {
            b[k] -= a[k * n + j] * b[j];
        }
        b[k] /= a[k * n + k];
    }
}

static double *number_of(lanes *array, int i) { return (double *)&array[i / LANES] + i % LANES; }

static bool implicit_at(const struct ipm *ipm, int column) {
    for (int c = 0; c < ipm->chunks_count; c++) {
        const struct ipm_chunk *chunk = &ipm->chunks[c];
        long slot = column / LANES - chunk->column;
        if (slot >= 0 && slot < (long)chunk->stages * chunk->pattern->columns) {
            return chunk->block >= 0 && chunk->pattern->implicit[slot % chunk->pattern->columns];
        }
    }
    return false;
}

/* Solves once both ways, with h drawn over a few orders of magnitude; closed columns and open rows stay
   as they are. */
static void compare_as(const struct programme *programme, uint64_t seed, enum ipm_way way,
                       struct arena *arena) {
    struct ipm ipm;
    struct ipm_state state;
    struct random random;
    random_seed(&random, seed);
    assert_non_null(programme);
    assert_int_equal(ipm_begin(programme, arena, arena, NULL, way, &ipm, &state), STATUS_OK);
    assert_int_equal(ipm_first_point(&state),
                     STATUS_OK); /* lays out h with what is closed or open */
    ipm.delta = 1e-3;
    int columns = (int)ipm.columns * LANES, rows = (int)ipm.rows * LANES, n = columns + rows;
    double *matrix = ARENA_TAKE(arena, double, (long)n *n), *right = ARENA_TAKE(arena, double, n);
    assert_non_null(matrix);
    assert_non_null(right);
    for (int j = 0; j < columns; j++) {
        double *h = number_of(state.h, j);
        bool implicit = implicit_at(&ipm, j);
        double value = implicit ? 1.0 / *h : *h;
        value = value < 1e50 && value > 1e-50 ? exp(6.0 * random_uniform(&random) - 3.0) : value;
        *h = implicit ? 1.0 / value : value;
        matrix[j * n + j] = value;
        *number_of(state.rx, j) = value < 1e50 && value > 1e-50 ? random_normal(&random) : 0.0;
        right[j] = *number_of(state.rx, j);
        memset(state.step.x, 0, (size_t)ipm.columns * sizeof(lanes));
        memset(state.step.y, 0, (size_t)ipm.rows * sizeof(lanes));
        *number_of(state.step.x, j) = 1.0;
        assert_int_equal(
            ipm_multiply(&ipm, state.step.x, state.step.y, state.missed_p, state.missed_x),
            STATUS_OK);
        for (int i = 0; i < rows; i++) {
            matrix[(columns + i) * n + j] = *number_of(state.missed_p, i);
        }
    }
    memset(state.step.x, 0, (size_t)ipm.columns * sizeof(lanes));
    for (int i = 0; i < rows;
         i++) { /* A' from its own product: that A and A' agree is tested too */
        memset(state.step.y, 0, (size_t)ipm.rows * sizeof(lanes));
        *number_of(state.step.y, i) = 1.0;
        assert_int_equal(
            ipm_multiply(&ipm, state.step.x, state.step.y, state.missed_p, state.missed_x),
            STATUS_OK);
        for (int j = 0; j < columns; j++) {
            matrix[j * n + columns + i] = *number_of(state.missed_x, j);
            assert_true(matrix[j * n + columns + i] == matrix[(columns + i) * n + j]);
        }
        matrix[(columns + i) * n + columns + i] = -ipm.delta;
        *number_of(state.ax, i) = right[columns + i] = random_normal(&random);
    }
    assert_int_equal(ipm_factor(&ipm, state.h), STATUS_OK);
    assert_int_equal(ipm_solve_kkt(&ipm, state.h, state.rx, state.ax, state.dx, state.dy),
                     STATUS_OK);
    solve_dense(matrix, right, n);
    double largest = 0.0, worst = 0.0;
    for (int j = 0; j < columns; j++) {
        bool open = matrix[j * n + j] < 1e-50; /* an open slack takes what its row leaves */
        largest = open ? largest : fmax(largest, fabs(right[j]));
        worst = open ? worst : fmax(worst, fabs(right[j] - *number_of(state.dx, j)));
    }
    int last = (int)ipm.chunks[ipm.chunks_count - 1].row * LANES + ipm.border.rows;
    for (int i = 0; i < last; i++) { /* behind the border's last row there is nothing */
        double found = *number_of(state.dy, i), expected = right[columns + i];
        worst = fmax(worst, fabs(expected - found) / fmax(1.0, fabs(expected)));
    }
    if (!(worst <= 1e-8 * (1.0 + largest))) {
        print_error("way %d, seed %d: differs by %g, largest %g\n", (int)way, (int)seed, worst,
                    largest);
    }
    assert_true(worst <= 1e-8 * (1.0 + largest));
}

static void compare(const struct programme *programme, uint64_t seed, struct arena *arena) {
    compare_as(programme, seed, IPM_WAY_TAPE, arena);
    compare_as(programme, seed, IPM_WAY_PANELS, arena);
}

/* A solution with h over twenty orders of magnitude and no floor, where pivots come out with the wrong sign:
   nothing to be compared with but the other way. */
static void solve_wild(const struct programme *programme, uint64_t seed, enum ipm_way way,
                       struct ipm_state *ret_state, struct ipm *ret_ipm, struct arena *arena) {
    struct random random;
    random_seed(&random, seed);
    assert_int_equal(ipm_begin(programme, arena, arena, NULL, way, ret_ipm, ret_state), STATUS_OK);
    assert_int_equal(ipm_first_point(ret_state), STATUS_OK);
    ret_ipm->delta = 1e-30;
    ret_ipm->pivot_floor = 0.0;
    for (int j = 0; j < (int)ret_ipm->columns * LANES; j++) {
        double *h = number_of(ret_state->h, j);
        *h = *h < 1e50 && *h > 1e-50 ? exp(46.0 * random_uniform(&random) - 23.0) : *h;
        *number_of(ret_state->rx, j) = *h < 1e50 ? random_normal(&random) : 0.0;
    }
    for (int i = 0; i < (int)ret_ipm->rows * LANES; i++) {
        *number_of(ret_state->ax, i) = random_normal(&random);
    }
    assert_int_equal(ipm_factor(ret_ipm, ret_state->h), STATUS_OK);
    assert_int_equal(ipm_solve_kkt(ret_ipm, ret_state->h, ret_state->rx, ret_state->ax,
                                   ret_state->dx, ret_state->dy),
                     STATUS_OK);
}

static void panels_have_the_bits_of_the_tape(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 60; seed++) {
        struct arena *arena = arena_new(0);
        const struct programme *programme =
            seed % 2 ? programmes_random(arena, seed, 9, RANDOM_SOLVABLE).programme
                     : programmes_plant(arena, 5, 24, seed);
        struct ipm ipm[2];
        struct ipm_state at[2];
        solve_wild(programme, seed, IPM_WAY_TAPE, &at[0], &ipm[0], arena);
        solve_wild(programme, seed, IPM_WAY_PANELS, &at[1], &ipm[1], arena);
        assert_memory_equal(at[0].dx, at[1].dx, (size_t)ipm[0].columns * sizeof(lanes));
        assert_memory_equal(at[0].dy, at[1].dy, (size_t)ipm[0].rows * sizeof(lanes));
        arena_free(arena);
    }
}

static void staged_agrees_with_dense_on_random_programmes(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 40; seed++) {
        struct arena *arena = arena_new(0);
        compare(programmes_random(arena, seed, 1, RANDOM_SOLVABLE).programme, seed, arena);
        arena_free(arena);
    }
}

/* Months of two hours, so that pieces are cut inside lanes; a fixed begin; branching segments. */
static void staged_agrees_with_dense_on_plants(void **state) {
    (void)state;
    static const int shapes[][2] = {{1, 24}, {2, 7}, {1, 1}, {5, 3}};
    for (int i = 0; i < COUNT(shapes); i++) {
        struct arena *arena = arena_new(0);
        compare(programmes_plant(arena, shapes[i][0], shapes[i][1], 1), (uint64_t)i, arena);
        arena_free(arena);
    }
    struct arena *arena = arena_new(0);
    compare(programmes_two_blocks(arena), 9, arena);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(staged_agrees_with_dense_on_random_programmes),
        cmocka_unit_test(staged_agrees_with_dense_on_plants),
        cmocka_unit_test(panels_have_the_bits_of_the_tape),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
