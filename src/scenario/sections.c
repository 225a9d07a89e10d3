/* The sections a person writes, and the instances each makes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/series.h"
#include "scenario/reading.h"

/* ---- electricity
   ---------------------------------------------------------------------------------------------- */
static void read_meter(struct reading *r, const char *name, struct place place,
                       const struct node *map) {
    static const char *const extra[] = {"party",  "at",         "urdb",
                                        "tariff", "large_load", "transformer"};
    struct scenario *s = r->s;
    if (!reading_name(r, name, place)) {
        return;
    }
    if (s->meters_count >= METERS_MAX) {
        diag_error(r->diag, place, "more than %d meters", METERS_MAX);
        diag_remedy(r->diag, "merge connections");
        return;
    }
    int grid = instance_add(r, arena_format(r->arena, "grid_%s", name), "grid", place);
    if (grid < 0) {
        return;
    }
    struct meter *meter = &s->meters[s->meters_count++];
    meter->name = name;
    meter->grid = grid;
    meter->bus = bus_add(r, arena_format(r->arena, "%s.power", name), CARRIER_ELECTRICITY);
    meter->party = strcmp(name, "data_centre") == 0 ? PARTY_OPERATOR : PARTY_HEAT_CUSTOMERS;
    s->instances[grid].meter = meter->bus;
    s->instances[grid].port_bus[s->instances[grid].kind->reference_port] = meter->bus;
    meter->tariff = map->kind == NODE_MAP ? read_meter_tariff(r, grid, map) : NULL;
    meter->transformer = map->kind == NODE_MAP ? read_meter_transformer(r, map) : NULL;
    instance_params(r, grid, map, name, false, extra, COUNT(extra));
    const struct node *party = document_find(map, "party"), *at = document_find(map, "at");
    if (at) {
        read_at(r, grid, at);
    }
    if (party) {
        (void)reading_party(r, party, "party", &meter->party);
    }
    s->instances[grid].owner = meter->party;
}

/* Mean over the horizon of what is a number or a series. */
static double input_mean(const struct scenario *s, int i, const char *key) {
    const struct instance *instance = &s->instances[i];
    const struct param *param = component_param(instance->kind, key);
    const struct input *input =
        (const struct input *)(const void *)((const char *)instance->self + param->offset);
    int steps = calendar_steps(&s->calendar);
    return input->by_step ? series_sum(input->by_step, steps) / steps : input->value;
}

/* The common factors are those of every meter that has none of its own. */
static void read_carbon(struct reading *r, const struct node *carbon) {
    static const char *const known[] = {"average_kgco2_kwh", "marginal_kgco2_kwh",
                                        "carbon_free_frac"};
    static const char *const params[] = {"carbon_average_kgco2_kwh", "carbon_marginal_kgco2_kwh",
                                         "carbon_free_frac"};
    struct scenario *s = r->s;
    reading_section(r, carbon, "carbon");
    s->renewable_grid_frac = reading_key_value(r, carbon, "carbon", "renewable_frac");
    for (int k = 0; k < COUNT(params); k++) {
        const struct node *node = document_find(carbon, known[k]);
        int errors = diag_errors(r->diag);
        for (int m = 0; node && m < s->meters_count && diag_errors(r->diag) == errors; m++) {
            const struct instance *grid = &s->instances[s->meters[m].grid];
            const struct param *param = component_param(grid->kind, params[k]);
            if (grid->given[param - grid->kind->params] == GIVEN_DEFAULT) {
                instance_input(r, s->meters[m].grid, params[k], known[k], node);
            }
        }
    }
    for (int m = 0; s->renewable_grid_frac > 0.0 && m < s->meters_count; m++) {
        const struct instance *grid = &s->instances[s->meters[m].grid];
        const struct param *param = component_param(grid->kind, params[2]);
        if (grid->given[param - grid->kind->params] == GIVEN_DEFAULT) {
            instance_set(r, s->meters[m].grid, params[2], s->renewable_grid_frac);
        }
    }
    if (s->meters_count > 0) {
        s->carbon_average_kgco2_kwh = input_mean(s, s->meters[0].grid, params[0]);
        s->carbon_marginal_kgco2_kwh = input_mean(s, s->meters[0].grid, params[1]);
    }
}

