/* Rows closed again, step by step.

   In a step the free columns are its step columns and end levels that lie strictly between their
   bounds. With r what the rows still lack, the move is the least one, weighted by how far each
   column is from its bounds:
     d = W^2 A' l,   A W^2 A' l = r
   for the equalities and for those other rows that would be outside their sides. A column that
   would leave its bounds stops there, a row that would be crossed joins the equalities, and the
   step is done again. Levels are worth less than flows, so that a step closes by itself where it
   can; where it cannot, the next step sees the moved level at its begin. A year closes on itself,
   so a few laps are run until nothing moves.

   Capacities and peaks belong to many steps: where a step does not close and one of them lies between
   its bounds, the rows that it limits do not stop the step, and it is then moved as far as the steps
   ask for room. That costs, so it comes second; last the step takes its own values back. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "optimise/clean_point.h"

enum { LAPS = 4, REFINEMENTS = 3, ROOM_ROUNDS = 3 };
static const double closed_ratio = 1e-11; /* of a row's scale: it needs no more closing */
static const double well_closed = 0.01;   /* of what counts as closed: no more refinement */
static const double pivot_ratio = 1e-15;  /* rows that others imply */
static const double level_weight = 1e-3;  /* of a state against a flow */
static const double least_weight = 1e-6;  /* of the largest weight of the step */

/* One step being closed. Columns are local: step columns, then states; rows are the step's. */
struct step {
    struct clean_point *point;
    long first_row, steps; /* of the block's step rows */
    double per_steps;      /* 1 / steps */
    int t, rows, columns;
    long *column;   /* global place of each local column */
    double *kept;   /* their values at the begin of the closing */
    double *weight; /* 0: held */
    bool *active;   /* rows that must hit their target */
    double *target;
    double *matrix;           /* rows x columns, times weight, over row_size */
    double *row_size;         /* largest weighted entry of a row */
    long double *gram, *lack; /* rows x rows; rows */
    int *order, *entry;
    bool *row_reached, *column_reached; /* by what a row lacks, through free columns */
    bool soft;                          /* roomy rows do not stop the step */
};

void clean_move(struct clean_point *point, long column, double x) {
    const struct programme_flat *flat = point->flat;
    long double change = (long double)x - point->x[column];
    point->x[column] = x;
    if (change == 0.0L) {
        return;
    }
    for (long k = flat->start[column]; k < flat->start[column + 1]; k++) {
        point->activity[flat->row[k]] += flat->value[k] * change;
        point->touched[flat->row[k]] = true;
    }
}

double clean_miss(const struct programme_flat *flat, long row, long double value) {
    double lower = flat->row_lower[row], upper = flat->row_upper[row];
    return value < lower ? (double)(value - lower) : value > upper ? (double)(value - upper) : 0.0;
}

static long row_of(const struct step *step, int r) {
    return step->first_row + r * step->steps + step->t;
}

double clean_row_scale(const struct clean_point *point, long row, double miss) {
    double side = miss < 0.0 ? point->flat->row_lower[row] : point->flat->row_upper[row];
    return miss == 0.0 ? point->scale[row] : fmax(point->scale[row], fabs(side));
}

static double miss_of(const struct clean_point *point, long row) {
    double miss = clean_miss(point->flat, row, point->activity[row]);
    return fabs(miss) > closed_ratio * clean_row_scale(point, row, miss) ? miss : 0.0;
}

static bool misses(const struct step *step, int r) {
    long row = row_of(step, r);
    return !(step->soft && step->point->roomy[row]) && miss_of(step->point, row) != 0.0;
}

static bool needs_closing(const struct step *step) {
    for (int r = 0; r < step->rows; r++) {
        if (step->point->touched[row_of(step, r)] && misses(step, r)) {
            return true;
        }
    }
    return false;
}

/* ---- the least move ---- */

static void fill_weights(struct step *step, int states_from) {
    const struct programme_flat *flat = step->point->flat;
    double largest = 0.0;
    for (int c = 0; c < step->columns; c++) {
        long j = step->column[c];
        double x = step->point->x[j], below = x - flat->lower[j], above = flat->upper[j] - x;
        double room = fmin(fmin(below, above), fmax(1.0, fabs(x)));
        step->weight[c] = below > 0.0 && above > 0.0 ? room : 0.0;
        step->weight[c] *= c >= states_from ? level_weight : 1.0;
        largest = fmax(largest, step->weight[c]);
    }
    for (int c = 0; c < step->columns; c++) {
        if (step->weight[c] > 0.0) {
            step->weight[c] = fmax(step->weight[c], least_weight * largest);
        }
    }
}

