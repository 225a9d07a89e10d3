/* Making instances and filling their parameters from the component tables. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "scenario/reading.h"

const char *const instance_keys[] = {"name",        "kind",     "owner", "meter", "ports", "in",
                                     "integration", "existing", "fuel",  "title", "at"};
const int instance_keys_count = COUNT(instance_keys);

int instance_add(struct reading *r, const char *name, const char *kind, struct place place) {
    struct scenario *s = r->s;
    const struct component *component = component_find(kind);
    if (!component) {
        const char *names[64];
        int count = 0;
        for (; count < component_count() && count < COUNT(names); count++) {
            names[count] = component_at(count)->name;
        }
        const char *near = diag_nearest(kind, names, count);
        diag_error(r->diag, place, "there is no kind of plant \"%.60s\"", kind);
        diag_remedy(r->diag, near ? "did you mean %s?" : "`hearth explain` lists all kinds%s",
                    near ? near : "");
        return -1;
    }
    if (scenario_instance(s, name) >= 0) {
        diag_error(r->diag, place, "%s: the name is used twice", name);
        diag_remedy(r->diag, "give each its own name");
        return -1;
    }
    if (s->instances_count >= INSTANCES_MAX) {
        diag_error(r->diag, place, "more than %d instances", INSTANCES_MAX);
        diag_remedy(r->diag, "merge what is alike");
        return -1;
    }
    struct instance *instance = &s->instances[s->instances_count];
    instance->name = instance->title = name;
    instance->kind = component;
    instance->place = place;
    instance->owner = PARTY_HEAT_UTILITY;
    instance->meter = instance->hall = instance->town = -1;
    instance->fuel = "gas";
    instance->self = arena_take(r->arena, 1, component->size);
    instance->given = ARENA_TAKE(r->arena, enum given, component->params_count);
    instance->given_place = ARENA_TAKE(r->arena, struct place, component->params_count);
    instance->given_text = ARENA_TAKE(r->arena, const char *, component->params_count);
    if (!instance->self || !instance->given || !instance->given_place || !instance->given_text) {
        return -1;
    }
    component_defaults(component, instance->self);
    struct capacity none = {false, (double)NAN, 0.0, HUGE_VAL};
    instance->capacity = instance->capacity2 = none;
    for (int p = 0; p < PORTS_MAX; p++) {
        instance->port_bus[p] = -1;
    }
    for (int k = 0; k < CASES; k++) {
        instance->in_case[k] = true;
    }
    return s->instances_count++;
}

static int param_index(const struct component *kind, const char *key) {
    for (int k = 0; k < kind->params_count; k++) {
        if (strcmp(kind->params[k].key, key) == 0) {
            return k;
        }
    }
    return -1;
}

static void *member(const struct instance *instance, int k) {
    return (char *)instance->self + instance->kind->params[k].offset;
}

void instance_set(struct reading *r, int i, const char *key, double value) {
    struct instance *instance = &r->s->instances[i];
    int k = param_index(instance->kind, key);
    if (k < 0) {
        return;
    }
    *(double *)member(instance, k) = value;
    instance->given[k] = GIVEN_DERIVED;
    if (instance->kind->capacity && strcmp(instance->kind->capacity, key) == 0) {
        struct capacity fixed = {false, value, 0.0, HUGE_VAL};
        instance->capacity = fixed;
    }
}

void instance_choose(struct reading *r, int i, double max) {
    struct instance *instance = &r->s->instances[i];
    struct capacity chosen = {true, (double)NAN, 0.0, max};
    instance->capacity = chosen;
    int k = param_index(instance->kind, instance->kind->capacity);
    if (k >= 0) {
        instance->given[k] = GIVEN_DERIVED;
        *(double *)member(instance, k) = (double)NAN;
    }
}

/* number, choose, or {choose: {min, max}}. */
static void read_capacity(struct reading *r, const struct param *param, const struct node *node,
                          struct capacity *capacity, double *ret_value) {
    static const char *const choose_keys[] = {"choose"}, *const limit_keys[] = {"min", "max"};
    bool word = node->kind == NODE_SCALAR && strcmp(node->text, "choose") == 0;
    *ret_value = (double)NAN;
    if (!word && node->kind != NODE_MAP) {
        double value = 0.0;
        if (reading_scalar(r, node, param->key, param->min, param->max, &value)) {
            struct capacity fixed = {false, value, 0.0, HUGE_VAL};
            *capacity = fixed;
            *ret_value = value;
        }
        return;
    }
    struct capacity chosen = {true, (double)NAN, 0.0, HUGE_VAL};
    if (!word) {
        reading_check_keys(r, node, param->key, choose_keys, 1);
        const struct node *limits = document_find(node, "choose");
        if (limits && limits->kind == NODE_MAP) {
            reading_check_keys(r, limits, "choose", limit_keys, COUNT(limit_keys));
            chosen.min = reading_number(r, limits, "min", 0.0, 0.0, param->max);
            chosen.max = reading_number(r, limits, "max", 1e18, 0.0, 1e18);
            chosen.max = document_find(limits, "max") ? chosen.max : HUGE_VAL;
            if (chosen.min > chosen.max) {
                diag_error(r->diag, limits->place, "%s: min is above max", param->key);
                diag_remedy(r->diag, "write the smaller number as min");
            }
        }
    }
    *capacity = chosen;
}

