/* Ports find their buses by one published table; what is written in `ports:` decides. Then the cases. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "scenario/reading.h"

int bus_find(const struct scenario *s, const char *name) {
    for (int b = 0; name && b < s->buses_count; b++) {
        if (strcmp(s->buses[b].name, name) == 0) {
            return b;
        }
    }
    return -1;
}

int scenario_bus(const struct scenario *scenario, const char *name) {
    return bus_find(scenario, name);
}

int scenario_instance(const struct scenario *scenario, const char *name) {
    for (int i = 0; i < scenario->instances_count; i++) {
        if (strcmp(scenario->instances[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

int bus_add(struct reading *r, const char *name, enum carrier carrier) {
    int found = bus_find(r->s, name);
    if (found >= 0 || !name || r->s->buses_count >= BUSES_MAX) {
        return found;
    }
    struct bus bus = {name, carrier, -1, -1};
    r->s->buses[r->s->buses_count] = bus;
    return r->s->buses_count++;
}

/* ---- the rule table
   ------------------------------------------------------------------------------------------- */
static bool is_hall_meter(const struct reading *r, int bus) {
    for (int h = 0; h < r->s->halls_count; h++) {
        if (r->s->halls[h].meter == bus) {
            return true;
        }
    }
    return false;
}

static bool may_serve(const struct reading *r, const struct instance *instance, int m, bool must) {
    const struct meter *meter = &r->s->meters[m];
    if (r->s->meters_count == 1) {
        return true;
    }
    if (instance->hall >= 0 || (instance->owner == PARTY_OPERATOR && !must)) {
        return strcmp(meter->name, "data_centre") == 0;
    }
    return !is_hall_meter(r, meter->bus);
}

static int named_meter(struct reading *r, int i) {
    const struct scenario *s = r->s;
    for (int m = 0; m < s->meters_count; m++) {
        if (strcmp(s->meters[m].name, r->meter_names[i]) == 0) {
            return s->meters[m].bus;
        }
    }
    diag_error(r->diag, r->meter_places[i], "%s: electricity names no meter \"%.40s\"",
               s->instances[i].name, r->meter_names[i]);
    diag_remedy(r->diag, "name one of the meters under electricity");
    return -1;
}

/* The meter of an instance: as written; a hall's: the meter called data_centre or the only one;
   else the only meter that is no hall's, or the only one. -1 where it is not decided, and if tell
   with the candidates named. */
static int find_meter(struct reading *r, int i, bool must, bool tell) {
    struct scenario *s = r->s;
    struct instance *instance = &s->instances[i];
    if (r->meter_names[i]) {
        return named_meter(r, i);
    }
    if (r->at[i] >= 0) {
        return place_bus(r, r->at[i], CARRIER_ELECTRICITY, NULL, instance->place);
    }
    if (instance->hall >= 0 && s->halls[instance->hall].meter >= 0) {
        return s->halls[instance->hall].meter;
    }
    enum { METERS_NAMED = 4 };
    int found = -1, count = 0;
    const char *first = NULL;
    struct text_buffer list;
    text_buffer_init(&list, r->arena);
    for (int m = 0; m < s->meters_count; m++) {
        if (may_serve(r, instance, m, must)) {
            found = s->meters[m].bus;
            first = count == 0 ? s->meters[m].name : first;
            if (count++ < METERS_NAMED) {
                text_add_format(&list, "%s%s", count > 1 ? " or " : "", s->meters[m].name);
            }
        }
    }
    if (count == 1) {
        return found;
    }
    if (tell) {
        diag_error(r->diag, instance->place, "%s: it could stand on %s%s%s", instance->name,
                   count ? "the meter " : "no meter", list.data ? list.data : "",
                   count > METERS_NAMED ? " ..." : "");
        diag_remedy(r->diag, "add  meter: %s",
                    first ? first : "NAME  with a name from electricity");
    }
    return -1;
}

static bool word_is(const struct instance *instance, const char *key, const char *word) {
    const struct param *param = component_param(instance->kind, key);
    if (!param || param->kind != PARAM_WORD) {
        return false;
    }
    int index = *(const int *)(const void *)((const char *)instance->self + param->offset);
    return strcmp(param->words[index], word) == 0;
}

/* Whether an optional connection would be used: pumping of a pipe or an exchanger, electric hot
   water, a building's own chiller. Left out in silence, its power would be missing in every bill. */
