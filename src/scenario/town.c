/* The section `town:`: who needs heat, what heats and cools each entry today, and what renovating it would save. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "scenario/reading.h"

static void add_producers(struct reading *r, struct town_entry *town, const struct node *list) {
    static const char example[] =
        "[{name: straw_chp, capacity_kw: 50000, marginal_money_kwh: 0.03}]";
    struct scenario *s = r->s;
    if (list->count > COUNT(town->heaters)) {
        diag_error(r->diag, list->place, "existing_heat: %d producers, more than %d", list->count,
                   COUNT(town->heaters));
        diag_remedy(r->diag, "merge those of like cost");
        return;
    }
    for (int k = 0; k < list->count; k++) {
        const struct node *entry = list->children[k], *name_node = document_find(entry, "name");
        if (!name_node) {
            diag_error(r->diag, entry->place, "existing_heat: a producer needs a name");
            diag_remedy(r->diag, "write  existing_heat: %s", example);
            continue;
        }
        const char *name = reading_plain_name(r, name_node);
        int i = name ? instance_add(r, name, "heat_producer", entry->place) : -1;
        if (i < 0) {
            continue;
        }
        s->instances[i].owner = PARTY_HEAT_UTILITY;
        s->instances[i].existing = true;
        s->instances[i].town = (int)(town - s->towns);
        s->instances[i].port_bus[0] = town->bus;
        instance_params(r, i, entry, name, true, NULL, 0);
        if (!s->instances[i].capacity.chosen && !isfinite(s->instances[i].capacity.fixed) &&
            !document_find(entry, "capacity_kw")) {
            diag_error(r->diag, entry->place, "%s: capacity_kw is missing", name);
            diag_remedy(r->diag, "add  capacity_kw: NUMBER");
        }
        town->heaters[town->heaters_count++] = i;
    }
}

static void add_heater(struct reading *r, struct town_entry *town, const struct node *entry) {
    static const char *const words[] = {"gas_boiler", "air_heat_pump", "electric", "existing",
                                        "plant"};
    static const char *const kinds[] = {"individual_gas_boiler", "air_heat_pump",
                                        "electric_boiler"};
    struct scenario *s = r->s;
    const struct node *existing = document_find(entry, "existing_heat");
    int word = reading_word(r, entry, "heated_by", words, COUNT(words), existing ? 3 : 0);
    if (!document_find(entry, "heated_by") && !existing) {
        reading_note(r, "%s: heated_by is not given; gas boilers are assumed.", town->name);
    }
    if (word == 3) {
        if (!existing || existing->kind != NODE_LIST || existing->count == 0) {
            diag_error(r->diag, existing ? existing->place : entry->place,
                       "%s: heated_by existing needs existing_heat, a list of producers",
                       town->name);
            diag_remedy(
                r->diag,
                "add  existing_heat: [{name: ..., capacity_kw: ..., marginal_money_kwh: ...}]");
            return;
        }
        add_producers(r, town, existing);
        town->heater = town->heaters_count ? town->heaters[0] : -1;
        return;
    }
    if (word == 4 && !existing) {
        return; /* by what stands under `plant:`, in the cases that it says */
    }
    if (existing) {
        diag_error(r->diag, existing->place, "%s: existing_heat stands beside heated_by: %s",
                   town->name, words[word]);
        diag_remedy(r->diag, "write  heated_by: existing,  or remove existing_heat");
        return;
    }
    int i =
        instance_add(r, arena_format(r->arena, "%s_heater", town->name), kinds[word], entry->place);
    if (i < 0) {
        return;
    }
    s->instances[i].owner = PARTY_HEAT_CUSTOMERS;
    s->instances[i].town = (int)(town - s->towns);
    s->instances[i].port_bus[component_port(s->instances[i].kind, "heat_out")] = town->bus;
    instance_choose(r, i, HUGE_VAL);
    town->heater = i;
    town->heaters[town->heaters_count++] = i;
}

/* What renovating an entry's buildings would save: an instance beside the entry that knows its facts. */
static void add_retrofit(struct reading *r, struct town_entry *town, const struct node *map) {
    struct scenario *s = r->s;
    if (strcmp(s->instances[town->instance].kind->name, "building") != 0) {
        diag_error(r->diag, map->place, "%s: retrofit: a %s is no building", town->name,
                   s->instances[town->instance].kind->name);
        diag_remedy(r->diag, "remove  retrofit:");
        return;
    }
    int i =
        instance_add(r, arena_format(r->arena, "%s_retrofit", town->name), "retrofit", map->place);
    if (i < 0) {
        return;
    }
    struct instance *retrofit = &s->instances[i];
    double floor_m2 = s->instances[town->instance].capacity.fixed;
    r->at[i] = r->at[town->instance];
    retrofit->owner = PARTY_HEAT_CUSTOMERS;
    retrofit->town = (int)(town - s->towns);
    retrofit->port_bus[component_port(retrofit->kind, "heat_out")] = town->bus;
    instance_copy(r, town->instance, i);
    if (!instance_params(r, i, map, "retrofit", true, NULL, 0)) {
        return;
    }
    if (!retrofit->capacity.chosen && !isfinite(retrofit->capacity.fixed)) {
        instance_choose(r, i, floor_m2);
    }
    if (retrofit->capacity.chosen) {
        retrofit->capacity.max = fmin(retrofit->capacity.max, floor_m2);
    }
    if (retrofit->capacity.fixed > floor_m2 || retrofit->capacity.min > floor_m2) {
        diag_error(r->diag, map->place, "retrofit: renovated_m2 is more than %s's floor",
                   town->name);
        diag_remedy(r->diag, "give at most floor_m2, or leave renovated_m2 out: the plan chooses");
    }
}

