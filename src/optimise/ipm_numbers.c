/* A block's slots, terms and numbers: what stands where in a stage's record.

   A column becomes x = shift + size_scale * scale * x', with shift at its lower bound, or else its
   upper one; a row A x in [lower, upper] that is not an equality everywhere becomes
   A x + sign * slack = side. Numbers that are the same in every step are kept once. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_internal.h"

/* Where a number of these steps stands; pad: behind the last step, NAN where it does not matter. */
static int add_series(struct ipm_block *block, struct arena *arena, double *value, double pad) {
    bool padded = block->steps < block->groups * block->stages * LANES && !isnan(pad);
    bool constant = !padded || pad == value[0];
    for (int t = 1; t < block->steps && constant; t++) {
        constant = value[t] == value[0];
    }
    pad = isnan(pad) ? 0.0 : pad;
    if (constant) {
        for (int i = 0; i < block->constants_count; i++) {
            if (block->constants[i] == value[0]) {
                return -1 - i;
            }
        }
        block->constants[block->constants_count] = value[0];
        return -1 - block->constants_count++;
    }
    for (int i = 0; i < block->series_count; i++) {
        if (block->pads[i] == pad &&
            memcmp(block->series[i], value, (size_t)block->steps * sizeof *value) == 0) {
            return i;
        }
    }
    double *copy = ARENA_TAKE(arena, double, block->steps);
    if (!copy) {
        return -1;
    }
    memcpy(copy, value, (size_t)block->steps * sizeof *value);
    block->series[block->series_count] = copy;
    block->pads[block->series_count] = pad;
    return block->series_count++;
}

static double bound_of(const struct ipm_block *block, int column, int t, bool upper) {
    return numbers_at((upper ? block->upper : block->lower)[column], t);
}

double ipm_shift(const struct ipm_block *block, int column, int t) {
    double lower = bound_of(block, column, t, false), upper = bound_of(block, column, t, true);
    return isfinite(lower) ? lower : isfinite(upper) ? upper : 0.0;
}

/* A row's sign: +1 where the slack stands below an upper side, -1 above a lower one, 0 an
   equality. */
static double sign_of(const struct programme_row *row, int count) {
    bool equal = true, above = false, below = false;
    for (int t = 0; t < count; t++) {
        double lower = numbers_at(row->lower, t), upper = numbers_at(row->upper, t);
        equal = equal && lower == upper;
        above = above || isfinite(upper);
        below = below || isfinite(lower);
    }
    return equal ? 0.0 : !above && below ? -1.0 : 1.0;
}

double ipm_side(double lower, double upper, double sign) {
    double near = sign < 0.0 ? lower : upper, far = sign < 0.0 ? upper : lower;
    return isfinite(near) ? near : isfinite(far) ? far : 0.0;
}

/* What a slack may be, in the row's own unit: sign * slack = side - A x. */
void ipm_slack_range(double lower, double upper, double sign, double *ret_low, double *ret_high) {
    double side = ipm_side(lower, upper, sign);
    *ret_low = sign > 0.0 ? side - upper : lower - side;
    *ret_high = sign > 0.0 ? side - lower : upper - side;
}

struct range {
    double low, high;
    bool open;
};

/* The bounds of a slot's x' + shift at step t. */
static struct range range_of(const struct ipm_block *block, int slot, int t) {
    const struct programme_block *b = block->source;
    int index = block->origin_index[slot];
    struct range range = {0.0, 0.0, false};
    if (block->origin[slot] == ORIGIN_SLACK) {
        ipm_slack_range(numbers_at(b->rows[index].lower, t), numbers_at(b->rows[index].upper, t),
                        block->slack_sign[index], &range.low, &range.high);
        range.open = block->dropped[(long)index * block->steps + t] ||
                     (!isfinite(range.low) && !isfinite(range.high));
        return range;
    }
    int column = block->origin[slot] == ORIGIN_STATE ? b->columns_count + index : index;
    double shift = ipm_shift(block, column, t);
    range.low = bound_of(block, column, t, false) - shift;
    range.high = bound_of(block, column, t, true) - shift;
    return range;
}

