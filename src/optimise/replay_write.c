/* The replay: a programme as text that reads back bit for bit.

     hearth_replay 1
     programme NAME                                   names run to the end of the line; \xNN stands
   for a control byte constant NUMBER design COST LOWER UPPER NAME border LOWER UPPER ELASTIC NAME
   ELASTIC 0 or 1 block SEGMENTS SEGMENT_STEPS STEP_H follows (one per segment) weights (one per
   segment), or: weights none map PERIODS (one per step) column COST LOWER UPPER NAME state COST
   LOWER UPPER START NAME period MAP COST LOWER UPPER NAME row LOWER UPPER ELASTIC NAME sum MAP
   LOWER UPPER ELASTIC NAME entry ROW WHERE INDEX VALUE                      WHERE: step begin end
   design period sum_entry ROW WHERE INDEX VALUE border_entry ROW design INDEX VALUE, or:
   border_entry ROW period INDEX BLOCK PERIOD VALUE end sha256 HEX of everything before this line

   A value by step is one number for all steps, or @K: the K-th array of the file. Each array is
   written once, before the line that first names it: array K COUNT (values). */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "base/hash.h"
#include "optimise/export.h"
#include "optimise/replay_number.h"

enum { VALUES_PER_LINE = 8, INTEGERS_PER_LINE = 24 };

/* Arrays written so far, by address and length. */
struct seen {
    const double *value;
    int count, number;
};

struct writer {
    const struct programme *programme;
    struct text_buffer *out;
    struct seen *seen; /* a hash table, size a power of two and at least twice its content */
    long seen_size;
    int arrays;
};

static void add_value(struct text_buffer *out, double value) {
    char text[REPLAY_NUMBER_SIZE];
    int size = replay_number_text(text, value);
    text_add_n(out, text, (size_t)size);
}

static void add_values(struct text_buffer *out, const double *value, int count) {
    for (int i = 0; i < count; i++) {
        text_add(out, i > 0 && i % VALUES_PER_LINE == 0 ? "\n" : " ");
        add_value(out, value[i]);
    }
    text_add(out, "\n");
}

static void add_integers(struct text_buffer *out, const int *value, int count) {
    for (int i = 0; i < count; i++) {
        text_add_format(out, "%s%d", i > 0 && i % INTEGERS_PER_LINE == 0 ? "\n" : " ", value[i]);
    }
    text_add(out, "\n");
}

static void add_name(struct text_buffer *out, const char *name) {
    text_add(out, " ");
    for (; *name; name++) {
        if ((unsigned char)*name < ' ' || *name == 127 || *name == '\\') {
            text_add_format(out, "\\x%02x", (unsigned)(unsigned char)*name);
        } else {
            text_add_n(out, name, 1);
        }
    }
    text_add(out, "\n");
}

static struct seen *place_of(struct writer *writer, const double *value, int count) {
    uint64_t mixed = ((uint64_t)(uintptr_t)value >> 3) * 0x9e3779b97f4a7c15u + (uint64_t)count;
    long at = (long)(mixed >> 20) & (writer->seen_size - 1);
    while (writer->seen[at].value &&
           (writer->seen[at].value != value || writer->seen[at].count != count)) {
        at = (at + 1) & (writer->seen_size - 1);
    }
    return &writer->seen[at];
}

/* Writes the array unless it was written, on lines before the one that names it. */
static void need(struct writer *writer, struct numbers numbers, int count) {
    if (numbers.stride == 0) {
        return;
    }
    struct seen *seen = place_of(writer, numbers.value, count);
    if (!seen->value) {
        *seen = (struct seen){numbers.value, count, writer->arrays++};
        text_add_format(writer->out, "array %d %d", seen->number, count);
        add_values(writer->out, numbers.value, count);
    }
}

static void add_numbers(struct writer *writer, struct numbers numbers, int count) {
    text_add(writer->out, " ");
    if (numbers.stride == 0) {
        add_value(writer->out, numbers.value[0]);
    } else {
        text_add_format(writer->out, "@%d", place_of(writer, numbers.value, count)->number);
    }
}

enum list { COLUMNS, STATES, FAMILIES };

static void add_columns(struct writer *writer, const struct programme_block *b, enum list list,
                        const struct programme_column *columns, int count) {
    static const char *const word[] = {"column", "state", "period"};
    bool family = list == FAMILIES;
    for (int c = 0; c < count; c++) {
        const struct programme_column *column = &columns[c];
        int members = family ? b->maps[column->map].periods : programme_steps(b);
        need(writer, column->cost, members);
        need(writer, column->lower, members);
        need(writer, column->upper, members);
        text_add(writer->out, word[list]);
        if (family) {
            text_add_format(writer->out, " %d", column->map);
        }
        add_numbers(writer, column->cost, members);
        add_numbers(writer, column->lower, members);
        add_numbers(writer, column->upper, members);
        if (list == STATES) {
            text_add(writer->out, " ");
            add_value(writer->out, column->start_level_ratio);
        }
        add_name(writer->out, column->name);
    }
}

static void add_rows(struct writer *writer, const struct programme_block *b, bool sums) {
    const struct programme_row *rows = sums ? b->sums : b->rows;
    int count = sums ? b->sums_count : b->rows_count;
    for (int r = 0; r < count; r++) {
        int members = sums ? b->maps[rows[r].map].periods : programme_steps(b);
        need(writer, rows[r].lower, members);
        need(writer, rows[r].upper, members);
        text_add(writer->out, sums ? "sum" : "row");
        if (sums) {
            text_add_format(writer->out, " %d", rows[r].map);
        }
        add_numbers(writer, rows[r].lower, members);
        add_numbers(writer, rows[r].upper, members);
        text_add_format(writer->out, " %d", rows[r].elastic ? 1 : 0);
        add_name(writer->out, rows[r].name);
    }
}