void read_electricity(struct reading *r) {
    const struct node *electricity = document_find(r->root, "electricity");
    const char *example = "{data_centre: {energy_money_kwh: 0.08}}";
    if (!electricity) {
        diag_error(r->diag, r->root->place, "electricity is missing");
        diag_remedy(r->diag, "add  electricity: %s", example);
        return;
    }
    if (electricity->kind != NODE_MAP) {
        reading_wrong_kind(r, electricity, "electricity", "a map of meters", example);
        return;
    }
    int meters = 0;
    for (int k = 0; k < electricity->count; k++) {
        if (strcmp(electricity->keys[k], "carbon") != 0) {
            read_meter(r, electricity->keys[k], electricity->key_places[k],
                       electricity->children[k]);
            meters++;
        }
    }
    read_carbon(r, document_find(electricity, "carbon"));
    if (meters == 0) {
        diag_error(r->diag, electricity->place, "electricity names no meter");
        diag_remedy(r->diag, "add  data_centre: {energy_money_kwh: 0.08}");
    }
}

/* ---- data centres
   --------------------------------------------------------------------------------------------- */
/* The part of a hall's work that may wait: on the hall's own buses and meter. */
static void add_flexible(struct reading *r, const struct hall *hall, const struct node *flexible) {
    static const char *const ports[] = {"heat_out", "room_heat_out"};
    const struct instance *it = &r->s->instances[hall->instance];
    int i = flexible ? instance_add(r, arena_format(r->arena, "%s_flexible", hall->name),
                                    "flexible_compute", flexible->place)
                     : -1;
    if (i < 0) {
        return;
    }
    struct instance *instance = &r->s->instances[i];
    instance->owner = it->owner;
    instance->hall = (int)(hall - r->s->halls);
    memcpy(instance->in_case, it->in_case, sizeof it->in_case);
    for (int k = 0; k < COUNT(ports); k++) {
        instance->port_bus[component_port(instance->kind, ports[k])] =
            it->port_bus[component_port(it->kind, ports[k])];
    }
    instance_params(r, i, flexible, "flexible", false, NULL, 0);
}

static void read_hall(struct reading *r, const struct node *entry) {
    static const char *const extra[] = {"cooling", "room_cooling", "heat_recovery", "flexible"};
    struct scenario *s = r->s;
    const struct node *name_node = document_find(entry, "name");
    const char *name = name_node ? reading_plain_name(r, name_node) : "data_centre";
    if (s->halls_count >= HALLS_MAX) {
        diag_error(r->diag, entry->place, "more than %d data centres", HALLS_MAX);
        diag_remedy(r->diag, "merge those that are alike");
        return;
    }
    int i = name ? instance_add(r, name, "data_hall", entry->place) : -1;
    if (i < 0) {
        return;
    }
    struct hall *hall = &s->halls[s->halls_count++];
    hall->name = name;
    hall->instance = i;
    hall->cooling = hall->room_cooling = hall->recovery = -1;
    hall->meter = -1;
    s->instances[i].owner = PARTY_OPERATOR;
    s->instances[i].hall = (int)(hall - s->halls);
    instance_params(r, i, entry, name, true, extra, COUNT(extra));
    hall_settle(r, i);
    const struct node *owner = document_find(entry, "owner");
    if (owner && s->instances[i].owner != PARTY_OPERATOR) {
        diag_error(r->diag, owner->place, "owner: a data centre belongs to its operator");
        diag_remedy(r->diag, "remove  owner:");
    }
    s->instances[i].in_case[CASE_TODAY] = false;
    hall_cool(r, hall, entry);
    hall_check_cooling(r, hall);
    add_flexible(r, hall, document_find(entry, "flexible"));
}

