/* Growing a programme. Lists double in the arena; a list of count items is full when count is 0 or
   a power of two from FIRST_ROOM on, so no capacities are kept. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <string.h>

#include "optimise/programme.h"

enum { FIRST_ROOM = 8 };

struct programme_builder {
    struct arena *arena;
    struct programme *programme;
    bool failed; /* memory ran out, or a block that does not exist was named */
};

struct programme_builder *programme_builder_new(struct arena *arena, const char *name) {
    struct programme_builder *builder = ARENA_TAKE(arena, struct programme_builder, 1);
    struct programme *programme = ARENA_TAKE(arena, struct programme, 1);
    char *copy = arena_text(arena, name);
    if (!builder || !programme || !copy) {
        return NULL;
    }
    programme->name = copy;
    *builder = (struct programme_builder){arena, programme, false};
    return builder;
}

/* A list of its own, with the room that its count says it has. */
static void *copied(struct programme_builder *builder, const void *items, int count, size_t size) {
    long room = FIRST_ROOM;
    while (room < count) {
        room *= 2;
    }
    char *copy = count > 0 ? arena_take(builder->arena, room, size) : NULL;
    builder->failed = builder->failed || (count > 0 && !copy);
    return copy ? memcpy(copy, items, (size_t)count * size) : NULL;
}

struct programme_builder *programme_builder_copy(struct arena *arena,
                                                 const struct programme *programme) {
    struct programme_builder *builder = programme_builder_new(arena, programme->name);
    if (!builder) {
        return NULL;
    }
    struct programme *p = builder->programme;
    *p = *programme;
    p->designs = copied(builder, p->designs, p->designs_count, sizeof *p->designs);
    p->border_rows = copied(builder, p->border_rows, p->border_rows_count, sizeof *p->border_rows);
    p->border_entries =
        copied(builder, p->border_entries, p->border_entries_count, sizeof *p->border_entries);
    p->blocks = copied(builder, p->blocks, p->blocks_count, sizeof *p->blocks);
    for (int k = 0; p->blocks && k < p->blocks_count; k++) {
        struct programme_block *b = &p->blocks[k];
        b->columns = copied(builder, b->columns, b->columns_count, sizeof *b->columns);
        b->states = copied(builder, b->states, b->states_count, sizeof *b->states);
        b->rows = copied(builder, b->rows, b->rows_count, sizeof *b->rows);
        b->entries = copied(builder, b->entries, b->entries_count, sizeof *b->entries);
        b->maps = copied(builder, b->maps, b->maps_count, sizeof *b->maps);
        b->periods = copied(builder, b->periods, b->periods_count, sizeof *b->periods);
        b->sums = copied(builder, b->sums, b->sums_count, sizeof *b->sums);
        b->sum_entries =
            copied(builder, b->sum_entries, b->sum_entries_count, sizeof *b->sum_entries);
    }
    return builder->failed ? NULL : builder;
}

/* items with room for one more than count; NULL, and the builder has failed, when memory is out. */
static void *with_room(struct programme_builder *builder, void *items, int count, size_t size) {
    if (items && (count < FIRST_ROOM || (count & (count - 1)) != 0)) {
        return items;
    }
    char *larger = count > INT_MAX / 2
                       ? NULL
                       : arena_take(builder->arena, count ? 2L * count : FIRST_ROOM, size);
    if (!larger) {
        builder->failed = true;
        return NULL;
    }
    if (items && count > 0) {
        memcpy(larger, items, (size_t)count * size);
    }
    return larger;
}

/* The list with a copy of item at its end, perhaps in a new place; after a failure the list as it
   was. */
static void *with_item(struct programme_builder *builder, void *items, int *count, const void *item,
                       size_t size) {
    char *roomy = with_room(builder, items, *count, size);
    if (!roomy) {
        return items;
    }
    memcpy(roomy + (size_t)*count * size, item, size);
    ++*count;
    return roomy;
}

static int last(const struct programme_builder *builder, int count) {
    return builder->failed ? -1 : count - 1;
}

/* NULL when the builder has failed or the block does not exist. */
static struct programme_block *block_of(struct programme_builder *builder, int block) {
    if (!builder || builder->failed) {
        return NULL;
    }
    if (block < 0 || block >= builder->programme->blocks_count) {
        builder->failed = true;
        return NULL;
    }
    return &builder->programme->blocks[block];
}

int programme_add_block(struct programme_builder *builder, int segments, int segment_steps,
                        double step_h, const double *segment_weight, const int *follows) {
    if (!builder || builder->failed) {
        return -1;
    }
    struct programme_block block = {.segments = segments,
                                    .segment_steps = segment_steps,
                                    .step_h = step_h,
                                    .segment_weight = segment_weight,
                                    .follows = follows};
    struct programme *p = builder->programme;
    p->blocks = with_item(builder, p->blocks, &p->blocks_count, &block, sizeof block);
    return last(builder, p->blocks_count);
}

int programme_add_column(struct programme_builder *builder, int block,
                         struct programme_column column) {
    struct programme_block *b = block_of(builder, block);
    if (!b) {
        return -1;
    }
    b->columns = with_item(builder, b->columns, &b->columns_count, &column, sizeof column);
    return last(builder, b->columns_count);
}

