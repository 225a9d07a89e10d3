/* One file with all that a page draws of a plan: the summary, and with it transfers, rules, columns, wiring and how long it
   took. */
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

/* When the first hour begins: the second cell of the first row. */
static json_t *from_json(const char *path) {
    FILE *file = fopen(path, "rb");
    char *line = malloc(LINE_MAX_BYTES), *cells[COLUMNS_MAX];
    bool good = file && line && fgets(line, LINE_MAX_BYTES, file) &&
                fgets(line, LINE_MAX_BYTES, file) && cells_of(line, cells) > 1;
    json_t *from = good ? json_string(cells[1]) : json_null();
    if (file) {
        (void)fclose(file);
    }
    free(line);
    return from;
}

static char *text_of(const char *path, size_t *ret_size) {
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    long size = file && fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    if (size > 0 && fseek(file, 0, SEEK_SET) == 0) {
        text = malloc((size_t)size);
        *ret_size = text ? fread(text, 1, (size_t)size, file) : 0;
    }
    if (file) {
        (void)fclose(file);
    }
    return text;
}

/* Of plan.yaml the buses, and of each instance what a picture of flows needs. */
static json_t *wiring_json(const char *path) {
    static const char *const kept[] = {"name", "kind", "owner", "ports"};
    size_t size = 0;
    char *text = text_of(path, &size);
    const char *json = NULL;
    struct hearth_context *context = hearth_context_new();
    bool good =
        context && text && hearth_yaml_json(context, "plan.yaml", text, size, &json) == HEARTH_OK;
    json_t *root = good ? json_loads(json, 0, NULL) : NULL;
    json_t *wired = json_object_get(root, "wired"), *all = json_array(), *instance = NULL;
    size_t k = 0;
    json_array_foreach(json_object_get(wired, "instances"), k, instance) {
        json_t *one = json_object();
        for (size_t n = 0; n < sizeof kept / sizeof kept[0]; n++) {
            (void)json_object_set(one, kept[n], json_object_get(instance, kept[n]));
        }
        (void)json_array_append_new(all, one);
    }
    json_t *buses = json_object_get(wired, "buses");
    json_t *ret = json_pack("{s:o,s:o}", "instances", all, "buses",
                            buses ? json_incref(buses) : json_array());
    json_decref(root);
    hearth_context_free(context);
    free(text);
    return ret;
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
    (void)json_object_set_new(root, "from", from_json(path));
    (void)snprintf(path, sizeof path, "%s/plan.yaml", folder);
    (void)json_object_set_new(root, "wiring", wiring_json(path));
    (void)snprintf(path, sizeof path, "%s/view.json", folder);
    bool good = json_dump_file(root, path, JSON_COMPACT | JSON_SORT_KEYS) == 0;
    json_decref(root);
    return good;
}
