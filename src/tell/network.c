/* Words, JSON and the page of keys. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/network.h"

#include <math.h>
#include <string.h>

void network_json_text(struct text_buffer *out, const char *text) {
    text_add(out, "\"");
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\') {
            text_add_format(out, "\\%c", *c);
        } else if ((unsigned char)*c < 0x20) {
            text_add_format(out, "\\u%04x", (unsigned)(unsigned char)*c);
        } else {
            text_add_n(out, c, 1);
        }
    }
    text_add(out, "\"");
}

void network_json_number(struct text_buffer *out, const char *key, double value) {
    text_add_format(out, "\"%s\": ", key);
    if (isfinite(value)) {
        text_add_number(out, value);
    } else {
        text_add(out, "null");
    }
}

static double length_m(const struct network *network) {
    double sum = 0.0;
    for (int k = 0; k < network->links_count; k++) {
        sum += network->links[k].kind == LINK_PIPE ? network->links[k].length_m : 0.0;
    }
    return sum;
}

/* Key, value, unit and meaning of every figure, once for words and JSON. */
struct figure {
    const char *key, *unit, *meaning;
    double value;
    int decimals;
};
enum { FIGURES_MAX = 24 };

static int figures(const struct network_told *told, struct figure *f) {
    const struct network_sums *s = &told->state->sums;
    const struct network *network = told->network;
    bool pair = network->settings.lines == LINES_PAIR;
    double loss_kw = s->loss_supply_kw + s->loss_return_kw, fastest = 0.0;
    int n = 0;
    for (int k = 0; k < network->links_count; k++) {
        double speed = fabs(network_state_speed_m_s(told->state, false, k));
        fastest = speed > fastest ? speed : fastest;
    }
    f[n++] = (struct figure){"length_m", "m", "trench", length_m(network), 0};
    if (pair) {
        f[n++] = (struct figure){"produced_kw", "kW", "heat sent out", s->produced_kw, 1};
        f[n++] = (struct figure){"consumed_kw", "kW", "heat that users take", s->consumed_kw, 1};
        f[n++] = (struct figure){"unmet_kw", "kW", "asked and not delivered", s->unmet_kw, 1};
        f[n++] =
            (struct figure){"loss_supply_kw", "kW", "lost by the supply", s->loss_supply_kw, 2};
        f[n++] =
            (struct figure){"loss_return_kw", "kW", "lost by the return", s->loss_return_kw, 2};
        f[n++] = (struct figure){
            "loss_frac", "", "loss per heat sent",
            s->produced_kw != 0.0 ? loss_kw / fabs(s->produced_kw) : (double)NAN, 4};
        f[n++] = (struct figure){"dp_worst_kpa", "kPa",
                                 "between supply and return at the worst user", s->dp_worst_kpa, 1};
        f[n++] =
            (struct figure){"dp_needed_kpa", "kPa", "that this user needs", s->dp_needed_kpa, 1};
        f[n++] =
            (struct figure){"head_kpa", "kPa", "head of the pump, with its plant", s->head_kpa, 1};
        f[n++] = (struct figure){"head_needed_kpa", "kPa",
                                 "head that gives this user what it needs", s->head_needed_kpa, 1};
    }
    if (told->sizing) {
        f[n++] = (struct figure){"head_design_kpa", "kPa",
                                 "head needed at design, dwellings not all at once",
                                 told->design_head_kpa, 1};
    }
    f[n++] = (struct figure){"pump_kw", "kW", "pumps", s->pump_kw, 3};
    f[n++] = (struct figure){"speed_most_m_s", "m/s", "fastest pipe", fastest, 2};
    f[n++] = (struct figure){"balance_kw", "kW", "what the balance leaves open", s->balance_kw, 9};
    if (told->sizing) {
        f[n++] = (struct figure){"cost_money", "EUR2023", "trenches and pipes",
                                 told->sizing->cost_money, 0};
        f[n++] = (struct figure){"route_first_money", "EUR2023", "weight of the first tree",
                                 told->sizing->route.first_money, 0};
        f[n++] = (struct figure){"route_money", "EUR2023", "weight of the tree that is laid",
                                 told->sizing->route.weight_money, 0};
    }
    return n;
}

/* Nodes that the figures are of; NULL: there is none. */
struct named {
    const char *key, *meaning, *name;
};
enum { NAMED = 3 };

static void find_named(const struct network_told *told, struct named ret[NAMED]) {
    const struct network_sums *sums = &told->state->sums;
    const int node[NAMED] = {sums->worst, sums->pump, told->sizing ? told->design_worst : -1};
    static const char *const words[NAMED][2] = {{"worst_user", "the worst user is:"},
                                                {"head_producer", "its pump stands at:"},
                                                {"design_worst_user", "worst user at design:"}};
    bool pair = told->network->settings.lines == LINES_PAIR;
    for (int k = 0; k < NAMED; k++) {
        ret[k] = (struct named){words[k][0], words[k][1],
                                pair && node[k] >= 0 ? told->network->nodes[node[k]].name : NULL};
    }
}