int programme_add_state(struct programme_builder *builder, int block,
                        struct programme_column state) {
    struct programme_block *b = block_of(builder, block);
    if (!b) {
        return -1;
    }
    b->states = with_item(builder, b->states, &b->states_count, &state, sizeof state);
    return last(builder, b->states_count);
}

int programme_add_row(struct programme_builder *builder, int block, struct programme_row row) {
    struct programme_block *b = block_of(builder, block);
    if (!b) {
        return -1;
    }
    b->rows = with_item(builder, b->rows, &b->rows_count, &row, sizeof row);
    return last(builder, b->rows_count);
}

int programme_add_map(struct programme_builder *builder, int block, struct programme_map map) {
    struct programme_block *b = block_of(builder, block);
    if (!b) {
        return -1;
    }
    b->maps = with_item(builder, b->maps, &b->maps_count, &map, sizeof map);
    return last(builder, b->maps_count);
}

int programme_add_period(struct programme_builder *builder, int block,
                         struct programme_column family) {
    struct programme_block *b = block_of(builder, block);
    if (!b) {
        return -1;
    }
    b->periods = with_item(builder, b->periods, &b->periods_count, &family, sizeof family);
    return last(builder, b->periods_count);
}

int programme_add_sum(struct programme_builder *builder, int block, struct programme_row family) {
    struct programme_block *b = block_of(builder, block);
    if (!b) {
        return -1;
    }
    b->sums = with_item(builder, b->sums, &b->sums_count, &family, sizeof family);
    return last(builder, b->sums_count);
}

int programme_add_design(struct programme_builder *builder, struct programme_design design) {
    if (!builder || builder->failed) {
        return -1;
    }
    struct programme *p = builder->programme;
    p->designs = with_item(builder, p->designs, &p->designs_count, &design, sizeof design);
    return last(builder, p->designs_count);
}

int programme_add_border_row(struct programme_builder *builder, struct programme_border_row row) {
    if (!builder || builder->failed) {
        return -1;
    }
    struct programme *p = builder->programme;
    p->border_rows = with_item(builder, p->border_rows, &p->border_rows_count, &row, sizeof row);
    return last(builder, p->border_rows_count);
}

void programme_add_entry(struct programme_builder *builder, int block, int row,
                         enum programme_where where, int index, struct numbers value) {
    struct programme_block *b = block_of(builder, block);
    if (b) {
        struct programme_entry entry = {row, where, index, value};
        b->entries = with_item(builder, b->entries, &b->entries_count, &entry, sizeof entry);
    }
}

void programme_add_sum_entry(struct programme_builder *builder, int block, int row,
                             enum programme_where where, int index, struct numbers value) {
    struct programme_block *b = block_of(builder, block);
    if (b) {
        struct programme_entry entry = {row, where, index, value};
        b->sum_entries =
            with_item(builder, b->sum_entries, &b->sum_entries_count, &entry, sizeof entry);
    }
}

void programme_add_border_entry(struct programme_builder *builder,
                                struct programme_border_entry entry) {
    if (builder && !builder->failed) {
        struct programme *p = builder->programme;
        p->border_entries =
            with_item(builder, p->border_entries, &p->border_entries_count, &entry, sizeof entry);
    }
}

struct numbers programme_constant(struct programme_builder *builder, double value) {
    double *kept = builder && !builder->failed ? ARENA_TAKE(builder->arena, double, 1) : NULL;
    if (!kept) {
        if (builder) {
            builder->failed = true;
        }
        return (struct numbers){NULL, 0};
    }
    *kept = value;
    return (struct numbers){kept, 0};
}

struct numbers numbers_by_step(const double *value) {
    return (struct numbers){value, 1};
}

int programme_designs_so_far(const struct programme_builder *builder) {
    return builder->programme->designs_count;
}

const struct programme *programme_so_far(const struct programme_builder *builder) {
    return builder->programme;
}

/* In new numbers: columns may share theirs. */
static void weigh(struct programme_builder *builder, struct programme_column *columns, int count,
                  int steps, const struct programme_map *maps, double weight_ratio) {
    for (int c = 0; c < count && !builder->failed; c++) {
        struct numbers *cost = &columns[c].cost;
        int numbers = cost->stride == 0 ? 1 : maps ? maps[columns[c].map].periods : steps;
        double *weighed = ARENA_TAKE(builder->arena, double, numbers);
        builder->failed = !weighed;
        for (int k = 0; weighed && k < numbers; k++) {
            weighed[k] = weight_ratio * numbers_at(*cost, k);
        }
        cost->value = weighed;
    }
}

void programme_weigh(struct programme_builder *builder, int block, int first_design,
                     double weight_ratio) {
    struct programme_block *b = block_of(builder, block);
    if (!b) {
        return;
    }
    int steps = b->segments * b->segment_steps;
    weigh(builder, b->columns, b->columns_count, steps, NULL, weight_ratio);
    weigh(builder, b->states, b->states_count, steps, NULL, weight_ratio);
    weigh(builder, b->periods, b->periods_count, steps, b->maps, weight_ratio);
    for (int d = first_design; d < builder->programme->designs_count; d++) {
        builder->programme->designs[d].cost *= weight_ratio;
    }
}

struct programme *programme_finish(struct programme_builder *builder) {
    return builder && !builder->failed ? builder->programme : NULL;
}
