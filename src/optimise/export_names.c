/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/export_names.h"

/* Other bytes than printable ASCII become '?': a comment must never end a line early. */
static void add_plain(struct text_buffer *out, const char *name) {
    for (; *name; name++) {
        text_add_n(out, *name >= ' ' && *name <= '~' ? name : "?", 1);
    }
}

struct list {
    struct text_buffer *out;
    const char *comment;
    char letter;
    long at;
    int block; /* -1: no block to name */
};

static void add_family(struct list *list, const char *name, long count, const char *index) {
    if (count > 0) {
        text_add_format(list->out, "%s %c%ld", list->comment, list->letter, list->at);
        if (count > 1) {
            text_add_format(list->out, "..%c%ld", list->letter, list->at + count - 1);
        }
        text_add(list->out, "  ");
        add_plain(list->out, name);
        text_add(list->out, index);
        if (list->block >= 0) {
            text_add_format(list->out, "  block %d", list->block);
        }
        text_add(list->out, "\n");
    }
    list->at += count;
}

static void add_columns(const struct programme *programme, struct list *list) {
    for (int d = 0; d < programme->designs_count; d++) {
        add_family(list, programme->designs[d].name, 1, "");
    }
    for (int block = 0; block < programme->blocks_count; block++) {
        const struct programme_block *b = &programme->blocks[block];
        list->block = programme->blocks_count > 1 ? block : -1;
        for (int c = 0; c < b->columns_count; c++) {
            add_family(list, b->columns[c].name, programme_steps(b), "[t]");
        }
        for (int s = 0; s < b->states_count; s++) {
            add_family(list, b->states[s].name, programme_steps(b), "[t]");
        }
        for (int f = 0; f < b->periods_count; f++) {
            add_family(list, b->periods[f].name, b->maps[b->periods[f].map].periods, "[p]");
        }
    }
}

static void add_rows(const struct programme *programme, struct list *list) {
    for (int r = 0; r < programme->border_rows_count; r++) {
        add_family(list, programme->border_rows[r].name, 1, "");
    }
    for (int block = 0; block < programme->blocks_count; block++) {
        const struct programme_block *b = &programme->blocks[block];
        list->block = programme->blocks_count > 1 ? block : -1;
        for (int r = 0; r < b->rows_count; r++) {
            add_family(list, b->rows[r].name, programme_steps(b), "[t]");
        }
        for (int f = 0; f < b->sums_count; f++) {
            add_family(list, b->sums[f].name, b->maps[b->sums[f].map].periods, "[p]");
        }
    }
}

void export_names(const struct programme *programme, const char *comment, struct text_buffer *out) {
    struct list columns = {out, comment, 'C', 0, -1}, rows = {out, comment, 'R', 0, -1};
    text_add(out, comment);
    text_add(out, " ");
    add_plain(out, programme->name);
    text_add(out, "\n");
    add_columns(programme, &columns);
    add_rows(programme, &rows);
}
