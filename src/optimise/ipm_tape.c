/* The elimination of one stage, written down as sums of products (struct ipm_tape).

   With u the rows of the upper factor and l = u / pivot their multipliers, in the order of elimination,

     u_ab = start_ab - sum over pivots p before a:  l_pa u_pb

   where start_ab is a coefficient, a diagonal, what the stage before has carried, and the outer products of
   implicit columns, which are sums of the same form. So every entry is one chain of subtractions, kept in
   registers, and written once. An entry that nothing is subtracted from is not written at all: its readers
   take the coefficient itself. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_order.h"

#include <assert.h>

#include "optimise/ipm_panel.h"

/* Slots of the workspace, while they are being written. */
struct writer {
    struct ipm_symbolic *s;
    const struct ipm_block *block;
    struct ipm_tape *tape;
    int n, slots;
    int *from, *first, *last,
        *count;               /* by slot: what its sum starts from (-1: zero), chain of terms */
    struct ipm_factors *term; /* the chains */
    int *next, used;
    int *behind; /* nodes behind a pivot */
    int *l, *u;  /* by pivot and node: where multiplier and entry stand, or -1 */
    int played;  /* pivots that are the tape's; the others are the panels' */
    struct arena *arena;
    int strip_room, strip_term_room, tile_room, tile_term_room;
};

/* Room for one more in a list that grows; NULL once memory is out. */
static void *with_room(struct arena *arena, void *list, int count, int *room, size_t size) {
    if (count < *room) {
        return list;
    }
    int more = 2 * *room;
    void *longer = arena_failed(arena) ? NULL : arena_take(arena, more, size);
    if (longer && count > 0) {
        memcpy(longer, list, (size_t)count * size);
    }
    *room = longer ? more : *room;
    return longer;
}
#define WITH_ROOM(w, list, count, room)                                                            \
    ((list) = with_room((w)->arena, (list), (count), &(room), sizeof *(list)))

static int entry_at(const struct writer *w, int a, int b) { return w->tape->entry[a * w->n + b]; }

static void set_entry(struct writer *w, int a, int b, int slot) {
    w->tape->entry[a * w->n + b] = w->tape->entry[b * w->n + a] = slot;
}

static bool in_pattern(const struct writer *w, int a, int b) {
    return w->s->pattern[a * w->n + b] != 0;
}

/* Gives slots to the pattern's entries: first what is carried, then the border's part, then all
   others. A level at the end has the slot from which the next stage's begin starts. */
static void give_slots(struct writer *w) {
    struct ipm_tape *tape = w->tape;
    int n = w->n, states = w->block->states;
    for (int i = 0; i < n * n; i++) {
        tape->entry[i] = -1;
    }
    tape->carried = w->slots;
    for (int i = 0; i < states; i++) {
        int begin = tape->first_begin + i, end = tape->first_end + i;
        for (int b = tape->first_begin; b < n; b++) {
            bool level = b <= begin;
            if (!in_pattern(w, begin, b) || (!level && b < tape->first_border)) {
                continue;
            }
            int at = level ? b - tape->first_begin + tape->first_end : b;
            set_entry(w, end, at, w->slots++);
        }
    }
    for (int a = tape->first_border; a < n; a++) {
        for (int b = tape->first_border; b <= a; b++) {
            if (in_pattern(w, a, b)) {
                set_entry(w, a, b, w->slots++);
            }
        }
    }
    tape->border_end = w->slots;
    for (int a = 0; a < n; a++) {
        for (int b = 0; b <= a; b++) {
            if (in_pattern(w, a, b) && entry_at(w, a, b) < 0) {
                set_entry(w, a, b, w->slots++);
            }
        }
    }
}

