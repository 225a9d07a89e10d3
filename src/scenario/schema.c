/* The JSON Schema (draft-07) of scenarios: sections from the table of keys, kinds of plant from the
   tables of the components. What the reader accepts it accepts; of what the reader refuses it shows
   unknown keys, wrong types, words and ranges. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "scenario/explain.h"
#include "scenario/keys.h"
#include "scenario/scenario.h"

static void add_reference(struct text_buffer *out, const char *name) {
    text_add_format(out, "{\"$ref\": \"#/definitions/%s\"}", name);
}

static void add_enum(struct text_buffer *out, const char *const *words, int count) {
    text_add(out, "\"enum\": [");
    for (int k = 0; k < count; k++) {
        text_add(out, k ? ", " : "");
        explain_json_text(out, words[k]);
    }
    text_add(out, "]");
}

/* {"type": "number", "minimum": ..., "maximum": ...}; infinite ends are left out. */
static void add_number(struct text_buffer *out, const char *type, double min, double max) {
    text_add_format(out, "{\"type\": \"%s\"", type);
    if (isfinite(min)) {
        text_add(out, ", \"minimum\": ");
        text_add_number(out, min);
    }
    if (isfinite(max)) {
        text_add(out, ", \"maximum\": ");
        text_add_number(out, max);
    }
    text_add(out, "}");
}

static const char flag_schema[] = "\"enum\": [true, false, \"yes\", \"no\"]";
static const char text_schema[] = "\"type\": [\"string\", \"number\", \"boolean\"]";

/* ---- parameters of kinds ---- */

static bool is_capacity(const struct component *c, const struct param *param) {
    return c->shape != SHAPE_LOAD && ((c->capacity && strcmp(c->capacity, param->key) == 0) ||
                                      (c->capacity2 && strcmp(c->capacity2, param->key) == 0));
}

static void add_param(struct text_buffer *out, const struct component *c,
                      const struct param *param) {
    int words = 0;
    while (words < WORDS_MAX && param->words[words]) {
        words++;
    }
    explain_json_text(out, param->key);
    text_add(out, ": {");
    explain_json_field(out, "description",
                       arena_format(out->arena, "%s Default: %s. Source: %s.", param->meaning,
                                    explain_default(out->arena, param), param->source),
                       false);
    if (param->kind == PARAM_WORD) {
        add_enum(out, param->words, words);
    } else if (param->kind == PARAM_FLAG) {
        text_add(out, flag_schema);
    } else {
        text_add(out, "\"anyOf\": [");
        add_number(out, "number", param->min, param->max);
        if (is_capacity(c, param)) {
            text_add(out, ", {\"const\": \"choose\"}, ");
            add_reference(out, "choose");
        }
        if (c->tried && strcmp(c->tried, param->key) == 0) {
            text_add(out, ", ");
            add_reference(out, "tried");
        }
        if (param->kind == PARAM_INPUT) {
            text_add(out, ", ");
            add_reference(out, "series");
        }
        if (param->kind == PARAM_CURVE) {
            text_add(out, ", {\"type\": \"object\", \"additionalProperties\": ");
            add_number(out, "number", param->min, param->max);
            text_add(out, "}");
        }
        text_add(out, "]");
    }
    text_add(out, "}");
}

/* ---- keys of sections ---- */

static void add_key(struct text_buffer *out, const struct key *key) {
    int words = keys_words(key);
    explain_json_text(out, key->key);
    text_add(out, ": {");
    explain_json_field(out, "description", key->meaning, false);
    switch (key->kind) {
    case KEY_NUMBER:
    case KEY_WHOLE:
    case KEY_SERIES:
        text_add(out, "\"anyOf\": [");
        add_number(out, key->kind == KEY_WHOLE ? "integer" : "number", key->min, key->max);
        if (key->kind == KEY_SERIES) {
            text_add(out, ", ");
            add_reference(out, "series");
        }
        text_add(out, "]");
        break;
    case KEY_NUMBERS:
        text_add(out, "\"anyOf\": [");
        add_number(out, "number", key->min, key->max);
        text_add(out, ", {\"type\": \"array\", \"items\": ");
        add_number(out, "number", key->min, key->max);
        text_add(out, "}]");
        break;
    case KEY_TEXT:
        text_add(out, text_schema);
        break;
    case KEY_WORD:
        add_enum(out, key->words, words);
        break;
    case KEY_FLAG:
        text_add(out, flag_schema);
        break;
    case KEY_WORDS:
        text_add(out, "\"type\": [\"array\", \"string\"], \"items\": {");
        if (words) {
            add_enum(out, key->words, words);
        } else {
            text_add(out, text_schema);
        }
        text_add(out, "}");
        break;
    case KEY_MAP:
        text_add(out, "\"type\": \"object\"");
        break;
    case KEY_LIST:
        text_add(out, "\"type\": \"array\"");
        break;
    }
    text_add(out, "}");
}

