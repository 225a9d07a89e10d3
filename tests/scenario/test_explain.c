/* What the tables say to people and to editors: explain in 78 columns and as JSON, and the schema,
   which must accept every scenario that the reader accepts and refuse the plain mistakes. The
   schema is read as YAML, of which JSON is a part, and applied by a small validator. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/file.h"
#include "base/text.h"
#include "reader.h"
#include "scenario/document.h"
#include "scenario/keys.h"

static struct node *document(struct arena *arena, const char *text, size_t size) {
    struct diag *diag = diag_new(arena);
    struct node *root = NULL;
    if (document_parse(arena, diag, "d", text, size, &root) != STATUS_OK) {
        reader_tell(arena, diag);
        fail_msg("not readable: %.200s", text);
    }
    return root;
}

static void widths_hold(const char *text) {
    while (*text) {
        int characters = 0;
        for (; *text && *text != '\n'; text++) {
            characters += ((unsigned char)*text & 0xc0) != 0x80;
        }
        text += *text == '\n';
        if (characters > 78) {
            fail_msg("%d characters before: %.60s", characters, text);
        }
    }
}

static void every_kind_is_explained_whole(void **state) {
    for (int k = 0; k < component_count(); k++) {
        const struct component *c = component_at(k);
        const char *text = scenario_explain(*state, c->name, false);
        const char *json = scenario_explain(*state, c->name, true);
        assert_non_null(text);
        assert_non_null(json);
        widths_hold(text);
        const struct node *root = document(*state, json, strlen(json));
        const struct node *params = document_find(root, "parameters");
        assert_string_equal(document_find(root, "name")->text, c->name);
        assert_int_equal(params->count, c->params_count);
        assert_int_equal(document_find(root, "ports")->count, c->ports_count);
        for (int n = 0; n < c->params_count; n++) {
            const struct node *one = params->children[n];
            assert_non_null(strstr(text, arena_format(*state, "\n  %s = ", c->params[n].key)));
            assert_string_equal(document_find(one, "key")->text, c->params[n].key);
            assert_string_equal(document_find(one, "source")->text, c->params[n].source);
            assert_string_equal(document_find(one, "meaning")->text, c->params[n].meaning);
        }
        for (int p = 0; p < c->ports_count; p++) {
            assert_non_null(strstr(text, c->ports[p].name));
        }
    }
}

static void every_section_is_explained_whole(void **state) {
    const char *topics = scenario_explain(*state, NULL, false);
    for (int k = 0; k < keys_count(); k++) {
        const struct key *key = keys_at(k);
        const char *text = scenario_explain(*state, key->section, false);
        /* heat_network and others are kinds too: those explain themselves */
        if (component_find(key->section)) {
            continue;
        }
        assert_non_null(strstr(text, arena_format(*state, "\n  %s = ", key->key)));
        assert_non_null(strstr(topics, arena_format(*state, "\n  %s ", key->section)));
        widths_hold(text);
        const char *json = scenario_explain(*state, key->section, true);
        assert_string_equal(document_find(document(*state, json, strlen(json)), "name")->text,
                            key->section);
    }
    widths_hold(scenario_explain(*state, "wiring", false));
    assert_non_null(strstr(scenario_explain(*state, "climates", false), "seattle"));
    assert_non_null(strstr(scenario_explain(*state, "units", false), "_kw"));
    assert_null(scenario_explain(*state, "perpetuum_mobile", false));
}

/* Keys with limits of a component's parameter have the same limits. */
static void limits_are_those_of_the_components(void **state) {
    static const char *const pairs[][4] = {
        {"fuel", "gas_money_kwh", "fuel_supply", "price_money_kwh"},
        {"fuel", "oil_money_kwh", "fuel_supply", "price_money_kwh"},
        {"fuel", "biomass_money_kwh", "fuel_supply", "price_money_kwh"},
        {"carbon", "average_kgco2_kwh", "grid", "carbon_average_kgco2_kwh"},
        {"carbon", "marginal_kgco2_kwh", "grid", "carbon_marginal_kgco2_kwh"}};
    (void)state;
    for (int k = 0; k < COUNT(pairs); k++) {
        const struct key *key = keys_find(pairs[k][0], pairs[k][1]);
        const struct param *param = component_param(component_find(pairs[k][2]), pairs[k][3]);
        assert_true(key->min == param->min && key->max == param->max);
    }
    for (int k = 0; k < keys_count(); k++) {
        const struct key *key = keys_at(k);
        assert_ptr_equal(keys_find(key->section, key->key), key); /* no key twice */
        assert_true(strlen(key->meaning) > 5 && key->meaning[strlen(key->meaning) - 1] == '.');
        bool named = key->kind == KEY_WORD && !isnan(key->fallback);
        assert_true(!named || (int)key->fallback < keys_words(key));
    }
}

