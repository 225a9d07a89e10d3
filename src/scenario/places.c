/* Several places in one weather, and the links between them: where the ports of what stands `at:` a place look. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scenario/reading.h"

static int place_find(const struct reading *r, const char *name) {
    for (int k = 0; k < r->places_count; k++) {
        if (strcmp(r->places[k], name) == 0) {
            return k;
        }
    }
    return -1;
}

static void add_place(struct reading *r, const char *name, struct place place) {
    if (!name) {
        return;
    }
    if (place_find(r, name) >= 0) {
        diag_error(r->diag, place, "places: %s stands twice", name);
        diag_remedy(r->diag, "give each place its own name");
    } else if (r->places_count >= PLACES_MAX) {
        diag_error(r->diag, place, "places: more than %d", PLACES_MAX);
        diag_remedy(r->diag, "merge places that lie close to each other");
    } else {
        r->places[r->places_count++] = name;
    }
}

void read_places(struct reading *r) {
    const struct node *list = document_find(r->root, "places");
    if (r->place_name) {
        r->places[r->places_count++] = r->place_name;
    }
    if (list && list->kind != NODE_LIST) {
        reading_wrong_kind(r, list, "places", "a list of names", "[harbour, old_town]");
        return;
    }
    for (int k = 0; list && k < list->count; k++) {
        add_place(r, reading_plain_name(r, list->children[k]), list->children[k]->place);
    }
}

static int read_place_name(struct reading *r, const struct node *node, const char *key) {
    if (node->kind != NODE_SCALAR) {
        reading_wrong_kind(r, node, key, "the name of a place", "here");
        return -1;
    }
    int place = place_find(r, node->text);
    if (place < 0) {
        const char *near = diag_nearest(node->text, r->places, r->places_count);
        diag_error(r->diag, node->place, "%s: there is no place %s", key, reading_found(r, node));
        if (near) {
            diag_remedy(r->diag, "did you mean %s?", near);
        } else if (r->places_count == 1) {
            diag_remedy(r->diag, "the only place is %s", r->places[0]);
        } else {
            diag_remedy(r->diag, "name it:  places: [%.40s]", node->text);
        }
    }
    return place;
}

void read_at(struct reading *r, int instance, const struct node *at) {
    r->at[instance] = read_place_name(r, at, "at");
}

/* ---- the bus of a carrier at a place ---- */

struct candidates {
    int bus, count;
    const char *first, *second;
};

static void add_candidate(struct candidates *found, int bus, const char *name) {
    if (found->count > 0 && bus == found->bus) {
        return;
    }
    found->second = found->count == 1 ? name : found->second;
    found->first = found->count == 0 ? name : found->first;
    found->bus = found->count == 0 ? bus : found->bus;
    found->count++;
}

static struct candidates find_candidates(const struct reading *r, int place, enum carrier carrier,
                                         const char *fuel) {
    const struct scenario *s = r->s;
    struct candidates found = {-1, 0, "", ""};
    for (int m = 0; carrier == CARRIER_ELECTRICITY && m < s->meters_count; m++) {
        if (r->at[s->meters[m].grid] == place) {
            add_candidate(&found, s->meters[m].bus, s->buses[s->meters[m].bus].name);
        }
    }
    for (int k = 0; carrier == CARRIER_HEAT && k < s->towns_count; k++) {
        if (r->at[s->towns[k].instance] == place) {
            add_candidate(&found, s->towns[k].bus, s->buses[s->towns[k].bus].name);
        }
    }
    for (int i = 0; fuel && carrier == CARRIER_FUEL && i < s->instances_count; i++) {
        const struct instance *supply = &s->instances[i];
        if (r->at[i] == place && strcmp(supply->kind->name, "fuel_supply") == 0 &&
            strcmp(supply->fuel, fuel) == 0 && supply->port_bus[0] >= 0) {
            add_candidate(&found, supply->port_bus[0], s->buses[supply->port_bus[0]].name);
        }
    }
    return found;
}