static bool has_upper(const struct ipm_block *block, int slot) {
    for (int t = 0; t < block->steps; t++) {
        struct range range = range_of(block, slot, t);
        if (!range.open && range.low < range.high && isfinite(range.high)) {
            return true;
        }
    }
    return false;
}

static enum status order_slots(struct ipm_block *block, struct arena *arena) {
    const struct programme_block *b = block->source;
    int most = b->columns_count + b->states_count + b->rows_count, count = 0;
    enum ipm_origin *origin = ARENA_TAKE(arena, enum ipm_origin, most);
    int *index = ARENA_TAKE(arena, int, most);
    bool *bounded = ARENA_TAKE(arena, bool, most);
    block->origin = ARENA_TAKE(arena, enum ipm_origin, most);
    block->origin_index = ARENA_TAKE(arena, int, most);
    block->slot_of_column = ARENA_TAKE(arena, int, b->columns_count);
    block->slot_of_state = ARENA_TAKE(arena, int, b->states_count);
    block->slot_of_slack = ARENA_TAKE(arena, int, b->rows_count);
    block->slack_sign = ARENA_TAKE(arena, double, b->rows_count);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int c = 0; c < b->columns_count; c++, count++) {
        origin[count] = ORIGIN_COLUMN;
        index[count] = c;
    }
    for (int s = 0; s < b->states_count; s++, count++) {
        origin[count] = ORIGIN_STATE;
        index[count] = s;
    }
    for (int r = 0; r < b->rows_count; r++) {
        block->slot_of_slack[r] = -1;
        block->slack_sign[r] = sign_of(&b->rows[r], block->steps);
        if (block->slack_sign[r] != 0.0) {
            origin[count] = ORIGIN_SLACK;
            index[count++] = r;
        }
    }
    memcpy(block->origin, origin, (size_t)count * sizeof *origin);
    memcpy(block->origin_index, index, (size_t)count * sizeof *index);
    for (int slot = 0; slot < count; slot++) {
        bounded[slot] = has_upper(block, slot);
    }
    int to = 0;
    for (int pass = 1; pass >= 0; pass--) {
        for (int slot = 0; slot < count; slot++) {
            if (bounded[slot] != (pass == 1)) {
                continue;
            }
            block->origin[to] = origin[slot];
            block->origin_index[to] = index[slot];
            int *of = origin[slot] == ORIGIN_COLUMN  ? block->slot_of_column
                      : origin[slot] == ORIGIN_STATE ? block->slot_of_state
                                                     : block->slot_of_slack;
            of[index[slot]] = to++;
        }
        block->pattern.uppers = pass == 1 ? to : block->pattern.uppers;
    }
    block->pattern.columns = count;
    block->pattern.rows = b->rows_count;
    block->states = b->states_count;
    return STATUS_OK;
}