/* Which row of this step it is; -1: none. (r steps + t + 1/2) / steps is nowhere near a whole number. */
static int local_row(const struct step *step, long row) {
    long at = row - step->first_row;
    if (at < 0 || at >= step->rows * step->steps) {
        return -1;
    }
    int r = (int)(((double)at + 0.5) * step->per_steps);
    return at == r * step->steps + step->t ? r : -1;
}

static void fill_matrix(struct step *step) {
    const struct programme_flat *flat = step->point->flat;
    memset(step->matrix, 0, (size_t)step->rows * (size_t)step->columns * sizeof *step->matrix);
    memset(step->row_size, 0, (size_t)step->rows * sizeof *step->row_size);
    for (int c = 0; c < step->columns; c++) {
        long j = step->column[c];
        for (long k = flat->start[j]; step->weight[c] > 0.0 && k < flat->start[j + 1]; k++) {
            int r = local_row(step, flat->row[k]);
            if (r < 0) {
                continue;
            }
            double entry = flat->value[k] * step->weight[c];
            step->matrix[r * step->columns + c] = entry;
            step->row_size[r] = fmax(step->row_size[r], fabs(entry));
        }
    }
    for (int r = 0; r < step->rows; r++) {
        for (int c = 0; step->row_size[r] > 0.0 && c < step->columns; c++) {
            step->matrix[r * step->columns + c] /= step->row_size[r];
        }
    }
}

/* How far an active row is from its target, over what counts as closed. */
static double lack_of(const struct step *step, int r) {
    long row = row_of(step, r);
    double lack = (double)(step->target[r] - step->point->activity[row]);
    double scale = clean_row_scale(step->point, row, 0.0);
    return fabs(lack) / (closed_ratio * fmax(scale, fabs(step->target[r])));
}

static int reach_rows(struct step *step, int column, int count) {
    for (int r = 0; r < step->rows; r++) {
        if (step->active[r] && !step->row_reached[r] &&
            step->matrix[r * step->columns + column] != 0.0) {
            step->row_reached[r] = true;
            step->order[count++] = r;
        }
    }
    return count;
}

/* The active rows that lack something and that a free column can move, those that share such a column with them, and
   so on. What is left lies apart and is closed. */
static int find_concerned(struct step *step) {
    int count = 0;
    memset(step->column_reached, 0, (size_t)step->columns * sizeof *step->column_reached);
    for (int r = 0; r < step->rows; r++) {
        step->row_reached[r] =
            step->active[r] && step->row_size[r] > 0.0 && lack_of(step, r) > well_closed;
        if (step->row_reached[r]) {
            step->order[count++] = r;
        }
    }
    for (int at = 0; at < count; at++) {
        const double *entries = step->matrix + step->order[at] * step->columns;
        for (int c = 0; c < step->columns; c++) {
            if (entries[c] != 0.0 && !step->column_reached[c]) {
                step->column_reached[c] = true;
                count = reach_rows(step, c, count);
            }
        }
    }
    return count;
}

/* The lower triangle of the products of the concerned rows, and what these lack. */
static void fill_gram(struct step *step, int count) {
    for (int a = 0; a < count; a++) {
        const double *row_a = step->matrix + step->order[a] * step->columns;
        int entries = 0;
        for (int c = 0; c < step->columns; c++) {
            step->entry[entries] = c;
            entries += row_a[c] != 0.0;
        }
        for (int b = 0; b <= a; b++) {
            const double *row_b = step->matrix + step->order[b] * step->columns;
            long double product = 0.0L;
            for (int e = 0; e < entries; e++) {
                double by = row_b[step->entry[e]];
                product += by != 0.0 ? (long double)row_a[step->entry[e]] * by : 0.0L;
            }
            step->gram[a * step->rows + b] = product;
        }
        int r = step->order[a];
        step->lack[a] = ((long double)step->target[r] - step->point->activity[row_of(step, r)]) /
                        step->row_size[r];
    }
}

static void swap(long double *a, long double *b) {
    long double kept = *a;
    *a = *b;
    *b = kept;
}

