/* pandapipes gives pressures in bar, lengths in km, roughness in mm, temperatures in K. A constant
   fluid keeps its constants; water by tables becomes our water. In a pair the heat consumers' supply
   junctions keep their flow and cool by qext; the return is taken to mirror the supply. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/pandapipes.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "networks/names.h"

struct table {
    const struct json *columns, *rows, *index;
};
struct reader {
    struct arena *arena;
    struct diag *diag;
    const struct json *tables;
    struct network *network;
    struct names nodes, links; /* nodes by pandapipes' number */
    struct place place;
    int joints_count;
};

static struct table table(const struct reader *r, const char *name) {
    const struct json *t = json_find(r->tables, name);
    return (struct table){json_find(t, "columns"), json_find(t, "rows"), json_find(t, "index")};
}

static const struct json *cell(const struct table *t, int row, const char *column) {
    for (int k = 0; k < json_count(t->columns); k++) {
        const char *name = json_text(json_at(t->columns, k));
        if (name && strcmp(name, column) == 0) {
            return json_at(json_at(t->rows, row), k);
        }
    }
    return NULL;
}
static double number(const struct table *t, int row, const char *column, double fallback) {
    double value = json_number(cell(t, row, column));
    return isfinite(value) && fabs(value) < 1e12 ? value : fallback;
}
static bool in_service(const struct table *t, int row) {
    bool flag = true;
    (void)json_flag(cell(t, row, "in_service"), &flag);
    return flag;
}

static const char *number_name(struct reader *r, double value) {
    return isfinite(value) && fabs(value) < 1e9 ? arena_format(r->arena, "%ld", lround(value))
                                                : NULL;
}

static int junction_at(struct reader *r, const struct table *t, int row, const char *column) {
    const char *name = number_name(r, number(t, row, column, NAN));
    int node = name ? names_find(&r->nodes, name) : -1;
    if (node < 0) {
        diag_error(r->diag, r->place, "row %d names a junction in %s that is not there", row + 1,
                   column);
        diag_remedy(r->diag, "look at the index of the table junction");
    }
    return node;
}

static enum status junctions(struct reader *r) {
    struct table t = table(r, "junction");
    for (int row = 0; row < json_count(t.rows) && row < NETWORK_FEATURES_MAX; row++) {
        double index = json_number(json_at(t.index, row));
        const char *key = number_name(r, isnan(index) ? row : index);
        struct network_node *node = key ? network_add_node(r->network, key) : NULL;
        if (!node || !names_add(&r->nodes, key, r->network->nodes_count - 1)) {
            return STATUS_NO_MEMORY;
        }
        node->place = r->place;
        node->elevation_m = number(&t, row, "height_m", 0.0);
        const struct json *at = json_find(cell(&t, row, "geo"), "coordinates");
        node->x = json_number(json_at(at, 1)); /* stored as latitude, longitude */
        node->y = json_number(json_at(at, 0));
        node->located = isfinite(node->x) && isfinite(node->y);
    }
    return STATUS_OK;
}

/* Its name, with its row where the name is taken. */
static const char *link_name(struct reader *r, const struct table *t, int row, const char *kind) {
    const char *name = json_text(cell(t, row, "name"));
    const char *own =
        name ? arena_text(r->arena, name) : arena_format(r->arena, "%s %d", kind, row);
    if (own && !names_add(&r->links, own, row)) {
        own = arena_format(r->arena, "%s, %s %d", own, kind, row);
    }
    return own;
}

