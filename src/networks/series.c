/* Reading the table of a run. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/series.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "networks/names.h"

enum { COLUMNS_MAX = 20000, STEPS_MAX = 2000000, CELLS_MAX = 100000000 };
static const char *const keys[] = {"heat_kw", "flow_kg_s", "supply_c", "return_c", "pressure_kpa"};

const char *const *network_series_keys(int *ret_count) {
    *ret_count = COUNT(keys);
    return keys;
}

struct reader {
    struct arena *arena;
    struct diag *diag;
    struct place place;
    const char *text;
    size_t size, at;
};

/* The next cell; ret_last: it ends its line. False at the end of the text. */
static bool cell(struct reader *r, const char **ret_text, size_t *ret_size, bool *ret_last) {
    if (r->at >= r->size) {
        return false;
    }
    const char *start = r->text + r->at;
    size_t n = 0, left = r->size - r->at;
    while (n < left && start[n] != ',' && start[n] != '\n') {
        n++;
    }
    *ret_last = n >= left || start[n] == '\n';
    r->at += n + 1;
    *ret_text = start;
    *ret_size = n > 0 && start[n - 1] == '\r' ? n - 1 : n;
    return true;
}

static bool heading(struct reader *r, const struct names *nodes, const char *text, size_t size,
                    struct network_series *s) {
    const char *name = arena_text_n(r->arena, text, size);
    const char *dot = name ? strrchr(name, '.') : NULL;
    int key = -1, node = -1;
    for (int k = 0; dot && k < COUNT(keys); k++) {
        key = strcmp(dot + 1, keys[k]) == 0 ? k : key;
    }
    if (dot) {
        node = names_find(nodes, arena_text_n(r->arena, name, (size_t)(dot - name)));
    }
    if (key < 0 || node < 0 || s->columns >= COLUMNS_MAX) {
        diag_error(r->diag, r->place, "column \"%s\" is no node and key", name ? name : "");
        diag_remedy(r->diag, "NODE.heat_kw, .flow_kg_s, .supply_c, .return_c or .pressure_kpa");
        return false;
    }
    s->node[s->columns] = node;
    s->key[s->columns++] = key;
    return true;
}

static enum status headings(struct reader *r, const struct network *network,
                            struct network_series *s) {
    struct names nodes;
    const char *text = NULL;
    size_t size = 0;
    bool last = false;
    names_init(&nodes, r->arena);
    for (int n = 0; n < network->nodes_count; n++) {
        (void)names_add(&nodes, network->nodes[n].name, n);
    }
    s->node = ARENA_TAKE(r->arena, int, COLUMNS_MAX);
    s->key = ARENA_TAKE(r->arena, int, COLUMNS_MAX);
    if (!s->node || !s->key) {
        return STATUS_NO_MEMORY;
    }
    if (!cell(r, &text, &size, &last) || size != 6 || memcmp(text, "time_s", 6) != 0) {
        diag_error(r->diag, r->place, "the first column is not time_s");
        diag_remedy(r->diag, "time_s,NODE.heat_kw,...");
        return STATUS_BAD_SCENARIO;
    }
    while (!last && cell(r, &text, &size, &last) && heading(r, &nodes, text, size, s)) {
    }
    return diag_errors(r->diag) > 0 ? STATUS_BAD_SCENARIO : STATUS_OK;
}

static enum status row(struct reader *r, struct network_series *s) {
    const char *text = NULL;
    size_t size = 0;
    bool last = false;
    for (int c = -1; c < s->columns; c++) {
        double value = 0.0;
        if (last || !cell(r, &text, &size, &last) || !text_number(text, size, &value) ||
            (c == -1 && s->steps > 0 && value <= s->time_s[s->steps - 1])) {
            diag_error(r->diag, r->place,
                       c < 0 ? "no time, or not after the one before" : "a number is missing");
            diag_remedy(r->diag, "one number per column; times rise");
            return STATUS_BAD_SCENARIO;
        }
        *(c < 0 ? &s->time_s[s->steps]
                : &s->value[(size_t)s->steps * (size_t)s->columns + (size_t)c]) = value;
    }
    s->steps++;
    return STATUS_OK;
}

enum status network_series_parse(struct arena *arena, struct diag *diag, const char *file,
                                 const char *text, size_t size, const struct network *network,
                                 struct network_series *ret) {
    struct reader r = {arena, diag, {file, 1, 1}, text, size, 0};
    long lines = 1;
    *ret = (struct network_series){0};
    TRY(headings(&r, network, ret));
    for (size_t k = 0; k < size; k++) {
        lines += text[k] == '\n';
    }
    if (lines > STEPS_MAX || lines * (long)(ret->columns + 1) > CELLS_MAX) {
        diag_error(diag, r.place, "more rows than one run may have");
        diag_remedy(diag, "cut the table into parts");
        return STATUS_BAD_SCENARIO;
    }
    ret->time_s = ARENA_TAKE(arena, double, lines);
    ret->value = ARENA_TAKE(arena, double, lines * ret->columns);
    if (!ret->time_s || !ret->value) {
        return STATUS_NO_MEMORY;
    }
    while (r.at < size) {
        r.place.line++;
        TRY(row(&r, ret));
    }
    if (ret->steps < 2) {
        diag_error(diag, r.place, "a run has two rows or more");
        diag_remedy(diag, "the first is where it starts, each further one the end of a step");
        return STATUS_BAD_SCENARIO;
    }
    return STATUS_OK;
}
