/* Making instances and filling their parameters from the component tables. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "scenario/keys.h"
#include "scenario/reading.h"
#include "scenario/tried.h"

static void unknown_kind(struct reading *r, const char *kind, struct place place) {
    const char *names[128];
    int count = 0;
    for (; count < component_count() && count < COUNT(names); count++) {
        names[count] = component_at(count)->name;
    }
    const char *near = diag_count(r->diag) < DIAG_LIMIT ? diag_nearest(kind, names, count) : NULL;
    diag_error(r->diag, place, "there is no kind of plant \"%.60s\"", kind);
    if (near) {
        diag_remedy(r->diag, "did you mean %s?", near);
    } else {
        diag_remedy(r->diag, "`hearth explain` lists all kinds; a name of your own takes  kind: "
                             "heat_pump  beside it");
    }
}

int instance_add(struct reading *r, const char *name, const char *kind, struct place place) {
    struct scenario *s = r->s;
    const struct component *component = component_find(kind);
    if (!name) {
        return -1;
    }
    if (!component) {
        unknown_kind(r, kind, place);
        return -1;
    }
    if (scenario_instance(s, name) >= 0) {
        diag_error(r->diag, place, "%s: the name is used twice, first in line %d", name,
                   s->instances[scenario_instance(s, name)].place.line);
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
    instance->fuel = component->fuel ? component->fuel : "gas";
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
    double size = component->capacity ? component_number(component, instance->self,
                                                         component->capacity, (double)NAN)
                                      : (double)NAN;
    if (component->shape == SHAPE_LOAD && isfinite(size)) {
        instance->capacity.fixed = size; /* the size of a load may have a default */
    }
    for (int p = 0; p < PORTS_MAX; p++) {
        instance->port_bus[p] = -1;
    }
    for (int k = 0; k < CASES; k++) {
        instance->in_case[k] = true;
    }
    r->at[s->instances_count] = r->ends[s->instances_count][0] = r->ends[s->instances_count][1] =
        -1;
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