/* What cools an entry that takes the town's chilled water, in every case: a chiller of its own on that bus. */
static void add_chiller(struct reading *r, struct town_entry *town) {
    struct scenario *s = r->s;
    int i = instance_add(r, arena_format(r->arena, "%s_chiller", town->name), "compression_chiller",
                         s->instances[town->instance].place);
    if (i < 0) {
        return;
    }
    s->instances[i].owner = PARTY_HEAT_CUSTOMERS;
    r->at[i] = r->at[town->instance];
    r->meter_names[i] = r->meter_names[town->instance];
    r->meter_places[i] = r->meter_places[town->instance];
    instance_choose(r, i, HUGE_VAL);
}

/* A town entry's bus has its name: it may not be one of the others'. */
static bool is_bus_name(const char *name) {
    static const char *const taken[] = {"network", "town",  "gas", "oil",
                                        "biomass", "water", "cold"};
    for (int k = 0; k < COUNT(taken); k++) {
        if (strcmp(taken[k], name) == 0) {
            return true;
        }
    }
    return false;
}

static const char *entry_name(struct reading *r, const struct node *entry) {
    const struct node *node = document_find(entry, "name");
    if (!node) {
        diag_error(r->diag, entry->place, "town: an entry needs a name");
        diag_remedy(r->diag, "write  - {name: campus, building: office, floor_m2: 50000}");
        return NULL;
    }
    const char *name = reading_plain_name(r, node);
    if (name && is_bus_name(name)) {
        diag_error(r->diag, node->place, "name: \"%s\" is the name of a bus of Hearth's own", name);
        diag_remedy(r->diag, "write another name, such as %s_1", name);
        return NULL;
    }
    return name;
}

const char *const connect_words[CONNECTS] = {"yes", "no", "choose"};

static void read_connection(struct reading *r, struct town_entry *town, const struct node *entry) {
    town->connect =
        (enum connect)reading_word(r, entry, "connect", connect_words, CONNECTS, CONNECT_YES);
    town->connection_money = reading_number(r, entry, "connection_money", 0.0, 0.0, 1e9);
}

static void read_entry(struct reading *r, const struct node *entry) {
    static const char *const extra[] = {"heated_by", "existing_heat", "connect", "connection_money",
                                        "retrofit"};
    struct scenario *s = r->s;
    const char *name = entry_name(r, entry);
    if (!name) {
        return;
    }
    if (s->towns_count >= TOWNS_MAX) {
        diag_error(r->diag, entry->place, "more than %d town entries", TOWNS_MAX);
        diag_remedy(r->diag, "merge entries that are alike");
        return;
    }
    int i = instance_add(r, name, reading_text(r, entry, "kind", "building"), entry->place);
    if (i < 0) {
        return;
    }
    int in = component_port(s->instances[i].kind, "heat_in");
    if (s->instances[i].kind->shape == SHAPE_LOAD && s->instances[i].kind->ports_count == 1 &&
        component_port(s->instances[i].kind, "power_in") == 0) { /* needs no heat */
        s->instances[i].owner = PARTY_HEAT_CUSTOMERS;
        instance_params(r, i, entry, name, true, NULL, 0);
        return;
    }
    if (s->instances[i].kind->shape != SHAPE_LOAD || in < 0) {
        diag_error(r->diag, entry->place, "%s: a %s is no heat user", name,
                   s->instances[i].kind->name);
        diag_remedy(r->diag, "a town entry is a building, a pool, town_heat or a power_load");
        return;
    }
    struct town_entry *town = &s->towns[s->towns_count++];
    town->name = name;
    town->instance = i;
    town->heater = town->substation = -1;
    town->bus = bus_add(r, name, CARRIER_HEAT);
    s->instances[i].owner = PARTY_HEAT_CUSTOMERS;
    s->instances[i].town = (int)(town - s->towns);
    s->instances[i].port_bus[in] = town->bus;
    instance_params(r, i, entry, name, true, extra, COUNT(extra));
    read_connection(r, town, entry);
    add_heater(r, town, entry);
    if (town->heater >= 0) {
        r->at[town->heater] = r->at[i];
    }
    const struct node *retrofit = document_find(entry, "retrofit");
    if (retrofit && isfinite(s->instances[i].capacity.fixed)) {
        add_retrofit(r, town, retrofit);
    }
    const struct param *cooling = component_param(s->instances[i].kind, "cooling");
    const char *word =
        cooling ? cooling->words[*(const int *)(const void *)((const char *)s->instances[i].self +
                                                              cooling->offset)]
                : "none";
    if (strcmp(word, "network") == 0) {
        add_chiller(r, town);
    }
    if (town->heater >= 0 && r->meter_names[i]) {
        r->meter_names[town->heater] = r->meter_names[i];
        r->meter_places[town->heater] = r->meter_places[i];
    }
}

void read_town(struct reading *r) {
    const struct node *list =
        reading_list(r, "town", "{name: campus, building: office, floor_m2: 50000}");
    for (int k = 0; list && k < list->count; k++) {
        if (list->children[k]->kind == NODE_MAP) {
            read_entry(r, list->children[k]);
        }
    }
}
