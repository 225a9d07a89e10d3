/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/clean.h"

#include <math.h>
#include <string.h>

#include "base/series.h"
#include "optimise/clean_point.h"

static const double reaches[] = {1e-6, 1e-7, 1e-8, 1e-9, 1e-12};
static const double row_ratio = 1e-9;       /* of a row's scale: it may miss by */
static const double objective_ratio = 1e-8; /* over 1 + |objective|: it may move by */
static const double same_ratio = 1e-12;     /* two entries that cancel */
static const double trim_ratio = 1e-11;     /* of a column: less is rounding */
static const double dust_ratio = 1e-9;      /* a row's terms, of what they could be */

enum { WINDOW = 32 }; /* designs that several holders look at together */

/* Columns or rows that differ by step alone. */
struct family {
    long from, count;
};

struct families {
    int count;
    struct family *family;
};

struct cleaning {
    const struct programme *programme;
    const struct programme_flat *flat;
    struct families columns, rows;
    double *size;  /* by column family: largest |x| */
    double *could; /* by column family: what its rows could make of it */
    long *told_at; /* by column family: where told of shared columns begins, -1: not shared */
    double *told;  /* by shared column: what its rows could make of it, here and elsewhere */
    double cost;   /* of x as it came, without the constant */
    struct clean_point point;
    struct clean_report report;
    bool (*is_stopped)(void *data); /* or NULL */
    void *data;
};

static enum status go_on(const struct cleaning *cleaning) {
    return cleaning->is_stopped && cleaning->is_stopped(cleaning->data) ? STATUS_CANCELLED
                                                                        : STATUS_OK;
}

static void add_family(struct families *families, long *at, long count) {
    families->family[families->count++] = (struct family){*at, count};
    *at += count;
}

static enum status list_families(const struct programme *programme, struct arena *scratch,
                                 struct families *columns, struct families *rows) {
    long most_columns = programme->designs_count, most_rows = programme->border_rows_count;
    long column = 0, row = 0;
    for (int b = 0; b < programme->blocks_count; b++) {
        const struct programme_block *block = &programme->blocks[b];
        most_columns += (long)block->columns_count + block->states_count + block->periods_count;
        most_rows += (long)block->rows_count + block->sums_count;
    }
    columns->family = ARENA_TAKE(scratch, struct family, most_columns);
    rows->family = ARENA_TAKE(scratch, struct family, most_rows);
    if (arena_failed(scratch)) {
        return STATUS_NO_MEMORY;
    }
    for (int d = 0; d < programme->designs_count; d++) {
        add_family(columns, &column, 1);
    }
    for (int r = 0; r < programme->border_rows_count; r++) {
        add_family(rows, &row, 1);
    }
    for (int b = 0; b < programme->blocks_count; b++) {
        const struct programme_block *block = &programme->blocks[b];
        for (int c = 0; c < block->columns_count + block->states_count; c++) {
            add_family(columns, &column, programme_steps(block));
        }
        for (int f = 0; f < block->periods_count; f++) {
            add_family(columns, &column, block->maps[block->periods[f].map].periods);
        }
        for (int r = 0; r < block->rows_count; r++) {
            add_family(rows, &row, programme_steps(block));
        }
        for (int f = 0; f < block->sums_count; f++) {
            add_family(rows, &row, block->maps[block->sums[f].map].periods);
        }
    }
    return STATUS_OK;
}

static void add_costs(const struct programme_flat *flat, const double *x,
                      struct programme_span columns, struct sum *cost) {
    for (long j = columns.from; j < columns.until; j++) {
        sum_add(cost, flat->cost[j] * x[j]);
    }
}

static enum status cost_of(const struct cleaning *cleaning, const double *x, double *ret) {
    const struct programme *programme = cleaning->programme;
    struct sum cost = {0, 0};
    add_costs(cleaning->flat, x, (struct programme_span){0, programme->designs_count}, &cost);
    for (int b = 0; b < programme->blocks_count; b++) {
        if (share_has(programme->share, b)) {
            add_costs(cleaning->flat, x, programme_columns_of(programme, b), &cost);
        }
        TRY(share_hand_on(programme->share, b, &cost, sizeof cost));
    }
    *ret = sum_value(&cost);
    return STATUS_OK;
}

static bool is_equality(const struct programme_flat *flat, long row) {
    return flat->row_lower[row] == flat->row_upper[row];
}

