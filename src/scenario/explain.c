/* What a component or a section is, from its tables: for people in 78 columns, or as JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/explain.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "base/units.h"
#include "components/data_hall.h"
#include "scenario/climates.h"
#include "scenario/keys.h"
#include "scenario/scenario.h"

enum { WIDTH = 78 };

void explain_wrapped(struct text_buffer *out, const char *text, int indent) {
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

const char *explain_default(struct arena *arena, const struct param *param) {
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

/* What a unit of a capacity costs in the years of its catalogue. */
static void explain_years(struct text_buffer *out, const struct cost_curve *curve,
                          const struct cost_later *later, const char *capacity) {
    struct text_buffer words;
    if (!later->year) {
        return;
    }
    text_buffer_init(&words, out->arena);
    text_add_format(&words, "Per %s, %s of %d, in %d and %d (by the plan's year between):",
                    units_of_name(capacity)->symbol, curve->currency, curve->year,
                    later->first_year, later->year);
    for (int k = 0; k < curve->points; k++) {
        text_add_format(&words, "%s %s and %s", k ? ";" : "",
                        number(out->arena, curve->point[k].capex_money_unit_ratio),
                        number(out->arena, later->capex_money_unit_ratio[k]));
        if (curve->points > 1) {
            text_add_format(&words, " at %s", number(out->arena, curve->point[k].size));
        }
    }
    text_add(&words, ".");
    explain_wrapped(out, words.data ? words.data : "", 2);
}

static void explain_component(struct text_buffer *out, const struct component *c) {
    struct arena *arena = out->arena;
    text_add_format(out, "%s (%s, %s)\n", c->title, c->name, shape_name(c->shape));
    explain_wrapped(out, c->summary, 2);
    text_add(out, "\nPorts\n");
    for (int p = 0; p < c->ports_count; p++) {
        const struct port *port = &c->ports[p];
        text_add_format(out, "  %-14s %s %s%s\n", port->name, carrier_name(port->carrier),
                        port->direction == FLOWS_IN ? "in" : "out",
                        port->optional ? ", optional" : "");
        explain_wrapped(out, port->meaning, 6);
    }
    text_add(out, "\nParameters\n");
    for (int k = 0; k < c->params_count; k++) {
        const struct param *param = &c->params[k];
        bool capacity = c->capacity && strcmp(c->capacity, param->key) == 0;
        bool tried = c->tried && strcmp(c->tried, param->key) == 0;
        text_add_format(out, "  %s = %s%s%s%s\n", param->key, explain_default(arena, param),
                        *unit_words(param) ? " " : "", unit_words(param),
                        capacity ? "  (or: choose)"
                        : tried  ? "  (or: {choose: [20, 26, 32]})"
                                 : "");
        explain_wrapped(out, param->meaning, 6);
        explain_wrapped(
            out,
            arena_format(arena, "range: %s; source: %s", range_words(arena, param), param->source),
            6);
    }
    if (c->cost.currency) {
        text_add(out, "\nCost\n");
        explain_wrapped(out, c->cost.source, 2);
        explain_years(out, &c->cost, &c->later, c->capacity);
        explain_years(out, &c->cost2, &c->later2, c->capacity2);
    }
    text_add(out, "\nValid\n");
    explain_wrapped(out, c->validity, 2);
    explain_wrapped(
        out, arena_format(arena, "Maturity %d of 9. References: %s.", c->maturity, c->references),
        2);
}

void explain_json_text(struct text_buffer *out, const char *text) {
    text_add(out, "\"");
    for (; text && *text; text++) {
        if (*text == '"' || *text == '\\') {
            text_add(out, "\\");
        }
        text_add_n(out, text, 1);
    }
    text_add(out, "\"");
}

void explain_json_field(struct text_buffer *out, const char *key, const char *text, bool last) {
    text_add_format(out, "\"%s\": ", key);
    explain_json_text(out, text);
    text_add(out, last ? "" : ", ");
}

