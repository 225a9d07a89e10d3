/* Reads the fully written form of a scenario (write.c): instances, buses and ports as they stand,
   no rules applied. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "scenario/reading.h"

static const char *text_of(const struct node *map, const char *key) {
    const struct node *node = document_find(map, key);
    return node && node->kind == NODE_SCALAR ? node->text : "";
}

static int instance_of(struct reading *r, const struct node *map, const char *key) {
    const char *name = text_of(map, key);
    int i = scenario_instance(r->s, name);
    if (i < 0 && strcmp(name, "none") != 0) {
        const struct node *node = document_find(map, key);
        diag_error(r->diag, node ? node->place : map->place, "wired: %s names no instance", key);
        diag_remedy(r->diag, "write the name of an instance, or none");
    }
    return i;
}

static int bus_of(struct reading *r, const struct node *map, const char *key) {
    const char *name = text_of(map, key);
    int bus = bus_find(r->s, name);
    if (bus < 0 && strcmp(name, "none") != 0) {
        const struct node *node = document_find(map, key);
        diag_error(r->diag, node ? node->place : map->place, "wired: %s names no bus", key);
        diag_remedy(r->diag, "write the name of a bus, or none");
    }
    return bus;
}

static int count_of(struct reading *r, const struct node *wired, const char *key, int most) {
    const struct node *list = document_find(wired, key);
    if (!list || list->kind != NODE_LIST || list->count > most) {
        diag_error(r->diag, list ? list->place : wired->place,
                   "wired: %s must be a list of at most %d", key, most);
        diag_remedy(r->diag, "take the file as `hearth run` wrote it");
        return 0;
    }
    return list->count;
}

static void read_buses(struct reading *r, const struct node *wired) {
    static const char *const carriers[] = {"electricity", "heat", "cold",
                                           "water",       "fuel", "compute"};
    int count = count_of(r, wired, "buses", BUSES_MAX);
    for (int k = 0; k < count; k++) {
        const struct node *entry = document_find(wired, "buses")->children[k];
        int carrier = reading_word(r, entry, "carrier", carriers, COUNT(carriers), 0);
        const char *name = text_of(entry, "name");
        if (bus_find(r->s, name) >= 0 || !*name) {
            diag_error(r->diag, entry->place,
                       "wired: a bus has no name, or one that is used twice");
            diag_remedy(r->diag, "give each bus its own name");
        } else {
            (void)bus_add(r, name, (enum carrier)carrier);
        }
    }
}

static void read_ports(struct reading *r, int i, const struct node *entry) {
    struct instance *instance = &r->s->instances[i];
    const struct node *ports = document_find(entry, "ports");
    for (int p = 0; ports && ports->kind == NODE_MAP && p < instance->kind->ports_count; p++) {
        const char *port = instance->kind->ports[p].name;
        if (!document_find(ports, port)) {
            continue;
        }
        instance->port_bus[p] = bus_of(r, ports, port);
        if (instance->port_bus[p] >= 0 &&
            r->s->buses[instance->port_bus[p]].carrier != instance->kind->ports[p].carrier) {
            diag_error(r->diag, ports->place, "wired: %s.%s is on a bus of another carrier",
                       instance->name, port);
            diag_remedy(r->diag, "connect it to a bus of its own carrier");
            instance->port_bus[p] = -1;
        }
    }
}

static int index_of(struct reading *r, const struct node *entry, const char *key) {
    const char *name = text_of(entry, key);
    for (int k = 0; *name && k < (strcmp(key, "hall") == 0 ? r->s->halls_count : r->s->towns_count);
         k++) {
        const char *own = strcmp(key, "hall") == 0 ? r->s->halls[k].name : r->s->towns[k].name;
        if (strcmp(own, name) == 0) {
            return k;
        }
    }
    return -1;
}

/* Where each value came from, as the written form says it. */
static void read_given(struct reading *r, int i, const struct node *entry) {
    static const struct {
        const char *key;
        enum given given;
    } lists[] = {{"from_scenario", GIVEN_SCENARIO}, {"derived", GIVEN_DERIVED}};
    struct instance *instance = &r->s->instances[i];
    for (int k = 0; k < instance->kind->params_count; k++) {
        instance->given[k] = GIVEN_DEFAULT;
    }
    for (int l = 0; l < COUNT(lists); l++) {
        const struct node *list = document_find(entry, lists[l].key);
        for (int n = 0; list && list->kind == NODE_LIST && n < list->count; n++) {
            const struct param *param =
                list->children[n]->kind == NODE_SCALAR
                    ? component_param(instance->kind, list->children[n]->text)
                    : NULL;
            if (param) {
                instance->given[param - instance->kind->params] = lists[l].given;
            }
        }
    }
}