/* ---- scales ---- */

static void share_in_family(const struct families *families, double *value) {
    for (int f = 0; f < families->count; f++) {
        const struct family *family = &families->family[f];
        double largest = 0.0;
        for (long i = family->from; i < family->from + family->count; i++) {
            largest = fmax(largest, value[i]);
        }
        for (long i = family->from; i < family->from + family->count; i++) {
            value[i] = largest;
        }
    }
}

/* Row values at x, and the largest term of each family of rows. */
static void fill_rows(struct cleaning *cleaning) {
    struct clean_point *point = &cleaning->point;
    const struct programme_flat *flat = cleaning->flat;
    for (long i = 0; i < flat->rows; i++) {
        point->scale[i] = is_equality(flat, i) ? fabs(flat->row_lower[i]) : 0.0;
    }
    for (long j = 0; j < flat->columns; j++) {
        for (long k = flat->start[j]; k < flat->start[j + 1]; k++) {
            double *scale = &point->scale[flat->row[k]];
            *scale = fmax(*scale, fabs(flat->value[k] * point->before[j]));
        }
    }
    share_in_family(&cleaning->rows, point->scale);
}

static void fill_activity(struct clean_point *point) {
    const struct programme_flat *flat = point->flat;
    for (long i = 0; i < flat->rows; i++) {
        point->activity[i] = 0.0L;
        point->touched[i] = false;
    }
    for (long j = 0; j < flat->columns; j++) {
        for (long k = flat->start[j]; k < flat->start[j + 1]; k++) {
            point->activity[flat->row[k]] += (long double)flat->value[k] * point->x[j];
        }
    }
}

/* How large the rows could make a column if it filled them alone: with equalities the most that one
   of them could, else the least of all its rows (a capacity is no larger than what it limits), infinite where
   none says. */
static double could_be(const struct cleaning *cleaning, long column, bool by_equality,
                       const double *room) {
    const struct programme_flat *flat = cleaning->flat;
    double most = 0.0, least = HUGE_VAL;
    for (long k = flat->start[column]; k < flat->start[column + 1]; k++) {
        long row = flat->row[k];
        double size = room[row] / fabs(flat->value[k]);
        if (is_equality(flat, row)) {
            most = fmax(most, size);
        }
        least = size > 0.0 ? fmin(least, size) : least;
    }
    return by_equality ? most : least;
}

/* Of shared columns: by all their rows, whoever has them. */
static enum status ask_shared(struct cleaning *cleaning, bool by_equality, const double *room) {
    const struct share *share = cleaning->programme->share;
    const struct programme_shared *shared = &cleaning->point.shared;
    for (long i = 0; i < shared->count; i++) {
        cleaning->told[i] = could_be(cleaning, shared->column[i], by_equality, room);
    }
    return by_equality ? share_largest(share, cleaning->told, shared->count)
                       : share_least(share, cleaning->told, shared->count);
}

/* 0: no row says. */
static double family_could(const struct cleaning *cleaning, int f, bool by_equality,
                           const double *room) {
    const struct family *family = &cleaning->columns.family[f];
    double largest = 0.0;
    for (long i = 0; i < family->count; i++) {
        double size = cleaning->told_at[f] >= 0
                          ? cleaning->told[cleaning->told_at[f] + i]
                          : could_be(cleaning, family->from + i, by_equality, room);
        largest = by_equality || isfinite(size) ? fmax(largest, size) : largest;
    }
    return largest;
}

/* Shared columns stand in the order of their families. */
static void place_told(struct cleaning *cleaning) {
    const struct programme_shared *shared = &cleaning->point.shared;
    long at = 0;
    for (int f = 0; f < cleaning->columns.count; f++) {
        const struct family *family = &cleaning->columns.family[f];
        bool is_shared =
            at < shared->count && family->count > 0 && shared->column[at] == family->from;
        cleaning->told_at[f] = is_shared ? at : -1;
        at += is_shared ? family->count : 0;
    }
}

/* By row: the largest term if every column were as large as it could be. */
static void fill_room(const struct cleaning *cleaning, double *room) {
    const struct programme_flat *flat = cleaning->flat;
    for (int f = 0; f < cleaning->columns.count; f++) {
        const struct family *family = &cleaning->columns.family[f];
        for (long k = flat->start[family->from]; k < flat->start[family->from + family->count];
             k++) {
            double *most = &room[flat->row[k]];
            *most = fmax(*most, fabs(flat->value[k]) * cleaning->could[f]);
        }
    }
    share_in_family(&cleaning->rows, room);
}

