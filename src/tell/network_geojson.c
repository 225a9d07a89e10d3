/* GeoJSON of a solved network. Everything that was given and is not its default stands there again,
   so that the file can be read, changed and solved again. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "tell/network.h"

static void add_inputs(int table, const void *target, struct text_buffer *out) {
    const struct network_table *keys = network_table_at(table);
    for (int k = 0; k < keys->count; k++) {
        const struct param *param = &keys->params[k];
        const char *member = (const char *)target + param->offset;
        if (param->kind == PARAM_WORD) {
            int word = *(const int *)(const void *)member;
            if (word != (int)param->fallback) {
                text_add_format(out, ", \"%s\": \"%s\"", param->key, param->words[word]);
            }
            continue;
        }
        double value = *(const double *)(const void *)member;
        if (isfinite(value) && value != param->fallback) {
            text_add(out, ", ");
            network_json_number(out, param->key, value);
        }
    }
}

static void add_solved(struct text_buffer *out, const char *key, double value) {
    if (isfinite(value)) {
        text_add(out, ", ");
        network_json_number(out, key, value);
    }
}

static void add_position(struct text_buffer *out, double x, double y) {
    text_add(out, "[");
    text_add_number(out, x);
    text_add(out, ", ");
    text_add_number(out, y);
    text_add(out, "]");
}

static void add_node(const struct network_told *told, int n, struct text_buffer *out) {
    const struct network_node *node = &told->network->nodes[n];
    const struct network_state *s = told->state;
    text_add(out, "{\"type\": \"Feature\", \"properties\": {\"name\": ");
    network_json_text(out, node->name);
    if (node->town) {
        text_add(out, ", \"town\": ");
        network_json_text(out, node->town);
    }
    add_inputs(1, node, out);
    add_solved(out, "solved_pressure_kpa", s->out->pressure_kpa[n]);
    add_solved(out, "solved_supply_c", s->hot->node_c[n]);
    if (s->back) {
        add_solved(out, "solved_return_pressure_kpa", s->back->pressure_kpa[n]);
        add_solved(out, "solved_dp_kpa", s->out->pressure_kpa[n] - s->back->pressure_kpa[n]);
        add_solved(out, "solved_return_c", s->cold->node_c[n]);
    }
    if (node->role == NODE_PRODUCER || node->role == NODE_CONSUMER) {
        add_solved(out, "solved_flow_kg_s", s->taken_kg_s[n]);
        add_solved(out, "solved_heat_kw", s->given_kw[n]);
        add_solved(out, "solved_unmet_kw", s->unmet_kw[n]);
    }
    if (told->year && node->role == NODE_CONSUMER) {
        add_solved(out, "solved_year_heat_kwh", told->year->node_heat_kwh[n]);
        add_solved(out, "solved_year_least_c", told->year->node_least_c[n]);
        add_solved(out, "solved_year_mean_c", told->year->node_mean_c[n]);
        add_solved(out, "solved_year_short_h", told->year->node_short_h[n]);
        add_solved(out, "solved_year_beyond_h", told->year->node_beyond_h[n]);
    }
    text_add(out, "}, \"geometry\": ");
    if (node->located) {
        text_add(out, "{\"type\": \"Point\", \"coordinates\": ");
        add_position(out, node->x, node->y);
        text_add(out, "}}");
    } else {
        text_add(out, "null}");
    }
}

static void add_way(const struct network *network, const struct network_link *link,
                    struct text_buffer *out) {
    const struct network_node *a = &network->nodes[link->from], *b = &network->nodes[link->to];
    if (link->points_count < 2 && !(a->located && b->located)) {
        text_add(out, "null}");
        return;
    }
    text_add(out, "{\"type\": \"LineString\", \"coordinates\": [");
    for (int p = 0; p < link->points_count; p++) {
        text_add(out, p ? ", " : "");
        add_position(out, link->x[p], link->y[p]);
    }
    if (link->points_count < 2) {
        add_position(out, a->x, a->y);
        text_add(out, ", ");
        add_position(out, b->x, b->y);
    }
    text_add(out, "]}}");
}

static void add_line(const struct network *network, const struct network_link *link,
                     struct text_buffer *out) {
    text_add(out, "{\"type\": \"Feature\", \"properties\": {\"name\": ");
    network_json_text(out, link->name);
    text_add(out, ", \"from\": ");
    network_json_text(out, network->nodes[link->from].name);
    text_add(out, ", \"to\": ");
    network_json_text(out, network->nodes[link->to].name);
    add_inputs(2, link, out);
}

static void add_link(const struct network_told *told, int k, struct text_buffer *out) {
    const struct network_link *link = &told->network->links[k];
    const struct network_state *s = told->state;
    add_line(told->network, link, out);
    add_solved(out, "solved_flow_kg_s", s->out->flow_kg_s[k]);
    add_solved(out, "solved_speed_m_s", network_state_speed_m_s(s, false, k));
    add_solved(out, "solved_dp_kpa",
               s->out->pressure_kpa[link->from] - s->out->pressure_kpa[link->to]);
    add_solved(out, "solved_supply_in_c", s->hot->in_c[k]);
    add_solved(out, "solved_supply_out_c", s->hot->out_c[k]);
    add_solved(out, "solved_loss_supply_kw", s->hot->loss_kw[k]);
    if (s->back) {
        add_solved(out, "solved_return_dp_kpa",
                   s->back->pressure_kpa[link->to] - s->back->pressure_kpa[link->from]);
        add_solved(out, "solved_return_in_c", s->cold->in_c[k]);
        add_solved(out, "solved_return_out_c", s->cold->out_c[k]);
        add_solved(out, "solved_loss_return_kw", s->cold->loss_kw[k]);
    }
    if (told->sizing) {
        add_solved(out, "solved_cost_money", told->sizing->money[k]);
    }
    if (told->year) {
        add_solved(out, "solved_year_loss_kwh", told->year->link_loss_kwh[k]);
        add_solved(out, "solved_year_most_kg_s", told->year->link_most_kg_s[k]);
    }
    text_add(out, "}, \"geometry\": ");
    add_way(told->network, link, out);
}

static void add_considered(const struct network_told *told, struct text_buffer *out) {
    const struct network *streets = told->sizing->streets;
    for (int k = 0; k < streets->links_count; k++) {
        if (!told->sizing->route.chosen[k]) {
            const struct network_link *link = &streets->links[k];
            text_add(out, ",\n{\"type\": \"Feature\", \"properties\": {\"considered\": ");
            network_json_text(out, link->name);
            text_add_format(out, ", \"reason\": \"%s\"",
                            link->choice == CHOICE_FORBIDDEN ? "forbidden" : "not chosen");
            add_solved(out, "length_m", link->length_m);
            text_add(out, "}, \"geometry\": ");
            add_way(streets, link, out);
        }
    }
}

/* Lines of other layers, as they were read. */
static void add_beside(const struct network *network, struct text_buffer *out) {
    for (int k = 0; k < network->beside_count; k++) {
        const struct network_beside *line = &network->beside[k];
        text_add(out, ",\n{\"type\": \"Feature\", \"properties\": {\"name\": ");
        network_json_text(out, line->name);
        text_add(out, ", \"layer\": ");
        network_json_text(out, line->layer);
        add_solved(out, "capacity_kw", line->capacity_kw);
        add_solved(out, "capacity_m3_h", line->capacity_m3_h);
        text_add(out, "}, \"geometry\": {\"type\": \"LineString\", \"coordinates\": [");
        for (int p = 0; p < line->points_count; p++) {
            text_add(out, p ? ", " : "");
            add_position(out, line->x[p], line->y[p]);
        }
        text_add(out, "]}}");
    }
}

void network_geojson(const struct network_told *told, struct text_buffer *out) {
    text_add(out, "{\"type\": \"FeatureCollection\",\n\"hearth_network\": {\"solved\": 1");
    add_inputs(0, &told->network->settings, out);
    text_add(out, "},\n\"features\": [\n");
    for (int n = 0; n < told->network->nodes_count; n++) {
        text_add(out, n ? ",\n" : "");
        add_node(told, n, out);
    }
    for (int k = 0; k < told->network->links_count; k++) {
        text_add(out, ",\n");
        add_link(told, k, out);
    }
    if (told->sizing) {
        add_considered(told, out);
    }
    add_beside(told->network, out);
    text_add(out, "\n]}\n");
}