/* Most slots and terms that the tape may need. */
static void measure(const struct writer *w, long *ret_slots, long *ret_terms, long *ret_multiples) {
    const struct ipm_block *block = w->block;
    long columns = block->pattern.columns, entries = 0, terms = 0, multiples = 0;
    for (int slot = 0; slot < columns; slot++) {
        long count = block->term_first[slot + 1] - block->term_first[slot] +
                     block->sum_first[slot + 1] - block->sum_first[slot];
        terms += count * (count + 1) + 1;
        entries += count;
    }
    memset(w->s->done, 0, (size_t)w->n);
    for (int p = 0; p < w->played; p++) {
        int node = w->tape->order[p];
        w->s->done[node] = 1;
        long behind = 0;
        for (int b = 0; b < w->n; b++) {
            bool pair = p < 2 * w->tape->pairs && in_pattern(w, w->tape->order[p ^ 1], b);
            behind += !w->s->done[b] && (pair || in_pattern(w, node, b));
        }
        terms += (behind + 1) * (p + 1) + (behind + 1) * (behind + 2);
        multiples += behind;
    }
    terms += block->begins_count * 2L + block->wide_terms_count + 2L * w->n;
    *ret_terms = terms;
    *ret_multiples = multiples;
    *ret_slots = w->slots + entries + 2 * multiples + (long)w->n * (w->n + 4) +
                 block->begins_count * 2L + columns + 8;
}

static void add_term(struct writer *w, int slot, int a, int b) {
    w->term[w->used] = (struct ipm_factors){a * LANES, b * LANES};
    w->next[w->used] = -1;
    if (w->count[slot]++ == 0) {
        w->first[slot] = w->used;
    } else {
        w->next[w->last[slot]] = w->used;
    }
    w->last[slot] = w->used++;
}

static int constant_slot(const struct ipm_block *block, double value) {
    for (int i = 0; i < block->constants_count; i++) {
        if (block->constants[i] == value) {
            return i;
        }
    }
    assert(false && "constants hold 0, 1 and -1");
    return 0;
}

static void add_start(struct writer *w, int slot, int from) {
    if (w->from[slot] < 0) {
        w->from[slot] = from;
    } else {
        add_term(w, slot, constant_slot(w->block, -1.0), from);
    }
}

/* The sum of a slot, its terms at the end of the tape's. */
static struct ipm_sum close_sum(struct writer *w, int slot) {
    struct ipm_tape *tape = w->tape;
    int from = w->from[slot] < 0 ? tape->zero : w->from[slot], count = w->count[slot];
    for (int i = 0, at = w->first[slot]; i < count; i++, at = w->next[at]) {
        tape->terms[tape->terms_count++] = w->term[at];
    }
    w->count[slot] = 0;
    w->from[slot] = slot;
    return (struct ipm_sum){slot * LANES, from * LANES, count};
}

static void write_sum(struct writer *w, int slot) {
    w->tape->sums[w->tape->sums_count++] = close_sum(w, slot);
}

/* The entry of two nodes when all is subtracted: written, or where it stands already. */
static int settle(struct writer *w, int a, int b) {
    int slot = entry_at(w, a, b);
    if (slot < 0) {
        return w->tape->zero;
    }
    bool carried = w->from[slot] >= w->tape->carried && w->from[slot] < w->tape->border_end;
    if (w->count[slot] > 0 ||
        carried) { /* what is carried is written over before all have read it */
        write_sum(w, slot);
    } else {
        set_entry(w, a, b, w->from[slot] < 0 ? w->tape->zero : w->from[slot]);
    }
    return entry_at(w, a, b);
}

/* Where a number of the record stands in the workspace. */
static int number_slot(const struct writer *w, int at) {
    return at < 0 ? -1 - at : w->block->places.coefficient + at;
}

/* The entries of a column in step rows and then in sum rows: node and number. */
static int column_term(const struct writer *w, int slot, int i, int *ret_node, int *ret_number) {
    const struct ipm_block *block = w->block;
    int first = block->term_first[slot], count = block->term_first[slot + 1] - first;
    const struct ipm_term *term = i < count ? &block->terms[first + i]
                                            : &block->sum_terms[block->sum_first[slot] + i - count];
    *ret_node = i < count ? term->row : w->tape->first_sum + term->row;
    *ret_number = number_slot(w, term->at);
    return count + block->sum_first[slot + 1] - block->sum_first[slot];
}

/* An explicit column is a node; an implicit one leaves -1 / h times the products of its entries, where
   the workspace holds 1 / h. */