void explain_json_number(struct text_buffer *out, const char *key, double value) {
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
    explain_json_field(out, "name", c->name, false);
    explain_json_field(out, "title", c->title, false);
    explain_json_field(out, "shape", shape_name(c->shape), false);
    explain_json_field(out, "summary", c->summary, false);
    explain_json_field(out, "validity", c->validity, false);
    explain_json_field(out, "references", c->references, false);
    text_add(out, "\"ports\": [");
    for (int p = 0; p < c->ports_count; p++) {
        text_add(out, p ? ", {" : "{");
        explain_json_field(out, "name", c->ports[p].name, false);
        explain_json_field(out, "carrier", carrier_name(c->ports[p].carrier), false);
        explain_json_field(out, "direction", c->ports[p].direction == FLOWS_IN ? "in" : "out",
                           false);
        explain_json_field(out, "meaning", c->ports[p].meaning, true);
        text_add(out, "}");
    }
    text_add(out, "], \"parameters\": [");
    for (int k = 0; k < c->params_count; k++) {
        const struct param *param = &c->params[k];
        text_add(out, k ? ", {" : "{");
        explain_json_field(out, "key", param->key, false);
        explain_json_field(out, "default", explain_default(out->arena, param), false);
        explain_json_number(out, "min", param->min);
        explain_json_number(out, "max", param->max);
        explain_json_field(out, "unit", unit_words(param), false);
        explain_json_field(out, "source", param->source, false);
        explain_json_field(out, "meaning", param->meaning, true);
        text_add(out, "}");
    }
    text_add(out, "]}\n");
}

/* ---- sections ---- */

static const char *key_default(struct arena *arena, const struct key *key) {
    switch (key->kind) {
    case KEY_WORD:
        return isnan(key->fallback) ? "not given" : key->words[(int)key->fallback];
    case KEY_FLAG:
        return key->fallback > 0.5 ? "true" : "false";
    case KEY_NUMBER:
    case KEY_NUMBERS:
    case KEY_WHOLE:
    case KEY_SERIES:
    case KEY_TEXT:
    case KEY_WORDS:
    case KEY_MAP:
    case KEY_LIST:
        break;
    }
    return number(arena, key->fallback);
}

static const char *key_allowed(struct arena *arena, const struct key *key) {
    static const char *const kinds[] = {[KEY_NUMBER] = "a number",
                                        [KEY_WHOLE] = "a whole number",
                                        [KEY_SERIES] = "a number or a series",
                                        [KEY_NUMBERS] = "a number or a list of numbers",
                                        [KEY_TEXT] = "a text",
                                        [KEY_WORD] = "",
                                        [KEY_FLAG] = "true or false",
                                        [KEY_WORDS] = "a list",
                                        [KEY_MAP] = "a map",
                                        [KEY_LIST] = "a list"};
    struct text_buffer out;
    text_buffer_init(&out, arena);
    text_add(&out, kinds[key->kind]);
    for (int k = 0; k < keys_words(key); k++) {
        text_add(&out, k ? " | " : key->kind == KEY_WORDS ? " of " : "");
        text_add(&out, key->words[k]);
    }
    if (key->kind == KEY_NUMBER || key->kind == KEY_WHOLE || key->kind == KEY_SERIES ||
        key->kind == KEY_NUMBERS) {
        text_add_format(&out, ", %s .. %s", number(arena, key->min), number(arena, key->max));
    }
    return out.data ? out.data : "";
}

static bool is_section(const char *topic) {
    for (int k = 0; k < keys_count(); k++) {
        if (strcmp(keys_at(k)->section, topic) == 0) {
            return true;
        }
    }
    return false;
}

static void explain_section(struct text_buffer *out, const char *section) {
    struct arena *arena = out->arena;
    const struct key *above = keys_find("scenario", section);
    text_add_format(out, "%s\n", section);
    if (above) {
        explain_wrapped(out, above->meaning, 2);
    }
    text_add(out, "\nKeys\n");
    for (int k = 0; k < keys_count(); k++) {
        const struct key *key = keys_at(k);
        const struct unit *unit = units_of_name(key->key);
        bool plain = key->kind != KEY_NUMBER && key->kind != KEY_NUMBERS && key->kind != KEY_SERIES;
        if (strcmp(key->section, section) == 0) {
            text_add_format(out, "  %s = %s%s%s\n", key->key, key_default(arena, key),
                            plain || !unit ? "" : " ", plain || !unit ? "" : unit->symbol);
            explain_wrapped(out, key->meaning, 6);
            explain_wrapped(out, key_allowed(arena, key), 6);
        }
    }
}

