/* Columns of an hourly file as bytes of float64. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/serve/hours.h"

enum { COLUMNS_MAX = 64, LINE_KEEP = 1 << 16 };

static int column_of(const char *header, const char *name, size_t size) {
    int column = 0;
    for (const char *at = header; *at != '\0'; column++) {
        size_t length = strcspn(at, ",\r\n");
        if (length == size && strncmp(at, name, size) == 0) {
            return column;
        }
        at += length;
        at += *at == ',';
        if (*at == '\n' || *at == '\r') {
            break;
        }
    }
    return -1;
}

static int columns_of(const char *header, const char *names, int ret[COLUMNS_MAX]) {
    int count = 0;
    while (*names != '\0') {
        size_t size = strcspn(names, ",");
        int column = count < COLUMNS_MAX ? column_of(header, names, size) : -1;
        if (column < 0) {
            return 0;
        }
        ret[count++] = column;
        names += size;
        names += *names == ',';
    }
    return count;
}

static double value_at(const char *line, int column) {
    for (; column > 0 && line; column--) {
        line = strchr(line, ',');
        line = line ? line + 1 : NULL;
    }
    return line ? strtod(line, NULL) : 0.0;
}

static void *read_all(FILE *file, char *line, const char *names, size_t *ret_steps,
                      size_t *ret_count) {
    int columns[COLUMNS_MAX];
    int count = fgets(line, LINE_KEEP, file) ? columns_of(line, names, columns) : 0;
    size_t steps = 0, room = 0;
    double *rows = NULL;
    while (count > 0 && fgets(line, LINE_KEEP, file)) {
        if (steps == room) {
            room = room ? 2 * room : 8784;
            double *grown = realloc(rows, room * (size_t)count * sizeof *rows);
            if (!grown) {
                free(rows);
                return NULL;
            }
            rows = grown;
        }
        for (int k = 0; k < count; k++) {
            rows[steps * (size_t)count + (size_t)k] = value_at(line, columns[k]);
        }
        steps++;
    }
    double *turned = rows ? malloc(steps * (size_t)count * sizeof *turned) : NULL;
    for (size_t t = 0; turned && t < steps; t++) {
        for (size_t k = 0; k < (size_t)count; k++) {
            turned[k * steps + t] = rows[t * (size_t)count + k];
        }
    }
    free(rows);
    *ret_steps = steps;
    *ret_count = (size_t)count;
    return turned;
}

void *hours_take(FILE *file, const char *names, size_t *ret_steps, size_t *ret_count) {
    char *line = malloc(LINE_KEEP);
    void *values = line ? read_all(file, line, names, ret_steps, ret_count) : NULL;
    free(line);
    return values;
}

void *hours_read(const char *path, const char *names, size_t *ret_steps, size_t *ret_count) {
    FILE *file = fopen(path, "rb");
    void *values = file ? hours_take(file, names, ret_steps, ret_count) : NULL;
    if (file) {
        (void)fclose(file);
    }
    return values;
}