/* First by the terms of the equalities; then, for what stands in equalities of dust alone (the level
   of a store that is not built), by what the others in them could be; last what stands in no
   equality (capacities, peaks). */
static enum status fill_columns(struct cleaning *cleaning, struct arena *scratch) {
    double *room = ARENA_TAKE(scratch, double, cleaning->flat->rows);
    cleaning->size = ARENA_TAKE(scratch, double, cleaning->columns.count);
    cleaning->could = ARENA_TAKE(scratch, double, cleaning->columns.count);
    double *through = ARENA_TAKE(scratch, double, cleaning->columns.count);
    cleaning->told_at = ARENA_TAKE(scratch, long, cleaning->columns.count);
    cleaning->told = ARENA_TAKE(scratch, double, cleaning->point.shared.count);
    if (arena_failed(scratch)) {
        return STATUS_NO_MEMORY;
    }
    place_told(cleaning);
    TRY(ask_shared(cleaning, true, cleaning->point.scale));
    for (int f = 0; f < cleaning->columns.count; f++) {
        const struct family *family = &cleaning->columns.family[f];
        cleaning->could[f] = family_could(cleaning, f, true, cleaning->point.scale);
        for (long j = family->from; j < family->from + family->count; j++) {
            cleaning->size[f] = fmax(cleaning->size[f], fabs(cleaning->point.before[j]));
        }
    }
    fill_room(cleaning, room);
    TRY(ask_shared(cleaning, true, room));
    for (int f = 0; f < cleaning->columns.count; f++) {
        through[f] = family_could(cleaning, f, true, room);
    }
    for (int f = 0; f < cleaning->columns.count; f++) {
        bool dust = cleaning->could[f] < dust_ratio * through[f];
        cleaning->could[f] = dust ? through[f] : cleaning->could[f];
    }
    fill_room(cleaning, room);
    TRY(ask_shared(cleaning, false, room));
    for (int f = 0; f < cleaning->columns.count; f++) {
        if (cleaning->could[f] == 0.0) {
            cleaning->could[f] = family_could(cleaning, f, false, room);
        }
    }
    return STATUS_OK;
}

/* ---- what is cleaned ---- */

static void snap(struct cleaning *cleaning, double reach) {
    struct clean_point *point = &cleaning->point;
    const struct programme_flat *flat = cleaning->flat;
    for (int f = 0; f < cleaning->columns.count; f++) {
        const struct family *family = &cleaning->columns.family[f];
        double size = cleaning->size[f], could = cleaning->could[f];
        double near = reach * (size > reach * could ? size : could);
        for (long j = family->from; j < family->from + family->count; j++) {
            double x = point->x[j], below = x - flat->lower[j], above = flat->upper[j] - x;
            bool low = fabs(below) <= fabs(above);
            double bound = (low ? flat->lower[j] : flat->upper[j]) + 0.0;
            if (!(fabs(low ? below : above) <= near) || (x == bound && !signbit(x))) {
                continue;
            }
            clean_move(point, j, bound == 0.0 ? 0.0 : bound);
        }
    }
}

/* Columns p and q of one step lowered together, q by ratio for each unit of p: moves no equality,
   no other row towards a side, and does not cost more. 0: there is no such ratio. */
