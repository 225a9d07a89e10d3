/* Panels: where a stage has many stores, buses and capacities, the later half of its elimination is
   dense, and a tape of single entries would only walk through memory. From the levels at the begin on,
   the pivots are taken eight at a time from a matrix per lane:

               pivots             what stays: sums, wide slots, levels
            | U  U  .  U  U  |  U  U  .  U |     a panel: eight rows of U, blocks of eight columns;
            |    U  U  .  U  |  U  .  U  U |     a block in which nothing fills in is left out (.)
            |       U  U  U  |  .  U  U  U |
            |                |  S  S  S  S |     S: less L U of every panel, a tile of four rows and
            |                |     S  S  S |     eight columns in registers at a time

   The matrix is filled from the group's workspace, where the tape has left what the pivots before made
   of it, and S goes back there: pieces, lanes and solves see no difference. Every entry is the same
   chain of subtractions as on the tape, so the bits are the plain kernels', too. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_panel.h"

/* Products of a stage below which the tape is as fast: what it does stays in the cache, while whole
   blocks of eight do twice as much. */
static const double worth_products = 300e3;

static int rounded_up(int count) { return (count + PANEL - 1) / PANEL * PANEL; }

/* Pairs and inequalities stay with the tape: they touch little, and each something else. */
static int first_dense(const struct ipm_symbolic *s) {
    const struct ipm_tape *tape = s->tape;
    int p = 2 * tape->pairs;
    while (p < tape->pivots && tape->order[p] < tape->first_begin &&
           s->block->slack_sign[tape->order[p]] != 0.0) {
        p++;
    }
    return p;
}

int ipm_panel_first(const struct ipm_symbolic *s) {
    const struct ipm_tape *tape = s->tape;
    int first = first_dense(s);
    double products = 0.0;
    memset(s->done, 0, (size_t)s->nodes);
    for (int p = 0; p < tape->pivots; p++) {
        int node = tape->order[p], behind = 0;
        s->done[node] = 1;
        for (int b = 0; b < s->nodes && p >= first; b++) {
            behind += !s->done[b] && s->pattern[node * s->nodes + b];
        }
        products += 0.5 * behind * (behind + 1);
    }
    bool panels = s->way == IPM_WAY_BY_SIZE ? products >= worth_products : s->way == IPM_WAY_PANELS;
    return panels ? first : tape->pivots;
}

/* Pivots in their order; then, from the last node to the first, what stays: of two of these the later
   one's multiplier is taken, as everywhere. */
static enum status give_places(struct arena *arena, const struct ipm_symbolic *s, int first) {
    struct ipm_tape *tape = s->tape;
    struct ipm_panel *panel = &tape->panel;
    panel->first = first;
    panel->pivots = tape->pivots - first;
    panel->stays = rounded_up(panel->pivots);
    panel->places = rounded_up(panel->stays + s->nodes - tape->first_end);
    panel->node = ARENA_TAKE(arena, int, panel->places);
    panel->place = ARENA_TAKE(arena, int, s->nodes);
    panel->up = ARENA_TAKE(arena, bool, panel->places);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < panel->places; i++) {
        int stays = i - panel->stays;
        panel->node[i] = i < panel->pivots ? tape->order[first + i] : -1;
        panel->node[i] = stays >= 0 && s->nodes - 1 - stays >= tape->first_end
                             ? s->nodes - 1 - stays
                             : panel->node[i];
        panel->up[i] = panel->node[i] >= tape->first_begin;
    }
    for (int b = 0; b < s->nodes; b++) {
        panel->place[b] = -1;
    }
    for (int i = 0; i < panel->places; i++) {
        if (panel->node[i] >= 0) {
            panel->place[panel->node[i]] = i;
        }
    }
    return STATUS_OK;
}

static bool in_pattern(const struct ipm_symbolic *s, int i, int j) {
    int a = s->tape->panel.node[i], b = s->tape->panel.node[j];
    return a >= 0 && b >= 0 && s->pattern[a * s->nodes + b];
}

/* By panel, the blocks behind it in which one of its rows has an entry. */
static enum status list_blocks(struct arena *arena, const struct ipm_symbolic *s) {
    struct ipm_panel *panel = &s->tape->panel;
    int blocks = panel->places / PANEL, panels = panel->stays / PANEL, count = 0;
    panel->block_first = ARENA_TAKE(arena, int, panels + 1);
    panel->block = ARENA_TAKE(arena, int, (long)panels *blocks);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < panels; k++) {
        panel->block_first[k] = count;
        for (int j = k + 1; j < blocks; j++) {
            bool any = false;
            for (int i = 0; i < PANEL * PANEL; i++) {
                any = any || in_pattern(s, k * PANEL + i / PANEL, j * PANEL + i % PANEL);
            }
            if (any) {
                panel->block[count++] = j;
            }
        }
    }
    panel->block_first[panels] = count;
    return STATUS_OK;
}