void instance_copy(struct reading *r, int from, int to) {
    struct instance *source = &r->s->instances[from], *copy = &r->s->instances[to];
    for (int k = 0; k < copy->kind->params_count; k++) {
        const struct param *param = &copy->kind->params[k];
        int found = param_index(source->kind, param->key);
        if (found < 0 || source->kind->params[found].kind != param->kind) {
            continue;
        }
        if (param->kind == PARAM_NUMBER) {
            *(double *)member(copy, k) = *(const double *)member(source, found);
        } else if (param->kind == PARAM_WORD) {
            *(int *)member(copy, k) = *(const int *)member(source, found);
        } else {
            continue;
        }
        copy->given[k] = GIVEN_DERIVED;
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

static void say_choose(struct reading *r, const struct param *param, struct place place,
                       const char *found) {
    diag_error(r->diag, place,
               "%s: %s stands where a number, choose or {choose: {min: ..., max: "
               "...}} belongs",
               param->key, found);
    diag_remedy(r->diag, "write  %s: choose  or  %s: {choose: {min: 0, max: 3000}}", param->key,
                param->key);
}

static void read_limits(struct reading *r, const struct param *param, const struct node *limits,
                        struct capacity *chosen) {
    static const char *const keys[] = {"min", "max"};
    int errors = diag_errors(r->diag);
    reading_check_keys(r, limits, "choose", keys, COUNT(keys));
    chosen->min = reading_number(r, limits, "min", 0.0, 0.0, param->max);
    chosen->max = reading_number(r, limits, "max", 1e18, 0.0, 1e18);
    chosen->max = document_find(limits, "max") ? chosen->max : HUGE_VAL;
    if (diag_errors(r->diag) == errors && chosen->min > chosen->max) {
        char low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE];
        (void)text_from_number(low, chosen->min);
        (void)text_from_number(high, chosen->max);
        diag_error(r->diag, limits->place, "%s: min %s is above max %s", param->key, low, high);
        diag_remedy(r->diag, "write the smaller number as min");
    }
}

/* IT of a hall whose servers are refreshed: what a roadmap decided in a stage is written as a choice up to the need. */
static bool may_choose(const struct instance *instance, const struct node *node) {
    return instance->kind->shape != SHAPE_LOAD ||
           (document_find(node, "choose") && component_param(instance->kind, "refresh"));
}

/* number, choose, or {choose: {min, max}}. */
static void read_capacity(struct reading *r, const struct instance *instance,
                          const struct param *param, const struct node *node,
                          struct capacity *capacity, double *ret_value) {
    static const char *const choose_word[] = {"choose"};
    bool word = node->kind == NODE_SCALAR && strcmp(node->text, "choose") == 0;
    bool wants_choice = word || node->kind == NODE_MAP;
    *ret_value = (double)NAN;
    if (!wants_choice || !may_choose(instance, node)) {
        double value = 0.0;
        if (reading_scalar(r, node, param->key, param->min, param->max, &value)) {
            struct capacity fixed = {false, value, 0.0, HUGE_VAL};
            *capacity = fixed;
            *ret_value = value;
        } else if (node->kind == NODE_SCALAR && diag_nearest(node->text, choose_word, 1) && !word) {
            diag_remedy(r->diag, "did you mean choose?");
        }
        return;
    }
    struct capacity chosen = {true, (double)NAN, 0.0, HUGE_VAL};
    if (!word) {
        const struct node *limits = document_find(node, "choose");
        if (!limits) {
            say_choose(r, param, node->place, "a map without choose");
        } else if (limits->kind != NODE_MAP) {
            say_choose(r, param, limits->place, reading_found(r, limits));
        } else {
            reading_check_keys(r, node, param->key, choose_word, 1);
            read_limits(r, param, limits, &chosen);
        }
    }
    if (instance->kind->shape == SHAPE_LOAD) {
        *ret_value = chosen.fixed = chosen.max; /* the need */
    }
    *capacity = chosen;
}

/* {at -4: 55, at 15: 45}: pairs in ascending outdoor temperature. */
static void read_curve(struct reading *r, const struct param *param, const struct node *node,
                       struct curve *curve) {
    static const double coldest_c = -80.0, hottest_c = 70.0;
    if (node->kind != NODE_MAP) {
        double value = 0.0;
        if (reading_scalar(r, node, param->key, param->min, param->max, &value)) {
            struct curve constant = {1, {0.0}, {value}};
            *curve = constant;
        }
        return;
    }
    struct curve read = {0, {0.0}, {0.0}};
    bool good = true;
    for (int k = 0; k < node->count; k++) {
        double outdoor_c = 0.0;
        const char *key = node->keys[k];
        bool point =
            strncmp(key, "at ", 3) == 0 && text_number(key + 3, strlen(key + 3), &outdoor_c);
        if (!point || read.points >= CURVE_POINTS_MAX || outdoor_c < coldest_c ||
            outdoor_c > hottest_c ||
            (read.points > 0 && outdoor_c <= read.outdoor_c[read.points - 1])) {
            diag_error(r->diag, node->key_places[k],
                       "%s: \"%.40s\" is no next point of a curve: \"at DEGREES\" outdoors, "
                       "rising, %d to %d, at most %d of them",
                       param->key, key, (int)coldest_c, (int)hottest_c, CURVE_POINTS_MAX);
            diag_remedy(r->diag, "write  %s: {at -4: 55, at 15: 45}", param->key);
            return;
        }
        read.outdoor_c[read.points] = outdoor_c;
        good = reading_scalar(r, node->children[k], param->key, param->min, param->max,
                              &read.value[read.points]) &&
               good;
        read.points++;
    }
    if (read.points == 0) {
        reading_wrong_kind(r, node, param->key, "a number or a curve", "{at -4: 55, at 15: 45}");
    } else if (good) {
        *curve = read;
    }
}

static void read_input(struct reading *r, struct instance *instance, int k, const char *key,
                       const struct node *node) {
    const struct param *param = &instance->kind->params[k];
    struct input *input = member(instance, k);
    instance->given[k] = GIVEN_SCENARIO;
    instance->given_place[k] = node->place;
    if (node->kind != NODE_MAP) {
        (void)reading_scalar(r, node, key, param->min, param->max, &input->value);
    } else if (reading_series(r, node, key, param->min, param->max, &input->by_step)) {
        instance->given_text[k] = reading_series_text(r, node);
    }
}

void instance_input(struct reading *r, int i, const char *param_key, const char *key,
                    const struct node *node) {
    struct instance *instance = &r->s->instances[i];
    int k = param_index(instance->kind, param_key);
    if (k >= 0) {
        read_input(r, instance, k, key, node);
    }
}

static void read_param(struct reading *r, struct instance *instance, int k,
                       const struct node *node) {
    static const char *const flags[] = {"true", "false", "yes", "no"};
    const struct param *param = &instance->kind->params[k];
    void *at = member(instance, k);
    instance->given[k] = GIVEN_SCENARIO;
    instance->given_place[k] = node->place;
    if (instance->kind->capacity && strcmp(instance->kind->capacity, param->key) == 0) {
        read_capacity(r, instance, param, node, &instance->capacity, at);
        return;
    }
    if (instance->kind->capacity2 && strcmp(instance->kind->capacity2, param->key) == 0) {
        read_capacity(r, instance, param, node, &instance->capacity2, at);
        return;
    }
    if (instance->kind->tried && strcmp(instance->kind->tried, param->key) == 0 &&
        (node->kind == NODE_MAP ||
         (node->kind == NODE_SCALAR && strcmp(node->text, "choose") == 0))) {
        tried_param(r, instance, param, node, at);
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
        *(int *)at =
            reading_word_at(r, node, param->key, param->words, words, (int)param->fallback);
        break;
    }
    case PARAM_FLAG:
        *(bool *)at = reading_word_at(r, node, param->key, flags, COUNT(flags), 1) % 2 == 0;
        break;
    case PARAM_INPUT:
        read_input(r, instance, k, param->key, node);
        break;
    case PARAM_CURVE:
        read_curve(r, param, node, at);
        break;
    }
}