const struct node *reading_list(struct reading *r, const char *key, const char *example) {
    const struct node *list = document_find(r->root, key);
    if (list && list->kind != NODE_LIST) {
        reading_wrong_kind(r, list, key, "a list", arena_format(r->arena, "[%s]", example));
        return NULL;
    }
    for (int k = 0; list && k < list->count; k++) {
        if (list->children[k]->kind != NODE_MAP) {
            reading_wrong_kind(r, list->children[k], key, "a map of keys and values",
                               arena_format(r->arena, "[%s]", example));
        }
    }
    return list;
}

void read_data_centre(struct reading *r) {
    const struct node *list = reading_list(r, "data_centre", "{name: hall, it_kw: 5000}");
    for (int k = 0; list && k < list->count; k++) {
        if (list->children[k]->kind == NODE_MAP) {
            read_hall(r, list->children[k]);
        }
    }
}

/* ---- network and plant
   ---------------------------------------------------------------------------------------- */
/* An exchanger, or a booster (heat_network: {substation: booster}), which needs power of the entry's meter. */
static void add_substation(struct reading *r, struct town_entry *town) {
    struct scenario *s = r->s;
    const struct instance *network = &s->instances[s->network];
    const struct param *param = component_param(network->kind, "substation");
    int word = *(const int *)(const void *)((const char *)network->self + param->offset);
    bool booster = strcmp(param->words[word], "booster") == 0;
    int i = instance_add(r, arena_format(r->arena, "%s_substation", town->name),
                         booster ? "booster_heat_pump" : "heat_exchanger",
                         s->instances[town->instance].place);
    if (i < 0) {
        return;
    }
    struct instance *substation = &s->instances[i];
    substation->owner = PARTY_HEAT_CUSTOMERS;
    substation->town = (int)(town - s->towns);
    substation->port_bus[component_port(substation->kind, "heat_in")] = bus_find(s, "town");
    substation->port_bus[component_port(substation->kind, "heat_out")] = town->bus;
    substation->in_case[CASE_TODAY] = substation->in_case[CASE_APART] = false;
    instance_choose(r, i, HUGE_VAL);
    if (!booster && strcmp(s->instances[town->instance].kind->name, "town_heat") == 0) {
        instance_set(r, i, "approach_dk",
                     1.0); /* water joins the town's network: no exchanger in every house */
    }
    if (booster && r->meter_names[town->instance]) {
        r->meter_names[i] = r->meter_names[town->instance];
        r->meter_places[i] = r->meter_places[town->instance];
    }
    town->substation = i;
}

/* A network that lies on a map: the file's text is kept, its length is the trench's length. */
void read_pipes(struct reading *r, const struct node *pipes) {
    struct pipes_file *file = &r->s->pipes;
    struct reading_file found;
    if (pipes->kind != NODE_SCALAR) {
        reading_wrong_kind(r, pipes, "pipes", "the name of a file", "network.geojson");
    } else if (reading_file(r, pipes, "network", PIPES_BYTES_MAX, &found)) {
        *file = (struct pipes_file){.path = found.path,
                                    .absolute = found.absolute,
                                    .text = found.text,
                                    .size = found.size,
                                    .place = pipes->place};
    }
}

/* What is said of single pipes, beside the file that has them, `pipes`. */
void read_pipe_choices(struct reading *r, const struct node *pipes, const struct node *said) {
    struct pipes_file *file = &r->s->pipes;
    if (!pipes) {
        diag_error(r->diag, said->place, "pipe_choice: this network has no pipes to choose from");
        diag_remedy(r->diag, "name the file that has them, pipes: FILE, or leave pipe_choice out");
        return;
    }
    if (said->kind != NODE_MAP) {
        reading_wrong_kind(r, said, "pipe_choice", "a map of pipes", "{trunk: required}");
        return;
    }
    if (!file->text) {
        return; /* told where the file is read */
    }
    struct pipe_choice *choices = ARENA_TAKE(r->arena, struct pipe_choice, said->count);
    for (int k = 0; choices && k < said->count; k++) {
        if (said->children[k]->kind != NODE_SCALAR) {
            reading_wrong_kind(r, said->children[k], said->keys[k], "a word", "required");
            return;
        }
        choices[k] =
            (struct pipe_choice){said->keys[k], said->children[k]->text, said->key_places[k]};
    }
    file->choices = choices;
    file->choices_count = choices ? said->count : 0;
}

