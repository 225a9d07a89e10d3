/* Every column becomes x = offset + sum of non-negative parts, every finite side of a row and every
   second bound an equation with its own slack, every equation gets an artificial column. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "dense_simplex.h"

#include <math.h>

enum { PIVOTS_LIMIT = 20000 };
static const long double tiny = 1e-11L;

struct tableau {
    int rows, columns; /* columns without the right-hand side */
    long double *cell; /* (rows + 1) x (columns + 1); the last row holds reduced costs, the last
                          column values */
    int *basis;
};

static long double *at(struct tableau *tableau, int row, int column) {
    return &tableau->cell[(long)row * (tableau->columns + 1) + column];
}

static void pivot(struct tableau *tableau, int row, int column) {
    long double by = *at(tableau, row, column);
    for (int j = 0; j <= tableau->columns; j++) {
        *at(tableau, row, j) /= by;
    }
    for (int i = 0; i <= tableau->rows; i++) {
        long double factor = *at(tableau, i, column);
        if (i == row || factor == 0.0L) {
            continue;
        }
        for (int j = 0; j <= tableau->columns; j++) {
            *at(tableau, i, j) -= factor * *at(tableau, row, j);
        }
    }
    tableau->basis[row] = column;
}

/* Bland: the first column that helps, the first row that stops it. Columns from `until` on stay
   out. */
static enum outcome_kind iterate(struct tableau *tableau, int until) {
    for (int pivots = 0; pivots < PIVOTS_LIMIT; pivots++) {
        int enter = -1, leave = -1;
        for (int j = 0; j < until && enter < 0; j++) {
            enter = *at(tableau, tableau->rows, j) < -tiny ? j : -1;
        }
        if (enter < 0) {
            return OUTCOME_OPTIMAL;
        }
        long double best = 0.0L;
        for (int i = 0; i < tableau->rows; i++) {
            long double slope = *at(tableau, i, enter);
            if (slope <= tiny) {
                continue;
            }
            long double ratio = *at(tableau, i, tableau->columns) / slope;
            bool first =
                leave >= 0 && ratio <= best + tiny && tableau->basis[i] < tableau->basis[leave];
            if (leave < 0 || ratio < best - tiny || first) {
                best = ratio;
                leave = i;
            }
        }
        if (leave < 0) {
            return OUTCOME_UNBOUNDED;
        }
        pivot(tableau, leave, enter);
    }
    return OUTCOME_LIMIT;
}

/* How a column of the programme stands in the tableau: x = offset + sign * first (- second where it
   is free). */
struct part {
    double offset, sign;
    int first, second;
};

static int add_part(const struct programme_flat *flat, long j, int next, struct part *ret) {
    double lower = flat->lower[j], upper = flat->upper[j];
    *ret = (struct part){0.0, 1.0, next, -1};
    if (isfinite(lower)) {
        ret->offset = lower;
    } else if (isfinite(upper)) {
        ret->offset = upper;
        ret->sign = -1.0;
    } else {
        ret->second = next + 1;
        return 2;
    }
    return 1;
}

static bool boxed(const struct programme_flat *flat, long j) {
    return isfinite(flat->lower[j]) && isfinite(flat->upper[j]);
}

static int equations_of(double lower, double upper) {
    return lower == upper ? 1 : (isfinite(lower) ? 1 : 0) + (isfinite(upper) ? 1 : 0);
}

/* Adds row `row` of the programme as equation `equation`; slack +1, -1 or 0. */
static void write_equation(struct tableau *tableau, const struct programme_flat *flat,
                           const struct part *parts, int row, int equation, double side, int slack,
                           int *next_slack) {
    long double right = side;
    for (long j = 0; j < flat->columns; j++) {
        for (long k = flat->start[j]; k < flat->start[j + 1]; k++) {
            if (flat->row[k] != row) {
                continue;
            }
            *at(tableau, equation, parts[j].first) += (long double)flat->value[k] * parts[j].sign;
            if (parts[j].second >= 0) {
                *at(tableau, equation, parts[j].second) -= flat->value[k];
            }
            right -= (long double)flat->value[k] * parts[j].offset;
        }
    }
    if (slack) {
        *at(tableau, equation, (*next_slack)++) = slack;
    }
    *at(tableau, equation, tableau->columns) = right;
}