static void assemble_column(struct writer *w, int slot) {
    struct ipm_tape *tape = w->tape;
    int node = tape->node_of_slot[slot], h = tape->h + slot, a, b, number, other;
    int count = w->block->term_first[slot + 1] - w->block->term_first[slot] +
                w->block->sum_first[slot + 1] - w->block->sum_first[slot];
    if (node >= 0) {
        add_start(w, entry_at(w, node, node), h);
    }
    for (int i = 0; i < count; i++) {
        (void)column_term(w, slot, i, &a, &number);
        if (node >= 0) {
            add_start(w, entry_at(w, a, node), number);
            continue;
        }
        int factor = h;
        if (number != constant_slot(w->block, 1.0)) {
            factor = w->slots++;
            tape->products[tape->products_count++] =
                (struct ipm_product){factor * LANES, h * LANES, number * LANES};
        }
        for (int j = 0; j <= i; j++) {
            (void)column_term(w, slot, j, &b, &other);
            add_term(w, entry_at(w, a, b), factor, other);
        }
    }
}

static void assemble(struct writer *w) {
    const struct ipm_block *block = w->block;
    struct ipm_tape *tape = w->tape;
    for (int r = 0; r < block->pattern.rows; r++) {
        add_start(w, entry_at(w, r, r), tape->minus_delta);
    }
    for (int i = 0; i < block->states; i++) {
        for (int b = tape->first_begin; b < w->n; b++) {
            bool level = b <= tape->first_begin + i;
            int carried = entry_at(w, tape->first_end + i,
                                   level ? b - tape->first_begin + tape->first_end : b);
            if (carried >= 0 && (level || b >= tape->first_border)) {
                w->from[entry_at(w, tape->first_begin + i, b)] = carried;
            }
        }
    }
    for (int a = tape->first_border; a < w->n; a++) { /* these grow from stage to stage */
        for (int b = tape->first_border; b <= a; b++) {
            if (in_pattern(w, a, b)) {
                w->from[entry_at(w, a, b)] = entry_at(w, a, b);
            }
        }
    }
    for (int slot = 0; slot < block->pattern.columns; slot++) {
        assemble_column(w, slot);
    }
    for (int i = 0; i < block->begins_count; i++) {
        const struct ipm_begin *begin = &block->begins[i];
        add_start(w, entry_at(w, begin->row, tape->first_begin + begin->state),
                  tape->begin_kept + i);
        add_start(w, entry_at(w, begin->row, tape->first_border + begin->state),
                  tape->begin_first + i);
    }
    for (int i = 0; i < block->wide_terms_count; i++) {
        const struct ipm_wide *term = &block->wide_terms[i];
        add_start(w, entry_at(w, term->row, tape->first_wide + term->wide),
                  number_slot(w, term->at));
    }
}

static int list_behind(struct writer *w, int first, int second) {
    int count = 0;
    for (int b = 0; b < w->n; b++) {
        if (!w->s->done[b] && (in_pattern(w, first, b) || in_pattern(w, second, b))) {
            w->behind[count++] = b;
        }
    }
    return count;
}

/* Whether pivot p has a part in the entry of two nodes. */
static bool takes_part(const struct writer *w, int p, int a, int b) {
    return w->l[p * w->n + a] >= 0 && w->u[p * w->n + b] >= 0;
}

static int factor_or_zero(const struct writer *w, int slot) {
    return (slot < 0 ? w->tape->zero : slot) * LANES;
}

/* The products of the pivots before p, one by one. */
static void add_pivots(struct writer *w, int p, int a, int b) {
    for (int k = 0; k < p; k++) {
        if (takes_part(w, k, a, b)) {
            add_term(w, entry_at(w, a, b), w->l[k * w->n + a], w->u[k * w->n + b]);
        }
    }
}