/* First slots of designs and families in the border of a step. */
static enum status order_wides(struct ipm *ipm, struct ipm_block *block) {
    const struct programme_block *b = block->source;
    int designs = ipm->programme->designs_count;
    block->wide_of_design = ARENA_TAKE(ipm->arena, int, designs);
    block->wide_of_family = ARENA_TAKE(ipm->arena, int, b->periods_count);
    block->sum_of_family = ARENA_TAKE(ipm->arena, int, b->sums_count);
    if (arena_failed(ipm->arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int d = 0; d < designs; d++) {
        block->wide_of_design[d] = -1;
    }
    for (int f = 0; f < b->periods_count; f++) {
        block->wide_of_family[f] = -1;
    }
    for (int e = 0; e < block->entries.count; e++) {
        const struct programme_entry *entry = &block->entries.entry[e];
        if (entry->where == IN_DESIGN && block->wide_of_design[entry->index] < 0) {
            block->wide_of_design[entry->index] = block->wides_count++;
        }
    }
    for (int e = 0; e < block->entries.count; e++) {
        const struct programme_entry *entry = &block->entries.entry[e];
        if (entry->where == IN_PERIOD && block->wide_of_family[entry->index] < 0) {
            block->wide_of_family[entry->index] = block->wides_count;
            block->wides_count += block->map_slots[b->periods[entry->index].map];
        }
    }
    for (int f = 0; f < b->sums_count; f++) {
        block->sum_of_family[f] = block->sums_count;
        block->sums_count += block->map_slots[b->sums[f].map];
    }
    return STATUS_OK;
}

enum bound_number {
    NUMBER_UPPER,
    NUMBER_HAS_LOWER,
    NUMBER_HAS_UPPER,
    NUMBER_LIVE,
    NUMBER_EXTRA,
    BOUND_NUMBERS
};

struct filling {
    struct ipm *ipm;
    struct ipm_block *block;
    double *value; /* by step */
    double *bound[BOUND_NUMBERS];
};

/* The entry's inner coefficient; with a map, where the step's period has this slot. */
static int add_coefficient(struct filling *f, const struct programme_entry *entry, double scale,
                           int map, int slot) {
    for (int t = 0; t < f->block->steps; t++) {
        bool here = map < 0 || f->block->slot_of_step[map][t] == slot;
        f->value[t] = here ? numbers_at(entry->value, t) * scale : 0.0;
    }
    return add_series(f->block, f->ipm->arena, f->value, NAN);
}

static double scale_of_column(const struct ipm *ipm, const struct ipm_block *block,
                              const struct programme_entry *entry) {
    switch (entry->where) {
    case IN_STEP:
        return block->column_scale[entry->index];
    case IN_BEGIN:
    case IN_END:
        return block->state_scale[entry->index];
    case IN_PERIOD:
        return block->family_scale[entry->index];
    case IN_DESIGN:
        break;
    }
    return ipm->design_scale[entry->index];
}

static enum status add_terms(struct filling *f) {
    struct ipm_block *block = f->block;
    const struct programme_block *b = block->source;
    struct arena *arena = f->ipm->arena;
    int columns = block->pattern.columns, wide_terms = 0;
    for (int e = 0; e < block->entries.count; e++) {
        const struct programme_entry *entry = &block->entries.entry[e];
        wide_terms +=
            entry->where == IN_PERIOD ? block->map_slots[b->periods[entry->index].map] : 1;
    }
    block->term_first = ARENA_TAKE(arena, int, columns + 1);
    block->terms = ARENA_TAKE(arena, struct ipm_term, block->entries.count + columns);
    block->begins = ARENA_TAKE(arena, struct ipm_begin, block->entries.count);
    block->wide_terms = ARENA_TAKE(arena, struct ipm_wide, wide_terms);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    int count = 0;
    for (int slot = 0; slot < columns; slot++) {
        int index = block->origin_index[slot];
        block->term_first[slot] = count;
        if (block->origin[slot] == ORIGIN_SLACK) {
            f->value[0] = block->slack_sign[index];
            for (int t = 1; t < block->steps; t++) {
                f->value[t] = f->value[0];
            }
            block->terms[count++] =
                (struct ipm_term){index, add_series(block, arena, f->value, NAN)};
            continue;
        }
        enum programme_where where = block->origin[slot] == ORIGIN_STATE ? IN_END : IN_STEP;
        for (int e = 0; e < block->entries.count; e++) {
            const struct programme_entry *entry = &block->entries.entry[e];
            if (entry->where == where && entry->index == index) {
                double scale = block->row_scale[entry->row] * scale_of_column(f->ipm, block, entry);
                block->terms[count++] =
                    (struct ipm_term){entry->row, add_coefficient(f, entry, scale, -1, 0)};
            }
        }
    }
    block->term_first[columns] = count;
    for (int e = 0; e < block->entries.count; e++) {
        const struct programme_entry *entry = &block->entries.entry[e];
        double scale = block->row_scale[entry->row] * scale_of_column(f->ipm, block, entry);
        if (entry->where == IN_BEGIN) {
            block->begins[block->begins_count++] = (struct ipm_begin){
                entry->index, entry->row, add_coefficient(f, entry, scale, -1, 0)};
        } else if (entry->where == IN_DESIGN) {
            block->wide_terms[block->wide_terms_count++] =
                (struct ipm_wide){entry->row, block->wide_of_design[entry->index],
                                  add_coefficient(f, entry, scale, -1, 0)};
        } else if (entry->where == IN_PERIOD) {
            int map = b->periods[entry->index].map;
            for (int s = 0; s < block->map_slots[map]; s++) {
                block->wide_terms[block->wide_terms_count++] =
                    (struct ipm_wide){entry->row, block->wide_of_family[entry->index] + s,
                                      add_coefficient(f, entry, scale, map, s)};
            }
        }
    }
    return STATUS_OK;
}

static enum status add_sum_terms(struct filling *f) {
    struct ipm_block *block = f->block;
    const struct programme_block *b = block->source;
    int columns = block->pattern.columns, most = 0, count = 0;
    for (int e = 0; e < block->sum_entries.count; e++) {
        most += block->map_slots[b->sums[block->sum_entries.entry[e].row].map];
    }
    block->sum_first = ARENA_TAKE(f->ipm->arena, int, columns + 1);
    block->sum_terms = ARENA_TAKE(f->ipm->arena, struct ipm_term, most);
    if (arena_failed(f->ipm->arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int slot = 0; slot < columns; slot++) {
        block->sum_first[slot] = count;
        for (int e = 0; e < block->sum_entries.count; e++) {
            const struct programme_entry *entry = &block->sum_entries.entry[e];
            int map = b->sums[entry->row].map;
            if (entry->where != IN_STEP || block->origin[slot] != ORIGIN_COLUMN ||
                entry->index != block->origin_index[slot]) {
                continue;
            }
            double scale = block->sum_scale[entry->row] * block->column_scale[entry->index];
            for (int s = 0; s < block->map_slots[map]; s++) {
                block->sum_terms[count++] = (struct ipm_term){
                    block->sum_of_family[entry->row] + s, add_coefficient(f, entry, scale, map, s)};
            }
        }
    }
    block->sum_first[columns] = count;
    return STATUS_OK;
}

static double shift_of_entry(const struct ipm *ipm, const struct ipm_block *block,
                             const struct programme_entry *entry, int t) {
    const struct programme_block *b = block->source;
    switch (entry->where) {
    case IN_STEP:
        return ipm_shift(block, entry->index, t);
    case IN_END:
        return ipm_shift(block, b->columns_count + entry->index, t);
    case IN_BEGIN: {
        int before = ipm_before(b, t);
        return before == PROGRAMME_FIXED
                   ? b->states[entry->index].start_level_ratio
                   : ipm_shift(block, b->columns_count + entry->index, before);
    }
    case IN_DESIGN:
        return ipm->border.shift[entry->index];
    case IN_PERIOD:
        break;
    }
    int period = b->maps[b->periods[entry->index].map].period_of_step[t];
    return period == PROGRAMME_NO_PERIOD
               ? 0.0
               : ipm->border.shift[ipm_period_column(ipm, block->index, entry->index, period)];
}

/* The right sides, in the programme's own units: side less what shifts fill. */
enum status ipm_sides(struct ipm *ipm, struct ipm_block *block) {
    const struct programme_block *b = block->source;
    block->sides = ARENA_TAKE(ipm->arena, double, (long)b->rows_count * block->steps);
    if (!block->sides) {
        return STATUS_NO_MEMORY;
    }
    for (int r = 0; r < b->rows_count; r++) {
        for (int t = 0; t < block->steps; t++) {
            double lower = numbers_at(b->rows[r].lower, t), upper = numbers_at(b->rows[r].upper, t);
            block->sides[(long)r * block->steps + t] =
                block->slack_sign[r] == 0.0 ? lower : ipm_side(lower, upper, block->slack_sign[r]);
        }
    }
    for (int e = 0; e < block->entries.count; e++) {
        const struct programme_entry *entry = &block->entries.entry[e];
        double *side = &block->sides[(long)entry->row * block->steps];
        for (int t = 0; t < block->steps; t++) {
            double a = numbers_at(entry->value, t);
            side[t] -= a != 0.0 ? a * shift_of_entry(ipm, block, entry, t) : 0.0;
        }
    }
    for (long i = 0; i < (long)b->rows_count * block->steps; i++) {
        block->sides[i] = block->dropped[i] ? 0.0 : block->sides[i];
    }
    return STATUS_OK;
}

static enum status take_pattern(struct ipm_pattern *pattern, struct arena *arena) {
    pattern->cost = ARENA_TAKE(arena, int, pattern->columns);
    pattern->upper = ARENA_TAKE(arena, int, pattern->columns);
    pattern->has_lower = ARENA_TAKE(arena, int, pattern->columns);
    pattern->has_upper = ARENA_TAKE(arena, int, pattern->columns);
    pattern->live = ARENA_TAKE(arena, int, pattern->columns);
    pattern->extra = ARENA_TAKE(arena, int, pattern->columns);
    pattern->is_extra = ARENA_TAKE(arena, bool, pattern->columns);
    pattern->usual = ARENA_TAKE(arena, bool, pattern->columns);
    pattern->implicit = ARENA_TAKE(arena, bool, pattern->columns);
    pattern->rhs = ARENA_TAKE(arena, int, pattern->rows);
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

static void add_costs(struct filling *f, int slot, double scale) {
    struct ipm_block *block = f->block;
    const struct programme_block *b = block->source;
    int index = block->origin_index[slot];
    for (int t = 0; t < block->steps; t++) {
        f->value[t] = 0.0;
        if (block->origin[slot] != ORIGIN_SLACK) {
            const struct programme_column *column =
                block->origin[slot] == ORIGIN_STATE ? &b->states[index] : &b->columns[index];
            f->value[t] = numbers_at(column->cost, t) * scale * f->ipm->cost_scale;
        }
    }
    block->pattern.cost[slot] = add_series(block, f->ipm->arena, f->value, NAN);
}

static void set_bounds(struct filling *f, const struct range *range, double scale, int t) {
    bool live = range->open || range->low < range->high, bounded = live && !range->open;
    bool upper = bounded && isfinite(range->high);
    f->bound[NUMBER_UPPER][t] = upper ? range->high / scale : 0.0;
    f->bound[NUMBER_HAS_LOWER][t] = bounded && isfinite(range->low) ? 1.0 : 0.0;
    f->bound[NUMBER_HAS_UPPER][t] = upper ? 1.0 : 0.0;
    f->bound[NUMBER_LIVE][t] = live ? 1.0 : 0.0;
    f->bound[NUMBER_EXTRA][t] = range->open ? IPM_OPEN : live ? 0.0 : IPM_CLOSED;
}

static void add_bounds(struct filling *f, int slot, double scale) {
    struct ipm_block *block = f->block;
    struct ipm_pattern *pattern = &block->pattern;
    pattern->usual[slot] = slot >= pattern->uppers;
    int *const numbers[BOUND_NUMBERS] = {
        [NUMBER_UPPER] = pattern->upper,         [NUMBER_HAS_LOWER] = pattern->has_lower,
        [NUMBER_HAS_UPPER] = pattern->has_upper, [NUMBER_LIVE] = pattern->live,
        [NUMBER_EXTRA] = pattern->extra,
    };
    for (int t = 0; t < block->steps; t++) {
        struct range range = range_of(block, slot, t);
        pattern->usual[slot] &= !range.open && range.low < range.high && isfinite(range.low);
        set_bounds(f, &range, scale, t);
    }
    for (int which = 0; which < BOUND_NUMBERS; which++) {
        double pad = which == NUMBER_EXTRA ? IPM_CLOSED : 0.0;
        numbers[which][slot] = add_series(block, f->ipm->arena, f->bound[which], pad);
    }
    int extra = pattern->extra[slot];
    pattern->is_extra[slot] = extra >= 0 || block->constants[-1 - extra] != 0.0;
}

static double slot_scale(const struct ipm_block *block, int slot) {
    int index = block->origin_index[slot];
    return block->origin[slot] == ORIGIN_SLACK   ? 1.0 / block->row_scale[index]
           : block->origin[slot] == ORIGIN_STATE ? block->state_scale[index]
                                                 : block->column_scale[index];
}

enum status ipm_slots(struct ipm *ipm, struct ipm_block *block) {
    TRY(order_slots(block, ipm->arena));
    return order_wides(ipm, block);
}

/* Everything by step goes into the record's series. */
enum status ipm_numbers(struct ipm *ipm, struct ipm_block *block) {
    struct filling f = {ipm, block, ARENA_TAKE(ipm->arena, double, block->steps), {NULL}};
    for (int which = 0; which < BOUND_NUMBERS; which++) {
        f.bound[which] = ARENA_TAKE(ipm->arena, double, block->steps);
    }
    long most = 3 + block->pattern.rows + 7L * block->pattern.columns;
    for (int e = 0; e < block->entries.count; e++) {
        most += 8;
    }
    most += 8L * block->sum_entries.count;
    block->constants = ARENA_TAKE(ipm->arena, double, most);
    block->series = ARENA_TAKE(ipm->arena, double *, most);
    block->pads = ARENA_TAKE(ipm->arena, double, most);
    TRY(arena_failed(ipm->arena) ? STATUS_NO_MEMORY : STATUS_OK);
    TRY(take_pattern(&block->pattern, ipm->arena));
    static const double needed[] = {0.0, 1.0, -1.0}; /* by ipm_tape.c */
    for (int i = 0; i < COUNT(needed); i++) {
        block->constants[block->constants_count++] = needed[i];
    }
    TRY(add_terms(&f));
    TRY(add_sum_terms(&f));
    block->coefficients_count = block->series_count;
    for (int slot = 0; slot < block->pattern.columns; slot++) {
        double scale = slot_scale(block, slot);
        add_costs(&f, slot, scale);
        add_bounds(&f, slot, scale * ipm->size_scale);
    }
    for (int r = 0; r < block->pattern.rows; r++) {
        for (int t = 0; t < block->steps; t++) {
            f.value[t] =
                block->sides[(long)r * block->steps + t] * block->row_scale[r] / ipm->size_scale;
        }
        block->pattern.rhs[r] = add_series(block, ipm->arena, f.value, 0.0);
    }
    return arena_failed(ipm->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

/* Lays the series into lanes: [group][stage][series][lane]. */
enum status ipm_pack(struct ipm *ipm, struct ipm_block *block) {
    long stages = (long)block->groups * block->stages;
    block->pattern.constant = ARENA_TAKE(ipm->arena, lanes, block->constants_count);
    block->records = ARENA_TAKE(ipm->work, lanes, stages * block->series_count);
    if (!block->pattern.constant || !block->records) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < block->constants_count; i++) {
        lanes_set(&block->pattern.constant[i], block->constants[i]);
    }
    for (long gk = 0; gk < stages; gk++) {
        int group = (int)(gk / block->stages), stage = (int)(gk % block->stages);
        for (int s = 0; s < block->series_count; s++) {
            lanes *to = &block->records[gk * block->series_count + s];
            for (int q = 0; q < LANES; q++) {
                int t = (group * LANES + q) * block->stages + stage;
                (*to)[q] = t < block->steps ? block->series[s][t] : block->pads[s];
            }
        }
    }
    return STATUS_OK;
}
