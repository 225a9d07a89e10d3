/* Feeders as CSV tables and as GeoJSON, by the columns of feeder_reader.c. Buses: bus, vn_kv, p_kw,
   q_kvar, kind ...; branches: from, to, r_ohm, x_ohm, closed ... In GeoJSON a point with the
   property "bus" is a bus and a line string with "from" and "to" a branch; its length is measured
   on the sphere where it is not given. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "networks/feeder_reader.h"
#include "scenario/document.h"
#include "scenario/table.h"

#define EARTH_M 6371008.8
#define RAD_DEG 0.017453292519943295

static const char *cell_text(struct arena *arena, const struct table_cell *cell) {
    return cell->text ? arena_text_n(arena, cell->text, cell->size) : NULL;
}

static bool header_names(const char *header, size_t size, const char *word) {
    size_t length = strlen(word);
    for (size_t k = 0; k + length <= size; k++) {
        bool begins =
                 k == 0 || strchr(",;\t\" ", header[k - 1]) || (unsigned char)header[k - 1] > 127,
             ends = k + length == size || strchr(",;\t\" \r", header[k + length]);
        if (begins && ends && memcmp(header + k, word, length) == 0) {
            return true;
        }
    }
    return false;
}

bool feeder_csv_has_branches(const char *text, size_t size) {
    size_t at = 0;
    while (at < size && (text[at] == '#' || text[at] == '\n' || text[at] == '\r')) {
        const char *newline = memchr(text + at, '\n', size - at);
        at = newline ? (size_t)(newline - text) + 1 : size;
    }
    const char *newline = memchr(text + at, '\n', size - at);
    size_t length = newline ? (size_t)(newline - text) - at : size - at;
    return header_names(text + at, length, "from") && header_names(text + at, length, "to");
}

enum { ASK_NAME, ASK_KIND, ASK_CLOSED = 2, ASK_SERVICE, ASK_LABEL, ASK_NUMBERS };

static void read_numbers(struct feeder_reader *reader, const char *file,
                         const struct feeder_column *columns, int count,
                         const struct table_cell *cells, void *into) {
    for (int k = 0; k < count; k++) {
        const struct table_cell *cell = &cells[k];
        double value = 0.0;
        if (cell->text && cell->size &&
            table_number(reader->diag, file, columns[k].name, cell, &value)) {
            feeder_reader_set(reader, &columns[k], into, value,
                              (struct place){file, cell->line, cell->column});
        }
    }
}

static enum status read_bus_row(struct feeder_reader *reader, const char *file,
                                const struct table_cell *cells) {
    struct place place = {file, cells[ASK_NAME].line, cells[ASK_NAME].column};
    struct feeder_bus *bus =
        feeder_reader_bus(reader, cell_text(reader->arena, &cells[ASK_NAME]), place);
    if (!bus) {
        return arena_failed(reader->arena) ? STATUS_NO_MEMORY : STATUS_BAD_SCENARIO;
    }
    if (cells[ASK_KIND].text && cells[ASK_KIND].size) {
        feeder_reader_kind(reader, bus, cell_text(reader->arena, &cells[ASK_KIND]),
                           (struct place){file, cells[ASK_KIND].line, cells[ASK_KIND].column});
    }
    read_numbers(reader, file, feeder_bus_columns, feeder_bus_columns_count, cells + ASK_NUMBERS,
                 bus);
    return STATUS_OK;
}

static enum status read_branch_row(struct feeder_reader *reader, const char *file,
                                   const struct table_cell *cells) {
    struct place place = {file, cells[0].line, cells[0].column};
    struct feeder_raw raw = feeder_raw_empty();
    bool closed = true;
    for (int k = ASK_CLOSED; k <= ASK_SERVICE; k++) {
        if (cells[k].text && cells[k].size) {
            feeder_reader_closed(reader, &closed, cell_text(reader->arena, &cells[k]),
                                 (struct place){file, cells[k].line, cells[k].column});
        }
    }
    read_numbers(reader, file, feeder_branch_columns, feeder_branch_columns_count,
                 cells + ASK_NUMBERS, &raw);
    return feeder_reader_branch(reader, cell_text(reader->arena, &cells[0]),
                                cell_text(reader->arena, &cells[1]), &raw, closed,
                                cell_text(reader->arena, &cells[ASK_LABEL]), place);
}

enum status feeder_read_csv(struct feeder_reader *reader, const char *file, const char *text,
                            size_t size, bool branches) {
    static const char *const bus_words[ASK_NUMBERS] = {"bus", "kind", "closed", "in_service",
                                                       "name"},
                             *const branch_words[ASK_NUMBERS] = {"from", "to", "closed",
                                                                 "in_service", "name"};
    struct table_ask ask[TABLE_ASKS_MAX];
    const struct feeder_column *columns = branches ? feeder_branch_columns : feeder_bus_columns;
    int numbers = branches ? feeder_branch_columns_count : feeder_bus_columns_count, rows = 0;
    struct place top = {file, 1, 1};
    for (int k = 0; k < ASK_NUMBERS; k++) {
        ask[k] = (struct table_ask){branches ? branch_words[k] : bus_words[k], top,
                                    branches ? k >= ASK_CLOSED : k > 0};
    }
    for (int k = 0; k < numbers; k++) {
        ask[ASK_NUMBERS + k] = (struct table_ask){columns[k].name, top, true};
    }
    const struct table_cell *cells = NULL;
    struct table_text table = {file, text, size};
    int count = ASK_NUMBERS + numbers;
    TRY(table_read(reader->arena, reader->diag, &table, ask, count, &cells, &rows));
    for (int r = 0; r < rows; r++) {
        const struct table_cell *row = cells + (size_t)r * (size_t)count;
        TRY(branches ? read_branch_row(reader, file, row) : read_bus_row(reader, file, row));
    }
    return STATUS_OK;
}

/* ---- GeoJSON ---------------------------------------------------------------------------------- */
static const char *text_of(const struct node *map, const char *key) {
    const struct node *node = map ? document_find(map, key) : NULL;
    return node && node->kind == NODE_SCALAR ? node->text : NULL;
}