/* The keys of a section; a map that is a section itself is referred to. */
static int add_keys(struct text_buffer *out, const char *section, int count) {
    for (int k = 0; k < keys_count(); k++) {
        const struct key *key = keys_at(k);
        const char *names[1];
        if (strcmp(key->section, section) != 0) {
            continue;
        }
        text_add(out, count++ ? ", " : "");
        if (key->kind == KEY_MAP && keys_of(key->key, names, 1) > 0) {
            explain_json_text(out, key->key);
            text_add(out, ": ");
            add_reference(out, key->key);
        } else {
            add_key(out, key);
        }
    }
    return count;
}

static void add_section(struct text_buffer *out, const char *section) {
    explain_json_text(out, section);
    text_add(out, ": {\"type\": \"object\", \"additionalProperties\": false, \"properties\": {");
    (void)add_keys(out, section, 0);
    text_add(out, "}}");
}

/* ---- kinds ---- */

static bool is_link(const struct component *c) { return c->ports[0].side == SIDE_PLACE; }

/* What stands in an entry beside the parameters of its kind. */
static void add_extra(struct text_buffer *out, const struct component *c) {
    bool user = c->shape == SHAPE_LOAD && component_port(c, "heat_in") >= 0;
    if (strcmp(c->name, "data_hall") == 0) {
        text_add(out, ", \"cooling\": {\"anyOf\": [{\"type\": \"string\"}, {\"type\": "
                      "\"object\"}]}, \"room_cooling\": {\"anyOf\": [{\"type\": \"string\"}, "
                      "{\"type\": \"object\"}]}, \"heat_recovery\": ");
        add_reference(out, "heat_recovery");
        text_add(out, ", \"flexible\": ");
        add_reference(out, "flexible_compute");
    } else if (strcmp(c->name, "grid") == 0) {
        text_add(out, ", \"party\": {");
        const struct key *owner = keys_find("any", "owner");
        add_enum(out, owner->words, keys_words(owner));
        text_add(out, "}");
        (void)add_keys(out, "connection", 1);
    } else if (strcmp(c->name, "heat_network") == 0) {
        text_add(out, ", \"pipes\": {\"type\": \"string\"}, \"pipe_choice\": {\"type\": "
                      "\"object\", \"additionalProperties\": {\"type\": \"string\"}}");
    } else if (is_link(c)) {
        text_add(out, ", \"from\": {\"type\": \"string\"}, \"to\": {\"type\": \"string\"}");
    } else if (user) {
        text_add(out, ", \"heated_by\": {\"type\": \"string\"}, \"existing_heat\": {\"type\": "
                      "\"array\", \"items\": ");
        add_reference(out, "heat_producer");
        text_add(out, "}, \"connection_money\": {\"type\": \"number\", \"minimum\": 0}, "
                      "\"connect\": {");
        add_enum(out, connect_words, CONNECTS);
        text_add(out, "}");
        if (strcmp(c->name, "building") == 0) {
            text_add(out, ", \"retrofit\": ");
            add_reference(out, "retrofit");
        }
    }
}

/* Connections to the world outside stand in sections of their own and are no plant. */
static bool is_connection(const struct component *c) {
    return strcmp(c->name, "grid") == 0 || strcmp(c->name, "water_supply") == 0 || is_link(c);
}

static void add_kind(struct text_buffer *out, const struct component *c) {
    explain_json_text(out, c->name);
    text_add(out, ": {\"type\": \"object\", ");
    explain_json_field(out, "description", c->summary, false);
    text_add(out, "\"additionalProperties\": false, \"properties\": {");
    for (int k = 0; k < c->params_count; k++) {
        text_add(out, k ? ", " : "");
        add_param(out, c, &c->params[k]);
    }
    if (!is_connection(c)) {
        (void)add_keys(out, "any", c->params_count);
    }
    add_extra(out, c);
    text_add(out, "}}");
}

static void add_list_of(struct text_buffer *out, const char *key,
                        bool (*wanted)(const struct component *)) {
    int count = 0;
    text_add_format(out, ", \"%s\": {\"type\": \"array\", \"items\": {\"anyOf\": [", key);
    for (int k = 0; k < component_count(); k++) {
        if (wanted(component_at(k))) {
            text_add(out, count++ ? ", " : "");
            add_reference(out, component_at(k)->name);
        }
    }
    text_add(out, "]}}");
}

static bool is_hall(const struct component *c) { return strcmp(c->name, "data_hall") == 0; }
static bool is_user(const struct component *c) {
    return c->shape == SHAPE_LOAD &&
           (component_port(c, "heat_in") >= 0 || strcmp(c->name, "power_load") == 0);
}