/* Rows and columns p < q trade places, in the lower triangle, in lack and in order. */
static void trade_places(struct step *step, int p, int q, int count) {
    long double *g = step->gram;
    int n = step->rows, at = step->order[p];
    for (int k = 0; k < p; k++) {
        swap(&g[p * n + k], &g[q * n + k]);
    }
    for (int k = p + 1; k < q; k++) {
        swap(&g[k * n + p], &g[q * n + k]);
    }
    for (int k = q + 1; k < count; k++) {
        swap(&g[k * n + p], &g[k * n + q]);
    }
    swap(&g[p * n + p], &g[q * n + q]);
    swap(&step->lack[p], &step->lack[q]);
    step->order[p] = step->order[q];
    step->order[q] = at;
}

/* Solves gram * l = lack in place, gram = L D L' with L D left below D; rows that others imply get l = 0. Pivots are
   the largest left on the diagonal. */
static void solve_gram(struct step *step, int count) {
    long double *g = step->gram, *l = step->lack, first = 0.0L;
    int n = step->rows, rank = 0;
    for (; rank < count; rank++) {
        int best = rank;
        for (int a = rank + 1; a < count; a++) {
            best = g[a * n + a] > g[best * n + best] ? a : best;
        }
        first = rank == 0 ? g[best * n + best] : first;
        if (!(g[best * n + best] > pivot_ratio * first)) {
            break;
        }
        if (best != rank) {
            trade_places(step, rank, best, count);
        }
        for (int a = rank + 1; a < count; a++) {
            if (g[a * n + rank] == 0.0L) {
                continue;
            }
            long double share = g[a * n + rank] / g[rank * n + rank];
            for (int b = rank + 1; b <= a; b++) {
                g[a * n + b] -= share * g[b * n + rank];
            }
            l[a] -= share * l[rank];
        }
    }
    for (int a = rank; a < count; a++) {
        l[a] = 0.0L;
    }
    for (int a = rank - 1; a >= 0; a--) {
        for (int b = a + 1; b < rank; b++) {
            l[a] -= g[b * n + a] * l[b];
        }
        l[a] /= g[a * n + a];
    }
}

static void move_least(struct step *step) {
    for (int round = 0; round < REFINEMENTS; round++) {
        int count = find_concerned(step);
        if (count == 0) {
            break;
        }
        fill_gram(step, count);
        solve_gram(step, count);
        for (int c = 0; c < step->columns; c++) {
            long double move = 0.0L;
            for (int a = 0; a < count && step->column_reached[c]; a++) {
                move += step->matrix[step->order[a] * step->columns + c] * step->lack[a];
            }
            if (step->weight[c] > 0.0 && move != 0.0L) {
                long j = step->column[c];
                clean_move(step->point, j, (double)(step->point->x[j] + step->weight[c] * move));
            }
        }
    }
}

/* ---- bounds and rows that the move crosses ---- */

static void take_back(struct step *step, const bool *stopped) {
    for (int c = 0; c < step->columns; c++) {
        if (!stopped[c]) {
            clean_move(step->point, step->column[c], step->kept[c]);
        }
    }
}

/* Columns outside their bounds stop there; true when one did. */
static bool stop_columns(struct step *step, bool *stopped) {
    const struct programme_flat *flat = step->point->flat;
    bool any = false;
    for (int c = 0; c < step->columns; c++) {
        long j = step->column[c];
        double x = step->point->x[j];
        double inside = fmin(fmax(x, flat->lower[j]), flat->upper[j]);
        if (step->weight[c] > 0.0 && inside != x) {
            clean_move(step->point, j, inside);
            step->weight[c] = 0.0;
            stopped[c] = any = true;
        }
    }
    return any;
}

/* Rows outside their sides join those that must be met; true when one did. */
static bool add_rows(struct step *step) {
    bool any = false;
    for (int r = 0; r < step->rows; r++) {
        if (!step->active[r] && misses(step, r)) {
            long row = row_of(step, r);
            step->target[r] = miss_of(step->point, row) < 0.0 ? step->point->flat->row_lower[row]
                                                              : step->point->flat->row_upper[row];
            step->active[r] = any = true;
        }
    }
    return any;
}

static bool is_closed(const struct step *step) {
    for (int r = 0; r < step->rows; r++) {
        if (misses(step, r)) {
            return false;
        }
    }
    return true;
}

