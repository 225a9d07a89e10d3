/* The tables of keys with their defaults, presets, and growing a network. Presets: heat notes section
   5; pipes: section 3 to 5; pumps and stations: section 3. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/network.h"

#include <string.h>

#include "base/status.h"
#include "base/text.h"

static const struct network_preset presets[] = {
    {"3g", "third generation, 70 to 110 degC", "recalled, unverified", 85.0, 50.0},
    {"4g", "fourth generation, 50 to 60 degC", "recalled, unverified", 60.0, 30.0},
    {"lt_booster", "low temperature with boosters at the user", "recalled, unverified", 45.0, 25.0},
    {"5g", "near ground temperature, both ways, heat pumps at the user", "recalled, unverified",
     18.0, 12.0},
    {"chilled", "chilled water", "data-centre notes: chilled water 6/12, recalled, unverified", 6.0,
     12.0},
};
int network_presets(void) { return COUNT(presets); }
const struct network_preset *network_preset_at(int index) { return &presets[index]; }

static const char user[] = "user", recalled[] = "recalled, unverified";

static const struct param settings[] = {
    PARAM_OF(network_settings, preset, 1, "assumed",
             "Generation: the temperatures where supply_c and return_c are not given.", "3g", "4g",
             "lt_booster", "5g", "chilled"),
    PARAM(network_settings, supply_c, NOT_GIVEN, 0.5, 160.0, "preset", "What producers send."),
    PARAM(network_settings, return_c, NOT_GIVEN, 0.5, 160.0, "preset", "What consumers send back."),
    PARAM(network_settings, ground_c, 9.0, -30.0, 60.0,
          "annual mean 8 to 10 degC, recalled, unverified", "Undisturbed ground at the pipes."),
    PARAM_OF(network_settings, lines, 0, "assumed",
             "pair: each line is supply and return; single: water that does not come back.", "pair",
             "single"),
    PARAM_OF(network_settings, friction, 0, "EN 13941 practice; EPANET",
             "Law of friction; hazen_williams needs hazen_ratio, power is DHNx's.", "colebrook",
             "swamee_jain", "hazen_williams", "power"),
    PARAM_OF(network_settings, coordinates, 0, "RFC 7946", "What the coordinates are.", "degrees",
             "metres"),
    PARAM(network_settings, density_kg_m3, NOT_GIVEN, 500.0, 2000.0, user,
          "Constant density instead of water by temperature."),
    PARAM(network_settings, viscosity_kpas, NOT_GIVEN, 1e-8, 1e-3, user,
          "Constant viscosity instead of water by temperature."),
    PARAM(network_settings, heat_kj_kgk, NOT_GIVEN, 1.0, 10.0, user,
          "Constant heat capacity instead of water by temperature."),
    PARAM(network_settings, pump_eff, 0.675, 0.1, 1.0, "middle of .6 to .75, recalled, unverified",
          "Pumps with motor."),
    PARAM(network_settings, approach_dk, 3.5, 0.0, 20.0, "2 to 5 K, recalled, unverified",
          "Least difference in a substation."),
    PARAM(network_settings, gradient_kpa_m, 0.125, 0.01, 1.0, "mains .100-.150 kPa/m, peers [read]",
          "Sizing: largest gradient in mains."),
    PARAM(network_settings, branch_gradient_kpa_m, 0.2, 0.01, 1.0,
          "branches .150-.250 kPa/m, peers [read]", "Sizing: largest gradient in branches."),
    PARAM(network_settings, branch_flow_kg_s, 4.0, 0.0, 1e5, "about DN 80, assumed",
          "Sizing: lines that carry less are branches."),
    PARAM(network_settings, region_ratio, 1.0, 0.1, 10.0,
          "1 = Germany about 2023, topotherm [read]", "Cost of a trench against the catalogue's."),
    PARAM(network_settings, snap_m, 0.5, 0.0, 50.0, "assumed",
          "Ends of lines that lie nearer are one node."),
};

static const struct param nodes[] = {
    PARAM_OF(network_node, role, 0, user, "What the node is.", "junction", "producer", "consumer",
             "tank"),
    PARAM(network_node, elevation_m, 0.0, -500.0, 9000.0, "assumed", "Height of the pipe."),
    PARAM(network_node, pressure_kpa, NOT_GIVEN, -1000.0, 1e5, user,
          "Gauge pressure that a producer holds in the supply."),
    PARAM(network_node, return_pressure_kpa, NOT_GIVEN, -1000.0, 1e5, user,
          "Gauge pressure that it holds in the return; not given: just enough for the worst "
          "consumer lies between the two."),
    PARAM(network_node, heat_kw, NOT_GIVEN, -1e6, 1e6, user,
          "Heat: that a producer brings, a consumer takes; negative: the other way."),
    PARAM(network_node, flow_kg_s, NOT_GIVEN, -1e5, 1e5, user,
          "Instead of heat_kw: water that passes."),
    PARAM(network_node, supply_c, NOT_GIVEN, -5.0, 200.0, "network",
          "What a producer sends; what a consumer with negative heat_kw sends."),
    PARAM(network_node, return_c, NOT_GIVEN, -5.0, 200.0, "network", "What a consumer sends back."),
    PARAM(network_node, drop_dk, NOT_GIVEN, -100.0, 150.0, user,
          "Instead of return_c: by how much it cools the water."),
    PARAM(network_node, dp_min_kpa, 65.0, 0.0, 1000.0, "30 to 100 kPa, recalled, unverified",
          "Pressure difference that a consumer's station needs."),
    PARAM(network_node, station_kpa, 50.0, 0.0, 1000.0, recalled,
          "Pressure lost inside a producer's plant."),
    PARAM(network_node, secondary_supply_c, NOT_GIVEN, -5.0, 160.0, user,
          "Behind a substation: what the building needs; the supply must lie approach_dk above."),
    PARAM(network_node, secondary_return_c, NOT_GIVEN, -5.0, 160.0, user,
          "Behind a substation: what comes back from the building; return_c follows, approach_dk "
          "above."),
    PARAM(network_node, approach_dk, NOT_GIVEN, 0.0, 50.0, "network", "Of this substation."),
    PARAM(network_node, diameter_m, NOT_GIVEN, 0.01, 1e4, user, "Tank: its diameter."),
    PARAM(network_node, level_m, NOT_GIVEN, 0.0, 1e4, user, "Tank: level above its elevation."),
    PARAM(network_node, level_min_m, 0.0, 0.0, 1e4, "assumed", "Tank: lowest level."),
    PARAM(network_node, level_max_m, 1e4, 0.0, 1e4, "assumed", "Tank: highest level."),
    PARAM(network_node, dwellings_count, 1.0, 1.0, 1e5, "assumed",
          "Dwellings behind a consumer: sizing counts on .62 + .38/n of them at once (THERMOS)."),
};

static const struct param links[] = {
    PARAM_OF(network_link, kind, 0, user, "What the line is.", "pipe", "pump", "valve"),
    PARAM_OF(network_link, state, 0, "assumed", "check: lets nothing flow back.", "open", "closed",
             "check"),
    PARAM_OF(network_link, line, 0, "assumed", "Pump or valve: in which line.", "both", "supply",
             "return"),
    PARAM(network_link, length_m, NOT_GIVEN, 0.0, 1e6, "the way on the map", "Length of trench."),
    PARAM(network_link, nominal_mm, NOT_GIVEN, 10.0, 1200.0, user,
          "Nominal size DN of EN 253 (20 to 600): gives the diameters."),
    PARAM(network_link, inner_m, NOT_GIVEN, 0.001, 10.0, "EN 253 by nominal_mm", "Inner diameter."),
    PARAM(network_link, outer_m, NOT_GIVEN, 0.001, 10.0, "EN 253 by nominal_mm",
          "Outer diameter of the pipe inside the insulation."),
    PARAM(network_link, casing_m, NOT_GIVEN, 0.002, 12.0, "EN 253 by nominal_mm and series",
          "Outer diameter of the casing; a twin's, around both pipes, must be given."),
    PARAM_OF(network_link, series, 1, "EN 253 series 2, as CEA [read]", "Insulation series.",
             "series_1", "series_2", "series_3"),
    PARAM_OF(network_link, laid, 0, "assumed",
             "pair: two pipes side by side; twin: two in one casing; single: far apart.", "pair",
             "twin", "single"),
    PARAM(network_link, roughness_m, 0.0001, 0.0, 0.05, "design value .1 mm [read DHNX, DESTEST]",
          "Roughness of the wall."),
    PARAM(network_link, hazen_ratio, NOT_GIVEN, 10.0, 300.0, user,
          "Hazen-Williams coefficient, for that law."),
    PARAM(network_link, zeta_ratio, 0.0, 0.0, 1e6, "assumed",
          "Loss of fittings in speed heads, supply."),
    PARAM(network_link, return_zeta_ratio, NOT_GIVEN, 0.0, 1e6, "zeta_ratio",
          "The same in the return."),
    PARAM(network_link, loss_kw_mk, NOT_GIVEN, 0.0, 0.1, "geometry",
          "Heat loss of each line per length and kelvin above the ground."),
    PARAM(network_link, across_kw_mk, NOT_GIVEN, 0.0, 0.5, "geometry, else loss_kw_mk",
          "Heat from supply to return per length and half their difference."),
    PARAM(network_link, heat_kw_m2k, NOT_GIVEN, 0.0, 10.0, user,
          "Instead of loss_kw_mk: coefficient on the inner surface."),
    PARAM(network_link, cover_m, 0.8, 0.05, 10.0, recalled, "Soil above the casing."),
    PARAM(network_link, spacing_m, NOT_GIVEN, 0.0, 5.0, "pair: casing + .15 m; twin: gap .025 m",
          "Pair: between the axes. Twin: between the pipes."),
    PARAM(network_link, insulation_kw_mk, 2.6e-5, 1e-5, 1e-3,
          "reproduces the isoplus table within 1.5 % [computed]", "Conductivity of insulation."),
    PARAM(network_link, soil_kw_mk, 1.6e-3, 1e-4, 1e-2, "typical soil, recalled, unverified",
          "Conductivity of the ground."),
    PARAM(network_link, ground_c, NOT_GIVEN, -30.0, 60.0, "network", "Ground at this line."),
    PARAM(network_link, lift_kpa, NOT_GIVEN, 0.0, 1e5, user,
          "Pump: pressure it adds without flow."),
    PARAM(network_link, lift_slope_ratio, 0.0, 0.0, 1e12, "assumed",
          "Pump: falls by slope times flow in m3/s to the power."),
    PARAM(network_link, lift_power_ratio, 2.0, 1.0, 20.0, "assumed", "Pump: that power."),
    PARAM(network_link, lift_max_m3_s, NOT_GIVEN, 0.0, 1e4, user, "Pump: largest flow."),
    PARAM(network_link, speed_ratio, 1.0, 0.0, 4.0, "assumed", "Pump: speed against its curve's."),
    PARAM(network_link, cost_money_m, NOT_GIVEN, 0.0, 1e5, "catalogue",
          "Cost of the trench per metre."),
    PARAM(network_link, bridge_m, 0.0, -1000.0, 1000.0, "assumed",
          "Height over other lines: lines of different height may cross."),
    PARAM_OF(network_link, choice, 0, "assumed", "Routing: whether a trench may lie here.",
             "optional", "required", "forbidden"),
};

static const struct network_table tables[NETWORK_TABLES] = {
    {"network", settings, COUNT(settings)},
    {"node", nodes, COUNT(nodes)},
    {"link", links, COUNT(links)},
};
const struct network_table *network_table_at(int index) { return &tables[index]; }

const struct param *network_key_find(int table, const char *key) {
    for (int k = 0; k < tables[table].count; k++) {
        if (strcmp(tables[table].params[k].key, key) == 0) {
            return &tables[table].params[k];
        }
    }
    return NULL;
}

void network_table_defaults(int table, void *target) {
    for (int k = 0; k < tables[table].count; k++) {
        const struct param *param = &tables[table].params[k];
        char *member = (char *)target + param->offset;
        if (param->kind == PARAM_WORD) {
            *(int *)(void *)member = (int)param->fallback;
        } else {
            *(double *)(void *)member = param->fallback;
        }
    }
}

struct network *network_new(struct arena *arena, const char *file) {
    struct network *network = ARENA_TAKE(arena, struct network, 1);
    if (!network) {
        return NULL;
    }
    network->arena = arena;
    network->file = arena_text(arena, file);
    network_table_defaults(0, &network->settings);
    return network->file ? network : NULL;
}

/* Room for one more of count things of size bytes: the old array doubles. */
static void *grown(struct arena *arena, void *old, int count, int *capacity, size_t size) {
    if (count < *capacity) {
        return old;
    }
    int larger = *capacity ? 2 * *capacity : 64;
    void *array = arena_take(arena, larger, size);
    if (array) {
        if (count > 0) {
            (void)memcpy(array, old, (size_t)count * size);
        }
        *capacity = larger;
    }
    return array;
}

struct network_node *network_add_node(struct network *network, const char *name) {
    struct network_node *nodes_now = grown(network->arena, network->nodes, network->nodes_count,
                                           &network->nodes_capacity, sizeof *network->nodes);
    const char *copy = arena_text(network->arena, name);
    if (!nodes_now || !copy) {
        return NULL;
    }
    network->nodes = nodes_now;
    struct network_node *node = &network->nodes[network->nodes_count++];
    network_table_defaults(1, node);
    node->name = copy;
    return node;
}

struct network_link *network_add_link(struct network *network, const char *name, int from, int to) {
    struct network_link *links_now = grown(network->arena, network->links, network->links_count,
                                           &network->links_capacity, sizeof *network->links);
    const char *copy = arena_text(network->arena, name);
    if (!links_now || !copy) {
        return NULL;
    }
    network->links = links_now;
    struct network_link *link = &network->links[network->links_count++];
    network_table_defaults(2, link);
    link->name = copy;
    link->from = from;
    link->to = to;
    return link;
}