/* What has no default; a capacity of plant is asked for where plant is read. */
static void check_required(struct reading *r, struct instance *instance, const struct node *map,
                           const char *where) {
    for (int k = 0; k < instance->kind->params_count; k++) {
        const struct param *param = &instance->kind->params[k];
        bool capacity =
            instance->kind->capacity && strcmp(instance->kind->capacity, param->key) == 0;
        if (param->fallback == REQUIRED && instance->given[k] == GIVEN_DEFAULT &&
            (!capacity || instance->kind->shape == SHAPE_LOAD)) {
            diag_error(r->diag, map ? map->place : instance->place, "%s: %s is missing", where,
                       param->key);
            diag_remedy(r->diag, "add  %s: VALUE  (%s)", param->key, param->meaning);
        }
    }
}

static void read_cases(struct reading *r, struct instance *instance, const struct node *in) {
    const char *names[CASES];
    bool list = in->kind == NODE_LIST;
    for (int k = 0; k < CASES; k++) {
        names[k] = case_name((enum plan_case)k);
        instance->in_case[k] = false;
    }
    if (list && in->count == 0) {
        diag_error(r->diag, in->place, "in: an empty list leaves it out of every case");
        diag_remedy(r->diag, "write  in: [together],  or remove the plant");
    }
    for (int n = 0; n < (list ? in->count : 1); n++) {
        int found = reading_word_at(r, list ? in->children[n] : in, "in", names, CASES, -1);
        if (found >= 0) {
            instance->in_case[found] = true;
        }
    }
}

static void read_ports(struct reading *r, int i, const struct node *ports) {
    const struct component *kind = r->s->instances[i].kind;
    const char *names[PORTS_MAX];
    for (int p = 0; p < kind->ports_count; p++) {
        names[p] = kind->ports[p].name;
    }
    if (reading_check_keys(r, ports, "ports", names, kind->ports_count)) {
        r->port_nodes[i] = ports;
    }
}

