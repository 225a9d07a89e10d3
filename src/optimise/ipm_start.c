/* From a programme to arrays in lanes, and the first point.

   The first point: x nearest to the middle of its bounds with A x = b, y and z nearest to A' y + z = c
   (two solutions with H = 1, 2 where there are two bounds), then everything that must be positive is
   brought to a size that the numbers around it have. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_start.h"

#include <assert.h>

#include "base/parallel.h"

#include "optimise/ipm_cell.h"
#include "optimise/ipm_product.h"
#include "optimise/ipm_sweep.h"

/* The levels at the ends of pieces are the first nodes of the border, block by block. */
static void number_levels(struct ipm *ipm) {
    for (int k = 0; k < ipm->blocks_count; k++) {
        struct ipm_block *block = &ipm->blocks[k];
        block->first_node = ipm->border.levels;
        for (int p = 0; block->is_here && p < block->pieces_count; p++) {
            struct ipm_piece *piece = &block->pieces[p];
            piece->node += block->first_node;
            piece->before_node += piece->before_node < 0 ? 0 : block->first_node;
        }
        ipm->border.levels += block->pieces_count * block->states;
    }
}

static enum status begin_blocks(struct ipm *ipm) {
    const struct programme *programme = ipm->programme;
    ipm->blocks = ARENA_TAKE(ipm->arena, struct ipm_block, programme->blocks_count);
    if (!ipm->blocks) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < programme->blocks_count; k++) {
        struct ipm_block *block = &ipm->blocks[k];
        block->source = &programme->blocks[k];
        block->index = k;
        block->is_here = share_has(programme->share, k);
        block->steps = programme_steps(block->source);
        block->states = block->source->states_count;
        TRY(ipm_presolve(ipm, block));
        if (block->is_here) {
            TRY(ipm_pieces(ipm->arena, block));
            TRY(ipm_slots(ipm, block));
        }
    }
    ipm->blocks_count = programme->blocks_count;
    TRY(ipm_share_extents(ipm));
    number_levels(ipm);
    return STATUS_OK;
}

struct mean {
    double sum;
    long count;
};
struct means {
    struct mean size, bound, cost;
};

static void mean_add(struct mean *mean, double value) {
    if (value != 0.0 && isfinite(value)) {
        mean->sum += fabs(value);
        mean->count++;
    }
}

static double scale_by(const struct mean *mean) {
    return mean->count ? ipm_power_of_two(mean->sum / (double)mean->count) : 1.0;
}

/* The scale of sizes: the mean of right sides (or of upper bounds); of costs: the mean of costs. */
static void add_means(const struct ipm_block *block, struct means *means) {
    const struct programme_block *b = block->source;
    for (int r = 0; r < b->rows_count; r++) {
        for (int t = 0; t < block->steps; t++) {
            mean_add(&means->size, block->sides[(long)r * block->steps + t] * block->row_scale[r]);
        }
    }
    for (int c = 0; c < b->columns_count; c++) {
        for (int t = 0; t < block->steps; t++) {
            mean_add(&means->cost, numbers_at(b->columns[c].cost, t) * block->column_scale[c]);
            mean_add(&means->bound,
                     (numbers_at(block->upper[c], t) - numbers_at(block->lower[c], t)) /
                         block->column_scale[c]);
        }
    }
}

static enum status choose_scales(struct ipm *ipm) {
    struct means means = {0};
    const struct ipm_border *border = &ipm->border;
    for (int k = 0; k < ipm->blocks_count; k++) {
        if (ipm->blocks[k].is_here) {
            add_means(&ipm->blocks[k], &means);
        }
        TRY(share_hand_on(ipm->share, k, &means, sizeof means));
    }
    for (int r = 0; means.size.count == 0 && r < border->rows; r++) {
        mean_add(&means.size, border->side[r] * border->row_scale[r]);
    }
    for (int c = 0; c < border->columns; c++) {
        mean_add(&means.bound, (border->upper[c] - border->lower[c]) / border->column_scale[c]);
    }
    for (int c = 0; means.cost.count == 0 && c < border->columns; c++) {
        mean_add(&means.cost, border->cost[c] * border->column_scale[c]);
    }
    ipm->size_scale = scale_by(means.size.count ? &means.size : &means.bound);
    ipm->cost_scale = 1.0 / scale_by(&means.cost);
    return STATUS_OK;
}