static void no_length_beside_pipes(struct reading *r, const struct node *network, int i) {
    const struct node *length = document_find(network, "length_m");
    if (length) {
        diag_error(r->diag, length->place, "length_m stands beside pipes, which have lengths");
        diag_remedy(r->diag, "remove length_m");
    } else {
        instance_set(r, i, "length_m", 1.0); /* plan/pipes.c adds up the trench */
    }
}

void read_network(struct reading *r) {
    static const char *const extra[] = {"pipes", "pipe_choice"};
    const struct node *network = document_find(r->root, "heat_network");
    const struct node *pipes = document_find(network, "pipes");
    const struct node *choices = document_find(network, "pipe_choice");
    struct scenario *s = r->s;
    if (!network) {
        return;
    }
    int i = instance_add(r, "heat_network", "heat_network", network->place);
    if (i < 0) {
        return;
    }
    if (pipes) {
        read_pipes(r, pipes);
        no_length_beside_pipes(r, network, i);
    }
    if (choices) {
        read_pipe_choices(r, pipes, choices);
    }
    if (!instance_params(r, i, network, "heat_network", true, extra, COUNT(extra))) {
        return;
    }
    struct instance *line = &s->instances[i];
    if (!line->capacity.chosen && !isfinite(line->capacity.fixed)) {
        instance_choose(r, i, HUGE_VAL);
    }
    line->port_bus[component_port(line->kind, "plant")] = bus_add(r, "network", CARRIER_HEAT);
    line->port_bus[component_port(line->kind, "town")] = bus_add(r, "town", CARRIER_HEAT);
    line->in_case[CASE_TODAY] = line->in_case[CASE_APART] = false;
    s->network = i;
    for (int k = 0; k < s->towns_count; k++) {
        if (s->towns[k].connect != CONNECT_NO) {
            add_substation(r, &s->towns[k]);
        }
    }
}

static void read_one_plant(struct reading *r, const char *name, struct place place,
                           const struct node *map) {
    if (!reading_name(r, name, place)) {
        return;
    }
    const struct node *kind_node = document_find(map, "kind");
    int errors = diag_errors(r->diag);
    const char *kind = reading_text(r, map, "kind", name);
    int i = diag_errors(r->diag) == errors
                ? instance_add(r, name, kind, kind_node ? kind_node->place : place)
                : -1;
    if (i < 0) {
        return;
    }
    struct instance *instance = &r->s->instances[i];
    instance->place = place;
    if (instance->kind->outlook_year > r->s->calendar.year) {
        reading_note(r,
                     "%s: an outlook: a %s is not for sale before %d, and its costs are estimates.",
                     name, instance->kind->name, instance->kind->outlook_year);
    }
    bool power =
        instance->kind->reference_port >= 0 &&
        instance->kind->ports[instance->kind->reference_port].carrier == CARRIER_ELECTRICITY;
    instance->owner = power ? PARTY_OPERATOR : PARTY_HEAT_UTILITY;
    if (!instance_params(r, i, map, name, true, NULL, 0)) {
        return;
    }
    const char *capacity = instance->kind->capacity;
    if (capacity && !instance->capacity.chosen && !isfinite(instance->capacity.fixed) &&
        !document_find(map, capacity)) {
        diag_error(r->diag, map->place, "%s: %s is missing", name, capacity);
        diag_remedy(r->diag, "add  %s: choose  or a number", capacity);
    }
}

void read_plant(struct reading *r) {
    const struct node *plant = document_find(r->root, "plant");
    if (plant && plant->kind != NODE_MAP) {
        reading_wrong_kind(r, plant, "plant", "a map of plant by name",
                           "{heat_pump: {capacity_kw: choose}}");
        return;
    }
    for (int k = 0; plant && k < plant->count; k++) {
        read_one_plant(r, plant->keys[k], plant->key_places[k], plant->children[k]);
    }
}

/* ---- fuel and water
   -------------------------------------------------------------------------------------------- */