static void section_json(struct text_buffer *out, const char *section) {
    int count = 0;
    text_add(out, "{");
    explain_json_field(out, "name", section, false);
    text_add(out, "\"keys\": [");
    for (int k = 0; k < keys_count(); k++) {
        const struct key *key = keys_at(k);
        if (strcmp(key->section, section) != 0) {
            continue;
        }
        text_add(out, count++ ? ", {" : "{");
        explain_json_field(out, "key", key->key, false);
        explain_json_field(out, "default", key_default(out->arena, key), false);
        explain_json_field(out, "allowed", key_allowed(out->arena, key), false);
        explain_json_field(out, "meaning", key->meaning, true);
        text_add(out, "}");
    }
    text_add(out, "]}\n");
}

static void list_sections(struct text_buffer *out) {
    const char *last = "";
    text_add(out, "Sections of a scenario\n");
    for (int k = 0; k < keys_count(); k++) {
        const struct key *key = keys_at(k), *above = keys_find("scenario", key->section);
        if (strcmp(key->section, last) != 0) {
            last = key->section;
            text_add_format(out, "  %-26s %s\n", last,
                            above                           ? above->meaning
                            : strcmp(last, "scenario") == 0 ? "The top of the file."
                            : strcmp(last, "any") == 0      ? "What every plant may say."
                            : strcmp(last, "series") == 0   ? "A column of a CSV file in place of "
                                                              "a number."
                                                            : "Part of another section.");
        }
    }
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
    "  at: PLACE      the place's only meter, town entry or fuel; else PLACE.power,\n"
    "                 PLACE.heat, the common fuel; links: join those of places\n"
    "  chilled water  cold, the town's chilled water\n"
    "  its own        a heat bus called like the plant; others name it\n"
    "Two candidates are an error that names both.\n";

static void list_topics(struct text_buffer *out) {
    text_add(out, "Kinds of plant and load\n");
    for (int k = 0; k < component_count(); k++) {
        text_add_format(out, "  %-26s %s\n", component_at(k)->name, component_at(k)->summary);
    }
    list_sections(out);
    text_add(out, "Other topics\n  wiring                     how ports find their bus\n"
                  "  climates                   the built-in places\n"
                  "  facilities                 what a type of facility stands for\n"
                  "  figures                    what is computed of each case, by key\n"
                  "  siting                     what a study may choose places by\n"
                  "  rules                      the rule packs, and what rules can ask for\n"
                  "  units                      the suffixes of names\n");
}

/* facility: hyperscale -> load cloud, rack_kw 12, ... */
static void list_facilities(struct text_buffer *out) {
    const struct component *hall = component_find("data_hall");
    const struct param *types = component_param(hall, "facility");
    text_add(out,
             "What facility: sets where it is not given (sources: `hearth explain data_hall`)\n");
    for (int w = 0; w < WORDS_MAX && types->words[w]; w++) {
        double value = 0.0;
        const char *key = data_hall_facility_key(w, 0, &value);
        text_add_format(out, "  %s%s\n", types->words[w], key ? "" : ": nothing");
        for (int k = 0; key; key = data_hall_facility_key(w, ++k, &value)) {
            const struct param *param = component_param(hall, key);
            text_add_format(out, "    %-24s ", key);
            if (param->kind == PARAM_WORD) {
                text_add(out, param->words[(int)value]);
            } else {
                text_add_number(out, value);
            }
            text_add(out, "\n");
        }
    }
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
                explain_json_text(&out, component_at(k)->name);
            }
            text_add(&out, "]\n");
        } else {
            list_topics(&out);
        }
    } else if (component && json) {
        explain_json(&out, component);
    } else if (component) {
        explain_component(&out, component);
    } else if (is_section(topic) && json) {
        section_json(&out, topic);
    } else if (is_section(topic)) {
        explain_section(&out, topic);
    } else if (strcmp(topic, "wiring") == 0) {
        text_add(&out, wiring_words);
    } else if (strcmp(topic, "facilities") == 0) {
        list_facilities(&out);
    } else if (strcmp(topic, "climates") == 0) {
        list_climates(&out);
    } else if (strcmp(topic, "units") == 0) {
        list_units(&out);
    } else if (strcmp(topic, "rules") == 0) {
        explain_rule_packs(&out);
    } else if (!explain_rule_pack(&out, topic)) {
        return NULL;
    }
    return out.failed ? NULL : out.data;
}