static bool uses_power(const struct instance *instance) {
    static const char *const keys[] = {"hot_water", "cooling"};
    if (instance->kind->shape == SHAPE_LINE ||
        component_number(instance->kind, instance->self, "pump_kw_kw", 0.0) > 0.0) {
        return true;
    }
    for (int k = 0; k < COUNT(keys); k++) {
        if (word_is(instance, keys[k], "local_electric")) {
            return true;
        }
    }
    return false;
}

static int only_recovery(struct reading *r, int i, const char *port) {
    int found = -1, count = 0;
    const char *first = NULL, *second = NULL;
    for (int h = 0; h < r->s->halls_count; h++) {
        int exchanger = r->s->halls[h].recovery;
        if (exchanger < 0) {
            continue;
        }
        found = r->s->instances[exchanger]
                    .port_bus[component_port(r->s->instances[exchanger].kind, "heat_out")];
        if (found < 0) {
            return -1; /* memory is out: its bus could not be made */
        }
        second = first;
        first = r->s->buses[found].name;
        count++;
    }
    if (count == 1) {
        return found;
    }
    const char *name = r->s->instances[i].name;
    if (count == 0) {
        diag_error(r->diag, r->s->instances[i].place, "%s.%s: no data centre offers heat_recovery",
                   name, port);
        diag_remedy(
            r->diag,
            "add  heat_recovery: {temperature_c: ..., max_kw: ...}  to a data_centre entry");
    } else {
        diag_error(r->diag, r->s->instances[i].place,
                   "%s.%s: it could take heat from %s or from %s", name, port, second, first);
        diag_remedy(r->diag, "add  ports: {%s: %s}  or  ports: {%s: %s}", port, second, port,
                    first);
    }
    return -1;
}

static int plant_bus(struct reading *r, int i, const char *port) {
    struct scenario *s = r->s;
    if (s->network >= 0) {
        return bus_find(s, "network");
    }
    if (s->towns_count == 1) {
        return s->towns[0].bus;
    }
    diag_error(r->diag, s->instances[i].place, "%s.%s: there is no heat network%s",
               s->instances[i].name, port,
               s->towns_count ? " and more than one town entry" : " and no town entry");
    diag_remedy(r->diag, "add  heat_network: {...}  or  ports: {%s: TOWN_ENTRY}", port);
    return -1;
}

static int find_bus(struct reading *r, int i, int p) {
    struct scenario *s = r->s;
    struct instance *instance = &s->instances[i];
    const struct port *port = &instance->kind->ports[p];
    switch (port->side) {
    case SIDE_METER:
        return instance->meter;
    case SIDE_FUEL:
        return r->at[i] >= 0 ? place_bus(r, r->at[i], CARRIER_FUEL, instance->fuel, instance->place)
                             : bus_find(s, instance->fuel);
    case SIDE_WATER:
        return bus_find(s, "water");
    case SIDE_RECOVERY:
        return port->optional ? -1 : only_recovery(r, i, port->name);
    case SIDE_PLANT:
        if (r->at[i] >= 0) {
            return place_bus(r, r->at[i], CARRIER_HEAT, NULL, instance->place);
        }
        return port->optional && s->network < 0 && s->towns_count != 1
                   ? -1
                   : plant_bus(r, i, port->name);
    case SIDE_TOWN:
        return bus_find(s, "town");
    case SIDE_USER:
        if (instance->town >= 0) {
            return s->towns[instance->town].bus;
        }
        return plant_bus(r, i, port->name);
    case SIDE_COLD:
        return !port->optional || word_is(instance, "cooling", "network") ? bus_find(s, "cold")
                                                                          : -1;
    case SIDE_OWN:
        return bus_find(s, instance->name);
    case SIDE_HALL:
    case SIDE_PLACE:
        break;
    }
    return -1;
}

/* ports: {heat_out: none} */
static bool port_is_open(const struct instance *instance, int port, const struct node *written) {
    return written && instance->kind->ports[port].optional && written->kind == NODE_SCALAR &&
           strcmp(written->text, "none") == 0;
}

