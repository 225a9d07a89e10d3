/* What a component is, from its tables: for people in 78 columns, or as JSON. The schema of
   scenarios from the same. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "base/units.h"
#include "scenario/climates.h"
#include "scenario/scenario.h"

enum { WIDTH = 78 };

/* Words wrapped at WIDTH, each line behind an indent. */
static void add_wrapped(struct text_buffer *out, const char *text, int indent) {
    int column = 0;
    while (*text) {
        size_t size = strcspn(text, " ");
        if (column > 0 && column + 1 + (int)size > WIDTH) {
            text_add(out, "\n");
            column = 0;
        }
        if (column == 0) {
            for (; column < indent; column++) {
                text_add(out, " ");
            }
        } else {
            text_add(out, " ");
            column++;
        }
        text_add_n(out, text, size);
        column += (int)size;
        text += size + (text[size] == ' ');
    }
    text_add(out, "\n");
}

static const char *number(struct arena *arena, double value) {
    char buffer[TEXT_NUMBER_SIZE];
    if (isnan(value)) {
        return "not given";
    }
    if (value == REQUIRED) {
        return "required";
    }
    (void)text_from_number(buffer, value);
    return arena_text(arena, buffer);
}

static const char *default_words(struct arena *arena, const struct param *param) {
    switch (param->kind) {
    case PARAM_WORD:
        return param->words[(int)param->fallback];
    case PARAM_FLAG:
        return param->fallback > 0.5 ? "true" : "false";
    case PARAM_NUMBER:
    case PARAM_INPUT:
    case PARAM_CURVE:
        break;
    }
    return number(arena, param->fallback);
}

static const char *unit_words(const struct param *param) {
    const struct unit *unit = units_of_name(param->key);
    return param->kind == PARAM_WORD || param->kind == PARAM_FLAG || !unit ? "" : unit->symbol;
}

static const char *range_words(struct arena *arena, const struct param *param) {
    if (param->kind == PARAM_WORD) {
        struct text_buffer words;
        text_buffer_init(&words, arena);
        for (int k = 0; k < WORDS_MAX && param->words[k]; k++) {
            text_add(&words, k ? " | " : "");
            text_add(&words, param->words[k]);
        }
        return words.data ? words.data : "";
    }
    if (param->kind == PARAM_FLAG) {
        return "true | false";
    }
    return arena_format(arena, "%s .. %s", number(arena, param->min), number(arena, param->max));
}

static void explain_component(struct text_buffer *out, const struct component *c) {
    struct arena *arena = out->arena;
    text_add_format(out, "%s (%s, %s)\n", c->title, c->name, shape_name(c->shape));
    add_wrapped(out, c->summary, 2);
    text_add(out, "\nPorts\n");
    for (int p = 0; p < c->ports_count; p++) {
        const struct port *port = &c->ports[p];
        text_add_format(out, "  %-14s %s %s%s: %s\n", port->name, carrier_name(port->carrier),
                        port->direction == FLOWS_IN ? "in" : "out",
                        port->optional ? ", optional" : "", port->meaning);
    }
    text_add(out, "\nParameters\n");
    for (int k = 0; k < c->params_count; k++) {
        const struct param *param = &c->params[k];
        bool capacity = c->capacity && strcmp(c->capacity, param->key) == 0;
        text_add_format(out, "  %s = %s%s%s%s\n", param->key, default_words(arena, param),
                        *unit_words(param) ? " " : "", unit_words(param),
                        capacity ? "  (or: choose)" : "");
        add_wrapped(out, param->meaning, 6);
        add_wrapped(
            out,
            arena_format(arena, "range: %s; source: %s", range_words(arena, param), param->source),
            6);
    }
    if (c->cost.currency) {
        text_add(out, "\nCost\n");
        add_wrapped(out, c->cost.source, 2);
    }
    text_add(out, "\nValid\n");
    add_wrapped(out, c->validity, 2);
    add_wrapped(
        out, arena_format(arena, "Maturity %d of 9. References: %s.", c->maturity, c->references),
        2);
}