static bool port_of(const struct reading *r, enum port_side side, const char *fuel) {
    for (int i = 0; i < r->s->instances_count; i++) {
        const struct instance *instance = &r->s->instances[i];
        for (int p = 0; p < instance->kind->ports_count; p++) {
            const struct port *port = &instance->kind->ports[p];
            if (port->side == side && port->direction == FLOWS_IN &&
                (!fuel || strcmp(instance->fuel, fuel) == 0)) {
                return true;
            }
        }
    }
    return false;
}

/* Does plant of the scenario's own give this fuel? */
static bool is_supplied(const struct reading *r, const char *fuel) {
    for (int i = 0; i < r->s->instances_count; i++) {
        const struct instance *instance = &r->s->instances[i];
        if (strcmp(instance->kind->name, "fuel_supply") == 0 && strcmp(instance->fuel, fuel) == 0) {
            return true;
        }
    }
    return false;
}

static void add_fuel(struct reading *r, const char *fuel, const char *key, const struct node *price,
                     double carbon_kgco2_kwh) {
    struct scenario *s = r->s;
    int i = instance_add(r, arena_format(r->arena, "supply_%s", fuel), "fuel_supply", price->place);
    if (i < 0) {
        return;
    }
    instance_input(r, i, "price_money_kwh", key, price);
    s->instances[i].owner = PARTY_FUEL_SUPPLIER;
    s->instances[i].fuel = fuel;
    instance_set(r, i, "carbon_kgco2_kwh", carbon_kgco2_kwh);
    s->instances[i].port_bus[0] = bus_add(r, fuel, CARRIER_FUEL);
}

static void check_price(struct reading *r, const char *key, const struct node *price) {
    const struct param *param = component_param(component_find("fuel_supply"), "price_money_kwh");
    double unused = 0.0;
    if (price->kind != NODE_MAP) {
        (void)reading_scalar(r, price, key, param->min, param->max, &unused);
    }
}

void read_supplies(struct reading *r) {
    static const char *const fuels[] = {"gas", "oil", "biomass"};
    static const char *const fuel_keys[] = {"gas_money_kwh", "oil_money_kwh", "biomass_money_kwh"};
    static const double carbon_kgco2_kwh[] = {0.198, 0.257, 0.0};
    const struct node *fuel = document_find(r->root, "fuel"),
                      *water = document_find(r->root, "water");
    struct scenario *s = r->s;
    bool fuel_good = reading_section(r, fuel, "fuel");
    for (int k = 0; k < COUNT(fuels) && fuel_good; k++) {
        const struct node *price = document_find(fuel, fuel_keys[k]);
        if (!port_of(r, SIDE_FUEL, fuels[k])) {
            if (price) {
                check_price(r, fuel_keys[k], price);
            }
            continue;
        }
        if (!price && is_supplied(r, fuels[k])) {
            continue;
        }
        if (!price) {
            diag_error(r->diag, fuel ? fuel->place : r->root->place,
                       "fuel: %s is missing, but %s is burnt", fuel_keys[k], fuels[k]);
            diag_remedy(r->diag, "add  fuel: {%s: 0.05}", fuel_keys[k]);
            continue;
        }
        add_fuel(r, fuels[k], fuel_keys[k], price, carbon_kgco2_kwh[k]);
        s->gas_carbon_kgco2_kwh = k == 0 ? carbon_kgco2_kwh[0] : s->gas_carbon_kgco2_kwh;
    }
    if (port_of(r, SIDE_WATER, NULL)) {
        int i =
            instance_add(r, "supply_water", "water_supply", water ? water->place : r->root->place);
        if (i >= 0) {
            instance_params(r, i, water, "water", false, NULL, 0);
            s->instances[i].owner = PARTY_WATER_UTILITY;
            s->instances[i].port_bus[0] = bus_add(r, "water", CARRIER_WATER);
        }
    } else if (water) {
        static const char *const water_keys[] = {"price_money_m3", "limit_m3_h"};
        reading_check_keys(r, water, "water", water_keys, COUNT(water_keys));
    }
}