int place_bus(struct reading *r, int place, enum carrier carrier, const char *fuel,
              struct place where) {
    struct candidates found = find_candidates(r, place, carrier, fuel);
    if (found.count > 1) {
        diag_error(r->diag, where, "at %s the bus could be %s or %s", r->places[place], found.first,
                   found.second);
        diag_remedy(r->diag,
                    carrier == CARRIER_ELECTRICITY
                        ? "write  meter:  beside it, or give one of them a place of its own"
                        : "write  ports: {PORT: %s}  beside it",
                    found.first);
        return -1;
    }
    if (found.count == 1) {
        return found.bus;
    }
    if (carrier == CARRIER_FUEL) {
        return bus_find(r->s, fuel);
    }
    return bus_add(r,
                   arena_format(r->arena, "%s.%s", r->places[place],
                                carrier == CARRIER_ELECTRICITY ? "power" : "heat"),
                   carrier);
}

/* ---- links ---- */

static void read_link(struct reading *r, const struct node *entry) {
    static const char *const extra[] = {"from", "to"};
    const struct node *name_node = document_find(entry, "name");
    if (!name_node || !document_find(entry, "kind") || !document_find(entry, "from") ||
        !document_find(entry, "to")) {
        diag_error(r->diag, entry->place, "links: name, kind, from and to must be there");
        diag_remedy(r->diag,
                    "write  - {name: cable, kind: power_line, from: harbour, to: old_town, "
                    "capacity_kw: choose}");
        return;
    }
    const char *name = reading_plain_name(r, name_node);
    const struct node *kind = document_find(entry, "kind");
    int i = name ? instance_add(r, name, reading_text(r, entry, "kind", ""), kind->place) : -1;
    if (i < 0) {
        return;
    }
    struct instance *link = &r->s->instances[i];
    if (link->kind->ports[0].side != SIDE_PLACE) {
        diag_error(r->diag, kind->place, "%s: a %s joins no places", name, link->kind->name);
        diag_remedy(r->diag, "a link is a power_line or a heat_link");
        return;
    }
    bool power = link->kind->ports[0].carrier == CARRIER_ELECTRICITY;
    link->place = entry->place;
    link->owner = power ? PARTY_OPERATOR : PARTY_HEAT_UTILITY;
    r->ends[i][0] = read_place_name(r, document_find(entry, "from"), "from");
    r->ends[i][1] = read_place_name(r, document_find(entry, "to"), "to");
    instance_params(r, i, entry, name, true, extra, COUNT(extra));
    if (r->ends[i][0] >= 0 && r->ends[i][0] == r->ends[i][1]) {
        diag_error(r->diag, entry->place, "%s: it begins and ends at %s", name,
                   r->places[r->ends[i][0]]);
        diag_remedy(r->diag, "name two places");
    }
    if (!document_find(entry, "in")) { /* what joins the town's heat to another place is new */
        link->in_case[CASE_TODAY] = link->existing;
        link->in_case[CASE_APART] = link->existing || power;
    }
}

void read_links(struct reading *r) {
    const struct node *list = document_find(r->root, "links");
    static const char example[] = "[{name: cable, kind: power_line, from: harbour, to: old_town}]";
    if (list && list->kind != NODE_LIST) {
        reading_wrong_kind(r, list, "links", "a list", example);
        return;
    }
    for (int k = 0; list && k < list->count; k++) {
        if (list->children[k]->kind == NODE_MAP) {
            read_link(r, list->children[k]);
        } else {
            reading_wrong_kind(r, list->children[k], "links", "a map of keys and values", example);
        }
    }
}

void wire_links(struct reading *r) {
    for (int i = 0; i < r->s->instances_count; i++) {
        struct instance *link = &r->s->instances[i];
        for (int end = 0; end < 2 && r->ends[i][0] >= 0 && r->ends[i][1] >= 0; end++) {
            link->port_bus[end] =
                place_bus(r, r->ends[i][end], link->kind->ports[0].carrier, NULL, link->place);
        }
    }
}