static const char *where_word(enum programme_where where) {
    switch (where) {
    case IN_STEP:
        return "step";
    case IN_BEGIN:
        return "begin";
    case IN_END:
        return "end";
    case IN_DESIGN:
        return "design";
    case IN_PERIOD:
        break;
    }
    return "period";
}

static void add_entries(struct writer *writer, const struct programme_block *b, bool sums) {
    const struct programme_entry *entries = sums ? b->sum_entries : b->entries;
    int count = sums ? b->sum_entries_count : b->entries_count;
    for (int e = 0; e < count; e++) {
        const struct programme_entry *entry = &entries[e];
        bool by_period = sums && entry->where != IN_STEP;
        int members = by_period ? b->maps[b->sums[entry->row].map].periods : programme_steps(b);
        need(writer, entry->value, members);
        text_add_format(writer->out, "%s %d %s %d", sums ? "sum_entry" : "entry", entry->row,
                        where_word(entry->where), entry->index);
        add_numbers(writer, entry->value, members);
        text_add(writer->out, "\n");
    }
}

static void add_block(struct writer *writer, const struct programme_block *b) {
    struct text_buffer *out = writer->out;
    text_add_format(out, "block %d %d ", b->segments, b->segment_steps);
    add_value(out, b->step_h);
    text_add(out, "\nfollows");
    add_integers(out, b->follows, b->segments);
    if (b->segment_weight) {
        text_add(out, "weights");
        add_values(out, b->segment_weight, b->segments);
    } else {
        text_add(out, "weights none\n");
    }
    for (int m = 0; m < b->maps_count; m++) {
        text_add_format(out, "map %d", b->maps[m].periods);
        add_integers(out, b->maps[m].period_of_step, programme_steps(b));
    }
    add_columns(writer, b, COLUMNS, b->columns, b->columns_count);
    add_columns(writer, b, STATES, b->states, b->states_count);
    add_columns(writer, b, FAMILIES, b->periods, b->periods_count);
    add_rows(writer, b, false);
    add_rows(writer, b, true);
    add_entries(writer, b, false);
    add_entries(writer, b, true);
}

static void add_border(struct writer *writer) {
    const struct programme *programme = writer->programme;
    for (int e = 0; e < programme->border_entries_count; e++) {
        const struct programme_border_entry *entry = &programme->border_entries[e];
        text_add_format(writer->out, "border_entry %d %s %d ", entry->row, where_word(entry->where),
                        entry->index);
        if (entry->where == IN_PERIOD) {
            text_add_format(writer->out, "%d %d ", entry->block, entry->period);
        }
        add_value(writer->out, entry->value);
        text_add(writer->out, "\n");
    }
}

static void add_designs(const struct programme *programme, struct text_buffer *out) {
    for (int d = 0; d < programme->designs_count; d++) {
        const struct programme_design *design = &programme->designs[d];
        const double value[] = {design->cost, design->lower, design->upper};
        text_add(out, "design");
        for (int i = 0; i < 3; i++) {
            text_add(out, " ");
            add_value(out, value[i]);
        }
        add_name(out, design->name);
    }
    for (int r = 0; r < programme->border_rows_count; r++) {
        const struct programme_border_row *row = &programme->border_rows[r];
        text_add(out, "border ");
        add_value(out, row->lower);
        text_add(out, " ");
        add_value(out, row->upper);
        text_add_format(out, " %d", row->elastic ? 1 : 0);
        add_name(out, row->name);
    }
}

static long numbers_of(const struct programme *programme) {
    long count = 0;
    for (int block = 0; block < programme->blocks_count; block++) {
        const struct programme_block *b = &programme->blocks[block];
        count += 3L * b->columns_count + 3L * b->states_count + 3L * b->periods_count +
                 2L * b->rows_count + 2L * b->sums_count + b->entries_count + b->sum_entries_count;
    }
    return count;
}

static void add_checksum(struct text_buffer *out, size_t from) {
    struct hash hash;
    char hex[HASH_HEX_SIZE];
    if (text_buffer_failed(out)) {
        return;
    }
    hash_init(&hash);
    hash_add(&hash, out->data + from, out->size - from);
    hash_hex(&hash, hex);
    text_add_format(out, "sha256 %s\n", hex);
}

enum status export_replay(const struct programme *programme, struct arena *arena,
                          struct text_buffer *out) {
    struct writer writer = {programme, out, NULL, 64, 0};
    size_t from = out->size;
    if (programme_mistake(programme, arena)) {
        return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_INTERNAL;
    }
    while (writer.seen_size < 2 * numbers_of(programme)) {
        writer.seen_size *= 2;
    }
    writer.seen = ARENA_TAKE(arena, struct seen, writer.seen_size);
    TRY(writer.seen ? STATUS_OK : STATUS_NO_MEMORY);
    text_add(out, "hearth_replay 1\nprogramme");
    add_name(out, programme->name);
    text_add(out, "constant ");
    add_value(out, programme->objective_constant);
    text_add(out, "\n");
    add_designs(programme, out);
    for (int block = 0; block < programme->blocks_count; block++) {
        add_block(&writer, &programme->blocks[block]);
    }
    add_border(&writer);
    text_add(out, "end\n");
    add_checksum(out, from);
    return text_buffer_failed(out) ? STATUS_NO_MEMORY : STATUS_OK;
}