static void add_plant(struct text_buffer *out) {
    const char *names[128];
    int count = 0;
    text_add(out, ", \"plant\": {\"type\": \"object\", \"properties\": {");
    for (; count < component_count() && count < COUNT(names); count++) {
        names[count] = component_at(count)->name;
        text_add(out, count ? ", " : "");
        explain_json_text(out, names[count]);
        text_add(out, ": ");
        add_reference(out, names[count]);
    }
    text_add(out, "}, \"additionalProperties\": {\"type\": \"object\", \"required\": [\"kind\"], "
                  "\"properties\": {\"kind\": {");
    add_enum(out, names, count);
    text_add(out, "}}}}");
}

static void add_definitions(struct text_buffer *out) {
    const char *last = "scenario";
    text_add(out, "\"definitions\": {\"choose\": {\"type\": \"object\", \"required\": "
                  "[\"choose\"], \"additionalProperties\": false, \"properties\": {\"choose\": "
                  "{\"type\": \"object\", \"additionalProperties\": false, \"properties\": "
                  "{\"min\": {\"type\": \"number\", \"minimum\": 0}, \"max\": {\"type\": "
                  "\"number\", \"minimum\": 0}}}}}, \"tried\": {\"type\": \"object\", "
                  "\"required\": [\"choose\"], \"additionalProperties\": false, \"properties\": "
                  "{\"chosen\": {\"type\": \"number\"}, \"choose\": {\"anyOf\": [{\"type\": "
                  "\"array\", \"minItems\": 1, \"items\": {\"type\": \"number\"}}, {\"type\": "
                  "\"object\", \"required\": [\"from\", \"to\", \"step\"], "
                  "\"additionalProperties\": false, \"properties\": {\"from\": {\"type\": "
                  "\"number\"}, \"to\": {\"type\": \"number\"}, \"step\": {\"type\": "
                  "\"number\"}}}]}}}");
    for (int k = 0; k < keys_count(); k++) {
        const char *section = keys_at(k)->section;
        if (strcmp(section, last) != 0 && strcmp(section, "any") != 0) {
            text_add(out, ", ");
            add_section(out, section);
        }
        last = section;
    }
    for (int k = 0; k < component_count(); k++) {
        text_add(out, ", ");
        add_kind(out, component_at(k));
    }
    text_add(out, "}");
}

/* The top of the file: the table's keys, but for those that hold kinds. */
static void add_top(struct text_buffer *out) {
    static const char *const with_kinds[] = {"hearth", "water",        "electricity", "data_centre",
                                             "town",   "heat_network", "plant",       "links"};
    text_add(out, "\"properties\": {\"hearth\": {\"const\": 1}");
    for (int k = 0; k < keys_count(); k++) {
        const struct key *key = keys_at(k);
        const char *names[1];
        bool other = strcmp(key->section, "scenario") != 0;
        for (int n = 0; n < COUNT(with_kinds); n++) {
            other = other || strcmp(key->key, with_kinds[n]) == 0;
        }
        if (other) {
            continue;
        }
        text_add(out, ", ");
        bool section = keys_of(key->key, names, 1) > 0;
        if (key->kind == KEY_MAP && section) {
            explain_json_text(out, key->key);
            text_add(out, ": ");
            add_reference(out, key->key);
        } else if (key->kind == KEY_LIST && section) {
            explain_json_text(out, key->key);
            text_add(out, ": {\"type\": \"array\", \"items\": ");
            add_reference(out, key->key);
            text_add(out, "}");
        } else {
            add_key(out, key);
        }
    }
    text_add(out, ", \"water\": ");
    add_reference(out, "water_supply");
    text_add(out, ", \"heat_network\": ");
    add_reference(out, "heat_network");
    text_add(out, ", \"electricity\": {\"type\": \"object\", \"properties\": {\"carbon\": ");
    add_reference(out, "carbon");
    text_add(out, "}, \"additionalProperties\": ");
    add_reference(out, "grid");
    text_add(out, "}");
    add_list_of(out, "data_centre", is_hall);
    add_list_of(out, "town", is_user);
    add_list_of(out, "links", is_link);
    add_plant(out);
    text_add(out, "}");
}

enum status scenario_schema(struct arena *arena, const char **ret_text, size_t *ret_size) {
    struct text_buffer out;
    text_buffer_init(&out, arena);
    text_add(&out, "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"title\": \"Hearth "
                   "scenario\", \"type\": \"object\", \"additionalProperties\": false, "
                   "\"required\": [\"hearth\", \"place\", \"electricity\"], ");
    add_definitions(&out);
    text_add(&out, ", ");
    add_top(&out);
    text_add(&out, "}\n");
    if (out.failed) {
        return STATUS_NO_MEMORY;
    }
    *ret_text = out.data;
    *ret_size = out.size;
    return STATUS_OK;
}