static void write_equations(struct tableau *tableau, const struct programme_flat *flat,
                            const struct part *parts, int next_slack) {
    int equation = 0;
    for (int i = 0; i < flat->rows; i++) {
        double lower = flat->row_lower[i], upper = flat->row_upper[i];
        if (lower == upper) {
            write_equation(tableau, flat, parts, i, equation++, lower, 0, &next_slack);
            continue;
        }
        if (isfinite(lower)) {
            write_equation(tableau, flat, parts, i, equation++, lower, -1, &next_slack);
        }
        if (isfinite(upper)) {
            write_equation(tableau, flat, parts, i, equation++, upper, 1, &next_slack);
        }
    }
    for (long j = 0; j < flat->columns; j++) {
        if (boxed(flat, j)) {
            *at(tableau, equation, parts[j].first) = 1.0L;
            *at(tableau, equation, next_slack++) = 1.0L;
            *at(tableau, equation++, tableau->columns) =
                (long double)flat->upper[j] - flat->lower[j];
        }
    }
}

/* Values not negative, artificial columns as the first basis, their sum as the cost. */
static void begin_phase_one(struct tableau *tableau, int artificial) {
    for (int i = 0; i < tableau->rows; i++) {
        bool negative = *at(tableau, i, tableau->columns) < 0.0L;
        for (int j = 0; negative && j <= tableau->columns; j++) {
            *at(tableau, i, j) = -*at(tableau, i, j);
        }
        for (int j = 0; j <= tableau->columns; j++) {
            *at(tableau, tableau->rows, j) -= *at(tableau, i, j);
        }
        *at(tableau, i, artificial + i) = 1.0L;
        tableau->basis[i] = artificial + i;
    }
}

static void begin_phase_two(struct tableau *tableau, const struct programme_flat *flat,
                            const struct part *parts, int artificial) {
    for (int i = 0; i < tableau->rows; i++) { /* artificial columns leave where they can */
        for (int j = 0; tableau->basis[i] >= artificial && j < artificial; j++) {
            if (fabsl(*at(tableau, i, j)) > 1e-9L) {
                pivot(tableau, i, j);
            }
        }
    }
    for (int j = 0; j <= tableau->columns; j++) {
        *at(tableau, tableau->rows, j) = 0.0L;
    }
    for (long j = 0; j < flat->columns; j++) {
        *at(tableau, tableau->rows, parts[j].first) += (long double)flat->cost[j] * parts[j].sign;
        if (parts[j].second >= 0) {
            *at(tableau, tableau->rows, parts[j].second) -= flat->cost[j];
        }
        *at(tableau, tableau->rows, tableau->columns) -=
            (long double)flat->cost[j] * parts[j].offset;
    }
    for (int i = 0; i < tableau->rows; i++) {
        long double cost = *at(tableau, tableau->rows, tableau->basis[i]);
        for (int j = 0; cost != 0.0L && j <= tableau->columns; j++) {
            *at(tableau, tableau->rows, j) -= cost * *at(tableau, i, j);
        }
    }
}

enum outcome_kind dense_simplex(const struct programme_flat *flat, struct arena *arena,
                                double *ret_objective) {
    struct part *parts = ARENA_TAKE(arena, struct part, flat->columns);
    int equations = 0, slacks = 0, structural = 0;
    for (long j = 0; j < flat->columns; j++) {
        structural += add_part(flat, j, structural, &parts[j]);
        equations += boxed(flat, j);
        slacks += boxed(flat, j);
    }
    for (long i = 0; i < flat->rows; i++) {
        int more = equations_of(flat->row_lower[i], flat->row_upper[i]);
        equations += more;
        slacks += flat->row_lower[i] == flat->row_upper[i] ? 0 : more;
    }
    int artificial = structural + slacks;
    struct tableau tableau = {equations, artificial + equations, NULL,
                              ARENA_TAKE(arena, int, equations)};
    tableau.cell = ARENA_TAKE(arena, long double, (long)(equations + 1) * (tableau.columns + 1));
    write_equations(&tableau, flat, parts, structural);
    begin_phase_one(&tableau, artificial);
    enum outcome_kind kind = iterate(&tableau, artificial);
    if (kind == OUTCOME_OPTIMAL && *at(&tableau, equations, tableau.columns) < -1e-8L) {
        return OUTCOME_INFEASIBLE;
    }
    if (kind != OUTCOME_OPTIMAL) {
        return kind;
    }
    begin_phase_two(&tableau, flat, parts, artificial);
    kind = iterate(&tableau, artificial);
    *ret_objective = flat->objective_constant - (double)*at(&tableau, equations, tableau.columns);
    return kind;
}