/* Which rows of a block of columns are touched at all, by what is in it or what fills in. */
static bool is_used(const struct ipm_symbolic *s, int row, int column_block) {
    bool any = false;
    for (int j = 0; j < PANEL; j++) {
        any = any || in_pattern(s, row, column_block * PANEL + j);
    }
    return any;
}

/* Fills the row's eight places of a block: entries right of the diagonal, and it. */
static void fill(struct ipm_symbolic *s, struct ipm_eight *eight, int row, int column_block,
                 int (*slot)(void *data, int a, int b), void *data) {
    const struct ipm_panel *panel = &s->tape->panel;
    eight->at = row * panel->places + column_block * PANEL;
    for (int j = 0; j < PANEL; j++) {
        int column = column_block * PANEL + j;
        bool there = column >= row && in_pattern(s, row, column);
        eight->slot[j] =
            LANES * (there ? slot(data, panel->node[row], panel->node[column]) : s->tape->zero);
    }
}

static enum status list_fills(struct arena *arena, struct ipm_symbolic *s,
                              int (*slot)(void *data, int a, int b), void *data) {
    struct ipm_panel *panel = &s->tape->panel;
    int blocks = panel->places / PANEL;
    panel->fills = ARENA_TAKE(arena, struct ipm_eight, (long)panel->places * blocks);
    panel->clears = ARENA_TAKE(arena, int, (long)panel->places *blocks);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < panel->places; i++) {
        for (int j = i / PANEL; j < blocks; j++) {
            if (is_used(s, i, j)) {
                fill(s, &panel->fills[panel->fills_count++], i, j, slot, data);
            } else {
                panel->clears[panel->clears_count++] = i * panel->places + j * PANEL;
            }
        }
    }
    return STATUS_OK;
}

/* What stays goes back to where the next stage looks for it. */
static enum status list_returns(struct arena *arena, struct ipm_symbolic *s, int nowhere) {
    struct ipm_tape *tape = s->tape;
    struct ipm_panel *panel = &tape->panel;
    int blocks = panel->places / PANEL;
    panel->returns = ARENA_TAKE(arena, struct ipm_eight, (long)panel->places * blocks);
    if (!panel->returns) {
        return STATUS_NO_MEMORY;
    }
    for (int i = panel->stays; i < panel->places; i++) {
        for (int j = i / PANEL; j < blocks; j++) {
            if (!is_used(s, i, j)) {
                continue;
            }
            struct ipm_eight *eight = &panel->returns[panel->returns_count++];
            eight->at = i * panel->places + j * PANEL;
            for (int k = 0; k < PANEL; k++) {
                int column = j * PANEL + k;
                bool there = column >= i && in_pattern(s, i, column);
                eight->slot[k] =
                    LANES * (there ? tape->entry[panel->node[i] * s->nodes + panel->node[column]]
                                   : nowhere);
            }
        }
    }
    return STATUS_OK;
}

enum status ipm_panel_lay_out(struct arena *arena, struct ipm_symbolic *s, int first,
                              int (*slot)(void *data, int a, int b), void *data) {
    TRY(give_places(arena, s, first));
    TRY(list_blocks(arena, s));
    TRY(list_fills(arena, s, slot, data));
    return list_returns(arena, s, s->tape->dummy);
}

enum status ipm_panel_list_kept(struct arena *arena, struct ipm_block *block) {
    struct ipm_tape *tape = &block->tape;
    struct ipm_panel *panel = &tape->panel;
    int count = tape->later.first[tape->pivots] - tape->later.first[panel->first];
    panel->kept = ARENA_TAKE(arena, int, count);
    if (!panel->kept) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < count; i++) {
        const struct ipm_factors *f = &tape->later.factors[tape->later.first[panel->first] + i];
        panel->kept[i] = panel->place[f->b / LANES - block->places.node];
    }
    return STATUS_OK;
}

long ipm_panel_room(const struct ipm_tape *tape) {
    long n = tape->panel.places, stays = tape->panel.stays;
    return n * n + n + 2 * stays; /* matrices; L of one panel; sizes and inverses of the pivots */
}