/* Where sums at once begin: what is assembled goes before them. */
static void open_sums(struct writer *w, const int *entry, int count, int *ret_to, int *ret_from) {
    for (int i = 0; i < count; i++) {
        if (entry[i] >= 0 && w->count[entry[i]] > 0) {
            write_sum(w, entry[i]);
        }
        int from = entry[i] < 0 ? -1 : w->from[entry[i]];
        ret_from[i] = factor_or_zero(w, from);
        ret_to[i] = (entry[i] < 0 ? w->tape->dummy : entry[i]) * LANES;
        if (entry[i] >= 0) {
            w->from[entry[i]] = entry[i];
        }
    }
}

/* Four neighbours of a pivot's row at once, where they share most pivots. False: they do not. */
static bool write_strip(struct writer *w, int p, int node, const int *behind) {
    struct ipm_tape *tape = w->tape;
    struct ipm_strip strip = {.count = 0};
    int products = 0, entry[STRIP];
    for (int k = 0; k < p; k++) {
        int parts = 0;
        for (int i = 0; i < STRIP; i++) {
            parts += takes_part(w, k, node, behind[i]);
        }
        strip.count += parts > 0;
        products += parts;
    }
    if (products < 2 * strip.count + 2) {
        return false;
    }
    for (int i = 0; i < STRIP; i++) {
        entry[i] = entry_at(w, node, behind[i]);
    }
    open_sums(w, entry, STRIP, strip.to, strip.from);
    for (int k = 0; k < p; k++) {
        struct ipm_strip_term term = {factor_or_zero(w, w->l[k * w->n + node]), {0}};
        bool any = false;
        for (int i = 0; i < STRIP; i++) {
            any = any || takes_part(w, k, node, behind[i]);
            term.b[i] = factor_or_zero(w, w->u[k * w->n + behind[i]]);
        }
        if (any && WITH_ROOM(w, tape->strip_terms, tape->strip_terms_count, w->strip_term_room)) {
            tape->strip_terms[tape->strip_terms_count++] = term;
        }
    }
    if (WITH_ROOM(w, tape->strips, tape->strips_count, w->strip_room)) {
        tape->strips[tape->strips_count++] = strip;
    }
    return true;
}

/* The entries left of a pivot's row. */
static void write_row(struct writer *w, int p, int node, int count) {
    for (int i = 0; i < count;) {
        if (i + STRIP <= count && write_strip(w, p, node, &w->behind[i])) {
            i += STRIP;
            continue;
        }
        add_pivots(w, p, node, w->behind[i]);
        (void)settle(w, node, w->behind[i]);
        i++;
    }
}

static void eliminate_pivot(struct writer *w, int p) {
    struct ipm_tape *tape = w->tape;
    struct ipm_pivot *pivot = &tape->pivot[p - tape->pairs];
    int node = tape->order[p], sums = tape->sums_count, strips = tape->strips_count;
    w->s->done[node] = 1;
    int count = list_behind(w, node, node);
    struct ipm_multiple *multiple = &tape->multiples[tape->multiples_count];
    write_row(w, p, node, count);
    add_pivots(w, p, node, node);
    pivot->up = node >= tape->first_begin;
    pivot->multiples = count;
    for (int i = 0; i < count; i++) {
        int b = w->behind[i], from = entry_at(w, node, b);
        multiple[i] = (struct ipm_multiple){w->slots * LANES, from * LANES, 0, 0};
        pivot->kept += b < tape->first_border;
        w->l[p * w->n + b] = w->slots++;
        w->u[p * w->n + b] = from;
    }
    pivot->sums = tape->sums_count - sums;
    pivot->strips = tape->strips_count - strips;
    pivot->own = close_sum(w, entry_at(w, node, node));
    tape->multiples_count += count;
}