/* The next chunk, behind those before it in all arrays. */
static struct ipm_chunk *add_chunk(struct ipm *ipm, const struct ipm_pattern *pattern, int stages) {
    struct ipm_chunk *chunk = &ipm->chunks[ipm->chunks_count++];
    *chunk = (struct ipm_chunk){.pattern = pattern,
                                .stages = stages,
                                .column = ipm->columns,
                                .upper = ipm->uppers,
                                .row = ipm->rows};
    ipm->columns += (long)stages * pattern->columns;
    ipm->uppers += (long)stages * pattern->uppers;
    ipm->rows += (long)stages * pattern->rows;
    return chunk;
}

static enum status make_chunks(struct ipm *ipm) {
    int count = 1;
    for (int k = 0; k < ipm->blocks_count; k++) {
        count += ipm->blocks[k].groups;
    }
    ipm->chunks = ARENA_TAKE(ipm->arena, struct ipm_chunk, count);
    if (!ipm->chunks) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < ipm->blocks_count; k++) {
        struct ipm_block *block = &ipm->blocks[k];
        block->first_chunk = ipm->chunks_count;
        for (int g = 0; g < block->groups; g++) { /* elsewhere: of no stages */
            struct ipm_chunk *chunk = add_chunk(ipm, &block->pattern, block->stages);
            chunk->block = k;
            chunk->group = g;
            int last = (g + 1) * LANES - 1; /* lane */
            chunk->whole = block->steps - last * block->stages;
            chunk->record_size = block->series_count;
            chunk->record = block->is_here
                                ? &block->records[(long)g * block->stages * block->series_count]
                                : NULL;
        }
    }
    struct ipm_chunk *border = add_chunk(ipm, &ipm->border.pattern, 1);
    border->block = -1;
    border->record = ipm->border.record;
    return STATUS_OK;
}

enum { FAR_LANES = 16 * 1024 * 1024 / (int)sizeof(lanes) };

/* Arrays of lanes are cut from one piece of memory, so that it may consist of large pages. */
struct stock {
    lanes *next;
    long left;
};

static lanes *cut(struct stock *stock, long count) {
    lanes *array = stock->next;
    assert(count <= stock->left);
    stock->next += count;
    stock->left -= count;
    return array;
}

static struct ipm_vectors cut_point(const struct ipm *ipm, struct stock *stock) {
    return (struct ipm_vectors){cut(stock, ipm->columns), cut(stock, ipm->columns),
                                cut(stock, ipm->uppers), cut(stock, ipm->uppers),
                                cut(stock, ipm->rows)};
}

/* What the iteration walks over comes first; refining and closing share what they need. */
static enum status take_arrays(struct ipm *ipm, struct ipm_state *state) {
    struct stock point = {.left = 2 * ipm->columns + 2 * ipm->uppers + ipm->rows};
    struct stock stock = {.left = 7 * ipm->columns + 4 * ipm->uppers + 5 * ipm->rows};
    ipm->is_far = stock.left > FAR_LANES;
    point.next = ARENA_TAKE(ipm->arena, lanes, point.left);
    stock.next = ARENA_TAKE(ipm->work, lanes, stock.left);
    if (!point.next || !stock.next) {
        return STATUS_NO_MEMORY;
    }
    state->at = cut_point(ipm, &point);
    state->h = cut(&stock, ipm->columns);
    state->rx = cut(&stock, ipm->columns);
    state->ax = cut(&stock, ipm->rows);
    state->affine = (struct ipm_direction){cut(&stock, ipm->columns), cut(&stock, ipm->rows)};
    state->step = (struct ipm_direction){cut(&stock, ipm->columns), cut(&stock, ipm->rows)};
    state->kept = cut_point(ipm, &stock);
    state->spare = (struct ipm_vectors){/* closing needs no directions */
                                        state->affine.x, state->step.x, cut(&stock, ipm->uppers),
                                        cut(&stock, ipm->uppers), state->affine.y};
    /* a solve has read of its right side what it writes the step over */
    state->missed_x = state->aty = state->dx = cut(&stock, ipm->columns);
    state->missed_p = state->dy = cut(&stock, ipm->rows);
    return STATUS_OK;
}