/* The buses that plants bring along: before any port is wired, since others may name them. */
static void add_own_buses(struct reading *r) {
    for (int i = 0; i < r->s->instances_count; i++) {
        const struct instance *instance = &r->s->instances[i];
        for (int p = 0; p < instance->kind->ports_count; p++) {
            const struct port *port = &instance->kind->ports[p];
            if (port->side == SIDE_OWN && bus_find(r->s, instance->name) >= 0) {
                diag_error(r->diag, instance->place,
                           "%s: its own bus would have the name of another", instance->name);
                diag_remedy(r->diag, "write another name, such as  %s_1: {kind: %s, ...}",
                            instance->name, instance->kind->name);
            } else if (port->side == SIDE_OWN) {
                (void)bus_add(r, instance->name, port->carrier);
            } else if (port->side == SIDE_COLD &&
                       (!port->optional || word_is(instance, "cooling", "network"))) {
                (void)bus_add(r, "cold", port->carrier);
            }
        }
    }
}

static void wire_written(struct reading *r, int i) {
    struct instance *instance = &r->s->instances[i];
    const struct node *ports = r->port_nodes[i];
    for (int p = 0; ports && p < instance->kind->ports_count; p++) {
        const struct node *node = document_find(ports, instance->kind->ports[p].name);
        if (!node) {
            continue;
        }
        if (port_is_open(instance, p, node)) {
            continue;
        }
        int bus = node->kind == NODE_SCALAR ? bus_find(r->s, node->text) : -1;
        if (bus < 0) {
            const char *names[BUSES_MAX];
            for (int b = 0; b < r->s->buses_count; b++) {
                names[b] = r->s->buses[b].name;
            }
            const char *near = node->kind == NODE_SCALAR
                                   ? diag_nearest(node->text, names, r->s->buses_count)
                                   : NULL;
            diag_error(r->diag, node->place, "%s.%s: there is no bus %s", instance->name,
                       instance->kind->ports[p].name, reading_found(r, node));
            diag_remedy(r->diag,
                        near ? "did you mean %s?" : "`hearth check --yaml` lists all buses%s",
                        near ? near : "");
        } else if (r->s->buses[bus].carrier != instance->kind->ports[p].carrier) {
            diag_error(r->diag, node->place, "%s.%s carries %s, but %s carries %s", instance->name,
                       instance->kind->ports[p].name,
                       carrier_name(instance->kind->ports[p].carrier), r->s->buses[bus].name,
                       carrier_name(r->s->buses[bus].carrier));
            diag_remedy(r->diag, "connect it to a bus of its own carrier");
        } else {
            instance->port_bus[p] = bus;
        }
    }
}

static bool needs_meter(const struct instance *instance, bool *ret_must) {
    bool any = false;
    *ret_must = false;
    for (int p = 0; p < instance->kind->ports_count; p++) {
        if (instance->kind->ports[p].side == SIDE_METER) {
            any = true;
            *ret_must = *ret_must || !instance->kind->ports[p].optional;
        }
    }
    return any;
}

static void wire_meters(struct reading *r) {
    for (int pass = 0; pass < 2;
         pass++) { /* the halls first: the other meters are those that are not theirs */
        for (int i = 0; i < r->s->instances_count; i++) {
            struct instance *instance = &r->s->instances[i];
            bool must = false, hall = strcmp(instance->kind->name, "data_hall") == 0;
            if (hall != (pass == 0) || instance->meter >= 0 || !needs_meter(instance, &must)) {
                continue;
            }
            instance->meter = find_meter(r, i, must, must || uses_power(instance));
            if (hall) {
                r->s->halls[instance->hall].meter = instance->meter;
            }
        }
    }
}

void wire_temperatures(struct scenario *s) {
    for (int i = 0; i < s->instances_count; i++) {
        const struct instance *instance = &s->instances[i];
        double declared_c =
            component_number(instance->kind, instance->self, "declared_supply_c", (double)NAN);
        double take_off_c =
            component_number(instance->kind, instance->self, "take_off_c", (double)NAN);
        bool has_declared = component_param(instance->kind, "declared_supply_c") != NULL;
        bool has_take_off = component_param(instance->kind, "take_off_c") != NULL;
        if ((has_declared && isnan(declared_c)) || (has_take_off && isnan(take_off_c))) {
            continue;
        }
        for (int p = 0; p < instance->kind->ports_count; p++) {
            int bus = instance->port_bus[p];
            if (bus >= 0 && instance->kind->ports[p].sets_temperature &&
                s->buses[bus].temperature_instance < 0) {
                s->buses[bus].temperature_instance = i;
                s->buses[bus].temperature_port = p;
            }
        }
    }
}