/* ---- the schema ---- */

static bool is_number(const struct node *node, double *ret_value) {
    return node->kind == NODE_SCALAR && !node->quoted &&
           text_number(node->text, strlen(node->text), ret_value);
}

static bool is_word(const struct node *node, const char *word) {
    return node->kind == NODE_SCALAR && strcmp(node->text, word) == 0;
}

static bool has_type(const struct node *node, const char *type) {
    double value = 0.0;
    bool number = is_number(node, &value);
    bool truth = node->kind == NODE_SCALAR && !node->quoted &&
                 (is_word(node, "true") || is_word(node, "false"));
    return strcmp(type, "object") == 0    ? node->kind == NODE_MAP
           : strcmp(type, "array") == 0   ? node->kind == NODE_LIST
           : strcmp(type, "number") == 0  ? number
           : strcmp(type, "integer") == 0 ? number && value == floor(value)
           : strcmp(type, "boolean") == 0 ? truth
           : strcmp(type, "string") == 0  ? node->kind == NODE_SCALAR && !number && !truth
                                          : false;
}

static bool validates(const struct node *root, const struct node *schema, const struct node *node);

static bool of_any(const struct node *root, const struct node *list, const struct node *node) {
    for (int k = 0; k < list->count; k++) {
        if (validates(root, list->children[k], node)) {
            return true;
        }
    }
    return false;
}

static bool members_hold(const struct node *root, const struct node *schema,
                         const struct node *node) {
    const struct node *properties = document_find(schema, "properties"),
                      *others = document_find(schema, "additionalProperties"),
                      *required = document_find(schema, "required");
    for (int k = 0; k < node->count; k++) {
        const struct node *one = document_find(properties, node->keys[k]);
        bool holds = one ? validates(root, one, node->children[k])
                     : others
                         ? !is_word(others, "false") && validates(root, others, node->children[k])
                         : true;
        if (!holds) {
            return false;
        }
    }
    for (int k = 0; required && k < required->count; k++) {
        if (!document_find(node, required->children[k]->text)) {
            return false;
        }
    }
    return true;
}

static bool value_holds(const struct node *schema, const struct node *node) {
    const struct node *type = document_find(schema, "type"), *words = document_find(schema, "enum"),
                      *constant = document_find(schema, "const"),
                      *min = document_find(schema, "minimum"),
                      *max = document_find(schema, "maximum");
    double value = 0.0, limit = 0.0;
    bool typed = !type, listed = !words;
    for (int k = 0; type && k < (type->kind == NODE_LIST ? type->count : 1); k++) {
        typed =
            typed || has_type(node, type->kind == NODE_LIST ? type->children[k]->text : type->text);
    }
    for (int k = 0; words && k < words->count; k++) {
        listed = listed || is_word(node, words->children[k]->text);
    }
    bool number = is_number(node, &value);
    bool above = !min || !number || (is_number(min, &limit) && value >= limit);
    bool below = !max || !number || (is_number(max, &limit) && value <= limit);
    return typed && listed && above && below && (!constant || is_word(node, constant->text));
}

static bool validates(const struct node *root, const struct node *schema, const struct node *node) {
    const struct node *reference = document_find(schema, "$ref"),
                      *any = document_find(schema, "anyOf"),
                      *items = document_find(schema, "items");
    if (reference) {
        const struct node *named =
            document_find(document_find(root, "definitions"), strrchr(reference->text, '/') + 1);
        assert_non_null(named);
        return validates(root, named, node);
    }
    for (int k = 0; items && node->kind == NODE_LIST && k < node->count; k++) {
        if (!validates(root, items, node->children[k])) {
            return false;
        }
    }
    return value_holds(schema, node) && (!any || of_any(root, any, node)) &&
           (node->kind != NODE_MAP || members_hold(root, schema, node));
}