/* {at -4: 55, at 15: 45}: pairs in ascending outdoor temperature. */
static void read_curve(struct reading *r, const struct param *param, const struct node *node,
                       struct curve *curve) {
    if (node->kind != NODE_MAP) {
        double value = 0.0;
        if (reading_scalar(r, node, param->key, param->min, param->max, &value)) {
            struct curve constant = {1, {0.0}, {value}};
            *curve = constant;
        }
        return;
    }
    struct curve read = {0, {0.0}, {0.0}};
    for (int k = 0; k < node->count; k++) {
        double outdoor_c = 0.0;
        const char *key = node->keys[k];
        bool good =
            strncmp(key, "at ", 3) == 0 && text_number(key + 3, strlen(key + 3), &outdoor_c);
        if (!good || read.points >= CURVE_POINTS_MAX ||
            (read.points > 0 && outdoor_c <= read.outdoor_c[read.points - 1])) {
            diag_error(r->diag, node->key_places[k],
                       "%s: the points of a curve are \"at DEGREES\", rising, at most %d",
                       param->key, CURVE_POINTS_MAX);
            diag_remedy(r->diag, "write  %s: {at -4: 55, at 15: 45}", param->key);
            return;
        }
        read.outdoor_c[read.points] = outdoor_c;
        if (!reading_scalar(r, node->children[k], param->key, param->min, param->max,
                            &read.value[read.points])) {
            return;
        }
        read.points++;
    }
    if (read.points > 0) {
        *curve = read;
    }
}

static const char *series_text(struct reading *r, const struct node *node) {
    const struct node *file = document_find(node, "file"), *column = document_find(node, "column");
    const struct node *unit = document_find(node, "unit"), *repeat = document_find(node, "repeat");
    const char *path = file_beside(r->arena, r->file, file->text);
    return arena_format(r->arena, "{file: \"%s\", column: \"%s\", unit: %s%s}",
                        path ? path : file->text, column->text, unit->text,
                        repeat ? ", repeat: true" : "");
}

static void read_param(struct reading *r, struct instance *instance, int k,
                       const struct node *node) {
    const struct param *param = &instance->kind->params[k];
    void *at = member(instance, k);
    instance->given[k] = GIVEN_SCENARIO;
    instance->given_place[k] = node->place;
    if (instance->kind->capacity && strcmp(instance->kind->capacity, param->key) == 0) {
        read_capacity(r, param, node, &instance->capacity, at);
        return;
    }
    if (instance->kind->capacity2 && strcmp(instance->kind->capacity2, param->key) == 0) {
        read_capacity(r, param, node, &instance->capacity2, at);
        return;
    }
    switch (param->kind) {
    case PARAM_NUMBER:
        (void)reading_scalar(r, node, param->key, param->min, param->max, at);
        break;
    case PARAM_WORD: {
        int words = 0;
        while (words < WORDS_MAX && param->words[words]) {
            words++;
        }
        struct node holder = {.kind = NODE_MAP, .place = node->place, .count = 1};
        struct node *child[1] = {NULL};
        const char *keys[1] = {param->key};
        struct place places[1] = {node->place};
        struct node copy = *node;
        child[0] = &copy;
        holder.children = child;
        holder.keys = keys;
        holder.key_places = places;
        *(int *)at =
            reading_word(r, &holder, param->key, param->words, words, (int)param->fallback);
        break;
    }
    case PARAM_FLAG: {
        bool yes = node->kind == NODE_SCALAR &&
                   (strcmp(node->text, "true") == 0 || strcmp(node->text, "yes") == 0);
        bool no = node->kind == NODE_SCALAR &&
                  (strcmp(node->text, "false") == 0 || strcmp(node->text, "no") == 0);
        if (!yes && !no) {
            diag_error(r->diag, node->place, "%s: must be true or false", param->key);
            diag_remedy(r->diag, "write  %s: true", param->key);
        }
        *(bool *)at = yes;
        break;
    }
    case PARAM_INPUT: {
        struct input *input = at;
        if (node->kind == NODE_MAP) {
            if (reading_series(r, node, param->key, param->min, param->max, &input->by_step)) {
                instance->given_text[k] = series_text(r, node);
            }
        } else {
            (void)reading_scalar(r, node, param->key, param->min, param->max, &input->value);
        }
        break;
    }
    case PARAM_CURVE:
        read_curve(r, param, node, at);
        break;
    }
}