/* A row and its column: the multipliers of what is behind are [u_r u_x] times the inverse. */
static void eliminate_pair(struct writer *w, int p) {
    struct ipm_tape *tape = w->tape;
    struct ipm_pivot *pivot = &tape->pivot[p / 2];
    int row = tape->order[p], column = tape->order[p + 1], sums = tape->sums_count, n = w->n;
    w->s->done[row] = w->s->done[column] = 1;
    int count = list_behind(w, row, column);
    struct ipm_multiple *multiple = &tape->multiples[tape->multiples_count];
    pivot->row = settle(w, row, row) * LANES;
    pivot->column = settle(w, column, column) * LANES;
    pivot->cross = settle(w, row, column) * LANES;
    pivot->multiples = count;
    for (int i = 0; i < count; i++) {
        int b = w->behind[i];
        int of_row = settle(w, row, b), of_column = settle(w, column, b);
        multiple[i] = (struct ipm_multiple){w->slots * LANES, of_row * LANES,
                                            (w->slots + 1) * LANES, of_column * LANES};
        w->l[p * n + b] = w->slots++;
        w->l[(p + 1) * n + b] = w->slots++;
        w->u[p * n + b] = in_pattern(w, row, b) ? of_row : -1;
        w->u[(p + 1) * n + b] = in_pattern(w, column, b) ? of_column : -1;
    }
    pivot->sums = tape->sums_count - sums;
    tape->multiples_count += count;
}

/* Entries of what the stage leaves, from node a and node b on. */
static void write_tile(struct writer *w, int a, int b) {
    struct ipm_tape *tape = w->tape;
    struct ipm_tile tile = {.count = 0};
    int n = w->n, entry[TILE];
    for (int i = 0; i < TILE; i++) {
        int row = a + i / TILE_COLUMNS, column = b + i % TILE_COLUMNS;
        entry[i] = row < n && column <= row ? entry_at(w, row, column) : -1;
    }
    open_sums(w, entry, TILE, tile.to, tile.from);
    for (int k = 0; k < tape->pivots; k++) {
        struct ipm_tile_term term;
        bool any = false;
        for (int i = 0; i < TILE_ROWS; i++) {
            term.a[i] = factor_or_zero(w, a + i < n ? w->l[k * n + a + i] : -1);
        }
        for (int i = 0; i < TILE_COLUMNS; i++) {
            term.b[i] = factor_or_zero(w, b + i < n ? w->u[k * n + b + i] : -1);
        }
        for (int i = 0; i < TILE; i++) {
            any = any ||
                  (entry[i] >= 0 && takes_part(w, k, a + i / TILE_COLUMNS, b + i % TILE_COLUMNS));
        }
        if (any && WITH_ROOM(w, tape->tile_terms, tape->tile_terms_count, w->tile_term_room)) {
            tape->tile_terms[tape->tile_terms_count++] = term;
            tile.count++;
        }
    }
    if (WITH_ROOM(w, tape->tiles, tape->tiles_count, w->tile_room)) {
        tape->tiles[tape->tiles_count++] = tile;
    }
}

/* What the stage leaves: the border's part, and the levels at the end for the next stage. */
static void write_last(struct writer *w) {
    struct ipm_tape *tape = w->tape;
    int sums = tape->sums_count;
    for (int a = tape->first_end; a < w->n; a += TILE_ROWS) {
        for (int b = tape->first_end; b < a + TILE_ROWS && b < w->n; b += TILE_COLUMNS) {
            write_tile(w, a, b);
        }
    }
    tape->last_sums = tape->sums_count - sums;
}

/* Where the panels find what the tape leaves of an entry. The levels at the end stand where the next
   levels at the begin start from, so that their sums go elsewhere until all are read. */
static int leave(void *data, int a, int b) {
    struct writer *w = data;
    struct ipm_tape *tape = w->tape;
    int slot = entry_at(w, a, b);
    bool end = (a >= tape->first_end && a < tape->first_border) ||
               (b >= tape->first_end && b < tape->first_border);
    if (a == b && a < tape->first_end) {
        return slot; /* a pivot: panel_diagonals */
    }
    add_pivots(w, w->played, a, b);
    if (w->count[slot] == 0) {
        return w->from[slot] < 0 ? tape->zero : w->from[slot];
    }
    struct ipm_sum sum = close_sum(w, slot);
    sum.to = end ? w->slots++ * LANES : sum.to;
    tape->sums[tape->sums_count++] = sum;
    return sum.to / LANES;
}