static bool number_of(struct diag *diag, const struct node *node, const char *what,
                      double *ret_value) {
    if (node->kind == NODE_SCALAR && !node->quoted &&
        text_number(node->text, strlen(node->text), ret_value)) {
        return true;
    }
    diag_error(diag, node->place, "%s: a number belongs here", what);
    return false;
}

static void read_properties(struct feeder_reader *reader, const struct feeder_column *columns,
                            int count, const struct node *properties, void *into) {
    for (int k = 0; k < count; k++) {
        const struct node *node = document_find(properties, columns[k].name);
        double value = 0.0;
        if (node && node->kind != NODE_NULL &&
            number_of(reader->diag, node, columns[k].name, &value)) {
            feeder_reader_set(reader, &columns[k], into, value, node->place);
        }
    }
}

static bool position(struct feeder_reader *reader, const struct node *node, double *ret) {
    if (!node || node->kind != NODE_LIST || node->count < 2) {
        return false;
    }
    return number_of(reader->diag, node->children[0], "longitude", &ret[0]) &&
           number_of(reader->diag, node->children[1], "latitude", &ret[1]);
}

/* Great circle, by the haversine. */
static double distance_m(const double *a, const double *b) {
    double north = sin(0.5 * (b[1] - a[1]) * RAD_DEG), east = sin(0.5 * (b[0] - a[0]) * RAD_DEG);
    double half = north * north + cos(a[1] * RAD_DEG) * cos(b[1] * RAD_DEG) * east * east;
    return 2.0 * EARTH_M * asin(fmin(sqrt(half), 1.0));
}

static double line_m(struct feeder_reader *reader, const struct node *coordinates) {
    double length_m = 0.0, last[2] = {0.0, 0.0}, here[2];
    if (!coordinates || coordinates->kind != NODE_LIST) {
        return (double)NAN;
    }
    for (int k = 0; k < coordinates->count; k++) {
        if (!position(reader, coordinates->children[k], here)) {
            return (double)NAN;
        }
        length_m += k ? distance_m(last, here) : 0.0;
        memcpy(last, here, sizeof last);
    }
    return length_m;
}

static enum status read_point(struct feeder_reader *reader, const struct node *feature,
                              const struct node *properties, const char *name) {
    struct feeder_bus *bus = feeder_reader_bus(reader, name, feature->place);
    double at[2];
    if (!bus) {
        return arena_failed(reader->arena) ? STATUS_NO_MEMORY : STATUS_BAD_SCENARIO;
    }
    const struct node *geometry = document_find(feature, "geometry");
    if (position(reader, geometry ? document_find(geometry, "coordinates") : NULL, at)) {
        bus->longitude_deg = at[0];
        bus->latitude_deg = at[1];
    }
    const struct node *kind = document_find(properties, "kind");
    if (kind && kind->kind == NODE_SCALAR) {
        feeder_reader_kind(reader, bus, kind->text, kind->place);
    }
    read_properties(reader, feeder_bus_columns, feeder_bus_columns_count, properties, bus);
    return STATUS_OK;
}

static enum status read_line(struct feeder_reader *reader, const struct node *feature,
                             const struct node *properties) {
    struct feeder_raw raw = feeder_raw_empty();
    bool closed = true;
    const struct node *geometry = document_find(feature, "geometry"),
                      *is_closed = document_find(properties, "closed");
    if (is_closed && is_closed->kind == NODE_SCALAR) {
        feeder_reader_closed(reader, &closed, is_closed->text, is_closed->place);
    }
    raw.length_m = line_m(reader, geometry ? document_find(geometry, "coordinates") : NULL);
    read_properties(reader, feeder_branch_columns, feeder_branch_columns_count, properties, &raw);
    return feeder_reader_branch(reader, text_of(properties, "from"), text_of(properties, "to"),
                                &raw, closed, text_of(properties, "name"), feature->place);
}

enum status feeder_read_geojson(struct feeder_reader *reader, const char *file, const char *text,
                                size_t size) {
    struct node *root = NULL;
    TRY(document_parse(reader->arena, reader->diag, file, text, size, &root));
    const struct node *features = root ? document_find(root, "features") : NULL;
    if (!features || features->kind != NODE_LIST) {
        diag_error(reader->diag, (struct place){file, 1, 1},
                   "no feeder: a GeoJSON FeatureCollection has a list \"features\"");
        diag_remedy(reader->diag, "a feeder is a .m case, a .geojson collection, or CSV tables");
        return STATUS_BAD_SCENARIO;
    }
    for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < features->count; k++) {
            const struct node *feature = features->children[k],
                              *properties = document_find(feature, "properties");
            const char *bus = text_of(properties, "bus");
            bool branch = text_of(properties, "from") && text_of(properties, "to");
            if (properties && pass == 0 && bus) {
                TRY(read_point(reader, feature, properties, bus));
            } else if (properties && pass == 1 && branch) {
                TRY(read_line(reader, feature, properties));
            }
        }
        if (pass == 0) {
            TRY(feeder_reader_index(reader));
        }
    }
    return STATUS_OK;
}