static void read_instances(struct reading *r, const struct node *wired) {
    static const char *const extra[] = {"hall", "town", "from_scenario", "derived"};
    int count = count_of(r, wired, "instances", INSTANCES_MAX);
    for (int k = 0; k < count; k++) {
        const struct node *entry = document_find(wired, "instances")->children[k];
        const struct node *name_node = document_find(entry, "name");
        const char *name = name_node ? reading_plain_name(r, name_node) : NULL;
        int i = name ? instance_add(r, name, text_of(entry, "kind"), entry->place) : -1;
        if (i < 0) {
            continue;
        }
        instance_params(r, i, entry, name, true, extra, COUNT(extra));
        r->port_nodes[i] = NULL;
        r->s->instances[i].hall = index_of(r, entry, "hall");
        r->s->instances[i].town = index_of(r, entry, "town");
        r->s->instances[i].meter = document_find(entry, "meter") ? bus_of(r, entry, "meter") : -1;
        read_ports(r, i, entry);
        read_given(r, i, entry);
    }
}

/* Names first: the instances refer to halls and towns by name, which refer to instances. */
static void read_names(struct reading *r, const struct node *wired) {
    r->s->halls_count = count_of(r, wired, "halls", HALLS_MAX);
    for (int k = 0; k < r->s->halls_count; k++) {
        r->s->halls[k].name = text_of(document_find(wired, "halls")->children[k], "name");
    }
    r->s->towns_count = count_of(r, wired, "towns", TOWNS_MAX);
    for (int k = 0; k < r->s->towns_count; k++) {
        r->s->towns[k].name = text_of(document_find(wired, "towns")->children[k], "name");
    }
}

static void resolve_names(struct reading *r, const struct node *wired) {
    struct scenario *s = r->s;
    for (int k = 0; k < s->halls_count; k++) {
        const struct node *entry = document_find(wired, "halls")->children[k];
        struct hall *hall = &s->halls[k];
        hall->instance = instance_of(r, entry, "name");
        hall->cooling = instance_of(r, entry, "cooling");
        hall->room_cooling = instance_of(r, entry, "room_cooling");
        hall->recovery = instance_of(r, entry, "recovery");
        hall->meter = bus_of(r, entry, "meter");
    }
    for (int k = 0; k < s->towns_count; k++) {
        const struct node *entry = document_find(wired, "towns")->children[k],
                          *heaters = document_find(entry, "heaters");
        struct town_entry *town = &s->towns[k];
        town->instance = instance_of(r, entry, "name");
        town->substation = instance_of(r, entry, "substation");
        town->bus = bus_of(r, entry, "name");
        town->connect =
            (enum connect)reading_word(r, entry, "connect", connect_words, CONNECTS, CONNECT_YES);
        town->connection_money = reading_number(r, entry, "connection_money", 0.0, 0.0, 1e9);
        town->heater = -1;
        for (int n = 0; heaters && n < heaters->count && n < COUNT(town->heaters); n++) {
            int i = heaters->children[n]->kind == NODE_SCALAR
                        ? scenario_instance(s, heaters->children[n]->text)
                        : -1;
            if (i >= 0) {
                town->heaters[town->heaters_count++] = i;
                town->heater = town->heater < 0 ? i : town->heater;
            }
        }
    }
    int count = count_of(r, wired, "meters", METERS_MAX);
    for (int k = 0; k < count; k++) {
        const struct node *entry = document_find(wired, "meters")->children[k];
        struct meter *meter = &s->meters[s->meters_count++];
        int party = party_find(text_of(entry, "party"));
        meter->name = text_of(entry, "name");
        meter->grid = instance_of(r, entry, "grid");
        meter->bus = bus_of(r, entry, "bus");
        meter->party = party < 0 ? PARTY_OPERATOR : (enum party)party;
        meter->transformer = read_meter_transformer(r, entry);
        meter->tariff = meter->grid >= 0 ? read_meter_tariff(r, meter->grid, entry) : NULL;
        if (party < 0) {
            diag_error(r->diag, entry->place, "wired: a meter's party is unknown");
            diag_remedy(r->diag, "take the file as `hearth run` wrote it");
        }
    }
    s->network = instance_of(r, wired, "network");
    const struct node *pipes = document_find(wired, "pipes");
    if (pipes && s->network >= 0) {
        read_pipes(r, pipes);
    }
    const struct node *choices = document_find(wired, "pipe_choice");
    if (choices && s->network >= 0) {
        read_pipe_choices(r, pipes, choices);
    }
}

/* Its supply, where it is given, is what coolant_c and coolant_dt_dk leave. */
static bool is_one_coolant(const struct instance *hall) {
    double supply_c = component_number(hall->kind, hall->self, "supply_c", (double)NAN),
           left_c = component_number(hall->kind, hall->self, "coolant_c", 0.0) -
                    component_number(hall->kind, hall->self, "coolant_dt_dk", 0.0);
    return isnan(supply_c) || fabs(supply_c - left_c) <= 1e-9;
}