static enum status links(struct reader *r, const char *kind, int link_kind) {
    struct table t = table(r, kind);
    bool open = true;
    for (int row = 0; row < json_count(t.rows) && row < NETWORK_FEATURES_MAX; row++) {
        int from = junction_at(r, &t, row, "from_junction"),
            to = junction_at(r, &t, row, "to_junction");
        const char *name = link_name(r, &t, row, kind);
        if (from < 0 || to < 0 || !in_service(&t, row)) {
            continue;
        }
        struct network_link *link = name ? network_add_link(r->network, name, from, to) : NULL;
        if (!link) {
            return STATUS_NO_MEMORY;
        }
        link->kind = link_kind;
        link->place = r->place;
        link->length_m =
            1000.0 * number(&t, row, "length_km", link_kind == LINK_PIPE ? (double)NAN : 0.0);
        if (link_kind == LINK_PIPE && !(link->length_m > 0.0)) {
            link->kind = LINK_VALVE; /* pipes without length join two junctions */
            r->joints_count++;
        }
        link->inner_m = number(&t, row, "diameter_m", NAN);
        link->roughness_m = 0.001 * number(&t, row, "k_mm", 0.2);
        link->zeta_ratio = fmax(0.0, number(&t, row, "loss_coefficient", 0.0));
        link->heat_kw_m2k = 0.001 * number(&t, row, "alpha_w_per_m2k", 0.0);
        link->ground_c = number(&t, row, "text_k", 293.15) - 273.15;
        if (json_flag(cell(&t, row, "opened"), &open) && !open) {
            link->state = LINK_CLOSED;
        }
    }
    return STATUS_OK;
}

static void users(struct reader *r, const char *kind, double sign) {
    struct table t = table(r, kind);
    for (int row = 0; row < json_count(t.rows); row++) {
        int n = junction_at(r, &t, row, "junction");
        if (n >= 0 && in_service(&t, row)) {
            struct network_node *node = &r->network->nodes[n];
            node->role = NODE_CONSUMER;
            node->flow_kg_s =
                (isnan(node->flow_kg_s) ? 0.0 : node->flow_kg_s) +
                sign * number(&t, row, "mdot_kg_per_s", 0.0) * number(&t, row, "scaling", 1.0);
        }
    }
}

static void grids(struct reader *r) {
    struct table t = table(r, "ext_grid");
    for (int row = 0; row < json_count(t.rows); row++) {
        int n = junction_at(r, &t, row, "junction");
        if (n >= 0 && in_service(&t, row)) {
            struct network_node *node = &r->network->nodes[n];
            node->role = NODE_PRODUCER;
            node->pressure_kpa = 100.0 * number(&t, row, "p_bar", 0.0);
            node->supply_c = number(&t, row, "t_k", 293.15) - 273.15;
            r->network->settings.supply_c = node->supply_c;
        }
    }
}

/* Heat consumers stand between a supply and a return junction. */
static void consumers(struct reader *r) {
    struct table t = table(r, "heat_consumer");
    for (int row = 0; row < json_count(t.rows); row++) {
        int n = junction_at(r, &t, row, "from_junction");
        double flow = number(&t, row, "controlled_mdot_kg_per_s", NAN);
        double heat_kw = 0.001 * number(&t, row, "qext_w", 0.0);
        if (n < 0 || !in_service(&t, row)) {
            continue;
        }
        struct network_node *node = &r->network->nodes[n];
        node->role = NODE_CONSUMER;
        node->dp_min_kpa = 0.0;
        node->flow_kg_s = flow;
        node->heat_kw = heat_kw;
        node->drop_dk =
            number(&t, row, "deltat_k", flow > 0.0 ? heat_kw / (flow * 4.186) : (double)NAN);
        node->return_c = number(&t, row, "treturn_k", NAN) - 273.15;
    }
}

static void pumps(struct reader *r) {
    struct table t = table(r, "circ_pump_pressure");
    for (int row = 0; row < json_count(t.rows); row++) {
        int n = junction_at(r, &t, row, "flow_junction");
        if (n >= 0) {
            struct network_node *node = &r->network->nodes[n];
            node->role = NODE_PRODUCER;
            node->pressure_kpa = 100.0 * number(&t, row, "p_flow_bar", 9.0);
            node->return_pressure_kpa =
                node->pressure_kpa - 100.0 * number(&t, row, "plift_bar", 0.0);
            node->supply_c = number(&t, row, "t_flow_k", 343.15) - 273.15;
            node->station_kpa = 0.0;
            r->network->settings.supply_c = node->supply_c;
        }
    }
}