/* The meter stands under electricity; in the written form it is a bus, which wired.c reads. */
static void read_meter_name(struct reading *r, int i, const struct node *meter) {
    const struct node *electricity = document_find(r->root, "electricity");
    if (document_find(r->root, "wired")) {
        return;
    }
    if (meter->kind != NODE_SCALAR) {
        reading_wrong_kind(r, meter, "meter", "a meter of electricity", "data_centre");
        return;
    }
    if (electricity && electricity->kind == NODE_MAP && r->s->meters_count > 0 &&
        (!document_find(electricity, meter->text) || strcmp(meter->text, "carbon") == 0)) {
        const char *near = diag_nearest(meter->text, electricity->keys, electricity->count);
        struct text_buffer list;
        text_buffer_init(&list, r->arena);
        for (int k = 0; k < electricity->count; k++) {
            if (strcmp(electricity->keys[k], "carbon") != 0) {
                text_add_format(&list, "%s%.60s", list.size ? ", " : "", electricity->keys[k]);
            }
        }
        diag_error(r->diag, meter->place, "meter: electricity names no meter %s",
                   reading_found(r, meter));
        diag_remedy(r->diag, near ? "did you mean %s?" : "meters are: %s",
                    near        ? near
                    : list.data ? list.data
                                : "none");
        return;
    }
    r->meter_names[i] = meter->text;
    r->meter_places[i] = meter->place;
}

/* Or gives it to who burns it. */
static bool burns(const struct component *kind) {
    for (int p = 0; p < kind->ports_count; p++) {
        if (kind->ports[p].side == SIDE_FUEL) {
            return true;
        }
    }
    return false;
}

/* owner, in, at, ports, meter, fuel ...: what every plant may say. */
static void read_common(struct reading *r, int i, const struct node *map) {
    struct instance *instance = &r->s->instances[i];
    const struct node *owner = document_find(map, "owner"), *in = document_find(map, "in");
    const struct node *ports = document_find(map, "ports"), *meter = document_find(map, "meter");
    const struct node *fuel = document_find(map, "fuel"), *at = document_find(map, "at");
    if (owner) {
        (void)reading_party(r, owner, "owner", &instance->owner);
    }
    if (in) {
        read_cases(r, instance, in);
    }
    if (ports) {
        read_ports(r, i, ports);
    }
    if (meter) {
        read_meter_name(r, i, meter);
    }
    if (at) {
        read_at(r, i, at);
    }
    instance->title = reading_text(r, map, "title", instance->title);
    instance->existing = reading_flag(r, map, "existing", instance->existing);
    (void)reading_flag(r, map, "integration", false); /* wiring.c asks again */
    if (fuel) {
        instance->fuel = keys_find("any", "fuel")->words[reading_key_word(r, map, "any", "fuel")];
    }
    if (fuel && !burns(instance->kind) && !document_find(r->root, "wired")) {
        diag_error(r->diag, fuel->place, "%s: a %s burns no fuel", instance->name,
                   instance->kind->name);
        diag_remedy(r->diag, "remove  fuel:");
    }
}

bool instance_params(struct reading *r, int i, const struct node *map, const char *where,
                     bool common, const char *const *extra, int extra_count) {
    struct instance *instance = &r->s->instances[i];
    const char *known[128];
    int count = 0, errors = diag_errors(r->diag), first = 0;
    while (first < instance->kind->params_count - 1 &&
           instance->kind->params[first].fallback != REQUIRED) {
        first++; /* what must be given serves as the example */
    }
    for (int k = 0; k < instance->kind->params_count && count < COUNT(known); k++) {
        known[count++] = instance->kind->params[k == 0 ? first : k <= first ? k - 1 : k].key;
    }
    for (int k = 0; k < extra_count && count < COUNT(known); k++) {
        known[count++] = extra[k];
    }
    count += common ? keys_of("any", known + count, COUNT(known) - count) : 0;
    if (!reading_check_keys_of(r, map, where, instance->kind->name, known, count)) {
        return false;
    }
    for (int k = 0; map && k < instance->kind->params_count; k++) {
        const struct node *node = document_find(map, instance->kind->params[k].key);
        if (node) {
            read_param(r, instance, k, node);
        }
    }
    if (common && map) {
        read_common(r, i, map);
    }
    check_required(r, instance, map, where);
    if (instance->kind->check && diag_errors(r->diag) == errors) {
        instance->kind->check(instance->self, r->diag, map ? map->place : instance->place);
    }
    return true;
}