static const struct node *schema_of(struct arena *arena) {
    const char *text = NULL;
    size_t size = 0;
    assert_int_equal(scenario_schema(arena, &text, &size), STATUS_OK);
    return document(arena, text, size);
}

static bool accepts(struct arena *arena, const struct node *schema, const char *text) {
    return validates(schema, schema, document(arena, text, strlen(text)));
}

static void the_schema_accepts_every_example(void **state) {
    static const char *const examples[] = {"seattle",     "exmouth",     "odense",
                                           "n_virginia",  "weak_feeder", "hospital_edge",
                                           "town_reactor"};
    const struct node *schema = schema_of(*state);
    for (int k = 0; k < COUNT(examples); k++) {
        char *text = NULL;
        size_t size = 0;
        struct place nowhere = {0};
        const char *path = arena_format(*state, "examples/%s/scenario.yaml", examples[k]);
        assert_int_equal(file_read(*state, diag_new(*state), nowhere, path, 1 << 20, &text, &size),
                         STATUS_OK);
        (void)reader_good(*state, text);
        if (!accepts(*state, schema, text)) {
            fail_msg("the schema refuses %s", path);
        }
    }
    for (int k = 0; scenario_template_name(k); k++) {
        const struct starter starter = {
            scenario_template_name(k), NULL, NULL, (double)NAN, (double)NAN, (double)NAN};
        const char *text = scenario_starter(*state, &starter);
        (void)reader_good(*state, text);
        assert_true(accepts(*state, schema, text));
    }
}

static void the_schema_refuses_what_the_reader_refuses(void **state) {
    static const struct {
        const char *from, *to;
    } changes[] = {{"ground_c", "grund_c"},
                   {"hearth: 1", "hearth: 99"},
                   {"it_kw: 1000", "it_kw: -5"},
                   {"it_kw: 1000", "it_kw: choose"},
                   {"it_kw: 1000", "it_kw: 5 MW"},
                   {"load: flat", "load: clod"},
                   {"floor_m2: 20000", "floor_m2: [5]"},
                   {"capacity_kw: choose", "capacity_kw: chose"},
                   {"capacity_kw: choose", "capacity_kw: {choose: {most: 5}}"},
                   {"capacity_kw: choose", "capacity_kw: choose, owner: nobody"},
                   {"capacity_kw: choose", "capacity_kw: choose, in: [tomorrow]"},
                   {"year: 2024", "year: 2031"},
                   {"year: 2024", "year: 2024.5"},
                   {"heat_pump: {", "my_pump: {"},
                   {"length_m: 200", "length_m: {a: 1}"},
                   {"at 15: 45", "at 15: warm"},
                   {"max_kw: 900", "max_kw: 900, approach: 3"},
                   {"energy_money_kwh: 0.08", "energy_money_kwh: 80"},
                   {"energy_money_kwh: 0.08", "energy_money_kwh: {file: a.csv, colum: b}"},
                   {"place:", "plaice:"}};
    struct town town = TOWN_DEFAULT;
    const char *good = town_text(*state, &town);
    const struct node *schema = schema_of(*state);
    assert_true(accepts(*state, schema, good));
    for (int k = 0; k < COUNT(changes); k++) {
        const char *at = strstr(good, changes[k].from);
        assert_non_null(at);
        const char *text = arena_format(*state, "%.*s%s%s", (int)(at - good), good, changes[k].to,
                                        at + strlen(changes[k].from));
        struct scenario *scenario = NULL;
        assert_int_not_equal(
            scenario_parse(*state, diag_new(*state), "s.yaml", text, strlen(text), &scenario),
            STATUS_OK);
        if (accepts(*state, schema, text)) {
            fail_msg("the schema accepts %s", changes[k].to);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        READER_TEST(every_kind_is_explained_whole),
        READER_TEST(every_section_is_explained_whole),
        READER_TEST(limits_are_those_of_the_components),
        READER_TEST(the_schema_accepts_every_example),
        READER_TEST(the_schema_refuses_what_the_reader_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