void network_words(const struct network_told *told, struct text_buffer *out) {
    struct figure f[FIGURES_MAX];
    int count = figures(told, f);
    text_add_format(out, "%s: %d nodes, %d lines\n", told->network->file,
                    told->network->nodes_count, told->network->links_count);
    for (int k = 0; k < count; k++) {
        if (strcmp(f[k].key, "balance_kw") == 0 || !isfinite(f[k].value)) {
            continue;
        }
        char digits[64];
        (void)text_from_number_fixed(digits, sizeof digits, f[k].value, f[k].decimals);
        text_add_format(out, "%14s  %-8s%s\n", digits, f[k].unit, f[k].meaning);
    }
    struct named named[NAMED];
    find_named(told, named);
    for (int k = 0; k < NAMED; k++) {
        if (named[k].name) {
            text_add_format(out, "%24s%s\n%24s%s\n", "", named[k].meaning, "", named[k].name);
        }
    }
}

void network_json(const struct network_told *told, struct text_buffer *out) {
    struct figure f[FIGURES_MAX];
    int count = figures(told, f);
    text_add(out, "{\n  \"hearth_network\": 1,\n  \"file\": ");
    network_json_text(out, told->network->file);
    text_add_format(out, ",\n  \"nodes\": %d,\n  \"lines\": %d,\n", told->network->nodes_count,
                    told->network->links_count);
    for (int k = 0; k < count; k++) {
        text_add(out, "  ");
        network_json_number(out, f[k].key, f[k].value);
        text_add(out, ",\n");
    }
    text_add_format(out, "  \"rounds\": %d", told->state->rounds_count);
    struct named named[NAMED];
    find_named(told, named);
    for (int k = 0; k < NAMED; k++) {
        text_add_format(out, ",\n  \"%s\": ", named[k].key);
        if (named[k].name) {
            network_json_text(out, named[k].name);
        } else {
            text_add(out, "null");
        }
    }
    text_add(out, "\n}\n");
}

static void add_bound(struct text_buffer *out, const struct param *param, double value) {
    if (param->kind == PARAM_WORD) {
        text_add(out, param->words[(int)value]);
    } else if (isnan(value)) {
        text_add(out, "–");
    } else {
        text_add_number(out, value);
    }
}

static void keys_row(const struct param *param, struct text_buffer *out) {
    text_add_format(out, "| `%s` | ", param->key);
    add_bound(out, param, param->fallback);
    text_add(out, " | ");
    for (int k = 0; param->kind == PARAM_WORD && k < WORDS_MAX && param->words[k]; k++) {
        text_add_format(out, "%s%s", k ? ", " : "", param->words[k]);
    }
    if (param->kind != PARAM_WORD) {
        text_add_number(out, param->min);
        text_add(out, "..");
        text_add_number(out, param->max);
    }
    text_add_format(out, " | %s | %s |\n", param->source, param->meaning);
}

static void keys_json(const struct param *param, bool first, struct text_buffer *out) {
    text_add_format(out, "%s\n    {\"key\": \"%s\", ", first ? "" : ",", param->key);
    if (param->kind == PARAM_WORD) {
        text_add_format(out, "\"default\": \"%s\", \"words\": [",
                        param->words[(int)param->fallback]);
        for (int k = 0; k < WORDS_MAX && param->words[k]; k++) {
            text_add_format(out, "%s\"%s\"", k ? ", " : "", param->words[k]);
        }
        text_add(out, "], ");
    } else {
        network_json_number(out, "default", param->fallback);
        text_add(out, ", ");
        network_json_number(out, "min", param->min);
        text_add(out, ", ");
        network_json_number(out, "max", param->max);
        text_add(out, ", ");
    }
    text_add(out, "\"source\": ");
    network_json_text(out, param->source);
    text_add(out, ", \"meaning\": ");
    network_json_text(out, param->meaning);
    text_add(out, "}");
}

void network_keys(bool json, struct text_buffer *out) {
    static const char *const titles[NETWORK_TABLES] = {
        "Settings: the object \"hearth_network\" of the collection", "Properties of nodes (Point)",
        "Properties of lines (LineString)"};
    text_add(out, json ? "{" : "");
    for (int t = 0; t < NETWORK_TABLES; t++) {
        const struct network_table *table = network_table_at(t);
        if (json) {
            text_add_format(out, "%s\n  \"%s\": [", t ? "," : "", table->name);
        } else {
            text_add_format(
                out,
                "%s\n\n| key | default | allowed | source | meaning |\n|---|---|---|---|---|\n",
                titles[t]);
        }
        for (int k = 0; k < table->count; k++) {
            if (json) {
                keys_json(&table->params[k], k == 0, out);
            } else {
                keys_row(&table->params[k], out);
            }
        }
        text_add(out, json ? "\n  ]" : "\n");
    }
    text_add(out, json ? "\n}\n" : "");
}