static double undo_ratio(const struct programme_flat *flat, long p, long q) {
    long k = flat->start[p], l = flat->start[q];
    double ratio = 0.0;
    for (; k < flat->start[p + 1] && l < flat->start[q + 1] && ratio == 0.0;) {
        if (flat->row[k] == flat->row[l]) {
            bool equality = is_equality(flat, flat->row[k]);
            ratio = equality ? -flat->value[k] / flat->value[l] : 0.0;
        }
        bool first = flat->row[k] <= flat->row[l], second = flat->row[l] <= flat->row[k];
        k += first;
        l += second;
    }
    if (!(ratio > 0.0)) {
        return 0.0;
    }
    double gain = flat->cost[p] + ratio * flat->cost[q];
    if (gain < -same_ratio * (fabs(flat->cost[p]) + ratio * fabs(flat->cost[q]))) {
        return 0.0;
    }
    for (k = flat->start[p], l = flat->start[q];
         k < flat->start[p + 1] || l < flat->start[q + 1];) {
        long row_p = k < flat->start[p + 1] ? flat->row[k] : flat->rows;
        long row_q = l < flat->start[q + 1] ? flat->row[l] : flat->rows;
        long row = row_p < row_q ? row_p : row_q;
        double by_p = row_p == row ? flat->value[k++] : 0.0;
        double by_q = row_q == row ? ratio * flat->value[l++] : 0.0;
        double falls = by_p + by_q; /* the row falls by this when both are lowered */
        bool still = fabs(falls) <= same_ratio * (fabs(by_p) + fabs(by_q));
        if (!still && isfinite(falls > 0.0 ? flat->row_lower[row] : flat->row_upper[row])) {
            return 0.0;
        }
    }
    return ratio;
}

static void undo_pair(struct cleaning *cleaning, long p, long q) {
    struct clean_point *point = &cleaning->point;
    const struct programme_flat *flat = cleaning->flat;
    double room_p = point->x[p] - flat->lower[p], room_q = point->x[q] - flat->lower[q];
    if (!(room_p > 0.0) || !(room_q > 0.0) || !isfinite(room_p) || !isfinite(room_q)) {
        return;
    }
    double ratio = undo_ratio(flat, p, q);
    if (ratio == 0.0) {
        return;
    }
    bool p_first = ratio * room_p <= room_q;
    double lowered = p_first ? room_p : room_q / ratio;
    clean_move(point, p, p_first ? flat->lower[p] : fmax(point->x[p] - lowered, flat->lower[p]));
    clean_move(point, q,
               p_first ? fmax(point->x[q] - ratio * lowered, flat->lower[q]) : flat->lower[q]);
    cleaning->report.circulations_count++;
}

static bool share_a_row(const struct programme_block *block, int p, int q) {
    for (int e = 0; e < block->entries_count; e++) {
        const struct programme_entry *one = &block->entries[e];
        for (int o = 0; one->where == IN_STEP && one->index == p && o < block->entries_count; o++) {
            const struct programme_entry *other = &block->entries[o];
            if (other->where == IN_STEP && other->index == q && other->row == one->row) {
                return true;
            }
        }
    }
    return false;
}

static void undo_circulations(struct cleaning *cleaning) {
    for (int b = 0; b < cleaning->programme->blocks_count; b++) {
        const struct programme_block *block = &cleaning->programme->blocks[b];
        long first = programme_at_column(cleaning->programme, b, 0, 0);
        long steps = programme_steps(block);
        for (int p = 0; p < block->columns_count; p++) {
            for (int q = p + 1; q < block->columns_count; q++) {
                bool meet = share_a_row(block, p, q);
                for (long t = 0; meet && t < steps; t++) {
                    undo_pair(cleaning, first + p * steps + t, first + q * steps + t);
                }
            }
        }
    }
}

/* ---- what is larger than needed ---- */

/* How far a column can come down before one of its rows, or its bound, holds it. */
static double spare_of(const struct cleaning *cleaning, long j) {
    const struct programme_flat *flat = cleaning->flat;
    const struct clean_point *point = &cleaning->point;
    double spare = point->x[j] - flat->lower[j];
    for (long k = flat->start[j]; k < flat->start[j + 1]; k++) {
        long row = flat->row[k];
        bool falls = flat->value[k] > 0.0;
        long double side = falls ? flat->row_lower[row] : flat->row_upper[row];
        long double room = falls ? point->activity[row] - side : side - point->activity[row];
        spare = fmin(spare, (double)(room / fabs(flat->value[k])));
    }
    return spare;
}

/* A capacity or a peak that costs nothing, or no more than rounding, may be any size that is large enough: it becomes
   the least. true: it has moved. */
static bool trim(struct cleaning *cleaning, long j, double spare) {
    struct clean_point *point = &cleaning->point;
    bool moves =
        cleaning->flat->cost[j] >= 0.0 && isfinite(spare) && spare > trim_ratio * fabs(point->x[j]);
    if (moves) {
        clean_move(point, j, fmax(point->x[j] - spare, cleaning->flat->lower[j]));
        cleaning->report.trimmed_count++;
    }
    return moves;
}