static void add_json_text(struct text_buffer *out, const char *text) {
    text_add(out, "\"");
    for (; text && *text; text++) {
        if (*text == '"' || *text == '\\') {
            text_add(out, "\\");
        }
        text_add_n(out, text, 1);
    }
    text_add(out, "\"");
}

static void add_json_field(struct text_buffer *out, const char *key, const char *text, bool last) {
    text_add_format(out, "\"%s\": ", key);
    add_json_text(out, text);
    text_add(out, last ? "" : ", ");
}

static void add_json_number(struct text_buffer *out, const char *key, double value) {
    text_add_format(out, "\"%s\": ", key);
    if (isfinite(value)) {
        text_add_number(out, value);
    } else {
        text_add(out, "null");
    }
    text_add(out, ", ");
}

static void explain_json(struct text_buffer *out, const struct component *c) {
    text_add(out, "{");
    add_json_field(out, "name", c->name, false);
    add_json_field(out, "title", c->title, false);
    add_json_field(out, "shape", shape_name(c->shape), false);
    add_json_field(out, "summary", c->summary, false);
    add_json_field(out, "validity", c->validity, false);
    add_json_field(out, "references", c->references, false);
    text_add(out, "\"ports\": [");
    for (int p = 0; p < c->ports_count; p++) {
        text_add(out, p ? ", {" : "{");
        add_json_field(out, "name", c->ports[p].name, false);
        add_json_field(out, "carrier", carrier_name(c->ports[p].carrier), false);
        add_json_field(out, "direction", c->ports[p].direction == FLOWS_IN ? "in" : "out", false);
        add_json_field(out, "meaning", c->ports[p].meaning, true);
        text_add(out, "}");
    }
    text_add(out, "], \"parameters\": [");
    for (int k = 0; k < c->params_count; k++) {
        const struct param *param = &c->params[k];
        text_add(out, k ? ", {" : "{");
        add_json_field(out, "key", param->key, false);
        add_json_field(out, "default", default_words(out->arena, param), false);
        add_json_number(out, "min", param->min);
        add_json_number(out, "max", param->max);
        add_json_field(out, "unit", unit_words(param), false);
        add_json_field(out, "source", param->source, false);
        add_json_field(out, "meaning", param->meaning, true);
        text_add(out, "}");
    }
    text_add(out, "]}\n");
}

static const char wiring_words[] =
    "How a port finds its bus, unless `ports: {PORT: BUS}` says it\n"
    "  electricity    the meter named by `meter:`; a data centre's plant: the data\n"
    "                 centre's meter; all else: the only other meter\n"
    "  fuel           the bus of `fuel:` (gas)\n"
    "  water          the water bus\n"
    "  hall side      HALL.coolant (and HALL.room where capture_frac < 1)\n"
    "  recovery side  HALL.recovery of the only data centre with heat_recovery\n"
    "  plant side     network; without a heat_network the only town entry's bus\n"
    "  town side      town, the far end of the network\n"
    "  user side      the bus of the town entry it belongs to\n"
    "Two candidates are an error that names both.\n";

static void list_topics(struct text_buffer *out) {
    text_add(out, "Kinds of plant and load\n");
    for (int k = 0; k < component_count(); k++) {
        text_add_format(out, "  %-26s %s\n", component_at(k)->name, component_at(k)->summary);
    }
    text_add(out, "Other topics\n  wiring                     how ports find their bus\n"
                  "  climates                   the built-in places\n"
                  "  units                      the suffixes of names\n");
}

static void list_climates(struct text_buffer *out) {
    for (int k = 0; k < climate_count(); k++) {
        const struct normals *n = climates_at(k);
        text_add_format(out, "  %-14s %s\n                 %s%s\n", n->name, n->title,
                        n->approximate ? "approximate: " : "", n->source);
    }
}

static void list_units(struct text_buffer *out) {
    for (int k = 0; k < units_count(); k++) {
        text_add_format(out, "  _%-14s %-14s %s\n", units_at(k)->suffix, units_at(k)->symbol,
                        units_at(k)->meaning);
    }
}