enum status ipm_scales_of(const struct programme *programme, struct arena *arena, struct ipm *ret) {
    *ret = (struct ipm){.programme = programme, .arena = arena, .share = programme->share};
    TRY(begin_blocks(ret));
    return ipm_scale(ret);
}

enum status ipm_begin(const struct programme *programme, struct arena *arena, struct arena *work,
                      struct parallel_team *team, enum ipm_way way, struct ipm *ipm,
                      struct ipm_state *state) {
    *ipm = (struct ipm){.programme = programme,
                        .arena = arena,
                        .work = work,
                        .share = programme->share,
                        .way = way,
                        .team = team};
    ipm->size_scale = ipm->cost_scale = ipm->start_ratio = 1.0;
    TRY(begin_blocks(ipm));
    TRY(ipm_scale(ipm));
    TRY(ipm_border_begin(ipm));
    for (int k = 0; k < ipm->blocks_count; k++) {
        TRY(ipm->blocks[k].is_here ? ipm_sides(ipm, &ipm->blocks[k]) : STATUS_OK);
    }
    TRY(choose_scales(ipm));
    for (int k = 0; k < ipm->blocks_count; k++) {
        if (ipm->blocks[k].is_here) {
            TRY(ipm_numbers(ipm, &ipm->blocks[k]));
            TRY(ipm_order(ipm, &ipm->blocks[k]));
            TRY(ipm_pack(ipm, &ipm->blocks[k]));
        }
    }
    TRY(ipm_border_finish(ipm));
    for (int k = 0; k < ipm->blocks_count; k++) {
        TRY(ipm->blocks[k].is_here ? ipm_sweep_begin(ipm, &ipm->blocks[k]) : STATUS_OK);
    }
    TRY(make_chunks(ipm));
    *state = (struct ipm_state){.ipm = ipm};
    ipm->kernels = ipm_kernels_named(NULL);
    ipm->tallies = ARENA_TAKE(arena, struct ipm_tally, ipm->chunks_count);
    ipm->rates = ARENA_TAKE(arena, struct ipm_rates, ipm->chunks_count);
    TRY(arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK);
    return take_arrays(ipm, state);
}

static const lanes *number(const struct ipm_pattern *pattern, const lanes *record, int at) {
    return at < 0 ? &pattern->constant[-1 - at] : &record[at];
}

/* A slot at a stage, of all its lanes. */
struct slot {
    const struct ipm_chunk *chunk;
    const struct ipm_pattern *pattern;
    const lanes *record;
    int slot;
    long column, upper;
};

/* For every slot at every stage. */
struct visits {
    struct ipm_state *state;
    void (*visit)(struct ipm_state *state, const struct slot *slot);
};

static void visit_chunk(void *data, int index) {
    const struct visits *visits = data;
    const struct ipm_chunk *chunk = &visits->state->ipm->chunks[index];
    const struct ipm_pattern *pattern = chunk->pattern;
    for (int k = 0; k < chunk->stages; k++) {
        for (int i = 0; i < pattern->columns; i++) {
            struct slot slot = {chunk,
                                pattern,
                                chunk->record + (long)k * chunk->record_size,
                                i,
                                chunk->column + (long)k * pattern->columns + i,
                                chunk->upper + (long)k * pattern->uppers + i};
            visits->visit(visits->state, &slot);
        }
    }
}

static enum status each_slot(struct ipm_state *state,
                             void (*visit)(struct ipm_state *state, const struct slot *slot)) {
    struct visits visits = {state, visit};
    return parallel_team_for(state->ipm->team, state->ipm->chunks_count, visit_chunk, &visits);
}

static const lanes *number_of(const struct slot *slot, const int *of) {
    return number(slot->pattern, slot->record, of[slot->slot]);
}
static bool may_end(const struct slot *slot) { return slot->slot < slot->pattern->uppers; }