/* True when every row of the step closes. */
static bool close_step(struct step *step, int states_from, bool *stopped) {
    const struct programme_flat *flat = step->point->flat;
    memset(stopped, 0, (size_t)step->columns * sizeof *stopped);
    for (int c = 0; c < step->columns; c++) {
        step->kept[c] = step->point->x[step->column[c]];
    }
    for (int r = 0; r < step->rows; r++) {
        long row = row_of(step, r);
        step->active[r] = flat->row_lower[row] == flat->row_upper[row];
        step->target[r] = flat->row_lower[row];
    }
    fill_weights(step, states_from);
    (void)add_rows(step);
    for (int round = 0; round <= step->rows + step->columns; round++) {
        fill_matrix(step);
        move_least(step);
        bool again = stop_columns(step, stopped);
        again = (!again && add_rows(step)) || again;
        if (!again) {
            break;
        }
        take_back(step, stopped);
    }
    return is_closed(step);
}

static void restore(struct step *step) {
    for (int c = 0; c < step->columns; c++) {
        clean_move(step->point, step->column[c], step->kept[c]);
    }
}

/* What was snapped in this step comes back, as far as it was within its bounds. */
static void unsnap(struct step *step) {
    const struct programme_flat *flat = step->point->flat;
    for (int c = 0; c < step->columns; c++) {
        long j = step->column[c];
        double before = step->point->before[j];
        clean_move(step->point, j, fmin(fmax(before, flat->lower[j]), flat->upper[j]));
    }
}

/* With all rows; where that does not do, without those that a capacity or peak can make room for; and
   last with the step's own values back. */
static void settle_step(struct step *step, int states_from, bool *stopped) {
    step->soft = false;
    if (close_step(step, states_from, stopped)) {
        return;
    }
    step->soft = true;
    restore(step);
    if (close_step(step, states_from, stopped)) {
        return;
    }
    unsnap(step);
    (void)close_step(step, states_from, stopped);
}

static void lay_out(struct carve *carve, struct step *step, bool **ret_stopped) {
    long rows = step->rows, columns = step->columns;
    step->column = CARVE(carve, long, columns);
    step->kept = CARVE(carve, double, columns);
    step->weight = CARVE(carve, double, columns);
    step->active = CARVE(carve, bool, rows);
    step->target = CARVE(carve, double, rows);
    step->matrix = CARVE(carve, double, rows *columns);
    step->row_size = CARVE(carve, double, rows);
    step->gram = CARVE(carve, long double, rows *rows);
    step->lack = CARVE(carve, long double, rows);
    step->order = CARVE(carve, int, rows);
    step->entry = CARVE(carve, int, columns + 1);
    step->row_reached = CARVE(carve, bool, rows);
    step->column_reached = CARVE(carve, bool, columns);
    *ret_stopped = CARVE(carve, bool, columns);
}

static enum status close_block(struct clean_point *point, int b, struct arena *scratch,
                               long *count) {
    const struct programme_block *block = &point->programme->blocks[b];
    struct step step = {.point = point,
                        .steps = programme_steps(block),
                        .per_steps = 1.0 / (double)programme_steps(block),
                        .rows = block->rows_count,
                        .columns = block->columns_count + block->states_count};
    struct carve carve = {NULL, 0};
    bool *stopped = NULL;
    if (step.rows == 0) {
        return STATUS_OK;
    }
    lay_out(&carve, &step, &stopped);
    carve.base = arena_take(scratch, (long)carve.used, 1);
    carve.used = 0;
    TRY(carve.base ? STATUS_OK : STATUS_NO_MEMORY);
    lay_out(&carve, &step, &stopped);
    step.first_row = programme_at_row(point->programme, b, 0, 0);
    bool moved = true;
    for (int lap = 0; lap < LAPS && moved; lap++) {
        moved = false;
        for (step.t = 0; step.t < step.steps; step.t++) {
            if (!needs_closing(&step)) {
                continue;
            }
            for (int c = 0; c < block->columns_count; c++) {
                step.column[c] = programme_at_column(point->programme, b, c, step.t);
            }
            for (int s = 0; s < block->states_count; s++) {
                step.column[block->columns_count + s] =
                    programme_at_state(point->programme, b, s, step.t);
            }
            settle_step(&step, block->columns_count, stopped);
            moved = true;
            ++*count;
        }
    }
    return STATUS_OK;
}

/* ---- room ---- */

static bool is_between(const struct clean_point *point, long column) {
    double x = point->x[column];
    return x > point->flat->lower[column] && x < point->flat->upper[column];
}