/* Of a network with both sides only what the producers' supply reaches is kept. */
static enum status keep_supply(struct reader *r) {
    struct network *old = r->network, *to = network_new(r->arena, old->file);
    int *number_of = ARENA_TAKE(r->arena, int, old->nodes_count);
    if (!to || !number_of) {
        return STATUS_NO_MEMORY;
    }
    to->settings = old->settings;
    for (int n = 0; n < old->nodes_count; n++) {
        number_of[n] = old->nodes[n].role == NODE_PRODUCER ? 1 : 0;
    }
    for (bool more = true; more;) {
        more = false;
        for (int k = 0; k < old->links_count; k++) {
            int a = old->links[k].from, b = old->links[k].to;
            if (number_of[a] != number_of[b]) {
                number_of[a] = number_of[b] = 1;
                more = true;
            }
        }
    }
    for (int n = 0; n < old->nodes_count; n++) {
        if (number_of[n] && !network_add_node(to, old->nodes[n].name)) {
            return STATUS_NO_MEMORY;
        }
        if (number_of[n]) {
            to->nodes[to->nodes_count - 1] = old->nodes[n];
            number_of[n] = to->nodes_count;
        }
    }
    for (int k = 0; k < old->links_count; k++) {
        const struct network_link *link = &old->links[k];
        if (number_of[link->from]) {
            struct network_link *copy = network_add_link(to, link->name, 0, 0);
            if (!copy) {
                return STATUS_NO_MEMORY;
            }
            *copy = *link;
            copy->from = number_of[link->from] - 1;
            copy->to = number_of[link->to] - 1;
        }
    }
    r->network = to;
    return STATUS_OK;
}

static enum status read_tables(struct reader *r, const struct json *root) {
    const struct json *fluid = json_find(root, "fluid");
    struct network_settings *s = &r->network->settings;
    s->density_kg_m3 = json_number(json_find(fluid, "density"));
    s->viscosity_kpas = json_number(json_find(fluid, "viscosity")) / 1000.0;
    s->heat_kj_kgk = json_number(json_find(fluid, "heat_capacity")) / 1000.0;
    TRY(junctions(r));
    TRY(links(r, "pipe", LINK_PIPE));
    TRY(links(r, "valve", LINK_VALVE));
    if (r->joints_count > 0) {
        diag_warning(r->diag, r->place, "%d pipes without length are taken as joints",
                     r->joints_count);
        diag_remedy(r->diag, "give them length_km, or join their junctions");
    }
    grids(r);
    users(r, "sink", 1.0);
    users(r, "source", -1.0);
    consumers(r);
    pumps(r);
    struct table pairs = table(r, "heat_consumer");
    s->lines = json_count(pairs.rows) > 0 ? LINES_PAIR : LINES_SINGLE;
    if (diag_errors(r->diag) > 0) {
        return STATUS_BAD_SCENARIO;
    }
    return s->lines == LINES_PAIR ? keep_supply(r) : STATUS_OK;
}

enum status pandapipes_parse(struct arena *arena, struct diag *diag, const char *file,
                             const char *text, size_t size, struct network **ret) {
    struct reader r = {
        .arena = arena, .diag = diag, .network = network_new(arena, file), .place = {file, 0, 0}};
    struct json *root = NULL;
    if (!r.network) {
        return STATUS_NO_MEMORY;
    }
    names_init(&r.nodes, arena);
    names_init(&r.links, arena);
    TRY(json_read_all(diag, file, text, size, &root));
    r.tables = json_find(root, "tables");
    enum status status = read_tables(&r, root);
    json_free(root);
    TRY(status);
    *ret = r.network;
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
