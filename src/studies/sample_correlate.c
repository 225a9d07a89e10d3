/* Ranks that go together: Iman and Conover, Commun. Stat. Simul. Comput. 11 (1982) 311, doi:10.1080/03610918208812265. Each axis'
   ranks become normal scores a = z((rank + 1) / (n + 1)); with E the correlation of the scores as drawn, E = Q Q', and C the
   wanted one, C = P P', the scores P Q^-1 a correlate as C; each axis is then put into their order. Scores of correlation c
   have ranks of correlation 6/pi asin(c / 2) (Kruskal, J. Am. Stat. Assoc. 53 (1958) 814, doi:10.1080/01621459.1958.10501481),
   so that C takes c = 2 sin(pi/6 wanted). */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "studies/sample.h"

static const double pi_value = 3.14159265358979323846;
static const double least_pivot_ratio = 1e-9;

struct ranked {
    double value;
    long row;
};

static int by_value(const void *a, const void *b) {
    const struct ranked *one = a, *two = b;
    return one->value < two->value   ? -1
           : one->value > two->value ? 1
           : one->row < two->row     ? -1
                                     : one->row > two->row;
}

/* The rows in the order of one column. */
static void sort_column(long count, int axes, const double *table, int column, struct ranked *ret) {
    for (long n = 0; n < count; n++) {
        ret[n] = (struct ranked){table[n * axes + column], n};
    }
    qsort(ret, (size_t)count, sizeof *ret, by_value);
}

/* The lower factor, in place; false: not positive definite. */
static bool factor(int axes, double *matrix_ratio) {
    for (int i = 0; i < axes; i++) {
        for (int j = 0; j <= i; j++) {
            double rest = matrix_ratio[i * axes + j];
            for (int k = 0; k < j; k++) {
                rest -= matrix_ratio[i * axes + k] * matrix_ratio[j * axes + k];
            }
            if (i == j && rest <= least_pivot_ratio) {
                return false;
            }
            matrix_ratio[i * axes + j] = i == j ? sqrt(rest) : rest / matrix_ratio[j * axes + j];
        }
    }
    return true;
}

/* Correlation of columns that all hold the same values, of mean 0. */
static void correlate(long count, int axes, const double *score_value, double *ret_ratio) {
    for (int i = 0; i < axes; i++) {
        for (int j = 0; j <= i; j++) {
            double product = 0.0, square = 0.0;
            for (long n = 0; n < count; n++) {
                product += score_value[n * axes + i] * score_value[n * axes + j];
                square += score_value[n * axes + i] * score_value[n * axes + i];
            }
            ret_ratio[i * axes + j] = product / square;
        }
    }
}

/* Each row s becomes P Q^-1 s. */
static void mix(long count, int axes, const double *p_ratio, const double *q_ratio,
                double *score_value, double *scratch) {
    for (long n = 0; n < count; n++) {
        double *s = &score_value[n * axes];
        for (int i = 0; i < axes; i++) {
            scratch[i] = s[i];
            for (int k = 0; k < i; k++) {
                scratch[i] -= q_ratio[i * axes + k] * scratch[k];
            }
            scratch[i] /= q_ratio[i * axes + i];
        }
        for (int i = 0; i < axes; i++) {
            s[i] = 0.0;
            for (int k = 0; k <= i; k++) {
                s[i] += p_ratio[i * axes + k] * scratch[k];
            }
        }
    }
}

static void fill_scores(long count, int axes, const double *frac, const double *normal_value,
                        struct ranked *order, double *score_value) {
    for (int a = 0; a < axes; a++) {
        sort_column(count, axes, frac, a, order);
        for (long n = 0; n < count; n++) {
            score_value[order[n].row * axes + a] = normal_value[n];
        }
    }
}

/* Each axis' values in the order of its scores. */
static void arrange(long count, int axes, const double *score_value, struct ranked *order,
                    double *sorted_frac, double *frac) {
    for (int a = 0; a < axes; a++) {
        sort_column(count, axes, frac, a, order);
        for (long n = 0; n < count; n++) {
            sorted_frac[n] = order[n].value;
        }
        sort_column(count, axes, score_value, a, order);
        for (long n = 0; n < count; n++) {
            frac[order[n].row * axes + a] = sorted_frac[n];
        }
    }
}

enum status rank_correlate(long count, int axes, const double *wanted_ratio, double *frac,
                           bool *ret_possible) {
    static const double standard[] = {0.0, 1.0};
    struct arena *arena = arena_new(0);
    long square = (long)axes * axes;
    double *p_ratio = arena ? ARENA_TAKE(arena, double, square) : NULL;
    double *q_ratio = arena ? ARENA_TAKE(arena, double, square) : NULL;
    double *normal_value = arena ? ARENA_TAKE(arena, double, count) : NULL;
    double *score_value = arena ? ARENA_TAKE(arena, double, count *axes) : NULL;
    double *scratch = arena ? ARENA_TAKE(arena, double, count + axes) : NULL;
    struct ranked *order = arena ? ARENA_TAKE(arena, struct ranked, count) : NULL;
    enum status status = p_ratio && q_ratio && normal_value && score_value && scratch && order
                             ? STATUS_OK
                             : STATUS_NO_MEMORY;
    *ret_possible = false;
    if (status == STATUS_OK && count > axes) {
        for (long k = 0; k < square; k++) {
            p_ratio[k] = k % (axes + 1) == 0 ? 1.0 : 2.0 * sin(pi_value / 6.0 * wanted_ratio[k]);
        }
        for (long n = 0; n < count; n++) {
            normal_value[n] =
                spread_value(SPREAD_NORMAL, standard, (double)(n + 1) / (double)(count + 1));
        }
        fill_scores(count, axes, frac, normal_value, order, score_value);
        correlate(count, axes, score_value, q_ratio);
        *ret_possible = factor(axes, p_ratio) && factor(axes, q_ratio);
    }
    if (*ret_possible) {
        mix(count, axes, p_ratio, q_ratio, score_value, scratch);
        arrange(count, axes, score_value, order, scratch, frac);
    }
    arena_free(arena);
    return status;
}

enum status rank_correlation_ratio(long count, int axes, const double *frac, int one, int other,
                                   double *ret_ratio) {
    struct arena *arena = arena_new(0);
    double *rank = arena ? ARENA_TAKE(arena, double, count) : NULL;
    struct ranked *order = arena ? ARENA_TAKE(arena, struct ranked, count) : NULL;
    if (rank && order) {
        double middle = 0.5 * (double)(count - 1), product = 0.0, square = 0.0;
        sort_column(count, axes, frac, one, order);
        for (long n = 0; n < count; n++) {
            rank[order[n].row] = (double)n - middle;
        }
        sort_column(count, axes, frac, other, order);
        for (long n = 0; n < count; n++) {
            product += rank[order[n].row] * ((double)n - middle);
            square += ((double)n - middle) * ((double)n - middle);
        }
        *ret_ratio = product / square;
    }
    arena_free(arena);
    return rank && order ? STATUS_OK : STATUS_NO_MEMORY;
}