/* Its inequalities are the column's to hold, not the steps'. */
static void mark_roomy(struct clean_point *point, long column) {
    const struct programme_flat *flat = point->flat;
    for (long k = flat->start[column]; k < flat->start[column + 1]; k++) {
        long row = flat->row[k];
        point->roomy[row] = flat->row_lower[row] != flat->row_upper[row];
    }
}

/* How far the column's inequalities ask it to go up and down. */
static void ask_for_room(const struct clean_point *point, long column, double *ret_up,
                         double *ret_down) {
    const struct programme_flat *flat = point->flat;
    double up = 0.0, down = 0.0;
    for (long k = flat->start[column]; k < flat->start[column + 1]; k++) {
        long row = flat->row[k];
        double asked =
            point->roomy[row] && point->touched[row] ? -miss_of(point, row) / flat->value[k] : 0.0;
        up = fmax(up, asked);
        down = fmax(down, -asked);
    }
    *ret_up = up;
    *ret_down = down;
}

/* Moves the column so far, if all that ask do so in one way; true when it moved. */
static bool make_room(struct clean_point *point, long column, double up, double down) {
    const struct programme_flat *flat = point->flat;
    if (!is_between(point, column) || (up == 0.0) == (down == 0.0)) {
        return false;
    }
    double x = point->x[column] + (up > 0.0 ? up : -down);
    clean_move(point, column, fmin(fmax(x, flat->lower[column]), flat->upper[column]));
    return true;
}

/* By the rows of all blocks: after each that moves, the next are asked again. */
static enum status make_room_by_designs(struct clean_point *point, bool *any) {
    int designs = point->programme->designs_count;
    for (int d = 0; d < designs;) {
        int some = designs - d < point->window ? designs - d : point->window;
        double *up = point->asks, *down = point->asks + some;
        for (int i = 0; i < some; i++) {
            up[i] = down[i] = 0.0;
            if (is_between(point, d + i)) {
                ask_for_room(point, d + i, &up[i], &down[i]);
            }
        }
        TRY(share_largest(point->programme->share, point->asks, 2L * some));
        bool moved = false;
        for (int i = 0; i < some && !moved; i++, d++) {
            moved = make_room(point, d, up[i], down[i]);
        }
        *any = *any || moved;
    }
    return STATUS_OK;
}

enum status clean_follow(struct clean_point *point, int block) {
    const struct programme *programme = point->programme;
    struct programme_span periods = programme_periods_of(programme, block);
    long count = periods.until - periods.from;
    if (!programme->share || count == 0) {
        return STATUS_OK;
    }
    memcpy(point->followed, point->x + periods.from, (size_t)count * sizeof *point->x);
    TRY(share_tell(programme->share, block, point->followed, (size_t)count * sizeof *point->x));
    for (long i = 0; i < count; i++) {
        clean_move(point, periods.from + i, point->followed[i]);
    }
    return STATUS_OK;
}

static enum status make_room_by_periods(struct clean_point *point, bool *any) {
    const struct programme *programme = point->programme;
    for (int b = 0; b < programme->blocks_count; b++) {
        struct programme_span periods = programme_periods_of(programme, b);
        for (long j = periods.from; share_has(programme->share, b) && j < periods.until; j++) {
            double up = 0.0, down = 0.0;
            if (is_between(point, j)) {
                ask_for_room(point, j, &up, &down);
            }
            *any = make_room(point, j, up, down) || *any;
        }
        TRY(clean_follow(point, b));
    }
    return share_any(programme->share, any);
}

enum status clean_close(struct clean_point *point, struct arena *scratch, long *ret_count) {
    const struct programme_shared *shared = &point->shared;
    long count = 0;
    bool any = true;
    memset(point->roomy, 0, (size_t)point->flat->rows * sizeof *point->roomy);
    for (long i = 0; i < shared->count; i++) {
        if (is_between(point, shared->column[i])) {
            mark_roomy(point, shared->column[i]);
        }
    }
    for (int round = 0; round < ROOM_ROUNDS && any; round++) {
        any = false;
        for (int b = 0; b < point->programme->blocks_count; b++) {
            if (share_has(point->programme->share, b)) {
                TRY(close_block(point, b, scratch, &count));
            }
        }
        TRY(make_room_by_designs(point, &any));
        TRY(make_room_by_periods(point, &any));
    }
    *ret_count = count;
    return STATUS_OK;
}