static void set_start_h(struct ipm_state *state, const struct slot *slot) {
    const lanes *extra = number_of(slot, slot->pattern->extra),
                *below = number_of(slot, slot->pattern->has_lower),
                *above = number_of(slot, slot->pattern->has_upper);
    bool inverse = slot->chunk->block >= 0 && slot->pattern->implicit[slot->slot];
    for (int q = 0; q < LANES; q++) {
        bool both = (*below)[q] > 0.0 && may_end(slot) && (*above)[q] > 0.0;
        double h = (*extra)[q] > 0.0 ? (*extra)[q] : both ? 2.0 : 1.0;
        state->h[slot->column][q] = inverse ? 1.0 / h : h;
    }
}

static void set_primal_side(struct ipm_state *state, const struct slot *slot) {
    const lanes *above = number_of(slot, slot->pattern->has_upper),
                *upper = number_of(slot, slot->pattern->upper);
    for (int q = 0; q < LANES; q++) {
        bool bounded = may_end(slot) && (*above)[q] > 0.0;
        state->rx[slot->column][q] = bounded ? (*upper)[q] : 0.0;
    }
}

static void set_dual_side(struct ipm_state *state, const struct slot *slot) {
    const lanes *live = number_of(slot, slot->pattern->live),
                *cost = number_of(slot, slot->pattern->cost);
    for (int q = 0; q < LANES; q++) {
        state->rx[slot->column][q] = (*live)[q] * (*cost)[q];
    }
}

static void set_rows(struct ipm_state *state, bool zero) {
    for (int c = 0; c < state->ipm->chunks_count; c++) {
        const struct ipm_chunk *chunk = &state->ipm->chunks[c];
        for (int k = 0; k < chunk->stages; k++) {
            for (int r = 0; r < chunk->pattern->rows; r++) {
                const lanes *b =
                    number(chunk->pattern, chunk->record + (long)k * chunk->record_size,
                           chunk->pattern->rhs[r]);
                lanes *to = &state->missed_p[chunk->row + (long)k * chunk->pattern->rows + r];
                lanes_set(to, 0.0);
                if (!zero) {
                    *to = *b;
                }
            }
        }
    }
}

/* Everything that must be positive becomes at least as large as its like. aty: A' y. */
static void set_start(struct ipm_state *state, const struct slot *slot) {
    const double least_x = 0.5 * state->ipm->start_ratio, least_z = 1.0;
    const lanes *live = number_of(slot, slot->pattern->live),
                *cost = number_of(slot, slot->pattern->cost),
                *below = number_of(slot, slot->pattern->has_lower),
                *above = number_of(slot, slot->pattern->has_upper),
                *upper = number_of(slot, slot->pattern->upper);
    for (int q = 0; q < LANES; q++) {
        double x = (*live)[q] > 0.0 ? state->at.x[slot->column][q] : 0.0;
        double z = (*cost)[q] - state->aty[slot->column][q];
        x = (*below)[q] > 0.0 ? ipm_larger(x, least_x) : x;
        state->at.x[slot->column][q] = x;
        state->at.z[slot->column][q] = (*below)[q] > 0.0 ? ipm_larger(z, least_z) : 0.0;
        if (may_end(slot)) {
            double room = (*upper)[q] - x;
            state->at.w[slot->upper][q] = (*above)[q] > 0.0 ? ipm_larger(room, least_x) : 0.0;
            state->at.v[slot->upper][q] = (*above)[q] > 0.0 ? ipm_larger(-z, least_z) : 0.0;
        }
    }
}

enum status ipm_first_point(struct ipm_state *state) {
    struct ipm *ipm = state->ipm;
    ipm->rho = ipm->delta = 1e-8;
    ipm->pivot_floor = 1e-16;
    TRY(each_slot(state, set_start_h));
    TRY(ipm_factor(ipm, state->h));
    TRY(each_slot(state, set_primal_side));
    set_rows(state, false);
    TRY(ipm_solve_kkt(ipm, state->h, state->rx, state->missed_p, state->at.x, state->dy));
    TRY(each_slot(state, set_dual_side));
    set_rows(state, true);
    TRY(ipm_solve_kkt(ipm, state->h, state->rx, state->missed_p, state->dx, state->at.y));
    TRY(ipm_multiply(ipm, state->at.x, state->at.y, state->ax, state->aty));
    return each_slot(state, set_start);
}