/* What the rest of the program takes for granted of a wired scenario. */
static void check_wired(struct reading *r, const struct node *wired) {
    struct scenario *s = r->s;
    bool good = true;
    for (int k = 0; k < s->halls_count; k++) {
        good = good && s->halls[k].instance >= 0 &&
               strcmp(s->instances[s->halls[k].instance].kind->name, "data_hall") == 0;
        good = good && is_one_coolant(&s->instances[s->halls[k].instance]);
        good =
            good && (s->halls[k].recovery < 0 ||
                     strcmp(s->instances[s->halls[k].recovery].kind->name, "heat_exchanger") == 0);
    }
    for (int k = 0; k < s->towns_count; k++) {
        good = good && s->towns[k].instance >= 0 && s->towns[k].bus >= 0 &&
               s->instances[s->towns[k].instance].kind->shape == SHAPE_LOAD &&
               component_port(s->instances[s->towns[k].instance].kind, "heat_in") >= 0;
    }
    for (int k = 0; k < s->meters_count; k++) {
        good = good && s->meters[k].grid >= 0 && s->meters[k].bus >= 0 &&
               strcmp(s->instances[s->meters[k].grid].kind->name, "grid") == 0;
    }
    good = good &&
           (s->network < 0 || strcmp(s->instances[s->network].kind->name, "heat_network") == 0);
    for (int i = 0; i < s->instances_count; i++) {
        const struct instance *instance = &s->instances[i];
        const struct param *size = instance->kind->capacity
                                       ? component_param(instance->kind, instance->kind->capacity)
                                       : NULL;
        good = good && !(size && size->fallback == REQUIRED && !instance->capacity.chosen &&
                         !isfinite(instance->capacity.fixed));
        good = good && !(instance->kind->shape == SHAPE_LOAD && instance->capacity.chosen &&
                         !component_param(instance->kind, "refresh"));
        for (int p = 0; p < instance->kind->ports_count; p++) {
            bool line_end = instance->kind->shape == SHAPE_LINE && p < 2;
            good = good && (!line_end || instance->port_bus[p] >= 0);
            good = good && (instance->kind->shape != SHAPE_STORE || instance->port_bus[p] >= 0);
        }
    }
    if (!good) {
        diag_error(r->diag, wired->place,
                   "wired: halls, towns, meters and network do not fit their instances");
        diag_remedy(r->diag, "take the file as `hearth run` wrote it");
    }
}

void read_wired(struct reading *r, const struct node *wired) {
    static const char *const known[] = {"buses",
                                        "meters",
                                        "halls",
                                        "towns",
                                        "network",
                                        "pipes",
                                        "pipe_choice",
                                        "renewable_frac",
                                        "carbon_average_kgco2_kwh",
                                        "carbon_marginal_kgco2_kwh",
                                        "require_lines",
                                        "notes",
                                        "instances"};
    if (!reading_check_keys(r, wired, "wired", known, COUNT(known))) {
        return;
    }
    if (!document_find(wired, "buses") || !document_find(wired, "meters") ||
        !document_find(wired, "halls") || !document_find(wired, "towns") ||
        !document_find(wired, "network") || !document_find(wired, "instances")) {
        diag_error(r->diag, wired->place,
                   "wired: buses, meters, halls, towns, network and instances must all be there");
        diag_remedy(r->diag, "take the file as `hearth run` wrote it, or remove wired");
        return;
    }
    read_buses(r, wired);
    read_names(r, wired);
    read_instances(r, wired);
    if (diag_errors(r->diag) == 0) {
        resolve_names(r, wired);
    }
    if (diag_errors(r->diag) > 0) {
        return;
    }
    check_wired(r, wired);
    r->s->renewable_grid_frac = reading_number(r, wired, "renewable_frac", 0.0, 0.0, 1.0);
    r->s->carbon_average_kgco2_kwh =
        reading_number(r, wired, "carbon_average_kgco2_kwh", 0.0, 0.0, 5.0);
    r->s->carbon_marginal_kgco2_kwh =
        reading_number(r, wired, "carbon_marginal_kgco2_kwh", 0.0, 0.0, 5.0);
    const struct node *lines = document_find(wired, "require_lines");
    for (int k = 0;
         lines && lines->kind == NODE_LIST && k < lines->count && k < r->s->requirements_count;
         k++) {
        long line = 0;
        const struct node *node = lines->children[k];
        if (node->kind == NODE_SCALAR && text_integer(node->text, strlen(node->text), &line)) {
            r->s->requirements[k].place.line = (int)line;
        }
    }
    const struct node *notes = document_find(wired, "notes");
    r->s->notes_count = 0; /* what reading the weather noted stands in the list already */
    for (int k = 0; notes && k < notes->count; k++) {
        if (notes->children[k]->kind == NODE_SCALAR) {
            reading_note(r, "%s", notes->children[k]->text);
        }
    }
    wire_temperatures(r->s);
}