/* By the rows of all blocks: after each that moves, the next are looked at again. */
static enum status trim_designs(struct cleaning *cleaning) {
    const struct programme *programme = cleaning->programme;
    double *spare = cleaning->told;
    for (int d = 0; d < programme->designs_count;) {
        int rest = programme->designs_count - d, most = cleaning->point.window;
        int some = rest < most ? rest : most;
        for (int i = 0; i < some; i++) {
            spare[i] = spare_of(cleaning, d + i);
        }
        TRY(share_least(programme->share, spare, some));
        bool moved = false;
        for (int i = 0; i < some && !moved; i++, d++) {
            moved = trim(cleaning, d, spare[i]);
        }
    }
    return STATUS_OK;
}

/* Peaks first, by who holds their block, then the capacities. */
static enum status trim_all(struct cleaning *cleaning) {
    const struct programme *programme = cleaning->programme;
    for (int b = 0; b < programme->blocks_count; b++) {
        struct programme_span periods = programme_periods_of(programme, b);
        for (long j = periods.from; share_has(programme->share, b) && j < periods.until; j++) {
            (void)trim(cleaning, j, spare_of(cleaning, j));
        }
        TRY(clean_follow(&cleaning->point, b));
    }
    return trim_designs(cleaning);
}

/* ---- whether it may stay ---- */

/* Columns that stand at a bound and did not before. */
static void count_snapped(struct cleaning *cleaning) {
    const struct clean_point *point = &cleaning->point;
    const struct programme_flat *flat = cleaning->flat;
    for (long j = 0; j < flat->columns; j++) {
        bool at_bound = point->x[j] == flat->lower[j] || point->x[j] == flat->upper[j];
        cleaning->report.snapped_count += at_bound && point->x[j] != point->before[j];
    }
}

static bool rows_hold(const struct cleaning *cleaning, const long double *activity_before) {
    const struct clean_point *point = &cleaning->point;
    for (long i = 0; i < point->flat->rows; i++) {
        if (!point->touched[i]) {
            continue;
        }
        double miss = clean_miss(point->flat, i, point->activity[i]);
        double before = clean_miss(point->flat, i, activity_before[i]);
        if (fabs(miss) > row_ratio * clean_row_scale(point, i, miss) && fabs(miss) > fabs(before)) {
            return false;
        }
    }
    return true;
}

static enum status may_stay(struct cleaning *cleaning, const long double *activity_before,
                            const struct outcome *outcome, double tolerance, struct arena *scratch,
                            bool *ret) {
    struct clean_point *point = &cleaning->point;
    const struct share *share = cleaning->programme->share;
    double cost = 0.0;
    TRY(cost_of(cleaning, point->x, &cost));
    double moved = cost - cleaning->cost;
    bool spoilt = !rows_hold(cleaning, activity_before);
    struct outcome cleaned = *outcome;
    struct certificate certificate;
    cleaning->report.objective_moved_ratio =
        fabs(moved) / (1.0 + fabs(cleaning->cost + cleaning->flat->objective_constant));
    *ret = false;
    TRY(share_any(share, &spoilt));
    if (!(cleaning->report.objective_moved_ratio <= objective_ratio) || spoilt) {
        return STATUS_OK;
    }
    cleaned.x = point->x;
    cleaned.objective_ratio = cleaning->flat->objective_constant + cost;
    TRY(certificate_check(cleaning->programme, &cleaned, tolerance, scratch, &certificate));
    *ret = certificate.passed;
    return STATUS_OK;
}

static enum status attempt(struct cleaning *cleaning, double reach,
                           const long double *activity_before, const struct outcome *outcome,
                           double tolerance, struct arena *scratch, bool *ret_kept) {
    struct clean_point *point = &cleaning->point;
    long columns = cleaning->flat->columns, rows = cleaning->flat->rows;
    cleaning->report = (struct clean_report){.undone_count = cleaning->report.undone_count};
    memcpy(point->x, point->before, (size_t)columns * sizeof *point->x);
    memcpy(point->activity, activity_before, (size_t)rows * sizeof *point->activity);
    memset(point->touched, 0, (size_t)rows * sizeof *point->touched);
    snap(cleaning, reach);
    undo_circulations(cleaning);
    TRY(go_on(cleaning));
    TRY(clean_close(point, scratch, &cleaning->report.closed_count));
    TRY(go_on(cleaning));
    TRY(trim_all(cleaning));
    TRY(go_on(cleaning));
    count_snapped(cleaning);
    return may_stay(cleaning, activity_before, outcome, tolerance, scratch, ret_kept);
}

