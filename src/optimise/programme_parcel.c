/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/programme_parcel.h"

#include <string.h>

/* Lists go by their count, then one by one; texts and numbers likewise. */
struct writing {
    char *bytes; /* NULL: only counts */
    long used;
};
struct reading {
    const char *bytes;
    struct programme_builder *builder;
    struct arena *arena;
    bool failed;
};

struct programme_mark programme_mark(const struct programme_builder *builder) {
    const struct programme *p = programme_so_far(builder);
    return (struct programme_mark){p->designs_count, p->border_rows_count, p->border_entries_count};
}

/* ---- writing ---- */

static void put(struct writing *to, const void *data, size_t size) {
    if (to->bytes) {
        memcpy(to->bytes + to->used, data, size);
    }
    to->used += (long)size;
}

static void put_int(struct writing *to, int value) { put(to, &value, sizeof value); }
static void put_double(struct writing *to, double value) { put(to, &value, sizeof value); }

static void put_name(struct writing *to, const char *name) {
    int size = (int)strlen(name) + 1;
    put_int(to, size);
    put(to, name, (size_t)size);
}

static void put_numbers(struct writing *to, struct numbers numbers, int count) {
    put_int(to, numbers.stride);
    put(to, numbers.value, (numbers.stride ? (size_t)count : 1) * sizeof *numbers.value);
}

static int sum_periods(const struct programme_block *b, int family) {
    return b->maps[b->sums[family].map].periods;
}

static void put_sum_entries(struct writing *to, const struct programme_block *b) {
    int count = 0;
    for (int e = 0; e < b->sum_entries_count; e++) {
        count += b->sum_entries[e].where != IN_STEP;
    }
    put_int(to, count);
    for (int e = 0; e < b->sum_entries_count; e++) {
        const struct programme_entry *entry = &b->sum_entries[e];
        if (entry->where != IN_STEP) {
            put_int(to, entry->row);
            put_int(to, (int)entry->where);
            put_int(to, entry->index);
            put_numbers(to, entry->value, sum_periods(b, entry->row));
        }
    }
}

static void put_block(struct writing *to, const struct programme_block *b) {
    put_double(to, b->step_h);
    put_int(to, b->maps_count);
    for (int m = 0; m < b->maps_count; m++) {
        put_int(to, b->maps[m].periods);
    }
    put_int(to, b->periods_count);
    for (int f = 0; f < b->periods_count; f++) {
        const struct programme_column *family = &b->periods[f];
        int periods = b->maps[family->map].periods;
        put_name(to, family->name);
        put_int(to, family->map);
        put_numbers(to, family->cost, periods);
        put_numbers(to, family->lower, periods);
        put_numbers(to, family->upper, periods);
    }
    put_int(to, b->sums_count);
    for (int f = 0; f < b->sums_count; f++) {
        const struct programme_row *family = &b->sums[f];
        put_name(to, family->name);
        put_int(to, family->map);
        put_int(to, family->elastic);
        put_numbers(to, family->lower, sum_periods(b, f));
        put_numbers(to, family->upper, sum_periods(b, f));
    }
    put_sum_entries(to, b);
}

static void put_border(struct writing *to, const struct programme *p, struct programme_mark since) {
    put_int(to, p->designs_count - since.designs);
    for (int d = since.designs; d < p->designs_count; d++) {
        put_name(to, p->designs[d].name);
        put_double(to, p->designs[d].cost);
        put_double(to, p->designs[d].lower);
        put_double(to, p->designs[d].upper);
    }
    put_int(to, p->border_rows_count - since.border_rows);
    for (int r = since.border_rows; r < p->border_rows_count; r++) {
        put_name(to, p->border_rows[r].name);
        put_double(to, p->border_rows[r].lower);
        put_double(to, p->border_rows[r].upper);
        put_int(to, p->border_rows[r].elastic);
    }
    put_int(to, p->border_entries_count - since.border_entries);
    for (int e = since.border_entries; e < p->border_entries_count; e++) {
        const struct programme_border_entry *entry = &p->border_entries[e];
        put_int(to, entry->row);
        put_int(to, (int)entry->where);
        put_int(to, entry->index);
        put_int(to, entry->block);
        put_int(to, entry->period);
        put_double(to, entry->value);
    }
}

enum status programme_pack(const struct programme_builder *builder, int block,
                           struct programme_mark since, struct arena *arena, char **ret_bytes,
                           long *ret_size) {
    const struct programme *p = programme_so_far(builder);
    struct writing to = {NULL, 0};
    for (int pass = 0; pass < 2; pass++) {
        to.used = 0;
        put_block(&to, &p->blocks[block]);
        put_border(&to, p, since);
        if (pass == 0) {
            to.bytes = ARENA_TAKE(arena, char, to.used);
            TRY(to.bytes ? STATUS_OK : STATUS_NO_MEMORY);
        }
    }
    *ret_bytes = to.bytes;
    *ret_size = to.used;
    return STATUS_OK;
}

