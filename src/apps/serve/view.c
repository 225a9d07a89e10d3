/* One file with all that a page draws of a plan: the summary, and with it transfers, rules, columns and how long it took. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/serve/serve.h"

enum { COLUMNS_MAX = 32, LINE_MAX_BYTES = 1 << 16 };

/* The next cell of a line of our own tables, which quote nothing; empty ones too. NULL: the line has ended. */
static char *cell_next(char **rest) {
    char *cell = *rest;
    if (cell) {
        size_t size = strcspn(cell, ",\r\n");
        *rest = cell[size] == ',' ? cell + size + 1 : NULL;
        cell[size] = '\0';
    }
    return cell;
}

static int cells_of(char *line, char *ret[COLUMNS_MAX]) {
    int count = 0;
    for (char *cell; count < COLUMNS_MAX && (cell = cell_next(&line)) != NULL;) {
        ret[count++] = cell;
    }
    return count;
}

static json_t *cell_json(const char *name, const char *text) {
    char *end = NULL;
    if (!strstr(name, "money") && !strstr(name, "quantity")) {
        return json_string(text);
    }
    double value = strtod(text, &end);
    return end == text ? json_null() : json_real(value);
}

/* Each row of a table as an object by the names of its first row. */
static json_t *rows_json(const char *path) {
    FILE *file = fopen(path, "rb");
    char *head = malloc(2 * (size_t)LINE_MAX_BYTES), *names[COLUMNS_MAX], *cells[COLUMNS_MAX];
    json_t *rows = json_array();
    int columns = 0;
    if (file && head && fgets(head, LINE_MAX_BYTES, file)) {
        columns = cells_of(head, names);
    }
    while (columns > 0 && fgets(head + LINE_MAX_BYTES, LINE_MAX_BYTES, file)) {
        json_t *row = json_object();
        int count = cells_of(head + LINE_MAX_BYTES, cells);
        for (int k = 0; k < count && k < columns; k++) {
            (void)json_object_set_new(row, names[k], cell_json(names[k], cells[k]));
        }
        (void)json_array_append_new(rows, row);
    }
    if (file) {
        (void)fclose(file);
    }
    free(head);
    return rows;
}

/* The names of the hourly columns but the first two, which say when. */
static json_t *columns_json(const char *path) {
    FILE *file = fopen(path, "rb");
    char *line = malloc(LINE_MAX_BYTES), *rest = NULL, *cell = NULL;
    json_t *names = json_array();
    if (file && line && fgets(line, LINE_MAX_BYTES, file)) {
        rest = line;
    }
    for (int k = 0; (cell = cell_next(&rest)) != NULL; k++) {
        if (k >= 2) {
            (void)json_array_append_new(names, json_string(cell));
        }
    }
    if (file) {
        (void)fclose(file);
    }
    free(line);
    return names;
}

bool view_write(const char *folder, const char *hash, double spent_s, const char *rules) {
    char path[256];
    (void)snprintf(path, sizeof path, "%s/summary.json", folder);
    json_t *root = json_load_file(path, 0, NULL);
    if (!root) {
        return false;
    }
    (void)json_object_set_new(root, "hash", json_string(hash));
    (void)json_object_set(root, "headline", json_object_get(root, "finding"));
    (void)json_object_set_new(root, "seconds", json_real(spent_s));
    json_t *sheet = rules ? json_loads(rules, 0, NULL) : NULL;
    (void)json_object_set_new(root, "rules", sheet ? sheet : json_array());
    (void)snprintf(path, sizeof path, "%s/transfers_year.csv", folder);
    (void)json_object_set_new(root, "transfers", rows_json(path));
    (void)snprintf(path, sizeof path, "%s/hourly.csv", folder);
    (void)json_object_set_new(root, "hours", columns_json(path));
    (void)snprintf(path, sizeof path, "%s/view.json", folder);
    bool good = json_dump_file(root, path, JSON_COMPACT | JSON_SORT_KEYS) == 0;
    json_decref(root);
    return good;
}
