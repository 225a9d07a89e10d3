/* How the steps of a block are laid into lanes, and where a lane is cut into pieces.

   A step begins a piece where its level comes from elsewhere than the step before it, where the step
   before it is looked at from elsewhere, where a lane begins, and where a map's periods would not fit
   into the slots of the piece. Every map has as many slots per piece as make its cuts few: one for
   months, two for peak and off-peak hours. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_internal.h"

enum { SLOTS_MAX = 8, GROUPS_MAX = 12, STAGES_PER_GROUP = 90 };

static void cut_at_levels(const struct ipm_block *block, unsigned char *cut) {
    for (int t = 0; t < block->steps; t++) {
        int before = ipm_before(block->source, t);
        cut[t] = cut[t] || t % block->stages == 0 || before != t - 1;
        if (before != PROGRAMME_FIXED && before != t - 1 && before + 1 < block->steps) {
            cut[before + 1] = 1;
        }
    }
}

/* Fills slot_of_step for pieces that hold at most `slots` periods; counts, and makes where cut is
   given, the cuts this needs. */
static int fit_slots(const struct programme_map *map, int steps, int slots, unsigned char *cut,
                     bool make, int *slot_of_step) {
    int held[SLOTS_MAX], count = 0, cuts = 0;
    for (int t = 0; t < steps; t++) {
        int period = map->period_of_step[t], at = 0;
        count = cut[t] ? 0 : count;
        slot_of_step[t] = -1;
        if (period == PROGRAMME_NO_PERIOD) {
            continue;
        }
        while (at < count && held[at] != period) {
            at++;
        }
        if (at == slots) {
            cuts++;
            cut[t] = make ? 1 : cut[t];
            at = count = 0;
        }
        if (at == count) {
            held[count++] = period;
        }
        slot_of_step[t] = at;
    }
    return cuts;
}

static enum status choose_slots(struct arena *arena, struct ipm_block *block, unsigned char *cut) {
    const struct programme_block *b = block->source;
    block->map_slots = ARENA_TAKE(arena, int, b->maps_count);
    block->slot_of_step = ARENA_TAKE(arena, int *, b->maps_count);
    if (!block->map_slots || !block->slot_of_step) {
        return STATUS_NO_MEMORY;
    }
    for (int m = 0; m < b->maps_count; m++) {
        int *slot = ARENA_TAKE(arena, int, block->steps);
        if (!slot) {
            return STATUS_NO_MEMORY;
        }
        block->slot_of_step[m] = slot;
        double least = HUGE_VAL;
        for (int slots = 1; slots <= SLOTS_MAX; slots++) {
            /* a slot more costs about as much as a cut in a hundred steps */
            double cost = fit_slots(&b->maps[m], block->steps, slots, cut, false, slot) +
                          slots * fmax(block->steps, 100.0) / 100.0;
            if (cost < least) {
                least = cost;
                block->map_slots[m] = slots;
            }
        }
        (void)fit_slots(&b->maps[m], block->steps, block->map_slots[m], cut, true, slot);
    }
    for (int m = 0; m < b->maps_count; m++) { /* later maps have cut more */
        (void)fit_slots(&b->maps[m], block->steps, block->map_slots[m], cut, false,
                        block->slot_of_step[m]);
    }
    return STATUS_OK;
}

static int piece_with_end(const struct ipm_block *block, int step) {
    int low = 0, high = block->pieces_count - 1;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (block->pieces[middle].begin <= step) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

static enum status make_pieces(struct arena *arena, struct ipm_block *block,
                               const unsigned char *cut) {
    int count = 0;
    for (int t = 0; t < block->steps; t++) {
        count += cut[t];
    }
    block->pieces = ARENA_TAKE(arena, struct ipm_piece, count);
    if (!block->pieces) {
        return STATUS_NO_MEMORY;
    }
    for (int t = 0; t < block->steps; t++) {
        if (cut[t]) {
            int lane = t / block->stages;
            block->pieces[block->pieces_count++] =
                (struct ipm_piece){.group = lane / LANES,
                                   .lane = lane % LANES,
                                   .stage = t % block->stages,
                                   .begin = t,
                                   .before = ipm_before(block->source, t)};
        }
        block->pieces[block->pieces_count - 1].stages++;
    }
    for (int p = 0; p < block->pieces_count; p++) {
        struct ipm_piece *piece = &block->pieces[p];
        piece->node = p * block->states; /* of the block's; see number_levels */
        piece->before_node = piece->before == PROGRAMME_FIXED
                                 ? -1
                                 : piece_with_end(block, piece->before) * block->states;
    }
    return STATUS_OK;
}

/* By group and stage, the pieces that begin; behind the last stage every lane ends. */
static enum status make_events(struct arena *arena, struct ipm_block *block) {
    int most = block->pieces_count + 2 * LANES * block->groups, count = 0;
    block->event_first = ARENA_TAKE(arena, int, (long)block->groups *(block->stages + 2));
    block->events = ARENA_TAKE(arena, struct ipm_event, most);
    int *of_stage = ARENA_TAKE(arena, int, (long)block->groups *LANES *(block->stages + 1));
    if (!block->event_first || !block->events || !of_stage) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < block->groups * LANES * (block->stages + 1); i++) {
        of_stage[i] = -2; /* nothing happens */
    }
    for (int p = 0; p < block->pieces_count; p++) {
        const struct ipm_piece *piece = &block->pieces[p];
        int *lane = &of_stage[(piece->group * LANES + piece->lane) * (block->stages + 1)];
        lane[piece->stage] = p;
        if (lane[piece->stage + piece->stages] == -2) {
            lane[piece->stage + piece->stages] = -1;
        }
    }
    for (int g = 0; g < block->groups; g++) {
        int held[LANES];
        for (int q = 0; q < LANES; q++) {
            held[q] = -1;
        }
        for (int k = 0; k <= block->stages; k++) {
            block->event_first[g * (block->stages + 2) + k] = count;
            for (int q = 0; q < LANES; q++) {
                int p = of_stage[(g * LANES + q) * (block->stages + 1) + k];
                if (p == -2 && k == 0) {
                    p = -1;
                }
                if (p != -2) {
                    block->events[count++] = (struct ipm_event){q, p, held[q]};
                    held[q] = p;
                }
            }
        }
        block->event_first[g * (block->stages + 2) + block->stages + 1] = count;
    }
    return STATUS_OK;
}

enum status ipm_pieces(struct arena *arena, struct ipm_block *block) {
    block->groups = block->steps / (LANES * STAGES_PER_GROUP);
    block->groups = block->groups < 1 ? 1 : block->groups > GROUPS_MAX ? GROUPS_MAX : block->groups;
    block->stages = (block->steps + LANES * block->groups - 1) / (LANES * block->groups);
    unsigned char *cut = ARENA_TAKE(arena, unsigned char, block->steps + 1);
    if (!cut) {
        return STATUS_NO_MEMORY;
    }
    cut_at_levels(block, cut);
    TRY(choose_slots(arena, block, cut));
    TRY(make_pieces(arena, block, cut));
    return make_events(arena, block);
}