/* ---- reading ---- */

static void get(struct reading *from, void *ret, size_t size) {
    memcpy(ret, from->bytes, size);
    from->bytes += size;
}

static int get_int(struct reading *from) {
    int value = 0;
    get(from, &value, sizeof value);
    return value;
}

static double get_double(struct reading *from) {
    double value = 0.0;
    get(from, &value, sizeof value);
    return value;
}

static const char *get_name(struct reading *from) {
    int size = get_int(from);
    char *name = arena_text(from->arena, from->bytes);
    from->bytes += size;
    from->failed = from->failed || !name;
    return name;
}

static struct numbers get_numbers(struct reading *from, int count) {
    struct numbers numbers = {NULL, get_int(from)};
    size_t size = (numbers.stride ? (size_t)count : 1) * sizeof(double);
    double *value = arena_take(from->arena, (long)size, 1);
    if (value) {
        memcpy(value, from->bytes, size);
    }
    from->bytes += size;
    from->failed = from->failed || !value;
    numbers.value = value;
    return numbers;
}

static void get_families(struct reading *from, int block, const int *periods) {
    int count = get_int(from);
    for (int f = 0; f < count; f++) {
        struct programme_column family = {.name = get_name(from)};
        family.map = get_int(from);
        family.cost = get_numbers(from, periods[family.map]);
        family.lower = get_numbers(from, periods[family.map]);
        family.upper = get_numbers(from, periods[family.map]);
        (void)programme_add_period(from->builder, block, family);
    }
}

static enum status get_sums(struct reading *from, int block, const int *periods) {
    int count = get_int(from);
    int *periods_of_sum = ARENA_TAKE(from->arena, int, count);
    if (!periods_of_sum) {
        return STATUS_NO_MEMORY;
    }
    for (int f = 0; f < count; f++) {
        struct programme_row family = {.name = get_name(from)};
        family.map = get_int(from);
        family.elastic = get_int(from) != 0;
        periods_of_sum[f] = periods[family.map];
        family.lower = get_numbers(from, periods_of_sum[f]);
        family.upper = get_numbers(from, periods_of_sum[f]);
        (void)programme_add_sum(from->builder, block, family);
    }
    count = get_int(from);
    for (int e = 0; e < count; e++) {
        int row = get_int(from);
        enum programme_where where = (enum programme_where)get_int(from);
        int index = get_int(from);
        programme_add_sum_entry(from->builder, block, row, where, index,
                                get_numbers(from, periods_of_sum[row]));
    }
    return STATUS_OK;
}

static enum status get_block(struct reading *from) {
    int block = programme_add_block(from->builder, 0, 0, get_double(from), NULL, NULL);
    int count = get_int(from);
    int *periods = ARENA_TAKE(from->arena, int, count);
    if (!periods || block < 0) {
        return STATUS_NO_MEMORY;
    }
    for (int m = 0; m < count; m++) {
        periods[m] = get_int(from);
        (void)programme_add_map(from->builder, block, (struct programme_map){periods[m], NULL});
    }
    get_families(from, block, periods);
    return get_sums(from, block, periods);
}

static void get_border(struct reading *from) {
    int count = get_int(from);
    for (int d = 0; d < count; d++) {
        struct programme_design design = {.name = get_name(from)};
        design.cost = get_double(from);
        design.lower = get_double(from);
        design.upper = get_double(from);
        (void)programme_add_design(from->builder, design);
    }
    count = get_int(from);
    for (int r = 0; r < count; r++) {
        struct programme_border_row row = {.name = get_name(from)};
        row.lower = get_double(from);
        row.upper = get_double(from);
        row.elastic = get_int(from) != 0;
        (void)programme_add_border_row(from->builder, row);
    }
    count = get_int(from);
    for (int e = 0; e < count; e++) {
        struct programme_border_entry entry = {.row = get_int(from)};
        entry.where = (enum programme_where)get_int(from);
        entry.index = get_int(from);
        entry.block = get_int(from);
        entry.period = get_int(from);
        entry.value = get_double(from);
        programme_add_border_entry(from->builder, entry);
    }
}

enum status programme_unpack(struct programme_builder *builder, const char *bytes,
                             struct arena *arena) {
    struct reading from = {bytes, builder, arena, false};
    TRY(get_block(&from));
    get_border(&from);
    return from.failed || !programme_finish(builder) ? STATUS_NO_MEMORY : STATUS_OK;
}