const char *scenario_explain(struct arena *arena, const char *topic, bool json) {
    struct text_buffer out;
    text_buffer_init(&out, arena);
    const struct component *component = topic ? component_find(topic) : NULL;
    if (!topic || !*topic) {
        if (json) {
            text_add(&out, "[");
            for (int k = 0; k < component_count(); k++) {
                text_add(&out, k ? ", " : "");
                add_json_text(&out, component_at(k)->name);
            }
            text_add(&out, "]\n");
        } else {
            list_topics(&out);
        }
    } else if (component && json) {
        explain_json(&out, component);
    } else if (component) {
        explain_component(&out, component);
    } else if (strcmp(topic, "wiring") == 0) {
        text_add(&out, wiring_words);
    } else if (strcmp(topic, "climates") == 0) {
        list_climates(&out);
    } else if (strcmp(topic, "units") == 0) {
        list_units(&out);
    } else {
        return NULL;
    }
    return out.failed ? NULL : out.data;
}

/* ---- schema

   ---------------------------------------------------------------------------------------------------
 */
static void schema_param(struct text_buffer *out, const struct component *c,
                         const struct param *param) {
    bool capacity = c->capacity && strcmp(c->capacity, param->key) == 0;
    add_json_text(out, param->key);
    text_add(out, ": {");
    add_json_field(out, "description",
                   arena_format(out->arena, "%s Default: %s. Source: %s.", param->meaning,
                                default_words(out->arena, param), param->source),
                   false);
    if (param->kind == PARAM_WORD) {
        text_add(out, "\"enum\": [");
        for (int k = 0; k < WORDS_MAX && param->words[k]; k++) {
            text_add(out, k ? ", " : "");
            add_json_text(out, param->words[k]);
        }
        text_add(out, "]}");
    } else if (param->kind == PARAM_FLAG) {
        text_add(out, "\"type\": \"boolean\"}");
    } else {
        text_add(out, "\"anyOf\": [{\"type\": \"number\", ");
        add_json_number(out, "minimum", param->min);
        text_add(out, "\"maximum\": ");
        text_add_number(out, param->max);
        text_add(out, "}");
        if (capacity) {
            text_add(out, ", {\"const\": \"choose\"}");
        }
        if (capacity || param->kind != PARAM_NUMBER) {
            text_add(out, ", {\"type\": \"object\"}");
        }
        text_add(out, "]}");
    }
}

enum status scenario_schema(struct arena *arena, const char **ret_text, size_t *ret_size) {
    struct text_buffer out;
    text_buffer_init(&out, arena);
    text_add(&out, "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"title\": \"Hearth "
                   "scenario\", "
                   "\"type\": \"object\", \"required\": [\"hearth\", \"place\", \"electricity\"], "
                   "\"definitions\": {");
    for (int k = 0; k < component_count(); k++) {
        const struct component *c = component_at(k);
        text_add(&out, k ? ", " : "");
        add_json_text(&out, c->name);
        text_add(&out, ": {\"type\": \"object\", ");
        add_json_field(&out, "description", c->summary, false);
        text_add(&out, "\"properties\": {");
        for (int n = 0; n < c->params_count; n++) {
            text_add(&out, n ? ", " : "");
            schema_param(&out, c, &c->params[n]);
        }
        text_add(&out, "}}");
    }
    text_add(&out, "}, \"properties\": {\"hearth\": {\"const\": 1}, \"name\": {\"type\": "
                   "\"string\"}, \"plant\": "
                   "{\"type\": \"object\", \"properties\": {");
    for (int k = 0; k < component_count(); k++) {
        text_add(&out, k ? ", " : "");
        add_json_text(&out, component_at(k)->name);
        text_add_format(&out, ": {\"$ref\": \"#/definitions/%s\"}", component_at(k)->name);
    }
    text_add(&out,
             "}}, \"data_centre\": {\"type\": \"array\"}, \"town\": {\"type\": \"array\"}}}\n");
    if (out.failed) {
        return STATUS_NO_MEMORY;
    }
    *ret_text = out.data;
    *ret_size = out.size;
    return STATUS_OK;
}
