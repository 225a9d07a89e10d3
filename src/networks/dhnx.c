/* DHNx 0.0.3 simulation: water at 80 degC (971.78 kg/m3, .00035 Pa s, 4190 J/kgK), lambda = .07
   Re^-.13 D^-.14, pumps without loss. A fork's zeta_inlet belongs to the pipes that leave it, its
   zeta_return to the return of the pipe that feeds it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/dhnx.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/text.h"
#include "networks/names.h"

enum { COLUMNS_MAX = 256, FILE_BYTES_MAX = 16 * 1024 * 1024 };
static const double zeta_most_ratio = 10.0; /* more is a column in the wrong place */

struct csv {
    struct place place;
    char *column[COLUMNS_MAX], *cell[COLUMNS_MAX];
    int columns, cells;
    char *next; /* the row to come; NULL at the end */
};
struct reader {
    struct arena *arena;
    struct diag *diag;
    struct network *network;
    const char *folder;
    struct names nodes;
    double *zeta_inlet_ratio, *zeta_return_ratio; /* by node */
    int snapshot;
};

bool dhnx_is_folder(const char *path) {
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

static int cells_of(char *line, char **cell) {
    int count = 0;
    for (char *c = line; c && count < COLUMNS_MAX;) {
        char *comma = strchr(c, ',');
        if (comma) {
            *comma = '\0';
        }
        cell[count++] = c;
        c = comma ? comma + 1 : NULL;
    }
    return count;
}

/* The next row that is not empty; false at the end. */
static bool row(struct csv *csv) {
    while (csv->next && *csv->next) {
        char *line = csv->next, *newline = strchr(line, '\n');
        csv->next = newline ? newline + 1 : NULL;
        csv->place.line++;
        if (newline) {
            *newline = '\0';
        }
        size_t size = strlen(line);
        if (size > 0 && line[size - 1] == '\r') {
            line[size - 1] = '\0';
        }
        if (line[0]) {
            csv->cells = cells_of(line, csv->cell);
            return true;
        }
    }
    return false;
}

static enum status open_csv(struct reader *r, const char *name, bool needed, struct csv *csv) {
    size_t size = 0;
    char *text = NULL;
    struct stat found;
    const char *path = arena_format(r->arena, "%s/%s", r->folder, name);
    *csv = (struct csv){.place = {path, 0, 1}};
    if (!path) {
        return STATUS_NO_MEMORY;
    }
    if (!needed && stat(path, &found) != 0) {
        return STATUS_OK;
    }
    TRY(file_read(r->arena, r->diag, (struct place){NULL, 0, 0}, path, FILE_BYTES_MAX, &text,
                  &size));
    csv->next = text;
    if (row(csv)) {
        csv->columns = csv->cells;
        (void)memcpy(csv->column, csv->cell, sizeof csv->column);
    }
    return STATUS_OK;
}

static const char *text_at(const struct csv *csv, const char *column) {
    for (int k = 0; k < csv->columns && k < csv->cells; k++) {
        if (strcmp(csv->column[k], column) == 0) {
            return csv->cell[k];
        }
    }
    return NULL;
}

static double number_at(struct reader *r, const struct csv *csv, const char *column,
                        double fallback) {
    const char *text = text_at(csv, column);
    double value = fallback;
    if (text && text[0] && !text_number(text, strlen(text), &value)) {
        diag_error(r->diag, csv->place, "%s: \"%s\" is no number", column, text);
        diag_remedy(r->diag, "a number with a point");
    }
    return value;
}

static enum status nodes(struct reader *r, const char *kind, int role) {
    struct csv csv;
    TRY(open_csv(r, arena_format(r->arena, "%s.csv", kind), true, &csv));
    while (row(&csv)) {
        const char *id = text_at(&csv, "id");
        const char *name = arena_format(r->arena, "%s-%s", kind, id ? id : "?");
        struct network_node *node = name ? network_add_node(r->network, name) : NULL;
        if (!node) {
            return STATUS_NO_MEMORY;
        }
        node->place = csv.place;
        node->role = role;
        node->y = number_at(r, &csv, "lat", 0.0);
        node->x = number_at(r, &csv, "lon", 0.0);
        node->located = true;
        node->dp_min_kpa = node->station_kpa = 0.0;
        if (role == NODE_PRODUCER) {
            node->pressure_kpa = 1000.0;
        }
        if (role == NODE_CONSUMER) {
            node->flow_kg_s = 0.0;
            node->drop_dk = 0.0;
        }
        if (!id || !names_add(&r->nodes, node->name, r->network->nodes_count - 1)) {
            diag_error(r->diag, csv.place, "\"%s\" has no id of its own", name);
            diag_remedy(r->diag, "each row has its own id");
        }
    }
    return STATUS_OK;
}

static enum status forks(struct reader *r) {
    struct csv csv;
    TRY(nodes(r, "forks", NODE_JUNCTION));
    r->zeta_inlet_ratio = ARENA_TAKE(r->arena, double, r->network->nodes_count);
    r->zeta_return_ratio = ARENA_TAKE(r->arena, double, r->network->nodes_count);
    if (!r->zeta_inlet_ratio || !r->zeta_return_ratio) {
        return STATUS_NO_MEMORY;
    }
    TRY(open_csv(r, "forks.csv", true, &csv));
    while (row(&csv)) {
        const char *id = text_at(&csv, "id");
        int n = id ? names_find(&r->nodes, arena_format(r->arena, "forks-%s", id)) : -1;
        double inlet = number_at(r, &csv, "zeta_inlet", 0.0);
        double back = number_at(r, &csv, "zeta_return", 0.0);
        if (inlet > zeta_most_ratio || back > zeta_most_ratio || inlet < 0.0 || back < 0.0) {
            diag_warning(r->diag, csv.place,
                         "fork %s: zeta_inlet or zeta_return is no loss of a fitting", id);
            diag_remedy(r->diag, "do the columns stand in the order of the heading? DHNx's own 2 "
                                 "and 0.75 are taken");
            inlet = 2.0;
            back = 0.75;
        }
        if (n >= 0) {
            r->zeta_inlet_ratio[n] = inlet;
            r->zeta_return_ratio[n] = back;
        }
    }
    return STATUS_OK;
}

static enum status pipes(struct reader *r) {
    struct csv csv;
    TRY(open_csv(r, "pipes.csv", true, &csv));
    while (row(&csv)) {
        const char *from = text_at(&csv, "from_node"), *to = text_at(&csv, "to_node");
        const char *id = text_at(&csv, "id");
        int a = from ? names_find(&r->nodes, from) : -1, b = to ? names_find(&r->nodes, to) : -1;
        if (a < 0 || b < 0) {
            diag_error(r->diag, csv.place, "pipe %s: there is no node \"%s\"", id ? id : "?",
                       a < 0 ? (from ? from : "") : (to ? to : ""));
            diag_remedy(r->diag, "producers-ID, forks-ID or consumers-ID");
            continue;
        }
        struct network_link *link = network_add_link(r->network, id ? id : "?", a, b);
        if (!link) {
            return STATUS_NO_MEMORY;
        }
        link->place = csv.place;
        double length = number_at(r, &csv, "length", NAN);
        link->length_m = isnan(length) ? number_at(r, &csv, "lenght_m", 0.0) : length;
        link->inner_m = 0.001 * number_at(r, &csv, "diameter", NAN);
        link->roughness_m = 0.001 * number_at(r, &csv, "roughness", 0.1);
        link->heat_kw_m2k = 0.001 * number_at(r, &csv, "heat_transfer_coefficient", 0.0);
        link->zeta_ratio = r->zeta_inlet_ratio[a];
        link->return_zeta_ratio = r->zeta_return_ratio[b];
    }
    return STATUS_OK;
}

/* One file of sequences: a column per id; the row of the snapshot. */
static enum status sequence(struct reader *r, const char *name, const char *kind,
                            void (*set)(struct reader *r, int node, double value)) {
    struct csv csv;
    TRY(open_csv(r, arena_format(r->arena, "sequences/%s.csv", name), false, &csv));
    for (int k = 0; row(&csv); k++) {
        if (k != r->snapshot) {
            continue;
        }
        for (int c = 1; c < csv.columns && c < csv.cells; c++) {
            int node =
                kind ? names_find(&r->nodes, arena_format(r->arena, "%s-%s", kind, csv.column[c]))
                     : -1;
            double value = number_at(r, &csv, csv.column[c], 0.0);
            if (node >= 0 || !kind) {
                set(r, node, value);
            }
        }
        return STATUS_OK;
    }
    if (csv.columns > 0) {
        diag_error(r->diag, csv.place, "there is no snapshot %d", r->snapshot);
        diag_remedy(r->diag, "snapshots count from 0");
    }
    return STATUS_OK;
}
static void set_flow(struct reader *r, int node, double value) {
    r->network->nodes[node].flow_kg_s = value;
}
static void set_drop(struct reader *r, int node, double value) {
    r->network->nodes[node].drop_dk = value;
}
static void set_inlet(struct reader *r, int node, double value) {
    r->network->nodes[node].supply_c = r->network->settings.supply_c = value;
}
static void set_ground(struct reader *r, int node, double value) {
    (void)node;
    r->network->settings.ground_c = value;
}

enum status dhnx_read(struct arena *arena, struct diag *diag, const char *folder, int snapshot,
                      struct network **ret) {
    struct reader r = {.arena = arena,
                       .diag = diag,
                       .network = network_new(arena, folder),
                       .folder = folder,
                       .snapshot = snapshot};
    if (!r.network) {
        return STATUS_NO_MEMORY;
    }
    names_init(&r.nodes, arena);
    struct network_settings *s = &r.network->settings;
    s->density_kg_m3 = 971.78;
    s->viscosity_kpas = 3.5e-7;
    s->heat_kj_kgk = 4.19;
    s->friction = FRICTION_POWER;
    s->pump_eff = 1.0;
    s->snap_m = 0.0;
    TRY(nodes(&r, "producers", NODE_PRODUCER));
    TRY(nodes(&r, "consumers", NODE_CONSUMER));
    TRY(forks(&r));
    TRY(pipes(&r));
    TRY(sequence(&r, "consumers-mass_flow", "consumers", set_flow));
    TRY(sequence(&r, "consumers-delta_temp_drop", "consumers", set_drop));
    TRY(sequence(&r, "producers-temp_inlet", "producers", set_inlet));
    TRY(sequence(&r, "environment-temp_env", NULL, set_ground));
    if (diag_errors(diag) > 0) {
        return STATUS_BAD_SCENARIO;
    }
    *ret = r.network;
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