static enum status leave_to_panels(struct writer *w) {
    struct ipm_tape *tape = w->tape;
    struct ipm_panel *panel = &tape->panel;
    int sums = tape->sums_count;
    TRY(ipm_panel_lay_out(w->arena, w->s, w->played, leave, w));
    tape->last_sums = tape->sums_count - sums;
    panel->diagonal = ARENA_TAKE(w->arena, struct ipm_sum, panel->pivots);
    if (!panel->diagonal) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < panel->pivots; i++) {
        add_pivots(w, w->played, panel->node[i], panel->node[i]);
        panel->diagonal[i] = close_sum(w, entry_at(w, panel->node[i], panel->node[i]));
    }
    panel->most = w->slots;
    w->slots += panel->pivots;
    return STATUS_OK;
}

static enum status take_lists(struct arena *arena, struct writer *w) {
    struct ipm_tape *tape = w->tape;
    long slots, terms, multiples;
    measure(w, &slots, &terms, &multiples);
    w->from = ARENA_TAKE(arena, int, slots);
    w->first = ARENA_TAKE(arena, int, slots);
    w->last = ARENA_TAKE(arena, int, slots);
    w->count = ARENA_TAKE(arena, int, slots);
    w->term = ARENA_TAKE(arena, struct ipm_factors, terms);
    w->next = ARENA_TAKE(arena, int, terms);
    w->behind = ARENA_TAKE(arena, int, w->n);
    w->strip_room = w->strip_term_room = w->tile_room = w->tile_term_room = 16;
    tape->strips = ARENA_TAKE(arena, struct ipm_strip, w->strip_room);
    tape->strip_terms = ARENA_TAKE(arena, struct ipm_strip_term, w->strip_term_room);
    tape->tiles = ARENA_TAKE(arena, struct ipm_tile, w->tile_room);
    tape->tile_terms = ARENA_TAKE(arena, struct ipm_tile_term, w->tile_term_room);
    w->l = ARENA_TAKE(arena, int, (long)tape->pivots * w->n);
    w->u = ARENA_TAKE(arena, int, (long)tape->pivots * w->n);
    tape->terms = ARENA_TAKE(arena, struct ipm_factors, terms);
    tape->multiples = ARENA_TAKE(arena, struct ipm_multiple, multiples);
    tape->sums = ARENA_TAKE(arena, struct ipm_sum, (long)w->n * (w->n + 2));
    tape->products = ARENA_TAKE(arena, struct ipm_product, terms);
    tape->pivot = ARENA_TAKE(arena, struct ipm_pivot, tape->pivots);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    for (long i = 0; i < slots; i++) {
        w->from[i] = -1;
    }
    for (long i = 0; i < (long)tape->pivots * w->n; i++) {
        w->l[i] = w->u[i] = -1;
    }
    return STATUS_OK;
}

enum status ipm_write_tape(struct arena *arena, struct ipm_symbolic *s) {
    struct ipm_tape *tape = s->tape;
    struct ipm_block *block = s->block;
    struct writer w = {.s = s, .block = block, .tape = tape, .n = s->nodes, .arena = arena};
    tape->begin_kept = block->places.size;
    tape->begin_first = tape->begin_kept + block->begins_count;
    tape->h = tape->begin_first + block->begins_count;
    tape->minus_delta = tape->h + block->pattern.columns;
    tape->zero = constant_slot(block, 0.0);
    tape->dummy = tape->minus_delta + 1;
    w.slots = tape->dummy + 1;
    w.played = ipm_panel_first(s);
    give_slots(&w);
    TRY(take_lists(arena, &w));
    assemble(&w);
    memset(s->done, 0, (size_t)s->nodes);
    for (int p = 0; p < 2 * tape->pairs; p += 2) {
        eliminate_pair(&w, p);
    }
    for (int p = 2 * tape->pairs; p < w.played; p++) {
        eliminate_pivot(&w, p);
    }
    tape->steps_count = w.played - tape->pairs;
    if (w.played < tape->pivots) {
        TRY(leave_to_panels(&w));
    } else {
        write_last(&w);
    }
    tape->dense = w.slots;
    TRY(arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK);
    TRY(ipm_list_solves(arena, s));
    return w.played < tape->pivots ? ipm_panel_list_kept(arena, block) : STATUS_OK;
}