static void check_required(struct reading *r, struct instance *instance, const struct node *map) {
    for (int k = 0; k < instance->kind->params_count; k++) {
        const struct param *param = &instance->kind->params[k];
        bool is_capacity =
            instance->kind->capacity && strcmp(instance->kind->capacity, param->key) == 0;
        if (param->fallback == REQUIRED && instance->given[k] == GIVEN_DEFAULT && !is_capacity) {
            diag_error(r->diag, map ? map->place : instance->place, "%s: %s is missing",
                       instance->name, param->key);
            diag_remedy(r->diag, "add  %s: VALUE  (%s)", param->key, param->meaning);
        }
    }
}

void instance_params(struct reading *r, int i, const struct node *map, const char *const *extra,
                     int extra_count) {
    struct instance *instance = &r->s->instances[i];
    const char *known[128];
    int count = 0;
    for (int k = 0; k < instance->kind->params_count && count < COUNT(known); k++) {
        known[count++] = instance->kind->params[k].key;
    }
    for (int k = 0; k < extra_count && count < COUNT(known); k++) {
        known[count++] = extra[k];
    }
    for (int k = 0; k < instance_keys_count && count < COUNT(known); k++) {
        known[count++] = instance_keys[k];
    }
    reading_check_keys(r, map, instance->name, known, count);
    for (int k = 0; map && map->kind == NODE_MAP && k < instance->kind->params_count; k++) {
        const struct node *node = document_find(map, instance->kind->params[k].key);
        if (node) {
            read_param(r, instance, k, node);
        }
    }
    check_required(r, instance, map);
    if (instance->kind->check && diag_errors(r->diag) == 0) {
        instance->kind->check(instance->self, r->diag, map ? map->place : instance->place);
    }
}

static void read_cases(struct reading *r, struct instance *instance, const struct node *in) {
    for (int k = 0; k < CASES; k++) {
        instance->in_case[k] = false;
    }
    for (int n = 0; n < (in->kind == NODE_LIST ? in->count : 1); n++) {
        const struct node *word = in->kind == NODE_LIST ? in->children[n] : in;
        bool found = false;
        for (int k = 0; k < CASES && word->kind == NODE_SCALAR; k++) {
            if (strcmp(word->text, case_name((enum plan_case)k)) == 0) {
                instance->in_case[k] = found = true;
            }
        }
        if (!found) {
            diag_error(r->diag, word->place, "in: the cases are today, apart and together");
            diag_remedy(r->diag, "write  in: [together]");
        }
    }
}

void instance_common(struct reading *r, int i, const struct node *map) {
    struct instance *instance = &r->s->instances[i];
    const struct node *owner = document_find(map, "owner"), *in = document_find(map, "in");
    const struct node *ports = document_find(map, "ports"), *meter = document_find(map, "meter");
    if (owner) {
        int party = owner->kind == NODE_SCALAR ? party_find(owner->text) : -1;
        if (party < 0) {
            diag_error(r->diag, owner->place, "owner: no such party");
            diag_remedy(r->diag, "parties are operator, heat_utility, heat_customers, "
                                 "electric_utility, municipality ...");
        } else {
            instance->owner = (enum party)party;
        }
    }
    if (in) {
        read_cases(r, instance, in);
    }
    instance->existing = reading_flag(r, map, "existing", instance->existing);
    static const char *const fuels[] = {"gas", "oil", "biomass"};
    instance->fuel = fuels[reading_word(r, map, "fuel", fuels, COUNT(fuels), 0)];
    if (ports && ports->kind == NODE_MAP) {
        const char *names[PORTS_MAX];
        for (int p = 0; p < instance->kind->ports_count; p++) {
            names[p] = instance->kind->ports[p].name;
        }
        reading_check_keys(r, ports, "ports", names, instance->kind->ports_count);
        r->port_nodes[i] = ports;
    }
    if (meter) {
        r->meter_names[i] = meter->kind == NODE_SCALAR ? meter->text : "";
        r->meter_places[i] = meter->place;
    }
}