static enum status clean(struct cleaning *cleaning, double tolerance, struct outcome *outcome,
                         struct arena *scratch) {
    struct clean_point *point = &cleaning->point;
    const struct programme_flat *flat = cleaning->flat;
    size_t size = (size_t)flat->columns * sizeof *point->x;
    point->before = outcome->x;
    point->x = ARENA_TAKE(scratch, double, flat->columns);
    point->activity = ARENA_TAKE(scratch, long double, flat->rows);
    point->scale = ARENA_TAKE(scratch, double, flat->rows);
    point->touched = ARENA_TAKE(scratch, bool, flat->rows);
    point->roomy = ARENA_TAKE(scratch, bool, flat->rows);
    long double *activity_before = ARENA_TAKE(scratch, long double, flat->rows);
    if (arena_failed(scratch)) {
        return STATUS_NO_MEMORY;
    }
    memcpy(point->x, point->before, size);
    fill_activity(point);
    memcpy(activity_before, point->activity, (size_t)flat->rows * sizeof *activity_before);
    TRY(cost_of(cleaning, point->before, &cleaning->cost));
    fill_rows(cleaning);
    TRY(go_on(cleaning));
    TRY(fill_columns(cleaning, scratch));
    for (int k = 0; k < COUNT(reaches); k++) {
        bool kept = false;
        TRY(go_on(cleaning));
        TRY(attempt(cleaning, reaches[k], activity_before, outcome, tolerance, scratch, &kept));
        if (!kept) {
            cleaning->report =
                (struct clean_report){.undone_count = cleaning->report.undone_count + 1};
            continue;
        }
        bool moved = memcmp(outcome->x, point->x, size) != 0;
        TRY(share_any(cleaning->programme->share, &moved));
        if (moved) {
            double cost = 0.0;
            memcpy(outcome->x, point->x, size);
            TRY(cost_of(cleaning, point->x, &cost));
            outcome->objective_ratio = flat->objective_constant + cost;
        }
        cleaning->report.reach_ratio = reaches[k];
        return STATUS_OK;
    }
    return STATUS_OK;
}

static enum status begin(const struct programme *programme, struct arena *scratch,
                         struct programme_flat *flat, struct cleaning *cleaning) {
    struct programme here;
    cleaning->programme = cleaning->point.programme = programme;
    cleaning->flat = cleaning->point.flat = flat;
    TRY(programme_here(programme, scratch, &here));
    TRY(programme_flatten(&here, scratch, flat));
    TRY(programme_shared(programme, scratch, &cleaning->point.shared));
    cleaning->point.window = programme->share ? WINDOW : 1;
    cleaning->point.asks = ARENA_TAKE(scratch, double, 2L * cleaning->point.window);
    cleaning->point.followed = ARENA_TAKE(scratch, double, cleaning->point.shared.count);
    TRY(arena_failed(scratch) ? STATUS_NO_MEMORY : STATUS_OK);
    return list_families(programme, scratch, &cleaning->columns, &cleaning->rows);
}

enum status clean_dispatch_until(const struct programme *programme, double tolerance_ratio,
                                 bool (*is_stopped)(void *data), void *data,
                                 struct outcome *outcome, struct clean_report *ret) {
    struct arena *scratch = arena_new(0);
    struct programme_flat flat;
    struct cleaning cleaning = {.is_stopped = is_stopped, .data = data};
    bool optimal = outcome->kind == OUTCOME_OPTIMAL && outcome->x && outcome->y;
    enum status status = scratch ? begin(programme, scratch, &flat, &cleaning) : STATUS_NO_MEMORY;
    if (status == STATUS_OK && optimal && (flat.columns > 0 || programme->share)) {
        status = clean(&cleaning, tolerance_ratio, outcome, scratch);
    }
    if (status == STATUS_OK) {
        *ret = cleaning.report;
    }
    arena_free(scratch);
    return status;
}

enum status clean_dispatch(const struct programme *programme, double tolerance_ratio,
                           struct outcome *outcome, struct clean_report *ret) {
    return clean_dispatch_until(programme, tolerance_ratio, NULL, NULL, outcome, ret);
}