/* By the rule table; that a port which must be wired found nothing is told here, unless it was told
   where it looked. */
static void find_and_wire(struct reading *r, int i, int p) {
    struct instance *instance = &r->s->instances[i];
    const struct port *port = &instance->kind->ports[p];
    int errors = diag_errors(r->diag);
    instance->port_bus[p] = find_bus(r, i, p);
    if (instance->port_bus[p] >= 0 || port->optional || port->side == SIDE_METER ||
        diag_errors(r->diag) > errors) {
        return;
    }
    diag_error(r->diag, instance->place, "%s.%s: nothing to connect it to was found",
               instance->name, port->name);
    diag_remedy(r->diag, "add  ports: {%s: BUS};  `hearth explain wiring` says where ports look",
                port->name);
}

/* Fuel that stands under `plant:` is given at its place, or to all. */
static void wire_fuel_supplies(struct reading *r) {
    for (int i = 0; i < r->s->instances_count; i++) {
        struct instance *supply = &r->s->instances[i];
        if (strcmp(supply->kind->name, "fuel_supply") == 0 && supply->port_bus[0] < 0) {
            const char *bus =
                r->at[i] >= 0 ? arena_format(r->arena, "%s.%s", r->places[r->at[i]], supply->fuel)
                              : supply->fuel;
            supply->port_bus[0] = bus_add(r, bus, CARRIER_FUEL);
        }
    }
}

void wire_all(struct reading *r) {
    wire_fuel_supplies(r);
    wire_meters(r);
    add_own_buses(r);
    wire_links(r);
    for (int i = 0; i < r->s->instances_count; i++) {
        struct instance *instance = &r->s->instances[i];
        wire_written(r, i);
        for (int p = 0; p < instance->kind->ports_count; p++) {
            const struct node *written =
                document_find(r->port_nodes[i], instance->kind->ports[p].name);
            if (instance->port_bus[p] < 0 && !port_is_open(instance, p, written)) {
                find_and_wire(r, i, p);
            }
        }
    }
    wire_temperatures(r->s);
}

/* ---- cases

   ----------------------------------------------------------------------------------------------------
 */
static bool is_joint_bus(const struct scenario *s, int bus) {
    const char *name = s->buses[bus].name, *dot = strrchr(name, '.');
    return strcmp(name, "network") == 0 || strcmp(name, "town") == 0 ||
           (dot && (strcmp(dot, ".recovery") == 0 || strcmp(dot, ".condenser") == 0));
}

static bool is_town_bus(const struct scenario *s, int bus) {
    for (int k = 0; k < s->towns_count; k++) {
        if (s->towns[k].bus == bus) {
            return true;
        }
    }
    return false;
}

/* What stands under `plant:` is new: not in today. Apart keeps what does not join data centre and
   town; heat plant for the town is kept there only when the reference is its own optimum. */
void set_cases(struct reading *r) {
    struct scenario *s = r->s;
    const struct node *plant = document_find(r->root, "plant");
    for (int k = 0; plant && k < plant->count; k++) {
        int i = scenario_instance(s, plant->keys[k]);
        if (i < 0 || document_find(plant->children[k], "in")) {
            continue;
        }
        struct instance *instance = &s->instances[i];
        bool joint =
                 reading_flag(r, plant->children[k], "integration", instance->kind->integration),
             town = false;
        for (int p = 0; p < instance->kind->ports_count; p++) {
            joint = joint || (instance->port_bus[p] >= 0 && is_joint_bus(s, instance->port_bus[p]));
            town = town || (instance->port_bus[p] >= 0 && is_town_bus(s, instance->port_bus[p]));
        }
        instance->in_case[CASE_TODAY] = instance->existing && !joint;
        instance->in_case[CASE_APART] =
            !joint && (!town || s->reference_best_alone || instance->existing);
    }
    for (int h = 0; h < s->halls_count; h++) {
        s->instances[s->halls[h].instance].in_case[CASE_TODAY] = false;
    }
    for (int i = 0; i < s->instances_count;
         i++) { /* a retrofit is a choice like new plant for the town */
        if (strcmp(s->instances[i].kind->name, "retrofit") == 0) {
            s->instances[i].in_case[CASE_TODAY] = s->instances[i].existing;
            s->instances[i].in_case[CASE_APART] =
                s->instances[i].existing || s->reference_best_alone;
        }
    }
}
